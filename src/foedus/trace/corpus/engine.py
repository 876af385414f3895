"""What runs the relational plan: DuckDB in this process, or Spark. Both are given the same SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Literal, Protocol

import duckdb

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import Place
from foedus.trace.corpus.folder import damaged, listed, remove
from foedus.trace.corpus.parquet import quoted

Name = Literal["duckdb", "spark"]
MEMORY: Final = 1 << 30
"""Bytes that an engine may hold; what does not fit it writes into the index's folder of work."""


class Engine(Protocol):
    """Views over Parquet files, and results written to Parquet files."""

    def files(self, view: str, paths: Sequence[Path], kinds: Mapping[str, str]) -> None:
        """A view of the rows of some files, with these columns; none if there are no files. Where a folder on
        the way to a file is named `column=value`, that is a column too."""
        ...

    def view(self, view: str, sql: str) -> None:
        """A view of what `sql` gives, worked out whenever it is asked for."""
        ...

    def table(self, table: str, sql: str) -> None:
        """The same, worked out once."""
        ...

    def write(self, sql: str, place: Path, by: str = "") -> None:
        """Write rows into a new folder `place`; into one folder in it for each value of the column `by`."""
        ...

    def close(self) -> None:
        """Let go of everything."""
        ...


class DuckDB:
    """The engine within this process. Raises `Refused`: F636 where the memory is too small, F634 where the disk
    is full, F627 where a file cannot be read."""

    def __init__(self, spill: Path, memory: int = MEMORY, threads: int = 1) -> None:
        self._spill = spill
        self._memory = memory
        self._engine = duckdb.connect(
            config={
                "memory_limit": f"{memory >> 20}MiB",
                "threads": threads,
                "temp_directory": str(spill),
                "preserve_insertion_order": False,
            }
        )

    def files(self, view: str, paths: Sequence[Path], kinds: Mapping[str, str]) -> None:
        if paths:
            names = ", ".join(f"'{quoted(path)}'" for path in paths)
            self.view(
                view, f"SELECT {', '.join(kinds)} FROM read_parquet([{names}], hive_partitioning = true)"
            )
        else:
            none = ", ".join(f"CAST(NULL AS {kind}) AS {name}" for name, kind in kinds.items())
            self.view(view, f"SELECT {none} WHERE false")

    def view(self, view: str, sql: str) -> None:
        self._run(f"CREATE OR REPLACE TEMP VIEW {view} AS {sql}")

    def table(self, table: str, sql: str) -> None:
        self._run(f"CREATE OR REPLACE TEMP TABLE {table} AS {sql}")

    def write(self, sql: str, place: Path, by: str = "") -> None:
        part = place.with_name(place.name + ".part")
        remove(part)
        part.mkdir(parents=True)
        if by:
            self._run(
                f"COPY ({sql}) TO '{quoted(part)}' (FORMAT parquet, COMPRESSION lz4, PARTITION_BY ({by}))"
            )
        else:
            self._run(f"COPY ({sql}) TO '{quoted(part / 'rows.parquet')}' (FORMAT parquet, COMPRESSION zstd)")
        part.rename(place)

    def close(self) -> None:
        self._engine.close()
        remove(self._spill)

    def _run(self, sql: str) -> list[Any]:
        try:
            return self._engine.execute(sql).fetchall()
        except duckdb.OutOfMemoryException as error:
            full = "disk" in str(error).lower() or "temp" in str(error).lower()
            raise _refused("F634" if full else "F636", self._spill, error, self._memory) from None
        except duckdb.IOException as error:
            if "space" in str(error).lower():
                raise _refused("F634", self._spill, error, self._memory) from None
            raise damaged(self._spill.parent, str(error).splitlines()[0]) from None
        except duckdb.InvalidInputException as error:
            raise damaged(self._spill.parent, str(error).splitlines()[0]) from None


def _refused(code: str, spill: Path, error: Exception, memory: int) -> Refused:
    values = {
        "path": str(spill.parent.parent),
        "why": str(error).splitlines()[0],
        "memory": f"{memory >> 20} MiB",
    }
    return Refused(Problem(code, Place(values["path"]), values))


def rows_of(place: Path, by: str = "") -> list[Path]:
    """The Parquet files that an engine wrote into `place`; all of them, or those of one value of a column."""
    return sorted((place / by if by else place).glob("**/*.parquet"))


__all__ = ["MEMORY", "DuckDB", "Engine", "Name", "listed", "rows_of"]
