"""The deeds of a record done again: by the same pages, or they are said to differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from foedus.council.chair import decide
from foedus.council.debate.act import Act
from foedus.council.debate.candidates import allowed_acts
from foedus.council.debate.machine import begin_debate, evolve_debate
from foedus.council.debate.order import Order
from foedus.council.debate.table import Table
from foedus.council.fields import instant
from foedus.council.state import State
from foedus.diagnostics.problem import Refused
from foedus.exercise.reading import scenarios
from foedus.exercise.replay import ACTS, Replayed, replayed
from foedus.exercise.turns import opening
from foedus.meeting.entering import entered, started
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


def outcome(state: State) -> tuple[object, ...]:
    """What came of it, without the numbers of deeds: with people a deed has the number of its entry."""
    mandate = state.mandate.mandate if state.mandate is not None else None
    fates = {name: (each.step, each.fate, each.parts) for name, each in state.proposals.items()}
    return state.stages, state.force, mandate, fates, told(state)[1]


def test_with_people_a_deed_has_the_number_of_its_entry() -> None:
    bodies = live()
    state = replayed(bodies).state
    assert state is not None
    moved = {each.id: each.deed for each in state.proposals.values()}
    entries = [n for n, body in enumerate(bodies) if body["kind"] in ("propose", "amend")]
    assert sorted(moved.values()) == entries


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

HOUR = "2026-11-22T09:"
MEETING: tuple[dict[str, Any], ...] = (
    {"kind": "meet", "by": "chair", "what": "open"},
    {"kind": "ask", "by": "BOR", "what": "speech"},
    {"kind": "floor", "by": "chair", "whom": "BOR"},
    {"kind": "bookmark", "by": "chair", "entry": 1, "text": "It began so."},
)
TOO_EARLY = {"kind": "floor", "by": "chair", "whom": "CAD"}
"""Nobody gives the floor to whom did not ask for it."""


def live() -> Bodies:
    """The same record as people would have left it: marks on every entry, acts among the deeds, one of them refused."""
    bodies = record()
    at = bodies[2]["at"]
    acts = [{**each, "at": at} for each in MEETING]
    with pytest.raises(Refused) as told:
        floor = Act("floor", "chair", datetime.fromisoformat(at), whom="CAD")
        evolve_debate(Order(), begin_debate(), floor, floor.at, Table(("CAD",)))
    code = told.value.problems[0].code
    acts.insert(0, {"kind": "refused", "at": at, "code": code, "deed": TOO_EARLY | {"at": at}})
    bodies[3:3] = acts
    bodies[0] |= {"format": 2, "live": True, "order": Order().body(), "pace": 640}
    for number, body in enumerate(bodies):
        body["real"] = f"{HOUR}{number // 60:02}:{number % 60:02}Z"
        if body["kind"] not in ("session", "inject", "end"):
            body |= {"person": "hkqmwzta", "once": f"{number:08x}"}
    return bodies


def test_a_record_of_people_is_done_again_with_its_acts() -> None:
    found, played_again = replayed(live()), replayed(record())
    assert found.allowed and found.live
    assert (found.deeds, found.acts, found.refused) == (played_again.deeds, 4, played_again.refused + 1)
    assert found.debate is not None and found.debate.speaking is not None
    assert (found.debate.speaking.who, found.debate.speaking.began.isoformat()) == (
        "BOR", "2026-11-22T09:00:06+00:00",
    )  # fmt: skip
    assert found.debate.bookmarks[0].text == "It began so."
    assert found.state is not None and played_again.state is not None
    assert outcome(found.state) == outcome(played_again.state)
    said = done_again(found)
    assert f"{found.deeds} deeds and 4 acts allowed" in said


def without_a_real_time(bodies: Bodies) -> None:
    del bodies[7]["real"]


def of_a_number(bodies: Bodies) -> None:
    bodies[7]["person"] = 7


def no_such_field(bodies: Bodies) -> None:
    bodies[7]["digest"] = "00"


def no_instant(bodies: Bodies) -> None:
    bodies[7]["real"] = "yesterday"


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
    assert found.amiss == 7
    assert (found.problem.code if found.problem is not None else None) == code


def floor_not_asked_for(bodies: Bodies) -> None:
    del bodies[index(bodies, kind="ask")]


def refused_act_as_done(bodies: Bodies) -> None:
    at = index(bodies, kind="refused")
    bodies[at] = bodies[at]["deed"] | {"real": bodies[at]["real"]}


def done_act_as_refused(bodies: Bodies) -> None:
    at = index(bodies, kind="meet")
    deed = {name: value for name, value in bodies[at].items() if name not in ("real", "person", "once")}
    bodies[at] = {
        "kind": "refused",
        "at": deed["at"],
        "code": "F702",
        "deed": deed,
        "real": bodies[at]["real"],
    }


def of_the_future(bodies: Bodies) -> None:
    bodies[index(bodies, kind="bookmark")]["entry"] = 60


def of_another_order(bodies: Bodies) -> None:
    bodies[0]["order"] = bodies[0]["order"] | {"quorum": 99}


@pytest.mark.parametrize(
    "forge", [floor_not_asked_for, refused_act_as_done, done_act_as_refused, of_the_future, of_another_order]
)
def test_an_act_against_the_rules_of_order_is_found(forge: Callable[[Bodies], None]) -> None:
    bodies = live()
    forge(bodies)
    found = replayed(bodies)
    assert not found.allowed
    assert found.amiss is not None and 3 <= found.amiss <= 7
    assert (found.problem is None) == (forge is done_act_as_refused)
    assert found.problem is None or found.problem.code.startswith("F7")


def test_an_order_that_is_none_is_said_so() -> None:
    for odd in ({"order": {"speech": "long"}}, {"order": 3}, {"real": "now"}, {"pace": "fast"}, {"pace": 0}):
        bodies = live()
        bodies[0] |= odd
        assert replayed(bodies).amiss == 0


@pytest.mark.parametrize("name", FORGED)
def test_what_people_did_against_the_rules_is_found(name: str) -> None:
    forge, code = FORGED[name]
    bodies = live()
    del bodies[3]  # the act that was refused: the deeds are forged here
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
    assert replayed([*record()[:3], MEETING[0] | {"at": record()[2]["at"]}]).amiss == 3
    for odd in ({"format": 2}, {"format": 1, "live": True}, {"format": 3, "live": True}):
        assert replayed([record()[0] | odd]) == Replayed()


@pytest.mark.parametrize("seed", range(3))
def test_whatever_a_room_writes_is_done_again(seed: int) -> None:
    """Deeds and acts at random, in order or not, entered as a live room enters them."""
    chance, valleys = Random(seed), scene("six-valleys")
    wall = datetime(2026, 11, 22, 9, tzinfo=UTC)
    standing = started(valleys.rules, Order(), valleys.start, wall, 640)
    first = {**opening(valleys, 7), "format": 2, "live": True, "order": Order().body(), "pace": 640}
    first["real"] = instant(wall)
    bodies: list[Mapping[str, Any]] = [first]
    for number in range(60):
        at, wall = standing.at + timedelta(minutes=chance.choice((0, 7, 90))), wall + timedelta(seconds=40)
        position = decide(standing.rules, standing.state, at)
        deeds = [each.deed.body() for each in (*position.allowed, *position.refused)]
        who = chance.choice(("chair", *standing.table.members))
        acts = [each.act for each in allowed_acts(standing.order, standing.debate, who, standing.table, wall)]
        in_order = [each.deed.body() for each in position.allowed]
        body = chance.choice(
            [*(act.body() for act in acts[:2]), chance.choice(in_order), chance.choice(deeds)]
        )
        if body["kind"] in ACTS:  # as another says it, now and then out of order
            by = body["by"] if chance.random() < 0.7 else chance.choice(("EIN", "FEN"))
            body = {**body, "at": instant(at), "by": by}
        standing, _, written_down = entered(
            standing, {**body, "person": "hkqmwzta", "once": f"{number:08x}"}, wall
        )
        bodies.append(written_down)
    found = replayed(bodies)
    assert found.amiss is None, (bodies[found.amiss or 0], found.problem)
    assert found.allowed and found.state is not None
    assert min(found.deeds, found.acts, found.refused) > 3  # of each something was tried
    assert found.deeds + found.acts + found.refused == 60
    assert told(found.state) == told(standing.state)
    assert found.debate == standing.debate
