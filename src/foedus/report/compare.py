"""A comparison as a page for the terminal: what was asked, what moved, from what to what, and why.

Ids stand here instead of letters: a letter belongs to one answer, and these are two.
"""

from __future__ import annotations

from collections.abc import Sequence

from foedus.assessment.finding import Assessment
from foedus.report.findings import SHAPES
from foedus.report.layout import GAP, Sheet, carried, tied
from foedus.report.lead import asked_on
from foedus.report.moved import Cause, Comparison, Moved, Verdict, compare
from foedus.report.wording import Names, article_short, counted, listed, norm_title, quoted

__all__ = ["compare", "show_comparison"]

SHOWN = 8
"""How many causes of one kind are listed before the rest are counted."""


def show_comparison(
    comparison: Comparison, width: int = 80, *, colour: bool = False, encoding: str = "utf-8"
) -> str:
    """The whole comparison; `width` in columns."""
    sheet = Sheet(width, colour)
    first, second = comparison.first, comparison.second
    sheet.put(f"1{GAP}{_asked(first)}", 0, 3, "title")
    sheet.put(f"2{GAP}{_asked(second)}", 0, 3, "title")
    pages = [
        name
        for name in sorted({*first.digests} & {*second.digests})
        if first.digests[name] != second.digests[name]
    ]
    if pages:
        sheet.put(f"Not the same text in both: {listed(pages)}.")
    sheet.blank()
    unit = "finding" if comparison.same_case else "norm"
    if not comparison.moved:
        are = "is" if comparison.unmoved == 1 else "are"
        sheet.put(f"Nothing moves: {counted(comparison.unmoved, unit)} {are} answered alike.")
        return carried(sheet.text(), encoding)
    alike = [moved for moved in comparison.moved if moved.only_text]
    others = [moved for moved in comparison.moved if not moved.only_text]
    number = sum(max(1, len(moved.bearers)) for moved in others)
    rest = comparison.unmoved + sum(max(1, len(moved.bearers)) for moved in alike)
    sheet.put(f"{counted(number, unit)} moved, {rest} did not.")
    instrument = ""
    for moved in sorted(others, key=lambda m: (m.norm.instrument,)):
        if moved.norm.instrument != instrument:
            instrument = moved.norm.instrument
            known = second.program.instruments.get(instrument) or first.program.instruments.get(instrument)
            sheet.head(known.title if known else instrument, instrument)
        _moved(sheet, comparison, moved)
    if alike:
        sheet.head("The same verdict under another text")
        for norm in {moved.norm.id: moved.norm for moved in alike}.values():
            sheet.put(f"{norm.instrument} {article_short(norm.article)}{GAP}{norm_title(norm)}", 2, 4)
    return carried(sheet.text(), encoding)


def _asked(assessment: Assessment) -> str:
    said = f"{assessment.dossier.title or assessment.dossier.id}, {asked_on(assessment)}"
    if assessment.supposed:
        values = [f"{name} = {value}" for name, value in sorted(assessment.supposed.items())]
        said += f", supposing {listed(values)}"
    return said


def _moved(sheet: Sheet, comparison: Comparison, moved: Moved) -> None:
    names = Names(comparison.second)
    who = listed([names.brief(bearer) for bearer in moved.bearers])
    to = f" to {names.spoken(moved.beneficiary)}" if moved.beneficiary and moved.norm.kind == "duty" else ""
    article = article_short(moved.norm.article)
    sheet.put(
        f"{tied(article)}{GAP}{norm_title(moved.norm)}{f': {who}{to}' if who else ''}", 2, len(article) + 2
    )
    for label, verdicts in (("1", moved.before), ("2", moved.after)):
        for line in verdict_words(verdicts, texts=_texts(moved)):
            sheet.put(f"{label}{GAP}{line}", 4, 3, "verdict")
    for line in because(moved.because, comparison.same_case):
        sheet.put(line, 7, 2, "quiet")


def _texts(moved: Moved) -> bool:
    return len({verdict.text for verdict in (*moved.before, *moved.after)}) > 1


def verdict_words(verdicts: Sequence[Verdict], texts: bool) -> list[str]:
    """`◧ depends on directed and binding`; that there is none where nobody bears the norm."""
    if not verdicts:
        return ["– not asked, or nobody bears it"]
    found: list[str] = []
    for verdict in verdicts:
        said = f"{SHAPES[verdict.settled]} {verdict.word}"
        if verdict.turns_on:
            said += f" on {listed(verdict.turns_on)}"
        if texts and verdict.text is not None:
            said += f" (text of {verdict.text})"
        found.append(said)
    return found


_SAID = {
    "supposition": ("supposed {name} = {after}", "no longer supposed: {name} = {before}"),
    "reading": ("read {name} as {after}", "no longer read as {before}: {name}"),
    "closing": ("{after}: {name}", "no longer {before}: {name}"),
    "standing": ("{name}: now {after}", "{name}: was {before}, and is not on record now"),
    "text": ("the text of {after} applies", "the text of {before} no longer applies"),
}


def because(causes: Sequence[Cause], same_case: bool) -> list[str]:
    """One line for each kind of cause; of many, the first few."""
    by: dict[str, list[str]] = {}
    for cause in causes:
        by.setdefault(cause.kind, []).append(_cause(cause, same_case))
    lines: list[str] = []
    for kind, said in by.items():
        more = len(said) - SHOWN
        shown = [*said[:SHOWN], *([f"and {more} more"] if more > 0 else [])]
        lines.append(f"{_KINDS[kind]}: {'; '.join(shown)}")
    return lines or ["because of what differs in the pages, not in what the clause asks for"]


_KINDS: dict[str, str] = {
    "supposition": "because of what is supposed",
    "reading": "because of how it is read",
    "standing": "because of how facts stand",
    "closing": "because of what is closed or presumed",
    "text": "because of the text",
}


def _cause(cause: Cause, same_case: bool) -> str:
    name = cause.subject
    if cause.before and cause.after:
        change = (
            f"{cause.before} → {cause.after}" if same_case else f"{cause.before} in 1, {cause.after} in 2"
        )
        return f"{name}: {change}" if name else change
    if not same_case:
        where = f"{cause.after} in 2 only" if cause.after else f"{cause.before} in 1 only"
        return f"{name}: {where}" if name else where
    gained, lost = _SAID[cause.kind]
    template = gained if cause.after else lost
    return template.format(name=name, before=_answer(cause, cause.before), after=_answer(cause, cause.after))


def _answer(cause: Cause, word: str) -> str:
    return quoted(word) if cause.kind == "reading" else word
