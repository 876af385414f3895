"""The stream of a room: it says that the record has N entries by now, and nothing else."""

from __future__ import annotations

import asyncio

from starlette.types import Receive, Scope, Send

from foedus.web.room import EACH, Room

BEAT = 20.0
"""Seconds after which a line without meaning is sent, so that whoever is gone is noticed."""


FEW = 50
"""So many are told at once."""


class Stream:
    """The answer of one stream, for as long as somebody listens."""

    def __init__(self, room: Room) -> None:
        self.room = room

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends the number of entries now, and whenever there are more."""
        del scope
        headers = [
            (b"content-type", b"text/event-stream; charset=utf-8"),
            (b"cache-control", b"no-store"),
            (b"x-accel-buffering", b"no"),
        ]
        slot = self.room.streams
        self.room.streams += 1
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        gone = asyncio.ensure_future(_gone(receive))
        sent = -1
        try:
            text = b"retry: 1000\n"
            while not gone.done() and not self.room.closing:
                if self.room.stamp != sent:
                    sent = self.room.stamp
                    text += b"data: %d\n\n" % sent
                await send({"type": "http.response.body", "body": text or b": \n\n", "more_body": True})
                text = b""
                if self.room.stamp == sent:
                    await asyncio.wait(
                        (gone, self.room.change()), timeout=BEAT, return_when=asyncio.FIRST_COMPLETED
                    )
                    if slot > FEW and not gone.done():
                        await asyncio.sleep(EACH * min(slot, self.room.streams))
        finally:
            gone.cancel()
            self.room.streams -= 1
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
