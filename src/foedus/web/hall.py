"""What a server has: its rooms, and the people in them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from starlette.requests import Request

from foedus.meeting.viewer import Viewer
from foedus.web.accounts import Accounts
from foedus.web.cookies import token_of
from foedus.web.limits import Limits, passphrases, refusals
from foedus.web.listing import Preview
from foedus.web.look import Look
from foedus.web.papers.keeping import Cabinet
from foedus.web.ready import Ready
from foedus.web.rendering import Renderer
from foedus.web.room import Room
from foedus.web.shown import Shown

Doing = Callable[[], Awaitable[None]]


@dataclass
class Hall:
    """All that a server has: its rooms by name, their people. `said` are messages for somebody's next page. `tries`:
    how often passphrases may be tried; `refused`: how many deeds of one
    person may be refused; `hashing`: how many are looked at, at a time."""

    rooms: Mapping[str, Room]
    accounts: Accounts
    papers: Cabinet
    secure: bool = False
    renderers: dict[str, Renderer] = field(default_factory=dict[str, Renderer])
    ready: Ready = field(default_factory=Ready)
    tries: Limits = field(default_factory=passphrases)
    hashing: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(2))
    refused: Limits = field(default_factory=refusals)
    said: dict[str, str] = field(default_factory=dict[str, str])
    lists: dict[str, Preview] = field(default_factory=dict[str, Preview])
    shown: dict[str, Shown] = field(default_factory=dict[str, Shown])
    opening: list[Doing] = field(default_factory=list[Doing])
    closing: list[Doing] = field(default_factory=list[Doing])

    def look(self, request: Request, viewer: Viewer, page: str = "") -> Look:
        """A room as somebody sees it now."""
        room = self.rooms[viewer.room]
        return Look(
            room, viewer, room.standing, room.now(), room.wall.now(), page, room.stamp,
            dict(request.query_params), self.accounts.names(room.name),
        )  # fmt: skip

    def token(self, request: Request) -> str:
        """By which a browser says who asks."""
        return token_of(request.headers.get("cookie", ""), secure=self.secure)

    async def asking(self, request: Request) -> Viewer | None:
        """Who asks; None for whoever is not known, or not in this room."""
        viewer = await self.accounts.viewer(self.token(request))
        asked = request.path_params.get("room")
        if viewer is None or viewer.room not in self.rooms or asked not in (None, viewer.room):
            return None
        return viewer


def hall_of(request: Request) -> Hall:
    """The hall of a request."""
    return request.app.state.hall
