"""People behind the server's loop: one thread asks the tables, and who was just known is not asked for again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Container
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from foedus.meeting.viewer import Viewer
from foedus.web.people import People
from foedus.web.storing import connected

T = TypeVar("T")
FRESH = 60.0
"""Seconds for which somebody who was known is taken as known. What takes somebody's place away ends that at once."""
MOST = 20_000


def moment() -> datetime:
    """Now, for what a person's visit and a code are dated by."""
    return datetime.now(UTC)


class Accounts:
    """The people of all rooms of a server."""

    def __init__(self, place: str | Path) -> None:
        self.thread = ThreadPoolExecutor(1, "people")
        self.people = self.thread.submit(lambda: People(connected(place))).result()
        self._known: dict[str, tuple[float, Viewer]] = {}
        self._names: dict[str, dict[str, str]] = {}

    async def run(self, what: Callable[[People], T]) -> T:
        """Something changed, in the thread of the tables. Whoever was known is asked for again after it."""
        found = await self.asked(what)
        self.forget()
        return found

    async def asked(self, what: Callable[[People], T]) -> T:
        """Something that takes nothing away from whoever is in: a question, somebody who comes in, a code."""
        return await asyncio.get_running_loop().run_in_executor(self.thread, what, self.people)

    async def ask(self, what: Callable[[People], T]) -> T:
        """Something asked only: who was known stays known."""
        return await asyncio.get_running_loop().run_in_executor(self.thread, what, self.people)

    def now(self, what: Callable[[People], T]) -> T:
        """The same, waiting for it: before the server runs."""
        return self.thread.submit(what, self.people).result()

    def known(self, token: str, at: float) -> Viewer | None:
        """Who is known by a token without asking; None where that has to be asked. `at`: the loop's time."""
        kept = self._known.get(token)
        return kept[1] if kept is not None and at - kept[0] < FRESH else None

    async def viewer(self, token: str) -> Viewer | None:
        """Who is known by a token."""
        if not token:
            return None
        loop, key = asyncio.get_running_loop(), token
        kept = self.known(token, loop.time())
        if kept is not None:
            return kept
        found = await loop.run_in_executor(self.thread, lambda: self.people.viewer(token, moment()))
        if found is None:
            self._known.pop(key, None)
            return None
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[key] = (loop.time(), found)
        return found

    def names(self, room: str) -> dict[str, str]:
        """The names of a room by handle, as they were when they were last asked for."""
        return self._names.get(room, {})

    async def learn(self, room: str) -> None:
        """Ask for the names of a room again."""
        loop = asyncio.get_running_loop()
        self._names[room] = dict(await loop.run_in_executor(self.thread, lambda: self.people.names(room)))

    async def seats(self, room: str) -> Container[str] | None:
        """The seats of a room that somebody has who may speak; None where nobody has come yet."""
        loop = asyncio.get_running_loop()
        there = await loop.run_in_executor(self.thread, lambda: self.people.people(room))
        return frozenset(each.seat for each in there if each.speaks) if there else None

    def forget(self) -> None:
        """Ask anew for everybody."""
        self._known.clear()

    def close(self) -> None:
        """Lets go of the tables."""
        self.thread.submit(self.people.connection.close).result()
        self.thread.shutdown()
