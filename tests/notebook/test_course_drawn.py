"""A cascade over treaty pages in a notebook: drawn, its rows below, safe; and its figure as an object."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import foedus
from foedus.notebook.course_drawn import Course
from foedus.notebook.refusal import Refused
from tests.report.html.reading import Element, read


@cache
def found() -> Course:
    return foedus.course("july-1914", plans=True)


def page(one: Course) -> Element:
    return read(one._repr_html_())


def test_a_cell_shows_the_outcomes_how_each_comes_about_and_the_rows() -> None:
    shown = page(found())
    drawings = [one.all("desc")[0].text for one in shown.all("svg")]
    counted = [words for words in drawings if words.startswith("One stratum of it")]
    assert drawings[0].startswith("2 592 strata: every combination of answers to 9 open questions.")
    assert len(drawings) == 2 + len(counted) and len(counted) > 3
    assert shown.all("details") and not shown.all("script")
    assert "it is no probability" in shown.text and "Strata are readings, not chances" in shown.text
    names = [row.all("th")[0].text for row in shown.all("tbody")[-1].all("tr")]
    assert names == [row["name"] for row in found()]


def test_two_outputs_of_one_notebook_share_no_ids() -> None:
    other = foedus.course("july-1914", plans=False)
    ids = [
        {each.attributes["id"] for each in page(one) if "id" in each.attributes} for one in (found(), other)
    ]
    assert ids[0] and ids[1] and not ids[0] & ids[1]


def test_the_figure_shows_itself_and_is_saved(tmp_path: Path) -> None:
    figure = found().plot("outcomes", tmp_path / "o.svg", columns="one")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["o.svg", "o.svg.alt.txt"]
    assert "it is no probability" in figure.alt and figure._repr_html_().count("<svg") == 1


def test_a_kind_that_there_is_not_is_told() -> None:
    with pytest.raises(Refused, match="outcomes"):
        found().plot("network")
