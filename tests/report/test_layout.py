from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.diagnostics.visible import visible, width
from foedus.report.layout import NARROWEST, Sheet, carried, clipped, wrap
from foedus.report.tables import tabulate

ROOMS = st.integers(2, 90)


@given(st.text(), ROOMS, st.integers(0, 20))
def test_no_wrapped_line_is_wider_than_its_room(text: str, room: int, hang: int) -> None:
    assert all(width(line) <= room for line in wrap(text, room, hang))


@given(st.text(), ROOMS)
def test_wrapping_loses_nothing_but_spaces(text: str, room: int) -> None:
    shown = visible(text).replace("\u00a0", "").replace(" ", "")
    assert "".join(wrap(text, room)).replace(" ", "") == shown


@given(st.text(), st.text(max_size=90), st.integers(40, 120), st.integers(0, 60), st.integers(0, 9))
def test_text_with_an_aside_stays_within_the_sheet(
    text: str, aside: str, room: int, indent: int, hang: int
) -> None:
    sheet = Sheet(room)
    sheet.aside(text, aside, min(indent, room // 2), hang=hang)
    assert all(width(line) <= room for line in sheet.lines)


@given(st.text(), st.text(), st.text(), st.integers(0, 120))
def test_rows_stay_within_the_sheet(label: str, text: str, verdict: str, room: int) -> None:
    sheet = Sheet(room)
    sheet.row(label, 9, text, verdict, min(28, sheet.room // 2 - 4))
    assert all(width(line) <= max(room, NARROWEST) for line in sheet.lines)


@given(st.data(), st.integers(1, 8), st.integers(0, 5), st.integers(40, 120))
def test_tables_stay_within_their_room(data: st.DataObject, columns: int, rows: int, room: int) -> None:
    row = st.lists(st.text(max_size=60), min_size=columns, max_size=columns)
    made = tabulate(data.draw(row), [data.draw(row) for _ in range(rows)], room)
    assert all(width(line) <= room for line in made)


def test_a_table_too_wide_is_split_under_its_first_column() -> None:
    heads = ["", *(letter * 12 for letter in "ABCDEF")]
    lines = tabulate(heads, [["Arvia", *("yes" for _ in "ABCDEF")]], 60)
    assert sum("Arvia" in line for line in lines) == 2
    assert "" in lines


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs"])),
    st.sampled_from(["ascii", "latin-1", "cp1251", "none"]),
)
def test_what_is_carried_keeps_its_width_and_can_be_encoded(text: str, encoding: str) -> None:
    text = visible(text)
    made = carried(text, encoding)
    made.encode("ascii" if encoding == "none" else encoding)
    assert len(made) == width(made) >= 0 or encoding != "ascii"
    assert width(made) == width(text)


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("the Compact of Lir", 12, "the Compact…"),
        ("短い文章です", 7, "短い文…"),
        ("short", 12, "short"),
        ("short", 0, ""),
    ],
)
def test_clipped_text_ends_in_an_ellipsis(text: str, room: int, expected: str) -> None:
    assert clipped(text, room) == expected


def test_control_characters_are_made_visible() -> None:
    assert wrap("a\x1b[2Jb\u202ec", 80) == ["a␛[2Jb⟨U+202E⟩c"]


def test_tied_words_stay_together_as_far_as_they_can() -> None:
    assert wrap("under Article\u00a04", 10) == ["under", "Article 4"]
    assert wrap("Article\u00a04", 8) == ["Article", "4"]
