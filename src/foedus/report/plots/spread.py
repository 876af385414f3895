"""Where boxes go that are tied to one another: near what they are tied to, none on top of another.

Each connected part is laid out by stress majorization (Gansner, Koren & North 2004: distances on paper as near as can
be to steps in the graph), pushed apart until no boxes meet, and the parts are set in rows. Nothing is drawn by lot.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

STEPS = (92.0, 78.0, 66.0, 56.0, 48.0, 41.0, 35.0, 30.0, 26.0)
"""Lengths of a tie in points that are tried, the longest first."""

FILLED = 0.6
"""How much of the sheet boxes may cover with the gaps between them."""

ROUNDS = 120
PUSHES = 300


@dataclass(frozen=True, slots=True)
class Box:
    """What is placed: how wide and how high."""

    wide: float
    high: float


@dataclass(frozen=True)
class Placed:
    """The middles of all boxes, in points from the left below, and the height that they take."""

    at: tuple[tuple[float, float], ...]
    height: float
    fits: bool


def spread(
    sizes: Sequence[tuple[Sequence[Box], float]],
    lengths: Mapping[tuple[int, int], float],
    width: float,
    most: float,
) -> tuple[int, Placed]:
    """Places for boxes of which some are tied, each tie so many steps long, on a sheet `width` wide and at most
    `most` high. `sizes` are the boxes in several sizes, with the gap that is to be between them: the first for which
    there is room is taken, with the longest steps for which there is. `fits` is false where there is room for none."""
    parts = [_Part(part, lengths) for part in _parts(len(sizes[0][0]), lengths)]
    for number, (boxes, gap) in enumerate(sizes):
        if sum((box.wide + gap) * (box.high + gap) for box in boxes) <= width * most * FILLED:
            placed = _longest(parts, boxes, gap, width, most)
            if placed.fits:
                return number, placed
    return 0, Placed((), 0, False)


def _longest(parts: Sequence[_Part], boxes: Sequence[Box], gap: float, width: float, most: float) -> Placed:
    best = Placed((), 0, False)
    low, high = 0, len(STEPS)  # the longest step that fits lies between
    while low < high:
        tried = (low + high) // 2
        between = max(gap, STEPS[tried] / 4)  # room for the head of an arrow
        for turned in (False, True):  # upright where only that has room
            laid = [part.laid(boxes, STEPS[tried], between, turned) for part in parts]
            placed = _packed(laid, len(boxes), width, between * 1.6)
            if placed.fits and placed.height <= most:
                best, high = placed, tried
                break
        else:
            low = tried + 1
    return best


def _parts(count: int, lengths: Mapping[tuple[int, int], float]) -> list[list[int]]:
    """The connected parts, the largest first."""
    near: list[list[int]] = [[] for _ in range(count)]
    for one, other in lengths:
        near[one].append(other)
        near[other].append(one)
    seen: set[int] = set()
    found: list[list[int]] = []
    for start in range(count):
        if start in seen:
            continue
        part: list[int] = []
        waiting = [start]
        seen.add(start)
        while waiting:
            one = waiting.pop()
            part.append(one)
            for other in near[one]:
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        found.append(sorted(part))
    return sorted(found, key=lambda part: (-len(part), part))


@dataclass
class _Laid:
    """One part, its lowest left corner at nought."""

    boxes: list[int]
    at: Any
    wide: float
    high: float
    apart: bool


class _Part:
    """A connected part: its places at a step of one, worked out once."""

    def __init__(self, members: list[int], lengths: Mapping[tuple[int, int], float]) -> None:
        self.numpy: Any = import_module("numpy")
        self.members = members
        own = {n: place for place, n in enumerate(members)}
        self.places = _stress(
            len(members),
            {(own[one], own[other]): far for (one, other), far in lengths.items() if one in own},
            self.numpy,
        )

    def laid(self, boxes: Sequence[Box], step: float, gap: float, turned: bool) -> _Laid:
        """The part with steps of so many points; `turned` by a quarter."""
        np = self.numpy
        sizes = np.array([(boxes[n].wide, boxes[n].high) for n in self.members], dtype=float)
        places = self.places[:, ::-1] if turned else self.places
        at, apart = _apart(places * step, sizes, gap, np)
        low = (at - sizes / 2).min(axis=0)
        high = (at + sizes / 2).max(axis=0)
        wide, tall = np.round(high - low, 3)
        return _Laid(self.members, at - low, float(wide), float(tall), apart)


def _stress(count: int, lengths: Mapping[tuple[int, int], float], np: Any) -> Any:
    """Places whose distances are near to the lengths of the shortest ways."""
    far = np.full((count, count), np.inf)
    np.fill_diagonal(far, 0)
    for (one, other), length in lengths.items():
        far[one, other] = far[other, one] = min(far[one, other], length)
    for middle in range(count):
        far = np.minimum(far, far[:, middle, None] + far[None, middle, :])
    if count < 3:
        return np.array([(n * (far[0, n] if count > 1 else 0), 0.0) for n in range(count)])
    turn = np.arange(count) * 2.399963229728653  # the golden angle: no two start in one place
    at = np.stack([np.cos(turn), np.sin(turn)], axis=1) * np.sqrt(np.arange(count) + 0.5)[:, None] * 0.02
    centred = far**2
    centred = -0.5 * (centred - centred.mean(0) - centred.mean(1)[:, None] + centred.mean())
    values, vectors = np.linalg.eigh(centred)
    first = vectors[:, -2:][:, ::-1] * np.sqrt(np.maximum(values[-2:][::-1], 0))
    largest = np.abs(np.round(first, 6)).argmax(axis=0)
    at = at + first * np.where(first[largest, [0, 1]] < 0, -1, 1)
    weight = np.where(far > 0, 1 / np.where(far > 0, far, 1) ** 2, 0)
    laplace = np.diag(weight.sum(1)) - weight
    inverse = np.linalg.inv(laplace + 1 / count)
    for _ in range(ROUNDS):
        between = np.linalg.norm(at[:, None] - at[None], axis=2)
        pull = np.where(between > 1e-9, weight * far / np.where(between > 1e-9, between, 1), 0)
        at = inverse @ ((np.diag(pull.sum(1)) - pull) @ at)
    at = at - at.mean(axis=0)
    _, axes = np.linalg.eigh(at.T @ at)
    at = at @ axes[:, ::-1]  # the longer way from left to right
    ends = np.abs(np.round(at, 6)).argmax(axis=0)
    return np.round(at * np.where(at[ends, [0, 1]] < 0, -1, 1), 6)


def _apart(at: Any, sizes: Any, gap: float, np: Any) -> tuple[Any, bool]:
    """The places with boxes that met pushed apart, each along the shorter way; and whether none meet any more."""
    at = at.copy()
    one, other = np.triu_indices(len(at), 1)
    wanted = (sizes[one] + sizes[other]) / 2
    for _ in range(PUSHES):
        between = at[other] - at[one]
        over = wanted + gap - np.abs(between)
        meet = np.flatnonzero((over[:, 0] > 1e-6) & (over[:, 1] > 1e-6))
        if not len(meet):
            return at, True
        first, second, over, between = one[meet], other[meet], over[meet], between[meet]
        axis = (over[:, 0] > over[:, 1]).astype(int)  # the one along which they meet less
        row = np.arange(len(meet))
        push = np.where(between[row, axis] >= 0, 0.5, -0.5) * over[row, axis]
        count = np.maximum(np.bincount(np.concatenate([first, second]), minlength=len(at)), 1) ** 0.5
        np.add.at(at, (second, axis), push / count[second])
        np.add.at(at, (first, axis), -push / count[first])
    over = wanted - np.abs(at[other] - at[one])
    return at, not bool(((over > -1).all(axis=1)).any())


def _packed(parts: Sequence[_Laid], count: int, width: float, gap: float) -> Placed:
    """Parts from left to right, in rows from above; a row is as high as its highest, and stands in the middle."""
    rows: list[list[_Laid]] = []
    used = width + 1
    for part in parts:
        if used + part.wide > width:
            rows.append([])
            used = 0
        rows[-1].append(part)
        used += part.wide + gap
    high = sum(max(part.high for part in row) for row in rows) + gap * max(len(rows) - 1, 0)
    at = [(0.0, 0.0)] * count
    top = high
    for row in rows:
        tall = max(part.high for part in row)
        free = width - sum(part.wide for part in row)
        left = between = free / (len(row) + 1)
        for part in row:
            for place, box in enumerate(part.boxes):
                x, y = part.at[place]
                at[box] = (round(float(x + left), 3), round(float(y + top - (tall + part.high) / 2), 3))
            left += part.wide + between
        top -= tall + gap
    return Placed(tuple(at), float(high), all(part.apart and part.wide <= width for part in parts))
