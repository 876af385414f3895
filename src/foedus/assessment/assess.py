"""The main job: a record and a program in, findings out.

Each norm of each instrument asked about is grounded for every bearer and beneficiary; the exact
engine says in which worlds it holds: on the facts (all judgements open), granting what nobody
disputes, and on what anybody has claimed.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace

from foedus import __version__
from foedus.assessment.asked import all_instances, groups_of
from foedus.assessment.case import Asked, prepare
from foedus.assessment.find import find, other_texts
from foedus.assessment.finding import Assessment
from foedus.assessment.names import (
    check_group,
    check_norms,
    check_supposed,
    check_weights,
    is_named,
    stand_ins,
)
from foedus.assessment.positions import positions
from foedus.assessment.questions import letter_of, open_questions
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.engines.contract import Circuit, NoWorld, TooLarge
from foedus.engines.ground import BUDGET
from foedus.engines.reason import TooManyGrounds
from foedus.engines.worlds import worlds
from foedus.evidence.lineage import count_documents, count_sources
from foedus.evidence.record import Dossier
from foedus.evidence.tensions import tensions
from foedus.ir.norm import Program


def assess(dossier: Dossier, program: Program, asked: Asked | None = None) -> Assessment:
    """Answer a dossier. Raises `Refused` for a question that names what does not exist (F503, F510), that
    is too large (F511), or that supposes what cannot all be so (F512)."""
    asked = asked or Asked()
    with bounded(asked.suppose):
        return _assess(dossier, program, resolve(dossier, program, asked))


@contextmanager
def bounded(suppose: Mapping[str, str]) -> Generator[None]:
    """What spends an engine's budget (F511), or supposes a contradiction (F512), is told as such."""
    try:
        yield
    except TooManyGrounds as spent:
        what = f"more than {BUDGET:,} steps of reasons, the last of them for `{spent}`"
        raise Refused(Problem("F511", NOWHERE, {"what": what})) from None
    except TooLarge as spent:
        raise Refused(Problem("F511", NOWHERE, {"what": str(spent)})) from None
    except NoWorld:
        said = ", ".join(f"`{name}={value}`" for name, value in suppose.items())
        raise Refused(Problem("F512", NOWHERE, {"what": said or "the record and the pages"})) from None


def _assess(dossier: Dossier, program: Program, asked: Asked) -> Assessment:
    case = prepare(dossier, program, asked)
    found, missing = all_instances(case)
    case.fixed.update(stand_ins(asked.suppose, case.circuit))
    groups = groups_of(found)
    others = [other_texts(case, group[0]) for group in groups]
    engine = worlds(case.circuit) if asked.budget is None else worlds(case.circuit, asked.budget)
    findings = tuple(find(case, engine, *both) for both in zip(groups, others, strict=True))
    questions = open_questions(case.at, findings, case.standings)
    heard = case.at.record
    return Assessment(
        dossier=dossier,
        program=program,
        on=case.at.upto,
        known_by=asked.known_by,
        findings=findings,
        questions=questions,
        positions=positions(case.at, engine, findings, questions, case.granted),
        standings=case.standings,
        documents=count_documents(heard),
        sources=count_sources(heard),
        tensions=tensions(heard, case.standings),
        not_in_force=missing,
        quantities=heard.quantities,
        supposed={**asked.suppose, **{f"{name}.text": text for name, text in asked.text.items()}},
        engine=engine.name,
        version=__version__,
        digests=digests_of(dossier, program),
        asked=asked,
    )


def digests_of(dossier: Dossier, program: Program) -> dict[str, str]:
    """The digests of everything that an answer was read from, by the ids of instruments and dossier."""
    pages = program.digests or {i.id: i.digest for i in program.instruments.values()}
    apart = {(f"{name}.md" if name == dossier.id else name): made for name, made in pages.items()}
    return {**apart, dossier.id: dossier.digest}


def resolve(dossier: Dossier, program: Program, asked: Asked) -> Asked:
    """Letters to ids; `cst.text=1992` to a text; and a message for what does not exist."""
    check_norms(asked.only, program, "--only")
    suppose: dict[str, str] = {}
    text = dict(asked.text)
    letters: Mapping[str, str] = {}
    if any(len(name) <= 2 and name.isalpha() and name.isupper() for name in asked.suppose):
        letters = letter_of(assess(dossier, program, replace(asked, suppose={}, only=())))
    for name, value in asked.suppose.items():
        name = letters.get(name, name)
        instrument, _, rest = name.partition(".")
        if rest == "text" and instrument in program.instruments:
            known = [t.id for t in program.instruments[instrument].texts]
            if value not in known:
                raise Refused(
                    Problem("F503", NOWHERE, {"name": name, "value": value, "known": ", ".join(known)})
                )
            text[instrument] = value
        elif name in program.questions:
            answers = [a.name for a in program.questions[name].answers]
            if value not in answers:
                known_answers = ", ".join(f"“{a}”" for a in answers)
                raise Refused(
                    Problem("F503", NOWHERE, {"name": name, "value": value, "known": known_answers})
                )
            suppose[name] = value
        else:
            suppose[name] = value
    return _held_against(dossier, program, replace(asked, suppose=suppose, text=text))


def _held_against(dossier: Dossier, program: Program, asked: Asked) -> Asked:
    """Suppositions and weights, held against everything on which the whole answer could turn."""
    if not asked.weights and all(is_named(name, dossier, program) for name in asked.suppose):
        return _known(dossier, program, asked, Circuit())
    whole = replace(asked, only=(), bearer=None, beneficiary=None)
    if asked != whole:
        # Mostly the part of the answer that is asked for has the names; to lay out the whole costs many times that.
        with suppress(Refused):
            return _known(dossier, program, asked, _laid_out(dossier, program, asked))
    return _known(dossier, program, asked, _laid_out(dossier, program, whole))


def _laid_out(dossier: Dossier, program: Program, asked: Asked) -> Circuit:
    """What an answer could turn on."""
    case = prepare(dossier, program, asked)
    all_instances(case)
    return case.circuit


def _known(dossier: Dossier, program: Program, asked: Asked, circuit: Circuit) -> Asked:
    """What is supposed, each with a value that it can have; refuses names that neither the circuit nor a page nor
    the record has."""
    check_supposed(asked.suppose, dossier, program, circuit)
    check_weights(asked.weights or {}, dossier, program, circuit)
    suppose: dict[str, str] = {}
    for name, value in asked.suppose.items():
        if name in program.questions:
            suppose[name] = value
        elif name in circuit.groups:
            suppose[check_group(name, value, circuit)] = "yes"
        elif value not in ("yes", "no"):
            raise Refused(Problem("F503", NOWHERE, {"name": name, "value": value, "known": "yes, no"}))
        else:
            suppose[name] = value
    return replace(asked, suppose=suppose)
