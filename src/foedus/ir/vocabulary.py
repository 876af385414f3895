"""The words that pages share: predicates, actors with their sorts and names, enumerated values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from foedus.terms.fact import Predicate


@dataclass(frozen=True, slots=True)
class Actor:
    """A declared state, organ or group. `sort` is State, Organ or Group."""

    code: str
    sort: str
    name: str


@dataclass(frozen=True)
class Vocabulary:
    """`values` maps an enumerated sort to its members (`Interest` → security, stability, …)."""

    predicates: Mapping[str, Predicate] = field(default_factory=dict[str, Predicate])
    actors: Mapping[str, Actor] = field(default_factory=dict[str, Actor])
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    def name_of(self, code: str) -> str:
        """The reader's name of an actor, or the code itself."""
        actor = self.actors.get(code)
        return actor.name if actor else code
