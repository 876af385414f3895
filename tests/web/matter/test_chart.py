"""A map laid out: whatever the places, words cover neither one another nor a mark, and everything is on the paper."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from foedus.exercise.borders import Shape
from foedus.exercise.places import MapView, Place
from foedus.web.matter.chart import MARK, _box, chart
from foedus.web.matter.mission import Site
from foedus.web.matter.paper import NARROW, WIDE, Box, Paper, clipped
from tests.exercise.scenes import scene
from tests.web.matter.matters import after, matter

NAMES = st.sampled_from(
    ["A", "Lusk", "the dam at Marn", "Военный институт сухопутных войск", "指揮所", "x" * 80]
)


def sites_at(places: list[tuple[float, float, str]]) -> list[Site]:
    return [
        Site(n, name, Place(f"p{n}", name, "dam", x, y, f"p{n}"), "free", (), (), None)
        for n, (x, y, name) in enumerate(places, 1)
    ]


def amiss(view: MapView, sites: list[Site], paper: Paper = WIDE) -> list[str]:
    made = chart(view, sites, paper)
    words = [*made.words, *(mark.label for mark in made.marks if mark.label is not None)]
    boxes = [_box(each) for each in words]
    marks = [Box(mark.x - MARK, mark.y - MARK, 2 * MARK, 2 * MARK) for mark in made.marks]
    found = [
        f"{words[i].text} on {words[j].text}"
        for i in range(len(words))
        for j in range(i)
        if boxes[i].covers(boxes[j])
    ]
    found += [
        f"{word.text} on a mark"
        for word, box in zip(words, boxes, strict=True)
        if any(map(box.covers, marks))
    ]
    found += [
        f"a mark at {mark.x}, {mark.y}"
        for mark in made.marks
        if not (0 <= mark.x <= made.wide and 0 <= mark.y <= made.high)
    ]
    told = [site.number for mark in made.marks for site in mark.sites]
    return found + ([] if sorted(told) == [site.number for site in sites] else ["a site is lost"])


@given(st.lists(st.tuples(st.floats(-179, 179), st.floats(-84, 84), NAMES), min_size=1, max_size=12))
def test_degrees_anywhere(places: list[tuple[float, float, str]]) -> None:
    view = MapView("Nobody's.", "equirectangular")
    assert [amiss(view, sites_at(places), paper) for paper in (WIDE, NARROW)] == [[], []]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), NAMES), min_size=1, max_size=12))
def test_sketches_however_crowded(places: list[tuple[float, float, str]]) -> None:
    border = Shape("area", (((0.0, 0.0), (30.0, 0.0), (30.0, 30.0), (0.0, 30.0), (0.0, 0.0)),), "Arvia")
    view = MapView("Nobody's.", "plain", (border,))
    assert [amiss(view, sites_at(places), paper) for paper in (WIDE, NARROW)] == [[], []]


def test_the_maps_that_ship_have_every_word() -> None:
    found = matter(after("deploy", 2))
    for view, names in zip(found.scenario.maps, (10, 10), strict=True):
        made = chart(view, sites_at([(p.x, p.y, p.title) for p in found.scenario.places]))
        assert len(made.marks) == 5 and all(mark.label is not None for mark in made.marks)
        assert {words.text for words in made.words} == {shape.name for shape in view.shapes}
        assert len(made.shapes) == names


def test_what_lies_on_one_point_is_one_mark_with_all_their_numbers() -> None:
    places = scene("kazakhstan-2022").places
    made = chart(scene("kazakhstan-2022").maps[0], sites_at([(p.x, p.y, p.title) for p in places]))
    almaty = next(mark for mark in made.marks if len(mark.sites) > 1)
    assert almaty.label is not None and almaty.label.text.startswith("4–11 ")
    assert len(made.marks) == len(places) - 7


def test_across_the_180th_degree_is_the_short_way() -> None:
    shape = Shape("line", (((179.0, 1.0), (180.0, 2.0)), ((-180.0, 2.0), (-179.0, 3.0))), "x")
    made = chart(
        MapView("Nobody's.", "equirectangular", (shape,)), sites_at([(179.5, 2, "A"), (-179.5, 2.5, "B")])
    )
    west, east = sorted(made.marks, key=lambda mark: mark.x)
    assert (west.sites[0].name, east.sites[0].name) == ("A", "B") and east.x - west.x > made.wide / 2
    numbers = [
        float(n) for each in made.shapes if each.what == "line" for n in re.findall(r"-?[\d.]+", each.path)
    ]
    assert min(numbers) > -made.wide and max(numbers) < 2 * made.wide


@given(
    st.lists(st.tuples(st.floats(-50, 150), st.floats(-50, 150)), min_size=3, max_size=8),
    st.tuples(st.floats(1, 99), st.floats(1, 99)),
)
def test_what_is_clipped_stays_on_the_paper(
    ring: list[tuple[float, float]], _at: tuple[float, float]
) -> None:
    for x, y in clipped(ring, Box(0, 0, 100, 100)):
        assert -1e-6 <= x <= 100 + 1e-6 and -1e-6 <= y <= 100 + 1e-6
    inside = [at for at in ring if 0 <= at[0] <= 100 and 0 <= at[1] <= 100]
    assert set(inside) <= set(clipped(ring, Box(0, 0, 100, 100)))
