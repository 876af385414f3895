"""Each act of a meeting in a sentence."""

from __future__ import annotations

import pytest

from foedus.council.debate.act import Act
from foedus.council.debate.doing import LINES
from foedus.council.debate.order import Order
from foedus.report.debate import act_said, more_of, motion_said, rule_of, rule_titled
from foedus.words.speech import languages, speaking
from tests.council.debate.room import OPENING, Room, act, at, opened, spoke
from tests.council.debate.test_listed import ANYTHING, COURSES

TALKING = (act("BOR", "ask", "speech"), act("chair", "floor", whom="BOR"))
POINT = act("CAD", "point", text="this is not the item")
SUSPEND = (act("BOR", "motion", "suspend", until=at(2400)),)
PUT = (*SUSPEND, act("chair", "put", motion="m1"))
CASES: tuple[tuple[str, str, tuple[Act, ...]], ...] = (
    ("opens the meeting", "rule 1", OPENING[:1]),
    ("proposes the item i1: The raids at the ferry", "rule 3", OPENING[:2]),
    ("takes up the item i1: The raids at the ferry", "rule 3", OPENING),
    ("asks for the floor", "rule 5", (*OPENING, TALKING[0])),
    (
        "asks for a right of reply to BOR", "rule 7",
        (*OPENING, *spoke("BOR", 0, 1), act("ARV", "ask", "reply", 1, whom="BOR")),
    ),
    ("asks for the floor to explain its vote", "rule 8", (*OPENING, act("ARV", "ask", "explanation"))),
    ("gives the floor to BOR for 3 minutes", "rule 4", (*OPENING, *TALKING)),
    (
        "gives the floor to BOR for 90 seconds", "rule 4",
        (*OPENING, TALKING[0], act("chair", "floor", whom="BOR", seconds=90)),
    ),
    ("ends its speech", "rule 4", (*OPENING, *TALKING, act("BOR", "yield"))),
    ("ends the speech", "rule 4", (*OPENING, *TALKING, act("chair", "yield"))),
    ("takes back its request for the floor", "rule 5", (*OPENING, TALKING[0], act("BOR", "leave"))),
    ("closes the list of speakers", "rule 14", (*OPENING, act("chair", "list", "close"))),
    ("limits speeches to 1 minute", "rule 6", (*OPENING, act("chair", "limit", seconds=60))),
    ("lifts the limit on replies", "rule 6", (*OPENING, act("chair", "limit", "reply", seconds=0))),
    ("raises a point of order", "rule 9", (*OPENING, POINT)),
    (
        "rules on the point of order of CAD: not upheld", "rule 9",
        (*OPENING, POINT, act("chair", "ruling", answer="not upheld", text="it is")),
    ),
    ("moves m1: to suspend the meeting, until 4 March 2031, 12:40", "rule 11", (*OPENING, *SUSPEND)),
    (
        "moves m1: to limit the time of speeches: 1 minute", "rule 6",
        (*OPENING, act("BOR", "motion", "limit time", seconds=60)),
    ),
    (
        "moves m1: to postpone discussion of the item (The raids at the ferry)", "rule 11",
        (*OPENING, act("BOR", "motion", "postpone")),
    ),
    ("moves m1: to vote by roll call (b1)", "rule 17", (*OPENING, act("BOR", "motion", "roll call", ballot="b1"))),
    ("takes back m1", "rule 13", (*OPENING, *SUSPEND, act("BOR", "leave", motion="m1"))),
    ("puts m1: to suspend the meeting, until 4 March 2031, 12:40", "rule 11", (*OPENING, *PUT)),
    ("abstains on m1", "rule 12", (*OPENING, *PUT, act("ARV", "hand", motion="m1", status="abstained"))),
    (
        "closes m1: lost (0 for, 0 against, 0 abstained)", "rule 12",
        (*OPENING, *PUT, act("chair", "settle", motion="m1")),
    ),
    (
        "suspends the meeting until 4 March 2031, 12:40", "rule 1",
        (*OPENING, act("chair", "meet", "suspend", until=at(2400))),
    ),
    (
        "tables d1, a draft: On help", "rule 15",
        (act("ARV", "paper", "table", paper="new", title="On help", digest="e", size=1, text="draft"),),
    ),
    (
        "becomes a sponsor of d1", "rule 16",
        (
            act("ARV", "paper", "table", paper="new", title="On help", digest="e", size=1),
            act("BOR", "paper", "sponsor", paper="d1"),
        ),
    ),
    (
        "b1 is taken by roll call, beginning with CAD", "rule 17",
        (*OPENING, act("chair", "manner", "roll call", ballot="b1", whom="CAD")),
    ),
    (
        "b1 is recorded, and hidden until it is closed", "rule 17",
        (*OPENING, act("chair", "manner", "recorded", ballot="b1", hidden="yes")),
    ),
    ("marks entry 2", "rule 19", (act("secretary", "bookmark", entry=2, text="here"),)),
    (
        "lets the room’s clock run: 640 seconds in one on the wall", "rule 20",
        (act("director", "clock", "run", pace=640),),
    ),
    ("moves the room’s clock to 4 March 2031, 12:40", "rule 20", (act("director", "clock", "jump", until=at(2400)),)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("said", "rule", "acts"), CASES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_what_was_done_in_words(said: str, rule: str, acts: tuple[Act, ...]) -> None:
    room = Room().does(*acts)
    assert act_said(acts[-1], room.debate, room.order) == said
    assert rule_of(acts[-1]) == rule
    assert rule_titled(acts[-1]).lower().startswith(rule)


def test_every_kind_of_act_is_said_in_some_test() -> None:
    assert {each[-1][-1].kind for each in CASES} == {kind for kind, _ in LINES}


def test_what_was_refused_is_said_before_it_is_done() -> None:
    room = opened()
    asked = act("chair", "floor", whom="DUN")
    assert act_said(asked, room.debate, room.order) == "gives the floor to DUN for 3 minutes"
    assert (
        act_said(act("BOR", "motion", "close list"), room.debate, room.order)
        == "moves to close the list of speakers"
    )
    assert act_said(act("BOR", "motion", "dance"), room.debate, room.order) == "wants: motion dance"
    assert rule_of(act("BOR", "motion", "dance")) == ""


def test_words_beside_an_act() -> None:
    assert list(more_of(POINT, Room().debate)) == ["“this is not the item”"]
    ruled = (POINT, act("chair", "ruling", answer="upheld", text="so"), act("BOR", "motion", "appeal"))
    hands = (act("chair", "put", motion="m1"), act("ARV", "hand", motion="m1", status="for"))
    room = opened(*ruled, *hands, act("chair", "settle", motion="m1"))
    assert list(more_of(room.done[-1][0], room.debate)) == ["The ruling is overruled."]
    assert motion_said(room.debate.motions["m1"], room.debate) == "to overrule the chair"


@pytest.mark.parametrize("code", languages())
def test_nothing_that_may_be_sent_makes_it_crash(code: str) -> None:
    order = Order()
    with speaking(code):
        for course in ("nothing", "put", "papers"):
            room = Room(order).does(*COURSES[course])
            for who in ("ARV", "chair"):
                for each in ANYTHING[who]:
                    assert act_said(each, room.debate, order)
                    rule_of(each)
