"""A course of events out of a cascade, written as a dossier and assessed: every duty that was kept arises there."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.assessment.trial import ask_itself
from foedus.cascade.rounds.to_dossier import to_dossier
from foedus.diagnostics.problem import Refused
from foedus.library import Library
from tests.cascade.courses import JOINED, MOBILISATION, PLANS, TEXT, july, plans

ANY = {"frarus.mobilised_member": ["any of its forces"], "unprovoked": ["every attack was"]}
COURSES = {
    "the words, all plans": TEXT | plans(*PLANS),
    "a mobilisation is an attack": TEXT | ANY | plans() | {
        "dual.attacked": [MOBILISATION], "triple.attacked": [MOBILISATION],
    },
    "a joiner makes the other side attacked": TEXT | ANY | plans(*PLANS) | {
        "cascade.joiner": [JOINED], "defends": ["so"],
        "triple.casus": ["attacked by one, at war with two or more"],
    },
    "armed force, and no blow": TEXT | ANY | plans(*PLANS) | {
        "dual.attacked": ["armed force"], "frarus.attacked": ["armed force"],
        "cascade.blow": ["no blow is counted"], "london.borne": ["as its own position allows"],
    },
}  # fmt: skip


def page_of(readings: dict[str, list[str]]) -> str:
    course = july()
    return to_dossier(course.program, course.shock, course.day, given=course.given, readings=readings)


@pytest.mark.parametrize("name", COURSES)
def test_what_was_kept_arises(name: str, tmp_path: Path) -> None:
    path = tmp_path / "course.md"
    path.write_text(page_of(COURSES[name]), encoding="utf-8")
    loaded = Library(trials=False).dossier(str(path))
    assert not loaded.errors
    assert loaded.dossier is not None
    outcomes, problems = ask_itself(loaded.dossier, loaded.asks, loaded.program)
    assert not problems
    assert len(outcomes) >= 2
    assert [(o.ask.norm.text, o.found) for o in outcomes if not o.holds] == []


def test_a_duty_that_was_not_kept_does_not_arise_a_day_before(tmp_path: Path) -> None:
    """The dossier could say no: the day before the round in which France is called, nothing calls it."""
    text = page_of(COURSES["the words, all plans"]).replace(
        "frarus.fight owed to RUE by FRA on 1914-07-30", "frarus.fight owed to RUE by FRA on 1914-07-29"
    )
    path = tmp_path / "course.md"
    path.write_text(text, encoding="utf-8")
    loaded = Library(trials=False).dossier(str(path))
    assert loaded.dossier is not None
    outcomes, _ = ask_itself(loaded.dossier, loaded.asks, loaded.program)
    assert [(o.ask.norm.text, o.found) for o in outcomes if not o.holds] == [
        ("frarus.fight", "does not arise")
    ]


def test_a_dossier_tells_one_course_of_events() -> None:
    with pytest.raises(Refused) as refused:
        page_of(TEXT)
    (problem,) = refused.value.problems
    assert problem.code == "F865"
    assert problem.values["strata"] == "16"
    assert "staffs.west_first" in problem.values["what"]
