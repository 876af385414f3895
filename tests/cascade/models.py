"""Small models of our own, by chance, with every kind of duty; and exact answers by going through all coins."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from random import Random

from hypothesis import strategies as st

from foedus.cascade.model import WHOLE, Duty, Model, Neutrality, Shock, Trigger, model
from foedus.cascade.plain import History, run

TRIGGERS: tuple[Trigger, ...] = ("defence", "offence", "consultation")


def some_model(
    random: Random, states: int = 6, duties: int = 9, promises: int = 2, halves: bool = False
) -> Model:
    """A model whose chances are 0, ½ or 1 (`halves`: ½ all)."""
    names = tuple("ABCDEFGHIJ"[:states])

    def pair() -> tuple[int, int]:
        one, other = random.sample(range(states), 2)
        return one, other

    def chance() -> int:
        return WHOLE // 2 if halves else random.choice((0, WHOLE // 2, WHOLE // 3, WHOLE))

    def some(most: int) -> tuple[int, ...]:
        return tuple(sorted(random.sample(range(states), random.randrange(most))))

    owed = tuple(
        Duty(
            *pair(),
            random.choice(TRIGGERS),
            chance(),
            some(3),
            some(3) if random.random() < 0.3 else (),
            str(n),
        )
        for n in range(duties)
    )
    neutral = tuple(Neutrality(*pair(), chance(), str(n)) for n in range(promises))
    return model(
        names, owed, neutral, tuple(random.choice((WHOLE, WHOLE // 2)) for _ in names),
        joiner_attacks=random.random() < 0.7,
    )  # fmt: skip


models = st.builds(lambda seed: some_model(Random(seed)), st.integers(0, 10_000))
shock = Shock(0, 1)


def outcomes(one: Model, at: Shock = shock) -> Iterator[tuple[Fraction, History]]:
    """Every way in which the coins can fall, with its chance."""
    chances = [c.chance for c in (*one.duties, *one.neutralities)] + list(one.requests)
    open_ = [number for number, chance in enumerate(chances) if 0 < chance < WHOLE]
    for falls in product((False, True), repeat=len(open_)):
        fallen = dict(zip(open_, falls, strict=True))
        weight = Fraction(1)
        for number, so in fallen.items():
            weight *= Fraction(chances[number] if so else WHOLE - chances[number], WHOLE)
        yield weight, run(one, at, lambda n, fallen=fallen: fallen.get(n, chances[n] == WHOLE))


def exact(one: Model, at: Shock = shock) -> tuple[tuple[Fraction, Fraction], ...]:
    """The chance of each state's entry on either side."""
    found = [[Fraction(0), Fraction(0)] for _ in one.states]
    for weight, history in outcomes(one, at):
        for entry in history.entries:
            found[entry.state][entry.side] += weight
    return tuple((one, other) for one, other in found)
