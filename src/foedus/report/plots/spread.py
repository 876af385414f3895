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
    boxes: Sequence[Box], lengths: Mapping[tuple[int, int], float], width: float, most: float, gap: float = 5
) -> Placed:
    """Places for boxes of which some are tied, each tie so many steps long, on a sheet `width` wide and at most
    `most` high: with the longest steps for which there is room. `fits` is false where there is room for none."""
    if sum((box.wide + gap) * (box.high + gap) for box in boxes) > width * most * FILLED:
        return Placed((), 0, False)
    parts = [_Part(boxes, part, lengths) for part in _parts(len(boxes), lengths)]
    best = Placed((), 0, False)
    low, high = 0, len(STEPS)  # the longest step that fits lies between
    while low < high:
        tried = (low + high) // 2
        between = max(gap, STEPS[tried] / 4)  # room for the head of an arrow
        for turned in (False, True):  # upright where only that has room
            laid = [part.laid(STEPS[tried], between, turned) for part in parts]
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

    def __init__(
        self, boxes: Sequence[Box], members: list[int], lengths: Mapping[tuple[int, int], float]
    ) -> None:
        self.numpy: Any = import_module("numpy")
        self.members = members
        self.sizes = self.numpy.array([(boxes[n].wide, boxes[n].high) for n in members], dtype=float)
        own = {n: place for place, n in enumerate(members)}
        self.places = _stress(
            len(members),
            {(own[one], own[other]): far for (one, other), far in lengths.items() if one in own},
            self.numpy,
        )

    def laid(self, step: float, gap: float, turned: bool) -> _Laid:
        """The part with steps of so many points; `turned` by a quarter."""
        np = self.numpy
        places = self.places[:, ::-1] if turned else self.places
        at, apart = _apart(places * step, self.sizes, gap, np)
        low = (at - self.sizes / 2).min(axis=0)
        high = (at + self.sizes / 2).max(axis=0)
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
    wanted = (sizes[:, None] + sizes[None]) / 2 + gap
    order = np.sign(np.arange(len(at))[None] - np.arange(len(at))[:, None])
    for _ in range(PUSHES):
        between = at[None] - at[:, None]
        over = wanted - np.abs(between)
        meet = (over > 1e-6).all(axis=2)
        np.fill_diagonal(meet, False)
        if not meet.any():
            return at, True
        way = np.where(between != 0, np.sign(between), order[:, :, None])
        across = over[:, :, 0] <= over[:, :, 1]
        push = np.zeros_like(between)
        push[:, :, 0] = np.where(meet & across, over[:, :, 0] * way[:, :, 0], 0)
        push[:, :, 1] = np.where(meet & ~across, over[:, :, 1] * way[:, :, 1], 0)
        count = np.maximum(meet.sum(axis=1), 1)[:, None] ** 0.5
        at = at - 0.5 * push.sum(axis=1) / count
    over = (sizes[:, None] + sizes[None]) / 2 - np.abs(at[None] - at[:, None])
    meet = (over > -1).all(axis=2)
    np.fill_diagonal(meet, False)
    return at, not meet.any()


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
