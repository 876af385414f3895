"""What so many worlds say of a chance, and of the size of a side: with an interval at the level `CONFIDENCE`.

>>> share(50, 1000)
Chance(value=0.05, low=0.038..., high=0.065..., exact=None)
"""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

from foedus.cascade.result import CONFIDENCE, Chance

Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)


def share(hits: int, worlds: int) -> Chance:
    """A chance that came true in `hits` of `worlds`: the interval of Wilson (1927)."""
    value, spread = hits / worlds, Z * Z / worlds
    middle = (value + spread / 2) / (1 + spread)
    half = Z * sqrt(value * (1 - value) / worlds + spread / (4 * worlds)) / (1 + spread)
    low = 0.0 if hits == 0 else max(0.0, middle - half)
    high = 1.0 if hits == worlds else min(1.0, middle + half)
    return Chance(value, low, high)


def mean(total: int, squares: int, worlds: int) -> Chance:
    """A mean number of states, at least one: the interval of the normal distribution, of the variance as sampled."""
    value = total / worlds
    variance = (squares - total * total / worlds) / max(worlds - 1, 1)
    half = Z * sqrt(max(variance, 0.0) / worlds)
    return Chance(value, max(1.0, value - half), value + half)
