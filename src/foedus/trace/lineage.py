"""Who took words from whom, and which documents are therefore one source.

Two documents are *related* if they share enough words of their own: at least `LEAST` in all, of which `RUN` in one
passage. A sentence has about twenty words; names of offices and treaties run to a dozen, and two who write about
one thing share several of them. What both have from a known third text, what both give as somebody else's words,
and what is boilerplate is nobody's own, and relates nothing.

The *direction* is known by attribution (what is declared, or what a document itself says: `attribution.py`), and
where there is none by time, if one was certainly published before the other. Otherwise there is none: which of two
texts is the older is never guessed from the words. Where the two speak against each other, attribution stands, and
the conflict is told.

A *link* is what is left of a relation once its words are counted for one origin each. If c has words that stand in a
and in b, and a and b have them from one another, they have one origin and not two: the one that c names, or else
the one whose version c is nearer to (b's changes in c show that c had them through b), or else the earlier. Words
that a and b share with nobody else keep their own links: a document may truly have two origins. Likewise two copies
of one origin need no link between them.

A *group* is what counts as one source: whatever is linked, but that a copy with several origins belongs to the one
from which it has most. It would otherwise make one source of all whom it quotes, and anybody could do away with an
independent witness by printing it beside another. The number of groups is the least number of sources: whether
two who share a passage are independent of one another *for a claim* is another question, and asked in a dossier.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from foedus.terms.time import certainly_before
from foedus.trace.attribution import attributed
from foedus.trace.compare import Watch, ordered, unwatched
from foedus.trace.compare import passages as shared_passages
from foedus.trace.document import Document, Unread
from foedus.trace.held import Held, is_own
from foedus.trace.passage import Group, Link, Passage, Span, Traced
from foedus.words.speech import Phrase, phrase, phrase_plural

LEAST: Final = 20
"""Words of their own that two related documents share at least."""
RUN: Final = 12
"""Of which so many in one passage."""
NEARER: Final = 3
"""Words more that a copy has in common with a later version show that it was made from that: one or two are chance."""
COVERED: Final = 0.9
"""Part of a passage that another must hold to be the same words: two alignments end a word apart."""

Declared = tuple[str, str]
"""A document, and the origin from which somebody declares that it derives."""


def traced(
    documents: Sequence[Document],
    known: Sequence[Document] = (),
    declared: Iterable[Declared] = (),
    unread: Iterable[Unread] = (),
    watch: Watch = unwatched,
) -> Traced:
    """Everything about some documents, a few thousand of them at most: their passages, links and groups.

    `known` are texts that anybody may quote; `watch` is told how far the comparison is.
    """
    found = shared_passages(documents, known, watch)
    linked = links(documents, found, declared)
    return Traced(tuple(ordered(documents)), found, linked, groups(documents, linked), tuple(unread))


def related(
    documents: Sequence[Document], passages: Sequence[Passage], declared: Iterable[Declared] = ()
) -> tuple[Link, ...]:
    """Every two documents that share enough words of their own, with all their passages; by name."""
    held = Held(documents, passages)
    said = frozenset(declared)
    pairs: dict[tuple[str, str], list[int]] = {}
    for n, one in enumerate(passages):
        if is_own(one) and one.a.document != one.b.document:
            first, second = sorted((one.a.document, one.b.document))
            pairs.setdefault((first, second), []).append(n)
    return tuple(
        _relation(held, *pair, tuple(numbers), said)
        for pair, numbers in sorted(pairs.items())
        if _is_enough(held, *pair, numbers)
    )


def links(
    documents: Sequence[Document], passages: Sequence[Passage], declared: Iterable[Declared] = ()
) -> tuple[Link, ...]:
    """The relations between documents, each word counted for one origin; by name. `declared` are the origins that
    somebody else, such as the writer of a dossier, gives for a document."""
    found = related(documents, passages, declared)
    return _reduced(Held(documents, passages), found)


def groups(documents: Sequence[Document], links: Sequence[Link]) -> tuple[Group, ...]:
    """The documents by source, each once, by the name of its first."""
    parent = {document.id: document.id for document in documents}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    main: dict[str, Link] = {}
    for link in sorted(links, key=lambda one: (-one.words, one.origin)):
        if link.by:
            main.setdefault(link.copy, link)
    reasons: list[tuple[str, Phrase]] = []
    for link in links:
        if not link.by or main[link.copy] is link:
            first, second = sorted((root(link.origin), root(link.copy)))
            parent[second] = first
            reasons.append((link.copy, link.why))
        else:
            apart = phrase(
                "{copy} has words of {origin} too, which makes no one source of those whom it copies",
                copy=link.copy,
                origin=link.origin,
            )
            reasons.append((link.copy, apart))
    made: dict[str, list[str]] = {}
    for name in sorted(parent):
        made.setdefault(root(name), []).append(name)
    why: dict[str, list[Phrase]] = {}
    for name, reason in reasons:
        why.setdefault(root(name), []).append(reason)
    return tuple(
        Group(tuple(names), tuple(dict.fromkeys(why.get(first, ())))) for first, names in sorted(made.items())
    )


def _is_enough(held: Held, first: str, second: str, numbers: Sequence[int]) -> bool:
    """Whether two documents share enough in these passages to be related."""
    if max(held.passages[n].words for n in numbers) < RUN:
        return False
    return min(held.count(held.places(name, numbers), name) for name in (first, second)) >= LEAST


@dataclass(frozen=True, slots=True)
class _Way:
    """Which of two documents the other copies, by what, in whose words, and what speaks against it."""

    origin: str
    copy: str
    by: Literal["attribution", "time", ""] = ""
    named: str = ""
    against: Literal["time", "attribution", "both", ""] = ""


def _relation(
    held: Held, first: str, second: str, numbers: tuple[int, ...], declared: frozenset[Declared]
) -> Link:
    here, there = held.places(first, numbers), held.places(second, numbers)
    way = _way(held.documents[first], held.documents[second], here, there, declared)
    if way.origin != first:
        here, there = there, here
    words, verbatim = held.count(there, way.copy), held.verbatim(way.copy, numbers)
    return Link(
        way.origin, way.copy, way.by, _why(way, words, verbatim),
        held.share(way.copy, there), held.share(way.origin, here), numbers, words, verbatim, _conflict(way),
    )  # fmt: skip


def _way(
    first: Document,
    second: Document,
    here: Sequence[Span],
    there: Sequence[Span],
    declared: frozenset[Declared],
) -> _Way:
    by_first = (first.id, second.id) in declared
    by_second = (second.id, first.id) in declared
    name_first, name_second = attributed(first, second, here), attributed(second, first, there)
    earlier = _earlier(first, second)
    if by_first != by_second:
        copy, origin = (first, second) if by_first else (second, first)
        own, others = (name_first, name_second) if by_first else (name_second, name_first)
        against = "attribution" if others and not own else "time" if earlier == copy.id else ""
        return _Way(origin.id, copy.id, "attribution", "", against)
    if bool(name_first) != bool(name_second):
        copy, origin = (first, second) if name_first else (second, first)
        against = "time" if earlier == copy.id else ""
        return _Way(origin.id, copy.id, "attribution", name_first or name_second, against)
    both = "both" if name_first and name_second else ""
    if earlier:
        origin, copy = (first, second) if earlier == first.id else (second, first)
        return _Way(origin.id, copy.id, "time", against=both)
    return _Way(first.id, second.id, against=both)


def _earlier(first: Document, second: Document) -> str:
    """Which of two documents was certainly published before the other; empty if that is not known."""
    if first.meta.on is None or second.meta.on is None:
        return ""
    if certainly_before(first.meta.on, second.meta.on):
        return first.id
    return second.id if certainly_before(second.meta.on, first.meta.on) else ""


def _why(way: _Way, n: int, verbatim: int) -> Phrase:
    """How many words the two share, and how the direction is known."""
    values = {"copy": way.copy, "origin": way.origin, "verbatim": verbatim}
    if way.by == "time":
        return phrase_plural(
            "{copy} has {n} word of {origin}, {verbatim} of them word for word, and is later",
            "{copy} has {n} words of {origin}, {verbatim} of them word for word, and is later",
            n,
            **values,
        )
    if way.named:
        return phrase_plural(
            "{copy} has {n} word of {origin}, {verbatim} of them word for word, and names it: “{name}”",
            "{copy} has {n} words of {origin}, {verbatim} of them word for word, and names it: “{name}”",
            n,
            **values,
            name=way.named,
        )
    if way.by:
        return phrase_plural(
            "{copy} has {n} word of {origin}, {verbatim} of them word for word, and is declared to derive from it",
            "{copy} has {n} words of {origin}, {verbatim} of them word for word, and is declared to derive from it",
            n,
            **values,
        )
    return phrase_plural(
        "{origin} and {copy} share {n} word, {verbatim} of them word for word; which has them from which is not known",
        "{origin} and {copy} share {n} words, {verbatim} of them word for word; which has them from which is not known",
        n,
        **values,
    )


def _conflict(way: _Way) -> Phrase | None:
    values = {"copy": way.copy, "origin": way.origin, "name": way.named}
    if way.against == "time" and way.named:
        return phrase("{copy} names {origin} (“{name}”), and is dated before it", **values)
    if way.against == "time":
        return phrase("{copy} is declared to derive from {origin}, and is dated before it", **values)
    if way.against == "both":
        return phrase("{origin} and {copy} name each other", **values)
    if way.against:
        return phrase("{copy} is declared to derive from {origin}, which itself names {copy}", **values)
    return None


def _reduced(held: Held, found: Sequence[Link]) -> tuple[Link, ...]:
    """The relations without the passages that a copy has through another document, or beside another copy."""
    kin = {frozenset((link.origin, link.copy)): link for link in found}
    into: dict[str, list[Link]] = {}
    for link in found:
        if link.by:
            into.setdefault(link.copy, []).append(link)
    through = set[tuple[str, str, int]]()
    for copy, incoming in sorted(into.items()):
        if len(incoming) > 1:
            through |= _through(held, copy, incoming, kin)
    for link in found:
        if not link.by:
            through |= _beside(held, link, into)
    kept: list[Link] = []
    for link in found:
        left = tuple(n for n in link.passages if (link.origin, link.copy, n) not in through)
        if left == link.passages:
            kept.append(link)
        elif left:
            words = held.count(held.places(link.copy, left), link.copy)
            kept.append(replace(link, passages=left, words=words, verbatim=held.verbatim(link.copy, left)))
    return tuple(kept)


def _through(
    held: Held, copy: str, incoming: Sequence[Link], kin: Mapping[frozenset[str], Link]
) -> set[tuple[str, str, int]]:
    """The passages of a copy that it has from one of its origins through another.

    Origins that the copy names come first, the others by date. One after the other is taken as it is, and is no
    further origin if its words were taken already from a document that has them from the same place; unless it
    has `NEARER` words more alike: then the one before it is none.
    """

    def rank(link: Link) -> tuple[bool, str, int, str]:
        on = held.documents[link.origin].meta.on
        day = on.last.isoformat() if on else "~"
        return link.by != "attribution", day, -link.verbatim, link.origin

    def is_through(n: int, origin: str, other: str, numbers: Sequence[int]) -> bool:
        """Whether the words of a passage with `origin` are those of some passages with `other`."""
        here, there = _sides(held.passages[n], copy)
        relation = kin.get(frozenset((other, origin)))
        return (
            relation is not None
            and _covers(held.places(copy, numbers), here)
            and _covers(held.places(origin, relation.passages), there)
        )

    def alike(numbers: Sequence[int], n: int) -> int:
        return held.verbatim(copy, numbers, _sides(held.passages[n], copy)[0])

    named = {link.origin for link in incoming if link.by == "attribution"}
    taken: dict[str, list[int]] = {}
    dropped = set[tuple[str, str, int]]()
    for link in sorted(incoming, key=rank):
        own = [
            n
            for n in link.passages
            if not any(
                is_through(n, link.origin, other, numbers)
                and ((other in named) > (link.origin in named) or alike(numbers, n) + NEARER > alike((n,), n))
                for other, numbers in taken.items()
            )
        ]
        dropped |= {(link.origin, copy, n) for n in link.passages if n not in own}
        if not own:
            continue
        for other in list(taken):
            if other in named and link.origin not in named:
                continue
            farther = [
                n
                for n in taken[other]
                if is_through(n, other, link.origin, own) and alike(own, n) >= alike((n,), n) + NEARER
            ]
            dropped |= {(other, copy, n) for n in farther}
            taken[other] = [n for n in taken[other] if n not in farther]
        taken[link.origin] = own
    return dropped


def _beside(held: Held, link: Link, into: Mapping[str, Sequence[Link]]) -> set[tuple[str, str, int]]:
    """The passages that two documents share because both have them from a third."""
    above = {one.origin: one for one in into.get(link.origin, ())}
    dropped = set[tuple[str, str, int]]()
    for one in into.get(link.copy, ()):
        if (other := above.get(one.origin)) is None:
            continue
        first = held.places(link.origin, other.passages)
        second = held.places(link.copy, one.passages)
        for n in link.passages:
            here, there = _sides(held.passages[n], link.origin)
            if _covers(first, here) and _covers(second, there):
                dropped.add((link.origin, link.copy, n))
    return dropped


def _sides(passage: Passage, name: str) -> tuple[Span, Span]:
    """The passage's place in a document, and in the other."""
    return (passage.a, passage.b) if passage.a.document == name else (passage.b, passage.a)


def _covers(spans: Sequence[Span], span: Span) -> bool:
    """Whether nearly all of a place lies in some others of the same document."""
    common = sum(max(0, min(one.end, span.end) - max(one.start, span.start)) for one in spans)
    return common >= COVERED * (span.end - span.start)
