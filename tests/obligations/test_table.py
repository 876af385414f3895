"""Obligations in columns are the obligations one by one; dates that are not known are taken at their widest."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.diagnostics.problem import Refused
from foedus.obligations.from_cow import from_members, from_pairs
from foedus.obligations.from_data import table_from
from foedus.obligations.obligation import CONDITIONS, PLEDGES, Obligation
from foedus.obligations.table import (
    bits_of,
    conditions_bits,
    conditions_of,
    pledges_of,
    table_of,
)
from foedus.sources.atop_member import read_phases
from foedus.sources.cow import read_spells
from foedus.sources.cow_alliances import read_allies, read_pacts
from foedus.terms.time import day
from tests.panel.files import ALLIES, PACTS, ROWS, SPELLS, atop, states, written


@given(st.frozensets(st.sampled_from(PLEDGES)))
def test_pledges_survive_as_bits(pledges: frozenset[str]) -> None:
    assert frozenset(pledges_of(bits_of(pledges))) == pledges


@given(st.dictionaries(st.sampled_from(PLEDGES), st.frozensets(st.sampled_from(list(CONDITIONS)))))
def test_conditions_survive_as_bits(flags: dict[str, frozenset[str]]) -> None:
    bits = conditions_bits(flags)
    assert bits < 1 << 64
    assert {p: frozenset(conditions_of(bits, p)) for p in PLEDGES} == {
        p: flags.get(p, frozenset()) for p in PLEDGES
    }


def owed(debtor: int, start: str, until: str | None, pledge: str = "defense", **more: object) -> Obligation:
    ends = day(until) if until else None
    return Obligation(debtor, 20, pledge, None, day(start), ends, "page", "Article 4", **more)  # type: ignore[arg-type]


def test_obligations_come_back_as_they_were() -> None:
    told = (
        owed(
            2, "1950-03-02", "1960-05-01", conditions=("adversary", "finding"), adversaries=(365, 710), line=7
        ),
        owed(2, "1950-03-02", "1960-05-01", "consul", adversaries=(365, 710), line=7),
        owed(90, "1950-03", None, "nonagg", varies=True),
    )
    table = table_of("pages", told)
    assert len(table) == 2
    back = table.obligations()
    # a data set's basis is its variable; a page's article does not go through columns
    assert [
        (o.debtor, o.pledge, o.start, o.until, o.conditions, o.adversaries, o.line, o.varies) for o in back
    ] == [(o.debtor, o.pledge, o.start, o.until, o.conditions, o.adversaries, o.line, o.varies) for o in told]


def test_on_a_day_and_between_days() -> None:
    table = table_of("pages", [owed(2, "1950-03-02", "1960-05-01"), owed(90, "1970-01-01", None)])
    assert [o.debtor for o in table.on(date(1950, 3, 1))] == []
    assert [o.debtor for o in table.on(date(1950, 3, 2))] == [2]
    assert [o.debtor for o in table.on(date(1960, 4, 30))] == [2]
    assert [o.debtor for o in table.on(date(1960, 5, 1))] == []  # half-open
    assert [o.debtor for o in table.between(date(1960, 4, 30), date(1970, 1, 1)).obligations()] == [2, 90]
    assert len(table.between(date(1960, 5, 1), date(1969, 12, 31))) == 0
    assert len(table.of(2, 20)) == 1 and len(table.of(20, 2)) == 0


def test_a_day_that_is_not_known_is_taken_at_its_widest() -> None:
    table = table_of("pages", [owed(2, "1950-03", "1950-06")])
    assert table.doubtful.tolist() == [True]
    assert table.on(date(1950, 3, 1)) and table.on(date(1950, 6, 29)) and not table.on(date(1950, 6, 30))
    assert table.on(date(1950, 5, 1))[0].start.text == "1950-03"
    assert table.where(table.debtor == 2).days(0) == (day("1950-03"), day("1950-06"))


def test_an_obligation_without_a_pledge_is_listed_not_carried() -> None:
    table = table_of(
        "pages", [Obligation(2, 20, None, "report", day("1950-01-01"), None, "page", "Art. 1", line=3)]
    )
    assert len(table) == 0 and [d.line for d in table.left_out] == [3]


def test_counted_from_the_entry_into_force() -> None:
    table = table_of("pages", [owed(2, "1950-03-02", "1960-05-01"), owed(70, "1955-01-01", "1960-05-01")])
    moved = table.from_entry_into_force({"page": (day("1951-01-01"), "nato")})
    assert not moved.on(date(1950, 12, 31)) and moved.on(date(1951, 1, 1))
    assert not moved.of(70, 20).on(date(1954, 12, 31))  # who came later comes later
    assert moved.in_force.all() and moved.instruments[0].page == "nato"
    assert len(table.from_entry_into_force({"page": (day("1999-01-01"), "late")})) == 0
    assert len(table.from_entry_into_force({"other": (day("1999-01-01"), "late")})) == 2


def test_atop_pairs_the_members_of_a_phase(tmp_path: Path) -> None:
    table = table_from(read_phases(written(tmp_path, "atop.csv", atop(ROWS))))
    one = {
        (o.beneficiary, o.start.text, o.until.text if o.until else None)
        for o in table.of(2, 90).obligations()
    }
    assert one == {
        (90, "1950-03-02", "1960-05-01"),
        (90, "1960-05-01", None),
        (90, "1970-06-01", "1970-09-01"),
    }
    assert not table.of(20, 70)  # never members together
    assert [o.pledge for o in table.of(2, 90).on(date(1970, 7, 1))] == ["defense", "neutral"]
    assert [o.pledge for o in table.of(90, 2).on(date(1970, 7, 1))] == ["defense"]  # asymmetric
    (first, *_) = table.of(2, 20).obligations()
    assert (first.instrument, first.basis, first.conditions, first.adversaries) == (
        "atop:9001", "defense", ("adversary",), (365,),
    )  # fmt: skip
    assert first.line == 2
    assert table.of(221, 2).varies.all() and not table.of(2, 221).varies.any()
    assert {d.cells for d in table.left_out} == {(("alliance", "9002"), ("member", "90"), ("phase", "0"))}


def test_cow_by_directed_dyad(tmp_path: Path) -> None:
    rows = "7,2,20,1950,1,1,1955,6,30,1,0,0,1,1,4.1\n7,20,2,1950,1,1,1955,6,30,0,1,0,0,1,4.1\n"
    table = table_from(read_pacts(written(tmp_path, "cow.csv", PACTS + rows)))
    assert [(o.pledge, o.basis) for o in table.of(2, 20).on(date(1955, 6, 30))] == [
        ("defense", "defense"), ("consul", "entente"),
    ]  # fmt: skip
    assert [o.pledge for o in table.of(20, 2).on(date(1955, 6, 30))] == ["neutral"]
    assert not table.on(date(1955, 7, 1))
    assert "offense" not in table.variables


def test_cow_by_dyad_and_by_member(tmp_path: Path) -> None:
    rows = "7,2,20,1950,1,1,,,,1,0,0,0,0,4.1\n"
    pairs = from_pairs(read_pacts(written(tmp_path, "cow.csv", PACTS + rows)).rows, both_ways=True)
    rows = "7,2,1950,1,1,,,,1,0,0,0,4.1\n7,20,1950,1,1,,,,1,0,0,0,4.1\n"
    members = from_members(read_allies(written(tmp_path, "members.csv", ALLIES + rows)).rows)
    for table in (pairs, members):
        found = table.on(date(2000, 1, 1))
        assert {(o.debtor, o.beneficiary, o.pledge) for o in found} == {
            (2, 20, "defense"),
            (20, 2, "defense"),
        }


def test_a_list_of_states_has_no_obligations(tmp_path: Path) -> None:  # F826
    read = read_spells(written(tmp_path, "states.csv", states(SPELLS)))
    with pytest.raises(Refused) as refused:
        table_from(read)
    assert refused.value.problems[0].code == "F826"
