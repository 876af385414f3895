"""A vote as one takes part in it: by keyboard alone, with a screen reader, without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.conftest import Entering
from tests.web.browser.served import Served
from tests.web.browser.session import proposed

pytestmark = pytest.mark.needs_chromium


def votes(hall: Served, ballot: str) -> dict[str, str]:
    return dict(hall.room.standing.state.ballots[ballot].said)


def tab_to(page: Page, words: str, most: int = 80) -> None:
    """On by the Tab key until what has these words has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if words == page.evaluate("document.activeElement.textContent.trim()"):
            return
    raise AssertionError(f"the Tab key does not lead to {words}")


def to_a_vote(hall: Served) -> None:
    """The silence on Einmar's amendment is broken, so that it can be voted on."""
    proposed(hall)
    hall.acts("open", "chair", proposal="p2", until__hours="24")
    hall.acts("object", "CAD", ballot="b1")
    hall.acts("close", "chair", ballot="b1")


def test_a_vote_is_heard_when_it_opens_and_when_it_is_closed(hall: Served, entered_as: Entering) -> None:
    to_a_vote(hall)
    page = entered_as("observer")
    expect(page.locator("#state")).to_have_text("Connected")
    hall.acts("open", "chair", proposal="p2", way="1")
    expect(page.locator("#said")).to_contain_text("The vote is open: b2")
    hall.acts("vote", "FEN", ballot="b2", status="for")
    expect(page.locator("#ballot-b2-count")).to_contain_text("1 of 6")
    expect(page.locator("#said")).to_contain_text("The vote is open: b2")
    for who in ("ARV", "BOR", "CAD", "DUN", "EIN"):
        hall.acts("vote", who, ballot="b2", status="against")
    hall.acts("close", "chair", ballot="b2")
    expect(page.locator("#said")).to_contain_text("The vote is closed: b2")
    expect(page.locator("#said")).to_contain_text("not adopted")


def test_a_roll_is_called_by_keyboard_alone(hall: Served, entered_as: Entering) -> None:
    to_a_vote(hall)
    hall.acts("manner", "chair", ballot="b2", what="roll call", whom="ARV")
    fenland = entered_as("head", "FEN")
    hall.acts("open", "chair", proposal="p2", way="1")
    expect(fenland.locator("#needs")).to_contain_text("b2")
    for who in ("ARV", "BOR", "CAD", "DUN", "EIN"):
        hall.acts("vote", who, ballot="b2", status="for")
    expect(fenland.locator("#ballot-b2-count")).to_contain_text("5 of 6")
    tab_to(fenland, "For")
    fenland.keyboard.press("Enter")
    expect(fenland.locator("#needs")).to_contain_text("You voted for it")
    assert votes(hall, "b2")["FEN"] == "for"
    where = fenland.evaluate("document.activeElement.closest('#needs') !== null")
    assert where, "the focus has not gone astray"
    chair = entered_as("chair", "chair")
    tab_to(chair, "Close b2 …")
    chair.keyboard.press("Enter")
    tab_to(chair, "Close b2 now")
    chair.keyboard.press("Enter")
    expect(fenland.locator("#said")).to_contain_text("The vote is closed: b2")
    assert hall.room.standing.state.ballots["b2"].came is not None


def test_the_focus_stays_while_others_vote(hall: Served, entered_as: Entering) -> None:
    to_a_vote(hall)
    hall.acts("open", "chair", proposal="p2", way="1")
    page = entered_as("head", "FEN")
    page.get_by_text("Say why, before you vote").click()
    why = page.locator("#vote-b2-FEN-text")
    why.fill("We have waited long enough.")
    why.evaluate("each => each.setSelectionRange(3, 7)")
    for who in ("ARV", "BOR", "CAD"):
        hall.acts("vote", who, ballot="b2", status="for")
    expect(page.locator("#ballot-b2-count")).to_contain_text("3 of 6")
    expect(why).to_be_focused()
    expect(why).to_have_value("We have waited long enough.")
    assert why.evaluate("each => [each.selectionStart, each.selectionEnd]") == [3, 7]
    for who in ("DUN", "EIN", "FEN"):
        hall.acts("vote", who, ballot="b2", status="for")
    hall.acts("close", "chair", ballot="b2")
    expect(page.locator("#said")).to_contain_text("The vote is closed: b2")
    expect(why).to_have_value("We have waited long enough.")
    expect(page.locator(".passed")).to_be_visible()


def test_a_vote_is_cast_without_scripts(hall: Served, entered_as: Entering) -> None:
    to_a_vote(hall)
    hall.acts("open", "chair", proposal="p2", way="1")
    page = entered_as("head", "FEN", java_script_enabled=False)
    page.get_by_role("button", name="For", exact=True).click()
    expect(page.locator("#needs")).to_contain_text("You voted for it")
    assert votes(hall, "b2") == {"FEN": "for"}
    page.get_by_role("button", name="Against", exact=True).click()
    expect(page.locator("#needs")).to_contain_text("You voted against it")
    assert votes(hall, "b2") == {"FEN": "against"}


def test_what_is_not_in_order_is_said_without_scripts(hall: Served, entered_as: Entering) -> None:
    to_a_vote(hall)
    hall.acts("open", "chair", proposal="p2", way="1")
    page = entered_as("head", "FEN", java_script_enabled=False)
    for who in ("ARV", "BOR", "CAD", "DUN", "EIN", "FEN"):
        hall.acts("vote", who, ballot="b2", status="for")
    hall.acts("close", "chair", ballot="b2")
    page.get_by_role("button", name="For", exact=True).click()
    expect(page.get_by_role("alert")).not_to_be_empty()
    page.reload()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_vote_on_the_screen_is_counted_or_hidden(hall: Served, entered_as: Entering) -> None:
    to_a_vote(hall)
    hall.acts("manner", "chair", ballot="b2", what="recorded", hidden="yes")
    screen = entered_as("screen")
    hall.acts("open", "chair", proposal="p2", way="1")
    hall.acts("vote", "FEN", ballot="b2", status="against")
    expect(screen.locator("#wall-b2")).to_contain_text("Hidden until it is closed: 1 of 6 have voted.")
    expect(screen.locator("#wall-b2 .tally")).to_have_count(0)
    assert "FEN" not in screen.locator("#wall").inner_html()
    for who in ("ARV", "BOR", "CAD", "DUN", "EIN"):
        hall.acts("vote", who, ballot="b2", status="for")
    hall.acts("close", "chair", ballot="b2")
    expect(screen.locator("#wall-done-b2")).to_contain_text("adopted")
    hall.acts("open", "chair", proposal="p1", until__hours="24")
    hall.acts("object", "CAD", ballot="b3")
    expect(screen.locator("#wall-b3")).to_contain_text("Objection by Cadria (CAD).")
    hall.acts("close", "chair", ballot="b3")
    hall.acts("open", "chair", proposal="p1", way="1")
    hall.acts("vote", "FEN", ballot="b4", status="for")
    expect(screen.locator("#wall-b4 .tally .for .number")).to_have_text("1")
    expect(screen.locator("#wall-b4 .tally .for .who")).to_have_text("Fenland (FEN)")
    expect(screen.locator("#wall-b4 .tally .against .number")).to_have_text("0")
