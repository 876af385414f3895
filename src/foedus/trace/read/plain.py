"""Plain text: all of it is the document's text; lines at its head that say what it is are its metadata too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from foedus.diagnostics.problem import Problem
from foedus.trace.document import Document, Mark, Meta, Unread
from foedus.trace.phrases import HEAD_LINES
from foedus.trace.read.encoding import decoded
from foedus.trace.read.records import known, meta
from foedus.trace.read.source import Source, too_large

_LINE = re.compile(r"[ \t]*([^\W\d_][\w ]{0,30}?)[ \t]*[:：][ \t]*([^\r\n]{0,500})(?:\r\n?|\n|\Z)")
_FENCE = re.compile(r"---[ \t]*(?:\r\n?|\n)")
_QUOTED = re.compile(r"""(["'])(.*)\1\Z""", re.S)
_MOST = 40
"""Lines at the head of a text, its longest front matter."""


def read(source: Source) -> Iterator[Document | Unread]:
    """The one document of a file."""
    raw = source.file.read(source.most + 1)
    if len(raw) > source.most:
        yield Unread(source.name, too_large(source.name, size(source), source.most))
        return
    yield document(raw, source.name, source.stem)


def size(source: Source) -> int:
    """Bytes of the file, 0 where it is packed and they are not known."""
    return 0 if source.packed else source.path.stat().st_size


def document(raw: bytes, path: str, id: str, declared: str = "") -> Document:  # noqa: A002 - the field's name
    """The document of some bytes. Raises `Refused` as `decoded` does."""
    found = decoded(raw, path, declared)
    made, marks, told = head(found.text, path)
    return Document(
        id, found.text, path, found.encoding, found.guessed, made, marks, warnings=(*found.warnings, *told)
    )


def head(text: str, path: str) -> tuple[Meta, tuple[Mark, ...], tuple[Problem, ...]]:
    """What front matter (between lines `---`) or lines such as `Title: …` say, with the mark over them. Without
    `---`, two of the lines have to be known, or one that a blank line follows."""
    begin = _FENCE.match(text)
    at = begin.end() if begin else 0
    fields: dict[str, str] = {}
    told = 0
    for _ in range(_MOST):
        if begin and (end := _FENCE.match(text, at) or re.compile(r"---[ \t]*\Z").match(text, at)):
            return _made(fields, text[: end.end()], path)
        line = _LINE.match(text, at)
        if not line or at == len(text):
            break
        if not begin and not known(line[1]):
            break
        told += known(line[1])
        quoted = _QUOTED.match(line[2].strip())
        fields.setdefault(line[1], quoted[2] if quoted else line[2])
        at = line.end()
    if begin or not told or (told == 1 and not re.compile(r"[ \t]*(?:\r|\n)").match(text, at)):
        return Meta(), (), ()
    return _made(fields, text[:at], path)


def _made(
    fields: Mapping[str, str], over: str, path: str
) -> tuple[Meta, tuple[Mark, ...], tuple[Problem, ...]]:
    made, told = meta(fields, path, head=True)
    return made, (Mark(0, len(over.rstrip()), "boilerplate", HEAD_LINES),), told
