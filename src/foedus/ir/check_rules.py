"""What can be said of rules of decision as a whole: ways that are never tried, a say for those who are no members.

>>> check_rules(Program(), frozenset())
()
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from foedus.diagnostics.problem import Note, Problem
from foedus.ir.check import below, joined
from foedus.ir.decision import ACTS, DecisionRule, Way
from foedus.ir.formula import AtLeast, Atom, Const, Formula, Lit, Term, Var
from foedus.ir.norm import Program

VOTES = frozenset(word for words in ACTS.values() for word in words)


def check_rules(program: Program, own: Collection[str]) -> tuple[Problem, ...]:
    """The problems of the rules of the instruments in `own`: a way that is never tried (F623), a say for somebody who
    is no member (F624)."""
    rules = [rule for rule in program.rules if rule.id.partition(".")[0] in own]
    return tuple(problem for rule in rules for problem in (*_idle(rule), *_strangers(program, rule)))


def _idle(rule: DecisionRule) -> Iterator[Problem]:
    """Ways behind one like them, or behind one that always passes."""
    for n, way in enumerate(rule.ways):
        for before in rule.ways[:n]:
            if _meant(before) == _meant(way):
                why = "one above it asks for the same in the same way"
            elif before.passes == Lit(True) and before.quorum is None:
                why = "one above it always passes"
            else:
                continue
            notes = (Note(before.place, "the way before it"),)
            yield Problem("F623", way.place, {"why": why}, notes=notes)
            break


def _meant(way: Way) -> tuple[str, Formula, Formula | None]:
    return way.by, way.passes, way.quorum


def _strangers(program: Program, rule: DecisionRule) -> Iterator[Problem]:
    """Those whose acts the rule asks for and who, as the pages have it, never were members."""
    instrument, _, role = rule.members.partition(".")
    known = program.instruments.get(instrument)
    if known is None:
        return
    members = {life.state for life in known.lives if life.role == (role or "party")}
    if not members or len(members) < (rule.seats or 0):
        return
    told: set[str] = set()
    shown = ", ".join(sorted(members)[:6]) + (" …" if len(members) > 6 else "")
    for way in rule.ways:
        for formula in filter(None, (way.quorum, way.passes)):
            for who, names, at in _heard(program, formula):
                if who not in told and not members.intersection(names):
                    told.add(who)
                    values = {"who": who, "name": rule.id.partition(".")[2], "members": shown}
                    yield Problem("F624", at.place, values)


def _heard(program: Program, formula: Formula) -> Iterator[tuple[str, frozenset[str], Atom]]:
    """Whoever is named as doing something about the motion, and which states that is: one by its code, or all that
    hold a role."""
    for part in below(formula):
        if (
            isinstance(part, Atom)
            and part.predicate in VOTES
            and part.terms
            and isinstance(part.terms[0], Const)
        ):
            name = part.terms[0].name
            yield f"`{name}`", frozenset({name}), part
        if isinstance(part, AtLeast):
            acting = any(_acts(inner, part.var) for inner in below(part.body))
            for inner in joined(part.body):
                if acting and (states := _of_role(program, inner, part.var)) is not None:
                    assert isinstance(inner, Atom)
                    yield f"each `{inner.predicate}`", states, inner


def _acts(formula: Formula, who: Term) -> bool:
    return isinstance(formula, Atom) and formula.predicate in VOTES and formula.terms[:1] == (who,)


def _of_role(program: Program, formula: Formula, who: Var) -> frozenset[str] | None:
    """The states that ever held the role under an instrument, if that is what is said of `who`."""
    match formula:
        case Atom(predicate=role, terms=(term, Const(name))) if term == who and name in program.instruments:
            return frozenset(life.state for life in program.instruments[name].lives if life.role == role)
        case _:
            return None


__all__ = ["check_rules"]
