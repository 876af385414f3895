"""Sessions as they go: the same from the same seed, and as the stories have them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.council.chair import decide
from foedus.exercise.play import play
from foedus.exercise.policies import POLICIES
from foedus.exercise.reading import scenarios
from foedus.exercise.scenario import Cue, Move
from foedus.library import shipped
from tests.exercise.scenes import STATES, deeds, played, scene, seated


@pytest.mark.parametrize("name", scenarios())
def test_the_same_seed_gives_the_same_session(name: str) -> None:
    again = [turn.body() for turn in play(scene(name))]
    assert again == [turn.body() for turn in played(name)]


def test_another_seed_gives_another_order_and_the_same_end() -> None:
    one, other = played(), played(seed=8)
    assert [turn.body() for turn in one] != [turn.body() for turn in other]
    assert dict(one[-1].state.stages) == dict(other[-1].state.stages)


def test_the_dam_at_marn() -> None:
    """A silence that holds, one that is broken, votes, a refused consent, a mandate, an extension, withdrawal."""
    turns = played()
    state = turns[-1].state
    ballots = list(state.ballots.values())
    came = [(ballot.proposal, ballot.way, ballot.came.word if ballot.came else "") for ballot in ballots]
    assert came == [
        ("p2", 0, "adopted"), ("p1", 0, "not adopted"), ("p1", 1, "adopted"),
        ("p3", 0, "not adopted"), ("p3", 1, "adopted"), ("p4", 0, "adopted"),
    ]  # fmt: skip
    assert ballots[1].said["CAD"] == "against" and ballots[2].said["DUN"] == "abstained"
    assert state.stages["matter"] == "over" and state.stages["contributor of FEN"] == "refused"
    assert [deed.by for deed in deeds(turns) if deed.step == "leave"] and not state.force
    refused = [(e.deed.by, e.deed.kind, e.problem.code) for e in turns if e.deed and e.problem]
    assert refused == [("BOR", "step", "F658"), ("BOR", "report", "F678")]
    mandate = state.mandate
    assert mandate is not None and mandate.mandate.until is not None
    assert mandate.mandate.until.isoformat() == "2031-04-05T12:00:00+00:00"  # as prolonged
    assert {row.force for row in mandate.mandate.tasks} == {"may", "must", "must not"}
    assert len(deeds(turns, "report")) == 10  # two regions, every five days
    assert turns[-1].why == "still"


def test_a_request_to_the_council_goes_from_the_request_to_the_withdrawal() -> None:
    """An objection that prevents a consensus, a refused consent, a contingent that is too large, an end."""
    turns = played("csto-request")
    state = turns[-1].state
    came = [(each.proposal, each.came.word if each.came else "") for each in state.ballots.values()]
    assert came[:3] == [("p2", "not adopted"), ("p3", "adopted"), ("p1", "adopted")]
    assert state.ballots["b1"].said["ARM"] == "against"
    refused = [(e.deed.by, e.deed.step, e.problem.code) for e in turns if e.deed and e.problem]
    assert refused == [("RUS", "deploy", "F678"), ("KGZ", "deploy", "F658")]
    assert state.rulings["binds(ask_0, KAZ)"].answer == "yes"  # the scenario has it of any request
    assert not deeds(turns, "step", "secretary")[
        0
    ].terms  # a member may tell the Security Council, too: it names nobody
    assert state.stages["contributor of KGZ"] == "refused" and not state.force
    assert state.stages["matter"] == "over" and turns[-1].why == "still"


def test_kazakhstan_is_in_order_but_for_what_one_release_has_too_early() -> None:
    turns = played("kazakhstan-2022")
    refused = [(e.deed.by, e.deed.step, e.problem.code) for e in turns if e.deed and e.problem]
    assert refused == [("KGZ", "deploy", "F658")]
    last = turns[-1].state
    gone = {key for key, stage in last.stages.items() if stage == "gone"}
    assert gone == {f"contributor of {who}" for who in ("ARM", "BLR", "KGZ", "RUS", "TJK")}
    assert last.stages["matter"] == "over"
    moves = [turn.move for turn in turns if turn.move is not None]
    assert all(move.source or move.unconfirmed for move in moves)


def test_kazakhstan_with_the_authorisation_after_the_deployment() -> None:
    """Moved behind it, the authorisation of Kyrgyzstan comes too late: the deployment is refused, with the article."""
    found = scene("kazakhstan-2022")
    moved: list[Move] = []
    for move in found.moves:
        late = move.body.get("by") == "KGZ" and move.body["step"] == "authorise"
        assert move.cue.at is not None
        moved.append(replace(move, cue=Cue(move.cue.at.replace(day=9))) if late else move)
    turns = list(play(replace(found, moves=tuple(moved))))
    refused = [(e.deed.at.day, e.deed.step, e.problem) for e in turns if e.deed and e.problem]
    assert [(day, step) for day, step, _ in refused] == [(6, "deploy"), (8, "deploy"), (14, "leave")]
    assert all("last contingent" in problem.place.heading for _, _, problem in refused)


VOTES = st.sampled_from(["supports", "opposes", "abstains", "votes against", "undecided", "breaks the silence",
                         "says nothing", "wants an end"])  # fmt: skip


@given(st.fixed_dictionaries(dict.fromkeys(STATES[2:], VOTES)), st.integers(0, 9))
@settings(max_examples=8, deadline=None)
def test_whatever_they_do_it_ends_and_every_wish_is_in_order(policies: dict[str, str], seed: int) -> None:
    """What policies want is what the chair listed as allowed: nothing of theirs is refused."""
    turns = tuple(play(seated({who: (policy,) for who, policy in policies.items()}), seed))
    assert turns[-1].why in ("still", "over")
    assert not [turn for turn in turns if turn.problem is not None]
    assert len(deeds(turns)) == turns[-1].state.size


def test_a_session_stops_at_the_end_of_its_time() -> None:
    found = scene()
    turns = list(play(replace(found, end=found.start.replace(hour=9))))
    assert turns[-1].why == "over"
    assert all(turn.at <= found.start.replace(hour=9) for turn in turns[:-1])


def test_every_policy_is_told_in_one_line_and_is_played_or_tried() -> None:
    for name, policy in POLICIES.items():
        assert policy.words.endswith("."), name
        assert len(policy.words) < 120, name
    shipped_text = "".join(
        path.read_text(encoding="utf-8") for path in shipped("scenarios").rglob("scenario.toml")
    )
    used = {name for name in POLICIES if f'"{name}"' in shipped_text}
    assert set(POLICIES) - used <= {"opposes", "undecided", "says nothing"}


def one_vote(policy: str, **more: object) -> dict[str, str]:
    """What each member did in the last vote on the first proposal, where one delegation has that policy."""
    turns = tuple(play(seated({"FEN": (policy,)}, **more)))
    ballots = [b for b in turns[-1].state.ballots.values() if b.proposal == "p1"]
    return dict(ballots[-1].said)


@pytest.mark.parametrize(
    ("policy", "said"),
    [("supports", "for"), ("abstains", "abstained"), ("opposes", "against"), ("votes against", "against"),
     ("says nothing", "silent"), ("breaks the silence", "silent"), ("wants an end", "silent")],
)  # fmt: skip
def test_a_policy_does_what_it_says_in_a_vote(policy: str, said: str) -> None:
    assert one_vote(policy)["FEN"] == said


def test_who_wants_an_end_objects_only_to_a_mandate_that_has_none() -> None:
    without = {
        "EIN": ("wants an end", "supports"),
        "CAD": ("supports",),
        "DUN": ("supports",),
        "FEN": ("supports",),
    }
    turns = tuple(play(seated(without)))
    assert [(deed.by, deed.ballot) for deed in deeds(turns, "object")] == [("EIN", "b1")]
    votes = {deed.by: deed.status for deed in deeds(turns, "vote") if deed.ballot == "b2"}
    assert votes["EIN"] == "against"
    with_end = {**without, "EIN": ("amends", "wants an end", "supports")}
    assert not deeds(tuple(play(seated(with_end))), "object")


def test_who_follows_says_what_the_other_said() -> None:
    """Arvia follows Borland where it does not support by itself."""
    turns = tuple(play(seated({"ARV": ("asks for help", "follows"), "BOR": ("proposes", "abstains")})))
    votes = [deed for deed in deeds(turns, "vote") if deed.by in ("ARV", "BOR")]
    said = {(deed.by, deed.ballot): deed.status for deed in votes}
    assert said and all(said["ARV", ballot] == said["BOR", ballot] for _, ballot in said)
    order = [deed.by for deed in votes]
    assert order == ["BOR", "ARV"] * (len(order) // 2)


def test_who_refuses_authorisation_sends_nobody() -> None:
    turns = tuple(
        play(seated({"BOR": ("proposes", "supports", "authorises", "sends", "refuses authorisation")}))
    )
    steps = [deed.step for deed in deeds(turns, "step", "BOR")]
    assert "refuse" in steps
    assert not {"authorise", "deploy"} & set(steps)


def test_forces_are_withdrawn_when_the_request_is_taken_back() -> None:
    found = seated({})
    recall = Move(
        Cue(None, "mandate", ("running",), found.pace * 6), {"kind": "step", "by": "ARV", "step": "recall"}
    )
    turns = tuple(play(replace(found, moves=(recall,))))
    assert {deed.by for deed in deeds(turns, "step") if deed.step == "leave"} == {"BOR", "EIN"}
    assert decide(turns[-1].rules, turns[-1].state, turns[-1].at).late == ()


def test_who_has_something_to_move_is_heard_before_the_vote() -> None:
    """A delegation with three amendments moves one a round: all come before the chair puts anything to the vote."""
    found = seated({})
    one = next(seat for seat in found.seats if seat.who == "EIN")
    more = tuple(replace(one.drafts[0], body={"parts": {n: f"The Ward wears {n}."}}) for n in ("4", "5"))
    seats = tuple(replace(s, drafts=(*s.drafts, *more)) if s.who == "EIN" else s for s in found.seats)
    done = [deed.kind for deed in deeds(tuple(play(replace(found, seats=seats))))]
    assert done[: done.index("open")] == ["step", "step", "propose", "amend", "amend", "amend"]
