"""What every request has to pass before the room sees it, and what every answer carries.

A plain ASGI middleware: what the room streams goes through untouched. In order: the name by which the server is called
(`hosts`), the length of address and headers, whether the request comes from a page of ours, how often somebody asks
(`limits`), and, while it is read, how much is sent. What is refused is answered by a page in plain words (`refused`).

*From a page of ours*: what may change something needs `Sec-Fetch-Site: same-origin` (or `none`: typed by hand); where a
browser does not send it, as over plain HTTP on a local network, `Origin` or else `Referer` must be ours; with none of
the three it is refused. What only reads is refused to other sites' scripts and pictures, and not to links from there.

Neither uvicorn nor httptools bounds the length of an address or of headers while they are read: here they are refused
once read (8 KiB, 32 KiB). How many connections there may be at a time is uvicorn's `limit_concurrency`.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any, Literal
from urllib.parse import urlsplit

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.diagnostics.visible import visible
from foedus.web.codes import digest
from foedus.web.cookies import token_of
from foedus.web.headers import HEADERS, HSTS, SANDBOX
from foedus.web.hosts import Hosts
from foedus.web.limits import Limits, address_key
from foedus.web.refused import answer, told

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LOG = logging.getLogger("foedus.web")

READING = frozenset({"GET", "HEAD", "OPTIONS"})
LONGEST_ADDRESS = 8 * 1024
LONGEST_HEADERS = 32 * 1024
KIB, MIB = 1024, 1024 * 1024
TOLD = frozenset({401, 403, 408, 413, 421, 429})
"""Answers of which the log is told."""
LINGER, LINGER_SECONDS = 32 * MIB, 3.0

LASTING = b"public, max-age=31536000, immutable"
_NAMED_BY_CONTENT = re.compile(r"/static/(?:[^/]+/)*[^/]+\.[0-9a-f]{8,64}\.[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Rate:
    """How often requests to addresses of a shape may come from one address or one browser. `failed`: only those count
    that are refused, so that many people behind one address can come in together."""

    name: str
    methods: frozenset[str]
    address: re.Pattern[str]
    by: Literal["address", "visit"]
    per_second: float
    burst: int
    failed: bool = False


RATES = (
    Rate(
        "join", frozenset({"GET", "POST"}), re.compile(r"/join(?:/.*)?"), "address", 10 / 60, 10, failed=True
    ),
    Rate("enter", frozenset({"POST"}), re.compile(r"/enter"), "address", 1, 30, failed=True),
    Rate("stream", frozenset({"GET"}), re.compile(r"/rooms/[^/]+/stream"), "visit", 1, 20),
    Rate("act", frozenset({"POST", "PUT", "PATCH", "DELETE"}), re.compile(r".*"), "visit", 5, 20),
)
"""The first whose method and address fit is the one that counts. A browser that is not known counts by address."""

SIZES: tuple[tuple[re.Pattern[str], int], ...] = ((re.compile(r"/rooms/[^/]+/papers"), 10 * MIB),)
"""How much may be sent to addresses of a shape."""
MOST_SENT = 256 * KIB
"""How much may be sent to all others."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a server is guarded. `secure`: it is reached over HTTPS, by itself or through a proxy. `patience`: seconds
    for which it waits for the next piece of what is sent."""

    hosts: Hosts = field(default_factory=lambda: Hosts.of("127.0.0.1"))
    secure: bool = False
    rates: Sequence[Rate] = RATES
    sizes: Sequence[tuple[re.Pattern[str], int]] = SIZES
    most_sent: int = MOST_SENT
    patience: float = 20.0


class Guard:
    """The middleware. `clock`: seconds that never go back."""

    def __init__(
        self, app: App, settings: Settings | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.app = app
        self.settings = settings or Settings()
        self.clock = clock
        self.limits = {rate.name: Limits(rate.per_second, rate.burst) for rate in self.settings.rates}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it."""
        if scope["type"] == "websocket":  # there are none; the answer is 403
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        passing = _Passing(self, scope, receive, send)
        await passing.run()
        if passing.status in TOLD:
            passing.told()


class _Passing:
    """One request on its way."""

    def __init__(self, guard: Guard, scope: Scope, receive: Receive, send: Send) -> None:
        self.guard, self.scope, self._receive, self._send = guard, scope, receive, send
        self.settings = guard.settings
        self.headers = _headers(scope)
        self.path = str(scope["path"])
        self.method = str(scope["method"])
        self.started = self.ended = False
        self.got = 0
        self.whole = False
        self.problem: Problem | None = None
        self.status = 0

    async def run(self) -> None:
        problem = self._unnamed() or self._too_long() or self._foreign() or self._announced()
        if problem is not None:
            await self._refuse(problem)
            return
        rate, key = self._rate()
        if rate is not None:
            wait = self.guard.limits[rate.name].wait(key, self.guard.clock(), only_look=rate.failed)
            if wait:
                await self._refuse(Problem("F737", NOWHERE, {"seconds": str(ceil(wait))}))
                return
        try:
            await self.guard.app(self.scope, self.receive, self.send)
        except Exception as error:  # nobody but the log is told what went wrong inside
            if self.problem is None:
                self.problem = told(error)
                if self.problem.code == "F743":
                    LOG.exception("%s %s failed", self.method, visible(self.path)[:200])
            if self.started and not self.ended:
                raise  # half an answer is out: the server closes the connection
        if self.problem is not None and not self.started:
            await self._refuse(self.problem)
        if rate is not None and rate.failed and self.status >= 400:
            self.guard.limits[rate.name].wait(key, self.guard.clock())

    # ---- before ----

    def _unnamed(self) -> Problem | None:
        hosts = self.headers.get("host", [])
        if len(hosts) == 1 and self.settings.hosts.known(hosts[0]):
            return None
        return Problem("F735", NOWHERE, {"host": visible(hosts[0])[:100] if hosts else "…"})

    def _too_long(self) -> Problem | None:
        address = len(self.scope.get("raw_path") or self.path) + len(self.scope.get("query_string", b""))
        if address > LONGEST_ADDRESS:
            return Problem("F736", NOWHERE, {"limit": f"{LONGEST_ADDRESS // KIB} KiB"})
        if sum(len(name) + len(value) for name, value in self.scope["headers"]) > LONGEST_HEADERS:
            return Problem("F736", NOWHERE, {"limit": f"{LONGEST_HEADERS // KIB} KiB"})
        return None

    def _foreign(self) -> Problem | None:
        site = self._one("sec-fetch-site")
        if self.method in READING:
            led_here = self._one("sec-fetch-mode") == "navigate" and self.method != "OPTIONS"
            fine = site in ("", "same-origin", "none") or led_here
        elif site:
            fine = site in ("same-origin", "none")
        elif "origin" in self.headers:
            fine = self.headers["origin"] == [self._own()]
        else:
            fine = _origin(self._one("referer")) == self._own()
        return None if fine else Problem("F734", NOWHERE)

    def _announced(self) -> Problem | None:
        length = self._one("content-length")
        if length and (not length.isascii() or not length.isdigit() or int(length[:18]) > self._most()):
            return self._too_large()
        return None

    def _own(self) -> str:
        scheme = "https" if self.settings.secure else self.scope.get("scheme", "http")
        return f"{scheme}://{self.headers['host'][0].strip().lower()}"

    def _rate(self) -> tuple[Rate | None, str]:
        for rate in self.settings.rates:
            if self.method in rate.methods and rate.address.fullmatch(self.path):
                token = token_of("; ".join(self.headers.get("cookie", [])), secure=self.settings.secure)
                if rate.by == "visit" and token:
                    return rate, digest(token)
                client = self.scope.get("client")
                return rate, address_key(str(client[0])) if client else ""
        return None, ""

    def _one(self, name: str) -> str:
        return ", ".join(self.headers.get(name, []))

    # ---- while it is read ----

    def _most(self) -> int:
        for address, most in self.settings.sizes:
            if address.fullmatch(self.path):
                return most
        return self.settings.most_sent

    def _too_large(self) -> Problem:
        most = self._most()
        return Problem(
            "F736", NOWHERE, {"limit": f"{most // MIB} MiB" if most >= MIB else f"{most // KIB} KiB"}
        )

    async def receive(self) -> Message:
        """The next piece of what is sent. Raises `Refused` (F736) for one too many, and when it does not come."""
        if self.whole:
            return await self._receive()  # waits for the browser to go away, as long as it takes
        try:
            async with asyncio.timeout(self.settings.patience):
                message = await self._receive()
        except TimeoutError:
            self.problem = Problem("F744", NOWHERE)
            raise Refused(self.problem) from None
        if message["type"] == "http.request":
            self.got += len(message.get("body", b""))
            self.whole = not message.get("more_body", False)
            if self.got > self._most():
                self.problem = self._too_large()
                raise Refused(self.problem)
        return message

    # ---- after ----

    async def send(self, message: Message) -> None:
        """An answer of the room, with what every answer carries."""
        if message["type"] == "http.response.start":
            if self.problem is not None:
                return
            self.started = True
            self.status = int(message["status"])
            message = {**message, "headers": self._dressed(list(message.get("headers", [])))}
        elif not self.started:
            return  # the rest of an answer that was not let through
        await self._send(message)
        if message["type"] == "http.response.body":
            self.ended = not message.get("more_body", False)

    def told(self) -> None:
        """A line for the log: what was refused, to whom. Of the address only its beginning: more may be secret."""
        client = self.scope.get("client")
        first = visible(self.path.split("/")[1] if "/" in self.path else self.path)[:40]
        code = self.problem.code if self.problem else ""
        where = address_key(str(client[0])) if client else "?"
        LOG.warning("%s %s /%s refused to %s %s", self.status, self.method[:10], first, where, code)

    async def _refuse(self, problem: Problem) -> None:
        self.problem = problem
        status, headers, body = answer(problem, self._one("accept"), self._one("accept-language"))
        unread = not self.whole and self.method not in READING
        if unread:
            headers = (*headers, (b"connection", b"close"))
        self.status, self.started, self.ended = status, True, True
        start = {"type": "http.response.start", "status": status, "headers": self._dressed(list(headers))}
        await self._send(start)
        sent = b"" if self.method == "HEAD" else body
        await self._send({"type": "http.response.body", "body": sent, "more_body": unread})
        if unread:
            await self._linger()
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _linger(self) -> None:
        """Throw away what is still being sent: a browser whose connection is cut while it sends never shows the answer.
        Not for ever, and not where the browser asked before sending."""
        if "expect" in self.headers:
            return
        thrown = 0
        try:
            async with asyncio.timeout(LINGER_SECONDS):
                while thrown < LINGER:
                    message = await self._receive()
                    thrown += len(message.get("body", b""))
                    if not message.get("more_body", False):
                        return
        except TimeoutError:
            return

    def _dressed(self, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        kept = [(name, value) for name, value in headers if name.lower() not in HEADERS]
        if not any(name.lower() == b"cache-control" for name, _ in kept):
            lasting = self.status == 200 and _NAMED_BY_CONTENT.fullmatch(self.path)
            kept.append((b"cache-control", LASTING if lasting else b"no-store"))
        own = headers and any(n.lower() == b"content-security-policy" and v == SANDBOX for n, v in headers)
        kept += ({**HEADERS, b"content-security-policy": SANDBOX} if own else HEADERS).items()
        if self.settings.secure or self.scope.get("scheme") == "https":
            kept.append((b"strict-transport-security", HSTS))
        return kept


def _headers(scope: Scope) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        found.setdefault(bytes(name).decode("latin-1").lower(), []).append(bytes(value).decode("latin-1"))
    return found


def _origin(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}".lower() if parts.scheme and parts.netloc else ""
