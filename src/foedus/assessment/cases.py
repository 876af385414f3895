"""What Foedus finds in a case, beside what happened: one row for each norm that an outcome answers.

How the two stand to one another is derived, never written: whoever granted what was owed kept to the text; whoever
granted what was not owed went beyond it; whoever refused what was owed did not follow it; and where the finding
depends, text or record left it open.

>>> relation("duty", "all-means", "yes", "refused"), relation("duty", "all-means", "no", "granted")
('not followed', 'beyond the text')
>>> relation("power", None, "yes", "refused"), relation("duty", "consult", "yes", "consultation")
('within the text', 'as the text has it')
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from foedus.assessment.assess import assess
from foedus.assessment.case import Asked
from foedus.assessment.finding import OTHER_WORDS, WORDS, Assessment, Finding, Settled, View
from foedus.evidence.record import Answered, Dossier, Outcome
from foedus.ir.norm import Norm, Program
from foedus.words.speech import marked_in

GIVEN = ("granted", "granted-limited", "self-applied", "carried-out")
"""Outcomes in which something was done."""
WITHHELD = ("refused", "lapsed", "declined")
"""Outcomes in which nothing was done in the end."""

RELATIONS = (
    marked_in("relation", "as the text has it"),
    marked_in("relation", "within the text"),
    marked_in("relation", "beyond the text"),
    marked_in("relation", "not followed"),
    marked_in("relation", "less than the text"),
    marked_in("relation", "left open"),
    marked_in("relation", "not read"),
    marked_in("relation", "not in force"),
)


@dataclass(frozen=True)
class Compared:
    """One norm that an outcome answers: the findings on it that read alike (none: nobody bears it, or it was not in
    force), and how finding and outcome stand to one another. `view` is that of the first of them. `apart`: of other
    bearers something else is found. `assessment` is what the findings were taken from."""

    outcome: Outcome
    answered: Answered
    norm: Norm
    findings: tuple[Finding, ...]
    view: View | None
    relation: str
    assessment: Assessment
    apart: bool = False

    @property
    def settled(self) -> Settled:
        """How it is settled; where nobody bears it, that it does not arise."""
        if self.view is not None:
            return self.view.settled
        return "not in force" if self.relation == "not in force" else "no"

    @property
    def word(self) -> str:
        """The verdict's word."""
        if self.view is not None:
            return self.view.word
        return {**OTHER_WORDS, **WORDS[self.norm.kind]}[self.settled]

    @property
    def bearers(self) -> tuple[str, ...]:
        """Whoever bears it, as found."""
        return tuple(dict.fromkeys(bearer for finding in self.findings for bearer in finding.bearers))

    @property
    def unconfirmed(self) -> tuple[str, ...]:
        """The unconfirmed facts and dates on which the finding rests."""
        return tuple(dict.fromkeys(name for finding in self.findings for name in finding.unconfirmed))

    @property
    def qualified(self) -> bool:
        """Whether a clause that is not encoded may make a settled verdict otherwise."""
        if self.settled not in ("yes", "no"):
            return False
        if self.findings:
            return any(finding.qualifying for finding in self.findings)
        left_out = self.assessment.program.not_encoded
        return any(self.norm.id in left.norms and left.effect == "may create" for left in left_out)


def relation(kind: str, duty_class: str | None, settled: Settled, word: str) -> str:
    """How an outcome stands to a finding. A power or right may be left unused; a duty to consult is met by
    consultation, a stronger one is not."""
    if settled == "unread":
        return "not read"
    if settled == "not in force":
        return "not in force"
    if settled == "depends":
        return "left open"
    done = word in GIVEN or (word == "consultation" and duty_class == "consult")
    if kind in ("power", "right"):
        if settled == "yes":
            return "within the text"
        return "beyond the text" if done else "as the text has it"
    if kind == "prohibition":
        return "not followed" if done and settled == "yes" else "as the text has it"
    if settled == "yes":
        less = word in ("consultation", "granted-limited") and duty_class != "consult"
        return "less than the text" if less else "as the text has it" if done else "not followed"
    return "beyond the text" if done else "as the text has it"


def compare(dossier: Dossier, program: Program) -> tuple[Compared, ...]:
    """Every outcome of a dossier against the findings that it answers."""
    return tuple(
        row
        for outcome in dossier.outcomes
        for answered in outcome.under
        for row in _compared(dossier, program, outcome, answered)
    )


def _compared(dossier: Dossier, program: Program, outcome: Outcome, answered: Answered) -> Iterator[Compared]:
    """One norm, asked alone: of the whole dossier at once more would be laid out than anybody asked for. Bearers
    of whom a reader is told something else stand apart. Where these differ and the outcome does not say who acted,
    nobody is said to have gone beyond the text."""
    instrument = answered.norm.partition(".")[0]
    asked = Asked(
        only=(answered.norm,), bearer=answered.bearer or None, beneficiary=answered.beneficiary or None
    )
    answer = assess(replace(dossier, instruments=(instrument,), only=()), program, asked)
    alike: dict[tuple[Settled, str, frozenset[str]], list[Finding]] = {}
    for finding in answer.findings:
        if finding.norm.kind == "duty" and finding.bearers == (finding.beneficiary,) and not answered.bearer:
            continue  # nobody owes this to himself
        seen = finding.headline
        points = frozenset(seen.turns_on if seen.settled == "depends" else ())
        alike.setdefault((seen.settled, seen.word, points), []).append(finding)
    for findings in alike.values():
        norm, view = findings[0].norm, findings[0].headline
        word = relation(norm.kind, norm.duty_class, view.settled, outcome.word)
        if word == "beyond the text" and len(alike) > 1 and not answered.bearer:
            word = "left open"
        yield Compared(outcome, answered, norm, tuple(findings), view, word, answer, len(alike) > 1)
    if not alike:
        norm = next(n for n in program.norms if n.id == answered.norm)
        settled: Settled = "not in force" if answer.not_in_force else "no"
        word = relation(norm.kind, norm.duty_class, settled, outcome.word)
        yield Compared(outcome, answered, norm, (), None, word, answer)
