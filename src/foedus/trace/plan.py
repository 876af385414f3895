"""One relational plan, from runs of words to chains of them that two documents share: SQL for DuckDB and Spark.

Input: a view `grams(doc INT, place INT, gram BIGINT)`: in document `doc`, the run of K words that begins at word
`place`. Documents are numbered so that an earlier one has the smaller number. Output: `chains(a, b, a_from, a_to,
b_from, b_to, seeds)`: words `a_from` to `a_to` (exclusive) of document a lie along words `b_from` to `b_to` of
document b, a < b.

- The first `few` holders of a run of words are joined with one another, later ones with the first `hubs` only, so
  that a story in 500 newspapers costs 500 × hubs and is still found in all of them; those after the first `many`
  are joined with nothing: a run that so many have is how people talk. Whether two documents meet thus never depends
  on a document after both, and a day's documents can be added to those of the days before.
- What a document says more often than `times` counts so often only: a table's lines meet another's in all their
  pairs. (0: that was seen to before.)
- Neighbouring runs on one diagonal are one row before anything is sorted: a copied page is one row.
- Rows are clustered in both documents in turn (gaps and islands), so that order may change and one passage may have
  two origins.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

K: Final = 4
"""Words in a run."""


@dataclass(frozen=True)
class Settings:
    """What counts as near, few and enough; the defaults are tuned in `bench/trace_pan13.py`.

    A chain is kept that has `seeds` runs; `weak` ones are enough between two documents that have a chain of
    `strong` ones: whoever copied a page copied an edited sentence too.
    """

    few: int = 40
    hubs: int = 8
    many: int = 5000
    times: int = 8
    gap: int = 48
    seeds: int = 3
    weak: int = 2
    strong: int = 12


def meetings(settings: Settings, fresh: int = 0) -> str:
    """SQL: `met(a, b, a_at, b_at)` — words of a and b at which the same run begins, for every b from document
    `fresh` on. It may be run on a part of all runs, split by their value, and the parts put together."""
    time = (
        ", row_number() OVER (PARTITION BY g.gram, g.doc ORDER BY g.place) AS time" if settings.times else ""
    )
    often = f" AND x.time <= {settings.times} AND y.time <= {settings.times}" if settings.times else ""
    return f"""
WITH held AS (
  SELECT gram FROM grams GROUP BY gram HAVING min(doc) < max(doc) AND max(doc) >= {fresh}
), ranked AS (
  SELECT g.doc, g.place, g.gram, dense_rank() OVER (PARTITION BY g.gram ORDER BY g.doc) AS nth{time}
  FROM grams g JOIN held h ON g.gram = h.gram
)
SELECT x.doc AS a, y.doc AS b, x.place AS a_at, y.place AS b_at
FROM ranked x JOIN ranked y
  ON x.gram = y.gram AND x.doc < y.doc AND x.nth <= {max(settings.few, settings.hubs)}
  AND (y.nth <= {settings.few} OR x.nth <= {settings.hubs}) AND y.nth <= {settings.many}
  AND y.doc >= {fresh}{often}
"""


def runs(met: str) -> str:
    """SQL: `diagonals(a, b, a_from, b_from, n)` — n neighbouring runs that a and b share, made of `met`: a table,
    or SQL in parentheses."""
    return f"""
WITH runs AS (
  SELECT a, b, a_at, b_at,
    a_at - row_number() OVER (PARTITION BY a, b, a_at - b_at ORDER BY a_at) AS run
  FROM {met} AS met
)
SELECT a, b, CAST(min(a_at) AS INT) AS a_from, CAST(min(b_at) AS INT) AS b_from, CAST(count(*) AS INT) AS n
FROM runs GROUP BY a, b, a_at - b_at, run
"""


def diagonals(settings: Settings, fresh: int = 0) -> str:
    """SQL: all `diagonals` of a view `grams`, in one go."""
    return runs(f"({meetings(settings, fresh)})")


def chains(settings: Settings) -> str:
    """SQL: the chains made of a table `diagonals`."""
    sides = (("a_from", "a_to"), ("b_from", "b_to")) * 2
    ends = f"a_from, a_from + n + {K - 1} AS a_to, b_from, b_from + n + {K - 1} AS b_to"
    steps = [
        f"enough AS (SELECT a, b FROM diagonals GROUP BY a, b HAVING sum(n) >= {settings.seeds})",
        f"c0 AS (SELECT a, b, {ends}, n, 0 AS cluster FROM diagonals JOIN enough USING (a, b))",
    ]
    for number, (low, high) in enumerate(sides, 1):
        part, order = "PARTITION BY a, b, cluster", "a_from, b_from, a_to, b_to"
        order = f"{low}, {order}"
        before = (
            f"max({high}) OVER ({part} ORDER BY {order} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
        )
        steps.append(
            f"g{number} AS (SELECT *, CASE WHEN {low} > {before} + {settings.gap} THEN 1 ELSE 0 END AS fresh "
            f"FROM c{number - 1})"
        )
        steps.append(
            f"s{number} AS (SELECT a, b, a_from, a_to, b_from, b_to, n, cluster AS above, "
            f"sum(fresh) OVER ({part} ORDER BY {order} ROWS UNBOUNDED PRECEDING) AS island FROM g{number})"
        )
        steps.append(
            f"c{number} AS (SELECT a, b, a_from, a_to, b_from, b_to, n, "
            f"dense_rank() OVER (PARTITION BY a, b ORDER BY above, island) AS cluster FROM s{number})"
        )
    last = f"c{len(sides)}"
    return f"""
WITH {", ".join(steps)}
, found AS (
  SELECT a, b, min(a_from) AS a_from, max(a_to) AS a_to, min(b_from) AS b_from, max(b_to) AS b_to,
    CAST(sum(n) AS INT) AS seeds, max(sum(n)) OVER (PARTITION BY a, b) AS best
  FROM {last} GROUP BY a, b, cluster
)
SELECT a, b, a_from, a_to, b_from, b_to, seeds FROM found
WHERE seeds >= {settings.seeds} OR (seeds >= {settings.weak} AND best >= {settings.strong})
ORDER BY a, b, a_from, b_from
"""
