"""Every trial of every fictional page answers as it expects.

Those of the pages that ship, and what dossiers ask of themselves, `foedus test` tries: tests/cli/test_examples.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.assessment.trial import run
from foedus.library import Library

GOOD = Path(__file__).parent.parent / "good"
PAGES = sorted(path.stem for path in GOOD.glob("[!w]*.md"))  # writing-*: only how things are written


@pytest.mark.parametrize("name", PAGES)
def test_trials(name: str) -> None:
    library = Library(GOOD)
    loaded = library.load([name])
    outcomes, problems = run(loaded.pages[name], loaded.program)
    assert not problems
    assert not [(o.trial.heading, o.expected.verdict, o.found) for o in outcomes if not o.holds]


@pytest.mark.parametrize("name", ["narrows", "border"])
def test_the_trials_of_the_examples(name: str) -> None:
    folder = Path(__file__).parents[2] / "examples" / name
    loaded = Library().dossier(str(folder))
    assert loaded.problems == ()
    for page in loaded.pages.values():
        outcomes, problems = run(page, loaded.program)
        assert not problems
        assert not [(o.trial.heading, o.expected.verdict, o.found) for o in outcomes if not o.holds]


def test_the_examples_of_the_semantics_are_among_them() -> None:
    headings = {trial.heading for name in ("lir", "marsh") for trial in Library(GOOD).page(name)[0].trials}
    told = " ".join(sorted(headings))
    assert all(f"Trial · {n}" in told for n in (1, 2, 4, 5, 7, 8, 9, 10, 11, 12))
