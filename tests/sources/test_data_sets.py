"""Every reader gives what its file says, with the edition; each kind is told by its columns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from foedus.sources.about import ABOUT
from foedus.sources.atop_alliance import read_alliances
from foedus.sources.atop_directed import read_directed
from foedus.sources.atop_member import read_phases
from foedus.sources.cow import read_majors, read_spells
from foedus.sources.cow_alliances import read_allies, read_pacts
from foedus.sources.cow_wars import read_wars
from foedus.sources.edition import Read
from foedus.sources.gw import read_independent
from foedus.sources.kinds import KINDS, kind_named, recognised
from foedus.sources.nmc import read_capabilities
from foedus.sources.ucdp import read_conflicts, read_events
from tests.sources import samples
from tests.sources.files import written
from tests.sources.samples import SAMPLES, yearly

Reader = Callable[[Path], Read[Any]]


def read(folder: Path, reader: Reader, text: str, name: str = "file.csv") -> Read[Any]:
    found = reader(written(folder, name, text))
    assert found.dropped == ()
    return found


def test_a_phase_has_pledges_conditions_and_adversaries(tmp_path: Path) -> None:
    found = read(tmp_path, read_phases, samples.PHASES)
    usa, _, chad, later, *_, guatemala = found.rows
    assert (usa.alliance, usa.member, usa.phase) == (9001, 2, 1)
    assert (str(usa.start), str(usa.until), later.until) == ("1950-03-02", "1960-05-01", None)
    assert usa.pledges == {"defense", "consul"}
    assert usa.flags == {"defense": {"adversary", "unprovoked"}, "consul": {"request"}}
    assert usa.adversaries == (365, 255)
    assert (chad.in_system, chad.secret, chad.asymmetric, chad.varies) == (False, True, True, True)
    assert (usa.in_system, usa.secret, usa.asymmetric, usa.varies) == (True, False, False, False)
    assert (str(guatemala.start), str(guatemala.until)) == ("1940-06", "1945-02")
    assert (guatemala.flags, guatemala.further) == ({"neutral": {"number"}}, {"neucoatt"})
    assert {row.unknown for row in found.rows} == {()}
    assert [row.line for row in found.rows] == list(range(2, 9))
    assert (found.edition.id, found.edition.version) == ("atop-member", "4.01")
    assert (found.edition.first, found.edition.last) == (date(1815, 1, 1), date(2016, 12, 31))


def test_what_a_file_does_not_say_is_unknown_and_not_no(tmp_path: Path) -> None:
    lines = [line.split(",") for line in samples.PHASES.splitlines()]
    at = lines[0].index("defcoadv")
    text = "\n".join(",".join(line[:at] + line[at + 1 :]) for line in lines)
    assert {row.unknown for row in read(tmp_path, read_phases, text).rows} == {("defcoadv",)}
    blank = samples.PHASES.replace("9002,70,1,1940,6,,1945,2,,0,0", "9002,70,1,1940,6,,1945,2,,0,", 1)
    assert [row.secret for row in read(tmp_path, read_phases, blank).rows[-2:]] == [None, False]


def test_a_file_without_the_mark_takes_every_member_for_a_state_of_the_system(tmp_path: Path) -> None:
    text = samples.PHASES.replace("cowsys", "other")
    assert {row.in_system for row in read(tmp_path, read_phases, text).rows} == {True}


def test_what_ends_on_the_day_on_which_it_begins_does_not_run_backwards(tmp_path: Path) -> None:
    text = samples.PHASES.replace("1950,3,2,1960,5,1,1", "1950,3,2,1950,3,2,1")
    assert str(read(tmp_path, read_phases, text).rows[0].until) == "1950-03-02"


def test_99_is_a_year_and_no_month(tmp_path: Path) -> None:
    text = samples.PHASES.replace("1940,6,,1945,2,", "1940,99,1,1945,2,99")
    row = read(tmp_path, read_phases, text).rows[-1]
    assert (str(row.start), str(row.until)) == ("1940", "1945-02")


def test_a_war_on_whose_second_part_the_file_has_no_columns(tmp_path: Path) -> None:
    text = samples.WARS.replace("StartYear2", "Another")
    assert {len(row.spells) for row in read(tmp_path, read_wars, text).rows} == {1}


def test_a_row_can_be_a_key(tmp_path: Path) -> None:
    assert len(set(read(tmp_path, read_phases, samples.PHASES).rows)) == 7


def test_an_alliance_has_its_whole_life(tmp_path: Path) -> None:
    found = read(tmp_path, read_alliances, samples.ALLIANCES)
    first, second = found.rows
    assert (str(first.start), first.until, first.members) == ("1950-03-02", None, (2, 20, 483))
    assert (first.pledges, first.conditions) == ({"defense", "consul"}, {"defense"})
    assert (second.bilateral, second.wartime, second.asymmetric, str(second.until)) == (
        True,
        True,
        False,
        "1945-02",
    )
    assert found.edition.version == "4.01"  # as its makers write it, not as a program has it


def test_a_directed_year_names_its_alliances(tmp_path: Path) -> None:
    found = read(tmp_path, read_directed, samples.DIRECTED)
    assert [(row.first, row.second, row.year, row.alliances) for row in found.rows] == [
        (2, 20, 1950, ("9001",)),
        (20, 2, 1950, ("9001.1", "9002")),
    ]
    assert (found.edition.version, found.edition.last) == ("5.1", date(2018, 12, 31))


def test_a_spell_has_both_its_days(tmp_path: Path) -> None:
    found = read(tmp_path, read_spells, samples.STATES)
    korea = found.rows[-1]
    assert (korea.number, korea.letters, korea.name) == (730, "KOR", "Korea")
    assert (korea.start, korea.last) == (date(1890, 2, 3), date(1899, 4, 5))
    assert [row.name for row in read(tmp_path, read_majors, samples.MAJORS).rows] == ["", "", ""]


def test_a_pact_has_its_pledges_by_one_name(tmp_path: Path) -> None:
    found = read(tmp_path, read_pacts, samples.PACTS)
    assert [(row.first, row.second) for row in found.rows] == [(2, 20), (20, 2), (70, 90)]
    assert [row.pledges for row in found.rows[1:]] == [{"defense", "entente"}, {"neutral", "nonagg"}]
    assert [str(row.last) for row in found.rows] == ["None", "None", "1945-02-01"]
    assert (str(found.rows[2].start), found.rows[2].left_censored) == ("1940-06", True)
    assert found.edition.last == date(2012, 12, 31)
    assert read(tmp_path, read_pacts, samples.PAIRS).rows[1].asymmetric is True
    assert read(tmp_path, read_allies, samples.ALLIES).rows[0].type == "Type I: Defense Pact"


def test_a_state_may_fight_twice_in_one_war(tmp_path: Path) -> None:
    found = read_wars(written(tmp_path, "wars.csv", samples.WARS, "\r", "latin-1"))
    mexico, guatemala = found.rows
    assert mexico.name == "Guerre de Côte"
    assert [(str(start), str(last)) for start, last in mexico.spells] == [
        ("1901-05", "1901-07-03"),
        ("1902-03-02", "1902-03-09"),
    ]
    assert (mexico.initiator, mexico.deaths, guatemala.deaths) == (True, None, 250)
    assert len(guatemala.spells) == 1
    assert found.edition.last == date(2007, 12, 31)
    assert [problem.code for problem in found.warnings] == ["F005"]


def test_a_value_that_is_not_known_is_none(tmp_path: Path) -> None:
    usa, canada = read(tmp_path, read_capabilities, samples.CAPABILITIES).rows
    assert (usa.expenditure, canada.expenditure, canada.energy, canada.cinc) == (1000, None, None, 0.0125)


@pytest.mark.parametrize(
    ("text", "last"), [(samples.INDEPENDENT, date(2017, 12, 31)), (samples.INDEPENDENT_7, date(2020, 12, 31))]
)
def test_gleditsch_and_ward_s_list_with_names_and_without(tmp_path: Path, text: str, last: date) -> None:
    found = read(tmp_path, read_independent, text)
    assert [(row.number, row.start) for row in found.rows] == [(2, date(1816, 3, 2)), (20, date(1868, 5, 4))]
    assert (found.edition.id, found.edition.version, found.edition.last) == ("gw-states", "", last)


def test_the_list_without_the_united_states_is_that_of_microstates(tmp_path: Path) -> None:
    found = read(tmp_path, read_independent, samples.INDEPENDENT.replace("2\tUSA", "54\tDMA", 1))
    assert found.edition.id == "gw-microstates"


def test_events_and_conflicts_name_states_by_number(tmp_path: Path) -> None:
    events = read(tmp_path, read_events, samples.EVENTS, "GEDEvent_v25_1.csv")
    first, second = events.rows
    assert (first.start, first.last, first.best, first.states_a) == (
        date(1999, 3, 4), date(1999, 3, 5), 4, (437,),
    )  # fmt: skip
    assert (second.line, second.states_a) == (4, ())  # after a cell of two lines
    assert (events.edition.version, events.edition.first) == ("25.1", date(1999, 3, 4))
    conflicts = read(tmp_path, read_conflicts, samples.CONFLICTS)
    assert [row.allies_a for row in conflicts.rows] == [(), (2, 20)]
    assert [row.ended for row in conflicts.rows] == [None, date(1999, 12, 1)]
    assert conflicts.edition.last == date(1999, 12, 31)


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize(("ending", "encoding"), [("\n", "utf-8"), ("\r\n", "utf-8-sig"), ("\r", "utf-16")])
def test_a_file_is_told_by_its_columns_whatever_wrote_it(
    name: str, ending: str, encoding: str, tmp_path: Path
) -> None:
    kind, text = SAMPLES[name]
    plain = written(tmp_path, "plain", text)
    path = written(tmp_path, "anything.bin", text, ending, encoding)
    found = recognised(path).read(path)
    assert found.edition.id == kind
    as_plain = kind_named(kind).read(plain)
    assert found.rows == as_plain.rows
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (yearly(samples.PACTS), "cow-alliances-yearly"),
        (yearly(samples.PAIRS), "cow-alliances-dyad-yearly"),
        (yearly(samples.ALLIES), "cow-alliances-member-yearly"),
    ],
)
def test_a_file_by_years_is_another_edition(text: str, kind: str, tmp_path: Path) -> None:
    path = written(tmp_path, "file.csv", text)
    found = recognised(path).read(path)
    assert (found.edition.id, {row.year for row in found.rows}) == (kind, {1950})


def test_every_kind_is_named_and_every_name_is_of_a_kind() -> None:
    assert {name for kind in KINDS for name in kind.ids} == set(ABOUT)


@pytest.mark.parametrize("name", SAMPLES)
def test_an_edition_says_how_it_is_cited(name: str, tmp_path: Path) -> None:
    kind, text = SAMPLES[name]
    edition = kind_named(kind).read(written(tmp_path, name, text)).edition
    assert edition.bibtex.startswith("@") and f"{{{edition.key}," in edition.bibtex
    assert edition.bibtex.count("{") == edition.bibtex.count("}")
    assert edition.version in edition.citation and edition.version in edition.bibtex
    assert edition.first <= edition.last
    assert edition.url.startswith("http")


def test_the_counts_of_alliances_come_out_of_the_rows(tmp_path: Path) -> None:
    alliances = read(tmp_path, read_alliances, samples.ALLIANCES)
    counted = dict(kind_named("atop-alliance").count(alliances.rows))
    assert counted == {
        "alliances": 2,
        "alliances with a defence pledge": 1,
        "alliances with a neutrality pledge": 1,
        "alliances with a non-aggression pledge": 1,
        "alliances with a consultation pledge": 1,
        "alliances whose defence pledge hangs on something": 1,
        "alliances with a defence pledge and a condition on any pledge": 1,
        "alliances whose members pledge different things": 1,
        "alliances begun until 1944": 1,
        "alliances in force when it ends": 1,
    }
    on_the_day = samples.ALLIANCES.replace("9001,1950,3,2", "9001,1944,12,31")
    assert (
        dict(kind_named("atop-alliance").count(read(tmp_path, read_alliances, on_the_day).rows))[
            "alliances begun until 1944"
        ]
        == 2
    )
    phases = read(tmp_path, read_phases, samples.PHASES)
    by_member = dict(kind_named("atop-member").count(phases.rows))
    assert by_member["alliances"] == 2 and by_member["alliances begun until 1944"] == 1
    for kind, text in SAMPLES.values():
        of = kind_named(kind)
        assert all(n >= 1 for _, n in of.count(of.read(written(tmp_path, "any", text)).rows))
