"""`foedus anchors`: quotations looked up in pages as they were, and as they are crawled again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from foedus.cli.anchors import command
from foedus.cli.schema import schema
from foedus.diagnostics.problem import Refused
from foedus.trace.anchor_file import read_anchors
from tests.cli.program import ROOT, environment, foedus

GOOD = ROOT / "tests" / "good"
DOSSIER = """# A border

```record
dossier border "A border"
  on 2020-07-20
  concerning ARV
  assess lir
source letter "Letter to the Council"
  by ARV
source note "Note of the ministry"
  by BOR
source radio "News of the day"
  by DUN
fact a1 force(DUN, ARV) on 2020-07-12 "the shooting"
  asserts ARV [letter ¶2] "shots were fired at a patrol on the northern bank"
  denies DUN [radio] "nothing has happened"
fact g1 grave(a1)
  asserts ARV [letter ¶3] "the gravest incident in a generation"
  disputes BOR [note] "мы не располагаем сведениями"
```
"""
LETTER = """Letter to the Council, 13 July 2020.

Yesterday at noon, shots were fired at a patrol on the northern bank, and two were wounded.

We hold this to be the gravest incident in a generation. We ask for a meeting.
"""
NOTE = "Нота министерства. Пока мы не располагаем сведениями о том, что произошло на границе."


@dataclass(frozen=True)
class Done:
    status: int
    out: str
    err: str
    refused: tuple[str, ...] = ()


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "dossier.md").write_text(DOSSIER, encoding="utf-8")
    texts = tmp_path / "documents"
    texts.mkdir()
    (texts / "letter.txt").write_text(LETTER, encoding="utf-8")
    (texts / "note.txt").write_text(NOTE, encoding="utf-8")
    return tmp_path


def anchors(here: Path, *args: str) -> Done:
    done = CliRunner().invoke(command, [str(here), "--treaties", str(GOOD), *args], env={"COLUMNS": "80"})
    if isinstance(done.exception, Refused):
        return Done(2, done.stdout, done.stderr, tuple(p.code for p in done.exception.problems))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return Done(done.exit_code, done.stdout, done.stderr)


def rows(here: Path, *args: str) -> dict[str, dict[str, Any]]:
    read = json.loads(anchors(here, "--json", *args).out)
    Draft202012Validator(schema("anchoring")).validate(read)
    return {row["claim"]: row for row in read["quotations"]}


SHOTS, GRAVEST, SILENCE = "a1/letter/asserts", "g1/letter/asserts", "g1/note/disputes"


def test_without_saved_anchors_the_words_alone_are_looked_for_and_that_is_said(here: Path) -> None:
    done = anchors(here)
    assert (done.status, done.err) == (0, "")
    said = " ".join(done.out.split())
    assert "4 quotations in its claims" in said
    assert "exact the words are there 3" in said
    assert "not seen no text at hand of 1 source 1" in said
    assert "No anchors are saved" in said
    assert "moved" not in said
    assert max(map(len, done.out.splitlines())) <= 80


def test_what_is_saved_is_w3c_s_and_as_its_schema_says(here: Path) -> None:
    done = anchors(here, "--save")
    path = here / "documents" / "anchors.json"
    assert done.status == 0 and f"Saved: 3 anchors in {path}" in done.err
    saved = json.loads(path.read_text(encoding="utf-8"))
    Draft202012Validator(schema("anchors")).validate(saved)
    [item] = [item for item in saved["items"] if item["id"] == f"urn:foedus:claim:border:{SHOTS}"]
    quote, position = item["target"]["selector"]
    assert item["target"]["source"] == "letter.txt"
    assert LETTER[position["start"] : position["end"]] == quote["exact"]
    assert LETTER[: position["start"]].endswith(quote["prefix"])
    assert LETTER[position["end"] :].startswith(quote["suffix"])
    before = path.read_bytes()
    assert anchors(here, "--save").status == 0
    assert path.read_bytes() == before
    assert sorted(p.name for p in path.parent.iterdir()) == ["anchors.json", "letter.txt", "note.txt"]


def test_a_page_crawled_again_shows_what_became_of_each(here: Path) -> None:
    anchors(here, "--save")
    saved = (here / "documents" / "anchors.json").read_bytes()
    edited = LETTER.replace("shots were fired at a patrol", "warning shots were fired near a patrol")
    (here / "documents" / "letter.txt").write_text("Home · News\n" + edited, encoding="utf-8")
    (here / "documents" / "note.txt").write_text("Нота отозвана.", encoding="utf-8")
    done = anchors(here)
    assert done.status == 1
    said = " ".join(done.out.split())
    assert "exact the same words in the same place 0" in said
    assert "moved the same words elsewhere 1" in said
    assert "edited other words, at most 35 % of the letters 1" in said
    assert "orphan not there any more 1" in said
    assert "“shots were fired [at → near] a patrol on the northern bank”" in said
    assert "There: …at noon, warning shots were fired near a patrol on the northern bank" in said
    assert "“мы не располагаем сведениями” It stood at 24–51." in said or "It stood at" in said
    assert "The words around it are the same." in said
    assert max(map(len, done.out.splitlines())) <= 80
    found = rows(here)
    assert {name: row["kind"] for name, row in found.items()} == {
        SHOTS: "edited", GRAVEST: "moved", SILENCE: "orphan", "a1/radio/denies": "not seen",
    }  # fmt: skip
    assert [(edit["old"], edit["new"]) for edit in found[SHOTS]["edits"]] == [("at", "near")]
    moved = found[GRAVEST]
    assert moved["start"] - moved["saved"]["start"] == len("Home · News\n") + len("warning ") + len(
        "near"
    ) - len("at")
    assert anchors(here, "--save").status == 1  # what is edited or gone keeps the anchor that it had
    kept = read_anchors(here / "documents" / "anchors.json").of
    old = {item["id"]: item for item in json.loads(saved)["items"]}
    for name in (SHOTS, SILENCE):
        was = old[f"urn:foedus:claim:border:{name}"]["target"]["selector"][1]["start"]
        assert kept[f"urn:foedus:claim:border:{name}"][1].start == was
    assert rows(here)[GRAVEST]["kind"] == "exact"


def test_a_page_in_windows_1251_and_in_another_normal_form_has_the_words_in_place(here: Path) -> None:
    anchors(here, "--save")
    (here / "documents" / "note.txt").write_bytes(NOTE.replace("Пока", "По\u00a0ка").encode("cp1251"))
    assert rows(here)[SILENCE]["kind"] == "moved"  # the space parts a word in two
    (here / "documents" / "note.txt").write_bytes(NOTE.replace(" ", "\r\n").encode("cp1251"))
    row = rows(here)[SILENCE]
    assert (row["kind"], row["folded"], row["score"]) == ("exact", True, 1.0)
    assert "Windows-1251" in anchors(here).err
    decomposed = unicodedata.normalize("NFD", NOTE.replace("Пока", "Пока ещё никакой"))
    (here / "documents" / "note.txt").write_text(decomposed, encoding="utf-16")
    row = rows(here)[SILENCE]
    assert (row["kind"], row["words"]) == ("moved", "мы не располагаем сведениями")


def test_a_page_of_the_web_is_read_as_people_read_it(here: Path) -> None:
    anchors(here, "--save")
    shots = LETTER.split("\n\n")[1].replace("a patrol", "<b>a</b>\n <a href='/p'>patrol</a>")
    parts = [f"<p>{part}</p>" for part in (LETTER.split("\n\n")[0], shots, LETTER.split("\n\n")[2])]
    page = f"<html><head><title>Letter</title></head><body><article>{''.join(parts)}</article></body></html>"
    (here / "documents" / "letter.txt").unlink()
    (here / "documents" / "letter.html").write_text(page, encoding="utf-8")
    row = rows(here)[SHOTS]
    assert (row["kind"] in ("exact", "moved"), row["document"]) == (True, "letter.html")
    assert " ".join(row["words"].split()) == row["quote"]


def test_a_claim_that_quotes_other_words_now_needs_another_anchor(here: Path) -> None:
    anchors(here, "--save")
    (here / "dossier.md").write_text(
        DOSSIER.replace("shots were fired at", "were fired at"), encoding="utf-8"
    )
    row = rows(here)[SHOTS]
    assert (row["kind"], row["saved"]) == ("exact", None)


def test_what_stands_twice_is_told_and_not_saved(here: Path) -> None:
    (here / "documents" / "letter.txt").write_text(LETTER + LETTER, encoding="utf-8")
    done = anchors(here, "--save")
    assert "It stands as well at one more place, and nothing says which is meant" in " ".join(
        done.out.split()
    )
    assert "Not saved: 2 quotations that stand there more than once" in " ".join(done.err.split())
    assert set(read_anchors(here / "documents" / "anchors.json").of) == {f"urn:foedus:claim:border:{SILENCE}"}


def test_other_annotations_and_other_dossiers_stay_in_the_file(here: Path) -> None:
    path = here / "documents" / "anchors.json"
    foreign = {"id": "https://example.org/1", "type": "Annotation", "target": "letter.txt"}
    anchors(here, "--save")
    saved = json.loads(path.read_text(encoding="utf-8"))
    other = saved["items"][0] | {"id": "urn:foedus:claim:elsewhere:x/y/asserts"}
    gone = saved["items"][0] | {"id": "urn:foedus:claim:border:gone/letter/asserts"}
    saved["items"] += [foreign, other, gone, 7, None]
    path.write_text(json.dumps(saved), encoding="utf-8")
    assert anchors(here, "--save").status == 0
    items = json.loads(path.read_text(encoding="utf-8"))["items"]
    assert foreign in items and other in items and gone not in items
    assert items[-2:] == [7, None]


BROKEN: dict[str, bytes] = {
    "not JSON": b'{"items": [',
    "empty": b"",
    "a list": b"[]",
    "no items": b"{}",
    "items of another kind": b'{"items": {}}',
    "not UTF-8": b'{"items": ["\xff\xfe"]}',
    "too deep": b'{"items": ' + b"[" * 100_000,
    "a number without end": b'{"items": [' + b"9" * 5000 + b"]}",
}


@pytest.mark.parametrize("raw", BROKEN.values(), ids=BROKEN.keys())
def test_a_file_that_is_none_is_refused_and_never_written_over(raw: bytes, here: Path) -> None:
    path = here / "documents" / "anchors.json"
    path.write_bytes(raw)
    for args in ((), ("--save",)):
        assert anchors(here, *args).refused == ("F670",)
        assert path.read_bytes() == raw


def test_a_file_that_is_too_large_is_refused(here: Path) -> None:
    path = here / "documents" / "anchors.json"
    with path.open("wb") as file:
        file.truncate(33 * 1024 * 1024)
    assert anchors(here).refused == ("F670",)


WRONG: dict[str, Any] = {
    "no target": {"target": None},
    "no selectors": {"target": {"source": "letter.txt"}},
    "no words": {"exact": ""},
    "words of another kind": {"exact": 7},
    "an end before the start": {"end": 0},
    "a place below none": {"start": -1},
    "a place that is no number": {"start": "12"},
    "true for a number": {"start": True},
    "no place": {"start": None},
    "a prefix of another kind": {"prefix": ["a"]},
    "letters below none": {"letters": -4},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_an_entry_that_cannot_be_used_is_left_out_and_told(wrong: dict[str, Any], here: Path) -> None:
    anchors(here, "--save")
    path = here / "documents" / "anchors.json"
    saved = json.loads(path.read_text(encoding="utf-8"))
    [item] = [item for item in saved["items"] if item["id"].endswith(SHOTS)]
    if "target" in wrong:
        item["target"] = wrong["target"]
    else:
        for selector in item["target"]["selector"]:
            selector.update({name: value for name, value in wrong.items() if name in selector})
    path.write_text(json.dumps(saved), encoding="utf-8")
    done = anchors(here)
    assert done.status == 0
    assert "warning F671" in done.err and SHOTS in done.err
    assert "Of 1 quotation no anchor is saved" in " ".join(done.out.split())


@pytest.mark.parametrize("place", [(0, 3), (10**6, 10**6 + 49), (2**70, 2**70)])
def test_a_place_outside_of_the_text_does_no_harm(place: tuple[int, int], here: Path) -> None:
    anchors(here, "--save")
    path = here / "documents" / "anchors.json"
    saved = json.loads(path.read_text(encoding="utf-8"))
    for item in saved["items"]:
        item["target"]["selector"][0] |= {"prefix": "x" * 100_000, "suffix": "\u202e" * 1000}
        item["target"]["selector"][1] |= {"start": place[0], "end": place[1], "letters": place[0]}
        del item["target"]["sha256"]
    path.write_text(json.dumps(saved), encoding="utf-8")
    assert {row["kind"] for row in rows(here).values()} == {"moved", "not seen"}


def test_an_entry_twice_is_used_once(here: Path) -> None:
    anchors(here, "--save")
    path = here / "documents" / "anchors.json"
    saved = json.loads(path.read_text(encoding="utf-8"))
    saved["items"] *= 2
    path.write_text(json.dumps(saved), encoding="utf-8")
    assert "anchors in" in anchors(here).err
    assert {row["kind"] for row in rows(here).values()} == {"exact", "not seen"}


def test_without_any_text_it_is_refused_with_the_names_of_files(here: Path) -> None:
    for path in (here / "documents").iterdir():
        path.unlink()
    assert anchors(here).refused == ("F672",)
    done = foedus("anchors", "kazakhstan-2022")
    assert (done.status, done.out) == (2, "")
    assert "error F672" in done.err and "mfa-0106.txt" in done.err and str(ROOT) not in done.err


def test_a_text_that_cannot_be_read_is_told_and_the_others_are_looked_into(here: Path) -> None:
    (here / "documents" / "note.txt").write_bytes(b"%PDF-1.4")
    found = rows(here)
    assert {name: row["kind"] for name, row in found.items()} == {
        SHOTS: "exact", GRAVEST: "exact", SILENCE: "not seen", "a1/radio/denies": "not seen",
    }  # fmt: skip


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="the system has no links")
def test_a_link_out_of_the_folder_is_not_followed(here: Path) -> None:
    outside = here / "kept.json"
    outside.write_text('{"items": []}', encoding="utf-8")
    (here / "documents" / "anchors.json").symlink_to(outside)
    assert anchors(here, "--save").refused == ("F017",)
    assert outside.read_text(encoding="utf-8") == '{"items": []}'


def test_a_dossier_that_quotes_nothing_says_so(here: Path) -> None:
    lines = [line.partition(' "')[0] if "[" in line else line for line in DOSSIER.splitlines()]
    (here / "dossier.md").write_text("\n".join(lines), encoding="utf-8")
    done = anchors(here, "--save")
    assert done.status == 0 and "No claim of this dossier quotes words." in done.out
    assert not (here / "documents" / "anchors.json").exists()


def test_a_dossier_with_mistakes_is_not_looked_into(here: Path) -> None:
    (here / "dossier.md").write_text(DOSSIER.replace("[note]", "[nota]"), encoding="utf-8")
    done = anchors(here)
    assert (done.status, done.out) == (2, "")
    assert "error F211" in done.err


def test_marks_of_direction_are_shown_and_not_obeyed(here: Path) -> None:
    text = LETTER.replace("patrol", "pat\u202erol")
    (here / "documents" / "letter.txt").write_text(text, encoding="utf-8")
    done = anchors(here)
    assert rows(here)[SHOTS]["folded"] is True
    assert "\u202e" not in done.out


def test_without_its_libraries_it_says_which_extra_has_them(here: Path) -> None:
    program = (
        "import sys, importlib.util as u; find = u.find_spec; "
        "u.find_spec = lambda name, *a: None if name == 'rapidfuzz' else find(name, *a); "
        f"from foedus.cli.main import main; sys.argv = ['foedus', 'anchors', {str(here)!r}]; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment(), capture_output=True, encoding="utf-8"
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "error F559" in done.stderr and "foedus[trace]" in done.stderr
