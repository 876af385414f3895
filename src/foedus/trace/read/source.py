"""A file that is being read: its name as the user gave it, its bytes unpacked and counted, its lines bounded.

A packed file (gzip) is unpacked as it is read, never as a whole, and refused as soon as it gives far more than
any text would: such a file is made to fill a disk, not to be read.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from os.path import splitext
from pathlib import Path
from typing import BinaryIO, Final, NoReturn, cast

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import Place, whole
from foedus.trace.document import Unread

FREE: Final = 64 * 1024 * 1024
"""Bytes that any packed file may unpack to, whatever its size."""

RATIO: Final = 200
"""Bytes that one packed byte may become beyond those; newspapers' texts become 3 to 10, their pages up to 40."""

HEAD: Final = 8192
"""Bytes at which one looks to tell what a file is."""

_SKIPPED = 1024 * 1024


@dataclass(frozen=True)
class Source:
    """One file. `name` is how the user named it, `stem` its name without its endings; `file` stands at the
    beginning of the unpacked bytes. `most` is the limit of one document in bytes."""

    path: Path
    name: str
    file: io.BufferedReader[io.RawIOBase]
    most: int
    packed: bool

    @property
    def stem(self) -> str:
        """The name of the file without its ending, and without the `.gz` after it."""
        return self._parts()[0]

    @property
    def ending(self) -> str:
        """The ending of the name in small letters: `.jsonl` of `A.JSONL.gz`."""
        return self._parts()[1].lower()

    def _parts(self) -> tuple[str, str]:
        name = self.name.rpartition("/")[2]
        if self.packed and name.lower().endswith(".gz"):
            name = name[:-3]
        return splitext(name)  # noqa: PTH122 - asked of every file, and pathlib takes longer than reading one

    def refuse(self, code: str, **values: str) -> NoReturn:
        """Raises `Refused` with a problem of the file."""
        raise Refused(problem(code, self.name, **values))


def problem(code: str, path: str, line: int = 0, /, **values: str) -> Problem:
    """A problem of a document, which knows its path; `line` counts from 1, 0 means the whole of it."""
    place = Place(path, line, 1, line, 1) if line else whole(path)
    return Problem(code, place, {"path": path, **values})


def too_large(path: str, size: int, most: int) -> Problem:
    """F607: a document above the limit; `size` is 0 where it was not counted to its end."""
    return problem("F607", path, size=_large(size) if size else f"> {_large(most)}", limit=_large(most))


def _large(size: int) -> str:
    for unit, name in ((1024**3, "GiB"), (1024**2, "MiB"), (1024, "KiB")):
        if size >= unit:
            return f"{size / unit:.1f} {name}"
    return f"{size} B"


def unpacked(path: Path, name: str, file: BinaryIO, most: int) -> Source:
    """The source of an open file, unpacked where it is packed. `BrokenPack` and `Refused` (F608) may be raised
    whenever it is read."""
    packed = file.read(2) == b"\x1f\x8b"
    file.seek(0)
    reader = io.BufferedReader(_Unpacked(file, name), 65536) if packed else file
    return Source(path, name, cast("io.BufferedReader[io.RawIOBase]", reader), most, packed)


class _Unpacked(io.RawIOBase):
    """What a packed file holds, as long as it stays within bounds."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file, self._name, self._given = file, name, 0
        self._inside = gzip.GzipFile(fileobj=file)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        got = self._inside.read(len(buffer))
        self._given += len(got)
        if self._given > FREE and self._given > RATIO * self._file.tell():
            size, packed = _large(self._given), _large(self._file.tell())
            raise Refused(problem("F608", self._name, size=size, packed=packed))
        buffer[: len(got)] = got
        return len(got)


@contextmanager
def broken_pack(source: Source) -> Generator[None]:
    """What goes wrong in unpacking, as F612."""
    try:
        yield
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        source.refuse("F612", format="gzip", why=str(error).lower().rstrip("."))


def lines(source: Source) -> Iterator[tuple[int, bytes | None]]:
    """Each line with its number from 1; None for one longer than the limit, of which only so much was held."""
    file = io.BufferedReader(cast("io.RawIOBase", source.file), _SKIPPED)  # a long line in few pieces
    try:
        for number in count(1):
            line = file.readline(source.most + 1)
            if not line:
                return
            if len(line) <= source.most or line.endswith(b"\n"):
                yield number, line
                continue
            del line
            while (part := file.readline(_SKIPPED)) and not part.endswith(b"\n"):
                pass
            yield number, None
    finally:
        file.detach()  # whoever opened the file closes it


def unread(refused: Refused, path: str) -> Unread:
    """What a refusal says about a document."""
    return Unread(path, refused.problems[0])
