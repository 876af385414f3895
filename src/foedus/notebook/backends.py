"""Rows as a data frame of Polars, pandas or pyarrow, whichever is asked for; none is needed otherwise.

| kind | Polars | pandas | pyarrow |
|---|---|---|---|
| text | String | string | string |
| texts | List(String) | object (lists) | list of string |
| flag | Boolean | boolean | bool |
| whole | Int64 | Int64 | int64 |
| number | Float64 | float64 | float64 |
| day | Date | datetime64[s] | date32 |
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.diagnostics.suggest import suggest
from foedus.notebook.columns import Column, Kind
from foedus.notebook.frames import Row

if TYPE_CHECKING:
    import polars

    DataFrame: TypeAlias = polars.DataFrame
else:
    DataFrame = "polars.DataFrame"

Backend = Literal["polars", "pandas", "pyarrow"]

INSTALL = {"polars": "'foedus[frames]'", "pandas": "pandas", "pyarrow": "pyarrow"}
"""What to install for each, as a shell takes it."""


def framed_by(backend: str, columns: Sequence[Column], rows: Iterable[Row]) -> Any:
    """The rows as a data frame. Refuses (F554) a library that is not installed, and one that is not
    known (F510)."""
    if backend not in INSTALL:
        near = suggest(backend, INSTALL)
        advice = f"Did you mean `{near}`?" if near else f"There are {', '.join(INSTALL)}."
        raise Refused(Problem("F510", NOWHERE, {"name": backend, "known": advice}))
    library = _library(backend)
    cells = list(zip(*rows, strict=True)) or [()] * len(columns)
    named = [(column, list(values)) for column, values in zip(columns, cells, strict=True)]
    made = {"polars": _polars, "pandas": _pandas, "pyarrow": _pyarrow}[backend]
    return made(library, named)


def _library(name: str) -> ModuleType:
    try:
        return import_module(name)
    except ImportError:
        values = {"library": name, "install": INSTALL[name]}
        raise Refused(Problem("F554", NOWHERE, values)) from None


Filled: TypeAlias = Sequence[tuple[Column, list[Any]]]


def _polars(pl: ModuleType, named: Filled) -> Any:
    kinds: dict[Kind, Any] = {
        "text": pl.String, "texts": pl.List(pl.String), "flag": pl.Boolean, "whole": pl.Int64,
        "number": pl.Float64, "day": pl.Date,
    }  # fmt: skip
    return pl.DataFrame(
        {column.name: values for column, values in named},
        schema={column.name: kinds[column.kind] for column, _ in named},
    )


def _pandas(pd: ModuleType, named: Filled) -> Any:
    kinds: dict[Kind, str] = {
        "text": "string", "texts": "object", "flag": "boolean", "whole": "Int64", "number": "float64",
        "day": "datetime64[s]",
    }  # fmt: skip
    return pd.DataFrame(
        {
            column.name: pd.Series(
                [list(v) for v in values] if column.kind == "texts" else values, dtype=kinds[column.kind]
            )
            for column, values in named
        }
    )


def _pyarrow(pa: ModuleType, named: Filled) -> Any:
    kinds: dict[Kind, Any] = {
        "text": pa.string(), "texts": pa.list_(pa.string()), "flag": pa.bool_(), "whole": pa.int64(),
        "number": pa.float64(), "day": pa.date32(),
    }  # fmt: skip
    fields = [pa.field(column.name, kinds[column.kind]) for column, _ in named]
    return pa.table([values for _, values in named], schema=pa.schema(fields))
