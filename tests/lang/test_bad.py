"""Each mistake of writing: its program in `bad/`, its message beside it; and no code without either.

The `.txt` files are the expected messages. After a change that is meant, set FOEDUS_GOLDEN=rewrite for one
run and read the difference before committing it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from foedus.diagnostics.catalogue import CATALOGUE, PAGES
from foedus.diagnostics.render import to_terminal
from foedus.lang.parse import parse_page

BAD = Path(__file__).parent.parent / "bad"
PROGRAMS = sorted(path for path in BAD.glob("F*.md") if not path.name.endswith(".with.md"))
WRITING = [path for path in PROGRAMS if path.name.startswith(("F01", "F1"))]

NO_PROGRAM = {
    **{f"F00{n}": "about the file, not its text: tests/diagnostics/test_reading.py" for n in range(1, 9)},
    "F013": "a hundred mistakes: test_parse.py",
    "F107": "twenty thousand characters: test_parse.py",
    "F316": "the parser forestalls it: test_lowering_bad.py",
    "F425": "about a document beside the page: test_library.py",
    "F408": "the parser forestalls it: test_lowering_bad.py",
}
"""Codes that no short page can show, and where they are tested."""


@pytest.mark.parametrize("path", WRITING, ids=lambda path: path.stem)
def test_a_bad_page_says_what_is_wrong(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    problems = parse_page(path.name, text)[1]
    assert {problem.code for problem in problems} == {path.name[:4]}
    said = to_terminal(problems, {path.name: text}) + "\n"
    golden = path.with_suffix(".txt")
    if os.environ.get("FOEDUS_GOLDEN") == "rewrite":
        golden.write_text(said, encoding="utf-8")
    assert said == golden.read_text(encoding="utf-8")


def test_codes_pages_and_programs_are_the_same_set() -> None:
    codes = {code for code in CATALOGUE if not code.startswith("F5")}  # F5: the command line has no program
    assert {path.name[:4] for path in PROGRAMS} == codes - set(NO_PROGRAM)
    assert {page.stem for page in PAGES.glob("*.md") if not page.stem.startswith("F5")} == codes


SHOWN = [page for page in sorted(PAGES.glob("F1*.md")) if page.stem not in ("F013", "F106", "F107", "F108")]


@pytest.mark.parametrize("page", SHOWN, ids=lambda page: page.stem)
def test_the_mistake_on_a_page_is_that_mistake(page: Path) -> None:
    mistake = page.read_text(encoding="utf-8").split("## The mistake")[1].split("## How to mend it")[0]
    heading = "## Trial" if page.stem in ("F142", "F110", "F111", "F112", "F113") else "## Article 4"
    problems = parse_page("p", heading + "\n" + mistake)[1]
    assert {problem.code for problem in problems} == {page.stem}


@pytest.mark.parametrize("path", WRITING, ids=lambda path: path.stem)
def test_no_message_has_a_gap(path: Path) -> None:
    said = path.with_suffix(".txt").read_text(encoding="utf-8").split("\n")
    words = [line for line in said if re.match(r"(error|warning) |  \S", line)]
    assert not [line for line in words if re.search(r"(?<!`)``(?!`)|`…`|\{", line)]
