"""What the answer leaves out and what it could not make sure of, and how it was reckoned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from foedus.assessment.finding import Assessment
from foedus.ir.norm import NotEncoded
from foedus.report.findings import by_norm, qualifying, unconfirmed_dates
from foedus.report.html.setting import Setting
from foedus.report.lead import unread_clauses
from foedus.report.remains import engine_words
from foedus.report.texts import at_hand
from foedus.report.wording import article_short, in_one_place, listed, norm_heading
from foedus.words.speech import marked, plural, say

EFFECTS: Mapping[str, str] = {
    "may defeat": marked("could defeat it"),
    "may create": marked("could bring it about"),
}


def limits(page: Setting) -> Mapping[str, Any]:
    """Clauses not encoded and not read, what is unconfirmed, details; then engine and digests."""
    assessment = page.assessment
    record = assessment.dossier.record
    details = {n.text: n for f in assessment.findings for n in f.details}
    return {
        "left_out": _left_out(assessment),
        "unread": [name.removeprefix("unread: ") for name in unread_clauses(assessment)],
        "dates": _dates(assessment),
        "facts": _facts(assessment),
        "details": [(_title(assessment, n.instrument), *_told(n)) for n in details.values()],
        "engine": _engine(assessment),
        "texts": "" if record.compared is not None or not record.sources else at_hand(assessment),
        "digests": assessment.digests,
    }


def _left_out(assessment: Assessment) -> list[tuple[str, str, str, str, list[tuple[str, list[str]]]]]:
    """By norm: its id, instrument, article, title, and the clauses left out by what they could do."""
    shown: list[tuple[str, str, str, str, list[tuple[str, list[str]]]]] = []
    for found in by_norm(assessment.findings):
        effects: dict[str, dict[str, None]] = {}
        for finding in found:
            for left in qualifying(finding):
                effects.setdefault(left.effect, {})[in_one_place(left.text)] = None
        norm = found[0].norm
        if effects:
            shown.append(
                (
                    norm.id,
                    norm.instrument,
                    article_short(norm.article),
                    norm_heading(norm),
                    [(say(EFFECTS[effect]), list(texts)) for effect, texts in effects.items()],
                )
            )
    return shown


def _dates(assessment: Assessment) -> list[tuple[str, str]]:
    """The unconfirmed dates of each instrument, said together."""
    by: dict[str, list[Any]] = {}
    for finding in assessment.findings:
        by.setdefault(finding.norm.instrument, []).append(finding)
    return [
        (_title(assessment, name), said) for name, found in by.items() if (said := unconfirmed_dates(found))
    ]


def _facts(assessment: Assessment) -> list[tuple[str, str]]:
    """The facts on which a finding rests and that only unconfirmed words establish."""
    titles = {fact.id: fact.title or fact.id for fact in assessment.dossier.record.facts}
    names = dict.fromkeys(name for f in assessment.findings for name in f.unconfirmed if name in titles)
    return [(name, titles[name]) for name in names]


def _told(left: NotEncoded) -> Sequence[str]:
    return in_one_place(left.text), article_short(left.place.heading)


def _title(assessment: Assessment, instrument: str) -> str:
    known = assessment.program.instruments.get(instrument)
    return known.title if known else instrument


def _engine(assessment: Assessment) -> str:
    used = {view.engine for f in assessment.findings for view in (f.on_facts, f.granting) if view.engine}
    return plural(
        "Exact, by {engine}; Foedus {version}, {n} page.",
        "Exact, by {engine}; Foedus {version}, {n} pages.",
        len(assessment.digests),
        engine=listed([engine_words(name) for name in sorted(used)]) or engine_words(assessment.engine),
        version=assessment.version,
    )
