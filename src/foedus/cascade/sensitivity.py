"""How much the answer moves with each chance that it rests on.

The answer is linear in the chance of each single coin: its derivative is the answer with the coin certain, less the
answer with it impossible. A rate on which several coins rest moves it by the sum over them, each times how fast the
coin's chance moves with the rate. Where the exact engine answers within its budget the derivatives are exact; else
they come from the same worlds with one coin turned (`pivots`), with their interval.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from foedus.cascade.engine import Engine, scaled
from foedus.cascade.from_obligations import Built
from foedus.cascade.honour import Recipe
from foedus.cascade.model import WHOLE, Model, Shock
from foedus.cascade.pivots import Pivots
from foedus.cascade.rates import Rate
from foedus.cascade.result import Chance, Result

EXACT_NODES = 2_000
"""An exact answer of at most so many nodes is asked again for each coin; a larger one would take too long."""
STEP = 1e-6


@dataclass(frozen=True, slots=True)
class Slope:
    """By how much the expected sizes of the two sides grow if a rate grows by 1 (so a hundredth of it for a per
    cent), and with it the chance of each entry (state, side, by how much), the largest first. `coins` rest on it."""

    rate: Rate
    coins: int
    sizes: tuple[Chance, Chance]
    entries: tuple[tuple[int, int, Chance], ...]


@dataclass(frozen=True)
class Sensitivity:
    """The slopes, the steepest first; `exact` says how they were found."""

    exact: bool
    slopes: tuple[Slope, ...]


Effect = tuple[tuple[Chance, Chance], Mapping[tuple[int, int], Chance]]


def sensitivity(built: Built, shock: Shock, engine: Engine, result: Result, found: Pivots) -> Sensitivity:
    """The derivative of the answer to each rate that the model's chances rest on."""
    exactly = result.engine == "exact" and (result.nodes or 0) <= EXACT_NODES
    effects = _exactly(built, shock, engine) if exactly else _from_turns(found)
    rates = built.table.values()
    recipes = (*(link.recipe for link in built.links), *built.requests)
    slopes: list[Slope] = []
    for name, rate in built.rates.items():
        sizes = [_NOUGHT, _NOUGHT]
        entries: dict[tuple[int, int], Chance] = {}
        coins = 0
        for number, recipe in enumerate(recipes):
            if name not in recipe.names or number not in effects:
                continue
            steep = _steepness(recipe, rates, name)
            coins += 1
            own, moved = effects[number]
            sizes = [_sum(one, scaled(other, steep)) for one, other in zip(sizes, own, strict=True)]
            for key, change in moved.items():
                entries[key] = _sum(entries.get(key, _NOUGHT), scaled(change, steep))
        if coins:
            ordered = sorted(entries.items(), key=lambda pair: (-abs(pair[1].value), pair[0]))
            slopes.append(
                Slope(rate, coins, (sizes[0], sizes[1]), tuple((*key, change) for key, change in ordered))
            )
    slopes.sort(key=lambda s: (-abs(s.sizes[0].value) - abs(s.sizes[1].value), s.rate.name))
    return Sensitivity(exactly, tuple(slopes))


_NOUGHT = Chance(0.0, 0.0, 0.0)


def _sum(one: Chance, other: Chance) -> Chance:
    """The sum; its interval is wide enough whatever the two have to do with each other."""
    return Chance(one.value + other.value, one.low + other.low, one.high + other.high)


def _steepness(recipe: Recipe, rates: Mapping[str, float], name: str) -> float:
    """How fast a coin's chance grows with a rate."""
    low, high = max(0.0, rates[name] - STEP), min(1.0, rates[name] + STEP)
    ends = [recipe.value({**rates, name: at}) for at in (low, high)]
    return (ends[1] - ends[0]) / (high - low)


def _from_turns(found: Pivots) -> Mapping[int, Effect]:
    return {
        turn.coins[0]: (turn.sizes, {(state, side): change for state, side, change in turn.entries})
        for turn in found.turns
        if turn.kind in ("promise", "request") and len(turn.coins) == 1
    }


def _exactly(built: Built, shock: Shock, engine: Engine) -> Mapping[int, Effect]:
    """Each coin certain and impossible, by the exact engine."""
    model = built.model
    effects: dict[int, Effect] = {}
    for number in range(len(model.duties) + len(model.neutralities) + len(model.requests)):
        certain, never = (
            engine.run(with_chance(model, number, chance), shock, False) for chance in (WHOLE, 0)
        )
        moved = {
            (state, side): _difference(certain.entered[state][side], never.entered[state][side])
            for state in range(len(model.states))
            for side in (0, 1)
        }
        sizes = (_difference(certain.sizes[0], never.sizes[0]), _difference(certain.sizes[1], never.sizes[1]))
        effects[number] = (sizes, {key: change for key, change in moved.items() if change.value})
    return effects


def _difference(one: Chance, other: Chance) -> Chance:
    if one.exact is not None and other.exact is not None:
        exact = one.exact - other.exact
        return Chance(float(exact), float(exact), float(exact), exact)
    return Chance(one.value - other.value, one.low - other.high, one.high - other.low)


def with_chance(model: Model, number: int, chance: int) -> Model:
    """The model with one coin's chance changed; every coin keeps its number."""
    owes, promises = len(model.duties), len(model.neutralities)
    if number < owes:
        duties = list(model.duties)
        duties[number] = replace(duties[number], chance=chance)
        return replace(model, duties=tuple(duties))
    if number < owes + promises:
        neutral = list(model.neutralities)
        neutral[number - owes] = replace(neutral[number - owes], chance=chance)
        return replace(model, neutralities=tuple(neutral))
    requests = list(model.requests)
    requests[number - owes - promises] = chance
    return replace(model, requests=tuple(requests))
