"""Finds out which table a sheet holds, and reads its rows: header to columns, cells to text.

A sheet is the table whose columns its header names; two of them must be there, or the key alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import Place
from foedus.diagnostics.suggest import suggest
from foedus.tables.cells import read_cell
from foedus.tables.columns import TABLES, Column, Table, plain
from foedus.tables.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Given:
    """A row that somebody gave. `cells` holds the columns that the table shows, and no others."""

    sheet: Sheet
    number: int
    cells: Mapping[str, str]
    columns: Mapping[str, int] = field(default_factory=dict[str, int])

    def place(self, column: str = "") -> Place:
        """The cell in this column; the row, for a column that the table does not show."""
        at = self.columns.get(column)
        return self.sheet.place(self.number, at or 0, column if at else "")


@dataclass(frozen=True, slots=True)
class Filled:
    """A sheet understood. A row with a mistake is left out, and its problems are there."""

    sheet: Sheet
    table: Table
    columns: Mapping[str, int]
    rows: tuple[Given, ...]
    problems: tuple[Problem, ...]

    @property
    def problems_in_rows(self) -> bool:
        """Whether a row is missing here because it has a mistake."""
        return len(self.rows) < len(self.sheet.rows) - 1


def recognise(sheet: Sheet) -> Filled:
    """The sheet's table with its rows. Raises `Refused` (F522) for a sheet that is none."""
    if not sheet.rows:
        raise Refused(Problem("F522", sheet.place(1, 0), {"known": _known()}))
    number, header = sheet.rows[0]
    table = _table(header, sheet.title)
    if table is None:
        raise Refused(Problem("F522", sheet.place(number, 0), {"known": _known()}))
    columns, problems = _columns(sheet, table)
    rows: list[Given] = []
    for at, cells in sheet.rows[1:]:
        given, found = _given(sheet, table, columns, at, cells)
        problems += found
        if not found:
            rows.append(given)
    return Filled(sheet, table, columns, tuple(rows), (*sheet.problems, *problems))


def _known() -> str:
    return "; ".join(
        f"{table.name}: {', '.join(column.name for column in table.columns[:4])} …"
        for table in TABLES.values()
    )


def _table(header: tuple[str, ...], title: str) -> Table | None:
    """The table of which most columns are named; a sheet that is called as a table is that one."""
    names = {plain(name) for name in header}
    best = max(TABLES.values(), key=lambda table: (_shared(table, names), table.name == plain(title)))
    shared = _shared(best, names)
    return best if shared >= 2 or (shared == 1 and plain(best.key) in names) else None


def _shared(table: Table, names: set[str]) -> int:
    return sum(plain(column.name) in names for column in table.columns)


def _columns(sheet: Sheet, table: Table) -> tuple[dict[str, int], list[Problem]]:
    number, header = sheet.rows[0]
    found: dict[str, int] = {}
    unknown: list[tuple[int, str]] = []
    problems: list[Problem] = []
    for at, name in enumerate(header, 1):
        column = table.find(name)
        if column is None:
            if name.strip():
                unknown.append((at, " ".join(name.split())))
        elif column.name in found:
            problems.append(Problem("F527", sheet.place(number, at), {"what": f"the column `{column.name}`"}))
        else:
            found[column.name] = at
    missing = [column.name for column in table.columns if column.name not in found]
    for at, name in unknown:
        if near := suggest(name, missing):
            values = {"name": name, "near": near}
            problems.append(Problem("F523", sheet.place(number, at), values))
        else:
            problems.append(Problem("F524", sheet.place(number, at), {"what": f"the column `{name[:60]}`"}))
    return found, problems


def _given(
    sheet: Sheet, table: Table, columns: Mapping[str, int], number: int, cells: tuple[str, ...]
) -> tuple[Given, list[Problem]]:
    problems: list[Problem] = []
    read: dict[str, str] = {}
    for column, text, place in _cells(sheet, table, columns, number, cells):
        try:
            read[column.name] = read_cell(column, text, place)
        except Refused as refused:
            problems += refused.problems
    if len(cells) > len(sheet.rows[0][1]):
        at = len(sheet.rows[0][1]) + 1
        values = {"where": "here", "value": cells[at - 1][:60], "why": "There is no column above it."}
        problems.append(Problem("F525", sheet.place(number, at), values))
    return Given(sheet, number, read, columns), problems


def _cells(
    sheet: Sheet, table: Table, columns: Mapping[str, int], number: int, cells: tuple[str, ...]
) -> Iterator[tuple[Column, str, Place]]:
    for name, at in columns.items():
        text = cells[at - 1] if at <= len(cells) else ""
        yield table.column(name), text, sheet.place(number, at, name)
