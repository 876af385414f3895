"""Counting and weighing over a circuit: a part of a base, and sums of weights.

Whoever is counted is one of the base; of whom it is open whether he is, each case is considered. Numbers are exact:
two thirds of twenty is not fourteen, nor thirteen, but is reached by fourteen. A part of nobody is never reached.

>>> circuit = Circuit()
>>> yes = [circuit.var(name) for name in "abc"]
>>> two_thirds = share(circuit, [(circuit.TRUE, lit) for lit in yes], Fraction(2, 3), strict=False)
>>> two_thirds == circuit.atleast(2, yes)
True
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor, inf, lcm

from foedus.engines.contract import Circuit, Lit
from foedus.engines.reason import TooManyGrounds

MOST_STEPS = 200_000
"""Steps that weighing may take before it is refused: what is known is folded first, so that it hardly takes any."""

Pair = tuple[Lit, Lit]
"""Of one: that he is of the base, and that what is asked is so of him."""


def share(circuit: Circuit, those: Sequence[Pair], part: Fraction, strict: bool) -> Lit:
    """That at least (or more than) this part of the base is counted."""
    those = [(base, counted) for base, counted in those if base != Circuit.FALSE]
    for_it = [circuit.conj(base, counted) for base, counted in those]
    doubtful = [base for base, _ in those if base != Circuit.TRUE]
    certain = len(those) - len(doubtful)
    ways: list[Lit] = []
    for more in range(len(doubtful) + 1):
        there_are = circuit.conj(circuit.atleast(more, doubtful), -circuit.atleast(more + 1, doubtful))
        of = part * (certain + more)
        needed = floor(of) + 1 if strict else max(ceil(of), 1)
        ways.append(circuit.conj(there_are, circuit.atleast(needed, for_it)))
    return circuit.disj(*ways)


@dataclass(frozen=True, slots=True)
class Weighed:
    """One who is weighed; `weight` is None where nobody gave it."""

    base: Lit
    counted: Lit
    weight: Fraction | None


def weigh(
    circuit: Circuit, those: Sequence[Weighed], need: Fraction, of_base: bool, strict: bool, unknown: Lit
) -> Lit:
    """That those who are counted weigh at least (or more than) `need`, or this part of the base.

    A weight that nobody gave is more than nothing, and else may be anything: where it could turn the scale, `unknown`
    says whether it does. Raises TooManyGrounds."""
    kept = [one for one in those if one.base != Circuit.FALSE]
    given = [one.weight for one in kept if one.weight is not None]
    units = lcm(need.denominator, *(weight.denominator for weight in given))
    scale = _Scale(circuit, strict, of_base, unknown)
    for one in sorted(kept, key=lambda one: (not _known(one), -(one.weight or 0))):
        if one.weight is None:
            for_it, against = (1 if need < 1 or not of_base else 0), (-1 if of_base else 0)
            scale.rows.append(_Row(circuit, one, 0, 0, for_it, against))
        else:
            own = int(one.weight * units)
            against = -int(need * own * need.denominator) if of_base else 0
            scale.rows.append(_Row(circuit, one, own * need.denominator + against, against))
    start = 0 if of_base else -int(need * units * need.denominator)
    return scale.step(0, start, (False, False, False))[0]


def _known(one: Weighed) -> bool:
    return all(abs(lit) == Circuit.TRUE for lit in (one.base, one.counted))


@dataclass(frozen=True, slots=True)
class _Row:
    """What one adds to the sum, in whole units, if he is counted, and if he is of the base only; of an unknown weight
    only the sign is known."""

    circuit: Circuit
    one: Weighed
    for_it: int
    against: int
    sign_for: int = 0
    sign_against: int = 0


Seen = tuple[bool, bool, bool]
"""Whether somebody is of the base who weighs something, whether an unknown weight is for it, and against it."""


@dataclass
class _Scale:
    """A decision diagram over the sum, one level for each who is weighed. Sums between which nothing changes any
    more share their literal."""

    circuit: Circuit
    strict: bool
    of_base: bool
    unknown: Lit
    rows: list[_Row] = field(default_factory=list[_Row])
    steps: int = 0
    known: dict[tuple[int, Seen], list[tuple[float, float, Lit]]] = field(
        default_factory=dict[tuple[int, Seen], list[tuple[float, float, Lit]]]
    )

    def step(self, level: int, total: int, seen: Seen) -> tuple[Lit, float, float]:
        """The literal from here on, and between which sums it is the same."""
        spans = self.known.setdefault((level, seen), [])
        at = bisect_right(spans, total, key=lambda span: span[0]) - 1
        if at >= 0 and spans[at][0] <= total <= spans[at][1]:
            return spans[at][2], spans[at][0], spans[at][1]
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise TooManyGrounds("weights of which too many are open")
        lit, least, most = self._fresh(level, total, seen)
        insort(spans, (least, most, lit))
        return lit, least, most

    def _fresh(self, level: int, total: int, seen: Seen) -> tuple[Lit, float, float]:
        if level == len(self.rows):
            return self._end(total, seen)
        circuit, row = self.circuit, self.rows[level]
        base, counted = row.one.base, circuit.conj(row.one.base, row.one.counted)
        somebody, plus, minus = seen
        there = somebody or row.one.weight != 0
        among = there, plus or row.sign_for > 0, minus
        beside = there, plus, minus or row.sign_against < 0
        least, most = -inf, inf
        found: list[Lit] = []
        for possible, adds, then in (
            (counted != Circuit.FALSE, row.for_it, among),
            (counted != base, row.against, beside),
            (base != Circuit.TRUE, 0, seen),
        ):
            if not possible:
                found.append(Circuit.FALSE)
                continue
            lit, low, high = self.step(level + 1, total + adds, then)
            least, most = max(least, low - adds), min(most, high - adds)
            found.append(lit)
        for_it, against, outside = found
        if base == Circuit.TRUE:  # whoever is counted does not weigh less for it
            return circuit.disj(circuit.conj(counted, for_it), against), least, most
        ways = (
            circuit.conj(counted, for_it),
            circuit.conj(base, -counted, against),
            circuit.conj(-base, outside),
        )
        return circuit.disj(*ways), least, most

    def _end(self, total: int, seen: Seen) -> tuple[Lit, float, float]:
        somebody, plus, minus = seen
        if self.of_base and not somebody:
            return Circuit.FALSE, -inf, inf
        if plus and minus:
            return self.unknown, -inf, inf
        if plus:
            return (Circuit.TRUE, 0, inf) if total >= 0 else (self.unknown, -inf, -1)
        if minus:
            return (Circuit.FALSE, -inf, 0) if total <= 0 else (self.unknown, 1, inf)
        reached = 1 if self.strict else 0
        return (Circuit.TRUE, reached, inf) if total >= reached else (Circuit.FALSE, -inf, reached - 1)
