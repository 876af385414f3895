"""Passages that a few thousand documents share, found in memory.

The plan (`plan.py`) says which regions lie along one another, `align.py` which words there are equal; here that
becomes passages with their places in the untouched texts, their class, and who quotes whom.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import duckdb
import numpy as np

from foedus.trace.align import Aligned, Chain, aligned
from foedus.trace.document import Document
from foedus.trace.passage import Edit, Passage, Span
from foedus.trace.plan import K, Settings, chains, diagonals
from foedus.trace.tokens import Tokens, grams, tokenise

_FAR: Final = "9999"


def ordered(documents: Sequence[Document]) -> list[Document]:
    """Documents by date, then by name; those of unknown date last."""
    return sorted(documents, key=lambda one: (one.meta.on.first.isoformat() if one.meta.on else _FAR, one.id))


def passages(documents: Sequence[Document], known: Sequence[Document] = ()) -> tuple[Passage, ...]:
    """Every passage that two of the documents share, by documents in their order, then by place.

    `known` are texts that anybody may quote (treaties, speeches): what two documents have from one of them is
    `shared`. Documents have ids of their own.
    """
    documents = ordered(documents)
    tokens = tokenise([one.text for one in documents])
    parts = Parts(tokens, len(documents))
    found: list[Passage] = []
    for a, b, some in pairs(tokens, parts, Settings()):
        found += [
            passage
            for one in some
            for passage in classify(documents[a], documents[b], parts.of(a), parts.of(b), one, known)
        ]
    return tuple(found)


class Parts:
    """The words of each text of a batch, cut once."""

    def __init__(self, tokens: Tokens, count: int) -> None:
        self.first = np.searchsorted(tokens.text, np.arange(count + 1))
        self._tokens = tokens
        self._cut: dict[int, Tokens] = {}

    def of(self, n: int) -> Tokens:
        """The words of text `n`."""
        if n not in self._cut:
            low, high = self.first[n], self.first[n + 1]
            t = self._tokens
            self._cut[n] = Tokens(t.text[low:high], t.start[low:high], t.end[low:high], t.word[low:high])
        return self._cut[n]


def pairs(tokens: Tokens, parts: Parts, settings: Settings) -> Iterator[tuple[int, int, list[Aligned]]]:
    """Pairs of texts of the batch that share passages, and these, in order."""
    at, gram = grams(tokens, K)
    doc = tokens.text[at]
    runs = {"doc": doc, "place": (at - parts.first[doc]).astype(np.int32), "gram": gram.view(np.int64)}
    with duckdb.connect() as engine:
        engine.register("runs_in", runs)
        engine.execute("CREATE TABLE grams AS SELECT * FROM runs_in")
        engine.execute("CREATE TABLE diagonals AS " + diagonals(settings))
        rows = engine.execute(chains(settings)).fetchall()
    last: tuple[int, int] | None = None
    some: list[Aligned] = []
    for a, b, a_from, a_to, b_from, b_to, _ in rows:
        if last not in (None, (a, b)):
            if some:
                yield *last, distinct(some)
            some = []
        last = (a, b)
        some += aligned(parts.of(a), parts.of(b), Chain(a_from, a_to, b_from, b_to))
    if last and some:
        yield *last, distinct(some)


def distinct(found: Sequence[Aligned]) -> list[Aligned]:
    """Alignments without those that another already holds on both sides, in order of place."""
    kept: list[Aligned] = []
    for one in sorted(found, key=lambda one: -one.same):
        if not any(_holds(other, one) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: (one.a_from, one.b_from))


def _holds(big: Aligned, small: Aligned) -> bool:
    """Whether at least half of the words of one lie in the other, on both sides."""
    a = min(big.a_to, small.a_to) - max(big.a_from, small.a_from)
    b = min(big.b_to, small.b_to) - max(big.b_from, small.b_from)
    return 2 * a >= small.a_to - small.a_from and 2 * b >= small.b_to - small.b_from


def classify(
    a: Document, b: Document, a_words: Tokens, b_words: Tokens, one: Aligned, known: Sequence[Document] = ()
) -> list[Passage]:
    """An alignment as passages: it may be cut where a part of it is of another class."""
    del known
    a_start, a_end, b_start, b_end = a_words.start, a_words.end, b_words.start, b_words.end
    edits: list[Edit] = []
    for x, y in zip(one.blocks, one.blocks[1:], strict=False):
        edits.append(
            Edit(
                *_gap(a_start, a_end, x.a + x.n, y.a),
                *_gap(b_start, b_end, x.b + x.n, y.b),
            )
        )
    words = max(one.a_to - one.a_from, one.b_to - one.b_from)
    return [
        Passage(
            Span(a.id, int(a_start[one.a_from]), int(a_end[one.a_to - 1])),
            Span(b.id, int(b_start[one.b_from]), int(b_end[one.b_to - 1])),
            "verbatim" if one.verbatim else "edited",
            round(one.same / words, 4),
            words,
            tuple(edits),
        )
    ]


def _gap(start: np.ndarray, end: np.ndarray, first: int, last: int) -> tuple[int, int]:
    """Characters of words `first` to `last` (exclusive); of none, the place after the word before."""
    if first == last:
        return int(end[first - 1]), int(end[first - 1])
    return int(start[first]), int(end[last - 1])
