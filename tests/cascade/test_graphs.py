"""The benchmark's made-up graphs: their sizes, and the exact values that its figures are compared with."""

from __future__ import annotations

from math import sqrt
from random import Random

import pytest

from bench.obligation_graphs import EXACT, SHOCKS, Reference, graph, grown
from foedus.cascade.exact import exact
from foedus.cascade.plain import run
from foedus.cascade.plan import plan
from foedus.cascade.words import Words


@pytest.mark.parametrize(
    ("kind", "states", "owed"), [("tiny", 6, 8), ("1914", 60, 125), ("today", 195, 1400)]
)
def test_sizes(kind: str, states: int, owed: int) -> None:
    made = graph(kind)
    assert (made.states, len(made.obligations)) == (states, owed)
    model = made.model()
    assert [(d.debtor, d.beneficiary, d.chance) for d in model.duties] == [
        (x, y, t) for x, y, _, t, _ in made.obligations
    ]


def test_exact_values_of_the_tiny_one() -> None:
    found = exact(plan(graph("tiny").model(), SHOCKS["tiny"]))
    assert [float(sum(found.entered[side::2])) for side in (0, 1)] == pytest.approx(EXACT["tiny"], abs=1e-12)


def test_the_larger_one_comes_to_its_exact_values() -> None:
    """Which take two seconds to find; the benchmark prints them."""
    worlds = 1 << 22
    counts = Words(plan(graph("1914").model(), SHOCKS["1914"]), 11).run(0, worlds)
    for side in (0, 1):
        total, squares = counts.sizes[2 * side : 2 * side + 2]
        error = sqrt((squares / worlds - (total / worlds) ** 2) / worlds)
        assert abs(total / worlds - EXACT["1914"][side]) < 5 * error


@pytest.mark.parametrize("kind", ["tiny", "1914"])
def test_the_reference_and_the_plain_engine_are_one(kind: str) -> None:
    """Coins by their number, in both."""
    made, shock = graph(kind), SHOCKS[kind]
    model, reference = made.model(), Reference(made)
    owes, promises = len(model.duties), len(model.neutralities)
    chance = [*(d.chance for d in model.duties), *(n.chance for n in model.neutralities), *model.requests]
    for seed in range(40):
        numbers = [Random(f"{seed} {n}").random() for n in range(len(chance))]
        # The reference asks in an order of its own: each of its coins is told from its list.
        well = [float(number * 65536 < t) for number, t in zip(numbers, chance, strict=True)]
        for x in range(made.states):
            reference.owed[x] = [
                (i, y, trigger, well[i], others) for i, y, trigger, _, others in reference.owed[x]
            ]
            reference.pacts[x] = [(i, z, well[owes + i]) for i, z, _ in reference.pacts[x]]
        reference.requests = [well[owes + promises + x] for x in range(made.states)]
        sides = reference.run(shock.attacker, shock.target, lambda: 0.5)
        assert sides == run(model, shock, lambda coin, fell=well: fell[coin] == 1.0).sides


def test_grown_to_a_size() -> None:
    made = grown(80, 600, seed=3)
    assert (made.states, len(made.obligations), len(made.neutrality)) == (80, 600, 40)
