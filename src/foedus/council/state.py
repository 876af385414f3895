"""Where a matter stands: the stage of every track, what is on the table, what is in force. A frozen value.

Everything in it follows from the rules and the deeds that were accepted, in their order; nothing else is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from foedus.council.mandate import InForce, Mandate
from foedus.council.outcome import Outcome
from foedus.ir.decision import Status

Fate: TypeAlias = Literal["", "withdrawn", "adopted", "not adopted", "lapsed"]
"""What became of a proposal; empty while it is on the table. *Lapsed*: when the vote was closed, what it asks for could
no longer be done."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A fact that the record of the session has: an act by the deed of that number, or what was known before (no deed).
    `truth` is False for what the record has as not so. `id` names the individual, or the fact."""

    id: str
    predicate: str
    args: tuple[str | None, ...]
    truth: bool = True
    at: datetime | None = None
    deed: int | None = None
    title: str = ""


@dataclass(frozen=True)
class Proposal:
    """Something that is moved and has to be decided: a step, or a change of another proposal (`amends`). `tried`
    counts, for each part that was voted on by itself (the whole has the empty name), the ways in which it failed."""

    id: str
    deed: int
    by: str
    step: str
    terms: Mapping[str, str] = field(default_factory=dict[str, str])
    parts: Mapping[str, str] = field(default_factory=dict[str, str])
    mandate: Mandate | None = None
    hours: Mapping[str, int] = field(default_factory=dict[str, int])
    text: str = ""
    amends: str = ""
    tried: Mapping[str, int] = field(default_factory=dict[str, int])
    fate: Fate = ""


@dataclass(frozen=True)
class Ballot:
    """One putting to the vote: of a proposal or a part of it, in one way of its rule. `electorate` are the members of
    the opening day; `said` is what each did last before the close. `came` is how it came out, once it is closed, and
    `motion` then the act that it brought about, by name; its own name, if none."""

    id: str
    proposal: str
    part: str
    way: int
    opened: datetime
    until: datetime | None
    electorate: tuple[str, ...]
    said: Mapping[str, Status] = field(default_factory=dict[str, Status])
    came: Outcome | None = None
    closed: datetime | None = None
    motion: str = ""
    noted: bool = False

    @property
    def broken(self) -> bool:
        """Whether somebody has objected."""
        return "against" in self.said.values()

    def over(self, now: datetime) -> bool:
        """Whether its time is over: what comes at its last second is still in time."""
        return self.until is not None and now > self.until


@dataclass(frozen=True, slots=True)
class Running:
    """A clock that was started. `end` is None where its length is not stated, or not yet set. `over`: when it ran out;
    `noted`: whether that was written down."""

    name: str
    subject: str
    start: datetime
    end: datetime | None = None
    over: datetime | None = None
    noted: bool = False


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the chair answered, in the deed of that number, and why."""

    answer: str
    deed: int
    why: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What is to be read otherwise in an earlier deed; the deed itself stays."""

    entry: int
    deed: int
    text: str


@dataclass(frozen=True)
class State:
    """Where the matter stands after `size` deeds, the last of them at `at`.

    `stages` has the tracks that have moved, by their keys (`matter`, `contributor of ARV`). `bound` is what the
    variables of the matter stand for. `noted` are the facts of the record by predicate. `force` is how many each
    contributor has sent. `hours` are the lengths of clocks that decisions have set."""

    size: int = 0
    at: datetime | None = None
    stages: Mapping[str, str] = field(default_factory=dict[str, str])
    bound: Mapping[str, str] = field(default_factory=dict[str, str])
    noted: Mapping[str, tuple[Noted, ...]] = field(default_factory=dict[str, tuple[Noted, ...]])
    proposals: Mapping[str, Proposal] = field(default_factory=dict[str, Proposal])
    ballots: Mapping[str, Ballot] = field(default_factory=dict[str, Ballot])
    mandate: InForce | None = None
    force: Mapping[str, int] = field(default_factory=dict[str, int])
    reports: Mapping[str, datetime] = field(default_factory=dict[str, datetime])
    clocks: Mapping[str, Running] = field(default_factory=dict[str, Running])
    hours: Mapping[str, int] = field(default_factory=dict[str, int])
    rulings: Mapping[str, Ruling] = field(default_factory=dict[str, Ruling])
    seats: Mapping[str, Literal["away", "suspended"]] = field(
        default_factory=dict[str, Literal["away", "suspended"]]
    )
    corrections: tuple[Correction, ...] = ()

    def noted_as(self, name: str) -> int | None:
        """The number of the deed that put an individual of that name on the record."""
        return next((one.deed for each in self.noted.values() for one in each if one.id == name), None)

    def on(self, proposal: str) -> Ballot | None:
        """The ballot that is open on a proposal."""
        return next((b for b in self.ballots.values() if b.proposal == proposal and b.came is None), None)


def keyed(track: str, subject: str = "") -> str:
    """The key of a track or a clock: of the matter, or of somebody.

    >>> keyed("matter"), keyed("contributor", "ARV")
    ('matter', 'contributor of ARV')
    """
    return f"{track} of {subject}" if subject else track
