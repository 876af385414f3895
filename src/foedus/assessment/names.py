"""The names in a question, held against what there is: a slip is told, with the name that was meant.

A *name* is what a supposition, a weight or `--only` is about: a fact or judgement of the record, a question
of a page, a norm or an instrument, or anything else on which an answer can turn, by the name that the
answer gives it (`some request`, `grave(almaty)`, `when plea`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction

from foedus.assessment.questions import SOME_STATEMENT, STATEMENT
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.diagnostics.suggest import suggest
from foedus.engines.contract import Circuit
from foedus.engines.situation import answer_var
from foedus.evidence.record import Dossier
from foedus.ir.norm import Program
from foedus.terms.time import in_words, parse_date

FEW = 12
"""So many names are listed where none is near; a longer list helps nobody."""

IN_THE_ANSWER = "The answer names everything that it turns on; its ids and its letters can be supposed."


def unknown(name: str, among: Iterable[str], where: str, otherwise: str = IN_THE_ANSWER) -> Refused:
    """That nothing is called `name` (F510), with the nearest of the names there are, or what else to do."""
    near = suggest(name, among)
    advice = f"Did you mean `{near}`?" if near else otherwise
    return Refused(Problem("F510", NOWHERE, {"name": name, "known": advice}, label=where))


def listed(names: Iterable[str]) -> str:
    """The first few of the names, in quotes."""
    known = list(names)
    return ", ".join(f"“{name}”" for name in known[:FEW]) + (", …" if len(known) > FEW else "")


def check_norms(names: Iterable[str], program: Program, where: str) -> None:
    """Refuses a norm or instrument that no page has."""
    known = {norm.id for norm in program.norms} | set(program.instruments)
    for name in names:
        if name not in known:
            raise unknown(name, known, where, f"The instruments asked about: {listed(program.instruments)}.")


def is_named(name: str, dossier: Dossier, program: Program) -> bool:
    """Whether a page or the record has the name, so that nothing need be laid out to find it."""
    return name in program.questions or any(fact.id == name for fact in dossier.record.facts)


def check_supposed(suppose: Mapping[str, str], dossier: Dossier, program: Program, circuit: Circuit) -> None:
    """Refuses a supposition about what no answer could turn on."""
    known = dict.fromkeys([fact.id for fact in dossier.record.facts] + list(program.questions))
    known |= dict.fromkeys([*variables(circuit), *circuit.groups])
    known |= dict.fromkeys(name.partition("(")[0] for name in variables(circuit) if name.startswith("some "))
    known |= dict.fromkeys(SOME_STATEMENT for name in variables(circuit) if STATEMENT.match(name))
    for name in suppose:
        if name not in known:
            raise unknown(name, known, "in what is supposed")


def check_group(name: str, value: str, circuit: Circuit) -> str:
    """The one answer meant to a question of dates, order or identity: `when plea=2022-01-05`.

    Each such question is a group of which one member holds; a member may be named by its end. Refuses
    an answer that the question does not have (F503)."""
    answers = {member: ends(member) for member in circuit.groups[name]}
    chosen = [member for member, short in answers.items() if value in (member, *short)]
    if len(chosen) != 1:
        known = listed(short[0] if short else member for member, short in answers.items())
        raise Refused(Problem("F503", NOWHERE, {"name": name, "value": value, "known": known}))
    return chosen[0]


def ends(member: str) -> tuple[str, ...]:
    """How else a member may be named: `plea@2022-01-05` by its day, as written and in words."""
    if "@" in member:
        day = member.rpartition("@")[2]
        return day, in_words(parse_date(day, NOWHERE))
    return (member.rpartition("=")[2],) if "=" in member else ()


def stand_ins(suppose: Mapping[str, str], circuit: Circuit) -> dict[str, bool]:
    """What it means to suppose that there was, or was not, one that nobody listed: `some request=no`.

    There was none: none with any roles, however many are counted. There was one: one that fits, whatever
    roles a clause asks for."""
    found: dict[str, bool] = {}
    for name, value in suppose.items():
        if name == SOME_STATEMENT:
            found.update(dict.fromkeys(filter(STATEMENT.match, variables(circuit)), value == "yes"))
        elif name.startswith("some "):
            more = "" if value == "yes" else r"(?: [0-9]+)?"
            fits = re.compile(rf"{re.escape(name)}{more}\(")
            found.update(dict.fromkeys(filter(fits.match, variables(circuit)), value == "yes"))
    return found


def check_weights(
    weights: Mapping[str, Fraction], dossier: Dossier, program: Program, circuit: Circuit
) -> None:
    """Refuses a weight of what no answer could turn on, and of an answer that a question lacks."""
    known = dict.fromkeys([fact.id for fact in dossier.record.facts] + variables(circuit))
    answers = {answer_var(q.id, a.name): a.name for q in program.questions.values() for a in q.answers}
    for name in weights:
        if name in known or name in answers:
            continue
        question, equals, answer = name.partition('="')
        if equals and question in program.questions:
            given = listed(a.name for a in program.questions[question].answers)
            raise Refused(Problem("F503", NOWHERE, {"name": question, "value": answer[:-1], "known": given}))
        if equals:
            raise unknown(question, program.questions, "in the weights")
        raise unknown(name, known, "in the weights")


def variables(circuit: Circuit) -> list[str]:
    """What a circuit is about, in order of first mention."""
    return [node.name for node in circuit.nodes if node.op == "var"]
