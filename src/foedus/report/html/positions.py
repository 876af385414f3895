"""Who must be right: what each speaker holds of that on which the main findings turn, and what follows.

Speakers who hold the same share a row; a row can be supposed as a whole, so that nobody shares one
with a speaker who holds anything else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from foedus.assessment.finding import Finding, Open, Position, Settled, View
from foedus.report.asking import asked_in
from foedus.report.html.answer import turns, word
from foedus.report.html.setting import Setting
from foedus.report.openings import answered, at_stake, is_unconfirmed, who_answers
from foedus.report.wording import article_short, listed, norm_heading


@dataclass(frozen=True, slots=True)
class Held:
    """What a speaker says of one question, in a word; "" if nothing."""

    words: str
    unconfirmed: bool


@dataclass(frozen=True, slots=True)
class Follows:
    """What follows for a finding on a speaker's answers."""

    settled: Settled
    word: str
    turns: str


@dataclass(frozen=True, slots=True)
class Row:
    """Speakers with the same answers. `holds` are all their answers that can be supposed, as JSON."""

    speakers: tuple[str, ...]
    names: tuple[str, ...]
    together: str
    holds: str
    held: tuple[Held, ...]
    follows: tuple[Follows, ...]


def positions(page: Setting) -> Mapping[str, Any] | None:
    """The table; nothing where nobody speaks to what the main findings turn on."""
    stake = at_stake(page.assessment, page.letters)
    if stake is None:
        return None
    marks = page.linked.letters
    return {
        "questions": [(q, asked_in(page.assessment, q)) for q in stake.questions],
        "findings": [(f, article_short(f.norm.article), norm_heading(f.norm)) for f in stake.findings],
        "instruments": page.assessment.program.instruments,
        "rows": _rows(page, stake.holding, stake.questions, stake.findings),
        "sentences": who_answers(stake.holding, [replace(q, letter=marks[q.id]) for q in stake.questions]),
    }


def _rows(
    page: Setting, holding: Sequence[Position], questions: Sequence[Open], findings: Sequence[Finding]
) -> list[Row]:
    groups: dict[tuple[str, tuple[Held, ...], tuple[Follows, ...]], list[str]] = {}
    for position in holding:
        held = tuple(_held(position, question) for question in questions)
        follows = tuple(_follows(page, position.verdicts[finding.id]) for finding in findings)
        groups.setdefault((_supposable(page, position), held, follows), []).append(position.speaker)
    return [
        Row(
            tuple(speakers),
            tuple(page.names.plain(name) for name in speakers),
            listed([page.names.spoken(name) for name in speakers]),
            holds,
            held,
            follows,
        )
        for (holds, held, follows), speakers in groups.items()
    ]


def _supposable(page: Setting, position: Position) -> str:
    """What can be supposed of what a speaker holds: doubt settles nothing."""
    questions = page.assessment.program.questions
    holds = {
        name: said for name, said in position.holds.items() if name in questions or said in ("yes", "no")
    }
    return json.dumps(holds, ensure_ascii=False, sort_keys=True)


def _held(position: Position, question: Open) -> Held:
    said = position.holds.get(question.id)
    return Held(answered(said), is_unconfirmed(position, question.id)) if said else Held("", False)


def _follows(page: Setting, view: View) -> Follows:
    return Follows(view.settled, word(view), turns(page, view))
