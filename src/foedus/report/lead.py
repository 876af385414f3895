"""The first lines: how much was read, and what the answer is, one sentence to a norm.

The lead keeps *had to* apart from *could*. It speaks of the norms that commit or empower most; the
rest are counted, and stand below with the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from foedus.assessment.finding import Assessment, Finding, Settled
from foedus.ir.norm import Norm
from foedus.report.conditions import Letters
from foedus.report.findings import qualifying
from foedus.report.layout import tied
from foedus.report.wording import (
    Names,
    bearers_spoken,
    begun,
    counted,
    in_letters,
    listed,
    norm_title,
    on_day,
    under,
    verbs,
)
from foedus.terms.time import EDate

MOST = 4
"""A lead of more sentences is a list."""

_WEIGHT = {
    "all-means": 0, "guarantee": 0, "necessary-help": 1, "as-deemed-necessary": 2, "meet-danger": 2,
    "consult": 4,
}  # fmt: skip
_KIND = {"prohibition": 2, "power": 3, "right": 5, "plan": 5}
LATER = 5


def weight(norm: Norm) -> int:
    """How early the lead speaks of a norm: strong duties, prohibitions, powers, then the rest."""
    if norm.kind == "duty":
        return _WEIGHT.get(norm.duty_class or "", LATER)
    return _KIND[norm.kind]


def main_findings(assessment: Assessment, most: int = MOST) -> tuple[Finding, ...]:
    """One finding for each norm that the lead speaks of: the one with most bearers."""
    best: dict[tuple[str, str | None], Finding] = {}
    for finding in assessment.findings:
        key = finding.norm.id, finding.norm.text
        held = best.get(key)
        if held is None or _telling(finding) > _telling(held):
            best[key] = finding
    found = sorted(best.values(), key=lambda finding: weight(finding.norm))
    strong = [finding for finding in found if weight(finding.norm) < LATER]
    return tuple((_without_idle_powers(strong) or found)[:most])


def _without_idle_powers(findings: Iterable[Finding]) -> list[Finding]:
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
    return sorted(told, key=lambda finding: weight(finding.norm))


def _telling(finding: Finding) -> tuple[int, int]:
    """Most bearers first; of two that are alike, the one that is not yet settled."""
    return len(finding.bearers), finding.granting.settled not in ("yes", "no")


@dataclass(frozen=True, slots=True)
class Count:
    """One figure of the headline: `76 facts`, with the shares of it that are told apart."""

    of: Literal["documents", "facts", "judgements", "unconfirmed", "left out", "unread"]
    words: str
    shares: tuple[str, ...] = ()


def headline(assessment: Assessment) -> str:
    """How much was read, how it stands, and what the findings rest on that is not sure."""
    said: list[str] = []
    for count in counts(assessment):
        between = ": " if count.of == "facts" else ", "
        said.append(between.join((count.words, *([", ".join(count.shares)] if count.shares else []))))
    return " · ".join(", ".join(map(tied, each.split(", "))) for each in said)


def counts(assessment: Assessment) -> list[Count]:
    """The figures of the headline, one by one."""
    found = [
        Count(
            "documents",
            counted(assessment.documents, "document"),
            (counted(assessment.sources, "independent source"),),
        ),
        *_standings(assessment),
    ]
    unsure: dict[str, None] = {}
    for finding in assessment.findings:
        unsure.update(dict.fromkeys(finding.unconfirmed))
    facts = {fact.id for fact in assessment.dossier.record.facts}
    dates = [name for name in unsure if name not in facts]
    if dates:
        found.append(Count("unconfirmed", f"{counted(len(dates), 'date')} unconfirmed"))
    if len(dates) < len(unsure):
        found.append(Count("unconfirmed", f"{counted(len(unsure) - len(dates), 'fact')} unconfirmed"))
    left_out = {n.text for f in assessment.findings for n in (*f.qualifiers, *f.details)}
    if left_out:
        found.append(Count("left out", f"{counted(len(left_out), 'clause')} not encoded"))
    if unread := unread_clauses(assessment):
        found.append(Count("unread", f"{counted(len(unread), 'clause')} not read"))
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
    if facts:
        order = (
            "established",
            "refuted",
            "asserted",
            "denied",
            "disputed",
            "contested",
            "inconsistent",
            "unknown",
        )
        parts = tuple(f"{facts[word]} {word}" for word in order if word in facts)
        said.append(Count("facts", counted(sum(facts.values()), "fact"), parts))
    if judgements:
        disputed = judgements.get("disputed", 0)
        parts = (f"{disputed or 'none'} disputed",)
        said.append(Count("judgements", counted(sum(judgements.values()), "judgement"), parts))
    return said


def asked_on(assessment: Assessment) -> str:
    """`as of 6 January 2022`, and what is known by when."""
    said = f"as of {on_day(EDate.of(assessment.on))}"
    if assessment.known_by is not None:
        said += f", known by {on_day(EDate.of(assessment.known_by))}"
    return said


def supposed(assessment: Assessment) -> str:
    """What the user supposes, in ids; empty if nothing."""
    if not assessment.supposed:
        return ""
    said = listed([f"{name} = {value}" for name, value in assessment.supposed.items()])
    return f"Supposing {said}; what follows holds only so far."


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
        said.append((None, f"{begun(in_letters(rest))} more norm{'s' if rest > 1 else ''} below."))
    if not said:
        said.append((None, "No norm of the instruments asked about binds anybody on that day."))
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
        who = f"the same {in_letters(len(finding.bearers))}"
    how = verbs(norm)
    title = norm_title(norm)
    what = f"{title}{',' if ',' in title else ''} {under(assessment, norm, same_instrument)}"
    if norm.text is not None and _has_texts(assessment, norm):
        what += f" (text of {norm.text})"
    if finding.beneficiary and not _the_one(assessment, finding):
        what += f", as owed to {Names(assessment).spoken(finding.beneficiary)},"
    match view.settled:
        case "yes" | "no":
            verb = how.held if view.settled == "yes" else how.held_not
            return begun(f"{_proviso(finding)}{who} {verb} {what}.".replace(",.", "."))
        case "unread":
            asked = f"Whether {who} {how.wondered} {what}"
            return f"{asked} cannot be determined: it rests on a clause that was not read."
        case _:
            asked = f"Whether {who} {how.wondered} {what}"
            return f"{asked} turns on {letters.depends(view) or 'nothing on record'}."


def _proviso(finding: Finding) -> str:
    """What a settled sentence grants, and how far the page goes."""
    granting = finding.on_facts.settled != finding.granting.settled
    said = ["granting what nobody disputes"] if granting else []
    if qualifying(finding):
        said.append("as far as encoded")
    return f"{' and '.join(said)}, " if said else ""


def _has_texts(assessment: Assessment, norm: Norm) -> bool:
    texts = {f.norm.text for f in assessment.findings if f.norm.id == norm.id}
    return len(texts) > 1


def _the_one(assessment: Assessment, finding: Finding) -> bool:
    """Whether the norm is owed to one beneficiary only, who then need not be named."""
    return len({f.beneficiary for f in assessment.findings if f.norm.id == finding.norm.id}) == 1


def turning_on(letters: Letters, findings: Iterable[Finding]) -> frozenset[str]:
    """The letters on which these findings turn."""
    return frozenset(letter for finding in findings for letter in letters.sorted(finding.granting.turns_on))
