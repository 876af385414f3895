"""The contents of papers, by their digests, in a table beside the record's: the record says only what they hash to.

A content that no act of the record and no draft speaks of is taken away after an hour. Only `web/papers` uses it, in a
thread of its own, so that a large file keeps no vote waiting but for the moment in which it is written.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import TypeVar, cast

from foedus.council.ledger.database import Connection
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.web.papers.judging import Judged, Sort
from foedus.web.storing import connected
from foedus.words.speech import phrase

T = TypeVar("T")

MIB = 1024 * 1024
OF_ROOM, OF_PERSON = 512 * MIB, 64 * MIB
"""Bytes that are kept for a room, and of one person."""
MANY = 200
"""Papers that are kept of one person."""
DRAFTS = 20
"""Drafts that are kept of one delegation."""
LOOSE = 3600
"""Seconds after which a content is taken away that nothing speaks of."""

TABLES = (
    (
        "CREATE TABLE IF NOT EXISTS papers (room TEXT NOT NULL, digest TEXT NOT NULL, kind TEXT NOT NULL, "
        "size BIGINT NOT NULL, person TEXT NOT NULL, made BIGINT NOT NULL, content {bytes} NOT NULL, "
        "PRIMARY KEY (room, digest))"
    ),
    (
        "CREATE TABLE IF NOT EXISTS paper_drafts (id TEXT PRIMARY KEY, room TEXT NOT NULL, seat TEXT NOT NULL, "
        "digest TEXT NOT NULL, title TEXT NOT NULL, sort TEXT NOT NULL, made BIGINT NOT NULL)"
    ),
)


@dataclass(frozen=True, slots=True)
class Content:
    """A paper's content. `whole`: it still hashes to its digest."""

    digest: str
    kind: Sort
    content: bytes

    @property
    def whole(self) -> bool:
        """Whether it is what was handed in."""
        return digest_of(self.content) == self.digest


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper that a delegation has in hand and has not tabled."""

    id: str
    seat: str
    digest: str
    title: str
    sort: str


def digest_of(content: bytes) -> str:
    """SHA-256 in 64 letters, as the record has it."""
    return sha256(content).hexdigest()


class Papers:
    """The contents of papers, over one connection; not to be shared between threads."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        with connection.writing():
            for table in TABLES:
                connection.ask(table.format(bytes=connection.type_of_bytes))

    def put(self, room: str, judged: Judged, person: str, at: int) -> str:
        """Keep a content; its digest. Raises `Refused` (F778) where there is no room for it."""
        digest = digest_of(judged.content)
        with self.connection.writing():
            if self._has(room, digest):
                return digest
            size = len(judged.content)
            whole, mine, many = self._used(room, person)
            if whole + size > OF_ROOM:
                raise Refused(Problem("F778", NOWHERE, {"why": phrase("the room has papers of 512 MiB")}))
            if mine + size > OF_PERSON or many >= MANY:
                why = phrase("you have handed in 200 papers, or 64 MiB")
                raise Refused(Problem("F778", NOWHERE, {"why": why}))
            self.connection.ask(
                "INSERT INTO papers VALUES (?, ?, ?, ?, ?, ?, ?)",
                (room, digest, judged.kind, size, person, at, judged.content),
            )
        return digest

    def get(self, room: str, digest: str) -> Content | None:
        """A content, as it lies there."""
        row = self.connection.ask(
            "SELECT digest, kind, content FROM papers WHERE room = ? AND digest = ?", (room, digest)
        ).fetchone()
        return None if row is None else Content(str(row[0]), cast("Sort", row[1]), bytes(row[2]))

    def kinds(self, room: str) -> dict[str, Sort]:
        """Of what kind each content of a room is, by its digest."""
        rows = self.connection.ask("SELECT digest, kind FROM papers WHERE room = ?", (room,)).fetchall()
        return {str(row[0]): cast("Sort", row[1]) for row in rows}

    def draft(self, room: str, seat: str, digest: str, title: str, sort: str, at: int) -> None:
        """Keep a draft for a seat. Raises `Refused` (F778) for one too many."""
        with self.connection.writing():
            if len(self.drafts(room, seat)) >= DRAFTS:
                raise Refused(Problem("F778", NOWHERE, {"why": phrase("your delegation has 20 drafts")}))
            self.connection.ask(
                "INSERT INTO paper_drafts VALUES (?, ?, ?, ?, ?, ?, ?)",
                (token_hex(8), room, seat, digest, title, sort, at),
            )

    def drafts(self, room: str, seat: str) -> tuple[Draft, ...]:
        """The drafts of a seat, the oldest first."""
        rows = self.connection.ask(
            "SELECT id, seat, digest, title, sort FROM paper_drafts WHERE room = ? AND seat = ? ORDER BY made, id",
            (room, seat),
        ).fetchall()
        return tuple(Draft(*(str(cell) for cell in (row[0], row[1], row[2], row[3], row[4]))) for row in rows)

    def drop(self, room: str, seat: str, ident: str) -> None:
        """Take a draft of a seat away."""
        self.connection.ask(
            "DELETE FROM paper_drafts WHERE room = ? AND seat = ? AND id = ?", (room, seat, ident)
        )

    def tidy(self, room: str, spoken_of: Collection[str], at: int) -> int:
        """Take contents away that neither the record nor a draft speaks of; how many."""
        with self.connection.writing():
            rows = self.connection.ask(
                "SELECT digest FROM papers WHERE room = ? AND made <= ? AND digest NOT IN "
                "(SELECT digest FROM paper_drafts WHERE room = ?)",
                (room, at - LOOSE, room),
            ).fetchall()
            loose = [str(row[0]) for row in rows if str(row[0]) not in spoken_of]
            self.connection.ask_many(
                "DELETE FROM papers WHERE room = ? AND digest = ?", [(room, digest) for digest in loose]
            )
        return len(loose)

    def _has(self, room: str, digest: str) -> bool:
        found = self.connection.ask("SELECT 1 FROM papers WHERE room = ? AND digest = ?", (room, digest))
        return found.fetchone() is not None

    def _used(self, room: str, person: str) -> tuple[int, int, int]:
        whole = self.connection.ask("SELECT coalesce(sum(size), 0) FROM papers WHERE room = ?", (room,))
        first = whole.fetchone()
        mine = self.connection.ask(
            "SELECT coalesce(sum(size), 0), count(*) FROM papers WHERE room = ? AND person = ?",
            (room, person),
        ).fetchone()
        assert first is not None and mine is not None
        return int(first[0]), int(mine[0]), int(mine[1])


class Cabinet:
    """Papers behind the server's loop: one thread asks the tables."""

    def __init__(self, place: str | Path) -> None:
        self.closed = False
        self.thread = ThreadPoolExecutor(1, "papers")
        self.papers = self.thread.submit(lambda: Papers(connected(place))).result()

    async def run(self, what: Callable[[Papers], T]) -> T:
        """Something done with the papers, in their thread. Raises what it raises."""
        return await asyncio.get_running_loop().run_in_executor(self.thread, what, self.papers)

    def now(self, what: Callable[[Papers], T]) -> T:
        """The same, waiting for it: before the server runs, and after."""
        return self.thread.submit(what, self.papers).result()

    def close(self) -> None:
        """Lets go of the tables; a second time does nothing."""
        if self.closed:
            return
        self.closed = True
        self.now(lambda papers: papers.connection.close())
        self.thread.shutdown()
