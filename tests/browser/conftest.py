"""Pages in a real browser (`browser` of tests/conftest.py). A page that asks for anything outside itself,
or that writes a warning or an error to the console, fails the test that opened it."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from foedus.report.html.show import show_page
from foedus.words.speech import speaking
from tests.browser.cases import assessed

Opening = Callable[..., Page]


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """The file of a dossier's page, written once."""
    folder = tmp_path_factory.mktemp("pages")

    def write(name: str, language: str = "en") -> Path:
        path = folder / f"{name}.{language}.html"
        if not path.exists():
            with speaking(language):
                path.write_text(show_page(assessed(name)), encoding="utf-8")
        return path

    return write


@pytest.fixture
def opened(browser: Browser, written: Callable[..., Path]) -> Generator[Opening]:
    """Opens a dossier's page: `opened("raid", query="?suppose=…", width=320, …)`; the further names are
    those of Playwright's `new_context`."""
    complaints: list[str] = []
    contexts: list[Any] = []

    def open_page(
        name: str = "raid",
        query: str = "",
        width: int = 1280,
        height: int = 900,
        language: str = "en",
        **more: Any,
    ) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **more)
        contexts.append(context)
        page: Page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda said: _note(complaints, said.type, said.text))
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on("request", lambda request: _local(complaints, request.url))
        page.goto(written(name, language).as_uri() + query)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints


def _note(complaints: list[str], kind: str, text: str) -> None:
    if kind in ("error", "warning"):
        complaints.append(f"console, {kind}: {text}")


def _local(complaints: list[str], url: str) -> None:
    if not url.startswith(("file:", "data:")):
        complaints.append(f"asked for {url}")
