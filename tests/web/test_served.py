"""The guard behind a real server and sockets: what a browser gets when it sends too much, or not all of it."""

from __future__ import annotations

import asyncio
import http.client
import socket
import threading
from collections.abc import Generator
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from foedus.web import wire
from foedus.web.guard import MIB, Guard, Settings
from foedus.web.refused import HANDLERS
from foedus.web.wire import LONGEST_HEAD, Wire


async def size(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


@pytest.fixture(scope="module")
def port() -> Generator[int]:
    """A server on a port of its own; it waits a twentieth of a second for the next piece of what is sent, and half a
    second for the head of a request."""
    patience, wire.PATIENCE = wire.PATIENCE, 0.5
    routes = [Route("/{anything:path}", size, methods=["GET", "POST"])]
    room = Starlette(routes=routes, exception_handlers=HANDLERS)  # type: ignore[arg-type]
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        Guard(room, Settings(patience=0.05)), http=Wire, lifespan="off", log_config=None, server_header=False
    )  # fmt: skip
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listening])))
    thread.start()
    yield listening.getsockname()[1]
    server.should_exit = True
    thread.join()
    wire.PATIENCE = patience


def sent(
    port: int, method: str, path: str, body: Any = None, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, {"Sec-Fetch-Site": "same-origin", **names})
    answer = connection.getresponse()
    found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    connection.close()
    return found


def test_what_is_sent_arrives(port: int) -> None:
    status, headers, body = sent(port, "POST", "/", b"x" * 200_000)
    assert (status, body) == (200, b"200000")
    assert "server" not in headers
    assert headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("path", ["/", "/rooms/r/papers"])
def test_twenty_megabytes_are_refused_and_the_refusal_arrives(port: int, path: str) -> None:
    status, _, body = sent(port, "POST", path, b"x" * (20 * MIB))
    assert status == 413
    assert b"F736" in body
    pieces = (b"x" * MIB for _ in range(20))
    assert sent(port, "POST", path, pieces)[0] == 413, "nor does it help not to say how much it will be"
    assert sent(port, "POST", path, b"x" * 1000)[0] == 200


def test_what_stops_half_way_is_let_go(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as raw:
        raw.sendall(
            b"POST / HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: none\r\nContent-Length: 100\r\n\r\nhalf"
        )
        assert raw.recv(64).startswith(b"HTTP/1.1 408 ")


START = b"POST / HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: none\r\nContent-Length: 4\r\n"


@pytest.mark.parametrize(
    "head",
    [
        START + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        START + b"Content-Length: 5\r\n\r\nhalf",
        b"GET / HTTP/1.1\r\nHost : localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    ],
)
def test_requests_that_can_be_read_in_two_ways_are_refused(port: int, head: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as raw:
        raw.sendall(head)
        answer = raw.recv(64)
    assert answer[:12] in (b"HTTP/1.1 400", b"HTTP/1.1 421"), answer


def test_a_head_without_end_is_cut_off(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as raw:
        raw.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
        sent_already, answer = 0, b""
        try:
            while sent_already < 40 * LONGEST_HEAD:
                raw.sendall(b"X-Filler: " + b"a" * 8_000 + b"\r\n")
                sent_already += 8_000
            answer = raw.recv(64)
        except OSError:
            pass
    assert sent_already < 40 * LONGEST_HEAD or answer.startswith((b"HTTP/1.1 431", b""))
    assert sent(port, "GET", "/")[0] == 200, "others are answered"


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\nHost: local"])
def test_who_says_nothing_is_let_go(port: int, begun: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as raw:
        raw.sendall(begun)
        assert raw.recv(64) == b"", "closed without an answer"
