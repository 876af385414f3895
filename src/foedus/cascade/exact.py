"""Exact chances: a set of worlds is a decision diagram over the coins, so that all worlds are run at once.

The rounds are those of every other engine (`foedus.cascade.lanes`). A diagram can outgrow any memory: `TooLarge` says
so, and nothing is answered.

>>> from foedus.cascade.model import WHOLE, Duty, Shock, model
>>> from foedus.cascade.plan import plan
>>> three = model(("A", "B", "C"), (Duty(2, 1, "defence", WHOLE // 2),), requests=(WHOLE, WHOLE // 4, WHOLE))
>>> exact(plan(three, Shock(0, 1))).entered[5]
Fraction(1, 8)
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from oxidd.bcdd import BCDDFunction, BCDDManager
from oxidd.util import DDMemoryError

from foedus.cascade.coins import BITS, chances
from foedus.cascade.lanes import Cascade, Kind
from foedus.cascade.model import WHOLE
from foedus.cascade.plan import Plan
from foedus.engines.contract import TooLarge

NODES = 1 << 21
FIRST = 1 << 16  # a table of the full budget takes time to lay out, and is seldom needed
CACHE = 1 << 16  # results of operations that the diagrams keep at hand, or an eighth of the nodes


@dataclass(frozen=True)
class Exact:
    """Chances by row of the model (2 × state + side), and so on: as `foedus.cascade.counts.Counts`, of all worlds.
    `nodes` are those of all that was asked, each once."""

    entered: tuple[Fraction, ...]
    quiet: Fraction
    called: tuple[Fraction, ...]
    rounds: tuple[Fraction, ...]
    nodes: int


def exact(plan: Plan, *, nodes: int = NODES, detail: bool = False) -> Exact:
    """The chances. TooLarge where the diagrams need more nodes than `nodes` at once."""
    for table in sorted({min(FIRST, nodes), nodes}):
        try:
            return _exact(plan, table, detail)
        except DDMemoryError:
            continue
    raise TooLarge(f"more than {nodes:,} nodes")


def _exact(plan: Plan, nodes: int, detail: bool) -> Exact:
    order = _order(plan)
    manager = BCDDManager(nodes, max(CACHE, nodes >> 3), 1)
    manager.add_vars(len(order))
    chance = chances(plan.model)
    level = {coin: number for number, coin in enumerate(order)}

    def coin(number: int, _: BCDDFunction) -> BCDDFunction:
        if chance[number] in (0, WHOLE):
            return manager.true() if chance[number] else manager.false()
        return manager.var(level[number])

    kind = Kind(manager.false(), manager.true(), BCDDFunction.satisfiable, coin)
    found = Cascade(plan, kind, detail).run()
    weigh = _Weigher(manager, [chance[coin] for coin in order])
    model = plan.model
    entered = [Fraction(0)] * (2 * len(model.states))
    for row, where in enumerate(found.sides):
        entered[2 * plan.states[row >> 1] + (row & 1)] = weigh(where)
    called = [Fraction(0)] * (len(model.duties) if detail else 0)
    for duty, where in found.called.items():
        called[duty] = weigh(where)
    rounds = [Fraction(0)] * (len(model.states) if detail else 0)
    for x, round_, where in found.joins:
        rounds[plan.states[x]] += round_ * weigh(where)
    quiet = 1 - weigh(found.anybody)
    return Exact(tuple(entered), quiet, tuple(called), tuple(rounds), weigh.nodes)


def _order(plan: Plan) -> list[int]:
    """The coins that are neither sure nor idle, from the shock outwards: with each state its own request and promises,
    and what is owed to it. Diagrams by debtor were half as large again, in the order of first use twice as large."""
    chance = chances(plan.model)
    by_state: list[list[int]] = [[coin] for coin in plan.requests]
    for bundle in plan.bundles:
        by_state[bundle.beneficiary] += (coin for _, coin in bundle.duties)
    for promises in plan.neutral_to:
        for debtor, coin in promises:
            by_state[debtor].append(coin)
    return [coin for row in by_state for coin in row if 0 < chance[coin] < WHOLE]


class _Weigher:
    """The chance of a set of worlds. Nodes are weighed once, whatever they are part of, in whole numbers: a node at
    level l has 65,536 ** (levels - l) as its whole."""

    def __init__(self, manager: BCDDManager, chance: list[int]) -> None:
        self._chance = chance
        self._depth = len(chance)
        self._weight: dict[BCDDFunction, tuple[int, int]] = {
            manager.true(): (self._depth, 1),
            manager.false(): (self._depth, 0),
        }

    @property
    def nodes(self) -> int:
        return len(self._weight) - 2

    def __call__(self, where: BCDDFunction) -> Fraction:
        weight, stack = self._weight, [where]
        while stack:
            node = stack[-1]
            below = None if node in weight else node.cofactors()
            if below is None:
                stack.pop()
                continue
            if waiting := [child for child in below if child not in weight]:
                stack += waiting
                continue
            stack.pop()
            level = node.node_level() or 0
            high, low = (
                value << BITS * (at - level - 1) for at, value in (weight[below[0]], weight[below[1]])
            )
            weight[node] = (level, self._chance[level] * high + (WHOLE - self._chance[level]) * low)
        at, value = weight[where]
        return Fraction(value, 1 << BITS * (self._depth - at))
