"""Grounds as a tree: each step with its value, its words, its standing, and who says so.

What is open stands open; what is settled, and who says what, opens on demand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foedus.assessment.finding import Assessment, Finding
from foedus.diagnostics.span import Place
from foedus.engines.explain import Reason
from foedus.notebook.markup import (
    SMALL,
    Markup,
    block,
    code,
    element,
    folded,
    framed,
    heading,
    joined,
    letter,
    quiet,
)
from foedus.report.asking import asked_in
from foedus.report.conditions import Letters
from foedus.report.findings import turned, whom
from foedus.report.voices import told
from foedus.report.why import CHOICES, MARKS, basis_words, show_why
from foedus.report.wording import Names, begun, norm_heading, standing_word, titled
from foedus.words.speech import Phrase, aloud, plural, say

DEEPEST = 60
"""Steps further down are set beside those above them: a browser's stack has an end."""

_STEP = "margin:0 0 0 .35rem;padding:.08rem 0 .08rem .7rem;border-left:1px solid rgba(128,128,128,.35)"


@dataclass(frozen=True, eq=False, repr=False)
class Grounds:
    """The grounds of the findings on a norm; printed, they read as `foedus assess --why` writes them."""

    assessment: Assessment
    name: str

    def __str__(self) -> str:
        return show_why(self.assessment, self.name, 100).rstrip()

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        letters, names = Letters.of(self.assessment), Names(self.assessment)
        found = [f for f in self.assessment.findings if self.name in (f.norm.id, f.id)]
        return framed(*(_finding(self.assessment, each, letters, names) for each in found))


def _finding(assessment: Assessment, finding: Finding, letters: Letters, names: Names) -> Markup:
    norm = finding.norm
    return joined(
        [
            heading(norm.article or norm.id, code(norm.id)),
            block(begun(norm_heading(norm)), " · ", whom(assessment, [finding], alone=True)),
            block(turned(finding.granting, letters), style="font-weight:700"),
            _tree(assessment, finding.reason, letters, names),
        ]
    )


def _tree(assessment: Assessment, reason: Reason, letters: Letters, names: Names) -> Markup:
    """From the leaves up, without recursion, however deep the grounds."""
    made: dict[int, Markup] = {}
    stack: list[tuple[Reason, int, bool]] = [(reason, 0, False)]
    while stack:
        step, depth, ready = stack.pop()
        if not ready:
            stack.append((step, depth, True))
            stack.extend((child, depth + 1, False) for child in step.children)
            continue
        below = [made[id(child)] for child in _carrying(step)]
        transparent = step.op == "and" and step.basis is None and bool(below)
        if transparent or depth > DEEPEST:
            line = Markup() if transparent else _line(assessment, step, letters)
            made[id(step)] = joined([line, *below])
        else:
            inside = [*_voices(assessment, step, names), *below]
            made[id(step)] = _step(_line(assessment, step, letters), inside, step.value == "open")
    return made[id(reason)]


def _carrying(step: Reason) -> Sequence[Reason]:
    """The steps below that say something: what was excluded without a ground carries nothing."""
    return [child for child in step.children if child.op != "not" or child.children or step.op in CHOICES]


def _step(line: Markup, inside: Sequence[Markup], opened: bool) -> Markup:
    if not inside:
        return block(line, style=_STEP)
    summary = element("summary", line, style="cursor:pointer")
    attributes = {"open": "open"} if opened else {}
    return element("details", summary, *inside, style=_STEP, **attributes)


def _line(assessment: Assessment, step: Reason, letters: Letters) -> Markup:
    standing = assessment.standings.get(step.subject)
    parts: list[str] = [MARKS[step.value], " "]
    words = aloud(step.words) if isinstance(step.words, Phrase) else titled(step.words)
    if step.subject in letters.letters and (standing is not None or step.op == "choose"):
        parts += [letter(letters.letters[step.subject]), " "]
        if step.op == "choose":
            question = next(q for q in assessment.questions if q.id == step.subject)
            words = asked_in(assessment, question)
    parts.append(words)
    if standing is not None:
        parts += ["  ", quiet(standing_word(standing.word))]
    if step.basis is not None:
        parts += [quiet(" · ", "; ".join(basis_words(Names(assessment), step.basis)))]
    elif step.op in ("defined", "not", "unread") and step.place.page:
        parts += [quiet(" · ", _where(step.place))]
    return joined(parts)


def _voices(assessment: Assessment, step: Reason, names: Names) -> list[Markup]:
    standing = assessment.standings.get(step.subject)
    if standing is None:
        return []
    claims = [claim for claims in standing.claims.values() for claim in claims]
    if not claims:
        return []
    lines = [block(told(names, claim), style=f"{_STEP};{SMALL}") for claim in claims]
    title = plural("{n} claim", "{n} claims", len(claims))
    return [block(folded(say("{claims}: {why}", claims=title, why=aloud(standing.why)), *lines), style=_STEP)]


def _where(place: Place) -> str:
    page = place.page.removeprefix("<shipped>/")
    return f"{page}:{place.line}" + (f" · {place.heading}" if place.heading else "")
