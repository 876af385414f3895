r"""Tables as text: CSV with commas, semicolons or tabs, and JSON lists of rows.

Written in UTF-8 with a mark at the beginning, without which Excel takes Cyrillic for something else.
What is read may be in any encoding that pages may be in; which one was guessed is said.

>>> delimiter_of('id;title\n"a;b";x\n'), delimiter_of("id,title\n"), delimiter_of("id\ttitle\n")
(';', ',', '\t')
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.reading import read_page, read_sent
from foedus.diagnostics.span import spelled, whole
from foedus.tables.cells import neutralised, restored
from foedus.tables.columns import Table
from foedus.tables.sheet import Sheet, gathered, laid_out

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}
_LONGEST_FIELD = 1 << 20


def write_csv(rows: Iterable[Mapping[str, str]], table: Table, delimiter: str = ",") -> str:
    """The table as CSV: cells that would pass for formulas are made safe; lines end in CR LF."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    for cells in laid_out(rows, (column.name for column in table.columns)):
        writer.writerow([neutralised(cell) for cell in cells])
    return "\ufeff" + out.getvalue()


def read_csv(path: Path) -> Sheet:
    """The table in the file. Raises `Refused` (as `read_page` does, and F521, F529)."""
    return _sheet(spelled(path), *read_page(path))


def read_sent_csv(name: str, raw: bytes) -> Sheet:
    """The same of bytes that somebody sent, under the name that they gave."""
    return _sheet(name, *read_sent(name, raw))


def _sheet(path: str, text: str, warned: tuple[Problem, ...]) -> Sheet:
    skipped = 0
    sep = ""
    first, _, rest = text.partition("\n")
    if first.strip().strip('"').lower().startswith("sep=") and len(first) <= 8:  # a line only Excel writes
        sep, text, skipped = first.strip().strip('"')[4:5] or "\t", rest, 1
    delimiter = sep if sep in DELIMITERS else delimiter_of(text)
    called = next((str(p.values["encoding"]) for p in warned), "")
    said = ", ".join(filter(None, (called, DELIMITERS[delimiter])))
    rows = gathered(path, _rows(path, text, delimiter, skipped))
    return Sheet(path, "", rows, said, warned)


def delimiter_of(text: str) -> str:
    """What stands between the cells: the sign that divides the first line into most of them."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    outside = "".join(part for part in first.split('"')[::2])
    return max(DELIMITERS, key=outside.count)


def _rows(path: str, text: str, delimiter: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = skipped
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise _unreadable(
                path, f"a quotation mark in row {number + 1} is not closed, or not doubled"
            ) from None
        number += 1
        yield number, [restored(cell) for cell in cells]


def write_json(rows: Iterable[Mapping[str, str]]) -> str:
    """The rows as a JSON list of objects; `foedus schema claims` says what they hold."""
    return json.dumps([dict(row) for row in rows], ensure_ascii=False, indent=2) + "\n"


def read_json(path: Path) -> Sheet:
    """The table in a JSON file: its rows are counted from 2, as if a header stood above them."""
    text, warned = read_page(path)
    try:
        loaded: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        why = (
            f"line {error.lineno}: {error.msg}"
            if isinstance(error, json.JSONDecodeError)
            else "it is not JSON"
        )
        raise _unreadable(spelled(path), why) from None
    if not isinstance(loaded, list) or not all(isinstance(row, dict) for row in cast("list[Any]", loaded)):
        raise _unreadable(spelled(path), "it is not a list of objects, one for each row")
    found = cast("list[dict[str, Any]]", loaded)
    names = list(dict.fromkeys(name for row in found for name in row))
    cells = [[_cell(row.get(name)) for name in names] for row in found]
    rows = enumerate([names, *cells], 1) if names else enumerate(list[list[str]]())
    return Sheet(spelled(path), "", gathered(spelled(path), rows), "JSON", warned)


def _cell(value: object) -> str:
    if value is None or value is False:
        return ""
    return "yes" if value is True else str(value)


def _unreadable(path: str, why: str) -> Refused:
    return Refused(Problem("F521", whole(path), {"path": path, "why": why}))
