"""What an outcome turns on: for each promise, each state and each instrument, what differs between all of it kept
and all of it broken, in the same worlds.

In a world in which no coin of it is asked for, nothing differs: so one simulation, with a few turned again, answers
for every coin. *Turns* is the chance that who is in at the end differs. The answer is linear in each single chance;
of one promise, what its being certain would add is (1 − chance) times the difference, and the difference is the
answer's derivative by the chance. Of several promises at once it is not, and both ends are simulated.

Broken is not absent: an ally that breaks its word still does not fight its ally. What if there were no such treaty
is asked with `without`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from foedus.cascade.engine import mean_of, scaled, share
from foedus.cascade.from_obligations import Built
from foedus.cascade.model import WHOLE, Shock
from foedus.cascade.result import Chance
from foedus.cascade.worlds import World, Worlds

Kind = Literal["promise", "state", "instrument", "request"]


@dataclass(frozen=True, slots=True)
class Turn:
    """What turns on something. `coins` are the numbers of its coins; `asked` and `turns` the chances that it is
    asked for and that the outcome differs by it. `sizes`: by how much the two sides are larger if it is kept than
    if it is broken; `kept` and `broken`: against what is, of each. `entries`: for each state and side, the change
    of its chance from broken to kept (only those that change)."""

    kind: Kind
    name: str
    coins: tuple[int, ...]
    asked: Chance
    turns: Chance
    sizes: tuple[Chance, Chance]
    kept: tuple[Chance, Chance]
    broken: tuple[Chance, Chance]
    entries: tuple[tuple[int, int, Chance], ...]


@dataclass(frozen=True)
class Pivots:
    """Everything that can turn an outcome, what does so most often first; from `worlds` worlds under `seed`."""

    worlds: int
    seed: int
    turns: tuple[Turn, ...]

    def of(self, kind: Kind) -> tuple[Turn, ...]:
        """Those of one kind."""
        return tuple(turn for turn in self.turns if turn.kind == kind)


@dataclass
class _Sums:
    asked: int = 0
    turned: int = 0
    sums: dict[str, list[float]] = field(default_factory=dict[str, list[float]])
    entries: dict[tuple[int, int], list[int]] = field(default_factory=dict[tuple[int, int], list[int]])

    def add(self, name: str, value: float) -> None:
        if value:
            found = self.sums.setdefault(name, [0.0, 0.0])
            found[0] += value
            found[1] += value * value

    def mean(self, name: str, worlds: int) -> Chance:
        total, squares = self.sums.get(name, (0.0, 0.0))
        return mean_of(total, squares, worlds)


def groups(built: Built) -> Mapping[tuple[Kind, str], tuple[int, ...]]:
    """What can be kept or broken: each coin, each state's promises to help, each instrument's, each request."""
    found: dict[tuple[Kind, str], list[int]] = {}
    states = built.model.states
    pairs = [
        *((duty.debtor, duty.beneficiary) for duty in built.model.duties),
        *((promise.debtor, promise.power) for promise in built.model.neutralities),
    ]
    for number, (link, (debtor, other)) in enumerate(zip(built.links, pairs, strict=True)):
        one = link.obligation
        found.setdefault(
            ("promise", f"{one.instrument} {states[debtor]}>{states[other]} {one.pledge}"), []
        ).append(number)
        if number < len(built.model.duties):  # promises to stay out would work against those to help
            found.setdefault(("state", states[debtor]), []).append(number)
        found.setdefault(("instrument", one.instrument), []).append(number)
    for index, state in enumerate(states):
        if built.model.requests[index] < WHOLE:
            found[("request", state)] = [len(pairs) + index]
    return {key: tuple(numbers) for key, numbers in found.items()}


def pivots(
    built: Built,
    shock: Shock,
    *,
    worlds: int = 1000,
    seed: int = 1,
    progress: Callable[[int, int], object] | None = None,
) -> Pivots:
    """Simulate worlds, and turn in each what was asked for in it."""
    every = groups(built)
    by_coin: dict[int, list[tuple[Kind, str]]] = {}
    for key, numbers in every.items():
        for number in numbers:
            by_coin.setdefault(number, []).append(key)
    found: dict[tuple[Kind, str], _Sums] = {}
    drawn = Worlds(built.model, shock, seed)
    for number in range(worlds):
        if progress is not None and number % 50 == 0:
            progress(number, worlds)
        base = drawn.world(number)
        for key in dict.fromkeys(key for coin in base.asked for key in by_coin.get(coin, ())):
            _turned(found.setdefault(key, _Sums()), drawn, number, base, every[key])
    turns = [_turn(key, every[key], sums, built, worlds) for key, sums in found.items()]
    turns.sort(key=lambda t: (-t.turns.value, -abs(t.sizes[0].value) - abs(t.sizes[1].value), t.name))
    return Pivots(worlds, seed, tuple(turns))


def _turned(sums: _Sums, drawn: Worlds, number: int, base: World, coins: tuple[int, ...]) -> None:
    sums.asked += 1
    ends: list[World] = []
    for so in (True, False):
        same = all(base.asked[coin] == so for coin in coins if coin in base.asked)
        ends.append(base if same else drawn.world(number, dict.fromkeys(coins, so)))
    kept, broken, now = (world.history.sides for world in (*ends, base))
    if kept == broken:
        for side in (0, 1):
            sums.add(f"kept {side}", len(kept[side]) - len(now[side]))
            sums.add(f"broken {side}", len(broken[side]) - len(now[side]))
        return
    sums.turned += 1
    for side in (0, 1):
        sums.add(f"sizes {side}", len(kept[side]) - len(broken[side]))
        sums.add(f"kept {side}", len(kept[side]) - len(now[side]))
        sums.add(f"broken {side}", len(broken[side]) - len(now[side]))
        for state in kept[side] ^ broken[side]:
            more = sums.entries.setdefault((state, side), [0, 0])
            more[0 if state in kept[side] else 1] += 1


def _turn(key: tuple[Kind, str], coins: tuple[int, ...], sums: _Sums, built: Built, worlds: int) -> Turn:
    sizes = (sums.mean("sizes 0", worlds), sums.mean("sizes 1", worlds))
    chance = _single(built, coins)
    if chance is not None:
        kept = tuple(scaled(one, 1 - chance) for one in sizes)
        broken = tuple(scaled(one, -chance) for one in sizes)
    else:
        kept = tuple(sums.mean(f"kept {side}", worlds) for side in (0, 1))
        broken = tuple(sums.mean(f"broken {side}", worlds) for side in (0, 1))
    entries = sorted(
        (
            (state, side, mean_of(more - less, more + less, worlds))
            for (state, side), (more, less) in sums.entries.items()
        ),
        key=lambda entry: (-abs(entry[2].value), entry[0], entry[1]),
    )
    return Turn(
        key[0], key[1], coins, share(sums.asked, worlds), share(sums.turned, worlds), sizes,
        (kept[0], kept[1]), (broken[0], broken[1]), tuple(entries),
    )  # fmt: skip


def _single(built: Built, coins: Iterable[int]) -> float | None:
    """The chance of a coin that stands alone."""
    numbers = tuple(coins)
    if len(numbers) != 1:
        return None
    model = built.model
    chances = (*(d.chance for d in model.duties), *(p.chance for p in model.neutralities), *model.requests)
    return chances[numbers[0]] / WHOLE
