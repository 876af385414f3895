"""What a decision lets a force do: its tasks, how many, from when until when, and how often it reports.

Each task is a norm for as long as the mandate runs: what the force *may*, *must* or *must not* do, and where.

>>> guard, fight = Task("guard", "may", "the airport"), Task("fight", "must not")
>>> mandate = Mandate((guard, fight), ceiling=100)
>>> [mandate.tasked(*asked) for asked in (("guard", "the airport"), ("guard", "the border"), ("fight", "the border"))]
['may', '', 'must not']
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

Force: TypeAlias = Literal["may", "must", "must not"]

FORCES: tuple[Force, ...] = ("may", "must", "must not")


@dataclass(frozen=True, slots=True)
class Task:
    """One row of a mandate: what the force may, must or must not do, and where (anywhere, if empty)."""

    what: str
    force: Force = "may"
    where: str = ""


@dataclass(frozen=True)
class Mandate:
    """A mandate, or what an extension changes of one. `ceiling` is for all contributors together, `ceilings` for each;
    None and absent: not stated. `since` and `until` are instants in UTC, both included; without `until` the end is not
    stated, or is set by a clock. A report is owed every `report_hours` on each of the `regions`."""

    tasks: tuple[Task, ...] = ()
    ceiling: int | None = None
    ceilings: Mapping[str, int] = field(default_factory=dict[str, int])
    since: datetime | None = None
    until: datetime | None = None
    report_hours: int | None = None
    regions: tuple[str, ...] = ()

    def tasked(self, what: str, where: str) -> Force | Literal[""]:
        """What the mandate says of a task at a place: a ban goes before a leave; empty where it has no such task."""
        found = {row.force for row in self.tasks if row.what == what and row.where in ("", where)}
        for force in reversed(FORCES):
            if force in found:
                return force
        return ""


@dataclass(frozen=True, slots=True)
class InForce:
    """A mandate that was laid down by the deed of that number, and since when. `over`: since when no more."""

    mandate: Mandate
    deed: int
    given: datetime
    over: datetime | None = None

    @property
    def since(self) -> datetime:
        """From when it may be acted upon."""
        return self.mandate.since or self.given
