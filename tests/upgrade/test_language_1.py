"""Pages and dossiers written in language 1 are read as they were: `language-1/` holds the pages that the foundation of
Foedus shipped, `expected.json` what its own code answered from them. Neither is ever brought up to date."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from foedus.assessment.trial import run
from foedus.diagnostics.problem import Problem
from foedus.lang.layout import format_page
from foedus.lang.parse import parse_page
from foedus.lang.tangle import LANGUAGE, tangle
from foedus.library import Library
from tests.upgrade.kept import EXPECTED, PAGES, answered

KEPT = sorted(PAGES.rglob("*.md"))


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in problems]


def test_old_pages_give_the_old_answer() -> None:
    expected, found = json.loads(EXPECTED.read_text(encoding="utf-8")), answered()
    assert set(found["findings"]) == set(expected["findings"])
    for name, finding in expected["findings"].items():
        assert found["findings"][name] == finding, name
    assert found == expected


def test_the_expected_answer_is_one() -> None:
    expected = json.loads(EXPECTED.read_text(encoding="utf-8"))
    assert len(expected["findings"]) == 18
    assert {view["granting"]["settled"] for view in (f["views"] for f in expected["findings"].values())} > {
        "depends"
    }


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_a_page_may_say_its_language(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    said = f"---\nfoedus: {LANGUAGE}\n---\n{text}"
    silent, marked = tangle("", text), tangle("", said)
    assert not marked.problems
    assert [(b.kind, [line.text for line in b.lines]) for b in marked.blocks] == [
        (b.kind, [line.text for line in b.lines]) for b in silent.blocks
    ]
    assert format_page(said).startswith(f"---\nfoedus: {LANGUAGE}\n---\n")


@pytest.mark.parametrize(
    ("mark", "code"),
    [
        ("2", "F015"),
        ("10", "F015"),
        ("0", "F016"),
        ("one", "F016"),
        ("", "F016"),
        ("²", "F016"),
        ("1.0", "F016"),
    ],
)
def test_of_another_language_nothing_is_read(mark: str, code: str) -> None:
    text = f"---\ntitle: Lir\nfoedus: {mark}\n---\n# Lir\n\n```foedus\nparties\n  ARV from 2001-01-01\n  what a later language may say\n```\n"
    page, problems = parse_page("lir.md", text)
    assert codes(problems) == [code]
    assert problems[0].place.line == 3
    assert not page.items
    assert format_page(text) == text


def test_what_stands_in_prose_is_no_mark() -> None:
    text = '# Lir\n\nfoedus: 2\n\n---\nfoedus: 2\n---\n\n```foedus\nstate ARV "Arvia"\n```\n'
    assert not parse_page("lir.md", text)[1]


@pytest.mark.parametrize("name", ["cst", "pko", "fms"])
def test_the_trials_of_old_pages_hold(name: str) -> None:
    loaded = Library(PAGES).load([name])
    outcomes, problems = run(loaded.pages[name], loaded.program)
    assert not problems
    assert outcomes
    assert not [outcome for outcome in outcomes if not outcome.holds]
