"""`foedus export` and `foedus import` as colleagues meet them: what is shown, what is written, what is refused."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.program import ROOT, environment, foedus

BORDER = ROOT / "examples" / "border"
CHANGE = (
    "claim;fact;verb;by;source;on;note\r\n"
    ";heavy;disputes;CAD;note-0307;07.03.2020;Просит уточнить число пострадавших\r\n"
)


@pytest.fixture
def border(tmp_path: Path) -> Path:
    return shutil.copytree(BORDER, tmp_path / "border")


def texts(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def give(folder: Path, text: str, name: str = "back.csv", encoding: str = "utf-8") -> Path:
    path = folder.parent / name
    path.write_bytes(text.encode(encoding))
    return path


def test_a_table_saved_in_windows_1251_is_shown_and_then_written(border: Path) -> None:
    before = texts(border)
    back = give(border, CHANGE, encoding="cp1251")
    shown = foedus("import", border, back)
    assert (shown.status, texts(border)) == (0, before)
    assert "(Windows-1251, semicolons)" in shown.out
    assert "F005" in shown.err
    assert "What would change: 1 claim added." in shown.out
    assert "add --write" in shown.out
    done = foedus("import", border, back, "--write")
    assert (done.status, f"changed {border / 'dossier.md'}" in done.out) == (0, True)
    new = "  disputes CAD [note-0307] on 2020-03-07 -- Просит уточнить число пострадавших\n"
    heavy = "  asserts ARV [ministry-0304]\nfact plea"
    was = before["dossier.md"].decode()
    assert (border / "dossier.md").read_text(encoding="utf-8") == was.replace(
        heavy, heavy.replace("fact plea", new + "fact plea")
    )
    assert foedus("check", border).status == 0
    again = foedus("import", border, back)
    assert "nothing changes" in again.out


@pytest.mark.parametrize("columns", [60, 80])
def test_a_preview_fits(columns: int, border: Path) -> None:
    long = "word " * 60
    rows = f"id,title,by\nletter-0305,{long},ARV\nnew-1,{long},CAD\n"
    give(border, rows)
    done = foedus("import", "border", "back.csv", cwd=border.parent, COLUMNS=str(columns))
    assert "1 source added, 1 source changed" in done.out
    assert not [line for line in done.out.splitlines() if len(line) > columns]


def test_a_hostile_title_moves_nothing_on_the_screen(border: Path) -> None:
    done = foedus("import", border, give(border, "id,title\nletter-0305,a\x1b[31mb\n"))
    assert (done.status, "F108" in done.err, "\x1b" in done.said) == (1, True, False)


def test_one_wrong_row_and_nothing_is_written(border: Path) -> None:
    before = texts(border)
    rows = CHANGE + ";heavy;insists;CAD;note-0307;;\r\n"
    done = foedus("import", border, give(border, rows), "--write")
    assert (done.status, texts(border)) == (1, before)
    assert "back.csv:3:3 · column verb" in done.err
    assert "Nothing was written." in done.err


def test_of_another_dossier_s_table_the_first_mistakes_are_told(border: Path) -> None:
    foedus("export", "armenia-2022", border.parent / "claims.csv")
    done = foedus("import", border, border.parent / "claims.csv")
    assert done.status == 1
    assert done.err.count("error F") == 20
    assert "and 11 more" in done.err


def test_a_shipped_dossier_is_not_changed(tmp_path: Path) -> None:
    table = tmp_path / "sources.csv"
    table.write_text("id,title\nasbarez,Another title\n", encoding="utf-8")
    assert foedus("import", "armenia-2022", table).status == 0
    done = foedus("import", "armenia-2022", table, "--write")
    assert (done.status, "F532" in done.err, "Copy the folder" in done.err) == (2, True, True)
    assert "Another title" not in (ROOT / "src/foedus/dossiers/armenia-2022/dossier.md").read_text(
        encoding="utf-8"
    )


def test_a_page_outside_of_the_folder_is_not_changed(border: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    (border / "dossier.md").rename(outside)
    (border / "dossier.md").symlink_to(outside)
    before = outside.read_bytes()
    done = foedus("import", border, give(border, CHANGE), "--write")
    assert (done.status, "F017" in done.err, outside.read_bytes()) == (2, True, before)


def test_all_pages_are_written_or_none(border: Path) -> None:
    page = (border / "dossier.md").read_text(encoding="utf-8")
    head, sources, said = page.split("## ")
    (border / "dossier.md").write_text(f"{head}## {said}", encoding="utf-8")
    (border / "sources.md").write_text(f"# {sources}", encoding="utf-8")
    tables = [give(border, CHANGE), give(border, "id,title\nletter-0305,Another\n", "s.csv")]
    before = {path: path.read_bytes() for path in border.glob("*.md")}
    sealed = border / "sources.md"
    if os.geteuid() != 0:
        sealed.chmod(0o400)
        done = foedus("import", border, *tables, "--write")
        assert (done.status, "F507" in done.err) == (2, True)
        assert {path: path.read_bytes() for path in before} == before
        sealed.chmod(0o600)
    assert foedus("import", border, *tables, "--write").status == 0
    assert all(path.read_bytes() != raw for path, raw in before.items() if path.name != "lir.md")
    assert not list(border.glob(".*.md.[0-9]*.new"))


def test_lines_that_end_as_on_windows_go_on_doing_so(border: Path) -> None:
    page = border / "dossier.md"
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    foedus("import", border, give(border, CHANGE), "--write")
    raw = page.read_bytes()
    assert (
        raw.count(b"\r\n") == raw.count(b"\n") == BORDER.joinpath("dossier.md").read_bytes().count(b"\n") + 1
    )


def test_an_exported_file_is_not_overwritten_unasked(border: Path) -> None:
    table = border.parent / "claims.csv"
    assert foedus("export", border, table).status == 0
    table.write_text("worked on", encoding="utf-8")
    done = foedus("export", border, table)
    assert (done.status, "F533" in done.err, table.read_text(encoding="utf-8")) == (2, True, "worked on")
    both = foedus("export", border, border.parent / "sources.csv", table)
    assert (both.status, (border.parent / "sources.csv").exists()) == (2, False)
    assert foedus("export", border, table, "--replace").status == 0


def test_a_link_at_the_place_of_a_table_is_not_followed(border: Path) -> None:
    secret = border.parent / "secret"
    secret.write_text("mine", encoding="utf-8")
    (border.parent / "claims.csv").symlink_to(secret)
    assert foedus("export", border, border.parent / "claims.csv", "--replace").status == 0
    assert secret.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("claims.ods", "must end in"),
        ("table.csv", "which table"),
        ("claims", "must end in"),
        ("no/claims.csv", "F507"),
    ],
)
def test_a_name_that_says_too_little(name: str, words: str, border: Path) -> None:
    done = foedus("export", border, border.parent / name)
    assert (done.status, "Traceback" in done.err) == (2, False)
    assert words in " ".join(done.err.split())


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"\xd0\xcf\x11\xe0 old", "F521"), (b"%PDF-1.7", "F521"), (b"PK\x03\x04 broken", "F521"), (b"", "F002"),
        (b"id,title\n\x00", "F003"), (b"nothing\nat all\n", "F522"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table(raw: bytes, code: str, border: Path) -> None:
    path = border.parent / "claims.csv"
    path.write_bytes(raw)
    done = foedus("import", border, path, "--write")
    assert (done.status in (1, 2), code in done.err, "Traceback" in done.err) == (True, True, False)


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("nowhere", "t.csv"), "F501"),
        ((".", "t.csv"), "F509"),
        (("border", "t.csv"), "F001"),
        (("border", "border"), "F007"),
    ],
)
def test_what_is_not_there(args: tuple[str, str], code: str, border: Path) -> None:
    done = foedus("import", *args, cwd=border.parent)
    assert (done.status, code in done.err) == (2, True)


def test_a_dossier_with_mistakes_has_no_tables(border: Path) -> None:
    page = border / "dossier.md"
    page.write_text(
        page.read_text(encoding="utf-8").replace("asserts ARV [letter", "insists ARV [letter"),
        encoding="utf-8",
    )
    for args in (("export", border, "claims.csv"), ("import", border, give(border, CHANGE), "--write")):
        done = foedus(*args, cwd=border.parent)
        assert (done.status, "F1" in done.err) == (2, True)


def test_without_openpyxl_only_workbooks_are_missing(border: Path) -> None:
    code = "import sys; sys.modules['openpyxl'] = None\nfrom foedus.cli.main import main\nmain()"
    for name, status, words in (("t.xlsx", 2, "foedus[tables]"), ("claims.csv", 0, "")):
        done = subprocess.run(
            [sys.executable, "-c", code, "export", str(border), name], cwd=border.parent, env=environment(),
            capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        assert (done.returncode, words in done.stderr, "Traceback" in done.stderr) == (status, True, False)


def test_a_workbook_goes_there_and_back(border: Path) -> None:
    from openpyxl import load_workbook

    path = border.parent / "lir.xlsx"
    assert foedus("export", border, path).status == 0
    book = load_workbook(path)
    assert book.sheetnames == ["sources", "speakers", "claims", "facts"]
    sheet = book["claims"]
    sheet["H2"] = "2020-03-05"
    sheet["M2"] = "=not a formula"
    sheet["M2"].data_type = "s"
    book.save(path)
    done = foedus("import", border, path, "--write")
    assert done.status == 0, done.err
    assert "asserts ARV [ministry-0304] on 2020-03-05 -- =not a formula\n" in (
        border / "dossier.md"
    ).read_text(encoding="utf-8")


def test_rows_as_json_can_be_changed_by_a_program(border: Path) -> None:
    path = border.parent / "sources.json"
    foedus("export", border, path)
    rows = json.loads(path.read_text(encoding="utf-8"))
    rows[0]["read"] = "whole"
    path.write_text(json.dumps(rows), encoding="utf-8")
    assert "read  (empty) → whole" in foedus("import", border, path).out
