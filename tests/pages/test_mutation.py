"""A page's own trials tell a page whose meaning was changed from the page: of every eleven mutants one is tried.

`python bench/mutation.py` tries all of them, and names those that no trial notices.
"""

from __future__ import annotations

import pytest

from bench.mutation import caught, mutants, share
from foedus.library import Library

FLOORS = {"cst": 0.9, "dunkirk": 0.85, "fms": 0.9, "pko": 0.9}
"""The share that must be caught. Of all mutants it was 96, 95, 99 and 99 of a hundred; what is missed are classes of
duty, which a trial cannot name, and changes from which nothing can follow."""


@pytest.mark.parametrize("page", FLOORS)
def test_trials_notice_a_change_of_meaning(page: str) -> None:
    made, found, missed = share(page, every=11)
    assert made.total() >= 9
    assert found.total() / made.total() >= FLOORS[page], missed


def test_a_page_without_its_trials_notices_nothing() -> None:
    """The share falls with the trials: it measures them, and not the mutants."""
    loaded = Library().load(["fms"])
    page = loaded.pages["fms"]
    first = next(program for kind, _, program in mutants(loaded.program, "fms") if kind == "number")
    assert caught(page, first)
    assert not caught(type(page)(page.path, page.title, page.items, page.records, (), page.text), first)


NO_TRIALS = {"vocabulary", "csto"}
"""Pages without norms of their own that a trial could ask."""


def test_trials_all_over_the_catalogue_notice() -> None:
    """Of every page some mutants, spread over its kinds; `bench/mutation.py` tries all of them."""
    made = found = 0
    missed: list[str] = []
    for page in sorted(set(Library().pages) - NO_TRIALS - set(FLOORS)):
        tried, noticed, slipped = share(page, every=149)
        made += tried.total()
        found += noticed.total()
        missed += [f"{page}: {told}" for told in slipped]
    assert made >= 60
    assert found / made >= 0.7, missed
