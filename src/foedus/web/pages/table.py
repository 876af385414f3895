"""The table: the page on which a session is held. Its parts are put together here, each from a module of its own."""

from __future__ import annotations

from foedus.web.look import Look
from foedus.web.pages.page import Page, Part
from foedus.web.parts.allowed import allowed
from foedus.web.parts.ballots import ballots
from foedus.web.parts.desk import desk
from foedus.web.parts.needs import needs
from foedus.web.parts.proposals import proposals
from foedus.web.parts.seats import seats
from foedus.web.parts.standing import standing
from foedus.words.speech import say

PARTS: tuple[Part, ...] = (
    Part("standing", standing),
    Part("needs", needs, "seat"),
    Part("desk", desk),
    Part("ballots", ballots),
    Part("proposals", proposals),
    Part("allowed", allowed, "seat"),
    Part("seats", seats),
)
"""In the order in which a narrow screen has them."""


def show(look: Look) -> Page:
    """The page of the table."""
    del look
    return Page(say("The table"), "table", PARTS, kept=True)
