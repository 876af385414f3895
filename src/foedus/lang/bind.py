"""Binds variables in the smallest scope that holds all their occurrences.

`party(p) and force(_, v) as a and grave(a)` becomes *there is a p …* beside *there is an a …*: two
small scopes for the engines instead of one large, and a branch of an `or` does not fall because there
is nothing of the sort that only the other branch speaks of.

>>> a, v = Var("a", "force"), Var("v", "State")
>>> where = bind([a, v], And((Atom("party", (v,)), Atom("grave", (a,)))))
>>> [type(part).__name__ + " " + part.var.name for part in where.parts]
['AtLeast v', 'AtLeast a']
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeAlias

from foedus.ir.formula import (
    And,
    AtLeast,
    Atom,
    Choose,
    Defined,
    Earlier,
    Formula,
    Lit,
    Not,
    Or,
    Same,
    Some,
    Speech,
    Term,
    Unread,
    Var,
)  # fmt: skip

Free: TypeAlias = frozenset[Var]
_Joiner: TypeAlias = Callable[[tuple[Formula, ...]], Formula]


def terms_of(formula: Formula) -> tuple[Term, ...]:
    """The terms that a formula itself names, not those of the formulas inside it."""
    match formula:
        case Atom(terms=terms, mark=mark):
            return terms if mark is None else (*terms, mark)
        case Speech(speaker=speaker, content=content):
            return (speaker, *content.terms)
        case Same(left, right):
            return (left, right)
        case Earlier(first, second):
            return (first, second)
        case Defined(terms=terms):
            return terms
        case Lit() | Not() | And() | Or() | AtLeast() | Choose() | Unread():
            return ()


def inside(formula: Formula) -> tuple[Formula, ...]:
    """The formulas directly inside one."""
    match formula:
        case And(parts) | Or(parts):
            return parts
        case Not(body) | AtLeast(body=body):
            return (body,)
        case Choose(answers=answers):
            return tuple(f for _, f in answers)
        case Lit() | Atom() | Speech() | Same() | Earlier() | Defined() | Unread():
            return ()


def free(formula: Formula) -> Free:
    """The variables that a formula leaves open."""
    own = frozenset(term for term in terms_of(formula) if isinstance(term, Var))
    found = own.union(*(free(part) for part in inside(formula)))
    return found - {formula.var} if isinstance(formula, AtLeast) else found


def bind(variables: Iterable[Var], formula: Formula) -> Formula:
    """The formula with the variables bound, each as narrowly as it occurs."""
    open_here = free(formula)
    wanted = [v for v in variables if v in open_here]
    if not wanted:
        return formula
    match formula:
        case And(parts, place):
            flat = tuple(q for p in parts for q in (p.parts if isinstance(p, And) else (p,)))
            return _regroup(wanted, flat, lambda some: And(some, place))
        case Or(parts, place):
            flat = tuple(q for p in parts for q in (p.parts if isinstance(p, Or) else (p,)))
            return _regroup(wanted, flat, lambda some: Or(some, place))
        case Not(body, place):
            return Not(bind(wanted, body), place)
        case AtLeast(body=And((base, *counted)), share=share) if share is not None:
            return _shared(wanted, formula, base, counted)
        case AtLeast(body=body):
            return replace(formula, body=bind(wanted, body))
        case Choose(question, answers, place):
            bodies = [f for _, f in answers]
            shared = [v for v in wanted if sum(v in free(f) for f in bodies) > 1]
            kept = [v for v in wanted if v not in shared]
            return _wrap(shared, Choose(question, tuple((name, bind(kept, f)) for name, f in answers), place))
        case Atom() | Speech() | Same() | Earlier() | Defined() | Lit() | Unread():
            return _wrap(wanted, formula)


def _shared(variables: Sequence[Var], formula: AtLeast, base: Formula, counted: Sequence[Formula]) -> Formula:
    """The base of a share stays a part of its own: what stands in it and in what is counted is bound around both."""
    inner = And(tuple(counted), formula.body.place)
    both = [v for v in variables if v in free(base) and v in free(inner)]
    kept = [v for v in variables if v not in both]
    bound = bind(kept, counted[0] if len(counted) == 1 else inner)
    body = And((bind(kept, base), bound), formula.body.place)
    return _wrap(both, replace(formula, body=body))


def _wrap(variables: Sequence[Var], formula: Formula) -> Formula:
    for v in reversed(variables):
        formula = Some(v, formula, formula.place)
    return formula


def _regroup(variables: Sequence[Var], parts: tuple[Formula, ...], join: _Joiner) -> Formula:
    """Parts that share a variable stand together under its binder, at the place of the first."""
    opens = [free(part) for part in parts]
    shared = [v for v in variables if sum(v in o for o in opens) > 1]
    group = list(range(len(parts)))
    for v in shared:
        touched = [i for i, o in enumerate(opens) if v in o]
        first = min(group[i] for i in touched)
        merged = {group[i] for i in touched}
        group = [first if g in merged else g for g in group]
    kept = [v for v in variables if v not in shared]
    bound = [bind(kept, part) for part in parts]
    result: list[Formula] = []
    for head in dict.fromkeys(group):
        members = tuple(part for part, g in zip(bound, group, strict=True) if g == head)
        owned = [v for v in shared if any(v in o for o, g in zip(opens, group, strict=True) if g == head)]
        result.append(_wrap(owned, members[0] if len(members) == 1 else join(members)))
    return result[0] if len(result) == 1 else join(tuple(result))
