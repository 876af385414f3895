"""The two-sided model of `foedus.cascade.model` as conditions of one circuit, run by the same evaluator.

What `foedus.cascade.plain` does one world at a time, a circuit and lanes do for as many as are given, with the same
coins: that ties the data sets' cascade to the pages' one.

>>> from foedus.cascade.model import WHOLE, Duty, Shock, model
>>> three = model(("A", "B", "C"), (Duty(2, 1, "defence", WHOLE),))
>>> run(three, Shock(0, 1), lambda coin: 0b01, 0b11).sides
((3, 0, 0), (0, 3, 1))
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from foedus.cascade.model import Duty, Model, Shock
from foedus.engines.contract import Circuit, Lit
from foedus.engines.lanes import Lanes


@dataclass(frozen=True, slots=True)
class Sides:
    """For each side and state, the lanes in which it is on it at the end; `torn`, those in which both called it."""

    sides: tuple[tuple[int, ...], tuple[int, ...]]
    torn: tuple[int, ...]
    rounds: int


@dataclass(frozen=True)
class Conditions:
    """For each state and side, the literal that it is called there and nothing stands in the way."""

    circuit: Circuit
    calls: tuple[tuple[Lit, Lit], ...]


def conditions(model: Model) -> Conditions:
    """The duties and promises of a model as literals over who is on which side, who is attacked, and coins."""
    circuit = Circuit()
    owes, promises = len(model.duties), len(model.neutralities)
    allies = model.allies

    def on(side: int, state: int) -> Lit:
        return circuit.var(f"{side}:{state}")

    def coin(number: int) -> Lit:
        return circuit.var(f"coin:{number}")

    def called(duty: Duty, number: int, own: int) -> Lit:
        parts = [on(own, duty.beneficiary), coin(number)]
        if duty.adversaries:
            parts.append(circuit.disj(*(on(1 - own, one) for one in duty.adversaries)))
        if duty.trigger != "offence":
            parts += [circuit.var(f"attacked:{duty.beneficiary}"), coin(owes + promises + duty.beneficiary)]
        if duty.trigger == "consultation":
            parts.append(circuit.disj(*(on(own, other) for other in duty.others)))
        return circuit.conj(*parts)

    found: list[tuple[Lit, Lit]] = []
    for state in range(len(model.states)):
        both: list[Lit] = []
        for own in (0, 1):
            calls = [called(duty, n, own) for n, duty in enumerate(model.duties) if duty.debtor == state]
            stays = [circuit.conj(on(1 - own, ally)) for ally in sorted(allies[state])]
            stays += [
                circuit.conj(on(1 - own, promise.power), coin(owes + n))
                for n, promise in enumerate(model.neutralities)
                if promise.debtor == state
            ]
            outside = (-on(0, state), -on(1, state))
            both.append(circuit.conj(circuit.disj(*calls), -circuit.disj(*stays), *outside))
        found.append((both[0], both[1]))
    return Conditions(circuit, tuple(found))


def run(model: Model, shock: Shock, coin: Callable[[int], int], full: int) -> Sides:
    """All lanes at once. `coin` gives the column of a coin, numbered as in `plain`; `full` has a bit for each lane."""
    made = conditions(model)
    lanes = Lanes(made.circuit, (lit for both in made.calls for lit in both))
    states = len(model.states)
    sides = [[0] * states, [0] * states]
    attacked, torn = [0] * states, [0] * states
    sides[0][shock.attacker] = sides[1][shock.target] = attacked[shock.target] = full

    def column(name: str) -> int:
        kind, _, number = name.partition(":")
        at = int(number)
        if kind == "coin":
            return coin(at)
        return attacked[at] if kind == "attacked" else sides[int(kind)][at]

    rounds = 0
    while True:
        found = lanes.run(column, full)
        first, second = found[::2], found[1::2]
        both = [one & other for one, other in zip(first, second, strict=True)]
        torn = [was | now for was, now in zip(torn, both, strict=True)]
        joined = [[one & ~two for one, two in zip(way, both, strict=True)] for way in (first, second)]
        if not any(any(columns) for columns in joined):
            return Sides((tuple(sides[0]), tuple(sides[1])), tuple(torn), rounds)
        rounds += 1
        if model.joiner_attacks:
            for side in (0, 1):
                anybody = 0
                for one in joined[side]:
                    anybody |= one
                for state in range(states):
                    attacked[state] |= anybody & sides[1 - side][state]
        for side in (0, 1):
            for state in range(states):
                sides[side][state] |= joined[side][state]
