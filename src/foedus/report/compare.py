"""A comparison as a page for the terminal: what was asked, what moved, from what to what, and why.

Ids stand here instead of letters: a letter belongs to one answer, and these are two.
"""

from __future__ import annotations

from collections.abc import Sequence

from foedus.assessment.finding import Assessment
from foedus.report.findings import SHAPES
from foedus.report.layout import GAP, Sheet, carried, tied
from foedus.report.lead import asked_on
from foedus.report.lists import text_named
from foedus.report.moved import Cause, Comparison, Moved, Verdict, compare
from foedus.report.wording import (
    Names,
    apart,
    article_short,
    labelled,
    listed,
    norm_heading,
    quoted,
    standing_word,
)
from foedus.words.speech import marked, plural, say

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
        sheet.put(say("Not the same text in both: {pages}.", pages=listed(pages)))
    sheet.blank()
    if not comparison.moved:
        sheet.put(_nothing(comparison))
        return carried(sheet.text(), encoding)
    alike = [moved for moved in comparison.moved if moved.only_text]
    others = [moved for moved in comparison.moved if not moved.only_text]
    number = sum(max(1, len(moved.bearers)) for moved in others)
    rest = comparison.unmoved + sum(max(1, len(moved.bearers)) for moved in alike)
    if comparison.same_case:
        sheet.put(
            plural(
                "{n} finding moved, {rest} did not.", "{n} findings moved, {rest} did not.", number, rest=rest
            )
        )
    else:
        sheet.put(
            plural("{n} norm moved, {rest} did not.", "{n} norms moved, {rest} did not.", number, rest=rest)
        )
    instrument = ""
    for moved in sorted(others, key=lambda m: (m.norm.instrument,)):
        if moved.norm.instrument != instrument:
            instrument = moved.norm.instrument
            known = second.program.instruments.get(instrument) or first.program.instruments.get(instrument)
            sheet.head(known.title if known else instrument, instrument)
        _moved(sheet, comparison, moved)
    if alike:
        sheet.head(say("The same verdict under another text"))
        for norm in {moved.norm.id: moved.norm for moved in alike}.values():
            sheet.put(f"{norm.instrument} {article_short(norm.article)}{GAP}{norm_heading(norm)}", 2, 4)
    return carried(sheet.text(), encoding)


def _nothing(comparison: Comparison) -> str:
    if comparison.same_case:
        return plural(
            "Nothing moves: {n} finding is answered alike.",
            "Nothing moves: {n} findings are answered alike.",
            comparison.unmoved,
        )
    return plural(
        "Nothing moves: {n} norm is answered alike.",
        "Nothing moves: {n} norms are answered alike.",
        comparison.unmoved,
    )


def _asked(assessment: Assessment) -> str:
    said = f"{assessment.dossier.title or assessment.dossier.id}, {asked_on(assessment)}"
    if not assessment.supposed:
        return said
    values = [f"{name} = {value}" for name, value in sorted(assessment.supposed.items())]
    return say("{dossier}, supposing {what}", dossier=said, what=listed(values))


def _moved(sheet: Sheet, comparison: Comparison, moved: Moved) -> None:
    names = Names(comparison.second)
    who = listed([names.brief(bearer) for bearer in moved.bearers])
    if who and moved.beneficiary and moved.norm.kind == "duty":
        who = say("{who} to {beneficiary}", who=who, beneficiary=names.spoken(moved.beneficiary))
    label, title = article_short(moved.norm.article), norm_heading(moved.norm)
    if who:
        title = labelled(title, who)
    sheet.put(f"{tied(label)}{GAP}{title}", 2, len(label) + 2)
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
        return [f"– {say('not asked, or nobody bears it')}"]
    found: list[str] = []
    for verdict in verdicts:
        said = say(verdict.word)
        if verdict.turns_on and verdict.settled == "depends":
            said = say("depends on {letters}", letters=listed(verdict.turns_on))
        elif verdict.turns_on:
            said = say("{verdict} on {ids}", verdict=said, ids=listed(verdict.turns_on))
        if texts and verdict.text is not None:
            said = say("{verdict} ({text})", verdict=said, text=text_named(verdict.text))
        found.append(f"{SHAPES[verdict.settled]} {said}")
    return found


_SAID = {
    "supposition": (marked("supposed {name} = {after}"), marked("no longer supposed: {name} = {before}")),
    "reading": (marked("read {name} as {after}"), marked("no longer read as {before}: {name}")),
    "closing": (marked("{after}: {name}"), marked("no longer {before}: {name}")),
    "standing": (
        marked("{name}: now {after}"),
        marked("{name}: was {before}, and is not on record now"),
    ),
    "text": (marked("the text of {after} applies"), marked("the text of {before} no longer applies")),
}


def because(causes: Sequence[Cause], same_case: bool) -> list[str]:
    """One line for each kind of cause; of many, the first few."""
    by: dict[str, list[str]] = {}
    for cause in causes:
        by.setdefault(cause.kind, []).append(_cause(cause, same_case))
    lines: list[str] = []
    for kind, said in by.items():
        more = len(said) - SHOWN
        shown = said[:SHOWN]
        if more > 0:
            shown.append(plural("and {n} more", "and {n} more", more))
        lines.append(say(_KINDS[kind], causes=apart(shown)))
    return lines or [say("because of what differs in the pages, not in what the clause asks for")]


_KINDS: dict[str, str] = {
    "supposition": marked("because of what is supposed: {causes}"),
    "reading": marked("because of how it is read: {causes}"),
    "standing": marked("because of how facts stand: {causes}"),
    "closing": marked("because of what is closed or presumed: {causes}"),
    "text": marked("because of the text: {causes}"),
}


def _cause(cause: Cause, same_case: bool) -> str:
    name = cause.subject
    before, after = _shown(cause, cause.before), _shown(cause, cause.after)
    if cause.before and cause.after:
        change = f"{before} → {after}"
        if not same_case:
            change = say("{before} in 1, {after} in 2", before=before, after=after)
        return labelled(name, change) if name else change
    if not same_case:
        only = say("{what} in 2 only", what=after) if cause.after else say("{what} in 1 only", what=before)
        return labelled(name, only) if name else only
    gained, lost = _SAID[cause.kind]
    if cause.kind == "reading":
        before, after = quoted(before), quoted(after)
    return say(gained if cause.after else lost, name=name, before=before, after=after)


CLOSED = (marked("closed"), marked("presumed not to be"), marked("refuted"))
"""How what nobody asserts is shut, in `foedus.report.moved`."""


def _shown(cause: Cause, words: str) -> str:
    """Words of one side: standings and closings are ours, all else is a page's own."""
    if cause.kind == "standing":
        return ", ".join(standing_word(word) for word in words.split(", ")) if words else ""
    return say(words) if cause.kind == "closing" and words in CLOSED else words
