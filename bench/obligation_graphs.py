"""Made-up obligations between made-up states, and the cascade among them in plain Python, slow and obvious.

The benchmark of cascades (`cascade.py`) and its tests use them. `graph("1914")` and `graph("today")` have about the
sizes of the two networks that people ask about: 60 states with 125 obligations, 195 with 1,400. No real treaty is in
them.

    obligations  (x, y, trigger, t, others): x owes y, and honours it with the chance t / 65,536;
                 trigger DEFENCE (y is attacked and asks), OFFENCE (y is at war at all),
                 CONSULTATION (as DEFENCE, and one of `others` is already in on y's side)
    neutrality   (x, z, t): x promised z to stay out of wars against it
    requests     t of each state: attacked, it asks for help
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from foedus.cascade.model import Duty, Model, Neutrality, Shock, Trigger, model

DEFENCE, OFFENCE, CONSULTATION = 0, 1, 2
TRIGGERS: tuple[Trigger, ...] = ("defence", "offence", "consultation")
SHOCKS = {"tiny": Shock(0, 2), "1914": Shock(0, 8), "today": Shock(30, 3)}
EXACT = {"tiny": (1.0748438351960816, 1.1996321641899135), "1914": (6.091014441658378, 5.900661737509183)}
"""Mean sizes of the attacker's and of the target's side, by `foedus.cascade.exact`."""
SOME = [
    (0, 1, 0, 0.7),
    (1, 0, 0, 0.7),
    (3, 2, 0, 0.6),
    (5, 3, 0, 0.8),
    (0, 2, 0, 0.2),
    (4, 5, 0, 0.5),
    (1, 4, 1, 0.3),
]
POWERS = [
    (3, 8, 0, 0.75), (5, 10, 0, 0.8), (4, 10, 0, 0.7), (1, 7, 1, 0.7), (7, 1, 1, 0.6), (8, 11, 0, 0.6),
    (11, 8, 1, 0.8), (9, 0, 0, 0.4), (0, 9, 0, 0.6), (5, 12, 0, 0.7), (12, 5, 1, 0.6),
]  # fmt: skip

Obligation = tuple[int, int, int, int, tuple[int, ...]]


@dataclass
class Graph:
    states: int
    obligations: list[Obligation] = field(default_factory=list)
    neutrality: list[tuple[int, int, int]] = field(default_factory=list)
    requests: list[int] = field(default_factory=list)

    def model(self) -> Model:
        """The same for Foedus: its coins stand in the order that `run` and the peers have too."""
        return model(
            tuple(f"S{n}" for n in range(self.states)),
            tuple(Duty(x, y, TRIGGERS[trigger], t, others) for x, y, trigger, t, others in self.obligations),
            tuple(Neutrality(x, z, t) for x, z, t in self.neutrality),
            tuple(self.requests),
        )


class Drawing:
    """A graph in the making."""

    def __init__(self, states: int, seed: int) -> None:
        self.draw = random.Random(seed)
        self.graph = Graph(states)
        self._known: set[tuple[int, int]] = set()

    def owe(self, x: int, y: int, trigger: int, p: float, others: Iterable[int] = ()) -> None:
        if x != y and (x, y) not in self._known:
            self._known.add((x, y))
            t = round(min(0.97, max(0.03, p)) * 65536)
            self.graph.obligations.append((x, y, trigger, t, tuple(others)))

    def bloc(self, members: Sequence[int], trigger: int, p: float) -> None:
        """A treaty in which each owes every other."""
        for x in members:
            for y in members:
                if x != y:
                    jitter = self.draw.uniform(-0.12, 0.12)
                    others = [k for k in members if k not in (x, y)] if trigger == CONSULTATION else ()
                    self.owe(x, y, trigger, p + jitter, others)

    def fill(
        self,
        count: int,
        pick: Callable[[], tuple[int, int]],
        weights: Sequence[float],
        chances: Sequence[float],
        sample: int,
    ) -> None:
        """Obligations between two, up to so many in all."""
        n = self.graph.states
        while len(self.graph.obligations) < count:
            x, y = pick()
            trigger = self.draw.choices([DEFENCE, OFFENCE, CONSULTATION], weights)[0]
            consulted = self.draw.sample(range(n), sample) if trigger == CONSULTATION else []
            others = [k for k in consulted if k not in (x, y)]
            self.owe(x, y, trigger, chances[trigger] + self.draw.uniform(-0.15, 0.15), others)

    def done(self, pacts: int) -> Graph:
        """With so many promises of neutrality."""
        graph, promised = self.graph, set[tuple[int, int]]()
        while len(graph.neutrality) < pacts:
            x, z = self.draw.randrange(graph.states), self.draw.randrange(graph.states)
            if x != z and (x, z) not in self._known and (x, z) not in promised:
                promised.add((x, z))
                graph.neutrality.append((x, z, int(0.78 * 65536)))
        graph.requests = [int(0.9 * 65536)] * graph.states
        graph.obligations.sort()
        graph.neutrality.sort()
        return graph


def graph(kind: str, seed: int = 1) -> Graph:
    """The graph `kind`: "tiny" (6 states), "1914" (60), "today" (195)."""
    if kind == "tiny":
        made = Drawing(6, seed)
        for x, y, trigger, p in SOME:
            made.owe(x, y, trigger, p)
        made.owe(4, 3, CONSULTATION, 0.5, [5])
        return made.done(2)
    if kind == "1914":
        made = Drawing(60, seed)
        for members, trigger, p in [
            ([0, 1], 0, 0.75), ([0, 1, 2], 0, 0.6), ([3, 4], 0, 0.8), ([4, 5, 3], 2, 0.6), ([5, 6], 0, 0.7),
        ]:  # fmt: skip
            made.bloc(members, trigger, p)
        for x, y, trigger, p in POWERS:
            made.owe(x, y, trigger, p)
        draw = made.draw

        def pick() -> tuple[int, int]:
            x = draw.choice(range(8)) if draw.random() < 0.6 else draw.randrange(60)
            y = draw.randrange(8, 60)
            return (y, x) if draw.random() < 0.4 else (x, y)

        made.fill(125, pick, [0.7, 0.12, 0.18], (0.55, 0.74, 0.5), 2)
        return made.done(25)
    made = Drawing(195, seed)
    for members, trigger, p in [
        (range(26), 0, 0.6), ([0, *range(40, 54)], 2, 0.35), (range(30, 36), 0, 0.5),
        (range(60, 74), 2, 0.3), (range(80, 91), 0, 0.3), (range(100, 106), 0, 0.45),
    ]:  # fmt: skip
        made.bloc(list(members), trigger, p)
    for i in range(110, 116):
        made.owe(0, i, DEFENCE, 0.7)
        made.owe(i, 0, DEFENCE, 0.6)
    draw = made.draw

    def pick_today() -> tuple[int, int]:
        x, y = draw.randrange(195), draw.randrange(195)
        return (draw.choice([0, 1, 2, 3, 30, 60]), y) if draw.random() < 0.5 else (x, y)

    made.fill(1400, pick_today, [0.75, 0.1, 0.15], (0.4, 0.6, 0.35), 3)
    return made.done(100)


def grown(states: int, obligations: int, seed: int = 1) -> Graph:
    """A graph of any size, three quarters of its obligations in treaties of 6 to 26 members."""
    made = Drawing(states, seed)
    draw = made.draw
    for _ in range(100_000):
        size = min(draw.choice([6, 11, 15, 26]), states)
        if len(made.graph.obligations) + size * (size - 1) > 0.75 * obligations:
            break
        made.bloc(
            draw.sample(range(states), size), draw.choice([DEFENCE, CONSULTATION]), draw.uniform(0.25, 0.6)
        )

    def pick() -> tuple[int, int]:
        return draw.randrange(states), draw.randrange(states)

    made.fill(obligations, pick, [0.75, 0.1, 0.15], (0.4, 0.6, 0.35), 3)
    return made.done(states // 2)


class Reference:
    """One world at a time; coins fall as `draw`, uniform in [0, 1), says."""

    def __init__(self, graph: Graph) -> None:
        n = graph.states
        self.states = n
        self.owed: list[list[tuple[int, int, int, float, tuple[int, ...]]]] = [[] for _ in range(n)]
        self.pacts: list[list[tuple[int, int, float]]] = [[] for _ in range(n)]
        self.allies: list[set[int]] = [set() for _ in range(n)]
        for i, (x, y, trigger, t, others) in enumerate(graph.obligations):
            self.owed[x].append((i, y, trigger, t / 65536, others))
            self.allies[x].add(y)
        for i, (x, z, t) in enumerate(graph.neutrality):
            self.pacts[x].append((i, z, t / 65536))
        self.requests = [t / 65536 for t in graph.requests]

    def run(self, attacker: int, target: int, draw: Callable[[], float]) -> tuple[set[int], set[int]]:
        """The two sides at the end."""
        sides: tuple[set[int], set[int]] = ({attacker}, {target})
        attacked, coins = {target}, dict[tuple[str, int], bool]()

        def honoured(kind: str, number: int, p: float) -> bool:
            if (kind, number) not in coins:
                coins[kind, number] = draw() < p
            return coins[kind, number]

        def triggered(y: int, trigger: int, others: tuple[int, ...], own: set[int]) -> bool:
            if y not in own or trigger == OFFENCE:
                return y in own
            if y not in attacked or (trigger == CONSULTATION and own.isdisjoint(others)):
                return False
            return honoured("asks", y, self.requests[y])

        def joins(x: int, own: set[int], other: set[int]) -> bool:
            return (
                any(
                    triggered(y, trigger, others, own) and honoured("owes", i, p)
                    for i, y, trigger, p, others in self.owed[x]
                )
                and self.allies[x].isdisjoint(other)
                and not any(z in other and honoured("neutral", i, p) for i, z, p in self.pacts[x])
            )

        while True:
            outside = [x for x in range(self.states) if x not in sides[0] and x not in sides[1]]
            wants = [(x, joins(x, sides[0], sides[1]), joins(x, sides[1], sides[0])) for x in outside]
            new = [[x for x, a, b in wants if a and not b], [x for x, a, b in wants if b and not a]]
            if not any(new):
                return sides
            for s in (0, 1):
                if new[s]:
                    attacked |= sides[1 - s]
            for s in (0, 1):
                sides[s].update(new[s])
