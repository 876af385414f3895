"""What a file is: by how it begins, and where any text might begin so, by the ending of its name."""

from __future__ import annotations

import json
import re
from typing import Final, Literal

from foedus.diagnostics.reading import BYTE_ORDER_MARKS
from foedus.trace.read.source import HEAD, Source

Kind = Literal["plain", "markdown", "html", "pdf", "jsonl", "parquet", "warc"]

_BINARY: Final = (
    (b"PK\x03\x04", "a word processor's document or an archive"),
    (b"PK\x05\x06", "an archive"),
    (b"{\\rtf", "a document in rich text (RTF)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of an old word processor"),
    (b"\x28\xb5\x2f\xfd", "a packed file (Zstandard)"),
    (b"BZh91AY&SY", "a packed file (bzip2)"),
    (b"\xfd7zXZ\0", "a packed file (xz)"),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7z)"),
    (b"Rar!\x1a\x07", "an archive (RAR)"),
    (b"\x1f\x8b", "a file packed twice"),
    (b"\x89PNG\r\n\x1a\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF87a", "a picture (GIF)"),
    (b"GIF89a", "a picture (GIF)"),
    (b"II*\0", "a picture (TIFF)"),
    (b"MM\0*", "a picture (TIFF)"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"SQLite format 3\0", "a database (SQLite)"),
    (b"OggS", "a recording (Ogg)"),
    (b"ID3\x03", "a recording (MP3)"),
    (b"ID3\x04", "a recording (MP3)"),
)
_BY_ENDING: Final[dict[str, Kind]] = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".md": "markdown", ".markdown": "markdown", ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}  # fmt: skip
_TEXTS: Final = (".txt", ".text", ".md", ".markdown", "")
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)

_RECORD = re.compile(r'\{\s*"[^"\n]{1,80}"\s*:')


def kind_of(source: Source) -> Kind:
    """The format of a source, of which nothing is used up. Raises `Refused` with F600 (empty), F601 (nothing
    that is read here) or F618 (JSON, but not a record on each line)."""
    head = source.file.peek(HEAD)[:HEAD]
    if not head:
        source.refuse("F600")
    for magic, what in _BINARY:
        if head.startswith(magic):
            source.refuse("F601", what=what)
    if head.startswith(b"PAR1"):
        if source.packed:
            source.refuse("F601", what="a packed Parquet file; Parquet is packed already")
        return "parquet"
    if head.startswith(b"WARC/"):
        return "warc"
    if b"%PDF-" in head[:1024] and not head.lstrip().startswith(b"<"):
        return "pdf"
    text = _text(head)
    if _PAGE.match(text):
        return "html"
    if text.lstrip().startswith("<?xml") and source.ending not in _BY_ENDING:
        source.refuse("F601", what="XML that is no page")
    if source.ending == ".parquet":
        source.refuse("F612", format="Parquet", why="it does not begin as such a file does")
    if source.ending == ".pdf":
        source.refuse("F612", format="PDF", why="it does not begin as such a file does")
    known = _BY_ENDING.get(source.ending)
    if known != "jsonl" and text.lstrip()[:1] in ("{", "["):
        return _json(source, text, known)
    return known or "plain"


def _text(head: bytes) -> str:
    codec = next((name for mark, name in BYTE_ORDER_MARKS if head.startswith(mark)), "latin-1")
    return head.decode(codec, "ignore")


def _json(source: Source, text: str, known: Kind | None) -> Kind:
    """What begins with a bracket: records, if the first line is one or may become one beyond what was looked at;
    one value in JSON; or a text that does so."""
    first, end, _ = text.lstrip().partition("\n")
    try:
        record = isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        record = not end and len(text) >= HEAD // 2 and _RECORD.match(first) is not None
    if record:
        return "jsonl"
    if source.ending == ".json":
        source.refuse("F618")
    return known or "plain"
