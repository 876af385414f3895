"""An index as it is read out: documents with what their publishers repeat marked, passages with what is from a known
text told apart.

Neither is written into the index. What a publisher repeats is known only from all its pages, and tomorrow brings
more; and which text anybody may quote is for whoever asks to say. So a passage is classed again when it is read, from
the words that are equal in it, and an index is made once whatever is asked of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from foedus.trace.align import Aligned, Block, joined
from foedus.trace.classes import classify
from foedus.trace.corpus.folder import DOCUMENTS, Done
from foedus.trace.corpus.outlets import Outlets
from foedus.trace.corpus.store import Store, mapped
from foedus.trace.document import Document
from foedus.trace.passage import Passage, Span
from foedus.trace.phrases import REPEATED
from foedus.trace.third import Third
from foedus.trace.tokens import Tokens

SEEN: Final = 4_000_000
"""Words of an index by which it is judged how rare a word is; of more, a part of each batch."""
HELD: Final = 512
"""Documents that are held as they are told."""


class Told:
    """Documents and passages of some batches; `known` are texts that anybody may quote."""

    def __init__(
        self, batches: Sequence[Done], names: dict[int, str], known: Sequence[Document] = ()
    ) -> None:
        self.names = names
        self.store = Store(list(batches))
        self.outlets = Outlets(batches)
        taken = set(names.values()) if known else set[str]()
        self.known = tuple(
            replace(one, id=one.path or f"{one.id}*") if one.id in taken else one for one in known
        )
        self.third = Third(self.known, _seen(batches)) if known else None
        self._paths = {Path(one.path).name: Path(one.path).resolve() for one in known if one.path}
        self.document = lru_cache(HELD)(self._document)
        self.is_known = lru_cache(1 << 16)(self._is_known)

    def _document(self, number: int) -> Document:
        found = self.store.document(number)
        name = self.names[number]
        return self.outlets.marked(found if found.id == name else replace(found, id=name))

    def _is_known(self, number: int) -> bool:
        """Whether a document is itself one of the known texts, and so no document beside the others."""
        path: str = self.store.batch(number // DOCUMENTS).rows["path"][number % DOCUMENTS]
        known = self._paths.get(Path(path).name) if self._paths and path else None
        return known is not None and Path(path).resolve() == known

    def documents(self) -> Iterator[Document]:
        """Every document but the known texts, in order."""
        for number in self.names:
            if not self.is_known(number):
                yield self._document(number)

    def passages(self, a: int, b: int, passage: Passage) -> list[Passage]:
        """A passage of two documents, by their numbers, as it is told: one, or several where it is cut."""
        if self.third is None and not self.outlets:
            return [passage]
        if self.third is not None and (self.is_known(a) or self.is_known(b)):
            return []
        if passage.kind == "boilerplate" or not (self.third or self._repeats(a) or self._repeats(b)):
            return [passage]
        texts, words = (self.document(a), self.document(b)), (self.store.tokens(a), self.store.tokens(b))
        one = alignment(passage, *words)
        if not (self._is_shared(texts, words, one) or any(map(_is_repeated, texts, (passage.a, passage.b)))):
            return [passage]
        return classify(*texts, *words, one, self.third)

    def _repeats(self, number: int) -> bool:
        rows, n = self.store.batch(number // DOCUMENTS).rows, number % DOCUMENTS
        return self.outlets.repeat(rows["publisher"][n], rows["url"][n])

    def _is_shared(self, texts: Sequence[Document], words: Sequence[Tokens], one: Aligned) -> bool:
        if self.third is None:
            return False
        sides = ((one.a_from, one.a_to), (one.b_from, one.b_to))
        return all(
            self.third.stretches(text.text, tokens, *side)
            for text, tokens, side in zip(texts, words, sides, strict=True)
        )


def alignment(passage: Passage, a: Tokens, b: Tokens) -> Aligned:
    """The words that are equal in a passage of two documents with these words."""
    at = (_first(a, passage.a.start), _first(b, passage.b.start))
    blocks: list[Block] = []
    for edit in passage.edits:
        gap_a, gap_b = _gap(a, edit.a_start, edit.a_end), _gap(b, edit.b_start, edit.b_end)
        blocks.append(Block(*at, gap_a[0] - at[0]))
        at = gap_a[1], gap_b[1]
    blocks.append(Block(*at, _first(a, passage.a.end) - at[0]))
    return joined(blocks)


def _first(words: Tokens, place: int) -> int:
    """The first word that begins at a character or after it."""
    return int(np.searchsorted(words.start, place))


def _gap(words: Tokens, start: int, end: int) -> tuple[int, int]:
    """The words between two characters, as a passage has its edits."""
    last = int(np.searchsorted(words.end, end, "right"))
    return (last if start == end else _first(words, start)), last


def _is_repeated(document: Document, span: Span) -> bool:
    return any(
        mark.why == REPEATED and mark.start < span.end and span.start < mark.end for mark in document.marks
    )


def _seen(batches: Sequence[Done]) -> NDArray[np.uint64]:
    """Words of all batches, as many of each as its part of all."""
    every = sum(one.said["words"] for one in batches)
    some: list[Any] = [np.zeros(0, np.uint64)]
    for one in batches:
        words = mapped(one.file("words.npy"))
        some.append(words[: -(-len(words) * SEEN // max(every, SEEN))])
    return np.concatenate(some)
