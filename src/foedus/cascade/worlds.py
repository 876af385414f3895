"""Single worlds, drawn one after another, for what needs to see a whole world: chains, and what one coin turns.

The same cascade as `plain`, quicker, since it looks only at what is owed to whoever is in; `plain` remains what it is
checked against. The coin of a number in a world depends on the seed, the world and the number alone, and how it falls
is a comparison with the chance: two models with the same numbering share their coins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from foedus.cascade.model import Model, Shock
from foedus.cascade.plain import Entry, History

_MASK = (1 << 64) - 1
_STEP = 0x9E3779B97F4A7C15
_MIX = (0xBF58476D1CE4E5B9, 0x94D049BB133111EB)


def uniform(seed: int, world: int, number: int) -> int:
    """The 16 bits that decide a coin, as likely as one another (SplitMix64 over seed, world and number)."""
    return _mixed(_mixed(seed * _STEP + world) + number * _STEP) >> 48


def _mixed(value: int) -> int:
    value = (value + _STEP) & _MASK
    value = ((value ^ (value >> 30)) * _MIX[0]) & _MASK
    value = ((value ^ (value >> 27)) * _MIX[1]) & _MASK
    return value ^ (value >> 31)


@dataclass(frozen=True, slots=True)
class World:
    """How one world went, and the coins that were asked for in it."""

    history: History
    asked: Mapping[int, bool]


class Worlds:
    """The worlds of a model and a shock under one seed."""

    def __init__(self, model: Model, shock: Shock, seed: int) -> None:
        self.model, self.shock, self.seed = model, shock, seed
        self._owes, self._promises = len(model.duties), len(model.neutralities)
        self._allies = model.allies
        self._owed: list[list[tuple[int, int, str, frozenset[int], frozenset[int]]]] = [
            [] for _ in model.states
        ]
        for number, duty in enumerate(model.duties):
            self._owed[duty.beneficiary].append((
                number, duty.debtor, duty.trigger, frozenset(duty.others), frozenset(duty.adversaries)
            ))  # fmt: skip
        self._neutral: list[list[tuple[int, int]]] = [[] for _ in model.states]
        for number, promise in enumerate(model.neutralities, self._owes):
            self._neutral[promise.debtor].append((number, promise.power))
        self._chances = (
            *(d.chance for d in model.duties), *(n.chance for n in model.neutralities), *model.requests
        )  # fmt: skip

    def coin(self, world: int, number: int) -> bool:
        """How a coin falls."""
        return uniform(self.seed, world, number) < self._chances[number]

    def drawn(self, count: int) -> Iterator[World]:
        """The first `count` worlds."""
        return (self.world(number) for number in range(count))

    def world(self, number: int, turned: Mapping[int, bool] | None = None) -> World:
        """One world; `turned` are coins that fall as they are told to."""
        asked: dict[int, bool] = {}
        forced = turned or {}

        def coin(at: int) -> bool:
            if at not in asked:
                asked[at] = forced[at] if at in forced else self.coin(number, at)
            return asked[at]

        sides: tuple[set[int], set[int]] = ({self.shock.attacker}, {self.shock.target})
        attacked = {self.shock.target}
        entries = [Entry(self.shock.attacker, 0, 0), Entry(self.shock.target, 1, 0)]
        torn: set[int] = set()
        requests = self._owes + self._promises
        round_ = 0
        while True:
            round_ += 1
            called = [self._called(sides[s], sides[1 - s], attacked, coin, requests) for s in (0, 1)]
            torn |= called[0].keys() & called[1].keys()
            joined = [
                Entry(x, side, round_, called[side][x])
                for x in sorted(called[0].keys() ^ called[1].keys())
                for side in (0, 1)
                if x in called[side]
            ]
            if not joined:
                return World(History(tuple(entries), frozenset(torn)), asked)
            if self.model.joiner_attacks:
                for side in (0, 1):
                    if any(entry.side == side for entry in joined):
                        attacked |= sides[1 - side]
            for entry in joined:
                sides[entry.side].add(entry.state)
            entries += joined

    def _called(
        self, own: set[int], other: set[int], attacked: set[int], coin: Callable[[int], bool], requests: int
    ) -> dict[int, tuple[int, ...]]:
        found: dict[int, list[int]] = {}
        for beneficiary in own:
            under_attack = beneficiary in attacked
            for number, debtor, trigger, others, adversaries in self._owed[beneficiary]:
                if debtor in own or debtor in other or (adversaries and other.isdisjoint(adversaries)):
                    continue
                if trigger != "offence" and not (
                    under_attack
                    and (trigger == "defence" or not own.isdisjoint(others))
                    and coin(requests + beneficiary)
                ):
                    continue
                if coin(number):
                    found.setdefault(debtor, []).append(number)
        return {
            debtor: tuple(sorted(numbers))
            for debtor, numbers in found.items()
            if self._allies[debtor].isdisjoint(other)
            and not any(power in other and coin(number) for number, power in self._neutral[debtor])
        }
