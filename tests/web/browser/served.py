"""A room with its people, served by a real server in a thread of its own: what tests in a browser talk to."""

from __future__ import annotations

import asyncio
import http.client
import json
import socket
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

import uvicorn

from foedus.meeting.entering import Entered
from foedus.meeting.outside import Cues
from foedus.meeting.viewer import Role
from foedus.web.accounts import moment
from foedus.web.cookies import cookie_name
from foedus.web.forms import body
from foedus.web.guard import Guard
from foedus.web.ready import Quick
from foedus.web.room import Room
from foedus.web.server import application
from foedus.web.serving import Made, Settings, made
from foedus.web.ticking import once

T = TypeVar("T")


class Served:
    """A hall with one room, being served. `base` is its address."""

    def __init__(self, folder: Path, scenario: str, pace: int = 1) -> None:
        self.ready: Made = made(Settings(scenario, db=str(folder / "room.db"), pace=pace))
        self.room: Room
        (self.room,) = self.ready.hall.rooms.values()
        self.loop = asyncio.new_event_loop()
        listening = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.port = int(listening.getsockname()[1])
        config = uvicorn.Config(
            Quick(Guard(application(self.ready.hall)), self.ready.hall), http="httptools", lifespan="on",
            log_config=None, access_log=False,
            server_header=False, timeout_graceful_shutdown=1,
        )  # fmt: skip
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self._run, args=(listening,), name="served")
        self.people = 0
        began = threading.Event()
        opening = self.ready.hall.opening
        opening.insert(
            0, self._first
        )  # before the ticker: what comes at the very start has come when a test begins

        async def begun() -> None:
            began.set()

        opening.append(begun)
        self.thread.start()
        assert began.wait(20)

    def _run(self, listening: socket.socket) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_until_complete(self.server.serve([listening]))
        self.loop.close()

    async def _first(self) -> None:
        cues = Cues(self.room.scenario.injects)
        cues.learn(self.room.entries)
        await once(self.room, cues)

    @property
    def base(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def address(self, page: str = "") -> str:
        """Of a page of the room."""
        return f"{self.base}/rooms/{self.room.name}" + (f"/{page}" if page else "")

    def waited(self, what: Callable[[], Awaitable[T]]) -> T:
        """What something in the server's own loop comes to."""

        async def run() -> T:
            return await what()

        return asyncio.run_coroutine_threadsafe(run(), self.loop).result(20)

    def joined(self, role: Role, seat: str = "", name: str = "", language: str = "en") -> str:
        """Somebody new comes in, by a code: the token by which its browser is known."""
        self.people += 1
        name = name or f"{seat or role} {self.people}"
        accounts, room = self.ready.hall.accounts, self.room.name

        async def join() -> str:
            code = await accounts.run(lambda people: people.invite(room, role, seat, now=moment()))
            _, token = await accounts.run(
                lambda people: people.join(code, name, now=moment(), language=language)
            )
            await accounts.learn(room)
            return token

        return self.waited(join)

    def cookie(self, token: str) -> dict[str, Any]:
        """The cookie of a token, as Playwright wants it."""
        return {"name": cookie_name(secure=False), "value": token, "url": self.base}

    def does(self, token: str, kind: str, by: str, **fields: str) -> int:
        """Something done over HTTP, as the script sends it: the number of its entry. `terms__host` is `terms.host`."""
        sent = {"kind": kind, "by": by, **{name.replace("__", "."): value for name, value in fields.items()}}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {
            "Cookie": f"{cookie_name(secure=False)}={token}", "Accept": "application/json",
            "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded",
        }  # fmt: skip
        connection.request("POST", f"/rooms/{self.room.name}/do", urlencode(sent), headers)
        answer = connection.getresponse()
        said = json.loads(answer.read())
        connection.close()
        assert answer.status == 200, f"{kind} by {by}: {answer.status} {said}"
        return int(said["entry"])

    def acts(self, kind: str, by: str, **fields: Any) -> Entered:
        """The same, given to the room itself: without a person, and without the limits of how often."""
        pairs = [(name.replace("__", "."), str(value)) for name, value in fields.items()]
        entry = self.waited(
            lambda: self.room.act(lambda at: body([("kind", kind), ("by", by), *pairs], at), "bot")
        )
        assert entry.problem is None, f"{kind} by {by}: {entry.problem}"
        return entry

    def end(self) -> None:
        """Ends the server, and waits until it has."""
        self.server.should_exit = True
        self.thread.join(20)
        assert not self.thread.is_alive()
        self.ready.close()
