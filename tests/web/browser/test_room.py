"""A room as browsers have it: what one does all see, at once and without asking."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.web.browser.conftest import Entering
from tests.web.browser.served import Served

pytestmark = pytest.mark.needs_chromium


def test_one_comes_to_the_table(hall: Served, entered_as: Entering) -> None:
    page = entered_as("head", "ARV", name="Asel")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("#top")).to_contain_text("Asel")
    size = hall.room.standing.size
    expect(page.locator("body")).to_have_attribute("data-entry", str(size))
