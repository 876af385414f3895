"""A connection, before there is a request: how long it may take to say what it wants, and in how many bytes.

uvicorn and httptools wait for the head of a request as long as it takes, and keep all of it. Here a head has 64 KiB at
most and twenty seconds; then the connection is closed. How much of a body may come, and how slowly, is the guard's.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LONGEST_HEAD = 64 * 1024
"""Bytes; one piece of what is sent, of up to 256 KiB, may come on top before it is seen."""
PATIENCE = 20.0
"""Seconds for the head of a request, from its first byte; and for the first byte of a connection."""
AT_A_TIME = 6_000
"""Connections: a thousand viewers have a stream and up to two more each, and others come and go."""
TOO_LONG = b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class Wire(HttpToolsProtocol):
    """uvicorn's connection, with bounds on the head of a request."""

    def connection_made(self, transport: Any) -> None:
        """As asyncio has it."""
        self._head_open = True
        self._head = 0
        self._late: asyncio.TimerHandle | None = None
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """As asyncio has it."""
        self._waited()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """As asyncio has it."""
        super().data_received(data)
        if not self._head_open:
            return
        self._head += len(data)
        if self._head > LONGEST_HEAD and not self.transport.is_closing():
            self.transport.write(TOO_LONG)
            self.transport.close()

    def on_message_begin(self) -> None:
        """A head begins."""
        self._head_open, self._head = True, 0
        self._wait()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """It is whole."""
        self._head_open = False
        self._waited()
        super().on_headers_complete()

    def _wait(self) -> None:
        if self._late is None:
            self._late = asyncio.get_running_loop().call_later(PATIENCE, self._close)

    def _waited(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _close(self) -> None:
        self._late = None
        if not self.transport.is_closing():
            self.transport.close()
