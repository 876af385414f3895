"""What was done about each norm, by whom, and by which acts on which days; and the statements that do not
sit well together. Never more than the record holds: *not shown* is not *breached*."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from foedus.assessment.finding import Finding
from foedus.evidence.claim import Claim
from foedus.evidence.principals import principal_of
from foedus.report.html.setting import Setting
from foedus.report.remains import CONDUCT, conduct_word, has_conduct, interval_words, proviso
from foedus.report.wording import article_short, norm_heading, on_day


def conduct(page: Setting) -> Mapping[str, Any] | None:
    """Each norm with its bearers' conduct, the acts by which it is judged, and whether it was owed."""
    groups: dict[str, list[Finding]] = {}
    for finding in page.assessment.findings:
        if has_conduct(finding):
            groups.setdefault(finding.norm.id, []).append(finding)
    if not groups:
        return None
    return {"norms": [_norm(page, found) for found in groups.values()]}


def _norm(page: Setting, found: Sequence[Finding]) -> Mapping[str, Any]:
    norm = found[0].norm
    instrument = page.assessment.program.instruments.get(norm.instrument)
    alike: dict[tuple[str, str, tuple[str, ...], str], dict[str, None]] = {}
    for finding in found:
        for each in finding.conduct:
            interval = interval_words(each.interval)
            done = each.word, interval, each.acts, proviso(finding) if each.word != "not shown" else ""
            alike.setdefault(done, {})[page.names.plain(each.bearer)] = None
    return {
        "id": norm.id,
        "article": article_short(norm.article),
        "instrument": instrument.title if instrument else norm.instrument,
        "title": norm_heading(norm),
        "rows": [
            {
                "bearers": list(bearers),
                "word": conduct_word(norm.kind, word),
                "shown": word != "not shown",
                "proviso": so_far,
                "interval": interval,
                "acts": _acts(page, acts),
            }
            for (word, interval, acts, so_far), bearers in sorted(
                alike.items(), key=lambda each: CONDUCT.index(each[0][0])
            )
        ],
    }


def _acts(page: Setting, acts: Sequence[str]) -> list[Mapping[str, Any]]:
    facts = {fact.id: fact for fact in page.assessment.dossier.record.facts}
    return [
        {"id": act, "title": facts[act].title or act, "on": on_day(facts[act].on)}
        for act in acts
        if act in facts
    ]


def tensions(page: Setting) -> Mapping[str, Any] | None:
    """Each pair of statements in tension, with who makes them; none is decided."""
    if not page.assessment.tensions:
        return None
    titles = {fact.id: fact.title or fact.id for fact in page.assessment.dossier.record.facts}
    return {
        "pairs": [
            {
                "why": strain.tension.why,
                "sides": [
                    {"title": titles.get(fact, fact), "voices": _voices(page, claims)}
                    for fact, claims in zip(strain.tension.facts, (strain.first, strain.second), strict=True)
                ],
                "within": [page.names.spoken(name) for name in strain.principals],
            }
            for strain in page.assessment.tensions
        ]
    }


def _voices(page: Setting, claims: Sequence[Claim]) -> list[tuple[str, list[str]]]:
    """Each principal with the documents in which it says so."""
    by: dict[str, dict[str, None]] = {}
    for claim in claims:
        who = page.names.plain(principal_of(page.assessment.dossier.record, claim.by))
        by.setdefault(who, {})[claim.source] = None
    return [(who, [source for source in sources if page.number(source)]) for who, sources in by.items()]
