"""One run of reading: file after file, document after document, each id once.

Whatever is wrong with a document is told in its place, and the run goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Final

from foedus.diagnostics.problem import Refused
from foedus.diagnostics.reading import opened
from foedus.trace.clean import cleaned
from foedus.trace.document import Document, Unread
from foedus.trace.read.files import File, files
from foedus.trace.read.kinds import kind_of
from foedus.trace.read.source import Source, broken_pack, problem, unpacked, unread

MOST_BYTES: Final = 32 * 1024 * 1024
"""Bytes of one document; the longest novels have 6 million."""

Reader = Callable[[Source], Iterator[Document | Unread]]
_LIBRARIES: Final = {"html": "trafilatura", "pdf": "pypdf", "parquet": "duckdb", "warc": "warcio"}


def documents(paths: Iterable[Path], *, most_bytes: int = MOST_BYTES) -> Iterator[Document | Unread]:
    """The documents of files and of folders, folders in the order of their names, one after the other: no file
    is held as a whole that holds many.

    Texts, Markdown, HTML, PDF with a text layer; JSONL, Parquet and WARC with many documents each; text formats
    and WARC also packed (gzip). `most_bytes` is the limit of one document. Ids are unique: the name of the file
    without its ending, or what the record calls itself; of two that are the same the second is told apart
    (F616). Nothing raises: what cannot be read is an `Unread`.
    """
    ids = _Ids()
    for file in files(paths):
        if isinstance(file, Unread):
            yield file
            continue
        for found in _read(file, most_bytes):
            yield found if isinstance(found, Unread) else ids.settled(cleaned(found))


def read_source(source: Source) -> Iterator[Document | Unread]:
    """The documents of one source, as its content is."""
    kind = kind_of(source)
    try:
        read: Reader = import_module(f"foedus.trace.read.{kind}").read
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith("foedus"):
            raise
        library = _LIBRARIES.get(kind, missing.name or "")
        source.refuse("F559", option=source.name, library=library, extra="trace")
    yield from read(source)


def _read(file: File, most: int) -> Iterator[Document | Unread]:
    try:
        with opened(file.path) as raw:
            source = unpacked(file.path, file.name, raw, most)
            empty = True
            with broken_pack(source):
                for found in read_source(source):
                    empty = False
                    yield found
            if empty:
                source.refuse("F600")
    except Refused as refused:
        yield unread(refused, file.name)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        yield Unread(file.name, problem("F008", file.name, why=why))


class _Ids:
    """The ids given in this run."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def settled(self, document: Document) -> Document:
        """The document, under another id where its own is taken: as much of its path as tells it apart."""
        if document.id not in self._given:
            self._given.add(document.id)
            return document
        now = next(one for one in _names(document) if one not in self._given)
        self._given.add(now)
        said = problem("F616", document.path, id=document.id, now=now)
        return replace(document, id=now, warnings=(*document.warnings, said))


def _names(document: Document) -> Iterator[str]:
    parts = document.path.split("/")
    for count in range(1, len(parts) + 1):
        yield "/".join(parts[-count:])
    number = 1
    while True:
        number += 1
        yield f"{document.id} ({number})"
