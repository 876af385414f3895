"""The land on paper: which part of it is seen, and its lines as paths, clipped and thinned to what can be seen.

Units are those of the drawing, y downwards. There are two papers: a phone has a map of its own, on which fewer words
fit, rather than a large one that it cannot show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, cos, floor, radians

from foedus.exercise.borders import Line, Point, Shape
from foedus.exercise.places import MapView


@dataclass(frozen=True, slots=True)
class Paper:
    """How wide the paper is, and between which heights."""

    wide: float
    least: float
    most: float


WIDE, NARROW = Paper(720.0, 320.0, 540.0), Paper(330.0, 220.0, 420.0)
FINE = 1.2
"""Points of a line that are nearer to one another than this are one."""
DEGREES = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: from (x, y), so wide and high."""

    x: float
    y: float
    wide: float
    high: float

    def covers(self, other: Box) -> bool:
        """Whether the two have a point in common."""
        return (
            self.x < other.x + other.wide and other.x < self.x + self.wide
            and self.y < other.y + other.high and other.y < self.y + self.high
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawn:
    """A shape as a path of SVG; what it is decides how it looks."""

    what: str
    path: str


@dataclass(frozen=True, slots=True)
class Words:
    """A text on the map, from (x, y) on, or around it, or up to it (`anchor`)."""

    text: str
    x: float
    y: float
    anchor: str = "start"
    what: str = "label"


@dataclass(frozen=True, slots=True)
class Frame:
    """What part of the land is on the paper. `turn` is the middle of it in degrees, None on a sketch."""

    left: float
    top: float
    scale: float
    narrow: float
    wide: float
    high: float
    turn: float | None

    def point(self, at: Point) -> Point:
        """Where a point comes on the paper."""
        return self._across(at[0]), (self.top - at[1]) * self.scale

    def line(self, line: Line) -> list[Point]:
        """A line on the paper. One that lies beyond the 180th degree is brought to this side as a whole."""
        if self.turn is None or not line:
            return [self.point(at) for at in line]
        middle = sum(x for x, _ in line) / len(line)
        by = 360.0 * round((self.turn - middle) / 360)
        return [
            ((x + by - self.left) * self.narrow * self.scale, (self.top - y) * self.scale) for x, y in line
        ]

    def holds(self, room: Box) -> bool:
        """Whether it is on the paper, with a little to spare."""
        return (
            room.x >= 2
            and room.x + room.wide <= self.wide - 2
            and room.y >= 2
            and room.y + room.high <= self.high - 2
        )

    def _across(self, x: float) -> float:
        if self.turn is not None:
            x += 360.0 * round((self.turn - x) / 360)
        return (x - self.left) * self.narrow * self.scale


def framed(view: MapView, places: Sequence[Point], paper: Paper) -> Frame:
    """The places with some land around them; on a sketch, all that is drawn."""
    sketch = view.projection == "plain"
    drawn = [at for shape in view.shapes for line in shape.lines for at in line]
    seen = [*places, *drawn] if sketch else list(places) or drawn
    xs, ys = _beside([x for x, _ in seen]) if not sketch else [x for x, _ in seen], [y for _, y in seen]
    narrow = 1.0 if sketch else max(cos(radians((min(ys) + max(ys)) / 2)), 0.05)
    pad = 0.0 if sketch and drawn else 0.14
    least = 1.0 if not sketch else max((max(xs) - min(xs), max(ys) - min(ys), 1e-6))
    wide = max((max(xs) - min(xs)) * narrow, least) * (1 + 2 * pad)
    tall = max(max(ys) - min(ys), least / 2) * (1 + 2 * pad)
    scale = paper.wide / wide
    high = min(max(tall * scale, paper.least), paper.most)
    scale = min(scale, high / tall)
    middle = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return Frame(
        middle[0] - paper.wide / scale / narrow / 2, middle[1] + high / scale / 2, scale, narrow, paper.wide, high,
        None if sketch else middle[0],
    )  # fmt: skip


def _beside(xs: Sequence[float]) -> list[float]:
    """Longitudes that lie beside one another: across the 180th degree where that is the shorter way."""
    turned = [x + 360 if x < 0 else x for x in xs]
    return turned if max(turned) - min(turned) < max(xs) - min(xs) else list(xs)


# ---- lines ----


def look(shape: Shape) -> str:
    """What a shape is, of those that look different."""
    return f"water-{shape.kind}" if shape.water else shape.kind


def path_of(shape: Shape, lines: Iterable[Sequence[Point]], frame: Frame) -> str:
    """A shape, already on the paper, as a path of SVG; empty where nothing of it is seen."""
    made: list[str] = []
    edge = Box(-4, -4, frame.wide + 8, frame.high + 8)
    for line in lines:
        if shape.kind == "area":
            found = _thinned(clipped(line, edge))
            if len(found) > 2:
                made.append(f"{_moves(found)}Z")
        else:
            made += [_moves(part) for part in _pieces(line, edge) if len(part) > 1]
    return "".join(made)


def _moves(line: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in line)


def _thinned(line: Iterable[Point]) -> list[Point]:
    """To half a unit, and no nearer than `FINE`: what cannot be seen is not sent."""
    found: list[Point] = []
    for x, y in line:
        at = round(x * 2) / 2, round(y * 2) / 2
        if not found or abs(at[0] - found[-1][0]) + abs(at[1] - found[-1][1]) >= FINE:
            found.append(at)
    return found


def clipped(ring: Sequence[Point], edge: Box) -> list[Point]:
    """What of a ring is on the paper (Sutherland and Hodgman 1974): one side of the paper after the other."""
    found = list(ring)
    sides = ((0, edge.x, 1), (0, edge.x + edge.wide, -1), (1, edge.y, 1), (1, edge.y + edge.high, -1))
    for axis, limit, sign in sides:
        kept: list[Point] = []
        for n, here in enumerate(found):
            before = found[n - 1]
            inside, was = (here[axis] - limit) * sign >= 0, (before[axis] - limit) * sign >= 0
            if inside != was:
                t = (limit - before[axis]) / (here[axis] - before[axis])
                kept.append((before[0] + t * (here[0] - before[0]), before[1] + t * (here[1] - before[1])))
            if inside:
                kept.append(here)
        found = kept
    return found


def _pieces(line: Sequence[Point], edge: Box) -> Iterator[list[Point]]:
    """The parts of a line that may be seen, each with the points before and after."""
    part: list[Point] = []
    for here, after in pairwise(line):
        low, high = (
            (min(here[0], after[0]), min(here[1], after[1])),
            (max(here[0], after[0]), max(here[1], after[1])),
        )
        if high[0] < edge.x or low[0] > edge.x + edge.wide or high[1] < edge.y or low[1] > edge.y + edge.high:
            yield _thinned(part)
            part = []
        else:
            part = [*(part or [here]), after]
    yield _thinned(part)


def grid(frame: Frame) -> tuple[list[Drawn], list[Words]]:
    """Lines of longitude and latitude, four or five across, with their degrees at the edge."""
    assert frame.turn is not None
    across = frame.wide / frame.scale / frame.narrow
    step = next((each for each in DEGREES if across / each <= 6), DEGREES[-1])
    lines: list[Drawn] = []
    words: list[Words] = []
    for n in range(ceil(frame.left / step), floor((frame.left + across) / step) + 1):
        x = round((n * step - frame.left) * frame.narrow * frame.scale, 1)
        lines.append(Drawn("grid", f"M{x:g} 0V{frame.high:g}"))
        words.append(
            Words(_degrees((n * step + 180) % 360 - 180, "EW"), x + 4, frame.high - 7, what="degrees")
        )
    for n in range(ceil((frame.top - frame.high / frame.scale) / step), floor(frame.top / step) + 1):
        y = round((frame.top - n * step) * frame.scale, 1)
        lines.append(Drawn("grid", f"M0 {y:g}H{frame.wide:g}"))
        if 14 < y < frame.high - 30:
            words.append(Words(_degrees(n * step, "NS"), 6, y - 5, what="degrees"))
    return lines, words


def _degrees(at: float, sides: str) -> str:
    if abs(at) < 1e-9:
        return "0°"
    return f"{abs(at):g}° {sides[0] if at > 0 else sides[1]}"
