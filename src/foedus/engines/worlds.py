"""The exact engine: a decision diagram, and satisfiability where the diagram would be too large.

Both answer the same contract, so the answer does not depend on which one gave it (of settling sets
of equal size, when the limit cuts the list, each may show others). `name` says which engine gave
the last answer, `used` which have answered so far.

>>> from foedus.engines.contract import Circuit
>>> c = Circuit()
>>> grave, bound = c.var("grave"), c.var("bound")
>>> engine = worlds(c)
>>> engine.settled(c.conj(grave, bound)), engine.name
('some', 'decision diagram')
>>> small = worlds(c, budget=2)
>>> small.settled(c.conj(grave, bound)), small.name
('some', 'SAT')
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TypeVar

from foedus.engines.contract import NOTHING, Assignment, Circuit, Lit, Sets, Settled, TooLarge, Worlds
from foedus.engines.diagram import FIRST, NODES, Diagram
from foedus.engines.sat import Sat

T = TypeVar("T")


class Fallback:
    """Asks a small diagram, and where that is too large, SAT, which finds single worlds sooner than a large
    diagram is built. A chance or a count needs all worlds: for these the diagram may grow to the whole
    budget, and where it cannot hold them they are TooLarge, never an estimate."""

    def __init__(self, circuit: Circuit, budget: int = NODES) -> None:
        self.circuit = circuit
        self.budget = budget
        self._diagram = Diagram(circuit, min(budget, FIRST))
        self._large: Diagram | None = None
        self._sat: Sat | None = None
        self.used: dict[str, int] = {}  # engine → how many answers it gave
        self.name = self._diagram.name

    def settled(self, lit: Lit, given: Assignment = NOTHING) -> Settled:
        return self._ask(lambda engine: engine.settled(lit, given))

    def matters(self, lit: Lit, given: Assignment = NOTHING) -> frozenset[str]:
        return self._ask(lambda engine: engine.matters(lit, given))

    def settling(self, lit: Lit, value: bool, given: Assignment = NOTHING, limit: int = 12) -> Sets:
        return self._ask(lambda engine: engine.settling(lit, value, given, limit))

    def reason(self, lit: Lit, given: Assignment) -> tuple[tuple[str, bool], ...]:
        return self._ask(lambda engine: engine.reason(lit, given))

    def chance(self, lit: Lit, weights: Mapping[str, Fraction], given: Assignment = NOTHING) -> Fraction:
        return self._ask(lambda engine: engine.chance(lit, weights, given), all_worlds=True)

    def count(self, lit: Lit, given: Assignment = NOTHING) -> int:
        return self._ask(lambda engine: engine.count(lit, given), all_worlds=True)

    def _ask(self, question: Callable[[Worlds], T], all_worlds: bool = False) -> T:
        engine: Worlds = self._diagram
        try:
            answer = question(engine)
        except TooLarge:
            engine = self._larger() if all_worlds and self.budget > FIRST else self._other()
            answer = question(engine)
        self.name = engine.name
        self.used[engine.name] = self.used.get(engine.name, 0) + 1
        return answer

    def _larger(self) -> Diagram:
        if self._large is None:
            self._large = Diagram(self.circuit, self.budget)
        return self._large

    def _other(self) -> Sat:
        if self._sat is None:
            self._sat = Sat(self.circuit)
        return self._sat


def worlds(circuit: Circuit, budget: int = NODES) -> Fallback:
    """The exact engine over a circuit; `budget` is the most nodes its diagrams may hold."""
    return Fallback(circuit, budget)
