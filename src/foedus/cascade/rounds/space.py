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

ORDERED = 1 << 14
"""Of how many combinations of the answers that matter, at most, the axis that matters most is looked for."""


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

    def boxes(self, members: int) -> list[tuple[dict[str, tuple[str, ...]], int]]:
        """Cases that together are exactly these strata, over the choices on which they turn, each with how many
        strata it holds, the largest first: no stratum is in two. Answers that lead to the same are put together;
        the list is short, not always the shortest."""
        names = self.turns_on(members)
        other = prod(len(answers) for name, answers in self.choices if name not in names)
        sizes = tuple(len(self._place[name][1]) for name in names)
        cube = self._without_idle(members, names)
        if prod(sizes) <= ORDERED:
            order = sorted(range(len(names)), key=lambda at: -_moved(cube, sizes, at))
            cube, sizes = _turned(cube, sizes, order), tuple(sizes[at] for at in order)
            names = tuple(names[at] for at in order)
        found: list[tuple[dict[str, tuple[str, ...]], int]] = []
        for path, count in _paths(cube, sizes):
            case = {
                name: tuple(self._place[name][1][n] for n in part)
                for name, part, size in zip(names, path, sizes, strict=False)
                if len(part) < size
            }
            found.append((case, count * other))
        found.sort(key=lambda one: -one[1])
        return found

    def _without_idle(self, members: int, names: tuple[str, ...]) -> int:
        """The set as a cube over these choices only: of all others the first answer stands for each."""
        inner = 1
        for name, answers in reversed(self.choices):  # the fastest first
            if name in names:
                inner *= len(answers)
            elif len(answers) > 1:
                members = _firsts(members, inner, inner * len(answers))
        return members


def _firsts(column: int, width: int, period: int) -> int:
    """The first `width` bits of each `period`, moved together."""
    text = bin(column)[:1:-1]  # the lowest bit first
    return int(
        "".join(text[at : at + width].ljust(width, "0") for at in range(0, len(text), period))[::-1], 2
    )


def _moved(cube: int, sizes: tuple[int, ...], at: int) -> int:
    """How many cells of a cube differ from the one with the first answer of one axis: how much it matters."""
    width = prod(sizes[at + 1 :])
    size = sizes[at]
    total = prod(sizes)
    first = repeated((1 << width) - 1, width * size, total // (width * size))
    base = cube & first
    return sum((((cube >> n * width) & first) ^ base).bit_count() for n in range(1, size))


def _turned(cube: int, sizes: tuple[int, ...], order: list[int]) -> int:
    """The same cube with its axes in another order."""
    strides = [prod(sizes[at + 1 :]) for at in range(len(sizes))]
    found = 0
    for place, cell in enumerate(product(*(range(sizes[at]) for at in order))):
        if cube >> sum(n * strides[at] for n, at in zip(cell, order, strict=True)) & 1:
            found |= 1 << place
    return found


def _paths(cube: int, sizes: tuple[int, ...]) -> Iterator[tuple[tuple[tuple[int, ...], ...], int]]:
    """The ways through a cube's axes, answers that lead to the same put together, to where all that is left is in."""
    total = prod(sizes)
    if cube == 0:
        return
    if cube == (1 << total) - 1:
        yield (), total
        return
    width = total // sizes[0]
    parts: dict[int, list[int]] = {}
    for n in range(sizes[0]):
        parts.setdefault(cube >> n * width & ((1 << width) - 1), []).append(n)
    for part, answers in parts.items():
        for path, count in _paths(part, sizes[1:]):
            yield (tuple(answers), *path), count * len(answers)
