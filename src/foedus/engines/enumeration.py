"""Every world, one after another: the plainest reading of the contract, for tests to hold the other
engines to, and for circuits of a few variables.

>>> from foedus.engines.contract import Circuit
>>> c = Circuit()
>>> c.group("author", ["inside", "outside"])
>>> Enumeration(c).settled(c.var("inside"), {"outside": False})
'all'
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import combinations, product
from math import prod

from foedus.engines.contract import NOTHING, Assignment, Circuit, Lit, NoWorld, Sets, Settled, TooLarge
from foedus.engines.scope import Scope

VARIABLES = 22

World = dict[str, bool]


class Enumeration:
    """The engine that looks at every world. TooLarge above 22 variables."""

    name = "enumeration"

    def __init__(self, circuit: Circuit) -> None:
        self.circuit = circuit

    def worlds(self, lit: Lit, given: Assignment = NOTHING) -> list[tuple[World, bool]]:
        """The admissible worlds over all variables that groups, theory and the literal mention,
        each with the literal's value. NoWorld if there are none."""
        grouped = [member for members in self.circuit.groups.values() for member in members]
        names = self.circuit.support(lit, *self.circuit.theory, *map(self.circuit.var, grouped))
        if len(names) > VARIABLES:
            raise TooLarge(f"more than {VARIABLES} variables")
        found = [
            (world, self.circuit.holds(lit, world))
            for world in (
                dict(zip(names, values, strict=True)) for values in product((True, False), repeat=len(names))
            )
            if all(world[name] == given.get(name, world[name]) for name in names)
            and all(sum(world[m] for m in members) == 1 for members in self.circuit.groups.values())
            and all(self.circuit.holds(theory, world) for theory in self.circuit.theory)
        ]
        if not found:
            raise NoWorld("no admissible world")
        return found

    def settled(self, lit: Lit, given: Assignment = NOTHING) -> Settled:
        values = {value for _, value in self.worlds(lit, given)}
        return "some" if len(values) == 2 else "all" if True in values else "none"

    def matters(self, lit: Lit, given: Assignment = NOTHING) -> frozenset[str]:
        worlds = self.worlds(lit, given)
        blocks = {name: set(members) for name, members in self.circuit.groups.items()}
        grouped = {member for members in blocks.values() for member in members}
        blocks.update({name: {name} for name in worlds[0][0] if name not in grouped})
        found: set[str] = set()
        for block, members in blocks.items():
            seen: dict[tuple[bool, ...], bool] = {}
            for world, value in worlds:
                elsewhere = tuple(v for name, v in world.items() if name not in members)
                if seen.setdefault(elsewhere, value) != value:
                    found.add(block)
        return frozenset(found)

    def settling(self, lit: Lit, value: bool, given: Assignment = NOTHING, limit: int = 12) -> Sets:
        worlds = self.worlds(lit, given)
        grouped = {m: members for members in self.circuit.groups.values() for m in members}
        settings = [
            (name, setting)
            for name in worlds[0][0]
            if name not in given and not any(given.get(m, False) for m in grouped.get(name, ()))
            for setting in ([True] if name in grouped else [True, False])
        ]
        found: list[tuple[tuple[str, bool], ...]] = []
        for size in range(len(worlds[0][0]) + 1):
            for chosen in combinations(settings, size):
                left = [held for world, held in worlds if all(world[n] == v for n, v in chosen)]
                minimal = not any(set(smaller) <= set(chosen) for smaller in found)
                if minimal and left and all(held == value for held in left):
                    found.append(chosen)
        return Sets(tuple(found[:limit]), len(found) <= limit)

    def reason(self, lit: Lit, given: Assignment) -> tuple[tuple[str, bool], ...]:
        value = self.settled(lit, given)
        if value == "some":
            raise ValueError("not settled by what is given")
        subsets = (part for size in range(len(given) + 1) for part in combinations(given.items(), size))
        return next(part for part in subsets if self.settled(lit, dict(part)) == value)

    def chance(self, lit: Lit, weights: Mapping[str, Fraction], given: Assignment = NOTHING) -> Fraction:
        for group, members in self.circuit.groups.items():
            if sum(weights[m] for m in members) != 1:
                raise ValueError(f"the chances of {group} do not add up to 1")
        grouped = {m for members in self.circuit.groups.values() for m in members}
        total = {True: Fraction(0), False: Fraction(0)}
        for world, value in self.worlds(lit, given):
            total[value] += prod(
                (
                    weights[n] if v else Fraction(1) if n in grouped else 1 - weights[n]
                    for n, v in world.items()
                ),
                start=Fraction(1),
            )
        if not sum(total.values()):
            raise NoWorld("what is given has the chance 0")
        return total[True] / sum(total.values())

    def count(self, lit: Lit, given: Assignment = NOTHING) -> int:
        names = Scope(self.circuit).touched(lit).variables
        worlds = self.worlds(lit, given)
        return len({tuple(world[name] for name in names) for world, value in worlds if value})
