"""The table: the page on which a session is held. Its parts are put together here, each from a module of its own."""

from __future__ import annotations

from foedus.web.look import Look
from foedus.web.pages.page import Page, Part
from foedus.web.parts.standing import standing
from foedus.words.speech import say

PARTS: tuple[Part, ...] = (Part("standing", standing),)
"""In the order in which a narrow screen has them."""


def show(look: Look) -> Page:
    """The page of the table."""
    del look
    return Page(say("The table"), "table", PARTS, kept=True)
