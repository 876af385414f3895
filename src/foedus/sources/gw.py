"""Gleditsch & Ward, independent states since 1816, and the list of microstates that goes with it.

The file has no row of names (`iisystem.dat`, `microstatessystem.dat`: dates as 31:12:2017), or one (`ksgmdw.txt`,
`microstates.txt`: dates as 2020-12-31); tabs part the five columns. The two lists look alike: the one that has the
United States (2) is that of independent states. Neither names its version; the last day in it is that of the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from foedus.sources.about import edition
from foedus.sources.cells import BACKWARDS, NO_DAY, Unfit, number, written_day
from foedus.sources.edition import Read
from foedus.sources.gather import Layout, as_read, gather
from foedus.sources.grid import columns_of, grid, no_such

STATES, MICROSTATES = "gw-states", "gw-microstates"
UNITED_STATES = 2
COLUMNS = ("number", "abbreviation", "name", "start", "end")
LAYOUT = Layout("Gleditsch & Ward's list of states", COLUMNS)


@dataclass(frozen=True, slots=True)
class Independent:
    """A state by Gleditsch & Ward's number, independent from `start` to `last`, both days included."""

    number: int
    letters: str
    name: str
    start: date
    last: date
    line: int


def read_independent(path: Path) -> Read[Independent]:
    """Either list; `Edition.id` says which. Raises `Refused` for a file that is neither (F540), or of which most rows
    cannot be read (F801)."""

    def made(line: int, cells: Sequence[str]) -> Independent:
        start, last = _day(cells[3], "start"), _day(cells[4], "end")
        if last < start:
            raise Unfit("end", cells[4], BACKWARDS)
        return Independent(number(cells[0], "number"), cells[1], cells[2], start, last, line)

    first = columns_of(path)
    if len(first) < len(COLUMNS):
        raise no_such(path.as_posix(), LAYOUT.what, "a row of it has five columns, with tabs between")
    with grid(path, LAYOUT.what, named=not first[0].isdigit()) as file:
        file.names = COLUMNS
        found = gather(file, LAYOUT, made, lambda row: (row.number, row.start))
        kind = STATES if any(row.number == UNITED_STATES for row in found.rows) else MICROSTATES
        last = max((row.last for row in found.rows), default=date.min)
        return as_read(file, found, edition(kind, "", last), LAYOUT, ())


def _day(text: str, column: str) -> date:
    found = written_day(text)
    if found is None:
        raise Unfit(column, text, NO_DAY)
    return found


def looks_like(first: Sequence[str]) -> bool:
    """Whether a first row is one of these lists, with or without names."""
    if len(first) != len(COLUMNS):
        return False
    if first[0].isdigit():
        return written_day(first[3]) is not None and written_day(first[4]) is not None
    return first[3].startswith("start") and first[4].startswith("end") and "ccode" not in first
