"""Three cases of one treaty, with the answers that a trial encoding by hand had reached before there was an engine.

Granting what is undisputed unless said otherwise; where a text is named, it is the one asked about.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from foedus.assessment.assess import assess
from foedus.assessment.case import Asked
from foedus.assessment.finding import Assessment, Finding
from foedus.library import Library

KYRGYZSTAN, KAZAKHSTAN, ARMENIA = "kyrgyzstan-2010", "kazakhstan-2022", "armenia-2022"
LATER = Asked(on=date(2022, 11, 24))
AMENDED = Asked(text={"cst": "2010"})
AFTERWARDS = Asked(text={"cst": "2010"}, on=date(2010, 6, 16))


def answer(name: str, asked: Asked | None = None) -> Assessment:
    loaded = Library().dossier(name)
    assert loaded.dossier is not None
    return assess(loaded.dossier, loaded.program, asked)


@cache
def plain(name: str) -> Assessment:
    return answer(name)


def only(found: Assessment, norm: str) -> Finding:
    (finding,) = (f for f in found.findings if f.norm.id == norm)
    return finding


@pytest.mark.parametrize(
    ("case", "norm", "word", "turns_on"),
    [
        (KYRGYZSTAN, "cst.consult", "arises", set()),
        (KYRGYZSTAN, "cst.assist", "does not arise", set()),
        (KYRGYZSTAN, "pko.send", "not available", set()),
        (KAZAKHSTAN, "cst.consult", "arises", set()),
        (KAZAKHSTAN, "cst.avert", "arises", set()),
        (KAZAKHSTAN, "cst.assist", "depends", {"binding", "cst.aggression", "directed"}),
        (KAZAKHSTAN, "pko.send", "depends", {"binding"}),
        (KAZAKHSTAN, "fms.measures", "arises", set()),
        (ARMENIA, "cst.consult", "depends", {"sept"}),
        (ARMENIA, "cst.assist", "depends", {"sept"}),
        (ARMENIA, "pko.send", "not available", set()),
    ],
)
def test_verdicts(case: str, norm: str, word: str, turns_on: set[str]) -> None:
    view = only(plain(case), norm).granting
    assert (view.word, set(view.turns_on)) == (word, turns_on)


def test_forces_and_means_was_not_yet_in_force_in_2010() -> None:
    assert [instrument for instrument, _ in plain(KYRGYZSTAN).not_in_force] == ["fms"]


def test_on_the_facts_article_4_also_turns_on_the_attack_and_its_gravity() -> None:
    turns_on = set(only(plain(KAZAKHSTAN), "cst.assist").on_facts.turns_on)
    assert {"attack", "binding", "cst.aggression", "directed"} < turns_on
    assert {name for name in turns_on if name.startswith("endangers_")}


def test_the_text_of_2010_would_have_asked_other_questions_in_kyrgyzstan() -> None:
    view = only(answer(KYRGYZSTAN, AMENDED), "cst.assist").on_facts
    assert {"attack", "binding", "cst.aggression"} < set(view.turns_on)
    assert only(answer(KYRGYZSTAN, AFTERWARDS), "cst.assist").on_facts.word == "does not arise"


def test_where_a_foreign_state_attacks_the_reading_makes_no_difference_and_is_named() -> None:
    for view in (only(plain(ARMENIA), "cst.assist").granting, only(plain(ARMENIA), "cst.assist").on_facts):
        assert "cst.aggression" in view.needless
        assert "cst.aggression" not in view.turns_on


def test_declining_a_draft_may_have_taken_the_request_back() -> None:
    view = only(answer(ARMENIA, LATER), "cst.assist").granting
    assert set(view.turns_on) == {"sept", "some withdrawn"}


def test_the_report_duty_of_those_that_helped_was_kept() -> None:
    by_bearer = {
        (bearer, conduct.word)
        for finding in plain(KAZAKHSTAN).findings
        if finding.norm.id == "cst.report" and finding.granting.word == "arises"
        for bearer in finding.bearers
        for conduct in finding.conduct
        if conduct.bearer == bearer
    }
    assert by_bearer == {("RUS", "kept"), ("BLR", "kept")}
