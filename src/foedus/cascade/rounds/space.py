"""Strata as lanes of bits: every combination of answers, each with its worlds; and what a set of strata turns on.

Lane n belongs to stratum n // worlds. The first choice varies slowest. A set of strata is an integer with one bit
for each; a column of lanes has `worlds` bits for each.

>>> space = Space((("a", ("x", "y")), ("b", ("p", "q", "r"))))
>>> space.strata, bin(space.having("a", "x")), space.turns_on(space.having("a", "x"))
(6, '0b111', ('a',))
>>> [dict(box) for box, _ in space.boxes(space.having("a", "x") & ~space.having("b", "q"))]
[{'a': ('x',), 'b': ('p', 'r')}]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod

BOXES = 4096
"""Of how many combinations of the answers that matter, at most, a smaller list of cases is looked for."""


def repeated(block: int, width: int, times: int) -> int:
    """A block of `width` bits, `times` in a row."""
    found, have = 0, 0
    piece, size = block, 1
    while times:
        if times & 1:
            found |= piece << have * width
            have += size
        times >>= 1
        if times:
            piece |= piece << size * width
            size *= 2
    return found


@dataclass(frozen=True)
class Space:
    """Choices with the answers looked at (each with one at least), and how many worlds a stratum has."""

    choices: tuple[tuple[str, tuple[str, ...]], ...]
    worlds: int = 1

    @cached_property
    def strata(self) -> int:
        """How many there are."""
        return prod(len(answers) for _, answers in self.choices)

    @cached_property
    def full(self) -> int:
        """A bit for every lane."""
        return (1 << self.strata * self.worlds) - 1

    @cached_property
    def _place(self) -> Mapping[str, tuple[int, tuple[str, ...]]]:
        """Of each choice, how many strata lie between two of its answers, and the answers."""
        found: dict[str, tuple[int, tuple[str, ...]]] = {}
        stride = 1
        for name, answers in reversed(self.choices):
            found[name] = stride, answers
            stride *= len(answers)
        return found

    def _mask(self, name: str, answer: int, scale: int) -> int:
        stride, answers = self._place[name]
        width = stride * scale
        period = width * len(answers)
        return repeated(((1 << width) - 1) << answer * width, period, self.strata * scale // period)

    def having(self, name: str, answer: str) -> int:
        """The strata in which a choice has an answer; none if it was not looked at."""
        answers = self._place[name][1]
        return self._mask(name, answers.index(answer), 1) if answer in answers else 0

    def lanes(self, name: str, answer: str) -> int:
        """The lanes of these strata."""
        answers = self._place[name][1]
        return self._mask(name, answers.index(answer), self.worlds) if answer in answers else 0

    def spread(self, worlds: int) -> int:
        """The same worlds in every stratum: one column for all."""
        return repeated(worlds, self.worlds, self.strata)

    def turns_on(self, members: int) -> tuple[str, ...]:
        """The choices of which some other answer would take a stratum into the set, or out of it."""
        found: list[str] = []
        for name, answers in self.choices:
            stride, _ = self._place[name]
            first = members & self._mask(name, 0, 1)
            if any((members & self._mask(name, n, 1)) >> n * stride != first for n in range(1, len(answers))):
                found.append(name)
        return tuple(found)

    def moved_by(self, column: int, name: str) -> bool:
        """Whether some lane of the column would differ if only this choice had another answer."""
        stride, answers = self._place[name]
        width = stride * self.worlds
        first = column & self._mask(name, 0, self.worlds)
        return any(
            (column & self._mask(name, n, self.worlds)) >> n * width != first for n in range(1, len(answers))
        )

    def stratum(self, number: int) -> Mapping[str, str]:
        """The answers of one stratum."""
        return {name: answers[number // s % len(answers)] for name, (s, answers) in self._place.items()}

    def boxes(self, members: int) -> Iterator[tuple[dict[str, tuple[str, ...]], int]]:
        """Cases that together are exactly these strata, over the choices on which they turn, each with how many
        strata it holds: no stratum is in two. Neighbours that differ in one choice are put together; the list is
        short, not always the shortest."""
        names = self.turns_on(members)
        other = prod(len(answers) for name, answers in self.choices if name not in names)
        options = [self._place[name][1] for name in names]
        strides = [self._place[name][0] for name in names]
        found: set[tuple[frozenset[int], ...]] = {
            tuple(frozenset((n,)) for n in combination)
            for combination in product(*(range(len(answers)) for answers in options))
            if members >> sum(n * s for n, s in zip(combination, strides, strict=True)) & 1
        }
        if len(found) <= BOXES:
            for at in range(len(names)):
                merged: dict[tuple[frozenset[int], ...], frozenset[int]] = {}
                for box in found:
                    rest = (*box[:at], frozenset[int](), *box[at + 1 :])
                    merged[rest] = merged.get(rest, frozenset()) | box[at]
                found = {(*rest[:at], part, *rest[at + 1 :]) for rest, part in merged.items()}
        for box in sorted(found, key=lambda b: (-prod(map(len, b)), [sorted(part) for part in b])):
            case = {
                name: tuple(answers[n] for n in sorted(part))
                for name, answers, part in zip(names, options, box, strict=True)
                if len(part) < len(answers)
            }
            yield case, prod(map(len, box)) * other
