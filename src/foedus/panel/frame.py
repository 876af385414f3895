"""A panel as a data frame of Polars, and as a file: Parquet, CSV, Stata, Arrow.

Parquet carries what the panel rests on within itself; beside every other file stands a JSON with it. A file is
written beside its place and put there whole.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import polars as pl

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE, spelled, whole
from foedus.panel.described import KEY, as_json
from foedus.panel.make import Panel
from foedus.panel.recode import COLUMNS

DAYS_TO_1970 = 719_163


def frame(panel: Panel) -> pl.DataFrame:
    """The rows: keys first, then each source's columns; integers, codes of ISO as categories, days as dates. What
    lies beyond a source's coverage is null."""
    made: list[pl.Series] = []
    labels = pl.Series("labels", panel.labels, dtype=pl.Enum(panel.labels))
    for name, values in panel.columns.items():
        column = pl.Series(name, values)
        if panel.labels and name.startswith(COLUMNS["iso"]):
            column = labels.gather(values).alias(name)
        elif name == "date":
            column = (column - DAYS_TO_1970).cast(pl.Date)
        made.append(column)
    found = pl.DataFrame(made)
    for name, mask in panel.missing.items():
        columns = [name] if name in panel.columns else list(panel.of(name))
        beyond = pl.Series("beyond", mask)
        found = found.with_columns(
            pl.when(beyond & (pl.col(column) == 0)).then(None).otherwise(pl.col(column)).alias(column)
            for column in columns
        )
    return found


def _parquet(found: pl.DataFrame, path: Path, panel: Panel) -> None:
    # Without statistics of each chunk: they take a third of the time, and the file has a few hundred kilobytes.
    found.write_parquet(
        path, compression="zstd", compression_level=1, statistics=False, metadata={KEY: as_json(panel)}
    )


def _csv(found: pl.DataFrame, path: Path, panel: Panel) -> None:
    del panel
    found.write_csv(path)


def _arrow(found: pl.DataFrame, path: Path, panel: Panel) -> None:
    del panel
    found.write_ipc(path, compression="lz4")


def _stata(found: pl.DataFrame, path: Path, panel: Panel) -> None:
    del panel
    pandas: Any = _library("pandas", "pandas")
    columns: dict[str, Any] = {}
    for column in found.iter_columns():
        if column.dtype == pl.Enum:
            columns[column.name] = column.cast(pl.String).to_list()
        elif column.null_count():
            columns[column.name] = column.cast(
                pl.Float32
            ).to_numpy()  # Stata's missing is a float's, as pandas writes it
        else:
            columns[column.name] = column.to_numpy()
    pandas.DataFrame(columns).to_stata(path, write_index=False, version=118)


WRITERS: dict[str, Callable[[pl.DataFrame, Path, Panel], None]] = {
    ".parquet": _parquet,
    ".csv": _csv,
    ".dta": _stata,
    ".arrow": _arrow,
    ".feather": _arrow,
}
"""What writes a file, by how its name ends."""

WITHIN = frozenset({".parquet"})
"""The endings of files that carry their own description."""


def write(panel: Panel, path: Path) -> tuple[Path, ...]:
    """Write the panel as the file's name says; the files written. Raises `Refused`: F823 for another ending, F507
    where it cannot be written, F554 for a file of Stata without pandas."""
    found = frame(panel)
    ending = ending_of(path)
    beside = path.with_name(f"{path.name}.json")
    new = path.with_name(f".{path.name[:100]}.{os.getpid()}.new")
    described = new.with_name(f"{new.name}.json")
    try:
        for target in (path, beside):
            if target.is_dir():
                raise IsADirectoryError(None, "it is a folder")
        new.touch()  # a folder that is not there, or may not be written to, is told by the system
        WRITERS[ending](found, new, panel)
        if ending not in WITHIN:
            described.write_text(as_json(panel) + "\n", encoding="utf-8")
            described.replace(beside)
        new.replace(path)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise Refused(Problem("F507", whole(spelled(path)), {"why": why})) from None
    finally:
        new.unlink(missing_ok=True)
        described.unlink(missing_ok=True)
    return (path,) if ending in WITHIN else (path, beside)


def ending_of(path: Path) -> str:
    """How the file's name ends. Raises `Refused` (F823) where no form is known by it."""
    ending = path.suffix.lower()
    if ending not in WRITERS:
        raise Refused(
            Problem(
                "F823", whole(spelled(path)), {"ending": ending or path.name, "known": ", ".join(WRITERS)}
            )
        )
    return ending


def _library(name: str, install: str) -> ModuleType:
    try:
        return import_module(name)
    except ImportError:
        raise Refused(Problem("F554", NOWHERE, {"library": name, "install": install})) from None
