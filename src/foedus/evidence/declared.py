"""Whether what a dossier declares of its documents agrees with their texts, where these are at hand.

Three things are told, as warnings; none changes a standing by itself. Two documents share words of their own, and the
dossier derives neither from the other, nor both from a third (F645). A document is declared to derive from
another, and shares no passage with it (F646). What a document says of its origin goes against its date, or against what
the dossier declares (F647). A text that is not at hand, or is in another language, is no ground for any of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from foedus.diagnostics.problem import Note, Problem
from foedus.evidence.comparison import Copied
from foedus.evidence.lineage import origins_of
from foedus.evidence.record import Record


def check_declared(record: Record) -> tuple[Problem, ...]:
    """Where declarations and texts disagree, by code, then by document."""
    if record.compared is None:
        return ()
    found = [
        *(_undeclared(record, one) for one in undeclared(record)),
        *_not_borne_out(record),
        *(_conflict(record, one) for one in record.compared.copied if one.conflict is not None),
    ]
    return tuple(sorted(found, key=lambda problem: problem.code))


def undeclared(record: Record) -> tuple[Copied, ...]:
    """The documents that share words of their own without a declaration that explains it. What both have through a
    third document is told of that one."""
    copied = record.compared.copied if record.compared else ()
    return tuple(one for one in copied if not one.through and not _explained(record, one))


def _explained(record: Record, one: Copied) -> bool:
    """Whether one of the two is declared to derive from the other, or both from one document."""
    if one.first not in record.sources or one.second not in record.sources:
        return True
    first, second = ({name, *origins_of(record, name)} for name in (one.first, one.second))
    return bool(first & second)


def _undeclared(record: Record, one: Copied) -> Problem:
    copy, other = record.sources[one.second], record.sources[one.first]
    values = {"first": one.first, "second": one.second, "words": str(one.words), "why": one.why}
    return Problem("F645", copy.place, values, notes=(Note(other.place, f"`{one.first}`"),))


def _not_borne_out(record: Record) -> Iterator[Problem]:
    for one in record.compared.borne_out if record.compared else ():
        if one.word == "no":
            source = record.sources[one.copy]
            place = next((d.place for d in source.derives if d.origin == one.origin), source.place)
            yield Problem("F646", place, {"copy": one.copy, "origin": one.origin, "why": one.why})


def _conflict(record: Record, one: Copied) -> Problem:
    return Problem("F647", record.sources[one.second].place, {"why": one.conflict or ""})
