"""The cascade in compiled code, on all cores: needs `foedus[cascade]` (numba and numpy).

Worlds are dealt out to threads, and what they count is added up: whole numbers, so the number of threads changes
nothing.

>>> from foedus.cascade.model import WHOLE, Duty, Shock, model
>>> from foedus.cascade.plan import plan
>>> three = model(("A", "B", "C"), (Duty(2, 1, "defence", WHOLE // 2),))
>>> found = Words(plan(three, Shock(0, 1)), seed=1).run(0, 100_000)
>>> found.worlds, found.entered, found.quiet + found.entered[5]
(100000, (100000, 0, 0, 100000, 0, 50213), 100000)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import reduce
from itertools import chain
from operator import add
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.cascade.coins import BITS, chances, starts
from foedus.cascade.compiled import simulate
from foedus.cascade.counts import Counts, nothing
from foedus.cascade.plan import Plan

WORD = 64
SHARE = 1 << 18
"""Worlds that a thread takes at a time."""
_TRIGGERS = {"defence": 0, "offence": 1, "consultation": 2}

Words64 = NDArray[np.uint64]


class Words:
    """The engine for one plan and seed."""

    def __init__(self, plan: Plan, seed: int) -> None:
        self.plan = plan
        model, bundles, states = plan.model, plan.bundles, len(plan.states)
        chance = chances(model)
        first, rows, debtors, coins = 0, [], [], []
        own: list[list[tuple[int, int]]] = [[] for _ in plan.states]
        for number, bundle in enumerate(bundles):
            end = first + len(bundle.duties)
            rows.append(
                (bundle.beneficiary, _TRIGGERS[bundle.trigger], bundle.parties, bundle.adversaries, first, end)
            )
            for place, (debtor, coin) in enumerate(bundle.duties, first):
                own[debtor].append((number, place))
                debtors.append(debtor)
                coins.append(coin)
            first = end
        # Coins of the model that the plan does not need are left out, so that the others lie close together.
        used = sorted({*coins, *(coin for row in plan.neutral_to for _, coin in row)})
        place_of = {coin: place for place, coin in enumerate(used)}
        requests = len(used)
        used += plan.requests
        begins = starts(model, plan.shock, seed)
        self._coins = coins
        circles = len(plan.circles)
        by_beneficiary: tuple[list[list[int]], list[list[int]]] = ([[] for _ in range(states)], [[] for _ in range(states)])
        asking: list[list[int]] = [[] for _ in range(circles)]
        for number, bundle in enumerate(bundles):
            by_beneficiary[bundle.trigger == "offence"][bundle.beneficiary].append(number)
            for circle in {bundle.parties, bundle.adversaries} - {-1}:
                asking[circle].append(number)
        circle_of = [[c for c, members in enumerate(plan.circles) if x in members] for x in range(states)]
        self._given = (
            np.array(list(chain.from_iterable(plan.able)), np.bool_),
            np.array(rows, np.int64).reshape(-1, 6),
            _whole(debtors),
            _whole(place_of[coin] for coin in coins),
            *_listed(by_beneficiary[1]),
            *_listed(by_beneficiary[0]),
            *_listed(circle_of),
            *_listed(asking),
            *_listed(plan.barred_by),
            *_listed([[x for x, _ in row] for row in plan.neutral_to]),
            _whole(place_of[coin] for row in plan.neutral_to for _, coin in row),
            _listed(own)[0],
            np.array(list(chain.from_iterable(own)), np.int64).reshape(-1, 2),
            np.array([begins[coin] for coin in used], np.uint64),
            _whole(chance[coin] for coin in used),
            _whole(_last(chance[coin]) for coin in used),
            requests,
        )

    def run(self, first: int, worlds: int, *, threads: int = 1, detail: bool = False) -> Counts:
        """What happens in so many worlds from a first one on, which begins a word.

        ValueError if it does not."""
        if first % WORD:
            raise ValueError(f"worlds begin at a multiple of {WORD}, not at {first}")
        shares = [
            (at, min(SHARE, first + worlds - at)) for at in range(first, first + worlds, SHARE)
        ]
        if threads == 1 or len(shares) < 2:
            found: Iterable[Counts] = (self._run(at, count, detail)[0] for at, count in shares)
            return reduce(add, found, nothing(self.plan.model, detail))
        with ThreadPoolExecutor(threads) as pool:
            found = pool.map(lambda share: self._run(*share, detail)[0], shares)
            return reduce(add, found, nothing(self.plan.model, detail))

    def sides(self, first: int, worlds: int) -> list[tuple[frozenset[int], frozenset[int]]]:
        """The two sides at the end of each world, as sets of the model's states."""
        lanes = self._run(first, worlds, False, True)[1]
        rows: list[int] = [int.from_bytes(row.tobytes(), "little") for row in lanes]
        found: list[tuple[frozenset[int], frozenset[int]]] = []
        for world in range(worlds):
            one, two = (
                frozenset(state for x, state in enumerate(self.plan.states) if rows[2 * x + side] >> world & 1)
                for side in (0, 1)
            )
            found.append((one, two))
        return found

    def _run(self, first: int, worlds: int, detail: bool, keep: bool = False) -> tuple[Counts, Words64]:
        model, states = self.plan.model, len(self.plan.states)
        words = -(-worlds // WORD)
        tail = (1 << (worlds - WORD * (words - 1))) - 1
        kept: Words64 = np.zeros((2 * states, words if keep else 0), np.uint64)
        entered, sizes = np.zeros(2 * states, np.int64), np.zeros(5, np.int64)
        called, rounds = np.zeros(len(self._coins), np.int64), np.zeros(states, np.int64)
        simulate()(
            first // WORD, words, np.uint64(tail), states, model.joiner_attacks,
            *self._given, detail, kept, entered, sizes, called, rounds,
        )  # fmt: skip
        everywhere = [0] * (2 * len(model.states))
        rounds_of = [0] * len(model.states) if detail else []
        for x, state in enumerate(self.plan.states):
            everywhere[2 * state : 2 * state + 2] = map(int, entered[2 * x : 2 * x + 2])
            if detail:
                rounds_of[state] = int(rounds[x])
        calls = [0] * len(model.duties) if detail else []
        if detail:
            for coin, count in zip(self._coins, called, strict=True):
                calls[coin] = int(count)
        one, one_squared, two, two_squared, quiet = map(int, sizes)
        counts = Counts(
            worlds,
            tuple(everywhere),
            (one, one_squared, two, two_squared),
            quiet,
            tuple(calls),
            tuple(rounds_of),
        )
        return counts, kept


def _whole(numbers: Iterable[int]) -> NDArray[np.int64]:
    return np.array(list(numbers), np.int64)


def _listed(rows: Sequence[Sequence[Any]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Lists of whole numbers, one after the other, with the place where each begins."""
    ends = np.zeros(len(rows) + 1, np.int64)
    ends[1:] = np.cumsum([len(row) for row in rows])
    flat = [] if rows and rows[0] and isinstance(rows[0][0], tuple) else list(chain.from_iterable(rows))
    return ends, np.array(flat if all(isinstance(n, int) for n in flat) else [], np.int64)


def _last(chance: int) -> int:
    """The lowest bit of a chance that is 1: no lower one can tell whether a number is below it."""
    return (chance & -chance).bit_length() - 1 if chance else BITS
