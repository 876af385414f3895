"""Arrays into Parquet files and back, by way of DuckDB, which the rest of the house has anyway."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from foedus.trace.corpus.folder import damaged

_open: list[duckdb.DuckDBPyConnection] = []


def _engine() -> duckdb.DuckDBPyConnection:
    """This process's own, made when first asked for."""
    if not _open:
        _open.append(duckdb.connect(config={"threads": 1, "memory_limit": "400MB"}))
    return _open[0]


def strings(texts: Iterable[str]) -> NDArray[Any]:
    """Texts as a column; what UTF-8 cannot hold (half of a pair, a byte of a file's name) is spelled out."""
    made = [str(text).encode("utf-8", "backslashreplace").decode() for text in texts]
    column = np.empty(len(made), dtype=object)
    column[:] = made
    return column


def write(path: Path, columns: Mapping[str, NDArray[Any]], options: str = "compression zstd") -> None:
    """A Parquet file of columns of one length."""
    engine = _engine()
    names = ", ".join(f'"{name}"' for name in columns)
    if not len(next(iter(columns.values()))):  # of an empty array of objects, no type is known
        kinds = ", ".join(
            f'CAST(NULL AS {_SQL.get(value.dtype.kind + str(value.dtype.itemsize), "VARCHAR")}) AS "{name}"'
            for name, value in columns.items()
        )
        engine.execute(f"COPY (SELECT {kinds} WHERE false) TO '{quoted(path)}' (FORMAT parquet)").fetchall()
        return
    engine.register("rows_in", dict(columns))
    try:
        engine.execute(
            f"COPY (SELECT {names} FROM rows_in) TO '{quoted(path)}' (FORMAT parquet, {options})"
        ).fetchall()
    finally:
        engine.unregister("rows_in")


_SQL = {"i2": "SMALLINT", "i4": "INTEGER", "i8": "BIGINT", "f8": "DOUBLE", "b1": "BOOLEAN"}


def read(path: Path, columns: str = "*", order: str = "") -> dict[str, NDArray[Any]]:
    """The columns of a Parquet file. Raises `Refused` (F627)."""
    try:
        found: dict[str, Any] = (
            _engine().execute(f"SELECT {columns} FROM '{quoted(path)}' {order}").fetchnumpy()
        )
        return found
    except (duckdb.Error, OSError) as error:
        raise damaged(path, str(error).splitlines()[0]) from None


def quoted(path: Path) -> str:
    """A path within SQL's quotation marks."""
    return path.as_posix().replace("'", "''")
