"""Who says what of an open question, with copies collapsed and said to be.

A *voice* is a principal: an embassy's word is its state's. Documents that copy one another, or come
through one channel, are one source (`evidence.lineage`). "None found" is doubt, and never "no".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foedus.assessment.finding import Assessment, Open
from foedus.evidence.claim import Claim, Verb
from foedus.evidence.principals import principal_of
from foedus.evidence.standing import Standing
from foedus.report.layout import tied
from foedus.report.wording import Names, counted, on_day, quoted

WORDS: Sequence[tuple[Verb, str]] = (("asserts", "yes"), ("denies", "no"), ("disputes", "doubted"))
"""What each verb answers; a report answers nothing and only points to somebody's words."""


@dataclass(frozen=True, slots=True)
class Said:
    """One answer with those who give it: principals in the order in which they first spoke.

    `unconfirmed` are those whose every document of it is unconfirmed.
    """

    answer: str
    principals: tuple[str, ...]
    sources: int
    documents: int
    unconfirmed: frozenset[str] = frozenset()


def said_of(assessment: Assessment, question: Open) -> tuple[Said, ...]:
    """Every answer that somebody gives to a question, yes first."""
    if question.kind == "reading":
        return _held(assessment, question)
    standing = assessment.standings.get(question.id)
    if standing is None:
        return ()
    return tuple(
        said for verb, word in WORDS if (said := _said(assessment, standing, verb, word)) is not None
    )


def _said(assessment: Assessment, standing: Standing, verb: Verb, word: str) -> Said | None:
    claims = sorted(standing.claims.get(verb, ()), key=_day)
    if not claims:
        return None
    record = assessment.dossier.record
    by: dict[str, list[Claim]] = {}
    for claim in claims:
        by.setdefault(principal_of(record, claim.by), []).append(claim)
    sources = sum(any(w.verb == verb for w in c.witnesses) for c in standing.components)
    unsure = frozenset(name for name, said in by.items() if all(c.unconfirmed for c in said))
    return Said(word, tuple(by), sources, len({c.source for c in claims}), unsure)


def _day(claim: Claim) -> tuple[int, str]:
    return claim.on.first.toordinal() if claim.on else 10**7, claim.id


def _held(assessment: Assessment, question: Open) -> tuple[Said, ...]:
    record = assessment.dossier.record
    found: list[Said] = []
    for answer, voices in question.answers:
        by = dict.fromkeys(principal_of(record, voice.by) for voice in voices)
        firm = {principal_of(record, voice.by) for voice in voices if not voice.unconfirmed}
        documents = {voice.source for voice in voices if voice.source}
        found.append(Said(quoted(answer), tuple(by), len(by), len(documents), frozenset(by.keys() - firm)))
    return tuple(found)


def in_words(names: Names, said: Said, most: int = 8) -> str:
    """`yes: Kazakhstan, the Russian Federation (1 source, 5 documents)`."""
    shown = [
        names.plain(name) + (" (unconfirmed)" if name in said.unconfirmed else "") for name in said.principals
    ]
    more = len(shown) - most
    who = ", ".join(tied(name) if len(name) < 30 else name for name in shown[:most])
    if more > 0:
        who += f" and {counted(more, 'other')}"
    if not shown:
        return f"{said.answer}: held by nobody on record"
    if said.documents <= len(shown) and said.sources == len(shown):
        return f"{said.answer}: {who}"
    count = counted(said.sources, "source") if said.sources else "no source of its own"
    return f"{said.answer}: {who} ({tied(count)}, {tied(counted(said.documents, 'document'))})"


def silences(question: Open, said: Iterable[Said]) -> str:
    """What was not said, where silence could be mistaken for an answer."""
    answers = {each.answer for each in said}
    if question.kind not in ("fact", "judgement") or not answers:
        return ""
    if "no" not in answers:
        return "none found is not no" if "doubted" in answers else "no denial read"
    return "" if "yes" in answers else "nobody read says yes"


def told(names: Names, claim: Claim) -> str:
    """A claim as a line of grounds: who, in which document, when, how it was read."""
    record = names.assessment.dossier.record
    source = record.sources.get(claim.source) or names.assessment.program.sources.get(claim.source)
    verb = {"asserts": "says so", "denies": "denies it", "disputes": "doubts it", "reports": "reports it"}[
        claim.verb
    ]
    principal = principal_of(record, claim.by)
    who = names.plain(claim.by)
    if principal != claim.by and names.plain(principal) not in who:
        who += f" (for {names.spoken(principal)})"
    if claim.of:
        who += f" of {names.spoken(claim.of)}"
    parts = [f"{who} {verb}" + (f": {quoted(claim.quote)}" if claim.quote else "")]
    title = f"{quoted(source.title)} [{source.id}]" if source and source.title else f"[{claim.source}]"
    parts.append(title + (f" {claim.where}" if claim.where else ""))
    day = on_day(claim.on or (source.date if source else None))
    if day:
        parts.append(day)
    if source is not None:
        if source.publisher:
            parts.append(source.publisher)
        if source.read:
            parts.append(f"read: {source.read}")
        if source.via:
            parts.append(f"via {', '.join(source.via)}")
        elif source.url:
            parts.append(source.url)
        if source.channel:
            parts.append(f"known through {source.channel} only")
        if not source.resolved:
            parts.append("points to words that were not found")
    if claim.authentic:
        parts.append("the authentic instrument")
    if claim.against_interest:
        parts.append(f"against interest: {claim.against_interest}")
    if claim.unconfirmed or (source is not None and source.unconfirmed):
        parts.append("unconfirmed")
    if claim.note:
        parts.append(claim.note)
    return " · ".join(parts)
