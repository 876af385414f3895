"""Bots in empty seats, with a clock on the wall that is stepped."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from foedus.meeting.bots import BOT
from foedus.meeting.entering import Entered, started, taken_up
from tests.meeting.sessions import START, Session, session


def told(room: Session) -> list[tuple[str, str, str]]:
    """Who did what, and with what problem."""
    return [
        (each.by, each.deed.step or each.kind if each.deed else each.kind, each.problem.code if each.problem else "")
        for each in room.entries
    ]  # fmt: skip


@pytest.fixture(scope="module")
def whole() -> Session:
    """The shipped exercise, with bots in all seats, at the pace at which it takes ninety minutes."""
    room = session()
    assert list(room.steps(90 * 60))
    return room


def test_the_exercise_goes_from_request_to_withdrawal_in_ninety_minutes(whole: Session) -> None:
    done = told(whole)
    order = [
        ("ARV", "ask", ""), ("BOR", "deploy", "F658"), ("chair", "consult", ""), ("BOR", "decide", ""),
        ("CAD", "object", ""), ("CAD", "vote", ""), ("FEN", "refuse", ""), ("BOR", "deploy", ""),
        ("secretary", "notify", ""), ("ARV", "finish", ""),
        ("BOR", "leave", ""), ("EIN", "leave", ""),
    ]  # fmt: skip
    places = [done.index(each) for each in order if each in done]
    assert len(places) == len(order), [each for each in order if each not in done]
    assert done.index(("CAD", "object", "")) < done.index(("CAD", "vote", "")), (
        "a silence broken, then a vote"
    )
    came = [each.came.word for each in whole.standing.state.ballots.values() if each.came]
    assert "not adopted" in came, "the silence that was broken"
    assert "adopted" in came
    assert not whole.standing.state.force, "everybody is home"
    assert all(each.at <= whole.scenario.end for each in whole.entries)


def test_bots_are_a_person_of_their_own_and_leave_time_between_their_deeds(whole: Session) -> None:
    bots = [each for each in whole.entries if each.person == BOT]
    assert {each.person for each in whole.entries} == {BOT, ""}
    times = [each.real for each in bots if each.real is not None]
    assert all(later - before >= timedelta(seconds=5) for before, later in pairwise(times))


def test_the_same_times_give_the_same_session(whole: Session) -> None:
    again = session()
    list(again.steps(1200))
    assert again.bodies == whole.bodies[: len(again.bodies)]


def test_a_session_of_bots_is_taken_up_again_and_goes_on_alike(whole: Session) -> None:
    short = session()
    list(short.steps(250))
    again = session()
    again.standing = started(again.scenario.rules, short.standing.order, again.scenario.start, START, 640)
    again.standing, again.entries, had = taken_up(again.standing, short.bodies)
    again.had, again.real, again.bodies = set(had), short.real, list(short.bodies)
    again.cues.learn(again.entries)
    again.bots.last = short.bots.last
    list(again.steps(400))
    assert again.bodies == whole.bodies[: len(again.bodies)]
    refused = [each for each in again.entries if each.problem is not None]
    assert len(refused) == 2, "what was refused once is not tried again after the start"


def by(entries: list[Entered], seat: str) -> list[Entered]:
    return [each for each in entries if each.by == seat]


def test_where_a_person_sits_no_bot_acts_and_whoever_comes_takes_over() -> None:
    room = session(taken=("CAD",))
    list(room.steps(150))
    assert not by(room.entries, "CAD")
    assert by(room.entries, "BOR")
    room.taken.add("BOR")
    before = len(by(room.entries, "BOR"))
    list(room.steps(600))
    assert len(by(room.entries, "BOR")) == before


def test_a_seat_is_switched_on_and_off() -> None:
    room = session()
    assert room.bots.switch("ARV", False)
    assert not room.bots.switch("XXX", True)
    list(room.steps(60))
    assert not by(room.entries, "ARV")
    room.bots.switch("ARV", True)
    list(room.steps(10))
    assert by(room.entries, "ARV")


def test_without_a_meeting_nobody_acts_and_while_the_clock_stands_only_the_chair() -> None:
    room = session(taken=("chair",))
    assert list(room.steps(60)) == []
    room.do("abc", kind="meet", by="chair", what="open")
    room.do("abc", kind="clock", by="chair", what="pause")
    assert list(room.steps(60)) == []
    room.do("abc", kind="clock", by="chair", what="run")
    assert list(room.steps(10))


def test_a_bot_opens_no_meeting_while_people_still_come_in() -> None:
    room = session(taken=("ARV",))
    room.do("abc", kind="clock", by="director", what="pause")
    assert list(room.steps(60)) == []
    room.do("abc", kind="clock", by="director", what="run")
    list(room.steps(30))
    assert room.standing.debate.meeting == 1


def test_people_have_time_before_a_vote_and_in_it() -> None:
    room = session(taken=("FEN",), hold=90)
    list(room.steps(600))
    opened = next(each for each in room.entries if each.kind == "open")
    assert opened.real is not None
    before = room.entries[opened.number - 2]
    assert before.real is not None
    assert opened.real - before.real >= timedelta(seconds=30)
    assert opened.deed is not None
    assert opened.deed.until is not None
    assert opened.deed.until - opened.at >= timedelta(seconds=90 * 640)


def chaired() -> Session:
    """A room with people at the table and a bot in the chair, the meeting open and its first item taken up."""
    room = session(pace=1, taken=("ARV", "BOR", "CAD", "DUN", "EIN", "FEN"), hold=30)
    list(room.steps(30))
    assert room.standing.debate.sitting == "open"
    assert room.standing.debate.item == "i1"
    return room


def test_a_bot_in_the_chair_gives_the_floor_in_order_and_takes_it_back() -> None:
    room = chaired()
    room.do("a", kind="ask", by="BOR", what="speech")
    room.do("b", kind="ask", by="ARV", what="speech")
    list(room.steps(6))
    assert room.standing.debate.speaking is not None
    assert room.standing.debate.speaking.who == "BOR"
    list(room.steps(180))
    assert room.standing.debate.speaking.who == "BOR", "a few seconds over are nobody's business"
    list(room.steps(20))
    speaks = room.standing.debate.speaking
    assert speaks is not None
    assert speaks.who == "ARV"


def test_a_bot_in_the_chair_upholds_no_point_of_order_and_puts_the_appeal() -> None:
    room = chaired()
    room.do("a", kind="point", by="BOR", text="The list is not read out.")
    list(room.steps(6))
    assert room.standing.debate.points[-1].answer == "not upheld"
    room.do("a", kind="motion", by="BOR", what="appeal")
    list(room.steps(6))
    voting = room.standing.debate.voting
    assert voting is not None
    for seat in ("ARV", "BOR", "CAD", "DUN"):
        room.do("a", kind="hand", by=seat, motion=voting.id, status="for")
    list(room.steps(20))
    assert room.standing.debate.voting is not None, "two have shown nothing yet"
    list(room.steps(20))
    assert room.standing.debate.points[-1].overruled


def test_a_tie_is_lost_and_a_suspended_meeting_is_resumed() -> None:
    room = chaired()
    room.do("a", kind="motion", by="BOR", what="suspend")
    list(room.steps(6))
    voting = room.standing.debate.voting
    assert voting is not None
    for seat, status in {"ARV": "for", "BOR": "for", "CAD": "for"}.items():
        room.do("a", kind="hand", by=seat, motion=voting.id, status=status)
    for seat in ("DUN", "EIN", "FEN"):
        room.do("a", kind="hand", by=seat, motion=voting.id, status="abstained")
    list(room.steps(6))
    assert room.standing.debate.sitting == "suspended"
    list(room.steps(40))
    assert room.standing.debate.sitting == "open"


def test_bots_leave_procedure_to_people() -> None:
    room = chaired()
    room.taken = {"BOR"}
    room.do("a", kind="motion", by="BOR", what="limit time", seconds=60)
    room.do("a", kind="ask", by="ARV", what="speech")
    seen = {each.act.status for each in room.steps(90) if each.act is not None and each.kind == "hand"}
    assert seen == {"abstained"}
    assert room.standing.debate.motions["m1"].fate in ("carried", "lost")


def test_of_a_hidden_vote_a_bot_knows_its_own_only() -> None:
    room = session(pace=640, taken=("BOR",))
    room.taken.add("chair")
    room.do("x", kind="meet", by="chair", what="open")
    list(room.steps(60))
    room.do("x", kind="step", by="chair", step="consult")
    room.do("x", kind="propose", by="BOR", step="decide", terms={"host": "ARV"}, parts={"1": "It goes."},
            mandate={"tasks": [{"what": "guard", "force": "may", "where": "dam"}]})  # fmt: skip
    proposal = next(iter(room.standing.state.proposals))
    until = (room.now + timedelta(hours=200)).strftime("%Y-%m-%dT%H:%M:%SZ")
    room.do("x", kind="manner", by="chair", ballot="b1", what="recorded", hidden="yes")
    opened = room.do("x", kind="open", by="chair", proposal=proposal, way=0, until=until)
    assert opened.problem is None, opened.problem
    position = room.bots._seen(room.standing, "ARV", room.now)
    room.do("x", kind="object", by="BOR", ballot="b1")
    shown = room.bots._seen(room.standing, "ARV", room.now)
    assert room.standing.state.ballots["b1"].said
    assert position.ballots[0].said == shown.ballots[0].said == {}
