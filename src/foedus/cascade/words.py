"""The cascade in compiled code, on all cores: needs `foedus[cascade]` (numba and numpy).

Worlds are dealt out to threads, and what they count is added up: whole numbers, so the number of threads changes
nothing.

>>> from foedus.cascade.model import WHOLE, Duty, Shock, model
>>> from foedus.cascade.plan import plan
>>> three = model(("A", "B", "C"), (Duty(2, 1, "defence", WHOLE // 2),))
>>> found = Words(plan(three, Shock(0, 1)), seed=1).run(0, 100_000)
>>> found.worlds, found.entered, found.quiet + found.entered[5]
(100000, (100000, 0, 0, 100000, 0, 50029), 100000)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import reduce
from itertools import accumulate, chain
from operator import add
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.cascade.coins import BITS, chances, starts
from foedus.cascade.compiled import PLANES, WORDS, simulate
from foedus.cascade.counts import Counts, nothing
from foedus.cascade.plan import Plan

WORD = 64
LINE = 8  # words in a line of the processor's cache
SHARE = 1 << 18
"""Worlds that a thread takes at a time."""

Words64 = NDArray[np.uint64]


class Words:
    """The engine for one plan and seed."""

    def __init__(self, plan: Plan, seed: int) -> None:
        self.plan = plan
        model, bundles, states = plan.model, plan.bundles, len(plan.states)
        chance = chances(model)
        first = 0
        rows: list[tuple[int, ...]] = []
        debtors: list[int] = []
        coins: list[int] = []
        own: list[list[tuple[int, int]]] = [[] for _ in plan.states]
        for number, bundle in enumerate(bundles):
            end = first + len(bundle.duties)
            offence = bundle.trigger == "offence"
            rows.append((bundle.beneficiary, offence, bundle.parties, bundle.adversaries, first, end))
            for place, (debtor, coin) in enumerate(bundle.duties, first):
                own[debtor].append((number, place))
                debtors.append(debtor)
                coins.append(coin)
            first = end
        # Coins of the model that the plan does not need are left out, so that the others lie close together.
        used = plan.coins
        place_of = {coin: place for place, coin in enumerate(used)}
        requests = len(used) - states
        begins = starts(plan.shock, seed, used)
        self._coins = coins
        self._chances = _whole(chance[coin] for coin in used)
        asking: list[list[int]] = [[] for _ in plan.circles]
        simple: list[list[int]] = [[] for _ in range(2 * states)]
        tied: list[list[int]] = [[] for _ in range(2 * states)]
        for number, bundle in enumerate(bundles):
            ties = {bundle.parties, bundle.adversaries} - {-1}
            kind = 2 * bundle.beneficiary + (bundle.trigger != "offence")
            (tied if ties else simple)[kind].append(number)
            for circle in ties:
                asking[circle].append(number)
        self._given: tuple[Any, ...] = (
            np.array(list(chain.from_iterable(plan.able)), np.bool_),
            np.array(rows, np.int64).reshape(-1, 6),
            _whole(debtors),
            _whole(place_of[coin] for coin in coins),
            *_listed(simple),
            *_listed(tied),
            *_listed(_of_each(plan.circles, states)),
            *_listed(asking),
            *_listed(_of_each(plan.cliques, states)),
            *_listed(plan.cliques),
            *_listed(plan.barred_by),
            *_listed([[x for x, _ in row] for row in plan.neutral_to]),
            _whole(place_of[coin] for row in plan.neutral_to for _, coin in row),
            np.array(list(chain.from_iterable(own)), np.int64).reshape(-1, 2),
            _ends(own),
            np.array([begins[coin] for coin in used], np.uint64),
            self._chances,
            _whole(_last(chance[coin]) for coin in used),
            requests,
        )

    def run(self, first: int, worlds: int, *, threads: int = 1, detail: bool = False) -> Counts:
        """What happens in so many worlds from a first one on, which begins a word.

        ValueError if it does not."""
        if first % WORD:
            raise ValueError(f"worlds begin at a multiple of {WORD}, not at {first}")
        shares = [(at, min(SHARE, first + worlds - at)) for at in range(first, first + worlds, SHARE)]
        if threads == 1 or len(shares) < 2:
            found: Iterable[Counts] = (self._run(at, count, detail)[0] for at, count in shares)
            return reduce(add, found, nothing(self.plan.model, detail))
        with ThreadPoolExecutor(threads) as pool:
            running = [pool.submit(self._run, at, count, detail) for at, count in shares]
            return reduce(add, (run.result()[0] for run in running), nothing(self.plan.model, detail))

    def sides(self, first: int, worlds: int) -> list[tuple[frozenset[int], frozenset[int]]]:
        """The two sides at the end of each world, as sets of the model's states."""
        lanes = self._run(first, worlds, False, True)[1]
        rows: list[int] = [int.from_bytes(row.tobytes(), "little") for row in lanes]
        found: list[tuple[frozenset[int], frozenset[int]]] = []
        for world in range(worlds):
            one, two = (
                frozenset(
                    state for x, state in enumerate(self.plan.states) if rows[2 * x + side] >> world & 1
                )
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
            *self._given, detail, kept, entered, sizes, called, rounds, *self._workspace(),
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

    def _workspace(self) -> list[NDArray[Any]]:
        """What the compiled code needs for a block of worlds, in the order of its arguments."""
        plan, coins = self.plan, len(self._chances)
        states, bundles, circles, cliques = map(len, (plan.states, plan.bundles, plan.circles, plan.cliques))
        lanes = (*[2 * states] * 7, 2 * bundles, *[2 * circles] * 2, 2 * cliques, coins)
        return [
            *map(_rows, lanes),
            np.zeros(coins, np.int64),
            *map(_rows, (1, 1, PLANES)),
            *(np.zeros(2 * states, np.int64) for _ in range(4)),
            np.zeros(2 * states, np.bool_),
            np.zeros(states, np.int64),
            np.zeros(states, np.bool_),
            np.zeros(states, np.bool_),
            np.zeros(2 * circles, np.int64),
            np.zeros(2 * circles, np.bool_),
            np.zeros(2 * cliques, np.int64),
            np.zeros(2 * cliques, np.bool_),
        ]


def _rows(rows: int) -> Words64:
    """Rows of lanes, each at the beginning of a line of the processor's cache."""
    raw = np.zeros(rows * WORDS + LINE, np.uint64)
    skip = -raw.ctypes.data % (8 * LINE) // 8
    return raw[skip : skip + rows * WORDS]


def _whole(numbers: Iterable[int]) -> NDArray[np.int64]:
    return np.array(list(numbers), np.int64)


def _listed(rows: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Lists of whole numbers, one after the other, and the place where each begins."""
    return _whole(chain.from_iterable(rows)), _ends(rows)


def _ends(rows: Sequence[Sequence[object]]) -> NDArray[np.int64]:
    return _whole(accumulate(map(len, rows), initial=0))


def _of_each(sets: Sequence[Sequence[int]], states: int) -> list[list[int]]:
    """Of which sets each state is."""
    found: list[list[int]] = [[] for _ in range(states)]
    for number, members in enumerate(sets):
        for state in members:
            found[state].append(number)
    return found


def _last(chance: int) -> int:
    """The lowest bit of a chance that is 1: no lower one can tell whether a number is below it."""
    return (chance & -chance).bit_length() - 1 if chance else BITS
