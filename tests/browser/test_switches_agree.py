"""The switches of a page, in a browser, against `--suppose`: the same verdict, turning on the same questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.cases import (
    Verdicts,
    assessed,
    combinations,
    number_of_combinations,
    reckoned,
    supposed,
    switched,
    without_bearers,
)
from tests.browser.conftest import Opening

pytestmark = pytest.mark.needs_chromium


def read(page: Page, name: str, asked: list[dict[str, str]]) -> list[Verdicts | None]:
    """What the page's script answers to each supposition, asked all at once."""
    answers: list[Any] = page.evaluate("asked => asked.map((one) => foedus.answer(one))", asked)
    questions = [question.id for question in assessed(name).questions]
    bearers = {
        finding.id: [outcome.bearers for outcome in switched(name).outcomes[finding.id]]
        for finding in assessed(name).findings
    }

    def verdicts(answer: Mapping[str, Any]) -> Verdicts:
        return {
            (without_bearers(finding), bearer): (
                outcome["settled"],
                frozenset("…" if number < 0 else questions[number] for number in outcome["turns"]),
            )
            for finding, outcomes in answer.items()
            for together, outcome in zip(bearers[finding], outcomes, strict=True)
            for bearer in together
        }

    return [None if answer is None else verdicts(answer) for answer in answers]


EVERY = {"raid": 243, "nothing": 729}
MANY = {"fen": 250, "ford": 60, "armenia-2022": 200, "kyrgyzstan-2010": 100, "kazakhstan-2022": 200}


@pytest.mark.parametrize("name", [*EVERY, *MANY])
def test_they_agree_with_the_engine(opened: Opening, name: str) -> None:
    asked = list(combinations(name, EVERY.get(name) or MANY[name]))
    for suppose, found in zip(asked, read(opened(name), name, asked), strict=True):
        assert found == reckoned(name, suppose), suppose


@pytest.mark.parametrize("name", EVERY)
def test_where_that_is_every_combination(name: str) -> None:
    assert number_of_combinations(name) == EVERY[name]


MAIN = ("cst.aggression", "directed", "binding", "listed_kgz", "attack", "proper")


def test_of_kazakhstan_every_answer_on_which_the_main_findings_turn(opened: Opening) -> None:
    turning = {name for f in assessed("kazakhstan-2022").findings[:10] for name in f.granting.turns_on}
    assert turning - {"when sent_tjk"} <= set(MAIN)
    asked = list(combinations("kazakhstan-2022", 1000, MAIN))
    assert len(asked) == 3 ** len(MAIN)
    for suppose, found in zip(asked, read(opened("kazakhstan-2022"), "kazakhstan-2022", asked), strict=True):
        assert found == reckoned("kazakhstan-2022", suppose), suppose


@pytest.mark.parametrize(
    ("name", "most"), [("raid", 8), ("nothing", 4), ("fen", 8), ("ford", 2), ("kazakhstan-2022", 4)]
)
def test_they_agree_with_suppose(opened: Opening, name: str, most: int) -> None:
    asked = list(combinations(name, most))
    for suppose, found in zip(asked, read(opened(name), name, asked), strict=True):
        assert found == supposed(name, suppose), suppose
