"""Truth in three values, and counts: whether enough members count, whatever the open ones come to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import inf
from typing import TypeAlias

from foedus.ir.formula import AtLeast, Formula

Amount: TypeAlias = Fraction | float
"""A count or a sum of weights, exact; infinite only where a weight is not known."""


@dataclass(frozen=True, slots=True)
class Truth:
    """A truth, and the names of what it hangs on where it is open."""

    truth: bool | None
    open: tuple[str, ...] = ()


YES, NO = Truth(True), Truth(False)


def negated(truth: bool | None) -> bool | None:
    """What is open stays open."""
    return None if truth is None else not truth


def all_of(parts: Sequence[Truth]) -> Truth:
    """Whether all are so."""
    truths = [part.truth for part in parts]
    if False in truths:
        return NO
    if None not in truths:
        return YES
    return Truth(None, merged(part.open for part in parts))


def opposite(one: Truth) -> Truth:
    """Whether it is not so."""
    return Truth(negated(one.truth), one.open)


def merged(names: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Each name once, in order."""
    return tuple(dict.fromkeys(name for some in names for name in some))


@dataclass(frozen=True, slots=True)
class Counted:
    """One test: what a formula counts or weighs, and whether that suffices.

    `part` is the node; of anything but an `AtLeast` the tally is 0 or 1. Each pair is the least and the most that the
    open things allow. `who` counts for certain, `open` may; `base` are those of whom a share is taken, `of` their
    number or weight. `needed` is exact: 2/3 of 20 is 40/3. `wanted` is False where the rule asks that it be *not* so:
    nobody objects, and `who` then stands in the way. `within`: the terms and the answers through which it is asked;
    `instrument`: the page whose words it has, `env` whom its variables stand for.
    """

    part: Formula
    tally: tuple[Amount, Amount]
    needed: tuple[Amount, Amount]
    truth: bool | None
    wanted: bool = True
    who: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    base: tuple[str, ...] = ()
    of: tuple[Amount, Amount] = (Fraction(0), Fraction(0))
    within: tuple[str, ...] = ()
    instrument: str = ""
    env: Mapping[str, str] = field(default_factory=dict[str, str], compare=False, hash=False)

    @property
    def met(self) -> bool | None:
        """Whether it is as the rule wants it."""
        return self.truth if self.wanted else negated(self.truth)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing's part in a count: whether it is in the base, whether it counts, and its weight if known."""

    who: str
    base: Truth
    counted: Truth
    weight: Fraction | None

    def sure(self, formula: AtLeast) -> bool:
        """Whether nothing about it is open."""
        known = self.counted.truth is not None and (formula.share is None or self.base.truth is not None)
        return known and self.weight is not None

    def ways(self) -> Iterator[tuple[int, int]]:
        """(in the base, counts), each as 0 or 1, as far as it is open."""
        for base, counted in ((0, 0), (1, 0), (1, 1)):
            if (self.base.truth in (None, bool(base))) and (self.counted.truth in (None, bool(counted))):
                yield base, counted


def reached(formula: AtLeast, parts: Sequence[Part]) -> bool | None:
    """Whether as many count as the formula asks for, whatever the open ones come to; None where that turns on them.

    A share of nobody is never reached, and neither is one of members who together weigh nothing. A weight that is not
    known is more than nothing, and else may be anything."""
    share = formula.share if formula.share is not None else 0
    low, high, full = NOTHING, NOTHING, False
    for part in parts:
        worth = [
            (_scaled(counted - share * base, part.weight, best), base and part.weight != 0)
            for base, counted in part.ways()
            for best in (True, False)
        ]
        top = max(each for each, _ in worth)
        full = full or any(each == top and there for each, there in worth)
        low, high = _added(low, min(each for each, _ in worth)), _added(high, top)
    need: Edge = (0, 0) if formula.share is not None else (formula.k, 0)
    if formula.share is None:
        full, empty = True, False
    else:
        empty = all(part.base.truth is not True or part.weight == 0 for part in parts)
    if not (high > need or (high == need and full and not formula.strict)):
        return False
    return None if empty or low < need or (low == need and formula.strict) else True


Edge: TypeAlias = tuple[Amount, int]
"""A least or a most; the second number is 1 or more where it is above that by however little, below 0 where below."""
NOTHING: Edge = (Fraction(0), 0)


def _added(one: Edge, other: Edge) -> Edge:
    return one[0] + other[0], one[1] + other[1]


def _scaled(part: Fraction | int, weight: Fraction | None, best: bool) -> Edge:
    """A part by its weight: of an unknown one the best or the worst of it."""
    if weight is not None:
        return part * weight, 0
    if part > 0:
        return (inf, 0) if best else (Fraction(0), 1)
    if part < 0:
        return (Fraction(0), -1) if best else (-inf, 0)
    return NOTHING


def opens(formula: AtLeast, part: Part) -> tuple[str, ...]:
    """On what one thing's part hangs."""
    return merged([part.base.open, part.counted.open]) if formula.share is not None else part.counted.open


def counted_by(
    formula: AtLeast,
    parts: Sequence[Part],
    truth: bool | None,
    wanted: bool,
    within: tuple[str, ...],
    instrument: str,
    env: Mapping[str, str],
) -> Counted:
    """The test that a count is, with who made it up."""
    tally = _span(parts, [part.counted.truth for part in parts])
    needed: tuple[Amount, Amount] = (Fraction(formula.k), Fraction(formula.k))
    of: tuple[Amount, Amount] = (Fraction(0), Fraction(0))
    base: tuple[str, ...] = ()
    if formula.share is not None:
        of = _span(parts, [part.base.truth for part in parts])
        needed = (of[0] * formula.share, of[1] * formula.share)
        base = tuple(part.who for part in parts if part.base.truth is True)
    return Counted(
        formula, tally, needed, truth, wanted,
        tuple(part.who for part in parts if part.counted.truth is True),
        tuple(part.who for part in parts if not part.sure(formula)),
        base, of, within, instrument, dict(env),
    )  # fmt: skip


def _span(parts: Sequence[Part], truths: Sequence[bool | None]) -> tuple[Amount, Amount]:
    """The least and the most that those together come to of whom it is so."""
    low: Amount = Fraction(0)
    high: Amount = Fraction(0)
    for part, truth in zip(parts, truths, strict=True):
        low += part.weight or 0 if truth is True else 0
        high += (inf if part.weight is None else part.weight) if truth is not False else 0
    return low, high
