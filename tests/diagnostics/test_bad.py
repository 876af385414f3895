"""Each mistake: its program in `bad/`, as `foedus check` tells it beside it; and no code without either.

The `.txt` files are the expected messages. After a change that is meant, set FOEDUS_GOLDEN=rewrite for one
run and read the difference before committing it. `NAME.with.md` is a page read before `NAME.md`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from foedus.assessment.check import check
from foedus.diagnostics.catalogue import CATALOGUE, PAGES
from foedus.diagnostics.problem import Problem
from foedus.diagnostics.render import to_terminal
from foedus.lang.parse import parse_page
from foedus.lang.to_ir import lower
from foedus.lang.to_record import to_record
from foedus.library import Library

BAD = Path(__file__).parent.parent / "bad"
PROGRAMS = sorted(path for path in BAD.glob("F*.md") if not path.name.endswith(".with.md"))

ALONE = {
    "F215": "two pages of the writer's own part; with the shipped vocabulary the first would too",
    "F319": "the shipped vocabulary has the words that are missing",
    "F409": "`check` knows the instrument of a page; a record lowered by itself does not",
}
"""Programs read without the pages that ship."""

AS_DOSSIER = {"F406": "`check` sees a page with a record that is no dossier; whoever asks for it means one"}

NO_PROGRAM = {
    **{f"F00{n}": "about the file, not its text: test_reading.py, tests/cli" for n in range(1, 9)},
    **{code: "the command line: tests/cli/test_refusals.py" for code in CATALOGUE if code.startswith("F5")},
    **{f"F6{n:02}": "about documents: tests/trace/read/test_bad_input.py" for n in range(20)},
    **{f"F67{n}": "about a file beside the documents: tests/cli/test_anchors.py" for n in range(3)},
    **{
        f"F69{n}": "about votes: tests/cli/test_vote.py, tests/assessment/test_ballot.py"
        for n in (*range(8), 9)
    },
    **{f"F64{n}": "about votes: tests/cli/test_vote.py" for n in range(1, 5)},
    **{f"F68{n}": "about replaying a case: tests/cli/test_procedure.py" for n in range(3, 6)},
    **{
        f"F68{n}": "about records and scenarios: tests/cli/test_session.py, tests/exercise"
        for n in (0, 1, 2, 6, 7, 8, 9)
    },
    **{
        f"F6{n}": "about deeds at the table: tests/council/test_chair.py, test_deed.py"
        for n in (*range(56, 60), *range(67, 70), *range(73, 80))
    },
    **{
        code: "about data sets, panels and cascades: tests/sources, tests/panel, tests/cascade, tests/obligations"
        for code in CATALOGUE
        if code.startswith("F8")
    },
    **{
        code: "about the conduct of a meeting: tests/council/debate"
        for code in CATALOGUE
        if "F700" <= code <= "F729"
    },
    **{f"F75{n}": "about signatures: tests/cli/test_cosign.py" for n in range(7)},
    **{f"F6{n}": "about indexes: tests/trace/corpus/test_bad_index.py" for n in range(25, 37)},
    **{f"F7{n}": "about the room in the browser: tests/web" for n in range(30, 46)},
    **{f"F76{n}": "about minutes: tests/report/official, tests/cli/test_minutes.py" for n in (5, 6)},
    **{f"F77{n}": "about a server that starts, and ends: tests/web/test_serving.py" for n in (0, 1, 2, 5, 6)},
    **{f"F77{n}": "about papers: tests/web/test_papers.py" for n in (7, 8, 9)},
    **{f"F87{n}": "about figures: tests/plots/test_figures.py" for n in range(3)},
    "F699": "about votes: tests/assessment/test_ballot.py",
    "F698": "about what is installed: tests/assessment/test_traced.py",
    "F017": "about links on disk: tests/cli/test_hostile_files.py",
    "F013": "a hundred mistakes: tests/lang/test_parse.py, tests/cli/test_hostile_pages.py",
    "F107": "twenty thousand characters: tests/lang/test_parse.py",
    "F316": "the parser forestalls it: only items made by hand have it",
    "F408": "the parser forestalls it: only items made by hand have it",
    "F425": "about a document beside the page: tests of the library",
    **{f"F76{n}": "about maps: tests/exercise/test_borders.py, test_places.py" for n in range(3)},
    **{f"F66{n}": "about what is compared: tests/cli/test_trace.py" for n in range(7)},
    **{f"F64{n}": "about documents beside the page: tests/assessment/test_traced.py" for n in range(5, 9)},
}
"""Codes that no short page can show, and where they are tested."""

Told = tuple[tuple[Problem, ...], Mapping[str, str]]


def told(path: Path) -> Told:
    """What `foedus check` finds wrong, with the pages' texts; called in the program's folder."""
    code = path.name[:4]
    if code in ALONE:
        return told_alone(path)
    if code in AS_DOSSIER:
        loaded = Library().dossier(path.name)
        return loaded.problems, loaded.texts
    problems, texts, _ = check((path.name,), None)
    return tuple(problems), texts


def told_alone(path: Path) -> Told:
    read = [p for p in (path.with_suffix(".with.md"), path) if p.exists()]
    texts = {p.name: p.read_text(encoding="utf-8") for p in read}
    parsed = [parse_page(name, text) for name, text in texts.items()]
    program, found = lower([page for page, _ in parsed])
    recorded = [p for trial in parsed[-1][0].trials for p in to_record(trial.records, program)[1]]
    return (*(p for _, mistakes in parsed for p in mistakes), *found, *recorded), texts


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_a_bad_page_says_what_is_wrong_and_nothing_else(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BAD)
    problems, texts = told(path)
    assert {problem.code for problem in problems} == {path.name[:4]}
    said = to_terminal(problems, texts) + "\n"
    golden = path.with_suffix(".txt")
    if os.environ.get("FOEDUS_GOLDEN") == "rewrite":
        golden.write_text(said, encoding="utf-8")
    assert said == golden.read_text(encoding="utf-8")


def test_codes_pages_and_programs_are_the_same_set() -> None:
    assert {page.stem for page in PAGES.glob("*.md")} == set(CATALOGUE)
    assert {path.name[:4] for path in PROGRAMS} == set(CATALOGUE) - set(NO_PROGRAM)


def test_no_message_is_without_its_program() -> None:
    assert {golden.stem for golden in BAD.glob("*.txt")} == {path.stem for path in PROGRAMS}


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_no_message_has_a_gap(path: Path) -> None:
    said = path.with_suffix(".txt").read_text(encoding="utf-8").split("\n")
    words = [line for line in said if re.match(r"(error|warning) |  (?!\d+ │)\S", line)]
    assert not [line for line in words if re.search(r"(?<!`)``(?!`)|`…`|\{", line)]
