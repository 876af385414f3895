"""Where the meeting and the matter stand, in a few lines at the top of the table, and what comes next."""

from __future__ import annotations

from foedus.council.position import stages_of
from foedus.exercise.scenario import Inject
from foedus.web.look import Look
from foedus.web.pages.page import Filling
from foedus.web.parts.offers import next_ones
from foedus.words.speech import say


def standing(look: Look) -> Filling:
    """The item that is debated, the newest from outside, the stage of each track that is of nobody in particular, what
    comes next and from whom."""
    debate = look.debate
    pace = debate.pace
    tracks = [
        (track.title or track.name, say("not begun") if stage == track.start == "none" else stage)
        for key, track, stage in stages_of(look.rules, look.state, look.now)
        if " of " not in key
    ]
    return {
        "item": debate.items.get(debate.item),
        "tracks": tracks,
        "news": _news(look),
        "coming": next_ones(look),
        "stands": pace is not None and not pace.running,
    }


def _news(look: Look) -> Inject | None:
    """What came from outside last: it stays here when other things are said in the bar."""
    return next((each.inject for each in reversed(look.entries) if each.inject is not None), None)
