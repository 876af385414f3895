"""A file of borders is read, whichever of the two formats it has; a hostile one is refused, in little time."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.diagnostics.catalogue import title_of
from foedus.diagnostics.problem import Refused
from foedus.exercise.borders import DEEPEST, LARGEST, Shape, read_borders, shapes_of

POINTS = st.tuples(st.integers(-170, 170), st.integers(-80, 80)).map(lambda at: [float(at[0]), float(at[1])])
LINES = st.lists(st.lists(POINTS, min_size=2, max_size=6), min_size=1, max_size=5)


def told(shapes: tuple[Shape, ...]) -> list[list[list[float]]]:
    return [[list(at) for at in line] for shape in shapes for line in shape.lines]


def topology(lines: list[list[list[float]]], cut: int, scale: float, left: float) -> dict[str, Any]:
    """The lines as TopoJSON: each cut into two arcs, one of them backwards, in steps of `scale` from `left`."""
    arcs: list[list[list[int]]] = []
    objects: list[dict[str, Any]] = []
    for line in lines:
        steps = [[round((x - left) / scale), round((y - left) / scale)] for x, y in line]
        at = min(cut, len(steps) - 1)
        parts, indices = [steps[: at + 1], list(reversed(steps[at:]))], []
        for n, part in enumerate(parts):
            if len(part) > 1:
                indices.append(len(arcs) if n == 0 else ~len(arcs))
                arcs.append([part[0]] + [[b[0] - a[0], b[1] - a[1]] for a, b in pairwise(part)])
        objects.append({"type": "LineString", "arcs": indices})
    transform = {"scale": [scale, scale], "translate": [left, left]}
    return {
        "type": "Topology", "arcs": arcs, "transform": transform,
        "objects": {"borders": {"type": "GeometryCollection", "geometries": objects}},
    }  # fmt: skip


@given(LINES, st.integers(0, 5), st.sampled_from([0.5, 1.0, 0.25]), st.sampled_from([-180.0, 0.0]))
def test_both_formats_say_the_same(lines: list[Any], cut: int, scale: float, left: float) -> None:
    plain = {"type": "MultiLineString", "coordinates": lines}
    assert told(shapes_of(topology(lines, cut, scale, left), "x")) == told(shapes_of(plain, "x")) == lines


def test_rings_names_and_waters() -> None:
    square = [[0, 0], [1, 0], [1, 1], [0, 0]]
    found = shapes_of(
        {"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {"NAME": " Arvia "},
             "geometry": {"type": "Polygon", "coordinates": [square]}},
            {"type": "Feature", "properties": {"name": "Marn", "kind": "water"},
             "geometry": {"type": "MultiPolygon", "coordinates": [[square], [square]]}},
            {"type": "Feature", "properties": None, "geometry": {"type": "Point", "coordinates": [1, 2]}},
            {"type": "Feature", "properties": {}, "geometry": None},
        ]}, "x",
    )  # fmt: skip
    assert [(shape.kind, shape.name, shape.water, len(shape.lines)) for shape in found] == [
        ("area", "Arvia", False, 1), ("area", "Marn", True, 2),
    ]  # fmt: skip


def test_coasts_are_not_drawn_twice() -> None:
    line = {"type": "LineString", "arcs": [0]}
    both = {"type": "Topology", "arcs": [[[0, 0], [1, 1]]], "objects": {"land": line, "countries": line}}
    assert len(shapes_of(both, "x")) == 1
    assert len(shapes_of({**both, "objects": {"land": line}}, "x")) == 1


def line(coordinates: object) -> str:
    return json.dumps({"type": "LineString", "coordinates": coordinates})


DEEP: dict[str, Any] = {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}
for _ in range(DEEPEST + 1):
    DEEP = {"type": "GeometryCollection", "geometries": [DEEP]}
MANY = {
    "type": "Topology",
    "arcs": [[[0, 0]] * 1000],
    "objects": {"a": {"type": "LineString", "arcs": [0] * 2000}},
}

HOSTILE: dict[str, tuple[str, str]] = {
    "no JSON": ("%PDF-1.7", "no JSON"),
    "nothing": ("", "no JSON"),
    "brackets without end": ("[" * 100_000, "no JSON"),
    "objects without end": ('{"a":' * 100_000, "no JSON"),
    "a number of many digits": (f'{{"type": {"9" * 5000}}}', "no JSON"),
    "no number": ('{"type": "LineString", "coordinates": [[NaN, 0], [0, 1]]}', "no JSON"),
    "a list": ("[]", "neither GeoJSON nor TopoJSON"),
    "another type": ('{"type": "Picture"}', "neither"),
    "no points": ('{"type": "LineString"}', "neither"),
    "an infinite number": ('{"type": "LineString", "coordinates": [[1e999, 0], [0, 1]]}', "neither"),
    "a number too large": (line([[1e300, 0], [0, 1]]), "neither"),
    "a whole number too large": (line([[10**400, 0], [0, 1]]), "neither"),
    "a truth for a number": (line([[True, 0], [0, 1]]), "neither"),
    "a text for a point": (line(["12"]), "neither"),
    "a point of one number": (line([[1], [2]]), "neither"),
    "an arc that is not there": (json.dumps({**MANY, "arcs": []}), "neither"),
    "an arc by name": (json.dumps({**MANY, "objects": {"a": {"type": "LineString", "arcs": ["0"]}}}), "neither"),
    "steps to nowhere": (
        json.dumps({**MANY, "transform": {"scale": [1e6, 1], "translate": [0, 0]}, "arcs": [[[1e6, 0]]]}), "neither",
    ),
    "a scale that is none": (json.dumps({**MANY, "transform": {"scale": [], "translate": []}}), "neither"),
    "no line": ('{"type": "FeatureCollection", "features": []}', "there is no line in it"),
    "nested too deeply": (json.dumps(DEEP), "nested too deeply"),
    "one arc two thousand times": (json.dumps(MANY), "500000 points"),
    "too large": (" " * (LARGEST + 1), "larger than 8 MB"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused(name: str, tmp_path: Path) -> None:
    text, why = HOSTILE[name]
    path = tmp_path / "borders.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read_borders(path, "borders.json")
    (problem,) = refused.value.problems
    assert problem.code == "F760"
    assert "borders.json" in title_of(problem) and why in title_of(problem)


def test_bytes_that_are_no_text_and_a_file_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_bytes(b"\xff\xfe\x00{")
    for name in ("b.json", "none.json", "."):
        with pytest.raises(Refused) as refused:
            read_borders(tmp_path / name, name)
        assert refused.value.problems[0].code == "F760"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats() | st.sampled_from(["Polygon", "Topology", "x"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["type", "coordinates", "arcs", "objects", "geometry", "features", "properties", "transform"]),
        inner, max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


@given(VALUES, st.sampled_from(["FeatureCollection", "Feature", "MultiPolygon", "LineString", "Topology"]))
def test_whatever_it_holds_it_is_read_or_refused(value: Any, kind: str) -> None:
    top = {**value, "type": kind} if isinstance(value, dict) else value
    try:
        shapes = shapes_of(top, "x")
    except Refused as refused:
        assert {problem.code for problem in refused.problems} == {"F760"}
    else:
        assert shapes
