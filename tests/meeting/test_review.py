"""What a session looks like afterwards, counted from its entries."""

from __future__ import annotations

from foedus.meeting.review import Share, reviewed
from tests.meeting.sessions import START, Session, session


def shares(room: Session) -> dict[str, Share]:
    seats = [seat.who for seat in room.scenario.seats]
    found = reviewed(
        room.entries, room.scenario.rules, room.standing.state, room.standing.debate, seats, START
    )
    return {each.who: each for each in found.shares}


def test_speeches_refusals_votes_and_answers_are_counted() -> None:
    room = session(taken=("chair", "BOR"))
    room.step()
    room.do("a", kind="meet", by="chair", what="open")
    room.do("b", kind="step", by="BOR", step="decide")
    room.step(20)
    room.do("b", kind="ask", by="BOR", what="speech")
    room.do("a", kind="floor", by="chair", whom="BOR")
    room.step(30)
    room.do("b", kind="yield", by="BOR")
    found = shares(room)["BOR"]
    assert (found.speeches, found.spoke) == (1, 30)
    assert (found.refused, found.deeds, found.acts) == (1, 0, 2)
    assert found.answers[0] == 0 and found.bot == 0
    assert shares(room)["FEN"].answered is None


def test_votes_with_and_against_what_came_of_them() -> None:
    room = session()
    list(room.steps(300))
    found = shares(room)
    (adopted,) = [
        each for each in room.standing.state.ballots.values()
        if each.came is not None and each.came.word == "adopted" and "against" in each.said.values()
    ]  # fmt: skip
    assert adopted.said["CAD"] == "against"
    assert found["CAD"].opposed >= 1
    assert found["EIN"].sided >= 1
    assert found["CAD"].bot == found["CAD"].deeds + found["CAD"].acts + found["CAD"].refused
    marks = reviewed(
        room.entries, room.scenario.rules, room.standing.state, room.standing.debate, ["CAD"], START
    ).marks
    assert [mark.entry for mark in marks] == room.entries
    assert {"outside", "proposal", "vote", "step", "refused"} <= {mark.sort for mark in marks}
