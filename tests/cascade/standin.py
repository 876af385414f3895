"""A small engine for tests, over `plain`: exact by going through all coins where they are few, else by worlds."""

from __future__ import annotations

from fractions import Fraction

from foedus.cascade.engine import mean_of, share
from foedus.cascade.model import Model, Shock
from foedus.cascade.result import Chance, Result
from foedus.cascade.worlds import Worlds
from tests.cascade.models import outcomes


def solve(
    model: Model,
    shock: Shock,
    *,
    nodes: int = 1 << 18,
    worlds: int = 1000,
    seed: int = 1,
    threads: int = 1,
    detail: bool = True,
) -> Result:
    open_ = sum(
        0 < c < 65536 for c in (*(d.chance for d in (*model.duties, *model.neutralities)), *model.requests)
    )
    if nodes and open_ <= 9:
        found = [[Fraction(0), Fraction(0)] for _ in model.states]
        called = [Fraction(0)] * len(model.duties)
        quiet = Fraction(0)
        for weight, history in outcomes(model, shock):
            quiet += weight * (len(history.entries) == 2)
            for entry in history.entries:
                found[entry.state][entry.side] += weight
                for number in entry.because:
                    called[number] += weight
        entered = tuple((_exact(one), _exact(other)) for one, other in found)
        sizes = tuple(_exact(sum((pair[side] for pair in found), Fraction(0))) for side in (0, 1))
        return Result(
            model, shock, "exact", entered, (sizes[0], sizes[1]), _exact(quiet), tuple(map(_exact, called)),
            (None,) * len(model.states), nodes=2**open_,
        )  # fmt: skip
    counts = [[0, 0] for _ in model.states]
    sums = [[0, 0], [0, 0]]
    calls = [0] * len(model.duties)
    still = 0
    for world in Worlds(model, shock, seed).drawn(worlds):
        history = world.history
        still += len(history.entries) == 2
        for side in (0, 1):
            size = len(history.sides[side])
            sums[side][0] += size
            sums[side][1] += size * size
        for entry in history.entries:
            counts[entry.state][entry.side] += 1
            for number in entry.because:
                calls[number] += 1
    return Result(
        model, shock, "Monte Carlo",
        tuple((share(one, worlds), share(other, worlds)) for one, other in counts),
        (mean_of(*sums[0], worlds), mean_of(*sums[1], worlds)), share(still, worlds),
        tuple(share(n, worlds) for n in calls), (None,) * len(model.states), worlds, seed, why="few coins only",
    )  # fmt: skip


def _exact(value: Fraction) -> Chance:
    return Chance(float(value), float(value), float(value), value)
