"""Drawings of procedures: every way once, nothing on top of anything else, and the same in words."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.ir.procedure import Clock, Move, Procedure, Step, Track
from foedus.library import Library
from foedus.report.diagram import LETTER, Arc, draw, in_words, lay
from foedus.report.layout import Sheet
from foedus.report.procedure import show_procedure, show_procedures
from foedus.report.tracks import arrows

SVG = "{http://www.w3.org/2000/svg}"
STAGES = ("none", "asked", "consulting", "decided", "over")
LONG = "a-step-with-a-long-name"


def procedure_of(
    moves: dict[str, tuple[tuple[str, ...], str]], clocks: dict[str, tuple[tuple[str, ...], str]]
) -> Procedure:
    track = Track("matter", STAGES, ends=("over",), title="the matter <of> & all")
    steps = tuple(
        Step(f"lir.aid.{name}", name, "", (), (Move("matter", *way),)) for name, way in moves.items()
    )
    timed = tuple(
        Clock(f"lir.aid.{name}", name, "", ("ask",), moves=(Move("matter", *way),))
        for name, way in clocks.items()
    )
    return Procedure("lir.aid", "CSL", "aid", (track,), steps, timed)


ways = st.tuples(
    st.lists(st.sampled_from(STAGES), max_size=3, unique=True).map(tuple), st.sampled_from(STAGES)
)
procedures = st.builds(
    procedure_of,
    st.dictionaries(st.sampled_from(["ask", "decide", "recall", "close", LONG]), ways),
    st.dictionaries(st.sampled_from(["term", "answer"]), ways, max_size=1),
)


def reach(arc: Arc) -> tuple[float, float]:
    middle, half = (arc.left + arc.right) / 2, len(arc.label) * LETTER / 2
    return min(arc.left, middle - half), max(arc.right, middle + half)


@given(procedures)
def test_every_way_is_drawn_once(procedure: Procedure) -> None:
    (track,) = procedure.tracks
    drawing = lay(procedure, track)
    drawn = [arc.arrow for arc in drawing.arcs] + [way for way, _ in drawing.straight]
    assert sorted(map(repr, drawn)) == sorted(map(repr, arrows(procedure, track)))


@given(procedures)
def test_nothing_lies_on_anything_else(procedure: Procedure) -> None:
    (track,) = procedure.tracks
    drawing = lay(procedure, track)
    for left, right in zip(drawing.boxes, drawing.boxes[1:], strict=False):
        assert left.x + left.width < right.x
    for way, labels in drawing.straight:
        source, target = (next(b for b in drawing.boxes if b.name == n) for n in (way.source, way.target))
        gap = target.x - source.x - source.width
        assert all(len(label) * LETTER < gap for label in labels)
    for one, two in combinations(drawing.arcs, 2):
        if (one.above, one.level) == (two.above, two.level):
            assert reach(one)[1] < reach(two)[0] or reach(two)[1] < reach(one)[0]
    feet = [(foot, arc.above) for arc in drawing.arcs for foot in (arc.left, arc.right)]
    assert len(feet) == len(set(feet))
    assert all(reach(arc)[0] >= 0 and reach(arc)[1] <= drawing.width for arc in drawing.arcs)


@given(procedures)
def test_the_drawing_is_sound_and_says_itself(procedure: Procedure) -> None:
    (track,) = procedure.tracks
    svg = ElementTree.fromstring(draw(procedure, track))
    ids = [each.get("id") for each in svg.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    assert set(str(svg.get("aria-labelledby")).split()) <= set(ids)
    assert svg.find(f"{SVG}title").text == "The matter <of> & all"  # type: ignore[union-attr]
    shown = {text.text for text in svg.iter(f"{SVG}text")}
    assert set(STAGES) <= shown
    words = in_words(procedure, track)
    for way in arrows(procedure, track):
        assert f"From {way.source} to {way.target}: " in words


def test_a_clock_that_runs_out_is_dashed() -> None:
    procedure = procedure_of({"ask": (("none",), "asked")}, {"term": (("asked",), "over")})
    svg = ElementTree.fromstring(draw(procedure, procedure.tracks[0]))
    dashed = [path for path in svg.iter(f"{SVG}path") if path.get("stroke-dasharray")]
    assert len(dashed) == 1
    assert "term runs out" in {text.text for text in svg.iter(f"{SVG}text")}


@given(procedures, st.sampled_from([40, 80]))
def test_the_terminal_shows_every_way_within_its_width(procedure: Procedure, room: int) -> None:
    sheet = Sheet(room)
    show_procedure(sheet, procedure, {})
    text = sheet.text()
    assert all(len(line) <= room for line in text.split("\n"))
    if room == 80:
        for way in arrows(procedure, procedure.tracks[0]):
            assert f"→ {way.target}" in text


@pytest.fixture(scope="module")
def pko() -> str:
    sheet = Sheet(80)
    show_procedures(sheet, "pko", Library(trials=False).load(["pko"]).program)
    return sheet.text()


def test_a_procedure_in_the_terminal(pko: str) -> None:
    assert "  decided    ── return, finish, recall → ending\n             ── close → over\n" in pko
    assert "             By the Collective Security Council, under the rule csto.decide;" in pko
    assert "From ask until decide or recall; how long is not stated" in pko
    assert "in a record: deployed(p, host)" in pko


def test_a_page_without_a_procedure_says_so() -> None:
    sheet = Sheet(80)
    show_procedures(sheet, "dunkirk", Library(trials=False).load(["dunkirk"]).program)
    assert sheet.text() == "The page of dunkirk lays down no procedure.\n"
