"""The public screen: the room from afar, for a projector."""

from __future__ import annotations

from foedus.web.look import Look
from foedus.web.pages.page import Page, Part
from foedus.web.parts.wall import wall
from foedus.words.speech import say


def show(look: Look) -> Page:
    """The page for a projector."""
    del look
    return Page(say("The public screen"), "screen", (Part("wall", wall),), kept=True)
