"""Where the meeting and the matter stand, in a few lines at the top of the table."""

from __future__ import annotations

from foedus.council.position import stages_of
from foedus.meeting.clock import room_time
from foedus.web.look import Look
from foedus.web.pages.page import Filling


def standing(look: Look) -> Filling:
    """The room's time, the sitting, the stage of each track that is of nobody in particular."""
    pace = look.debate.pace
    running = pace is not None and pace.running
    tracks = [
        (track.title or track.name, stage)
        for key, track, stage in stages_of(look.rules, look.state, look.now)
        if " of " not in key
    ]
    return {
        "sitting": look.debate.sitting,
        "meeting": look.debate.meeting,
        "tracks": tracks,
        "time": room_time(pace, look.real),
        "pace": (pace.pace if running else 0) if pace is not None else 1,
    }
