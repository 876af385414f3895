"""What holds for every test: the search for counterexamples, and tools that a machine may lack.

A test that needs more than Python says so with a marker (`needs_java`, …). Where the tool is absent the test
is skipped with the reason; under FOEDUS_CI=1 it fails instead, so that CI never passes by leaving things out.
"""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import settings

CI = os.environ.get("FOEDUS_CI") == "1"

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if CI else "here")

TOOLS: dict[str, tuple[str, ...]] = {
    "needs_chromium": ("chromium", "chromium-browser", "google-chrome"),
    "needs_poppler": ("pdftotext",),
    "needs_postgresql": ("initdb",),
    "needs_java": ("java",),
    "needs_spark": ("java",),
}
"""Each marker with the programs of which one must be there."""

LIBRARIES = {"needs_spark": "pyspark"}
"""Each marker with the library that must be there too."""


def search_path() -> str:
    """Where programs are looked for: PATH, and the folders where Debian keeps PostgreSQL's."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return os.pathsep.join([os.environ.get("PATH", ""), *map(str, versions)])


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker, programs in TOOLS.items():
        if item.get_closest_marker(marker) is None:
            continue
        library = LIBRARIES.get(marker)
        reason = ""
        if not any(shutil.which(program, path=search_path()) for program in programs):
            reason = f"{marker}: none of {', '.join(programs)} is installed"
        elif library and find_spec(library) is None:
            reason = f"{marker}: the library {library} is not installed"
        if reason:
            if CI:
                pytest.fail(f"{reason}; .ci/run must install it", pytrace=False)
            pytest.skip(reason)
