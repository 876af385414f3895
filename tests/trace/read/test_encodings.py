"""Any encoding: certain, declared or guessed, and said."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

import foedus.trace.read.encoding
from foedus.trace.read.encoding import codec_of, decoded
from tests.trace.read.made import ARABIC, CHINESE, ENGLISH, RUSSIAN, one

GUESSED = [
    ("cp1251", RUSSIAN, "Windows-1251"),
    ("koi8_r", RUSSIAN, "KOI8-R"),
    ("cp1256", ARABIC, "Windows-1256"),
    ("gb18030", CHINESE, "GB 18030"),
    ("utf-16-le", RUSSIAN, "utf-16-le"),
    ("utf-16-be", ENGLISH, "utf-16-be"),
]
CERTAIN = [
    (b"", "utf-8", "utf-8"),
    (codecs.BOM_UTF8, "utf-8", "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
]


@pytest.mark.parametrize(("codec", "text", "name"), GUESSED, ids=[row[0] for row in GUESSED])
def test_a_guess_is_right_and_said(tmp_path: Path, codec: str, text: str, name: str) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode(codec))
    found = one(tmp_path / "a.txt")
    assert (found.text, found.encoding, found.guessed) == (text, name, True)
    assert [problem.code for problem in found.warnings] == ["F603"]


@pytest.mark.parametrize(("mark", "codec", "name"), CERTAIN, ids=[f"{row[0]!r}" for row in CERTAIN])
def test_a_mark_makes_it_certain(mark: bytes, codec: str, name: str) -> None:
    found = decoded(mark + RUSSIAN.encode(codec), "a.txt", "koi8-r")
    assert (found.text, found.encoding, found.guessed, found.warnings) == (RUSSIAN, name, False, ())


@pytest.mark.parametrize(
    "declaration", ['<meta charset="{}">', '<meta http-equiv="Content-Type" content="text/html; charset={}">']
)
@pytest.mark.parametrize(
    ("codec", "text"), [("windows-1251", RUSSIAN), ("koi8-r", RUSSIAN), ("gb2312", CHINESE)]
)
def test_a_page_declares_its_encoding(tmp_path: Path, codec: str, text: str, declaration: str) -> None:
    page = f"<html><head>{declaration.format(codec)}</head><body><p>{text}</p></body></html>"
    (tmp_path / "a.html").write_bytes(page.encode(codec))
    found = one(tmp_path / "a.html")
    assert (found.text, found.guessed) == (" ".join(text.split()), False)


def test_valid_utf_8_is_utf_8_whatever_is_declared() -> None:
    assert decoded(RUSSIAN.encode(), "a", "windows-1251").text == RUSSIAN


def test_a_declaration_that_cannot_be_is_not_believed() -> None:
    found = decoded(RUSSIAN.encode("cp1251"), "a", "gb2312")
    assert (found.text, found.guessed) == (RUSSIAN, True)


def test_utf_8_is_never_guessed_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foedus.trace.read.encoding, "guess", None)
    assert decoded(CHINESE.encode(), "a").text == CHINESE


@pytest.mark.parametrize(
    "label", ["", "no-such", "rot13", "base64", "utf-16", "x" * 500, "idna\0", "unicode_escape "]
)
def test_strange_labels_do_no_harm(label: str) -> None:
    codec_of(label)
    assert decoded(ENGLISH.encode() + "é".encode(), "a", label).text == ENGLISH + "é"


def test_two_encodings_in_one_file_are_read_each_as_what_it_is() -> None:
    found = decoded(ARABIC.encode() + RUSSIAN.encode("cp1251"), "a.txt")
    assert (found.text, found.encoding, found.guessed) == (ARABIC + RUSSIAN, "utf-8, Windows-1251", True)
    (warning,) = found.warnings
    assert (warning.code, warning.place.line) == ("F604", ARABIC.count("\n") + 1)


def test_a_text_cut_within_a_letter_is_read() -> None:
    found = decoded(RUSSIAN.encode()[:-3], "a.txt")
    assert (found.text, found.encoding) == (RUSSIAN[:-3] + "\ufffd", "utf-8")
    assert [(one.code, one.values["n"]) for one in found.warnings] == [("F605", "1")]


def test_zero_bytes_and_turned_writing_are_told_and_kept() -> None:
    found = decoded(f"The \0 council \u202emet\u202c. {ARABIC}\u200f".encode(), "a.txt")
    assert "\0" in found.text
    (warning,) = found.warnings
    assert (warning.code, warning.values["characters"]) == ("F606", "␀, ⟨U+202E⟩")


def test_marks_that_arabic_needs_are_not_told() -> None:
    assert decoded(f"\u200f{ARABIC}\u200f".encode(), "a.txt").warnings == ()
