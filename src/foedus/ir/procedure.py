"""How a council goes about it, as a page declares it: tracks of stages, the steps that move along them, and clocks.

One stage for a whole matter does not do: while one member has forces on the ground, another still asks its parliament.
So a procedure is several *tracks*, each a small table of its own: the matter, the notice to the Security Council, one
for every contributor, one for the mandate. A step moves along one track, and may ask where others are.

>>> matter = Track("matter", ("none", "asked", "decided"), ends=("decided",))
>>> matter.start
'none'
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from foedus.diagnostics.span import NOWHERE, Place
from foedus.ir.formula import Atom, Formula, Var

Office: TypeAlias = Literal["chair", "secretary", "commander"]
"""Those who act at the table without being a member: who holds an office is a matter of the session."""

OFFICES: tuple[Office, ...] = ("chair", "secretary", "commander")


@dataclass(frozen=True, slots=True)
class Track:
    """Stages, of which the first is where it begins. `of`: there is one such track for each value of the variable (a
    contributor `p`), else one in all. From a stage in `ends` nothing has to follow."""

    name: str
    stages: tuple[str, ...]
    of: Var | None = None
    ends: tuple[str, ...] = ()
    title: str = ""
    place: Place = NOWHERE

    @property
    def start(self) -> str:
        """The stage in which the track begins."""
        return self.stages[0]


@dataclass(frozen=True, slots=True)
class Move:
    """From one of these stages (any, if empty) of a track to another. `of`: whose track, where there is one each."""

    track: str
    sources: tuple[str, ...]
    target: str
    of: Var | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class While:
    """A track is in one of these stages."""

    track: str
    stages: tuple[str, ...]
    of: Var | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Mover:
    """Who takes a step: a state that the variable stands for (`each`: any of the parties, or of those in `role`), the
    holder of an `office`, or an organ by its `name`, which decides by a rule."""

    var: Var | None = None
    office: Office | None = None
    name: str = ""
    each: bool = False
    role: str = "party"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `id` is `instrument.procedure.step`. It is open to any of the `movers`, makes its `moves` (the first is
    its own), asks that other tracks be in some stages (`whiles`) and that the `condition` hold: a formula over acts,
    statuses and judgements, open in the step's variables.

    `act` is how a record knows the step: the atom whose roles it fills; its mark names it where other steps speak of it
    (`m`). Within one matter the same variable stands for the same thing in every step, but for a mover of whom there is
    one `each` and the one whose track it is: those are new in every step. `rule`: the step is taken by a decision under
    this rule (its id), not by filing it. `mandate`: whether it lays one down, keeps within it, or changes it."""

    id: str
    name: str
    title: str
    movers: tuple[Mover, ...]
    moves: tuple[Move, ...]
    act: Atom | None = None
    whiles: tuple[While, ...] = ()
    condition: Formula | None = None
    rule: str | None = None
    mandate: Literal["", "gives", "within", "extends", "ends"] = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Clock:
    """A time that runs from any of the steps in `starts` (by name; each starts it anew) and that any of those in
    `until` stops. Its length is in the text (`hours`), in the decision, the chair's to set, or not stated: then it has
    no end. When it runs out its `moves` are made (a mandate ends); without any, what was to follow is late."""

    id: str
    name: str
    title: str
    starts: tuple[str, ...]
    until: tuple[str, ...] = ()
    hours: int | None = None
    set_by: Literal["text", "decision", "chair", "not stated"] = "text"
    moves: tuple[Move, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Procedure:
    """The tracks, steps and clocks by which an organ goes about a matter; `precedence` are the names of steps that are
    put first when several are on the table, in that order."""

    id: str
    organ: str
    title: str
    tracks: tuple[Track, ...]
    steps: tuple[Step, ...]
    clocks: tuple[Clock, ...] = ()
    precedence: tuple[str, ...] = ()
    text: str | None = None
    place: Place = NOWHERE

    @property
    def instrument(self) -> str:
        """The instrument to which it belongs."""
        return self.id.partition(".")[0]

    @property
    def key(self) -> str:
        """By which a program knows it: its id, and behind it the text, where it belongs to one (`alp.aid@2005`)."""
        return self.id if self.text is None else f"{self.id}@{self.text}"

    def track(self, name: str) -> Track:
        """The track of that name. Raises KeyError."""
        return {each.name: each for each in self.tracks}[name]

    def step(self, name: str) -> Step:
        """The step of that name. Raises KeyError."""
        return {each.name: each for each in self.steps}[name]
