"""Stata's files (`.dta`) as rows of cells, as a CSV of the same data would hold them; pandas reads them.

A missing value is an empty cell, whatever Stata calls it; a whole number has no point. A file of Stata's has no
lines: what is counted is the observation, the first being 1.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import spelled, whole

BEGINS = (b"<stata_dta>", b"\x71\x01", b"\x71\x02", b"\x72\x01", b"\x72\x02", b"\x73\x01", b"\x73\x02")
"""How such a file begins: since Stata 13 with its name; from 8 to 12 with a version, and which end of a number is
first."""

_FAILS = (ValueError, KeyError, IndexError, EOFError, OverflowError, struct.error, TypeError, MemoryError)
"""What pandas raises for a file that was cut short or changed on its way."""


def names(path: Path, what: str) -> tuple[str, ...]:
    """The columns, as written. `what` is what the file should be, for messages. Raises `Refused`: F540 for a file
    that is damaged, F559 without pandas."""
    try:
        with _reader(path) as reader:
            return tuple(reader.variable_labels())
    except _FAILS as failed:
        raise _damaged(path, what, failed) from None


def cells(path: Path, what: str) -> Iterator[tuple[int, list[str]]]:
    """Each observation with its number, as cells in the order of the columns; one with nothing in it is passed over.
    Raises as `names`."""
    try:
        with _reader(path) as reader:
            frame: Any = reader.read()
    except _FAILS as failed:
        raise _damaged(path, what, failed) from None
    for column in frame.columns[frame.dtypes == "float32"]:
        frame[column] = frame[column].astype("str").astype("float64")  # 4.01 is 4.01, not 4.0100002
    for number, row in enumerate(frame.itertuples(index=False, name=None), 1):
        said = [_cell(value) for value in row]
        if any(said):
            yield number, said


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if value is None or value != value:
        return ""
    number = float(value)
    return str(int(number)) if number.is_integer() else repr(number)


def _reader(path: Path) -> Any:
    try:
        read_stata: Any = import_module("pandas").read_stata
    except ImportError:
        values = {"option": spelled(path), "library": "pandas", "extra": "stata"}
        raise Refused(Problem("F559", whole(spelled(path)), values)) from None
    return read_stata(path, iterator=True, convert_dates=False, convert_categoricals=False)


def _damaged(path: Path, what: str, failed: Exception) -> Refused:
    name = spelled(path)
    said = str(failed).partition("\n")[0] or type(failed).__name__
    why = f"as a file of Stata's it cannot be read ({said})"
    return Refused(Problem("F540", whole(name), {"path": name, "what": what, "why": why}))
