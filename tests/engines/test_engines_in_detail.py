"""What the engines refuse, how they bear size, and how a few answers read."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import comb

import pytest

from foedus.engines.contract import Circuit, Lit, NoWorld, TooLarge, Worlds
from foedus.engines.diagram import Diagram
from foedus.engines.enumeration import Enumeration
from foedus.engines.flips import flips
from foedus.engines.sat import Sat
from foedus.engines.scope import Scope, order
from foedus.engines.worlds import worlds

HALF = Fraction(1, 2)
BOTH = pytest.mark.parametrize("engine", [Diagram, Sat])
DIAGRAM = pytest.mark.parametrize("engine", [Diagram, Enumeration])


def assist() -> tuple[Circuit, Lit]:
    """The duty of the Compact of Lir: force, grave, from outside if the question is so answered."""
    circuit = Circuit()
    circuit.group("author", ["any", "external author", "leader abroad"])
    force, grave, outside = (circuit.var(name) for name in ("force", "grave", "outside"))
    any_, led = circuit.var("any"), circuit.var("leader abroad")
    return circuit, circuit.conj(force, grave, circuit.disj(any_, outside, circuit.conj(led, -outside)))


@BOTH
def test_settling_sets_name_answers(engine: Callable[[Circuit], Worlds]) -> None:
    circuit, duty = assist()
    found = engine(circuit).settling(duty, True, {"force": True})
    assert found.complete
    assert set(map(frozenset, found.sets)) == {
        frozenset({("grave", True), ("any", True)}),
        frozenset({("grave", True), ("outside", True)}),
        frozenset({("grave", True), ("leader abroad", True)}),
    }
    against = engine(circuit).settling(duty, False, {"force": True})
    assert set(map(frozenset, against.sets)) == {
        frozenset({("grave", False)}),
        frozenset({("external author", True), ("outside", False)}),
    }


@BOTH
def test_settled_already_or_never(engine: Callable[[Circuit], Worlds]) -> None:
    circuit, duty = assist()
    assert engine(circuit).settling(duty, True, {"force": False}).sets == ()
    assert engine(circuit).settling(duty, False, {"force": False}).sets == ((),)


@BOTH
def test_contradictions(engine: Callable[[Circuit], Worlds]) -> None:
    circuit, duty = assist()
    with pytest.raises(NoWorld):
        engine(circuit).settled(duty, {"any": True, "external author": True})
    circuit.theory.append(-circuit.var("elsewhere"))  # touches the duty nowhere, and yet:
    with pytest.raises(NoWorld):
        engine(circuit).settled(duty, {"elsewhere": True})
    circuit.group("unanswerable", [])
    with pytest.raises(NoWorld):
        engine(circuit).matters(duty)


@BOTH
def test_names_without_a_variable_change_nothing(engine: Callable[[Circuit], Worlds]) -> None:
    circuit, duty = assist()
    before = len(circuit.nodes)
    assert engine(circuit).settled(duty, {"no such fact": True}) == "some"
    assert len(circuit.nodes) == before


@pytest.mark.parametrize(
    ("chances", "message"),
    [
        ({"grave": HALF}, "outside has no chance"),
        ({"grave": Fraction(3, 2), "outside": HALF}, "the chance of grave"),
        ({"grave": 0.5, "outside": HALF}, "the chance of grave is 0.5, not an exact one"),
        ({"grave": HALF, "outside": HALF, "any": Fraction(2, 3)}, "chances of author add up to 4/3"),
    ],
)
def test_chances_that_are_none(chances: dict[str, Fraction], message: str) -> None:
    circuit, duty = assist()
    thirds = dict.fromkeys(circuit.groups["author"], Fraction(1, 3))
    with pytest.raises(ValueError, match=message):
        Diagram(circuit).chance(duty, {**thirds, **chances}, {"force": True})


def test_chance_needs_no_weight_for_what_is_given() -> None:
    circuit, duty = assist()
    given = {"force": True, "any": True}
    assert Diagram(circuit).chance(duty, {"grave": Fraction(1, 7), "outside": HALF}, given) == Fraction(1, 7)
    answers = {"any": Fraction(0), "external author": Fraction(0), "leader abroad": Fraction(1)}
    with pytest.raises(NoWorld, match="chance 0"):
        Diagram(circuit).chance(
            duty, {**answers, "grave": HALF, "outside": HALF}, {"force": True, "leader abroad": False}
        )


def test_counts_beyond_any_float() -> None:
    circuit = Circuit()
    votes = [circuit.var(f"vote {i}") for i in range(200)]
    adopted = circuit.atleast(120, votes)
    count = Diagram(circuit).count(adopted)
    assert count == sum(comb(200, yes) for yes in range(120, 201))
    chance = Diagram(circuit).chance(adopted, {f"vote {i}": Fraction(1, 3) for i in range(200)})
    assert chance == Fraction(sum(comb(200, k) * 2 ** (200 - k) for k in range(120, 201)), 3**200)


def test_a_diagram_too_large_falls_back() -> None:
    """Pairs far apart in any order: each variable is used with many others."""
    circuit = Circuit()
    facts = [circuit.var(f"f{i}") for i in range(60)]
    pairs = [circuit.disj(facts[i], -facts[i * 7 % 60], facts[i * i % 60]) for i in range(60)]
    pairs += [circuit.disj(facts[i], facts[(i * 11 + 5) % 60], -facts[i * 13 % 60]) for i in range(60)]
    duty = circuit.conj(*pairs)
    engine = worlds(circuit, budget=500)
    assert (engine.settled(duty), engine.name) == ("some", "SAT")
    assert engine.settled(duty, {"f0": False, "f5": False}) == Sat(circuit).settled(
        duty, {"f0": False, "f5": False}
    )
    with pytest.raises(TooLarge, match="all worlds at once"):
        engine.count(duty)
    everything_but = {f"f{i}": i % 3 > 0 for i in range(55)}
    engine.settled(duty, everything_but)  # with so much given, there is little left to draw
    assert engine.name == "decision diagram"
    assert engine.used["SAT"] == 2


@BOTH
def test_wide_conditions(engine: Callable[[Circuit], Worlds]) -> None:
    """Twenty conditions, each met by any of ten states: 10**20 settling sets one way, 20 the other."""
    circuit = Circuit()
    conditions = [circuit.disj(*(circuit.var(f"{i} by {s}") for s in range(10))) for i in range(20)]
    duty = circuit.conj(*conditions)
    arises = engine(circuit).settling(duty, True)
    assert [len(chosen) for chosen in arises.sets] == [20] * 12
    assert not arises.complete
    not_ = engine(circuit).settling(duty, False, limit=20)
    assert [len(chosen) for chosen in not_.sets] == [10] * 20
    assert not_.complete


def test_depth_is_no_danger() -> None:
    circuit = Circuit()
    lit = circuit.var("a")
    for i in range(20_000):
        lit = circuit.disj(circuit.conj(lit, circuit.var(f"b{i % 5}")), circuit.var(f"c{i % 3}"))
    assert Diagram(circuit).settled(lit, {"c0": True, "b0": True}) == "some"
    assert Sat(circuit).settled(lit, {"c0": False, "c1": False, "c2": False, "b0": False}) == "none"


def test_enumeration_refuses_many_variables() -> None:
    circuit = Circuit()
    lit = circuit.conj(*(circuit.var(f"v{i}") for i in range(23)))
    with pytest.raises(TooLarge):
        Enumeration(circuit).settled(lit)


def test_who_must_be_wrong() -> None:
    circuit, duty = assist()
    fixed = {"force": True, "grave": True, "any": True, "outside": True}
    found = flips(worlds(circuit), duty, fixed)
    assert found.sets == ((("force", True),), (("grave", True),), (("any", True), ("outside", True)))
    assert found.complete
    assert flips(worlds(circuit), duty, {"grave": True}, {"force": False}).sets == ()
    with pytest.raises(ValueError, match="not settled"):
        flips(worlds(circuit), duty, {"force": True})
    with pytest.raises(ValueError, match="contradicts what is given"):
        flips(worlds(circuit), duty, {"force": True}, {"force": False})


def test_order_puts_groups_first_and_neighbours_together() -> None:
    circuit = Circuit()
    for i in range(20):
        circuit.var(f"a{i}")
    for i in range(20):
        circuit.var(f"b{i}")
    circuit.group("question", ["yes", "no"])
    same = [circuit.disj(circuit.conj(circuit.var(f"a{i}"), circuit.var(f"b{i}"))) for i in range(20)]
    duty = circuit.disj(circuit.var("yes"), *same)
    names = order(Scope(circuit))
    assert set(names[:2]) == {"yes", "no"}
    distance = sum(abs(names.index(f"a{i}") - names.index(f"b{i}")) for i in range(20))
    assert distance < 100  # 400 in order of creation, where the diagram has a million nodes
    assert Diagram(circuit, budget=2_000).settled(duty) == "some"


def test_groups_are_disjoint() -> None:
    circuit = Circuit()
    circuit.group("one", ["a", "b"])
    circuit.group("one", ["a", "b"])
    for name, members in [("one", ["a", "c"]), ("two", ["b", "c"]), ("three", ["c", "c"])]:
        with pytest.raises(ValueError, match=name):
            circuit.group(name, members)
    assert list(circuit.groups) == ["one"]
