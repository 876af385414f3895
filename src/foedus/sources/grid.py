"""A delimited file of rows and columns, whatever program wrote it: decoded, cut into cells, its bytes told by a digest.

A file is UTF-8, or says by its first bytes that it is UTF-16, or is in an old encoding, which is guessed and said
(F005). Lines end in LF, CR LF or CR; a comma, a semicolon or a tab parts the cells; a quoted cell may hold line
ends. The first row names the columns, in any order and any case, unless the data set is published without names.
The file is read twice: once whole for its digest and encoding, then row by row, so that a long one costs no memory.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.reading import BYTE_ORDER_MARKS, GUESSED, guess, opened
from foedus.diagnostics.span import spelled, whole
from foedus.sources import stata

MOST_ROWS = 5_000_000
"""The longest data set that is read (events, one a row) has a tenth of this."""

MOST_IN_A_CELL = 1 << 16
"""No cell of a data set on states comes near this; it keeps hostile files small."""

CHUNK = 1 << 20
SAMPLE = 1 << 23
"""Bytes in which letters are looked for, where a file is not UTF-8."""

ARCHIVE = b"PK\x03\x04"
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an archive or a workbook begins, and a workbook from before 2007."""


@dataclass
class Grid:
    """A file open at its first row of values. `names` are the columns in small letters (empty where the file has no
    row of names), `digest` the SHA-256 of its bytes, `warnings` what to tell of how it was read."""

    path: str
    digest: str
    names: tuple[str, ...]
    warnings: tuple[Problem, ...]
    _cells: Iterator[tuple[int, list[str]]] = field(repr=False)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row that holds something, with the line on which it begins. Once only; raises `Refused` (F540) for
        one that is no row, F529 for a file too long."""
        return self._cells


@contextmanager
def grid(path: Path, what: str, named: bool = True) -> Generator[Grid]:
    """The file, open. `what` is what it should be, for messages; `named`, whether its first row names columns.

    Raises `Refused`: F001, F007 and F008 for a file that cannot be opened, F540 for one that is no text of rows.
    """
    name = spelled(path)
    with opened(path) as file:
        if file.read(len(max(stata.BEGINS, key=len))).startswith(stata.BEGINS):
            yield _of_stata(path, file, what)
            return
        file.seek(0)
        digest, encoding, warnings = _looked_through(file, name, what)
        file.seek(0)
        text = io.TextIOWrapper(file, encoding=encoding, errors="foedus.latin_1", newline=None)
        sign = delimiter(text)
        cells = _rows(text, sign, name, what)
        first = next(cells, None)
        if first is None:
            raise no_such(name, what, "it is empty")
        names: tuple[str, ...] = ()
        if named:
            names = tuple(cell.strip().casefold() for cell in first[1])
        else:
            cells = _before(first, cells)
        yield Grid(name, digest, names, warnings, cells)


def _of_stata(path: Path, file: BinaryIO, what: str) -> Grid:
    file.seek(0)
    digest = sha256(file.read()).hexdigest()
    named = tuple(name.strip().casefold() for name in stata.names(path, what))
    return Grid(spelled(path), digest, named, (), stata.cells(path, what))


def no_such(path: str, what: str, why: str) -> Refused:
    """F540: the file is not what it should be."""
    return Refused(Problem("F540", whole(path), {"path": path, "what": what, "why": why}))


def _looked_through(file: BinaryIO, name: str, what: str) -> tuple[str, str, tuple[Problem, ...]]:
    """The digest, the encoding, and a warning where that is a guess."""
    digest = sha256()
    strict = codecs.getincrementaldecoder("utf-8")()
    good, first, marked, sample = True, True, "", b""
    while chunk := file.read(CHUNK):
        if first:
            first = False
            _refuse_others(chunk, name, what)
            marked = next((known for mark, known in BYTE_ORDER_MARKS if chunk.startswith(mark)), "")
        digest.update(chunk)
        good = good and _decodes(strict, chunk)
        if not good and len(sample) < SAMPLE and not chunk.isascii():
            sample += chunk
    if first:
        raise no_such(name, what, "it is empty")
    if marked.startswith(("utf-16", "utf-32")):
        return digest.hexdigest(), marked, ()
    if good and _decodes(strict, b"", last=True):
        return digest.hexdigest(), "utf-8-sig", ()
    likely = guess(sample)
    said = Problem("F005", whole(name), {"path": name, "encoding": GUESSED.get(likely or "", "Latin-1")})
    return digest.hexdigest(), likely or "latin-1", (said,)


def _decodes(strict: codecs.IncrementalDecoder, chunk: bytes, last: bool = False) -> bool:
    try:
        strict.decode(chunk, last)
    except UnicodeDecodeError:
        return False
    return True


def _refuse_others(start: bytes, name: str, what: str) -> None:
    if start.startswith((ARCHIVE, OLD_WORKBOOK)):
        raise no_such(name, what, "it is a workbook or an archive; save the sheet as CSV, or unpack it")
    if b"\0" in start and not start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise no_such(name, what, "it is no text")


def _rows(text: io.TextIOWrapper, sign: str, name: str, what: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(MOST_IN_A_CELL)
    reader = csv.reader(text, delimiter=sign)
    last = 0
    try:
        for cells in reader:
            line, last = last + 1, reader.line_num
            if any(cells) and (cells[0].strip() or any(cell.strip() for cell in cells)):
                yield line, cells
            if last > MOST_ROWS:
                limit = {"path": name, "size": f"more than {MOST_ROWS:,} rows", "limit": f"{MOST_ROWS:,}"}
                raise Refused(
                    Problem("F529", whole(name), limit, help="No data set that Foedus reads is as long.")
                )
    except csv.Error as error:
        raise no_such(name, what, f"line {reader.line_num} cannot be read as a row ({error})") from None
    except UnicodeError:
        raise no_such(
            name, what, f"line {last + 1} is not in the encoding that the file begins with"
        ) from None


def delimiter(text: io.TextIOWrapper) -> str:
    """What parts most of the first line that holds anything; the file stands at its beginning again."""
    first = ""
    for _ in range(100):
        first = text.readline(MOST_IN_A_CELL)
        if first.strip() or not first:
            break
    text.seek(0)
    return max((",", ";", "\t"), key=first.count)


def _latin_1(error: UnicodeError) -> tuple[str, int]:
    """A byte that is no letter of the encoding that was guessed, as the letter that it is in Latin-1."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("foedus.latin_1", _latin_1)


def _before(
    first: tuple[int, list[str]], rest: Iterator[tuple[int, list[str]]]
) -> Iterator[tuple[int, list[str]]]:
    yield first
    yield from rest


def columns_of(path: Path) -> tuple[str, ...]:
    """The cells of a file's first row, in small letters, with nothing of the rest read. Raises as `grid`."""
    name = spelled(path)
    with opened(path) as file:
        start = file.read(CHUNK)
        if start.startswith(stata.BEGINS):
            return _of_stata(path, file, ANY).names
        _refuse_others(start, name, ANY)
        marked = next((known for mark, known in BYTE_ORDER_MARKS if start.startswith(mark)), "utf-8-sig")
        text = io.TextIOWrapper(io.BytesIO(start), encoding=marked, errors="foedus.latin_1", newline=None)
        first = next(_rows(text, delimiter(text), name, ANY), None)
    if first is None:
        raise no_such(name, ANY, "it is empty")
    return tuple(cell.strip().casefold() for cell in first[1])


ANY = "a data set that Foedus reads"


def lacking(names: Sequence[str], needed: Sequence[str]) -> list[str]:
    """The columns that are needed and not named."""
    return [column for column in needed if column not in names]
