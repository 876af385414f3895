"""The first lines: how much was read, and what the answer is, one sentence to a norm.

The lead keeps *had to* apart from *could*. It speaks of the norms that commit or empower most; the
rest are counted, and stand below with the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from foedus.assessment.finding import Assessment, Finding, Settled
from foedus.ir.norm import Norm
from foedus.report.conditions import Letters
from foedus.report.findings import qualifying
from foedus.report.layout import tied
from foedus.report.lists import text_named
from foedus.report.wording import (
    Names,
    bearers_spoken,
    begun,
    in_letters,
    listed,
    norm_title,
    on_day,
    under,
)
from foedus.terms.time import EDate
from foedus.words.speech import marked, marked_in, plural, say, say_in

MOST = 4
"""A lead of more sentences is a list."""

_WEIGHT = {
    "all-means": 0, "guarantee": 0, "necessary-help": 1, "as-deemed-necessary": 2, "meet-danger": 2,
    "consult": 4,
}  # fmt: skip
_KIND = {"prohibition": 2, "power": 3, "right": 5, "plan": 5}
LATER = 5


def weight(norm: Norm, lifting: frozenset[str] = frozenset()) -> int:
    """How early the lead speaks of a norm: strong duties, prohibitions, powers, then the rest.

    `lifting` are the rights asked about that lift a prohibition asked about, with those prohibitions: such
    a right stands with the powers, as it answers whether somebody could; the prohibition then follows below.
    """
    if norm.kind == "duty":
        return _WEIGHT.get(norm.duty_class or "", LATER)
    if norm.id in lifting:
        return LATER if norm.kind == "prohibition" else _KIND["power"]
    return _KIND[norm.kind]


def lifting_norms(findings: Iterable[Finding]) -> frozenset[str]:
    """Rights and the prohibitions that they lift, where both are asked about."""
    norms = {finding.norm.id: finding.norm for finding in findings}
    pairs = [(norm.id, lifted) for norm in norms.values() for lifted in norm.lifts if lifted in norms]
    return frozenset(name for pair in pairs for name in pair)


def main_findings(assessment: Assessment, most: int = MOST) -> tuple[Finding, ...]:
    """One finding for each norm that the lead speaks of: the one with most bearers."""
    best: dict[tuple[str, str | None], Finding] = {}
    for finding in assessment.findings:
        key = finding.norm.id, finding.norm.text
        held = best.get(key)
        if held is None or _telling(finding) > _telling(held):
            best[key] = finding
    lifting = lifting_norms(best.values())

    def rank(finding: Finding) -> int:
        return weight(finding.norm, lifting)

    found = sorted(best.values(), key=rank)
    strong = [finding for finding in found if rank(finding) < LATER]
    return tuple((_without_idle_powers(strong, rank) or found)[:most])


def _without_idle_powers(findings: Iterable[Finding], rank: Callable[[Finding], int]) -> list[Finding]:
    """A power that is not there goes without saying beside another of the same instrument; one that
    may be there is told first. Duties are told either way."""
    told: list[Finding] = []
    powers: set[str] = set()
    for finding in sorted(findings, key=lambda f: f.norm.kind == "power" and f.granting.settled == "no"):
        idle = finding.granting.settled == "no"
        if finding.norm.kind == "power":
            if idle and finding.norm.instrument in powers:
                continue
            powers.add(finding.norm.instrument)
        told.append(finding)
    return sorted(told, key=rank)


def _telling(finding: Finding) -> tuple[int, int]:
    """Most bearers first; of two that are alike, the one that is not yet settled."""
    return len(finding.bearers), finding.granting.settled not in ("yes", "no")


@dataclass(frozen=True, slots=True)
class Count:
    """One figure of the headline: `76 facts`, with the shares of it that are told apart."""

    of: Literal["documents", "facts", "judgements", "unconfirmed", "left out", "unread"]
    n: int
    words: str
    shares: tuple[str, ...] = ()


def headline(assessment: Assessment) -> str:
    """How much was read, how it stands, and what the findings rest on that is not sure."""
    said: list[str] = []
    for count in counts(assessment):
        parts = (count.words, *count.shares)
        if count.of == "facts":
            first = plural(
                "{n} fact: {stood}", "{n} facts: {stood}", count.n, stood="".join(count.shares[:1])
            )
            parts = (first, *count.shares[1:])
        said.append(", ".join(map(tied, parts)))
    return " · ".join(said)


def counts(assessment: Assessment) -> list[Count]:
    """The figures of the headline, one by one."""
    documents, sources = assessment.documents, assessment.sources
    independent = plural("{n} independent source", "{n} independent sources", sources)
    read = Count("documents", documents, plural("{n} document", "{n} documents", documents), (independent,))
    found = [read, *_standings(assessment)]
    unsure: dict[str, None] = {}
    for finding in assessment.findings:
        unsure.update(dict.fromkeys(finding.unconfirmed))
    facts = {fact.id for fact in assessment.dossier.record.facts}
    dates = [name for name in unsure if name not in facts]
    if dates:
        n = len(dates)
        found.append(Count("unconfirmed", n, plural("{n} date unconfirmed", "{n} dates unconfirmed", n)))
    if n := len(unsure) - len(dates):
        found.append(Count("unconfirmed", n, plural("{n} fact unconfirmed", "{n} facts unconfirmed", n)))
    if n := len({left.text for f in assessment.findings for left in (*f.qualifiers, *f.details)}):
        found.append(Count("left out", n, plural("{n} clause not encoded", "{n} clauses not encoded", n)))
    if n := len(unread_clauses(assessment)):
        found.append(Count("unread", n, plural("{n} clause not read", "{n} clauses not read", n)))
    return found


def unread_clauses(assessment: Assessment) -> list[str]:
    """The names of the clauses that were not read and on which a finding turns."""
    found = {
        name: None
        for finding in assessment.findings
        for name in finding.on_facts.turns_on
        if name.startswith("unread: ")
    }
    return list(found)


STOOD = {
    "established": marked("{n} established"),
    "refuted": marked("{n} refuted"),
    "asserted": marked("{n} asserted"),
    "denied": marked("{n} denied"),
    "disputed": marked("{n} disputed"),
    "contested": marked("{n} contested"),
    "inconsistent": marked("{n} inconsistent"),
    "unknown": marked("{n} unknown"),
}
"""How many facts stand so, in the order of a headline."""


def _standings(assessment: Assessment) -> list[Count]:
    predicates = {**assessment.program.vocabulary.predicates, **assessment.dossier.record.predicates}
    facts: dict[str, int] = {}
    judgements: dict[str, int] = {}
    for fact in assessment.dossier.record.facts:
        standing = assessment.standings.get(fact.id)
        word = standing.word if standing else "unknown"
        known = predicates.get(fact.predicate)
        kind = judgements if known is not None and known.kind == "judgement" else facts
        kind[word] = kind.get(word, 0) + 1
    said: list[Count] = []
    if n := sum(facts.values()):
        stood = tuple(say(STOOD[word], n=facts[word]) for word in STOOD if word in facts)
        said.append(Count("facts", n, plural("{n} fact", "{n} facts", n), stood))
    if n := sum(judgements.values()):
        disputed = judgements.get("disputed", 0)
        share = say_in("judgements", "{n} disputed", n=disputed) if disputed else say("none disputed")
        said.append(Count("judgements", n, plural("{n} judgement", "{n} judgements", n), (share,)))
    return said


def asked_on(assessment: Assessment) -> str:
    """`as of 6 January 2022`, and what is known by when."""
    day = on_day(EDate.of(assessment.on))
    if assessment.known_by is None:
        return say("as of {day}", day=day)
    return say("as of {day}, known by {known}", day=day, known=on_day(EDate.of(assessment.known_by)))


def supposed(assessment: Assessment) -> str:
    """What the user supposes, in ids; empty if nothing."""
    if not assessment.supposed:
        return ""
    said = listed([f"{name} = {value}" for name, value in assessment.supposed.items()])
    return say("Supposing {what}; what follows holds only so far.", what=said)


def sentences(assessment: Assessment, letters: Letters) -> list[tuple[Settled | None, str]]:
    """The lead: one sentence for each of the main findings, with how it is settled; then what else
    there is."""
    shown = main_findings(assessment)
    said: list[tuple[Settled | None, str]] = []
    named: set[tuple[str, ...]] = set()
    before = ""
    for finding in shown:
        bearers = tuple(sorted(finding.bearers))
        same = finding.norm.instrument == before
        said.append(
            (finding.granting.settled, sentence(assessment, finding, letters, bearers in named, same))
        )
        named.add(bearers)
        before = finding.norm.instrument
    rest = len({f.norm.id for f in assessment.findings}) - len({f.norm.id for f in shown})
    if said and rest > 0:
        number = begun(in_letters(rest))
        said.append((None, plural("{n} more norm below.", "{n} more norms below.", rest, n=number)))
    if not said:
        said.append((None, say("No norm of the instruments asked about binds anybody on that day.")))
    return said


def sentence(
    assessment: Assessment,
    finding: Finding,
    letters: Letters,
    again: bool = False,
    same_instrument: bool = False,
) -> str:
    """`Whether Bor had to help under Article 4 of the Compact turns on A and B.` Bearers named
    before (`again`), and the instrument of the sentence before, are not named once more."""
    norm, view = finding.norm, finding.granting
    who = bearers_spoken(assessment, finding)
    if again and len(finding.bearers) > 2:
        who = say("the same {number}", number=in_letters(len(finding.bearers)))
    where = under(assessment, norm, same_instrument)
    if norm.text is not None and _has_texts(assessment, norm):
        where = say("{under} ({text})", under=where, text=text_named(norm.text))
    if finding.beneficiary and not _the_one(assessment, finding):
        to = Names(assessment).spoken(finding.beneficiary)
        if view.settled in ("yes", "no"):
            where = say("{under}, as owed to {state}", under=where, state=to)
        else:  # the sentence goes on
            where = say("{under}, as owed to {state},", under=where, state=to)
    parts = {"who": who, "what": _commanded(norm), "under": where}
    template = TOLD[norm.kind][view.settled if view.settled in ("yes", "no", "unread") else "depends"]
    if view.settled == "depends":
        parts["letters"] = letters.depends(view) or say_in("turns on", "nothing on record")
    said = say_in(norm.kind, template, **parts)
    return begun(_proviso(finding, said) if view.settled in ("yes", "no") else said)


def _commanded(norm: Norm) -> str:
    """The norm's title as a sentence takes it in."""
    title = norm_title(norm)
    if "," in title:
        return say_in("norm", "{title},", title=title)  # an insertion, closed before the sentence goes on
    return say_in("norm", "{title}", title=title)


TOLD: Mapping[str, Mapping[str, str]] = {
    "duty": {
        "yes": marked_in("duty", "{who} had to {what} {under}."),
        "no": marked_in("duty", "{who} did not have to {what} {under}."),
        "unread": marked_in(
            "duty",
            "Whether {who} had to {what} {under} cannot be determined: it rests on a clause that was not read.",
        ),
        "depends": marked_in("duty", "Whether {who} had to {what} {under} turns on {letters}."),
    },
    "right": {
        "yes": marked_in("right", "{who} could {what} {under}."),
        "no": marked_in("right", "{who} could not {what} {under}."),
        "unread": marked_in(
            "right",
            "Whether {who} could {what} {under} cannot be determined: it rests on a clause that was not read.",
        ),
        "depends": marked_in("right", "Whether {who} could {what} {under} turns on {letters}."),
    },
    "power": {
        "yes": marked_in("power", "{who} could {what} {under}."),
        "no": marked_in("power", "{who} could not {what} {under}."),
        "unread": marked_in(
            "power",
            "Whether {who} could {what} {under} cannot be determined: it rests on a clause that was not read.",
        ),
        "depends": marked_in("power", "Whether {who} could {what} {under} turns on {letters}."),
    },
    "prohibition": {
        "yes": marked_in("prohibition", "{who} had not to {what} {under}."),
        "no": marked_in("prohibition", "Nothing forbade {who} to {what} {under}."),
        "unread": marked_in(
            "prohibition",
            "Whether {who} had not to {what} {under} cannot be determined: it rests on a clause that was not read.",
        ),
        "depends": marked_in("prohibition", "Whether {who} had not to {what} {under} turns on {letters}."),
    },
    "plan": {
        "yes": marked_in("plan", "{who} planned to {what} {under}."),
        "no": marked_in("plan", "{who} did not plan to {what} {under}."),
        "unread": marked_in(
            "plan",
            "Whether {who} planned to {what} {under} cannot be determined: it rests on a clause that was not read.",
        ),
        "depends": marked_in("plan", "Whether {who} planned to {what} {under} turns on {letters}."),
    },
}
"""What is said of each kind of norm. `had to` and `could` are different things; the lead keeps them
apart, and languages in which a right and a power have different words may tell these apart too."""


def _proviso(finding: Finding, sentence: str) -> str:
    """A settled sentence with what it grants, and with how far the page goes."""
    granting = finding.on_facts.settled != finding.granting.settled
    if granting and qualifying(finding):
        return say("granting what nobody disputes and as far as encoded, {sentence}", sentence=sentence)
    if granting:
        return say("granting what nobody disputes, {sentence}", sentence=sentence)
    return say("as far as encoded, {sentence}", sentence=sentence) if qualifying(finding) else sentence


def _has_texts(assessment: Assessment, norm: Norm) -> bool:
    texts = {f.norm.text for f in assessment.findings if f.norm.id == norm.id}
    return len(texts) > 1


def _the_one(assessment: Assessment, finding: Finding) -> bool:
    """Whether the norm is owed to one beneficiary only, who then need not be named."""
    return len({f.beneficiary for f in assessment.findings if f.norm.id == finding.norm.id}) == 1


def turning_on(letters: Letters, findings: Iterable[Finding]) -> frozenset[str]:
    """The letters on which these findings turn."""
    return frozenset(letter for finding in findings for letter in letters.sorted(finding.granting.turns_on))
