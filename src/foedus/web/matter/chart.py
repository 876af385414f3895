"""A map laid out on paper: where lines run, where marks stand, and where their words do not cover one another.

Units are those of the drawing: `WIDE` across, whatever the screen. Marks that would cover one another are one mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, cos, floor, radians

from foedus.diagnostics.visible import visible
from foedus.exercise.borders import Line, Point, Shape
from foedus.exercise.places import MapView
from foedus.report.layout import columns
from foedus.web.matter.mission import Held, Site

WIDE, LEAST_HIGH, MOST_HIGH = 720.0, 320.0, 540.0
LETTER, SMALL, LINE = 7.6, 6.2, 16.0
"""Width of a letter of a label and of a small one (the widest that fonts of the screen have, on average), and the height
of a line. Too wide is harmless: words then stand farther apart."""
MARK = 7.0
"""Half the size of a mark."""
NEAR = 15.0
"""Marks nearer than this are one."""
LONGEST = 26
"""Letters of a label; the whole title is in the table."""
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
class Mark:
    """One mark for a site, or for several that stand too near. `held` is the most that is so of any of them; `town`:
    nothing but towns, of which no task speaks. `label` is None where no room was left; the number is then all."""

    sites: tuple[Site, ...]
    x: float
    y: float
    held: Held
    town: bool
    label: Words | None


@dataclass(frozen=True, slots=True)
class Chart:
    """A map, laid out."""

    wide: float
    high: float
    shapes: tuple[Drawn, ...]
    words: tuple[Words, ...]
    marks: tuple[Mark, ...]


def chart(view: MapView, sites: Sequence[Site]) -> Chart:
    """A view of the sites that have a place."""
    frame = _framed(view, [(s.place.x, s.place.y) for s in sites if s.place is not None])
    shapes = [(shape, [frame.line(line) for line in shape.lines]) for shape in view.shapes]
    drawn = [Drawn(_look(shape), path) for shape, lines in shapes if (path := _path(shape, lines, frame))]
    grid, degrees = _grid(frame) if view.projection == "equirectangular" else ([], [])
    groups = _groups([(frame.point((s.place.x, s.place.y)), s) for s in sites if s.place is not None])
    taken = [Box(x - MARK, y - MARK, 2 * MARK, 2 * MARK) for (x, y), _ in groups]
    taken += [_box(each) for each in degrees]
    marks = tuple(_mark(at, found, frame, taken) for at, found in groups)
    names = tuple(_named(shapes, frame, taken))
    return Chart(WIDE, frame.high, (*drawn, *grid), (*names, *degrees), marks)


# ---- from the land to the paper ----


@dataclass(frozen=True, slots=True)
class Frame:
    """What part of the land is on the paper. `turn` is the middle of it in degrees, None on a sketch."""

    left: float
    top: float
    scale: float
    narrow: float
    high: float
    turn: float | None

    def point(self, at: Point) -> Point:
        """Where a point comes on the paper."""
        return self._across(at[0]), (self.top - at[1]) * self.scale

    def line(self, line: Line) -> list[Point]:
        """A line on the paper. One that lies on the other side of the 180th degree is brought to this one as a whole."""
        if self.turn is None or not line:
            return [self.point(at) for at in line]
        middle = sum(x for x, _ in line) / len(line)
        by = 360.0 * round((self.turn - middle) / 360)
        return [((x + by - self.left) * self.narrow * self.scale, (self.top - y) * self.scale) for x, y in line]

    def _across(self, x: float) -> float:
        if self.turn is not None:
            x += 360.0 * round((self.turn - x) / 360)
        return (x - self.left) * self.narrow * self.scale


def _framed(view: MapView, places: Sequence[Point]) -> Frame:
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
    scale = WIDE / wide
    high = min(max(tall * scale, LEAST_HIGH), MOST_HIGH)
    scale = min(scale, high / tall)
    middle = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return Frame(
        middle[0] - WIDE / scale / narrow / 2, middle[1] + high / scale / 2, scale, narrow, high,
        None if sketch else middle[0],
    )  # fmt: skip


def _beside(xs: Sequence[float]) -> list[float]:
    """Longitudes that lie beside one another: across the 180th degree where that is the shorter way."""
    turned = [x + 360 if x < 0 else x for x in xs]
    return turned if max(turned) - min(turned) < max(xs) - min(xs) else list(xs)


# ---- lines ----


def _look(shape: Shape) -> str:
    return f"water-{shape.kind}" if shape.water else shape.kind


def _path(shape: Shape, lines: Iterable[Sequence[Point]], frame: Frame) -> str:
    made: list[str] = []
    edge = Box(-4, -4, WIDE + 8, frame.high + 8)
    for line in lines:
        if shape.kind == "area":
            found = _thinned(_clipped(line, edge))
            if len(found) > 2:
                made.append(f"{_moves(found)}Z")
        else:
            made += [_moves(part) for part in _pieces(line, edge) if len(part) > 1]
    return "".join(made)


def _moves(line: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in line)


def _thinned(line: Iterable[Point]) -> list[Point]:
    """To half a unit: what cannot be seen is not sent."""
    found: list[Point] = []
    for x, y in line:
        at = round(x * 2) / 2, round(y * 2) / 2
        if not found or found[-1] != at:
            found.append(at)
    return found


def _clipped(ring: Sequence[Point], edge: Box) -> list[Point]:
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
    for here, after in zip(line, line[1:], strict=False):
        low, high = (min(here[0], after[0]), min(here[1], after[1])), (max(here[0], after[0]), max(here[1], after[1]))
        if high[0] < edge.x or low[0] > edge.x + edge.wide or high[1] < edge.y or low[1] > edge.y + edge.high:
            yield _thinned(part)
            part = []
        else:
            part = [*(part or [here]), after]
    yield _thinned(part)


def _grid(frame: Frame) -> tuple[list[Drawn], list[Words]]:
    """Lines of longitude and latitude, four or five across, with their degrees at the edge."""
    assert frame.turn is not None
    across = WIDE / frame.scale / frame.narrow
    step = next((each for each in DEGREES if across / each <= 6), DEGREES[-1])
    lines: list[Drawn] = []
    words: list[Words] = []
    for n in range(ceil(frame.left / step), floor((frame.left + across) / step) + 1):
        x = round((n * step - frame.left) * frame.narrow * frame.scale, 1)
        lines.append(Drawn("grid", f"M{x:g} 0V{frame.high:g}"))
        words.append(Words(_degrees((n * step + 180) % 360 - 180, "EW"), x + 4, frame.high - 6, what="degrees"))
    for n in range(ceil((frame.top - frame.high / frame.scale) / step), floor(frame.top / step) + 1):
        y = round((frame.top - n * step) * frame.scale, 1)
        lines.append(Drawn("grid", f"M0 {y:g}H{WIDE:g}"))
        if 14 < y < frame.high - 30:
            words.append(Words(_degrees(n * step, "NS"), 6, y - 5, what="degrees"))
    return lines, words


def _degrees(at: float, sides: str) -> str:
    if abs(at) < 1e-9:
        return "0°"
    return f"{abs(at):g}° {sides[0] if at > 0 else sides[1]}"


# ---- marks and words ----


def _groups(sites: Sequence[tuple[Point, Site]]) -> list[tuple[Point, tuple[Site, ...]]]:
    """Sites that stand too near to one another for marks of their own, together where the first of them is."""
    found: list[tuple[Point, list[Site]]] = []
    for at, site in sites:
        for there, together in found:
            if abs(there[0] - at[0]) < NEAR and abs(there[1] - at[1]) < NEAR:
                together.append(site)
                break
        else:
            found.append((at, [site]))
    return [(at, tuple(together)) for at, together in found]


def _mark(at: Point, found: tuple[Site, ...], frame: Frame, taken: list[Box]) -> Mark:
    held: Held = next((h for h in ("held", "tasked") if any(s.held == h for s in found)), "free")
    town = held == "free" and all(site.place is not None and site.place.kind == "town" for site in found)
    label = _placed(_label(found), at, frame, taken) or _placed(_numbers(found), at, frame, taken)
    return Mark(found, at[0], at[1], held, town, label)


def _label(found: tuple[Site, ...]) -> str:
    towns = [site for site in found if site.place is not None and site.place.kind == "town"]
    name = visible((towns or list(found))[0].name)
    if len(name) > LONGEST:
        name = f"{name[: LONGEST - 1].rstrip(' ,')}…"
    return f"{_numbers(found)} {name}"


def _numbers(found: tuple[Site, ...]) -> str:
    """`3`, or `4–10` for a run, or `4, 6`."""
    numbers = [site.number for site in found]
    if len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"{numbers[0]}–{numbers[-1]}"
    return ", ".join(map(str, numbers))


def _placed(text: str, at: Point, frame: Frame, taken: list[Box]) -> Words | None:
    """The words beside a mark: right, left, above, below, then at the corners; where they cover nothing. Takes the room."""
    x, y = at
    gap = MARK + 5
    for dx, dy, anchor in (
        (gap, 5, "start"), (-gap, 5, "end"), (0, -gap, "middle"), (0, gap + 11, "middle"),
        (gap, -gap + 4, "start"), (gap, gap + 6, "start"), (-gap, -gap + 4, "end"), (-gap, gap + 6, "end"),
    ):  # fmt: skip
        words = Words(text, x + dx, y + dy, anchor)
        room = _box(words)
        on_paper = room.x >= 2 and room.x + room.wide <= WIDE - 2 and room.y >= 2 and room.y + room.high <= frame.high - 2
        if on_paper and not any(room.covers(other) for other in taken):
            taken.append(room)
            return words
    return None


def _box(words: Words) -> Box:
    letter = LETTER if words.what == "label" else SMALL
    wide = columns(words.text) * letter
    left = {"start": words.x, "middle": words.x - wide / 2, "end": words.x - wide}[words.anchor]
    return Box(left - 1, words.y - LINE + 4, wide + 2, LINE)


def _named(shapes: Iterable[tuple[Shape, list[list[Point]]]], frame: Frame, taken: list[Box]) -> Iterator[Words]:
    """The names of areas and waters, where they cover nothing; each once."""
    told: set[str] = set()
    for shape, lines in shapes:
        name = visible(shape.name)
        longest = max(lines, key=len, default=[])
        if not name or name in told or not longest:
            continue
        for x, y in _spots(shape, longest):
            words = Words(name, x, y, "middle", "water-name" if shape.water else "area-name")
            room = _box(words)
            inside = room.x >= 4 and room.x + room.wide <= WIDE - 4 and room.y >= 4 and room.y + room.high < frame.high - 4
            if inside and not any(room.covers(other) for other in taken):
                taken.append(room)
                told.add(name)
                yield words
                break


def _spots(shape: Shape, line: Sequence[Point]) -> Iterator[Point]:
    """Where a name may stand: around the middle of an area, beside the points of a line."""
    if shape.kind == "area":
        left, right = min(x for x, _ in line), max(x for x, _ in line)
        top, bottom = min(y for _, y in line), max(y for _, y in line)
        x, y = sum(p[0] for p in line) / len(line), sum(p[1] for p in line) / len(line)
        wide, high = (right - left) / 6, (bottom - top) / 6
        for across, down in ((0, 0), (0, -1), (0, 1), (-1, 0), (1, 0), (-1, -1), (1, 1), (-1, 1), (1, -1)):
            yield x + across * wide, y + down * high
        return
    middle = len(line) // 2
    for n in sorted(range(len(line)), key=lambda n: abs(n - middle)):
        yield line[n][0], line[n][1] + 20
        yield line[n][0], line[n][1] - 8
