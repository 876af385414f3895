"""The numbers on the page about July 1914 are computed again."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from foedus.cascade.rounds.compared import compared, confusion
from foedus.cascade.rounds.feeds import ENGINE
from foedus.cascade.rounds.run import STATES
from tests.cascade.courses import JOINED, OPENING, PLANS, TEXT, july, names, plans, told

PAGE = (Path(__file__).parents[2] / "docs" / "why" / "july-1914.md").read_text(encoding="utf-8")
CARRIED = {
    "none": (),
    "Russia's": PLANS[:1],
    "Russia's, and Germany's on mobilisation": PLANS[:2],
    "these, and west first": PLANS[:3],
    "all four": PLANS,
}
ENTENTE = ("AUH", "BEL", "DEU", "FRA", "GBR", "RUE", "SER")


def rows(first: str) -> list[list[str]]:
    table = PAGE[PAGE.index(first) :].split("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]


def test_the_table_of_plans() -> None:
    head, _, *told_rows = rows("| plans carried out")
    assert [row[0] for row in told_rows] == list(CARRIED)
    for row in told_rows:
        strata = told(plans(*CARRIED[row[0]]))
        local = sum(g.strata for g in strata.groups if g.belligerents == ("AUH", "SER"))
        five = sum(g.strata for g in strata.groups if g.belligerents == ENTENTE)
        entered = [int(strata.entered.get(state, 0)) for state in head[3:10]]
        assert [int(cell) for cell in row[1:]] == [strata.strata, local, *entered, five], row[0]


def test_italy_with_joiners_and_on_the_words() -> None:
    joined = {"cascade.joiner": [JOINED]}
    every = {"unprovoked": ["every attack was"]}
    words = {
        "triple.attacked": ["armed force", OPENING],
        "frarus.mobilised_member": ["the whole of its forces"],
    }
    assert told(plans(*PLANS) | joined).entered["ITA"] == 1416
    both = told(plans(*PLANS) | joined | every)
    assert (both.entered["ITA"], both.strata) == (864, 864)
    assert told(plans(*PLANS) | words | {"unprovoked": TEXT["unprovoked"]}).entered.get("ITA", 0) == 0
    assert told(plans(*PLANS) | words | every).entered["ITA"] == 120
    assert told(plans(*PLANS) | words | every).strata == 288
    assert all(number in PAGE for number in ("1416 of 2,592", "864 of 864", "0 of 288", "120 of 288"))


def test_the_confusion_table() -> None:
    _, _, entered, not_entered = rows("| | a duty to fight or help arose")
    rows_ = compared(
        told(TEXT | plans(*PLANS)), dict(july().observed), stayed=dict(july().stayed), by=date(1914, 8, 31)
    )
    found = confusion(rows_, 1)

    def states(cell: str) -> list[str]:
        return re.findall(r"[A-Z]{3}", cell)

    assert (states(entered[1]), states(entered[2])) == (names(found.all.entered), names(found.none.entered))
    assert states(not_entered[1]) == names(found.all.stayed_out)
    assert states(not_entered[2]) == names(found.none.stayed_out)
    assert told(TEXT | plans()).obliged == {}


def test_the_example_runs() -> None:
    code = PAGE.split("```python\n")[1].split("```")[0]
    named: dict[str, Any] = {}
    exec(compile(code, "july-1914.md", "exec"), named)  # noqa: S102
    assert named["rows"][0]["round"] == 0
    assert named["text"].startswith("# A course of events after `war(AUH, SER)`")
    assert "granting expect arises" in named["text"]


def test_the_reference_says_the_limits_and_names_that_there_are() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "cascade-pages.md").read_text(encoding="utf-8")
    assert f"More\nthan {STATES} are refused" in page
    assert all(f"`{choice.id}`" in page for choice in ENGINE)
