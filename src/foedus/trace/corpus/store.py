"""Documents of an index by their number, with their words, as they were put in."""

from __future__ import annotations

import json
from collections import OrderedDict
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from foedus.diagnostics.problem import Refused
from foedus.diagnostics.span import NOWHERE
from foedus.terms.edtf import EDate, parse_date
from foedus.trace.corpus.batch import places_of, problem_of
from foedus.trace.corpus.folder import DOCUMENTS, Done, damaged
from foedus.trace.corpus.parquet import read
from foedus.trace.document import Document, Mark, Meta
from foedus.trace.tokens import Tokens

OPEN: Final = 256
"""Batches that are held open; the system decides how much of them is in memory."""
_COLUMNS = (
    "id", "path", "encoding", "guessed", "date", "title", "publisher", "speaker", "url", "language", "origin",
    "marks", "places", "warnings", "taken_out", "byte_from", "byte_to", "word_from", "word_to",
)  # fmt: skip


class Opened:
    """One batch, open for reading."""

    def __init__(self, batch: Done) -> None:
        self.batch = batch
        columns = read(batch.file("documents.parquet"), ", ".join(_COLUMNS), "ORDER BY doc")
        self.firsts = columns["word_from"]
        self.rows: dict[str, list[Any]] = {name: column.tolist() for name, column in columns.items()}
        self.words = mapped(batch.file("words.npy"))
        self.starts = mapped(batch.file("starts.npy"))
        self.ends = mapped(batch.file("ends.npy"))
        self._numbers = np.arange(len(self.firsts), dtype=np.int32)
        self._texts: NDArray[np.uint8] = mapped_bytes(batch.file("texts.utf8"))

    def document(self, n: int) -> Document:
        """Document `n` of the batch."""
        row = {name: column[n] for name, column in self.rows.items()}
        held: NDArray[np.uint8] = self._texts[row["byte_from"] : row["byte_to"]]
        text: str = held.tobytes().decode("utf-8", "surrogatepass")
        try:
            on = _date(row["date"]) if row["date"] else None
        except Refused:
            raise damaged(self.batch.file("documents.parquet"), "") from None
        names = ("title", "publisher", "speaker", "url", "language", "origin")
        return Document(
            row["id"],
            text,
            row["path"],
            row["encoding"],
            bool(row["guessed"]),
            Meta(on=on, **{name: row[name] for name in names}),
            tuple(Mark(*mark) for mark in json.loads(row["marks"])) if row["marks"] != "[]" else (),
            places_of(row["places"]),
            tuple(problem_of(one) for one in json.loads(row["warnings"])) if row["warnings"] != "[]" else (),
            bool(row["taken_out"]),
        )

    def tokens(self, n: int) -> Tokens:
        """Its words."""
        low: int = self.rows["word_from"][n]
        high: int = self.rows["word_to"][n]
        text: NDArray[np.int32] = np.ndarray(
            (high - low,), np.int32, self._numbers, 4 * n, (0,)
        )  # n, all along
        return Tokens(text, self.starts[low:high], self.ends[low:high], self.words[low:high])


class Store:
    """All batches of an index; opened when first asked for, closed when many others were since."""

    def __init__(self, batches: list[Done]) -> None:
        self._batches = batches
        self._opened: OrderedDict[int, Opened] = OrderedDict()

    def batch(self, number: int) -> Opened:
        """A batch by its number."""
        opened = self._opened.get(number)
        if opened is None:
            opened = self._opened[number] = Opened(self._batches[number])
            if len(self._opened) > OPEN:
                self._opened.popitem(last=False)
        else:
            self._opened.move_to_end(number)
        return opened

    def document(self, number: int) -> Document:
        """A document by its number in the index."""
        return self.batch(number // DOCUMENTS).document(number % DOCUMENTS)

    def tokens(self, number: int) -> Tokens:
        """Its words."""
        return self.batch(number // DOCUMENTS).tokens(number % DOCUMENTS)


@lru_cache(4096)
def _date(text: str) -> EDate:
    return parse_date(text, NOWHERE)


def mapped(path: Path) -> Any:
    """An array in a file, read where it is looked at. Raises `Refused` (F627)."""
    try:
        return np.load(path, mmap_mode="r").view(np.ndarray)  # slices of a plain array are made faster
    except (OSError, ValueError) as error:
        raise damaged(path, str(error)) from None


def mapped_bytes(path: Path) -> Any:
    """The bytes of a file, read where they are looked at. Raises `Refused` (F627)."""
    try:
        if not path.stat().st_size:
            return np.zeros(0, np.uint8)
        return np.memmap(path, np.uint8, "r").view(np.ndarray)
    except (OSError, ValueError) as error:
        raise damaged(path, str(error)) from None
