"""Uppsala Conflict Data Program: georeferenced events (GED), and the UCDP/PRIO Armed Conflict Dataset.

Both go by Gleditsch & Ward's numbers of states; a cell may list several, with commas between. GED names no version in
its rows: it is taken from the file's name where that has one (`GEDEvent_v25_1.csv`), else it is empty. Version 25.1
of the conflicts covers 2024: the year of a version is the year after the last that it covers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from foedus.sources.about import edition
from foedus.sources.cells import (
    BACKWARDS,
    NO_DAY,
    NO_STATE,
    Unfit,
    missing_or_number,
    number,
    share,
    written_day,
    year_of,
)
from foedus.sources.edition import Read
from foedus.sources.gather import Layout, as_read, gather, version_of
from foedus.sources.grid import grid
from foedus.sources.numbers import STATES

EVENTS, CONFLICTS = "ucdp-ged", "ucdp-conflict"
KNOWN = tuple(f"{year}.1" for year in range(17, 27))
"""Versions whose columns we know; the files themselves we have not seen."""

GED = Layout(
    "UCDP's Georeferenced Event Dataset",
    ("id", "year", "type_of_violence", "date_start", "date_end", "best", "high", "low", "country_id"),
    (
        "conflict_new_id", "conflict_name", "dyad_new_id", "side_a", "side_b", "where_prec", "date_prec", "latitude",
        "longitude", "deaths_civilians", "gwnoa", "gwnob",
    ),
    (("conflict_id", "it has one row for a conflict and a year; take the file of events"),),
)  # fmt: skip
CONFLICT = Layout(
    "UCDP/PRIO's Armed Conflict Dataset",
    ("conflict_id", "location", "side_a", "side_b", "year", "intensity_level", "type_of_conflict", "start_date"),
    (
        "version", "incompatibility", "territory_name", "start_prec", "start_date2", "ep_end", "ep_end_date",
        "gwno_a", "gwno_a_2nd", "gwno_b", "gwno_b_2nd", "gwno_loc",
    ),
    (
        ("dyad_id", "it is UCDP's dyadic dataset; take the one with a row for a conflict and a year"),
        ("bd_best", "it is UCDP's file of battle-related deaths"),
        ("type_of_violence", "it is the file of events"),
    ),
)  # fmt: skip

VIOLENCE = {1: "state-based", 2: "non-state", 3: "one-sided"}


@dataclass(frozen=True, slots=True)
class Event:
    """One event: `kind` is UCDP's type of violence (1 state-based, 2 non-state, 3 one-sided); deaths as best, lowest
    and highest estimate; `precision` of the place (1 exact to 7) and of the day (1 exact to 5); states by GW's
    numbers, where a side is one."""

    id: int
    year: int
    kind: int
    conflict: int | None
    conflict_name: str
    dyad: int | None
    side_a: str
    side_b: str
    country: int | None
    start: date
    last: date
    best: int
    low: int
    high: int
    civilians: int | None
    latitude: float | None
    longitude: float | None
    place_precision: int | None
    day_precision: int | None
    states_a: tuple[int, ...]
    states_b: tuple[int, ...]
    line: int


@dataclass(frozen=True, slots=True)
class ConflictYear:
    """A conflict in a year: `kind` is UCDP's type (1 extra-systemic, 2 inter-state, 3 within a state, 4 within a
    state with others' troops), `intensity` 1 (25 to 999 dead) or 2 (1,000 and more). `start` is the first death of
    the conflict, `episode` that of the episode, `ended` the last day of one that ended in the year. States by GW's
    numbers: the parties, and those with troops on their side."""

    conflict: int
    year: int
    location: str
    side_a: str
    side_b: str
    kind: int
    intensity: int
    incompatibility: int | None
    territory: str
    start: date | None
    start_precision: int | None
    episode: date | None
    ended: date | None
    states_a: tuple[int, ...]
    allies_a: tuple[int, ...]
    states_b: tuple[int, ...]
    allies_b: tuple[int, ...]
    places: tuple[int, ...]
    line: int


def read_events(path: Path) -> Read[Event]:
    """GED. Raises `Refused` for a file that is not it (F540), or of which most rows cannot be read (F801)."""

    def made(line: int, cells: Sequence[str]) -> Event:
        (
            id_, year, kind, first, last_, best, high, low, country, conflict, name, dyad, side_a, side_b, place,
            when, latitude, longitude, civilians, states_a, states_b,
        ) = cells  # fmt: skip
        start, last = _day(first, "date_start"), _day(last_, "date_end")
        if last < start:
            raise Unfit("date_end", last_, BACKWARDS)
        return Event(
            number(id_, "id"),
            year_of(year, "year"),
            number(kind, "type_of_violence"),
            missing_or_number(conflict, "conflict_new_id"),
            name,
            missing_or_number(dyad, "dyad_new_id"),
            side_a,
            side_b,
            missing_or_number(country, "country_id"),
            start,
            last,
            number(best, "best"),
            number(low, "low"),
            number(high, "high"),
            missing_or_number(civilians, "deaths_civilians"),
            share(latitude, "latitude", ()),
            share(longitude, "longitude", ()),
            missing_or_number(place, "where_prec"),
            missing_or_number(when, "date_prec"),
            _states(states_a, "gwnoa"),
            _states(states_b, "gwnob"),
            line,
        )

    with grid(path, GED.what) as file:
        found = gather(file, GED, made, lambda row: row.id)
        last = max((row.last for row in found.rows), default=date.min)
        first = min((row.start for row in found.rows), default=None)
        return as_read(file, found, edition(EVENTS, named_version(path.name), last, first), GED, KNOWN)


def read_conflicts(path: Path) -> Read[ConflictYear]:
    """UCDP/PRIO's conflicts. Raises `Refused` for a file that is not it (F540), or of which most rows cannot be read
    (F801)."""

    def made(line: int, cells: Sequence[str]) -> ConflictYear:
        of = dict(zip(CONFLICT.all, cells, strict=True))
        return ConflictYear(
            number(of["conflict_id"], "conflict_id"),
            year_of(of["year"], "year"),
            of["location"],
            of["side_a"],
            of["side_b"],
            number(of["type_of_conflict"], "type_of_conflict"),
            number(of["intensity_level"], "intensity_level"),
            missing_or_number(of["incompatibility"], "incompatibility"),
            of["territory_name"],
            _day_or_none(of["start_date"], "start_date"),
            missing_or_number(of["start_prec"], "start_prec"),
            _day_or_none(of["start_date2"], "start_date2"),
            _day_or_none(of["ep_end_date"], "ep_end_date"),
            _states(of["gwno_a"], "gwno_a"),
            _states(of["gwno_a_2nd"], "gwno_a_2nd"),
            _states(of["gwno_b"], "gwno_b"),
            _states(of["gwno_b_2nd"], "gwno_b_2nd"),
            _states(of["gwno_loc"], "gwno_loc"),
            line,
        )

    with grid(path, CONFLICT.what) as file:
        found = gather(file, CONFLICT, made, lambda row: (row.conflict, row.year))
        last = max((row.year for row in found.rows), default=1)
        return as_read(
            file, found, edition(CONFLICTS, version_of(found), date(last, 12, 31)), CONFLICT, KNOWN
        )


def named_version(name: str) -> str:
    """The version that a file's name has.

    >>> named_version("GEDEvent_v25_1.csv"), named_version("ged251.csv"), named_version("events.csv")
    ('25.1', '25.1', '')
    """
    found = re.search(r"(?:_v|ged)(\d\d)[_.]?(\d)\b", name, re.IGNORECASE)
    return f"{found[1]}.{found[2]}" if found else ""


def _day(text: str, column: str) -> date:
    found = written_day(text)
    if found is None:
        raise Unfit(column, text, NO_DAY)
    return found


def _day_or_none(text: str, column: str) -> date | None:
    return _day(text, column) if text else None


def _states(text: str, column: str) -> tuple[int, ...]:
    """States that a cell lists. -9 or less stands for none."""
    if not text:
        return ()
    found: list[int] = []
    for part in re.split(r"[,;]", text):
        each = missing_or_number(part.strip(), column)
        if each is None or each < 0:
            continue
        if each not in STATES:
            raise Unfit(column, part.strip(), NO_STATE)
        found.append(each)
    return tuple(found)
