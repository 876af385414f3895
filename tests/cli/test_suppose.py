"""Whatever an answer turns on can be supposed, by its letter, each way; and is then open no longer."""

from __future__ import annotations

import re
from functools import cache

import pytest

from foedus.assessment.assess import assess
from foedus.assessment.case import Asked
from foedus.assessment.finding import Assessment, Open
from foedus.diagnostics.problem import Refused
from foedus.library import Library, Loaded


@cache
def answered(name: str) -> tuple[Loaded, Assessment]:
    loaded = Library().dossier(name)
    assert loaded.dossier
    return loaded, assess(loaded.dossier, loaded.program)


QUESTIONS = [
    pytest.param(name, question, id=f"{name}-{question.letter}")
    for name in ("armenia-2022", "kazakhstan-2022", "kyrgyzstan-2010", "poland-1939")
    for question in answered(name)[1].questions
]


def values(name: str, question: Open) -> list[str]:
    """What it can be supposed to be: as the message says that lists it."""
    loaded, _ = answered(name)
    assert loaded.dossier
    try:
        assess(loaded.dossier, loaded.program, Asked(suppose={question.letter: "?"}))
    except Refused as refused:
        [problem] = refused.problems
        assert problem.code == "F503"
        known = problem.values["known"]
        return re.findall("“([^”]*)”", known) or known.split(", ")
    return []


@pytest.mark.parametrize(("name", "question"), QUESTIONS)
def test_it_can_be_supposed(name: str, question: Open) -> None:
    loaded, _ = answered(name)
    assert loaded.dossier
    known = values(name, question)
    assert len(known) > 1
    for value in known:
        supposed = assess(loaded.dossier, loaded.program, Asked(suppose={question.letter: value}))
        assert question.id not in {open_.id for open_ in supposed.questions}
