"""Codes: each has a page, templates fill, and nothing that is missing crashes."""

from __future__ import annotations

import re

import pytest

from foedus.diagnostics.catalogue import CATALOGUE, PAGES, explain, help_of, severity_of, title_of
from foedus.diagnostics.problem import Problem
from foedus.diagnostics.span import NOWHERE
from foedus.diagnostics.suggest import suggest


def test_codes_and_pages_are_the_same_set() -> None:
    assert {page.stem for page in PAGES.glob("*.md")} == set(CATALOGUE)


def test_codes_stand_in_order() -> None:
    assert list(CATALOGUE) == sorted(CATALOGUE)
    assert all(re.fullmatch(r"F[0-8][0-9]{2}", code) for code in CATALOGUE)


@pytest.mark.parametrize("code", CATALOGUE)
def test_a_page_shows_the_mistake_and_how_to_mend_it(code: str) -> None:
    page = explain(code)
    assert page.startswith(f"# {code}: ")
    assert re.search(
        r"^## The mistake\n\n(`{3,})\w+\n.+^\1\n\n## How to mend it\n\n\S", page, re.DOTALL | re.MULTILINE
    )


@pytest.mark.parametrize("code", CATALOGUE)
def test_missing_values_do_not_crash(code: str) -> None:
    problem = Problem(code, NOWHERE)
    assert "{" not in title_of(problem)
    assert "{path}" not in help_of(problem)


def test_values_are_not_templates_themselves() -> None:
    assert title_of(Problem("F110", NOWHERE, {"date": "{path}", "path": "no"})) == "`{path}` is not a date"


def test_a_long_value_is_cut() -> None:
    assert len(title_of(Problem("F110", NOWHERE, {"date": "9" * 10_000}))) < 300


def test_an_unknown_code_is_an_error_with_its_values() -> None:
    problem = Problem("F999", NOWHERE, {"name": "fore"})
    assert (severity_of(problem), title_of(problem), help_of(problem)) == ("error", "fore", "")


@pytest.mark.parametrize("code", ["110", "f110", " F110 "])
def test_ways_to_write_a_code(code: str) -> None:
    assert explain(code).startswith("# F110")


@pytest.mark.parametrize("code", ["../../secret", "", "\x1b[31m", "F" * 100_000])
def test_a_hostile_code_is_only_a_name(code: str) -> None:
    said = explain(code)
    assert said.startswith("There is no code")
    assert "\x1b" not in said
    assert len(said) < 200


def test_suggestions_do_not_hang_on_order_or_capitals() -> None:
    assert suggest("Decided-By", ["decided_by", "decided_at"]) == "decided_by"
    assert suggest("bat", ["cat", "hat"]) == suggest("bat", ["hat", "cat"]) == "cat"
    assert suggest("", ["a"]) is None
