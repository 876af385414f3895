"""The variables in which a formula is open.

>>> from foedus.ir.formula import Const
>>> p, m = Var("p", "State"), Var("m", "Act")
>>> [var.name for var in free(AtLeast(1, p, Atom("objects", (p, m))))]
['m']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
)


def free(formula: Formula) -> Iterator[Var]:
    """Each variable that nothing in the formula binds, where it first occurs."""
    yield from dict.fromkeys(_free(formula, frozenset()))


def _free(formula: Formula, bound: frozenset[str]) -> Iterator[Var]:
    match formula:
        case Lit() | Unread():
            return
        case And(parts) | Or(parts):
            for part in parts:
                yield from _free(part, bound)
        case Not(body):
            yield from _free(body, bound)
        case AtLeast(var=var, body=body):
            yield from _free(body, bound | {var.name})
        case Choose(answers=answers):
            for _, body in answers:
                yield from _free(body, bound)
        case Atom(terms=terms, mark=mark):
            yield from _variables((*terms, *(() if mark is None else (mark,))), bound)
        case Defined(terms=terms):
            yield from _variables(terms, bound)
        case Speech(speaker=speaker, content=content):
            yield from _variables((speaker, *content.terms), bound)
        case Same(left, right) | Earlier(left, right):
            yield from _variables((left, right), bound)


def _variables(terms: Iterable[Term], bound: frozenset[str]) -> Iterator[Var]:
    yield from (term for term in terms if isinstance(term, Var) and term.name not in bound)
