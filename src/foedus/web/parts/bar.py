"""The bar at the top of every page: the room's time, the meeting, who has the floor, what is being voted on, and the
newest thing that everybody has to hear.

What is told there has `data-told` with the number of its entry: the page's script reads it out once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from foedus.council.state import Ballot
from foedus.meeting.clock import real_time, room_time
from foedus.meeting.entering import Entered
from foedus.report.debate import act_said
from foedus.report.deeds import CAME, actor, said
from foedus.report.lists import begun
from foedus.web.look import Look
from foedus.web.pages.page import Filling
from foedus.words.speech import marked_in, say, say_in

SITTING: Mapping[str, str] = {
    "not opened": marked_in("the bar", "No meeting has been opened yet"),
    "open": marked_in("the bar", "Meeting {number} is open"),
    "suspended": marked_in("the bar", "Meeting {number} is suspended"),
    "adjourned": marked_in("the bar", "Meeting {number} is adjourned"),
}
TOLD = ("open", "close", "extend", "tick", "meet", "floor", "rule", "inject", "put", "settle", "step")
"""What everybody has to hear, by kind of entry."""
BACK = 60
"""Entries that are looked through for it: what lies further back is no news."""


def bar(look: Look) -> Filling:
    """With what the bar is filled."""
    pace, debate = look.debate.pace, look.debate
    speech = debate.speaking
    until = None
    if speech is not None and speech.seconds is not None and not speech.held:
        until = speech.began + timedelta(seconds=speech.seconds - speech.used)
    return {
        "sitting": say_in("the bar", SITTING[debate.sitting], number=debate.meeting),
        "time": room_time(pace, look.real),
        "pace": 1 if pace is None else pace.pace if pace.running else 0,
        "speaker": speech.who if speech else "",
        "until": until,
        "ballots": [
            (each, real_time(pace, each.until) if each.until else None)
            for each in look.state.ballots.values()
            if each.came is None
        ],
        "news": news(look),
    }


def news(look: Look) -> tuple[int, str] | None:
    """The newest entry that everybody has to hear: its number, and what it says."""
    entries = look.entries
    for entry in reversed(entries[-BACK:]):
        if entry.kind in TOLD and entry.problem is None:
            return entry.number, told(look, entry)
    return None


def told(look: Look, entry: Entered) -> str:
    """An entry in one sentence: how a vote came out, if it closed one; else who did what."""
    if entry.inject is not None:
        return entry.inject.title
    closed = _closed(entry)
    if closed is not None and closed.came is not None:
        came = say_in("a vote came out", CAME[closed.came.word])
        names = {"ballot": closed.id, "proposal": closed.proposal}
        return say("The vote {ballot} on {proposal} is closed: {came}.", **names, came=came)
    words = said(entry.turn, entry.deed) if entry.deed else ""
    if entry.act is not None:
        words = act_said(entry.act, entry.debate, look.standing.order)
    return say("{who} {did}.", who=begun(actor(entry.by)), did=words)


def _closed(entry: Entered) -> Ballot | None:
    deed = entry.deed
    if deed is None or deed.kind not in ("close", "tick") or not deed.ballot:
        return None
    return entry.state.ballots.get(deed.ballot)
