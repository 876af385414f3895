"""*Each other party*: the authors of an incident do not owe help against it.

For a norm owed by `each other party d`, every incident that its `when` asserts is followed by *and d is
not its author*, exactly there where it is asserted:

- `force(_, v) as a` becomes `force(_, v) as a and not force(d, _) as a`;
- an incident without a name gets one: `force(_, v)` becomes *there is an f: force(_, v) as f and not …*;
- a term whose parameter names an incident (`aggression(a, v)`, where `force(_, v) as a` stands in its
  definition, under the text that applies, through further terms if need be) becomes
  `aggression(a, v) and not force(d, _) as a`, once for each word with an author that names it;
- what is denied (`not`, `no`, `unless`) and what ends the norm (`until`) is left as it is.

So of two incidents, a party that is the author of one still owes help against the other. An incident
that a term keeps to itself cannot be reached; that is the warning F318.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from foedus.ir.formula import And, AtLeast, Atom, Choose, Defined, Formula, Not, Or, Some, Term, Var, Wild
from foedus.ir.norm import Define
from foedus.lang.bind import inside
from foedus.lang.slips import Slips
from foedus.terms.fact import Predicate

AUTHOR = "author"


@dataclass(slots=True)
class Authors:
    """Leaves authors out, looking into the definitions of one text (`text` None: the only one)."""

    predicates: Mapping[str, Predicate]
    defines: Mapping[str, tuple[Define, ...]]
    slips: Slips
    text: str | None = None
    _busy: set[str] = field(default_factory=set[str])

    def left_out(self, formula: Formula, bearer: Var) -> Formula:
        """The formula with the bearer no author of any incident it asserts."""
        match formula:
            case Atom(predicate, terms, mark, place) if self._authored(predicate):
                if mark is not None:
                    return And((formula, self._not_author(predicate, bearer, mark)), place)
                fresh = Var(f"its_{predicate}", predicate)
                named = Atom(predicate, terms, fresh, place)
                return Some(fresh, And((named, self._not_author(predicate, bearer, fresh)), place), place)
            case Defined(name, terms, place):
                denials = [
                    self._not_author(predicate, bearer, term)
                    for number, term in enumerate(terms)
                    for predicate in sorted(self._marking(name, number))
                    if self._authored(predicate)
                ]
                if self._keeps(name):
                    self.slips.add("F318", place, name=name.partition(".")[2])
                return And((formula, *denials), place) if denials else formula
            case And(parts, place):
                return And(tuple(self.left_out(part, bearer) for part in parts), place)
            case Or(parts, place):
                return Or(tuple(self.left_out(part, bearer) for part in parts), place)
            case AtLeast(body=body):
                return replace(formula, body=self.left_out(body, bearer))
            case Choose(question, answers, place):
                return Choose(question, tuple((name, self.left_out(f, bearer)) for name, f in answers), place)
            case _:
                return formula

    def _authored(self, word: str) -> bool:
        predicate = self.predicates.get(word)
        return (
            predicate is not None
            and predicate.kind == "incident"
            and any(r.name == AUTHOR for r in predicate.roles)
        )

    def _not_author(self, word: str, bearer: Var, mark: Term) -> Formula:
        roles = self.predicates[word].roles
        return Not(Atom(word, tuple(bearer if role.name == AUTHOR else Wild() for role in roles), mark))

    def _versions(self, name: str) -> Iterator[Define]:
        """The definitions that may apply: this text's of the own instrument, all of another's."""
        versions = self.defines.get(name, ())
        fitting = tuple(d for d in versions if d.text is None or d.text == self.text)
        yield from fitting or versions

    def _marking(self, name: str, number: int) -> frozenset[str]:
        """The words that name the individual of a term's parameter."""
        key = f"{name} {number}"
        if key in self._busy:
            return frozenset()
        self._busy.add(key)
        found: set[str] = set()
        for define in self._versions(name):
            if number < len(define.vars):
                for part in _asserted(define.body):
                    if isinstance(part, Atom) and part.mark == define.vars[number]:
                        found.add(part.predicate)
                    if isinstance(part, Defined):
                        places = (i for i, term in enumerate(part.terms) if term == define.vars[number])
                        found |= {word for i in places for word in self._marking(part.name, i)}
        self._busy.discard(key)
        return frozenset(found)

    def _keeps(self, name: str) -> bool:
        """Whether a term asserts an incident with an author that none of its parameters names."""
        if name in self._busy:
            return False
        self._busy.add(name)
        kept = any(
            self._authored(part.predicate) and part.mark not in define.vars
            if isinstance(part, Atom)
            else isinstance(part, Defined) and self._keeps_inside(part, define)
            for define in self._versions(name)
            for part in _asserted(define.body)
        )
        self._busy.discard(name)
        return kept

    def _keeps_inside(self, part: Defined, define: Define) -> bool:
        hidden = any(
            self._authored(word)
            for number, term in enumerate(part.terms)
            if term not in define.vars
            for word in self._marking(part.name, number)
        )
        return hidden or self._keeps(part.name)


def _asserted(formula: Formula) -> Iterable[Formula]:
    """The formula and all parts that it asserts rather than denies."""
    yield formula
    if not isinstance(formula, Not):
        for part in inside(formula):
            yield from _asserted(part)
