"""A satisfiability solver with a bound on its effort, and the few constraints that engines share.

Clauses are lists of non-zero ints, negated for "not"; `fresh` hands out new variables.

>>> solver = Solver()
>>> one, two = solver.fresh(), solver.fresh()
>>> solver.add([one, two]); solver.at_most_one([one, two])
>>> solver.solve([one]), solver.solve([one, two])
([1, -2], None)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Protocol, cast

from foedus.engines.contract import TooLarge

CONFLICTS = 20_000  # seconds at most, where treaties need dozens
VARIABLES = 1_000_000


class _Pysat(Protocol):
    def add_clause(self, clause: Sequence[int]) -> object: ...
    def conf_budget(self, budget: int) -> None: ...
    def set_phases(self, literals: Sequence[int]) -> None: ...
    def solve_limited(self, assumptions: Sequence[int]) -> bool | None: ...
    def accum_stats(self) -> dict[str, int]: ...
    def get_core(self) -> list[int] | None: ...
    def get_model(self) -> list[int]: ...


class Solver:
    """An incremental solver: clauses may be added between calls. `conflicts` bounds the effort of
    each call or, if `together`, of all calls."""

    def __init__(self, conflicts: int = CONFLICTS, together: bool = False) -> None:
        # python-sat has no types, and is loaded only here: most questions need no solver.
        self._solver = cast(_Pysat, import_module("pysat.solvers").Glucose4(incr=False))
        self._conflicts = conflicts
        self._together = together
        self.variables = 0

    def fresh(self) -> int:
        """A new variable. TooLarge after a million."""
        self.variables += 1
        if self.variables > VARIABLES:
            raise TooLarge(f"more than {VARIABLES:,} variables")
        return self.variables

    def add(self, clause: Iterable[int]) -> None:
        """Require one of the literals."""
        self._solver.add_clause(list(clause))

    def prefer(self, literals: Sequence[int]) -> None:
        """Try these first where nothing decides."""
        self._solver.set_phases(list(literals))

    def solve(self, assumptions: Sequence[int]) -> list[int] | None:
        """A solution under the assumptions as the list of its true literals by variable, or None.
        TooLarge if the bound on conflicts is spent."""
        spent = self._solver.accum_stats()["conflicts"] if self._together else 0
        # A budget of less than nothing would be no budget.
        self._solver.conf_budget(max(1, self._conflicts - spent))
        answer = self._solver.solve_limited(assumptions=list(assumptions))
        if answer is None:
            raise TooLarge(f"more than {self._conflicts:,} conflicts")
        return self._solver.get_model() if answer else None

    def core(self) -> list[int]:
        """Of the assumptions of the last call, which gave None: some that cannot hold together."""
        return self._solver.get_core() or []

    def at_most_one(self, literals: Sequence[int]) -> None:
        """Forbid any two of the literals: by pairs, or along a ladder where there are many."""
        if len(literals) <= 6:
            for i, one in enumerate(literals):
                for other in literals[:i]:
                    self.add([-one, -other])
            return
        earlier = literals[0]
        for literal in literals[1:]:
            self.add([-earlier, -literal])
            taken = self.fresh()
            self.add([-earlier, taken])
            self.add([-literal, taken])
            earlier = taken
