"""A model, put in order for one shock: only what can come to bear, by what sets it off.

A state *can come in* on a side if a duty that is not idle leads it there, and it does not count the shock's other state
among its allies. What is owed by or to states that cannot come in on a side is left out.

Duties with the same condition are a *bundle*: the same beneficiary, the same trigger, the same other parties, the same
adversaries. A *circle* is a set of states of which a condition asks how many are in: any one (adversaries), or any two
(consultation: the duties of a treaty of k members have one circle, and asking costs k, not k³).

>>> from foedus.cascade.model import WHOLE, Duty, Shock, model
>>> pairs = [(x, y) for x in (2, 3, 4) for y in (1, 2, 3, 4) if x != y]
>>> duties = [Duty(x, y, "consultation", WHOLE, tuple({1, 2, 3, 4} - {x, y})) for x, y in pairs]
>>> made = plan(model(tuple("ABCDE"), (*duties, Duty(2, 1, "defence", WHOLE))), Shock(0, 1))
>>> made.states, made.circles, len(made.bundles)
((0, 1, 2, 3, 4), ((1, 2, 3, 4),), 5)
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from foedus.cascade.model import WHOLE, Duty, Model, Shock, Trigger

SMALLEST = 4
"""States of a clique: in a smaller one each pair is as quick."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Duties to `beneficiary` with one condition. `parties` is the circle of which two must be in on its side,
    `adversaries` the circle of which one must be in on the other (-1: neither is asked). `duties` are the debtors
    (numbers of the plan) with the coin of each, the likeliest first."""

    beneficiary: int
    trigger: Trigger
    parties: int
    adversaries: int
    duties: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """States have the plan's own numbers: their places in `states`, which holds those of the model. The shock's
    attacker is 0, its target 1.

    `able[x]`: whether x can come in on either side. `barred_by[y]`: who does not join the side against y, apart from
    `cliques`, of which no member joins a side against another.
    `neutral_to[z]`: who promised to stay out of wars against z, with the coin of each. `requests[y]`: the coin of
    y's asking for help.
    """

    model: Model
    shock: Shock
    states: tuple[int, ...]
    able: tuple[tuple[bool, bool], ...]
    bundles: tuple[Bundle, ...]
    circles: tuple[tuple[int, ...], ...]
    barred_by: tuple[tuple[int, ...], ...]
    cliques: tuple[tuple[int, ...], ...]
    neutral_to: tuple[tuple[tuple[int, int], ...], ...]
    requests: tuple[int, ...]

    @property
    def coins(self) -> list[int]:
        """The coins that may be asked for: of duties and promises in order, then the request of each state."""
        owed = {coin for bundle in self.bundles for _, coin in bundle.duties}
        return [*sorted(owed | {coin for row in self.neutral_to for _, coin in row}), *self.requests]


def plan(model: Model, shock: Shock) -> Plan:
    """The plan. ValueError for a shock of a state upon itself, or of one that there is not."""
    pair = (shock.attacker, shock.target)
    if pair[0] == pair[1] or not all(0 <= state < len(model.states) for state in pair):
        raise ValueError(f"{shock} is between two different states of the model, or it is a mistake")
    can = _can_come_in(model, shock)
    order = list(dict.fromkeys((*pair, *_nearest_first(model, pair, can))))
    place = {state: number for number, state in enumerate(order)}
    circles: dict[tuple[int, ...], int] = {}
    known: dict[frozenset[int], int] = {}

    def circle(states: frozenset[int]) -> int:
        if states not in known:
            here = tuple(sorted(place[state] for state in states if state in place))
            known[states] = circles.setdefault(here, len(circles))
        return known[states]

    bundles: dict[tuple[int, Trigger, int, int], list[tuple[int, int]]] = defaultdict(list)
    for coin in sorted(coin for state in can[0] | can[1] for coin in model.coins_owed[state]):
        duty = model.duties[coin]
        if duty.debtor in pair or not (
            _bears(model, shock, can, duty, 0) or _bears(model, shock, can, duty, 1)
        ):
            continue
        parties = adversaries = -1
        trigger = duty.trigger
        if trigger == "consultation" and duty.beneficiary in duty.others:
            trigger = "defence"  # it is in already, and so one of them is
        if trigger == "consultation":
            parties = circle(model.sets[coin][0])
        if duty.adversaries:
            adversaries = circle(model.sets[coin][1])
        condition = (place[duty.beneficiary], trigger, parties, adversaries)
        bundles[condition].append((place[duty.debtor], coin))
    allies = model.allies
    cliques, barred = _cliques([{place[y] for y in allies[x] & place.keys() - {x}} for x in order])
    neutral: list[list[tuple[int, int]]] = [[] for _ in order]
    for coin, promise in enumerate(model.neutralities, len(model.duties)):
        if promise.chance and promise.debtor not in pair and {promise.debtor, promise.power} <= place.keys():
            neutral[place[promise.power]].append((place[promise.debtor], coin))
    asks = len(model.duties) + len(model.neutralities)
    return Plan(
        model,
        shock,
        tuple(order),
        tuple((state in can[0], state in can[1]) for state in order),
        tuple(
            Bundle(*condition, tuple(sorted(owed, key=lambda each: -model.duties[each[1]].chance)))
            for condition, owed in sorted(bundles.items())
        ),
        tuple(circles),
        barred,
        cliques,
        tuple(map(tuple, neutral)),
        tuple(asks + state for state in order),
    )


def _bears(model: Model, shock: Shock, can: tuple[set[int], set[int]], duty: Duty, side: int) -> bool:
    """Whether a duty may ever call its debtor to a side that he can come in on."""
    return duty.debtor in can[side] and _asked(model, shock, can, duty, side)


def _asked(model: Model, shock: Shock, can: tuple[set[int], set[int]], duty: Duty, side: int) -> bool:
    own = can[side]
    if not duty.chance or duty.beneficiary not in own:
        return False
    if duty.adversaries and can[1 - side].isdisjoint(duty.adversaries):
        return False
    if duty.trigger == "offence":
        return True
    if not model.requests[duty.beneficiary] or not (model.joiner_attacks or duty.beneficiary == shock.target):
        return False
    return duty.trigger == "defence" or any(each in own and each != duty.debtor for each in duty.others)


def _can_come_in(model: Model, shock: Shock) -> tuple[set[int], set[int]]:
    """Who can be on each side, if coins fall so: it grows from the shock. Barred is who is barred from the first."""
    pair = (shock.attacker, shock.target)
    allies = model.allies
    sure = {
        (n.debtor, n.power) for n in model.neutralities if n.chance == WHOLE
    }  # a certain promise bars as an ally does
    out = [
        {x for x in range(len(model.states)) if pair[1 - side] in allies[x]}
        | {x for x, power in sure if power == pair[1 - side]}
        | set(pair)
        for side in (0, 1)
    ]
    can: tuple[set[int], set[int]] = ({pair[0]}, {pair[1]})
    fresh = [(pair[0], 0), (pair[1], 1)]
    unmet: list[tuple[Duty, int]] = []  # conditions on others than the beneficiary, which may be met later
    while fresh:
        state, side = fresh.pop()
        looked, unmet = [*((duty, side) for duty in model.owed_to[state]), *unmet], []
        for duty, side in looked:
            if duty.debtor in out[side] or duty.debtor in can[side]:
                continue
            if _asked(model, shock, can, duty, side):
                can[side].add(duty.debtor)
                fresh.append((duty.debtor, side))
            elif duty.others or duty.adversaries:
                unmet.append((duty, side))
    return can


def _nearest_first(model: Model, pair: tuple[int, int], can: tuple[set[int], set[int]]) -> list[int]:
    """Whoever can come in, those nearest to the shock first: what is used together lies together."""
    found = list(pair)
    seen = set(found)
    for state in found:
        for duty in model.owed_to[state]:
            debtor = duty.debtor
            if debtor not in seen and (debtor in can[0] or debtor in can[1]):
                seen.add(debtor)
                found.append(debtor)
    return found[2:]


def _cliques(allies: list[set[int]]) -> tuple[tuple[tuple[int, ...], ...], tuple[tuple[int, ...], ...]]:
    """Sets of states of which each counts every other among its allies, and what is left: by ally, who counts it.

    Greedy: the sets need not be the fewest, and any will do."""
    left = [set(row) for row in allies]
    found: list[tuple[int, ...]] = []
    for seed in range(len(left)):
        while True:
            mutual = {y for y in left[seed] if seed in left[y]}
            clique = {seed}
            for other in sorted(mutual, key=lambda y: (-len(left[y] & mutual), y)):
                if all(other in left[each] and each in left[other] for each in clique):
                    clique.add(other)
            if len(clique) < SMALLEST:
                break
            found.append(tuple(sorted(clique)))
            for each in clique:
                left[each] -= clique
    barred: list[list[int]] = [[] for _ in left]
    for state in range(2, len(left)):
        for ally in sorted(left[state]):
            barred[ally].append(state)
    return tuple(found), tuple(map(tuple, barred))
