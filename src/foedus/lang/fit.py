"""Which argument fills which role: atoms of formulas and records, matched to the word they use.

Positional arguments fill the roles in order, named ones by name; a role left out is whoever.

>>> from foedus.lang.tree import Arg
>>> words = Words(Slips())
>>> roles = (Role("author", "Actor"), Role("victim", "State"))
>>> words.predicates["force"] = Predicate("force", "incident", roles)
>>> force = AtomF(Name("force"), (Arg(Name("victim"), Name("ARV")),))
>>> [(slot.name, term and term.text) for slot, term in fit(force, words, None).slots]
[('author', None), ('victim', 'ARV')]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from foedus.diagnostics.problem import Note
from foedus.diagnostics.span import NOWHERE, Place
from foedus.lang.slips import Slips
from foedus.lang.tree import AtomF, Name, OneOf, Term
from foedus.lang.words import BUILT_IN, Home, Signature, Words
from foedus.terms.fact import Predicate, Role

DECIDED = Predicate("decided", "status", (Role("by", "Organ"),))

__all__ = ["DECIDED", "Fitted", "Slips", "Slot", "fit"]


@dataclass(frozen=True, slots=True)
class Slot:
    """A place to fill: a predicate's role or a term's parameter, with where it was declared."""

    name: str
    sort: str
    marked: bool = False
    declared: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Fitted:
    """A word with its slots, each with what fills it (None: whoever)."""

    kind: Literal["word", "term", "decided"]
    name: str
    predicate: Predicate | None
    slots: tuple[tuple[Slot, Term | None], ...]


def fit(atom: AtomF, words: Words, home: Home | None, signature: Signature | None = None) -> Fitted | None:
    """The atom's word and its filled slots; None (with a problem noted) if it has no such word.

    `signature` is given when the atom's word is a term of a page.
    """
    if signature is not None:
        slots = [Slot(p.name, p.sort, p.marked, signature.place) for p in signature.params]
        return Fitted("term", signature.name, None, _fill(atom, slots, words, signature.place))
    if atom.predicate.text == "decided" and "decided" not in words.predicates:
        return Fitted("decided", "decided", DECIDED, _fill(atom, _slots(DECIDED), words, NOWHERE))
    predicate = words.predicate(atom.predicate, home)
    if predicate is None:
        return None
    return Fitted("word", predicate.name, predicate, _fill(atom, _slots(predicate), words, predicate.place))


def _slots(predicate: Predicate) -> list[Slot]:
    return [Slot(role.name, role.sort, False, predicate.place) for role in predicate.roles]


def _fill(
    atom: AtomF, slots: Sequence[Slot], words: Words, declared: Place
) -> tuple[tuple[Slot, Term | None], ...]:
    names = [slot.name for slot in slots]
    filled: dict[str, Term] = {}
    word = atom.predicate.text
    shape = f"{word}({', '.join(names)})"
    position = 0
    for arg in atom.args:
        if arg.role is None:
            if position >= len(slots):
                given = str(len(atom.args))
                words.slips.add(
                    "F203", atom.place, notes=(Note(declared, "declared here"),), name=word, given=given,
                    takes=str(len(slots)), shape=shape,
                )  # fmt: skip
                break
            role, place = names[position], _place(arg.term)
            position += 1
        else:
            role, place = arg.role.text, arg.role.place
            if role not in names:
                listed = ", ".join(f"`{name}`" for name in names) or "none"
                words.slips.unknown("F204", place, role, names, do=f"The roles of `{word}` are: {listed}.")
                continue
        if role in filled:
            words.slips.add(
                "F205", place, notes=(Note(_place(filled[role]), "given here first"),), name=role, word=word
            )
        else:
            filled[role] = arg.term
    return tuple((slot, filled.get(slot.name)) for slot in slots)


def _place(term: Term) -> Place:
    if isinstance(term, OneOf) and term.place == NOWHERE and term.names:
        return term.names[0].place
    return term.place


def place_of_term(term: Name | OneOf) -> Place:
    """Where a term stands; for a bracketed list without a place, its first name."""
    return _place(term)


def is_built_in(name: str) -> bool:
    """Whether a word needs no declaration."""
    return name in BUILT_IN or name == "decided"
