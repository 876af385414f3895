"""WARC: the pages and texts that a crawl kept, one record held at a time.

Responses, resources and conversions of a type that is read here are documents; requests, pictures, and answers
of a server that are no success are not, and are passed over.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import replace
from importlib import import_module
from typing import Any, Final, cast

from foedus.diagnostics.problem import Refused
from foedus.trace.document import Document, Unread
from foedus.trace.read import html, pdf, plain
from foedus.trace.read.source import FREE, RATIO, Source, problem, too_large, unread

_archive: Any = import_module("warcio.archiveiterator")  # it has no types
_failed: Any = import_module("warcio.exceptions").ArchiveLoadFailed

_KEPT: Final = {"response", "resource", "conversion"}
_PAGES: Final = {"text/html", "application/xhtml+xml"}
_TEXTS: Final = {"text/plain", "text/markdown"}
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)


def read(source: Source) -> Iterator[Document | Unread]:
    """The documents of a file. What breaks the file itself ends it (F612); the run goes on."""
    records = iter(_archive.ArchiveIterator(source.file))
    number = 0
    while True:
        try:
            with redirect_stderr(io.StringIO()):  # the library writes what it notices to the terminal
                record: Any = next(records)
        except StopIteration:
            return
        except (_failed, ValueError, AttributeError, KeyError, UnicodeError) as error:
            why = str(error).strip().split("\n", 1)[0] or type(error).__name__
            source.refuse("F612", format="WARC", why=why[:1].lower() + why[1:])
        number += 1
        try:
            found = _record(record, source, number)
        except Refused as refused:
            if refused.problems[0].place.page == source.name:  # the file itself is broken, not this record
                raise
            found = unread(refused, f"{source.name}:{number}")
        if found is not None:
            yield found


def _record(record: Any, source: Source, number: int) -> Document | Unread | None:
    if not record.rec_type:
        source.refuse("F612", format="WARC", why=f"record {number} does not say of which type it is")
    if record.rec_type not in _KEPT:
        return None
    answer = record.http_headers
    if answer is not None and not str(answer.get_statuscode()).startswith("2"):
        return None
    held = cast("str", (answer or record.rec_headers).get_header("Content-Type") or "")
    kind = held.split(";", 1)[0].strip().lower()
    if kind not in (*_PAGES, *_TEXTS, "application/pdf"):
        return None
    path = f"{source.name}:{number}"
    raw = _content(record, source, path)
    if raw is None:
        return Unread(path, too_large(path, 0, source.most))
    charset = _CHARSET.search(held)
    declared, name = charset[1] if charset else "", f"{source.stem}:{number}"
    if kind in _PAGES:
        found = html.document(raw, path, name, declared)
    elif kind in _TEXTS:
        found = plain.document(raw, path, name, declared)
    else:
        found = pdf.document(io.BytesIO(raw), path, name, source.most)
    url = cast("str", record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    return replace(found, meta=replace(found.meta, url=found.meta.url or url), taken_out=True)


def _content(record: Any, source: Source, path: str) -> bytes | None:
    """What the record holds, unpacked as its server packed it; None if it is above the limit."""
    length = int(record.length or 0)
    bound = min(source.most, max(FREE, RATIO * length))
    parts: list[bytes] = []
    size = 0
    try:
        stream = record.content_stream()
        while part := stream.read(65536):
            size += len(part)
            if size > bound:
                return None
            parts.append(part)
        rest = record.raw_stream
        if getattr(rest, "limit", 0) > 0 and not rest.read(1):
            raise EOFError("it ends within the record")
    except Refused:
        raise
    except Exception as error:  # whatever a damaged packing leads to
        raise Refused(problem("F612", path, format="WARC", why=str(error).lower().rstrip("."))) from None
    return b"".join(parts)
