"""The raid on Arvia, assessed under the Compact of Lir: what the tests of the report look at."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from foedus.assessment.assess import Asked, assess
from foedus.assessment.finding import Assessment
from foedus.library import Library, Loaded

HERE = Path(__file__).parent
PAGES = HERE.parent / "good"
WIDTHS = (40, 61, 80, 100, 133)


@cache
def loaded(name: str = "raid") -> Loaded:
    made = Library(PAGES).dossier(str(HERE / "dossiers" / f"{name}.md"))
    assert not made.errors, made.errors
    assert made.dossier is not None
    return replace(made, dossier=replace(made.dossier, called=name))  # not where this checkout lies


def answer(name: str = "raid", asked: Asked | None = None) -> Assessment:
    made = loaded(name)
    assert made.dossier is not None
    return assess(made.dossier, made.program, asked)


@cache
def raid() -> Assessment:
    return answer()
