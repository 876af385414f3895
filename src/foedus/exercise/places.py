"""The map of a scenario: its places, and from whose viewpoint lines are drawn between them.

No map is neutral, so a map is not read without words that say whose it is. A scenario may have several.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path, PurePath
from typing import Literal, TypeAlias, get_args

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import spelled, whole
from foedus.exercise.borders import Shape, read_borders
from foedus.exercise.table import Table, unknown
from foedus.library import stands, stays_in
from foedus.words.speech import phrase

MOST = 200
"""Places of one scenario: more are no longer told apart on a map."""
NAME = re.compile(r"[a-z][a-z0-9_-]*")

PlaceKind: TypeAlias = Literal[
    "town", "dam", "water works", "power station", "plant", "airfield", "building", "command post", "launch site",
    "crossing", "region",
]  # fmt: skip
Projection: TypeAlias = Literal["plain", "equirectangular"]
"""How a point comes on paper: a sketch as it is; degrees, narrowed as they are in the middle of the map."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place. `x` and `y` are of a sketch, y upwards, or longitude and latitude in degrees. `where` is how mandates,
    deployments and reports call it. `guarded_by` are the states whose people were there by the sources; `source` and
    `unconfirmed` as in a move."""

    id: str
    title: str
    kind: PlaceKind
    x: float
    y: float
    where: str
    guarded_by: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    unconfirmed: bool = False


@dataclass(
    frozen=True, slots=True, eq=False
)  # by its lines two are never compared: there may be 100,000 points
class MapView:
    """One drawing of the same places. `viewpoint` says whose lines these are, in a sentence; `shapes` are the lines,
    none where none are drawn. It is shown so long `after` the start, and from then on."""

    viewpoint: str
    projection: Projection
    shapes: tuple[Shape, ...] = ()
    after: timedelta = timedelta(0)
    title: str = ""


def read_places(
    table: Table, states: Sequence[str], sources: Callable[[Table], tuple[str, ...]]
) -> tuple[Place, ...]:
    """The places of a scenario. Raises `Refused` (F687, F688)."""
    found: list[Place] = []
    rows = table.many("place")
    if len(rows) > MOST:
        raise unknown(table.page, "place", len(rows), phrase("a map has at most {n} places", n=MOST))
    for row in rows:
        made = _place(row, states, sources(row))
        if any(each.id == made.id for each in found):
            raise unknown(table.page, row.called("id"), made.id, phrase("another place is called so"))
        if row.has("x") != rows[0].has("x"):
            why = phrase("all places of a scenario have x and y, or all longitude and latitude")
            raise unknown(table.page, row.called("id"), made.id, why)
        row.done()
        found.append(made)
    return tuple(found)


def _place(row: Table, states: Sequence[str], source: tuple[str, ...]) -> Place:
    name, kind = row.text("id"), row.text("kind", "town")
    if NAME.fullmatch(name) is None:
        raise unknown(row.page, row.called("id"), name, phrase("a name is small letters and digits"))
    for each in get_args(PlaceKind):
        if each == kind:
            break
    else:
        known = phrase("There are: {names}.", names=get_args(PlaceKind))
        raise unknown(row.page, row.called("kind"), kind, phrase("it is no kind of place"), known)
    guards = row.texts("guarded_by")
    for who in guards:
        if who not in states:
            known = phrase("There are: {names}.", names=tuple(states))
            raise unknown(row.page, row.called("guarded_by"), who, phrase("it has no seat here"), known)
    if row.has("x"):
        x, y = row.number("x", -1e6, 1e6), row.number("y", -1e6, 1e6)
    else:
        x, y = row.number("longitude", -180, 180), row.number("latitude", -85, 85)
    return Place(
        name, row.text("title"), each, x, y, row.text("where", name), guards, source, row.flag("unconfirmed")
    )


def read_maps(table: Table, folder: Path, places: Sequence[Place]) -> tuple[MapView, ...]:
    """The maps of a scenario. Raises `Refused` (F687, F688; F760 for a file of borders)."""
    if not table.has("map"):
        return ()
    one = isinstance(table.raw["map"], dict)
    rows = (table.inner("map"),) if one else table.many("map")
    sketch = not any(row.has("longitude") for row in table.many("place"))
    return tuple(_map(row, folder, sketch, bool(places)) for row in rows)


def _map(row: Table, folder: Path, sketch: bool, placed: bool) -> MapView:
    viewpoint, drawn = row.text("viewpoint"), row.text("projection", "plain" if sketch else "equirectangular")
    for projection in get_args(Projection):
        if projection == drawn:
            break
    else:
        known = phrase("There are: {names}.", names=get_args(Projection))
        raise unknown(row.page, row.called("projection"), drawn, phrase("no such projection"), known)
    if placed and (projection == "plain") != sketch:
        why = phrase("a sketch is plain, and degrees are not")
        raise unknown(row.page, row.called("projection"), drawn, why)
    shapes: tuple[Shape, ...] = ()
    if row.has("borders"):
        file = row.text("borders")
        if PurePath(file).name != file or not stands(folder / file):
            why = phrase("no such file lies beside the scenario")
            raise unknown(row.page, row.called("borders"), file, why)
        stays_in(folder / file, folder)
        shapes = read_borders(folder / file, spelled(folder / file))
    elif not placed:
        raise unknown(
            row.page, row.called("borders"), "", phrase("there is nothing to draw: no places, no borders")
        )
    after = timedelta(hours=row.whole("hour", 0, most=24 * 3660))
    made = MapView(viewpoint, projection, shapes, after, row.text("title", ""))
    row.done()
    return made


def given_map(path: Path, viewpoint: str, places: Sequence[Place], maps: Sequence[MapView]) -> MapView:
    """A map with borders from the user's own file, for `--borders FILE --viewpoint TEXT`. Raises `Refused`: F760 for
    what is no such file, F761 where nobody says whose lines they are, F762 where the places are of an invented map."""
    called = spelled(path)
    if not viewpoint.strip():
        raise Refused(Problem("F761", whole(called), {"path": called}))
    if any(each.projection == "plain" for each in maps) or not places:
        raise Refused(Problem("F762", whole(called), {"path": called}))
    return MapView(viewpoint.strip(), "equirectangular", read_borders(path, called))
