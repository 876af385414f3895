"""The tutorial notebook runs from its first cell to its last, and is kept as it was written: without outputs."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

import foedus

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "docs" / "notebook.ipynb"


NOTEBOOKS = sorted((ROOT / "docs").glob("*.ipynb"))


def written(path: Path = NOTEBOOK) -> Any:
    return nbformat.read(path, as_version=4)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The notebook as a reader's own kernel leaves it, in a folder with nothing else in it."""
    notebook = written()
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "IPYTHONDIR": str(tmp_path_factory.mktemp("ipython")),
    }
    client = NotebookClient(notebook, timeout=120, kernel_name="python3", allow_errors=False)
    client.execute(cwd=str(tmp_path_factory.mktemp("reader")), env=env)
    return notebook


def shown(cell: Any, kind: str) -> str:
    return "".join(output["data"].get(kind, "") for output in cell.outputs if "data" in output)


def cell(notebook: Any, begins: str) -> Any:
    [found] = [c for c in notebook.cells if c.cell_type == "code" and c.source.startswith(begins)]
    return found


def test_every_cell_that_shows_something_shows_it_as_html_or_text(run: Any) -> None:
    code = [c for c in run.cells if c.cell_type == "code"]
    assert len(code) > 12
    assert not [c.source for c in code if not c.outputs]
    warned = [o.text for c in code for o in c.outputs if o.output_type == "stream"]
    assert not warned


def test_the_answer_is_the_one_that_was_given_here(run: Any) -> None:
    answer = foedus.assess("kazakhstan-2022")
    assert shown(cell(run, "import foedus"), "text/html") == answer._repr_html_()
    assert shown(cell(run, "import foedus"), "text/plain") == repr(answer)
    moved = answer.suppose(directed="no").moved
    assert moved
    assert shown(cell(run, "supposed = "), "text/html") == moved._repr_html_()


def test_a_mistake_is_told_without_a_traceback(run: Any) -> None:
    [output] = cell(run, 'foedus.assess("kazakstan-2022")').outputs
    assert output.output_type == "error"
    with pytest.raises(foedus.Refused) as refused:
        foedus.assess("kazakstan-2022")
    assert "\n".join(output.traceback) == str(refused.value)
    assert "Did you mean `kazakhstan-2022`?" in str(refused.value)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_it_is_kept_without_outputs(path: Path) -> None:
    notebook = written(path)
    nbformat.validate(notebook)
    for each in notebook.cells:
        if each.cell_type == "code":
            assert not each.outputs, each.source
            assert each.execution_count is None, each.source
        assert set(each.metadata) <= {"tags"}
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert notebook.metadata.language_info == {"name": "python"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_it_is_kept_as_it_would_be_written_again(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text), indent=1, ensure_ascii=False) + "\n"
