"""One shard's chains into passages, in a worker process: `passages/shard=N.parquet`, documents by number."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import repeat
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from foedus.trace.align import Chain, aligned
from foedus.trace.compare import classify, distinct
from foedus.trace.corpus.folder import Done
from foedus.trace.corpus.parquet import read, strings, write
from foedus.trace.corpus.store import Store
from foedus.trace.document import Document
from foedus.trace.passage import Edit, Passage, Span

AT_HAND: Final = 4_000_000
"""Characters of documents that are kept at hand, about: most passages of a day have a few origins."""

Row = tuple[int, int, int, int, int, int, str, float, int, str, str, str, str]
"""A passage as its file has it."""


def align_shard(batches: list[Done], chains: Sequence[Path], place: Path) -> int:
    """Write the passages of a shard's chains; the result is how many there are."""
    held = _Held(_opened(batches))
    made: list[Row] = []
    for a, b, some in _by_pair(_rows(chains)):
        one, other = held.get(a), held.get(b)
        regions = [region for chain in some for region in aligned(one.words, other.words, chain)]
        for region in distinct(regions):
            made += [
                _row(a, b, passage)
                for passage in classify(one.document, other.document, one.words, other.words, region)
            ]
    part = place.with_name(f"{place.name}.{os.getpid()}.part")
    write_passages(part, made)
    part.rename(place)
    return len(made)


_stores: dict[tuple[str, ...], Store] = {}


def _opened(batches: list[Done]) -> Store:
    """The batches, open from the last shard that this process had, if they are the same."""
    key = tuple(str(one.folder) for one in batches)
    if key not in _stores:
        close()
        _stores[key] = Store(batches)
    return _stores[key]


def close() -> None:
    """Let go of all batches that are open."""
    _stores.clear()


class _One:
    """A document and its words; it is read when first asked for."""

    def __init__(self, store: Store, number: int) -> None:
        self.words = store.tokens(number)
        self._store, self._number = store, number

    @cached_property
    def document(self) -> Document:
        return self._store.document(self._number)


class _Held:
    """Documents by number, those that were asked for lately at hand."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._held: dict[int, _One] = {}
        self._size = 0

    def get(self, number: int) -> _One:
        one = self._held.get(number)
        if one is None:
            one = _One(self._store, number)
            length = int(one.words.end[-1]) if len(one.words.end) else 0
            if self._size + length > AT_HAND:
                self._held.clear()
                self._size = 0
            self._held[number] = one
            self._size += length
        return one


def _rows(chains: Sequence[Path]) -> list[tuple[int, ...]]:
    names = ("a", "b", "a_from", "a_to", "b_from", "b_to")
    rows: list[tuple[int, ...]] = []
    for path in chains:
        columns = read(path, ", ".join(names))
        rows += zip(*(columns[name].tolist() for name in names), strict=True)
    # By the later document: it is looked at once, and the first holders of its day's stories stay at hand.
    return sorted(rows, key=lambda row: (row[1], row))


def _by_pair(rows: Sequence[tuple[int, ...]]) -> Iterator[tuple[int, int, list[Chain]]]:
    some: list[Chain] = []
    for n, (a, b, a_from, a_to, b_from, b_to) in enumerate(rows):
        some.append(Chain(a_from, a_to, b_from, b_to))
        if n + 1 == len(rows) or rows[n + 1][:2] != (a, b):
            yield a, b, some
            some = []


def _row(a: int, b: int, one: Passage) -> Row:
    edits = json.dumps([[e.a_start, e.a_end, e.b_start, e.b_end] for e in one.edits]) if one.edits else "[]"
    return (
        *(a, b, one.a.start, one.a.end, one.b.start, one.b.end),
        *(one.kind, one.likeness, one.words, edits, one.third, one.quoted, one.absorbed),
    )


def write_passages(path: Path, rows: Sequence[Row]) -> None:
    """Passages as a Parquet file."""
    columns: dict[str, NDArray[Any]] = {}
    for (name, kind), column in zip(
        _COLUMNS.items(), zip(*rows, strict=True) if rows else repeat(()), strict=bool(rows)
    ):
        columns[name] = strings(column) if kind is str else np.array(column, kind)
    write(path, columns)


_COLUMNS: Final[dict[str, Any]] = {
    **dict.fromkeys(("a", "b", "a_start", "a_end", "b_start", "b_end"), np.int32),
    "kind": str,
    "likeness": np.float64,
    "words": np.int32,
    **dict.fromkeys(("edits", "third", "quoted", "absorbed"), str),
}


def read_passages(path: Path, names: dict[int, str]) -> Iterator[tuple[int, int, Passage]]:
    """The reverse; `names` are the ids of the documents by number."""
    columns = {name: column.tolist() for name, column in read(path).items()}
    keys = tuple(columns)
    for values in zip(*columns.values(), strict=True):
        row = dict(zip(keys, values, strict=True))
        yield (
            row["a"],
            row["b"],
            Passage(
                Span(names[row["a"]], row["a_start"], row["a_end"]),
                Span(names[row["b"]], row["b_start"], row["b_end"]),
                row["kind"],
                row["likeness"],
                row["words"],
                tuple(Edit(*edit) for edit in json.loads(row["edits"])),
                row["third"],
                row["quoted"],
                row["absorbed"],
            ),
        )
