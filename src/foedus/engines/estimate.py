"""A chance that is too large to compute, estimated from sampled worlds and said with its interval.

An `Estimate` is no number: it cannot be compared with an exact chance, added to one or shown as one. The
worlds are drawn in lanes, one bit of a whole number for each, so that a condition is decided for all of
them at once.

>>> from foedus.engines.contract import Circuit
>>> c = Circuit()
>>> grave, bound = c.var("grave"), c.var("bound")
>>> found = estimate(c, c.conj(grave, bound), {"grave": Fraction(1, 3), "bound": Fraction(1, 2)})
>>> found.low < Fraction(1, 6) < found.high, found.samples, found.seed
(True, 20000, 1)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import exp, lgamma, log, log1p
from operator import and_, or_
from random import Random

from foedus.engines.contract import NOTHING, Assignment, Circuit, Lit, NoWorld, TooLarge
from foedus.engines.scope import Part, Scope
from foedus.engines.settle import CONTRADICTION
from foedus.engines.weights import branches

SAMPLES = 20_000
"""Drawn for one chance: the interval is then at most 0.014 wide."""

FEWEST = 1_000
"""Worlds that must be left where theory and what is given are met; with fewer, nothing is estimated."""

DRAWS = 64
"""How often a world that breaks the theory is drawn anew before it is left out."""

LEVEL = Fraction(95, 100)
PLACES = 48  # binary places to which a chance is drawn: an error of 2**-48, far below any interval


@dataclass(frozen=True, slots=True)
class Estimate:
    """In `hits` of `samples` sampled worlds the literal was true. `low` and `high` bound the chance at the
    level (0.95): the interval of Clopper and Pearson (1934), which covers the chance at least so often,
    whatever it is. The same `seed` gives the same estimate."""

    hits: int
    samples: int
    seed: int
    low: float
    high: float
    level: Fraction = LEVEL

    @property
    def about(self) -> float:
        """The share of the sampled worlds, for showing beside its interval."""
        return self.hits / self.samples


class TooRare(TooLarge):
    """Too few of the sampled worlds meet theory and what is given."""


def estimate(
    circuit: Circuit,
    lit: Lit,
    weights: Mapping[str, Fraction],
    given: Assignment = NOTHING,
    samples: int = SAMPLES,
    seed: int = 1,
) -> Estimate:
    """The chance of the literal as `Worlds.chance` defines it, estimated.

    What `given` fixes is not drawn. Theory ties only the variables of a part together, so each part is drawn
    until its theory holds, apart from all others. ValueError as for the exact chance; TooRare if in fewer than
    `FEWEST` worlds of `samples` the theory could be met; NoWorld if what is given is plainly impossible.
    """
    scope = Scope(circuit)
    if scope.contradictory:
        raise NoWorld(CONTRADICTION)
    touched = scope.touched(lit)
    branches(scope, touched, given, weights)  # refuses a chance that is missing or is none
    lanes = _Lanes(circuit, scope, weights, given, samples, Random(seed))
    drawn: dict[str, int] = {}
    kept = lanes.every
    for number in touched.parts:
        kept &= lanes.part(scope.parts[number], drawn)
    for name in touched.variables:
        if name not in drawn:
            drawn[name] = lanes.one(name)
    left = kept.bit_count()
    if left < min(FEWEST, samples):
        raise TooRare(f"only {left:,} of {samples:,} sampled worlds are admissible")
    hits = (lanes.value([lit], drawn)[0] & kept).bit_count()
    return Estimate(hits, left, seed, *interval(hits, left))


class _Lanes:
    """Draws values for all worlds at once: bit i of a whole number is the value in world i."""

    def __init__(
        self,
        circuit: Circuit,
        scope: Scope,
        weights: Mapping[str, Fraction],
        given: Assignment,
        samples: int,
        draw: Random,
    ) -> None:
        self.circuit, self.scope, self.weights, self.given = circuit, scope, weights, given
        self.samples, self.draw = samples, draw
        self.every = (1 << samples) - 1

    def chosen(self, chance: Fraction) -> int:
        """Worlds with this chance each: coins are tossed from the last binary place to the first."""
        if chance >= 1:
            return self.every
        number, lanes = int(chance * (1 << PLACES)), 0
        for place in range(PLACES):
            if number >> place & 1:
                lanes |= self.draw.getrandbits(self.samples)
            elif lanes:
                lanes &= self.draw.getrandbits(self.samples)
        return lanes

    def one(self, name: str) -> int:
        """A variable that is in no group."""
        if name in self.given:
            return self.every if self.given[name] else 0
        return self.chosen(self.weights[name])

    def group(self, members: Sequence[str]) -> dict[str, int]:
        """Exactly one answer in each world, as far as what is given leaves several."""
        held = [member for member in members if self.given.get(member)]
        possible = held or [member for member in members if member not in self.given]
        chances = {m: Fraction(1) if held else self.weights[m] for m in possible}
        rest = sum(chances.values(), Fraction(0))
        if len(held) > 1 or not rest:
            raise NoWorld("what is given has the chance 0")
        drawn, open_ = dict.fromkeys(members, 0), self.every
        for member, chance in chances.items():
            if chance:
                drawn[member] = open_ & self.chosen(chance / rest)
                open_ &= ~drawn[member]
                rest -= chance
        return drawn

    def part(self, part: Part, drawn: dict[str, int]) -> int:
        """Draw the variables of a part until its theory holds; the worlds in which it does at last."""
        grouped = {m for group in part.groups for m in self.circuit.groups[group]}
        kept = 0
        for _ in range(DRAWS if part.theory else 1):
            new: dict[str, int] = {}
            for group in part.groups:
                new.update(self.group(self.circuit.groups[group]))
            new.update({name: self.one(name) for name in part.variables if name not in grouped})
            met = reduce(and_, self.value(part.theory, new), self.every) & ~kept
            for name, lanes in new.items():
                drawn[name] = drawn.get(name, 0) & kept | lanes & met
            kept |= met
            if kept == self.every:
                break
        return kept

    def value(self, lits: Sequence[Lit], drawn: Mapping[str, int]) -> list[int]:
        """The worlds in which each literal holds."""
        found: dict[int, int] = {}
        for number in self.circuit.below(*lits):
            node = self.circuit.nodes[number]
            parts = [found[c] if c > 0 else self.every & ~found[-c] for c in node.children]
            if node.op == "true":
                found[number] = self.every
            elif node.op == "var":
                found[number] = drawn[node.name]
            elif node.op == "and":
                found[number] = reduce(and_, parts)
            elif node.op == "or":
                found[number] = reduce(or_, parts)
            else:
                row = [self.every, *[0] * node.k]  # row[j]: at least j so far
                for part in parts:
                    row = [self.every, *(row[j] | part & row[j - 1] for j in range(1, node.k + 1))]
                found[number] = row[node.k]
        return [found[lit] if lit > 0 else self.every & ~found[-lit] for lit in lits]


def interval(hits: int, samples: int, level: Fraction = LEVEL) -> tuple[float, float]:
    """The bounds of Clopper and Pearson: the chances under which so many hits, or more (or fewer), would
    be met with half of what the level leaves over.

    >>> [round(bound, 4) for bound in interval(0, 10)]
    [0.0, 0.3085]
    >>> [round(bound, 4) for bound in interval(5, 10)]
    [0.1871, 0.8129]
    """
    tail = float(1 - level) / 2
    low = 0.0 if hits == 0 else _bisect(lambda p: at_least(hits, samples, p) < tail)
    high = 1.0 if hits == samples else 1 - _bisect(lambda q: at_least(samples - hits, samples, q) < tail)
    return low, high


def at_least(hits: int, samples: int, chance: float) -> float:
    """The chance of so many hits or more (one at least), each with this chance: the smaller tail is summed.

    >>> round(at_least(2, 3, 0.5), 12)
    0.5
    """
    if chance <= 0 or chance >= 1:
        return float(chance >= 1)
    if hits <= samples * chance:
        return 1 - at_least(samples - hits + 1, samples, 1 - chance)
    ways = lgamma(samples + 1) - lgamma(hits + 1) - lgamma(samples - hits + 1)
    term = exp(ways + hits * log(chance) + (samples - hits) * log1p(-chance))
    total, odds = term, chance / (1 - chance)
    for k in range(hits, samples):
        term *= (samples - k) / (k + 1) * odds
        if total + term == total:
            break
        total += term
    return total


def _bisect(below: Callable[[float], bool]) -> float:
    """Where, from 0 to 1, the answer turns from yes to no."""
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) else (low, middle)
    return low
