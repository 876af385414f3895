"""The director's page: what the scenario has in store, the room's clock, bots, all seats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from markupsafe import escape

from foedus.council.position import stages_of
from foedus.exercise.scenario import Inject
from foedus.meeting.clock import real_time, room_time
from foedus.report.deeds import moment
from foedus.web.look import Look
from foedus.web.pages.page import Page
from foedus.web.parts.brief import paragraphs
from foedus.words.speech import say

MORNING = 8
"""The hour, in UTC, at which a day of the room begins."""


@dataclass(frozen=True, slots=True)
class Stored:
    """Something that the scenario has in store: in its words as they are now, when it is due, if that is known."""

    number: int
    inject: Inject
    due: datetime | None
    had: bool
    held: bool
    waits: str


def show(look: Look) -> Page:
    """The page of the director."""
    room, pace = look.room, look.debate.pace
    bots = room.bots
    taken = look.told["taken"]
    seats = [
        (seat, taken.get(seat.who, 0), bots is not None and seat.who in bots.on)
        for seat in room.scenario.seats
    ]
    tracks = [
        (track.title or track.name, key, stage)
        for key, track, stage in stages_of(look.rules, look.state, look.now)
    ]
    return Page(
        say("Direct the exercise"), "director",
        values={
            "stored": tuple(stored(look)), "seats": seats, "tracks": tracks, "shown": look.told["shown"],
            "now": room_time(pace, look.real), "pace": pace.pace if pace is not None else 1,
            "running": pace is None or pace.running, "jumps": tuple(jumps(look)), "end": room.scenario.end,
            "ends": real_time(pace, room.scenario.end), "over": room.ended, "suggested": room.scenario.suggested,
            "paragraphs": paragraphs, "lines": escape,
        },
    )  # fmt: skip


def stored(look: Look) -> Iterator[Stored]:
    """What the scenario has in store, in its order."""
    room = look.room
    for number, inject in enumerate(room.scenario.injects):
        cue = inject.cue
        waits = ""
        if cue.at is None:
            stages, hours = ", ".join(cue.stages), int(cue.after / timedelta(hours=1))
            waits = (
                say("{hours} hours after {track} is {stages}", hours=hours, track=cue.track, stages=stages)
                if hours
                else say("when {track} is {stages}", track=cue.track, stages=stages)
            )
        words = room.reworded.get(number, inject)
        yield Stored(number, words, room.cues.at(number), number in room.had, number in room.held, waits)


def jumps(look: Look) -> Iterator[tuple[str, datetime]]:
    """To where the clock can be moved: shortly before a time runs out, to what comes next, to the next morning."""
    now = look.now
    for each in sorted((each.at, each.what) for each in look.position.deadlines if each.at is not None):
        at, what = each
        before = at - timedelta(minutes=30)
        if before > now:
            words = say(
                "to half an hour before the end of {what}, {at}",
                what=what or say("the mandate"),
                at=moment(at),
            )
            yield words, before
            break
    due = [each.due for each in stored(look) if each.due is not None and not each.had and each.due > now]
    if due:
        yield say("to what comes next from outside, {at}", at=moment(min(due))), min(due)
    morning = now.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    morning += timedelta(days=1) if morning <= now else timedelta(0)
    yield say("to the next morning, {at}", at=moment(morning)), morning
