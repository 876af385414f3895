"""Two documents and what they share, as a reader sees them: the origin first where it is known who copied.

A passage is *turned* when its sides are put in that order, and numbered by where it stands in the first document.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from foedus.trace.document import Document
from foedus.trace.passage import Link, Passage, PassageKind, Span, Traced

KINDS: tuple[PassageKind, ...] = ("verbatim", "edited", "shared", "boilerplate")


@dataclass(frozen=True, slots=True)
class Turned:
    """A passage with its sides in the order shown. `changes` are the words that differ: characters of the first
    document's text, then of the second's; `index` is its place in the run's passages. `also_first` are the numbers of
    other passages that hold the same words of the first document: one place with two in the second; `also_second`
    the reverse."""

    number: int
    index: int
    passage: Passage
    first: Span
    second: Span
    changes: tuple[tuple[int, int, int, int], ...]
    also_first: tuple[int, ...] = ()
    also_second: tuple[int, ...] = ()

    @property
    def kind(self) -> PassageKind:
        """What the passage is."""
        return self.passage.kind


@dataclass(frozen=True)
class Pair:
    """Two documents that share passages. `link` is None where these make neither a copy of the other."""

    first: Document
    second: Document
    link: Link | None
    passages: tuple[Turned, ...]

    @property
    def directed(self) -> bool:
        """Whether it is known who has it from whom."""
        return self.link is not None and bool(self.link.by)

    def counted(self) -> list[tuple[PassageKind, int]]:
        """How many passages of each kind there are, of those there are."""
        found = Counter(each.kind for each in self.passages)
        return [(kind, found[kind]) for kind in KINDS if found[kind]]


def pairs_of(traced: Traced) -> Iterator[Pair]:
    """Every pair that shares anything: linked ones by the copy's share, the largest first, then the others. Each is
    made when it is asked for: a corpus has more of them than anybody looks at."""
    documents = {document.id: document for document in traced.documents}
    shared: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, passage in enumerate(traced.passages):
        shared[_key(passage.a.document, passage.b.document)].append(index)
    ranked = sorted(
        traced.links, key=lambda link: (-link.share, -link.share_of_origin, link.origin, link.copy)
    )
    for link in ranked:
        indices = shared.pop(_key(link.origin, link.copy), [])
        yield _pair(documents[link.origin], documents[link.copy], link, traced, indices)
    for indices in shared.values():
        passage = traced.passages[indices[0]]
        if passage.a.document in documents and passage.b.document in documents:
            yield _pair(documents[passage.a.document], documents[passage.b.document], None, traced, indices)


def number_of_pairs(traced: Traced) -> int:
    """How many pairs `pairs_of` gives."""
    linked = {_key(link.origin, link.copy) for link in traced.links}
    return len(linked | {_key(passage.a.document, passage.b.document) for passage in traced.passages})


def _key(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)


def _pair(
    first: Document, second: Document, link: Link | None, traced: Traced, indices: Iterable[int]
) -> Pair:
    turned = sorted(
        (_turned(index, traced.passages[index], first.id) for index in indices),
        key=lambda each: (each.first.start, each.first.end, each.second.start),
    )
    also_first = _overlapping([each.first for each in turned])
    also_second = _overlapping([each.second for each in turned])
    numbered = (
        replace(each, number=n + 1, also_first=also_first[n], also_second=also_second[n])
        for n, each in enumerate(turned)
    )
    return Pair(first, second, link, tuple(numbered))


def _turned(index: int, passage: Passage, first: str) -> Turned:
    if passage.a.document == first:
        changes = tuple((e.a_start, e.a_end, e.b_start, e.b_end) for e in passage.edits)
        return Turned(0, index, passage, passage.a, passage.b, changes)
    changes = tuple((e.b_start, e.b_end, e.a_start, e.a_end) for e in passage.edits)
    return Turned(0, index, passage, passage.b, passage.a, changes)


def _overlapping(spans: Sequence[Span]) -> list[tuple[int, ...]]:
    """Of each span the numbers of those that have half of the shorter in common with it."""
    found: list[list[int]] = [[] for _ in spans]
    opened: list[int] = []
    for n in sorted(range(len(spans)), key=lambda each: spans[each].start):
        opened = [other for other in opened if spans[other].end > spans[n].start]
        for other in opened:
            common = min(spans[n].end, spans[other].end) - spans[n].start
            if 2 * common >= min(spans[n].end - spans[n].start, spans[other].end - spans[other].start):
                found[n].append(other + 1)
                found[other].append(n + 1)
        opened.append(n)
    return [tuple(sorted(numbers)) for numbers in found]


def ends_of(text: str, words: int = 4) -> tuple[str, str]:
    """The first and the last words of a passage; the last are empty where the first are the whole. Where words are
    not parted by spaces, so many characters as usually make them."""
    parts = text.split()
    whole = " ".join(parts)
    if len(whole) <= 14 * words:
        return whole, ""
    few = min(words, len(parts) // 2)
    begin, end = " ".join(parts[:few]), " ".join(parts[-few:]) if few else ""
    if not few or max(len(begin), len(end)) > 20 * words:
        return whole[: 6 * words], whole[-6 * words :]
    return begin, end
