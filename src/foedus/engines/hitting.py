"""Smallest sets that hit every one of a growing list of clauses.

Elements are the ints 1 to n. `smallest` gives one of the smallest sets that has an element of each
clause and contains no forbidden set; as clauses are only added, the sizes it gives never fall.

>>> sets = Hitting(4)
>>> sets.hit([1, 2]); sets.hit([2, 3]); sets.smallest()
[2]
>>> sets.forbid([2]); sets.smallest()
[1, 3]
>>> sets.forbid([1]); sets.smallest() is None
True
"""

from __future__ import annotations

from collections.abc import Sequence

from foedus.engines.contract import TooLarge
from foedus.engines.solver import Solver


class Spent(TooLarge):
    """The search for a smallest set is too hard; what it gave before stands."""


class Hitting:
    """The list of clauses. Sets already given must be forbidden, or they come again."""

    def __init__(self, elements: int) -> None:
        self._solver = Solver()
        self._elements = [self._solver.fresh() for _ in range(elements)]
        self._solver.prefer([-element for element in self._elements])
        self._clauses: list[frozenset[int]] = []
        self._measured = 0  # clauses when the lower bound was last taken
        self._size = 0
        self._more: dict[tuple[int, int], list[int]] = {}

    def hit(self, clause: Sequence[int]) -> None:
        """Require one of the elements."""
        self._solver.add(clause)
        self._clauses.append(frozenset(clause))

    def forbid(self, together: Sequence[int]) -> None:
        """Forbid that all of these occur."""
        self._solver.add([-element for element in together])

    def at_most_one(self, elements: Sequence[int]) -> None:
        """Forbid any two of these."""
        self._solver.at_most_one(elements)

    def smallest(self) -> list[int] | None:
        """The elements of one smallest set, or None if there is none; Spent."""
        try:
            return self._smallest()
        except TooLarge as reached:
            raise Spent(str(reached)) from None

    def _smallest(self) -> list[int] | None:
        if len(self._clauses) > 2 * self._measured:
            self._bound()
        while True:
            model = self._solver.solve(self._limit())
            if model is not None:
                return [element for element in self._elements if model[element - 1] > 0]
            if self._size >= len(self._elements) or self._solver.solve([]) is None:
                return None
            self._size += 1
            self._bound()

    def _bound(self) -> None:
        # Disjoint clauses need an element each. Without this the solver would have to prove it,
        # which for clauses without common elements is the pigeonhole principle: hopeless.
        self._measured = len(self._clauses)
        hit: set[int] = set()
        disjoint = 0
        for clause in sorted(self._clauses, key=len):
            if hit.isdisjoint(clause):
                disjoint += 1
                hit |= clause
        self._size = max(self._size, disjoint)

    def _limit(self) -> list[int]:
        """The assumption that no more than the present size of elements occur."""
        if self._size >= len(self._elements):
            return []
        return [-self._reaches(0, len(self._elements), self._size + 1)[-1]]

    def _reaches(self, start: int, end: int, bound: int) -> list[int]:
        """Literals that are true if at least 1, 2, … `bound` of the elements from start to end
        occur: a totalizer (Bailleux and Boufkhad, 2003), extended as the bound grows."""
        if end - start == 1:
            return [self._elements[start]]
        outputs = self._more.setdefault((start, end), [])
        wanted = min(bound, end - start)
        if len(outputs) < wanted:
            middle = (start + end) // 2
            left = self._reaches(start, middle, wanted)
            right = self._reaches(middle, end, wanted)
            known = len(outputs)
            outputs.extend(self._solver.fresh() for _ in range(wanted - known))
            for i in range(min(len(left), wanted) + 1):
                for j in range(max(known + 1 - i, 0), min(len(right), wanted - i) + 1):
                    if i + j:
                        counted = [-left[i - 1]] if i else []
                        counted += [-right[j - 1]] if j else []
                        self._solver.add([*counted, outputs[i + j - 1]])
        return outputs[:wanted]
