"""Every engine gives the answers that looking at every world gives."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from foedus.engines.contract import Circuit, NoWorld, TooLarge, Worlds
from foedus.engines.diagram import Diagram
from foedus.engines.enumeration import Enumeration
from foedus.engines.flips import flips
from foedus.engines.sat import Sat
from foedus.engines.worlds import worlds
from tests.engines.circuits import Asked, asked, weights

ENGINES: list[Callable[[Circuit], Worlds]] = [Diagram, Sat]
QUIET = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


def many(examples: int) -> settings:
    return settings(max_examples=examples, deadline=None, suppress_health_check=QUIET)


@pytest.mark.parametrize("engine", ENGINES)
@many(300)
@given(question=asked())
def test_settled_and_matters(engine: Callable[[Circuit], Worlds], question: Asked) -> None:
    circuit, lit, known = question.circuit, question.lit, question.given
    try:
        expected = Enumeration(circuit).settled(lit, known), Enumeration(circuit).matters(lit, known)
    except NoWorld:
        with pytest.raises(NoWorld):
            engine(circuit).settled(lit, known)
        with pytest.raises(NoWorld):
            engine(circuit).matters(lit, known)
        return
    one = engine(circuit)
    assert (one.settled(lit, known), one.matters(lit, known)) == expected


@pytest.mark.parametrize("engine", ENGINES)
@many(300)
@given(question=asked(variables=3), value=st.booleans())
def test_settling_sets(engine: Callable[[Circuit], Worlds], question: Asked, value: bool) -> None:
    circuit, lit, known = question.circuit, question.lit, question.given
    try:
        expected = Enumeration(circuit).settling(lit, value, known, limit=1000)
    except NoWorld:
        with pytest.raises(NoWorld):
            engine(circuit).settling(lit, value, known)
        return
    found = engine(circuit).settling(lit, value, known, limit=1000)
    assert found.complete
    assert set(map(frozenset, found.sets)) == set(map(frozenset, expected.sets))
    assert len(found.sets) == len(expected.sets)
    sizes = [len(each) for each in found.sets]
    assert sizes == sorted(sizes)
    # Cut by a limit, the list holds the smallest and says truly whether there are more.
    for limit in (0, 1, 2, len(sizes)):
        cut = engine(circuit).settling(lit, value, known, limit=limit)
        assert cut.complete == (len(sizes) <= limit)
        assert [len(each) for each in cut.sets] == sizes[:limit]
        assert set(cut.sets) <= set(found.sets)


@pytest.mark.parametrize("engine", ENGINES)
@many(300)
@given(question=asked(), data=st.data())
def test_reason(engine: Callable[[Circuit], Worlds], question: Asked, data: st.DataObject) -> None:
    circuit, lit = question.circuit, question.lit
    oracle = Enumeration(circuit)
    try:
        world = data.draw(st.sampled_from(oracle.worlds(lit)))[0]
    except NoWorld:
        assume(False)
        raise
    hidden = some_of(data, world)
    known = {name: value for name, value in world.items() if name not in hidden}
    value = oracle.settled(lit, known)
    if value == "some":
        with pytest.raises(ValueError, match="not settled"):
            engine(circuit).reason(lit, known)
        return
    reason = engine(circuit).reason(lit, known)
    assert set(reason) <= set(known.items())
    assert oracle.settled(lit, dict(reason)) == value
    for dropped in reason:
        assert oracle.settled(lit, dict(setting for setting in reason if setting != dropped)) == "some"


@many(300)
@given(question=asked(), data=st.data())
def test_chance_and_count(question: Asked, data: st.DataObject) -> None:
    circuit, lit, known = question.circuit, question.lit, question.given
    oracle, engine = Enumeration(circuit), Diagram(circuit)
    chances = data.draw(weights(circuit))
    for name in known:  # what is given is not impossible by its weight alone: that case is its own test
        if not any(name in members for members in circuit.groups.values()):
            chances[name] = chances[name] / 2 + Fraction(1, 4)
    try:
        expected = oracle.chance(lit, chances, known), oracle.count(lit, known)
    except NoWorld:
        # The oracle weighs all variables; the engine only those that the literal touches.
        return
    assert (engine.chance(lit, chances, known), engine.count(lit, known)) == expected


@pytest.mark.parametrize("engine", ENGINES)
@many(300)
@given(question=asked(), data=st.data())
def test_flips(engine: Callable[[Circuit], Worlds], question: Asked, data: st.DataObject) -> None:
    circuit, lit = question.circuit, question.lit
    oracle = Enumeration(circuit)
    try:
        world = data.draw(st.sampled_from(oracle.worlds(lit)))[0]
    except NoWorld:
        assume(False)
        raise
    free = some_of(data, world)
    fixed = {name: value for name, value in world.items() if name not in free}
    known = {name: fixed.pop(name) for name in sorted(fixed)[:1]}
    if oracle.settled(lit, {**known, **fixed}) == "some":
        with pytest.raises(ValueError, match="not settled"):
            flips(engine(circuit), lit, fixed, known)
        return
    found = flips(engine(circuit), lit, fixed, known, limit=1000)
    assert found.complete
    assert set(map(frozenset, found.sets)) == who_must_be_wrong(oracle, question, fixed, known)


def some_of(data: st.DataObject, world: dict[str, bool]) -> set[str]:
    names = sorted(world)
    return data.draw(st.sets(st.sampled_from(names), max_size=2)) if names else set()


def who_must_be_wrong(
    oracle: Enumeration, question: Asked, fixed: dict[str, bool], known: dict[str, bool]
) -> set[frozenset[tuple[str, bool]]]:
    """By looking: what each world of the other value would have to change, the smallest of it."""
    worlds = oracle.worlds(question.lit, known)
    value = next(held for world, held in worlds if all(world[n] == v for n, v in fixed.items()))
    changes = {
        frozenset((n, v) for n, v in fixed.items() if world[n] != v)
        for world, held in worlds
        if held != value
    }
    return {change for change in changes if not any(other < change for other in changes)}


@many(300)
@given(question=asked(), value=st.booleans(), budget=st.integers(1, 40), data=st.data())
def test_any_budget_gives_the_same_answers(
    question: Asked, value: bool, budget: int, data: st.DataObject
) -> None:
    circuit, lit, known = question.circuit, question.lit, question.given
    large, small = worlds(circuit), worlds(circuit, budget)
    try:
        expected = large.settled(lit, known)
    except NoWorld:
        with pytest.raises(NoWorld):
            small.settled(lit, known)
        return
    assert small.settled(lit, known) == expected
    assert small.matters(lit, known) == large.matters(lit, known)
    found = small.settling(lit, value, known, 1000)
    assert set(found.sets) == set(large.settling(lit, value, known, 1000).sets)
    assert large.used == {"decision diagram": 3}
    assert sum(small.used.values()) == 3
    chances = data.draw(weights(circuit))
    answers = large.count(lit, known), chance_of(large, question, chances)
    try:
        assert (small.count(lit, known), chance_of(small, question, chances)) == answers
    except TooLarge:
        return  # refused, rather than estimated
    assert small.name == "decision diagram"


def chance_of(engine: Worlds, question: Asked, chances: dict[str, Fraction]) -> Fraction | None:
    try:
        return engine.chance(question.lit, chances, question.given)
    except NoWorld:
        return None


@many(300)
@given(question=asked())
def test_a_growing_circuit(question: Asked) -> None:
    """An engine may be asked, and the circuit then added to."""
    circuit, lit, known = question.circuit, question.lit, question.given
    engines: list[Worlds] = [Diagram(circuit), Sat(circuit)]
    for engine in engines:
        with suppress(NoWorld):
            engine.settled(lit, known)
    circuit.group("new", ["n.a", "n.b"])
    more = circuit.disj(lit, circuit.conj(circuit.var("late"), circuit.var("n.a")))
    circuit.theory.append(circuit.disj(circuit.var("v0"), circuit.var("n.b")))
    try:
        expected = Enumeration(circuit).settled(more, known), Enumeration(circuit).matters(more, known)
    except NoWorld:
        return
    for engine in engines:
        assert (engine.settled(more, known), engine.matters(more, known)) == expected
