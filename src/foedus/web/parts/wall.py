"""What everybody in a hall reads from afar: what is being voted on and how it stands, who speaks and for how long, who
is next, what runs out, what was decided last. Nothing on it is anybody's own, and nothing can be pressed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from foedus.council.debate.clock import left
from foedus.council.state import Ballot
from foedus.ir.decision import Status
from foedus.meeting.clock import real_time, room_time
from foedus.report.deeds import CAME
from foedus.web.look import Look
from foedus.web.pages.page import Filling
from foedus.web.parts.ballots import is_hidden
from foedus.web.parts.bar import SITTING, news
from foedus.web.parts.counting import spoken
from foedus.web.parts.naming import Naming
from foedus.words.speech import marked, marked_in, say, say_in

VOTES, NEXT, DEADLINES, DECISIONS = 2, 5, 3, 3
"""How many of each there is room for."""
NAMED = 15
"""So many members are named with what they said, and no more."""
WAYS = {
    "vote": marked("By a vote"),
    "consensus": marked("By consensus: an objection keeps it from passing"),
    "silence": marked("Under silence: it passes if nobody objects in time"),
    "": marked("It is not said how members are heard"),
}
TALLY: Mapping[Status, str] = {
    "for": marked_in("tally", "for"),
    "against": marked_in("tally", "against"),
    "abstained": marked_in("tally", "abstained"),
    "aside": marked_in("tally", "stood aside"),
}
SPEAKS = {
    "speech": marked_in("who has the floor", "has the floor"),
    "reply": marked_in("who has the floor", "replies"),
    "explanation": marked_in("who has the floor", "explains its vote"),
}


@dataclass(frozen=True)
class Shown:
    """An open vote, from afar. `tally` has what can be said, a word for it, how many said it, and who; it is empty
    where that is hidden or nothing is counted."""

    id: str
    subject: str
    text: str
    way: str
    until: datetime | None
    real: datetime | None
    hidden: bool
    heard: int
    members: int
    tally: tuple[tuple[str, str, int, str], ...]
    state: str


def wall(look: Look) -> Filling:
    """With what the screen is filled."""
    debate, names = look.debate, Naming.of(look)
    speech, pace = debate.speaking, debate.pace
    seconds = left(speech, look.real) if speech is not None else None
    ballots = list(look.state.ballots.values())
    closed = [each for each in reversed(ballots) if each.came is not None]
    return {
        "sitting": say_in("the bar", SITTING[debate.sitting], number=debate.meeting),
        "time": room_time(pace, look.real),
        "pace": 1 if pace is None else pace.pace if pace.running else 0,
        "item": debate.items.get(debate.item),
        "votes": [_shown(look, names, each) for each in ballots if each.came is None][:VOTES],
        "speaker": names.who(speech.who) if speech else "",
        "speaks": say_in("who has the floor", SPEAKS[speech.what]) if speech else "",
        "held": speech is not None and speech.held,
        "seconds": seconds,
        "until": None if seconds is None else look.real + timedelta(seconds=seconds),
        "next": [names.who(each.who) for each in debate.asking][:NEXT],
        "more": max(len(debate.asking) - NEXT, 0),
        "deadlines": list(_deadlines(look, names))[:DEADLINES],
        "decisions": [(each.id, _decided(names, each)) for each in closed[:DECISIONS]],
        "news": news(look),
    }


def _shown(look: Look, names: Naming, ballot: Ballot) -> Shown:
    by, hidden = names.way(ballot), is_hidden(look, ballot)
    proposal = look.state.proposals[ballot.proposal]
    tally: list[tuple[str, str, int, str]] = []
    for status, words in TALLY.items():
        who = [each for each in ballot.electorate if ballot.said.get(each) == status]
        named = names.all(who) if len(ballot.electorate) <= NAMED else ""
        tally.append((status, say_in("tally", words), len(who), named))
    counts = by == "vote" and not hidden
    state = ""
    if by != "vote" and not hidden:
        who = names.all([each for each in ballot.electorate if ballot.said.get(each) == "against"])
        state = say("Objection by {names}.", names=who) if who else say("Nobody has objected as yet.")
    return Shown(
        ballot.id, names.subject(ballot), proposal.parts.get(ballot.part, "") or proposal.text, say(WAYS[by]),
        ballot.until, real_time(look.debate.pace, ballot.until) if ballot.until else None, hidden,
        len(spoken(ballot)) if by == "vote" else 0, len(ballot.electorate),
        tuple(each for each in tally if each[0] != "aside" or each[2]) if counts else (), state,
    )  # fmt: skip


def _deadlines(look: Look, names: Naming) -> Iterator[tuple[str, str, datetime, datetime | None]]:
    """What runs out next, the nearest first; votes are shown above."""
    found = [
        each
        for each in look.room.position(look.seats).deadlines
        if each.at is not None and each.at > look.now and each.kind != "ballot"
    ]
    for each in sorted(found, key=lambda each: each.at or look.now):
        assert each.at is not None
        words = {
            "clock": names.clock(each.what), "mandate": say("the mandate ends"),
            "report": say("a report on {region}", region=each.what or say("anywhere")),
        }[each.kind]  # fmt: skip
        yield (
            f"{each.kind}-{each.what}".replace(" ", "-"),
            words,
            each.at,
            real_time(look.debate.pace, each.at),
        )


def _decided(names: Naming, ballot: Ballot) -> str:
    assert ballot.came is not None
    came = say_in("a vote came out", CAME[ballot.came.word])
    return say("{came}: {subject}", came=came, subject=names.subject(ballot))
