"""Real votes under the rules of the pages, each with the reading on which it turns; and votes that are none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foedus.assessment.ballot import Ballot, ballot, rules_named, weighed
from foedus.assessment.seats import seated
from foedus.council.electorate import members_of
from foedus.council.outcome import Reason
from foedus.diagnostics.problem import Refused
from foedus.ir.decision import STATUSES, Status
from foedus.ir.norm import Program
from foedus.library import Library
from foedus.report.reasons import enough
from tests.council.rules import PEOPLE, SEVEN, page, rules

WHEN_NONE_AGAINST = 'charter.concurring="when none votes against"'


@cache
def program(*pages: str) -> Program:
    return Library(trials=False).load(pages).program


def vote(
    rule: str,
    on: str,
    rest: Status | None = "silent",
    did: Mapping[Status, str] = {},
    suppose: Mapping[str, str] | None = None,
) -> Ballot:
    """`{"for": "ARV BOR"}`: who did what, the members of the last in a row."""
    statuses: dict[str, Status] = {}
    for status, states in did.items():
        statuses.update(dict.fromkeys(states.split(), status))
    return ballot(program(rule.partition(".")[0]), rule, statuses, date.fromisoformat(on), rest, suppose)


def outcome(asked: Ballot) -> tuple[str, tuple[str, ...]]:
    return asked.finding.granting.settled, asked.finding.granting.turns_on


def first(asked: Ballot) -> Reason:
    return asked.outcome.reasons[0]


KOREA: Mapping[Status, str] = {
    "for": "CHN FRA GBR USA CUB ECU NOR",
    "against": "YUG",
    "abstained": "EGY IND",
    "absent": "SUN",
}


def test_korea_1950_turns_on_what_absence_is() -> None:
    asked = vote("unsc.decide", "1950-06-27", did=KOREA)
    assert outcome(asked) == ("depends", ("charter.concurring",))
    assert asked.finding.granting.arises_if.sets == (((WHEN_NONE_AGAINST, True),),)
    assert (first(asked).tally, first(asked).needed, first(asked).met) == ((7, 7), (7, 7), True)


def test_since_1965_nine_are_needed() -> None:
    """The votes of 1950 on a day of the amended text: two too few."""
    asked = vote("unsc.decide", "1966-06-27", did=KOREA)
    assert outcome(asked) == ("no", ())
    assert (first(asked).tally, first(asked).needed, first(asked).met) == ((7, 7), (9, 9), False)


def test_a_permanent_member_against_is_a_veto_on_every_reading() -> None:
    did: Mapping[Status, str] = {
        "for": "USA GBR FRA ALB BRA GAB GHA IRL KEN MEX NOR",
        "against": "RUS",
        "abstained": "CHN IND ARE",
    }
    asked = vote("unsc.decide", "2022-02-25", did=did)
    assert outcome(asked) == ("no", ())
    assert first(asked).met
    assert asked.outcome.vetoes == ("RUS",)


def test_nato_2003_three_broke_the_silence() -> None:
    assert outcome(vote("nato.decide", "2003-02-10", did={"against": "BEL FRA DEU"}))[0] == "no"
    assert outcome(vote("nato.decide", "2003-02-10", rest="for"))[0] == "yes"


def test_nato_2003_in_the_committee_without_france() -> None:
    assert outcome(vote("nato.plan", "2003-02-16", did={"against": "FRA"}))[0] == "yes"
    assert outcome(vote("nato.plan", "2003-02-16", did={"against": "FRA BEL"}))[0] == "no"


SEVENTEEN = "ARG BOL BRA CRI DOM ECU SLV GTM HTI HND MEX NIC PAN PRY PER URY VEN"


def test_rio_1982() -> None:
    asked = vote("rio.decide", "1982-04-28", did={"for": SEVENTEEN, "abstained": "CHL COL TTO USA"})
    assert outcome(asked)[0] == "yes"
    assert asked.doubtful == {"CUB"}  # whether Cuba had left by then no source settles
    _quorum, needed = asked.outcome.reasons
    assert (needed.tally, needed.test.of, needed.met) == ((17, 17), (21, 22), True)
    assert (needed.needed, enough(needed)) == ((14, Fraction(44, 3)), (14, 15))
    fourteen = vote(
        "rio.decide",
        "1982-04-28",
        did={"for": SEVENTEEN[:-12], "abstained": "CHL COL TTO USA"},
    )
    assert outcome(fourteen) == ("depends", ("party(CUB, rio) on 1982-04-28",))
    assert [one.met for one in fourteen.outcome.reasons] == [True, None]
    fewer = vote(
        "rio.decide",
        "1982-04-28",
        did={"for": SEVENTEEN[:-16], "abstained": "CHL COL TTO USA"},
    )
    assert outcome(fewer)[0] == "no"


def test_what_others_did_may_be_unknown() -> None:
    asked = vote("rio.decide", "1982-04-28", None, did={"for": SEVENTEEN[:-12]})
    assert outcome(asked)[0] == "depends"


def test_consensus_and_a_member_that_stays_away() -> None:
    asked = vote("csto.decide", "2022-01-06", did={"for": "RUS KAZ BLR ARM TJK", "absent": "KGZ"})
    assert outcome(asked) == ("depends", ("csto.decide",))
    assert outcome(vote("csto.decide", "2022-01-06", did={"for": "RUS KAZ BLR ARM TJK KGZ"}))[0] == "yes"
    assert (
        outcome(vote("csto.decide", "2022-01-06", did={"for": "RUS KAZ BLR ARM TJK", "against": "KGZ"}))[0]
        == "no"
    )


CSTO = ("ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK")


@given(st.lists(st.sampled_from(["for", "against", "abstained", "absent", "silent"]), min_size=6, max_size=6))
def test_consensus_by_its_definition(did: list[Status]) -> None:
    """Every complete vote of the six: the two readings, worked out by hand."""
    statuses: dict[str, Status] = dict(zip(CSTO, did, strict=True))
    if set(did) == {"silent"}:
        return
    found = ballot(program("csto"), "csto.decide", statuses, date(2022, 1, 6)).finding.granting
    everybody, nobody = set(did) == {"for"}, "against" not in did
    assert found.settled == ("yes" if everybody else "depends" if nobody else "no")
    if found.settled == "depends":
        assert found.arises_if.sets == ((('csto.decide="no member objects"', True),),)


@given(st.integers(0, 22), st.integers(0, 22))
def test_two_thirds_by_arithmetic(for_it: int, against: int) -> None:
    rule = rules_named(program("rio"), "rio.decide")[0]
    members, doubtful = members_of(program("rio"), rule, date(1950, 1, 1))
    assert not doubtful
    statuses: dict[str, Status] = {
        member: "for" if n < for_it else "against" if n < for_it + against else "abstained"
        for n, member in enumerate(members)
    }
    found = ballot(program("rio"), "rio.decide", statuses, date(1950, 1, 1)).finding.granting
    assert (found.settled == "yes") == (min(for_it, len(members)) * 3 >= len(members) * 2)


@pytest.mark.parametrize(("rule", "code"), [("nothing", "F690"), ("rio", "F691"), ("ajd", "F692")])
def test_rules_that_cannot_be_asked(rule: str, code: str) -> None:
    page = rule if rule in ("rio", "ajd") else "csto"
    with pytest.raises(Refused) as told:
        ballot(program(page), rule, {"EGY": "for"}, date(1960, 1, 1))
    assert told.value.problems[0].code == code


@pytest.mark.parametrize("day", ["1970-01-01", "2015-06-20"])
def test_on_a_day_on_which_the_rule_did_not_apply(day: str) -> None:
    with pytest.raises(Refused) as told:
        vote("oecs.decide", day, did={"for": "ATG"})
    assert told.value.problems[0].code == "F699"


def test_nobody_voted() -> None:
    with pytest.raises(Refused) as told:
        ballot(program("csto"), "csto", {}, date(2022, 1, 6))
    assert told.value.problems[0].code == "F693"


def test_seats_where_no_page_says_who_sits() -> None:
    """The states that the rule names and that stood on the day, and as many more as there are seats."""
    known = program("unsc")
    rule = rules_named(known, "unsc.decide")[-1]
    five = ("CHN", "FRA", "GBR", "USA")
    for day, last in (("1950-06-27", "SUN"), ("2022-02-25", "RUS")):
        members, doubtful = seated(known, rule, date.fromisoformat(day))
        assert (set(members[:5]), len(members), doubtful) == ({*five, last}, 15, frozenset())
    assert seated(known, rule, date(2022, 1, 1), ["ARV"], 2) == (("ARV", "seat 2"), frozenset())
    with pytest.raises(Refused) as told:
        seated(known, replace(rule, seats=None), date(2022, 1, 1))
    assert told.value.problems[0].code == "F696"


STATUS: st.SearchStrategy[Status] = st.sampled_from(STATUSES)
FEW = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])


@FEW
@given(rules(), st.integers(1, 6), st.data())
def test_both_readers_agree_on_every_complete_vote(text: str, n: int, data: st.DataObject) -> None:
    """The council counts over statuses, the engine reads a record: the same, for any rule and any vote."""
    known, members = page(text, PEOPLE), SEVEN[:n]
    ferry = known.instruments["ferry"]
    lives = tuple(life for life in ferry.lives if life.state in members)
    known = replace(known, instruments={**known.instruments, "ferry": replace(ferry, lives=lives)})
    known = weighed(known, {"ferry.people": {"GAL": Fraction(2)}})
    for _ in range(4):
        statuses: dict[str, Status] = dict(
            zip(members, data.draw(st.lists(STATUS, min_size=n, max_size=n)), strict=True)
        )
        if set(statuses.values()) == {"silent"}:
            continue
        out = data.draw(st.sets(st.sampled_from(members), max_size=2))
        held = data.draw(st.sets(st.sampled_from(members), max_size=2))
        asked = ballot(known, "ferry.decide", statuses, date(2020, 1, 1), left_out=out, held=held)
        assert asked.finding.granting.settled in ("yes", "no")
        if asked.outcome.electorate:
            assert (asked.outcome.word == "adopted") == (asked.finding.granting.settled == "yes")
        else:
            assert asked.came == "void"


@settings(FEW, max_examples=15)
@given(rules(), st.data())
def test_the_readers_never_contradict_each_other(text: str, data: st.DataObject) -> None:
    """Where some have not voted, and who stands apart is open, one may know more, but not otherwise."""
    known, members = page(text, PEOPLE), SEVEN[:3]
    ferry = known.instruments["ferry"]
    lives = tuple(life for life in ferry.lives if life.state in members)
    known = replace(known, instruments={**known.instruments, "ferry": replace(ferry, lives=lives)})
    statuses: dict[str, Status] = data.draw(st.dictionaries(st.sampled_from(members), STATUS, max_size=3))
    if not set(statuses.values()) - {"silent"}:
        return
    asked = ballot(known, "ferry.decide", statuses, date(2020, 1, 1), None)
    settled, word = asked.finding.granting.settled, asked.outcome.word
    if settled in ("yes", "no") and word != "pending" and asked.outcome.electorate:
        assert (settled == "yes") == (word == "adopted")
