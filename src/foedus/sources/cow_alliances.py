"""Correlates of War, Formal Alliances: by dyad or by member, as intervals or year by year.

Of two states, the file by directed dyad says what the first owed the second; the file by dyad names each pair once.
An end that is not there means that the alliance stood on the last day that the version covers: of version 4.1, the
end of 2012. Whether a pledge still held on the day of the end itself, the files do not say. COW counts only members
of its system, from the day on which both were; `left_censored` are alliances older than that. Names have letters in
Latin-1. The yearly files count a year whole. The files by dyad hold some rows twice: they are left out and counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from foedus.sources.about import edition
from foedus.sources.cells import BACKWARDS, Unfit, begun, day, flag, missing_or_number, number
from foedus.sources.edition import Read
from foedus.sources.gather import Layout, as_read, gather, version_of
from foedus.sources.grid import grid
from foedus.sources.numbers import state
from foedus.terms.edtf import EDate

KNOWN = ("4.1",)
"""Versions whose columns we know; the files themselves we have not seen."""

COVERED: Mapping[str, date] = {"4.1": date(2012, 12, 31)}

PLEDGES: Mapping[str, str] = {
    "defense": "defense",
    "neutrality": "neutral",
    "nonaggression": "nonagg",
    "entente": "entente",
}
"""COW's columns by the names that ATOP has for the same pledges; an entente (to consult in a crisis) keeps its own."""

DYADS = Layout(
    "COW's Formal Alliances, by dyad",
    (
        "version4id", "ccode1", "ccode2", "dyad_st_year", "dyad_st_month", "dyad_st_day", "dyad_end_year",
        "dyad_end_month", "dyad_end_day", *PLEDGES,
    ),
    # `asymmetric` is in the file by dyad; whether in that by directed dyad too is unconfirmed.
    ("version", "left_censor", "right_censor", "asymmetric", "year"),
    (
        ("mem_st_year", "it is the file by member"),
        ("atopid", "it is a file of ATOP"),
    ),
)  # fmt: skip
MEMBERS = Layout(
    "COW's Formal Alliances, by member",
    (
        "version4id", "ccode", "mem_st_year", "mem_st_month", "mem_st_day", "mem_end_year", "mem_end_month",
        "mem_end_day", *PLEDGES,
    ),
    ("version", "left_censor", "right_censor", "ss_type", "year"),
    (
        ("dyad_st_year", "it is a file by dyad"),
        ("atopid", "it is a file of ATOP"),
    ),
)  # fmt: skip
_DYAD_START = ("dyad_st_year", "dyad_st_month", "dyad_st_day")
_DYAD_END = ("dyad_end_year", "dyad_end_month", "dyad_end_day")
_START = ("mem_st_year", "mem_st_month", "mem_st_day")
_END = ("mem_end_year", "mem_end_month", "mem_end_day")


@dataclass(frozen=True, slots=True)
class Pact:
    """What `first` owed `second` (by dyad: each the other) under an alliance, from `start` to `last` (None: still on
    the last day covered); `year` in a yearly file."""

    alliance: int
    first: int
    second: int
    start: EDate
    last: EDate | None
    pledges: frozenset[str]
    asymmetric: bool | None
    left_censored: bool | None
    right_censored: bool | None
    year: int | None
    line: int


@dataclass(frozen=True, slots=True)
class Ally:
    """A member of an alliance from `start` to `last` (None: still on the last day covered); `type` as COW words it."""

    alliance: int
    member: int
    start: EDate
    last: EDate | None
    pledges: frozenset[str]
    type: str
    left_censored: bool | None
    right_censored: bool | None
    year: int | None
    line: int


def read_pacts(path: Path) -> Read[Pact]:
    """A file by dyad, directed or not, yearly or not; `Edition.id` says which. Raises `Refused` for one that is not
    it (F540), or of which most rows cannot be read (F801)."""

    def made(line: int, cells: Sequence[str]) -> Pact:
        version, left, right, asymmetric, year = cells[13:]
        del version
        start, last = _interval(cells[3:9], _DYAD_START, _DYAD_END)
        return Pact(
            number(cells[0], "version4id"),
            state(cells[1], "ccode1"),
            state(cells[2], "ccode2"),
            start,
            last,
            _pledges(cells[9:13]),
            flag(asymmetric, "asymmetric"),
            flag(left, "left_censor"),
            flag(right, "right_censor"),
            missing_or_number(year, "year"),
            line,
        )

    with grid(path, DYADS.what) as file:
        found = gather(file, DYADS, made)
        version = version_of(found)
        kind = "cow-alliances" if directed(found.rows) else "cow-alliances-dyad"
        kind += "-yearly" if "year" in file.names else ""
        return as_read(file, found, edition(kind, version, _covered(version, found.rows)), DYADS, KNOWN)


def read_allies(path: Path) -> Read[Ally]:
    """A file by member, yearly or not. Raises `Refused` for one that is not it (F540), or of which most rows cannot
    be read (F801)."""

    def made(line: int, cells: Sequence[str]) -> Ally:
        version, left, right, named, year = cells[12:]
        del version
        start, last = _interval(cells[2:8], _START, _END)
        return Ally(
            number(cells[0], "version4id"),
            state(cells[1], "ccode"),
            start,
            last,
            _pledges(cells[8:12]),
            named,
            flag(left, "left_censor"),
            flag(right, "right_censor"),
            missing_or_number(year, "year"),
            line,
        )

    with grid(path, MEMBERS.what) as file:
        found = gather(file, MEMBERS, made)
        version = version_of(found)
        kind = "cow-alliances-member" + ("-yearly" if "year" in file.names else "")
        return as_read(file, found, edition(kind, version, _covered(version, found.rows)), MEMBERS, KNOWN)


def directed(rows: Sequence[Pact]) -> bool:
    """Whether some pair stands there in both directions: the file by dyad has each pair once."""
    pairs = {(row.first, row.second) for row in rows}
    return any((second, first) in pairs for first, second in pairs)


def _interval(
    cells: Sequence[str], start: tuple[str, str, str], end: tuple[str, str, str]
) -> tuple[EDate, EDate | None]:
    first = begun(cells[0], cells[1], cells[2], start)
    last = day(cells[3], cells[4], cells[5], end)
    if last is not None and last.last < first.first:
        raise Unfit(end[0], str(last), BACKWARDS)
    return first, last


def _pledges(cells: Sequence[str]) -> frozenset[str]:
    named = zip(PLEDGES.items(), cells, strict=True)
    return frozenset(pledge for (column, pledge), cell in named if flag(cell, column))


def _covered(version: str, rows: Sequence[Pact] | Sequence[Ally]) -> date:
    latest = max(((row.last or row.start).last for row in rows), default=date.min)
    return max(COVERED.get(version, latest), latest)
