"""One batch of an index: some documents, about four million characters of them, made in a worker process.

documents.parquet   one row a document: what it says of itself, and where its text and words are
parts.parquet       paragraphs of at least `LEAST` words, each with a number that is equal for equal words
lines.parquet       lines at the edges of texts whose publisher or site is known
grams.parquet       runs of K words, sorted by what they are, so that an engine reads a range of them
texts.utf8          the texts
words.npy           the words, and starts.npy and ends.npy their characters
lookup.npy at.npy   the upper half of each run, sorted, and the word at which it begins: for queries
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from foedus.diagnostics.problem import Problem
from foedus.diagnostics.span import Place
from foedus.trace.corpus import outlets
from foedus.trace.corpus.folder import Done, finish, remove
from foedus.trace.corpus.parquet import strings, write
from foedus.trace.document import Document, Unread
from foedus.trace.plan import K, Settings
from foedus.trace.tokens import Tokens, grams, tokenise

LEAST: Final = 8
"""Words of a paragraph that is told from others."""
AGAIN: Final = Settings.times
"""Times that one run counts in one document: a page of one line repeated is no more than that line."""
PIECE: Final = 1 << 21
"""Characters that are cut into words at once."""
ROWS: Final = 20_480
"""Rows that an engine reads or leaves together."""

_POWER = np.uint64(0x9E3779B97F4A7C15)


def key_of(document: Document) -> str:
    """The same for the same text under the same name."""
    made = hashlib.blake2b(digest_size=16)
    for text in (document.id, document.path, document.text):
        made.update(text.encode("utf-8", "surrogatepass") + b"\0")
    return made.hexdigest()


def make(
    work: Path, digest: str, documents: Sequence[Document], unread: Sequence[Unread], sources: Sequence[str]
) -> Done:
    """Write a batch into `work`, under its digest; `sources` are the keys of the files that were read for it."""
    part = work / f"{digest}.{os.getpid()}.part"
    remove(part)
    part.mkdir(parents=True)
    tokens = words_of([one.text for one in documents])
    firsts = np.searchsorted(tokens.text, np.arange(len(documents) + 1))
    _write_documents(part / "documents.parquet", part / "texts.utf8", documents, firsts)
    outlets.write_lines(part / "lines.parquet", documents)
    which = _write_parts(part / "parts.parquet", documents, tokens, firsts)
    np.save(part / "words.npy", tokens.word)
    np.save(part / "starts.npy", tokens.start)
    np.save(part / "ends.npy", tokens.end)
    _write_grams(part, tokens, firsts, which)
    said: dict[str, Any] = {
        "digest": digest,
        "documents": len(documents),
        "characters": sum(len(one.text) for one in documents),
        "words": len(tokens.word),
        "sources": list(sources),
        "unread": [_unread(one) for one in unread],
    }
    return finish(part, work / digest, said)


def _unread(one: Unread) -> dict[str, Any]:
    return {"path": strings([one.path])[0], **written(one.problem)}


def written(problem: Problem) -> dict[str, Any]:
    """A problem as JSON has it."""
    values = {name: str(value) for name, value in problem.values.items()}
    return {"code": problem.code, "page": problem.place.page, "line": problem.place.line, "values": values}


def problem_of(row: dict[str, Any]) -> Problem:
    """The reverse."""
    return Problem(row["code"], Place(row["page"], row["line"]), row["values"])


def words_of(texts: Sequence[str]) -> Tokens:
    """The words of texts of any length, a long one in pieces."""
    lengths = np.array([len(text) for text in texts], np.int64)
    if lengths.sum() <= 4 * PIECE:
        return tokenise(texts)
    found: list[Tokens] = []
    for number, text in enumerate(texts):
        low = 0
        while low < len(text):
            high = _cut(text, low)
            some = tokenise([text[low:high]])
            found.append(
                Tokens(
                    some.text + np.int32(number),
                    some.start + np.int32(low),
                    some.end + np.int32(low),
                    some.word,
                )
            )
            low = high
    if not found:
        return tokenise(texts)
    return Tokens(*(np.concatenate([getattr(one, name) for one in found]) for name in _FIELDS))


_FIELDS = ("text", "start", "end", "word")


def _cut(text: str, low: int) -> int:
    """Where a piece that begins at `low` ends: after a space, if one is near."""
    high = low + PIECE
    if high >= len(text):
        return len(text)
    near = max(text.rfind(" ", high - 1000, high), text.rfind("\n", high - 1000, high))
    return near + 1 if near > low else high


def _write_documents(
    path: Path, texts: Path, documents: Sequence[Document], firsts: NDArray[np.int64]
) -> None:
    ends: list[int] = [0]
    with texts.open("wb") as out:
        for one in documents:
            ends.append(ends[-1] + out.write(one.text.encode("utf-8", "surrogatepass")))
    metas = [one.meta for one in documents]
    columns: dict[str, Any] = {
        "doc": np.arange(len(documents), dtype=np.int32),
        "id": strings([one.id for one in documents]),
        "path": strings([one.path for one in documents]),
        "key": strings([key_of(one) for one in documents]),
        "encoding": strings([one.encoding for one in documents]),
        "guessed": np.array([one.guessed for one in documents], np.bool_),
        "taken_out": np.array([one.taken_out for one in documents], np.bool_),
        "date": strings([str(meta.on) if meta.on else "" for meta in metas]),
        **{
            name: strings([getattr(meta, name) for meta in metas])
            for name in ("title", "publisher", "speaker", "url", "language", "origin")
        },
        "marks": strings(
            [json.dumps([[m.start, m.end, m.kind, m.why] for m in one.marks]) for one in documents]
        ),
        "places": strings([_runs(one.places) for one in documents]),
        "warnings": strings([json.dumps([written(p) for p in one.warnings]) for one in documents]),
        "byte_from": np.array(ends[:-1], np.int64),
        "byte_to": np.array(ends[1:], np.int64),
        "word_from": firsts[:-1].astype(np.int64),
        "word_to": firsts[1:].astype(np.int64),
    }
    write(path, columns, "compression zstd")


def _runs(places: Sequence[int] | None) -> str:
    """Places of characters in their file as runs: JSON of [place, how many follow one another]."""
    if places is None:
        return ""
    at = np.asarray(places, np.int64)
    first = np.flatnonzero(np.concatenate(([True], np.diff(at) != 1))) if len(at) else np.zeros(0, np.int64)
    return json.dumps([at[first].tolist(), np.diff(np.append(first, len(at))).tolist()])


def places_of(runs: str) -> Sequence[int] | None:
    """The reverse of how places are written."""
    if not runs:
        return None
    starts: list[int]
    counts: list[int]
    starts, counts = json.loads(runs)
    return [
        place for start, count in zip(starts, counts, strict=True) for place in range(start, start + count)
    ]


def _write_parts(
    path: Path, documents: Sequence[Document], tokens: Tokens, firsts: NDArray[np.int64]
) -> NDArray[np.int32]:
    """Write the paragraphs; the result is each word's paragraph, -1 in one that is too short."""
    breaks = [np.zeros(0, np.int64)]
    for number, one in enumerate(documents):
        breaks.append(_newlines(one.text) + (number << 32))
    line = np.searchsorted(np.concatenate(breaks), (tokens.text.astype(np.int64) << 32) + tokens.start)
    fresh = np.ones(len(line), np.bool_)
    fresh[1:] = (line[1:] != line[:-1]) | (tokens.text[1:] != tokens.text[:-1])
    begins = np.flatnonzero(fresh)
    counts = np.diff(np.append(begins, len(line)))
    long = counts >= LEAST
    number = np.where(long, np.cumsum(long) - 1, -1).astype(np.int32)
    which = np.repeat(number, counts)
    keys = np.zeros(0, np.uint64)
    if len(line):
        within = np.arange(len(line)) - np.repeat(begins, counts)
        powers = np.cumprod(np.full(int(counts.max()), _POWER, np.uint64))
        keys = np.add.reduceat((tokens.word ^ (tokens.word >> np.uint64(29))) * powers[within], begins)
    at = begins[long]
    doc = tokens.text[at]
    write(
        path,
        {
            "doc": doc,
            "part": number[long],
            "alike": keys[long].view(np.int64),
            "place": (at - firsts[doc]).astype(np.int32),
            "words": counts[long].astype(np.int32),
        },
        "compression zstd",
    )
    return which


def _newlines(text: str) -> NDArray[np.int64]:
    if text.isascii():
        return np.flatnonzero(np.frombuffer(text.encode("ascii"), np.uint8) == 10)
    return np.flatnonzero(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32) == 10)


def _write_grams(part: Path, tokens: Tokens, firsts: NDArray[np.int64], which: NDArray[np.int32]) -> None:
    at, gram = grams(tokens, K)
    order = np.argsort(gram.view(np.int64), kind="stable")
    at, gram = at[order], gram[order].view(np.int64)
    doc = tokens.text[at]
    if len(at):
        fresh = np.ones(len(at), np.bool_)
        fresh[1:] = (gram[1:] != gram[:-1]) | (doc[1:] != doc[:-1])
        begins = np.flatnonzero(fresh)
        nth = np.arange(len(at)) - np.repeat(begins, np.diff(np.append(begins, len(at))))
        kept = nth < AGAIN
        at, gram, doc = at[kept], gram[kept], doc[kept]
    inside = which[at]
    inside = np.where(inside == which[at + (K - 1)], inside, np.int32(-1)) if len(at) else inside
    write(
        part / "grams.parquet",
        {"doc": doc, "place": (at - firsts[doc]).astype(np.int32), "gram": gram, "part": inside},
        f"compression lz4, row_group_size {ROWS}",
    )
    np.save(part / "lookup.npy", (gram >> 32).astype(np.int32))
    np.save(part / "at.npy", at)
