"""The conduct of the meeting, as everybody sees it: who speaks, who is next, what was moved, what is on the agenda."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from foedus.council.debate.clock import used
from foedus.council.debate.motions import waiting
from foedus.council.debate.order import ROWS
from foedus.council.debate.speakers import next_speaker
from foedus.council.debate.state import Motion
from foedus.web.look import Look
from foedus.web.pages.page import Filling
from foedus.web.parts.naming import Naming
from foedus.words.speech import marked_in

SPEAKS = {
    "speech": marked_in("what somebody has the floor for", "a speech"),
    "reply": marked_in("what somebody has the floor for", "a reply"),
    "explanation": marked_in("what somebody has the floor for", "an explanation of vote"),
}
SITTING = {
    "not opened": marked_in("a meeting", "No meeting has been opened."),
    "open": marked_in("a meeting", "The meeting is open."),
    "suspended": marked_in("a meeting", "The meeting is suspended."),
    "adjourned": marked_in("a meeting", "The meeting is adjourned."),
}
FATE = {
    "": marked_in("a motion on procedure", "waits"),
    "put": marked_in("a motion on procedure", "hands are shown"),
    "carried": marked_in("a motion on procedure", "carried"),
    "lost": marked_in("a motion on procedure", "lost"),
    "withdrawn": marked_in("a motion on procedure", "taken back"),
    "fallen": marked_in("a motion on procedure", "fallen"),
}
STANDS = {
    "proposed": marked_in("an item of the agenda", "proposed"),
    "adopted": marked_in("an item of the agenda", "on the agenda"),
    "taken up": marked_in("an item of the agenda", "being discussed"),
    "finished": marked_in("an item of the agenda", "finished"),
    "struck": marked_in("an item of the agenda", "struck"),
}
LATEST = 5
"""Motions that are over are shown so far back."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A motion with what its row of the table of motions says, and the hands shown."""

    motion: Motion
    title: str
    carried: str
    rule: int
    hands: tuple[tuple[str, tuple[str, ...]], ...]


def floor(look: Look) -> Filling:
    """Who speaks and until when, a point of order, the list."""
    debate = look.debate
    speech = debate.speaking
    until = None
    if speech is not None and speech.seconds is not None and not speech.held:
        until = speech.began + timedelta(seconds=speech.seconds - speech.used)
    following = next_speaker(debate, look.standing.table)
    return {
        "names": Naming.of(look),
        "sitting": SITTING[debate.sitting],
        "meeting": debate.meeting,
        "speech": speech,
        "until": until,
        "used": used(speech, look.real) if speech is not None else 0,
        "point": debate.point,
        "asking": debate.asking,
        "following": following,
        "list_open": debate.list_open,
        "speaks": SPEAKS,
        "limits": {"speech": look.standing.order.speech, **debate.limits},
    }


def motions(look: Look) -> Filling | None:
    """Motions on procedure, the first to be put at the top; the latest that are over."""
    debate = look.debate
    if not debate.motions:
        return None
    ahead = waiting(debate)
    others = [each for each in debate.motions.values() if not each.fate and each not in ahead]
    put = [each for each in debate.motions.values() if each.fate == "put"]
    over = [each for each in debate.motions.values() if each.fate not in ("", "put")][-LATEST:]
    return {
        "names": Naming.of(look),
        "put": [_shown(each) for each in put],
        "ahead": [_shown(each) for each in (*ahead, *others)],
        "over": [_shown(each) for each in reversed(over)],
        "fate": FATE,
    }


def _shown(motion: Motion) -> Shown:
    row = ROWS[motion.what]
    hands = tuple(
        (status, tuple(who for who, said in motion.said.items() if said == status))
        for status in ("for", "against", "abstained")
    )
    return Shown(motion, row.title, row.carried, row.rule, hands)


def agenda(look: Look) -> Filling:
    """The items, and the papers that are on the table."""
    debate = look.debate
    return {
        "names": Naming.of(look),
        "items": tuple(debate.items.values()),
        "now": debate.item,
        "stands": STANDS,
        "papers": [each for each in debate.papers.values() if not each.withdrawn],
    }
