"""The room's time against the clock on the wall.

An exercise of forty days runs in ninety minutes: the room's time runs faster, is paused, or jumps. Neither time ever
goes back. The wall's clock is read once; from then on a clock that nobody can set tells how much has passed.

>>> start = datetime(2031, 3, 4, 8, tzinfo=UTC)
>>> pace = Pace(start, start, 640)
>>> room_time(pace, start + timedelta(minutes=3))
datetime.datetime(2031, 3, 5, 16, 0, tzinfo=datetime.timezone.utc)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import monotonic

from foedus.council.debate.clock import room_now
from foedus.council.debate.state import Pace


def room_time(pace: Pace | None, real: datetime) -> datetime:
    """The room's time at an instant on the wall, to the second."""
    return real.replace(microsecond=0) if pace is None else room_now(pace, real)


def real_time(pace: Pace | None, room: datetime) -> datetime | None:
    """When it will be so late in the room; None while its time is paused."""
    if pace is None:
        return room
    return pace.real + (room - pace.room) / pace.pace if pace.running else None


@dataclass
class Wall:
    """The clock on the wall, that never goes back: begun at `start`, or now. `not_before` is the last instant that a
    record has, when one is taken up again: a clock that was set back meanwhile waits there."""

    start: datetime = field(default_factory=lambda: datetime.now(UTC))
    ticks: Callable[[], float] = monotonic
    not_before: datetime | None = None

    def __post_init__(self) -> None:
        self._began = self.ticks()
        if self.not_before is not None:
            self.start = max(self.start, self.not_before)
        self._last = self.start

    def now(self) -> datetime:
        """The instant, with parts of a second."""
        self._last = max(self._last, self.start + timedelta(seconds=self.ticks() - self._began))
        return self._last
