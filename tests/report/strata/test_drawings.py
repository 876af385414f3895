"""The drawings of outcomes and courses: words stay on the sheet and off one another, lines begin where states enter."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from foedus.report.chains.pen import wide
from foedus.report.strata.course import SMALL, WIDTH, course
from foedus.report.strata.grid import grid
from foedus.report.strata.told import Told, drawn_of, enters_at, lines_of
from foedus.words.speech import languages, speaking
from tests.report.html.reading import Element, read
from tests.report.html.told import whole, with_coins

TOLD = pytest.mark.parametrize("told", [whole(), with_coins()], ids=["whole", "with coins"])
WIDE = pytest.mark.parametrize("width", [WIDTH, SMALL])
LETTER = 13.0


def drawings(told: Told, width: float) -> list[Element]:
    found = [
        grid(told, "grid", width),
        *(course(one, told, f"course-{one.of}", width) for one in told.examples),
    ]
    assert len(found) > 4 and all(found)
    return [read(svg).all("svg")[0] for svg in found]


def boxes(drawing: Element) -> list[tuple[str, float, float, float, float]]:
    """Every word with the room that it takes at most: from left to right, from above to below."""
    found: list[tuple[str, float, float, float, float]] = []
    for one in drawing.all("text"):
        x, y = float(one.attributes["x"]), float(one.attributes["y"])
        long = wide(one.text)
        if "transform" in one.attributes:
            found.append((one.text, x - LETTER + 3, y - long, x + 3, y))
            continue
        left = x - {"middle": long / 2, "end": long}.get(one.attributes.get("text-anchor", ""), 0)
        found.append((one.text, left, y - LETTER + 3, left + long, y + 3))
    return found


@TOLD
@WIDE
def test_no_word_is_cut_off_or_lies_on_another(told: Told, width: float) -> None:
    for drawing in drawings(told, width):
        _, _, wide_, high = map(float, drawing.attributes["viewbox"].split())
        found = boxes(drawing)
        outside = [w for w, x0, y0, x1, y1 in found if x0 < -6 or y0 < -1 or x1 > wide_ + 6 or y1 > high + 1]
        assert outside == []
        over = [
            (one[0], other[0])
            for one, other in combinations(found, 2)
            if min(one[3], other[3]) - max(one[1], other[1]) > 4
            and min(one[4], other[4]) - max(one[2], other[2]) > 3
        ]
        assert over == []


@TOLD
@WIDE
def test_a_strong_line_begins_at_the_act_by_which_a_state_enters(told: Told, width: float) -> None:
    for example, drawing in zip(told.examples, drawings(told, width)[1:], strict=True):
        acts = drawn_of(example.course)
        strong = [p for p in drawing.all("path", "side-1") if p.attributes["stroke-width"] == "4"]
        states = lines_of(example.course, acts)
        entering = [state for state in states if enters_at(state, acts) is not None]
        assert len(strong) == len(entering) == len(example.course.belligerents)
        begins = [float(re.findall(r"[\d.]+", p.attributes["d"])[1]) for p in strong]
        order = sorted(range(len(entering)), key=lambda n: (begins[n], entering[n]))
        places = [enters_at(entering[n], acts) or 0 for n in order]
        assert places == sorted(places)


@TOLD
def test_a_dot_stands_for_each_state_at_war(told: Told) -> None:
    dots = read(grid(told, "grid", SMALL)).all("circle", "mark")
    keys = 1 + told.chances
    assert len(dots) == sum(len(group.belligerents) for group in told.outcomes) + keys


@pytest.mark.parametrize("language", languages())
def test_they_speak_every_language(language: str) -> None:
    with speaking(language):
        for width in (WIDTH, SMALL):
            for drawing in drawings(whole(), width):
                assert drawing.all("title")[0].text and drawing.all("desc")[0].text
