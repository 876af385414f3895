"""The roll: members are called one by one, and what they say aloud is entered; who is at the table."""

from __future__ import annotations

from foedus.web.look import Look
from foedus.web.pages.page import Page, Part
from foedus.web.parts.calling import calling, presence
from foedus.words.speech import say

PARTS: tuple[Part, ...] = (Part("calling", calling), Part("presence", presence))


def show(look: Look) -> Page:
    """The page of the roll."""
    del look
    return Page(say("Roll call"), "rollcall", PARTS)
