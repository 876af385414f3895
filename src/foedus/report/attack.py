"""What would be owed after a supposed attack, for the terminal: the treaties apart, and on what each turns."""

from __future__ import annotations

from foedus.assessment.finding import Assessment
from foedus.report.conditions import Letters
from foedus.report.findings import show_findings
from foedus.report.layout import Sheet
from foedus.report.lead import asked_on
from foedus.report.openings import show_questions
from foedus.report.wording import begun, listed
from foedus.terms.states import with_article
from foedus.words.speech import aloud, say


def show_attack(sheet: Sheet, assessment: Assessment) -> None:
    """The findings of a supposed record, with what was supposed."""
    dossier = assessment.dossier
    sheet.aside(begun(say("Supposed: {what}", what=dossier.title)), asked_on(assessment), style="title")
    areas = [
        str(fact.args[1]).replace("_", " ").title()
        for fact in dossier.record.facts
        if fact.predicate == "within"
    ]
    if areas:
        sheet.put(say("It struck {areas}.", areas=listed(areas)))
    victim = aloud(with_article(dossier.concerning[0]))
    sheet.put(
        say(
            "Granted is that it was an armed attack, grave and unprovoked, and an act of aggression, on land that "
            "{victim} administers, and threatened whatever of its a treaty protects. All else that a treaty "
            "waits for stays open.",
            victim=victim,
        ),
        style="quiet",
    )
    if not assessment.findings:
        sheet.blank()
        sheet.put(say("No treaty here has a duty to {victim} on that day.", victim=victim))
    show_findings(sheet, assessment, Letters.of(assessment))
    show_questions(sheet, assessment)
