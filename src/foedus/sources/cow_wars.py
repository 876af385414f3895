"""Correlates of War, inter-state wars: which state took part in which war, on which side, from when to when.

Version 4.0 comes in Latin-1 with lines that end in CR. -8 means that a column does not apply, -9 that a value is not
known. A state may take part twice in one war, with a time out of it in between. COW dates the entry of a state into
the fighting, not a declaration of war, and days are those in the place of the fighting.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from foedus.sources.about import edition
from foedus.sources.cells import BACKWARDS, Unfit, begun, day, missing_or_number, number
from foedus.sources.edition import Read
from foedus.sources.gather import Layout, as_read, gather, version_of
from foedus.sources.grid import grid
from foedus.sources.numbers import state
from foedus.terms.edtf import EDate

KIND = "cow-wars"
KNOWN = ("4", "4.0")
COVERED = date(2007, 12, 31)

_FIRST = (("startyear1", "startmonth1", "startday1"), ("endyear1", "endmonth1", "endday1"))
_SECOND = (("startyear2", "startmonth2", "startday2"), ("endyear2", "endmonth2", "endday2"))
LAYOUT = Layout(
    "COW's inter-state wars",
    ("warnum", "warname", "ccode", "statename", "side", *_FIRST[0], *_FIRST[1]),
    ("version", *_SECOND[0], *_SECOND[1], "initiator", "outcome", "batdeath", "wherefought"),
    (
        # The column of the other lists of wars is unconfirmed; it decides only what is said.
        ("ccodea", "it is the list of extra- or intra-state wars; take that of inter-state wars"),
        ("dispnum", "it is a file of militarised disputes; take that of inter-state wars"),
    ),
)


@dataclass(frozen=True, slots=True)
class Participant:
    """A state in a war, on a side (1 or 2); `spells` are when it fought, the last day included (None: not known).

    `outcome` and `where` are COW's numbers; `deaths` its own dead in battle. None is not known, or does not apply."""

    war: int
    name: str
    state: int
    state_name: str
    side: int
    spells: tuple[tuple[EDate, EDate | None], ...]
    initiator: bool | None
    outcome: int | None
    deaths: int | None
    where: int | None
    line: int


def read_wars(path: Path) -> Read[Participant]:
    """The file. Raises `Refused` for one that is not it (F540), or of which most rows cannot be read (F801)."""

    def made(line: int, cells: Sequence[str]) -> Participant:
        spells = [_spell(cells[5:11], *_FIRST)]
        if missing_or_number(cells[12], "startyear2") is not None:
            spells.append(_spell(cells[12:18], *_SECOND))
        initiator = missing_or_number(cells[18], "initiator")
        return Participant(
            number(cells[0], "warnum"),
            cells[1],
            state(cells[2], "ccode"),
            cells[3],
            number(cells[4], "side"),
            tuple(spells),
            None if initiator is None else initiator == 1,
            missing_or_number(cells[19], "outcome"),
            missing_or_number(cells[20], "batdeath"),
            missing_or_number(cells[21], "wherefought"),
            line,
        )

    with grid(path, LAYOUT.what) as file:
        found = gather(file, LAYOUT, made, lambda row: (row.war, row.state, row.side, row.spells[0][0].text))
        ends = [(last or start).last for row in found.rows for start, last in row.spells]
        version = version_of(found)
        latest = max(ends, default=date.min)
        last = max(COVERED, latest) if version in KNOWN else latest
        return as_read(file, found, edition(KIND, version, last), LAYOUT, KNOWN)


def began(rows: Iterable[Participant]) -> dict[int, int]:
    """The year in which each war began: that of its first spell of fighting."""
    found: dict[int, int] = {}
    for row in rows:
        year = min(start.first.year for start, _ in row.spells)
        found[row.war] = min(year, found.get(row.war, year))
    return found


def _spell(
    cells: Sequence[str], start: tuple[str, str, str], end: tuple[str, str, str]
) -> tuple[EDate, EDate | None]:
    first = begun(cells[0], cells[1], cells[2], start)
    last = day(cells[3], cells[4], cells[5], end)
    if last is not None and last.last < first.first:
        raise Unfit(end[0], str(last), BACKWARDS)
    return first, last
