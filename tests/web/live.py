"""A room that is open in this process: deeds go in over the application, pages come out, no socket and no browser.

The wall's clock of the room stands still but for what a test lets pass: two rooms in which the same is done are alike.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Coroutine, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from starlette.applications import Starlette

from foedus.meeting.clock import Wall
from foedus.meeting.entering import Entered
from foedus.meeting.viewer import Role
from foedus.web.cookies import cookie_name
from foedus.web.forms import body
from foedus.web.room import Room
from foedus.web.server import application
from foedus.web.serving import Settings, made
from tests.web.asgi import Answer, acall

T = TypeVar("T")
ONCE = re.compile(r'(name="once"[^>]*value=")[0-9a-f]+')
REAL = re.compile(r"\b\d{13}\b|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00|\b\d\d:\d\d:\d\d\b")
"""An instant on the wall."""
HANDLE = re.compile(r"\b[bcdfghjklmnpqrstvwxz]{8}\b|\b[0-9a-f]{16}\b")
"""By which a person is known, or a browser."""


class Live:
    """A room with its people. `does` sends a form as the script does, `page` fetches a page as somebody has it."""

    def __init__(
        self, folder: Path, scenario: str = "six-valleys", pace: int = 3600, db: str = "", room: str = ""
    ) -> None:
        self.runner = asyncio.Runner()
        self.seconds = 0.0
        self.ready = made(Settings(scenario, db=db or str(folder / "room.db"), pace=pace, room=room))
        self.room: Room = next(iter(self.ready.hall.rooms.values()))
        self.room.wall = Wall(self.room.standing.real, lambda: self.seconds)
        self.app: Starlette = application(self.ready.hall)
        self.people: dict[tuple[Role, str], str] = {}
        self.run(self._open())

    def run(self, what: Coroutine[Any, Any, T]) -> T:
        """What something comes to in the room's loop."""
        return self.alone(lambda: self.runner.run(what))

    def alone(self, what: Callable[[], T]) -> T:
        """Something done as if no loop were running: Playwright's counts as running for as long as its browser is open,
        also when a test is set up or ended that has nothing to do with it."""
        running = asyncio._get_running_loop()
        asyncio._set_running_loop(None)
        try:
            return what()
        finally:
            asyncio._set_running_loop(running)

    async def _open(self) -> None:
        self.room.open()

    def close(self) -> None:
        """Ends the writing."""
        self.run(self.room.close())
        self.ready.close()
        self.alone(self.runner.close)

    def passes(self, hours: float) -> None:
        """So much of the room's time goes by."""
        pace = self.room.standing.debate.pace
        assert pace is not None
        self.seconds += hours * 3600 / pace.pace

    def somebody(self, role: Role, seat: str = "") -> str:
        """The token of somebody in the room with this role."""
        if (role, seat) not in self.people:
            accounts, room, when = self.ready.hall.accounts, self.room.name, datetime.now(UTC)
            code = accounts.now(lambda people: people.invite(room, role, seat, now=when))
            _, token = accounts.now(lambda people: people.join(code, f"{role} {seat}".strip(), now=when))
            self.people[role, seat] = token
        return self.people[role, seat]

    def asked(
        self,
        role: Role,
        seat: str,
        method: str,
        path: str,
        sent: Mapping[str, str] | None = None,
        **more: str,
    ) -> Answer:
        """An answer to somebody."""
        headers = {"cookie": f"{cookie_name(secure=False)}={self.somebody(role, seat)}", **more}
        at = f"/rooms/{self.room.name}{path}"
        return self.run(acall(self.app, method, at, headers, dict(sent) if sent is not None else b""))

    def page(self, role: Role, seat: str = "", path: str = "") -> str:
        """A page, whole."""
        answer = self.asked(role, seat, "GET", path)
        assert answer.status == 200, answer.text
        return answer.text

    def does(self, role: Role, seat: str, kind: str, by: str = "", **fields: str) -> dict[str, Any]:
        """What somebody does: the answer. `terms__host` is `terms.host`."""
        sent = {name.replace("__", "."): value for name, value in fields.items()}
        answer = self.asked(
            role, seat, "POST", "/do", {"kind": kind, "by": by or seat, **sent}, accept="application/json"
        )
        return json.loads(answer.text) | {"status": answer.status}

    def acts(self, kind: str, by: str, **fields: Any) -> Entered:
        """A deed that is given to the room itself, and is in order."""
        pairs = [(name.replace("__", "."), str(value)) for name, value in fields.items()]
        entry = self.run(self.room.act(lambda at: body([("kind", kind), ("by", by), *pairs], at), "bot"))
        assert entry.problem is None, f"{kind} by {by}: {entry.problem}"
        return entry


def plain(html: str) -> str:
    """A page without what differs between any two."""
    return HANDLE.sub("…", REAL.sub("…", ONCE.sub(r"\1", html)))


MANDATE = {
    "mandate__tasks__0__what": "guard", "mandate__tasks__0__force": "may", "mandate__tasks__0__where": "dam",
    "mandate__tasks__1__what": "fight", "mandate__tasks__1__force": "must not", "mandate__ceiling": "300",
    "mandate__report_hours": "120", "mandate__regions": "dam, sluices",
}  # fmt: skip


def proposed(live: Live) -> None:
    """Arvia has asked, consultations are open, Borland has moved to send the Ward."""
    live.run(live.room.inject(live.room.scenario.injects[0], 0))
    live.acts("step", "ARV", step="ask", terms__host="ARV", terms__i="marn")
    live.acts("step", "chair", step="consult")
    live.acts(
        "propose", "BOR", step="decide", terms__host="ARV", text="The Ward goes to Marn.",
        parts__1="The Council sends the Ward to Marn.", parts__2="The Ward guards the dam.", **MANDATE,
    )  # fmt: skip


def voting(live: Live, *, way: str = "1", **fields: str) -> None:
    """The silence was broken, and it is put to the vote."""
    proposed(live)
    live.acts("open", "chair", proposal="p1", until__hours="24")
    if way == "0":
        return
    live.acts("object", "CAD", ballot="b1", text="Not like this.")
    live.acts("close", "chair", ballot="b1")
    live.acts("open", "chair", proposal="p1", way="1", **fields)


def meeting(live: Live) -> None:
    """The chair has opened the meeting: motions and manners of voting are in order."""
    live.acts("meet", "chair", what="open")
