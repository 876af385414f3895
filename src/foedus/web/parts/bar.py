"""The bar at the top of every page: the room's time, the meeting, who has the floor, what is being voted on, and the
newest thing that everybody has to hear.

What is told there has `data-told` with the number of its entry: the page's script reads it out once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from foedus.meeting.clock import real_time, room_time
from foedus.meeting.entering import Entered
from foedus.report.debate import act_said
from foedus.report.deeds import said
from foedus.report.lists import begun
from foedus.web.look import Look
from foedus.web.pages.page import Filling
from foedus.web.parts.naming import Naming
from foedus.web.parts.told import newest
from foedus.words.speech import marked_in, say, say_in

SITTING: Mapping[str, str] = {
    "not opened": marked_in("the bar", "No meeting has been opened yet"),
    "open": marked_in("the bar", "Meeting {number} is open"),
    "suspended": marked_in("the bar", "Meeting {number} is suspended"),
    "adjourned": marked_in("the bar", "Meeting {number} is adjourned"),
}
TOLD = (
    "meet", "floor", "rule", "inject", "motion", "put", "settle", "step", "propose", "amend", "withdraw", "point",
    "ruling",
)  # fmt: skip
"""What everybody has to hear besides what becomes of votes, by kind of entry."""
BACK = 60
"""Entries that are looked through for it: what lies further back is no news."""


def bar(look: Look) -> Filling:
    """With what the bar is filled."""
    pace, debate = look.debate.pace, look.debate
    speech, names = debate.speaking, Naming.of(look)
    until = None
    if speech is not None and speech.seconds is not None and not speech.held:
        until = speech.began + timedelta(seconds=speech.seconds - speech.used)
    votes = [
        (each.id, names.subject(each), real_time(pace, each.until) if each.until else None)
        for each in look.state.ballots.values()
        if each.came is None
    ]
    return {
        "sitting": say_in("the bar", SITTING[debate.sitting], number=debate.meeting),
        "time": room_time(pace, look.real),
        "pace": 1 if pace is None else pace.pace if pace.running else 0,
        "speaker": names.who(speech.who) if speech else "",
        "until": until,
        "votes": votes,
        "news": news(look),
    }


def news(look: Look) -> tuple[int, str] | None:
    """The newest entry that everybody has to hear: its number, and what it says."""
    votes = newest(look)
    for entry in reversed(look.entries[-BACK:]):
        if votes is not None and entry.number <= votes[0]:
            break
        if entry.kind in TOLD and entry.problem is None:
            return entry.number, told(look, entry)
    return votes


def told(look: Look, entry: Entered) -> str:
    """An entry in one sentence: what came from outside, or who did what."""
    if entry.inject is not None:
        return entry.inject.title
    who = begun(Naming.of(look).who(entry.by))
    words = said(entry.turn, entry.deed) if entry.deed else ""
    if entry.kind == "step":  # by its title, which is no sentence
        return say("{who}: {did}.", who=who, did=words)
    if entry.act is not None:
        words = act_said(entry.act, entry.debate, look.standing.order)
    return say("{who} {did}.", who=who, did=words)
