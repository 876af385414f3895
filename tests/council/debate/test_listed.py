"""What is listed as allowed is accepted, and what is accepted is listed; a refused act changes nothing; a replay gives
the same debate. Over any course of a meeting."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from foedus.council.debate.act import KINDS, Act, read
from foedus.council.debate.candidates import Allowed, allowed_acts
from foedus.council.debate.doing import LINES
from foedus.council.debate.machine import begin_debate, evolve_debate
from foedus.council.debate.motions import waiting
from foedus.council.debate.order import MOTIONS, Order
from foedus.council.debate.state import Debate
from foedus.council.debate.table import Table
from foedus.council.ledger.canonical import canonical, is_canonical
from foedus.diagnostics.catalogue import CATALOGUE, help_of, title_of
from foedus.diagnostics.problem import Refused
from tests.council.debate.room import MEMBERS, OPENING, START, TABLE, WHO, Room, act, spoke

ITEMS, MOVED, PAPERS, BALLOTS = (
    ("i1", "i2", "new", "x"),
    ("m1", "m2", "m3", "m9"),
    ("d1", "d2", "new"),
    ("b1", "b2", "b9"),
)
SOON = START + timedelta(days=30)
SOME = ("ARV", "BOR", "EST", "chair", "secretary", "FEN")
TEXT = "because it is so"


def universe(by: str, now: Any = START, *, thin: bool = False) -> Iterator[Act]:
    """Every act of somebody that can be put together of a few values, in order or not."""
    for what, until in product(("open", "suspend", "resume", "adjourn", "dance"), (None, SOON)):
        yield Act("meet", by, now, what=what, until=until)
    for what, item in product(("propose", "adopt", "strike", "take up", "finish"), ITEMS):
        for title in ("", "Another matter"):
            yield Act("item", by, now, what=what, item=item, title=title)
    for what, whom in product(("speech", "reply", "explanation", "song"), ("", *WHO)):
        yield Act("ask", by, now, what=what, whom=whom)
    for what, motion in product(("", "speech", "reply", "explanation"), ("", *MOVED)):
        yield Act("leave", by, now, what=what, motion=motion)
    for whom, what, seconds in product(WHO, ("", "speech", "reply", "explanation"), (None, 0, 30, 9999)):
        yield Act("floor", by, now, whom=whom, what=what, seconds=seconds)
    for whom in ("", *WHO):
        yield Act("yield", by, now, whom=whom)
    for what in ("open", "close"):
        yield Act("list", by, now, what=what)
    for what, seconds in product(("", "speech", "reply", "motion"), (0, 30, 100_000)):
        yield Act("limit", by, now, what=what, seconds=seconds)
    yield Act("point", by, now, text=TEXT)
    for answer in ("upheld", "not upheld", "perhaps"):
        yield Act("ruling", by, now, answer=answer, text=TEXT)
    for row in MOTIONS:
        for until, seconds, item, ballot in product((None, SOON), (None, 30), ("", *ITEMS), ("", *BALLOTS)):
            if thin and (item, ballot) not in (("", ""), ("i1", ""), ("", "b1")):
                continue
            yield Act(
                "motion", by, now, what=row.what, until=until, seconds=seconds, item=item, ballot=ballot
            )
            yield Act(
                "motion",
                by,
                now,
                what=row.what,
                until=until,
                seconds=seconds,
                item=item,
                ballot=ballot,
                text=TEXT,
            )
    for motion in MOVED:
        yield Act("put", by, now, motion=motion)
        for status in ("for", "against", "abstained", "aside", "absent"):
            yield Act("hand", by, now, motion=motion, status=status)
        for answer, text in product(("", "carried", "lost", "perhaps"), ("", TEXT)):
            yield Act("settle", by, now, motion=motion, answer=answer, text=text)
    for what, paper, digest, text in product(
        ("table", "revise", "sponsor", "withdraw"), PAPERS, ("", "e1"), ("", "draft", TEXT)
    ):
        for title, proposal in product(("", "A draft"), ("", "p1", "p2")):
            size = 7 if digest else None
            yield Act(
                "paper",
                by,
                now,
                what=what,
                paper=paper,
                digest=digest,
                size=size,
                text=text,
                title=title,
                proposal=proposal,
            )
    for what, ballot, hidden, whom in product(
        ("recorded", "roll call"), BALLOTS, ("", "yes"), ("", "ARV", "EST")
    ):
        yield Act("manner", by, now, what=what, ballot=ballot, hidden=hidden, whom=whom)
    for entry in (0, 2, 500):
        yield Act("bookmark", by, now, entry=entry, text=TEXT)
    for what, pace, until in product(("run", "pause", "jump"), (None, 0, 1, 640), (None, START, SOON)):
        yield Act("clock", by, now, what=what, pace=pace, until=until)


def covers(listed: Allowed, done: Act) -> bool:
    """Whether an act is the listed one, with other values for what is to be named or may be."""
    free = (*listed.to_name, *listed.may_name)
    return all(
        getattr(listed.act, each.name) == getattr(done, each.name)
        for each in fields(done)
        if each.name not in ("at", *free)
    )


def accepted(order: Order, debate: Debate, done: Act, table: Table, real: Any) -> bool:
    try:
        evolve_debate(order, debate, done, real, table)
    except Refused:
        return False
    return True


def agree(
    order: Order, debate: Debate, table: Table, real: Any, thin: bool = False, who: Sequence[str] = SOME
) -> None:
    """Listed and accepted are the same, for everybody and every act of the universe."""
    now = max(table.at or START, debate.pace.room if debate.pace else START)
    for by in who:
        listed = allowed_acts(order, debate, by, table, real)
        for each in listed:
            assert accepted(order, debate, each.act, table, real), each
        kinds = {each.act.kind for each in listed}
        for done in universe(by, now, thin=thin):
            if accepted(order, debate, done, table, real):
                assert done.kind in kinds, done
                assert any(covers(each, done) for each in listed), done


MOVE = act("BOR", "motion", "suspend")
SPEAKING = (*OPENING, act("ARV", "ask", "speech"), act("chair", "floor", whom="ARV"))
DRAFT = act("ARV", "paper", "table", paper="new", title="A draft", digest="e0", size=7, proposal="p1")
COURSES: dict[str, tuple[Act, ...]] = {
    "nothing": (),
    "opened": OPENING[:1],
    "proposed": OPENING[:2],
    "adopted": OPENING[:3],
    "an item": OPENING,
    "spoken": (
        *OPENING, *spoke("ARV", 0, 9), act("BOR", "ask", "reply", 9, whom="ARV"), act("CAD", "ask", "speech", 9),
    ),
    "speaking": SPEAKING,
    "a point": (*SPEAKING, act("CAD", "point", text="so")),
    "ruled": (*OPENING, act("CAD", "point", text="so"), act("chair", "ruling", answer="upheld", text="so")),
    "an appeal": (
        *OPENING, act("CAD", "point", text="so"), act("chair", "ruling", answer="upheld", text="so"),
        act("DUN", "motion", "appeal"),
    ),
    "moved": (
        *OPENING, MOVE, act("CAD", "motion", "limit time", seconds=30),
        act("ARV", "motion", "hidden vote", ballot="b1"),
    ),
    "put": (*OPENING, MOVE, act("chair", "put", motion="m1"), act("ARV", "hand", motion="m1", status="for")),
    "suspended": (*OPENING, act("ARV", "ask", "speech"), act("chair", "meet", "suspend")),
    "papers": (*OPENING, DRAFT),
    "closed": (
        *OPENING, act("ARV", "motion", "close debate"), act("chair", "put", motion="m1"),
        act("ARV", "hand", motion="m1", status="for"), act("chair", "settle", motion="m1"),
    ),
    "list closed": (*OPENING, act("chair", "list", "close")),
    "paused": (act("director", "clock", "pause"),),
}  # fmt: skip


@pytest.mark.parametrize("course", COURSES)
def test_listed_is_accepted_and_accepted_is_listed(course: str) -> None:
    order = Order(yields=True)
    room = Room(order).does(*COURSES[course])
    agree(order, room.debate, room.table, room.table.at, thin=course != "moved")


def test_somebody_away_and_too_few() -> None:
    table = replace(TABLE, away=frozenset({"BOR", "CAD"}))
    for order in (Order(quorum=3), Order(quorum=4, away=True)):
        room = Room(order, table)
        agree(order, room.debate, room.table, START, thin=True)
    room = Room(Order(), TABLE).does(*COURSES["spoken"])
    agree(Order(), room.debate, replace(room.table, away=frozenset({"BOR", "CAD"})), room.table.at, thin=True)


def test_every_act_there_is_is_listed_somewhere() -> None:
    found: set[tuple[str, str]] = set()
    for course in COURSES.values():
        room = Room().does(*course)
        for who in WHO:
            found |= {
                (each.act.kind, each.act.what)
                for each in allowed_acts(room.order, room.debate, who, room.table)
            }
    assert not {key for key in LINES if key[1]} - found
    assert {kind for kind, _ in found} == set(KINDS)


class Meeting(RuleBasedStateMachine):
    """Somebody does something, in order or not; time goes on, at the table somebody comes and goes."""

    def __init__(self) -> None:
        super().__init__()
        self.order, self.table, self.debate, self.now = Order(), TABLE, begin_debate(), START
        self.real = START
        self.done: list[tuple[Act, Any, Table]] = []

    @initialize(yields=st.booleans(), quorum=st.sampled_from((0, 0, 3)), replies=st.integers(0, 2))
    def settled(self, yields: bool, quorum: int, replies: int) -> None:
        self.order = Order(yields=yields, quorum=quorum, replies=replies)
        for each in OPENING:
            self.does(each, None)

    @rule(data=st.data())
    def what_is_allowed(self, data: st.DataObject) -> None:
        who = data.draw(st.sampled_from((*MEMBERS, "chair", "chair", "chair")))
        listed = allowed_acts(self.order, self.debate, who, self.table, self.real)
        most = [
            each
            for each in listed
            if each.act.kind not in ("bookmark", "clock", "paper", "manner", "meet", "item")
        ]
        if listed:
            each = data.draw(st.sampled_from(most or listed))
            self.does(each.act, True)

    @rule(data=st.data())
    def anything(self, data: st.DataObject) -> None:
        who = data.draw(st.sampled_from(WHO))
        done = data.draw(st.sampled_from(ANYTHING[who]))
        self.does(replace(done, at=self.time() + timedelta(seconds=data.draw(st.integers(-1, 5)))), None)

    @rule(seconds=st.integers(-5, 90))
    def time_goes_on(self, seconds: int) -> None:
        self.real += timedelta(seconds=seconds)

    @rule(who=st.sampled_from(MEMBERS))
    def somebody_comes_or_goes(self, who: str) -> None:
        self.table = replace(self.table, away=self.table.away ^ {who})

    def time(self) -> Any:
        return max(self.table.at or START, self.debate.pace.room if self.debate.pace else START)

    def does(self, done: Act, expected: bool | None) -> None:
        before = copy.deepcopy(self.debate)
        try:
            line = is_canonical(canonical(done.body()))
            assert line is not None
            assert read(line) == done
            after = evolve_debate(self.order, self.debate, done, self.real, self.table)
        except Refused as told:
            problem = told.problems[0]
            assert not expected, (done, title_of(problem))
            assert problem.code in CATALOGUE
            assert "…" not in title_of(problem)
            assert problem.code == "F656" or problem.place.heading.startswith("Rule ")
            assert help_of(problem) is not None
        else:
            self.done.append((done, self.real, self.table))
            self.table = replace(self.table, entries=self.table.entries + 1, at=done.at)
            assert self.debate == before
            self.debate = after
            return
        assert self.debate == before

    @invariant()
    def a_debate_makes_sense(self) -> None:
        debate = self.debate
        assert sum(each.ended is None for each in debate.speeches) <= 1
        assert sum(each.fate == "put" for each in debate.motions.values()) <= 1
        assert sum(not each.answer for each in debate.points) <= 1
        taken = [each.id for each in debate.items.values() if each.stands == "taken up"]
        assert taken == ([debate.item] if debate.item else [])
        keys = [(each.who, each.what) for each in debate.asking]
        assert len(keys) == len(set(keys))
        assert debate.sitting != "open" or debate.meeting > 0
        assert not (debate.closed and debate.list_open)
        assert debate.sitting != "adjourned" or not waiting(debate)
        if debate.speaking is not None and debate.point is None and debate.sitting == "open":
            appeal = any(
                each.what == "appeal" and each.fate in ("", "put") for each in debate.motions.values()
            )
            assert debate.speaking.held == appeal
        # Somebody can always do something: a meeting is never stuck.
        assert allowed_acts(self.order, debate, "chair", replace(self.table, away=frozenset()), self.real)

    @invariant()
    def what_is_listed_is_what_is_accepted(self) -> None:
        who = (*MEMBERS, "chair")[len(self.done) % 5]
        listed = allowed_acts(self.order, self.debate, who, self.table, self.real)
        for done in ANYTHING[who][len(self.done) % 7 :: 7]:
            now = replace(done, at=self.time())
            if accepted(self.order, self.debate, now, self.table, self.real):
                assert any(covers(each, now) for each in listed), now

    def teardown(self) -> None:
        """The replay, from the bodies, gives the same."""
        debate = begin_debate()
        for done, real, table in self.done:
            debate = evolve_debate(self.order, debate, read(done.body()), real, table)
        assert debate == self.debate


ANYTHING = {who: list(universe(who, thin=True)) for who in WHO}
TestMeeting = Meeting.TestCase
TestMeeting.settings = settings(
    max_examples=12, stateful_step_count=20, deadline=None, phases=(Phase.generate, Phase.target)
)
