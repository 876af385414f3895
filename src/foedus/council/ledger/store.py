"""Where records are kept: SQLite by default, PostgreSQL for many rooms; one contract for both.

An entry is acknowledged when `append` returns: then it is on the disk with a signed head above it. Entries are added
and read, never changed. Whoever appends says how many entries it has seen; if there are more by then, nothing is added
(`Behind`), since what was decided upon is no longer the last word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from foedus.council.ledger.canonical import Value
from foedus.council.ledger.entry import Entry
from foedus.council.ledger.head import Head, Signer
from foedus.council.ledger.tree import Frontier


class Behind(Exception):
    """Somebody else added entries first; `size` is how many there are now."""

    def __init__(self, size: int) -> None:
        super().__init__(f"the record has {size} entries by now")
        self.size = size


class Unavailable(Exception):
    """The store cannot be written or read: a full disk, a file that may only be read, a server that is gone."""


class NoRoom(KeyError):
    """There is no record of that room."""


class Store(Protocol):
    """A store of records."""

    def open_room(self, room: str, signer: Signer) -> Head:
        """The room's head; a room that was not there begins with no entries. Raises Unavailable."""
        ...

    def append(
        self, room: str, bodies: Sequence[Mapping[str, Value]], signer: Signer, seen: int | None = None
    ) -> tuple[Entry, ...]:
        """Adds entries, all or none, under one signed head, and makes them last. `seen` is the number of entries
        on which they rest (None: whatever there is). Raises Behind, Unavailable, NoRoom, ValueError."""
        ...

    def entries(self, room: str, since: int = 0, until: int | None = None) -> Iterator[Entry]:
        """The entries from number `since` on, up to and without `until`."""
        ...

    def head(self, room: str) -> Head:
        """The signed head. Raises NoRoom."""
        ...

    def heads(self, room: str) -> Iterator[Head]:
        """Every head that was signed, smallest first."""
        ...

    def cosign(self, room: str, head: Head) -> Head:
        """Adds the signatures of a head of this record to those kept. Raises ValueError for another record's."""
        ...

    def rooms(self) -> tuple[str, ...]:
        """The rooms that have a record."""
        ...

    def close(self) -> None:
        """Let go of the store."""
        ...


def grown(frontier: Frontier, room: str, bodies: Sequence[Mapping[str, Value]]) -> tuple[Entry, ...]:
    """The entries that follow on a frontier, which grows by them."""
    made = tuple(Entry.of(room, frontier.size + n, body) for n, body in enumerate(bodies))
    for entry in made:
        frontier.add(entry.hash)
    return made


def packed(frontier: Frontier) -> bytes:
    """A frontier's peaks, one after the other, 32 bytes each."""
    return b"".join(frontier.peaks)


def unpacked(size: int, peaks: bytes) -> Frontier:
    """A frontier from its size and its peaks."""
    return Frontier(size, [peaks[n : n + 32] for n in range(0, len(peaks), 32)])


def with_signatures(kept: Head, other: Head) -> Head:
    """The kept head with the other's signatures. Raises ValueError where they are not heads of one state."""
    if other.text() != kept.text():
        raise ValueError("another state of the record, or another record")
    known = {(s.name, s.id) for s in kept.signatures}
    more = tuple(s for s in other.signatures if (s.name, s.id) not in known)
    return Head(kept.origin, kept.size, kept.root, (*kept.signatures, *more))
