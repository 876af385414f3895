"""Which incidents and acts can be meant by a variable of a condition: those of the kinds and roles it speaks of.

A condition that tries every incident of a record for `force(x, v) as a or war(x, v) as a` spends nearly all its time
on mobilisations of other states. Where what is left out need not be told (brief grounds), only these are tried.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from foedus.engines.situation import Situation
from foedus.ir import formula as f
from foedus.ir.norm import Define

Possible = frozenset[str] | None
"""The individuals, or None: nothing is known of whom it can be."""


class Reader(Protocol):
    """What knows the situation, and what terms mean in it."""

    @property
    def at(self) -> Situation:
        """The situation."""
        ...

    @property
    def definition(self) -> Callable[[str], Define]:
        """A term's definition under the text that applies. LookupError if it has none."""
        ...


def among(reader: Reader, name: str, body: f.Formula, env: Mapping[str, str]) -> Possible:
    """The individuals for which the body can be true at all, `name` being bound to them."""
    match body:
        case f.And(parts):
            known = [p for part in parts if (p := among(reader, name, part, env)) is not None]
            return frozenset[str].intersection(*known) if known else None
        case f.Or(parts):
            return _any(reader, name, parts, env)
        case f.Choose(_, answers):
            return _any(reader, name, tuple(answer for _, answer in answers), env)
        case f.AtLeast() if body.k >= 1 and body.share is None and body.weight is None:
            if body.var.name == name:
                return None
            inner = {key: value for key, value in env.items() if key != body.var.name}
            return among(reader, name, body.body, inner)
        case f.Defined(term, terms):
            at = [n for n, t in enumerate(terms) if isinstance(t, f.Var) and t.name == name]
            if len(at) != 1:
                return None
            define = reader.definition(term)
            bound = {var.name: _value(t, env) for var, t in zip(define.vars, terms, strict=True)}
            inner = {key: value for key, value in bound.items() if value is not None}
            return among(reader, define.vars[at[0]].name, define.body, inner)
        case f.Atom(predicate, terms, f.Var(mark, _)) if mark == name:
            return _of(reader.at, predicate, tuple(_value(term, env) for term in terms))
        case _:
            return None


def _any(reader: Reader, name: str, parts: tuple[f.Formula, ...], env: Mapping[str, str]) -> Possible:
    found: set[str] = set()
    for part in parts:
        possible = among(reader, name, part, env)
        if possible is None:
            return None
        found |= possible
    return frozenset(found)


def _value(term: f.Term, env: Mapping[str, str]) -> str | None:
    return term.name if isinstance(term, f.Const) else env.get(term.name) if isinstance(term, f.Var) else None


def _of(at: Situation, predicate: str, wanted: tuple[str | None, ...]) -> frozenset[str]:
    """The individuals of a predicate that can have these roles; nobody knows who those nobody listed are."""
    return frozenset(at.unlisted(predicate)) | at.listed_with(predicate, wanted)
