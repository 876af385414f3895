"""Pages of a room in a real browser (`browser` of tests/conftest.py), from a real server on a port of its own.

- `scenario`: a test that wants another has it by `@pytest.mark.parametrize("scenario", ["kazakhstan-2022"])`
- `hall`: the server with its room; `hall.does(token, kind, by, **fields)` sends a deed or an act over HTTP,
  `hall.acts(kind, by, **fields)` gives it to the room directly, `hall.room.standing` is where it stands
- `entered_as(role, seat, **options)`: a browser of one's own that is in already, at the table

A page that asks for anything elsewhere, breaks the content-security policy, or writes a warning or an error to the
console fails the test that opened it. A deed that is refused (409) is no fault of the page's.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

from foedus.meeting.viewer import Role
from tests.web.browser.served import Served

expect.set_options(
    timeout=20_000
)  # a slow machine is no fault of the page's: this is only for what never comes
REFUSED = re.compile(r"Failed to load resource: the server responded with a status of 409")


class Entering(Protocol):
    """Opens a browser for somebody new in the room, at a page of it. `at`: the page; `token`: of somebody who is in
    already; `may_say`: complaints that the test brings about. The rest is for Playwright's `new_context`."""

    def __call__(
        self, role: Role, seat: str = "", *, name: str = "", at: str = "", language: str = "en", token: str = "",
        width: int = 1280, height: int = 800, may_say: str = "", **options: Any,
    ) -> Page: ...  # fmt: skip


@pytest.fixture
def scenario() -> str:
    """Of the room."""
    return "six-valleys"


@pytest.fixture
def pace() -> int:
    """Seconds of the room in one on the wall."""
    return 1


@pytest.fixture
def hall(tmp_path: Path, scenario: str, pace: int) -> Generator[Served]:
    """A server with one room, for one test."""
    made = Served(tmp_path, scenario, pace)
    yield made
    made.end()


class Watch:
    """Listens to what pages complain of."""

    def __init__(self) -> None:
        self.complaints: list[str] = []

    def over(self, page: Page, base: str, may_say: str = "") -> None:
        """From now on, to one page."""
        allowed = re.compile(may_say) if may_say else None

        def note(words: str) -> None:
            if not REFUSED.search(words) and not (allowed and allowed.search(words)):
                self.complaints.append(words)

        def said(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                note(f"{message.type}: {message.text}")

        def asked(request: Request) -> None:
            if not request.url.startswith((base + "/", "data:")):
                note(f"asked for {request.url}")

        page.on("console", said)
        page.on("pageerror", lambda error: note(f"error: {error}"))
        page.on("request", asked)


@pytest.fixture
def watch() -> Generator[Watch]:
    """For pages that a test opens by itself."""
    made = Watch()
    yield made
    assert not made.complaints


@pytest.fixture
def entered_as(browser: Browser, hall: Served, watch: Watch) -> Generator[Entering]:
    """Opens browsers for people in the room, and closes them when the test is over."""
    contexts: list[BrowserContext] = []

    def enter(
        role: Role, seat: str = "", *, name: str = "", at: str = "", language: str = "en", token: str = "",
        width: int = 1280, height: int = 800, may_say: str = "", **options: Any,
    ) -> Page:  # fmt: skip
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        context.add_cookies([hall.cookie(token or hall.joined(role, seat, name, language))])  # type: ignore[list-item]
        context.on("page", lambda page: watch.over(page, hall.base, may_say))
        page = context.new_page()
        page.goto(hall.address(at))
        return page

    yield enter
    for context in contexts:
        context.close()
