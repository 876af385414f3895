"""Small models of every kind, by chance; and all worlds of one, one by one: the oracle of the exact engine."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import strategies as st

from foedus.cascade.coins import chances
from foedus.cascade.model import WHOLE, Duty, Model, Neutrality, Shock, model
from foedus.cascade.plain import run

TRIGGERS = ("defence", "offence", "consultation")


def chance(sure: bool) -> st.SearchStrategy[int]:
    edges = st.sampled_from([WHOLE, WHOLE, WHOLE // 2, 1, WHOLE - 1, 0])
    return edges if sure else st.one_of(edges, st.integers(0, WHOLE))


@st.composite
def models(draw: st.DrawFn, most: int = 7, duties: int = 16, sure: bool = False) -> tuple[Model, Shock]:
    """A model and a shock. `sure`: few chances other than 0, 1/2 and 1."""
    n = draw(st.integers(2, most))
    state = st.integers(0, n - 1)
    pair = st.tuples(state, state).filter(lambda p: p[0] != p[1])
    some = st.lists(state, max_size=3).map(tuple)
    owed: list[Duty] = []
    if n > 3 and draw(st.booleans()):  # a treaty among many: each duty has all the others for its parties
        members = draw(st.lists(state, min_size=3, max_size=6, unique=True))
        trigger = draw(st.sampled_from(TRIGGERS))
        owed += [
            Duty(x, y, trigger, draw(chance(sure)), tuple(k for k in members if k not in (x, y)))
            for x in members
            for y in members
            if x != y
        ]
    for x, y in draw(st.lists(pair, max_size=duties)):
        trigger = draw(st.sampled_from(TRIGGERS))
        adversaries = draw(some) if draw(st.integers(0, 3)) == 0 else ()
        owed.append(Duty(x, y, trigger, draw(chance(sure)), draw(some), adversaries))
    promises = [Neutrality(x, y, draw(chance(sure))) for x, y in draw(st.lists(pair, max_size=4))]
    made = model(
        tuple(f"S{x}" for x in range(n)),
        tuple(owed),
        tuple(promises),
        tuple(draw(chance(sure)) for _ in range(n)) if draw(st.booleans()) else None,
        allied=draw(st.one_of(st.none(), st.frozensets(pair, max_size=4))),
        joiner_attacks=draw(st.sampled_from([True, True, False])),
    )
    return made, Shock(*draw(pair))


def uncertain(made: Model) -> list[int]:
    """The coins that may fall either way."""
    return [coin for coin, each in enumerate(chances(made)) if 0 < each < WHOLE]


def enumerated(made: Model, shock: Shock) -> tuple[list[Fraction], Fraction, list[Fraction], list[Fraction]]:
    """Of all ways in which the coins can fall: chances of entry by row, of quiet, of calls, and mean rounds (over all
    worlds), as `foedus.cascade.exact.Exact` has them."""
    each, open_ = chances(made), uncertain(made)
    entered = [Fraction(0)] * (2 * len(made.states))
    called, rounds = [Fraction(0)] * len(made.duties), [Fraction(0)] * len(made.states)
    quiet = Fraction(0)
    for falls in product((False, True), repeat=len(open_)):
        fallen = dict(zip(open_, falls, strict=True))
        weight = Fraction(1)
        for coin, well in fallen.items():
            weight *= Fraction(each[coin] if well else WHOLE - each[coin], WHOLE)
        history = run(made, shock, lambda coin, f=fallen: f.get(coin, each[coin] == WHOLE))
        quiet += weight * (len(history.entries) == 2)
        for entry in history.entries:
            entered[2 * entry.state + entry.side] += weight
            rounds[entry.state] += weight * entry.round
            for duty in entry.because:
                called[duty] += weight
    return entered, quiet, called, rounds
