"""The panel as one would explain it to somebody: go through the days, and see who owed whom what on each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from tests.panel.files import Row

END = date(2017, 1, 1)
"""The first day that the version does not cover."""

Cell = dict[str, int]
Key = tuple[int, int, int]
HUNG = {"defense": ("defcoadv", "defconum"), "offense": ("offcoadv",), "consul": ("concoreq",)}


def days_of(year: int, rule: str) -> Iterator[date]:
    if rule == "any":
        day = date(year, 1, 1)
        while day.year == year:
            yield day
            day += timedelta(1)
    else:
        yield {"jan1": date(year, 1, 1), "july1": date(year, 7, 1), "dec31": date(year, 12, 31)}[rule]


def live(row: Row, day: date) -> bool:
    return row.start <= day < min(row.until or END, END)


def expansion(
    rows: Iterable[Row], spells: Iterable[tuple[int, date, date]], years: Iterable[int], rule: str
) -> dict[Key, Cell]:
    """Every directed pair of states and year in the frame, with what `foedus` calls `atop_…`."""
    rows, spells = list(rows), list(spells)
    found: dict[Key, Cell] = {}
    for year in years:
        days = list(days_of(year, rule))
        there = {
            n
            for n, first, last in spells
            if any(first <= day and (day <= last or last >= date(2016, 12, 31)) for day in days)
        }
        for one in there:
            for other in there - {one}:
                found[one, other, year] = cell(
                    [r for r in rows if r.member in (one, other)], one, other, days
                )
    return found


def cell(rows: list[Row], one: int, other: int, days: list[date]) -> Cell:
    owed: dict[str, list[bool]] = {p: [] for p in ("defense", "offense", "neutral", "nonagg", "consul")}
    instruments: set[int] = set()
    varies = False
    for day in days:
        for x in rows:
            if x.member != one or not live(x, day) or not x.pledges:
                continue
            for y in rows:
                if (y.member, y.alliance, y.phase) != (other, x.alliance, x.phase) or not live(y, day):
                    continue
                instruments.add(x.alliance)
                varies = varies or x.varies
                for pledge in x.pledges:
                    owed[pledge].append(any(flag in x.flags for flag in HUNG.get(pledge, ())))
    said = {f"atop_{p}": int(bool(hung)) for p, hung in owed.items()}
    for pledge, hung in owed.items():
        if pledge != "nonagg":
            said[f"atop_{pledge}_conditional"] = int(bool(hung) and all(hung))
    return {**said, "atop_varies": int(varies), "atop_instruments": len(instruments)}
