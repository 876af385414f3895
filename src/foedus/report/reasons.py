"""The tests of a rule of decision as lines: what was counted, of whom, how many are needed, who stands in the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import ceil, floor, inf

from foedus.council.outcome import Outcome, Reason
from foedus.ir.decision import STATUSES, By, Status
from foedus.ir.formula import AtLeast
from foedus.ir.show import show_formula
from foedus.report.lists import decimal, listed
from foedus.words.speech import marked, marked_in, say, say_in

DID: dict[Status, str] = {
    "for": marked_in("did in a vote", "for"),
    "against": marked_in("did in a vote", "against"),
    "abstained": marked_in("did in a vote", "abstained"),
    "aside": marked_in("did in a vote", "stands aside"),
    "absent": marked_in("did in a vote", "absent"),
    "silent": marked_in("did in a vote", "silent"),
}
TOGETHER: Mapping[frozenset[Status], str] = {
    frozenset({"abstained", "aside"}): DID["abstained"],
    frozenset({"for", "against"}): marked_in("did in a vote", "voting"),
    frozenset(STATUSES) - {"absent"}: marked_in("did in a vote", "present"),
    frozenset(STATUSES) - {"absent", "against"}: marked_in("did in a vote", "present and not against"),
}
"""Several statuses that have one word."""
HEADS: Mapping[tuple[By, bool], str] = {
    ("", False): marked("What is needed"),
    ("", True): marked("What a quorum needs"),
    ("vote", False): marked("What is needed by a vote"),
    ("vote", True): marked("What a quorum needs for a vote"),
    ("consensus", False): marked("What is needed by consensus"),
    ("consensus", True): marked("What a quorum needs for a consensus"),
    ("silence", False): marked("What is needed by silence"),
    ("silence", True): marked("What a quorum needs for a silence"),
}
MARKS = {True: "■", False: "□", None: "◧"}
MANY = 4
"""Of so many statuses that may not be, it is said which may."""
EXACT = 10_000
"""Fractions of this many parts are written with a decimal point, others as they are."""
Name = Callable[[str], str]


def reason_head(outcome: Outcome, reason: Reason) -> str:
    """Above the tests of a way, or of its quorum."""
    by = outcome.rule.ways[reason.way].by
    return say(HEADS[by if len(outcome.rule.ways) > 1 else "", reason.asks == "quorum"])


def readings_of(outcome: Outcome, reason: Reason) -> tuple[tuple[str, str], ...]:
    """The open readings under which the test is asked: question and answer."""
    found = (name.partition('="') for name in reason.test.within if '="' in name)
    return tuple((q, answer.rstrip('"')) for q, _, answer in found if q not in outcome.sitting.answers)


def reason_words(outcome: Outcome, reason: Reason, name: Name) -> str:
    """One test in a line."""
    test, part = reason.test, reason.test.part
    mark = MARKS[test.met]
    if not isinstance(part, AtLeast):
        return _fact(outcome, reason, name)
    counted = outcome.sitting.counted(test)
    statuses = counted.statuses if counted is not None else None
    if part.some and not test.wanted:
        return _nobody(outcome, reason, name)
    what = did_words(statuses) if statuses is not None else f"“{show_formula(part.body)}”"
    if part.weight is not None:
        what = say(
            "{what}, by {weighting}", what=what, weighting=part.weight.partition(".")[2] or part.weight
        )
    did = span(test.tally)
    if part.share is None:
        parts = {"mark": mark, "what": what, "did": did, "needed": span(test.needed)}
        if not test.wanted:
            return say("{mark} {what}: {did}; fewer than {needed} needed", **parts)
        if part.strict:
            return say("{mark} {what}: {did}; more than {needed} needed", **parts)
        return say("{mark} {what}: {did}; at least {needed} needed", **parts)
    parts = {"mark": mark, "what": what, "did": did, "of": _base(outcome, reason), "share": part.share}
    if not test.wanted:
        if part.strict:
            return say("{mark} {what}: {did} of {of}; more than {share} may not be", **parts)
        return say("{mark} {what}: {did} of {of}; {share} or more may not be", **parts)
    parts["needed"] = span(enough(reason))
    if part.strict:
        return say("{mark} {what}: {did} of {of}; {needed} needed, more than {share}", **parts)
    return say("{mark} {what}: {did} of {of}; {needed} needed, {share}", **parts)


def _fact(outcome: Outcome, reason: Reason, name: Name) -> str:
    """A test of one thing: that China is for it."""
    test = reason.test
    counted = outcome.sitting.counted(test)
    parts = {"mark": MARKS[test.met]}
    if counted is None or len(counted.among) != 1:
        return say("{mark} “{what}”", what=show_formula(test.part), **parts)
    parts |= {"who": name(counted.among[0]), "what": did_words(counted.statuses)}
    if test.truth is None:
        return say("{mark} {who}: whether {what} is open", **parts)
    return say("{mark} {who}: {what}", **parts) if test.truth else say("{mark} {who}: not {what}", **parts)


def _nobody(outcome: Outcome, reason: Reason, name: Name) -> str:
    """A test that nobody may fail, or that everybody has to meet."""
    test, part = reason.test, reason.test.part
    assert isinstance(part, AtLeast)
    counted = outcome.sitting.counted(test)
    every = counted is not None and len(counted.statuses) >= MANY
    if counted is None:
        what = f"“{show_formula(part.body)}”"
    else:
        what = did_words(frozenset(STATUSES) - counted.statuses if every else counted.statuses)
        if len(counted.among) < len(outcome.sitting.voted({}).everybody) - len(outcome.left_out) - len(
            outcome.held
        ):
            what = say("{what}, of {names}", what=what, names=listed([name(who) for who in counted.among]))
    parts = {"mark": MARKS[test.met], "what": what}
    if test.truth is False:
        if every:
            return say("{mark} {what}: everybody, as is needed", **parts)
        return say("{mark} {what}: nobody, as is needed", **parts)
    names = listed([name(who) for who in (test.who if test.truth else test.open)])
    if every:
        if test.truth:
            return say("{mark} {what}: everybody is needed; not {names}", names=names, **parts)
        return say("{mark} {what}: everybody is needed; open of {names}", names=names, **parts)
    if test.truth:
        return say("{mark} {what}: nobody may be; {names}", names=names, **parts)
    return say("{mark} {what}: nobody may be; open of {names}", names=names, **parts)


def _base(outcome: Outcome, reason: Reason) -> str:
    """The number of those of whom a share is taken, with what they did where not all members are taken."""
    number = span(reason.test.of)
    based = outcome.sitting.based(reason.test)
    if based is None or based.statuses == frozenset(STATUSES):
        return number
    return say("{number} {what}", number=number, what=did_words(based.statuses))


def did_words(statuses: frozenset[Status]) -> str:
    """`for`, `voting`, `against or absent`."""
    if statuses in TOGETHER:
        return say_in("did in a vote", TOGETHER[statuses])
    return listed([say_in("did in a vote", DID[status]) for status in STATUSES if status in statuses], "or")


def enough(reason: Reason) -> tuple[Fraction | float, Fraction | float]:
    """How many suffice: of heads the next whole number, of weights the exact one."""
    part = reason.test.part
    if not isinstance(part, AtLeast) or part.share is None or part.weight is not None:
        return reason.needed
    low, high = (Fraction(floor(one) + 1 if part.strict else max(ceil(one), 1)) for one in reason.needed)
    return low, high


def span(both: tuple[Fraction | float, Fraction | float]) -> str:
    """`9`, or `21–22` where it is open."""
    low, high = map(number, both)
    return low if low == high else f"{low}–{high}"


def number(amount: Fraction | float) -> str:
    """A count or a sum of weights, exactly.

    >>> number(Fraction(9)), number(Fraction(5837, 20)), number(Fraction(40, 3))
    ('9', '291.85', '40/3')
    """
    if amount == inf:
        return "…"
    exact = Fraction(amount)
    if exact.denominator == 1:
        return str(exact.numerator)
    if EXACT % exact.denominator:
        return str(exact)
    return decimal(f"{exact.numerator / exact.denominator:.4f}".rstrip("0"))
