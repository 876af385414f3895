r"""Reads a page from disk, whatever program wrote it.

A page is text in UTF-8. Others are read too where that is certain (UTF-16 and UTF-32 that say so at their
beginning) or likely (old eight-bit and East Asian encodings, by how their letters fall), the likely ones
with a warning. Lines end in `\n`, whatever ended them on disk.
"""

from __future__ import annotations

import codecs
import os
import stat
from pathlib import Path
from typing import BinaryIO, NoReturn

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import Place, spelled
from foedus.diagnostics.suggest import suggest

LIMIT = 4 * 1024 * 1024
"""Bytes; the longest treaty with all its annexes is a fifth of this."""

SAMPLE = 64 * 1024
"""Bytes looked at to guess an encoding: more takes seconds and guesses no better."""

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark begins it
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a word processor's document or an archive"),
    (b"{\\rtf", "a document in rich text (RTF)"),
)
GUESSED = {
    "cp1251": "Windows-1251", "koi8_r": "KOI8-R", "koi8_u": "KOI8-U", "cp866": "IBM 866",
    "cp1252": "Windows-1252", "cp1250": "Windows-1250", "iso8859_2": "ISO 8859-2",
    "cp1253": "Windows-1253", "cp1254": "Windows-1254", "cp1255": "Windows-1255",
    "cp1256": "Windows-1256", "cp1257": "Windows-1257", "gb18030": "GB 18030", "big5": "Big5",
    "shift_jis": "Shift JIS", "euc_jp": "EUC-JP", "cp949": "Windows-949",
}  # fmt: skip
"""The encodings that are guessed at, with the names people know; all others are rare in documents."""

_ALPHABETS = {
    "cp1252": "àâæçèéêëîïôœùûüÿ áéíñóúüªº äöüß àáâãçéêíóôõú àèéìîòóù åäöæøéü",
    "cp1250": "áčďéěíňóřšťúůýž ąćęłńóśźż áéíóöőúüű ăâîşţ áäčďéíĺľňóôŕšťúýž čćđšž",
    "cp1254": "çğıöşüâîû",
    "cp1257": "ąčęėįšųūž āčēģīķļņšūž äöõüšž",
}
"""Of the encodings for Latin letters, which are often equally likely, the letters of the languages written in each."""


def read_page(path: str | Path) -> tuple[str, tuple[Problem, ...]]:
    """The text of the page at `path`, and warnings (F005).

    Raises `Refused` with F001 (no such file), F002 (empty), F003 (not text), F004 (unknown encoding), F006
    (too large), F007 (a folder) or F008 (cannot be opened).
    """
    place = Place(spelled(path), 0, 0, 0, 0)
    return _read(_bytes(Path(path), place), place)


def read_sent(name: str, raw: bytes) -> tuple[str, tuple[Problem, ...]]:
    """The same of bytes that somebody sent, under the name they gave. Raises `Refused` (F002, F003, F004, F006)."""
    place = Place(name, 0, 0, 0, 0)
    if len(raw) > LIMIT:
        _too_large(len(raw), place)
    return _read(raw, place)


def _read(raw: bytes, place: Place) -> tuple[str, tuple[Problem, ...]]:
    _look(raw, place)
    text, problems = _decoded(raw, place)
    return _page(text, place), problems


def read_unsaved(path: str | Path, text: str) -> str:
    """The text of a page that an editor holds, as `read_page` gives it once it is saved in UTF-8. Raises
    `Refused` with F002 (empty), F003 (not text) or F006 (too large)."""
    place = Place(spelled(path), 0, 0, 0, 0)
    raw = text.encode("utf-8", "surrogatepass")
    if len(raw) > LIMIT:
        _too_large(len(raw), place)
    _look(raw, place)
    return _page(text.removeprefix("\ufeff"), place)


def _look(raw: bytes, place: Place) -> None:
    for magic, what in _BINARY:
        if raw.startswith(magic):
            _refuse("F003", place, what=what)


def _page(text: str, place: Place) -> str:
    """The text, its lines ended alike."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        _refuse("F003", place, what="a binary file")
    if not text.strip():
        _refuse("F002", place)
    return text


def opened(path: str | Path) -> BinaryIO:
    """A file on disk, open to be read from its beginning; whoever asks closes it.

    Raises `Refused` with F001 (no such file), F007 (a folder) or F008 (cannot be opened).
    """
    place = Place(spelled(path), 0, 0, 0, 0)
    path = Path(path)
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            _refuse("F007", place, found="folder", wanted="file")
        if not stat.S_ISREG(found.st_mode):
            _refuse("F008", place, why="it is a device or a pipe, not a file on disk")
        return path.open("rb")
    except (FileNotFoundError, NotADirectoryError):
        _refuse("F001", place, near=_near(path))
    except PermissionError:
        _refuse("F008", place, why="you may not read it")
    except (OSError, ValueError) as error:
        _refuse("F008", place, why=_said(error))


def _bytes(path: Path, place: Place) -> bytes:
    with opened(path) as file:
        try:
            raw = file.read(LIMIT + 1)
            size = os.fstat(file.fileno()).st_size
        except OSError as error:
            _refuse("F008", place, why=_said(error))
    if len(raw) > LIMIT:
        _too_large(size, place)
    return raw


def _said(error: OSError | ValueError) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()


def _near(path: Path) -> str:
    """A sentence with the name in the same folder that was probably meant."""
    try:
        with os.scandir(path.parent) as entries:
            names = [entry.name for _, entry in zip(range(1_000), entries, strict=False)]
    except (OSError, ValueError):
        return ""
    near = suggest(path.name, names)
    return f"Did you mean `{path.with_name(near)}`?" if near else ""


def _decoded(raw: bytes, place: Place) -> tuple[str, tuple[Problem, ...]]:
    encoding = next((name for mark, name in BYTE_ORDER_MARKS if raw.startswith(mark)), "utf-8")
    try:
        return raw.decode(encoding), ()
    except UnicodeDecodeError:
        if encoding != "utf-8":
            _refuse("F004", place)
    if b"\0" in raw:
        _refuse("F003", place, what="a binary file")
    likely = guess(raw)
    if likely is None:
        _refuse("F004", place)
    try:
        text = raw.decode(likely)
    except UnicodeDecodeError:
        _refuse("F004", place)
    return text, (Problem("F005", place, {"path": place.page, "encoding": GUESSED[likely]}),)


def guess(raw: bytes) -> str | None:
    """The encoding (a key of `GUESSED`) that makes the likeliest text of the lines that are not ASCII; None where
    none does."""
    # Imported here because it takes as long as all else, and almost every page is UTF-8.
    from charset_normalizer import from_bytes  # noqa: PLC0415

    sample = b""
    for line in raw.splitlines(keepends=True):
        if not line.isascii():
            if sample and len(sample) + len(line) > SAMPLE:  # whole lines: half a letter misleads the guess
                break
            sample += line
    found = from_bytes(sample, cp_isolation=list(GUESSED))
    best = found.best()
    if best is None or best.encoding not in GUESSED:
        return None
    if best.encoding not in _ALPHABETS:
        return best.encoding
    alike = {
        one.encoding for one in found if one.chaos == best.chaos and one.coherence >= best.coherence - 0.1
    }
    return max((codec for codec in _ALPHABETS if codec in alike), key=lambda codec: _fits(sample, codec))


def _fits(sample: bytes, codec: str) -> float:
    """The part of the letters beyond ASCII that one language of an encoding has."""
    letters = [one for one in sample.decode(codec, "replace").lower() if one.isalpha() and not one.isascii()]
    most = max(sum(one in alphabet for one in letters) for alphabet in _ALPHABETS[codec].split())
    return most / max(1, len(letters))


def _too_large(size: int, place: Place) -> NoReturn:
    _refuse("F006", place, size=f"{size / 1024**2:.1f} MiB", limit=f"{LIMIT // 1024**2} MiB")


def _refuse(code: str, place: Place, **values: str) -> NoReturn:
    raise Refused(Problem(code, place, {"path": place.page, **values}))
