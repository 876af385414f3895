"""Where the meeting and the matter stand, in a few lines at the top of the table."""

from __future__ import annotations

from foedus.council.position import stages_of
from foedus.web.look import Look
from foedus.web.pages.page import Filling


def standing(look: Look) -> Filling:
    """The item that is debated, the stage of each track that is of nobody in particular, and what runs out next."""
    debate = look.debate
    tracks = [
        (track.title or track.name, stage)
        for key, track, stage in stages_of(look.rules, look.state, look.now)
        if " of " not in key
    ]
    return {"item": debate.items.get(debate.item), "tracks": tracks}
