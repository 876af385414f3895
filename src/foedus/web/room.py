"""A live room: what is sent to it is tried in turn, written, and only then shown and acknowledged.

One writer takes what waits, tries it on the standing that the others before it have left, and has the record written.
If that fails, nothing was done: the standing stays what it was, and everybody who waited is told.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import TypeAlias

from foedus.council.chair import decide
from foedus.council.ledger.head import Head, Signer
from foedus.council.ledger.store import Behind, NoRoom, Unavailable
from foedus.council.position import Position
from foedus.diagnostics.problem import Refused
from foedus.exercise.scenario import Inject, Scenario
from foedus.meeting.bots import Bots
from foedus.meeting.clock import Wall, room_time
from foedus.meeting.entering import Body, Entered, Standing, entered, injected
from foedus.meeting.outside import Cues
from foedus.web.matter.beside import Beside
from foedus.web.storing import Storing

AT_ONCE = 256
"""Entries written under one head at most."""

PAUSE = 0.1
"""Seconds between two notices that something was entered: what comes meanwhile is told together."""
EACH = 0.0003
"""Seconds by which the streams are told one after the other: a thousand who all asked at once would keep a vote waiting
that comes with them."""

Making: TypeAlias = Callable[[datetime], Body]
"""The body of what somebody does, given the room's time at which it is done."""


class Unkept(Exception):
    """The record cannot be written: nothing was done."""


@dataclass
class _Job:
    make: Callable[[Standing, datetime, datetime], tuple[Standing, Entered, Body]]
    done: asyncio.Future[Entered]


@dataclass(eq=False)
class Room:
    """A room that is open. `standing`, `entries` and `head` are those that are on the disk. `trouble` says why the
    record could not be written, as long as it cannot. `beside`: what stands beside the debate."""

    name: str
    scenario: Scenario
    storing: Storing
    signer: Signer
    wall: Wall
    standing: Standing
    head: Head
    entries: list[Entered] = field(default_factory=list[Entered])
    trouble: str = ""
    beside: Beside | None = None
    extra: int = 0
    once: dict[str, Entered] = field(default_factory=dict[str, Entered])
    _under_way: dict[str, asyncio.Future[Entered]] = field(default_factory=dict[str, asyncio.Future[Entered]])
    had: set[int] = field(default_factory=set[int])
    _queue: asyncio.Queue[_Job] = field(default_factory=lambda: asyncio.Queue[_Job](10_000))
    _changed: asyncio.Future[int] | None = None
    streams: int = 0
    _last: dict[str, int] = field(default_factory=dict[str, int])
    _positions: dict[tuple[str, ...], tuple[int, Position]] = field(
        default_factory=dict[tuple[str, ...], tuple[int, Position]]
    )
    _tasks: list[asyncio.Task[None]] = field(default_factory=list[asyncio.Task[None]])
    closing: bool = False
    bots: Bots | None = None
    cues: Cues[Inject] = field(init=False)
    held: set[int] = field(default_factory=set[int])
    """The scenario's injects that the director holds back."""
    reworded: dict[int, Inject] = field(default_factory=dict[int, Inject])
    """Those that the director has put in other words, by number."""

    @property
    def ended(self) -> bool:
        """Whether the session is over: the chair has adjourned it, and not until a time."""
        debate = self.standing.debate
        return debate.sitting == "adjourned" and debate.until is None

    def __post_init__(self) -> None:
        self.once = {each.once: each for each in self.entries if each.once}
        self.cues = Cues(self.scenario.injects)
        self._last = {each.by: each.number for each in self.entries}

    @property
    def stamp(self) -> int:
        """What grows when there is something new to see: the number of entries, and how often what stands beside the
        debate was assessed anew since the server was started."""
        return self.standing.size + self.extra

    def renewed(self) -> None:
        """Something is to be seen anew although nothing was entered."""
        self.extra += 1
        self._tell()

    # ---- time ----

    def now(self) -> datetime:
        """The room's time."""
        return max(room_time(self.standing.debate.pace, self.wall.now()), self.standing.at)

    # ---- doing ----

    async def act(self, make: Making, person: str, key: str = "") -> Entered:
        """Has something tried, written and shown. The same key gives what it gave the first time. Raises `Refused`
        (F656) for what is no deed, Unkept where the record cannot be written; what is out of order is an entry."""
        once = sha256(f"{person} {key}".encode()).hexdigest()[:24] if key else ""
        if once and once in self.once:
            return self.once[once]
        if once and once in self._under_way:
            return await asyncio.shield(self._under_way[once])

        def tried(standing: Standing, at: datetime, real: datetime) -> tuple[Standing, Entered, Body]:
            marks = {name: value for name, value in (("person", person), ("once", once)) if value}
            return entered(standing, {**make(at), **marks}, real)

        return await self._asked(tried, once)

    async def inject(self, inject: Inject, number: int = -1) -> Entered:
        """Something comes from outside. Raises Unkept."""
        found = await self._asked(lambda standing, at, real: injected(standing, inject, number, at, real))
        self.had.add(number)
        return found

    async def _asked(
        self, make: Callable[[Standing, datetime, datetime], tuple[Standing, Entered, Body]], once: str = ""
    ) -> Entered:
        job = _Job(make, asyncio.get_running_loop().create_future())
        try:
            self._queue.put_nowait(job)
        except asyncio.QueueFull:
            raise Unkept("too much is waiting") from None
        if once:
            self._under_way[once] = job.done
            job.done.add_done_callback(lambda _: self._under_way.pop(once, None))
        return await asyncio.shield(job.done)  # whoever asked may go away meanwhile: it is done all the same

    async def write(self) -> None:
        """Takes what waits and writes it, for as long as the room is open."""
        while True:
            jobs = [await self._queue.get()]
            while len(jobs) < AT_ONCE and not self._queue.empty():
                jobs.append(self._queue.get_nowait())
            await self._written(jobs)

    async def _written(self, jobs: list[_Job]) -> None:
        standing, made = self.standing, list[tuple[_Job, Entered, Body]]()
        for job in jobs:
            real = self.wall.now().replace(microsecond=0)
            real = max(real, standing.real)
            at = max(room_time(standing.debate.pace, real), standing.at)
            try:
                standing, entry, body = job.make(standing, at, real)
            except Refused as refused:
                _told(job, refused)
            except Exception as error:  # whatever a request does, the room goes on
                _told(job, error)
            else:
                made.append((job, entry, body))
        if not made:
            return
        try:
            head = await self.storing.append(
                self.name, [body for _, _, body in made], self.signer, self.standing.size
            )
        except (Unavailable, NoRoom, Behind) as error:
            self.trouble = str(error)
            for job, _, _ in made:
                _told(job, Unkept(self.trouble))
            return
        self.trouble = ""
        self.head = head
        self.standing = standing
        for job, entry, _ in made:
            self.entries.append(entry)
            self._last[entry.by] = entry.number
            if entry.once:
                self.once[entry.once] = entry
            if not job.done.done():
                job.done.set_result(entry)
        if self.beside is not None:
            self.beside.moved(standing)
        self._tell()

    # ---- showing ----

    def position(self, by: tuple[str, ...]) -> Position:
        """What these may do now, and what not and why. Votes of others make no difference to it, but that the last of
        them lets the chair close: the part `desk` looks at that by itself."""
        version = max(self.standing.moved, self.last_by(by))
        kept = self._positions.get(by)
        if kept is None or kept[0] != version:
            kept = (version, decide(self.standing.rules, self.standing.state, self.now(), by))
            self._positions[by] = kept
        return kept[1]

    def last_by(self, by: tuple[str, ...]) -> int:
        """The number of the last entry of these, where it came after the last that moved something; else 0."""
        last = max((self._last.get(who, 0) for who in by), default=0)
        return last if last > self.standing.moved else 0

    def _tell(self) -> None:
        if self._changed is not None and not self._changed.done():
            loop = asyncio.get_running_loop()
            pause = max(PAUSE, 1.3 * EACH * self.streams)
            wait = max(self._told_at + pause - loop.time(), 0.0)
            changed, self._changed = self._changed, None
            loop.call_later(wait, self._wake, changed)

    _told_at: float = 0.0

    def _wake(self, changed: asyncio.Future[int]) -> None:
        self._told_at = asyncio.get_running_loop().time()
        if not changed.done():
            changed.set_result(self.stamp)

    def change(self) -> asyncio.Future[int]:
        """Done with the number of entries when there are more, or when the room is closed. Not to be cancelled."""
        if self._changed is None or self._changed.done():
            self._changed = asyncio.get_running_loop().create_future()
        return self._changed

    # ---- opening and closing ----

    def open(self) -> None:
        """Begins to write what is sent."""
        self._tasks.append(asyncio.get_running_loop().create_task(self.write()))

    def also(self, task: asyncio.Task[None]) -> None:
        """Something that goes on as long as the room is open."""
        self._tasks.append(task)

    def let_go(self) -> None:
        """Ends the streams: a server that is told to end waits for its answers, and these would never."""
        self.closing = True
        if self._changed is not None and not self._changed.done():
            self._changed.set_result(self.standing.size)

    async def close(self) -> None:
        """Ends the streams, then the writing."""
        self.let_go()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def _told(job: _Job, error: Exception) -> None:
    if not job.done.done():
        job.done.set_exception(error)
