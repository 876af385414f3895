"""Where the matter and the meeting stood after one entry, and the way from entry to entry."""

from __future__ import annotations

from foedus.web.look import Look
from foedus.web.pages.page import Page, Part
from foedus.web.parts.steps import moment_then, steps
from foedus.words.speech import say


def show(look: Look) -> Page:
    """The page of the replay. It shows the past, and is not fetched anew."""
    del look
    parts = (Part("then", moment_then, "person"), Part("steps", steps, "person"))
    return Page(say("Replay"), "replay", parts, live=False)
