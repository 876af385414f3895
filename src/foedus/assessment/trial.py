"""Trials: the questions a page asks of itself, with the answers it expects.

A trial's record is stipulated, of fictional states; its questions are answered as a dossier's are.
`run` gives one `Outcome` per expectation; `foedus test --accept` rewrites those that differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from foedus.assessment.assess import assess
from foedus.assessment.case import Asked
from foedus.assessment.finding import Assessment, Finding, View
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.diagnostics.suggest import suggest
from foedus.engines.explain import Reason
from foedus.engines.situation import Covering
from foedus.evidence.check import check
from foedus.evidence.closings import RefutedFact
from foedus.evidence.record import Closing, Dossier, Presumption, Record
from foedus.ir.norm import Program
from foedus.lang.to_record import to_record
from foedus.lang.tree import AskItem, Expectation, InstrumentItem, Name, Page, Trial


@dataclass(frozen=True, slots=True)
class Outcome:
    """One expectation against what was found; `found` is how the page would have to say it. `many` where the
    bearers have different verdicts, which no one line can say."""

    trial: Trial
    ask: AskItem
    expected: Expectation
    found: str
    holds: bool
    many: bool = False


def run(page: Page, program: Program) -> tuple[tuple[Outcome, ...], tuple[Problem, ...]]:
    """Every trial of a page under a program; a trial that has a mistake is told and not run."""
    outcomes: list[Outcome] = []
    problems: list[Problem] = []
    for trial, record, found in _records(page, program):
        problems += found
        for ask in () if found else trial.asks:
            try:
                asked = Dossier(trial.heading, trial.heading, record, on=ask.on)
                outcomes += _answer(trial, ask, asked, program)
            except Refused as refused:
                problems += (
                    replace(p, place=ask.place) if p.place == NOWHERE else p for p in refused.problems
                )
    return tuple(outcomes), tuple(problems)


def ask_itself(
    dossier: Dossier, asks: Iterable[AskItem], program: Program
) -> tuple[tuple[Outcome, ...], tuple[Problem, ...]]:
    """The questions that a dossier asks of itself, on its own day unless they name another."""
    outcomes: list[Outcome] = []
    problems: list[Problem] = []
    norms = [norm.id for norm in program.norms]
    for ask in asks:
        if ask.norm.text not in norms:
            problems.append(_no_norm(ask.norm, norms))
            continue
        trial = Trial(dossier.id, (), (ask,), ask.place)
        try:
            outcomes += _answer(trial, ask, dossier, program)
        except Refused as refused:
            problems += (replace(p, place=ask.place) if p.place == NOWHERE else p for p in refused.problems)
    return tuple(outcomes), tuple(problems)


def mistakes(page: Page, program: Program) -> tuple[Problem, ...]:
    """What is wrong with the records and questions of a page's trials, without answering them."""
    return tuple(problem for *_, found in _records(page, program) for problem in found)


def _records(page: Page, program: Program) -> Iterator[tuple[Trial, Record, tuple[Problem, ...]]]:
    own = next((item.id.text for item in page.items if isinstance(item, InstrumentItem)), None)
    norms = [norm.id for norm in program.norms]
    for trial in page.trials:
        record, found = to_record(trial.records, program, trial=True, instrument=own)
        told = {problem.place for problem in found}
        weighed = tuple(problem for problem in check(record) if problem.place not in told)
        asked = tuple(_no_norm(ask.norm, norms) for ask in trial.asks if ask.norm.text not in norms)
        yield trial, record, (*found, *weighed, *asked)


def _no_norm(name: Name, norms: list[str]) -> Problem:
    near = suggest(name.text, norms)
    return Problem("F207", name.place, {"name": name.text}, help=f"Did you mean `{near}`?" if near else "")


def _answer(trial: Trial, ask: AskItem, dossier: Dossier, program: Program) -> Iterator[Outcome]:
    instrument = ask.norm.text.partition(".")[0]
    dossier = replace(dossier, on=ask.on or dossier.on, instruments=(instrument,), only=())
    asked = Asked(
        suppose={name.text: value for name, value in ask.suppose},
        only=(ask.norm.text,),
        bearer=ask.bearer.text if ask.bearer else None,
        beneficiary=ask.beneficiary.text if ask.beneficiary else None,
        text={instrument: ask.text.text} if ask.text else {},
    )
    assessment = assess(dossier, program, asked)
    for expected in ask.expects:
        yield _compare(trial, ask, expected, assessment)


def _compare(trial: Trial, ask: AskItem, expected: Expectation, assessment: Assessment) -> Outcome:
    if not assessment.findings:
        found = "not in force" if assessment.not_in_force else _none(assessment, expected)
        return Outcome(trial, ask, expected, found, expected.verdict == found and not expected.ids)
    said = {_said(_view(finding, expected)): finding for finding in assessment.findings}
    if len(said) > 1:
        found = "; ".join(f"{', '.join(f.bearers)}: {word}" for word, f in said.items())
        return Outcome(trial, ask, expected, found, holds=False, many=True)
    found, finding = next(iter(said.items()))
    view = _view(finding, expected)
    holds = view.word == expected.verdict
    wanted = {name.text for name in expected.ids}
    if holds and view.settled == "depends":
        holds = wanted == set(view.turns_on)
    elif holds and wanted and view.word == "lifted":
        holds = wanted <= set(finding.lifted_by)
    elif holds and wanted:
        holds = wanted <= reasons_of(finding.reason) if not expected.granting else holds
    return Outcome(trial, ask, expected, found, holds)


def _none(assessment: Assessment, expected: Expectation) -> str:
    """Nobody bears the norm: a duty does not arise, a power is not available, a prohibition does not apply."""
    if expected.verdict == "does not apply":
        return expected.verdict
    kinds = {norm.kind for norm in assessment.program.norms}
    return (
        "not available"
        if "available" in expected.verdict and kinds & {"right", "power"}
        else "does not arise"
    )


def _view(finding: Finding, expected: Expectation) -> View:
    return finding.granting if expected.granting else finding.on_facts


def _said(view: View) -> str:
    return (
        f"{view.word} on {', '.join(map(quoted, view.turns_on))}" if view.settled == "depends" else view.word
    )


def said_as(expected: Expectation, found: str = "") -> str:
    """The line of an expectation as the page says it, or would have to say it to hold.

    >>> said_as(Expectation("depends", (Name("a1"), Name("grave(a1)")), granting=True))
    'granting expect depends on a1, "grave(a1)"'
    """
    join = {"depends": " on ", "lifted": " by "}.get(expected.verdict, " because ")
    ids = join + ", ".join(quoted(name.text) for name in expected.ids) if expected.ids else ""
    return f"{'granting ' if expected.granting else ''}expect {found or expected.verdict + ids}"


_PLAIN = re.compile(r"[a-z][a-z0-9_]*(-[a-z0-9_]+)*(\.[a-z][a-z0-9_]*(-[a-z0-9_]+)*)?|[A-Z][A-Z0-9_]*")


def quoted(name: str) -> str:
    """An id as a page writes it after `depends on`: in quotes, where it has spaces or brackets.

    >>> quoted("cst.aggression"), quoted("grave(a1)")
    ('cst.aggression', '"grave(a1)"')
    """
    return name if _PLAIN.fullmatch(name) else f'"{name}"'


def reasons_of(reason: Reason) -> set[str]:
    """What a reason may be named by: ids of facts, their predicates, ids of what closes them."""
    found: set[str] = set()
    stack = [reason]
    while stack:
        step = stack.pop()
        if step.value != "open" and step.subject:
            found |= {step.subject, step.subject.partition("(")[0], step.subject.removeprefix("some ")}
        if step.basis is not None:
            found |= basis_names(step.basis)
        stack.extend(step.children)
    return found


def basis_names(basis: Covering) -> set[str]:
    """What a closing, presumption or refuted fact may be named by: *closed*, *presumed*, its id."""
    match basis:
        case Closing(pattern=pattern):
            return {"closed", pattern.predicate}
        case Presumption(pattern=pattern):
            return {"presumed", pattern.predicate}
        case RefutedFact(fact=fact):
            return {fact.id, fact.predicate}
