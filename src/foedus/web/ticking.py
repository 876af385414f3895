"""Looks at the room's time again and again, and has written down what has run out and what has come."""

from __future__ import annotations

import asyncio

from foedus.council.fields import instant
from foedus.council.ledger.canonical import Value
from foedus.exercise.scenario import Inject
from foedus.meeting.outside import Cues, run_out_now
from foedus.web.room import Room, Unkept

EVERY = 0.5
"""Seconds."""


async def tick(room: Room, cues: Cues[Inject]) -> None:
    """For as long as the room is open."""
    cues.learn(room.entries)
    while True:
        await once(room, cues)
        await asyncio.sleep(EVERY)


async def once(room: Room, cues: Cues[Inject]) -> None:
    """All that is due now. What cannot be written is due still."""
    if room.ended:
        return
    now, standing = room.now(), room.standing
    cues.see(standing.rules, standing.state, standing.at)
    try:
        for number, inject in tuple(cues.due(now, room.had | room.held)):
            await room.inject(room.reworded.get(number, inject), number)
        for deed in tuple(run_out_now(room.standing, now)):
            body: dict[str, Value] = dict(deed.body())
            await room.act(lambda at, body=body: {**body, "at": instant(at)}, "")
    except Unkept:
        return
