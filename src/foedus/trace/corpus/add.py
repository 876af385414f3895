"""Documents into an index, batch by batch: read and cut into words by workers, put in their place in order.

What the index has already is passed over: a file by its name and the hash of its content, a document by its name
and text. A batch that was finished before a kill is found again by its digest, so work goes on where it stopped, and
the batches are the same as without the kill.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from foedus.trace.corpus import batch
from foedus.trace.corpus.folder import DOCUMENTS, Done, Folder, remove, whole
from foedus.trace.corpus.parquet import read
from foedus.trace.corpus.progress import Pace, Watch
from foedus.trace.corpus.workers import done
from foedus.trace.document import Document, Unread

CHARACTERS: Final = 4_000_000
"""Characters of a batch, about."""
FILES: Final = 4096
"""Files that are read for one batch at most."""

ONE: Final = frozenset((".txt", ".md", ".html", ".htm", ".xhtml", ".pdf"))
"""Endings of files that hold one document each; another may hold any number."""

Reader = Callable[[Iterable[Path]], Iterator[Document | Unread]]


@dataclass(frozen=True, slots=True)
class Added:
    """What was put into an index: documents, those that it had already, and what could not be read."""

    documents: int
    known: int
    unread: tuple[Unread, ...]


@dataclass(frozen=True)
class Lump:
    """What one batch is made of: documents, or files still to be read."""

    digest: str
    size: int
    documents: tuple[Document, ...] = ()
    unread: tuple[Unread, ...] = ()
    paths: tuple[Path, ...] = ()
    sources: tuple[str, ...] = ()


class Known:
    """Keys of the documents and files that an index has."""

    def __init__(self, batches: Sequence[Done]) -> None:
        self.documents: set[bytes] = set()
        self.files: set[str] = set()
        for one in batches:
            self.documents.update(
                bytes.fromhex(key) for key in read(one.file("documents.parquet"), "key")["key"].tolist()
            )
            self.files.update(one.said.get("sources", ()))


def lumps(documents: Iterable[Document | Unread], known: Known, passed: list[int]) -> Iterator[Lump]:
    """Documents as they come, without those that are known, in lumps of about `CHARACTERS`; how many were known
    is added to `passed`."""
    some: list[Document] = []
    unread: list[Unread] = []
    digest, size = _begun(), 0
    for one in documents:
        if isinstance(one, Unread):
            unread.append(one)
            digest.update(f"{one.path}\0{one.problem.code}\0".encode("utf-8", "backslashreplace"))
            continue
        key = bytes.fromhex(batch.key_of(one))
        if key in known.documents:
            passed[0] += 1
            continue
        known.documents.add(key)
        digest.update(key)
        some.append(one)
        size += len(one.text)
        if size >= CHARACTERS or len(some) == DOCUMENTS:
            yield Lump(digest.hexdigest(), size, tuple(some), tuple(unread))
            some, unread, digest, size = [], [], _begun(), 0
    if some or unread:
        yield Lump(digest.hexdigest(), size, tuple(some), tuple(unread))


def file_lumps(
    paths: Iterable[Path | Unread], known: Known, passed: list[int], reader: Reader
) -> Iterator[Lump]:
    """Files that are not known, small ones several to a lump; a large one is read here, document by document."""
    some: list[Path] = []
    sources: list[str] = []
    digest, size = _begun(), 0
    for path in paths:
        if isinstance(path, Unread):
            yield from lumps([path], known, passed)
            continue
        try:
            key, length = _source(path), path.stat().st_size
        except OSError:  # the reader says what is the matter with it
            key, length = "", 0
        if key and key in known.files:
            passed[0] += 1
            continue
        large = length > CHARACTERS or path.suffix.lower() not in ONE
        if some and (large or size + length > CHARACTERS or len(some) == FILES):
            yield Lump(digest.hexdigest(), size, paths=tuple(some), sources=tuple(sources))
            some, sources, digest, size = [], [], _begun(), 0
        if large:
            last: Lump | None = None
            for lump in lumps(reader([path]), known, passed):
                if last is not None:
                    yield last
                last = lump
            if last is not None:  # only when its last document is in is the file known
                yield Lump(last.digest, last.size, last.documents, last.unread, sources=(key,))
            continue
        some.append(path)
        sources += [key] if key else []
        digest.update(f"{key or path}\0".encode("utf-8", "backslashreplace"))
        size += length
    if some:
        yield Lump(digest.hexdigest(), size, paths=tuple(some), sources=tuple(sources))


def _begun() -> Any:
    return hashlib.blake2b(digest_size=16)


def _source(path: Path) -> str:
    with path.open("rb") as file:
        made = hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16))
    made.update(path.as_posix().encode("utf-8", "backslashreplace"))
    return made.hexdigest()


def add(
    folder: Folder, found: Iterable[Lump], reader: Reader, workers: int, watch: Watch, total: int
) -> Added:
    """Make the batches of some lumps, and put them in their place, in order."""
    batches = folder.batches()
    pace = Pace("reading", total, watch)
    documents, unread = 0, list[Unread]()
    sizes: list[int] = []
    there = {one.said["digest"] for one in batches}

    def tasks() -> Iterator[tuple[Callable[..., Done], tuple[Any, ...]]]:
        for lump in found:
            if lump.digest in there:  # nothing but what could not be read the last time either
                pace.more(lump.size)
                continue
            sizes.append(lump.size)
            if (folder.work / lump.digest).is_dir():
                yield whole, (folder.work / lump.digest,)
            else:
                yield _made, (folder.work, lump, reader)

    for one in done(tasks(), workers, str(folder.root)):
        unread += unread_of(one)
        if one.said["documents"] or one.said["unread"]:
            one.folder.rename(folder.place(len(batches)))
            batches.append(Done(folder.place(len(batches)), one.said))
            documents += one.said["documents"]
        else:
            remove(one.folder)
        pace.more(sizes.pop(0))
    pace.end()
    return Added(documents, 0, tuple(unread))


def _made(work: Path, lump: Lump, reader: Reader) -> Done:
    """Read what is to be read, and make the batch."""
    documents, unread = list(lump.documents), list(lump.unread)
    if lump.paths:
        for one in reader(lump.paths):
            (unread if isinstance(one, Unread) else documents).append(one)  # type: ignore[arg-type]
    return batch.make(work, lump.digest, documents, unread, lump.sources)


def unread_of(one: Done) -> list[Unread]:
    """What could not be read for a batch."""
    return [Unread(row["path"], batch.problem_of(row)) for row in one.said["unread"]]
