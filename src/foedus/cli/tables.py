"""How the verbs of tables come by files: by what a file holds, not by what it is called."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import spelled, whole
from foedus.tables.delimited import read_csv, read_json
from foedus.tables.sheet import Sheet, too_large

MOST_BYTES = 16 * 1024 * 1024
_ARCHIVE = b"PK\x03\x04"
_OTHERS = {
    b"\xd0\xcf\x11\xe0": "it is a workbook of the old form (.xls); save it as .xlsx or CSV",
    b"%PDF": "it is a PDF document",
    b"{\\rtf": "it is a word processor's document",
}


def book_module() -> ModuleType:
    """The reader and writer of workbooks. Raises `Refused` (F530) where openpyxl is not installed."""
    try:
        return import_module("foedus.tables.book")
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] != "openpyxl":
            raise
        raise Refused(Problem("F530", whole("openpyxl"))) from None


def sheets_in(path: Path) -> list[Sheet]:
    """The sheets of a file: one, but for a workbook. Raises `Refused`."""
    head = _head(path)
    for mark, why in _OTHERS.items():
        if head.startswith(mark):
            raise Refused(Problem("F521", whole(spelled(path)), {"path": spelled(path), "why": why}))
    if head.startswith(_ARCHIVE):
        if path.stat().st_size > MOST_BYTES:
            size = f"{path.stat().st_size / 1024**2:.1f} MiB"
            raise too_large(spelled(path), size, f"{MOST_BYTES // 1024**2} MiB")
        return book_module().read_book(path, path.read_bytes())
    return [read_json(path) if path.suffix.lower() == ".json" else read_csv(path)]


def _head(path: Path) -> bytes:
    """How the file begins; nothing for one that `read_page` will refuse."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(8)
    except (OSError, ValueError):
        return b""
