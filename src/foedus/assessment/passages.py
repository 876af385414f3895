"""What the texts of a dossier's sources have in common, as ties between its documents and its claims.

- A document of which *most* words of its own are another's is derived from it, or tied to it where nobody knows
  which was first. Most is more than half: where a claim has no quotation, nobody knows on which part of its document
  it rests, and only then is the copied part the likelier.
- Two claims on one fact whose quotations stand in one copied passage are tied, or the copy hangs on its origin. A
  quotation that its document has in another place too may be from there, and ties nothing.
- A quotation that stands in no passage that its document shares is in the document's own words.

Less than that is told, and changes nothing. Importing this needs `foedus[trace]`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

import numpy as np
from charset_normalizer import from_bytes

from foedus.evidence.claim import Claim
from foedus.evidence.comparison import BorneOut, Comparison, Copied, Tie
from foedus.evidence.record import Record
from foedus.trace.anchors import resolve
from foedus.trace.compare import passages as shared_passages
from foedus.trace.document import Document
from foedus.trace.lineage import links, related
from foedus.trace.nearest import Text
from foedus.trace.passage import Link, Passage, Span
from foedus.trace.repeated import repeated
from foedus.trace.tokens import tokenise
from foedus.words.speech import Phrase, phrase, phrase_plural

WHOLE: Final = 0.5
"""More than this share of a document's own words makes it derived from whoever has them too."""
IN_COMMON: Final = 0.3
"""Part of the running words that two texts in one language mostly have in common, whatever they are about."""
SAMPLE: Final = 20_000
"""Characters by which a language is told."""


def compare(record: Record, texts: Sequence[Document], known: Sequence[Document] = ()) -> Comparison:
    """What the texts of sources show, each under its source's id; `known` are texts that anybody may quote."""
    documents = repeated(_described(record, one) for one in sorted(texts, key=lambda one: one.id))
    passages = shared_passages(documents, known)
    declared = [(source.id, d.origin) for source in record.sources.values() for d in source.derives]
    found = related(documents, passages, declared)
    kept = {frozenset((link.origin, link.copy)) for link in links(documents, passages, declared)}
    places = _Places(documents, passages, found)
    quoted = [one for claim in record.claims if (one := places.quotation(claim)) is not None]
    return Comparison(
        {one.id: _digest(one) for one in documents},
        tuple(_copied(link, frozenset((link.origin, link.copy)) not in kept) for link in found),
        tuple(_ties(quoted, places)),
        tuple(_borne_out(record, documents, passages, found)),
        frozenset(one.claim.id for one in quoted if not places.shared(one)),
    )


def _described(record: Record, document: Document) -> Document:
    """A document with what the dossier says of it; what only the document itself says is kept."""
    source, own = record.sources[document.id], document.meta
    speaker = record.speakers.get(source.by)
    meta = replace(
        own,
        title=own.title or source.title,
        publisher=source.publisher or own.publisher,
        speaker=speaker.name if speaker else own.speaker,
        on=source.date or own.on,
        url=source.url or next(iter(source.via), "") or own.url,
    )
    return replace(document, meta=meta)


def _digest(document: Document) -> str:
    return hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()


def _copied(link: Link, through: bool) -> Copied:
    share = link.share if link.by else max(link.share, link.share_of_origin)
    return Copied(
        link.origin, link.copy, link.by, link.words, share, share > WHOLE, link.why, link.conflict, through
    )


@dataclass(frozen=True, slots=True)
class _Quotation:
    """A claim whose quoted words were found in its document, and every place where they stand."""

    claim: Claim
    at: tuple[Span, ...]

    def lies_in(self, spans: Iterable[Span]) -> bool:
        """Whether it stands in these places of its document wherever it stands."""
        spans = tuple(spans)
        return all(any(_overlap(here, span) for span in spans) for here in self.at)


class _Places:
    """Where quotations and passages stand."""

    def __init__(
        self, documents: Sequence[Document], passages: Sequence[Passage], found: Sequence[Link]
    ) -> None:
        self.passages = passages
        self.relations = {frozenset((link.origin, link.copy)): link for link in found}
        self._texts = {one.id: Text(one.text) for one in documents}
        self._all: dict[str, list[Span]] = {}
        for one in passages:
            if frozenset((one.a.document, one.b.document)) in self.relations:
                for span in (one.a, one.b):
                    self._all.setdefault(span.document, []).append(span)

    def quotation(self, claim: Claim) -> _Quotation | None:
        """A claim's quotation in its document, a few words changed or not; None if there is none, or it is not to
        be found."""
        if not claim.quote.strip() or claim.source not in self._texts:
            return None
        found = resolve(self._texts[claim.source], claim.quote)
        if found.kind == "orphan":
            return None
        places = ((found.start, found.end), *found.others)
        return _Quotation(claim, tuple(Span(claim.source, start, end) for start, end in places))

    def shared(self, quoted: _Quotation) -> bool:
        """Whether a quotation may be from a passage that its document shares with a related one."""
        spans = self._all.get(quoted.claim.source, ())
        return any(_overlap(here, span) for here in quoted.at for span in spans)

    def common(self, first: _Quotation, second: _Quotation) -> tuple[Link, Passage] | None:
        """The copied passage in which two quotations stand, each in its document."""
        link = self.relations.get(frozenset((first.claim.source, second.claim.source)))
        if link is None:
            return None
        sides = [_sides(self.passages[n], first.claim.source) for n in link.passages]
        if not first.lies_in(a for a, _ in sides) or not second.lies_in(b for _, b in sides):
            return None
        for n, (a, b) in zip(link.passages, sides, strict=True):
            if any(_overlap(at, a) for at in first.at) and any(_overlap(at, b) for at in second.at):
                return link, self.passages[n]
        return None


def _sides(passage: Passage, name: str) -> tuple[Span, Span]:
    return (passage.a, passage.b) if passage.a.document == name else (passage.b, passage.a)


def _overlap(quoted: Span, span: Span) -> bool:
    """Whether more than half of a quotation lies in a place of its document."""
    common = min(quoted.end, span.end) - max(quoted.start, span.start)
    return 2 * common > quoted.end - quoted.start


def _ties(quoted: Sequence[_Quotation], places: _Places) -> Iterator[Tie]:
    on: dict[str, list[_Quotation]] = {}
    for one in quoted:
        on.setdefault(one.claim.fact, []).append(one)
    for same in on.values():
        for first, second in combinations(sorted(same, key=lambda one: one.claim.id), 2):
            if (found := places.common(first, second)) is None:
                continue
            link, passage = found
            if link.by and link.origin == second.claim.source:
                first, second = second, first
            yield Tie(first.claim.id, second.claim.id, bool(link.by), _why(link, passage, first, second))


def _why(link: Link, passage: Passage, first: _Quotation, second: _Quotation) -> Phrase:
    values = {"first": first.claim.source, "second": second.claim.source}
    if link.by:
        return phrase_plural(
            "the words quoted from {second} stand in a passage of {n} word that it has from {first}",
            "the words quoted from {second} stand in a passage of {n} words that it has from {first}",
            passage.words,
            **values,
        )
    return phrase_plural(
        "the words quoted from {first} and {second} stand in one passage of {n} word that both have",
        "the words quoted from {first} and {second} stand in one passage of {n} words that both have",
        passage.words,
        **values,
    )


def _borne_out(
    record: Record, documents: Sequence[Document], passages: Sequence[Passage], found: Sequence[Link]
) -> Iterator[BorneOut]:
    """What the texts say of each declared derivation of which both texts are at hand."""
    texts = {one.id: one for one in documents}
    relations = {frozenset((link.origin, link.copy)): link for link in found}
    for name in sorted(texts):
        for derivation in record.sources[name].derives:
            origin = derivation.origin
            if origin not in texts or origin == name:
                continue
            values = {"copy": name, "origin": origin}
            if (link := relations.get(frozenset((name, origin)))) is not None:
                yield BorneOut(name, origin, "yes", link.why)
            elif not _in_one_language(texts[name], texts[origin]):
                why = phrase("not comparable: {copy} and {origin} seem to be in two languages", **values)
                yield BorneOut(name, origin, "not comparable", why)
            else:
                yield BorneOut(name, origin, "no", _too_little(passages, values))


def _too_little(passages: Sequence[Passage], values: Mapping[str, str]) -> Phrase:
    both = set(values.values())
    common = [one for one in passages if {one.a.document, one.b.document} == both]
    if not common:
        return phrase("{copy} and {origin} share no passage", **values)
    if third := next((one.third for one in common if one.third), ""):
        return phrase("what {copy} and {origin} share is from a third text, {third}", **values, third=third)
    if any(one.quoted == "both" for one in common):
        return phrase("what {copy} and {origin} share, both give as somebody else's words", **values)
    n = max(one.words for one in common)
    return phrase_plural(
        "{copy} and {origin} share no passage of more than {n} word",
        "{copy} and {origin} share no passage of more than {n} words",
        n,
        **values,
    )


def _in_one_language(first: Document, second: Document) -> bool:
    """Whether two texts are in one language: as both say of themselves; else they are in two if the letters are those
    of two languages, and few words are the same.

    Either alone errs: letters take one text in twenty for another language's, and short texts about two things have
    few words in common, while names and figures are the same in all languages.
    """
    said = [one.meta.language.partition("-")[0].lower() for one in (first, second)]
    if all(said):
        return said[0] == said[1]
    if _language(first.text) == _language(second.text):
        return True
    words = tokenise([first.text, second.text])
    one, other = words.of(0).word, words.of(1).word
    if not len(one) or not len(other):
        return True
    return max(float(np.isin(one, other).mean()), float(np.isin(other, one).mean())) >= IN_COMMON


def _language(text: str) -> str:
    """The language that the letters of a text are most like; empty if of none."""
    best = from_bytes(text[:SAMPLE].encode("utf-8", "replace"), cp_isolation=["utf_8"]).best()
    return best.language if best else ""
