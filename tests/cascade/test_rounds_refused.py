"""Mistakes in what a cascade over pages is told: named, with what was probably meant; nothing guessed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from foedus.cascade.rounds import run as running
from foedus.cascade.rounds.page import course
from foedus.cascade.rounds.run import cascade
from foedus.diagnostics.problem import Problem, Refused
from tests.cascade.courses import july, plans, told
from tests.cli.program import foedus


def refused(shock: list[str] | None = None, **options: Any) -> Problem:
    page = july()
    with pytest.raises(Refused) as found:
        cascade(page.program, shock or ["war(AUH, SER)"], page.day, **options)
    (problem,) = found.value.problems
    return problem


@pytest.mark.parametrize(
    ("shock", "what", "advice"),
    [
        ("war AUH SER", "war AUH SER", "Write it as a page does: `war(AUH, SER)`."),
        ("wor(AUH, SER)", "wor(AUH, SER)", "Did you mean `war`?"),
        ("war(AUH)", "war(AUH)", "`war` takes 2 arguments."),
        ("war(AUH, AUH)", "war(AUH, AUH)", "It takes two states."),
        ("great_power(AUH)", "great_power(AUH)", "A shock is a war, force or a mobilisation."),
    ],
)
def test_what_is_no_shock(shock: str, what: str, advice: str) -> None:
    problem = refused([shock])
    assert (problem.code, problem.values["what"], problem.help) == ("F860", what, advice)


def test_a_page_without_a_day_gives_no_shock(tmp_path: Path) -> None:
    page = tmp_path / "lir.md"
    page.write_text('# Lir\n\n```record\ndossier lir "Lir"\n  assess dual\n  concerning AUH\n```\n')
    with pytest.raises(Refused) as found:
        course(str(page))
    assert [problem.code for problem in found.value.problems] == ["F860"]


def test_a_question_that_nothing_asks_and_an_answer_that_is_not_there() -> None:
    problem = refused(readings={"dual.atacked": ["armed force"]})
    assert (problem.code, problem.help) == ("F861", "Did you mean `dual.attacked`?")
    problem = refused(readings={"dual.attacked": ["a blow"]})
    assert problem.code == "F861"
    assert "`a mobilisation too`" in problem.help
    assert refused(readings={"dual.attacked": []}).code == "F861"
    assert refused(free=["cascade.joinder"]).help == "Did you mean `cascade.joiner`?"


def test_too_many_readings_are_told_with_what_to_fix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "LANES", 100)
    problem = refused(chances={"duty": 0.5}, worlds=1000)
    assert problem.code == "F862"
    assert problem.values["worlds"] == "1,024"
    assert "dual.attacked" in problem.values["what"]


def test_a_state_that_is_not_considered() -> None:
    problem = refused(states=["AUH", "DEU", "RUE"])
    assert (problem.code, problem.values["what"]) == ("F863", "SER")
    assert refused(["war(AUH, SRE)"], states=["AUH", "SER"]).help == "Did you mean `SER`?"


def test_more_states_than_can_be_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "STATES", 5)
    problem = refused()
    by = "london (6), triple (3), angjap (2)"
    assert (problem.code, problem.values) == ("F866", {"n": "9", "most": "5", "by": by})


@pytest.mark.parametrize("chance", [1.2, -0.1, float("nan")])
def test_what_is_no_chance(chance: float) -> None:
    assert refused(chances={"duty": chance}).code == "F864"


def test_before_a_treaty_is_in_force_it_calls_nobody() -> None:
    page = july()
    strata = cascade(page.program, ["war(RUE, DEU)"], date(1875, 1, 1), readings=plans())
    (only,) = strata.groups
    assert only.belligerents == ("DEU", "RUE")


def test_progress_is_told_round_by_round() -> None:
    seen: list[tuple[int, int]] = []
    told(plans(), tell=lambda number, strata: seen.append((number, strata)))
    assert [number for number, _ in seen] == list(range(1, len(seen) + 1))
    assert len({strata for _, strata in seen}) == 1


def test_what_is_to_be_left_out_and_is_not_there() -> None:
    problem = refused(without=["frarus.fihgt"])
    assert (problem.code, problem.values["name"]) == ("F853", "frarus.fihgt")
    assert problem.help == "Did you mean `frarus.fight`?"
    assert refused(without=["staffs+london"]).code == "F853"


@pytest.mark.parametrize(
    "words",
    [("--pivots",), ("--data", "shelf"), ("--confusion",), ("--war", "106"), ("--attacked", "target")],
)
def test_an_option_that_pages_have_no_use_for_is_not_passed_over(words: tuple[str, ...]) -> None:
    done = foedus("cascade", "july-1914", *words)
    assert done.status == 2
    assert f"“{words[0]}” is of a cascade over a data set" in done.err
