"""Predicates and facts: the words in which incidents, acts, roles, status and judgements are said.

A predicate has a kind and named roles with sorts. A fact applies a predicate to arguments; an
incident or an act is moreover an *individual* with a name of its own (its id).

>>> force = Predicate("force", "incident", (Role("author", "Actor"), Role("victim", "State")))
>>> force.individual
True
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from foedus.diagnostics.span import NOWHERE, Place
from foedus.terms.time import EDate

Kind = Literal["incident", "act", "role", "status", "judgement", "speech"]

SORTS = {
    "State": "Actor", "Group": "Actor", "Organ": "Actor", "Actor": "Thing",
    "Incident": "Individual", "Act": "Individual", "Individual": "Thing",
    "Place": "Thing", "Clause": "Thing", "Content": "Thing", "Thing": None,
}  # fmt: skip
"""Each built-in sort and the sort it belongs to. Pages may add enumerated sorts (`values`)."""


@dataclass(frozen=True, slots=True)
class Role:
    """A named argument place with the sort of what may stand there."""

    name: str
    sort: str


@dataclass(frozen=True, slots=True)
class Predicate:
    """A word of the vocabulary. `gloss` says it in English with `{role}` in braces."""

    name: str
    kind: Kind
    roles: tuple[Role, ...]
    gloss: str = ""
    place: Place = NOWHERE

    @property
    def individual(self) -> bool:
        """Whether each fact of it is an individual with a name (incidents, acts, speech)."""
        return self.kind in ("incident", "act", "speech")


@dataclass(frozen=True, slots=True)
class Fact:
    """A predicate with its arguments and date.

    `args` runs parallel to the predicate's roles: the name of a constant, a tuple of names
    (several authors of one incident), or None where the fact leaves the role out ("some", or in
    a refuted fact "any"). `id` is stable: given by the writer, or derived from the content.
    """

    id: str
    predicate: str
    args: tuple[str | tuple[str, ...] | None, ...]
    on: EDate | None = None
    title: str = ""
    place: Place = NOWHERE
    unconfirmed: bool = False
