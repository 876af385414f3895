"""How far the answer moves as far as its chances may be wrong: the outer loop around the worlds.

Each draw takes one value for every rate, the same for all promises that rest on it, and asks the engine again, all
draws with the same coins. What comes of it is the *spread of chances*; it has nothing to do with the *error of
simulation*, which more worlds make smaller and the spread not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from foedus.cascade.engine import Engine
from foedus.cascade.from_obligations import Built
from foedus.cascade.model import Shock
from foedus.cascade.result import Result
from foedus.cascade.sensitivity import EXACT_NODES


@dataclass(frozen=True, slots=True)
class Range:
    """Over the draws: the mean, and the middle 95 %."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Spread:
    """The range of each entry (state by side), of the sizes and of the chance that nobody joins, over `draws`
    draws; each was answered exactly (`worlds` None), or in so many worlds."""

    draws: int
    seed: int
    worlds: int | None
    entered: tuple[tuple[Range, Range], ...]
    sizes: tuple[Range, Range]
    quiet: Range


def spread(
    built: Built,
    shock: Shock,
    engine: Engine,
    result: Result,
    *,
    draws: int = 200,
    worlds: int = 1 << 14,
    progress: Callable[[int, int], object] | None = None,
) -> Spread | None:
    """Ask again for each draw of the rates; None where no rate may be wrong."""
    if draws < 2 or all(rate.kind == "fixed" for rate in built.rates.values()):
        return None
    exactly = result.engine == "exact" and (result.nodes or 0) <= EXACT_NODES
    own = engine if exactly else engine.with_(nodes=0, worlds=worlds)
    random = Random(engine.seed)
    found: list[Result] = []
    for n in range(draws):
        if progress is not None:
            progress(n, draws)
        found.append(own.run(built.at(built.table.drawn(random)), shock, False))
    states = len(built.model.states)
    entered = tuple(
        (
            _range([r.entered[state][0].value for r in found]),
            _range([r.entered[state][1].value for r in found]),
        )
        for state in range(states)
    )
    sizes = (_range([r.sizes[0].value for r in found]), _range([r.sizes[1].value for r in found]))
    inexact = any(r.engine != "exact" for r in found)
    return Spread(
        draws,
        engine.seed,
        worlds if inexact else None,
        entered,
        sizes,
        _range([r.quiet.value for r in found]),
    )


def _range(values: Sequence[float]) -> Range:
    """The mean and the middle 95 % of some values.

    >>> _range([float(n) for n in range(101)])
    Range(mean=50.0, low=2.5, high=97.5)
    """
    ordered = sorted(values)

    def at(part: float) -> float:
        place = part * (len(ordered) - 1)
        low = int(place)
        high = min(low + 1, len(ordered) - 1)
        return ordered[low] + (place - low) * (ordered[high] - ordered[low])

    return Range(sum(ordered) / len(ordered), at(0.025), at(0.975))
