"""The relational plan on Spark: for a corpus that outgrows one machine. Needs `foedus[spark]` and Java 17.

Without a cluster's address in Spark's own configuration it runs on this machine's cores, and listens on the loopback
interface only.
"""

from __future__ import annotations

import importlib
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import Place
from foedus.trace.corpus.folder import listed, remove


class Spark:
    """The engine. Raises `Refused` as `started` does."""

    def __init__(self, spill: Path, memory: int, threads: int) -> None:
        self._where = str(spill.parent.parent)
        self._spill = spill
        self._session = started(self._where, "foedus trace", spill, memory, threads)
        self._cached: list[Any] = []

    def files(self, view: str, paths: Sequence[Path], kinds: Mapping[str, str]) -> None:
        if not paths:
            none = ", ".join(f"CAST(NULL AS {kind}) AS {name}" for name, kind in kinds.items())
            self.view(view, f"SELECT {none} WHERE false")
            return
        named = {part.partition("=")[0] for part in paths[0].parts if "=" in part}
        if named & set(kinds):
            base = Path(os.path.commonpath([path.parent for path in paths]))
            while "=" in base.name:
                base = base.parent
            option, value = "basePath", str(base)
        else:  # no column is in the names of the folders
            option, value = "recursiveFileLookup", "true"
        columns = ", ".join(f"CAST({name} AS {kind}) AS {name}" for name, kind in kinds.items())

        def read() -> None:
            rows = self._session.read.option(option, value).parquet(*listed(paths))
            rows.createOrReplaceTempView(f"{view}_files")

        self._run(read)
        self.view(view, f"SELECT {columns} FROM {view}_files")

    def view(self, view: str, sql: str) -> None:
        self._run(lambda: self._session.sql(sql).createOrReplaceTempView(view))

    def table(self, table: str, sql: str) -> None:
        def make() -> None:
            rows = self._session.sql(sql).localCheckpoint(eager=True)
            rows.createOrReplaceTempView(table)

        self._run(make)

    def write(self, sql: str, place: Path, by: str = "") -> None:
        part = place.with_name(place.name + ".part")
        remove(part)
        part.parent.mkdir(parents=True, exist_ok=True)

        def make() -> None:
            writer = self._session.sql(sql).write
            (writer.partitionBy(by) if by else writer).parquet(str(part))

        self._run(make)
        part.rename(place)

    def close(self) -> None:
        self._session.stop()
        remove(self._spill)

    def _run(self, do: Any) -> Any:
        return told(self._where, do)


def started(where: str, name: str, spill: Path, memory: int, threads: int) -> Any:
    """A session of Spark for whoever needs one. Raises `Refused`: F559 without pyspark, F631 without Java, F632 where
    Spark fails."""
    home = os.environ.get("JAVA_HOME")
    if not (home and (Path(home) / "bin" / "java").exists()) and shutil.which("java") is None:
        raise Refused(Problem("F631", Place(where), {}))
    try:
        sql: Any = importlib.import_module("pyspark.sql")
    except ImportError:
        values = {"option": "--engine spark", "library": "pyspark", "extra": "spark"}
        raise Refused(Problem("F559", Place(where), values)) from None
    spill.mkdir(parents=True, exist_ok=True)
    options = {
        "spark.app.name": name,
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": f"{max(memory >> 20, 512)}m",
        "spark.local.dir": str(spill),
        "spark.sql.warehouse.dir": str(spill / "warehouse"),
        "spark.sql.shuffle.partitions": str(2 * threads),
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.sources.partitionColumnTypeInference.enabled": "true",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
    }
    builder = sql.SparkSession.builder
    for option, value in options.items():
        builder = builder.config(option, value)
    if "SPARK_REMOTE" not in os.environ and "MASTER" not in os.environ:
        builder = builder.master(f"local[{threads}]")
    return told(where, builder.getOrCreate)


def told(where: str, do: Any) -> Any:
    """What Spark is asked to do; where it fails, `Refused` (F632) in its own words."""
    errors = (
        importlib.import_module("pyspark.errors").PySparkException,
        importlib.import_module("py4j.protocol").Py4JError,
        RuntimeError,
    )
    try:
        return do()
    except errors as error:
        why = str(error).strip().splitlines() or [type(error).__name__]
        raise Refused(Problem("F632", Place(where), {"why": why[0]})) from None
