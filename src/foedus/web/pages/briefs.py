"""Briefs: one's own, with what one has in hand; and, for the director, all of them, to be printed."""

from __future__ import annotations

from foedus.web.look import Look
from foedus.web.pages.page import Page, Part
from foedus.web.parts.brief import brief, paragraphs
from foedus.words.speech import say


def own(look: Look) -> Page:
    """One's own brief."""
    del look
    return Page(say("My brief"), "brief", (Part("brief", brief, "seat"),))


def show(look: Look) -> Page:
    """All briefs, a page of paper for each."""
    seats = [seat for seat in look.room.scenario.seats if look.sees("brief", seat.who)]
    return Page(
        say("Briefs"),
        "briefs",
        values={"seats": seats, "scenario": look.room.scenario, "paragraphs": paragraphs},
        live=False,
    )
