"""The order of the rooms is enforced: a stray module and an import upwards are both refused."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.house.files import ROOT


def lint(source: Path) -> subprocess.CompletedProcess[str]:
    """Runs the contract of pyproject.toml on the rooms under `source`."""
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    arguments = ["--config", str(ROOT / "pyproject.toml"), "--no-cache"]
    return subprocess.run(
        [sys.executable, "-c", command, *arguments],
        cwd=source,
        env=os.environ | {"PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=False,
    )


def house(folder: Path) -> Path:
    """A copy of the house that a test may spoil."""
    copy = folder / "src"
    shutil.copytree(ROOT / "src", copy, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


def test_the_house_is_in_order(tmp_path: Path) -> None:
    done = lint(house(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 kept, 0 broken" in done.stdout


def test_a_stray_module_is_refused(tmp_path: Path) -> None:
    source = house(tmp_path)
    (source / "foedus" / "attic.py").write_text('"""Has no place."""\n')
    done = lint(source)
    assert done.returncode != 0
    assert "attic" in done.stdout


def test_an_import_upwards_is_refused(tmp_path: Path) -> None:
    source = house(tmp_path)
    (source / "foedus" / "diagnostics" / "upstairs.py").write_text("import foedus.report\n")
    done = lint(source)
    assert done.returncode != 0
    assert "foedus.diagnostics" in done.stdout


def test_neighbours_do_not_know_each_other(tmp_path: Path) -> None:
    source = house(tmp_path)
    (source / "foedus" / "lang" / "window.py").write_text("import foedus.engines\n")
    done = lint(source)
    assert done.returncode != 0
    assert "foedus.lang" in done.stdout
