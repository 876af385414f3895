"""Every procedure of the shipped pages can be run: the chair answers wherever a course of allowed deeds leads."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random

import pytest

from foedus.council.chair import begin, decide, evolve
from foedus.council.minutes import minutes
from foedus.council.rules import Rules
from foedus.ir.norm import Program
from foedus.lang.parse import parse_page
from foedus.library import Library, shipped

PAGES = sorted(
    page.stem
    for page in shipped("treaties").glob("*.md")
    if re.search(r"^procedure ", page.read_text(encoding="utf-8"), re.M)
)
AT_ANY_TIME = ("seat", "unseat", "correct", "report", "withdraw", "amend")


@cache
def program() -> Program:
    return Library(trials=False).load(PAGES).program


def test_there_are_such_pages() -> None:
    assert len(PAGES) >= 5
    assert {procedure.id.partition(".")[0] for procedure in program().procedures.values()} == set(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_a_course_of_allowed_deeds(page: str) -> None:
    for procedure in program().procedures.values():
        if procedure.id.partition(".")[0] != page:
            continue
        known = program().instruments[page]
        text = next((each for each in known.texts if each.id == procedure.text), known.texts[-1])
        rules = Rules(program(), procedure, text.start.last + timedelta(days=400))
        now = datetime(rules.on.year, rules.on.month, rules.on.day, tzinfo=UTC)
        chance, state = Random(procedure.id), begin(rules)
        for _ in range(12):
            position = decide(rules, state, now)
            assert not position.stuck
            most = [each for each in position.allowed if each.deed.kind not in AT_ANY_TIME]
            state = evolve(rules, state, chance.choice(most or list(position.allowed)).deed)
            now += timedelta(hours=chance.choice([0, 1, 30]))
        _, mistakes = parse_page("minutes.md", minutes(rules, state, "session-1", "A session"))
        assert not mistakes
