"""Has bots act in the empty seats of a room, in its loop."""

from __future__ import annotations

import asyncio

from foedus.diagnostics.problem import Refused
from foedus.meeting.bots import BOT, Bots, dated
from foedus.web.accounts import Accounts
from foedus.web.room import Room, Unkept

EVERY = 0.5
"""Seconds between two looks."""


async def play(room: Room, bots: Bots, accounts: Accounts) -> None:
    """For as long as the room is open."""
    while True:
        await once(room, bots, accounts)
        await asyncio.sleep(EVERY)


async def once(room: Room, bots: Bots, accounts: Accounts) -> bool:
    """One deed of one bot, if any wants something; whether it was done. Nothing is done before anybody is there, and
    nothing after the session has ended."""
    if not bots.on or room.ended:
        return False
    there = await accounts.seats(room.name)
    if there is None:
        return False
    wish = await asyncio.to_thread(
        bots.next, room.standing, room.entries[: room.standing.size - 1], room.now(), room.wall.now(), there
    )
    if wish is None:
        return False
    if wish.by in (await accounts.seats(room.name) or ()):  # somebody came while it was thinking
        return False
    try:
        await room.act(lambda at: dated(wish, at), BOT)
    except (Refused, Unkept):
        return False
    return True
