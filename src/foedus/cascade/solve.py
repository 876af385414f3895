"""One shock, answered: exactly if a budget of nodes is enough, else by so many worlds, with intervals and the seed.

>>> from foedus.cascade.model import WHOLE, Duty, Shock, model
>>> three = model(("A", "B", "C"), (Duty(2, 1, "defence", WHOLE // 2),))
>>> found = solve(three, Shock(0, 1))
>>> found.engine, found.entered[2][1].exact, found.sizes[1].value
('exact', Fraction(1, 2), 1.5)
>>> found = solve(three, Shock(0, 1), nodes=0, worlds=1000, seed=7)
>>> found.engine, found.entered[2][1].value, found.why
('Monte Carlo', 0.527, 'no nodes were allowed')
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Any, TypeAlias

from foedus.cascade.compiled import available, is_ready
from foedus.cascade.counts import Counts, nothing
from foedus.cascade.engine import Waiting
from foedus.cascade.exact import NODES, Exact, exact
from foedus.cascade.interval import mean, share
from foedus.cascade.ints import Ints
from foedus.cascade.model import WHOLE, Model, Shock
from foedus.cascade.plan import Plan, plan
from foedus.cascade.result import Chance, Result
from foedus.engines.contract import TooLarge

WORLDS = 1_000_000
"""Sampled: an interval is then at most 0.002 wide."""
FEW = 20_000
"""Worlds for which code is not compiled, if it was not before."""

STEPS = 1 << 16, 1 << 24
"""Worlds between one word to whoever waits and the next, without compiled code and with it: about a second."""

Sampler: TypeAlias = Callable[[Plan, int, int, bool], Counts]
"""Runs so many worlds of a plan under a seed, in detail or not."""


def solve(
    model: Model,
    shock: Shock,
    *,
    nodes: int = NODES,
    worlds: int = WORLDS,
    seed: int = 1,
    threads: int | None = None,
    detail: bool = False,
    waiting: Waiting | None = None,
    by: Sampler | None = None,
) -> Result:
    """What the shock comes to. The answer depends on nothing but the model, the shock, `nodes`, `worlds` and `seed`.

    Args:
        model: who owes what to whom.
        shock: who attacks whom.
        nodes: of a decision diagram, at most, for an exact answer; 0 asks for none.
        worlds: how many are sampled, where it cannot be exact.
        seed: of those worlds; it counts modulo 2**64.
        threads: how many share the work; None: one for each core that this process may use.
        detail: also which duties call whom, and in what round states enter, which takes longer.
        waiting: told what is being done, before it is begun and as it goes on: `exact`; `compiling`, once on a
            machine, for some seconds; `worlds`, with how many are done, of how many.
        by: who runs the worlds instead of this process, such as `foedus.cascade.on_spark.Cluster.sample`.

    Raises:
        ValueError: a shock that is not between two different states of the model, or less than one world.
    """
    if worlds < 1:
        raise ValueError(f"{worlds} worlds are none")
    made = plan(model, shock)
    why = "no nodes were allowed"
    if nodes > 0:
        if waiting is not None:
            waiting("exact", 0, 0)
        try:
            return exactly(made, exact(made, nodes=nodes, detail=detail))
        except TooLarge as large:
            why = str(large)
    if by is not None:
        if waiting is not None:
            waiting("worlds", 0, 0)
        counts = by(made, worlds, seed, detail)
    else:
        counts = sample(made, worlds, seed, threads=threads, detail=detail, waiting=waiting)
    return estimated(made, counts, seed, why)


def sample(
    plan: Plan,
    worlds: int,
    seed: int,
    *,
    first: int = 0,
    threads: int | None = None,
    detail: bool = False,
    waiting: Waiting | None = None,
) -> Counts:
    """The worlds of a seed from a first one on, by compiled code where it can be had, else without: the same counts.
    ValueError if the first does not begin a word."""
    ready = available() and is_ready()
    if not available() or (worlds <= FEW and not ready):
        step, run = STEPS[0], partial(Ints(plan, seed).run, detail=detail)
    else:
        words: Any = importlib.import_module("foedus.cascade.words")
        compiled: Any = words.Words(plan, seed)
        if waiting is not None and not ready:
            waiting("compiling", 0, 0)
            compiled.run(first, 1)
        step, run = STEPS[1], partial(compiled.run, threads=threads or cores(), detail=detail)
    found = nothing(plan.model, detail)
    for at in range(0, worlds, step):
        if waiting is not None:
            waiting("worlds", at, worlds)
        found += run(first + at, min(step, worlds - at))
    return found


def prepare(waiting: Waiting | None = None) -> None:
    """Compile now what would otherwise be compiled when it is worth the wait: for whoever has many questions, each of
    few worlds. Nothing happens where numba is not installed."""
    if available() and not is_ready():
        two = Model(("A", "B"), (), (), (WHOLE, WHOLE))
        sample(plan(two, Shock(0, 1)), FEW + 1, 1, waiting=waiting)


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def exactly(plan: Plan, found: Exact) -> Result:
    """An exact answer."""
    rows = [_exact(chance) for chance in found.entered]
    return Result(
        plan.model,
        plan.shock,
        "exact",
        tuple(zip(rows[0::2], rows[1::2], strict=True)),
        (_exact(sum(found.entered[0::2], Fraction(0))), _exact(sum(found.entered[1::2], Fraction(0)))),
        _exact(found.quiet),
        tuple(_exact(chance) for chance in found.called),
        tuple(
            float(total / (found.entered[2 * x] + found.entered[2 * x + 1]))
            if found.entered[2 * x] or found.entered[2 * x + 1]
            else None
            for x, total in enumerate(found.rounds)
        ),
        nodes=found.nodes,
    )


def estimated(plan: Plan, counts: Counts, seed: int, why: str) -> Result:
    """An estimate, from what was counted."""
    rows = [share(hits, counts.worlds) for hits in counts.entered]
    one, one_squared, two, two_squared = counts.sizes
    return Result(
        plan.model,
        plan.shock,
        "Monte Carlo",
        tuple(zip(rows[0::2], rows[1::2], strict=True)),
        (mean(one, one_squared, counts.worlds), mean(two, two_squared, counts.worlds)),
        share(counts.quiet, counts.worlds),
        tuple(share(hits, counts.worlds) for hits in counts.called),
        tuple(
            total / entries if (entries := counts.entered[2 * x] + counts.entered[2 * x + 1]) else None
            for x, total in enumerate(counts.rounds)
        ),
        worlds=counts.worlds,
        seed=seed,
        why=why,
    )


def _exact(value: Fraction) -> Chance:
    return Chance(float(value), float(value), float(value), value)
