"""The times that ran in a matter, as far as the record shows: from which step, until which, and whether in time.

Whether a step came late is said only where a length is stated, in hours, and the dates, which are known to the day at
best, tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from foedus.assessment.steps import Act
from foedus.ir.procedure import Clock, Procedure

Kept: TypeAlias = Literal["in time", "late", "open", ""]
"""Empty where no length is stated, or nothing stopped it."""


@dataclass(frozen=True, slots=True)
class Ran:
    """A clock that an event started. `days`: the least and the most whole days to the event that stopped it."""

    clock: Clock
    start: Act
    stop: Act | None = None
    days: tuple[int, int] | None = None
    kept: Kept = ""


def ran(procedure: Procedure, own: Sequence[Act]) -> tuple[Ran, ...]:
    """Every clock that something started, to the first event that stopped it: from the last that had started it by
    then, for each starts it anew."""
    found: list[Ran] = []
    for clock in procedure.clocks:
        starts = [act for act in own if act.step.name in clock.starts]
        if not starts:
            continue
        stops = (act for act in own if act.step.name in clock.until and act.days[1] >= starts[0].days[0])
        stop = next(stops, None)
        if stop is None:
            found.append(Ran(clock, starts[-1]))
            continue
        start = next((act for act in reversed(starts) if act.days[0] <= stop.days[0]), starts[0])
        (a, z), (b, y) = start.days, stop.days
        least, most = max(0, (b - z).days), max(0, (y - a).days)
        found.append(Ran(clock, start, stop, (least, most), _kept(clock, least, most)))
    return tuple(found)


def _kept(clock: Clock, least: int, most: int) -> Kept:
    if clock.hours is None:
        return ""
    if max(0, least - 1) * 24 >= clock.hours:
        return "late"
    return "in time" if (most + 1) * 24 <= clock.hours else "open"
