"""ATOP, the alliance-level file: one row for each alliance, with what it obliges to over its whole life.

What a later phase changed, and who joined when, it does not tell: for intervals take the member level. The published
counts of alliances by kind of obligation come from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from foedus.sources.about import edition
from foedus.sources.atop_member import KNOWN, PLEDGES, covered
from foedus.sources.cells import BACKWARDS, Unfit, begun, day, flag, missing_or_number, number
from foedus.sources.edition import Read
from foedus.sources.gather import Layout, as_read, gather, version_of
from foedus.sources.grid import grid
from foedus.terms.edtf import EDate

KIND = "atop-alliance"
MOST_MEMBERS = 80
"""Columns `mem1`, `mem2`, … that are looked for; version 4.01 has 59."""

_MEMBERS = tuple(f"mem{n}" for n in range(1, MOST_MEMBERS + 1))
LAYOUT = Layout(
    "the alliance-level file of ATOP",
    ("atopid", "begyr", "begmo", "begday", "endyr", "endmo", "endday", *PLEDGES),
    ("version", "bilat", "wartime", "conditio", "asymm", "defcon", "offcon", "neucon", "concon", *_MEMBERS),
    (
        ("member", "it has one row for each member and phase; take the file with one row for each alliance"),
        ("year", "it has one row for each year; take the file with one row for each alliance"),
    ),
)
_BEGINNING = ("begyr", "begmo", "begday")
_ENDING = ("endyr", "endmo", "endday")


@dataclass(frozen=True, slots=True)
class Alliance:
    """An alliance from the day of its signature until the first day on which it was in force no more (None: still
    in force when the version ends). What is None of the flags, the file does not say. `conditions` are the pledges
    that hang on anything; `members` all that ever were, by COW's numbers."""

    number: int
    start: EDate
    until: EDate | None
    pledges: frozenset[str]
    conditional: bool | None
    conditions: frozenset[str]
    asymmetric: bool | None
    bilateral: bool | None
    wartime: bool | None
    members: tuple[int, ...]
    line: int


_CONDITIONS = {"defcon": "defense", "offcon": "offense", "neucon": "neutral", "concon": "consul"}


def read_alliances(path: Path) -> Read[Alliance]:
    """The file. Raises `Refused` for one that is not it (F540), or of which most rows cannot be read (F801)."""
    names = LAYOUT.all
    first_condition, first_member = names.index("defcon"), names.index("mem1")
    last = date.min

    def made(line: int, cells: Sequence[str]) -> Alliance:
        nonlocal last
        start = begun(cells[1], cells[2], cells[3], _BEGINNING)
        until = day(cells[4], cells[5], cells[6], _ENDING)
        if until is not None and until.last < start.first:
            raise Unfit("endyr", str(until), BACKWARDS)
        last = max(last, (until or start).last)
        pledges = zip(PLEDGES, cells[7:12], strict=True)
        hanging = zip(_CONDITIONS, cells[first_condition:first_member], strict=True)
        members = (
            missing_or_number(cell, column)
            for column, cell in zip(_MEMBERS, cells[first_member:], strict=True)
            if cell
        )
        return Alliance(
            number(cells[0], "atopid"),
            start,
            until,
            frozenset(pledge for pledge, cell in pledges if flag(cell, pledge)),
            flag(cells[names.index("conditio")], "conditio"),
            frozenset(_CONDITIONS[column] for column, cell in hanging if flag(cell, column)),
            flag(cells[names.index("asymm")], "asymm"),
            flag(cells[names.index("bilat")], "bilat"),
            flag(cells[names.index("wartime")], "wartime"),
            tuple(member for member in members if member),
            line,
        )

    with grid(path, LAYOUT.what) as file:
        found = gather(file, LAYOUT, made, lambda row: row.number)
        version = version_of(found)
        return as_read(file, found, edition(KIND, version, covered(version, last)), LAYOUT, KNOWN)
