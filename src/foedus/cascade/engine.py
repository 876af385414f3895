"""What every question of a cascade needs of an engine: a model and a shock in, a `Result` out; and intervals.

`Solve` is the signature of `foedus.cascade.solve.solve`. Whoever asks several questions of one model gives them the
same seed, so that they share their coins.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol, TypeAlias

from foedus.cascade.model import Model, Shock
from foedus.cascade.result import Chance, Result

Z = 1.959963984540054
"""The normal quantile of a two-sided interval of 95 %."""


Waiting: TypeAlias = Callable[[str, int, int], object]
"""Told what is being done, how much of it is done, and of how much: nought of nought where nobody knows."""


class Solve(Protocol):
    """An engine, exact within `nodes`, else by `worlds` simulated under `seed`."""

    def __call__(
        self,
        model: Model,
        shock: Shock,
        *,
        nodes: int = ...,
        worlds: int = ...,
        seed: int = ...,
        threads: int = ...,
        detail: bool = ...,
        waiting: Waiting | None = ...,
    ) -> Result: ...


@dataclass(frozen=True)
class Engine:
    """An engine with how it is to be run."""

    solve: Solve
    nodes: int = 1 << 18
    worlds: int = 1 << 18
    seed: int = 1
    threads: int = 1

    def run(self, model: Model, shock: Shock, detail: bool = True, waiting: Waiting | None = None) -> Result:
        """The answer to a shock. `waiting` is told what is being done: `exact`, `compiling`, `worlds`."""
        return self.solve(
            model,
            shock,
            nodes=self.nodes,
            worlds=self.worlds,
            seed=self.seed,
            threads=self.threads,
            detail=detail,
            waiting=waiting,
        )

    def with_(self, nodes: int | None = None, worlds: int | None = None, seed: int | None = None) -> Engine:
        """The same, run otherwise."""
        return replace(
            self,
            nodes=self.nodes if nodes is None else nodes,
            worlds=self.worlds if worlds is None else worlds,
            seed=self.seed if seed is None else seed,
        )


def share(count: int, of: int) -> Chance:
    """A share of worlds, with Wilson's interval.

    >>> share(0, 1000).high < 0.004, share(500, 1000).low > 0.46
    (True, True)
    """
    if of == 0:
        return Chance(0.0, 0.0, 1.0)
    found = count / of
    centre = (found + Z * Z / (2 * of)) / (1 + Z * Z / of)
    half = Z / (1 + Z * Z / of) * math.sqrt(found * (1 - found) / of + Z * Z / (4 * of * of))
    return Chance(found, max(0.0, min(found, centre - half)), min(1.0, max(found, centre + half)))


def mean_of(total: float, squares: float, of: int) -> Chance:
    """A mean over worlds of something that may be negative, with the normal interval of its error."""
    if of < 2:
        return Chance(total, -math.inf, math.inf)
    mean = total / of
    spread = max(0.0, squares / of - mean * mean)
    half = Z * math.sqrt(spread / (of - 1))
    return Chance(mean, mean - half, mean + half)


def scaled(one: Chance, by: float) -> Chance:
    """The number times another."""
    ends = sorted((one.low * by, one.high * by))
    return Chance(one.value * by, ends[0], ends[1])
