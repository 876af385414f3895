"""What a page is made from: a room as one person sees it at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from foedus.council.debate.candidates import Allowed, allowed_acts
from foedus.council.debate.state import Debate
from foedus.council.position import Position
from foedus.council.rules import Rules
from foedus.council.state import State
from foedus.exercise.scenario import Seat
from foedus.meeting.access import Managing, Sight, may_do, may_manage, may_see, seats_of
from foedus.meeting.entering import Entered, Standing
from foedus.meeting.secrecy import hidden
from foedus.meeting.viewer import Viewer

if TYPE_CHECKING:
    from foedus.web.room import Room


AFTER_THE_END = ("meet", "correct", "bookmark")
"""What is still done when a session is over: open another meeting, put right, mark."""


@dataclass(frozen=True)
class Look:
    """One look at a room. Nothing in a page comes from elsewhere, so what `viewer` must not see is held back here."""

    room: Room
    viewer: Viewer
    standing: Standing
    now: datetime
    real: datetime
    path: str = ""
    stamp: int = 0
    query: Mapping[str, str] = field(default_factory=dict[str, str])
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    """What people are called, by handle."""

    told: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """What a page asked for ahead, of people and of what was just done (`ahead`)."""

    @property
    def rules(self) -> Rules:
        """By which the room goes."""
        return self.standing.rules

    @property
    def state(self) -> State:
        """Where the matter stands."""
        return self.standing.state

    @property
    def debate(self) -> Debate:
        """Where the meeting stands."""
        return self.standing.debate

    @property
    def entries(self) -> list[Entered]:
        """All that was entered, after the first."""
        return self.room.entries[: self.standing.size - 1]

    @cached_property
    def seats(self) -> tuple[str, ...]:
        """For whom one acts. The director acts for one seat at a time, which the address names (`?for=ARV`)."""
        found = seats_of(self.viewer, self.rules)
        if self.viewer.role != "director":
            return found
        chosen = self.query.get("for", "")
        return (chosen,) if chosen in found else ("director",)

    @cached_property
    def position(self) -> Position:
        """What one may do now about the matter, and what not and why."""
        return self.room.position(self.seats)

    @cached_property
    def acts(self) -> tuple[Allowed, ...]:
        """What one may do now in the conduct of the meeting."""
        standing = self.standing
        found = (allowed_acts(standing.order, standing.debate, who, standing.table) for who in self.seats)
        return tuple(each for acts in found for each in acts if self.may(each.act.kind, each.act.by))

    @property
    def brief(self) -> Seat | None:
        """What one's own seat knows, and nobody else."""
        if not self.viewer.seat or not self.sees("brief", self.viewer.seat):
            return None
        return next((seat for seat in self.room.scenario.seats if seat.who == self.viewer.seat), None)

    def may(self, kind: str, by: str, ballot: str = "") -> bool:
        """Whether one may try a deed or an act for `by`; a vote aloud in that ballot, or, where none is named, in any
        for which the roll is called. When the session is over, the record that delegations sign does not grow."""
        aloud = kind == "vote" and any(
            self.debate.manners[each.id].what == "roll call"
            for each in self.state.ballots.values()
            if each.came is None and each.id in self.debate.manners and ballot in ("", each.id)
        )
        if self.room.ended and kind not in AFTER_THE_END:
            return False
        return may_do(self.viewer, kind, by, self.rules, aloud=aloud)

    def sees(self, what: Sight, seat: str = "") -> bool:
        """Whether one sees something."""
        return may_see(self.viewer, what, seat)

    def shows(self, ballot: str, member: str) -> bool:
        """Whether one sees what a member has said in a vote by now: not in a hidden one before its close, but for one's
        own."""
        return not hidden(self.state, self.debate, ballot) or self.sees_own(member)

    def sees_own(self, member: str) -> bool:
        """Whether it is one's own vote."""
        return bool(self.viewer.seat) and self.viewer.seat == member and self.sees("hidden votes", member)

    def manages(self, what: Managing) -> bool:
        """Whether one may do something about people or the exercise, for somebody at least."""
        return may_manage(self.viewer, what)

    def once(self) -> str:
        """A key for a form: sent twice, it does once."""
        return token_hex(12)

    def at(self, page: str = "") -> str:
        """The address of a page of this room."""
        return f"/rooms/{self.room.name}/{page}" if page else f"/rooms/{self.room.name}"
