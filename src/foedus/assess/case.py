"""One dossier under one program, made ready: what is asked, how every fact stands, what is fixed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from foedus.engines.contract import Circuit
from foedus.engines.situation import Situation, answer_var
from foedus.evidence.closings import close
from foedus.evidence.known import said_by, source_known
from foedus.evidence.quantities import known_values
from foedus.evidence.record import Dossier, Held, Record, StandingWord
from foedus.evidence.standing import Standing, weigh
from foedus.ir import formula as f
from foedus.ir.norm import Program


@dataclass(frozen=True)
class Asked:
    """What the user asks beyond the dossier: another day, what was known, suppositions, weights."""

    on: date | None = None
    known_by: date | None = None
    suppose: Mapping[str, str] = field(default_factory=dict[str, str])
    only: tuple[str, ...] = ()
    bearer: str | None = None
    beneficiary: str | None = None
    text: Mapping[str, str] = field(default_factory=dict[str, str])
    weights: Mapping[str, Fraction] | None = None
    budget: int | None = None


@dataclass
class Case:
    """One dossier under one program, made ready: the situation and what is fixed in it."""

    dossier: Dossier
    program: Program
    asked: Asked
    at: Situation
    standings: Mapping[str, Standing]
    fixed: dict[str, bool]
    undisputed: dict[str, bool]

    @property
    def circuit(self) -> Circuit:
        """The circuit on which everything is reasoned."""
        return self.at.circuit

    @property
    def granted(self) -> dict[str, bool]:
        """What is fixed, and what nobody disputes."""
        return {**self.undisputed, **self.fixed}


def prepare(dossier: Dossier, program: Program, asked: Asked) -> Case:
    """The situation on the day asked about, with the standing of every fact."""
    standings = weigh(dossier.record, asked.known_by)
    words: dict[str, StandingWord] = {fact: standing.word for fact, standing in standings.items()}
    closings = close(dossier.record, words, asked.known_by)
    upto = asked.on or (
        dossier.on.last if dossier.on else dossier.period.last if dossier.period else date.today()  # noqa: DTZ011  nothing else says when
    )
    heard = known_record(dossier.record, program, asked.known_by)
    at = Situation(
        program, heard, words, closings, upto, dossier.period, frozenset(asked.suppose), spare=_spare(program)
    )
    fixed = {
        fact: word == "established" for fact, word in words.items() if word in ("established", "refuted")
    }
    undisputed = {fact: True for fact, word in words.items() if word == "undisputed"}
    for name, value in _suppositions(program, asked.suppose).items():
        fixed[name] = value
        undisputed.pop(name, None)
    return Case(dossier, program, asked, at, standings, fixed, undisputed)


def known_record(record: Record, program: Program, known_by: date | None) -> Record:
    """The record as known by a day, with the readings that the pages say somebody holds."""
    held = list(record.held)
    for question in program.questions.values():
        for answer in question.answers:
            held += [
                Held(question.id, answer.name, h.by, h.on, h.source, h.unconfirmed, h.place)
                for h in answer.holders
            ]
    if known_by is None:
        return replace(record, held=unrepeated(held))
    known = [
        h
        for h in held
        if (h.on is None or h.on.last <= known_by) and source_known(record, h.source, known_by)
    ]
    quantities = tuple(
        q for quantity in record.quantities if (q := known_values(record, quantity, known_by)).values
    )
    return replace(record, claims=said_by(record, known_by), held=unrepeated(known), quantities=quantities)


def unrepeated(held: Iterable[Held]) -> tuple[Held, ...]:
    """Each holding once, whether the page or the dossier says so, earliest first: a later word of
    the same speaker replaces an earlier one."""
    found: dict[tuple[str, str, str, str], Held] = {}
    for h in held:
        found.setdefault((h.question, h.answer, h.by, str(h.on)), h)
    return tuple(sorted(found.values(), key=lambda h: h.on.first.toordinal() if h.on else 0))


def _spare(program: Program) -> int:
    """Counting to k needs k individuals that nobody listed."""
    most = 1
    stack: list[f.Formula] = [n.when for n in program.norms] + [d.body for d in program.defines]
    while stack:
        match stack.pop():
            case f.AtLeast(k, _, body):
                most = max(most, k)
                stack.append(body)
            case f.And(parts) | f.Or(parts):
                stack.extend(parts)
            case f.Not(body):
                stack.append(body)
            case f.Choose(_, answers):
                stack.extend(body for _, body in answers)
            case _:
                pass
    return min(most, 4)


def _suppositions(program: Program, suppose: Mapping[str, str]) -> dict[str, bool]:
    fixed: dict[str, bool] = {}
    for name, value in suppose.items():
        question = program.questions.get(name)
        if question is None:
            fixed[name] = value == "yes"
        else:
            for answer in question.answers:
                fixed[answer_var(name, answer.name)] = answer.name == value
    return fixed
