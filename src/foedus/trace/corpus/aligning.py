"""One shard's chains into passages, in a worker process: `passages/shard=N.parquet`, documents by number."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from foedus.trace.align import Chain, aligned
from foedus.trace.compare import classify, distinct
from foedus.trace.corpus.folder import Done
from foedus.trace.corpus.parquet import read, strings, write
from foedus.trace.corpus.store import Store
from foedus.trace.passage import Edit, Passage, Span


def align_shard(batches: list[Done], chains: Sequence[Path], place: Path) -> int:
    """Write the passages of a shard's chains; the result is how many there are."""
    store = Store(batches)
    rows = _rows(chains)
    made: list[tuple[int, int, Passage]] = []
    for a, b, some in _by_pair(rows):
        words = store.tokens(a), store.tokens(b)
        regions = [one for chain in some for one in aligned(*words, chain)]
        if regions:
            texts = store.document(a), store.document(b)
            for one in distinct(regions):
                made += [(a, b, passage) for passage in classify(*texts, *words, one)]
    part = place.with_name(f"{place.name}.{os.getpid()}.part")
    write_passages(part, made)
    part.rename(place)
    return len(made)


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


def write_passages(path: Path, found: Sequence[tuple[int, int, Passage]]) -> None:
    """Passages between documents of these numbers, as a Parquet file."""
    passages = [one for _, _, one in found]
    columns: dict[str, Any] = {
        "a": np.array([a for a, _, _ in found], np.int32),
        "b": np.array([b for _, b, _ in found], np.int32),
        "a_start": np.array([one.a.start for one in passages], np.int32),
        "a_end": np.array([one.a.end for one in passages], np.int32),
        "b_start": np.array([one.b.start for one in passages], np.int32),
        "b_end": np.array([one.b.end for one in passages], np.int32),
        "kind": strings(one.kind for one in passages),
        "likeness": np.array([one.likeness for one in passages], np.float64),
        "words": np.array([one.words for one in passages], np.int32),
        "edits": strings(
            json.dumps([[e.a_start, e.a_end, e.b_start, e.b_end] for e in one.edits]) for one in passages
        ),
        "third": strings(one.third for one in passages),
        "quoted": strings(one.quoted for one in passages),
        "absorbed": strings(one.absorbed for one in passages),
    }
    write(path, columns)


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
