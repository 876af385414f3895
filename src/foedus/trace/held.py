"""The words of some documents, which of them are whose own, and which stand in which passages.

Words are counted where they begin. A document's *own* words are those outside of its marks (headings, footers, forms),
and outside of what it has in common with another without either having it from the other.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from foedus.trace.document import Document
from foedus.trace.passage import Passage, Span
from foedus.trace.tokens import tokenise


def is_own(passage: Passage) -> bool:
    """Whether the words are the documents' own: not a third's, and not given as somebody else's by both."""
    return passage.kind in ("verbatim", "edited") and passage.quoted != "both"


class Held:
    """The words of some documents, and which of them are whose."""

    def __init__(self, documents: Sequence[Document], passages: Sequence[Passage]) -> None:
        self.passages = passages
        self.documents = {document.id: document for document in documents}
        named = {span.document for one in passages for span in (one.a, one.b)}
        some = [document for document in documents if document.id in named]
        words = tokenise([document.text for document in some])
        first = np.searchsorted(words.text, np.arange(len(some) + 1)).tolist()
        self._starts: dict[str, list[int]] = {
            document.id: words.start[first[n] : first[n + 1]].tolist() for n, document in enumerate(some)
        }
        self._places: dict[tuple[str, tuple[int, ...]], tuple[Span, ...]] = {}
        self._same: dict[tuple[str, tuple[int, ...]], Sequence[int]] = {}

    def count(self, spans: Iterable[Span], name: str) -> int:
        """Words of a document that lie in some places, each once."""
        starts = self._starts[name]
        return sum(bisect_left(starts, one.end) - bisect_left(starts, one.start) for one in merged(spans))

    def places(self, name: str, numbers: Sequence[int]) -> tuple[Span, ...]:
        """Where passages stand in one of their documents."""
        key = name, tuple(numbers)
        if key not in self._places:
            found = (self.passages[n] for n in numbers)
            self._places[key] = merged(one.a if one.a.document == name else one.b for one in found)
        return self._places[key]

    @cached_property
    def _others(self) -> Mapping[str, tuple[Span, ...]]:
        """The parts of each document that are not its own words."""
        found: dict[str, list[Span]] = {}
        for one in self.passages:
            if not is_own(one):
                for span in (one.a, one.b):
                    found.setdefault(span.document, []).append(span)
        for name in self._starts:
            marks = self.documents[name].marks
            found.setdefault(name, []).extend(Span(name, mark.start, mark.end) for mark in marks)
        return {name: merged(spans) for name, spans in found.items()}

    @cached_property
    def _own(self) -> Mapping[str, int]:
        return {
            name: len(starts) - self.count(self._others[name], name) for name, starts in self._starts.items()
        }

    def share(self, name: str, spans: Sequence[Span]) -> float:
        """What part of a document's own words lies in some places, from 0 to 1."""
        apart = self._others[name]
        within = self.count(spans, name) + self.count(apart, name) - self.count((*spans, *apart), name)
        own = self._own[name]
        return round((self.count(spans, name) - within) / own, 4) if own else 0.0

    def verbatim(self, name: str, numbers: Sequence[int], within: Span | None = None) -> int:
        """Words of a document in these passages that the other has alike; of them, those in one place only."""
        alike = self._alike(name, tuple(numbers))
        if within is None:
            return len(alike)
        return bisect_left(alike, within.end) - bisect_left(alike, within.start)

    def _alike(self, name: str, numbers: tuple[int, ...]) -> Sequence[int]:
        """Where the words of a document begin that the other has alike, in these passages."""
        key = name, numbers
        if key not in self._same:
            if len(numbers) == 1:
                self._same[key] = list(self._unchanged(name, self.passages[numbers[0]]))
            else:
                self._same[key] = sorted({at for n in numbers for at in self._alike(name, (n,))})
        return self._same[key]

    def _unchanged(self, name: str, one: Passage) -> Iterator[int]:
        starts, first = self._starts[name], one.a.document == name
        span = one.a if first else one.b
        edits = [(e.a_start, e.a_end) if first else (e.b_start, e.b_end) for e in one.edits]
        at = span.start
        for start, end in (*sorted(edits), (span.end, span.end)):
            yield from starts[bisect_left(starts, at) : bisect_left(starts, start)]
            at = max(at, end)


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Places of one document in order, those that overlap or touch made one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, one.end)):
        if found and span.start <= found[-1].end:
            found[-1] = replace(found[-1], end=max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)
