"""The pages of people, the director, briefs and the review in a real browser, narrow and wide, light and dark."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.test_reach import faults, overflow
from tests.web.browser.conftest import Entering
from tests.web.browser.served import Served

pytestmark = pytest.mark.needs_chromium

SHOTS = os.environ.get("FOEDUS_SHOTS", "")
"""A folder to which pictures of the pages are written, to be looked at."""

PAGES = [
    ("director", "", "director"), ("director", "", "people"), ("director", "", "briefs"), ("director", "", "review"),
    ("head", "BOR", "brief"), ("head", "BOR", "people"), ("head", "BOR", "me"), ("head", "BOR", "review"),
]  # fmt: skip


def begun(hall: Served) -> None:
    """Something has happened: a meeting, a speech, a refusal."""
    hall.acts("meet", "chair", what="open")
    hall.acts("ask", "BOR", what="speech")
    hall.acts("floor", "chair", whom="BOR")
    hall.acts("yield", "BOR")
    hall.acts("step", "ARV", step="ask", **{"terms.host": "ARV", "terms.i": "marn"})


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_amiss_in_any_page(hall: Served, entered_as: Entering, width: int) -> None:
    begun(hall)
    for number, (role, seat, name) in enumerate(PAGES):
        scheme = "dark" if number % 2 else "light"
        page = entered_as(role, seat, at=name, width=width, color_scheme=scheme)  # type: ignore[arg-type]
        page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true })")
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"{name}-{role}-{width}.png", full_page=True)
        assert overflow(page) == [], (name, role)
        assert faults(page) == [], (name, role)
        page.close()


def test_codes_are_made_with_pictures_and_the_keyboard_is_enough(hall: Served, entered_as: Entering) -> None:
    page = entered_as("secretary", "secretary", at="people", width=390)
    page.get_by_label("Role", exact=True).select_option("adviser")
    page.get_by_label("Delegation, for the roles that have one").select_option("BOR")
    page.get_by_label("How many", exact=True).fill("2")
    page.get_by_role("button", name="Make codes").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#new-codes")
    assert page.locator("code.code").count() == 2
    assert page.locator("svg.qr").count() == 2
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / "codes-390.png", full_page=True)
    assert overflow(page) == []
    assert faults(page) == []


def test_the_director_runs_the_clock_and_has_news_come(hall: Served, entered_as: Entering) -> None:
    page = entered_as("director", "", at="director")
    page.get_by_label("Seconds of the room in one on the wall").fill("900")
    page.get_by_role("button", name="Let it run").click()
    page.get_by_text("it runs 900 times as fast").wait_for()
    page.get_by_role("button", name="Pause it").click()
    page.get_by_text("it stands still").wait_for()
    page.locator("#new-title").fill("A dog barks")
    page.get_by_role("button", name="Tell the room").click()
    expect(page.locator("#new-title")).to_have_value("")
    assert any(each.inject is not None and each.inject.title == "A dog barks" for each in hall.room.entries)
    page.locator("#inject-2").get_by_role("button", name="Let it come now").click()
    page.locator("#inject-2").get_by_text("has come").wait_for()
