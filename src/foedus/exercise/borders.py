"""Reads the lines of a map from a file that somebody gives: GeoJSON or TopoJSON. Whose lines they are, the file does
not say; whoever gives it says from which viewpoint they are drawn.

The file is not trusted: its size, its depth, the number of its shapes and points, and every number in it are bounded.

>>> river = {"type": "LineString", "coordinates": [[0, 0], [2, 1]]}
>>> shapes_of({"type": "Feature", "properties": {"name": "the Marn", "kind": "water"}, "geometry": river}, "river.json")
(Shape(kind='line', lines=(((0.0, 0.0), (2.0, 1.0)),), name='the Marn', water=True),)
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import Any, Literal, NoReturn, TypeAlias, cast

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole
from foedus.words.speech import phrase

Point: TypeAlias = tuple[float, float]
"""Longitude and latitude in degrees, or x and y of a sketch, the second upwards."""
Line: TypeAlias = tuple[Point, ...]

LARGEST = 8 * 1024 * 1024
"""Bytes of a file. The world at 1:10 million is half of it."""
MOST_POINTS, MOST_SHAPES, DEEPEST, FARTHEST = 500_000, 20_000, 8, 1e6
NAMES = ("name", "NAME", "title", "ADMIN")
"""Properties under which files of borders have the name of a shape."""
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Shape:
    """An area with its rings, or a line. `water`: its property `kind` is `water`."""

    kind: Literal["area", "line"]
    lines: tuple[Line, ...]
    name: str = ""
    water: bool = False


def read_borders(path: Path, called: str) -> tuple[Shape, ...]:
    """The shapes of a file. Raises `Refused` (F760) for whatever is no such file, or is too much of one."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise undrawn(called, (error.strerror or str(error)).lower()) from None
    if len(raw) > LARGEST:
        raise undrawn(called, phrase("it is larger than {n} MB", n=LARGEST // 1024**2))
    try:
        found: object = json.loads(raw, parse_constant=_no_number)
    except (
        ValueError,
        RecursionError,
    ):  # no JSON, not in UTF-8, nested without end, a number of thousands of digits
        raise undrawn(called, phrase("it is no JSON")) from None
    return shapes_of(found, called)


def shapes_of(found: object, called: str) -> tuple[Shape, ...]:
    """The shapes of what a file held. Raises `Refused` (F760)."""
    reading = _Reading(called)
    try:
        shapes = tuple(reading.shapes(found))
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, OverflowError):
        raise undrawn(called, phrase("it is neither GeoJSON nor TopoJSON")) from None
    if not shapes:
        raise undrawn(called, phrase("there is no line in it"))
    return shapes


def undrawn(called: str, why: str) -> Refused:
    """A file that no map is drawn from."""
    return Refused(Problem("F760", whole(called), {"path": called, "why": why}))


def _no_number(_: str) -> NoReturn:
    raise ValueError


@dataclass(slots=True)
class _Reading:
    """One file as it is read; counts what it has made, however often a file names the same line."""

    called: str
    points: int = 0
    count: int = 0
    arcs: list[Line] = field(default_factory=list[Line])

    def shapes(self, top: object) -> Iterator[Shape]:
        found = _object(top)
        if found.get("type") == "Topology":
            self.arcs = list(self._arcs(found))
            objects = _object(found["objects"])
            for name, each in objects.items():
                if name == "land" and len(objects) > 1:  # the same coasts once more, without the borders
                    continue
                yield from self._feature(_object(each), {}, 0)
        else:
            yield from self._feature(found, {}, 0)

    def _feature(self, found: Mapping[str, Any], above: Mapping[str, Any], depth: int) -> Iterator[Shape]:
        if depth > DEEPEST:
            raise undrawn(self.called, phrase("it is nested too deeply"))
        kind = found.get("type")
        said = _object(found.get("properties") or above)
        if kind == "FeatureCollection":
            for each in _list(found["features"]):
                yield from self._feature(_object(each), said, depth + 1)
        elif kind == "Feature":
            if found.get("geometry") is not None:
                yield from self._feature(_object(found["geometry"]), said, depth + 1)
        elif kind == "GeometryCollection":
            for each in _list(found["geometries"]):
                yield from self._feature(_object(each), said, depth + 1)
        elif kind in ("Point", "MultiPoint", None):  # places are the scenario's; TopoJSON has empty ones
            return
        else:
            yield self._shape(str(kind), found, said)

    def _shape(self, kind: str, found: Mapping[str, Any], said: Mapping[str, Any]) -> Shape:
        self.count += 1
        if self.count > MOST_SHAPES:
            raise undrawn(self.called, phrase("it has more than {n} shapes", n=MOST_SHAPES))
        held = _list(found["arcs"] if "arcs" in found else found["coordinates"])
        line = self._joined if "arcs" in found else self._line
        deep = {"LineString": [[held]], "MultiLineString": [held], "Polygon": [held], "MultiPolygon": held}[
            kind
        ]
        lines = tuple(line(_list(each)) for part in deep for each in _list(part))
        name = next((str(said[key]) for key in NAMES if isinstance(said.get(key), str)), "")
        return Shape(
            "area" if kind.endswith("Polygon") else "line", lines, name.strip()[:LONGEST], said.get("kind") == "water"
        )  # fmt: skip

    def _line(self, found: list[Any]) -> Line:
        self._counted(len(found))
        return tuple(self._point(each) for each in found)

    def _point(self, found: Any) -> Point:
        x, y = (each for each in _list(found)[:2])
        return _number(x), _number(y)

    # ---- TopoJSON: lines that neighbours share are there once, as arcs ----

    def _arcs(self, found: Mapping[str, Any]) -> Iterator[Line]:
        transform = found.get("transform")
        if transform is None:
            yield from (self._line(_list(arc)) for arc in _list(found["arcs"]))
            return
        (wide, high), (left, low) = (
            [_number(n) for n in _list(transform[key])] for key in ("scale", "translate")
        )
        for arc in _list(found["arcs"]):
            self._counted(len(_list(arc)))
            x = y = 0.0
            made: list[Point] = []
            for step in arc:
                dx, dy = self._point(step)
                x, y = x + dx, y + dy
                made.append((_number(x * wide + left), _number(y * high + low)))
            yield tuple(made)

    def _joined(self, indices: list[Any]) -> Line:
        """Arcs one after the other, each from where the last one ended; `~n` is arc n backwards."""
        made: list[Point] = []
        for n in indices:
            if type(n) is not int or not -len(self.arcs) <= n < len(self.arcs):
                raise ValueError
            arc = self.arcs[n] if n >= 0 else self.arcs[~n][::-1]
            self._counted(len(arc))
            made += arc[1:] if made else arc
        return tuple(made)

    def _counted(self, more: int) -> None:
        self.points += more
        if self.points > MOST_POINTS:
            raise undrawn(self.called, phrase("it has more than {n} points", n=MOST_POINTS))


def _object(found: Any) -> Mapping[str, Any]:
    if not isinstance(found, dict):
        raise TypeError
    return cast("Mapping[str, Any]", found)


def _list(found: Any) -> list[Any]:
    if not isinstance(found, list):
        raise TypeError
    return cast("list[Any]", found)


def _number(found: Any) -> float:
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise TypeError
    number = float(found)
    if not isfinite(number) or abs(number) > FARTHEST:
        raise ValueError
    return number
