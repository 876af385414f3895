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
from foedus.ir.norm import NotEncoded
from foedus.report.asking import asked_in, kind_words
from foedus.report.conditions import Letters
from foedus.report.findings import conditions, settling, turned, unconfirmed_dates, whom
from foedus.report.layout import Sheet, carried
from foedus.report.lists import text_named
from foedus.report.voices import in_words, said_of, told
from foedus.report.wording import (
    Names,
    apart,
    begun,
    in_one_place,
    labelled,
    norm_heading,
    quoted,
    shortened,
    standing_word,
    titled,
)
from foedus.words.speech import Phrase, aloud, marked, plural, say

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
        text = f" · {text_named(norm.text)}" if norm.text else ""
        sheet.head(f"{norm.article or norm.id}{text}", turned(finding.granting, self.letters))
        sheet.put(labelled(begun(norm_heading(norm)), whom(self.assessment, [finding], alone=True)), 0, 2)
        sheet.put(f"{norm.id} · {_where(norm.place)}", 0, 2, "quiet")
        for line in conditions(self.assessment, finding, self.letters):
            sheet.put(line, 2, 2)
        for label, view in (
            (marked("on the facts: depends on {letters}"), finding.on_facts),
            (marked("counting only what somebody claims: depends on {letters}"), finding.claimed),
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
            reasons = [held(self.assessment, self.letters, name, so) for name, so in finding.because]
            self.sheet.put(say("enough for it: {reasons}", reasons=apart(reasons)), 2, 4)
        for n, found in enumerate(finding.turned_by.sets):
            reasons = apart(held(self.assessment, self.letters, name, so) for name, so in found)
            if n == 0:
                self.sheet.put(say("no longer settled without: {reasons}", reasons=reasons), 2, 4)
            else:
                self.sheet.put(say("or without: {reasons}", reasons=reasons), 2, 4)
        if finding.turned_by.sets and not finding.turned_by.complete:
            self.sheet.put(say("and in other ways, which were not all listed"), 2, 4)

    def view(self, label: str, view: View, kind: str) -> None:
        self.sheet.put(say(label, letters=self.letters.depends(view)), 2, 2)
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
        ours = isinstance(step.words, Phrase)
        words = shortened(aloud(step.words) if ours else titled(step.words))
        if step.op == "choose":
            self.readings[step.subject] = None
            question = next((q for q in self.assessment.questions if q.id == step.subject), None)
            words = asked_in(self.assessment, question) if question else words
        letter = f"{asked} · " if asked else ""
        self.sheet.aside(
            f"{MARKS[step.value]} {letter}{words}",
            standing_word(standing.word) if standing else "",
            indent,
            hang=2,
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
            sheet.put(f"{_left_out(left)} · {_where(left.place)}", 2, 2)
        if unsure := unconfirmed_dates([finding]):
            sheet.put(say("unconfirmed: {what}", what=unsure), 2, 2)

    def told_of(self) -> None:
        """Every fact and reading named above, with its standing, claims and what would change it."""
        facts = {fact.id: fact for fact in self.assessment.dossier.record.facts}
        if self.facts:
            self.sheet.head(say("Facts and judgements, source by source"))
        for name in self.facts:
            standing = self.assessment.standings[name]
            title = facts[name].title if name in facts else ""
            letter = self.letters.letters.get(name)
            self.sheet.aside(
                f"{letter + ' · ' if letter else ''}{title or self.words(name)} [{name}]",
                standing_word(standing.word),
                2,
                "verdict",
                hang=2,
            )
            self.standing(standing)
        readings = [q for q in self.assessment.questions if q.id in self.readings]
        if readings:
            self.sheet.head(say("Readings, and who holds them"))
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
                    where = (
                        f"{quoted(self.names.source(voice.source))} [{voice.source}]" if voice.source else ""
                    )
                    parts = [self.names.plain(voice.by), where, aloud(voice.on)]
                    self.sheet.put(" · ".join(part for part in parts if part), 6, 2, "quiet")

    def words(self, name: str) -> str:
        question = next((q for q in self.assessment.questions if q.id == name), None)
        return aloud(question.words) if question else name

    def standing(self, standing: Standing) -> None:
        """The rule, what was said, why documents count as one source, and what would change it."""
        sheet = self.sheet
        sources = plural("{n} source", "{n} sources", standing.sources)
        documents = plural("in {n} document", "in {n} documents", standing.documents)
        said = say(
            "{standing}: {why} ({sources} {in_documents})",
            standing=standing_word(standing.word),
            why=standing.why,
            sources=sources,
            in_documents=documents,
        )
        sheet.put(said, 4, 2)
        for claims in standing.claims.values():
            for claim in claims:
                sheet.put(told(self.names, claim), 4, 4)
        for component in standing.components:
            for why in component.reasons:
                sheet.put(say("one source: {why}", why=why), 6, 2, "quiet")
        basis = standing.closing or standing.presumption
        if basis is not None:
            for line in basis_words(self.names, basis):
                sheet.put(line, 4, 2)
        if standing.would_change:
            said = apart(standing.would_change)
            sheet.put(say("what would change it: {what}", what=said), 4, 2, "quiet")


def held(assessment: Assessment, letters: Letters, name: str, so: bool) -> str:
    """One thing that is established, granted or supposed, by its letter or its title."""
    read = letters.read(name, so)
    if read.question in assessment.program.questions:
        return f"{letters.letter(name)} {quoted(aloud(read.answer))}"
    if any(q.id == name for q in assessment.questions):
        letter = letters.letter(name)
        return letter if so else say("{letter} no", letter=letter)
    fact = next((f for f in assessment.dossier.record.facts if f.id == name), None)
    said = quoted(fact.title) if fact and fact.title else name
    return said if so else say("{fact} refuted", fact=said)


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
        case Closing(pattern=pattern, by=by):
            parts = {"predicate": pattern.predicate, "source": titled(names.source(by)) if by else ""}
            if by == "encoder":
                said = say("closed: complete for {predicate}, says the encoder", **parts)
            elif by:
                said = say("closed: complete for {predicate}, says {source}", **parts)
            else:
                said = say("closed: complete for {predicate}, says the dossier", **parts)
        case Presumption(pattern=pattern):
            said = say("presumed: no {predicate}, until somebody asserts one", predicate=pattern.predicate)
        case RefutedFact(fact=fact):
            return [say("refuted: {fact}", fact=titled(fact.title or fact.id))]
    if basis.why:
        said = labelled(said, titled(basis.why))
    return [f"{said} · {_where(basis.place)}" if basis.place.page else said]


def _left_out(left: NotEncoded) -> str:
    text = titled(in_one_place(left.text))
    match left.effect:
        case "may defeat":
            return say("not encoded (may defeat): {what}", what=text)
        case "may create":
            return say("not encoded (may create): {what}", what=text)
        case _:
            return say("not encoded (detail): {what}", what=text)


def _where(place: Place) -> str:
    """`cst.md:75 · Article 4`: page, line, heading."""
    if not place.page:
        return say("no page")
    page = place.page.removeprefix("<shipped>/")
    return f"{page}:{place.line}" + (f" · {place.heading}" if place.heading else "")


def _new_place(before: Place, now: Place) -> bool:
    return bool(now.page) and (before.page, before.line) != (now.page, now.line)
