"""The dossiers whose pages are opened, and every way to suppose something of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from math import prod
from random import Random

from foedus.assessment.asked import all_instances, finding_id, groups_of
from foedus.assessment.assess import assess
from foedus.assessment.case import Asked, Case, prepare
from foedus.assessment.finding import Assessment
from foedus.assessment.names import check_group, stand_ins
from foedus.assessment.questions import gathered
from foedus.assessment.switches import Switches, switches
from foedus.assessment.verdict import view
from foedus.diagnostics.problem import Refused
from foedus.engines.norms import Instance
from foedus.engines.situation import answer_var
from foedus.engines.worlds import Fallback, worlds
from foedus.library import Library, Loaded
from tests.report import lir

Verdicts = Mapping[tuple[str, str], tuple[str, frozenset[str]]]
"""Of a norm (with text and beneficiary) and a bearer: what it comes to, and the questions on which it
turns; whatever has no letter is `…`."""

FICTIONAL = frozenset({"raid", "nothing", "fen", "ford", "hostile"})


@cache
def loaded(name: str) -> Loaded:
    if name in FICTIONAL:
        return lir.loaded(name)
    found = Library(trials=False).dossier(name)
    assert not found.errors, found.errors
    return found


@cache
def assessed(name: str) -> Assessment:
    found = loaded(name)
    assert found.dossier is not None
    return assess(found.dossier, found.program)


@cache
def switched(name: str) -> Switches:
    found = switches(assessed(name))
    assert found is not None
    return found


def number_of_combinations(name: str) -> int:
    return prod(len(switch.answers) + 1 for switch in switched(name).switches)


def combinations(name: str, most: int, only: tuple[str, ...] = ()) -> Iterator[dict[str, str]]:
    """Every combination of answers, `only` of these questions; or `most` of them drawn at random."""
    turned = [s for s in switched(name).switches if not only or s.question in only]
    choices = [[None, *(answer.value for answer in switch.answers)] for switch in turned]
    drawn = Random(name)
    every = (
        product(*choices)
        if prod(map(len, choices)) <= most
        else ([drawn.choice(choice) for choice in choices] for _ in range(most))
    )
    for combination in every:
        yield {s.question: value for s, value in zip(turned, combination, strict=True) if value is not None}


@cache
def _laid_out(
    name: str, unlisted: tuple[tuple[str, str], ...]
) -> tuple[Case, list[tuple[Instance, ...]], Fallback]:
    """The case in which so much is supposed of what nobody listed, which decides what is closed."""
    found = loaded(name)
    assert found.dossier is not None
    case = prepare(found.dossier, found.program, Asked(suppose=dict(unlisted)))
    made, _ = all_instances(case)
    case.fixed.update(stand_ins(dict(unlisted), case.circuit))
    return case, groups_of(made), worlds(case.circuit)


def reckoned(name: str, suppose: Mapping[str, str]) -> Verdicts:
    """The same by the engine alone, asked anew for every finding: much faster than a whole assessment."""
    unlisted = tuple(
        (q.id, suppose[q.id]) for q in assessed(name).questions if q.id in suppose and q.kind == "unlisted"
    )
    case, groups, engine = _laid_out(name, unlisted)
    given = dict(case.granted)
    for question, value in suppose.items():
        declared = case.program.questions.get(question)
        if declared is not None:
            given.update({answer_var(question, a.name): a.name == value for a in declared.answers})
        elif question in case.circuit.groups:
            given[check_group(question, value, case.circuit)] = True
        elif question not in dict(unlisted):
            given[question] = value == "yes"
    known = {question.id for question in assessed(name).questions}
    verdicts: dict[tuple[str, str], tuple[str, frozenset[str]]] = {}
    for group in groups:
        norm, lit, ground = group[0].norm, group[0].lit, group[0].ground
        seen = gathered(case.at, view(engine, case.circuit, lit, given, norm.kind, (), limit=0))
        word: str = seen.settled
        if norm.kind == "prohibition" and word == "no" and ground.op == "and":
            word = "lifted" if engine.settled(ground.children[0].lit, given) == "all" else "no"
        turns = frozenset(one if one in known else "…" for one in seen.turns_on)
        for instance in group:
            verdicts[without_bearers(finding_id(group)), instance.bearer] = (word, turns)
    return verdicts


def supposed(name: str, suppose: Mapping[str, str]) -> Verdicts | None:
    """What `--suppose` answers: None where the answers cannot all be so."""
    found = loaded(name)
    assert found.dossier is not None
    try:
        answer = assess(found.dossier, found.program, Asked(suppose=suppose))
    except Refused as refused:
        assert [problem.code for problem in refused.problems] == ["F512"]
        return None
    known = {question.id for question in assessed(name).questions}
    verdicts: dict[tuple[str, str], tuple[str, frozenset[str]]] = {}
    for finding in answer.findings:
        view = finding.granting
        turns = frozenset(name if name in known else "…" for name in view.turns_on)
        for bearer in finding.bearers:
            word = "lifted" if view.word == "lifted" else view.settled
            verdicts[without_bearers(finding.id), bearer] = (word, turns)
    return verdicts


def without_bearers(finding: str) -> str:
    """`cst.assist@2010>KAZ` of `cst.assist@2010:ARM,BLR>KAZ`: bearers may come apart under a supposition."""
    norm, _, rest = finding.partition(":")
    return f"{norm}>{rest.partition('>')[2]}"
