"""Rows of a data set for a command that cannot go on without every one of them: the first bad cell refuses the file.

What a file is like, `grid` says. Only the columns asked for are kept. A reader that leaves bad rows out and counts
them goes by `gather` instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import Place, whole
from foedus.sources.grid import grid, lacking, no_such
from foedus.terms.edtf import EDate, parse_date


@dataclass(frozen=True, slots=True)
class DataSet:
    """A data set's name as messages have it, the columns it must have, those it may have, and what to say of a
    file that lacks one but has another (column, advice)."""

    name: str
    needed: tuple[str, ...]
    further: tuple[str, ...] = ()
    taken_for: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells by column, each without spaces around it; `line` is its line in the file."""

    path: str
    line: int
    cells: dict[str, str] = field(default_factory=dict[str, str])

    def whole_number(self, column: str) -> int:
        """The number in a cell. Refuses (F541) what is none."""
        try:
            return int(self.cells[column])
        except ValueError:
            raise self.wrong(column, "a whole number stands there") from None

    def flag(self, column: str) -> bool | None:
        """1 or 0; None where the column or the value is missing."""
        return {"1": True, "0": False}.get(self.cells.get(column, ""))

    def day(self, year: str, month: str, day: str) -> EDate | None:
        """The date in three cells: a day, or a month or year where the rest is not known; None where there is no
        year (0, as data sets write it, or nothing). Refuses (F541) what is no date."""
        written = self.number_or_none(year)
        if written is None:
            return None
        text = f"{written:04}"
        for column in (month, day):
            part = self.number_or_none(column)
            if part is None:
                break
            text += f"-{part:02}"
        try:
            return parse_date(text, whole(text))
        except Refused:
            raise self.wrong(
                day, f"with the cells before it, it gives {text}, and the calendar has no such day"
            ) from None

    def number_or_none(self, column: str) -> int | None:
        """A number; None for what stands for a missing one: nothing, 0, a negative number, 99, a point, NA."""
        text = self.cells[column]
        if text.upper() in ("", ".", "NA"):
            return None
        number = self.whole_number(column)
        return None if number <= 0 or number == 99 else number

    def wrong(self, column: str, why: str) -> Refused:
        """F541: a cell that cannot be what it should."""
        place = Place(self.path, self.line, 1, self.line, 1, f"column {column}")
        return Refused(Problem("F541", place, {"value": self.cells[column], "column": column, "why": why}))


def rows(path: Path, data: DataSet) -> Iterator[Row]:
    """The rows of a file, as it is read. Raises `Refused`: F001, F007 and F008 for a file that cannot be opened,
    F529 for one too long, F540 for one that is not that data set."""
    with grid(path, data.name) as file:
        places = _header(file.path, data, file.names)
        for line, cells in file.rows():
            yield Row(
                file.path,
                line,
                {column: cells[at].strip() if at < len(cells) else "" for column, at in places.items()},
            )


def _header(path: str, data: DataSet, names: Iterable[str]) -> dict[str, int]:
    named: dict[str, int] = {}
    for at, name in enumerate(names):
        named.setdefault(name, at)
    missing = lacking(tuple(named), data.needed)
    if missing:
        for column, advice in data.taken_for:
            if column in named:
                raise no_such(path, data.name, advice)
        listed = ", ".join(f"`{column}`" for column in missing)
        raise no_such(path, data.name, f"its first row does not name {listed}")
    return {column: named[column] for column in (*data.needed, *data.further) if column in named}
