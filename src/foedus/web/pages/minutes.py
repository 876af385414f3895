"""The minutes as they are taken: every entry in a line, by meeting and day, with what may be handed on."""

from __future__ import annotations

from foedus.web.look import Look
from foedus.web.pages.page import Page, Part
from foedus.web.parts.files import files
from foedus.web.parts.journal import choosing, decisions, journal, marks
from foedus.web.parts.own_votes import keeping, own_votes
from foedus.words.speech import say


def show(look: Look) -> Page:
    """The page of the minutes. What everybody reads is kept for all; what somebody chose from it is not."""
    of = "person" if look.query else "shared"
    parts = (
        Part("choosing", choosing, of),
        Part("own_votes", own_votes, "person"),
        Part("journal", journal, of),
        Part("decisions", decisions),
        Part("marks", marks),
        Part("keeping", keeping, "person"),
        Part("files", files, "person"),
    )
    return Page(say("Minutes"), "minutes", parts)
