"""A circuit as clauses for a solver.

>>> from foedus.engines.contract import Circuit
>>> c, solver = Circuit(), Solver()
>>> both = c.conj(c.var("grave"), c.var("bound"))
>>> encoding = Encoding(c, solver)
>>> solver.add([encoding.literal(both)])
>>> solver.solve([-encoding.literal(c.var("grave"))]) is None
True
"""

from __future__ import annotations

from foedus.engines.contract import Assignment, Circuit, Lit
from foedus.engines.scope import Scope, Touched
from foedus.engines.solver import Solver


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

    def admit(self, scope: Scope, touched: Touched, given: Assignment) -> None:
        """Require groups, theory and what is given, as far as they are touched."""
        for part in (scope.parts[number] for number in touched.parts):
            for group in part.groups:
                self.require([self.literal(scope.number[member]) for member in self.circuit.groups[group]])
            for theory in part.theory:
                self.solver.add([self.literal(theory)])
        for name, value in touched.within(given).items():
            self.solver.add([self.literal(scope.number[name] if value else -scope.number[name])])

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
