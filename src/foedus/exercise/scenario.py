"""What a scenario says: the rules of its room, who sits at the table, and what happens while they sit there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil
from pathlib import Path

from foedus.council.debate.order import Order
from foedus.council.ledger.canonical import Value
from foedus.council.rules import Rules
from foedus.council.state import Noted
from foedus.exercise.places import MapView, Place


@dataclass(frozen=True, slots=True)
class Cue:
    """When something happens: at an instant, or so long after a track has reached one of these stages."""

    at: datetime | None = None
    track: str = ""
    stages: tuple[str, ...] = ()
    after: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Draft:
    """A deed that a delegation has ready: a proposal of a step, or an amendment of one. `body` has its fields as in a
    record, without who does it and when."""

    step: str
    body: Mapping[str, Value]
    amends: bool = False


@dataclass(frozen=True)
class Seat:
    """Who sits at the table: a state, or the holder of an office; its policies in the order in which they are asked.

    `terms` are what the variables of a step are to stand for where it has to name them. `sends`, `task` and `place`
    are of its contingent; `follows` is whose vote it waits for; `longer` for how many hours it asks at a time when a
    mandate ends; `rulings` what it answers as the chair."""

    who: str
    title: str
    policies: tuple[str, ...] = ()
    brief: str = ""
    terms: Mapping[str, str] = field(default_factory=dict[str, str])
    drafts: tuple[Draft, ...] = ()
    sends: int | None = None
    task: str = ""
    place: str = ""
    follows: str = ""
    longer: int = 0
    rulings: Mapping[str, str] = field(default_factory=dict[str, str])
    ballot: int = 2
    """Hours that the chair gives for a vote; a silence has its own time."""


@dataclass(frozen=True, slots=True)
class Inject:
    """Something that comes from outside: words for the table, and perhaps a fact that is now on the record. `source`
    and `unconfirmed` as in a move."""

    cue: Cue
    title: str
    text: str = ""
    fact: Noted | None = None
    source: tuple[str, ...] = ()
    unconfirmed: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """A deed that the scenario has, whatever the policies want. `body` as in a record, without its time; `source` and
    `unconfirmed` say on what it rests, where it is taken from a real case."""

    cue: Cue
    body: Mapping[str, Value]
    source: tuple[str, ...] = ()
    unconfirmed: bool = False


@dataclass(frozen=True)
class Scenario:
    """A scenario as read. `pages` has the digest of every page that its rules rest on; `maps` are the drawings of its
    `places`, the first of which is shown if nobody asks for another. `order` are settings of the rules of order, where
    they are not the usual ones; `minutes` is how long it takes when people play it, 0 where nobody has said."""

    name: str
    title: str
    rules: Rules
    start: datetime
    end: datetime
    seed: int
    pace: timedelta
    seats: tuple[Seat, ...]
    injects: tuple[Inject, ...]
    moves: tuple[Move, ...]
    summary: str = ""
    dossier: str = ""
    pages: Mapping[str, str] = field(default_factory=dict[str, str])
    folder: Path | None = None
    places: tuple[Place, ...] = ()
    maps: tuple[MapView, ...] = ()
    order: Order = field(default_factory=Order)
    minutes: int = 0

    @property
    def suggested(self) -> int:
        """The pace at which it takes as many minutes as it says: seconds of the room in one on the wall; else 1."""
        whole = (self.end - self.start).total_seconds()
        return max(1, ceil(whole / (60 * self.minutes))) if self.minutes else 1
