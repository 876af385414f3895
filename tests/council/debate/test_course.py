"""The course of a meeting: what becomes of the list, of a speech, of motions, of the agenda and of papers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.council.chair import begin
from foedus.council.debate.act import Act
from foedus.council.debate.clock import FASTEST, left, room_now
from foedus.council.debate.machine import begin_debate, evolve_debate
from foedus.council.debate.order import Order
from foedus.council.debate.state import Manner, Pace
from foedus.council.debate.table import Table, table_of
from foedus.council.rules import Rules
from foedus.diagnostics.problem import Refused
from foedus.library import Library
from tests.council import convention
from tests.council.debate.room import MEMBERS, OPENING, START, TABLE, Room, act, at, opened, spoke


def decided(
    what: str, hands: str, second: float = 0, *, name: str = "m1", by: str = "BOR", **rest: object
) -> tuple[Act, ...]:
    """A motion that is moved, put, voted on and closed. `hands`: + - o for each member in turn, a blank for none."""
    status = {"+": "for", "-": "against", "o": "abstained"}
    shown = [
        act(who, "hand", second=second, motion=name, status=status[sign])
        for who, sign in zip(MEMBERS, hands, strict=False)
        if sign in status
    ]
    return (
        act(by, "motion", what, second, **rest),
        act("chair", "put", second=second, motion=name),
        *shown,
        act("chair", "settle", second=second, motion=name),
    )


# ---- the floor ----


def test_speakers_come_in_the_order_in_which_they_asked_and_whoever_is_away_is_passed_over() -> None:
    room = opened(*(act(who, "ask", "speech") for who in ("CAD", "ARV", "BOR")))
    assert room.refuses(act("chair", "floor", whom="BOR")).values["first"] == "CAD"
    room.table = replace(room.table, away=frozenset({"CAD"}))
    room.does(act("chair", "floor", whom="ARV"))
    assert [each.who for each in room.debate.asking] == ["CAD", "BOR"]
    room.does(act("ARV", "yield"))
    room.table = replace(room.table, away=frozenset())
    assert room.refuses(act("chair", "floor", whom="BOR")).values["first"] == "CAD"


def test_replies_and_explanations_are_called_out_of_turn() -> None:
    room = opened(
        *spoke("ARV", 0, 10), act("CAD", "ask", "speech", 10), act("BOR", "ask", "reply", 10, whom="ARV"),
        act("DUN", "ask", "explanation", 10), act("chair", "floor", second=10, whom="DUN"),
        act("DUN", "yield", second=20), act("chair", "floor", second=20, whom="BOR"),
    )  # fmt: skip
    speech = room.debate.speaking
    assert speech is not None
    assert (speech.who, speech.what, speech.whom, speech.seconds, speech.item) == (
        "BOR",
        "reply",
        "ARV",
        120,
        "i1",
    )


def test_a_second_reply_is_shorter_and_a_third_is_none() -> None:
    room = opened(*spoke("ARV", 0, 1))
    for number, seconds in enumerate((120, 60)):
        ask = act("BOR", "ask", "reply", 2 + number, whom="ARV")
        room.does(ask, act("chair", "floor", second=2 + number, whom="BOR"))
        assert room.debate.speaking is not None
        assert room.debate.speaking.seconds == seconds
        room.does(act("BOR", "yield", second=2 + number))
        assert (
            "since the last reply" in room.refuses(replace(ask, at=at(2 + number))).values["why"]
            or number == 1
        )
        room.does(*spoke("ARV", 2 + number, 3 + number))
    told = room.refuses(act("BOR", "ask", "reply", 9, whom="ARV"))
    assert (told.code, told.place.heading) == ("F708", "Rule 7 · Right of reply")
    assert "2" in told.values["why"]


def test_a_point_of_order_holds_the_time() -> None:
    room = opened(act("ARV", "ask", "speech"), act("chair", "floor", whom="ARV"))
    room.does(act("CAD", "point", second=50, text="this is not the item"))
    held = room.debate.speaking
    assert held is not None
    assert held.held
    assert left(held, at(500)) == 130
    room.does(act("chair", "ruling", second=100, answer="not upheld", text="it is"))
    going = room.debate.speaking
    assert going is not None
    assert not going.held
    assert [left(going, at(n)) for n in (100, 130, 230, 240)] == [130, 100, 0, -10]
    room.does(act("ARV", "yield", second=240))
    assert room.debate.speaking is None
    assert room.debate.speeches[-1].used == 190
    assert left(room.debate.speeches[-1], at(999)) == -10


def test_a_suspension_holds_the_time_too_and_an_adjournment_ends_the_speech() -> None:
    room = opened(act("ARV", "ask", "speech"), act("chair", "floor", whom="ARV"))
    room.does(act("chair", "meet", "suspend", 30, until=at(600)))
    assert room.debate.until == at(600)
    room.does(act("chair", "meet", "resume", 700))
    assert room.debate.speaking is not None
    assert left(room.debate.speaking, at(710)) == 140
    room.does(
        act("CAD", "ask", "speech", 711),
        act("BOR", "motion", "suspend", 711),
        act("chair", "meet", "adjourn", 720),
    )
    assert room.debate.speaking is None
    assert room.debate.speeches[-1].used == 50
    assert room.debate.motions["m1"].fate == "fallen"
    room.does(act("chair", "meet", "open", 900))
    assert (room.debate.meeting, room.debate.item) == (2, "i1")
    assert [each.who for each in room.debate.asking] == ["CAD"]


def test_a_clock_that_is_set_back_gives_no_time() -> None:
    room = opened(act("ARV", "ask", "speech"), act("chair", "floor", whom="ARV"))
    speech = room.debate.speaking
    assert speech is not None
    assert left(speech, at(-3600)) == 180
    assert left(replace(speech, seconds=None), at(9)) is None


def test_the_rest_of_the_time_is_left_to_somebody() -> None:
    order = Order(yields=True)
    talking = (act("ARV", "ask", "speech"), act("chair", "floor", whom="ARV"))
    room = opened(*talking, act("ARV", "yield", second=100, whom="EST"), order=order)
    assert room.debate.speaking is not None
    assert (room.debate.speaking.who, left(room.debate.speaking, at(110))) == ("EST", 70)
    assert opened(*talking, order=order).refuses(act("ARV", "yield", second=180, whom="EST")).code == "F722"
    assert opened(*talking, order=order).refuses(act("ARV", "yield", whom="secretary")).code == "F709"


def test_speaking_times() -> None:
    room = opened(
        act("chair", "limit", seconds=60), act("ARV", "ask", "speech"), act("chair", "floor", whom="ARV")
    )
    assert room.debate.speaking is not None
    assert room.debate.speaking.seconds == 60
    room.does(act("ARV", "yield"), act("chair", "limit", seconds=0), act("ARV", "ask", "speech"))
    room.does(act("chair", "floor", whom="ARV"))
    assert room.debate.speaking.seconds is None


def test_the_chair_gives_no_more_than_the_members_decided() -> None:
    room = opened(*decided("limit time", "++  ", seconds=90))
    assert room.debate.limits == {"speech": 90}
    assert room.refuses(act("chair", "limit", seconds=120)).code == "F722"
    assert room.refuses(act("chair", "limit", seconds=0)).code == "F722"
    assert room.does(act("chair", "limit", seconds=45)).debate.limits == {"speech": 45}


def test_the_secretary_has_the_floor_without_asking() -> None:
    room = opened(act("ARV", "ask", "speech"), act("chair", "floor", whom="secretary"))
    assert room.debate.speaking is not None
    assert room.debate.speaking.who == "secretary"
    assert [each.who for each in room.debate.asking] == ["ARV"]


# ---- motions ----


@pytest.mark.parametrize(
    ("what", "hands", "fate"),
    [
        ("suspend", "++--", "lost"), ("suspend", "++-o", "carried"), ("suspend", "oooo", "lost"),
        ("suspend", "    ", "lost"), ("suspend", "+   ", "carried"), ("close debate", "++- ", "carried"),
        ("close debate", "+-  ", "lost"), ("close debate", "oooo", "lost"), ("close debate", "+++-", "carried"),
    ],
)  # fmt: skip
def test_majorities(what: str, hands: str, fate: str) -> None:
    assert opened(*decided(what, hands)).debate.motions["m1"].fate == fate


def test_a_room_may_have_another_majority() -> None:
    order = Order(majorities={"suspend": "two thirds", "close debate": "simple"})
    assert opened(*decided("suspend", "+++-"), order=order).debate.sitting == "suspended"
    assert opened(*decided("suspend", "++-o"), order=order).debate.sitting == "suspended"
    assert opened(*decided("suspend", "++--"), order=order).debate.sitting == "open"
    assert opened(*decided("close debate", "++-o"), order=order).debate.closed


def test_hands_may_change_until_the_close() -> None:
    room = opened(act("BOR", "motion", "suspend"), act("chair", "put", motion="m1"))
    room.does(*(act("ARV", "hand", motion="m1", status=each) for each in ("against", "abstained", "for")))
    assert room.debate.motions["m1"].said == {"ARV": "for"}
    assert room.does(act("chair", "settle", motion="m1")).debate.sitting == "suspended"
    assert room.debate.motions["m1"].why == "1 for, 0 against, 0 abstained"


def test_the_motion_with_precedence_is_put_first_and_of_equals_the_first() -> None:
    moved = [
        act("ARV", "motion", "limit time", seconds=60), act("BOR", "motion", "close list"),
        act("CAD", "motion", "limit time", seconds=30), act("DUN", "motion", "adjourn until", until=at(999)),
    ]  # fmt: skip
    room = opened(*moved)
    for name in ("m4", "m2", "m1", "m3"):
        for other in {"m1", "m2", "m3", "m4"} - {name}:
            waits = not room.debate.motions[other].fate
            assert room.refuses(act("chair", "put", motion=other)).code == ("F711" if waits else "F712")
        room.does(act("chair", "put", motion=name), act("ARV", "hand", motion=name, status="against"))
        room.does(act("chair", "settle", motion=name))
        assert room.debate.motions[name].fate == "lost"


def test_what_makes_no_sense_any_more_falls() -> None:
    room = opened(
        act("ARV", "motion", "close debate"), act("BOR", "motion", "close list"),
        act("CAD", "motion", "postpone", until=at(50)),
        act("chair", "list", "close"),
    )  # fmt: skip
    assert (room.debate.motions["m2"].fate, room.debate.motions["m1"].fate) == ("fallen", "")
    assert "closed" in room.debate.motions["m2"].why
    room.does(act("secretary", "bookmark", second=51, entry=0, text="later"))
    assert room.debate.motions["m3"].fate == "fallen"
    room.does(act("chair", "item", "finish", 51, item="i1"))
    assert room.debate.motions["m1"].fate == "fallen"


def test_an_appeal_comes_at_once_and_overrules_the_chair() -> None:
    room = opened(
        act("ARV", "ask", "speech"), act("chair", "floor", whom="ARV"), act("BOR", "motion", "suspend", 1),
        act("CAD", "point", second=10, text="so"), act("chair", "ruling", second=20, answer="upheld", text="so"),
        act("DUN", "motion", "appeal", 25),
    )  # fmt: skip
    assert room.debate.speaking is not None
    assert room.debate.speaking.held
    assert room.refuses(act("chair", "put", second=25, motion="m1")).code == "F711"
    room.does(
        act("chair", "put", second=30, motion="m2"), act("BOR", "hand", second=30, motion="m2", status="for"),
        act("chair", "settle", second=40, motion="m2"),
    )  # fmt: skip
    assert room.debate.points[0].overruled
    assert not room.debate.speaking.held
    assert left(room.debate.speaking, at(40)) == 180 - 10 - 5
    assert room.refuses(act("ARV", "motion", "appeal", 41)).code == "F723"


def test_a_tie_leaves_the_ruling_as_it_is() -> None:
    ruled = (act("CAD", "point", text="so"), act("chair", "ruling", answer="upheld", text="so"))
    assert not opened(*ruled, *decided("appeal", "+-  ")).debate.points[0].overruled


def test_meetings_are_suspended_and_adjourned_by_the_members() -> None:
    assert opened(*decided("suspend", "+", until=at(60))).debate.until == at(60)
    assert opened(*decided("adjourn", "+")).debate.sitting == "adjourned"
    room = opened(*decided("adjourn until", "+", until=at(60)))
    assert (room.debate.sitting, room.debate.until) == ("adjourned", at(60))


def test_a_postponed_item_is_not_taken_up_before_its_time() -> None:
    room = opened(act("ARV", "ask", "speech"), *decided("postpone", "+", until=at(100)))
    assert (room.debate.item, room.debate.asking, room.debate.items["i1"].stands) == ("", (), "adopted")
    take = act("chair", "item", "take up", 99, item="i1")
    assert room.refuses(take).code == "F716"
    assert room.does(replace(take, at=at(100))).debate.item == "i1"
    assert (
        opened(*decided("refer", "+", text="to the committee of experts")).debate.items["i1"].stands
        == "adopted"
    )


def test_a_closed_debate_is_opened_again_by_the_members_only() -> None:
    room = opened(
        *spoke("ARV", 0, 0), act("BOR", "ask", "speech"), act("CAD", "ask", "reply", whom="ARV"),
        *decided("close debate", "+++"),
    )  # fmt: skip
    assert [each.what for each in room.debate.asking] == ["reply"]
    assert room.refuses(act("chair", "list", "open")).code == "F706"
    assert room.refuses(act("DUN", "ask", "speech")).code == "F706"
    assert room.refuses(act("DUN", "motion", "open list")).code == "F710"
    room.does(*decided("reopen debate", "++-", name="m2"))
    assert room.debate.list_open
    room.does(*decided("close list", "+", name="m3"), *decided("open list", "+", name="m4"))
    assert room.debate.list_open


def test_an_item_is_adopted_or_struck_by_a_vote() -> None:
    proposed = act("BOR", "item", "propose", item="new", title="Another matter")
    room = opened(proposed, act("CAD", "motion", "adopt item", item="i2"))
    assert room.refuses(act("chair", "item", "adopt", item="i2")).values["why"] == "is to be decided by m1"
    assert opened(proposed, *decided("adopt item", "+", item="i2")).debate.items["i2"].stands == "adopted"
    assert opened(proposed, *decided("adopt item", "-", item="i2")).debate.items["i2"].stands == "struck"


def test_how_a_vote_is_taken() -> None:
    room = opened(act("CAD", "motion", "roll call", ballot="b1"))
    assert room.debate.motions["m1"].fate == "carried"
    assert room.debate.manners["b1"] == Manner("roll call")
    room.does(act("chair", "manner", "roll call", ballot="b1", whom="CAD"))
    assert room.debate.manners["b1"].first == "CAD"
    room.does(act("BOR", "motion", "hidden vote", ballot="b1"))
    room.does(act("chair", "settle", motion="m2", answer="carried", text="so nobody is pressed"))
    assert room.debate.manners["b1"] == Manner("recorded", hidden=True)
    assert room.debate.motions["m2"].why == "so nobody is pressed"


# ---- by a rule of the pages ----


def by_rule(rule: str, table: Table, *acts: Act) -> Room:
    return Room(Order(rule=rule), table).does(*OPENING, *acts)


def test_motions_are_decided_by_the_rule_of_a_body() -> None:
    program = Library(trials=False).load(["unsc"]).program
    rules = Rules(program, convention.program().procedures["lir.operation"], date(2011, 3, 4))
    fifteen = ("ARV", *(f"X{n}" for n in range(14)))
    rules = replace(rules, members={"unsc": fifteen})
    table = Table(fifteen, entries=0, at=START, rules=rules)
    for number, fate in ((8, "lost"), (9, "carried")):
        moved = (act(fifteen[0], "motion", "suspend"), act("chair", "put", motion="m1"))
        shown = (act(who, "hand", motion="m1", status="for") for who in fifteen[-number:])
        room = by_rule("unsc.procedure", table, *moved, *shown, act("chair", "settle", motion="m1"))
        assert room.debate.motions["m1"].fate == fate, number
        assert "unsc.procedure" in room.debate.motions["m1"].why


def test_where_the_rule_does_not_decide_the_chair_has_to() -> None:
    known = convention.rules()
    words = replace(known, program=replace(known.program, rules=(replace(known.program.rules[0], ways=()),)))
    put = (
        act("BOR", "motion", "suspend"),
        act("chair", "put", motion="m1"),
        act("ARV", "hand", motion="m1", status="for"),
    )
    for rules, rule, why in (
        (words, "lir.decide", "in words only"), (known, "lir.nothing", "not known here"),
        (None, "lir.decide", "not known here"),
    ):  # fmt: skip
        room = by_rule(rule, replace(TABLE, rules=rules), *put)
        close = act("chair", "settle", motion="m1")
        told = room.refuses(close)
        assert told.code == "F714"
        assert why in told.values["why"]
        assert room.refuses(replace(close, answer="carried")).code == "F727"
        assert room.refuses(replace(close, answer="perhaps", text="so")).code == "F726"
        room.does(replace(close, answer="carried", text="nobody was against it"))
        assert (room.debate.sitting, room.debate.motions["m1"].why) == ("suspended", "nobody was against it")


def test_a_rule_that_hears_objections() -> None:
    known = convention.rules()
    for hands, fate in (("   ", "carried"), ("-++", "carried"), ("--+", "lost")):
        table = replace(TABLE, rules=known)
        room = by_rule("lir.decide", table, *decided("suspend", hands))
        assert room.debate.motions["m1"].fate == fate, hands


# ---- papers, clock, table ----


def test_papers_are_revised_sponsored_and_withdrawn() -> None:
    draft = act(
        "ARV",
        "paper",
        "table",
        paper="new",
        title="A draft",
        digest="e0",
        size=7,
        text="draft",
        proposal="p1",
    )
    room = Room().does(draft, act("EST", "paper", "sponsor", paper="d1"))
    room.does(act("ARV", "paper", "revise", paper="d1", digest="e1", size=8, text="a word less"))
    paper = room.debate.papers["d1"]
    assert (paper.revision, paper.digest, paper.size, paper.title, paper.sponsors) == (
        1,
        "e1",
        8,
        "A draft",
        ("EST",),
    )
    voting = replace(room.table, voting=frozenset({"p1"}))
    room.table, open_table = voting, room.table
    assert room.refuses(act("ARV", "paper", "withdraw", paper="d1")).values["why"].startswith("belongs to p1")
    assert room.refuses(act("ARV", "paper", "revise", paper="d1", digest="e2", size=8)).code == "F717"
    room.table = open_table
    assert room.does(act("ARV", "paper", "withdraw", paper="d1")).debate.papers["d1"].withdrawn


def test_the_clock_of_the_room() -> None:
    room = Room().does(act("director", "clock", "run", pace=640))
    pace = room.debate.pace
    assert pace is not None
    assert room_now(pace, at(60)) == at(38400)
    room.does(act("director", "clock", "pause", 100))
    assert room.debate.pace is not None
    assert room_now(room.debate.pace, at(10**6)) == at(100)
    room.does(act("chair", "clock", "jump", 100, until=at(5000)), act("chair", "clock", "run", 5000))
    assert room.debate.pace == Pace(at(5000), at(5000), 640, True)


@given(st.integers(1, FASTEST), st.integers(-(10**9), 10**9), st.integers(0, 10**9))
def test_the_time_of_the_room_never_goes_back(pace: int, one: int, more: int) -> None:
    made = Pace(START, START, pace)
    assert START <= room_now(made, at(one)) <= room_now(made, at(one + more))


def test_instants_on_the_wall_are_taken_to_the_second_in_utc() -> None:
    here = at(0.7).astimezone(timezone(timedelta(hours=3)))
    debate = evolve_debate(Order(), begin_debate(), act("chair", "clock", "pause"), here, TABLE)
    assert debate.pace is not None
    assert debate.pace.real == START
    assert debate.pace.real.tzinfo == UTC
    with pytest.raises(ValueError, match="aware"):
        evolve_debate(
            Order(), begin_debate(), act("chair", "clock", "pause"), here.replace(tzinfo=None), TABLE
        )


def test_the_table_of_a_matter() -> None:
    rules, opening = convention.rules(others=("EST",)), (convention.ASK, convention.PROPOSE)
    state = convention.run(rules, *opening)
    table = table_of(rules, state, entries=2, at=START, now=START)
    assert (table.members, table.invited, table.ballots, table.proposals) == (
        convention.PARTIES,
        ("EST",),
        ("b1",),
        ("p1",),
    )
    state = convention.run(rules, convention.OPEN, state=state)
    table = table_of(rules, state, entries=3, at=START, now=START)
    assert (table.ballots, table.voting, table.begun, table.voted) == (("b1",), {"p1"}, frozenset(), False)
    empty = table_of(rules, begin(rules), entries=0, at=None, now=START, members=("ARV",), director=False)
    assert (empty.members, empty.invited) == (("ARV",), ("BOR", "CAD", "DUN", "EST"))
    assert empty.offices == ("chair", "secretary")
    with pytest.raises(Refused):
        evolve_debate(Order(), begin_debate(), act("director", "clock", "pause"), START, empty)
