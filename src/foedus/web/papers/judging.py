r"""What a file is, by what it holds: text, or one of three kinds of document. All else is refused, whatever its name.

A paper is never shown by the server but as text, and documents leave it as attachments only. What is refused here is
refused for whoever opens it at home: macros, programs, files that are two things at once.

>>> judged(b"Item 1.\n").kind, judged(b"%PDF-1.7\n1 0 obj\n%%EOF\n").kind
('text', 'pdf')
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Literal, NoReturn, TypeAlias

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.reading import read_sent
from foedus.diagnostics.span import NOWHERE
from foedus.words.speech import Phrase, phrase

Sort: TypeAlias = Literal["text", "pdf", "docx", "odt"]

MEDIA: dict[Sort, str] = {
    "text": "text/plain; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
}
ENDING: dict[Sort, str] = {"text": "txt", "pdf": "pdf", "docx": "docx", "odt": "odt"}

LARGEST = 10 * 1024 * 1024
UNPACKED = 100 * 1024 * 1024
"""Bytes that a document may have when its parts are unpacked; nobody here unpacks them."""
PARTS = 2_000
_MARKUP = re.compile(r"<(?:[a-z!?/])", re.IGNORECASE)
_INSIDE = re.compile(rb"<(?:!doctype\s+html|html|svg|script|iframe|\?xml)", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_DOING = re.compile(rb"/(?:JavaScript|JS|Launch|SubmitForm|ImportData|RichMedia|EmbeddedFiles?)\b")
_OFFICE_PROGRAMS = re.compile(
    r"(?:^|/)(?:vbaProject\.bin|vbaData\.xml|activeX/|embeddings/|Basic/|Scripts/|Object )"
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a file is: its kind, and the bytes that are kept. A text is kept in UTF-8, its lines ended alike."""

    kind: Sort
    content: bytes


def judged(raw: bytes) -> Judged:
    """What these bytes are. Raises `Refused` (F777; F002 to F006 for what was meant as text and is none)."""
    if not raw.strip():
        _refuse(phrase("it is empty"))
    if len(raw) > LARGEST:
        _refuse(phrase("it is larger than 10 MiB"))
    if raw.startswith(b"%PDF-"):
        return _pdf(raw)
    if raw.startswith(b"PK\x03\x04"):
        return _document(raw)
    if b"%PDF-" in raw[:1024] or b"PK\x05\x06" in raw[-66_000:]:
        _refuse(phrase("it is two kinds of file at once"))
    return _text(raw)


def _text(raw: bytes) -> Judged:
    text, _ = read_sent("paper", raw)
    if _MARKUP.match(text.lstrip("\ufeff \t\r\n\f")):
        _refuse(phrase("it is a web page or a drawing (HTML, SVG, XML), which can hold programs"))
    if _CONTROLS.search(text):
        _refuse(phrase("it has signs in it that no text has"))
    return Judged("text", text.encode())


def _pdf(raw: bytes) -> Judged:
    if b"%%EOF" not in raw[-1024:]:
        _refuse(phrase("it is no whole PDF: its end is missing"))
    if b"PK\x05\x06" in raw[-66_000:] or _INSIDE.search(raw[:1024]):
        _refuse(phrase("it is two kinds of file at once"))
    if _DOING.search(raw):
        _refuse(phrase("it is a PDF that does something when it is opened, or has files in it"))
    return Judged("pdf", raw)


def _document(raw: bytes) -> Judged:
    if b"%PDF-" in raw[:1024] or _INSIDE.search(raw[:30]):
        _refuse(phrase("it is two kinds of file at once"))
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            infos = packed.infolist()
            names = [each.filename for each in infos]
            if packed.comment or not infos or min(each.header_offset for each in infos) != 0:
                _refuse(phrase("it is two kinds of file at once"))
            if len(infos) > PARTS or sum(each.file_size for each in infos) > UNPACKED:
                _refuse(phrase("it unpacks to more than any paper has"))
            if any(each.flag_bits & 1 for each in infos):
                _refuse(phrase("it is locked by a password"))
            kind = _kind(packed, infos, names)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError, RuntimeError):
        _refuse(phrase("it is a damaged document"))
    if any(name.startswith("/") or "\\" in name or ".." in name.split("/") for name in names):
        _refuse(phrase("it is a damaged document"))
    if any(_OFFICE_PROGRAMS.search(name) for name in names):
        _refuse(phrase("it has programs (macros) or other files in it"))
    return Judged(kind, raw)


def _kind(packed: zipfile.ZipFile, infos: list[zipfile.ZipInfo], names: list[str]) -> Sort:
    first = infos[0]
    if first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED and first.file_size < 100:
        if packed.read(first) == MEDIA["odt"].encode() and "content.xml" in names:
            return "odt"
    elif "[Content_Types].xml" in names and "word/document.xml" in names:
        types = packed.getinfo("[Content_Types].xml")
        if types.file_size < 1_000_000 and b"macroEnabled" not in packed.read(types):
            return "docx"
        raise refusal(phrase("it has programs (macros) or other files in it"))
    raise refusal(phrase("it is an archive, or a document of another kind"))


def refusal(why: Phrase) -> Refused:
    """F777: this cannot be a paper."""
    return Refused(Problem("F777", NOWHERE, {"why": why}))


def _refuse(why: Phrase) -> NoReturn:
    raise refusal(why)
