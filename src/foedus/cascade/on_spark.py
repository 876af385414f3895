"""The worlds of a cascade on a cluster: for more of them than one machine runs. Needs `foedus[spark]` and Java 17.

Worlds are dealt out in shares of whole words, and what the shares count is added up: the counts are those of any other
run of the same worlds. Each worker needs Foedus itself, with `foedus[cascade]` to be quick.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from operator import add
from pathlib import Path
from typing import Any

from foedus.cascade.counts import Counts, nothing
from foedus.cascade.plan import Plan
from foedus.cascade.solve import sample
from foedus.trace.corpus.spark import started, told

WHERE = "foedus cascade"
SHARE = 1 << 24
"""Worlds that a worker takes at a time: some seconds' work, so that what a task costs does not show."""
MEMORY = 1 << 30


class Cluster:
    """Spark: a cluster, if its own configuration names one, else so many cores of this machine. `sample` and
    `sampled` are for `foedus.cascade.solve.solve(by=…)`. `spill` is a folder that Spark may write to.

    Raises `Refused`: F559 without pyspark, F631 without Java, F632 where Spark fails.
    """

    def __init__(self, spill: Path, threads: int) -> None:
        # Workers on this machine are to be the Python that Foedus runs in, and not whichever is found first.
        if "SPARK_REMOTE" not in os.environ and "MASTER" not in os.environ:
            os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        self._session = started(WHERE, WHERE, spill, MEMORY, threads)

    def sample(self, plan: Plan, worlds: int, seed: int, detail: bool, share: int = SHARE) -> Counts:
        """So many worlds. ValueError if a share is not of whole words."""
        if share % 64:
            raise ValueError(f"a share of {share} worlds is not of whole words")
        shares = [(first, min(share, worlds - first)) for first in range(0, worlds, share)]

        def run() -> Counts:
            context: Any = self._session.sparkContext
            dealt: Any = context.parallelize(shares, len(shares))
            return dealt.map(partial(_counted, plan, seed, detail)).fold(nothing(plan.model, detail), add)

        return told(WHERE, run)

    def sampled(self, plan: Plan, worlds: int, seed: int, detail: bool) -> Counts:
        """The same; worlds that one worker would take alone are run here, sooner than they could be sent."""
        if worlds <= SHARE:
            return sample(plan, worlds, seed, detail=detail)
        return self.sample(plan, worlds, seed, detail)

    def close(self) -> None:
        """End the session."""
        self._session.stop()


def _counted(plan: Plan, seed: int, detail: bool, share: tuple[int, int]) -> Counts:
    return sample(plan, share[1], seed, first=share[0], threads=1, detail=detail)
