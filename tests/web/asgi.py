"""Calls of an ASGI application without a server: a request goes in, an answer comes out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple, TypeVar
from urllib.parse import unquote, urlencode

App = Callable[[Any, Any, Any], Awaitable[None]]
T = TypeVar("T")
HOST = "localhost:8000"
ADDRESS = ("127.0.0.1", 50000)


class Answer(NamedTuple):
    """What came back. `headers` has small letters; `cookies` the values of Set-Cookie, which may be several."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    cookies: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return self.body.decode()


def run(what: Coroutine[Any, Any, T]) -> T:
    """What a coroutine gives, in a loop and a thread of its own: Playwright, once it was used, keeps a
    loop running in the thread of the tests."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, what).result()


def call(
    app: App,
    method: str,
    path: str,
    headers: Mapping[str, str] | None = None,
    body: bytes | Mapping[str, str] | Iterable[bytes] = b"",
    client: tuple[str, int] = ADDRESS,
    scheme: str = "http",
) -> Answer:
    """One request, in an event loop of its own."""
    return run(acall(app, method, path, headers, body, client, scheme))


async def acall(
    app: App,
    method: str,
    path: str,
    headers: Mapping[str, str] | None = None,
    body: bytes | Mapping[str, str] | Iterable[bytes] = b"",
    client: tuple[str, int] = ADDRESS,
    scheme: str = "http",
) -> Answer:
    """One request, in the event loop of who asks. A mapping is sent as a form; pieces are sent as pieces.

    Unless `headers` say otherwise it comes from a page of the server's own; a header given as "" is left out.
    """
    sent = {"host": HOST}
    if method not in ("GET", "HEAD", "OPTIONS"):
        sent["sec-fetch-site"] = "same-origin"
    if isinstance(body, Mapping):
        body = urlencode(body).encode()
        sent["content-type"] = "application/x-www-form-urlencoded"
    sent |= {name.lower(): value for name, value in (headers or {}).items()}
    pieces = iter([body] if isinstance(body, bytes) else body)
    address, _, query = path.partition("?")
    scope: MutableMapping[str, Any] = {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"}, "http_version": "1.1", "method": method,
        "scheme": scheme, "path": unquote(address), "raw_path": address.encode(), "query_string": query.encode(),
        "root_path": "", "client": client, "server": ("127.0.0.1", 8000),
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in sent.items() if value],
    }  # fmt: skip
    came: list[Any] = []
    ended = asyncio.Event()
    waiting: list[bytes | None] = [next(pieces, b"")]

    async def receive() -> dict[str, Any]:
        if waiting[0] is None:
            await ended.wait()
            return {"type": "http.disconnect"}
        piece, waiting[0] = waiting[0], next(pieces, None)
        return {"type": "http.request", "body": piece, "more_body": waiting[0] is not None}

    async def send(message: Any) -> None:
        came.append(message)
        if message["type"] == "http.response.body" and not message.get("more_body"):
            ended.set()

    await app(scope, receive, send)
    start = next(message for message in came if message["type"] == "http.response.start")
    pairs = [(name.decode().lower(), value.decode("latin-1")) for name, value in start["headers"]]
    whole = b"".join(message.get("body", b"") for message in came if message["type"] == "http.response.body")
    return Answer(start["status"], dict(pairs), whole, tuple(v for n, v in pairs if n == "set-cookie"))
