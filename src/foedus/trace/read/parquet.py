"""Parquet: a record in each row, read in batches by DuckDB, which fetches nothing from anywhere."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import duckdb

from foedus.diagnostics.problem import Problem
from foedus.trace.document import Document, Unread
from foedus.trace.read.records import COLUMNS, TEXTS, Table, known
from foedus.trace.read.source import Source, problem, too_large

BATCH: Final = 256
"""Rows held at a time."""

_ALONE: Final[dict[str, str | bool | int | float | list[str]]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "1GB",
    "threads": "1",
}


def read(source: Source) -> Iterator[Document | Unread]:
    """The rows of a file."""
    name = re.sub(r"([*?\[])", r"[\1]", str(source.path.resolve()))  # its name is no pattern
    with duckdb.connect(":memory:", config=_ALONE) as database:
        try:
            yield from _rows(database, name, source)
        except duckdb.Error as error:
            source.refuse("F612", format="Parquet", why=_said(error, source))


def _rows(database: duckdb.DuckDBPyConnection, name: str, source: Source) -> Iterator[Document | Unread]:
    file = "read_parquet(?, hive_partitioning = false)"
    columns = [str(row[0]) for row in database.execute(f"DESCRIBE SELECT * FROM {file}", [name]).fetchall()]
    folded = {column: column.strip().casefold() for column in columns}
    texts = sorted((one for one in columns if folded[one] in TEXTS), key=lambda one: TEXTS.index(folded[one]))
    if not texts:
        yield Unread(source.name, problem("F614", source.name, record="1"))
        return
    taken = [texts[0], *(one for one in columns if known(one) or folded[one] in COLUMNS - set(TEXTS))]
    table = Table(source.name, source.stem)
    told: tuple[Problem, ...] = table.unknown(one for one in columns if one not in taken)
    cast = [f"CAST({_quoted(one)} AS VARCHAR)" for one in taken]
    # A text above the limit is not brought into memory: only its length is.
    asked = f"CASE WHEN strlen({cast[0]}) <= {source.most} THEN {cast[0]} END, strlen({cast[0]})"
    rows = database.execute(f"SELECT {', '.join([asked, *cast[1:]])} FROM {file}", [name])
    number = 0
    while batch := rows.fetchmany(BATCH):
        for text, size, *rest in batch:
            number += 1
            path = table.path(number)
            if text is None and size is not None:
                yield Unread(path, too_large(path, int(size), source.most))
                continue
            fields: dict[str, object] = {taken[0]: text or "", **dict(zip(taken[1:], rest, strict=True))}
            found = table.document(fields, number, "utf-8", guessed=False)
            if isinstance(found, Problem):
                yield Unread(path, found)
                continue
            if told:
                found, told = replace(found, warnings=(*found.warnings, *told)), ()
            yield found


def _quoted(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _said(error: duckdb.Error, source: Source) -> str:
    """What DuckDB says is wrong, without its own name of the error and of the file."""
    said = str(error).split("\n", 1)[0].partition(": ")[2] or str(error)
    name = "|".join(re.escape(os.fspath(path)) for path in (source.path.resolve(), source.path))
    said = re.sub(rf" in file '(?:{name})'| '(?:{name})'", "", said)
    said = re.sub(name, lambda _: source.name, said)
    return said[:1].lower() + said[1:].rstrip(".")
