"""Smallest sets of elements under constraints that only grow.

An element is a variable of `Smallest.solver`; the constraints are clauses that the caller adds there.
`next` gives one of the smallest sets of elements that can be true together while all others are
false; as constraints are only added, the sizes it gives never fall.

>>> sets = Smallest()
>>> one, two, three = (sets.element() for _ in range(3))
>>> sets.solver.add([one, two]); sets.solver.add([two, three]); sets.next()
[2]
>>> sets.forbid([2]); sets.next()
[1, 3]
>>> sets.forbid([1]); sets.next() is None
True
"""

from __future__ import annotations

from collections.abc import Sequence

from foedus.engines.contract import TooLarge
from foedus.engines.solver import Solver


class Spent(TooLarge):
    """Finding the next smallest set is too hard; those given before stand."""


class Smallest:
    """The elements and their solver. Sets already given must be forbidden, or they come again."""

    def __init__(self) -> None:
        self.solver = Solver(together=True)
        self._elements: list[int] = []
        self._size = 0
        self._counts: dict[tuple[int, int], list[int]] = {}

    def element(self) -> int:
        """A new element. All are made before the first set is asked for."""
        element = self.solver.fresh()
        self._elements.append(element)
        self.solver.prefer([-element])
        return element

    def forbid(self, together: Sequence[int]) -> None:
        """Forbid that all of these occur."""
        self.solver.add([-element for element in together])

    def next(self) -> list[int] | None:
        """The elements of one smallest set, or None if there is none; Spent."""
        try:
            return self._next()
        except TooLarge as reached:
            raise Spent(str(reached)) from None

    def _next(self) -> list[int] | None:
        while True:
            model = self.solver.solve(self._limit())
            if model is not None:
                return [element for element in self._elements if model[element - 1] > 0]
            if self._size >= len(self._elements) or self.solver.solve([]) is None:
                return None
            self._size = max(self._size + 1, self._least())

    def _least(self) -> int:
        """A lower bound: so many disjoint sets of elements of which one each must occur. The solver
        would have to prove it otherwise by the pigeonhole principle, which is hopeless for it."""
        open_ = list(self._elements)
        disjoint = 0
        while self.solver.solve([-element for element in open_]) is None:
            core = {abs(literal) for literal in self.solver.core()}
            open_ = [element for element in open_ if element not in core]
            disjoint += 1
        return disjoint

    def _limit(self) -> list[int]:
        """The assumption that no more than the present size of elements occur."""
        if self._size >= len(self._elements):
            return []
        if not self._size:
            return [-element for element in self._elements]
        return [-self._reaches(0, len(self._elements), self._size + 1)[-1]]

    def _reaches(self, start: int, end: int, bound: int) -> list[int]:
        """Literals that are true if at least 1, 2, … `bound` of the elements from start to end
        occur: a totalizer (Bailleux and Boufkhad, 2003), extended as the bound grows."""
        if end - start == 1:
            return [self._elements[start]]
        outputs = self._counts.setdefault((start, end), [])
        wanted = min(bound, end - start)
        if len(outputs) < wanted:
            middle = (start + end) // 2
            left = self._reaches(start, middle, wanted)
            right = self._reaches(middle, end, wanted)
            known = len(outputs)
            outputs.extend(self.solver.fresh() for _ in range(wanted - known))
            for i in range(min(len(left), wanted) + 1):
                for j in range(max(known + 1 - i, 0), min(len(right), wanted - i) + 1):
                    if i + j:
                        counted = [-left[i - 1]] if i else []
                        counted += [-right[j - 1]] if j else []
                        self.solver.add([*counted, outputs[i + j - 1]])
        return outputs[:wanted]
