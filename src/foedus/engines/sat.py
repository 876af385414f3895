"""Exact answers by satisfiability: where a diagram would be too large, worlds are still found.

All, some or none; what matters; what settles; why. A chance or a count would need all the worlds at
once: `TooLarge`, always, and so never an estimate.

>>> from foedus.engines.contract import Circuit
>>> c = Circuit()
>>> grave, bound = c.var("grave"), c.var("bound")
>>> Sat(c).settled(c.disj(grave, -bound), {"bound": False})
'all'
>>> sorted(Sat(c).matters(c.disj(grave, -bound)))
['bound', 'grave']
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from foedus.engines.contract import NOTHING, Assignment, Circuit, Lit, NoWorld, Sets, Settled, TooLarge
from foedus.engines.encoding import Encoding
from foedus.engines.scope import Scope
from foedus.engines.settle import CONTRADICTION, Patience, reason, settling
from foedus.engines.solver import CONFLICTS, Solver


class Sat:
    """The engine of satisfiability. `conflicts` bounds the effort of each search: TooLarge."""

    name = "SAT"

    def __init__(self, circuit: Circuit, conflicts: int = CONFLICTS) -> None:
        self.circuit = circuit
        self.scope = Scope(circuit)
        self.patience = Patience()
        self._conflicts = conflicts
        self._solver = Solver(conflicts)
        self._encoding = Encoding(circuit, self._solver)
        self._groups: set[str] = set()
        self._theory = 0
        self._admitted: set[tuple[tuple[str, bool], ...]] = set()

    # -- the questions ---------------------------------------------------------------------------

    def settled(self, lit: Lit, given: Assignment = NOTHING) -> Settled:
        if self.find(lit, True, given) is None:
            return "none"
        return "all" if self.find(lit, False, given) is None else "some"

    def find(
        self, lit: Lit, value: bool, given: Assignment, setting: Assignment = NOTHING
    ) -> dict[str, bool] | None:
        self._admit(given)
        wanted = self._encoding.literal(lit if value else -lit)
        model = self._solver.solve([wanted, *self._literals(given), *self._literals(setting)])
        if model is None:
            return None
        names = self.scope.touched(lit).variables
        return {name: model[self._encoding.literal(self.scope.number[name]) - 1] > 0 for name in names}

    def matters(self, lit: Lit, given: Assignment = NOTHING) -> frozenset[str]:
        self._admit(given)
        # Two worlds side by side, the literal true in one and false in the other; for each block in
        # turn, everything else is held equal.
        touched = self.scope.touched(lit)
        solver = Solver(self._conflicts)
        one, other = Encoding(self.circuit, solver), Encoding(self.circuit, solver)
        for side in one, other:
            side.admit(self.scope, touched, given)
        solver.add([one.literal(lit)])
        solver.add([-other.literal(lit)])
        equal: dict[str, int] = {}
        for name in touched.variables:
            left, right = one.literal(self.scope.number[name]), other.literal(self.scope.number[name])
            equal[name] = solver.fresh()
            solver.add([-equal[name], -left, right])
            solver.add([-equal[name], left, -right])
        return frozenset(
            block
            for variables, block in self.scope.blocks(lit).items()
            if solver.solve([equal[name] for name in touched.variables if name not in variables]) is not None
        )

    def settling(self, lit: Lit, value: bool, given: Assignment = NOTHING, limit: int = 12) -> Sets:
        return settling(self, self.scope, self.patience, lit, value, given, limit)

    def reason(self, lit: Lit, given: Assignment) -> tuple[tuple[str, bool], ...]:
        return reason(self, self.scope, lit, given)

    def chance(self, lit: Lit, weights: Mapping[str, Fraction], given: Assignment = NOTHING) -> Fraction:
        raise TooLarge("a chance needs all worlds at once")

    def count(self, lit: Lit, given: Assignment = NOTHING) -> int:
        raise TooLarge("a count needs all worlds at once")

    # -- what is admissible ----------------------------------------------------------------------

    def _catch_up(self) -> None:
        """Take in what was added to the circuit since the last question."""
        if self.scope.refresh():
            self._admitted.clear()
        for name, members in self.circuit.groups.items():
            if name not in self._groups:
                self._groups.add(name)
                self._encoding.require(
                    [self._encoding.literal(self.scope.number[member]) for member in members]
                )
        for lit in self.circuit.theory[self._theory :]:
            self._solver.add([self._encoding.literal(lit)])
        self._theory = len(self.circuit.theory)

    def _admit(self, given: Assignment) -> None:
        self._catch_up()
        fixed = tuple(given.items())
        if fixed not in self._admitted:
            if self._solver.solve(self._literals(given)) is None:
                raise NoWorld(CONTRADICTION)
            if len(self._admitted) > 1_000:
                self._admitted.clear()
            self._admitted.add(fixed)

    def _literals(self, given: Assignment) -> list[int]:
        number, literal = self.scope.number, self._encoding.literal
        return [literal(number[n] if v else -number[n]) for n, v in given.items() if n in number]
