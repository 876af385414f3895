"""The pages beside ATOP: each rule explains what it says, and nothing else; every treaty here is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from foedus.register.differences import RULES
from foedus.register.membership import Compared, Difference, candidates, compare
from foedus.register.rows import Instrument, Party
from foedus.register.spells import ours, theirs
from foedus.sources.atop import BROKEN, LOST, Atop, Member
from foedus.sources.cow import Spell, System
from foedus.terms.time import day

USA, CAN, MEX, MLI, GERMANY, WEST_GERMANY, RUSSIA, CHAD = 2, 20, 70, 432, 255, 260, 365, 483

BOUND_SINCE = "1951-01-01"
PAGE = Instrument(
    "lir", "Compact of Lir", signed="1950-03-02", in_force=BOUND_SINCE, codes=(("atop", "9001"),),
    parties=(Party("USA", "party", BOUND_SINCE), Party("CAN", "party", BOUND_SINCE)),
)  # fmt: skip


def member(number: int, start: str, until: str = "", alliance: int = 9001, **more: object) -> Member:
    end = day(until) if until else None
    return Member(alliance, number, day(start), end, **more)  # pyright: ignore[reportArgumentType]


SIGNED = (member(USA, "1950-03-02"), member(CAN, "1950-03-02"))


def beside(
    page: Instrument, *members: Member, system: System | None = None, ends: str = "2016-12-31"
) -> Compared:
    return compare([page], Atop("4.01", date.fromisoformat(ends), members), system)[0]


def with_party(state: str, start: str, until: str = "", role: str = "party", **more: object) -> Instrument:
    line = Party(state, role, start, until, **more)  # pyright: ignore[reportArgumentType]
    return replace(PAGE, parties=(*PAGE.parties, line))


def of(compared: Compared, state: str, what: str = "") -> list[Difference]:
    return [row for row in compared.differing if row.state == state and what in ("", row.what)]


def rule(compared: Compared, state: str, what: str = "") -> str:
    return " ".join(row.rule for row in of(compared, state, what))


def test_the_same_days_differ_in_nothing() -> None:
    page = replace(
        PAGE, signed="", parties=(Party("USA", "party", "1950-03-02", "1960-01-02"), *PAGE.parties[1:])
    )
    found = beside(page, member(USA, "1950-03-02", "1960-01-02"), SIGNED[1])
    assert [row.rule for row in found.rows if row.state == "USA"] == ["same", "same"]


def test_an_end_may_be_the_last_day_or_the_first_after() -> None:
    """Ours is the first day on which a state is bound no more."""
    page = with_party("MLI", "1961-07-04", "1999-04-21")
    for last, same in (
        ("1999-04-20", True),
        ("1999-04-21", True),
        ("1999-04-19", False),
        ("1999-04-22", False),
    ):
        found = beside(page, *SIGNED, member(MLI, "1961-07-04", last))
        assert (of(found, "MLI") == []) is same, last


def test_a_start_may_not() -> None:
    found = beside(with_party("MLI", "1961-07-04"), *SIGNED, member(MLI, "1961-07-03"))
    assert rule(found, "MLI", "start") == "near"


START = {
    # ATOP's day for a state that the page has from 4 July 1961, unless it says another
    "signed the treaty itself": ("1950-03-02", BOUND_SINCE, "signed"),
    "initialled weeks before": ("1950-01-20", BOUND_SINCE, "signed"),
    "months before any signature": ("1949-06-01", BOUND_SINCE, "unexplained"),
    "joined before it was in force": ("1950-11-20", BOUND_SINCE, "before force"),
    "days after it was in force": ("1951-06-01", BOUND_SINCE, "unexplained"),
    "bound before the signature": ("1950-03-02", "1950-02-20", "near"),
    "31 days": ("1961-08-04", "1961-07-04", "near"),
    "32 days": ("1961-08-05", "1961-07-04", "unexplained"),
    "acceded, and signed before": ("1960-02-01", "1961-07-04", "accession"),
    "long before": ("1955-02-01", "1961-07-04", "unexplained"),
    "month and day changed about": ("1961-04-07", "1961-07-04", "swapped"),
    "a month only": ("1961-07", "1961-07-04", "month"),
    "one of our days": ("1961-07-04", "[1961-07-04,1963-01-01]", "uncertain"),
    "between our days, and none of them": ("1962-05-01", "[1961-07-04,1963-01-01]", "accession"),
    "after both our days": ("1963-05-01", "[1961-07-04,1963-01-01]", "unexplained"),
    "in our range": ("1962-05-01", "[1961-07-04..1963-01-01]", "uncertain"),
}


@pytest.mark.parametrize(("theirs", "ours", "wanted"), START.values(), ids=START.keys())
def test_why_a_start_differs(theirs: str, ours: str, wanted: str) -> None:
    found = beside(with_party("MLI", ours), *SIGNED, member(MLI, theirs))
    assert rule(found, "MLI") == wanted


END = {
    # ATOP's last day for a state that the page has until …
    "after ATOP ends": ("", "2020-02-01", 0, "covered"),
    "before ATOP ends": ("", "2010-02-01", 0, "unexplained"),
    "within a month": ("2010-02-20", "2010-02-01", 0, "near"),
    "one of our days": ("2010-05-01", "2010", 0, "uncertain"),
    "broken off": ("1974-07-15", "", BROKEN, "in fact"),
    "lost with a partner": ("1974-07-15", "1980-01-01", LOST, "in fact"),
    "broken off after our end": ("1984-07-15", "1980-01-01", BROKEN, "unexplained"),
    "ended by its terms": ("1974-07-15", "", 1, "unexplained"),
}


@pytest.mark.parametrize(("theirs", "ours", "mode", "wanted"), END.values(), ids=END.keys())
def test_why_an_end_differs(theirs: str, ours: str, mode: int, wanted: str) -> None:
    found = beside(
        with_party("MLI", "1961-07-04", ours), *SIGNED, member(MLI, "1961-07-04", theirs, mode=mode)
    )
    assert rule(found, "MLI") == wanted


def test_what_nobody_confirmed_explains_where_nothing_better_does() -> None:
    members = (*SIGNED, member(MLI, "1955-02-01"))
    assert rule(beside(with_party("MLI", "1961-07-04", unconfirmed=True), *members), "MLI") == "unconfirmed"
    near = (*SIGNED, member(MLI, "1961-07-10"))
    assert rule(beside(with_party("MLI", "1961-07-04", unconfirmed=True), *near), "MLI") == "near"


def test_phases_of_one_alliance_are_one_membership() -> None:
    first = [
        member(USA, "1950-03-02", "1960-05-01", phase=1),
        member(CAN, "1950-03-02", "1960-05-01", phase=1),
    ]
    later = [member(USA, "1960-05-01", phase=2), member(CAN, "1960-05-01", phase=2)]
    assert {row.rule for row in beside(PAGE, *first, *later).differing} == {"signed"}
    apart = [replace(row, start=day("1960-05-03")) for row in later]
    assert [row.what for row in beside(PAGE, *first, *apart).differing if row.state == "USA"] == [
        "start", "break in ATOP",
    ]  # fmt: skip


def test_a_page_may_be_a_later_phase() -> None:
    phases = [
        member(USA, "1940-01-01", "1950-03-02", phase=1),
        member(CAN, "1940-01-01", "1950-03-02", phase=1),
    ]
    found = beside(PAGE, *phases, *SIGNED)
    assert {rule(found, state) for state in ("USA", "CAN")} == {"phase"}
    left = beside(PAGE, *phases, *SIGNED, member(MEX, "1940-01-01", "1945-01-01", phase=1))
    assert rule(left, "MEX", "only in ATOP") == "phase"


def test_a_page_may_end_where_a_later_phase_begins() -> None:
    ended = replace(PAGE, ended="1960-05-01")
    phases = [member(n, "1950-03-02", "1960-05-01", phase=1) for n in (USA, CAN)]
    later = [member(n, "1960-05-01", phase=2) for n in (USA, CAN)]
    found = beside(ended, *phases, *later)
    assert {rule(found, state, "end") for state in ("USA", "CAN")} == {"phase"}


def test_a_page_that_ended_lacks_who_came_later() -> None:
    ended = replace(PAGE, ended="1960-05-01")
    assert rule(beside(ended, *SIGNED, member(MLI, "1970-01-01")), "MLI") == "phase"
    assert rule(beside(ended, *SIGNED, member(MLI, "1955-01-01")), "MLI") == "unexplained"


def test_breaks_are_set_beside_one_another_where_they_are_one() -> None:
    lines = (Party("MLI", "party", "1961-07-04", "1970-01-02"), Party("MLI", "party", "1980-01-01"))
    page = replace(PAGE, parties=(*PAGE.parties, *lines))
    one = beside(page, *SIGNED, member(MLI, "1961-07-04", "1970-01-20"), member(MLI, "1980-01-01"))
    assert [(row.what, row.rule) for row in of(one, "MLI")] == [("end", "near")]
    rows = (member(MLI, "1961-07-04", "1985-01-20"), member(MLI, "1990-01-01"))
    assert [row.what for row in of(beside(page, *SIGNED, *rows), "MLI")] == ["break here", "break in ATOP"]


def test_an_alliance_may_go_on_under_another_number() -> None:
    over = [member(n, "1950-03-02", "1960-05-01", mode=1) for n in (USA, CAN)]
    goes_on = [member(n, "1960-05-01", alliance=9002) for n in (USA, CAN)]
    found = beside(PAGE, *over, *goes_on)
    assert {(row.rule, row.why) for row in found.differing if row.what == "end"} == {
        ("phase", "ATOP goes on under number 9002")
    }
    one_of_them = beside(PAGE, *over, goes_on[0])
    assert {row.rule for row in one_of_them.differing if row.what == "end"} == {"unexplained"}


def test_one_state_under_two_numbers_has_no_break() -> None:
    """Germany is 260 until 3 October 1990 and 255 from then on."""
    page = with_party("DEU", "1955-05-06")
    found = beside(
        page, *SIGNED, member(WEST_GERMANY, "1954-10-23", "1990-10-03"), member(GERMANY, "1990-10-03")
    )
    assert [row.what for row in of(found, "DEU")] == ["start"]


def test_one_number_may_be_two_states() -> None:
    """365 is the Soviet Union until 26 December 1991 and Russia from then on."""
    rows = theirs([member(RUSSIA, "1961-07-06", "1996-09-10")], ["SUN", "RUS"])
    assert {state: [(s.start.text, str(s.until)) for s in of] for state, of in rows.items()} == {
        "SUN": [("1961-07-06", "1991-12-26")],
        "RUS": [("1991-12-26", "1996-09-10")],
    }
    page = with_party("SUN", "1961-07-06", "1991-12-26")
    only_one = beside(page, *SIGNED, member(RUSSIA, "1961-07-06", "1996-09-10"))
    assert rule(only_one, "SUN") == "succession"


def test_a_state_that_stands_in_for_another_is_told() -> None:
    parties = (
        Party("EGY", "party", BOUND_SINCE, "1958-02-22"), Party("EGY", "party", "1961-09-29"),
        Party("SYR", "party", BOUND_SINCE, "1958-02-22"), Party("SYR", "party", "1961-09-29"),
        Party("UAR", "party", "1958-02-22", "1961-09-29"),
    )  # fmt: skip
    found = beside(replace(PAGE, parties=parties), member(651, BOUND_SINCE), member(652, BOUND_SINCE))
    assert {row.rule for row in found.differing} == {"succession"}
    assert [row.why for row in of(found, "SYR")] == ["UAR stands there meanwhile"]


SYSTEM = System(
    (Spell(MLI, date(1970, 1, 1), date(2016, 12, 31)), Spell(USA, date(1816, 1, 1), date(2016, 12, 31)))
)


def test_who_is_not_in_the_system_is_not_missed() -> None:
    page = with_party("MLI", "1961-07-04", "1969-01-01")
    assert rule(beside(page, *SIGNED, system=SYSTEM), "MLI", "only here") == "system"
    assert rule(beside(page, *SIGNED), "MLI", "only here") == "unexplained"
    inside = with_party("MLI", "1971-07-04", "1979-01-01")
    assert rule(beside(inside, *SIGNED, system=SYSTEM), "MLI", "only here") == "unexplained"
    assert rule(beside(with_party("PSE", "1976-09-09"), *SIGNED), "PSE") == "system"  # no number at all


def test_who_came_into_the_system_later_begins_later_in_atop() -> None:
    page = with_party("MLI", "1961-07-04")
    late = member(MLI, "1970-01-01")
    assert rule(beside(page, *SIGNED, late, system=SYSTEM), "MLI", "start") == "system"
    assert rule(beside(page, *SIGNED, late), "MLI", "start") == "unexplained"
    marked = replace(late, in_system=False)
    assert rule(beside(page, *SIGNED, marked), "MLI", "start") == "system"
    early = replace(marked, start=day("1960-07-04"))
    assert rule(beside(page, *SIGNED, early), "MLI", "start") == "accession"


def test_a_suspension_may_be_an_exit_for_atop() -> None:
    page = with_party("MLI", "1961-07-04")
    suspended = replace(page, parties=(*page.parties, Party("MLI", "suspended", "1979-03-31", "1989-05-22")))
    rows = (member(MLI, "1961-07-04", "1979-03-31", mode=BROKEN), member(MLI, "1989-05-22"))
    found = beside(suspended, *SIGNED, *rows)
    assert [(row.rule, row.why) for row in of(found, "MLI")] == [
        ("role", "suspended here from 31 March 1979")
    ]
    assert rule(beside(page, *SIGNED, *rows), "MLI") == "unexplained"


def test_who_only_signed_is_no_party() -> None:
    rows = (*SIGNED, member(MLI, "1950-03-02"))
    assert rule(beside(PAGE, *rows), "MLI") == "signatory"
    assert rule(beside(with_party("MLI", "1950-03-02", role="signatory"), *rows), "MLI") == "role"
    assert rule(beside(PAGE, *SIGNED, member(MLI, "1970-01-01")), "MLI") == "unexplained"


def test_who_joined_after_atop_ends_is_not_missed() -> None:
    assert rule(beside(with_party("MLI", "2020-03-27"), *SIGNED), "MLI") == "covered"
    assert rule(beside(with_party("MLI", "2010-03-27"), *SIGNED), "MLI") == "unexplained"


def test_a_line_without_an_end_ends_with_the_instrument() -> None:
    ended = replace(PAGE, ended="1960-05-02")
    assert str(ours(ended)["USA"][0].until) == "1960-05-02"
    found = beside(ended, *(replace(row, until=day("1960-05-01")) for row in SIGNED))
    assert {row.what for row in found.differing} == {"start"}


def test_a_guarantor_is_bound_and_the_protected_are_not() -> None:
    page = replace(
        PAGE, parties=(Party("USA", "guarantor", "1951-01-01"), Party("CAN", "protected", "1951-01-01"))
    )
    assert set(ours(page)) == {"USA"}


def test_days_apart_count_from_the_page_to_atop() -> None:
    found = beside(PAGE, *SIGNED)
    assert {row.days for row in found.differing} == {(date(1950, 3, 2) - date(1951, 1, 1)).days}
    ours_open = beside(with_party("MLI", "[1961-07-04..1963-01-01]"), *SIGNED, member(MLI, "1963-02-01"))
    assert of(ours_open, "MLI")[0].days == 31


# ---- pages without a number


NAMELESS = replace(PAGE, codes=())


def test_a_page_without_a_number_is_matched_by_year_and_members() -> None:
    found = beside(NAMELESS, *SIGNED)
    assert (found.how, found.numbers) == ("matched", (9001,))
    assert [(c.number, c.days, c.common, c.either) for c in found.candidates] == [(9001, 0, 2, 2)]


@pytest.mark.parametrize(
    "members",
    [
        [member(n, "1950-06-02") for n in (USA, CAN)],
        [member(n, "1950-03-02") for n in (USA, CAN, MEX, MLI, CHAD)],
    ],
    ids=["too late", "too many others"],
)
def test_what_is_like_it_and_not_like_enough_is_only_named(members: list[Member]) -> None:
    found = beside(NAMELESS, *members)
    assert (found.how, found.numbers, found.rows) == ("none", (), ())
    assert [c.number for c in found.candidates] == [9001]


def test_another_year_or_other_states_are_not_named() -> None:
    assert beside(NAMELESS, *(replace(row, start=day("1951-03-02")) for row in SIGNED)).candidates == ()
    assert beside(NAMELESS, SIGNED[0], member(MEX, "1950-03-02")).candidates == ()


def test_a_later_phase_may_be_the_one() -> None:
    early = [member(n, "1940-01-01", "1950-03-02", phase=1) for n in (USA, CAN, MEX, MLI)]
    assert [c.alike for c in candidates(NAMELESS, Atop("", date(2016, 12, 31), (*early, *SIGNED)))] == [1.0]


def test_what_is_later_than_atop_is_not_sought() -> None:
    late = replace(NAMELESS, signed="2023-09-16", in_force="2023-09-16")
    assert beside(late, *SIGNED).how == "not covered"


def test_numbers_that_cannot_be_meant_are_told() -> None:
    lacking = beside(replace(PAGE, codes=(("atop", "1"), ("atop", "9001"))), *SIGNED)
    assert (lacking.lacking, lacking.numbers, lacking.foreign) == ((1,), (9001,), ())
    foreign = beside(PAGE, member(MEX, "1950-03-02"), member(MLI, "1950-03-02"))
    assert foreign.foreign == (9001,)


def test_a_page_without_parties_is_left_out() -> None:
    assert compare([replace(PAGE, parties=())], Atop("", date.max, SIGNED)) == ()


def test_every_rule_is_tried_above() -> None:
    tried = {case[-1] for table in (START, END) for case in table.values()}
    tried |= {"same", "phase", "succession", "system", "role", "signatory", "unconfirmed"}
    assert tried == set(RULES)
