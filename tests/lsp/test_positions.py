"""Where things are: as the editor counts, whatever letters stand before them, however lines end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lsprotocol import types

from foedus.diagnostics.span import Place
from foedus.lsp.text import Text
from tests.lsp.editor import Editor, at
from tests.lsp.pages import LIR

COUNTS = {
    types.PositionEncodingKind.Utf8: "utf-8",
    types.PositionEncodingKind.Utf16: "utf-16-le",
    types.PositionEncodingKind.Utf32: "utf-32-le",
}
WIDTH = {"utf-8": 1, "utf-16-le": 2, "utf-32-le": 4}

MISTAKEN = LIR.replace('"«Набег» 🜁 у реки" -- 🜁🜂', '"«Набег» 🜁 у реки" denis')
"""With a mistake behind Cyrillic letters, and a sign that UTF-16 makes of two units."""


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    with Editor(tmp_path_factory.mktemp("workspace")) as running:
        yield running
    assert running.errors == ""


@pytest.mark.parametrize("counts", COUNTS, ids=lambda kind: kind.value)
def test_the_server_counts_as_the_editor_does(tmp_path: Path, counts: types.PositionEncodingKind) -> None:
    code = COUNTS[counts]
    line = next(row for row in MISTAKEN.split("\n") if "denis" in row)
    start = len(line.partition("denis")[0].encode(code)) // WIDTH[code]
    with Editor(tmp_path, counts=[counts]) as own:
        assert own.server.capabilities.position_encoding == counts
        uri = own.open(tmp_path / "lir.md", MISTAKEN)
        found = own.told(uri)[0]
        assert (found.range.start.character, found.range.end.character) == (start, start + 5)
        number = found.range.start.line
        before = line.partition("denis")[0]
        assert own.completion(uri, number, len(before.encode(code)) // WIDTH[code]).keys() >= {
            "undisputed",
            "unconfirmed",
        }


def test_an_editor_that_says_nothing_counts_in_utf_16(editor: Editor, tmp_path: Path) -> None:
    assert editor.server.capabilities.position_encoding == types.PositionEncodingKind.Utf16
    uri = editor.open(tmp_path / "lir.md", MISTAKEN)
    found = editor.told(uri)[0]
    assert (found.range.start.line, found.range.start.character) == at(MISTAKEN, "denis")
    assert MISTAKEN.split("\n")[found.range.start.line].index("denis") == found.range.start.character - 1


@pytest.mark.parametrize("ends", ["\r\n", "\r"], ids=["CRLF", "CR"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "mark"])
def test_line_ends_and_marks_move_nothing(editor: Editor, tmp_path: Path, ends: str, mark: str) -> None:
    uri = editor.open(tmp_path / "lir.md", mark + MISTAKEN.replace("\n", ends))
    found = editor.told(uri)[0]
    assert (found.range.start.line, found.range.start.character) == at(MISTAKEN, "denis")


@pytest.mark.parametrize("sign", ["\u2028", "\x0c", "\x85", "\x1c"], ids=lambda sign: f"U+{ord(sign):04X}")
def test_signs_that_end_lines_elsewhere_end_none_here(editor: Editor, tmp_path: Path, sign: str) -> None:
    """Python would break a line at each of these; editors do not."""
    text = MISTAKEN.replace("its text is short", f"its text{sign}is short")
    uri = editor.open(tmp_path / "lir.md", text)
    found = editor.told(uri)[0]
    assert (found.range.start.line, found.range.start.character) == at(MISTAKEN, "denis")


def test_names_are_found_behind_such_letters(editor: Editor, tmp_path: Path) -> None:
    text = LIR.replace('«Набег» 🜁 у реки" -- 🜁🜂', '«Набег» 🜁 у реки" undisputed unconfirmed').replace(
        "\nfact g",
        ' -- х\nfact b grave(a1) "🜂🜂" on 2020-07-12 undisputed\n  disputes [gazette] "🜁 да" of ARV -- 🜁\nfact g',
    )
    uri = editor.open(tmp_path / "lir.md", text)
    line, character = at(text, "ARV -- 🜁")
    for place in (character, character + 3):
        (found,) = editor.definition(uri, line, place)
        assert (found.range.start.line, found.range.start.character) == at(text, 'ARV "Arvia"')
        assert found.range.end.character - found.range.start.character == 3
    assert editor.definition(uri, line, character - 2) == []
    assert editor.definition(uri, line, character + 4) == []


def test_a_place_without_width_can_be_seen(editor: Editor, tmp_path: Path) -> None:
    uri = editor.open(
        tmp_path / "lir.md", LIR.replace("when danger(i, v)\n  text", "when danger(i, v) and\n  text")
    )
    found = editor.told(uri)[0]
    assert found.range.end.character > found.range.start.character


def test_text_of_several_lines_at_a_place() -> None:
    text = Text("one\ntwo\nthree")
    assert text.written(Place("", 1, 2, 3, 3)) == "ne\ntwo\nth"
    assert text.range(Place("", 0, 0, 0, 0)).end.line == 0
    assert text.position(99, 1).line == 2
    assert text.column(types.Position(99, 5)) == 1


def test_half_a_letter_is_counted() -> None:
    text = Text("a\ud83c b")
    assert text.position(1, 4).character == 3
    assert text.column(types.Position(0, 3)) == 4
