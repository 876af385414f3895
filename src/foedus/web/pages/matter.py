"""The matter: what follows from what was done, the mandate, the sites, the reports."""

from __future__ import annotations

from foedus.web.look import Look
from foedus.web.pages.page import Page, Part
from foedus.web.parts.beside import matter
from foedus.words.speech import say

PARTS = (Part("beside", matter),)


def show(look: Look) -> Page:
    """The page of the matter."""
    del look
    return Page(say("The matter"), "matter", PARTS, kept=True)
