"""Synthetic graphs of obligations, as models of a two-sided cascade, for checks and for comparisons in speed.

`tiny` has 6 states and 8 obligations, `1914` 60 and 125, `today` 195 and 1,400. No state and no treaty in them is a
real one. The same seed gives the same graph on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from random import Random

from foedus.cascade.model import WHOLE, Duty, Model, Neutrality, Shock, Trigger, model

TRIGGERS: tuple[Trigger, ...] = ("defence", "offence", "consultation")
SHOCKS = {"tiny": Shock(0, 2), "1914": Shock(0, 8), "today": Shock(30, 3)}


@dataclass
class _Graph:
    draw: Random
    duties: list[Duty] = field(default_factory=list[Duty])
    known: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])

    def owe(self, x: int, y: int, trigger: int, p: float, others: Iterable[int] = ()) -> None:
        if x != y and (x, y) not in self.known:
            self.known.add((x, y))
            chance = round(min(0.97, max(0.03, p)) * WHOLE)
            self.duties.append(Duty(x, y, TRIGGERS[trigger], chance, tuple(others)))

    def bloc(self, members: Sequence[int], trigger: int, p: float) -> None:
        for x in members:
            for y in members:
                if x != y:
                    jitter = self.draw.uniform(-0.12, 0.12)
                    others = [k for k in members if k not in (x, y)] if trigger == 2 else ()
                    self.owe(x, y, trigger, p + jitter, others)

    def fill(
        self, count: int, n: int, pick: Callable[[], tuple[int, int]], weights: Sequence[float],
        chances: Sequence[float], sample: int,
    ) -> None:  # fmt: skip
        while len(self.duties) < count:
            x, y = pick()
            trigger = self.draw.choices([0, 1, 2], weights)[0]
            others = (
                [k for k in self.draw.sample(range(n), sample) if k not in (x, y)] if trigger == 2 else ()
            )
            self.owe(x, y, trigger, chances[trigger] + self.draw.uniform(-0.15, 0.15), others)


def graph(kind: str, seed: int = 1) -> Model:
    """The graph `tiny`, `1914` or `today`."""
    draw = Random(seed)
    made = _Graph(draw)
    if kind == "tiny":
        n, pacts = 6, 2
        made.owe(0, 1, 0, 0.7)
        made.owe(1, 0, 0, 0.7)
        made.owe(3, 2, 0, 0.6)
        made.owe(4, 3, 2, 0.5, [5])
        made.owe(5, 3, 0, 0.8)
        made.owe(0, 2, 0, 0.2)
        made.owe(4, 5, 0, 0.5)
        made.owe(1, 4, 1, 0.3)
    elif kind == "1914":
        n, pacts = 60, 25
        _alliances(made)

        def few() -> tuple[int, int]:
            x = draw.choice(range(8)) if draw.random() < 0.6 else draw.randrange(n)
            y = draw.randrange(8, n)
            return (y, x) if draw.random() < 0.4 else (x, y)

        made.fill(125, n, few, [0.7, 0.12, 0.18], (0.55, 0.74, 0.5), 2)
    else:
        n, pacts = 195, 100
        _organisations(made)

        def many() -> tuple[int, int]:
            x, y = draw.randrange(n), draw.randrange(n)
            return (draw.choice([0, 1, 2, 3, 30, 60]), y) if draw.random() < 0.5 else (x, y)

        made.fill(1400, n, many, [0.75, 0.1, 0.15], (0.4, 0.6, 0.35), 3)
    promised: dict[tuple[int, int], None] = {}
    while len(promised) < pacts:
        x, z = draw.randrange(n), draw.randrange(n)
        if x != z and (x, z) not in made.known:
            promised[x, z] = None
    return model(
        tuple(f"S{i}" for i in range(n)),
        tuple(made.duties),
        tuple(Neutrality(x, z, int(0.78 * WHOLE)) for x, z in promised),
        (int(0.9 * WHOLE),) * n,
    )


def _alliances(made: _Graph) -> None:
    made.bloc([0, 1], 0, 0.75)
    made.bloc([0, 1, 2], 0, 0.6)
    made.bloc([3, 4], 0, 0.8)
    made.bloc([4, 5, 3], 2, 0.6)
    made.bloc([5, 6], 0, 0.7)
    for x, y, trigger, p in [
        (3, 8, 0, 0.75), (5, 10, 0, 0.8), (4, 10, 0, 0.7), (1, 7, 1, 0.7), (7, 1, 1, 0.6), (8, 11, 0, 0.6),
        (11, 8, 1, 0.8), (9, 0, 0, 0.4), (0, 9, 0, 0.6), (5, 12, 0, 0.7), (12, 5, 1, 0.6),
    ]:  # fmt: skip
        made.owe(x, y, trigger, p)


def _organisations(made: _Graph) -> None:
    made.bloc(range(26), 0, 0.6)
    made.bloc([0, *range(40, 54)], 2, 0.35)
    made.bloc(range(30, 36), 0, 0.5)
    made.bloc(range(60, 74), 2, 0.3)
    made.bloc(range(80, 91), 0, 0.3)
    made.bloc(range(100, 106), 0, 0.45)
    for i in range(110, 116):
        made.owe(0, i, 0, 0.7)
        made.owe(i, 0, 0, 0.6)
