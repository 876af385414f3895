"""Who sits at the table: present, away or suspended, and whether a person or a bot sits there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from foedus.web.look import Look
from foedus.web.pages.page import Filling
from foedus.web.parts.naming import Naming
from foedus.words.speech import marked_in, plural, say, say_in

STANDS: Mapping[str, str] = {
    "": marked_in("seat", "at the table"),
    "away": marked_in("seat", "away"),
    "suspended": marked_in("seat", "suspended"),
}
MARKS: Mapping[str, str] = {"": "●", "away": "○", "suspended": "✕"}


@dataclass(frozen=True, slots=True)
class Chair:
    """A seat: whose it is, how it stands, who sits there (empty where that is not known)."""

    who: str
    title: str
    stands: str
    mark: str
    sits: str


def seats(look: Look) -> Filling | None:
    """The members, then who is invited, then the offices."""
    names, table = Naming.of(look), look.standing.table
    # How many people sit in a seat a room tells where it keeps it.
    people = cast("Mapping[str, int] | None", getattr(look.room, "seated", None))

    def chair(who: str) -> Chair:
        how = look.state.seats.get(who, "")
        sits = ""
        if people is not None:
            n = people.get(who, 0)
            sits = plural("{n} person", "{n} people", n) if n else say_in("who sits in a seat", "a bot")
        return Chair(who, names.who(who), say_in("seat", STANDS[how]), MARKS[how], sits)

    offices = {seat.who: seat.title for seat in look.room.scenario.seats if seat.who in look.rules.offices}
    return {
        "members": tuple(chair(who) for who in table.members),
        "invited": tuple(chair(who) for who in table.invited),
        "offices": tuple((chair(who), offices.get(who, "")) for who in look.rules.offices),
        "present": plural(
            "{here} of {n} member at the table", "{here} of {n} members at the table", len(table.members),
            here=sum(1 for who in table.members if who not in look.state.seats),
        ),
        "heading": say("Who sits here"),
    }  # fmt: skip
