"""Who says what of each fact: claims with stable ids (`fact/source/verb`, numbered if said twice).

Without a speaker the source's own speaks. In a trial a claim may stand without a source; it then comes
from a document of its own speaker, named after him (`word-of-ARV`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from foedus.evidence.claim import Claim, Source
from foedus.lang.tree import ClaimLine, FactItem
from foedus.lang.words import Words
from foedus.terms.fact import Fact


@dataclass(slots=True)
class ClaimReader:
    """Reads claim lines; `implied` are the sources that a trial's claims imply."""

    words: Words
    trial: bool
    implied: dict[str, Source] = field(default_factory=dict[str, Source])
    _ids: set[str] = field(default_factory=set[str])

    def claims(self, facts: Iterable[tuple[FactItem, Fact]]) -> tuple[Claim, ...]:
        """All claims, in the order of facts and lines."""
        return tuple(
            claim
            for item, fact in facts
            for line in item.claims
            if (claim := self._claim(line, fact)) is not None
        )

    def _claim(self, line: ClaimLine, fact: Fact) -> Claim | None:
        by = self.words.speaker(line.by) if line.by is not None else None
        if line.by is not None and by is None:
            return None
        source = self._source(line, by)
        if source is None:
            return None
        ident, number = f"{fact.id}/{source.id}/{line.verb}", 1
        while ident in self._ids:
            number += 1
            ident = f"{fact.id}/{source.id}/{line.verb}/{number}"
        self._ids.add(ident)
        return Claim(
            id=ident, fact=fact.id, verb=line.verb, by=by or source.by, source=source.id,
            on=line.on or source.date, where=line.where, quote=line.quote, of=self._origin(line),
            finds=line.finds, authentic=line.authentic, against_interest=line.against_interest,
            unconfirmed=line.unconfirmed,
            place=line.place,
        )  # fmt: skip

    def _source(self, line: ClaimLine, by: str | None) -> Source | None:
        if line.source is not None:
            ident = self.words.source(line.source)
            return self.words.sources[ident] if ident is not None else None
        if not self.trial or by is None:
            self.words.slips.add("F403", line.place, verb=line.verb)
            return None
        ident = f"word-of-{by}"
        return self.implied.setdefault(ident, Source(ident, f"the word of {by}", by, place=line.place))

    def _origin(self, line: ClaimLine) -> str | None:
        """Whose words a report passes on: a speaker, or a document."""
        if line.of is None:
            return None
        if (ident := self.words.own("source", line.of)) in self.words.sources:
            return ident
        return self.words.speaker(line.of)
