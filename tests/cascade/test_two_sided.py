"""The two-sided model as circuits gives the same sides as the plain engine, world by world, with the same coins."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.reference_graphs import SHOCKS, TRIGGERS, graph
from foedus.cascade import plain
from foedus.cascade.model import WHOLE, Duty, Model, Neutrality, Shock, model
from foedus.cascade.rounds.chances import bernoulli
from foedus.cascade.rounds.two_sided import run


def coins(one: Model, worlds: int, seed: int) -> list[int]:
    draw = Random(seed)
    chances = [*(d.chance for d in one.duties), *(n.chance for n in one.neutralities), *one.requests]
    return [bernoulli(draw, chance, worlds) for chance in chances]


def differ(one: Model, shock: Shock, worlds: int, seed: int) -> list[int]:
    """The worlds in which the two engines differ, in sides or in who was torn."""
    thrown = coins(one, worlds, seed)
    found = run(one, shock, lambda n: thrown[n], (1 << worlds) - 1)
    wrong: list[int] = []
    for world in range(worlds):
        history = plain.run(one, shock, lambda n, world=world: bool(thrown[n] >> world & 1))
        sides = tuple(
            frozenset(x for x, column in enumerate(side) if column >> world & 1) for side in found.sides
        )
        torn = frozenset(x for x, column in enumerate(found.torn) if column >> world & 1)
        if sides != history.sides or torn != history.torn:
            wrong.append(world)
    return wrong


@pytest.mark.parametrize(("kind", "worlds"), [("tiny", 4096), ("1914", 1024), ("today", 24)])
def test_the_reference_graphs(kind: str, worlds: int) -> None:
    assert differ(graph(kind), SHOCKS[kind], worlds, 7) == []


def test_the_graphs_are_of_their_sizes() -> None:
    sizes = {k: (len(g.states), len(g.duties), len(g.neutralities)) for k in SHOCKS if (g := graph(k))}
    assert sizes == {"tiny": (6, 8, 2), "1914": (60, 125, 25), "today": (195, 1400, 100)}


@st.composite
def some_model(draw: st.DrawFn) -> Model:
    random = Random(draw(st.integers(0, 1 << 30)))
    names = tuple("ABCDEFG")

    def pair() -> tuple[int, int]:
        one, other = random.sample(range(len(names)), 2)
        return one, other

    duties = tuple(
        Duty(
            *pair(),
            random.choice(TRIGGERS),
            WHOLE // random.randint(1, 3),
            tuple(random.sample(range(7), 2)),
            tuple(sorted(random.sample(range(7), random.choice((0, 0, 2))))),
            str(n),
        )
        for n in range(random.randint(3, 14))
    )
    promises = tuple(Neutrality(*pair(), WHOLE // 2, str(n)) for n in range(random.randint(0, 4)))
    return model(names, duties, promises, (WHOLE // 2,) * 7, joiner_attacks=random.random() < 0.5)


@settings(max_examples=60, deadline=None)
@given(some_model(), st.integers(0, 1000))
def test_any_small_model(one: Model, seed: int) -> None:
    assert differ(one, Shock(0, 1), 64, seed) == []


def test_raising_a_chance_can_lower_anothers_entry() -> None:
    """Y's chance 0, ½, 1: X enters with 1, ½, 0. X owes V (who is called against the attacker) and is Y's ally."""
    found: list[float] = []
    worlds = 4096
    for chance in (0, WHOLE // 2, WHOLE):
        one = model(
            ("attacker", "target", "Y", "X", "V"),
            (
                Duty(2, 0, "offence", chance),
                Duty(4, 1, "offence", WHOLE),
                Duty(3, 4, "offence", WHOLE),
                Duty(3, 2, "defence", 0),
            ),
        )
        thrown = coins(one, worlds, 3)
        sides = run(one, Shock(0, 1), lambda n, thrown=thrown: thrown[n], (1 << worlds) - 1).sides
        found.append(sides[1][3].bit_count() / worlds)
    assert found[0] == 1
    assert found[2] == 0
    assert 0.45 < found[1] < 0.55
