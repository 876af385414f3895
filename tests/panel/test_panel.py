"""Coverage, codes that change, what the frame loses, and the other units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from foedus.diagnostics.problem import Refused
from foedus.obligations.from_data import table_from
from foedus.obligations.table import Table
from foedus.panel import make as making
from foedus.panel.described import described
from foedus.panel.explain import explain
from foedus.panel.make import Asked, Panel, make
from foedus.panel.place import rows_of
from foedus.panel.recode import pieces
from foedus.panel.system import System, own_system, system_from
from foedus.panel.units import triads
from foedus.sources.atop_member import read_phases
from foedus.sources.cow import read_spells
from foedus.sources.cow_alliances import read_pacts
from foedus.sources.gw import read_independent
from tests.panel.files import LAST, PACTS, ROWS, SPELLS, Row, atop, gw, states, written


@pytest.fixture
def table(tmp_path: Path) -> Table:
    return table_of_rows(tmp_path, ROWS)


@pytest.fixture
def system(tmp_path: Path) -> System:
    return system_from([read_spells(written(tmp_path, "states.csv", states(SPELLS)))])


def table_of_rows(folder: Path, rows: Iterable[Row]) -> Table:
    return table_from(read_phases(written(folder, "atop.csv", atop(rows))))


def value(panel: Panel, key: tuple[object, ...], column: str) -> int | None:
    """What stands in a row; KeyError where there is no such row."""
    keys = [panel.columns[name] for name in panel.keys]
    if panel.labels:
        keys = [np.array(panel.labels)[k] if n < len(keys) - 1 else k for n, k in enumerate(keys)]
    at = np.flatnonzero(np.logical_and.reduce([k == part for k, part in zip(keys, key, strict=True)]))
    if len(at) != 1:
        raise KeyError(key, len(at))
    found = int(panel.columns[column][at[0]])
    source = column.partition("_")[0]
    for name in (column, source):
        if name in panel.missing and panel.missing[name][at[0]] and found == 0:
            return None
    return found


# ---- coverage ----


def test_beyond_what_is_covered_cells_are_missing(table: Table, system: System) -> None:
    panel = make([table], system, Asked(2015, 2018))
    assert value(panel, (2, 90, 2016), "atop_defense") == 1
    assert value(panel, (2, 20, 2016), "atop_defense") == 0
    assert value(panel, (2, 90, 2017), "atop_defense") is None
    assert value(panel, (2, 20, 2018), "atop_instruments") is None
    assert panel.prolonged  # the list of states ends in 2016 too
    assert "atop" not in make([table], system, Asked(2015, 2016)).missing


def test_before_the_first_day_covered_too(table: Table, system: System) -> None:
    panel = make([table], system, Asked(1814, 1816, rule="jan1"))
    assert value(panel, (255, 365, 1816), "atop_defense") == 0
    assert "atop" not in panel.missing  # before 1816 the list has no states: no rows


def test_a_year_covered_in_part_says_what_is_known(tmp_path: Path, system: System) -> None:
    table = table_of_rows(tmp_path, ROWS)
    assert table.edition is not None
    short = replace(table, edition=replace(table.edition, last=date(2016, 6, 30)))
    panel = make([short], system, Asked(2016, 2016))
    assert value(panel, (2, 90, 2016), "atop_defense") == 1  # it was owed on some day of the year
    assert value(panel, (2, 20, 2016), "atop_defense") is None  # perhaps later in the year
    assert value(make([short], system, Asked(2016, 2016, rule="jan1")), (2, 20, 2016), "atop_defense") == 0


# ---- rules, phases ----


def test_rules_of_years(table: Table, system: System) -> None:
    for rule, owed in (("any", 1), ("jan1", 0), ("july1", 1), ("dec31", 0)):
        panel = make([table], system, Asked(1970, 1970, rule=rule))  # type: ignore[arg-type]
        assert value(panel, (2, 90, 1970), "atop_neutral") == owed, rule


def test_what_begins_or_ends_with_a_year(tmp_path: Path, system: System) -> None:
    defence = frozenset({"defense"})
    rows = [Row(9001, member, date(1950, 1, 1), date(1952, 1, 1), defence) for member in (2, 20)]
    table = table_of_rows(tmp_path, rows)
    for rule in ("any", "jan1", "dec31"):
        panel = make([table], system, Asked(1948, 1953, rule=rule))  # type: ignore[arg-type]
        found = [value(panel, (2, 20, year), "atop_defense") for year in range(1948, 1954)]
        assert found == [0, 0, 1, 1, 0, 0], rule


def test_one_unconditional_instrument_makes_the_pledge_so(tmp_path: Path, system: System) -> None:
    defence, hung = frozenset({"defense"}), frozenset({"defcoadv"})
    rows = [Row(n, m, date(1950, 1, 1), None, defence, flags=hung) for n in (9001, 9002) for m in (2, 20)]
    rows += [Row(9003, m, date(1955, 1, 1), None, defence) for m in (2, 20)]
    panel = make([table_of_rows(tmp_path, rows)], system, Asked(1954, 1955))
    found = [value(panel, (2, 20, year), "atop_defense_conditional") for year in (1954, 1955)]
    assert found == [1, 0]


def test_two_phases_of_one_year_are_one_instrument(table: Table, system: System) -> None:
    panel = make([table], system, Asked(1960, 1960))
    assert value(panel, (2, 90, 1960), "atop_instruments") == 1
    # of the second phase it is owed without a condition
    assert value(panel, (2, 90, 1960), "atop_defense_conditional") == 0
    assert value(make([table], system, Asked(1959, 1959)), (2, 90, 1959), "atop_defense_conditional") == 1


def test_only_the_pledges_asked_for(table: Table, system: System) -> None:
    panel = make([table], system, Asked(1955, 1955, pledges=("consul",), markers=True))
    assert [name for name in panel.columns if name not in panel.keys][:3] == [
        "atop_consul", "atop_consul_conditional", "atop_varies",
    ]  # fmt: skip
    assert value(panel, (2, 90, 1955), "atop_if_adversary") == 0  # it marks the defence pledge
    assert (
        value(make([table], system, Asked(1955, 1955, markers=True)), (2, 90, 1955), "atop_if_adversary") == 1
    )


# ---- codes ----


def test_germany_is_255_and_260_in_cow(table: Table, system: System) -> None:
    panel = make([table], system, Asked(1938, 1991))
    assert value(panel, (255, 290, 1938), "atop_nonagg") == 1
    assert value(panel, (260, 290, 1980), "atop_nonagg") == 1
    assert value(panel, (255, 290, 1991), "atop_nonagg") == 1
    with pytest.raises(KeyError):
        value(panel, (255, 290, 1980), "atop_nonagg")
    with pytest.raises(KeyError):
        value(panel, (260, 290, 1991), "atop_nonagg")


def test_germany_is_260_throughout_since_1949_in_gw(table: Table, system: System) -> None:
    panel = make([table], system, Asked(1938, 1991, codes="gw"))
    assert panel.keys == ("gwcode1", "gwcode2", "year")
    for year in (1980, 1990, 1991):
        assert value(panel, (260, 290, year), "atop_nonagg") == 1
    assert value(panel, (255, 290, 1938), "atop_nonagg") == 1


def test_germany_is_one_state_in_iso(table: Table, system: System) -> None:
    panel = make([table], system, Asked(1938, 1991, codes="iso"))
    for year in (1938, 1980, 1990, 1991):
        assert value(panel, ("DEU", "POL", year), "atop_nonagg") == 1


def test_a_list_of_gw_takes_its_own_codes(tmp_path: Path, table: Table) -> None:
    spells = [(2, date(1816, 1, 1), LAST), (260, date(1949, 9, 21), LAST), (290, date(1918, 11, 11), LAST)]
    listed = system_from([read_independent(written(tmp_path, "gw.txt", gw(spells)))])
    panel = make([table], listed, Asked(1989, 1991))
    assert (panel.codes, panel.keys[0]) == ("gw", "gwcode1")
    assert value(panel, (260, 290, 1991), "atop_nonagg") == 1
    turned = make([table], listed, Asked(1989, 1991, codes="cow"))
    assert value(turned, (255, 290, 1991), "atop_nonagg") == 1
    assert value(turned, (260, 290, 1989), "atop_nonagg") == 1


@pytest.mark.parametrize(
    ("number", "year", "label"),
    [
        (345, 1900, "SER"), (345, 1980, "YUG"), (345, 2004, "SCG"), (345, 2010, "SRB"), (365, 1916, "RUE"),
        (365, 1980, "SUN"), (816, 1960, "VDR"), (816, 1990, "VNM"), (817, 1970, "RVN"), (300, 1900, "AUH"),
        (713, 1980, "TWN"), (8152, 1990, "cow:8152"),
    ],
)  # fmt: skip
def test_iso_codes_of_the_day(number: int, year: int, label: str) -> None:
    at = date(year, 6, 1).toordinal()
    assert [p.label for p in pieces(number, "cow", "iso") if p.start <= at < p.until] == [label]


def test_serbia_in_gw() -> None:
    found = {
        y: [p.label for p in pieces(345, "cow", "gw") if p.start <= date(y, 6, 1).toordinal() < p.until]
        for y in (1900, 1950, 2010)
    }
    assert found == {1900: ["340"], 1950: ["345"], 2010: ["340"]}


# ---- losses ----


def test_what_the_frame_lacks_is_counted_and_named(table: Table, system: System) -> None:
    panel = make([table], system, Asked(1980, 1986))
    (losses,) = panel.losses
    # 221 and 2 owed each other from 1980 until 1 January 1985
    assert (losses.rows, losses.intervals) == (10, 2)
    assert [(s.state, s.rows, s.first, s.last, s.known) for s in losses.states] == [
        (221, 10, 1980, 1984, False)
    ]
    assert make([table], own_system([table]), Asked(1980, 1986)).losses[0].rows == 0


def test_undirected_losses_are_counted_once(table: Table, system: System) -> None:
    assert make([table], system, Asked(1980, 1986, unit="undirected")).losses[0].rows == 5


# ---- other units ----


def test_undirected_pairs_are_either_direction(table: Table, system: System) -> None:
    panel = make([table], system, Asked(1970, 1970, unit="undirected"))
    assert value(panel, (2, 90, 1970), "atop_neutral") == 1
    assert value(panel, (2, 90, 1970), "atop_asymmetric") == 1
    assert value(panel, (2, 70, 1970), "atop_asymmetric") == 0
    with pytest.raises(KeyError):
        value(panel, (90, 2, 1970), "atop_neutral")
    directed = make([table], system, Asked(1970, 1970))
    assert len(directed) == 2 * len(panel)


def test_states_owe_and_are_owed(table: Table, system: System) -> None:
    panel = make([table], system, Asked(1970, 1970, unit="state"))
    assert value(panel, (2, 1970), "atop_defense_owes") == 2
    assert value(panel, (2, 1970), "atop_neutral_owes") == 1
    assert value(panel, (90, 1970), "atop_neutral_owed") == 1
    assert value(panel, (90, 1970), "atop_neutral_owes") == 0
    assert value(panel, (2, 1970), "atop_instruments") == 2
    assert value(panel, (365, 1970), "atop_instruments") == 0
    directed = make([table], system, Asked(1970, 1970))
    assert panel.columns["atop_defense_owes"].sum() == directed.columns["atop_defense"].sum()


def test_days_are_the_intervals_themselves(table: Table, system: System) -> None:
    asked = Asked(1960, 1960, unit="days", on=date(1960, 4, 29), until=date(1960, 5, 2))
    panel = make([table], system, asked)
    found = {
        day: value(panel, (2, 90, date.fromisoformat(day).toordinal()), "atop_consul")
        for day in ("1960-04-29", "1960-04-30", "1960-05-01", "1960-05-02")
    }
    assert found == {"1960-04-29": 1, "1960-04-30": 1, "1960-05-01": 0, "1960-05-02": 0}


def test_triads_are_attackers_beside_what_is_owed(table: Table, system: System) -> None:
    panel = make([table], system, Asked(1955, 1955, unit="triads"))
    # who owes whom in 1955: 2, 20 and 90 each other; attackers: every other state but the two
    states_of_1955 = 7
    assert len(panel) == 6 * (states_of_1955 - 2)
    row = (365, 20, 2, 1955)
    assert value(panel, row, "atop_defense") == 1
    assert value(panel, row, "atop_adversary") == 1  # named as a threat
    assert value(panel, (70, 20, 2, 1955), "atop_adversary") == 0
    assert value(panel, (70, 2, 20, 1955), "atop_adversary") is None  # the row of 20 names nobody
    assert value(panel, (90, 20, 2, 1955), "atop_defense_attacker") == 1
    assert value(panel, row, "atop_defense_attacker") == 0


# ---- two sources, refusals ----


def test_two_sources_stand_side_by_side(tmp_path: Path, table: Table, system: System) -> None:
    cow = table_from(
        read_pacts(written(tmp_path, "cow.csv", PACTS + "7,2,20,1950,1,1,1955,6,30,0,0,0,1,1,4.1\n"))
    )
    panel = make([table, cow], system, Asked(1955, 2013))
    assert (
        value(panel, (2, 20, 1955), "cow_entente") == 1 and value(panel, (2, 20, 1955), "atop_defense") == 1
    )
    assert "cow_offense" not in panel.columns and "cow_varies" not in panel.columns
    assert (
        value(panel, (2, 20, 2013), "cow_entente") is None
        and value(panel, (2, 20, 2013), "atop_defense") == 0
    )
    assert [each["prefix"] for each in described(panel)["sources"]] == ["atop", "cow"]


def refused(code: str, asked: Asked, tables: list[Table], system: System) -> None:
    with pytest.raises(Refused) as found:
        make(tables, system, asked)
    assert [p.code for p in found.value.problems] == [code]


def test_refusals(table: Table, system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    refused("F820", Asked(2000, 1999), [table], system)
    refused("F820", Asked(1, 9999), [table], system)
    refused("F820", Asked(1999, 1999, "days", on=date(1999, 2, 1), until=date(1999, 1, 1)), [table], system)
    refused("F822", Asked(1999, 1999), [], system)
    monkeypatch.setattr(making, "MOST_ROWS", 29)
    refused("F821", Asked(1999, 1999), [table], system)
    monkeypatch.setattr(making, "MOST_ROWS", 1000)
    assert len(make([table], system, Asked(1970, 1970, "triads"))) == 40


def test_too_many_triads() -> None:  # F821
    there = np.ones((7, 1), np.bool_)
    rows = rows_of(np.arange(7, dtype=np.int32), there)
    assert len(triads(rows, np.ones(42, np.bool_), 210)[0]) == 42 * 5
    with pytest.raises(Refused) as found:
        triads(rows, np.ones(42, np.bool_), 209)
    assert found.value.problems[0].code == "F821"


def test_lists_of_states_that_cannot_be_joined(tmp_path: Path) -> None:  # F826
    cow = read_spells(written(tmp_path, "states.csv", states(SPELLS)))
    other = read_independent(written(tmp_path, "gw.txt", gw(SPELLS)))
    with pytest.raises(Refused) as found:
        system_from([cow, other])
    assert found.value.problems[0].code == "F826"


# ---- what stands behind a cell ----


def test_what_is_over_and_what_is_live(table: Table) -> None:
    found = explain([table], 2, 20, 1990)
    assert [(b.instrument.id, b.standing, b.intervals[0].close) for b in found.behind] == [
        ("atop:9001", "over", "beneficiary left")
    ]
    assert explain([table], 20, 2, 1990).behind[0].intervals[0].close == "debtor left"
    live = explain([table], 2, 90, 1970)
    assert [(b.instrument.id, b.standing) for b in live.behind] == [
        ("atop:9002", "live"),
        ("atop:9001", "live"),
    ]
    assert [i.close for i in live.behind[1].intervals] == ["went on", ""]
    assert live.behind[0].intervals[0].close == "ended"
    assert [b.standing for b in explain([table], 2, 90, 1940).behind] == ["later", "later"]
    assert explain([table], 2, 365, 1970).behind == ()
    assert explain([table], 2, 90, 2020).beyond == ("atop",)


def test_a_cell_is_what_stands_behind_it(table: Table, system: System) -> None:
    """`explain` and the panel say the same of every cell."""
    for rule in ("any", "jan1"):
        panel = make([table], system, Asked(1958, 1961, rule=rule))
        for one, other, year in zip(*(panel.columns[k].tolist() for k in panel.keys), strict=True):
            found = explain([table], one, other, year, rule)
            live = {
                o.pledge
                for b in found.standing("live")
                for i in b.intervals
                if i.counts
                for o in i.obligations
            }
            said = {
                p
                for p in ("defense", "consul", "neutral", "nonagg", "offense")
                if value(panel, (one, other, year), f"atop_{p}")
            }
            assert live == said, (one, other, year, rule)
            assert len(found.standing("live")) == value(panel, (one, other, year), "atop_instruments")
