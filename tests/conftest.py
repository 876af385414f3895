"""What holds for every test: the search for counterexamples, and tools that a machine may lack.

A test that needs more than Python says so with a marker (`needs_java`, …). Where the tool is absent the test
is skipped with the reason; under FOEDUS_CI=1 it fails instead, so that CI never passes by leaving things out.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Generator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

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


FLAGS = (
    "--no-sandbox",  # a container has no rights to make one; the pages are our own
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""How a Chromium is started."""


def search_path() -> str:
    """Where programs are looked for: PATH, and the folders where Debian keeps PostgreSQL's."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return os.pathsep.join([os.environ.get("PATH", ""), *map(str, versions)])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None]:
    _tools(item)
    return (yield from _without_the_browsers_loop(item))


def _tools(item: pytest.Item) -> None:
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


def _without_the_browsers_loop(item: pytest.Item) -> Generator[None]:
    """Playwright's loop counts as running for as long as its browser is open: a test that has nothing to do with it may
    have one of its own all the same."""
    running = asyncio._get_running_loop()
    hidden = running is not None and "browser" not in getattr(item, "fixturenames", ())
    if hidden:
        asyncio._set_running_loop(None)
    try:
        yield
    finally:
        if hidden:
            asyncio._set_running_loop(running)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    return (yield from _without_the_browsers_loop(item))


@pytest.fixture(scope="session")
def browser() -> Generator[Browser]:
    """A real browser, opened once for all tests of a worker: Playwright has one loop, and a second cannot begin."""
    from playwright.sync_api import sync_playwright

    program = next(p for name in TOOLS["needs_chromium"] if (p := shutil.which(name, path=search_path())))
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield started
        started.close()
