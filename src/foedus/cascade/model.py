"""The two-sided cascade: what its engines are given.

A shock is one state attacking another. There are two sides; in each round, by what was so before it, every state
outside looks whether a duty calls it to one of them. It stays out of this round if both call, if an ally of its own
is on the other side, or if it keeps a promise of neutrality to somebody there. Rounds go on until nobody joins.
What is asserted stays, order matters, and raising one chance can lower another's entry: nothing here is monotone.

Chances are in 65,536ths. Each duty, request and promise of neutrality is one independent coin per world.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

WHOLE = 1 << 16
"""A chance of 1."""

Trigger = Literal["defence", "offence", "consultation"]
"""`defence`: the beneficiary is attacked and asks for help. `offence`: it is at war at all. `consultation`: as
defence, and one of `others` is in already, on its side."""


@dataclass(frozen=True, slots=True, order=True)
class Duty:
    """`debtor` owes `beneficiary` (indices into `Model.states`). `adversaries`: it is owed only while one of these
    is on the other side (empty: whoever attacks). `label` says which obligation it is."""

    debtor: int
    beneficiary: int
    trigger: Trigger
    chance: int
    others: tuple[int, ...] = ()
    adversaries: tuple[int, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Neutrality:
    """`debtor` promised to stay out of wars against `power`."""

    debtor: int
    power: int
    chance: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Shock:
    """`attacker` attacks `target` (indices)."""

    attacker: int
    target: int


@dataclass(frozen=True)
class Model:
    """States, what they owe one another, and the chance that each, attacked, asks for help.

    Duties and promises stand sorted: their place is the number of their coin. `allied` are the pairs (x, y) of
    which x does not fight y; without it, whoever owes the other something. `joiner_attacks` is the reading that
    whoever joins a side makes the other side attacked; without it only the target of the shock is.
    """

    states: tuple[str, ...]
    duties: tuple[Duty, ...]
    neutralities: tuple[Neutrality, ...]
    requests: tuple[int, ...]
    allied: frozenset[tuple[int, int]] | None = None
    joiner_attacks: bool = True

    @cached_property
    def owed_to(self) -> tuple[tuple[Duty, ...], ...]:
        """What each state is owed."""
        return tuple(tuple(self.duties[coin] for coin in coins) for coins in self.coins_owed)

    @cached_property
    def coins_owed(self) -> tuple[tuple[int, ...], ...]:
        """The coins of what each state is owed."""
        found: list[list[int]] = [[] for _ in self.states]
        for coin, duty in enumerate(self.duties):
            found[duty.beneficiary].append(coin)
        return tuple(map(tuple, found))

    @cached_property
    def sets(self) -> tuple[tuple[frozenset[int], frozenset[int]], ...]:
        """By the coin of a duty: its parties (its two and the others) and its adversaries. Equal sets are one object,
        so that whoever looks them up asks for their hash once."""
        one: dict[frozenset[int], frozenset[int]] = {}

        def of(states: frozenset[int]) -> frozenset[int]:
            return one.setdefault(states, states)

        return tuple(
            (of(frozenset((*duty.others, duty.debtor, duty.beneficiary))), of(frozenset(duty.adversaries)))
            for duty in self.duties
        )

    @cached_property
    def allies(self) -> tuple[frozenset[int], ...]:
        """Whom each state does not fight."""
        pairs = self.allied if self.allied is not None else {(d.debtor, d.beneficiary) for d in self.duties}
        found: list[set[int]] = [set() for _ in self.states]
        for one, other in pairs:
            found[one].add(other)
        return tuple(map(frozenset, found))


def model(
    states: tuple[str, ...],
    duties: tuple[Duty, ...],
    neutralities: tuple[Neutrality, ...] = (),
    requests: tuple[int, ...] | None = None,
    *,
    allied: frozenset[tuple[int, int]] | None = None,
    joiner_attacks: bool = True,
) -> Model:
    """A model with its duties and promises in their order. ValueError for a state there is not, a state that owes
    itself, or a chance below 0 or above 1."""
    asked = requests if requests is not None else (WHOLE,) * len(states)
    if len(asked) != len(states):
        raise ValueError("one chance of a request for each state")
    for one in (*duties, *neutralities):
        other = one.beneficiary if isinstance(one, Duty) else one.power
        if one.debtor == other or not all(0 <= n < len(states) for n in (one.debtor, other)):
            raise ValueError(f"{one} is between two different states of the model, or it is a mistake")
    for chance in (*(d.chance for d in duties), *(n.chance for n in neutralities), *asked):
        if not 0 <= chance <= WHOLE:
            raise ValueError(f"a chance of {chance} in {WHOLE}")
    return Model(states, tuple(sorted(duties)), tuple(sorted(neutralities)), asked, allied, joiner_attacks)
