"""To whom a pledge is owed that differs by partner, as far as ATOP's directed dyad-years tell.

A member's row does not say to whom (`obvary`); a dyad-year says what the first state had pledged the second under all
alliances together. So what it lacks was not owed under this one either. What it has was owed under this one if the
year names no other alliance of the two; else it stays open, and the row stays marked. Years that the file does not have
stay as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

import numpy as np

from foedus.obligations.table import KINDS, UNENDED, Table, bits_of


class DyadYear(Protocol):
    """A row of the directed file, as its reader gives it."""

    @property
    def first(self) -> int: ...
    @property
    def second(self) -> int: ...
    @property
    def year(self) -> int: ...
    @property
    def pledges(self) -> frozenset[str]: ...
    @property
    def alliances(self) -> tuple[str, ...]: ...


def settled(table: Table, years: Iterable[DyadYear]) -> Table:
    """The table with every varying row divided by years, and in each with the pledges that the file leaves it."""
    varying = np.flatnonzero(table.varies)
    pairs = {(int(table.debtor[n]), int(table.beneficiary[n])) for n in varying}
    known = {(row.first, row.second, row.year): row for row in years if (row.first, row.second) in pairs}
    at: list[int] = np.flatnonzero(~table.varies).tolist()
    instead: dict[str, list[int]] = {
        name: getattr(table, name)[at].tolist() for name in ("start", "until", "pledges", "varies")
    }
    for n in varying.tolist():
        for start, until, pledges, varies in _parts(table, n, known):
            at.append(n)
            for name, value in zip(instead, (start, until, pledges, varies), strict=True):
                instead[name].append(value)
    columns = {name: np.array(values, KINDS[name]) for name, values in instead.items()}
    made = table.take(np.array(at, np.int64), **columns)
    return made.where(made.pledges != 0)


def _parts(
    table: Table, n: int, known: Mapping[tuple[int, int, int], DyadYear]
) -> Iterable[tuple[int, int, int, int]]:
    """A row's years: from which day until which, with which pledges, and whether it still varies."""
    start, until, end = int(table.start[n]), int(table.until[n]), int(table.ends[n])
    pledges = int(table.pledges[n])
    number = table.instruments[int(table.instrument[n])].id.partition(":")[2]
    last = date.fromordinal(min(end, date.max.toordinal()) - 1).year
    for year in range(date.fromordinal(start).year, last + 1):
        begins = max(start, date(year, 1, 1).toordinal())
        ends = min(until, date(year, 12, 31).toordinal() + 1)
        if year == last:
            ends = until if until != UNENDED else UNENDED
        row = known.get((int(table.debtor[n]), int(table.beneficiary[n]), year))
        if row is None:
            yield begins, ends, pledges, 1
        else:
            alone = {name.partition(".")[0] for name in row.alliances} == {number}
            yield begins, ends, pledges & bits_of(row.pledges), int(not alone)
