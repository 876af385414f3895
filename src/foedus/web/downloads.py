"""What one takes away from a room: minutes in several forms, the record, its head, a proof.

All of it is the same for whoever may have it: a vote that is hidden by now is in none of it, and the record ends before
the first such vote. A proof is of one entry, and one's own hidden vote has none before the close, since the path of a
proof has hashes of other votes in it.
"""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, TypeAlias
from weakref import WeakKeyDictionary

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foedus.council.ledger.head import Head
from foedus.council.ledger.proof import prove
from foedus.council.ledger.record import heads_until, put
from foedus.council.ledger.store import Store
from foedus.council.ledger.tree import leaf
from foedus.council.minutes import minutes as dossier_of
from foedus.diagnostics.problem import Refused
from foedus.meeting.access import Sight
from foedus.meeting.secrecy import hidden, shown_until
from foedus.report.docx import to_docx
from foedus.report.journal import Journal
from foedus.report.markdown import to_markdown
from foedus.report.official.akn import to_akn
from foedus.report.official.blocks import memo_of
from foedus.report.official.json import as_json
from foedus.report.official.minutes import About, Minutes, minutes_of
from foedus.report.official.pdf import to_pdf
from foedus.web.asked import number
from foedus.web.look import Look
from foedus.web.refused import respond
from foedus.web.room import Room
from foedus.words.speech import language, marked

SLICE = 1000
"""Entries read from the record in one go; whoever votes meanwhile waits no longer than that takes."""

Making: TypeAlias = Callable[[Look], Awaitable[bytes]]


@dataclass(frozen=True)
class Download:
    """A file: what it is called in a list, its media type, who may have it, what makes it. `listed`: it stands in the
    list of files."""

    title: str
    media: str
    make: Making
    sight: Sight = "minutes"
    listed: bool = True


@dataclass
class Shelf:
    """Files of a room that were made since the last entry, and the hashes of its entries as far as they were asked for.
    What is asked for by a hundred at once is made once."""

    size: int = 0
    files: dict[tuple[str, str, int], bytes] = field(default_factory=dict[tuple[str, str, int], bytes])
    hashes: list[bytes] = field(default_factory=list[bytes])
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


SHELVES: WeakKeyDictionary[Room, Shelf] = WeakKeyDictionary()


# ---- minutes ----


async def _minutes(look: Look) -> Minutes:
    head = await _last_head(look)
    said = language()

    def shows(ballot: str, member: str) -> bool:
        del member  # it is one file for all
        return not hidden(look.state, look.debate, ballot)

    journal = Journal(look.standing.order, look.state, shows)
    about = About(look.room.scenario.title, look.room.name, said, names=dict(look.names), head=head)
    return await asyncio.to_thread(minutes_of, look.standing, look.entries, about, journal)


async def _pdf(look: Look) -> bytes:
    return await asyncio.to_thread(to_pdf, await _minutes(look))


async def _docx(look: Look) -> bytes:
    made = await _minutes(look)
    return await asyncio.to_thread(lambda: to_docx(memo_of(made)))


async def _markdown(look: Look) -> bytes:
    made = await _minutes(look)
    return await asyncio.to_thread(lambda: to_markdown(memo_of(made)).encode())


async def _akn(look: Look) -> bytes:
    return await asyncio.to_thread(to_akn, await _minutes(look))


async def _json(look: Look) -> bytes:
    made = await _minutes(look)
    return await asyncio.to_thread(lambda: _in_json(as_json(made)))


async def _dossier(look: Look) -> bytes:
    room = look.room
    name = "".join(c if c.isascii() and c.isalnum() else "-" for c in room.name.lower()).strip("-")
    called = name if name[:1].isalpha() else f"session-{name}".strip("-")
    return dossier_of(look.rules, look.state, called, room.scenario.title).encode()


def _in_json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"


# ---- the record ----


def _most(look: Look) -> int:
    return min(shown_until(look.entries, look.state, look.debate), look.standing.size)


async def _heads(look: Look) -> list[Head]:
    """The heads of the record as far as it may be handed on by now; the last is that in which it ends."""

    def begun(store: Store) -> tuple[list[Head], Iterator[Head]]:
        heads = store.heads(look.room.name)
        return list(islice(heads, 1)), heads  # what asks the database is done; the rest is reading texts

    first, rest = await look.room.storing.run(begun)
    return await asyncio.to_thread(lambda: heads_until(chain(first, rest), _most(look)))


async def _last_head(look: Look) -> Head:
    """The head in which the record ends that may be handed on by now."""
    head = look.room.head
    return head if head.size == _most(look) else (await _heads(look))[-1]


async def _lines(room: Room, since: int, until: int) -> list[bytes]:
    found: list[bytes] = []
    for start in range(since, until, SLICE):
        end = min(start + SLICE, until)
        found += await room.storing.run(
            lambda store, start=start, end=end: [each.line for each in store.entries(room.name, start, end)]
        )
    return found


async def _record(look: Look) -> bytes:
    heads = await _heads(look)
    lines = await _lines(look.room, 0, heads[-1].size)

    def packed() -> bytes:
        file = io.BytesIO()
        put(file, look.room.name, [look.room.signer.key], lines, heads)
        return file.getvalue()

    return await asyncio.to_thread(packed)


async def _head(look: Look) -> bytes:
    return (await _last_head(look)).note().encode()


async def _key(look: Look) -> bytes:
    return f"{look.room.signer.key.line()}\n".encode()


async def _proof(look: Look) -> bytes:
    head = await _last_head(look)
    at = number(look.query, "entry", 0, head.size - 1)
    if at is None:
        raise HTTPException(404)
    known = _shelf(look.room).hashes
    known += map(leaf, await _lines(look.room, len(known), head.size))
    (line,) = await _lines(look.room, at, at + 1)
    return _in_json(prove(line, at, known[: head.size], head))


DOWNLOADS: Mapping[str, Download] = {
    "minutes.pdf": Download(marked("Minutes to print"), "application/pdf", _pdf),
    "minutes.docx": Download(
        marked("Minutes to edit"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _docx,
    ),
    "minutes.md": Download(marked("Minutes as text"), "text/markdown; charset=utf-8", _markdown),
    "minutes.akn.xml": Download(marked("Minutes in Akoma Ntoso"), "application/akn+xml", _akn),
    "minutes.json": Download(marked("Minutes for programs"), "application/json", _json),
    "dossier.md": Download(
        marked("The session as a dossier, for foedus assess"), "text/markdown; charset=utf-8", _dossier
    ),
    "record.zip": Download(
        marked("The record itself, for foedus verify"), "application/zip", _record, "record"
    ),
    "head.txt": Download(
        marked("The signed head: keep it, it shows later changes"), "text/plain; charset=utf-8", _head
    ),
    "key.txt": Download(marked("The key with which the room signs"), "text/plain; charset=utf-8", _key),
    "proof.json": Download(marked("Proof of one entry"), "application/json", _proof, "record", listed=False),
}
"""What can be taken away, by the last part of its address."""


async def get(request: Request, look: Look) -> Response:
    """A file, for whoever may have it."""
    name = request.path_params["name"]
    found = DOWNLOADS.get(name)
    if found is None or not look.sees(found.sight, look.viewer.seat):
        raise HTTPException(404)
    try:
        content = await _made(look, name, found)
    except Refused as refused:
        return await respond(request, refused)
    called = f"proof-{int(look.query['entry'])}.json" if name == "proof.json" else name
    headers = {"Content-Disposition": f'attachment; filename="{called}"', "Cache-Control": "no-store"}
    return Response(content, media_type=found.media, headers=headers)


def _shelf(room: Room) -> Shelf:
    return SHELVES.setdefault(room, Shelf())


async def _made(look: Look, name: str, found: Download) -> bytes:
    """The file, made once for each language and state of the record, and one at a time."""
    shelf = _shelf(look.room)
    key = (name, language(), hash(tuple(sorted(look.names.items()))))
    async with shelf.lock:
        if not found.listed:
            return await found.make(look)
        if shelf.size != look.standing.size:
            shelf.size = look.standing.size
            shelf.files.clear()
        if key not in shelf.files:
            shelf.files[key] = await found.make(look)
        return shelf.files[key]
