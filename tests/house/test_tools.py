"""A test that needs an absent tool is skipped with its reason here, and is an error in CI."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.files import ROOT

CASE = """
import pytest

@pytest.mark.needs_java
def test_compared_with_the_reference():
    pass
"""


@pytest.mark.parametrize(("ci", "outcome"), [("0", "1 skipped"), ("1", "1 error")])
def test_an_absent_tool(ci: str, outcome: str, tmp_path: Path) -> None:
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n  needs_java: stands for every tool\n")
    (tmp_path / "test_case.py").write_text(CASE)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-rs", "-p", "no:cacheprovider", str(tmp_path)],
        cwd=tmp_path,
        env={"PATH": str(tmp_path), "FOEDUS_CI": ci, "HOME": os.environ.get("HOME", "")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome in done.stdout
    assert "none of java is installed" in done.stdout
