"""Files from colleagues and from nobody's friends: each is read, or refused with its reason; none hangs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from foedus.diagnostics.problem import Refused
from foedus.tables.book import MOST_BYTES, read_book, write_book
from foedus.tables.delimited import read_csv, read_json
from foedus.tables.exchange import propose
from foedus.tables.sheet import MOST_ROWS, Sheet
from tests.tables.dossiers import opened


def book(fill: Callable[[Any], object], title: str = "sources") -> bytes:
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = title
    sheet.append(["id", "title", "date"])
    fill(sheet)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def read(raw: bytes) -> list[Sheet]:
    return read_book(Path("t.xlsx"), raw)


def refused(raw: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read(raw)
    return caught.value.problems[0].code


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(f"xl/{name}.xml", content)
    return out.getvalue()


def rezipped(raw: bytes, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as archive, zipfile.ZipFile(out, "w") as copy:
        for part in archive.infolist():
            content = archive.read(part)
            copy.writestr(part.filename, change(content) if "sheet1" in part.filename else content)
    return out.getvalue()


def test_cells_of_a_workbook_are_texts() -> None:
    raw = write_book({"claims": [dict.fromkeys(("claim", "fact", "verb", "by", "source", "where", "of", "on", "quote",
        "authentic", "against interest", "unconfirmed", "note"), "=1+1")]})  # fmt: skip
    cells = [cell for row in load_workbook(io.BytesIO(raw)).worksheets[0].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    assert read(raw)[0].rows[1][1] == ("=1+1",) * 13


def test_days_numbers_and_marks_are_read_as_shown() -> None:
    row = ["letter", 2020.0, datetime(2020, 7, 12), date(2020, 7, 13), True, None, 3.5]  # noqa: DTZ001  a day on paper
    (sheet,) = read(book(lambda sheet: sheet.append(row)))
    assert sheet.rows[1][1] == ("letter", "2020", "2020-07-12", "2020-07-13", "yes", "", "3.5")


def test_a_formula_is_not_computed() -> None:
    sheets = read(book(lambda sheet: sheet.append(["letter", '=HYPERLINK("https://example.org")', "#REF!"])))
    found = propose(opened(), sheets).problems
    assert [(p.code, p.place.heading) for p in found] == [
        ("F526", "sheet sources, cell B2"), ("F526", "sheet sources, cell C2")
    ]  # fmt: skip


def test_merged_cells_are_told() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["letter", "A letter"])
        sheet.append(["wire", None])
        sheet.merge_cells("B2:B3")

    found = propose(opened(), read(book(fill))).problems
    assert "F531" in {problem.code for problem in found}


def test_a_sheet_of_something_else_is_told() -> None:
    made = Workbook()
    made.worksheets[0].append(["shopping"])
    out = io.BytesIO()
    made.save(out)
    assert [problem.code for problem in propose(opened(), read(out.getvalue())).problems] == ["F522"]


def test_a_hidden_sheet_is_nobody_s_row() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["letter", "A letter"])
        sheet.parent.create_sheet("claims").sheet_state = "hidden"

    assert [sheet.title for sheet in read(book(fill))] == ["sources"]


def spoiled(change: Callable[[bytes], bytes]) -> bytes:
    return rezipped(book(lambda sheet: sheet.append(["x"])), change)


ENTITY = b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet'
BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "unpacks to much": (lambda: zipped(sheet1=b"0" * (MOST_BYTES + 1)), "F529"),
    "many parts": (lambda: zipped(**{f"p{n}": b"" for n in range(2_001)}), "F529"),
    "entities": (
        lambda: spoiled(lambda xml: xml.replace(b"<worksheet", ENTITY, 1)),
        "F521",
    ),
    "a cell far away": (
        lambda: spoiled(
            lambda xml: xml.replace(b'r="A2"', b'r="XFD1048576"').replace(b'r="2"', b'r="1048576"')
        ),
        "F529",
    ),
    "no workbook": (lambda: zipped(readme=b"hello"), "F521"),
    "cut off": (lambda: book(lambda s: s.append(["x"]))[:-400], "F521"),
    "nonsense in a sheet": (lambda: spoiled(lambda xml: xml[:-30]), "F521"),
    "rows": (lambda: book(lambda s: s.cell(MOST_ROWS + 2, 1, "x")), "F529"),
    "columns": (lambda: book(lambda s: s.cell(2, 60, "x")), "F529"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "code"), BOMBS.values(), ids=BOMBS)
def test_a_hostile_workbook_is_refused(make: Callable[[], bytes], code: str) -> None:
    assert refused(make()) == code


def csv(folder: Path, raw: bytes) -> Sheet:
    path = folder / "t.csv"
    path.write_bytes(raw)
    return read_csv(path)


RUSSIAN = (
    "id;title;read\r\nletter;Письмо послам государств-участников;выдержка\r\n"
    "wire;Сообщение агентства о событиях;целиком\r\n"
)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (RUSSIAN.encode("cp1251"), "Windows-1251, semicolons"),
        (RUSSIAN.encode("utf-8-sig"), "semicolons"),
        (RUSSIAN.replace(";", "\t").encode("utf-16"), "tabs"),
        (("sep=;\r\n" + RUSSIAN).encode(), "semicolons"),
        (RUSSIAN.replace(";", ",").replace("\r\n", "\r").encode(), "commas"),
        (b"\r\n\r\n" + RUSSIAN.encode(), "semicolons"),
    ],
    ids=["Windows-1251", "UTF-8 with a mark", "UTF-16 with tabs", "sep=", "old Mac", "blank lines first"],
)
def test_text_as_programs_save_it(raw: bytes, said: str, tmp_path: Path) -> None:
    sheet = csv(tmp_path, raw)
    assert sheet.said == said
    assert [cells[1] for _, cells in sheet.rows[1:]] == [
        "Письмо послам государств-участников",
        "Сообщение агентства о событиях",
    ]
    assert not [p for p in propose(opened(), [sheet]).problems if p.code != "F005"]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "F002"),
        (b"id,title\nletter,L\0x\n", "F003"),
        (b'id,title\nletter,"never closed\n', "F521"),
        (b'id,title\nletter,"closed" too early\n', "F521"),
        (b"id,title\n" + b"x,y\n" * (MOST_ROWS + 1), "F529"),
        (b"id" + b",x" * 60 + b"\n", "F529"),
        (b"x" * (5 * 1024 * 1024), "F006"),
        (b"id,title\nletter," + b'"' + b"y" * (2 * 1024 * 1024) + b'"\n', "F521"),
    ],
    ids=["empty", "NUL", "open quote", "early quote", "rows", "columns", "large", "one huge cell"],
)
def test_text_that_is_no_table(raw: bytes, code: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        csv(tmp_path, raw)
    assert caught.value.problems[0].code == code


@pytest.mark.parametrize(
    "text", ['{"id": "x"}', "[1, 2]", '[{"id": ', "[" * 100_000, "nothing", '"text"'], ids=range(6)
)
def test_json_that_is_no_table(text: str, tmp_path: Path) -> None:
    path = tmp_path / "sources.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as caught:
        read_json(path)
    assert caught.value.problems[0].code == "F521"


def test_a_place_names_the_row_that_programs_show(tmp_path: Path) -> None:
    sheet = csv(tmp_path, b'id,title,date\nwire,"over\ntwo lines",2020\nletter,L,Jan-20\n')
    (problem,) = propose(opened(), [sheet]).problems
    assert problem.place.where().endswith("t.csv:3:3 · column date")
