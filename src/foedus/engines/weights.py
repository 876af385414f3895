"""Chances as whole numbers, one pair for each variable: so that sums over worlds never round.

A *branch* gives what a variable multiplies a world's weight by where it is false, where it is true,
and where it is left open. For the chance 2/5 that is 3, 2 and 5; for a count, 1, 1 and 2. The answers
of a group weigh only where they are true: exactly one of them is.

>>> from foedus.engines.contract import Circuit
>>> c = Circuit()
>>> scope = Scope(c); touched = scope.touched(c.var("grave"))
>>> branches(scope, touched, {}, {"grave": Fraction(2, 5)})
{'grave': (3, 2, 5)}
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from foedus.engines.contract import Assignment
from foedus.engines.scope import Scope, Touched

Branch = tuple[int, int, int]
SURE: Branch = (1, 1, 1)


def branches(
    scope: Scope, touched: Touched, given: Assignment, weights: Mapping[str, Fraction] | None
) -> dict[str, Branch]:
    """The branch of each variable touched; for a count without `weights`. ValueError names the
    variable without a chance from 0 to 1, or the group whose chances do not add up to 1."""
    found: dict[str, Branch] = {}
    answered = scope.answered(given)
    for group in dict.fromkeys(scope.group_of[n] for n in touched.variables if n in scope.group_of):
        members = scope.circuit.groups[group]
        if weights is None or group in answered:
            found.update(dict.fromkeys(members, SURE))
            continue
        chances = [_chance(weights, member) for member in members]
        if sum(chances) != 1:
            raise ValueError(f"the chances of {group} add up to {sum(chances)}, not to 1")
        for member, chance in zip(members, chances, strict=True):
            whole = chance.denominator
            found[member] = (whole, chance.numerator, 1 if member in given else whole)
    for name in touched.variables:
        if name in found:
            continue
        if name in given:
            found[name] = SURE
        elif weights is None:
            found[name] = (1, 1, 2)
        else:
            chance = _chance(weights, name)
            found[name] = (chance.denominator - chance.numerator, chance.numerator, chance.denominator)
    return found


def _chance(weights: Mapping[str, Fraction], name: str) -> Fraction:
    chance = weights.get(name)
    if chance is None:
        raise ValueError(f"{name} has no chance")
    if isinstance(chance, float) or not 0 <= chance <= 1:
        raise ValueError(f"the chance of {name} is {chance!r}, not an exact one from 0 to 1")
    return Fraction(chance)
