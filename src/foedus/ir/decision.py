"""How a vote comes out under a rule that counts: a pure function of complete statuses.

A *test* counts those whose status is in a set, against a number or a share of a base; a base is
itself a set of statuses, never a word ("present" differs from body to body). The quorum is a
conjunction of tests, and so is what passes. Shares are exact and never rounded.

>>> rule = Tally(quorum=(Test(("for", "against", "abstain"), least=Fraction(4)),), passes=(MAJORITY,))
>>> votes = {"ARV": "for", "BOR": "for", "CAD": "for", "DUN": "absent"}
>>> outcome(rule, votes).word, outcome(rule, {**votes, "DUN": "against"}).word
('void', 'adopted')

With a quorum by presence a vote *against* can carry a motion: the rule is not monotone, and a chair
should be told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Status = str
Word = Literal["adopted", "not adopted", "void"]


@dataclass(frozen=True, slots=True)
class Test:
    """Those with one of `statuses` number at least `least` (more than, if `strict`); with `of`,
    `least` is a share of those with one of these statuses. A share of nobody is never reached."""

    __test__ = False  # not one of pytest's

    statuses: tuple[Status, ...]
    least: Fraction
    of: tuple[Status, ...] | None = None
    strict: bool = False


MAJORITY = Test(("for",), Fraction(1, 2), of=("for", "against"), strict=True)
"""More for than against."""


@dataclass(frozen=True, slots=True)
class Tally:
    """A rule that counts. `floor` is how many must vote for it under any rule, unless 0 is written."""

    quorum: tuple[Test, ...] = ()
    passes: tuple[Test, ...] = ()
    floor: int = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """The word, and one line for each test: what was counted against what was needed."""

    word: Word
    lines: tuple[str, ...]


def outcome(rule: Tally, votes: Mapping[str, Status]) -> Outcome:
    """How a vote comes out; `votes` gives every member of the electorate exactly one status."""
    lines: list[str] = []
    if not votes:
        return Outcome("void", ("nobody may vote",))
    quorum = [_met(test, votes, lines) for test in rule.quorum]  # every test has its line, met or not
    if not all(quorum):
        return Outcome("void", tuple(lines))
    passed = [_met(test, votes, lines) for test in rule.passes]
    met = all(passed)
    supporters = sum(status == "for" for status in votes.values())
    if supporters < rule.floor:
        lines.append(f"for: {supporters}, at least {rule.floor} needed under any rule: no")
    return Outcome("adopted" if met and supporters >= rule.floor else "not adopted", tuple(lines))


def _met(test: Test, votes: Mapping[str, Status], lines: list[str]) -> bool:
    counted = sum(status in test.statuses for status in votes.values())
    needed = test.least
    of = ""
    if test.of is not None:
        base = sum(status in test.of for status in votes.values())
        needed, of = test.least * base, f" ({test.least} of {base})"
        if base == 0:
            lines.append(f"{', '.join(test.statuses)}: a share of nobody: no")
            return False
    met = counted > needed if test.strict else counted >= needed
    sign = "more than" if test.strict else "at least"
    lines.append(
        f"{', '.join(test.statuses)}: {counted}, {sign} {needed}{of} needed: {'yes' if met else 'no'}"
    )
    return met
