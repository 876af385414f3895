"""The cascade with what others would write it with: plain Python, networkx, Mesa, numpy with a bit for each world.

Each does the same: `peer(graph, shock)` gives a function of (worlds, a seed) that gives the sums of the sizes of both
sides, and of their squares. Nobody's libraries are used against their purpose: networkx holds the obligations as
edges, Mesa the states as agents that step and then advance, numpy takes all obligations in turn for many worlds.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import mesa
import networkx as nx
import numpy as np
from numpy.typing import NDArray
from obligation_graphs import CONSULTATION, OFFENCE, Graph, Reference

from foedus.cascade import plain
from foedus.cascade.ints import Ints
from foedus.cascade.model import Shock
from foedus.cascade.plan import plan
from foedus.cascade.words import Words

Sums = tuple[int, int, int, int]
Run = Callable[[int, int], Sums]
Lanes = NDArray[np.uint64]


def _summed(worlds: int, one: Callable[[], tuple[int, int]]) -> Sums:
    a = aa = b = bb = 0
    for _ in range(worlds):
        first, second = one()
        a, aa, b, bb = a + first, aa + first * first, b + second, bb + second * second
    return a, aa, b, bb


def reference(graph: Graph, shock: Shock) -> Run:
    """The plain Python of `obligation_graphs.py`."""
    made = Reference(graph)

    def run(worlds: int, seed: int) -> Sums:
        draw = random.Random(seed).random

        def one() -> tuple[int, int]:
            first, second = made.run(shock.attacker, shock.target, draw)
            return len(first), len(second)

        return _summed(worlds, one)

    return run


def foedus_plain(graph: Graph, shock: Shock) -> Run:
    """Foedus' own plain engine, which also says who was called by what, and when."""
    made = graph.model()
    chance = [*(d.chance for d in made.duties), *(n.chance for n in made.neutralities), *made.requests]

    def run(worlds: int, seed: int) -> Sums:
        draw = random.Random(seed)

        def one() -> tuple[int, int]:
            coins: dict[int, bool] = {}

            def coin(number: int) -> bool:
                if number not in coins:
                    coins[number] = draw.getrandbits(16) < chance[number]
                return coins[number]

            first, second = plain.run(made, shock, coin).sides
            return len(first), len(second)

        return _summed(worlds, one)

    return run


def foedus_ints(graph: Graph, shock: Shock) -> Run:
    """Foedus without any library."""
    made = plan(graph.model(), shock)
    return lambda worlds, seed: Ints(made, seed).run(0, worlds).sizes


def foedus_words(graph: Graph, shock: Shock) -> Run:
    """Foedus in compiled code, in one thread."""
    made = plan(graph.model(), shock)
    return lambda worlds, seed: Words(made, seed).run(0, worlds).sizes


def networkx(graph: Graph, shock: Shock) -> Run:
    """Obligations and promises as edges of a graph, sides as attributes of its nodes."""
    owes: Any = nx.DiGraph()
    owes.add_nodes_from(range(graph.states))
    for x, y, trigger, t, others in graph.obligations:
        owes.add_edge(x, y, trigger=trigger, p=t / 65536, others=others)
    promised: Any = nx.DiGraph()
    promised.add_nodes_from(range(graph.states))
    for x, z, t in graph.neutrality:
        promised.add_edge(x, z, p=t / 65536)
    requests = [t / 65536 for t in graph.requests]

    def one(draw: Callable[[], float]) -> tuple[int, int]:
        coins: dict[tuple[str, int, int], bool] = {}
        side = dict.fromkeys(owes.nodes, -1)
        attacked = dict.fromkeys(owes.nodes, False)
        side[shock.attacker], side[shock.target], attacked[shock.target] = 0, 1, True

        def honoured(kind: str, x: int, y: int, p: float) -> bool:
            key = (kind, x, y)
            if key not in coins:
                coins[key] = draw() < p
            return coins[key]

        def joins(x: int, own: int) -> bool:
            called = False
            for y, edge in owes.adj[x].items():
                if side[y] == 1 - own:
                    return False
                if called or side[y] != own:
                    continue
                if edge["trigger"] != OFFENCE and not (
                    attacked[y]
                    and (edge["trigger"] != CONSULTATION or any(side[k] == own for k in edge["others"]))
                    and honoured("asks", y, y, requests[y])
                ):
                    continue
                called = honoured("owes", x, y, edge["p"])
            return called and not any(
                side[z] == 1 - own and honoured("neutral", x, z, edge["p"])
                for z, edge in promised.adj[x].items()
            )

        while True:
            new: list[tuple[int, int]] = []
            for x in owes.nodes:
                if side[x] < 0:
                    first, second = joins(x, 0), joins(x, 1)
                    if first != second:
                        new.append((x, 0 if first else 1))
            if not new:
                sizes = list(side.values())
                return sizes.count(0), sizes.count(1)
            joined = {own for _, own in new}
            for y in owes.nodes:
                if side[y] >= 0 and 1 - side[y] in joined:
                    attacked[y] = True
            for x, own in new:
                side[x] = own

    def run(worlds: int, seed: int) -> Sums:
        draw = random.Random(seed).random
        return _summed(worlds, lambda: one(draw))

    return run


class _State(mesa.Agent):
    """A state of a Mesa model: it looks, then all act."""

    def __init__(self, model: _War, number: int) -> None:
        super().__init__(model)
        self.number = number
        self.side = self.next = -1
        self.attacked = False

    def step(self) -> None:
        self.next = -1
        if self.side < 0:
            first, second = self._joins(0), self._joins(1)
            if first != second:
                self.next = 0 if first else 1

    def advance(self) -> None:
        war = self.model
        if self.side >= 0:
            self.attacked = self.attacked or war.joined[1 - self.side]
        elif self.next >= 0:
            self.side = self.next

    def _joins(self, own: int) -> bool:
        war, at = self.model, self.model.by_number
        owed = war.made.owed[self.number]
        if any(at[y].side == 1 - own for _, y, *_ in owed):
            return False
        return any(
            at[y].side == own
            and (
                trigger == OFFENCE
                or (
                    at[y].attacked
                    and (trigger != CONSULTATION or any(at[k].side == own for k in others))
                    and war.honoured("asks", y, war.made.requests[y])
                )
            )
            and war.honoured("owes", i, p)
            for i, y, trigger, p, others in owed
        ) and not any(
            at[z].side == 1 - own and war.honoured("neutral", i, p) for i, z, p in war.made.pacts[self.number]
        )


class _War(mesa.Model):
    """One world."""

    def __init__(self, made: Reference, shock: Shock, seed: int) -> None:
        super().__init__(rng=seed)
        self.made = made
        self.draw = random.Random(seed).random
        self.coins: dict[tuple[str, int], bool] = {}
        self.joined = [False, False]
        self.by_number = [_State(self, n) for n in range(made.states)]
        self.by_number[shock.attacker].side = 0
        self.by_number[shock.target].side = 1
        self.by_number[shock.target].attacked = True

    def honoured(self, kind: str, number: int, p: float) -> bool:
        if (kind, number) not in self.coins:
            self.coins[kind, number] = self.draw() < p
        return self.coins[kind, number]

    def step(self) -> None:
        self.agents.do("step")
        self.joined = [any(state.next == side for state in self.by_number) for side in (0, 1)]
        self.agents.do("advance")


def mesa_agents(graph: Graph, shock: Shock) -> Run:
    """States as agents of Mesa, all of which step and then advance."""
    made = Reference(graph)

    def run(worlds: int, seed: int) -> Sums:
        seeds = iter(range(seed * worlds, (seed + 1) * worlds))

        def one() -> tuple[int, int]:
            war = _War(made, shock, next(seeds))
            while True:
                war.step()
                if not any(war.joined):
                    sizes = [state.side for state in war.by_number]
                    return sizes.count(0), sizes.count(1)

        return _summed(worlds, one)

    return run


def numpy_bits(graph: Graph, shock: Shock, words: int = 512) -> Run:
    """A bit for each world: all obligations in turn, in arrays of words, round by round."""
    n, owed = graph.states, graph.obligations
    allies: list[set[int]] = [set() for _ in range(n)]
    by_debtor: list[list[int]] = [[] for _ in range(n)]
    for i, (x, y, *_) in enumerate(owed):
        allies[x].add(y)
        by_debtor[x].append(i)
    pacts: list[list[int]] = [[] for _ in range(n)]
    for i, (x, *_) in enumerate(graph.neutrality):
        pacts[x].append(i)
    every = ~np.zeros(words, np.uint64)

    def block(draw: np.random.Generator) -> tuple[list[Lanes], list[Lanes]]:
        thrown: dict[tuple[str, int], Lanes] = {}

        def coin(kind: str, number: int, t: int) -> Lanes:
            key = (kind, number)
            if key not in thrown:
                falls = draw.integers(0, 65536, 64 * words, np.uint16) < t
                thrown[key] = np.packbits(falls).view(np.uint64)
            return thrown[key]

        sides = [[np.zeros(words, np.uint64) for _ in range(n)] for _ in (0, 1)]
        attacked = [np.zeros(words, np.uint64) for _ in range(n)]
        sides[0][shock.attacker] = every.copy()
        sides[1][shock.target] = attacked[shock.target] = every.copy()

        def joins(x: int, own: list[Lanes], other: list[Lanes], outside: Lanes) -> Lanes:
            called = np.zeros(words, np.uint64)
            for i in by_debtor[x]:
                _, y, trigger, t, others = owed[i]
                lanes = own[y] & outside
                if trigger != OFFENCE:
                    lanes &= attacked[y]
                if not lanes.any():
                    continue
                if trigger == CONSULTATION:
                    lanes &= np.bitwise_or.reduce([own[k] for k in others]) if others else lanes & ~lanes
                if trigger != OFFENCE:
                    lanes &= coin("asks", y, graph.requests[y])
                if lanes.any():
                    called |= lanes & coin("owes", i, t)
            if called.any():
                for y in allies[x]:
                    called &= ~other[y]
                for i in pacts[x]:
                    _, z, t = graph.neutrality[i]
                    if (called & other[z]).any():
                        called &= ~(other[z] & coin("neutral", i, t))
            return called

        while True:
            new: list[tuple[int, Lanes, Lanes]] = []
            for x in range(n):
                outside = ~(sides[0][x] | sides[1][x])
                if by_debtor[x] and outside.any():
                    first, second = joins(x, *sides, outside), joins(x, sides[1], sides[0], outside)
                    if (first ^ second).any():
                        new.append((x, first & ~second, second & ~first))
            if not new:
                return sides[0], sides[1]
            for own in (0, 1):
                joined = np.bitwise_or.reduce([each[1 + own] for each in new])
                for y in range(n):
                    attacked[y] |= joined & sides[1 - own][y]
            for x, first, second in new:
                sides[0][x] |= first
                sides[1][x] |= second

    def run(worlds: int, seed: int) -> Sums:
        draw = np.random.default_rng(seed)
        total = np.zeros(4, np.int64)
        for _ in range(-(-worlds // (64 * words))):
            for s, side in enumerate(block(draw)):
                sizes = sum(np.unpackbits(row.view(np.uint8)).astype(np.int64) for row in side)
                total[2 * s : 2 * s + 2] += np.sum(sizes), np.sum(sizes * sizes)
        a, aa, b, bb = map(int, total)
        return a, aa, b, bb

    return run
