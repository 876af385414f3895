"""How a vote comes out: one rule of a page, and what each member did.

`outcome` is total: whoever is not said to have done anything is waited for, a reading that is not given is open, and
the word is then *pending* unless nothing of that can change it. Statuses become acts by `ir.decision.ACTS`, and the
formulas of the rule's ways are read over these acts by `holds`; nothing is rounded, and a share of nobody is never
reached.

>>> from foedus.ir.decision import Way
>>> from foedus.ir.formula import AtLeast, Atom, Var
>>> p, m = Var("p", "State"), Var("m", "Act")
>>> two = DecisionRule("lir.decide", "CSL", "lir", m, (Way("vote", AtLeast(2, p, Atom("vote", (p, m)))),))
>>> came = outcome(two, Program(), {"ARV": "for", "BOR": "for", "CAD": "absent"}, members=("ARV", "BOR", "CAD"))
>>> came.word, came.reasons[0].tally, came.reasons[0].needed
('adopted', (Fraction(2, 1), Fraction(2, 1)), (Fraction(2, 1), Fraction(2, 1)))
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal, TypeAlias

from foedus.council.counting import Counted
from foedus.council.electorate import MOTION
from foedus.council.facts import Facts
from foedus.council.holds import Held
from foedus.council.sitting import Sitting
from foedus.ir.decision import DecisionRule, Status, Way
from foedus.ir.formula import Formula
from foedus.ir.norm import Program

Word: TypeAlias = Literal["adopted", "not adopted", "void", "pending"]
"""`void`: nobody had a part in it, or there was no quorum. `pending`: it hangs on something open, or a silence runs."""
Asks: TypeAlias = Literal["quorum", "passes", "somebody"]
"""For what a test is: that there be enough, that it pass, that somebody vote for it at all (told where nobody does)."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One test of one way, with its numbers (see `Counted`). `way` counts from 0."""

    way: int
    asks: Asks
    test: Counted

    @property
    def met(self) -> bool | None:
        """Whether it is as the rule wants it; None: open."""
        return self.test.met

    @property
    def tally(self) -> tuple[Fraction | float, Fraction | float]:
        """How many count, or what they weigh: the least and the most."""
        return self.test.tally

    @property
    def needed(self) -> tuple[Fraction | float, Fraction | float]:
        """How many are needed, exactly: the least and the most."""
        return self.test.needed

    @property
    def in_the_way(self) -> tuple[str, ...]:
        """Who stands in the way where nobody may."""
        return self.test.who if not self.test.wanted and self.test.truth else ()


@dataclass(frozen=True, slots=True)
class Tried:
    """One way of deciding, and how it came out by itself."""

    number: int
    way: Way
    word: Word
    quorum: Held | None
    somebody: Held | None
    passes: Held

    @property
    def open(self) -> tuple[str, ...]:
        """On what it hangs."""
        parts = (part for part in (self.quorum, self.somebody, self.passes) if part is not None)
        return tuple(dict.fromkeys(name for part in parts if part.truth is None for name in part.open))


@dataclass(frozen=True)
class Outcome:
    """How it came out, and why.

    `way` is the way that decided, counted from 0: the first by which it is adopted, otherwise the last that was tried;
    None where the rule has none. `electorate` are the members who have a part in it, `doubtful` those of whom that is
    open, `left_out` those who have none, `held` those who are counted as abstaining. `waiting` are the members of whom
    nothing is known, `open` what else it hangs on: questions by their ids, facts by their content.
    """

    sitting: Sitting
    word: Word
    way: int | None
    tried: tuple[Tried, ...]
    reasons: tuple[Reason, ...]
    statuses: Mapping[str, Status]
    electorate: tuple[str, ...]
    doubtful: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    running: bool = False

    @property
    def rule(self) -> DecisionRule:
        """The rule under which it was decided."""
        return self.sitting.rule

    @property
    def article(self) -> str:
        """The heading under which the rule stands."""
        return self.rule.place.heading

    @property
    def vetoes(self) -> tuple[str, ...]:
        """Who stood in the way, in the way that decided: each of them alone kept it from passing."""
        if self.word != "not adopted":
            return ()
        found = (who for each in self.reasons if each.way == self.way for who in each.in_the_way)
        return tuple(dict.fromkeys(found))


def outcome(
    rule: DecisionRule,
    program: Program,
    statuses: Mapping[str, Status],
    *,
    members: Sequence[str],
    answers: Mapping[str, str] | None = None,
    facts: Facts | None = None,
    weights: Mapping[str, Mapping[str, Fraction]] | None = None,
    on: date | None = None,
    doubtful: Collection[str] = (),
    left_out: Collection[str] | None = None,
    held: Collection[str] | None = None,
    way: int | None = None,
    running: bool = False,
    told: Mapping[str, bool] | None = None,
    motion: str = MOTION,
) -> Outcome:
    """How a decision under the rule comes out.

    The keywords are those of a `Sitting`. With `way`, only that way is tried; while `running`, a silence has not ended
    and has not yet let anything pass.
    """
    sitting = Sitting(
        rule, program, tuple(members), frozenset(doubtful), _told(left_out), _told(held), answers or {}, facts,
        weights or {}, on, told or {}, motion,
    )  # fmt: skip
    return of_sitting(sitting, statuses, way, running)


def _told(names: Collection[str] | None) -> frozenset[str] | None:
    return None if names is None else frozenset(names)


def of_sitting(
    sitting: Sitting, statuses: Mapping[str, Status], way: int | None = None, running: bool = False
) -> Outcome:
    """The same, of those who sit together."""
    rule, voted = sitting.rule, sitting.voted(statuses)

    def read(formula: Formula) -> Held:
        return sitting.read(formula, voted)

    outside = {who: sitting.apart(rule.left_out, sitting.left_out, voted, who) for who in voted.everybody}
    voters = tuple(who for who, gone in outside.items() if gone is not True)
    unsure = tuple(who for who in voters if who in sitting.doubtful or outside[who] is None)
    bound = tuple(who for who in voters if sitting.apart(rule.held_to, sitting.held, voted, who))
    tried = _tried(rule, read, way, running)
    word, deciding = _word(tried, voters)
    hanging: tuple[str, ...] = ()
    if word == "pending" and way is None and not running:
        word, hanging = _together(rule, read)
    elif word == "pending":
        hanging = tuple(dict.fromkeys(name for one in tried for name in one.open))
    waiting, still = voted.sorted_out(hanging)
    return Outcome(
        sitting, word, deciding, tuple(tried), _reasons(tried), dict(statuses), voters, unsure,
        tuple(who for who, gone in outside.items() if gone), bound, waiting, still, word == "pending" and running,
    )  # fmt: skip


Read: TypeAlias = Callable[[Formula], Held]


def _tried(rule: DecisionRule, read: Read, only: int | None, running: bool) -> list[Tried]:
    """The ways in order, up to the first by which it is adopted."""
    tried: list[Tried] = []
    for n, way in enumerate(rule.ways):
        if only is not None and n != only:
            continue
        quorum = read(way.quorum) if way.quorum is not None else None
        somebody = read(rule.somebody()) if way.by == "vote" else None
        passes = read(way.passes)
        truths = [part.truth for part in (quorum, somebody, passes) if part is not None]
        word: Word = "adopted"
        if False in truths:
            word = "void" if quorum is not None and quorum.truth is False else "not adopted"
        elif None in truths or (running and way.by == "silence"):
            word = "pending"
        tried.append(Tried(n, way, word, quorum, somebody, passes))
        if word == "adopted":
            break
    return tried


def _word(tried: Sequence[Tried], voters: Sequence[str]) -> tuple[Word, int | None]:
    """The outcome of all that was tried, and the way that decided."""
    if not voters:
        return "void", None
    for word in ("adopted", "pending"):
        for one in tried:
            if one.word == word:
                return word, one.number
    return (tried[-1].word, tried[-1].number) if tried else ("pending", None)


def _together(rule: DecisionRule, read: Read) -> tuple[Word, tuple[str, ...]]:
    """Whether something open can still change it, all tests and ways of the rule taken together."""
    if rule.passes is None:
        return "pending", ()
    whole = read(rule.passes)
    if whole.truth is None:
        return "pending", whole.open
    return ("adopted" if whole.truth else "not adopted"), ()


def _reasons(tried: Sequence[Tried]) -> tuple[Reason, ...]:
    found: list[Reason] = []
    for one in tried:
        lacking = one.somebody if one.somebody is not None and not one.somebody.truth else None
        parts: tuple[tuple[Asks, Held | None], ...] = (
            ("quorum", one.quorum), ("passes", one.passes), ("somebody", lacking),
        )  # fmt: skip
        found += [Reason(one.number, asks, test) for asks, part in parts if part for test in part.counts]
    return tuple(found)
