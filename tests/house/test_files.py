"""The house rules that a machine can see in the files themselves."""

from __future__ import annotations

import re

import pytest

from tests.house.files import ROOT, name_of, repository_files, text_of

# Written so that no pattern matches its own source.
FOREIGN = {
    "a path of one machine": re.compile(r"(?<![\w.~-])/(?:work|tmp|root|home|Users)/\w"),
    "a registry's host": re.compile(
        r"pypi\.org/simple|files\.pythonhosted\.org|registry\.npmjs\.org|--(?:extra-)?index-url\b"
    ),
}

DRAWERS = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc"}

PAGES_OF_PROGRAM = [path for path in repository_files() if path.is_relative_to(ROOT / "src")]


@pytest.mark.parametrize("what", FOREIGN)
def test_no_file_names(what: str) -> None:
    found = [
        f"{name_of(path)}:{number}: {line.strip()[:100]}"
        for path in repository_files()
        for number, line in enumerate(text_of(path).splitlines(), 1)
        if FOREIGN[what].search(line)
    ]
    assert not found, f"{what} is named in\n" + "\n".join(found)


def test_the_patterns_find_what_they_look_for() -> None:
    slash = "/"
    assert FOREIGN["a path of one machine"].search(f"see {slash}home{slash}ada/notes")
    assert not FOREIGN["a path of one machine"].search("https://example.org/home/page")
    assert FOREIGN["a registry's host"].search("https://pypi" + ".org/simple/lark")


def test_no_file_is_long() -> None:
    long = {
        name_of(path): length
        for path in PAGES_OF_PROGRAM
        if path.suffix in {".py", ".lark"} and (length := len(text_of(path).splitlines())) > 500
    }
    assert not long, f"over 500 lines: {long}"


def test_no_drawer_of_odds_and_ends() -> None:
    drawers = [
        name_of(path)
        for path in PAGES_OF_PROGRAM
        if DRAWERS & {part.lower() for part in path.relative_to(ROOT).with_suffix("").parts}
    ]
    assert not drawers, f"name these by what lives in them: {drawers}"


def test_every_room_says_what_lives_in_it() -> None:
    silent = [
        name_of(path)
        for path in PAGES_OF_PROGRAM
        if path.name == "__init__.py" and not text_of(path).lstrip().startswith('"""')
    ]
    assert not silent


def test_there_is_one_lock() -> None:
    foreign = {"uv.lock", "poetry.lock", "Pipfile.lock", "pdm.lock", "setup.py", "setup.cfg"}
    assert not [name_of(path) for path in repository_files() if path.name in foreign]
