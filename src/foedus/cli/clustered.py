"""Who runs the worlds of a cascade: this process, or a cluster for as long as the command runs."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.cascade.solve import Sampler


@contextmanager
def sampling(engine: str, threads: int | None) -> Generator[Sampler | None]:
    """Who runs the worlds; None for this process. Raises `Refused`: F559 without pyspark, F631 without Java, F632 where
    Spark fails."""
    if engine != "spark":
        yield None
        return
    # Imported here because it comes with an extra.
    from foedus.cascade.on_spark import Cluster  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="foedus-", ignore_cleanup_errors=True) as spill:
        cluster = Cluster(Path(spill), threads or os.cpu_count() or 1)
        try:
            yield cluster.sampled
        finally:
            cluster.close()
