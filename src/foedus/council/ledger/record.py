"""A record as a file that can be handed on and checked without a server: `record.zip`.

`record.json` says which room and format it is, and whose keys signed; `entries.jsonl` has one entry a line, in the
bytes that were hashed; `heads.jsonl` every signed head, as a JSON string a line. Nothing in it is compressed in a way
that a reader must trust: what would unpack to more than `LARGEST` is not unpacked.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, cast

from foedus.council.ledger.canonical import written
from foedus.council.ledger.head import Head, Key
from foedus.council.ledger.store import NoRoom, Store

FORMAT = 1
LARGEST = 2 * 1024**3
"""Bytes that a record may unpack to: a hundred years of sessions."""

LONGEST = 4 * 1024 * 1024
"""Bytes of one line."""

_PARTS = ("record.json", "entries.jsonl", "heads.jsonl")


class NoRecord(ValueError):
    """A file that is no record; the text says in what."""


@dataclass
class Record:
    """A record as read: the lines as they stand, to be judged by `verify`."""

    room: str
    keys: tuple[Key, ...]
    lines: Iterator[bytes] = field(repr=False)
    heads: tuple[Head, ...] = field(repr=False)


def export(store: Store, room: str, keys: Iterable[Key], path: Path, until: int | None = None) -> Head:
    """Writes a room's record to a file, whole or not at all; the head that it ends in. `until`: it ends in the largest
    head over no more than so many entries. Raises NoRoom, OSError."""
    heads = heads_until(store.heads(room), store.head(room).size if until is None else until)
    if not heads:
        raise NoRoom(room)
    beside = path.with_name(path.name + ".part")
    try:
        with beside.open("wb") as file:
            lines = (entry.line for entry in store.entries(room, 0, heads[-1].size))
            put(file, room, keys, lines, heads)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return heads[-1]


def heads_until(heads: Iterable[Head], most: int) -> list[Head]:
    """The heads over no more than so many entries, smallest first; the last is the one in which a record ends. One that
    was signed meanwhile belongs to the next export."""
    return sorted((head for head in heads if head.size <= most), key=lambda head: head.size)


def put(
    file: IO[bytes], room: str, keys: Iterable[Key], lines: Iterable[bytes], heads: Iterable[Head]
) -> None:
    """Writes a record into an open file: `lines` are its entries from the first on, `heads` those over them."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        about = {"format": FORMAT, "keys": [key.line() for key in keys], "room": room}
        packed.writestr("record.json", written(about) + b"\n")
        with packed.open("entries.jsonl", "w") as part:
            for line in lines:
                part.write(line + b"\n")
        with packed.open("heads.jsonl", "w") as part:
            for each in heads:
                part.write(written(each.note()) + b"\n")


def opened(file: zipfile.ZipFile) -> Record:
    """The record in an open file. Its lines are read as they are asked for. Raises NoRecord."""
    known = {info.filename: info for info in file.infolist()}
    if set(known) != set(_PARTS) or len(file.infolist()) != len(_PARTS):
        raise NoRecord("it does not hold record.json, entries.jsonl and heads.jsonl, and only these")
    if sum(info.file_size for info in known.values()) > LARGEST:
        raise NoRecord(f"it would unpack to more than {LARGEST // 1024**3} GiB")
    with file.open("record.json") as part:
        room, keys = _about(part.read(LONGEST + 1))
    return Record(room, keys, _lines(file, "entries.jsonl"), tuple(_heads(_lines(file, "heads.jsonl"))))


def _about(raw: bytes) -> tuple[str, tuple[Key, ...]]:
    try:
        about = json.loads(raw)
        if about["format"] != FORMAT:
            raise NoRecord(f"its format is {about['format']!r}; this Foedus reads format {FORMAT}")
        room = about["room"]
        if not isinstance(room, str):
            raise NoRecord("its record.json names no room")
        return room, tuple(Key.read(line) for line in cast("list[str]", about["keys"]))
    except NoRecord:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NoRecord("its record.json cannot be read") from error


def _heads(lines: Iterator[bytes]) -> Iterator[Head]:
    for number, line in enumerate(lines, 1):
        try:
            note = json.loads(line)
            yield Head.read(note if isinstance(note, str) else "")
        except (ValueError, RecursionError) as error:
            raise NoRecord(f"line {number} of its heads.jsonl is no head") from error


def _lines(file: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    try:
        with file.open(name) as part:
            yield from _bounded(part, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise NoRecord(f"its {name} is damaged: {error}") from error


def _bounded(part: IO[bytes], name: str) -> Iterator[bytes]:
    number = 0
    while line := part.readline(LONGEST + 1):
        number += 1
        if len(line) > LONGEST:
            raise NoRecord(f"line {number} of its {name} is longer than {LONGEST // 1024**2} MiB")
        if not line.endswith(b"\n"):
            raise NoRecord(f"line {number} of its {name} breaks off")
        yield line[:-1]
