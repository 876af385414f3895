"""Rows of a delimited file, one at a time, whatever program wrote it.

A file is UTF-8, or has letters in Latin-1 among them; its lines end in LF, CR LF or CR. The first row names the
columns, in any order and any case; rows that hold nothing are passed over. Only the columns asked for are kept.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.reading import opened
from foedus.diagnostics.span import Place, spelled, whole
from foedus.terms.edtf import EDate, parse_date

MOST_ROWS = 500_000
MOST_IN_A_CELL = 1 << 16
"""No data set on states comes near these; they keep hostile files small."""

ARCHIVE = b"PK\x03\x04"


def _latin_1(error: UnicodeError) -> tuple[str, int]:
    """A byte that is no UTF-8 as the letter that it is in Latin-1."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("foedus.latin_1", _latin_1)


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
    name = spelled(path)
    with opened(path) as file:
        if file.read(len(ARCHIVE)) == ARCHIVE:
            raise _not(name, data, "it is a workbook or an archive; save the sheet as CSV")
        file.seek(0)
        text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="foedus.latin_1", newline=None)
        csv.field_size_limit(MOST_IN_A_CELL)
        reader = csv.reader(text, delimiter=delimiter(text))
        places: dict[str, int] | None = None
        try:
            for cells in reader:
                if not any(cell.strip() for cell in cells):
                    continue
                if places is None:
                    places = _header(name, data, cells)
                    continue
                if reader.line_num > MOST_ROWS:
                    raise _too_long(name)
                yield Row(
                    name,
                    reader.line_num,
                    {column: cells[at].strip() if at < len(cells) else "" for column, at in places.items()},
                )
        except csv.Error as error:
            raise _not(name, data, f"line {reader.line_num} cannot be read as a row ({error})") from None
    if places is None:
        raise _not(name, data, "it is empty")


def delimiter(text: io.TextIOWrapper) -> str:
    """What parts most of the first line that holds anything; the file stands at its beginning again."""
    first = ""
    for _ in range(100):
        first = text.readline(MOST_IN_A_CELL)
        if first.strip() or not first:
            break
    text.seek(0)
    return max((",", ";", "\t"), key=first.count)


def _header(path: str, data: DataSet, cells: Iterable[str]) -> dict[str, int]:
    named: dict[str, int] = {}
    for at, cell in enumerate(cells):
        named.setdefault(cell.strip().casefold(), at)
    missing = [column for column in data.needed if column not in named]
    if missing:
        for column, advice in data.taken_for:
            if column in named:
                raise _not(path, data, advice)
        listed = ", ".join(f"`{column}`" for column in missing)
        raise _not(path, data, f"its first row does not name {listed}")
    return {column: named[column] for column in (*data.needed, *data.further) if column in named}


def _not(path: str, data: DataSet, why: str) -> Refused:
    return Refused(Problem("F540", whole(path), {"path": path, "what": data.name, "why": why}))


def _too_long(path: str) -> Refused:
    values = {"path": path, "size": f"more than {MOST_ROWS:,} rows", "limit": f"{MOST_ROWS:,}"}
    return Refused(Problem("F529", whole(path), values, help="No data set that Foedus reads is as long."))
