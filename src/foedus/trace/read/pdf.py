"""PDF with a text layer. Pages that are pictures are told; nothing looks at pictures for letters (no OCR)."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from pypdf import PdfReader

from foedus.diagnostics.problem import Problem, Refused
from foedus.trace.document import Document, Meta, Unread
from foedus.trace.read.encoding import decoded
from foedus.trace.read.source import Source, problem, too_large

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # what is wrong is told by us

_NAMED = 12
"""Pages named in a message; of more, their number says enough."""


def read(source: Source) -> Iterator[Document | Unread]:
    """The one document of a file, which is not held as a whole."""
    if not source.packed:
        with source.path.open("rb") as file:
            yield document(file, source.name, source.stem, source.most)
        return
    raw = source.file.read(source.most + 1)
    if len(raw) > source.most:
        yield Unread(source.name, too_large(source.name, 0, source.most))
        return
    yield document(BytesIO(raw), source.name, source.stem, source.most)


def document(file: BinaryIO, path: str, id: str, most: int) -> Document:  # noqa: A002 - the field's name
    """The text of all pages, a form feed between them.

    Raises `Refused` with F607 (too large), F609 (no page has text), F611 (locked) or F612 (broken).
    """
    try:
        pages, meta = _read(file, path, most)
    except Refused:
        raise
    except Exception as error:  # a broken file makes the library raise whatever its bytes lead to
        why = str(error).split("\n", 1)[0].rstrip(".") or type(error).__name__
        raise Refused(problem("F612", path, format="PDF", why=why[:1].lower() + why[1:])) from None
    blank = [number for number, page in enumerate(pages, 1) if not page.strip()]
    if len(blank) == len(pages):
        raise Refused(problem("F609", path, n=str(len(pages))))
    told: tuple[Problem, ...] = ()
    if blank:
        named = ", ".join(map(str, blank[:_NAMED])) + (", …" if len(blank) > _NAMED else "")
        told = (problem("F610", path, n=str(len(blank)), all=str(len(pages)), pages=named),)
    found = decoded("\f".join(pages).encode("utf-8", "replace"), path)
    return Document(id, found.text, path, "", meta=meta, warnings=(*told, *found.warnings), taken_out=True)


def _read(file: BinaryIO, path: str, most: int) -> tuple[list[str], Meta]:
    reader = PdfReader(file)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Refused(problem("F611", path))
    pages: list[str] = []
    size = 0
    for page in reader.pages:
        text = page.extract_text()
        size += len(text)
        if size > most:
            raise Refused(too_large(path, 0, most))
        pages.append(text)
    about = reader.metadata
    title = str(about.title or "").strip() if about else ""
    author = str(about.author or "").strip() if about else ""
    language = str(reader.trailer["/Root"].get("/Lang", ""))  # pyright: ignore[reportAttributeAccessIssue,reportUnknownArgumentType,reportUnknownMemberType]
    return pages, Meta(
        title=title, speaker=author, language=language
    )  # its date is the file's, not the text's
