"""A table as a file has it: rows of cells, whatever kind of file that was.

The first row that holds anything is the header. A place in a sheet has the row as its line and the
column as its column, counted from 1, as programs for spreadsheets show them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import Place, whole

MOST_ROWS = 20_000
MOST_COLUMNS = 40


@dataclass(frozen=True, slots=True)
class Sheet:
    """`title` is the sheet's name in a workbook, "" for other files. `said` says how the file was read."""

    path: str
    title: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    said: str = ""
    problems: tuple[Problem, ...] = ()

    def place(self, row: int, column: int, name: str = "") -> Place:
        """A cell (both numbers from 1), with the name of its column."""
        where = [f"sheet {self.title}"] if self.title else []
        where += [f"column {name}" if name else ""] if column else []
        if self.title and column:
            where.append(f"cell {letters(column)}{row}")
        at = max(column, 1)
        return Place(self.path, row, at, row, at + 1, ", ".join(filter(None, where)))


def letters(column: int) -> str:
    """How programs for spreadsheets call a column.

    >>> letters(1), letters(27)
    ('A', 'AA')
    """
    found = ""
    while column:
        column, left = divmod(column - 1, 26)
        found = chr(65 + left) + found
    return found


def gathered(path: str, rows: Iterable[tuple[int, list[str]]]) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The rows that hold anything, each without empty cells at its end. Raises `Refused` (F529)."""
    kept: list[tuple[int, tuple[str, ...]]] = []
    for number, cells in rows:
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            continue
        if len(cells) > MOST_COLUMNS:
            raise too_large(path, f"{len(cells):,} columns", f"{MOST_COLUMNS}")
        if len(kept) >= MOST_ROWS:
            raise too_large(path, f"more than {MOST_ROWS:,} rows", f"{MOST_ROWS:,}")
        kept.append((number, tuple(cells)))
    return tuple(kept)


def too_large(path: str, size: str, limit: str) -> Refused:
    """F529: more than a table of a dossier can need."""
    return Refused(Problem("F529", whole(path), {"path": path, "size": size, "limit": limit}))


def laid_out(rows: Iterable[Mapping[str, str]], columns: Iterable[str]) -> list[list[str]]:
    """A header and the rows below it, as lists of cells."""
    names = list(columns)
    return [names, *([row[name] for name in names] for row in rows)]
