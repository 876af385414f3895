"""One step of a reason, before it is put into words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from foedus.diagnostics.span import NOWHERE, Place
from foedus.engines.contract import Circuit, Lit
from foedus.engines.situation import Covering


class TooManyGrounds(Exception):
    """A page and a record that together need more grounds than the budget allows."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One step of a reason.

    `op` says how to read it: fact · judgement · role · status · unlisted · speech · sort · same ·
    order · party · unread · constant · and · or · not · some · choose · answer · defined ·
    mismatch. `subject` is what the step is about (a fact's id, a term's name, a question's id),
    `args` its arguments, `basis` the closing, presumption or refuted fact that settles it.
    """

    op: str
    lit: Lit
    subject: str = ""
    args: tuple[str, ...] = ()
    children: tuple[Ground, ...] = ()
    basis: Covering | None = None
    place: Place = NOWHERE


MISMATCH = Ground("mismatch", Circuit.FALSE)


def met_by(ground: Ground) -> Iterator[str]:
    """The listed incidents and acts on which a ground rests, as they are met with; a name may come again."""
    stack, seen = [ground], set[int]()
    while stack:
        step = stack.pop()
        if id(step) in seen:  # definitions are grounded once, and stand in many places
            continue
        seen.add(id(step))
        if step.op == "fact" and step.lit != Circuit.FALSE:
            yield step.subject
        stack.extend(step.children)


def individuals(ground: Ground) -> frozenset[str]:
    """The listed incidents and acts on which a ground rests."""
    return frozenset(met_by(ground))
