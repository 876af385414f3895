"""The cascade, one world at a time, slow and obvious: what every other engine is checked against.

>>> from foedus.cascade.model import WHOLE, Duty, Shock, model
>>> three = model(("A", "B", "C"), (Duty(2, 1, "defence", WHOLE),))
>>> [(three.states[e.state], e.side, e.round) for e in run(three, Shock(0, 1), lambda coin: True).entries]
[('A', 0, 0), ('B', 1, 0), ('C', 1, 1)]
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from foedus.cascade.model import Duty, Model, Shock

Coin: TypeAlias = int
"""A coin's number: duties come first, in their order, then promises of neutrality, then each state's request."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A state on a side (0 the attacker's, 1 the target's) from a round on, and the duties that called it there
    (their numbers; none in round 0)."""

    state: int
    side: int
    round: int
    because: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """Who entered one world, in order; `torn` are the states that both sides called in some round."""

    entries: tuple[Entry, ...]
    torn: frozenset[int] = frozenset()

    @property
    def sides(self) -> tuple[frozenset[int], frozenset[int]]:
        """The two sides at the end."""
        one, two = (frozenset(e.state for e in self.entries if e.side == side) for side in (0, 1))
        return one, two


def run(model: Model, shock: Shock, coin: Callable[[Coin], bool]) -> History:
    """One world. `coin` says how a coin fell; it is asked only where that matters, and must say the same again."""
    owes, promises = len(model.duties), len(model.neutralities)
    allies = model.allies
    owed: list[list[tuple[int, Duty]]] = [[] for _ in model.states]
    for number, duty in enumerate(model.duties):
        owed[duty.debtor].append((number, duty))
    neutral: list[list[tuple[int, int]]] = [[] for _ in model.states]
    for number, promise in enumerate(model.neutralities, owes):
        neutral[promise.debtor].append((number, promise.power))
    sides: tuple[set[int], set[int]] = ({shock.attacker}, {shock.target})
    attacked = {shock.target}
    entries = [Entry(shock.attacker, 0, 0), Entry(shock.target, 1, 0)]
    torn: set[int] = set()

    def called(duty: Duty, own: set[int], other: set[int]) -> bool:
        if duty.beneficiary not in own or (duty.adversaries and other.isdisjoint(duty.adversaries)):
            return False
        if duty.trigger == "offence":
            return True
        if duty.beneficiary not in attacked or (
            duty.trigger == "consultation" and own.isdisjoint(duty.others)
        ):
            return False
        return coin(owes + promises + duty.beneficiary)

    def calls(x: int, own: set[int], other: set[int]) -> tuple[int, ...]:
        found = tuple(number for number, duty in owed[x] if called(duty, own, other) and coin(number))
        if not found or not allies[x].isdisjoint(other):
            return ()
        return () if any(power in other and coin(number) for number, power in neutral[x]) else found

    round_ = 0
    while True:
        round_ += 1
        joined: list[Entry] = []
        for x in range(len(model.states)):
            if x in sides[0] or x in sides[1]:
                continue
            first, second = calls(x, *sides), calls(x, sides[1], sides[0])
            if first and second:
                torn.add(x)
            elif first or second:
                joined.append(Entry(x, 0 if first else 1, round_, first or second))
        if not joined:
            return History(tuple(entries), frozenset(torn))
        if model.joiner_attacks:
            for side in (0, 1):
                if any(entry.side == side for entry in joined):
                    attacked |= sides[1 - side]
        for entry in joined:
            sides[entry.side].add(entry.state)
        entries += joined
