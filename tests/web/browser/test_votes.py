"""Voting in real browsers: what one says the others see, and what somebody is writing meanwhile stays."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.web.browser.conftest import Entering
from tests.web.browser.served import Served
from tests.web.live import MANDATE

pytestmark = pytest.mark.needs_chromium


@pytest.fixture
def moved(hall: Served) -> Served:
    """Borland has moved to send the Ward, and the meeting is open."""
    hall.waited(lambda: hall.room.inject(hall.room.scenario.injects[0], 0))
    hall.acts("meet", "chair", what="open")
    hall.acts("step", "ARV", step="ask", terms__host="ARV", terms__i="marn")
    hall.acts("step", "chair", step="consult")
    hall.acts(
        "propose", "BOR", step="decide", terms__host="ARV", text="The Ward goes to Marn.",
        parts__1="The Council sends the Ward to Marn.", parts__2="The Ward guards the dam.", **MANDATE,
    )  # fmt: skip
    return hall


def put(hall: Served) -> None:
    """The silence was broken, and it is put to the vote."""
    hall.acts("open", "chair", proposal="p1", until__hours="24")
    hall.acts("object", "CAD", ballot="b1", text="Not like this.")
    hall.acts("close", "chair", ballot="b1")
    hall.acts("open", "chair", proposal="p1", way="1")


def test_a_vote_is_one_click_and_seen_by_all(moved: Served, entered_as: Entering) -> None:
    one, other = entered_as("head", "BOR"), entered_as("head", "CAD", width=320)
    expect(one.locator("#needs-none")).to_be_visible()
    put(moved)
    expect(other.locator("#vote-b2-CAD-for")).to_be_visible()
    one.click("#vote-b2-BOR-for")
    expect(one.locator("#vote-b2-BOR-for")).to_have_attribute("aria-pressed", "true")
    expect(other.locator("#ballot-b2-heard")).to_have_text("1: for: Borland (BOR)")
    other.click("#vote-b2-CAD-against")
    expect(one.locator("#ballot-b2-heard")).to_contain_text("against: Cadria (CAD)")
    assert other.evaluate("document.documentElement.scrollWidth") <= 320


def test_what_is_half_written_stays(moved: Served, entered_as: Entering) -> None:
    page = entered_as("head", "EIN")
    page.click("#allowed-amend-p1-EIN > summary")
    text = page.locator("#allowed-amend-p1-EIN-parts-2")
    text.fill("The Ward guards the dam by night.")
    moved.acts(
        "amend",
        "BOR",
        proposal="p1",
        parts__1="The Council sends the Ward to Marn at once.",
        parts__2="It guards.",
    )
    expect(page.locator("#clauses-p1")).to_contain_text("at once")
    expect(text).to_have_value("The Ward guards the dam by night.")
    expect(text).to_be_focused()
    # A clause that nobody has touched is the newest: sent as it was, it would take the other's change back.
    expect(page.locator("#allowed-amend-p1-EIN-parts-1")).to_have_value(
        "The Council sends the Ward to Marn at once."
    )
    page.click("#allowed-amend-p1-EIN-do")
    expect(page.locator("#proposal-p3")).to_contain_text("by night")
    assert moved.room.standing.state.proposals["p3"].parts == {"2": "The Ward guards the dam by night."}


def test_an_objection_needs_two_steps_and_says_why(moved: Served, entered_as: Entering) -> None:
    page = entered_as("head", "CAD")
    moved.acts("open", "chair", proposal="p1", until__hours="24")
    expect(page.locator("#vote-b1-CAD-object-do")).to_be_hidden()
    page.click("#vote-b1-CAD-object > summary")
    page.fill("#vote-b1-CAD-object-text", "Not like this.")
    page.click("#vote-b1-CAD-object-do")
    expect(page.locator("#ballot-b1-broken")).to_contain_text("Not like this.")


def test_the_roll_is_called_by_the_keyboard_alone(moved: Served, entered_as: Entering) -> None:
    put(moved)
    moved.acts("manner", "chair", ballot="b2", what="roll call", whom="DUN")
    page = entered_as("secretary", "secretary", at="rollcall", width=320)
    now = page.locator("#roll-b2-now")
    expect(now).to_have_text("Called now: Dunmark (DUN)")
    while page.evaluate("document.activeElement.id") != "roll-b2-for":
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(now).to_have_text("Called now: Einmar (EIN)")
    expect(page.locator("#roll-b2-for")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(now).to_have_text("Called now: Fenland (FEN)")
    assert moved.room.standing.state.ballots["b2"].said == {"DUN": "for", "EIN": "against"}
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
