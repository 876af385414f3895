"""The pages of a room by the last part of their address, in the order of the menu. Nothing else is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from foedus.meeting.access import Sight
from foedus.web.look import Look
from foedus.web.pages import (
    briefs,
    director,
    matter,
    me,
    minutes,
    papers,
    people,
    replay,
    review,
    rollcall,
    screen,
    table,
)
from foedus.web.pages.page import Showing
from foedus.words.speech import marked, say


@dataclass(frozen=True, slots=True)
class Listed:
    """A page in the menu: its title, what makes it, what one has to be allowed to see."""

    title: str
    show: Showing
    sight: Sight = "table"
    menu: bool = True


PAGES: Mapping[str, Listed] = {
    "": Listed(marked("The table"), table.show),
    "rollcall": Listed(marked("Roll call"), rollcall.show, "roll"),
    "matter": Listed(marked("The matter"), matter.show, "matter"),
    "papers": Listed(marked("Papers"), papers.show, "papers"),
    "screen": Listed(marked("The public screen"), screen.show),
    "minutes": Listed(marked("Minutes"), minutes.show, "minutes"),
    "replay": Listed(marked("Replay"), replay.show, "minutes", menu=False),
    "brief": Listed(marked("My brief"), briefs.own, "brief"),
    "people": Listed(marked("People"), people.show, "people"),
    "director": Listed(marked("Direct"), director.show, "injects"),
    "briefs": Listed(marked("Briefs"), briefs.show, "injects", menu=False),
    "review": Listed(marked("Review"), review.show, "review"),
    "me": Listed(marked("My account"), me.show, "table", menu=False),
}


def pages_of(look: Look) -> tuple[tuple[str, str], ...]:
    """The pages that somebody may see, with their titles."""
    return tuple(
        (name, say(each.title))
        for name, each in PAGES.items()
        if each.menu and look.sees(each.sight, look.viewer.seat)
    )
