"""Keeps a session as it goes: every turn is an entry, signed, and on the disk before the next is asked for.

A session that broke off is taken up again by playing it anew: the same scenario, pages and seed give the same turns,
so each must be the entry that is there, and what comes after the last one is added.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from foedus.council.ledger.canonical import Value, written
from foedus.council.ledger.database import Database, Sqlite
from foedus.council.ledger.entry import Entry
from foedus.council.ledger.head import Head, Signer
from foedus.council.ledger.record import export
from foedus.council.ledger.store import Behind, NoRoom, Store, Unavailable
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import spelled, whole
from foedus.exercise.scenario import Scenario
from foedus.exercise.turns import OPENING, Turn, opening
from foedus.words.speech import phrase

NAME = "foedus-session"
"""Of the key with which a session signs."""


def unkept(path: str, why: str, advice: str = "") -> Refused:
    """A record that cannot be kept, or is not this session's."""
    again = phrase("What was acknowledged is kept. When it is mended: foedus session SCENARIO --resume FILE.")
    return Refused(
        Problem("F689", whole(path), {"path": path, "why": why, "advice": ""}, help=advice or again)
    )


@dataclass
class Keeper:
    """A store with one room, and the key that signs its heads. `there` are the entries of a session that is taken up
    again, which have yet to be met; `path` is empty for a record in memory."""

    store: Store
    room: str
    signer: Signer
    path: str = ""
    file: Path | None = None
    there: Iterator[Entry] = field(default_factory=lambda: iter(()))
    size: int = 0
    inode: int | None = None

    def add(self, body: Mapping[str, Value]) -> bool:
        """One entry more; False where it was there already. It is on the disk when this returns. Raises `Refused`
        (F689)."""
        kept = next(self.there, None)
        if kept is not None:
            if written(kept.body) != written(body):
                why = phrase("its entry {number} is not what this session does there", number=kept.number)
                advice = phrase("Give the scenario, the pages and the seed with which it was begun.")
                raise unkept(self.path, why, advice)
            self.size += 1
            return False
        self._still_there()
        try:
            self.store.append(self.room, [body], self.signer, self.size)
        except (Unavailable, NoRoom) as error:
            raise unkept(self.path, str(error)) from error
        except Behind as error:
            why = phrase("somebody else added to it")
            raise unkept(self.path, why) from error
        self.size += 1
        return True

    def _still_there(self) -> None:
        """A file that was taken away can still be written to, and nobody would ever read it."""
        if self.file is None:
            return
        try:
            there = self.file.stat().st_ino == self.inode
        except OSError:
            there = False
        if not there:
            raise unkept(self.path, phrase("the file has gone, or another was put in its place"))

    def kept(self, scenario: Scenario, seed: int, turns: Iterator[Turn]) -> Iterator[tuple[int, bool, Turn]]:
        """The turns with their numbers in the record, each when it is acknowledged, and whether it was new."""
        self.add(opening(scenario, seed))
        for turn in turns:
            number = self.size
            fresh = self.add(turn.body())
            yield number, fresh, turn

    def head(self) -> Head:
        """The signed head."""
        return self.store.head(self.room)

    def export(self, path: Path) -> Head:
        """Writes the record to a file. Raises `Refused` (F689)."""
        try:
            return export(self.store, self.room, [self.signer.key], path)
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise unkept(spelled(path), why, phrase("Give another place for it.")) from None

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()


def in_memory(room: str) -> Keeper:
    """A record that is exported at the end, or not at all."""
    return over(Database(Sqlite(":memory:")), room, Signer.new(NAME))


def over(store: Store, room: str, signer: Signer, path: str = "") -> Keeper:
    """A record in a store, of a room that has none. Raises `Refused` (F689)."""
    try:
        head = store.open_room(room, signer)
    except Unavailable as error:
        raise unkept(path, str(error)) from error
    if head.size:
        raise unkept(path, phrase("there is a record of {room} in it", room=room))
    return Keeper(store, room, signer, path)


def begun(path: Path, room: str) -> Keeper:
    """A new record in a file, with its key beside it (`FILE.key`, for nobody else to read). Raises `Refused` (F689)."""
    called = spelled(path)
    if path.exists():
        advice = phrase("Go on with it: --resume {file}. Or name a file that is not there.", file=called)
        raise unkept(called, phrase("the file is there already"), advice)
    signer = Signer.new(NAME)
    beside = _key(path)
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(signer.secret.hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise unkept(called, (error.strerror or str(error)).lower()) from None
    kept = over(_opened(path), room, signer, called)
    kept.file, kept.inode = path, path.stat().st_ino
    return kept


def resumed(path: Path) -> tuple[Keeper, Mapping[str, Value]]:
    """A record that was begun, with the body of its first entry. Raises `Refused` (F001, F689)."""
    called = spelled(path)
    if not path.is_file():
        raise Refused(Problem("F001", whole(called), {"path": called, "near": ""}))
    try:
        signer = Signer.of(NAME, bytes.fromhex(_key(path).read_text(encoding="ascii").strip()))
    except (OSError, ValueError):
        why = phrase("its key is not beside it, in {file}", file=spelled(_key(path)))
        raise unkept(called, why, phrase("Put the key there; without it nothing can be signed.")) from None
    store = _opened(path)
    try:
        rooms = store.rooms()
        if len(rooms) != 1:
            raise unkept(called, phrase("it is not the record of one session"))
        entries = list(store.entries(rooms[0]))
    except Unavailable as error:
        raise unkept(called, str(error)) from error
    first: Mapping[str, Value] = entries[0].body if entries else {}
    if entries and first.get("kind") != OPENING:
        raise unkept(called, phrase("it does not begin as the record of a session"))
    kept = Keeper(store, rooms[0], signer, called, path, iter(entries), inode=path.stat().st_ino)
    return kept, first


def _key(path: Path) -> Path:
    return path.with_name(path.name + ".key")


def _opened(path: Path) -> Database:
    try:
        return Database(Sqlite(path))
    except Unavailable as error:
        raise unkept(spelled(path), str(error)) from error
