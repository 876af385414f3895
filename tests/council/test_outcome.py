"""Votes as they come out: degenerate ones, ways in order, who is left out, weights; and the real votes of history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cache

import pytest

from foedus.council.electorate import members_of
from foedus.council.outcome import Outcome, outcome
from foedus.ir.decision import Status
from foedus.ir.norm import Program
from foedus.library import Library
from tests.council.rules import SEVEN, did, page, rule_of

MAJORITY = "passes(m): more than 1/2 of member p who (vote(p, m) or objects(p, m)): vote(p, m)"
TWO_THIRDS = "passes(m): at least 2/3 of member p: vote(p, m)"
CONSENSUS = "by consensus\n  passes(m): no member p: objects(p, m)"
BY_VOTE = "by vote\n  " + MAJORITY
EVERYBODY = "passes(m): every member p: agrees(p, m)"
QUORUM = "by vote\n  quorum(m): at least 4 member p: present(p, m)\n  " + MAJORITY
TWENTY = tuple(f"m{n}" for n in range(20))
TWENTY_ONE = (*TWENTY, "m20")


def vote(rule: str, statuses: Mapping[str, Status], members: Sequence[str] = SEVEN, **how: object) -> Outcome:
    program = page(rule)
    return outcome(rule_of(program), program, statuses, members=members, **how)  # type: ignore[arg-type]


def first(
    members: Sequence[str], n: int, rest: Status = "absent", status: Status = "for"
) -> dict[str, Status]:
    return {who: status if i < n else rest for i, who in enumerate(members)}


DEGENERATE = {
    "nobody votes": (BY_VOTE, did("silent"), SEVEN, "not adopted"),
    "nobody is there": (BY_VOTE, did("absent"), SEVEN, "not adopted"),
    "all abstain": (BY_VOTE, did("abstained"), SEVEN, "not adopted"),
    "all abstain, and none may be against": (
        "by vote\n  passes(m): no member p: objects(p, m)", did("abstained"), SEVEN, "not adopted",
    ),
    "all are silent at a consensus": (CONSENSUS, did("silent"), SEVEN, "adopted"),
    "one member, for": (BY_VOTE, did(for_="ARV"), ("ARV",), "adopted"),
    "one member, against": (BY_VOTE, did(against="ARV"), ("ARV",), "not adopted"),
    "one is for, all others away": (BY_VOTE, did("absent", for_="ARV"), SEVEN, "adopted"),
    "a tie": (BY_VOTE, did("abstained", for_="ARV BOR", against="CAD DUN"), SEVEN, "not adopted"),
    "a tie where half is enough": (
        BY_VOTE.replace("more than", "at least"),
        did("abstained", for_="ARV BOR", against="CAD DUN"), SEVEN, "adopted",
    ),
    "no members at all": (BY_VOTE, {}, (), "void"),
    "14 of 21 are two thirds": (TWO_THIRDS, first(TWENTY_ONE, 14), TWENTY_ONE, "adopted"),
    "13 of 21 are not": (TWO_THIRDS, first(TWENTY_ONE, 13), TWENTY_ONE, "not adopted"),
    "13 of 20 are not two thirds": (TWO_THIRDS, first(TWENTY, 13), TWENTY, "not adopted"),
    "14 of 20 are": (TWO_THIRDS, first(TWENTY, 14), TWENTY, "adopted"),
    "3-0 of 7, 4 needed": (QUORUM, did("absent", for_="ARV BOR CAD"), SEVEN, "void"),
    "3-1 of 7, 4 needed": (QUORUM, did("absent", for_="ARV BOR CAD", against="DUN"), SEVEN, "adopted"),
    "every member of one": (EVERYBODY, did(for_="ARV"), ("ARV",), "adopted"),
}  # fmt: skip


@pytest.mark.parametrize("name", DEGENERATE)
def test_degenerate_votes(name: str) -> None:
    rule, statuses, members, word = DEGENERATE[name]
    assert vote(rule, statuses, members).word == word


def test_everybody_left_out_is_void() -> None:
    rule = "left out(p, m): disputant(p, m)\n" + CONSENSUS
    came = vote(rule, did("for"), left_out=SEVEN)
    assert (came.word, came.electorate, came.left_out) == ("void", (), SEVEN)


def test_numbers_are_exact() -> None:
    [reason] = vote(TWO_THIRDS, first(TWENTY, 13), TWENTY).reasons
    assert (reason.tally, reason.needed, reason.met) == ((13, 13), (Fraction(40, 3), Fraction(40, 3)), False)
    assert reason.test.of == (20, 20)


# ---- ways, quorums, silence ----

LADDER = CONSENSUS + "\nfailing that by vote\n  " + TWO_THIRDS


def test_ways_are_tried_in_order() -> None:
    consensus = vote(LADDER, did("silent"))
    assert (consensus.word, consensus.way, len(consensus.tried)) == ("adopted", 0, 1)
    by_vote = vote(LADDER, did("for", against="GAL"))
    assert (by_vote.word, by_vote.way) == ("adopted", 1)
    assert [one.word for one in by_vote.tried] == ["not adopted", "adopted"]
    neither = vote(LADDER, did("abstained", for_="ARV", against="GAL"))
    assert (neither.word, neither.way) == ("not adopted", 1)


def test_one_way_alone_can_be_tried() -> None:
    statuses = did("for", against="GAL")
    assert vote(LADDER, statuses, way=0).word == "not adopted"
    assert vote(LADDER, statuses, way=1).word == "adopted"
    assert vote(LADDER, statuses, way=0).vetoes == ("GAL",)


def test_a_vote_that_nobody_is_for_says_so() -> None:
    came = vote(BY_VOTE, did("abstained"))
    assert [reason.asks for reason in came.reasons] == ["passes", "somebody"]
    assert "somebody" not in [reason.asks for reason in vote(BY_VOTE, did("for")).reasons]


SILENCE = "by silence 72 hours\n  passes(m): no member p: objects(p, m)"


def test_a_silence_that_runs_is_pending_until_it_is_broken() -> None:
    assert vote(SILENCE, did("silent")).word == "adopted"
    running = vote(SILENCE, did("silent"), running=True)
    assert (running.word, running.running, running.open) == ("pending", True, ())
    broken = vote(SILENCE, did("silent", against="BOR"), running=True)
    assert (broken.word, broken.vetoes) == ("not adopted", ("BOR",))


def test_whoever_has_not_been_heard_is_waited_for() -> None:
    came = vote(TWO_THIRDS, did(for_="ARV BOR CAD DUN"))
    assert (came.word, came.waiting) == ("pending", ("EIN", "FEN", "GAL"))
    assert came.reasons[0].tally == (4, 7)
    settled = vote(TWO_THIRDS, did(for_="ARV BOR CAD DUN EIN"))
    assert (settled.word, settled.waiting) == ("adopted", ())
    lost = vote(TWO_THIRDS, did(against="ARV BOR CAD"))
    assert (lost.word, lost.waiting) == ("not adopted", ())


def test_of_a_doubtful_member_each_number_is_considered() -> None:
    statuses = did("absent", for_="ARV BOR CAD DUN")
    assert vote(TWO_THIRDS, statuses, doubtful=("GAL",)).open == ("party(GAL, ferry)",)
    assert vote(TWO_THIRDS, did("absent", for_="ARV BOR CAD"), doubtful=("GAL",)).word == "not adopted"
    assert vote(TWO_THIRDS, did("for", absent="GAL"), doubtful=("GAL",)).word == "adopted"


# ---- left out, and held to abstain ----

LEFT_OUT = "left out(p, m): disputant(p, m)\n" + TWO_THIRDS
HELD = "held to abstain(p, m): disputant(p, m)\n" + TWO_THIRDS


def test_two_kinds_of_standing_apart() -> None:
    """Four of six are two thirds; four of seven are not."""
    statuses = did("abstained", for_="ARV BOR CAD DUN", against="GAL")
    out = vote(LEFT_OUT, statuses, left_out=("GAL",))
    assert (out.word, out.left_out, out.reasons[0].test.of) == ("adopted", ("GAL",), (6, 6))
    held = vote(HELD, statuses, held=("GAL",))
    assert (held.word, held.held, held.reasons[0].test.of) == ("not adopted", ("GAL",), (7, 7))


def test_who_is_left_out_is_open_until_somebody_says() -> None:
    statuses = did("abstained", for_="ARV BOR CAD DUN", against="GAL")
    came = vote(LEFT_OUT, statuses)
    assert came.word == "pending"
    assert set(came.open) == {f"disputant({who}, motion)" for who in SEVEN}
    assert vote(LEFT_OUT, statuses, left_out=()).word == "not adopted"


def test_an_objection_of_one_held_to_abstain_does_not_count() -> None:
    rule = "held to abstain(p, m): disputant(p, m)\n" + CONSENSUS
    statuses = did("for", against="GAL")
    assert vote(rule, statuses, held=()).word == "not adopted"
    assert vote(rule, statuses, held=("GAL",)).word == "adopted"


# ---- weights ----

WEIGHED = "passes(m): at least 3/5 by people of member p: vote(p, m)"
PEOPLE = 'weighting people "inhabitants"\n  ARV 6\n  BOR 3\n  CAD 1'


def test_weights_of_the_page_and_of_whoever_asks() -> None:
    program = page(WEIGHED, PEOPLE)
    rule, three = rule_of(program), ("ARV", "BOR", "CAD")
    just = outcome(rule, program, did(for_="ARV", against="BOR CAD"), members=three)
    assert (just.word, just.reasons[0].tally, just.reasons[0].needed) == ("adopted", (6, 6), (6, 6))
    other = {"ferry.people": {"ARV": Fraction(11, 2)}}
    lost = outcome(rule, program, did(for_="ARV CAD", against="BOR"), members=three, weights=other)
    assert (lost.word, lost.reasons[0].needed[0]) == ("adopted", Fraction(57, 10))


def test_a_weight_that_nobody_gives_is_open_unless_it_cannot_matter() -> None:
    program = page(WEIGHED, PEOPLE)
    rule, four = rule_of(program), ("ARV", "BOR", "DUN")
    came = outcome(rule, program, did(for_="ARV", against="BOR DUN"), members=four)
    assert (came.word, came.open) == ("pending", ("ferry.people of DUN",))
    assert outcome(rule, program, did("against", four), members=four).word == "not adopted"
    assert outcome(rule, program, did("for", four), members=four).word == "adopted"


# ---- real votes ----


@cache
def shipped(*names: str) -> Program:
    return Library(trials=False).load(names).program


def real(
    name: str, day: str, statuses: Mapping[str, Status], rest: Status | None = None, **how: object
) -> Outcome:
    """A vote under the rule of a shipped page, by the text and the members of the day."""
    program, on = shipped(name.partition(".")[0]), date.fromisoformat(day)
    begun = [t.id for t in program.instruments[name.partition(".")[0]].texts if t.start.first <= on]
    rule = [r for r in program.rules if r.id == name and r.text in (None, *begun[-1:])][-1]
    members, doubtful = members_of(program, rule, on)
    given = {**dict.fromkeys(members if rest else (), rest), **statuses}
    how = {"members": members, "doubtful": doubtful, **how}
    return outcome(rule, program, given, on=on, **how)  # type: ignore[arg-type]


KOREA = did(for_="CHN FRA GBR USA CUB ECU NOR", against="YUG", abstained="EGY IND", absent="SUN")
CONCUR = "charter.concurring"
READINGS = ("when none votes against", "when none votes against or stays away", "when all five vote for")


@pytest.mark.parametrize(
    ("seat", "reading", "word"),
    [
        ("for", 0, "adopted"), ("for", 1, "not adopted"), ("for", 2, "not adopted"),
        ("absent", 0, "not adopted"), ("absent", 1, "not adopted"), ("absent", 2, "not adopted"),
    ],
)  # fmt: skip
def test_korea_1950_by_whose_vote_was_chinas_and_what_absence_is(
    seat: Status, reading: int, word: str
) -> None:
    came = real("unsc.decide", "1950-06-27", {**KOREA, "CHN": seat}, answers={CONCUR: READINGS[reading]})
    assert came.word == word


def test_korea_1950_turns_on_the_reading() -> None:
    came = real("unsc.decide", "1950-06-27", KOREA)
    assert (came.word, came.open, came.article) == ("pending", (CONCUR,), "Article 27 · The number of votes")


def test_a_veto_of_2022_needs_no_reading() -> None:
    statuses = did(for_="USA GBR FRA ALB BRA GAB GHA IRL KEN MEX NOR", against="RUS", abstained="CHN IND ARE")
    came = real("unsc.decide", "2022-02-25", statuses)
    assert (came.word, came.vetoes) == ("not adopted", ("RUS",))


def test_between_the_amendment_and_the_new_seats() -> None:
    """Eleven members, 7-0-4: enough by the text of 1945, not by that of 1965."""
    statuses = did(for_="CHN FRA GBR USA SUN JOR URY", abstained="BOL CIV MYS NLD")
    answers = {CONCUR: READINGS[0]}
    assert real("unsc.decide", "1965-08-30", statuses, answers=answers).word == "adopted"
    assert real("unsc.decide", "1965-09-01", statuses, answers=answers).word == "not adopted"


def counts(for_: int, against: int, abstained: int, absent: int) -> dict[str, Status]:
    each: tuple[tuple[Status, int], ...] = (
        ("for", for_), ("against", against), ("abstained", abstained), ("absent", absent),
    )  # fmt: skip
    statuses: list[Status] = [status for status, n in each for _ in range(n)]
    return {f"m{n}": status for n, status in enumerate(statuses)}


@pytest.mark.parametrize(
    ("rule", "votes", "out", "word"),
    [
        ("decide", (19, 0, 1, 0), (), "adopted"),  # January 1962
        ("decide", (17, 0, 4, 0), (), "adopted"),  # April 1982
        ("decide", (17, 0, 4, 0), ("m0",), "adopted"),  # the same without Argentina
        ("convene", (11, 0, 0, 10), (), "adopted"),  # 11 of 21, and of 22 if Cuba had not left
        ("convene", (11, 0, 0, 11), (), "not adopted"),
        ("convene", (12, 0, 5, 2), (), "adopted"),  # September 2019
        ("convene", (12, 0, 5, 2), ("m0",), "adopted"),  # Venezuela's seat left out
        ("decide", (16, 1, 1, 1), (), "adopted"),
        ("decide", (16, 1, 1, 1), ("m0", "m16"), "adopted"),  # with Article 18, both neighbours left out
    ],
)  # fmt: skip
def test_the_treaty_of_rio(
    rule: str, votes: tuple[int, int, int, int], out: tuple[str, ...], word: str
) -> None:
    statuses = counts(*votes)
    how = {"members": tuple(statuses), "doubtful": (), "left_out": out}
    assert real(f"rio.{rule}", "1970-01-01", statuses, **how).word == word


def test_rio_1982_turns_on_cuba_where_three_fewer_are_for() -> None:
    eighteen = "ARG BOL BRA CRI DOM ECU SLV GTM HTI HND MEX NIC PAN PRY PER URY VEN"
    statuses = did(for_=eighteen, abstained="CHL COL TTO USA")
    assert real("rio.decide", "1982-04-28", statuses, "silent").word == "adopted"
    fourteen = did(for_=eighteen[:-12], abstained="CHL COL TTO USA")
    came = real("rio.decide", "1982-04-28", fourteen, "silent")
    assert (came.word, came.open, came.doubtful) == ("pending", ("party(CUB, rio)",), ("CUB",))


def test_nato_2003() -> None:
    broken = real("nato.decide", "2003-02-10", did(against="BEL FRA DEU"), "silent")
    assert (broken.word, broken.vetoes) == ("not adopted", ("BEL", "FRA", "DEU"))
    assert real("nato.decide", "2003-02-10", {}, "for").word == "adopted"
    assert real("nato.plan", "2003-02-16", did(against="FRA"), "silent").word == "adopted"
    assert real("nato.plan", "2003-02-16", did(against="FRA BEL"), "silent").word == "not adopted"


@pytest.mark.parametrize(
    ("reading", "kgz", "word"),
    [
        ("no member objects", "absent", "adopted"), ("every member agrees", "absent", "not adopted"),
        ("no member objects", "against", "not adopted"), ("every member agrees", "for", "adopted"),
    ],
)  # fmt: skip
def test_csto_january_2022(reading: str, kgz: Status, word: str) -> None:
    statuses: dict[str, Status] = {**did(for_="RUS KAZ BLR ARM TJK"), "KGZ": kgz}
    assert real("csto.decide", "2022-01-06", statuses, answers={"csto.decide": reading}).word == word


@pytest.mark.parametrize(("votes", "word"), [((55, 11), "not adopted"), ((69, 7), "adopted")])
def test_kyrgyz_parliament_7_january_2022(votes: tuple[int, int], word: str) -> None:
    """Two thirds of ninety deputies."""
    statuses = counts(*votes, 0, 90 - sum(votes))
    assert vote(TWO_THIRDS, statuses, tuple(statuses)).word == word


def test_grenada_1983() -> None:
    statuses = did(for_="ATG DMA KNA LCA VCT", absent="GRD MSR")
    for reading, word in (("those present", "adopted"), ("those absent as well", "not adopted")):
        assert real("oecs.decide", "1983-10-21", statuses, answers={"oecs.decide": reading}).word == word


ARAB = ["EGY", "JOR", "LBN", "SAU", "YEM", "LBY", "SDN", "TUN", "MAR", "KWT", "IRQ"]


@pytest.mark.parametrize(
    ("passes", "out", "word"),
    [
        ("no member p: (objects(p, m) or abstained_on(p, m))", (), "adopted"),
        ("no member p: (objects(p, m) or abstained_on(p, m))", ("IRQ",), "adopted"),
        ("every member p: agrees(p, m)", (), "not adopted"),
        ("every member p: agrees(p, m)", ("IRQ",), "adopted"),
    ],
)
def test_the_arab_league_1961(passes: str, out: tuple[str, ...], word: str) -> None:
    """Iraq left the room: it turns on what absence is to unanimity, and on whether the aggressor has a vote."""
    rule = f"left out(p, m): disputant(p, m)\npasses(m): {passes}"
    assert vote(rule, did("for", ARAB, absent="IRQ"), ARAB, left_out=out).word == word


UNION = tuple(f"s{n}" for n in range(27))
PEOPLED = (84, 68, 59, 49, 37, 19, 18, 11, 11, 11, 10, 10, 9, 9, 7, 6, 6, 5, 5, 4, 3, 2, 2, 1, 1, 1, 1)
POPULATION = {"ferry.people": dict(zip(UNION, map(Fraction, PEOPLED), strict=True))}
QUALIFIED = """passes(m): at least 11/20 of member p: vote(p, m)
  and (at least 13/20 by people of member p: vote(p, m) or not at least 4 member p: not vote(p, m))"""
CONSTRUCTIVE = """passes(m): no member p: objects(p, m)
  and not (at least 1/3 of member p: stands_aside(p, m) and at least 1/3 by people of member p: stands_aside(p, m))"""


@pytest.mark.parametrize(
    ("rule", "statuses", "word"),
    [
        (QUALIFIED, first(UNION, 3, "for", "against"), "adopted"),  # three cannot block, whatever they weigh
        (QUALIFIED, first(UNION, 4, "for", "against"), "not adopted"),
        (QUALIFIED, first(UNION, 12, "for", "abstained"), "not adopted"),  # fifteen small ones
        (QUALIFIED, first(UNION, 9, "abstained"), "not adopted"),  # the people without the members
        (CONSTRUCTIVE, first(UNION, 18, "aside"), "adopted"),  # a third of the members, few people
        (CONSTRUCTIVE, first(UNION, 9, "for", "aside"), "not adopted"),
    ],
)
def test_the_european_union(rule: str, statuses: Mapping[str, Status], word: str) -> None:
    program = page(rule, PEOPLE)
    assert outcome(rule_of(program), program, statuses, members=UNION, weights=POPULATION).word == word


FIFTEEN = tuple(f"s{n}" for n in range(15))
CHAPTER_SIX = """held to abstain(p, m): disputant(p, m)
passes(m): at least 9 member p: vote(p, m) and not objects(s0, m)"""


def test_a_party_to_the_dispute_abstains() -> None:
    """Article 27(3): nine are for it, one of them a party; and a veto of a party is none."""
    nine = first(FIFTEEN, 9, "abstained")
    rule = CHAPTER_SIX.replace("s0", "ARV")
    assert vote(rule, nine, FIFTEEN, held=()).word == "adopted"
    assert vote(rule, nine, FIFTEEN, held=("s0",)).word == "not adopted"
    members = ("ARV", *FIFTEEN[1:])
    against: dict[str, Status] = {**dict.fromkeys(members, "for"), "ARV": "against"}
    assert vote(rule, against, members, held=()).word == "not adopted"
    assert vote(rule, against, members, held=("ARV",)).word == "adopted"
