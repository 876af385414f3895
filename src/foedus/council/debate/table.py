"""Who sits at the table and what lies on it: what the conduct of a meeting has to know of the matter and the record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from foedus.council.rules import Rules
from foedus.council.state import State

CHAIR, SECRETARY, DIRECTOR, CLOCK = "chair", "secretary", "director", "clock"


@dataclass(frozen=True)
class Table:
    """The room at one moment, for one act.

    `members` are the delegations that have a hand to show, in the order in which a roll is called; `invited` those that
    take part without one; `away` who of them is not at the table. `proposals` are to be decided; `voting` those of them
    on which a vote is open. `ballots` are open or about to be opened, `begun` those of them in which somebody has
    voted; `voted`: whether any vote was closed. `entries` counts the record: the next entry has this number. `at` is
    the room's time of the last. `rules` and `matter` are asked where motions are decided by a rule of the pages."""

    members: tuple[str, ...]
    invited: tuple[str, ...] = ()
    offices: tuple[str, ...] = (CHAIR, SECRETARY, DIRECTOR)
    away: frozenset[str] = frozenset()
    proposals: tuple[str, ...] = ()
    voting: frozenset[str] = frozenset()
    ballots: tuple[str, ...] = ()
    begun: frozenset[str] = frozenset()
    voted: bool = False
    entries: int = 0
    at: datetime | None = None
    rules: Rules | None = None
    matter: State = field(default_factory=State)

    @property
    def delegations(self) -> tuple[str, ...]:
        """Members, then those who are invited."""
        return (*self.members, *self.invited)

    @property
    def speakers(self) -> tuple[str, ...]:
        """Who can have the floor."""
        return (*self.delegations, *(each for each in (SECRETARY,) if each in self.offices))

    def __contains__(self, who: str) -> bool:
        return who in self.delegations or who in self.offices


def table_of(
    rules: Rules,
    matter: State,
    *,
    entries: int,
    at: datetime | None,
    now: datetime,
    members: Iterable[str] | None = None,
    director: bool = True,
) -> Table:
    """The table of a room in which a matter stands like this. `entries` counts those of the record, `at` is the room's
    time of the last of them, `now` the day whose members sit. `members`: who has a hand to show, where that is not for
    the pages to say; whoever else the rules know is invited."""
    states = rules.states(now.date())
    sit = tuple(members) if members is not None else tuple(s for s in states if s not in rules.others)
    pending = tuple(each.id for each in matter.proposals.values() if not each.fate)
    unclosed = [each for each in matter.ballots.values() if each.came is None]
    under_vote = {each.proposal for each in unclosed}
    under_vote |= {matter.proposals[name].amends for name in under_vote} - {""}
    coming = (f"b{len(matter.ballots) + 1}",) if set(pending) - under_vote else ()
    offices = tuple(each for each in (CHAIR, SECRETARY) if each in rules.offices)
    return Table(
        sit,
        tuple(each for each in states if each not in sit),
        (*offices, DIRECTOR) if director else offices,
        frozenset(matter.seats),
        pending,
        frozenset(under_vote),
        (*(each.id for each in unclosed), *coming),
        frozenset(each.id for each in unclosed if each.said),
        len(unclosed) < len(matter.ballots),
        entries,
        at,
        rules,
        matter,
    )
