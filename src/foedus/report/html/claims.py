"""One fact, judgement or reading with everything said of it: how it stands, by what rule, who says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from foedus.assessment.finding import Open
from foedus.engines.explain import WHOEVER, fill
from foedus.evidence.claim import Claim, Verb
from foedus.evidence.principals import principal_of
from foedus.evidence.standing import Standing
from foedus.report.asking import JUDGEMENTS, asked_in, kind_words
from foedus.report.html.setting import Setting
from foedus.report.voices import in_words, said_of
from foedus.report.why import basis_words
from foedus.report.wording import listed, on_day, quoted, shortened, standing_word
from foedus.terms.fact import Fact
from foedus.words.speech import aloud, marked, plural, say

VERBS: Mapping[Verb, str] = {
    "asserts": marked("says so"),
    "denies": marked("denies it"),
    "disputes": marked("doubts it"),
    "reports": marked("reports it"),
}


@dataclass(frozen=True, slots=True)
class ClaimTold:
    """One claim: who, with what word, in which document, when, how it was read."""

    who: str
    verb: str
    quote: str
    source: str
    title: str
    where: str
    day: str
    notes: tuple[str, ...]
    unconfirmed: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A fact, judgement or reading. `said` gives the answers in short; `basis` on what else it rests."""

    id: str
    letter: str
    words: str
    kind: str
    rule: str
    count: str
    claims: tuple[ClaimTold, ...] = ()
    said: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    would_change: str = ""


def titled(page: Setting, name: str) -> str:
    """A fact's title; of a judgement, which has none, its sentence as the vocabulary has it."""
    fact = page.facts.get(name)
    if fact is None or fact.title:
        return fact.title if fact else name
    known = page.predicate(fact.predicate)
    if known is None or not known.gloss:
        return name
    return fill(
        known.gloss,
        {role.name: _named(page, role.sort, arg) for role, arg in zip(known.roles, fact.args, strict=False)},
    )


def _named(page: Setting, sort: str, arg: str | tuple[str, ...] | None) -> str:
    if arg is None:
        return WHOEVER.get(sort, "something")
    if isinstance(arg, tuple):
        return listed([_named(page, sort, one) for one in arg])
    fact = page.facts.get(arg)
    return quoted(fact.title) if fact and fact.title else page.names.spoken(arg)


def stands(word: str, judged: bool) -> str:
    """How a fact stands, in a word; of a judgement, that it is one."""
    if not judged:
        return standing_word(word)
    return say(JUDGEMENTS[word]) if word in JUDGEMENTS else standing_word(word)


def tell_fact(page: Setting, name: str, words: str = "") -> Told:
    """A fact or judgement by its id, with its standing and every claim."""
    assessment = page.assessment
    standing = assessment.standings[name]
    fact = page.facts.get(name)
    judged = fact is not None and _is_judgement(page, fact)
    basis = standing.closing or standing.presumption
    return Told(
        name,
        page.letters.letters.get(name, ""),
        (fact.title if fact else "") or words or titled(page, name),
        stands(standing.word, judged),
        aloud(standing.why),
        _counted(standing),
        tuple(_claim(page, claim) for claims in standing.claims.values() for claim in claims),
        (),
        tuple(
            say("one source: {why}", why=why)
            for component in standing.components
            for why in component.reasons
        ),
        tuple(basis_words(page.names, basis)) if basis is not None else (),
        "; ".join(map(aloud, standing.would_change)),
    )


def tell_reading(page: Setting, question: Open) -> Told:
    """A reading: its answers in short, and each holder with document and date."""
    holders = tuple(
        ClaimTold(
            page.names.plain(voice.by),
            say("holds {answer}", answer=quoted(answer)),
            voice.quote,
            voice.source,
            page.names.source(voice.source) if voice.source else "",
            "",
            aloud(voice.on),
            (),
            voice.unconfirmed,
        )
        for answer, voices in question.answers
        for voice in voices
    )
    return Told(
        question.id,
        question.letter,
        asked_in(page.assessment, question, whole=True),
        kind_words(question),
        say("a reading is never chosen by default; each answer has its holders"),
        "",
        holders,
        tuple(in_words(page.names, each) for each in said_of(page.assessment, question)),
    )


def _is_judgement(page: Setting, fact: Fact) -> bool:
    known = page.predicate(fact.predicate)
    return known is not None and known.kind == "judgement"


def _counted(standing: Standing) -> str:
    if not standing.documents:
        return ""
    return say(
        "{sources}, {documents}",
        sources=plural("{n} source", "{n} sources", standing.sources),
        documents=plural("{n} document", "{n} documents", standing.documents),
    )


def _claim(page: Setting, claim: Claim) -> ClaimTold:
    source = page.sources.get(claim.source)
    return ClaimTold(
        _who(page, claim),
        say(VERBS[claim.verb]),
        claim.quote,
        claim.source,
        (source.title if source else "") or claim.source,
        claim.where,
        on_day(claim.on or (source.date if source else None)),
        tuple(_notes(page, claim)),
        claim.unconfirmed or (source is not None and source.unconfirmed),
    )


def _who(page: Setting, claim: Claim) -> str:
    """The speaker, whom he speaks for, and whose words he passes on."""
    names = page.names
    principal = principal_of(page.assessment.dossier.record, claim.by)
    who = names.plain(claim.by)
    if principal != claim.by and names.plain(principal) not in who:
        who = say("{speaker} (for {principal})", speaker=who, principal=names.spoken(principal))
    return say("{speaker} of {origin}", speaker=who, origin=names.spoken(claim.of)) if claim.of else who


def _notes(page: Setting, claim: Claim) -> Iterable[str]:
    source = page.sources.get(claim.source)
    if source is not None:
        if source.publisher:
            yield source.publisher
        if source.read:
            yield say("read: {how}", how=source.read)
        if source.channel:
            yield say("known through {channel} only", channel=source.channel)
        if not source.resolved:
            yield say("points to words that were not found")
    if claim.authentic:
        yield say("the authentic instrument")
    if claim.against_interest:
        yield say("against interest: {why}", why=claim.against_interest)
    if claim.note:
        yield claim.note


def by_standing(page: Setting) -> Sequence[tuple[str, str, list[tuple[str, str]]]]:
    """All facts, then all judgements, by standing: (the word, how many, id and title of each)."""
    order = ("established", "refuted", "asserted", "denied", "disputed", "contested", "inconsistent",
             "undisputed", "unknown")  # fmt: skip
    found: dict[tuple[bool, str], list[tuple[str, str]]] = {}
    for name, standing in page.assessment.standings.items():
        if (fact := page.facts.get(name)) is not None:
            entry = name, shortened(titled(page, name))
            found.setdefault((_is_judgement(page, fact), standing.word), []).append(entry)
    said: list[tuple[str, str, list[tuple[str, str]]]] = []
    for (judged, word), entries in sorted(
        found.items(), key=lambda item: (item[0][0], order.index(item[0][1]))
    ):
        said.append((word, stands(word, judged), entries))
    return said
