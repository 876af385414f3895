"""Which variables a clause brings in, and of what sort each is.

A lower-case name in a clause is a variable of the whole clause if it stands anywhere outside every
`no`; one that stands only inside a `no` belongs to that `no`. Its sort is the narrowest that all its
uses allow: uses joined by `and` narrow it, uses in the branches of an `or`, of readings or of the
answers of a question may differ and widen it again (`force(_, v) as i or unrest(v) as i` names an
incident). A name after `as` has the word itself for its sort (`force`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from foedus.diagnostics.problem import Note
from foedus.diagnostics.span import NOWHERE, Place
from foedus.diagnostics.suggest import suggest
from foedus.ir.formula import Var
from foedus.lang.fit import Fitted, Slot, fit, place_of_term
from foedus.lang.slips import Slips
from foedus.lang.tree import (
    AndF,
    AtomF,
    BeforeF,
    ByF,
    Formula,
    IsF,
    LitF,
    Name,
    NoF,
    NotF,
    OneOf,
    OrF,
    QuantF,
    ReadingF,
    SpeechF,
    Term,
    UnreadF,
)  # fmt: skip
from foedus.lang.words import Home, Param, Signature, Words

DEEPEST = 60
"""Formulas nested deeper than this are refused: no article is."""


class TooDeep(Exception):
    """A formula is nested too deeply; `place` says where."""

    def __init__(self, place: Place) -> None:
        super().__init__(place.where())
        self.place = place


@dataclass(frozen=True, slots=True)
class Use:
    """All uses of one name in a formula. `positive`: somewhere not under `not`; `binding`:
    somewhere other than beside `is` and `before`; `roles`: the roles it fills."""

    sort: str | None
    place: Place
    declared: Place = NOWHERE
    count: int = 1
    positive: bool = True
    binding: bool = True
    roles: frozenset[str] = frozenset()


Uses = dict[str, Use]


def parts_of(formula: Formula) -> tuple[Formula, ...]:
    """The formulas directly inside one."""
    match formula:
        case AndF(parts) | OrF(parts):
            return parts
        case QuantF(body=body, who=who):
            return (body,) if who is None else (who, body)
        case NotF(body) | NoF(body):
            return (body,)
        case ReadingF(readings):
            return tuple(f for _, _, f in readings)
        case ByF(answers=answers):
            return tuple(f for _, f in answers)
        case AtomF() | SpeechF() | IsF() | BeforeF() | LitF() | UnreadF():
            return ()


@dataclass(slots=True)
class Scopes:
    """Reads clauses of one instrument; `signature` finds what a term's parameters are."""

    words: Words
    home: Home | None
    _busy: set[str]

    @property
    def slips(self) -> Slips:
        """Where problems are noted."""
        return self.words.slips

    def signature(self, name: Name) -> Signature | None:
        """How the term `name` is used, its sorts worked out from its formulas; None if no term."""
        found = self.words.term(name, self.home)
        if found is None:
            return None
        home, local = found
        known = home.signatures.get(local)
        if known is not None:
            return known
        item, full = home.terms[local], f"{home.id}.{local}"
        if full in self._busy:  # a circle of definitions: `check` shows it
            return Signature(full, tuple(Param(v.text, "Thing") for v in item.vars), item.name.place)
        self._busy.add(full)
        scopes = Scopes(self.words, home, self._busy)
        joined: dict[str, str | None] = {}
        for _, formula in item.versions:
            uses = scopes.uses(formula, frozenset(v.text for v in item.vars))
            for v in item.vars:
                sort = uses[v.text].sort if v.text in uses else None
                before = joined.get(v.text)
                joined[v.text] = (
                    sort
                    if before is None
                    else before
                    if sort is None
                    else self.words.sorts.join(before, sort)
                )
        self._busy.discard(full)
        sorts = ((v.text, joined.get(v.text) or "Thing") for v in item.vars)
        params = tuple(Param(name, sort, self.words.sorts.within(sort, "Individual")) for name, sort in sorts)
        home.signatures[local] = Signature(full, params, item.name.place)
        return home.signatures[local]

    def fit(self, atom: AtomF) -> Fitted | None:
        """The atom matched to its word or term."""
        return fit(atom, self.words, self.home, self.signature(atom.predicate))

    # ---- which names ----

    def names_outside_no(self, formula: Formula, depth: int = 0) -> Iterator[str]:
        """Variables that stand outside every `no`, quantified ones left out."""
        if depth > DEEPEST:
            raise TooDeep(formula.place)
        if isinstance(formula, NoF) or (isinstance(formula, QuantF) and formula.quantifier == "no"):
            return
        hidden = formula.var.text if isinstance(formula, QuantF) else None
        for name, _ in self._own_names(formula):
            yield name.text
        for part in parts_of(formula):
            for text in self.names_outside_no(part, depth + 1):
                if text != hidden:
                    yield text

    def _own_names(self, formula: Formula) -> Iterator[tuple[Name, Slot]]:
        """The variables of an atom, a speech or a comparison, each with the slot it fills."""
        match formula:
            case AtomF():
                yield from self._in_atom(formula)
            case SpeechF(speaker=speaker, content=content):
                if self.words.is_variable(speaker):
                    yield speaker, Slot("", "Actor")
                yield from self._in_atom(content)
            case IsF(left=one, right=two):
                yield from ((name, Slot("is", "")) for name in (one, two) if self.words.is_variable(name))
            case BeforeF(first=one, second=two):
                yield from (
                    (name, Slot("is", "Individual")) for name in (one, two) if self.words.is_variable(name)
                )
            case _:
                pass

    def _in_atom(self, atom: AtomF) -> Iterator[tuple[Name, Slot]]:
        fitted = self.fit(atom)
        if fitted is None:  # its names still count as named, so that one slip is not two
            for arg in atom.args:
                yield from ((name, Slot("", "")) for name in _names(arg.term) if self.words.is_variable(name))
            if atom.mark is not None:
                yield atom.mark, Slot("", "")
            return
        if atom.mark is not None and self.words.is_variable(atom.mark):
            predicate = fitted.predicate
            sort = predicate.name if predicate is not None and predicate.individual else ""
            yield atom.mark, Slot("", sort, True, NOWHERE if predicate is None else predicate.place)
        for slot, term in fitted.slots:
            if term is not None and slot.sort != "Instrument":
                yield from ((name, slot) for name in _names(term) if self.words.is_variable(name))

    # ---- how they are used ----

    def uses(self, formula: Formula, known: frozenset[str], depth: int = 0) -> Uses:
        """How each known variable is used in the formula, wherever it stands."""
        if depth > DEEPEST:
            raise TooDeep(formula.place)
        match formula:
            case AndF(parts):
                return self._all(self.uses(part, known, depth + 1) for part in parts)
            case OrF() | ReadingF() | ByF():
                merged: Uses = {}
                for part in parts_of(formula):
                    merged = self._merge(merged, self.uses(part, known, depth + 1), either=True)
                return merged
            case NotF(body):
                inside = self.uses(body, known, depth + 1)
                return {name: replace(use, positive=False) for name, use in inside.items()}
            case NoF(body):
                return self.uses(body, known, depth + 1)
            case QuantF(var=var):
                inner = known - {var.text}
                return self._all(self.uses(part, inner, depth + 1) for part in parts_of(formula))
            case _:
                return self._all(
                    {name.text: _use(name, slot)}
                    for name, slot in self._own_names(formula)
                    if name.text in known
                )

    def _all(self, several: Iterable[Uses]) -> Uses:
        merged: Uses = {}
        for uses in several:
            merged = self._merge(merged, uses, either=False)
        return merged

    def _merge(self, one: Uses, two: Uses, either: bool) -> Uses:
        merged = dict(one)
        for name, use in two.items():
            before = merged.get(name)
            merged[name] = use if before is None else self._both(name, before, use, either)
        return merged

    def _both(self, name: str, one: Use, two: Use, either: bool) -> Use:
        sorts = self.words.sorts
        sort, kept = one.sort, one
        if one.sort is None:
            sort, kept = two.sort, two
        elif two.sort is not None:
            sort = sorts.join(one.sort, two.sort) if either else sorts.meet(one.sort, two.sort)
            if sort is None or (either and sort == "Thing" and "Thing" not in (one.sort, two.sort)):
                notes = (
                    Note(one.place, f"here {_a(one.sort)}"), Note(two.declared, f"asks for {_a(two.sort)}"),
                    Note(one.declared, f"asks for {_a(one.sort)}"),
                )  # fmt: skip
                self.slips.add(
                    "F216", two.place, f"here {_a(two.sort)}", notes, name=name, one=one.sort, two=two.sort
                )
                sort = one.sort
            kept = two if sort == two.sort and sort != one.sort else one
        return Use(
            sort, kept.place, kept.declared, one.count + two.count, one.positive or two.positive,
            one.binding or two.binding, one.roles | two.roles,
        )  # fmt: skip

    # ---- opening a scope ----

    def open(
        self, parts: Sequence[Formula], env: Mapping[str, Var], head: Mapping[str, Use]
    ) -> dict[str, Var]:
        """The variables that the clauses bring in, beside those of `env`; `head` holds names that
        stand outside the clauses (a beneficiary, a term's parameters) with what is known of them."""
        whole = AndF(tuple(parts), parts[0].place if parts else NOWHERE)
        named = list(dict.fromkeys([*head, *self.names_outside_no(whole)]))
        new = [name for name in named if name not in env]
        uses = self._merge(dict(head), self.uses(whole, frozenset(new)), either=False)
        opened: dict[str, Var] = {}
        for name in new:
            use = uses[name]
            if name not in head:
                self._check(name, use, {*env, *new})
            opened[name] = Var(name, use.sort or "Thing")
        return opened

    def _check(self, name: str, use: Use, others: set[str]) -> None:
        if not use.binding:
            self.slips.add("F317", use.place, name=name)
        elif not use.positive:
            self.slips.add("F302", use.place, name=name)
        elif use.count == 1 and len(name) > 3 and name not in use.roles:
            near = suggest(name, others - {name})
            if (
                near
                and near.rstrip("0123456789") != name.rstrip("0123456789")
                and abs(len(near) - len(name)) < 3
            ):
                self.slips.add("F214", use.place, label=f"perhaps `{near}`?", name=name, near=near)


def _use(name: Name, slot: Slot) -> Use:
    return Use(
        slot.sort or None,
        name.place,
        slot.declared,
        binding=slot.name != "is",
        roles=frozenset({slot.name} - {"", "is"}),
    )


def _names(term: Term) -> tuple[Name, ...]:
    return term.names if isinstance(term, OneOf) else (term,)


def _a(sort: str) -> str:
    return f"{'an' if sort[:1] in 'AEIOUaeiou' else 'a'} {sort}"


__all__ = ["DEEPEST", "Scopes", "TooDeep", "Use", "Uses", "parts_of", "place_of_term"]
