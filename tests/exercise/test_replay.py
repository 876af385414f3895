"""The deeds of a record done again: by the same pages, or they are said to differ."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from foedus.council.state import State
from foedus.exercise.reading import scenarios
from foedus.exercise.replay import Replayed, replayed
from foedus.exercise.turns import opening
from foedus.report.record import done_again
from tests.exercise.scenes import VALLEYS, played, scene

Bodies = list[dict[str, Any]]


def record(name: str = "six-valleys") -> Bodies:
    """The bodies of its record."""
    turns = [opening(scene(name), scene(name).seed), *(turn.body() for turn in played(name))]
    return deepcopy([dict(body) for body in turns])


@pytest.mark.parametrize("name", scenarios())
def test_what_was_played_is_allowed_again(name: str) -> None:
    found = replayed(record(name))
    last = played(name)[-1]
    assert found.allowed and found.amiss is None
    assert found.deeds == last.state.size
    assert found.refused == sum(turn.problem is not None for turn in played(name))
    assert found.state is not None
    assert told(found.state) == told(last.state)  # the same state, from the deeds alone


def told(state: State) -> tuple[object, ...]:
    """A state to be compared: an outcome by its word, since its rules are read anew."""
    words = {
        name: (ballot.said, ballot.came.word if ballot.came else "") for name, ballot in state.ballots.items()
    }
    return replace(state, ballots={}), words


def index(bodies: Bodies, **wanted: object) -> int:
    return next(n for n, body in enumerate(bodies) if all(body.get(k) == v for k, v in wanted.items()))


def without_authorisation(bodies: Bodies) -> None:
    del bodies[index(bodies, by="EIN", step="authorise")]


def one_vote_turned(bodies: Bodies) -> None:
    bodies[index(bodies, by="EIN", status="for")]["status"] = "against"
    bodies[index(bodies, by="BOR", status="for")]["status"] = "against"


def too_many(bodies: Bodies) -> None:
    bodies[index(bodies, by="BOR", step="deploy")]["number"] = 151


def after_the_close(bodies: Bodies) -> None:
    vote = bodies[index(bodies, by="FEN", kind="vote")]
    close = index(bodies, kind="close", ballot=vote["ballot"])
    bodies.insert(close + 1, vote | {"at": bodies[close]["at"]})


def refused_as_done(bodies: Bodies) -> None:
    at = index(bodies, kind="refused")
    bodies[at] = bodies[at]["deed"]


def done_as_refused(bodies: Bodies) -> None:
    at = index(bodies, by="chair", step="consult")
    bodies[at] = {"kind": "refused", "at": bodies[at]["at"], "code": "F658", "deed": bodies[at]}


def refused_for_another_reason(bodies: Bodies) -> None:
    bodies[index(bodies, kind="refused", code="F658")]["code"] = "F678"


def no_deed(bodies: Bodies) -> None:
    bodies[index(bodies, kind="vote")]["status"] = "perhaps"


FORGED: dict[str, tuple[Callable[[Bodies], None], str | None]] = {
    "an authorisation left out": (without_authorisation, "F658"),
    "two votes turned, and what followed": (one_vote_turned, "F667"),
    "more than the ceiling": (too_many, "F678"),
    "a vote after the close": (after_the_close, "F675"),
    "what was refused, as done": (refused_as_done, "F658"),
    "what was done, as refused": (done_as_refused, None),
    "what was refused, for another reason": (refused_for_another_reason, "F658"),
    "what is no deed": (no_deed, "F656"),
}


@pytest.mark.parametrize("name", FORGED)
def test_what_the_rules_do_not_allow_is_found(name: str) -> None:
    """Forged by whoever holds the key: the record is whole, and the rules say no."""
    forge, code = FORGED[name]
    bodies = record()
    forge(bodies)
    found = replayed(bodies)
    assert not found.allowed
    assert found.amiss is not None and 0 < found.amiss < len(bodies)
    assert (found.problem.code if found.problem is not None else None) == code


def test_pages_that_differ_are_named_and_nothing_is_done_again() -> None:
    bodies = record()
    bodies[0]["pages"]["vocabulary"] = "0" * 64
    found = replayed(bodies)
    assert (found.differ, found.rules, found.amiss) == (("vocabulary",), None, None)


def test_pages_that_are_not_at_hand_are_named() -> None:
    bodies = record()
    bodies[0]["scenario"] = "own"
    assert replayed(bodies).missing == ("valleys",)
    assert replayed(bodies, VALLEYS).allowed  # given with --treaties


@pytest.mark.parametrize("change", ["seats", "pages", "on", "procedure", "known", "weights", "offices"])
def test_a_first_entry_that_says_no_rules_is_said_so(change: str) -> None:
    bodies = record()
    bodies[0][change] = 3 if change != "procedure" else "valleys.nothing"
    found = replayed(bodies)
    assert isinstance(found, Replayed)
    assert found.allowed == (change == "seats")


def test_another_record_is_not_ours() -> None:
    assert replayed([{"kind": "vote"}]) == replayed([]) == Replayed()


# ---- a session with people ----

ACT = {"kind": "bookmark", "by": "chair", "at": "2031-03-04T12:00:00Z", "entry": 1, "text": "It began so."}


def live() -> Bodies:
    """The same record as people would have left it: with marks on every entry, and an act among the deeds."""
    bodies = record()
    bodies[0] |= {"format": 2, "live": True, "order": {}}
    for number, body in enumerate(bodies):
        body["real"] = f"2026-11-22T09:{number // 60:02}:{number % 60:02}Z"
        if body["kind"] not in ("session", "inject", "end"):
            body |= {"person": "hkqmwzta", "once": f"{number:08x}"}
    bodies.insert(3, ACT | {"at": bodies[2]["at"], "real": bodies[2]["real"], "person": "hkqmwzta"})
    return bodies


def test_a_record_of_people_is_done_again_with_its_acts() -> None:
    found, played_again = replayed(live()), replayed(record())
    assert found.allowed and found.live
    assert (found.deeds, found.acts, found.refused) == (played_again.deeds, 1, played_again.refused)
    assert found.state is not None and played_again.state is not None
    assert told(found.state) == told(played_again.state)
    said = done_again(found)
    assert f"{found.deeds} deeds and 1 act allowed" in said


def without_a_real_time(bodies: Bodies) -> None:
    del bodies[3]["real"]


def of_a_number(bodies: Bodies) -> None:
    bodies[3]["person"] = 7


def no_such_field(bodies: Bodies) -> None:
    bodies[3]["digest"] = "00"


def no_instant(bodies: Bodies) -> None:
    bodies[3]["real"] = "yesterday"


@pytest.mark.parametrize(
    ("forge", "code"),
    [(without_a_real_time, None), (of_a_number, None), (no_such_field, "F656"), (no_instant, "F656")],
)
def test_an_entry_of_people_that_cannot_be_read_is_found(
    forge: Callable[[Bodies], None], code: str | None
) -> None:
    bodies = live()
    forge(bodies)
    found = replayed(bodies)
    assert found.amiss == 3
    assert (found.problem.code if found.problem is not None else None) == code


@pytest.mark.parametrize("name", FORGED)
def test_what_people_did_against_the_rules_is_found(name: str) -> None:
    forge, code = FORGED[name]
    bodies = live()
    forge(bodies)
    for body in bodies:  # one that was put in, or wrapped
        body.setdefault("real", bodies[-1]["real"])
        for mark in ("real", "person", "once"):
            body.get("deed", {}).pop(mark, None)
    found = replayed(bodies)
    assert found.amiss is not None
    assert (found.problem.code if found.problem is not None else None) == code


def test_a_played_record_has_no_acts_and_no_marks() -> None:
    bodies = live()
    bodies[0] = record()[0]
    assert replayed(bodies).amiss == 2  # after what came from outside
    assert replayed([*record()[:3], ACT | {"at": record()[2]["at"]}]).amiss == 3
    for odd in ({"format": 2}, {"format": 1, "live": True}, {"format": 3, "live": True}):
        assert replayed([record()[0] | odd]) == Replayed()
