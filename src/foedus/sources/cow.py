"""Correlates of War, State System Membership: on which days a state counts as a member of the system.

`read_spells` gives the whole list with its edition and what was left out of it; `read_system`, for a command that
compares membership, refuses a list with a bad row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from foedus.sources.about import edition
from foedus.sources.cells import BACKWARDS, Unfit, begun, day, number
from foedus.sources.edition import Read
from foedus.sources.gather import Layout, as_read, gather, version_of
from foedus.sources.grid import grid, no_such
from foedus.sources.stream import DataSet, Row, rows

_DATA = DataSet(
    "COW's list of states (State System Membership)",
    ("ccode", "styear", "stmonth", "stday", "endyear", "endmonth", "endday"),
    (),
    (("atopid", "it is a file of ATOP; give that with --atop"),),
)


@dataclass(frozen=True, slots=True)
class Spell:
    """A state in the system, both days included; by COW's number, with COW's letters and name for it."""

    number: int
    start: date
    last: date
    letters: str = ""
    name: str = ""
    line: int = 0


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


KIND = "cow-states"
KNOWN = ("2004", "2008", "2011", "2016", "2024")
"""Versions by the year that the column `version` gives; of 2024 we have not seen the file."""

LAYOUT = Layout(
    _DATA.name,
    ("ccode", "stateabb", "statenme", "styear", "stmonth", "stday", "endyear", "endmonth", "endday"),
    ("version",),
    (("atopid", "it is a file of ATOP"), ("version4id", "it is a file of COW's Formal Alliances")),
)
_START = ("styear", "stmonth", "stday")
_END = ("endyear", "endmonth", "endday")


def read_spells(path: Path) -> Read[Spell]:
    """The list. Raises `Refused` for one that is not it (F540), or of which most rows cannot be read (F801)."""

    def made(line: int, cells: Sequence[str]) -> Spell:
        return _made(line, cells[0], cells[1], cells[2], cells[3:9])

    with grid(path, LAYOUT.what) as file:
        found = gather(file, LAYOUT, made, lambda row: (row.number, row.start))
        last = max((row.last for row in found.rows), default=date.min)
        return as_read(file, found, edition(KIND, version_of(found), last), LAYOUT, KNOWN)


MAJORS = Layout(
    "COW's list of major powers",
    ("stateabb", "ccode", *_START, *_END),
    ("version",),
    (("atopid", "it is a file of ATOP"), ("version4id", "it is a file of COW's Formal Alliances")),
)


def read_majors(path: Path) -> Read[Spell]:
    """COW's major powers: the same columns as the list of states, without the name. Raises `Refused` for a file that
    is not it (F540), or of which most rows cannot be read (F801)."""

    def made(line: int, cells: Sequence[str]) -> Spell:
        return _made(line, cells[1], cells[0], "", cells[2:8])

    with grid(path, MAJORS.what) as file:
        if "statenme" in file.names:
            raise no_such(file.path, MAJORS.what, "it is the list of all states")
        found = gather(file, MAJORS, made, lambda row: (row.number, row.start))
        last = max((row.last for row in found.rows), default=date.min)
        return as_read(file, found, edition("cow-majors", version_of(found), last), MAJORS, KNOWN)


def _made(line: int, written: str, letters: str, name: str, days: Sequence[str]) -> Spell:
    start = begun(days[0], days[1], days[2], _START)
    last = day(days[3], days[4], days[5], _END)
    if last is None or last.last < start.first:
        raise Unfit("endyear", days[3], BACKWARDS)
    return Spell(number(written, "ccode"), start.first, last.last, letters, name, line)
