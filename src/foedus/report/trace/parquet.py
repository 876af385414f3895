"""What tracing found as Parquet, written by DuckDB: a file of passages, and one of documents beside it.

The rows are those of `foedus.report.trace.values`, column by column; what is nested there is nested here.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE, spelled, whole
from foedus.report.trace.values import Json, document_json, passage_json
from foedus.trace.document import Document
from foedus.trace.passage import Passage

_SPAN = 'STRUCT(document VARCHAR, start BIGINT, "end" BIGINT, file_start BIGINT, file_end BIGINT)'
PASSAGES = {
    "id": "BIGINT",
    "a": _SPAN,
    "b": _SPAN,
    "class": "VARCHAR",
    "likeness": "DOUBLE",
    "words": "INTEGER",
    "edits": "STRUCT(a_start BIGINT, a_end BIGINT, b_start BIGINT, b_end BIGINT)[]",
    "third": "VARCHAR",
    "quoted": "VARCHAR",
    "absorbed": "VARCHAR",
}
DOCUMENTS = {
    "id": "VARCHAR",
    "path": "VARCHAR",
    "encoding": "VARCHAR",
    "encoding_guessed": "BOOLEAN",
    "characters": "BIGINT",
    "sha256": "VARCHAR",
    "meta": (
        'STRUCT(title VARCHAR, publisher VARCHAR, speaker VARCHAR, "on" VARCHAR, url VARCHAR, '
        "language VARCHAR, origin VARCHAR)"
    ),
    "marks": (
        'STRUCT(kind VARCHAR, start BIGINT, "end" BIGINT, file_start BIGINT, file_end BIGINT, why VARCHAR)[]'
    ),
    "warnings": "STRUCT(code VARCHAR, title VARCHAR)[]",
}
"""Columns and their types in DuckDB's words."""

_ROW = 1 << 24
"""Bytes of a row for which room is made; more where a row is longer."""


def beside(path: Path) -> Path:
    """The file of documents: `trace.documents.parquet` beside `trace.parquet`."""
    return path.with_name(f"{path.name.removesuffix('.parquet')}.documents.parquet")


def write_parquet(
    path: Path,
    passages: Iterable[Passage],
    documents: Iterable[Document],
    mapped: Mapping[str, Document],
) -> list[Path]:
    """Write both files, whole or not at all; the files written. `mapped` are the documents whose places in their
    files are said besides; what else there is may be more than memory holds. Raises `Refused` (F507) where they
    cannot be written, F559 where DuckDB is not installed."""
    tables = (
        (path, PASSAGES, (passage_json(n, passage, mapped) for n, passage in enumerate(passages))),
        (beside(path), DOCUMENTS, (document_json(document, with_text=False) for document in documents)),
    )
    laid: dict[Path, Path] = {}
    try:
        for target, _, _ in tables:  # before one is written: both are, or none
            if target.is_dir():
                raise IsADirectoryError(None, "it is a folder")
        for target, columns, rows in tables:
            laid[target] = target.with_name(f".{target.name[:100]}.{os.getpid()}.new")
            _write(laid[target], columns, rows)
        for target, new in laid.items():
            new.replace(target)
    except OSError as error:
        raise Refused(
            Problem("F507", whole(spelled(path)), {"why": (error.strerror or str(error)).lower()})
        ) from None
    finally:
        for new in laid.values():
            new.unlink(missing_ok=True)
    return list(laid)


def _write(path: Path, columns: dict[str, str], rows: Iterable[Json]) -> None:
    """One file. Rows go through a file of JSON, which DuckDB reads in a stream and in types that are told."""
    try:
        duckdb: Any = import_module("duckdb")
    except ModuleNotFoundError:
        values = {"option": "--parquet", "library": "duckdb", "extra": "trace"}
        raise Refused(Problem("F559", NOWHERE, values)) from None
    path.touch()  # a folder that is not there, or may not be written to, is told by the system
    typed = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
    with TemporaryDirectory() as folder:
        lines = Path(folder) / "rows.json"
        with lines.open("w", encoding="utf-8", errors="replace") as file:
            longest = max((file.write(line) for line in _lines(rows)), default=0)
        with duckdb.connect() as connection:
            connection.execute("SET autoinstall_known_extensions = false")
            connection.execute(
                f"COPY (SELECT * FROM read_json({_quoted(lines)}, format = 'newline_delimited', "
                f"columns = {{{typed}}}, maximum_object_size = {max(_ROW, 4 * longest)})) "
                f"TO {_quoted(path)} (FORMAT parquet)"
            )


def _lines(rows: Iterable[Json]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(row, ensure_ascii=False) + "\n"


def _quoted(path: Path) -> str:
    return "'" + os.fspath(path).replace("'", "''") + "'"
