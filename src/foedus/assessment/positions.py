"""Positions: on the facts and readings that one speaker holds, what follows?

A speaker's judgements are taken as he holds them; what he doubts stays open; what is established or
refuted stays fixed. It shows when two commentators answer different questions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from foedus.assessment.find import as_lifted
from foedus.assessment.finding import Finding, Open, Position, View
from foedus.assessment.questions import SAID, gathered
from foedus.assessment.verdict import view
from foedus.engines.contract import Worlds
from foedus.engines.situation import Situation, answer_var
from foedus.evidence.principals import principal_of


def positions(
    at: Situation,
    engine: Worlds,
    findings: Sequence[Finding],
    questions: Sequence[Open],
    fixed: Mapping[str, bool],
) -> tuple[Position, ...]:
    """One row per principal who speaks to at least one open question. `fixed` holds what is settled
    and what nobody disputes: a speaker who is silent on that has not thereby doubted it. Whoever only holds
    a reading in a page, and said nothing of the case, is named under the question and has no row."""
    asked = {question.id for question in questions}
    heard = {principal_of(at.record, claim.by) for claim in at.record.claims}
    holds: dict[str, dict[str, str]] = {}
    for claim in at.record.claims:
        if claim.fact in asked and claim.verb != "reports":
            said = holds.setdefault(principal_of(at.record, claim.by), {})
            word = SAID[claim.verb]
            before = said.get(claim.fact)
            said[claim.fact] = word if before in (None, word) else "both"
    for held in at.record.held:
        of_the_case = held.source not in at.program.sources
        if held.question in asked and (of_the_case or principal_of(at.record, held.by) in heard):
            holds.setdefault(principal_of(at.record, held.by), {})[held.question] = held.answer
    return tuple(
        Position(
            speaker,
            said,
            {finding.id: _follow(at, engine, finding, said, fixed) for finding in findings},
            tuple(c for c in at.record.claims if principal_of(at.record, c.by) == speaker and c.fact in said),
            tuple(h for h in at.record.held if principal_of(at.record, h.by) == speaker),
        )
        for speaker, said in sorted(holds.items(), key=lambda item: (-len(item[1]), item[0]))
    )


def _follow(
    at: Situation, engine: Worlds, finding: Finding, said: Mapping[str, str], fixed: Mapping[str, bool]
) -> View:
    given = dict(fixed)
    for name, word in said.items():
        question = at.program.questions.get(name)
        if question is not None:
            given.update({answer_var(name, a.name): a.name == word for a in question.answers})
        elif word in ("yes", "no") and name not in fixed:
            given[name] = word == "yes"
    seen = gathered(at, view(engine, at.circuit, finding.lit, given, finding.norm.kind, (), limit=0))
    return as_lifted(engine, seen, finding.ground, given)
