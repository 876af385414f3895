"""A cascade in a notebook: drawn, with a table, safe; and its figures as objects."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from foedus.cascade.ask import Cascade as Value
from foedus.notebook.cascade import Cascade
from foedus.notebook.cascade_drawn import show_drawn
from foedus.notebook.refusal import Refused
from tests.plots.asked import asked
from tests.report.html.reading import read


@pytest.fixture(scope="module")
def found() -> Value:
    return asked()


def test_a_cell_shows_chains_chances_and_the_table_behind_them(found: Value) -> None:
    page = read(Cascade(found)._repr_html_())
    assert len(page.all("svg")) == 3 and not page.all("script")
    rows = {row.all("th")[0].text: row.text for row in page.all("tbody")[0].all("tr")}
    assert "defence of Austria-Hungary (Dual Alliance and Triple Alliance)" in rows["Germany"]
    assert "Obligations are not causes" in page.text


def test_two_outputs_of_one_notebook_share_no_ids(found: Value) -> None:
    other = replace(found, asked=replace(found.asked, target="SRB"))
    ids = [
        {each.attributes["id"] for each in read(show_drawn(one)) if "id" in each.attributes}
        for one in (found, other)
    ]
    assert ids[0] and not ids[0] & ids[1]


def test_a_title_of_the_data_is_no_markup(found: Value) -> None:
    evil = '<img src=x onerror="alert(1)">'
    links = [replace(link, obligation=replace(link.obligation, title=evil)) for link in found.built.duties]
    part = replace(found.part, built=replace(found.built, duties=tuple(links)))
    assert not read(show_drawn(replace(found, part=part))).all("img")


def test_a_figure_shows_itself_and_is_saved(found: Value, tmp_path: Path) -> None:
    figure = Cascade(found).plot("difference", tmp_path / "d.svg")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "d-2.svg", "d-2.svg.alt.txt", "d.svg", "d.svg.alt.txt",
    ]  # fmt: skip
    assert figure.alt.count("How chances of entry") == 2
    shown = figure._repr_html_()
    assert shown.count("<svg") == 2 and "<?xml" not in shown
    ElementTree.fromstring(figure.svg())
    assert repr(figure).startswith("Austria-Hungary attacks the Kingdom of Serbia: without")


def test_a_kind_that_there_is_not_is_told(found: Value) -> None:
    with pytest.raises(Refused, match="network"):
        Cascade(found).plot("pie")
