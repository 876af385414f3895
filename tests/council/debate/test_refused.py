"""What is out of order is refused, with its code and its rule; each code is met."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foedus.council.debate.act import Act
from foedus.council.debate.order import Order
from foedus.council.debate.table import Table
from foedus.diagnostics.catalogue import CATALOGUE, help_of, title_of
from tests.council.debate.room import OPENING, START, TABLE, Room, act, at, opened, spoke

TALKING = (act("ARV", "ask", "speech"), act("chair", "floor", whom="ARV"))
RULED = (
    act("CAD", "point", text="this is not the item"),
    act("chair", "ruling", answer="upheld", text="it is not"),
)
SUSPEND = (act("BOR", "motion", "suspend"),)
PUT = (*SUSPEND, act("chair", "put", motion="m1"))
HIDDEN = (act("ARV", "motion", "hidden vote", ballot="b1"),)
DRAFT = act("ARV", "paper", "table", paper="new", title="A draft", digest="e0", size=7, text="draft")
UNDER_VOTE = (replace(DRAFT, proposal="p1"),)
WORDS_ONLY = Order(rule="lir.unknown")


@pytest.mark.parametrize(
    ("code", "rule", "acts", "wrong"),
    [
        ("F700", 1, None, act("ARV", "ask", "speech")),
        ("F700", 1, None, act("chair", "item", "adopt", item="i1")),
        ("F700", 1, None, act("chair", "meet", "resume")),
        ("F700", 1, (), act("chair", "meet", "open")),
        ("F700", 1, (act("chair", "meet", "suspend"),), act("chair", "meet", "open")),
        ("F700", 1, (act("chair", "meet", "suspend"),), act("BOR", "point", text="so")),
        ("F700", 1, (act("chair", "meet", "adjourn"),), act("BOR", "motion", "adjourn")),
        ("F701", 4, (), act("BOR", "floor", whom="CAD")),
        ("F701", 1, None, act("ARV", "meet", "open")),
        ("F701", 12, PUT, act("EST", "hand", motion="m1", status="for")),
        ("F701", 12, PUT, act("chair", "hand", motion="m1", status="for")),
        ("F701", 5, (), act("FEN", "ask", "speech")),
        ("F701", 20, (), act("clock", "clock", "pause")),
        ("F701", 4, TALKING, act("BOR", "yield")),
        ("F701", 13, SUSPEND, act("CAD", "leave", motion="m1")),
        ("F701", 10, RULED, act("chair", "motion", "appeal")),
        ("F701", 15, (DRAFT,), act("BOR", "paper", "revise", paper="d1", digest="e1", size=9)),
        ("F701", 3, (act("BOR", "item", "propose", item="new", title="x"),), act("CAD", "item", "strike", item="i2")),
        ("F701", 3, (), act("ARV", "item", "adopt", item="i1")),
        ("F702", 4, (*TALKING, act("BOR", "ask", "speech")), act("chair", "floor", whom="BOR")),
        ("F702", 4, (*TALKING, *SUSPEND), act("chair", "put", motion="m1")),
        ("F702", 4, TALKING, act("chair", "item", "finish", item="i1")),
        ("F702", 4, TALKING, act("chair", "yield", whom="BOR")),
        ("F703", 9, (RULED[0],), act("chair", "list", "close")),
        ("F703", 9, (RULED[0],), act("BOR", "ask", "speech")),
        ("F703", 9, (RULED[0],), act("BOR", "point", text="and I")),
        ("F704", 10, (*RULED, act("BOR", "motion", "appeal")), act("chair", "list", "close")),
        ("F704", 12, PUT, act("chair", "list", "close")),
        ("F704", 12, PUT, act("CAD", "motion", "adjourn")),
        ("F704", 11, (*SUSPEND, act("CAD", "ask", "speech")), act("chair", "floor", whom="CAD")),
        ("F705", 5, (act("BOR", "ask", "speech"), act("CAD", "ask", "speech")), act("chair", "floor", whom="CAD")),
        ("F706", 14, (act("chair", "list", "close"),), act("CAD", "ask", "speech")),
        ("F706", 14, (act("chair", "list", "close"),), act("chair", "list", "close")),
        ("F706", 14, (), act("chair", "list", "open")),
        ("F707", 5, (act("BOR", "ask", "speech"),), act("BOR", "ask", "speech")),
        ("F708", 7, (), act("BOR", "ask", "reply", whom="ARV")),
        ("F708", 7, (), act("BOR", "ask", "reply")),
        ("F708", 7, spoke("BOR", 0, 0), act("BOR", "ask", "reply", whom="BOR")),
        ("F709", 5, (), act("chair", "floor", whom="DUN")),
        ("F709", 5, (act("BOR", "ask", "speech"),), act("chair", "floor", "explanation", whom="BOR")),
        ("F709", 4, (), act("chair", "yield")),
        ("F709", 9, (), act("chair", "ruling", answer="upheld", text="so")),
        ("F709", 5, (), act("BOR", "leave")),
        ("F710", 14, (), act("BOR", "motion", "open list")),
        ("F710", 14, (act("chair", "list", "close"),), act("BOR", "motion", "close list")),
        ("F710", 14, (), act("BOR", "motion", "reopen debate")),
        ("F710", 11, SUSPEND, act("CAD", "motion", "suspend")),
        ("F710", 11, (), act("CAD", "motion", "suspend", until=at(-1))),
        ("F710", 11, (), act("CAD", "motion", "postpone", item="i9")),
        ("F710", 17, (), act("CAD", "motion", "roll call", ballot="b9")),
        ("F710", 17, (), act("CAD", "motion", "roll call", ballot="b2")),
        ("F710", 3, (), act("CAD", "motion", "adopt item", item="i1")),
        ("F710", 6, (), act("CAD", "motion", "limit time", seconds=10**6)),
        ("F711", 11, (act("CAD", "motion", "limit time", seconds=9), *SUSPEND), act("chair", "put", motion="m1")),
        ("F712", 11, (), act("chair", "put", motion="m1")),
        ("F712", 12, SUSPEND, act("BOR", "hand", motion="m1", status="for")),
        ("F712", 12, SUSPEND, act("chair", "settle", motion="m1")),
        ("F712", 13, (), act("BOR", "leave", motion="m7")),
        ("F712", 11, (*SUSPEND, act("BOR", "leave", motion="m1")), act("chair", "put", motion="m1")),
        ("F713", 12, PUT, act("BOR", "hand", motion="m1", status="aside")),
        ("F713", 12, PUT, act("BOR", "hand", motion="m1", status="absent")),
        ("F714", 17, HIDDEN, act("chair", "settle", motion="m1")),
        ("F715", 12, PUT, act("chair", "settle", motion="m1", answer="carried", text="I want it")),
        ("F715", 17, HIDDEN, act("chair", "put", motion="m1")),
        ("F716", 3, (), act("chair", "item", "take up", item="i1")),
        ("F716", 3, (), act("chair", "item", "adopt", item="i9")),
        ("F716", 3, (), act("ARV", "item", "propose", item="i1", title="again")),
        (
            "F716", 3,
            (act("ARV", "item", "propose", item="new", title="b"), act("chair", "item", "adopt", item="i2")),
            act("chair", "item", "take up", item="i2"),
        ),
        ("F717", 15, (), act("ARV", "paper", "withdraw", paper="d1")),
        ("F717", 15, (DRAFT,), replace(DRAFT, paper="d1")),
        ("F717", 15, (DRAFT,), act("ARV", "paper", "revise", paper="d1", digest="e0", size=7)),
        ("F717", 15, (), replace(DRAFT, proposal="p9")),
        ("F717", 15, (), replace(DRAFT, proposal="p2")),
        ("F717", 16, (DRAFT,), act("ARV", "paper", "sponsor", paper="d1")),
        ("F717", 16, (DRAFT, act("BOR", "paper", "sponsor", paper="d1")), act("BOR", "paper", "sponsor", paper="d1")),
        ("F717", 16, (DRAFT, act("ARV", "paper", "withdraw", paper="d1")), act("BOR", "paper", "sponsor", paper="d1")),
        ("F718", 17, (), act("chair", "manner", "roll call", ballot="b9")),
        ("F718", 17, (), act("chair", "manner", "roll call", ballot="b2")),
        ("F718", 17, (), act("chair", "manner", "roll call", ballot="b1", whom="EST")),
        (
            "F718", 17,
            (act("chair", "manner", "recorded", ballot="b1", hidden="yes"),),
            act("chair", "manner", "recorded", ballot="b1", hidden="yes"),
        ),
        ("F719", 19, (), act("secretary", "bookmark", entry=40, text="here")),
        ("F720", 20, (), act("director", "clock", "run", pace=0)),
        ("F720", 20, (), act("director", "clock", "run", pace=10**9)),
        ("F720", 20, (), act("director", "clock", "run")),
        ("F720", 20, (), act("director", "clock", "jump", until=at(0))),
        ("F720", 20, (act("director", "clock", "pause"),), act("chair", "clock", "pause")),
        ("F721", 19, (), act("ARV", "ask", "speech", -1)),
        ("F721", 19, (act("director", "clock", "jump", until=at(99)),), act("ARV", "ask", "speech", 98)),
        ("F722", 6, TALKING[:1], act("chair", "floor", whom="ARV", seconds=181)),
        ("F722", 6, TALKING[:1], act("chair", "floor", whom="ARV", seconds=0)),
        ("F722", 6, (), act("chair", "limit", seconds=10**6)),
        ("F723", 10, (), act("ARV", "motion", "appeal")),
        ("F723", 10, (*RULED, *spoke("BOR", 0, 1)), act("ARV", "motion", "appeal", 1)),
        (
            "F723", 10,
            (*RULED, act("BOR", "motion", "appeal"), act("BOR", "leave", motion="m1")),
            act("ARV", "motion", "appeal"),
        ),
        ("F726", 1, (), act("chair", "meet", "dance")),
        ("F726", 11, (), act("ARV", "motion", "dance")),
        ("F726", 6, (), act("chair", "limit", "song", seconds=9)),
        ("F726", 9, (RULED[0],), act("chair", "ruling", answer="perhaps", text="so")),
        ("F726", 15, (), replace(DRAFT, text="a novel")),
        ("F726", 12, HIDDEN, act("chair", "settle", motion="m1", answer="so", text="so")),
        ("F727", 6, (), act("ARV", "motion", "limit time")),
        ("F727", 11, (), act("ARV", "motion", "adjourn until")),
        ("F727", 11, (), act("ARV", "motion", "adjourn", until=at(9))),
        ("F727", 11, (), act("ARV", "motion", "refer")),
        ("F727", 5, (), act("ARV", "ask", "speech", whom="BOR")),
        ("F727", 3, (), act("ARV", "item", "propose", item="new")),
        ("F727", 4, TALKING, act("ARV", "yield", whom="BOR")),
        ("F727", 1, (), act("chair", "meet", "suspend", until=at(-1))),
        ("F727", 12, HIDDEN, act("chair", "settle", motion="m1", answer="lost")),
        ("F727", 20, (), act("director", "clock", "jump")),
        ("F656", 0, (), act("ARV", "ask")),
        ("F656", 0, (), act("ARV", "ask", "speech", seconds=3)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_out_of_order(code: str, rule: int, acts: tuple[Act, ...] | None, wrong: Act) -> None:
    room = Room() if acts is None else opened(*acts)
    told = room.refuses(wrong)
    assert (told.code, title_of(told)) == (code, title_of(told))
    assert told.code == code, title_of(told)
    assert code == "F656" or told.place.heading.startswith(f"Rule {rule} · "), told.place
    assert "…" not in title_of(told) + help_of(told)
    assert "{" not in title_of(told) + help_of(told)
    assert room.again() == room.debate


def test_who_is_away_does_nothing_but_mark() -> None:
    room = opened(act("BOR", "ask", "speech"))
    room.table = replace(room.table, away=frozenset({"BOR"}))
    assert room.refuses(act("BOR", "ask", "explanation")).code == "F728"
    assert room.refuses(act("chair", "floor", whom="BOR")).code == "F728"
    room.does(act("BOR", "bookmark", entry=0, text="here"))


def test_too_few_at_the_table() -> None:
    three = replace(TABLE, away=frozenset({"BOR"}))
    assert Room(Order(quorum=4), three).refuses(OPENING[0]).code == "F725"
    assert Room(Order(quorum=4, away=True), three).does(OPENING[0]).debate.sitting == "open"
    room = opened(act("ARV", "motion", "close list"), order=Order(quorum=4))
    room.table = replace(room.table, away=frozenset({"BOR"}))
    told = room.refuses(act("chair", "put", motion="m1"))
    assert (told.code, told.values["there"], told.values["needed"]) == ("F725", "3", "4")


def test_nobody_explains_a_vote_that_there_is_not() -> None:
    room = opened(table=Table(("ARV", "BOR"), entries=1, at=START))
    told = room.refuses(act("BOR", "ask", "explanation"))
    assert (told.code, told.place.heading) == ("F708", "Rule 8 · Explanation of vote")


def test_every_code_is_met() -> None:
    met = {row[0] for mark in test_out_of_order.pytestmark for row in mark.args[1]}  # type: ignore[attr-defined]
    elsewhere = {"F724", "F725", "F728"}  # test_order.py, and in tests of their own
    assert met | elsewhere == {code for code in CATALOGUE if "F700" <= code <= "F729"} | {"F656"}
