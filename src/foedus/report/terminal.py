"""An assessment as a page for the terminal: what, on what it turns, who must be right.

`show_assessment` puts the parts in the order in which they are asked for; each part has a module of
its own. No line is wider than `width`, whatever the dossier holds, and nothing is in colour alone.
"""

from __future__ import annotations

from foedus.assessment.finding import Assessment
from foedus.report.asking import asked_in, kind_words
from foedus.report.cases import show_outcomes
from foedus.report.conditions import Letters
from foedus.report.findings import SHAPES, show_findings
from foedus.report.layout import GAP, TIE, Sheet, carried, tied
from foedus.report.lead import asked_on, headline, main_findings, sentences, supposed, turning_on
from foedus.report.openings import is_silent, show_positions, show_questions
from foedus.report.remains import (
    show_conduct,
    show_engine,
    show_figures,
    show_left_out,
    show_next,
    show_tensions,
)
from foedus.report.texts import show_texts
from foedus.words.speech import say


def show_assessment(
    assessment: Assessment, *, width: int = 80, colour: bool = False, encoding: str = "utf-8"
) -> str:
    """The whole answer; `width` in columns (at least 40), `encoding` that of the output."""
    sheet = Sheet(width, colour)
    letters = Letters.of(assessment)
    sheet.aside(assessment.dossier.title or assessment.dossier.id, asked_on(assessment), style="title")
    sheet.put(headline(assessment), style="quiet")
    _show_lead(sheet, assessment, letters)
    show_findings(sheet, assessment, letters)
    show_questions(sheet, assessment)
    show_positions(sheet, assessment, letters)
    show_conduct(sheet, assessment)
    show_tensions(sheet, assessment)
    show_texts(sheet, assessment)
    show_figures(sheet, assessment)
    show_outcomes(sheet, assessment)
    show_left_out(sheet, assessment)
    show_next(sheet, assessment, letters)
    show_engine(sheet, assessment)
    return carried(sheet.text(), encoding)


def _show_lead(sheet: Sheet, assessment: Assessment, letters: Letters) -> None:
    sheet.blank()
    record = assessment.dossier.record
    if not record.claims and not record.facts:
        sheet.put(say("Nobody on record says anything yet. What follows is what an answer would turn on."))
        sheet.blank()
    if assumption := supposed(assessment):
        sheet.put(assumption)
        sheet.blank()
    for settled, sentence in sentences(assessment, letters):
        sheet.put(f"{SHAPES[settled]}{TIE}{sentence}" if settled else sentence, 0, 2, "title")
    turning = turning_on(letters, main_findings(assessment))
    asked = [question for question in assessment.questions if question.letter in turning]
    silent = [question for question in asked if is_silent(assessment, question)]
    asked = [question for question in asked if question not in silent]
    wide = max((len(question.letter) for question in asked), default=1)
    for question in asked:
        letter = tied(question.letter.ljust(wide))
        sheet.aside(f"{letter}{GAP}{asked_in(assessment, question)}", kind_words(question), 4, hang=wide + 2)
    if silent:
        said = letters.several([question.id for question in silent])
        sheet.put(f"{said}{GAP}{say('of which nobody on record speaks, below')}", 4, 4)
