"""What an engine counted in some worlds: whole numbers, which add up the same in whatever order.

>>> two = Counts(64, (1, 0), (1, 1, 1, 1), 64) + Counts(64, (2, 1), (2, 4, 1, 1), 0)
>>> two.worlds, two.entered, two.sizes, two.quiet
(128, (3, 1), (3, 5, 2, 2), 64)
"""

from __future__ import annotations

from dataclasses import dataclass

from foedus.cascade.model import Model


@dataclass(frozen=True, slots=True)
class Counts:
    """Worlds by what happened in them.

    `entered[2 * state + side]`: worlds in which the state is on the side at the end. `sizes`: the sum, and the sum of
    squares, of the size of the attacker's side, then of the target's. `quiet`: worlds in which nobody joins. Only in
    detail: `called[n]`, worlds in which duty n calls its debtor in, in the round in which he enters; `rounds[state]`,
    the sum of the rounds of the state's entries.
    """

    worlds: int
    entered: tuple[int, ...]
    sizes: tuple[int, int, int, int]
    quiet: int
    called: tuple[int, ...] = ()
    rounds: tuple[int, ...] = ()

    def __add__(self, other: Counts) -> Counts:
        a, b = self.sizes, other.sizes
        return Counts(
            self.worlds + other.worlds,
            _added(self.entered, other.entered),
            (a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]),
            self.quiet + other.quiet,
            _added(self.called, other.called),
            _added(self.rounds, other.rounds),
        )


def nothing(model: Model, detail: bool) -> Counts:
    """Of no world."""
    states = len(model.states)
    return Counts(
        0,
        (0,) * (2 * states),
        (0, 0, 0, 0),
        0,
        (0,) * len(model.duties) if detail else (),
        (0,) * states if detail else (),
    )


def _added(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(a + b for a, b in zip(one, other, strict=True))
