"""The notebook for researchers runs with files and without, and says of July 1914 what the rounds come to."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

import foedus
from foedus.sources.shelf import shelf
from tests.cli.test_docs import DOCS, steps
from tests.notebook.test_tutorial import ROOT, cell, shown
from tests.sources.files import COMMITMENTS, written
from tests.sources.samples import ALLIANCES

NOTEBOOK = ROOT / "docs" / "panel.ipynb"

WARS = (
    "WarNum,WarName,ccode,StateName,Side,StartMonth1,StartDay1,StartYear1,EndMonth1,EndDay1,EndYear1,Version\n"
    "106,World War I,345,Serbia,2,7,29,1914,11,11,1918,4\n"
    "106,World War I,300,Austria-Hungary,1,7,29,1914,11,3,1918,4\n"
    "106,World War I,255,Germany,1,8,1,1914,11,11,1918,4\n"
    "901,Marsh War,200,United Kingdom,1,8,1,1901,11,11,1902,4\n"
)
"""COW's form: three states of the war of 1914, as its page has their days, and a war that never was."""


def executed(notebook: Any, here: Path, data: Path, upto: int | None = None) -> Any:
    """The notebook as a reader's own kernel leaves it, or its first cells."""
    notebook.cells = notebook.cells[:upto]
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "IPYTHONDIR": str(here / "ipython"),
        "FOEDUS_DATA": str(data),
    }
    NotebookClient(notebook, timeout=120, kernel_name="python3", allow_errors=False).execute(
        cwd=str(here), env=env
    )
    return notebook


def written_notebook() -> Any:
    return nbformat.read(NOTEBOOK, as_version=4)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that keeps small files of our own in each form."""
    here = tmp_path_factory.mktemp("files")
    texts = {step[0]: step[1] for step in steps(DOCS / "tutorial-research.md") if isinstance(step, tuple)}
    files = {**texts, "alliances.csv": ALLIANCES, "wars.csv": WARS, "honoured.csv": COMMITMENTS}
    for name, text in files.items():
        shelf(here / "kept").add(written(here, name, text))
    return here / "kept"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, data: Path) -> Any:
    return executed(written_notebook(), tmp_path_factory.mktemp("reader"), data)


def said(each: Any) -> str:
    return shown(each, "text/plain") + "".join(o.text for o in each.outputs if o.output_type == "stream")


def test_with_files_every_cell_shows_something_and_none_says_that_a_file_is_missing(run: Any) -> None:
    code = [each for each in run.cells if each.cell_type == "code"]
    assert not [each.source for each in code if not said(each)]
    assert not [each.source for each in code if "Not kept here" in said(each)]
    assert not [o for each in code for o in each.outputs if getattr(o, "name", "stdout") != "stdout"]


def test_without_files_cells_say_which_are_missing(tmp_path: Path) -> None:
    notebook = written_notebook()
    pages = next(n for n, each in enumerate(notebook.cells) if "treaties_alone =" in each.source)
    done = executed(notebook, tmp_path, tmp_path / "nothing", pages)
    code = [each for each in done.cells if each.cell_type == "code"]
    guarded = [each for each in code if each.source.startswith("lacking(")]
    assert len(guarded) > 8
    assert {each.source for each in guarded if "Not kept here" not in said(each)} == set()
    assert "No data set is kept" in said(code[0])


def table(each: Any) -> list[list[str]]:
    """The cells of a frame as it is printed, row by row."""
    rows = [line.strip("│").split("┆") for line in said(each).splitlines() if "┆" in line]
    return [[part.strip() for part in row] for row in rows[3:]]


def test_what_the_text_says_of_treaties_alone_is_so(run: Any) -> None:
    obliged = {where: states for happened, where, states in table(cell(run, "def beside"))}
    assert obliged["some"] == "DEU FRA ITA RUE"
    assert "all" not in obliged
    nearest = table(cell(run, "nearest ="))
    assert {where for _, where, _ in nearest} == {"none"}


def test_what_the_text_says_of_plans_and_of_single_treaties_is_so(run: Any) -> None:
    assert ["entered", "all", "FRA"] in table(cell(run, 'beside(with_plans, "obliged_in")'))
    found = {
        (plans, without): (every, some) for plans, without, every, some in table(cell(run, "def at_war"))
    }
    whole = found["all", "nothing"]
    assert set(whole[0].split()) == {"BEL", "DEU", "FRA", "RUE"}
    assert set(whole[1].split()) - set(found["all", "Belgium 1839"][1].split()) == {"GBR", "JPN"}
    assert found["all", "the convention"] == whole
    assert found["none", "the convention"] == ("", "")
    [britain] = [row for row in foedus.course(plans=True) if row["state"] == "GBR"]
    obliged, at_war, strata = (britain[name] for name in ("obliged", "at_war", "strata"))
    assert isinstance(obliged, int)
    assert isinstance(strata, int)
    assert 0 < obliged < strata
    assert at_war == obliged
