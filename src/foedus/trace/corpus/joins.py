"""SQL, for every engine, between the files of an index and the plan that finds chains.

Documents have one number in the whole index: batch × DOCUMENTS + their place in the batch. A round finds what the
documents from number `fresh` on share with one another and with those before.

Paragraphs first: only the first document with a paragraph keeps its runs of words. A paragraph that 500 documents
have word for word costs what one costs, and is found in all of them, each with the first. Where two documents meet
anyway, every paragraph that both have is given back to them.
"""

from __future__ import annotations

from typing import Final

from foedus.trace.corpus.folder import DOCUMENTS
from foedus.trace.plan import K, Settings, chains, meetings, runs

PARTS: Final = {
    "batch": "BIGINT", "doc": "INTEGER", "part": "INTEGER", "alike": "BIGINT", "place": "INTEGER", "words": "INTEGER",
}  # fmt: skip
GRAMS: Final = {"batch": "BIGINT", "doc": "INTEGER", "place": "INTEGER", "gram": "BIGINT", "part": "INTEGER"}
MET: Final = {"a": "INTEGER", "b": "INTEGER", "a_at": "INTEGER", "b_at": "INTEGER"}
FAMILIES: Final = {
    "batch": "INTEGER", "doc": "INTEGER", "part": "INTEGER", "alike": "BIGINT", "place": "INTEGER", "words": "INTEGER",
    "nth": "INTEGER", "within": "INTEGER", "first_doc": "INTEGER", "first_place": "INTEGER",
}  # fmt: skip
CHAINS: Final = ("a", "b", "a_from", "a_to", "b_from", "b_to")

_DOC = f"CAST(batch * {DOCUMENTS} + doc AS INT)"
_LOW, _HIGH = -(1 << 63), (1 << 63) - 1


def families() -> str:
    """Paragraphs that stand more than once, of a view `parts_in`: each with its rank among all (`nth`) and among
    those of its document (`within`), and with the document that had it first."""
    alike = "PARTITION BY alike, words"
    return f"""
WITH numbered AS (
  SELECT {_DOC} AS doc, CAST(batch AS INT) AS batch, part, alike, place, words FROM parts_in
), often AS (
  SELECT alike, words FROM numbered GROUP BY alike, words HAVING count(*) > 1
), ranked AS (
  SELECT n.doc, n.batch, n.part, n.alike, n.place, n.words,
    CAST(row_number() OVER (PARTITION BY n.alike, n.words ORDER BY n.doc, n.place) AS INT) AS nth,
    CAST(row_number() OVER (PARTITION BY n.alike, n.words, n.doc ORDER BY n.place) AS INT) AS within
  FROM numbered n JOIN often o ON n.alike = o.alike AND n.words = o.words
)
SELECT batch, doc, part, alike, place, words, nth, within,
  min(CASE WHEN nth = 1 THEN doc END) OVER ({alike}) AS first_doc,
  min(CASE WHEN nth = 1 THEN place END) OVER ({alike}) AS first_place
FROM ranked
"""


def bucket(number: int, of: int) -> str:
    """The view `grams` of the plan: a range of the runs in `grams_in`, without those in paragraphs of another."""
    wide = (1 << 64) // of
    low = _LOW + number * wide
    high = _HIGH if number == of - 1 else low + wide - 1
    # The smallest number cannot be written as one in SQL.
    least = f"gram >= {low} AND " if number else ""
    return f"""
SELECT CAST(g.batch * {DOCUMENTS} + g.doc AS INT) AS doc, g.place, g.gram
FROM grams_in g
WHERE {least}gram <= {high} AND NOT EXISTS (
  SELECT 1 FROM later l WHERE l.batch = g.batch AND l.part = g.part
)
"""


def later() -> str:
    """Paragraphs that an earlier document, or the same one before, has too: of a view `families`."""
    return "SELECT CAST(batch AS BIGINT) AS batch, part FROM families WHERE nth > 1"


def met(settings: Settings, fresh: int, shard: int) -> str:
    """Where documents meet, with the shard of the later one: so many batches are one."""
    return f"""
SELECT a, b, a_at, b_at, CAST(floor(b / {DOCUMENTS * shard}) AS INT) AS shard
FROM ({meetings(settings, fresh)}) AS found
"""


def chained(settings: Settings, low: int, high: int) -> tuple[tuple[str, str, bool], ...]:
    """Steps from a view `met` of one shard (documents `low` to `high`, exclusive) to its chains: each the name of a
    view, its SQL, and whether it is worked out once. The last is the result."""
    return (
        (
            "near",
            f"""
SELECT a, b FROM (
  SELECT a, b, count(*) AS n FROM met GROUP BY a, b
  UNION ALL
  SELECT first_doc AS a, doc AS b, words - {K - 1} AS n FROM families
  WHERE doc >= {low} AND doc < {high} AND nth > 1 AND nth <= {settings.many} AND first_doc < doc
) AS pairs GROUP BY a, b HAVING sum(n) >= {settings.seeds}
""",
            True,
        ),
        (
            "kept",
            "SELECT m.a, m.b, m.a_at, m.b_at FROM met m JOIN near p ON m.a = p.a AND m.b = p.b",
            False,
        ),
        (
            "given",
            f"""
SELECT p.a, p.b, x.place AS a_from, y.place AS b_from, x.words - {K - 1} AS n
FROM near p JOIN families y ON y.doc = p.b JOIN families x
  ON x.doc = p.a AND x.alike = y.alike AND x.words = y.words
WHERE x.within <= 2 AND y.within <= 2
""",
            False,
        ),
        (
            "diagonals",
            f"""
SELECT a, b, a_from, b_from, n FROM ({runs("kept")}) AS found
UNION ALL SELECT a, b, a_from, b_from, n FROM given
""",
            True,
        ),
        ("chains", chains(settings), False),
    )
