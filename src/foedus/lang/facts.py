"""The facts of a record: their ids, their arguments in the order of the roles, their individuals.

A fact's id is the writer's; else an incident or act has the name of its word (`request`, `request-2`)
and everything else its own text (`grave(a1)`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product

from foedus.diagnostics.problem import Note
from foedus.diagnostics.span import Place
from foedus.lang.clauses import MOST_ATOMS, check_sort, sort_of_constant
from foedus.lang.fit import Slot, fit
from foedus.lang.slips import Slips
from foedus.lang.tree import AtomF, FactItem, Item, Name, OneOf, SomeoneItem, Term
from foedus.lang.words import Words, is_code
from foedus.terms.fact import Fact, Predicate

Arg = str | tuple[str, ...] | None


@dataclass(slots=True)
class FactReader:
    """Reads the atoms of a record. `sorts` maps individuals to sorts: someone is an `Actor`, an
    incident or act has its own word (`force`); `used` holds every word that occurs."""

    words: Words
    instrument: str | None = None
    sorts: dict[str, str] = field(default_factory=dict[str, str])
    names: dict[str, str] = field(default_factory=dict[str, str])
    may_be: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    used: dict[str, Predicate] = field(default_factory=dict[str, Predicate])
    places: dict[str, Place] = field(default_factory=dict[str, Place])

    @property
    def slips(self) -> Slips:
        """Where problems are noted."""
        return self.words.slips

    def facts(self, items: Iterable[Item]) -> list[tuple[FactItem, Fact]]:
        """Every fact, in the order written; facts may name individuals that stand further down."""
        kept = list(items)
        written = [item for item in kept if isinstance(item, FactItem)]
        someones = [item for item in kept if isinstance(item, SomeoneItem)]
        for one in someones:
            if self._new(one.id.text, one.id.place):
                self.sorts[one.id.text] = "Actor"
                self.names[one.id.text] = one.title or one.id.text
        for one in someones:
            known = (n.text for n in one.may_be if n.text in self.sorts or self.words.actor(n) is not None)
            self.may_be[one.id.text] = tuple(known)
        ids: list[str] = [""] * len(written)
        for i, item in enumerate(written):
            if item.id is not None and self._new(item.id.text, item.id.place):
                ids[i] = self._individual(item, item.id.text)
        for i, item in enumerate(written):
            predicate = self._word(item.atom)
            if item.id is None and predicate is not None and predicate.individual:
                ids[i] = self._individual(item, self._numbered(predicate.name, item.place))
        made: list[tuple[FactItem, Fact]] = []
        for i, item in enumerate(written):
            fact = self._fact(item, ids[i])
            if fact is not None:
                made.append((item, fact))
        return made

    def _word(self, atom: AtomF) -> Predicate | None:
        return self.words.predicates.get(atom.predicate.text)

    def _new(self, ident: str, place: Place) -> bool:
        first = self.places.get(ident)
        if first is not None:
            self.slips.add("F213", place, notes=(Note(first, "declared here first"),), name=ident)
            return False
        self.places[ident] = place
        return True

    def _numbered(self, word: str, place: Place) -> str:
        ident, number = word, 1
        while ident in self.places:
            number += 1
            ident = f"{word}-{number}"
        self.places[ident] = place
        return ident

    def _individual(self, item: FactItem, ident: str) -> str:
        predicate = self._word(item.atom)
        if predicate is not None and predicate.individual:
            self.sorts[ident] = predicate.name
            if item.title:
                self.names[ident] = item.title
        return ident

    def _fact(self, item: FactItem, ident: str) -> Fact | None:
        matched = self._match(item.atom)
        if matched is None:
            return None
        predicate, columns = matched
        args = tuple(_together(column) for column in columns)
        if not ident and item.id is None:
            ident = f"{predicate.name}({', '.join(_shown(arg) for arg in args)})"
            if not self._new(ident, item.place):
                return None
        if not ident:
            return None
        return Fact(ident, predicate.name, args, item.on, item.title, item.place, item.unconfirmed)

    def patterns(self, atom: AtomF) -> list[tuple[Predicate, tuple[str | None, ...]]]:
        """A pattern's word and arguments; several patterns if it lists alternatives."""
        matched = self._match(atom)
        if matched is None:
            return []
        predicate, columns = matched
        rows = 1
        for column in columns:
            rows *= max(1, len(column))
        if rows > MOST_ATOMS:
            self.slips.add(
                "F313", atom.place, what=f"{rows} alternatives in one pattern", most=str(MOST_ATOMS)
            )
            return []
        return [(predicate, row) for row in product(*((column or (None,)) for column in columns))]

    def _match(self, atom: AtomF) -> tuple[Predicate, list[tuple[str, ...]]] | None:
        """The word and, per role, the names that fill it (none: left out)."""
        if "." in atom.predicate.text or self._is_term(atom):
            self.slips.add("F222", atom.predicate.place, name=atom.predicate.text)
            return None
        fitted = fit(atom, self.words, None)
        if fitted is None:
            return None
        if fitted.predicate is None or fitted.kind != "word":
            self.slips.add("F222", atom.predicate.place, name=atom.predicate.text)
            return None
        self.used[fitted.name] = fitted.predicate
        return fitted.predicate, [self._filled(slot, term) for slot, term in fitted.slots]

    def _is_term(self, atom: AtomF) -> bool:
        text = atom.predicate.text
        known = text in self.words.predicates
        return not known and any(text in h.terms or text in h.signatures for h in self.words.homes.values())

    def _filled(self, slot: Slot, term: Term | None) -> tuple[str, ...]:
        if term is None:
            return (self.instrument,) if slot.sort == "Instrument" and self.instrument else ()
        names = term.names if isinstance(term, OneOf) else (term,)
        found = (self.constant(name, slot) for name in names if name.text != "_")
        return tuple(name for name in found if name is not None)

    def constant(self, name: Name, slot: Slot) -> str | None:
        """The thing that a name in a record stands for; unknown names are F219."""
        text = name.text
        if slot.sort == "Instrument":
            home = self.words.instrument(name)
            return home.id if home is not None else None
        value_sort = self.words.value_sort(text)
        if value_sort is not None and slot.sort in (value_sort, ""):
            return text
        if text in self.sorts:
            check_sort(self.words, name, self.sorts[text], slot)
            return text
        if text in self.places:  # a fact that is no individual: what somebody said, or a judgement
            if slot.sort not in ("Content", "Thing"):
                check_sort(self.words, name, "Content", slot)
            return text
        if self.words.actor_sort(text) == "Actor":
            if slot.sort not in ("Actor", "Thing"):  # an outlet or a person is no state, group or organ
                check_sort(self.words, name, "Speaker", slot)
            return text
        if is_code(text) or "." in text or self.words.value_sort(text) is not None:
            sort = sort_of_constant(name, self.words, None)
            if sort is None:
                return None
            check_sort(self.words, name, sort, slot)
            return text
        values = [value for members in self.words.values.values() for value in members]
        self.slips.unknown("F219", name.place, text, [*self.places, *values])
        return None

    def fact_id(self, name: Name, known: set[str]) -> str | None:
        """The id of a fact of this record; else F219."""
        if name.text in known:
            return name.text
        self.slips.unknown("F219", name.place, name.text, known)
        return None


def _together(names: tuple[str, ...]) -> Arg:
    return None if not names else names[0] if len(names) == 1 else names


def _shown(arg: Arg) -> str:
    if arg is None:
        return "_"
    return arg if isinstance(arg, str) else f"[{' | '.join(arg)}]"
