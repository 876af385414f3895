"""An entry of a record: its number, its room and what somebody did, written in one way only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from foedus.council.ledger.canonical import Value, canonical, is_canonical
from foedus.council.ledger.tree import leaf

LARGEST = 1024 * 1024
"""Bytes of one entry; a document is recorded by its hash, not by its text."""


class TooLarge(ValueError):
    """An entry that is longer than a record takes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a record. `number` counts from 0; `line` is what is hashed and handed on."""

    room: str
    number: int
    body: Mapping[str, Value]
    line: bytes

    @property
    def hash(self) -> bytes:
        """The entry's leaf in the tree."""
        return leaf(self.line)

    @staticmethod
    def of(room: str, number: int, body: Mapping[str, Value]) -> Entry:
        """An entry from what was done. Raises ValueError where it cannot be written."""
        line = canonical({"body": body, "number": number, "room": room})
        if len(line) > LARGEST:
            raise TooLarge(f"{len(line)} bytes")
        return Entry(room, number, body, line)

    @staticmethod
    def read(line: bytes) -> Entry | None:
        """An entry from its line, or None where this is none, or written in another way."""
        value = is_canonical(line) if len(line) <= LARGEST else None
        if value is None or sorted(value) != ["body", "number", "room"]:
            return None
        room, number, body = value["room"], value["number"], value["body"]
        if not isinstance(room, str) or not isinstance(body, Mapping) or type(number) is not int:
            return None
        return Entry(room, number, body, line)
