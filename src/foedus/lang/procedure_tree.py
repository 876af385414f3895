"""Procedures as written: tracks, steps, clocks, in the order of the page. No name is resolved yet.

`text` of each part is the text of the instrument to which it belongs; None: every text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args

from foedus.diagnostics.span import NOWHERE, Place
from foedus.lang.formula_tree import AtomF, Formula, Name

Manner: TypeAlias = Literal["", "gives", "within", "extends", "ends"]
MANNERS: tuple[str, ...] = get_args(Manner)[1:]
"""What a step may be to the mandate."""
Setter: TypeAlias = Literal["text", "decision", "chair", "not stated"]


@dataclass(frozen=True, slots=True)
class MoverPart:
    """`each party p` (`each` is the role, `name` the variable), or `name`: a variable, an organ, an office."""

    name: Name
    each: Name | None = None


@dataclass(frozen=True, slots=True)
class MovePart:
    """`on contributor of p from none to authorised`; no `sources`: from any stage."""

    track: Name
    sources: tuple[Name, ...]
    target: Name
    of: Name | None = None
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class WhilePart:
    """`while matter is decided, over`."""

    track: Name
    stages: tuple[Name, ...]
    of: Name | None = None
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class TrackPart:
    """`track contributor of p "…"` with its stages, of which the first is where it begins."""

    name: Name
    title: str
    of: Name | None
    stages: tuple[Name, ...]
    ends: tuple[Name, ...] = ()
    text: Name | None = None
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class StepPart:
    """`own` is the move of its own track; None if the page says of none."""

    name: Name
    title: str
    movers: tuple[MoverPart, ...]
    own: MovePart | None
    also: tuple[MovePart, ...] = ()
    whiles: tuple[WhilePart, ...] = ()
    condition: Formula | None = None
    act: AtomF | None = None
    rule: Name | None = None
    mandate: Manner = ""
    text: Name | None = None
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ClockPart:
    """`clock term "…"`: from which steps, until which, how long, and what then."""

    name: Name
    title: str
    starts: tuple[Name, ...]
    until: tuple[Name, ...] = ()
    hours: int | None = None
    set_by: Setter = "text"
    moves: tuple[MovePart, ...] = ()
    text: Name | None = None
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class FirstPart:
    """`first point, amend`: steps that are put before others."""

    names: tuple[Name, ...]
    text: Name | None = None
    place: Place = field(default=NOWHERE, compare=False)


Part: TypeAlias = TrackPart | StepPart | ClockPart | FirstPart


@dataclass(frozen=True, slots=True)
class ProcedureItem:
    """`procedure operation of CSC "…"`."""

    name: Name
    organ: Name
    title: str
    parts: tuple[Part, ...]
    place: Place = field(default=NOWHERE, compare=False)
