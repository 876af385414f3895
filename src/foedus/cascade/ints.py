"""The cascade without any library: a set of worlds is one whole number with a bit for each.

The same coins as in compiled code, so the same worlds and the same counts, some sixty times slower.

>>> from foedus.cascade.model import WHOLE, Duty, Shock, model
>>> from foedus.cascade.plan import plan
>>> three = model(("A", "B", "C"), (Duty(2, 1, "defence", WHOLE // 2),))
>>> found = Ints(plan(three, Shock(0, 1)), seed=1).run(0, 100_000)
>>> found.worlds, found.entered, found.quiet + found.entered[5]
(100000, (100000, 0, 0, 100000, 0, 50029), 100000)
"""

from __future__ import annotations

from functools import reduce
from operator import add

from foedus.cascade.coins import chances, lanes, starts
from foedus.cascade.counts import Counts, nothing
from foedus.cascade.lanes import Cascade, Kind, Outcome
from foedus.cascade.plan import Plan

WORD = 64
BLOCK = 8192
"""Worlds at a time: with fewer, Python takes longer than the arithmetic."""


class Ints:
    """The engine for one plan and seed."""

    def __init__(self, plan: Plan, seed: int) -> None:
        self.plan = plan
        self._chances = chances(plan.model)
        self._begins = starts(plan.shock, seed, plan.coins)

    def run(self, first: int, worlds: int, *, detail: bool = False, block: int = BLOCK) -> Counts:
        """What happens in so many worlds from a first one on. ValueError if it does not begin a word."""
        if first % WORD or block % WORD:
            raise ValueError(f"worlds begin at a multiple of {WORD}, not at {first}")
        ends = first + worlds
        found = (self._counts(at, min(block, ends - at), detail) for at in range(first, ends, block))
        return reduce(add, found, nothing(self.plan.model, detail))

    def sides(self, first: int, worlds: int) -> list[tuple[frozenset[int], frozenset[int]]]:
        """The two sides at the end of each world, as sets of the model's states."""
        rows = self._outcome(first, worlds, False).sides
        found: list[tuple[frozenset[int], frozenset[int]]] = []
        for world in range(worlds):
            one, two = (
                frozenset(
                    state for x, state in enumerate(self.plan.states) if rows[2 * x + side] >> world & 1
                )
                for side in (0, 1)
            )
            found.append((one, two))
        return found

    def _outcome(self, first: int, worlds: int, detail: bool) -> Outcome[int]:
        word, words = first // WORD, -(-worlds // WORD)

        def coin(number: int, wanted: int) -> int:
            return lanes(self._begins[number], self._chances[number], word, words, wanted)

        return Cascade(self.plan, Kind(0, (1 << worlds) - 1, bool, coin), detail).run()

    def _counts(self, first: int, worlds: int, detail: bool) -> Counts:
        plan, found = self.plan, self._outcome(first, worlds, detail)
        entered = [0] * (2 * len(plan.model.states))
        for row, where in enumerate(found.sides):
            entered[2 * plan.states[row >> 1] + (row & 1)] = where.bit_count()
        called = [0] * (len(plan.model.duties) if detail else 0)
        for duty, where in found.called.items():
            called[duty] = where.bit_count()
        rounds = [0] * (len(plan.model.states) if detail else 0)
        for x, round_, where in found.joins:
            rounds[plan.states[x]] += round_ * where.bit_count()
        one, one_squared = _summed(found.sides[0::2])
        two, two_squared = _summed(found.sides[1::2])
        return Counts(
            worlds,
            tuple(entered),
            (one, one_squared, two, two_squared),
            worlds - found.anybody.bit_count(),
            tuple(called),
            tuple(rounds),
        )


def _summed(rows: list[int]) -> tuple[int, int]:
    """The sum, and the sum of squares, of in how many rows each world is: a binary number for each world is added up,
    a digit of all worlds in one whole number."""
    digits: list[int] = []
    for carry in rows:
        for place, digit in enumerate(digits):
            if not carry:
                break
            digits[place], carry = digit ^ carry, digit & carry
        if carry:
            digits.append(carry)
    total = sum(digit.bit_count() << place for place, digit in enumerate(digits))
    squared = sum(
        (one & other).bit_count() << place + at
        for place, one in enumerate(digits)
        for at, other in enumerate(digits)
    )
    return total, squared
