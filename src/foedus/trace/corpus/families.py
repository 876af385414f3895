"""Paragraphs that several documents have word for word: joined as one, given back as a family."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from foedus.trace.corpus.folder import DOCUMENTS, Done, damaged
from foedus.trace.corpus.parquet import quoted
from foedus.trace.corpus.store import Store
from foedus.trace.passage import Span


@dataclass(frozen=True, slots=True)
class Family:
    """One paragraph of so many words, and everywhere that it stands, in the order in which the documents were added."""

    words: int
    places: tuple[Span, ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents that have it, each once."""
        return tuple(dict.fromkeys(place.document for place in self.places))


def families(batches: Sequence[Done], names: dict[int, str], least: int) -> tuple[Family, ...]:
    """Paragraphs in at least so many documents, those in most documents first."""
    if not batches:
        return ()
    paths = ", ".join(f"'{quoted(one.file('parts.parquet'))}'" for one in batches)
    sql = f"""
SELECT words, list(number ORDER BY number, place), list(place ORDER BY number, place) FROM (
  SELECT alike, words, place, batch * {DOCUMENTS} + doc AS number
  FROM read_parquet([{paths}], hive_partitioning = true)
) GROUP BY alike, words HAVING count(DISTINCT number) >= {least}
ORDER BY count(DISTINCT number) DESC, min(number), min(place), words
"""
    with duckdb.connect() as engine:
        try:
            rows = engine.execute(sql).fetchall()
        except duckdb.IOException as error:
            raise damaged(batches[0].folder.parent, str(error).splitlines()[0]) from None
    store = Store(list(batches))
    found: list[Family] = []
    for words, numbers, places in rows:
        spans: list[Span] = []
        for number, place in zip(numbers, places, strict=True):
            tokens = store.tokens(number)
            spans.append(Span(names[number], int(tokens.start[place]), int(tokens.end[place + words - 1])))
        found.append(Family(words, tuple(spans)))
    return tuple(found)
