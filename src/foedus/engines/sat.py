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
from foedus.engines.scope import Scope
from foedus.engines.settle import CONTRADICTION, reason, settling
from foedus.engines.solver import CONFLICTS, Solver


class Encoding:
    """A circuit's nodes as variables of a solver, each equal to what its node says (Tseitin)."""

    def __init__(self, circuit: Circuit, solver: Solver) -> None:
        self.circuit = circuit
        self.solver = solver
        self._variable: dict[int, int] = {}

    def literal(self, lit: Lit) -> int:
        """The solver's literal for the circuit's."""
        if abs(lit) not in self._variable:
            for number in self.circuit.below(lit):
                if number not in self._variable:
                    self._variable[number] = self._encode(number)
        variable = self._variable[abs(lit)]
        return variable if lit > 0 else -variable

    def require(self, members: list[int]) -> None:
        """Require that exactly one of the literals holds."""
        self.solver.add(members)
        self.solver.at_most_one(members)

    def _encode(self, number: int) -> int:
        node = self.circuit.nodes[number]
        parts = [self._variable[c] if c > 0 else -self._variable[-c] for c in node.children]
        if node.op == "true":
            variable = self.solver.fresh()
            self.solver.add([variable])
            return variable
        if node.op == "var":
            return self.solver.fresh()
        if node.op == "and":
            return -self._any([-part for part in parts])
        if node.op == "or":
            return self._any(parts)
        return self._at_least(node.k, parts)

    def _any(self, parts: list[int]) -> int:
        variable = self.solver.fresh()
        self.solver.add([-variable, *parts])
        for part in parts:
            self.solver.add([variable, -part])
        return variable

    def _at_least(self, k: int, parts: list[int]) -> int:
        row: list[int | None] = []  # row[j]: at least j+1 of the parts so far; None: plainly not
        for seen, part in enumerate(parts):
            after: list[int | None] = []
            # What is out of reach of k with all parts still to come need not be counted.
            for j in range(min(k, seen + 1)):
                if k - (j + 1) > len(parts) - seen - 1:
                    after.append(None)
                    continue
                kept = row[j] if j < len(row) else None
                before = part if j == 0 else None
                if j and (below := row[j - 1]) is not None:
                    before = -self._any([-part, -below])
                options = [option for option in (kept, before) if option is not None]
                after.append(self._any(options) if len(options) > 1 else options[0])
            row = after
        result = row[k - 1]
        assert result is not None
        return result


class Sat:
    """The engine of satisfiability. `conflicts` bounds the effort of each search: TooLarge."""

    name = "SAT"

    def __init__(self, circuit: Circuit, conflicts: int = CONFLICTS) -> None:
        self.circuit = circuit
        self.scope = Scope(circuit)
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
            for part in (self.scope.parts[number] for number in touched.parts):
                for group in part.groups:
                    members = self.circuit.groups[group]
                    side.require([side.literal(self.scope.number[member]) for member in members])
                for theory in part.theory:
                    solver.add([side.literal(theory)])
            for name, value in touched.within(given).items():
                solver.add([side.literal(self.scope.number[name] if value else -self.scope.number[name])])
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
        return settling(self, self.scope, lit, value, given, limit)

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
