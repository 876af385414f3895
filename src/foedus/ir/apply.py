"""A formula said of something: its open variables replaced by terms.

>>> from foedus.ir.formula import Const
>>> p, q = Var("p", "State"), Var("q", "State")
>>> near = AtLeast(1, q, Atom("allied", (p, q)))
>>> apply(near, {p: Const("ARV")}).body.terms
(Const(name='ARV'), Var(name='q', sort='State'))
>>> apply(near, {p: q}).body.terms
(Var(name='q', sort='State'), Var(name='q1', sort='State'))
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import count

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
    Speech,
    Term,
    Unread,
    Var,
)  # fmt: skip

Terms = Mapping[Var, Term]


def apply(formula: Formula, terms: Terms) -> Formula:
    """The formula with each of these variables replaced, where it is open; a variable bound inside that has the name
    of one that comes in is renamed."""
    match formula:
        case Atom(terms=old, mark=mark):
            return replace(formula, terms=_all(old, terms), mark=None if mark is None else _one(mark, terms))
        case Defined(terms=old):
            return replace(formula, terms=_all(old, terms))
        case Speech(speaker=speaker, content=content):
            said = replace(content, terms=_all(content.terms, terms))
            return replace(formula, speaker=_one(speaker, terms), content=said)
        case Same(left, right):
            return replace(formula, left=_one(left, terms), right=_one(right, terms))
        case Earlier(first, second):
            return replace(formula, first=_one(first, terms), second=_one(second, terms))
        case Not(body):
            return replace(formula, body=apply(body, terms))
        case And(parts) | Or(parts):
            return replace(formula, parts=tuple(apply(part, terms) for part in parts))
        case Choose(answers=answers):
            return replace(formula, answers=tuple((name, apply(body, terms)) for name, body in answers))
        case AtLeast(var=var, body=body):
            inner = {old: new for old, new in terms.items() if old.name != var.name}
            taken = {new.name for new in inner.values() if isinstance(new, Var)}
            if var.name in taken:
                fresh = Var(next(n for i in count(1) if (n := f"{var.name}{i}") not in taken), var.sort)
                return replace(formula, var=fresh, body=apply(body, {**inner, var: fresh}))
            return replace(formula, body=apply(body, inner))
        case Lit() | Unread():
            return formula


def _one(term: Term, terms: Terms) -> Term:
    return terms.get(term, term) if isinstance(term, Var) else term


def _all(old: tuple[Term, ...], terms: Terms) -> tuple[Term, ...]:
    return tuple(_one(term, terms) for term in old)
