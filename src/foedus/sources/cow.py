"""Correlates of War, State System Membership: on which days a state counts as a member of the system.

`read_spells` gives the whole list with its edition and what was left out of it; `read_system`, for a command that
compares membership, refuses a list with a bad row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from foedus.sources.cells import BACKWARDS, Unfit, begun, day, number
from foedus.sources.edition import Edition, Read
from foedus.sources.gather import Layout, gather, version_known
from foedus.sources.grid import grid
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
    versions: set[str] = set()

    def made(line: int, cells: Sequence[str]) -> Spell:
        start = begun(cells[3], cells[4], cells[5], _START)
        last = day(cells[6], cells[7], cells[8], _END)
        if last is None or last.last < start.first:
            raise Unfit("endyear", cells[6], BACKWARDS)
        versions.add(cells[9])
        return Spell(number(cells[0], "ccode"), start.first, last.last, cells[1], cells[2], line)

    with grid(path, LAYOUT.what) as file:
        found = gather(file, LAYOUT, made, lambda row: (row.number, row.start))
        version = max(versions, default="")
        last = max((row.last for row in found.rows), default=date.min)
        warnings = (*version_known(file.path, LAYOUT.what, version, KNOWN), *found.warnings)
        return Read(
            _edition(version, last), tuple(found.rows), tuple(found.dropped), file.path, file.digest, warnings
        )


def _edition(version: str, last: date) -> Edition:
    # COW's own key for the list carries the year of publication, which is the version's, or the year after.
    said = f", v{version}" if version else ""
    return Edition(
        KIND,
        "COW, State System Membership",
        version,
        date(1816, 1, 1),
        last,
        TERMS,
        f"Correlates of War Project. State System Membership List{said}. Online, https://correlatesofwar.org.",
        "cow_states",
        f"""\
@misc{{cow_states,
  author       = {{{{Correlates of War Project}}}},
  title        = {{State System Membership List{said}}},
  howpublished = {{Online}},
  url          = {{{URL}}}
}}
""",
        URL,
    )


TERMS = "Cite the version and the article that introduces the data; not to be handed on by others, as far as we know."
URL = "https://correlatesofwar.org/data-sets/state-system-membership/"
