"""Correlates of War, National Material Capabilities: six components of power for a state and a year, and CINC.

-9 means that a value is not known. Money is in thousands: of pounds sterling until 1913, of dollars from 1914. The
column `version` gives a year: 2011 for version 5.0, 2021 for 6.0, 2025 for 7.0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from foedus.sources.about import edition
from foedus.sources.cells import share, year_of
from foedus.sources.edition import Read
from foedus.sources.gather import Layout, as_read, gather, version_of
from foedus.sources.grid import grid
from foedus.sources.numbers import state

KIND = "nmc"
KNOWN = ("2011", "2021", "2025", "5", "5.0", "6", "6.0", "7", "7.0")
"""What the column `version` holds in the versions whose columns we know; the files themselves we have not seen."""

LAYOUT = Layout(
    "COW's National Material Capabilities",
    ("ccode", "year", "milex", "milper", "irst", "pec", "tpop", "upop", "cinc"),
    ("version", "stateabb"),
    (
        ("styear", "it is a list of states of Correlates of War"),
        ("atopid", "it is a file of ATOP"),
    ),
)


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a state had in a year; None is not known. `expenditure` in thousands (pounds until 1913, then dollars),
    `personnel` in thousands, `steel` (iron and steel) in thousands of tons, `energy` in thousands of coal-ton
    equivalents, `population` and `urban` in thousands; `cinc` is its share of the system's, from 0 to 1."""

    state: int
    year: int
    expenditure: float | None
    personnel: float | None
    steel: float | None
    energy: float | None
    population: float | None
    urban: float | None
    cinc: float | None
    line: int


def read_capabilities(path: Path) -> Read[Capabilities]:
    """The file. Raises `Refused` for one that is not it (F540), or of which most rows cannot be read (F801)."""
    columns = LAYOUT.needed

    def made(line: int, cells: Sequence[str]) -> Capabilities:
        values = [share(cell, column) for cell, column in zip(cells[2:9], columns[2:], strict=True)]
        expenditure, personnel, steel, energy, population, urban, cinc = values
        return Capabilities(
            state(cells[0], "ccode"),
            year_of(cells[1], "year"),
            expenditure,
            personnel,
            steel,
            energy,
            population,
            urban,
            cinc,
            line,
        )

    with grid(path, LAYOUT.what) as file:
        found = gather(file, LAYOUT, made, lambda row: (row.state, row.year))
        last = max((row.year for row in found.rows), default=1)
        return as_read(file, found, edition(KIND, version_of(found), date(last, 12, 31)), LAYOUT, KNOWN)
