"""Who would sit under a rule where nobody votes yet: the members of the day, or named and unnamed seats."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from foedus.council.electorate import members_of
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole
from foedus.ir.check import below
from foedus.ir.decision import DecisionRule
from foedus.ir.formula import Atom, Const, Defined, Formula, Same
from foedus.ir.norm import Program
from foedus.terms.codes import codes_on, table
from foedus.terms.states import STATES

SEAT = "seat {n}"
"""How a member is called whom nobody names."""


def seated(
    program: Program,
    rule: DecisionRule,
    on: date,
    members: Sequence[str] | None = None,
    seats: int | None = None,
) -> tuple[tuple[str, ...], frozenset[str]]:
    """The members and, among them, those of whom the dates leave it open. Where no page says who they are: the states
    that the rule itself names and that stood on the day, and as many more as there are seats.

    Raises `Refused` (F696) where nobody says how many, or the seats are too few."""
    found, doubtful = (
        (tuple(dict.fromkeys(members)), frozenset[str]()) if members else members_of(program, rule, on)
    )
    if not found:
        found = named_in(program, rule, on)
    elif seats is None:
        return found, doubtful
    many = seats if seats is not None else rule.seats
    if many is None or many < len(found) or many < 1:
        why = (
            "who its members are the page does not say, nor how many"
            if many is None
            else f"{many} seats are too few for those who are named"
        )
        values = {
            "rule": rule.id,
            "why": why,
            "help": "Say who they are, or how many: --members ARV,BOR; --seats 15.",
        }
        raise Refused(Problem("F696", whole(rule.id), values))
    return (*found, *(SEAT.format(n=n) for n in range(len(found) + 1, many + 1))), doubtful


def formulas_of(program: Program, rule: DecisionRule) -> list[Formula]:
    """What a rule says, with what the terms mean to which it refers."""
    looked: list[Formula] = [
        part for way in rule.ways for part in (way.quorum, way.passes) if part is not None
    ]
    for formula in looked:  # which grows
        wanted = {part.name for part in below(formula) if isinstance(part, Defined)}
        looked += [d.body for d in program.defines if d.name in wanted and d.body not in looked]
    return looked


def named_in(program: Program, rule: DecisionRule, on: date) -> tuple[str, ...]:
    """The states that a rule, or a term of it, names, and that stood on the day."""
    found: dict[str, None] = {}
    for formula in formulas_of(program, rule):
        for part in below(formula):
            match part:
                case Atom(terms=terms) | Defined(terms=terms):
                    found |= dict.fromkeys(term.name for term in terms if isinstance(term, Const))
                case Same(left, right):
                    found |= dict.fromkeys(term.name for term in (left, right) if isinstance(term, Const))
                case _:
                    pass
    return tuple(name for name in found if name in STATES and _stood(name, on))


def _stood(code: str, on: date) -> bool:
    state = STATES[code]
    begun = state.from_ is None or state.from_.first <= on
    ended = state.until is not None and on >= state.until.last
    numbered = any(row.code == code for row in table())
    return begun and not ended and (codes_on(code, on) is not None or not numbered)
