"""`foedus membership`: a page and files of our own making, as an operator gives them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.program import Done, foedus
from tests.sources.files import MEMBERS, SYSTEM, written

PAGE = """# Compact of Lir

```foedus
instrument lir "Compact of Lir"
  signed 1950-03-02
  in force 1951-01-01
  code atop 9001
  encoded by "A. Writer" on 2026-11-22
parties
  USA, CAN from 1951-01-01
  TCD from 1951-01-01 until 1958-01-10
  MLI from 1962-01-01 unconfirmed
duty talk "talk"
  class consult
  of each party d
  when always
```
"""


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("membership")
    (folder / "pages").mkdir()
    written(folder / "pages", "lir.md", PAGE)
    for name, number in (("gone", "9009"), ("other", "9002")):
        text = PAGE.replace("lir", name).replace("9001", number)
        written(folder / "pages", f"{name}.md", text)
    written(folder, "atop.csv", MEMBERS, "\r", "latin-1")
    written(folder, "states.csv", SYSTEM)
    return folder


def membership(here: Path, *args: str) -> Done:
    return foedus("membership", *args, "--treaties", "pages", cwd=here)


def test_each_difference_is_shown_with_its_rule_and_counted(here: Path) -> None:
    done = membership(here, "lir", "--atop", "atop.csv", "--cow", "states.csv")
    assert (done.status, done.err) == (0, "")
    said = " ".join(done.out.split())
    assert "ATOP 9001, as the page says" in said
    assert "USA, CAN, TCD: from ATOP counts from the signature" in said
    assert "here 1 January 1951; ATOP 2 March 1950; ATOP 305 days earlier" in said
    assert "MLI: from presumably the signature of an accession here 1 January 1962 ~;" in said
    assert "the same day 4" in said and "ATOP counts from the signature 3" in said
    assert (
        "1 page beside ATOP 4.01 (Leeds, Ritter, Mitchell & Long 2002), which ends 31 December 2016" in said
    )
    assert max(map(len, done.out.splitlines())) <= 80


def test_rows_for_programs_have_what_is_the_same_too(here: Path) -> None:
    read = json.loads(membership(here, "lir", "--atop", "atop.csv", "--json").out)
    assert read["atop"] | {"cite": ""} == {"version": "4.01", "ends": "2016-12-31", "cite": ""}
    assert read["counts"] == {"signed": 3, "same": 4, "accession": 1}
    rows = read["instruments"][0]["rows"]
    assert [(r["what"], r["cow"], r["here"], r["there"], r["rule"]) for r in rows if r["state"] == "TCD"] == [
        ("start", 483, "1951-01-01", "1950-03-02", "signed"),
        ("end", 483, "1958-01-10", "1958-01-09", "same"),
    ]
    assert sum(read["counts"].values()) == len(rows)


def test_the_page_says_how_it_was_made_and_from_what(here: Path) -> None:
    page = membership(here, "lir", "--atop", str(here / "atop.csv"), "--cow", "states.csv", "--md").out
    assert "`foedus membership lir --atop atop.csv --cow states.csv --md`" in page
    assert str(here) not in page
    assert "Leeds, Brett Ashley" in page and "version 4.01" in page
    assert (
        "| USA, CAN, TCD | from | 1 January 1951 | 2 March 1950 | "
        "ATOP counts from the signature: signed 2 March 1950; ATOP counts from then |"
    ) in page


def test_a_spell_without_an_end_is_said_to_last(here: Path) -> None:
    written(
        here, "fewer.csv", "".join(line for line in MEMBERS.splitlines(keepends=True) if ",432," not in line)
    )
    done = membership(here, "lir", "--atop", "fewer.csv")
    assert "MLI: only here unconfirmed here since 1 January 1962" in " ".join(done.out.split())


def test_without_a_name_every_page_with_parties_is_compared(here: Path) -> None:
    read = json.loads(membership(here, "--atop", "atop.csv", "--json").out)
    found = {each["instrument"] for each in read["instruments"]}
    assert {"lir", "cst"} <= found
    assert "invitation" not in found  # general law has no parties


def test_numbers_that_cannot_be_meant_are_warned_of(here: Path) -> None:
    done = membership(here, "gone", "other", "--atop", "atop.csv")
    assert done.status == 0
    assert "warning F542" in done.err and "`gone` carries ATOP's number 9009" in done.err
    assert "warning F543" in done.err and "`other` carries ATOP's number 9002" in done.err
    assert "ATOP 9001, matched: begun when signed, 4 of 4 states on both sides" in " ".join(done.out.split())


REFUSED = {
    "another file": (("--atop", "states.csv"), "F540", "give that with --cow"),
    "files changed about": (("--atop", "atop.csv", "--cow", "atop.csv"), "F540", "give that with --atop"),
    "a cell": (("--atop", "wrong.csv"), "F541", "1950-02-30"),
    "no such file": (("--atop", "atopp.csv"), "F001", "Did you mean"),
    "no such treaty": (("lirr", "--atop", "atop.csv"), "F508", "Did you mean `lir`?"),
}


@pytest.mark.parametrize(("args", "code", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_it_is_refused_with_words_that_help(args: tuple[str, ...], code: str, words: str, here: Path) -> None:
    written(here, "wrong.csv", MEMBERS.replace("1950,3,2", "1950,2,30"))
    done = membership(here, *args)
    assert (done.status, done.out) == (2, "")
    assert f"error {code}: " in done.err
    assert words in " ".join(done.err.split())


def test_without_a_file_there_is_nothing_to_compare_with(here: Path) -> None:
    done = membership(here, "lir")
    assert done.status == 2
    assert "--atop" in done.err
