"""All engines run the same worlds: compiled code, whole numbers, and the plain one that is plain to see."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from foedus.cascade import coins
from foedus.cascade import words as words_of
from foedus.cascade.counts import Counts, nothing
from foedus.cascade.exact import exact
from foedus.cascade.ints import Ints
from foedus.cascade.model import WHOLE, Duty, Model, Neutrality, Shock, model
from foedus.cascade.plain import run
from foedus.cascade.plan import plan
from foedus.cascade.words import Words
from foedus.engines.contract import TooLarge
from tests.cascade.drawn import enumerated, models, uncertain


def by_hand(made: Model, shock: Shock, seed: int, first: int, worlds: int) -> Counts:
    """What the plain engine counts, in detail."""
    found = nothing(made, True)
    for number in range(first, first + worlds):
        history = run(made, shock, coins.world(made, shock, seed, number))
        entered, called, rounds = [0] * (2 * len(made.states)), [0] * len(made.duties), [0] * len(made.states)
        for entry in history.entries:
            entered[2 * entry.state + entry.side] = 1
            rounds[entry.state] = entry.round
            for duty in entry.because:
                called[duty] = 1
        one, two = map(len, history.sides)
        found += Counts(
            1,
            tuple(entered),
            (one, one * one, two, two * two),
            int(len(history.entries) == 2),
            tuple(called),
            tuple(rounds),
        )
    return found


@settings(max_examples=150)
@given(models(), st.integers(0, 2**64), st.integers(1, 70))
def test_every_engine_runs_the_same_worlds(drawn: tuple[Model, Shock], seed: int, worlds: int) -> None:
    made, shock = drawn
    planned, first = plan(made, shock), 64 * (seed % 5)
    plain = [run(made, shock, coins.world(made, shock, seed, first + n)).sides for n in range(worlds)]
    assert Ints(planned, seed).sides(first, worlds) == plain
    assert Words(planned, seed).sides(first, worlds) == plain
    counted = by_hand(made, shock, seed, first, worlds)
    assert Ints(planned, seed).run(first, worlds, detail=True) == counted
    assert Words(planned, seed).run(first, worlds, detail=True) == counted


@settings(max_examples=40)
@given(models(most=12, duties=60), st.integers(0, 9))
def test_detail_lanes_blocks_and_threads_change_nothing(drawn: tuple[Model, Shock], seed: int) -> None:
    planned, worlds = plan(*drawn), 5000
    words, ints = Words(planned, seed), Ints(planned, seed)
    brief, full = words.run(0, worlds), words.run(0, worlds, detail=True)
    assert (brief.entered, brief.sizes, brief.quiet) == (full.entered, full.sizes, full.quiet)
    assert brief == ints.run(0, worlds) == ints.run(0, worlds, block=640)
    assert full == ints.run(0, worlds, detail=True)
    assert words.run(0, 1984) + words.run(1984, worlds - 1984) == brief


def test_threads_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words_of, "SHARE", 4096)
    duties = tuple(Duty(x, y, "defence", 40_000 + x) for x in range(2, 12) for y in range(12) if x != y)
    words = Words(plan(model(tuple("ABCDEFGHIJKL"), duties), Shock(0, 1)), 5)
    alone = words.run(128, 50_001, detail=True)
    assert alone.worlds == 50_001
    assert [words.run(128, 50_001, detail=True, threads=n) for n in (2, 3, 8)] == [alone] * 3


def test_worlds_begin_a_word() -> None:
    planned = plan(model(("A", "B"), ()), Shock(0, 1))
    for engine in (Words(planned, 1), Ints(planned, 1)):
        with pytest.raises(ValueError, match="multiple of 64"):
            engine.run(32, 64)


@settings(max_examples=150)
@given(models(most=6, duties=8, sure=True))
def test_exact_is_the_sum_over_all_worlds(drawn: tuple[Model, Shock]) -> None:
    made, shock = drawn
    assume(len(uncertain(made)) <= 9)
    entered, quiet, called, rounds = enumerated(made, shock)
    found = exact(plan(made, shock), detail=True)
    assert list(found.entered) == entered
    assert found.quiet == quiet
    assert list(found.called) == called
    assert list(found.rounds) == rounds
    brief = exact(plan(made, shock))
    assert (brief.entered, brief.quiet) == (found.entered, found.quiet)


def test_raising_one_chance_can_lower_another_states_entry() -> None:
    """Trial C's trap 4: nothing here is monotone. Y, drawn in on the other side, is an ally X does not fight."""
    found: list[float] = []
    for chance in (0, WHOLE // 2, WHOLE):
        # X helps B from round 2 on (through C); Y joins A in round 1.
        duties = (
            Duty(2, 1, "defence", WHOLE),
            Duty(4, 0, "offence", chance),
            Duty(3, 2, "offence", WHOLE),
        )
        made = model(tuple("ABCXY"), duties, allied=frozenset({(3, 4)}))
        found.append(float(exact(plan(made, Shock(0, 1))).entered[2 * 3 + 1]))
    assert found == [1.0, 0.5, 0.0]


def test_torn_for_a_round_then_barred_from_one_side_then_in() -> None:
    # X is called by both A and B at once and stays out; then its ally Y joins A, so X can only join A.
    duties = (
        Duty(2, 0, "offence", WHOLE),
        Duty(2, 1, "defence", WHOLE),
        Duty(3, 0, "offence", WHOLE),
    )
    made = model(tuple("ABXY"), duties, allied=frozenset({(2, 3)}))
    planned = plan(made, Shock(0, 1))
    history = run(made, Shock(0, 1), lambda coin: True)
    assert [(made.states[e.state], e.side, e.round) for e in history.entries[2:]] == [
        ("Y", 0, 1),
        ("X", 0, 2),
    ]
    assert history.torn == {2}
    assert Ints(planned, 1).sides(0, 1) == Words(planned, 1).sides(0, 1) == [history.sides]
    assert exact(planned, detail=True).rounds[2] == 2


def test_a_diagram_too_large_says_so() -> None:
    duties = tuple(Duty(x, y, "defence", 30_000) for x in range(2, 14) for y in range(14) if x != y)
    with pytest.raises(TooLarge, match="more than 1,000 nodes"):
        exact(plan(model(tuple("ABCDEFGHIJKLMN"), duties, allied=frozenset()), Shock(0, 1)), nodes=1000)


@pytest.mark.parametrize("shock", [Shock(0, 0), Shock(0, 2), Shock(-1, 0)])
def test_a_shock_is_between_two_states(shock: Shock) -> None:
    with pytest.raises(ValueError, match="two different states"):
        plan(model(("A", "B"), ()), shock)


@pytest.mark.parametrize("chance", [-1, WHOLE + 1])
def test_a_chance_is_between_0_and_1(chance: int) -> None:
    with pytest.raises(ValueError, match="a chance of"):
        model(("A", "B"), (Duty(0, 1, "defence", chance),))
    with pytest.raises(ValueError, match="a chance of"):
        model(("A", "B"), (), (Neutrality(0, 1, chance),))
