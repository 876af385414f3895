"""Coins of a cascade: independent of one another, the same in every stratum, given again by their seed.

>>> Coins({"duty": 0.5}, 64, 1).column("a.b", ("a.b", "duty")) == Coins({"duty": 0.5}, 64, 1).column("a.b", ("duty",))
True
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from random import Random

WHOLE = 1 << 16
"""Chances are in 65,536ths."""


def bernoulli(source: Random, threshold: int, worlds: int) -> int:
    """A column in which each world has a bit with the chance of `threshold` 65,536ths."""
    if threshold >= WHOLE:
        return (1 << worlds) - 1
    found = 0
    for n in range(16):
        drawn = source.getrandbits(worlds)
        found = found | drawn if threshold >> n & 1 else found & drawn
    return found


@dataclass
class Coins:
    """Chances by name, for so many worlds."""

    chances: Mapping[str, float]
    worlds: int
    seed: int
    _thrown: dict[str, int] = field(default_factory=dict[str, int])

    def column(self, coin: str, names: Iterable[str]) -> int:
        """The worlds in which a coin says yes; its chance stands under the first of the names that has one."""
        if coin not in self._thrown:
            chance = next((self.chances[name] for name in names if name in self.chances), 1.0)
            self._thrown[coin] = bernoulli(Random(f"{self.seed}|{coin}"), round(chance * WHOLE), self.worlds)
        return self._thrown[coin]
