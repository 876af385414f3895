"""Lines that publishers put on every page, told from all documents of an index.

`lines.parquet` of a batch has a row for each line at the edges of a document whose publisher or site is known, and one
with line 0 for the document itself; both by numbers that are equal for equal words. What a day adds is counted with
the days before whenever an index is read out, so that nothing has to be found again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import duckdb
import numpy as np

from foedus.trace.corpus.folder import Done, damaged
from foedus.trace.corpus.parquet import quoted, write
from foedus.trace.document import Document
from foedus.trace.repeated import FEWEST, edges, marked, outlet_of


def write_lines(path: Path, documents: Sequence[Document]) -> None:
    """Write the lines of a batch."""
    outlets: list[int] = []
    lines: list[int] = []
    for one in documents:
        if outlet := outlet_of(one.meta.publisher, one.meta.url):
            some = [0, *sorted(_number(line) for line in edges(one.text))]
            outlets += [_number(outlet)] * len(some)
            lines += some
    columns = {"outlet": np.array(outlets, np.int64), "line": np.array(lines, np.int64)}
    write(path, columns, "compression zstd")


class Outlets:
    """The lines that each publisher of an index repeats."""

    def __init__(self, batches: Sequence[Done]) -> None:
        self._lines: dict[int, set[int]] = {}
        if not batches:
            return
        paths = ", ".join(f"'{quoted(one.file('lines.parquet'))}'" for one in batches)
        sql = f"""
WITH rows_in AS (SELECT outlet, line FROM read_parquet([{paths}], hive_partitioning = false)),
sizes AS (SELECT outlet, count(*) AS size FROM rows_in WHERE line = 0 GROUP BY outlet HAVING size >= {FEWEST})
SELECT outlet, line FROM rows_in JOIN sizes USING (outlet) WHERE line <> 0
GROUP BY outlet, line, size HAVING count(*) >= greatest({FEWEST}, (size + 1) // 2)
"""
        with duckdb.connect() as engine:
            try:
                rows = engine.execute(sql).fetchall()
            except duckdb.Error as error:
                raise damaged(batches[0].folder.parent, str(error).splitlines()[0]) from None
        for outlet, line in rows:
            self._lines.setdefault(outlet, set()).add(line)

    def __bool__(self) -> bool:
        return bool(self._lines)

    def repeat(self, publisher: str, url: str) -> bool:
        """Whether the publisher or the site of a document repeats any line."""
        outlet = outlet_of(publisher, url) if self._lines else ""
        return bool(outlet) and _number(outlet) in self._lines

    def marked(self, document: Document) -> Document:
        """A document with the lines marked that its publisher repeats."""
        if not self.repeat(document.meta.publisher, document.meta.url):
            return document
        repeated = self._lines[_number(outlet_of(document.meta.publisher, document.meta.url))]
        return marked(document, {line for line in edges(document.text) if _number(line) in repeated})


def _number(text: str) -> int:
    """The same for the same text, and not 0."""
    made = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(made, "little", signed=True) or 1
