"""What the texts of a dossier's sources show, where they were at hand: who copied whom, and what is not declared."""

from __future__ import annotations

from collections.abc import Iterator

from foedus.assessment.finding import Assessment
from foedus.evidence.comparison import Copied
from foedus.evidence.declared import undeclared
from foedus.report.layout import Sheet
from foedus.report.plain import Json
from foedus.words.speech import aloud, plural, say

MOST = 8
"""Lines about documents before the rest is counted."""


def show_texts(sheet: Sheet, assessment: Assessment) -> None:
    """How many texts were at hand, and what they show; nothing where none was."""
    found = assessment.dossier.record.compared
    if found is None:
        return
    sheet.head(say("Texts of the sources"))
    sheet.put(at_hand(assessment), 2, 2)
    lines = list(told(assessment))
    for line in lines[:MOST]:
        sheet.put(line, 2, 4)
    if (more := len(lines) - MOST) > 0:
        sheet.put(plural("{n} more is in --json", "{n} more are in --json", more), 2, 4)


def at_hand(assessment: Assessment) -> str:
    """How many sources had their text at hand, and whether these were compared."""
    record = assessment.dossier.record
    found, every = record.compared, len(record.sources)
    if found is None:
        return plural(
            "No text of the {n} source was at hand to compare; see --documents.",
            "No text of the {n} sources was at hand to compare; see --documents.",
            every,
        )
    n = len(found.texts)
    if found.not_made is not None:
        return plural(
            "The text of {n} of {every} sources was at hand, and no passages were compared: {why}.",
            "The texts of {n} of {every} sources were at hand, and no passages were compared: {why}.",
            n,
            every=every,
            why=found.not_made,
        )
    return plural(
        "The text of {n} of {every} sources was at hand and compared.",
        "The texts of {n} of {every} sources were at hand and compared.",
        n,
        every=every,
    )


def told(assessment: Assessment) -> Iterator[str]:
    """What the texts show of each two documents, one sentence each; the undeclared ones first."""
    record = assessment.dossier.record
    found = record.compared
    if found is None:
        return
    secret = undeclared(record)
    for one in sorted(found.copied, key=lambda one: one not in secret):
        if not one.through:
            yield _copied(one, one in secret)
        if one.conflict is not None:
            yield aloud(one.conflict)
    for one in found.borne_out:
        if one.word == "no":
            yield say("{why}, although the dossier declares a derivation", why=one.why)
        elif one.word == "not comparable":
            yield aloud(one.why)


def _copied(one: Copied, secret: bool) -> str:
    if one.whole and secret:
        return say("{why}; they count as one source, and the dossier declares no derivation", why=one.why)
    if one.whole:
        return say("{why}; they count as one source", why=one.why)
    if secret:
        return say("{why}; the dossier declares no derivation", why=one.why)
    return aloud(one.why)


def texts_json(assessment: Assessment) -> Json | None:
    """The same for programs; null where no text was at hand."""
    record = assessment.dossier.record
    found = record.compared
    if found is None:
        return None
    secret = undeclared(record)
    return {
        "compared": dict(sorted(found.texts.items())),
        "of": len(record.sources),
        "not_made": found.not_made,
        "copied": [
            {
                "first": one.first,
                "second": one.second,
                "direction_by": one.by or None,
                "words": one.words,
                "share": one.share,
                "one_source": one.whole,
                "declared": one not in secret,
                "through_another": one.through,
                "why": one.why,
                "conflict": one.conflict,
            }
            for one in found.copied
        ],
        "ties": [
            {"first": tie.first, "second": tie.second, "directed": tie.directed, "why": tie.why}
            for tie in found.ties
        ],
        "declared": [
            {"copy": one.copy, "origin": one.origin, "borne_out": one.word, "why": one.why}
            for one in found.borne_out
        ],
    }
