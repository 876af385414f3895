"""The grounds of each verdict: the clause step by step, down to who said what in which document.

Steps come as a flat list with the lists to open before each and to close after it, so that a deep
clause needs no deep stack. What is said of a fact stands in full where it is first met under a norm.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from foedus.assessment.finding import Finding, Settled
from foedus.diagnostics.span import NOWHERE, Place
from foedus.engines.explain import Reason
from foedus.report.findings import by_norm, by_text, conditions, notes, unconfirmed_dates, whom
from foedus.report.html.answer import turns, word
from foedus.report.html.claims import Told, by_standing, tell_fact, tell_reading
from foedus.report.html.limits import EFFECTS
from foedus.report.html.setting import Setting, anchor
from foedus.report.lists import text_named
from foedus.report.why import CHOICES, DEEPEST, basis_words, held, opened_out
from foedus.report.wording import article_short, begun, in_one_place, listed, norm_heading, shortened, titled
from foedus.words.speech import Phrase, aloud, marked, say

VALUES: Mapping[str, Settled] = {"yes": "yes", "no": "no", "open": "depends"}
"""The shape of each step's value."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `told` is what is said of its fact or reading; `at` the id of where that stands, `again`
    whether it stands further up. `opens` a list of its own; `closes` so many (below 0: it goes on)."""

    value: str
    settled: Settled
    words: str
    letter: str
    question: str
    kind: str
    place: str
    basis: tuple[str, ...]
    told: Told | None
    at: str
    again: bool
    opens: bool
    closes: int


@dataclass(frozen=True, slots=True)
class Ground:
    """The grounds of one finding."""

    id: str
    who: str
    settled: Settled
    word: str
    turns: str
    conditions: tuple[str, ...]
    enough: tuple[str, ...]
    steps: tuple[Step, ...]
    unconfirmed: str


@dataclass(frozen=True, slots=True)
class NormGrounds:
    """A norm with the grounds of its findings, what is left out of it, and the user's copy of its text.

    `at` is the id of the element; `verdicts` are its words, each with those for whom it is so.
    """

    at: str
    id: str
    article: str
    title: str
    place: str
    copy: str
    verdicts: tuple[tuple[Settled, str, str], ...]
    grounds: tuple[Ground, ...]
    notes: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]


def grounds(page: Setting) -> Mapping[str, Any] | None:
    """Norm by norm, then the whole record by standing, with what no verdict rests on."""
    told = _Telling(page)
    texts = [
        (found[0].norm.instrument, text, [told.norm(same) for same in by_norm(found)])
        for _, text, found in by_text(page.assessment.findings)
    ]
    rest = [name for name in page.assessment.standings if name in page.facts and name not in told.first]
    if not texts and not page.facts:
        return None
    first = {**told.first, **{name: anchor("fact", name) for name in rest}}
    return {
        "texts": [
            (_title(page, instrument), text and text_named(text), norms) for instrument, text, norms in texts
        ],
        "rest": [tell_fact(page, name) for name in rest],
        "standings": by_standing(page),
        "where": first,
    }


class _Telling:
    """Goes through the norms in order and knows what was told, and where."""

    def __init__(self, page: Setting) -> None:
        self.page = page
        self.first: dict[str, str] = {}  # fact or reading → the id of where it is first told
        self.here: dict[str, str] = {}  # the same, under this norm
        self.within = ""
        self.seen = NOWHERE

    def norm(self, found: Sequence[Finding]) -> NormGrounds:
        page, norm = self.page, found[0].norm
        self.here, self.within = {}, page.norm_anchor(norm)
        alone = len(found) == 1
        made = tuple(self.ground(finding, alone) for finding in found)
        return NormGrounds(
            page.norm_anchor(norm),
            norm.id,
            article_short(norm.article),
            begun(norm_heading(norm)),
            placed(norm.place),
            page.texts.get((norm.instrument, norm.article), ""),
            tuple(_verdicts(made)),
            made,
            tuple(notes(found)),
            tuple(_left_out(found)),
        )

    def ground(self, finding: Finding, alone: bool) -> Ground:
        page = self.page
        return Ground(
            finding.id,
            whom(page.assessment, [finding], alone=alone),
            finding.granting.settled,
            word(finding.granting),
            turns(page, finding.granting),
            tuple(conditions(page.assessment, finding, page.linked)),
            tuple(self.enough(finding)),
            tuple(self.steps(finding.reason)),
            unconfirmed_dates([finding]),
        )

    def enough(self, finding: Finding) -> Iterable[str]:
        """Where the verdict is settled: what suffices for it, and what would have to be otherwise."""
        if finding.because:
            yield say("enough for it: {reasons}", reasons=self.holding(finding.because))
        for n, found in enumerate(finding.turned_by.sets):
            template = (
                marked("or without: {reasons}") if n else marked("no longer settled without: {reasons}")
            )
            yield say(template, reasons=self.holding(found))
        if finding.turned_by.sets and not finding.turned_by.complete:
            yield say("and in other ways, which were not all listed")

    def holding(self, settings: Iterable[tuple[str, bool]]) -> str:
        """What is established, granted or supposed, by letter or title."""
        return "; ".join(held(self.page.assessment, self.page.linked, name, so) for name, so in settings)

    def steps(self, reason: Reason) -> Iterable[Step]:
        """The steps in the order in which the clause has them."""
        self.seen = NOWHERE
        met: list[tuple[Reason, int]] = []
        stack = [(step, 0) for step in reversed(opened_out([reason]))]
        while stack:
            step, depth = stack.pop()
            met.append((step, min(depth, DEEPEST)))
            below = step.children if step.op in CHOICES else opened_out(step.children)
            stack.extend((child, depth + 1) for child in reversed(below))
        depths = [0, *(depth for _, depth in met), 0]
        for n, (step, depth) in enumerate(met, 1):
            yield replace(self.step(step), opens=depth > depths[n - 1], closes=depth - depths[n + 1])

    def step(self, step: Reason) -> Step:
        page, assessment = self.page, self.page.assessment
        question = next((q for q in assessment.questions if q.id == step.subject), None)
        about = step.subject in assessment.standings or step.op == "choose"
        told, at, again = self.tell(step) if about else (None, "", False)
        words = shortened(aloud(step.words) if isinstance(step.words, Phrase) else titled(step.words))
        if step.op == "choose" and told is not None:
            words = told.words
        return Step(
            step.value,
            VALUES[step.value],
            begun(words),
            question.letter if question and about else "",
            question.id if question and about else "",
            told.kind if told else "",
            self.place(step),
            tuple(basis_words(page.names, step.basis)) if step.basis is not None else (),
            told,
            at,
            again,
            opens=False,
            closes=0,
        )

    def tell(self, step: Reason) -> tuple[Told | None, str, bool]:
        """What is said of a step's fact or reading, and whether it was told before under this norm."""
        page, name = self.page, step.subject
        question = next((q for q in page.assessment.questions if q.id == name), None)
        if name in page.assessment.standings:
            told = tell_fact(page, name, step.words)
        elif question is not None:
            told = tell_reading(page, question)
        else:
            return None, "", False
        if name in self.here:
            return told, self.here[name], True
        at = anchor("fact", name) if name not in self.first else anchor("fact", f"{name} in {self.within}")
        self.first.setdefault(name, at)
        self.here[name] = at
        return told, at, False

    def place(self, step: Reason) -> str:
        """Where the clause stands, unless the step before stands there too."""
        if step.op not in ("defined", "not", "unread") or not step.place.page:
            return ""
        if (self.seen.page, self.seen.line) == (step.place.page, step.place.line):
            return ""
        self.seen = step.place
        return placed(step.place)


def placed(place: Place) -> str:
    """`Article 4 · Collective defence (cst.md, line 75)`; nothing of what no page wrote."""
    if not place.page:
        return ""
    name = place.page.removeprefix("<shipped>/")
    where = say("{page}, line {line}", page=name, line=place.line)
    return say("{heading} ({where})", heading=place.heading, where=where) if place.heading else where


def _verdicts(made: Sequence[Ground]) -> Iterable[tuple[Settled, str, str]]:
    """Each word once, with those for whom it is so where others have another."""
    by: dict[tuple[Settled, str], list[str]] = {}
    for ground in made:
        by.setdefault((ground.settled, ground.word), []).append(ground.who)
    for (settled, said), who in by.items():
        yield settled, said, listed(list(dict.fromkeys(who))) if len(by) > 1 else ""


def _title(page: Setting, instrument: str) -> str:
    known = page.assessment.program.instruments.get(instrument)
    return known.title if known else instrument


def _left_out(found: Sequence[Finding]) -> Iterable[tuple[str, str]]:
    """The clauses left out of a norm, each with what it could do."""
    lines: dict[str, str] = {}
    for finding in found:
        own = [n for n in finding.details if n.norms or n.place.heading == finding.norm.article]
        for left in (*finding.qualifiers, *own):
            lines[in_one_place(left.text)] = say(EFFECTS[left.effect]) if left.effect in EFFECTS else ""
    return lines.items()
