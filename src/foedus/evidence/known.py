"""What had been said by a day.

A claim was said on its own date, or, if it has none, on its document's. With an uncertain date it
counts from its latest possible day only: what *may* have been said by then had not surely been said.
A claim without any date counts as said, and `undated` lists it, so that a reader can object.

>>> from foedus.evidence.claim import Source
>>> from foedus.terms.time import day
>>> note = Source("note", "Note", "ARV", date=day("[2020-03-04,2020-03-05]"))
>>> said = Claim("a1/note/asserts", "a1", "asserts", "ARV", "note")
>>> record = Record(claims=(said,), sources={"note": note})
>>> [len(said_by(record, day(on).first)) for on in ("2020-03-04", "2020-03-05")]
[0, 1]
"""

from __future__ import annotations

from datetime import date

from foedus.evidence.claim import Claim
from foedus.evidence.record import Record
from foedus.terms.time import EDate


def date_of(record: Record, claim: Claim) -> EDate | None:
    """When the claim was made: its own date, else its document's, else None."""
    source = record.sources.get(claim.source)
    return claim.on or (source.date if source else None)


def said_by(record: Record, known_by: date | None) -> tuple[Claim, ...]:
    """The claims that had been made by `known_by` (included); all of them for None."""
    if known_by is None:
        return record.claims
    return tuple(claim for claim in record.claims if _by(date_of(record, claim), known_by))


def source_known(record: Record, source_id: str, known_by: date | None) -> bool:
    """Whether a document was out by `known_by`; one without a date, or undeclared, counts as out."""
    source = record.sources.get(source_id)
    return known_by is None or source is None or _by(source.date, known_by)


def witnessing(record: Record, known_by: date | None = None) -> tuple[Claim, ...]:
    """The claims made by `known_by` that are somebody's word: no reports, none from a source that is
    unresolved or that the record does not have."""
    return tuple(
        claim
        for claim in said_by(record, known_by)
        if claim.verb != "reports"
        and claim.source in record.sources
        and record.sources[claim.source].resolved
    )


def undated(record: Record) -> tuple[str, ...]:
    """The ids of the claims that count as known on every day, because nothing dates them."""
    return tuple(sorted(claim.id for claim in record.claims if date_of(record, claim) is None))


def _by(on: EDate | None, known_by: date) -> bool:
    return on is None or on.last <= known_by
