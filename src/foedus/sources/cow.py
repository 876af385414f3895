"""Correlates of War, State System Membership: on which days a state counts as a member of the system.

Cite: Correlates of War Project, "State System Membership List, v2016" (2017).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from foedus.sources.stream import DataSet, Row, rows

_DATA = DataSet(
    "COW's list of states (State System Membership)",
    ("ccode", "styear", "stmonth", "stday", "endyear", "endmonth", "endday"),
    (),
    (("atopid", "it is a file of ATOP; give that with --atop"),),
)


@dataclass(frozen=True, slots=True)
class Spell:
    """A state in the system, both days included."""

    number: int
    start: date
    last: date


@dataclass(frozen=True)
class System:
    """All spells."""

    spells: tuple[Spell, ...]

    def on(self, number: int, day: date) -> bool:
        """Whether a state was a member on a day; of a day after the list ends, whether it was then."""
        day = min(day, max((spell.last for spell in self.spells), default=day))
        return any(spell.number == number and spell.start <= day <= spell.last for spell in self.spells)


def read_system(path: Path) -> System:
    """The file. Raises `Refused` for one that is not it (F540), or whose cells cannot be read (F541)."""
    return System(tuple(map(_spell, rows(path, _DATA))))


def _spell(row: Row) -> Spell:
    start = row.day("styear", "stmonth", "stday")
    last = row.day("endyear", "endmonth", "endday")
    if start is None or last is None:
        raise row.wrong("styear" if start is None else "endyear", "a spell begins and ends in some year")
    if last.last < start.first:
        raise row.wrong("endyear", f"it would end ({last}) before it begins ({start})")
    return Spell(row.whole_number("ccode"), start.first, last.last)
