"""Who says what of an open question, with copies collapsed and said to be.

A *voice* is a principal: an embassy's word is its state's. Documents that copy one another, or come
through one channel, are one source (`evidence.lineage`). "None found" is doubt, and never "no".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from foedus.assessment.finding import Assessment, Open
from foedus.evidence.claim import Claim, Verb
from foedus.evidence.principals import principal_of
from foedus.evidence.standing import Standing
from foedus.report.layout import tied
from foedus.report.wording import Names, enumerated, on_day, quoted
from foedus.words.speech import marked, marked_in, plural, say, say_in

WORDS: Sequence[tuple[Verb, str]] = (
    ("asserts", marked_in("answer", "yes")),
    ("denies", marked_in("answer", "no")),
    ("disputes", marked_in("answer", "doubted")),
)
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
        say("{what} (unconfirmed)", what=names.plain(name)) if name in said.unconfirmed else names.plain(name)
        for name in said.principals
    ]
    answer = answer_words(said)
    if not shown:
        return say("{answer}: held by nobody on record", answer=answer)
    more = len(shown) - most
    who = enumerated([tied(name) if len(name) < 30 else name for name in shown[:most]])
    if more > 0:
        who = plural("{who} and {n} other", "{who} and {n} others", more, who=who)
    if said.documents <= len(shown) and said.sources == len(shown):
        return say_in("answer", "{answer}: {who}", answer=answer, who=who)
    sources = (
        plural("{n} source", "{n} sources", said.sources) if said.sources else say("no source of its own")
    )
    documents = plural("{n} document", "{n} documents", said.documents)
    return say_in(
        "answer",
        "{answer}: {who} ({sources}, {documents})",
        answer=answer,
        who=who,
        sources=tied(sources),
        documents=tied(documents),
    )


def answer_words(said: Said) -> str:
    """An answer as it is shown: ours in the language spoken, a page's own in quotation marks."""
    return say_in("answer", said.answer) if said.answer in _OURS else said.answer


_OURS = frozenset(word for _, word in WORDS)


def silences(question: Open, said: Iterable[Said]) -> str:
    """What was not said, where silence could be mistaken for an answer."""
    answers = {each.answer for each in said}
    if question.kind not in ("fact", "judgement") or not answers:
        return ""
    if "no" not in answers:
        return say("none found is not no") if "doubted" in answers else say("no denial read")
    return "" if "yes" in answers else say("nobody read says yes")


def told(names: Names, claim: Claim) -> str:
    """A claim as a line of grounds: who, in which document, when, how it was read."""
    record = names.assessment.dossier.record
    source = record.sources.get(claim.source) or names.assessment.program.sources.get(claim.source)
    principal = principal_of(record, claim.by)
    who = names.plain(claim.by)
    if principal != claim.by and names.plain(principal) not in who:
        who = say("{speaker} (for {principal})", speaker=who, principal=names.spoken(principal))
    if claim.of:
        who = say("{speaker} of {origin}", speaker=who, origin=names.spoken(claim.of))
    if claim.quote:
        parts = [say(_QUOTED[claim.verb], who=who, quote=quoted(claim.quote))]
    else:
        parts = [say(_TOLD[claim.verb], who=who)]
    title = f"{quoted(source.title)} [{source.id}]" if source and source.title else f"[{claim.source}]"
    parts.append(title + (f" {claim.where}" if claim.where else ""))
    day = on_day(claim.on or (source.date if source else None))
    if day:
        parts.append(day)
    if source is not None:
        if source.publisher:
            parts.append(source.publisher)
        if source.read:
            parts.append(say("read: {how}", how=source.read))
        if source.via:
            parts.append(say("via {channels}", channels=", ".join(source.via)))
        elif source.url:
            parts.append(source.url)
        if source.channel:
            parts.append(say("known through {channel} only", channel=source.channel))
        if not source.resolved:
            parts.append(say("points to words that were not found"))
    if claim.authentic:
        parts.append(say("the authentic instrument"))
    if claim.against_interest:
        parts.append(say("against interest: {why}", why=claim.against_interest))
    if claim.unconfirmed or (source is not None and source.unconfirmed):
        parts.append(say("unconfirmed"))
    if claim.note:
        parts.append(claim.note)
    return " · ".join(parts)


_TOLD: Mapping[Verb, str] = {
    "asserts": marked("{who} says so"),
    "denies": marked("{who} denies it"),
    "disputes": marked("{who} doubts it"),
    "reports": marked("{who} reports it"),
}
_QUOTED: Mapping[Verb, str] = {
    "asserts": marked("{who} says so: {quote}"),
    "denies": marked("{who} denies it: {quote}"),
    "disputes": marked("{who} doubts it: {quote}"),
    "reports": marked("{who} reports it: {quote}"),
}
