"""What tracing found as plain values, for JSON and for Parquet.

Places are characters (Unicode code points), from 0, ends exclusive, of a document's text: of the decoded file where
`text` of the document is null, of `text` where it had to be taken out of the file. Where the file's own characters
are known besides, `file_start` and `file_end` say them.

The form is published (`trace.schema.json`, JSON Schema 2020-12), and its `$id` is cited in every answer.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

from foedus import __version__
from foedus.diagnostics.catalogue import title_of
from foedus.diagnostics.render import to_json as problem_json
from foedus.report.trace.asked import Asked
from foedus.report.trace.places import is_extracted
from foedus.trace.document import Document, Unread
from foedus.trace.passage import Group, Link, Passage, Span, Traced
from foedus.words.speech import aloud

Json: TypeAlias = dict[str, Any]
"""An object as `json.dumps` takes it."""

SCHEMA_ID = "urn:foedus:schema:trace:1"
"""Changes when the form changes in a way that a reader of it could not take."""

SCHEMA = Path(__file__).parents[1] / "trace.schema.json"


def schema() -> Json:
    """The published JSON Schema."""
    return json.loads(SCHEMA.read_text(encoding="utf-8"))


def to_json(
    traced: Traced,
    known: tuple[Document, ...] = (),
    settings: Mapping[str, int | float] | None = None,
    asked: Asked | None = None,
) -> Json:
    """The whole answer. `known` are the third texts that were given; `settings` what counted as near and enough;
    `asked` is what was asked of an index."""
    documents = {document.id: document for document in (*traced.documents, *known)}
    return {
        "schema": SCHEMA_ID,
        "version": __version__,
        "settings": dict(settings or {}),
        "query": {"document": asked.document, "first": list(asked.first), "undated": list(asked.undated)}
        if asked
        else None,
        "counts": {
            "documents": len(traced.documents),
            "sources": traced.sources,
            "passages": len(traced.passages),
            "links": len(traced.links),
            "unread": len(traced.unread),
        },
        "documents": [document_json(document) for document in traced.documents],
        "known": [document_json(document) for document in known],
        "passages": [passage_json(n, passage, documents) for n, passage in enumerate(traced.passages)],
        "links": [link_json(link) for link in traced.links],
        "groups": [group_json(group) for group in traced.groups],
        "unread": [unread_json(unread) for unread in traced.unread],
    }


def document_json(document: Document, with_text: bool = True) -> Json:
    """A document, its text only where the file is not itself the text."""
    meta = document.meta
    raw = document.text.encode("utf-8", "surrogatepass")
    return {
        "id": document.id,
        "path": document.path or None,
        "encoding": document.encoding,
        "encoding_guessed": document.guessed,
        "characters": len(document.text),
        "sha256": hashlib.sha256(raw).hexdigest(),
        **({"text": document.text if is_extracted(document) else None} if with_text else {}),
        "meta": {
            "title": meta.title or None,
            "publisher": meta.publisher or None,
            "speaker": meta.speaker or None,
            "on": meta.on.text if meta.on else None,
            "url": meta.url or None,
            "language": meta.language or None,
            "origin": meta.origin or None,
        },
        "marks": [
            {"kind": mark.kind, **_at(document, mark.start, mark.end), "why": mark.why or None}
            for mark in document.marks
        ],
        "warnings": [{"code": each.code, "title": title_of(each)} for each in document.warnings],
    }


def passage_json(n: int, passage: Passage, documents: Mapping[str, Document]) -> Json:
    """A passage; `n` is its place in the list, by which links name it."""
    return {
        "id": n,
        "a": _span(passage.a, documents),
        "b": _span(passage.b, documents),
        "class": passage.kind,
        "likeness": round(passage.likeness, 4),
        "words": passage.words,
        "edits": [
            {"a_start": e.a_start, "a_end": e.a_end, "b_start": e.b_start, "b_end": e.b_end}
            for e in passage.edits
        ],
        "third": passage.third or None,
        "quoted": passage.quoted or None,
        "absorbed": passage.absorbed or None,
    }


def link_json(link: Link) -> Json:
    """A link; without `by` origin and copy are only in the order of their names."""
    return {
        "origin": link.origin,
        "copy": link.copy,
        "directed": bool(link.by),
        "by": link.by or None,
        "why": aloud(link.why),
        "share": round(link.share, 4),
        "share_of_origin": round(link.share_of_origin, 4),
        "passages": list(link.passages),
    }


def group_json(group: Group) -> Json:
    """Documents that count as one source."""
    return {"documents": list(group.documents), "reasons": [aloud(reason) for reason in group.reasons]}


def unread_json(unread: Unread) -> Json:
    """What could not be read, and why."""
    return {"path": unread.path, "problem": problem_json(unread.problem)}


def _span(span: Span, documents: Mapping[str, Document]) -> Json:
    document = documents.get(span.document)
    nowhere = {"start": span.start, "end": span.end, "file_start": None, "file_end": None}
    at = _at(document, span.start, span.end) if document else nowhere
    return {"document": span.document, **at}


def _at(document: Document, start: int, end: int) -> Json:
    places = document.places
    if places is None or not start < end <= len(places):
        return {"start": start, "end": end, "file_start": None, "file_end": None}
    return {
        "start": start,
        "end": end,
        "file_start": int(places[start]),
        "file_end": int(places[end - 1]) + 1,
    }
