"""The first section: what follows, on what it turns, and every verdict beside the open questions.

Each finding stands by itself, so that a script can move it: an element with `data-finding` holds its
shape, its word, on what it turns (`.turns`) and room for what it was (`.was`). What findings of one
norm have in common stands once, after them, in `.turns` of their group.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foedus.assessment.finding import Finding, Open, Settled, View
from foedus.report.asking import asked_in, kind_words
from foedus.report.findings import (
    BORNE,
    by_norm,
    by_text,
    conditions,
    notes,
    prevailing,
    settling,
    turned,
    unconfirmed_dates,
    whom,
)
from foedus.report.html.questions import question_groups
from foedus.report.html.setting import Setting
from foedus.report.lead import main_findings, sentences, supposed, turning_on
from foedus.report.lists import text_named
from foedus.report.openings import is_silent
from foedus.report.wording import article_short, begun, norm_heading
from foedus.words.speech import say


@dataclass(frozen=True, slots=True)
class Verdict:
    """One finding's line: for whom, the settled value with its word, and the letters it turns on."""

    finding: str
    who: str
    settled: Settled
    word: str
    turns: str


@dataclass(frozen=True, slots=True)
class Alike:
    """Findings on one norm with the same verdict on the same conditions."""

    verdicts: tuple[Verdict, ...]
    settling: tuple[str, ...]
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NormTold:
    """One norm under one text: its article and title, its verdicts, what qualifies them; `at` leads to
    its grounds."""

    at: str
    article: str
    title: str
    borne: str
    groups: tuple[Alike, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextTold:
    """One text of an instrument, with its norms."""

    id: str
    title: str
    text: str
    norms: tuple[NormTold, ...]
    unconfirmed: str
    prevailing: str


def answer(page: Setting) -> Mapping[str, Any]:
    """The lead, what its letters ask, the verdicts text by text, and the open questions."""
    assessment = page.assessment
    return {
        "sentences": sentences(assessment, page.linked),
        "supposed": supposed(assessment),
        **_asked(page),
        "texts": [_text(page, *each) for each in by_text(assessment.findings)],
        "not_in_force": [
            (instrument, _title(page, instrument), why) for instrument, why in assessment.not_in_force
        ],
        "groups": question_groups(page),
    }


def _asked(page: Setting) -> Mapping[str, Any]:
    """The questions behind the letters of the lead; those of which nobody speaks by letter only. Where
    the lead turns on nothing, `granted` is what it takes for so because nobody disputes it."""
    assessment = page.assessment
    main = main_findings(assessment)
    turning = turning_on(page.letters, main)
    asked = [q for q in assessment.questions if q.letter in turning]
    silent = [q for q in asked if is_silent(assessment, q)]
    granting = {
        name for f in main if f.on_facts.settled != f.granting.settled for name in f.on_facts.turns_on
    }
    granted = [q for q in assessment.questions if q.id in granting and q.standing == "undisputed"]
    return {
        "asked": [_legend(page, q) for q in asked if q not in silent],
        "silent": page.linked.several([q.id for q in silent]) if silent else "",
        "granted": [] if asked else [_legend(page, q) for q in granted],
        "settled": bool(main) and not asked,
    }


def _legend(page: Setting, question: Open) -> tuple[Open, str, str]:
    return question, begun(asked_in(page.assessment, question)), kind_words(question)


def _title(page: Setting, instrument: str) -> str:
    known = page.assessment.program.instruments.get(instrument)
    return known.title if known else instrument


def _text(page: Setting, instrument: str, text: str | None, found: Sequence[Finding]) -> TextTold:
    known = page.assessment.program.instruments.get(instrument)
    several = text is not None and known is not None and len(known.texts) > 1
    return TextTold(
        instrument,
        _title(page, instrument),
        text_named(text) if text is not None and several else "",
        tuple(_norm(page, same) for same in by_norm(found)),
        unconfirmed_dates(found),
        prevailing(page.assessment, instrument),
    )


def _norm(page: Setting, found: Sequence[Finding]) -> NormTold:
    first = found[0]
    groups: dict[tuple[str, tuple[str, ...]], list[Finding]] = {}
    for finding in found:
        key = turned(finding.granting, page.letters), tuple(conditions(page.assessment, finding, page.linked))
        groups.setdefault(key, []).append(finding)
    alone = len(found) == 1
    return NormTold(
        page.norm_anchor(first.norm),
        article_short(first.norm.article),
        begun(norm_heading(first.norm)),
        say(
            BORNE[first.norm.kind],
            who=whom(page.assessment, [first], alone=True),
        )
        if alone
        else "",
        tuple(_alike(page, same, list(said), alone) for (_, said), same in groups.items()),
        tuple(notes(found)),
    )


def _alike(page: Setting, same: Sequence[Finding], said: Sequence[str], alone: bool) -> Alike:
    first = same[0]
    cut = len(settling(first.granting, first.norm.kind, page.linked))
    return Alike(
        tuple(
            Verdict(
                finding.id,
                "" if alone else whom(page.assessment, [finding], alone=False),
                finding.granting.settled,
                word(finding.granting),
                turns(page, finding.granting),
            )
            for finding in same
        ),
        tuple(said[:cut]),
        tuple(said[cut:]),
    )


def word(view: View) -> str:
    """The verdict's word alone, its shape being drawn: `does not arise`."""
    return say(view.word)


def turns(page: Setting, view: View) -> str:
    """`on A, B and C`, for a verdict that depends."""
    if view.settled != "depends" or not view.turns_on:
        return ""
    return say("on {letters}", letters=page.linked.depends(view))
