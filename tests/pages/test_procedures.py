"""The procedures of the pages that ship: what a record says of January 2022 is recognised by their steps, in order."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest

from foedus.evidence.record import Dossier
from foedus.ir.formula import Atom, Const, Var
from foedus.ir.norm import Program
from foedus.ir.procedure import Procedure, Step
from foedus.library import Library
from foedus.terms.fact import Fact

SHIPPED = ("alp", "au", "ecomech", "nato", "pko", "rio", "unsc")


@cache
def kazakhstan() -> tuple[Dossier, Program]:
    loaded = Library(trials=False).dossier("kazakhstan-2022")
    assert loaded.dossier is not None
    return loaded.dossier, loaded.program


def operation() -> Procedure:
    return kazakhstan()[1].procedures["pko.operation"]


def fits(act: Atom, fact: Fact) -> bool:
    """Whether the fact is the act of a step: the same word, and no role filled otherwise than the act says."""
    if act.predicate != fact.predicate:
        return False
    for term, given in zip(act.terms, fact.args, strict=True):
        among = given if isinstance(given, tuple) else (given,)
        if isinstance(term, Const) and term.name not in among:
            return False
    return True


def known_as(name: str) -> list[str]:
    """The steps whose act the fact of the dossier is."""
    dossier, _ = kazakhstan()
    fact = next(fact for fact in dossier.record.facts if fact.id == name)
    return [step.name for step in operation().steps if step.act is not None and fits(step.act, fact)]


@pytest.mark.parametrize(
    ("fact", "step"),
    [
        ("asked", "ask"), ("consulted_arm", "consult"), ("decision", "decide"), ("told", "notify"),
        ("commander", "appoint"), ("leave_kgz", "authorise"), ("leave_tjk", "authorise"),
        ("leave_blr", "authorise"), ("at_rus", "deploy"), ("at_kgz", "deploy"), ("return_decided", "return"),
        ("left_arm", "leave"), ("left_kgz", "leave"),
    ],
)  # fmt: skip
def test_what_was_done_in_january_2022_is_a_step(fact: str, step: str) -> None:
    assert known_as(fact) == [step]


def test_the_last_units_are_told_from_a_contributor() -> None:
    assert known_as("left_last") == ["leave", "close"]  # nobody is a party who is called CPF
    assert not any(life.state == "CPF" for life in kazakhstan()[1].instruments["pko"].lives)


@pytest.mark.parametrize("fact", ["listed_kgz", "end_announced", "session_0110", "address_0105", "guarding"])
def test_other_facts_are_no_steps(fact: str) -> None:
    assert known_as(fact) == []


def stage_after(names: list[str], track: str, steps: dict[str, Step]) -> str:
    """Where the track is once these steps were taken; the moves must fit."""
    at = next(each for each in operation().tracks if each.name == track).start
    for name in names:
        for move in steps[name].moves:
            if move.track == track:
                assert not move.sources or at in move.sources, (name, at)
                at = move.target
    return at


def test_the_order_of_january_2022_leads_from_the_beginning_to_the_end() -> None:
    steps = {step.name: step for step in operation().steps}
    done = [
        "ask",
        "consult",
        "decide",
        "notify",
        "appoint",
        "deploy",
        "authorise",
        "deploy",
        "return",
        "leave",
        "close",
    ]
    assert stage_after(done, "matter", steps) == "over"
    assert stage_after(done, "mandate", steps) == "over"
    assert stage_after(["authorise", "deploy", "leave"], "contributor", steps) == "gone"
    for one, two in pairwise(["authorise", "deploy", "leave"]):
        with pytest.raises(AssertionError):
            stage_after([two, one], "contributor", steps)


def test_one_members_deployment_does_not_stand_in_the_way_of_anothers_leave() -> None:
    authorise = operation().step("authorise")
    assert {move.track for move in authorise.moves} == {"contributor"}
    assert {each.track for each in authorise.whiles} == {"matter"}
    assert operation().step("deploy").moves[1].target == "running"
    assert all(move.track != "matter" for move in operation().step("deploy").moves)


@pytest.mark.parametrize("name", SHIPPED)
def test_no_time_limit_was_made_up(name: str) -> None:
    """The only number of hours on any page is that of the Arab League since 2005."""
    program = Library(trials=False).load([name]).program
    found = [each for each in program.procedures.values() if each.instrument == name]
    assert found
    hours = {(each.key, clock.name, clock.hours) for each in found for clock in each.clocks if clock.hours}
    assert hours == ({("alp.session@2005", "meeting", 72)} if name == "alp" else set())


def test_variables_are_shared_by_the_steps_of_a_matter() -> None:
    host, m = Var("host", "State"), Var("m", "announced")
    assert operation().step("decide").act == Atom("announced", (Const("CSC"), Const("peacekeepers"), host), m)
    assert operation().step("authorise").act == Atom("authorised", (Var("p", "State"), m))
