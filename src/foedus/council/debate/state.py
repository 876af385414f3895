"""Where a meeting stands: who has the floor, who waits for it, what has been moved, which papers there are. Frozen.

Speeches take real time, whatever clock the matter runs by: `real` of an entry is what their length is counted in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from foedus.ir.decision import Status

Sitting: TypeAlias = Literal["not opened", "open", "suspended", "adjourned"]
Speaking: TypeAlias = Literal["speech", "reply", "explanation"]
SPEAKING: tuple[Speaking, ...] = ("speech", "reply", "explanation")
"""For what one has the floor: the debate, a right of reply, an explanation of one's vote."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the agenda. `entry` is where it was proposed."""

    id: str
    title: str
    by: str
    entry: int
    stands: Literal["proposed", "adopted", "taken up", "finished", "struck"] = "proposed"
    text: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """A request for the floor, in the order in which it was received. `whom` is who is replied to."""

    who: str
    what: Speaking
    entry: int
    whom: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Speech:
    """Who has, or had, the floor. `began` and `ended` are real times; `seconds` how long it was given for, None where
    no limit holds. A speech that a point of order or a suspension interrupts is `held` with the seconds used. `item` is
    the one that was taken up then, `whom` who is replied to."""

    who: str
    what: Speaking
    entry: int
    began: datetime
    seconds: int | None = None
    ended: datetime | None = None
    used: int = 0
    held: bool = False
    item: str = ""
    whom: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A point of order: open until the chair rules on it, which it does at once. `answer`: upheld, not upheld;
    `overruled`: an appeal against that was carried."""

    who: str
    entry: int
    text: str
    answer: str = ""
    why: str = ""
    ruled: int | None = None
    overruled: bool = False


@dataclass(frozen=True)
class Motion:
    """A motion on procedure. `what` is a row of the rules of order. `said` are the hands shown; `fate` is empty while
    it waits, *put* while hands are shown, then what became of it."""

    id: str
    what: str
    by: str
    entry: int
    until: datetime | None = None
    item: str = ""
    seconds: int | None = None
    ballot: str = ""
    text: str = ""
    said: Mapping[str, Status] = field(default_factory=dict[str, Status])
    fate: Literal["", "put", "carried", "lost", "withdrawn", "fallen"] = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: `what` it is (working paper, draft, statement, letter). Its content lies beside the record, under
    `digest`; every revision is an entry. `proposal` is the one on the table that it is the text of."""

    id: str
    what: str
    title: str
    by: str
    entry: int
    digest: str = ""
    size: int = 0
    sponsors: tuple[str, ...] = ()
    proposal: str = ""
    revision: int = 0
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Manner:
    """How a vote is taken. `first` is who is called first in a roll call; `hidden`: not shown before the close."""

    what: Literal["recorded", "roll call"] = "recorded"
    hidden: bool = False
    first: str = ""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Words by which an entry is found again."""

    entry: int
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Pace:
    """The room's time against the clock's: since `real`, when the room stood at `room`, so many seconds of the room
    pass in one on the wall; none, where it is paused."""

    room: datetime
    real: datetime
    pace: int = 1
    running: bool = True


@dataclass(frozen=True)
class Debate:
    """Where a meeting stands after its acts. `meeting` counts from 1, and 0 before the first is opened. `limits` are
    seconds by what one has the floor for, 0 for none, where they are not as the room has settled. `closed`: the debate
    on the item, by a motion. `speeches` are all that were held, the last without end while it goes on."""

    sitting: Sitting = "not opened"
    meeting: int = 0
    until: datetime | None = None
    items: Mapping[str, Item] = field(default_factory=dict[str, Item])
    item: str = ""
    list_open: bool = True
    closed: bool = False
    asking: tuple[Asking, ...] = ()
    speeches: tuple[Speech, ...] = ()
    limits: Mapping[str, int] = field(default_factory=dict[str, int])
    points: tuple[Point, ...] = ()
    motions: Mapping[str, Motion] = field(default_factory=dict[str, Motion])
    papers: Mapping[str, Paper] = field(default_factory=dict[str, Paper])
    manners: Mapping[str, Manner] = field(default_factory=dict[str, Manner])
    bookmarks: tuple[Bookmark, ...] = ()
    pace: Pace | None = None

    @property
    def speaking(self) -> Speech | None:
        """Who has the floor."""
        last = self.speeches[-1] if self.speeches else None
        return last if last is not None and last.ended is None else None

    @property
    def point(self) -> Point | None:
        """The point of order that the chair has to rule on before anything else."""
        last = self.points[-1] if self.points else None
        return last if last is not None and not last.answer else None

    @property
    def voting(self) -> Motion | None:
        """The motion on procedure on which hands are shown."""
        return next((each for each in self.motions.values() if each.fate == "put"), None)
