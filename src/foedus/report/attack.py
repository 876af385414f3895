"""What would be owed after a supposed attack, for the terminal: the treaties apart, and on what each turns."""

from __future__ import annotations

from foedus.assessment.finding import Assessment
from foedus.report.conditions import Letters
from foedus.report.findings import show_findings
from foedus.report.layout import Sheet
from foedus.report.lead import asked_on
from foedus.report.openings import show_questions
from foedus.report.wording import Names, begun, listed
from foedus.words.speech import say


def show_attack(sheet: Sheet, assessment: Assessment) -> None:
    """The findings of a supposed record, with what was supposed."""
    dossier = assessment.dossier
    sheet.aside(begun(say("Supposed: {what}", what=dossier.title)), asked_on(assessment), style="title")
    victim = Names(assessment).spoken(dossier.concerning[0])
    areas = [
        str(fact.args[1]).replace("_", " ") for fact in dossier.record.facts if fact.predicate == "within"
    ]
    where = say("Where it struck is open.")
    if areas:
        where = say("It struck in: {areas}.", areas=listed(areas))
    sheet.put(where)
    sheet.put(
        say(
            "Supposed is also that it struck land that {victim} administers, was an armed attack, grave and "
            "unprovoked, and an act of aggression, and that it threatened all that a treaty protects there. "
            "Whatever else a treaty waits for stays open.",
            victim=victim,
        ),
        style="quiet",
    )
    if not assessment.findings:
        sheet.blank()
        sheet.put(say("No treaty here has a duty to {victim} on that day.", victim=victim))
    show_findings(sheet, assessment, Letters.of(assessment))
    show_questions(sheet, assessment)
