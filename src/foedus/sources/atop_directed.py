"""ATOP, directed dyad-years: for two states and a year, what the first had pledged the second under any alliance.

A year counts whole, also where the alliance began or ended in it, and what one alliance of several obliges to is not
told apart. For days, for conditions and for what comes from which alliance, take the member level. Foedus reads this
file to check what it makes of that one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from foedus.sources.about import edition
from foedus.sources.atop_member import KNOWN, PLEDGES, covered
from foedus.sources.cells import NOTHING, flag, number, year_of
from foedus.sources.edition import Read
from foedus.sources.gather import Layout, as_read, gather, version_of
from foedus.sources.grid import grid
from foedus.sources.numbers import state

KIND = "atop-directed"

_ALLIANCES = tuple(f"atopid{n}" for n in range(1, 14))  # version 5.1 has nine; more are unconfirmed
LAYOUT = Layout(
    "ATOP's file of directed dyad-years",
    ("statea", "stateb", "year", *PLEDGES),
    ("version", "asymm", *_ALLIANCES),
    (
        ("mem1", "it is the file of dyads without direction; take the directed one, with `stateA` and `stateB`"),
        ("member", "it has one row for each member and phase; take the file with one row for two states and a year"),
        ("begyr", "it has one row for each alliance; take the file with one row for two states and a year"),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DyadYear:
    """What `first` had pledged `second` in a year, and under which alliances (as the file numbers them; it may add a
    point and the number of a phase)."""

    first: int
    second: int
    year: int
    pledges: frozenset[str]
    alliances: tuple[str, ...]
    asymmetric: bool | None
    line: int


def read_directed(path: Path) -> Read[DyadYear]:
    """The file. Raises `Refused` for one that is not it (F540), or of which most rows cannot be read (F801)."""
    pledged: dict[tuple[str, ...], frozenset[str]] = {}
    last = 0

    def made(line: int, cells: Sequence[str]) -> DyadYear:
        nonlocal last
        said = tuple(cells[3:8])
        if said not in pledged:
            pledged[said] = frozenset(
                pledge for pledge, cell in zip(PLEDGES, said, strict=True) if flag(cell, pledge)
            )
        year = year_of(cells[2], "year")
        last = max(last, year)
        return DyadYear(
            state(cells[0], "statea"),
            state(cells[1], "stateb"),
            year,
            pledged[said],
            tuple(_alliance(cell, column) for column, cell in zip(_ALLIANCES, cells[10:], strict=True) if _named(cell)),
            flag(cells[9], "asymm"),
            line,
        )  # fmt: skip

    with grid(path, LAYOUT.what) as file:
        found = gather(file, LAYOUT, made, lambda row: (row.first, row.second, row.year))
        version = version_of(found)
        latest = date(last, 12, 31) if last else date.min
        return as_read(file, found, edition(KIND, version, covered(version, latest)), LAYOUT, KNOWN)


def _named(cell: str) -> bool:
    return bool(cell) and cell != "0" and cell.casefold() not in NOTHING


def _alliance(cell: str, column: str) -> str:
    """`3180` of `3180.0`; `3180.1` as it is. Raises `Unfit` for what is no number."""
    if "." in cell and cell.rstrip("0")[-1] != "." and cell.replace(".", "", 1).isdigit():
        return cell
    return str(number(cell, column))
