"""Why: the grounds of a norm, article by article, fact by fact, source by source.

A tree of steps, each with its value (■ yes, □ no, ◧ open) and set in below the step that it carries.
Under a fact stand its standing, the rule that gave it, every claim, and what would change it;
under a closing or presumption, who declares it and why. Each clause names its place in the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from foedus.assessment.finding import Assessment, Finding, View
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE, Place
from foedus.diagnostics.suggest import suggest
from foedus.engines.explain import Reason
from foedus.evidence.closings import RefutedFact
from foedus.evidence.record import Closing, Presumption
from foedus.evidence.standing import Standing
from foedus.report.asking import asked_in, kind_words
from foedus.report.conditions import Letters
from foedus.report.findings import conditions, settling, turned, unconfirmed_dates, whom
from foedus.report.layout import Sheet, carried
from foedus.report.voices import in_words, said_of, told
from foedus.report.wording import Names, begun, counted, in_one_place, norm_title, shortened

MARKS = {"yes": "■", "no": "□", "open": "◧"}
CHOICES = ("or", "some", "at least")
"""Steps whose children are alternatives: there a conjunction must be said."""

STEP = 2
DEEPEST = 9
"""Steps further down are not set in any further: the page has a width."""


def show_why(
    assessment: Assessment, norm_id: str, width: int = 80, *, colour: bool = False, encoding: str = "utf-8"
) -> str:
    """The grounds of every finding on a norm (`cst.assist`, or a finding's whole id).

    Raises `Refused` for a norm on which there is no finding.
    """
    found = [f for f in assessment.findings if norm_id in (f.norm.id, f.id)]
    if not found:
        known = tuple(dict.fromkeys(f.norm.id for f in assessment.findings))
        near = suggest(norm_id, known) or ""
        raise Refused(
            Problem(
                "F510",
                NOWHERE,
                {
                    "name": norm_id,
                    "known": f"Did you mean {near}?"
                    if near
                    else f"There are findings on {', '.join(known)}.",
                },
            )
        )
    sheet = Sheet(width, colour)
    writer = _Writer(sheet, assessment, Letters.of(assessment), Names(assessment))
    for finding in found:
        writer.finding(finding)
    writer.told_of()
    return carried(sheet.text(), encoding)


@dataclass
class _Writer:
    sheet: Sheet
    assessment: Assessment
    letters: Letters
    names: Names
    facts: dict[str, None] = field(default_factory=dict[str, None])  # told below, each once
    readings: dict[str, None] = field(default_factory=dict[str, None])
    place: Place = NOWHERE

    def finding(self, finding: Finding) -> None:
        """The finding's head, its views, and the tree of its grounds."""
        sheet, norm = self.sheet, finding.norm
        text = f" · text of {norm.text}" if norm.text else ""
        sheet.head(f"{norm.article or norm.id}{text}", turned(finding.granting, self.letters))
        sheet.put(f"{begun(norm_title(norm))}: {whom(self.assessment, [finding], alone=True)}", 0, 2)
        sheet.put(f"{norm.id} · {_where(norm.place)}", 0, 2, "quiet")
        for line in conditions(self.assessment, finding, self.letters):
            sheet.put(line, 2, 2)
        for label, view in (
            ("on the facts", finding.on_facts),
            ("counting only what somebody claims", finding.claimed),
        ):
            if view.settled == "depends" and view.turns_on != finding.granting.turns_on:
                self.view(label, view, norm.kind)
        self.enough(finding)
        sheet.blank()
        self.tree(finding.reason)
        self.left_out(finding)

    def enough(self, finding: Finding) -> None:
        """Where the verdict is settled: what suffices for it, and what would have to be otherwise."""
        if finding.because:
            reasons = [self.holding(name, so) for name, so in finding.because]
            self.sheet.put(f"enough for it: {'; '.join(reasons)}", 2, 4)
        for n, found in enumerate(finding.turned_by.sets):
            opening = "no longer settled without: " if n == 0 else "or without: "
            self.sheet.put(f"{opening}{'; '.join(self.holding(name, so) for name, so in found)}", 2, 4)
        if finding.turned_by.sets and not finding.turned_by.complete:
            self.sheet.put("and in other ways, which were not all listed", 2, 4)

    def holding(self, name: str, so: bool) -> str:
        """One thing that is established, granted or supposed."""
        read = self.letters.read(name, so)
        if read.question in self.assessment.program.questions:
            return f"{self.letters.letter(name)} “{read.answer}”"
        lettered = any(q.id == name for q in self.assessment.questions)
        fact = next((f for f in self.assessment.dossier.record.facts if f.id == name), None)
        said = self.letters.letter(name) if lettered else f"“{fact.title}”" if fact and fact.title else name
        return said if so else f"{said} refuted" if not lettered else f"{said} no"

    def view(self, label: str, view: View, kind: str) -> None:
        self.sheet.put(f"{label}: depends on {self.letters.depends(view)}", 2, 2)
        for line in settling(view, kind, self.letters):
            self.sheet.put(line, 4, 2)

    def tree(self, reason: Reason) -> None:
        """Steps in the order in which the clause has them; without recursion, however deep."""
        self.place = NOWHERE
        stack: list[tuple[Reason, int]] = [(step, 0) for step in reversed(opened_out([reason]))]
        while stack:
            step, depth = stack.pop()
            self.step(step, min(depth, DEEPEST))
            below = step.children if step.op in CHOICES else opened_out(step.children)
            stack.extend((child, depth + 1) for child in reversed(below))

    def step(self, step: Reason, depth: int) -> None:
        """One step: its value, its words, and how a fact stands."""
        indent = 2 + depth * STEP
        standing = self.assessment.standings.get(step.subject)
        if standing is not None:
            self.facts[step.subject] = None
        asked = (
            self.letters.letters.get(step.subject, "") if standing is not None or step.op == "choose" else ""
        )
        words = shortened(step.words)
        if step.op == "choose":
            self.readings[step.subject] = None
            question = next((q for q in self.assessment.questions if q.id == step.subject), None)
            words = asked_in(self.assessment, question) if question else words
        letter = f"{asked} · " if asked else ""
        self.sheet.aside(
            f"{MARKS[step.value]} {letter}{words}", standing.word if standing else "", indent, hang=2
        )
        if step.basis is not None:
            for line in basis_words(self.names, step.basis):
                self.sheet.put(line, indent + 2, 2, "quiet")
        if step.op in ("defined", "not", "unread") and _new_place(self.place, step.place):
            self.place = step.place
            self.sheet.put(_where(step.place), indent + 2, 2, "quiet")

    def left_out(self, finding: Finding) -> None:
        """What the page leaves out of this norm, and what is not confirmed."""
        sheet = self.sheet
        own = [n for n in finding.details if n.norms or n.place.heading == finding.norm.article]
        for left in (*finding.qualifiers, *own):
            sheet.put(f"not encoded ({left.effect}): {in_one_place(left.text)} · {_where(left.place)}", 2, 2)
        if unsure := unconfirmed_dates([finding]):
            sheet.put(f"unconfirmed: {unsure}", 2, 2)

    def told_of(self) -> None:
        """Every fact and reading named above, with its standing, claims and what would change it."""
        facts = {fact.id: fact for fact in self.assessment.dossier.record.facts}
        if self.facts:
            self.sheet.head("Facts and judgements, source by source")
        for name in self.facts:
            standing = self.assessment.standings[name]
            title = facts[name].title if name in facts else ""
            letter = self.letters.letters.get(name)
            self.sheet.aside(
                f"{letter + ' · ' if letter else ''}{title or self.words(name)} [{name}]",
                standing.word,
                2,
                "verdict",
                hang=2,
            )
            self.standing(standing)
        readings = [q for q in self.assessment.questions if q.id in self.readings]
        if readings:
            self.sheet.head("Readings, and who holds them")
        for question in readings:
            self.sheet.aside(
                f"{question.letter} · {asked_in(self.assessment, question)} [{question.id}]",
                kind_words(question),
                2,
                hang=2,
            )
            for said in said_of(self.assessment, question):
                self.sheet.put(in_words(self.names, said), 4, 2)
            for _, voices in question.answers:
                for voice in voices:
                    where = f"“{self.names.source(voice.source)}” [{voice.source}]" if voice.source else ""
                    parts = [self.names.plain(voice.by), where, voice.on]
                    self.sheet.put(" · ".join(part for part in parts if part), 6, 2, "quiet")

    def words(self, name: str) -> str:
        question = next((q for q in self.assessment.questions if q.id == name), None)
        return question.words if question else name

    def standing(self, standing: Standing) -> None:
        """The rule, what was said, why documents count as one source, and what would change it."""
        sheet = self.sheet
        count = f"{counted(standing.sources, 'source')} in {counted(standing.documents, 'document')}"
        sheet.put(f"{standing.word}: {standing.why} ({count})", 4, 2)
        for claims in standing.claims.values():
            for claim in claims:
                sheet.put(told(self.names, claim), 4, 4)
        for component in standing.components:
            for why in component.reasons:
                sheet.put(f"one source: {why}", 6, 2, "quiet")
        basis = standing.closing or standing.presumption
        if basis is not None:
            for line in basis_words(self.names, basis):
                sheet.put(line, 4, 2)
        if standing.would_change:
            sheet.put(f"what would change it: {'; '.join(standing.would_change)}", 4, 2, "quiet")


def opened_out(steps: Sequence[Reason]) -> list[Reason]:
    """Steps that hold together, with conjunctions inside them opened out: *all of* need not be said.
    What was excluded without a ground (a bearer who is no author) carries nothing and is left out."""
    found: list[Reason] = []
    stack = list(reversed(steps))
    while stack:
        step = stack.pop()
        if step.op == "and" and step.basis is None:
            stack.extend(reversed(step.children))
        elif step.op != "not" or step.children:
            found.append(step)
    return found


def basis_words(names: Names, basis: Closing | Presumption | RefutedFact) -> list[str]:
    """On what ground nothing more is so: who declares the dossier complete, or what is presumed."""
    match basis:
        case Closing(pattern=pattern, by=by, why=why):
            who = "the encoder" if by == "encoder" else names.source(by) if by else "the dossier"
            found = [f"closed: complete for {pattern.predicate}, says {who}"]
        case Presumption(pattern=pattern, why=why):
            found = [f"presumed: no {pattern.predicate}, until somebody asserts one"]
        case RefutedFact(fact=fact):
            return [f"refuted: {fact.title or fact.id}"]
    if why:
        found[0] += f": {why}"
    return [f"{found[0]} · {_where(basis.place)}" if basis.place.page else found[0]]


def _where(place: Place) -> str:
    """`cst.md:75 · Article 4`: page, line, heading."""
    if not place.page:
        return "no page"
    page = place.page.removeprefix("<shipped>/")
    return f"{page}:{place.line}" + (f" · {place.heading}" if place.heading else "")


def _new_place(before: Place, now: Place) -> bool:
    return bool(now.page) and (before.page, before.line) != (now.page, now.line)
