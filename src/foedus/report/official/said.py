"""The words of official minutes: headings, and what stands in each line, in the language spoken."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from datetime import datetime

from foedus.council.debate.state import Paper
from foedus.ir.decision import Status
from foedus.report.deeds import CAME, OFFICE, actor, moment
from foedus.report.journal import Line
from foedus.report.lists import begun, listed, on_day
from foedus.report.official.minutes import Decision, Minutes, Present, Sat, Vote
from foedus.terms.time import EDate
from foedus.words.speech import marked_in, plural, say, say_in

CAPACITY = {
    "member": marked_in("capacity at the table", "member"),
    "invited": marked_in("capacity at the table", "takes part without a vote"),
    **OFFICE,
}
AWAY = {
    "away": marked_in("at the table", "away at the end"),
    "suspended": marked_in("at the table", "suspended at the end"),
}
WAYS = {
    "vote": marked_in("decided by", "by a vote"),
    "consensus": marked_in("decided by", "by consensus"),
    "silence": marked_in("decided by", "by silence"),
    "": marked_in("decided by", "in a way that the page does not state"),
}
NUMBERED: dict[Status, str] = {
    "for": marked_in("numbers of a vote", "{n} for"),
    "against": marked_in("numbers of a vote", "{n} against"),
    "abstained": marked_in("numbers of a vote", "{n} abstained"),
    "aside": marked_in("numbers of a vote", "{n} stood aside"),
    "absent": marked_in("numbers of a vote", "{n} absent"),
    "silent": marked_in("numbers of a vote", "{n} silent"),
}
STANDS = {
    "proposed": marked_in("item of the agenda", "proposed"),
    "adopted": marked_in("item of the agenda", "adopted"),
    "taken up": marked_in("item of the agenda", "taken up"),
    "finished": marked_in("item of the agenda", "finished"),
    "struck": marked_in("item of the agenda", "struck"),
}


def heading(minutes: Minutes) -> str:
    """Above it all."""
    return say("Minutes: {title}", title=minutes.title)


def period(minutes: Minutes) -> str:
    """From when to when, in the room's time."""
    lines = list(minutes.lines)
    if not lines:
        return say("Nothing was entered yet.")
    return say(
        "From {first} to {last}, in the room's time (UTC).",
        first=moment(lines[0].at),
        last=moment(lines[-1].at),
    )


def rests_on(minutes: Minutes) -> Iterator[str]:
    """On which record the minutes rest, and what they do not show."""
    entries = plural("{n} entry", "{n} entries", minutes.size, n=minutes.size)
    if minutes.head is not None:
        root = base64.b64encode(minutes.head.root).decode()
        yield say(
            "Made from the record of {room}, {entries}. Its head over {size} of them: {root}",
            room=minutes.room, entries=entries, size=minutes.head.size, root=root,
        )  # fmt: skip
    else:
        yield say("Made from the record of {room}, {entries}.", room=minutes.room, entries=entries)
    if minutes.withheld:
        yield plural(
            "{n} entry is a vote that is not shown before its close.",
            "{n} entries are votes that are not shown before the close.",
            minutes.withheld,
        )
    yield say(
        "The record is what holds; these minutes are drawn up from it. A number in square brackets is an entry's."
    )


def meeting_title(minutes: Minutes, sat: Sat) -> str:
    """`Meeting 2`, or what came before the first; a session that policies played has none."""
    if minutes.live:
        return say("Meeting {n}", n=sat.number) if sat.number else say("Before the first meeting")
    return say("The session")


def meeting_period(sat: Sat) -> str:
    """From when to when a meeting went."""
    return say("{first} to {last}", first=moment(sat.first), last=moment(sat.last))


def decision_title(decision: Decision) -> str:
    """`Decision 1/2031: …`."""
    return say("Decision {number}: {title}", number=decision.number, title=decision.title)


def how_adopted(decision: Decision) -> str:
    """How a decision came about: by its vote, or announced."""
    if decision.vote is not None:
        return begun(how_decided(decision.vote))
    return say("Announced, {when}; how members voted is not on record.", when=moment(decision.at))


def how_decided(vote: Vote) -> str:
    """By which way, with which numbers, under which article, when."""
    way = say_in("decided by", WAYS[vote.by])
    parts = {"way": way, "numbers": numbers(vote), "when": moment(vote.closed), "article": vote.article}
    if vote.article:
        return say("{way} ({numbers}), {when}, {article}", **parts)
    return say("{way} ({numbers}), {when}", **parts)


def numbers(vote: Vote) -> str:
    """`7 for, 1 against`."""
    found = [say_in("numbers of a vote", NUMBERED[s], n=len(who)) for s, who in vote.said.items() if who]
    return ", ".join(found) or say("nobody had a part in it")


def outcome(vote: Vote) -> str:
    """The word."""
    return say_in("a vote came out", CAME[vote.word])


def names_by_status(said: Mapping[Status, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Each status with its number, and who did so."""
    for status, who in said.items():
        yield say_in("numbers of a vote", NUMBERED[status], n=len(who)), ", ".join(who)


def capacity(present: Present) -> str:
    """What somebody is at the table."""
    context = "office at the table" if present.capacity in OFFICE else "capacity at the table"
    what = say_in(context, CAPACITY[present.capacity])
    return (
        say("{capacity}, {away}", capacity=what, away=say_in("at the table", AWAY[present.away]))
        if present.away
        else what
    )


def called(present: Present) -> str:
    """Its name with its code."""
    if present.code in OFFICE:
        return actor(present.code)
    return (
        present.name
        if present.name == present.code
        else say("{name} ({code})", name=present.name, code=present.code)
    )


def document(paper: Paper) -> str:
    """A document: what it is, by whom, with whom, where it came."""
    parts = {"what": paper.what, "by": actor(paper.by), "entry": paper.entry}
    if paper.sponsors:
        return say("{what} of {by}, with {others} [{entry}]", others=listed(list(paper.sponsors)), **parts)
    return say("{what} of {by} [{entry}]", **parts)


def stands(word: str) -> str:
    """How an item of the agenda stands."""
    return say_in("item of the agenda", STANDS[word])  # type: ignore[index]


def clock(line: Line) -> str:
    """The hour and minute of a line, of the room."""
    return f"{line.at:%H:%M}"


def day(at: datetime) -> str:
    """The day in words."""
    return on_day(EDate.of(at.date()))


def spoken(line: Line, names: Mapping[str, str]) -> str:
    """Who acted, and which person for it."""
    who = actor(line.by) if line.by else ""
    name = names.get(line.person, "")
    return say("{who} ({person})", who=who, person=name) if who and name else who


def read_instead(line: Line) -> Iterator[str]:
    """What is to be read otherwise in a line."""
    for each in line.corrections:
        yield say("To be read: {text} [{entry}]", text=each.text, entry=each.deed)
