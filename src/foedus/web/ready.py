"""Answers that are ready: the inside of a page, as it was rendered for somebody of the same role, seat and language.

When something was entered, a thousand browsers ask for the same page within a second. Whoever is known by its cookie is
answered from here before anything else is looked at; all else goes the long way, through the guard. Nothing is weakened
by it: the header by which a part of a page is asked for is one that other sites' pages cannot send, and who is not
known here is not answered here.
"""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Awaitable, Callable, MutableMapping
from typing import TYPE_CHECKING, Any

from foedus.web.cookies import token_of
from foedus.web.headers import HEADERS, HSTS

if TYPE_CHECKING:
    from foedus.meeting.viewer import Viewer
    from foedus.web.hall import Hall
    from foedus.web.look import Look
    from foedus.web.room import Room

App = Callable[
    [
        MutableMapping[str, Any],
        Callable[[], Awaitable[MutableMapping[str, Any]]],
        Callable[[MutableMapping[str, Any]], Awaitable[None]],
    ],
    Awaitable[None],
]
MOST = 2_000
SMALL = 1_000
"""Bytes below which nothing is packed."""

COMMON = (
    (b"content-type", b"text/html; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"vary", b"X-Part, Cookie, Accept-Encoding"),
    *HEADERS.items(),
)


class Ready:
    """What is ready, by all on which it depends."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], tuple[bytes, bytes]] = {}

    def keep(self, look: Look, path: str, query: str, text: str) -> None:
        """Keep the inside of a page for whoever is like this."""
        if look.standing is not look.room.standing:
            return
        if len(self._kept) >= MOST:
            self._kept.clear()
        plain = text.encode()
        # What one seat alone asks for is not worth packing: two hundred delegations would wait for one another.
        alike = not look.viewer.seat and len(plain) > SMALL
        packed = gzip.compress(plain, 5, mtime=0) if alike else b""
        self._kept[key(look.room, look.viewer, path, query)] = (plain, packed)

    def find(self, room: Room, viewer: Viewer, path: str, query: str) -> tuple[bytes, bytes] | None:
        """The inside of a page, plain and packed."""
        return self._kept.get(key(room, viewer, path, query))


def key(room: Room, viewer: Viewer, path: str, query: str) -> tuple[object, ...]:
    """All on which a page depends that is kept."""
    return (
        room.name,
        path,
        query,
        viewer.role,
        viewer.seat,
        viewer.language,
        room.stamp,
        room.trouble,
    )


class Quick:
    """The application, with what is ready answered at once."""

    def __init__(self, app: App, hall: Hall) -> None:
        self.app, self.hall = app, hall

    async def __call__(self, scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        """As ASGI has it."""
        found = self._found(scope) if scope["type"] == "http" and scope["method"] == "GET" else None
        if found is None:
            await self.app(scope, receive, send)
            return
        headers, body = found
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def _found(self, scope: MutableMapping[str, Any]) -> tuple[list[tuple[bytes, bytes]], bytes] | None:
        cookie, encoding, part = b"", b"", False
        for name, value in scope["headers"]:
            if name == b"x-part":
                part = value == b"main"
            elif name == b"cookie":
                if cookie:
                    return None
                cookie = value
            elif name == b"accept-encoding":
                encoding = value
        if not part:
            return None
        token = token_of(cookie.decode("latin-1"), secure=self.hall.secure)
        viewer = self.hall.accounts.known(token, asyncio.get_running_loop().time()) if token else None
        path = str(scope["path"])
        if viewer is None or not (path + "/").startswith(f"/rooms/{viewer.room}/"):
            return None
        room = self.hall.rooms.get(viewer.room)
        query = scope["query_string"].decode("latin-1")
        ready = self.hall.ready.find(room, viewer, path, query) if room is not None else None
        if room is None or ready is None:
            return None
        plain, packed = ready
        headers = [*COMMON, (b"x-entry", b"%d" % room.stamp), (b"x-record", b"%d" % room.standing.size)]
        if self.hall.secure or scope.get("scheme") == "https":
            headers.append((b"strict-transport-security", HSTS))
        if packed and b"gzip" in encoding:
            length = (b"content-length", str(len(packed)).encode())
            return [*headers, length, (b"content-encoding", b"gzip")], packed
        return [*headers, (b"content-length", str(len(plain)).encode())], plain
