"""JSONL: a record on each line. A line that is none is told with its number; the others are read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.reading import BYTE_ORDER_MARKS
from foedus.trace.document import Document, Unread
from foedus.trace.read.encoding import Decoded, decoded
from foedus.trace.read.records import Table
from foedus.trace.read.source import HEAD, Source, lines, problem, too_large


def read(source: Source) -> Iterator[Document | Unread]:
    """The records of a file, one held at a time."""
    head = source.file.peek(HEAD)
    mark = next((mark for mark, _ in BYTE_ORDER_MARKS if head.startswith(mark)), b"")
    if mark and not mark.startswith(b"\xef"):
        source.refuse("F612", format="JSONL", why="it is in UTF-16 or UTF-32, and JSON is written in UTF-8")
    source.file.read(len(mark))
    table = Table(source.name, source.stem)
    codec = ""
    for number, line in lines(source):
        if line is None:
            yield Unread(table.path(number), too_large(table.path(number), 0, source.most))
        elif not line.isspace():
            found, codec = _record(table, number, line, codec)
            yield found if isinstance(found, Document) else Unread(table.path(number), found)


def _record(table: Table, number: int, line: bytes, codec: str) -> tuple[Document | Problem, str]:
    """The record of a line, and the encoding that was guessed for this file, if one was."""
    try:
        text = Decoded(line.decode(), "utf-8", False)
    except UnicodeDecodeError:
        try:
            text = decoded(line, table.path(number), codec)
        except Refused as refused:
            return refused.problems[0], codec
        if codec or text.guessed:
            codec = codec or text.encoding
            text = Decoded(text.text, text.encoding, True, text.warnings)
    try:
        fields: object = json.loads(text.text)
    except (ValueError, RecursionError) as error:
        why = (
            error.msg.removesuffix(" at")
            if isinstance(error, json.JSONDecodeError)
            else "it cannot be read as JSON"
        )
        return problem("F613", table.name, number, record=str(number), why=why[:1].lower() + why[1:]), codec
    if not isinstance(fields, dict):
        why = "it is a value, and a record has fields"
        return problem("F613", table.name, number, record=str(number), why=why), codec
    found = table.document(cast("dict[str, object]", fields), number, text.encoding, text.guessed)
    if isinstance(found, Document) and (text.warnings or _broken(found.text)):
        found = _mended(found, text.warnings)
    return found, codec


def _broken(text: str) -> bool:
    """Whether a text holds half a character, as JSON's escapes may."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _mended(found: Document, warnings: tuple[Problem, ...]) -> Document:
    """The document with half characters shown as U+FFFD, place for place, and told."""
    text = found.text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    halves = text.count("\ufffd") - found.text.count("\ufffd")
    if halves:
        warnings = (*warnings, problem("F605", found.path, encoding="JSON", n=str(halves)))
    return replace(found, text=text, warnings=(*found.warnings, *warnings))
