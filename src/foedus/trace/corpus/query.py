"""One document against a whole index: where else does this text stand, and who had it first?

The runs of words of each batch lie sorted in a file of their own, so that those of one document are looked up in
them directly; what is found goes through the same plan, in memory, as a comparison of two documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import duckdb
import numpy as np
from numpy.typing import NDArray

from foedus.terms.time import certainly_before, order_key
from foedus.trace.align import Chain, aligned
from foedus.trace.compare import classify, distinct
from foedus.trace.corpus.folder import DOCUMENTS, Done
from foedus.trace.corpus.store import Store, mapped
from foedus.trace.corpus.told import Told
from foedus.trace.document import Document
from foedus.trace.passage import Passage
from foedus.trace.plan import K, Settings, chains, diagonals
from foedus.trace.tokens import grams, tokenise

HOLDERS: Final = 1000
"""Documents that a run of words is found in at most; one that more have is how people talk."""


@dataclass(frozen=True)
class Answer:
    """What a query found.

    `passages` stand in the document asked about (`b`) and in one of the index (`a`). `holders` are these, by date,
    those without one last. `first` are the holders of which none is certainly later than another: one, if it is
    known who had the text first. `undated` are holders whose date nobody states: any of them may have been first.
    """

    passages: tuple[Passage, ...]
    holders: tuple[Document, ...]
    first: tuple[str, ...]
    undated: tuple[str, ...]


class Lookup:
    """The sorted runs of all batches."""

    def __init__(self, batches: Sequence[Done]) -> None:
        self._runs: list[tuple[NDArray[np.int32], NDArray[np.int32]]] = [
            (mapped(one.file("lookup.npy")), mapped(one.file("at.npy"))) for one in batches
        ]

    def hits(self, gram: np.ndarray, store: Store) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Documents by number, words in them, and which of some runs (sorted, each once) begins there."""
        wanted = (gram >> 32).astype(np.int32)
        docs: list[Any] = []
        places: list[Any] = []
        which: list[Any] = []
        for number, (upper, at) in enumerate(self._runs):
            low, high = np.searchsorted(upper, wanted, "left"), np.searchsorted(upper, wanted, "right")
            held = np.flatnonzero(low < high)
            if not len(held):
                continue
            count = (high - low)[held]
            rows = _ranges(low[held], count)
            words = at[rows].astype(np.int64)
            firsts = store.batch(number).firsts
            doc: NDArray[np.int64] = np.searchsorted(firsts, words, "right") - 1
            docs.append(doc + number * DOCUMENTS)
            places.append(words - firsts[doc])
            which.append(np.repeat(held, count))
        if not docs:
            none = np.zeros(0, np.int64)
            return none, none, none
        return np.concatenate(docs), np.concatenate(places), np.concatenate(which)


def _ranges(low: NDArray[np.int64], count: NDArray[np.int64]) -> NDArray[np.int64]:
    """So many numbers from each of these on, one after the other."""
    return np.repeat(low - (np.cumsum(count) - count), count) + np.arange(int(count.sum()))


def query(document: Document, lookup: Lookup, told: Told, settings: Settings) -> Answer:
    """What the documents of an index share with one more."""
    document, store = told.outlets.marked(document), told.store
    tokens = tokenise([document.text])
    at, gram = grams(tokens, K)
    gram = gram.view(np.int64)
    kinds, mine = np.unique(gram, return_inverse=True)
    docs, places, which = lookup.hits(kinds, store)
    asked = (1 << 31) - 1
    columns = {
        "doc": np.concatenate((docs, np.full(len(at), asked))).astype(np.int32),
        "place": np.concatenate((places, at)).astype(np.int32),
        "gram": np.concatenate((which, mine)).astype(np.int64),
    }
    found: list[Passage] = []
    holders: list[Document] = []
    for a, some in _near(columns, asked, settings):
        if told.is_known(a):
            continue
        words = store.tokens(a)
        regions = distinct([one for chain in some for one in aligned(words, tokens, chain)])
        if regions:
            other = told.document(a)
            passages = [
                one
                for region in regions
                for one in classify(other, document, words, tokens, region, told.third)
            ]
            found += passages
            holders += [other] if passages else []
    return _answer(found, holders)


def _near(columns: dict[str, Any], asked: int, settings: Settings) -> list[tuple[int, list[Chain]]]:
    plan = Settings(
        few=HOLDERS, hubs=HOLDERS, many=HOLDERS + 1, times=0, gap=settings.gap, seeds=settings.seeds
    )
    with duckdb.connect() as engine:
        engine.register("rows_in", columns)
        engine.execute("CREATE TABLE grams AS SELECT * FROM rows_in").fetchall()
        engine.execute("CREATE TABLE diagonals AS " + diagonals(plan, asked)).fetchall()
        rows = engine.execute(chains(plan)).fetchall()
    by_document: dict[int, list[Chain]] = {}
    for a, _, *chain, _ in rows:
        by_document.setdefault(a, []).append(Chain(*chain))
    return list(by_document.items())


def _answer(found: Sequence[Passage], holders: Sequence[Document]) -> Answer:
    dated = sorted(
        ((one.meta.on, one) for one in holders if one.meta.on), key=lambda one: (order_key(one[0]), one[1].id)
    )
    undated = sorted((one for one in holders if not one.meta.on), key=lambda one: one.id)
    first = tuple(one.id for on, one in dated if not any(certainly_before(other, on) for other, _ in dated))
    return Answer(
        tuple(found),
        tuple(one for _, one in dated) + tuple(undated),
        first,
        tuple(one.id for one in undated),
    )
