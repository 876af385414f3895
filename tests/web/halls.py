"""A hall for tests: a room over a file, and calls of the application as one of its people, in one event loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from foedus.council.fields import instant
from foedus.meeting.entering import Entered
from foedus.web.accounts import moment
from foedus.web.cookies import cookie_name
from foedus.web.room import Room
from foedus.web.server import application
from foedus.web.serving import Made, Settings, made
from tests.exercise.scenes import played as session
from tests.web.asgi import Answer, acall

T = TypeVar("T")


@dataclass
class Held:
    """A hall that is open. Somebody is called by role and seat: `await held.get("chair", "minutes")`."""

    made: Made
    app: Any
    tokens: dict[str, str]
    handles: dict[str, str]

    @property
    def room(self) -> Room:
        return next(iter(self.made.hall.rooms.values()))

    def enter(self, who: str, role: str, seat: str, name: str) -> None:
        accounts = self.made.hall.accounts
        code = accounts.now(lambda people: people.invite(self.room.name, role, seat, now=moment()))  # type: ignore[arg-type]
        viewer, self.tokens[who] = accounts.now(lambda people: people.join(code, name, now=moment()))
        self.handles[who] = viewer.handle

    async def act(self, kind: str, by: str, person: str = "", **fields: Any) -> Entered:
        """A deed or an act, done."""

        def body(at: datetime) -> Mapping[str, Any]:
            return {"kind": kind, "by": by, "at": instant(at), **fields}

        return await self.room.act(body, person)

    async def get(self, who: str, page: str = "", **headers: str) -> Answer:
        cookie = f"{cookie_name(secure=False)}={self.tokens[who]}"
        address = f"/rooms/{self.room.name}/{page}" if page else f"/rooms/{self.room.name}"
        return await acall(self.app, "GET", address, {"cookie": cookie, **headers})

    async def post(self, who: str, to: str = "do", **fields: str) -> Answer:
        cookie = f"{cookie_name(secure=False)}={self.tokens[who]}"
        headers = {"cookie": cookie, "accept": "application/json"}
        return await acall(self.app, "POST", f"/rooms/{self.room.name}/{to}", headers, fields)

    async def scripted(self, until: int | None = None) -> None:
        """The session of the scenario as its policies play it, in a meeting."""
        await self.act("meet", "chair", self.handle("chair"), what="open")
        for turn in session()[:until]:
            if turn.inject is not None:
                await self.room.inject(turn.inject)
            elif turn.deed is not None:
                body = turn.deed.body()
                await self.room.act(lambda _, body=body: body, self.handle(turn.deed.by))

    def handle(self, who: str) -> str:
        """Of the person who is called so here; empty, if nobody is."""
        return self.handles.get(who, "")


PEOPLE = (
    ("chair", "chair", "chair", "Ilse Dorn"), ("secretary", "secretary", "secretary", "Sava"),
    ("BOR", "head", "BOR", "Bora"), ("CAD", "head", "CAD", "Cade"), ("observer", "observer", "", "Olga"),
    ("director", "director", "", "Dana"),
)  # fmt: skip


@asynccontextmanager
async def held(folder: Path, scenario: str = "six-valleys") -> AsyncGenerator[Held]:
    """A hall with a room and some people in it."""
    ready = made(Settings(scenario, db=str(folder / "room.db")))
    hall = ready.hall
    hall.opening.clear()  # nothing happens by itself
    app = application(hall)
    found = Held(ready, app, {}, {})
    async with app.router.lifespan_context(app):
        for who, role, seat, name in PEOPLE:
            found.enter(who, role, seat, name)
        await hall.accounts.learn(found.room.name)
        yield found
    hall.accounts.close()
    for room in hall.rooms.values():
        room.storing.close()


def played(folder: Path, play: Callable[[Held], Awaitable[T]]) -> T:
    """What a play in a hall comes to."""

    async def run() -> T:
        async with held(folder) as found:
            return await play(found)

    return asyncio.run(run())
