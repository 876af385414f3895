"""The store in a database. SQLite and PostgreSQL differ in how a room is locked and in how a place for a value is
written; all else is one text."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

from foedus.council.ledger.canonical import Value
from foedus.council.ledger.entry import Entry
from foedus.council.ledger.head import Head, Signer
from foedus.council.ledger.store import (
    Behind,
    NoRoom,
    Store,
    Unavailable,
    grown,
    packed,
    unpacked,
    with_signatures,
)
from foedus.council.ledger.tree import EMPTY, Frontier

VERSION = 1
"""Of the tables; a store of a later version is not opened."""

TABLES = (
    "CREATE TABLE IF NOT EXISTS rooms (room TEXT PRIMARY KEY, size BIGINT NOT NULL, peaks {bytes} NOT NULL)",
    (
        "CREATE TABLE IF NOT EXISTS entries (room TEXT NOT NULL REFERENCES rooms, number BIGINT NOT NULL, "
        "line {bytes} NOT NULL, PRIMARY KEY (room, number))"
    ),
    (
        "CREATE TABLE IF NOT EXISTS heads (room TEXT NOT NULL REFERENCES rooms, size BIGINT NOT NULL, "
        "note TEXT NOT NULL, PRIMARY KEY (room, size))"
    ),
    "CREATE TABLE IF NOT EXISTS version (version BIGINT PRIMARY KEY)",
)

AT_ONCE = 1000
"""Rows fetched at a time."""


class Row(Protocol):
    """A row of an answer."""

    def __getitem__(self, n: int, /) -> Any: ...


class Cursor(Protocol):
    """What an asked question gives."""

    def fetchone(self) -> Row | None: ...

    def fetchall(self) -> Sequence[Row]: ...


class Connection(Protocol):
    """One connection, as this module needs it. Every failure of the database is raised as Unavailable."""

    def ask(self, text: str, values: Sequence[object] = ()) -> Cursor:
        """Run one statement, values in the places marked `?`."""
        ...

    def ask_many(self, text: str, rows: Sequence[Sequence[object]]) -> None:
        """Run one statement for each row."""
        ...

    def writing(self) -> AbstractContextManager[None]:
        """A transaction that writes: whole and lasting when left, undone when an exception leaves it."""
        ...

    def close(self) -> None: ...

    lock: str
    """What is added to a SELECT so that nobody else adds to the room meanwhile."""
    type_of_bytes: str


class Database(Store):
    """The store over one connection; not to be shared between threads."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        with connection.writing():
            for table in TABLES:
                connection.ask(table.format(bytes=connection.type_of_bytes))
            row = connection.ask("SELECT max(version) FROM version").fetchone()
            found = row[0] if row else None
            if found is None:
                connection.ask("INSERT INTO version VALUES (?) ON CONFLICT DO NOTHING", (VERSION,))
            elif found > VERSION:
                raise Unavailable(f"the store is of version {found}, made by a later Foedus")

    def open_room(self, room: str, signer: Signer) -> Head:
        """As `Store.open_room`."""
        with self.connection.writing():
            made = self.connection.ask(
                "INSERT INTO rooms VALUES (?, 0, ?) ON CONFLICT DO NOTHING RETURNING room", (room, b"")
            ).fetchone()
            if made is not None:
                self._keep(signer.sign(Head(room, 0, EMPTY)))
        return self.head(room)

    def append(
        self, room: str, bodies: Sequence[Mapping[str, Value]], signer: Signer, seen: int | None = None
    ) -> tuple[Entry, ...]:
        """As `Store.append`."""
        with self.connection.writing():
            frontier = self._frontier(room, self.connection.lock)
            if seen is not None and seen != frontier.size:
                raise Behind(frontier.size)
            made = grown(frontier, room, bodies)
            if not made:
                return ()
            self.connection.ask_many(
                "INSERT INTO entries VALUES (?, ?, ?)", [(room, entry.number, entry.line) for entry in made]
            )
            self.connection.ask(
                "UPDATE rooms SET size = ?, peaks = ? WHERE room = ?", (frontier.size, packed(frontier), room)
            )
            self._keep(signer.sign(Head(room, frontier.size, frontier.root())))
        return made

    def entries(self, room: str, since: int = 0, until: int | None = None) -> Iterator[Entry]:
        """As `Store.entries`."""
        last = self._frontier(room).size if until is None else until
        for start in range(since, last, AT_ONCE):
            rows = self.connection.ask(
                "SELECT number, line FROM entries WHERE room = ? AND number >= ? AND number < ? ORDER BY number",
                (room, start, min(start + AT_ONCE, last)),
            ).fetchall()
            for number, line in ((row[0], bytes(row[1])) for row in rows):
                entry = Entry.read(line)
                if entry is None or (entry.number, entry.room) != (number, room):
                    raise Unavailable(f"entry {number} of {room} is damaged in the store")
                yield entry

    def head(self, room: str) -> Head:
        """As `Store.head`."""
        row = self.connection.ask(
            "SELECT note FROM heads WHERE room = ? ORDER BY size DESC LIMIT 1", (room,)
        ).fetchone()
        if row is None:
            raise NoRoom(room)
        return Head.read(row[0])

    def heads(self, room: str) -> Iterator[Head]:
        """As `Store.heads`."""
        for row in self.connection.ask(
            "SELECT note FROM heads WHERE room = ? ORDER BY size", (room,)
        ).fetchall():
            yield Head.read(row[0])

    def cosign(self, room: str, head: Head) -> Head:
        """As `Store.cosign`."""
        with self.connection.writing():
            self._frontier(room, self.connection.lock)
            row = self.connection.ask(
                "SELECT note FROM heads WHERE room = ? AND size = ?", (room, head.size)
            ).fetchone()
            if row is None:
                raise ValueError("another state of the record, or another record")
            both = with_signatures(Head.read(row[0]), head)
            self._keep(both)
        return both

    def rooms(self) -> tuple[str, ...]:
        """As `Store.rooms`."""
        return tuple(row[0] for row in self.connection.ask("SELECT room FROM rooms ORDER BY room").fetchall())

    def close(self) -> None:
        """As `Store.close`."""
        self.connection.close()

    def _frontier(self, room: str, lock: str = "") -> Frontier:
        row = self.connection.ask(f"SELECT size, peaks FROM rooms WHERE room = ?{lock}", (room,)).fetchone()
        if row is None:
            raise NoRoom(room)
        return unpacked(row[0], bytes(row[1]))

    def _keep(self, head: Head) -> None:
        self.connection.ask(
            "INSERT INTO heads VALUES (?, ?, ?) ON CONFLICT (room, size) DO UPDATE SET note = excluded.note",
            (head.origin, head.size, head.note()),
        )


class Sqlite:
    """A connection to a file. Every write begins with the lock (`BEGIN IMMEDIATE`): a transaction that reads first
    and then wants to write is refused at once, however long one would have waited."""

    lock = ""
    type_of_bytes = "BLOB"

    def __init__(self, path: Path | str) -> None:
        with _sqlite():
            self.raw = sqlite3.connect(path, timeout=30, isolation_level=None)
            self.raw.execute("PRAGMA journal_mode = WAL")
            self.raw.execute("PRAGMA synchronous = FULL")  # what is acknowledged survives a power cut
            self.raw.execute("PRAGMA fullfsync = 1")  # on macOS a plain sync stays in the drive's memory
            self.raw.execute("PRAGMA foreign_keys = ON")

    def ask(self, text: str, values: Sequence[object] = ()) -> Cursor:
        """As `Connection.ask`."""
        with _sqlite():
            return self.raw.execute(text, tuple(values))

    def ask_many(self, text: str, rows: Sequence[Sequence[object]]) -> None:
        """As `Connection.ask_many`."""
        with _sqlite():
            self.raw.executemany(text, [tuple(row) for row in rows])

    @contextmanager
    def writing(self) -> Generator[None]:
        """As `Connection.writing`."""
        with _sqlite():
            self.raw.execute("BEGIN IMMEDIATE")
        try:
            yield
            with _sqlite():
                self.raw.execute("COMMIT")
        except BaseException:
            if self.raw.in_transaction:
                with _sqlite():
                    self.raw.execute("ROLLBACK")
            raise

    def close(self) -> None:
        """As `Connection.close`."""
        self.raw.close()


@contextmanager
def _sqlite() -> Generator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise Unavailable(str(error)) from error
