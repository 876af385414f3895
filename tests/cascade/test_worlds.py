"""Single worlds go as in `plain`, with the same coins; what cannot be reached does not matter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.cascade.from_obligations import Built, Link
from foedus.cascade.honour import Recipe, read_table
from foedus.cascade.model import WHOLE, Model, Shock
from foedus.cascade.plain import run
from foedus.cascade.within import reached, within
from foedus.cascade.worlds import Worlds, uniform
from foedus.obligations.obligation import Obligation
from foedus.terms.edtf import EDate
from tests.cascade.models import exact, models, shock

TABLE = read_table()
NOTHING = Link(
    Obligation(1, 2, "defense", None, EDate.of(date(1900, 1, 1)), None, "t:1", "defense"),
    Recipe(("request",)),
    "exact",
)


def built(one: Model) -> Built:
    return Built(
        date(1900, 1, 1), one, tuple(range(len(one.states))), (NOTHING,) * len(one.duties),
        (NOTHING,) * len(one.neutralities), (Recipe(("request",)),) * len(one.states), TABLE,
    )  # fmt: skip


@given(models, st.integers(0, 50))
def test_a_world_goes_as_plain_says(one: Model, seed: int) -> None:
    worlds = Worlds(one, shock, seed)
    for number in range(5):
        found = worlds.world(number)
        assert found.history == run(one, shock, lambda n, at=number: worlds.coin(at, n))
        assert all(worlds.coin(number, coin) == fell for coin, fell in found.asked.items())


@given(models, st.integers(0, 50))
def test_a_coin_that_was_not_asked_turns_nothing(one: Model, seed: int) -> None:
    worlds = Worlds(one, shock, seed)
    base = worlds.world(0)
    for coin in range(len(one.duties) + len(one.neutralities)):
        turned = worlds.world(0, {coin: not worlds.coin(0, coin)})
        if coin not in base.asked:
            assert turned.history == base.history


def test_coins_fall_evenly() -> None:
    values = [uniform(3, world, number) for world in range(200) for number in range(50)]
    assert abs(sum(values) / len(values) / 65536 - 0.5) < 0.01
    assert abs(sum(v < 1000 for v in values) / len(values) - 1000 / 65536) < 0.004
    assert len(set(values)) > 9000


@settings(max_examples=60)
@given(models)
def test_the_part_that_is_reached_gives_the_same_answer(one: Model) -> None:
    part = within(built(one), shock)
    whole, less = exact(one), exact(part.built.model, part.shock)
    for index, chances in enumerate(whole):
        if index in part.states:
            assert less[part.states.index(index)] == chances
        else:
            assert chances == (0, 0)
    assert [d.label for d in part.built.model.duties] == [one.duties[n].label for n in part.duties]


def test_more_than_the_part_is_reached_by_nothing() -> None:
    one = Model(("A", "B"), (), (), (WHOLE, WHOLE))
    assert reached(one, Shock(0, 1)) == {0, 1}
    assert within(built(replace(one)), Shock(1, 0)).shock == Shock(1, 0)
