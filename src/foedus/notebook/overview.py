"""An answer on one screen: what, on what it turns, who must be right; the rest opens on demand."""

from __future__ import annotations

from foedus.assessment.finding import Assessment
from foedus.notebook import finding, position, question
from foedus.notebook.dossier import Dossier, warned
from foedus.notebook.markup import SMALL, Markup, block, code, element, folded, framed, heading, joined, quiet
from foedus.notebook.moved import Comparison, said
from foedus.report.conditions import Letters
from foedus.report.findings import SHAPES, qualifying
from foedus.report.lead import asked_on, headline, main_findings, sentences, supposed
from foedus.report.remains import LEFT_OUT
from foedus.report.wording import article_short, in_one_place, titled
from foedus.words.speech import plural, say


def in_brief(assessment: Assessment) -> str:
    """The title and the sentences of the lead."""
    lines = [f"{_title(assessment)}, {asked_on(assessment)}"]
    if assumption := supposed(assessment):
        lines.append(assumption)
    for settled, sentence in sentences(assessment, Letters.of(assessment)):
        lines.append(f"{SHAPES[settled]} {sentence}" if settled else sentence)
    return "\n".join(" ".join(line.split()) for line in lines)


def drawn(assessment: Assessment, dossier: Dossier, moved: Comparison | None) -> str:
    """The whole answer as one output."""
    parts = [_head(assessment), _lead(assessment, moved)]
    if assessment.questions:
        parts += [heading(say("Open questions")), question.drawn_apart(assessment)]
    if assessment.positions:
        parts.append(folded(say("Who must be right"), position.drawn(assessment, assessment.positions)))
    parts += [heading(say("Verdicts")), finding.drawn(assessment, assessment.findings), _absent(assessment)]
    parts += [_left_out(assessment), warned(dossier), _next(assessment)]
    return framed(*parts)


def _title(assessment: Assessment) -> str:
    return assessment.dossier.title or assessment.dossier.id


def _head(assessment: Assessment) -> Markup:
    title = element("span", _title(assessment), style="font-size:1.3em;font-weight:700;margin-right:.8em")
    line = block(title, quiet(asked_on(assessment)))
    return joined([line, block(quiet(headline(assessment)), style="font-size:.9em;margin:.1rem 0 .6rem")])


def _lead(assessment: Assessment, moved: Comparison | None) -> Markup:
    parts: list[Markup] = []
    if assumption := supposed(assessment):
        what = f" {said(moved.value)}" if moved is not None else ""
        parts.append(block(assumption, what, style="font-style:italic;margin:0 0 .5rem"))
    for settled, sentence in sentences(assessment, Letters.of(assessment)):
        mark = element(
            "span",
            SHAPES[settled] if settled else "",
            style="flex:none;width:1.5em",
            **{"aria-hidden": "true"},
        )
        style = "display:flex;margin:.25rem 0;font-size:1.06em" if settled else "display:flex;opacity:.78"
        parts.append(block(mark, element("span", sentence), style=style))
    return joined(parts)


def _absent(assessment: Assessment) -> Markup:
    lines: list[Markup] = []
    for name, why in assessment.not_in_force:
        known = assessment.program.instruments.get(name)
        lines.append(block(f"{SHAPES['not in force']} {known.title if known else name}: {why}"))
    return joined([heading(say("Not in force on that day")), *lines]) if lines else Markup()


def _left_out(assessment: Assessment) -> Markup:
    """The clauses that a page leaves out and that could turn a verdict, by norm."""
    lines: dict[str, None] = {}
    for each in assessment.findings:
        for left in qualifying(each):
            where = f"{each.norm.instrument} {article_short(each.norm.article)}"
            what = say(LEFT_OUT[left.effect], what=titled(in_one_place(left.text)))
            lines[f"{where} · {what}"] = None
    if not lines:
        return Markup()
    title = plural(
        "{n} clause that is not encoded could turn a verdict",
        "{n} clauses that are not encoded could turn a verdict",
        len(lines),
    )
    return folded(title, *(block(line, style=SMALL) for line in lines))


def _next(assessment: Assessment) -> Markup:
    pages = plural("{n} page", "{n} pages", len(assessment.digests))
    exact = say("Exact. Foedus {version}, {pages}.", version=assessment.version, pages=pages)
    main = main_findings(assessment)
    if not main:
        return block(quiet(exact), style="margin-top:.8rem;font-size:.85em")
    turning = next((f for f in main if f.granting.settled == "depends"), main[0])
    further = [code(f'.why("{turning.norm.id}")')]
    plain = [n for n in turning.granting.turns_on if n in assessment.standings and n.isidentifier()]
    if plain:
        further.append(code(f'.suppose({plain[0]}="no")'))
    further += [code(".sweep()"), code('.frame("claims")')]
    asked = joined([say("Ask on:"), *further], " ")
    return block(quiet(exact, " "), asked, style="margin-top:.8rem;font-size:.85em")
