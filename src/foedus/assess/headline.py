"""The headline's figures, and the tensions that the record bears out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from foedus.assess.finding import Flagged
from foedus.assess.questions import voices_of
from foedus.evidence.lineage import count_documents, count_sources
from foedus.evidence.record import Record


def count(record: Record, known_by: date | None) -> tuple[int, int]:
    """How many documents carry a claim, and from how many independent sources they come."""
    return count_documents(record, known_by), count_sources(record, known_by)


def flag(record: Record, words: Mapping[str, str]) -> tuple[Flagged, ...]:
    """Declared tensions of which both sides are in fact asserted; none is decided."""
    found: list[Flagged] = []
    for tension in record.tensions:
        voices = tuple((fact, voices_of(record, fact, "asserts")) for fact in tension.facts)
        if all(said for _, said in voices):
            found.append(Flagged(tension, voices))
    return tuple(found)
