"""Rules of order as data: written in the record and read again, strictly."""

from __future__ import annotations

import json
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.council.debate.order import LONGEST_SPEECH, MOTIONS, Majority, Order, numbered
from foedus.council.ledger.canonical import canonical
from foedus.diagnostics.catalogue import title_of
from foedus.diagnostics.problem import Refused

SECONDS = st.integers(0, LONGEST_SPEECH)
BY_HANDS = [row.what for row in MOTIONS if row.decided == "hands"]
ORDERS = st.builds(
    Order, SECONDS, SECONDS, SECONDS, SECONDS, st.integers(0, 100), st.integers(0, 1000), st.booleans(), st.booleans(),
    st.sampled_from(("", "unsc.procedure")),
    st.dictionaries(st.sampled_from(BY_HANDS), st.sampled_from(get_args(Majority))),
)  # fmt: skip


@given(ORDERS)
def test_an_order_is_read_as_it_was_written(order: Order) -> None:
    assert Order.read(json.loads(canonical(order.body()))) == order


def test_what_is_left_out_is_as_by_default() -> None:
    assert Order.read({}) == Order()
    assert Order.read({"speech": 60}) == Order(speech=60)


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ([], "order"), ("speech", "order"), ({"speach": 60}, "speach"), ({"speech": "60"}, "speech"),
        ({"speech": -1}, "speech"), ({"speech": 10**9}, "speech"), ({"speech": True}, "speech"),
        ({"speech": 1.5}, "speech"), ({"speech": None}, "speech"), ({"away": "yes"}, "away"), ({"away": 1}, "away"),
        ({"rule": 3}, "rule"), ({"rule": " x "}, "rule"), ({"rule": "a\nb"}, "rule"), ({"rule": "a" * 300}, "rule"),
        ({"majorities": []}, "majorities"), ({"majorities": {"roll call": "simple"}}, "majorities.roll call"),
        ({"majorities": {"dance": "simple"}}, "majorities.dance"),
        ({"majorities": {"suspend": "all"}}, "majorities.suspend"), ({"replies": 101}, "replies"), ({7: 1}, "7"),
        ({"sp\x1b[31meech": 1}, None),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_no_order_is_refused(body: Any, name: str | None) -> None:
    with pytest.raises(Refused) as told:
        Order.read(body)
    problem = told.value.problems[0]
    assert problem.code == "F724"
    assert "\x1b" not in title_of(problem)
    assert name is None or problem.values["name"] == name


@pytest.mark.parametrize("number", [0, -1, 21])
def test_no_other_rules(number: int) -> None:
    with pytest.raises(KeyError):
        numbered(number)
