"""What was simulated beside what happened: who was predicted on which side, and who entered by a day.

A war is a list of entries: state, side, first day. The states compared are all those that could have been meant:
members of the system on the day of the shock, or, where no list of them is at hand, the states of the model and of
the war. The two that the shock is about are left out; they are in by supposition.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from foedus.cascade.result import Result

Side = Literal["attacker", "target", "out"]
SIDES: tuple[Side, ...] = ("attacker", "target", "out")
EVEN = 0.5


@dataclass(frozen=True, slots=True)
class Entered:
    """A state (COW's number) that entered the war on a side (0: with the shock's attacker) on a day."""

    state: int
    side: int
    on: date


@dataclass(frozen=True, slots=True)
class Compared:
    """One state: the chance of its entry on either side, what is predicted of it, and what it did, with the day."""

    state: int
    chances: tuple[float, float]
    predicted: Side
    happened: Side
    on: date | None


@dataclass(frozen=True)
class Confusion:
    """The states compared with a war by `by`; predicted is the side whose chance is more than `threshold`. `brier`
    is the mean squared error of the chances over both sides; `nobody`, the same of always saying that nobody
    enters. `population` says which states were compared, `source` whose war it is."""

    war: str
    by: date
    threshold: float
    population: Literal["system", "model"]
    source: str
    states: tuple[Compared, ...]

    def count(self, predicted: Side, happened: Side) -> int:
        """How many states were predicted so and did so."""
        return sum((one.predicted, one.happened) == (predicted, happened) for one in self.states)

    def table(self) -> Mapping[Side, Mapping[Side, int]]:
        """The counts: what was predicted, by what happened."""
        return {one: {other: self.count(one, other) for other in SIDES} for one in SIDES}

    @property
    def brier(self) -> float | None:
        """Nought is perfect; None of no state."""
        return _brier([(one.chances, one.happened) for one in self.states])

    @property
    def nobody(self) -> float | None:
        """What the score would be if all chances were nought."""
        return _brier([((0.0, 0.0), one.happened) for one in self.states])


def _brier(found: Sequence[tuple[tuple[float, float], Side]]) -> float | None:
    if not found:
        return None
    total = sum(
        (chance - (happened == side)) ** 2
        for chances, happened in found
        for chance, side in zip(chances, ("attacker", "target"), strict=True)
    )
    return total / len(found)


def confusion(
    result: Result,
    numbers: Sequence[int],
    war: str,
    entries: Iterable[Entered],
    by: date,
    *,
    system: Iterable[int] | None = None,
    threshold: float = EVEN,
    source: str = "",
) -> Confusion:
    """Compare a result with a war. `numbers` are the states of the result's model in their order; `system`, the
    members of the system on the day, where known."""
    happened: dict[int, Entered] = {}
    for entry in sorted(entries, key=lambda e: e.on):
        if entry.on <= by:
            happened.setdefault(entry.state, entry)
    parties = {numbers[result.shock.attacker], numbers[result.shock.target]}
    place = {number: index for index, number in enumerate(numbers)}
    everyone = set(system) if system is not None else {*numbers}
    compared: list[Compared] = []
    for number in sorted((everyone | happened.keys() | place.keys()) - parties):
        one, other = result.entered[place[number]] if number in place else (None, None)
        chances = (one.value if one else 0.0, other.value if other else 0.0)
        entry = happened.get(number)
        compared.append(
            Compared(
                number, chances, predicted(chances, threshold), _side(entry), entry.on if entry else None
            )
        )
    return Confusion(war, by, threshold, "model" if system is None else "system", source, tuple(compared))


def predicted(chances: tuple[float, float], threshold: float) -> Side:
    """The likelier side, if its chance is more than the threshold."""
    side = 0 if chances[0] >= chances[1] else 1
    if chances[side] <= threshold:
        return "out"
    return "attacker" if side == 0 else "target"


def _side(entry: Entered | None) -> Side:
    if entry is None:
        return "out"
    return "attacker" if entry.side == 0 else "target"
