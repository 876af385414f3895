"""Passages that a few thousand documents share, found in memory.

The plan (`plan.py`) says which regions lie along one another, `align.py` which words there are equal; here that
becomes passages with their places in the untouched texts, their class, and who quotes whom.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import duckdb
import numpy as np

from foedus.terms.time import order_key
from foedus.trace.align import Aligned, Chain, aligned
from foedus.trace.classes import classify
from foedus.trace.document import Document
from foedus.trace.passage import Passage
from foedus.trace.plan import K, Settings, chains, diagonals
from foedus.trace.third import Third
from foedus.trace.tokens import Tokens, grams, tokenise

__all__ = ["classify", "distinct", "ordered", "passages"]

Watch = Callable[[int, int], None]
"""Is told how many regions were compared word by word, of how many."""

_FAR = (1 << 30, 0, "")
_TAKEN = 0.8
"""The share of words from which on they have an origin already."""


def ordered(documents: Sequence[Document]) -> list[Document]:
    """Documents by date, then by name; those of unknown date last."""
    return sorted(documents, key=lambda one: (order_key(one.meta.on) if one.meta.on else _FAR, one.id))


def unwatched(done: int, of: int) -> None:
    """Nobody looks on."""


def passages(
    documents: Sequence[Document], known: Sequence[Document] = (), watch: Watch = unwatched
) -> tuple[Passage, ...]:
    """Every passage that two of the documents share, by documents in their order, then by place.

    `known` are texts that anybody may quote (treaties, speeches): what two documents have from one of them is
    `shared`. Documents have ids of their own. `watch` is told how far it is.
    """
    documents = ordered(documents)
    tokens = tokenise([one.text for one in documents])
    parts = Parts(tokens, len(documents))
    third = Third(known, tokens.word) if known else None
    found: list[Passage] = []
    for a, b, some in pairs(tokens, parts, Settings(), watch):
        found += [
            passage
            for one in some
            for passage in classify(documents[a], documents[b], parts.of(a), parts.of(b), one, third)
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


def pairs(
    tokens: Tokens, parts: Parts, settings: Settings, watch: Watch = unwatched
) -> Iterator[tuple[int, int, list[Aligned]]]:
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
    for done, (a, b, a_from, a_to, b_from, b_to, _) in enumerate(rows):
        watch(done, len(rows))
        if last not in (None, (a, b)):
            if some:
                yield *last, distinct(some)
            some = []
        last = (a, b)
        some += aligned(parts.of(a), parts.of(b), Chain(a_from, a_to, b_from, b_to))
    if last and some:
        yield *last, distinct(some)


def distinct(found: Sequence[Aligned]) -> list[Aligned]:
    """The alignments of two texts, in order of place, without those that say nothing new: of the same words on both
    sides as another, or of words that have their origins already on both sides. So a sentence that stands twice in
    one text and three times in the other has four alignments and not six."""
    if len(found) < 2:
        return list(found)
    kept: list[Aligned] = []
    taken_a = np.zeros(max((one.a_to for one in found), default=0), np.bool_)
    taken_b = np.zeros(max((one.b_to for one in found), default=0), np.bool_)
    for one in sorted(found, key=lambda one: (-one.same, one.a_from, one.b_from)):
        a, b = taken_a[one.a_from : one.a_to], taken_b[one.b_from : one.b_to]
        if (a.mean() > _TAKEN and b.mean() > _TAKEN) or any(_holds(other, one) for other in kept):
            continue
        a[:] = b[:] = True
        kept.append(one)
    return sorted(kept, key=lambda one: (one.a_from, one.b_from))


def _holds(big: Aligned, small: Aligned) -> bool:
    """Whether at least half of the words of one lie in the other, on both sides."""
    a = min(big.a_to, small.a_to) - max(big.a_from, small.a_from)
    b = min(big.b_to, small.b_to) - max(big.b_from, small.b_from)
    return 2 * a >= small.a_to - small.a_from and 2 * b >= small.b_to - small.b_from
