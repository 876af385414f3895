"""A map laid out: where marks stand, and where their words do not cover one another.

Marks that would cover one another are one mark. Where everything comes follows from the view and the places alone, and
is worked out once; what is so of each site at the moment is put in afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from foedus.diagnostics.visible import visible
from foedus.exercise.borders import Point, Shape
from foedus.exercise.places import MapView
from foedus.report.layout import columns
from foedus.web.matter.mission import Held, Site
from foedus.web.matter.paper import (
    WIDE,
    Box,
    Drawn,
    Frame,
    Paper,
    Words,
    clipped,
    framed,
    grid,
    look,
    path_of,
)

LETTER, SMALL, LINE = 7.6, 6.2, 16.0
"""Width of a letter of a label and of a small one (the widest that fonts of the screen have, on average), and the
height of a line. Too wide is harmless: words then stand farther apart."""
MARK = 6.0
"""Half the size of a mark."""
NEAR = 15.0
"""Marks nearer than this are one."""
LONGEST = 26
"""Letters of a label; the whole title is in the table."""


@dataclass(frozen=True, slots=True)
class Spot:
    """What of a site decides where it stands: its number and name, where it lies, whether it is a town."""

    number: int
    name: str
    at: Point
    town: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark for a site, or for several that stand too near. `held` is the most that is so of any of them; `town`:
    nothing but towns, in which nobody is and of which no task speaks. `label` is None where no room was left."""

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


@dataclass(frozen=True, slots=True)
class _Laid:
    """A map without what is so at the moment: each mark with its spots."""

    high: float
    shapes: tuple[Drawn, ...]
    words: tuple[Words, ...]
    marks: tuple[tuple[Point, tuple[Spot, ...], Words | None], ...]


def chart(view: MapView, sites: Sequence[Site], paper: Paper = WIDE) -> Chart:
    """A view of the sites that have a place, on a paper."""
    placed = {site.number: site for site in sites if site.place is not None}
    spots = tuple(
        Spot(site.number, site.name, (site.place.x, site.place.y), site.place.kind == "town")
        for site in sites
        if site.place is not None
    )
    laid = _laid(view, spots, paper)
    marks = tuple(
        _mark(at, [placed[spot.number] for spot in found], found, label) for at, found, label in laid.marks
    )
    return Chart(paper.wide, laid.high, laid.shapes, laid.words, marks)


def _mark(at: Point, sites: Sequence[Site], spots: Sequence[Spot], label: Words | None) -> Mark:
    stand = {site.held for site in sites}
    held: Held = "held" if "held" in stand else "tasked" if "tasked" in stand else "free"
    return Mark(tuple(sites), *at, held, held == "free" and all(spot.town for spot in spots), label)


@lru_cache(maxsize=32)
def _laid(view: MapView, spots: tuple[Spot, ...], paper: Paper) -> _Laid:
    frame = framed(view, [spot.at for spot in spots], paper)
    shapes = [(shape, [frame.line(line) for line in shape.lines]) for shape in view.shapes]
    drawn = [Drawn(look(shape), path) for shape, lines in shapes if (path := path_of(shape, lines, frame))]
    lines, degrees = grid(frame) if view.projection == "equirectangular" else ([], [])
    groups = _groups([(frame.point(spot.at), spot) for spot in spots])
    taken = [Box(x - MARK, y - MARK, 2 * MARK, 2 * MARK) for (x, y), _ in groups]
    degrees = [each for each in degrees if frame.holds(_box(each)) and _free(_box(each), taken)]
    marks = [(at, found, _label(found, at, frame, taken)) for at, found in groups]
    names = tuple(_named(shapes, frame, taken))
    return _Laid(frame.high, (*drawn, *lines), (*names, *degrees), tuple(marks))


def _free(room: Box, taken: list[Box]) -> bool:
    """Whether nothing stands there; from now on something does."""
    free = not any(room.covers(other) for other in taken)
    if free:
        taken.append(room)
    return free


def _groups(spots: Sequence[tuple[Point, Spot]]) -> list[tuple[Point, tuple[Spot, ...]]]:
    """Spots that lie too near to one another for marks of their own, together where the first of them is."""
    found: list[tuple[Point, list[Spot]]] = []
    for at, spot in spots:
        for there, together in found:
            if abs(there[0] - at[0]) < NEAR and abs(there[1] - at[1]) < NEAR:
                together.append(spot)
                break
        else:
            found.append((at, [spot]))
    return [(at, tuple(together)) for at, together in found]


def _label(found: Sequence[Spot], at: Point, frame: Frame, taken: list[Box]) -> Words | None:
    """The numbers with a name, that of a town before others; the numbers alone where there is no room for it."""
    numbers = _numbers(found)
    name = visible(next((spot for spot in found if spot.town), found[0]).name.partition(",")[0])
    if len(name) > LONGEST:
        name = f"{name[: LONGEST - 1].rstrip()}…"
    return _placed(f"{numbers} {name}", at, frame, taken) or _placed(numbers, at, frame, taken)


def _numbers(found: Sequence[Spot]) -> str:
    """`3`, or `4–10` for a run, or `4, 6`."""
    numbers = [spot.number for spot in found]
    if len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"{numbers[0]}–{numbers[-1]}"
    return ", ".join(map(str, numbers))


def _placed(text: str, at: Point, frame: Frame, taken: list[Box]) -> Words | None:
    """The words beside a mark: right, left, above, below, then at the corners; where they cover nothing."""
    x, y = at
    gap = MARK + 5
    for dx, dy, anchor in (
        (gap, 5, "start"), (-gap, 5, "end"), (0, -gap, "middle"), (0, gap + 11, "middle"),
        (gap, -gap + 4, "start"), (gap, gap + 6, "start"), (-gap, -gap + 4, "end"), (-gap, gap + 6, "end"),
    ):  # fmt: skip
        words = Words(text, x + dx, y + dy, anchor)
        room = _box(words)
        if frame.holds(room) and _free(room, taken):
            return words
    return None


def _box(words: Words) -> Box:
    letter = LETTER if words.what == "label" else SMALL
    wide = columns(words.text) * letter
    left = {"start": words.x, "middle": words.x - wide / 2, "end": words.x - wide}[words.anchor]
    return Box(left - 1, words.y - LINE + 4, wide + 2, LINE)


def _named(
    shapes: Iterable[tuple[Shape, list[list[Point]]]], frame: Frame, taken: list[Box]
) -> Iterator[Words]:
    """The names of areas and waters, where they cover nothing; each once, areas first."""
    told: set[str] = set()
    for shape, lines in sorted(shapes, key=lambda each: each[0].water):
        name = visible(shape.name)
        longest = max(lines, key=len) if lines else []
        if not name or name in told or not longest:
            continue
        for x, y in _spots(shape, longest, columns(name) * SMALL, frame):
            words = Words(name, x, y, "middle", "water-name" if shape.water else "area-name")
            room = _box(words)
            if frame.holds(room) and _free(room, taken):
                told.add(name)
                yield words
                break


def _spots(shape: Shape, line: Sequence[Point], wide: float, frame: Frame) -> Iterator[Point]:
    """Where a name may stand: within an area, the nearest to its middle first; on both sides of a line or a water."""
    if shape.kind == "line" or shape.water:
        middle = len(line) // 2
        for n in sorted(range(len(line)), key=lambda n: abs(n - middle)):
            x, y = line[n]
            yield from ((x + wide / 2 + 12, y + 4), (x - wide / 2 - 12, y + 4))
        return
    seen = clipped(line, Box(0, 0, frame.wide, frame.high))
    if not seen:
        return
    left, right = min(x for x, _ in seen), max(x for x, _ in seen)
    top, bottom = min(y for _, y in seen), max(y for _, y in seen)
    cells = [
        ((left + (right - left) * i / 12), (top + (bottom - top) * j / 12))
        for i in range(1, 12)
        for j in range(1, 12)
    ]
    within = [
        (x, y) for x, y in cells if all(_inside((x + dx, y - 5), seen) for dx in (-wide / 2, 0, wide / 2))
    ]
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    yield from sorted(within, key=lambda at: abs(at[0] - middle_x) + abs(at[1] - middle_y))


def _inside(at: Point, ring: Sequence[Point]) -> bool:
    """Whether a point is within a ring: a ray from it crosses the ring an odd number of times."""
    inside = False
    for n, (x, y) in enumerate(ring):
        before = ring[n - 1]
        if (y > at[1]) != (before[1] > at[1]):
            inside ^= at[0] < (before[0] - x) * (at[1] - y) / (before[1] - y) + x
    return inside
