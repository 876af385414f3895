"""Bytes to text, whatever wrote them: what is certain first, then what is declared, then what is likely.

Valid UTF-8 is certain, and so is a byte order mark. A page that declares another encoding and is valid UTF-8
is UTF-8. A guess is said to be one. Characters are kept as they are, line ends included.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.reading import BYTE_ORDER_MARKS, GUESSED, guess
from foedus.diagnostics.visible import visible
from foedus.trace.read.source import problem

_CONTROLS: Final = bytes({*range(0x20), 0x7F} - set(b"\t\n\v\f\r\x1b"))
_BINARY_SHARE: Final = 50
"""One control character among so many bytes, and it is no text."""
_FEW: Final = 4
"""So few control characters are an accident in any file."""

_TURNING = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"
"""Characters that make what follows read in the other direction. The marks U+200E and U+200F are not among them:
Arabic and Hebrew texts need those."""

_WIDER: Final = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "gb2312": "gb18030",
    "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "utf-16": "utf-8", "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}  # fmt: skip
"""What a declared encoding means on the web (WHATWG's Encoding standard): the wider one of its family. A page
that could be read as far as its declaration is not in UTF-16."""

_CODECS: Final = {name: codec for codec, name in GUESSED.items()}

_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, how its bytes were read, whether that is a guess, and what to say of it."""

    text: str
    encoding: str
    guessed: bool
    warnings: tuple[Problem, ...] = ()


def decoded(raw: bytes, path: str, declared: str = "") -> Decoded:
    """The text of some bytes. Raises `Refused` with F600 (nothing in it), F601 (no text) or F602 (no encoding)."""
    found = _read(raw, path, declared)
    if not found.text or found.text.isspace():
        raise Refused(problem("F600", path))
    unseen = _unseen(found.text)
    if not unseen:
        return found
    said = problem("F606", path, characters=", ".join(map(visible, unseen)))
    return Decoded(found.text, found.encoding, found.guessed, (*found.warnings, said))


def _read(raw: bytes, path: str, declared: str) -> Decoded:
    for mark, name in BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return _forced(raw, name, path)
    if b"\0" in raw and (wide := _wide(raw)) is not None:
        return Decoded(wide[0], wide[1], True, (_guessed(path, wide[1]),))
    controls = len(raw) - len(raw.translate(None, _CONTROLS))
    if controls > _FEW and controls * _BINARY_SHARE > len(raw):
        raise Refused(problem("F601", path, what="a binary file"))
    try:
        return Decoded(raw.decode(), "utf-8", False)
    except UnicodeDecodeError:
        pass
    codec = codec_of(declared)
    if codec and codec != "utf-8":
        return _declared(raw, codec, path)
    return _mixed(raw, path)


def codec_of(label: str) -> str:
    """Python's codec for a label that a page or a server declares, or for a name of `GUESSED`; "" for one that
    is none."""
    label = _CODECS.get(label, label)
    try:
        codec = codecs.lookup(label.strip().strip("\"'")).name if label else ""
        b"".decode(codec or "utf-8")  # some codecs are not between bytes and text
    except (LookupError, ValueError):
        return ""
    return _WIDER.get(codec, codec)


def _named(codec: str) -> str:
    return GUESSED.get(codec.replace("-", "_"), codec)


def _forced(raw: bytes, codec: str, path: str) -> Decoded:
    """In an encoding that is certain; bytes that are no characters of it show as U+FFFD, and are told."""
    name = "utf-8" if codec == "utf-8-sig" else _named(codec)
    try:
        return Decoded(raw.decode(codec), name, False)
    except UnicodeDecodeError:
        text = raw.decode(codec, "replace")
    return Decoded(text, name, False, (problem("F605", path, encoding=name, n=str(text.count("\ufffd"))),))


def _declared(raw: bytes, codec: str, path: str) -> Decoded:
    found = _forced(raw, codec, path)
    if found.text.count("\ufffd") * _BINARY_SHARE > len(found.text):
        return _mixed(raw, path)  # it is not what it says
    return found


def _wide(raw: bytes) -> tuple[str, str] | None:
    """UTF-16 without its mark: zero bytes stand on one side of the pairs only."""
    zeros = raw.count(0)
    odd = raw[1::2].count(0)
    if len(raw) % 2 or zeros * 20 < len(raw) or 0.05 * zeros < odd < 0.95 * zeros:
        return None
    codec = "utf-16-le" if odd * 2 > zeros else "utf-16-be"
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else (text, codec)


def _mixed(raw: bytes, path: str) -> Decoded:
    """Not UTF-8 as a whole: UTF-8 with damage, lines of two encodings, or another encoding."""
    good = len(_MULTIBYTE.findall(raw))
    bad = sum(map(len, re.findall(rb"[\x80-\xff]+", _MULTIBYTE.sub(b"", raw))))
    if good > 9 * bad:
        return _forced(raw, "utf-8", path)
    parts = [(line, _utf8(line)) for line in raw.splitlines(keepends=True)]
    other = b"".join(line for line, text in parts if text is None)
    certain = sum(text is not None and sum(map(str.isascii, text)) + 4 <= len(text) for _, text in parts)
    codec = guess(other)
    if codec is None:
        raise Refused(problem("F602", path))
    name = _named(codec)
    if not certain:
        return _as_guessed(raw, codec, path)
    text = "".join(line.decode(codec, "replace") if text is None else text for line, text in parts)
    n = next(n for n, (_, text) in enumerate(parts, 1) if text is None)
    warning = problem("F604", path, n, first="utf-8", second=name)
    return Decoded(text, f"utf-8, {name}", True, (warning,))


def _as_guessed(raw: bytes, codec: str, path: str) -> Decoded:
    text = raw.decode(codec, "replace")
    if text.count("\ufffd") * _BINARY_SHARE > len(text):
        raise Refused(problem("F602", path))
    return Decoded(text, _named(codec), True, (_guessed(path, _named(codec)),))


def _utf8(line: bytes) -> str | None:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return None


def _guessed(path: str, name: str) -> Problem:
    return problem("F603", path, encoding=name)


def _unseen(text: str) -> list[str]:
    """Characters of the text that are not seen and change how the rest is seen, each once."""
    found = ["\0"] if "\0" in text else []
    if not text.isascii():
        found += [character for character in _TURNING if character in text]
    return found
