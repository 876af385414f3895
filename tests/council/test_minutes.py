"""A session's minutes are a dossier: it is read without a mistake, and its assessment is the council's own answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from foedus.assessment.assess import assess
from foedus.council.deed import Deed, Kind
from foedus.council.minutes import LEAVES, closed, facts_of, minutes
from foedus.council.state import State
from foedus.evidence.standing import stand
from foedus.library import Library
from tests.council.convention import ASK, CLOSE, DECIDED, GO, OPEN, PAGE, PROPOSE, at, rules, run

VOTE = (
    ASK, PROPOSE, OPEN, Deed("object", "DUN", at(2.5), ballot="b1"), CLOSE,
    Deed("open", "chair", at(4), proposal="p1"),
    *(Deed("vote", who, at(5), ballot="b2", status="for") for who in ("ARV", "BOR", "CAD")),
)  # fmt: skip
AGAINST = Deed("vote", "DUN", at(5), ballot="b2", status="against")
LATER = Deed("correct", "secretary", at(80), entry=0, text="a day later, the withdrawal has taken effect")
END = Deed("close", "chair", at(6), ballot="b2")


def answer(state: State, folder: Path) -> str:
    """The word of the assessment of a session's minutes on the power to send help."""
    page, dossier = folder / "lir.md", folder / "session-1"
    page.write_text(PAGE, encoding="utf-8")
    dossier.mkdir(exist_ok=True)
    (dossier / "dossier.md").write_text(minutes(rules(), state, "session-1", "Help"), encoding="utf-8")
    loaded = Library(extra=(page,)).dossier(str(dossier))
    assert not loaded.problems, [str(each) for each in loaded.problems]
    assert loaded.dossier is not None
    standing = stand(loaded.dossier.record)
    acts = [fact for fact in loaded.dossier.record.facts if fact.predicate in closed(rules())]
    assert all(standing[fact.id].word == "established" for fact in acts)
    assert standing["riots"].word == "asserted"  # the room took it as known, and is no witness of it
    return (
        assess(loaded.dossier, replace(loaded.program, rules=rules().program.rules)).findings[0].granting.word
    )


def test_what_every_kind_leaves_is_said() -> None:
    assert set(LEAVES) == set(get_args(Kind))


@pytest.mark.parametrize(
    ("deeds", "expected"),
    [
        ((ASK,), "not available"),
        (DECIDED, "available"),  # a consensus in which nobody spoke: regular, as the organ holds
        ((*DECIDED, Deed("step", "ARV", at(48), step="recall"), LATER), "not available"),
        ((*VOTE, AGAINST, END), "available"),
        ((*VOTE[:-2], AGAINST, END), "not available"),
    ],
)  # fmt: skip
def test_the_assessment_is_the_councils(deeds: tuple[Deed, ...], expected: str, tmp_path: Path) -> None:
    assert answer(run(rules(), *deeds), tmp_path) == expected


def test_votes_are_acts_about_the_motion() -> None:
    state = run(rules(), *VOTE, AGAINST, END)
    facts = [
        (each.predicate, each.args)
        for each in facts_of(rules(), state)
        if each.predicate in ("vote", "objects")
    ]
    assert ("objects", ("DUN", "b1")) in facts
    assert ("objects", ("DUN", "decide_10")) in facts
    assert sum(predicate == "vote" for predicate, _ in facts) == 3


def test_the_whole_of_a_session_is_read(tmp_path: Path) -> None:
    state = run(
        rules(), *DECIDED, *GO, Deed("rule", "chair", at(6), about="calm(ARV)", answer="no", text='not "yet"')
    )
    assert answer(state, tmp_path)
