"""Obligations as a model: what each becomes, what is assumed of it, and what is left out with a word."""

from __future__ import annotations

import pytest

from foedus.cascade.from_obligations import ASSUMED, IDLE, REFUSED, build, keys_of
from foedus.cascade.given import given_chances
from foedus.cascade.honour import read_table
from foedus.cascade.model import WHOLE
from foedus.cascade.without import chosen
from foedus.diagnostics.problem import Refused
from tests.cascade.owed import ON, OWED, A, B, C, D, E, F, G, owe

TABLE = read_table()
BUILT = build(OWED, ON, TABLE)
CODES = dict(zip(BUILT.numbers, BUILT.model.states, strict=True))


def duty(debtor: int, beneficiary: int):
    found = [
        (d, link) for d, link in zip(BUILT.model.duties, BUILT.duties, strict=True)
        if (BUILT.numbers[d.debtor], BUILT.numbers[d.beneficiary]) == (debtor, beneficiary)
    ]  # fmt: skip
    assert len(found) == 1
    return found[0]


def test_states_have_the_codes_of_the_day() -> None:
    assert (CODES[B], CODES[C], CODES[E], CODES[A]) == ("SER", "RUE", "DEU", "AUH")


def test_each_pledge_becomes_its_trigger() -> None:
    assert duty(C, B)[0].trigger == "defence" and duty(C, B)[1].label == "exact"
    assert duty(G, B)[0].trigger == "offence"
    consult = duty(F, A)[0]
    assert consult.trigger == "consultation"
    assert [BUILT.numbers[n] for n in consult.others] == [E]
    assert {(BUILT.numbers[p.debtor], BUILT.numbers[p.power]) for p in BUILT.model.neutralities} == {
        (G, A),
        (G, C),
    }


def test_named_adversaries_limit_and_the_rest_is_assumed_and_listed() -> None:
    found, link = duty(E, A)
    assert [BUILT.numbers[n] for n in found.adversaries] == [C]
    assert (link.label, set(link.assumed)) == ("assumed", {"unprovoked", "named"})
    assert BUILT.assumptions() == {"unprovoked": 1, "named": 1, "location": 2}
    assert BUILT.labels() == {"exact": 7, "assumed": 3, "refused": 0, "idle": 0}


def test_conditions_taken_as_unmet_leave_the_obligation_out_and_count_it() -> None:
    strict = build(OWED, ON, TABLE, conditions="unmet")
    assert {(one.debtor, why) for one, why in strict.refused} == {(E, "condition"), (F, "condition")}
    assert strict.labels()["refused"] == 3


def test_nothing_is_dropped_without_a_word() -> None:
    more = (
        *OWED, owe(D, D, "defense", "atop:1"), owe(D, E, None, "atop:2"), owe(C, B, "consul", "atop:9001"),
        owe(C, B, "nonagg", "atop:9001"), owe(C, B, "neutral", "atop:3"), owe(A, D, "defense", "atop:4", varies=True),
    )  # fmt: skip
    built = build(more, ON, TABLE)
    assert sum(built.labels().values()) == len(more)
    assert {why for _, why in built.refused} == {"itself", "pledge"} <= REFUSED.keys()
    assert {why for _, why in built.idle} == {"consul", "ally"} == IDLE.keys()
    assert built.assumptions()["varies"] == 1
    assert set(built.assumptions()) <= ASSUMED.keys()


def test_several_instruments_between_one_pair_are_several_coins() -> None:
    built = build((*OWED, owe(C, B, "defense", "atop:9010")), ON, TABLE)
    assert len(built.model.duties) == len(BUILT.model.duties) + 1


def test_the_order_of_obligations_does_not_matter() -> None:
    turned = build(tuple(reversed(OWED)), ON, TABLE)
    assert turned.model == BUILT.model and turned.duties == BUILT.duties


def test_keeping_and_entering_are_two_things() -> None:
    """A promise to consult, kept for certain, still draws nobody in who does not then go to war."""
    given = given_chances([("consul", "1")], [("consul", "0.25")], OWED, ON)
    found = build(OWED, ON, TABLE.with_given(given)).model.duties
    assert [d.chance for d in found if d.trigger == "consultation"] == [WHOLE // 4] * 3


@pytest.mark.parametrize(
    ("name", "debtors"),
    [
        ("atop:9002", {C, D}), ("atop:9002/FRA", {D}), ("atop:9002/FRN", {D}), ("FRA:RUS", {C, D}), ("FRN>RUS", {D}),
        ("Russian Empire", {C}), ("atop:9002/France/defense", {D}), ("ITA", {F}), ("cow:365", {C}),
        ("atop:9005+atop:9004", {E, F, G}),
    ],
)  # fmt: skip
def test_obligations_are_named_in_several_ways(name: str, debtors: set[int]) -> None:
    assert {one.debtor for one in chosen(OWED, name, ON)} == debtors


@pytest.mark.parametrize("name", ["atop:1", "GBR", "FRA:GBR", "nobody", "atop:9002/ITA", "FRA>AUH", ""])
def test_what_names_nothing_in_force_is_refused(name: str) -> None:
    with pytest.raises(Refused) as refused:
        chosen(OWED, name, ON)
    assert refused.value.problems[0].code == "F853"


def test_a_chance_of_one_promise_is_that_promises_alone() -> None:
    given = given_chances([("atop:9002/FRA", "0.25"), ("defence", "0.5")], [], OWED, ON)
    built = build(OWED, ON, TABLE.with_given(given))
    chances = {
        (built.numbers[d.debtor], built.numbers[d.beneficiary]): d.chance / WHOLE
        for d in built.model.duties if d.trigger == "defence"
    }  # fmt: skip
    assert chances == {(D, C): 0.25, (C, D): 0.5, (C, B): 0.5, (E, A): 0.5}


def test_requests_of_one_state_or_of_all() -> None:
    given = given_chances([("request", "0.5"), ("request/SRB", "0.75")], [], OWED, ON)
    built = build(OWED, ON, TABLE.with_given(given))
    asks = dict(zip(built.numbers, built.model.requests, strict=True))
    assert asks[B] == WHOLE * 3 // 4 and asks[A] == WHOLE // 2


@pytest.mark.parametrize(
    ("chances", "enters", "code"),
    [
        ([("defense", "1.2")], [], "F850"), ([("defense", "often")], [], "F850"), ([("atop:1", "0.5")], [], "F853"),
        ([], [("pact", "0.5")], "F852"), ([], [("consul", "2")], "F850"),
    ],
)  # fmt: skip
def test_chances_that_cannot_be_given_are_refused(chances, enters, code: str) -> None:
    with pytest.raises(Refused) as refused:
        given_chances(chances, enters, OWED, ON)
    assert refused.value.problems[0].code == code


def test_the_names_of_an_obligation_begin_with_the_most_particular() -> None:
    assert keys_of(OWED[1], ON)[:3] == ("atop:9002/FRA/defense", "atop:9002/FRA", "FRA:RUE/defense")
