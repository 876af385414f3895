"""One dossier under one program, made ready: what is asked, how every fact stands, what is fixed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import TypeAlias

from foedus.engines.contract import Circuit
from foedus.engines.reason import TooManyGrounds
from foedus.engines.situation import Situation, answer_var
from foedus.evidence.closings import close
from foedus.evidence.known import said_by, source_known
from foedus.evidence.quantities import known_values
from foedus.evidence.record import Dossier, Held, Record, StandingWord
from foedus.evidence.standing import Standing, weigh
from foedus.ir.check import below, joined
from foedus.ir.formula import AtLeast, Atom, Const, Defined, Earlier, Formula, Same, Var
from foedus.ir.norm import Norm, Program

INDIVIDUALS = ("Incident", "Act", "Individual")
MOST_COUNTED = 12
"""A clause that counts more incidents than this is refused: each needs a stand-in of every kind."""


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
    unsure: frozenset[str]  # facts that would stand otherwise without what is unconfirmed

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
    named = dossier.on or dossier.period
    upto = asked.on or (named.last if named else date.today())  # noqa: DTZ011  nothing else says when
    heard = known_record(dossier.record, program, asked.known_by)
    formulas = _in_question(dossier, program, asked)
    at = Situation(
        program,
        heard,
        words,
        closings,
        upto,
        dossier.period,
        frozenset(asked.suppose),
        spare=_spare(program, formulas, lambda var: _is_individual(var, program)),
        spare_states=_spare(program, formulas, _is_actor),
        known_by=asked.known_by,
    )
    fixed = {
        fact: word == "established" for fact, word in words.items() if word in ("established", "refuted")
    }
    undisputed = {fact: True for fact, word in words.items() if word == "undisputed"}
    for name, value in _suppositions(program, asked.suppose).items():
        fixed[name] = value
        undisputed.pop(name, None)
    return Case(
        dossier, program, asked, at, standings, fixed, undisputed, resting_on_unconfirmed(heard, words)
    )


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


def resting_on_unconfirmed(record: Record, words: Mapping[str, str]) -> frozenset[str]:
    """The facts whose standing is another once unconfirmed claims and documents are left out."""
    doubtful = {name for name, source in record.sources.items() if source.unconfirmed}
    firm = tuple(c for c in record.claims if not c.unconfirmed and c.source not in doubtful)
    if len(firm) == len(record.claims):
        return frozenset()
    without = weigh(replace(record, claims=firm))
    return frozenset(name for name, standing in without.items() if standing.word != words[name])


def unrepeated(held: Iterable[Held]) -> tuple[Held, ...]:
    """Each holding once, whether the page or the dossier says so, earliest first: a later word of
    the same speaker replaces an earlier one."""
    found: dict[tuple[str, str, str, str], Held] = {}
    for h in held:
        found.setdefault((h.question, h.answer, h.by, str(h.on)), h)
    return tuple(sorted(found.values(), key=lambda h: h.on.first.toordinal() if h.on else 0))


def is_asked(norm: Norm, asked: Asked, dossier: Dossier) -> bool:
    """Whether a norm is asked about: by name, by its instrument, or as part of all."""
    if asked.only:
        return norm.id in asked.only or norm.instrument in asked.only
    if dossier.instruments and norm.instrument not in dossier.instruments:
        return False
    chosen = [name for name in dossier.only if name.partition(".")[0] == norm.instrument]
    return not chosen or norm.id in chosen


Scoped: TypeAlias = tuple[tuple[Var, ...], Formula]
"""A formula with the variables that are bound around it."""


def _in_question(dossier: Dossier, program: Program, asked: Asked) -> tuple[Scoped, ...]:
    """The conditions of the norms asked about, of the rights that lift them, and of every term these use."""
    norms = {norm.id for norm in program.norms if is_asked(norm, asked, dossier)}
    norms |= {right.id for right in program.norms if norms.intersection(right.lifts)}
    found: list[Scoped] = []
    for norm in program.norms:
        if norm.id in norms:
            found += [(norm.bound, part) for part in (norm.when, norm.until) if part is not None]
    found += [((rule.motion,), rule.passes) for rule in program.rules if rule.passes is not None]
    terms: set[str] = set()
    for _, formula in found:  # which grows by what it refers to
        wanted = {part.name for part in below(formula) if isinstance(part, Defined)} - terms
        terms |= wanted
        found += [(define.vars, define.body) for define in program.defines if define.name in wanted]
    return tuple(found)


def _spare(program: Program, formulas: Iterable[Scoped], of: Callable[[Var], bool]) -> int:
    """How many things of a kind that nobody listed a clause can need, lest an unknown be taken for false.

    Counting to k needs k; telling two apart, or saying which came first, needs one for each name in the clause.
    """
    most = 1
    for names, formula in formulas:
        parts = list(below(formula))
        quantified = [part.var for part in parts if isinstance(part, AtLeast)]
        alike = {var.name for var in (*names, *quantified) if of(var)}
        compared = any(isinstance(part, Same | Earlier) for part in parts)
        counts = [
            part.k
            for part in parts
            if isinstance(part, AtLeast)
            and part.weight is None
            and of(part.var)
            and not _of_parties(program, part)
        ]
        most = max(most, *counts, len(alike) if compared else 1)
    if most > MOST_COUNTED:
        raise TooManyGrounds(f"a clause counts to {most}")
    return most


def _of_parties(program: Program, counted: AtLeast) -> bool:
    """Whether it counts parties, or those of another role of parties: there are no others than the page lists."""
    first = next(joined(counted.body))
    match first:
        case Atom(terms=(who, Const(name)), mark=None):
            return who == counted.var and name in program.instruments
        case _:
            return False


def _is_actor(var: Var) -> bool:
    return var.sort in ("State", "Actor")


def _is_individual(var: Var, program: Program) -> bool:
    return var.sort in program.vocabulary.predicates or var.sort in INDIVIDUALS


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
