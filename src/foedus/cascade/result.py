"""What a cascade came to: for each state, the chance that it enters on either side, and how that was found.

Exact, or estimated with an interval and the seed that gives it again: an answer always says which.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from foedus.cascade.model import Model, Shock

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Chance:
    """A chance in [0, 1]: exact (`exact` is given, and low = value = high), or an estimate with its interval."""

    value: float
    low: float
    high: float
    exact: Fraction | None = None


@dataclass(frozen=True)
class Result:
    """`entered[x]` is the chance that state x is in at the end, on the attacker's side and on the target's.

    `sizes` are the expected sizes of the two sides, `quiet` the chance that nobody joins. `called[n]` is the chance
    that duty n calls its debtor in, in a round in which the debtor enters (what a drawing of chains needs);
    `entry_round[x]` the mean round of entry among the worlds in which x enters, None where it never does.
    `worlds` and `seed` are None for an exact result, `nodes` (of the decision diagram) for an estimate.
    """

    model: Model
    shock: Shock
    engine: Literal["exact", "Monte Carlo"]
    entered: tuple[tuple[Chance, Chance], ...]
    sizes: tuple[Chance, Chance]
    quiet: Chance
    called: tuple[Chance, ...] = ()
    entry_round: tuple[float | None, ...] = ()
    worlds: int | None = None
    seed: int | None = None
    nodes: int | None = None
    why: str = ""  # why it is not exact: the budget that was spent
