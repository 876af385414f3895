"""What a decision has set going, as the record has it: the mandate, who is where, what is due and what is late."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from foedus.council.chair import decide
from foedus.council.clocks import run_out
from foedus.exercise.turns import Turn
from foedus.web.matter.mission import contributors, mandate_told, postings_of, regions, reports_of, sites
from foedus.web.matter.show import Matter
from tests.exercise.scenes import played, scene
from tests.web.matter.matters import after, done, matter


def of(found: Matter) -> dict[str, tuple[str, bool, int | None, int | None, int | None]]:
    rows = contributors(found.rules, found.state, found.position, found.postings)
    return {row.who: (row.stage, row.here, row.sent, row.ceiling, row.room) for row in rows}


def later(turns: tuple[Turn, ...], hours: int) -> Matter:
    """The same so many hours later, and nobody did anything."""
    found, last = matter(turns), turns[-1]
    now = last.at + timedelta(hours=hours)
    state = run_out(last.rules, last.state, now)
    return replace(found, state=state, position=decide(last.rules, last.state, now))


def test_before_anything_was_decided() -> None:
    found = matter(played()[:3])
    assert mandate_told(found.rules, found.state, found.position.at).stands == "none"
    assert not any(here for _, here, *_ in of(found).values())
    assert {site.held for site in sites(found.scenario.places, found.state, (), ())} == {"free"}
    assert not list(regions(found.position, ()))


def test_from_the_decision_to_the_second_contingent() -> None:
    decided = matter(after("authorise"))
    assert of(decided)["EIN"] == ("authorised", False, None, None, 300)
    assert of(decided)["BOR"] == ("none", False, None, 150, None)
    one, two = matter(after("deploy")), matter(after("deploy", 2))
    assert of(one)["EIN"] == ("present", True, 90, None, 210)
    assert of(two)["BOR"] == ("present", True, 120, 150, 30)
    told = mandate_told(two.rules, two.state, two.position.at)
    assert (told.stands, told.ceiling, told.sent, told.report_hours) == ("running", 300, 210, 120)
    assert told.until == datetime(2031, 3, 26, 12, tzinfo=UTC)
    assert told.left == datetime(2031, 3, 26, 12, tzinfo=UTC) - two.position.at


def test_each_task_of_the_mandate_is_at_its_site_and_so_are_those_who_do_it() -> None:
    found = matter(after("deploy"))
    rows = contributors(found.rules, found.state, found.position, found.postings)
    held = {site.name: (site.held, [each.who for each in site.there], [task.what for task in site.tasks])
            for site in sites(found.scenario.places, found.state, rows, found.reports)}  # fmt: skip
    assert held["the dam at Marn"] == ("tasked", [], ["guard"])
    assert held["the sluices"] == ("held", ["EIN"], ["escort engineers"])
    assert held["Lusk"] == ("free", [], [])


def test_who_has_left_is_nowhere() -> None:
    found = matter(played())
    assert [posting.who for posting in found.postings] == ["EIN", "BOR"]  # the refused one is not among them
    rows = contributors(found.rules, found.state, found.position, found.postings)
    assert not any(row.here or row.postings for row in rows)
    assert mandate_told(found.rules, found.state, found.position.at).stands == "over"
    assert {site.held for site in sites(found.scenario.places, found.state, rows, ())} == {"free"}


def test_reports_by_region_the_newest_first_and_when_the_next_is_due() -> None:
    found = matter(after("report", 3))
    dam, sluices = regions(found.position, found.reports)
    assert (dam.name, sluices.name) == ("dam", "sluices")
    times = [report.at for report in dam.reports]
    assert times == sorted(times, reverse=True) and len(dam.reports) + len(sluices.reports) == 3
    assert dam.due == dam.reports[0].at + timedelta(hours=120) and dam.late is None
    overdue = list(regions(later(after("report"), 200).position, found.reports))
    assert overdue[1].late is not None


def test_what_is_over_and_who_should_have_left() -> None:
    found = later(after("deploy", 2), 24 * 40)
    told = mandate_told(found.rules, found.state, found.position.at)
    assert (told.stands, told.left) == ("over", None)
    rows = contributors(found.rules, found.state, found.position, found.postings)
    assert {row.who for row in rows if row.late is not None} == {"BOR", "EIN"}
    assert {row.late for row in rows} == {told.until, None}


def test_until_when_somebody_with_leave_has_to_come() -> None:
    found = matter(after("authorise"))
    row = next(r for r in contributors(found.rules, found.state, found.position, ()) if r.who == "EIN")
    assert row.due == found.position.at + timedelta(hours=168)


def test_a_name_that_no_place_has_is_a_site_without_one() -> None:
    found = matter(after("deploy", 2))
    rows = contributors(found.rules, found.state, found.position, found.postings)
    without = sites(found.scenario.places[1:], found.state, rows, found.reports)
    assert [(site.name, site.held) for site in without if site.place is None] == [("dam", "held")]
    assert [site.number for site in without] == list(range(1, len(without) + 1))


@pytest.mark.parametrize("name", ["six-valleys", "kazakhstan-2022"])
def test_whoever_is_counted_is_said_to_be_there(name: str) -> None:
    """After every deed: those of whom the state has a number are there, and no others are."""
    for n in range(1, len(played(name)) + 1):
        turns = played(name)[:n]
        found = matter(turns, name)
        rows = contributors(found.rules, found.state, found.position, postings_of(found.rules, done(turns)))
        assert {row.who for row in rows if row.sent is not None} <= {row.who for row in rows if row.here}
        sent = sum(each.number or 0 for row in rows for each in row.postings)
        assert sent == mandate_told(found.rules, found.state, found.position.at).sent
        assert len(reports_of(done(turns))) == sum(
            turn.deed is not None and turn.deed.kind == "report" and turn.problem is None for turn in turns
        )
    assert scene(name)
