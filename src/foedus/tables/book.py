"""Tables as sheets of a workbook (XLSX), by way of openpyxl, which not every installation has.

A workbook is a ZIP archive of XML from somebody else: its size is looked at before it is unpacked, and
an archive with a document type, which no program for spreadsheets writes, is refused.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import spelled, whole
from foedus.tables.columns import TABLES, Table
from foedus.tables.sheet import MOST_COLUMNS, MOST_ROWS, Sheet, gathered, laid_out, too_large

MOST_BYTES = 64 * 1024 * 1024
MOST_PARTS = 2_000
WIDEST = 60
"""Characters of a column that is laid out."""

_DOCTYPES = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))


def write_book(tables: Mapping[str, Sequence[Mapping[str, str]]]) -> bytes:
    """A workbook with one sheet for each table; every cell is text, so that no date is rewritten."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in tables.items():
        _fill(book.create_sheet(name), TABLES[name], rows)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Any, table: Table, rows: Sequence[Mapping[str, str]]) -> None:
    laid = laid_out(rows, (column.name for column in table.columns))
    for number, cells in enumerate(laid, 1):
        for at, text in enumerate(cells, 1):
            cell = sheet.cell(number, at)
            cell.value = text or None
            cell.number_format = "@"
            if text:
                cell.data_type = "s"  # a text that begins with `=` stays a text
                cell.quotePrefix = True
            cell.alignment = Alignment(vertical="top", wrap_text=len(text) > WIDEST)
            if number == 1:
                cell.font = Font(bold=True)
    for at, column in enumerate(table.columns, 1):
        longest = max(len(cells[at - 1]) for cells in laid)
        sheet.column_dimensions[get_column_letter(at)].width = min(max(longest, len(column.name)) + 2, WIDEST)
    sheet.freeze_panes = "A2"


def read_book(path: Path, raw: bytes) -> list[Sheet]:
    """The sheets of the workbook. Raises `Refused` (F521, F529)."""
    _look_inside(path, raw)
    try:
        book = load_workbook(io.BytesIO(raw), data_only=False, keep_links=False)
        return [_sheet(path, sheet) for sheet in book.worksheets if sheet.sheet_state == "visible"]
    except Refused:
        raise
    except Exception:  # openpyxl gives up on a damaged file in many ways
        raise _unreadable(path, "it is damaged, or no workbook") from None


def _look_inside(path: Path, raw: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
            size = sum(part.file_size for part in parts)
            if size > MOST_BYTES or len(parts) > MOST_PARTS:
                shown = f"{size / 1024**2:,.0f} MiB when unpacked, in {len(parts):,} parts"
                raise too_large(spelled(path), shown, f"{MOST_BYTES // 1024**2} MiB")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    content = archive.read(part)
                    if any(mark in content for mark in _DOCTYPES):
                        raise _unreadable(path, "it defines entities, which no workbook needs")
    except Refused:
        raise
    except Exception:  # what zipfile raises for a broken or encrypted archive differs by what is broken
        raise _unreadable(path, "it is damaged, or kept under a password") from None


def _sheet(path: Path, sheet: Any) -> Sheet:
    drawn = Sheet(spelled(path), str(sheet.title), ())
    problems: list[Problem] = []
    for merged in sheet.merged_cells.ranges:
        if merged.min_row <= MOST_ROWS:
            place = drawn.place(merged.min_row, merged.min_col)
            problems.append(Problem("F531", place, {"cells": str(merged.coord)}))
    rows = gathered(spelled(path), _rows(drawn, sheet, problems))
    return Sheet(spelled(path), str(sheet.title), rows, "", tuple(problems))


def _rows(drawn: Sheet, sheet: Any, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    if sheet.max_row > MOST_ROWS:
        raise too_large(drawn.path, f"{sheet.max_row:,} rows on the sheet {drawn.title}", f"{MOST_ROWS:,}")
    if sheet.max_column > MOST_COLUMNS:
        raise too_large(
            drawn.path, f"{sheet.max_column:,} columns on the sheet {drawn.title}", f"{MOST_COLUMNS}"
        )
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells: list[str] = []
        for at, cell in enumerate(row, 1):
            if cell.data_type in ("f", "e"):
                what = "a formula" if cell.data_type == "f" else "an error"
                values = {"value": str(cell.value)[:80], "what": what}
                problems.append(Problem("F526", drawn.place(number, at), values))
                cells.append("")
            else:
                cells.append(_text(cell.value))
        yield number, cells


def _text(value: object) -> str:
    match value:
        case None | False:
            return ""
        case True:
            return "yes"
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)


def _unreadable(path: Path, why: str) -> Refused:
    return Refused(Problem("F521", whole(spelled(path)), {"path": spelled(path), "why": why}))
