"""Who speaks in the end: an embassy's, a minister's or a president's word is the state's.

A *principal* is where `speaks_for` ends. States, organs and whoever speaks for nobody else are
their own principals. Speakers that speak for one another in a circle are one principal (the first
of them by name), so that a circle never makes two witnesses out of one; the check names the circle.

>>> from foedus.evidence.claim import Speaker
>>> record = Record(speakers={"EMB": Speaker("EMB", "Embassy of Arvia", speaks_for="ARV")})
>>> principal_of(record, "EMB"), principal_of(record, "BOR")
('ARV', 'BOR')
"""

from __future__ import annotations

from foedus.evidence.record import Record


def principal_of(record: Record, speaker_id: str) -> str:
    """The id of the principal whose word `speaker_id`'s word is; an undeclared id is its own."""
    seen: dict[str, None] = {}
    at = speaker_id
    while at not in seen:
        seen[at] = None
        speaker = record.speakers.get(at)
        if speaker is None or speaker.speaks_for is None:
            return at
        at = speaker.speaks_for
    chain = list(seen)
    return min(chain[chain.index(at) :])


def circle_of(record: Record, speaker_id: str) -> tuple[str, ...]:
    """The speakers that speak for one another in a circle through `speaker_id`; empty if none do."""
    seen: dict[str, None] = {}
    at = speaker_id
    while at not in seen:
        seen[at] = None
        speaker = record.speakers.get(at)
        if speaker is None or speaker.speaks_for is None:
            return ()
        at = speaker.speaks_for
    return tuple(seen) if at == speaker_id else ()


def performers(
    record: Record, predicate_name: str, args: tuple[str | tuple[str, ...] | None, ...]
) -> frozenset[str]:
    """The principals who performed an act (the value of its role `by`); empty for anything else.

    An act whose performer is left out ("somebody asked") has none that are known.
    """
    predicate = record.predicates[predicate_name]
    if predicate.kind not in ("act", "speech"):
        return frozenset()
    for role, value in zip(predicate.roles, args, strict=False):
        if role.name == "by" and value is not None:
            names = value if isinstance(value, tuple) else (value,)
            return frozenset(principal_of(record, name) for name in names)
    return frozenset()
