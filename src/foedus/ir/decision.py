"""How an organ decides, as a page declares it.

A rule has one or more *ways* of deciding, in the order in which the organ tries them: by consensus, failing that by a
vote. Each way has what passes and, where the page says so, a quorum: formulas over what the members did about the
motion. Nothing else is said of a rule than in formulas, so that a crisis is judged by the very words by which a council
decides; what a member did is one of the `STATUSES`, and each status is one of the acts that a record knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, TypeAlias

from foedus.diagnostics.span import NOWHERE, Place
from foedus.ir.formula import And, AtLeast, Atom, Const, Formula, Not, Or, Term, Var

Status: TypeAlias = Literal["for", "against", "abstained", "aside", "absent", "silent"]
"""What a member did about a motion. `aside`: it abstained and declared that it stands aside (a constructive
abstention); `silent`: it was there and said nothing."""

STATUSES: tuple[Status, ...] = ("for", "against", "abstained", "aside", "absent", "silent")

ACTS: Mapping[Status, tuple[str, ...]] = {
    "for": ("vote", "agrees"),
    "against": ("objects",),
    "abstained": ("abstained_on",),
    "aside": ("abstained_on", "stands_aside"),
    "absent": ("stayed_away",),
    "silent": (),
}
"""The acts that each status is, in the shared words of the pages: each is an act of a member about a motion."""

By: TypeAlias = Literal["vote", "consensus", "silence", ""]
"""How members are heard; empty where the page does not say it. By a *vote*, at least one has to vote for it, and a
member who says nothing has not voted. By *consensus*, who is there and says nothing lets it pass. By *silence*, whoever
says nothing within the time lets it pass."""


@dataclass(frozen=True)
class Weighting:
    """What each member weighs where a rule counts more than heads: its population, its shares. `values` by state's
    code; those that a page does not give have to be given by whoever asks, and are never taken for nothing."""

    id: str
    title: str = ""
    values: Mapping[str, Fraction] = field(default_factory=dict[str, Fraction])
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Way:
    """One way of deciding. The formulas are open in the rule's `motion`; `hours` is the least time of a silence."""

    by: By
    passes: Formula
    quorum: Formula | None = None
    hours: int | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class DecisionRule:
    """How an organ decides, under one text.

    `members` is the instrument whose parties decide (`unsc`), or one of its roles (`unsc.permanent`); `seats` how many
    there are, where the page does not name them all. `left_out` says of a member (`member`) that it has no part in the
    decision on the motion: it is no part of any base. `held_to` says of one that it is counted as abstaining, whatever
    it says. Both are already worked into the formulas of the ways, and are kept so that a chair can be told. `ways` is
    empty where the page says in words only (in its title) how the organ decides."""

    id: str
    organ: str
    members: str
    motion: Var
    ways: tuple[Way, ...] = ()
    text: str | None = None
    title: str = ""
    place: Place = NOWHERE
    member: Var = field(default_factory=lambda: Var("p", "State"))
    left_out: Formula | None = None
    held_to: Formula | None = None
    seats: int | None = None

    @property
    def passes(self) -> Formula | None:
        """When a decision is regular: there was a quorum and it passed, in one of the ways; None if it is not said."""
        found: list[Formula] = []
        for way in self.ways:
            parts = [part for part in (way.quorum, way.passes) if part is not None]
            if way.by == "vote":
                parts.append(self.somebody())
            found.append(parts[0] if len(parts) == 1 else And(tuple(parts), way.place))
        if not found:
            return None
        return found[0] if len(found) == 1 else Or(tuple(found), self.place)

    def somebody(self) -> Formula:
        """Some member is for it whose vote counts: what every vote needs, whatever else it asks for."""
        terms = (self.member, self.motion)
        did = Or(tuple(Atom(word, terms) for word in ACTS["for"]))
        apart = (Not(part) for part in (self.left_out, self.held_to) if part is not None)
        return AtLeast(1, self.member, And((self.is_member(self.member), *apart, did)))

    def is_member(self, who: Term) -> Atom:
        """That somebody is a member, before anybody is left out."""
        instrument, _, role = self.members.partition(".")
        return Atom(role or "party", (who, Const(instrument)))
