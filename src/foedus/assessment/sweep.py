"""A sweep: the verdict on every norm, for every way to answer some of the open questions.

Each way is a supposition, and its verdicts are those of an assessment under it; but the clauses are laid
out once, so that hundreds of ways take about as long as a few assessments. Ways that the record or the
pages exclude (two days of one act) are left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod

from foedus.assessment.asked import all_instances, finding_id, groups_of
from foedus.assessment.assess import bounded, resolve
from foedus.assessment.case import Asked, Case, prepare
from foedus.assessment.find import as_lifted
from foedus.assessment.finding import Open, View
from foedus.assessment.names import ends, stand_ins
from foedus.assessment.questions import gathered
from foedus.assessment.verdict import view
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.engines.contract import NoWorld
from foedus.engines.norms import Instance
from foedus.engines.situation import answer_var
from foedus.engines.worlds import Fallback, worlds
from foedus.evidence.record import Dossier
from foedus.ir.norm import Norm, Program

MOST_WAYS = 4096
"""Twelve questions of yes or no. More ways than that nobody reads; a program can ask in parts."""

Choices = Mapping[str, Mapping[str, bool]]
"""The answers to one question, each with the variables that it fixes."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A norm as the sweep follows it: for these bearers, owed to that beneficiary."""

    id: str
    norm: Norm
    bearers: tuple[str, ...]
    beneficiary: str | None


@dataclass(frozen=True, slots=True)
class Way:
    """One way to answer the questions, by their ids, and what follows for each norm, by its finding's id."""

    answers: Mapping[str, str]
    verdicts: Mapping[str, View]


@dataclass(frozen=True, slots=True)
class Sweep:
    """The questions answered, the norms followed, and every way that can be."""

    questions: tuple[Open, ...]
    norms: tuple[Asking, ...]
    ways: tuple[Way, ...]


def sweep(dossier: Dossier, program: Program, asked: Asked, questions: Sequence[Open]) -> Sweep:
    """Every way to answer the questions. Raises `Refused` (F511) where there are more than `MOST_WAYS`."""
    with bounded(asked.suppose):
        return _sweep(dossier, program, resolve(dossier, program, asked), questions)


def _sweep(dossier: Dossier, program: Program, asked: Asked, questions: Sequence[Open]) -> Sweep:
    ids = [question.id for question in questions]
    # What is supposed is closed by nothing: the situation must know it before the clauses are laid out.
    case = prepare(dossier, program, replace(asked, suppose={**asked.suppose, **dict.fromkeys(ids, "yes")}))
    found, _ = all_instances(case)
    choices = [_choices(case, question) for question in questions]
    number = prod(map(len, choices))
    if number > MOST_WAYS:
        what = f"{number:,} ways to answer {len(ids)} questions (at most {MOST_WAYS:,})"
        raise Refused(Problem("F511", NOWHERE, {"what": what}, help="Name fewer questions."))
    groups = groups_of(found)
    engine = worlds(case.circuit)
    fixed = {**case.fixed, **stand_ins(asked.suppose, case.circuit)}
    fixed = {name: so for name, so in {**case.undisputed, **fixed}.items() if name not in ids}
    ways: list[Way] = []
    for chosen in product(*(each.items() for each in choices)):
        given = dict(fixed)
        for _, variables in chosen:
            given.update(variables)
        try:
            verdicts = {finding_id(group): _verdict(case, engine, group[0], given) for group in groups}
        except NoWorld:
            continue
        ways.append(Way({ident: word for ident, (word, _) in zip(ids, chosen, strict=True)}, verdicts))
    norms = tuple(
        Asking(finding_id(group), group[0].norm, tuple(i.bearer for i in group), group[0].beneficiary)
        for group in groups
    )
    return Sweep(tuple(questions), norms, tuple(ways))


def _verdict(case: Case, engine: Fallback, first: Instance, given: Mapping[str, bool]) -> View:
    seen = view(engine, case.circuit, first.lit, given, first.norm.kind, (), limit=0)
    return gathered(case.at, as_lifted(engine, seen, first.ground, given))


def _choices(case: Case, question: Open) -> Choices:
    """The answers that a question can have, as suppositions name them."""
    name, circuit = question.id, case.circuit
    if name in case.program.questions:
        answers = [answer.name for answer in case.program.questions[name].answers]
        return {
            chosen: {answer_var(name, answer): answer == chosen for answer in answers} for chosen in answers
        }
    if name in circuit.groups:
        return {(ends(member) or (member,))[0]: {member: True} for member in circuit.groups[name]}
    return {word: {name: word == "yes", **stand_ins({name: word}, circuit)} for word in ("yes", "no")}
