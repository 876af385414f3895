"""The order of sorts: what may stand where.

Beneath the built-in sorts stand the words of the vocabulary: `force` is a sort of incident, so a
variable that names a use of force has the sort `force`. Enumerated sorts stand beside one another.

>>> from foedus.terms.fact import Predicate
>>> sorts = Sorts.of({"force": Predicate("force", "incident", ())}, ["Interest"])
>>> sorts.within("force", "Individual"), sorts.meet("Actor", "State"), sorts.join("State", "Group")
(True, 'State', 'Actor')
>>> sorts.meet("State", "Incident") is None
True
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from foedus.terms.fact import SORTS, Predicate

KIND_SORT = {"incident": "Incident", "act": "Act", "speech": "Act"}


@dataclass(frozen=True, slots=True)
class Sorts:
    """Each sort's parent; `Thing` has none."""

    parents: Mapping[str, str | None]

    @classmethod
    def of(cls, predicates: Mapping[str, Predicate], enumerated: Iterable[str]) -> Sorts:
        """The order over the built-in sorts, the enumerated ones, and individuals by their word."""
        parents: dict[str, str | None] = dict(SORTS)
        parents |= dict.fromkeys(enumerated, "Thing")
        parents |= {p.name: KIND_SORT[p.kind] for p in predicates.values() if p.individual}
        return cls(parents)

    def above(self, sort: str) -> tuple[str, ...]:
        """The sort itself and all it belongs to, nearest first."""
        chain = [sort]
        while (parent := self.parents.get(chain[-1])) is not None:
            chain.append(parent)
        return tuple(chain)

    def within(self, sort: str, other: str) -> bool:
        """Whether everything of `sort` is of sort `other`."""
        return other in self.above(sort)

    def meet(self, one: str, other: str) -> str | None:
        """The narrower of two sorts; None if nothing can be of both."""
        if self.within(one, other):
            return one
        return other if self.within(other, one) else None

    def join(self, one: str, other: str) -> str:
        """The narrowest sort that takes in both."""
        return next((sort for sort in self.above(one) if self.within(other, sort)), "Thing")
