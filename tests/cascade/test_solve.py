"""An answer says how it was found, and is as good as it says."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings

from foedus.cascade import compiled
from foedus.cascade import solve as solving
from foedus.cascade.interval import share
from foedus.cascade.model import WHOLE, Duty, Model, Shock, model
from foedus.cascade.result import CONFIDENCE, Chance, Result
from foedus.cascade.solve import solve
from tests.cascade.drawn import models

SIX = model(
    tuple("ABCDEF"),
    (
        Duty(0, 1, "defence", 45_875),
        Duty(1, 0, "defence", 45_875),
        Duty(3, 2, "defence", 39_322),
        Duty(4, 3, "consultation", 32_768, (5,)),
        Duty(5, 3, "defence", 52_429),
        Duty(0, 2, "defence", 13_107),
        Duty(4, 5, "defence", 32_768),
        Duty(1, 4, "offence", 19_661),
    ),
    requests=(58_982,) * 6,
)
SHOCK = Shock(0, 2)


def chances(found: list[tuple[Chance, Chance]] | tuple[tuple[Chance, Chance], ...]) -> list[Chance]:
    return [chance for pair in found for chance in pair]


def test_exact_within_its_budget_and_estimated_beyond_it() -> None:
    found = solve(SIX, SHOCK, detail=True)
    assert (found.engine, found.worlds, found.seed, found.why) == ("exact", None, None, "")
    assert found.nodes
    assert found.entered[0][0].exact == found.entered[2][1].exact == 1
    assert sum((chance.exact or Fraction(0) for chance in chances(found.entered)), Fraction(0)) == sum(
        size.exact or Fraction(0) for size in found.sizes
    )
    guess = solve(SIX, SHOCK, nodes=5, worlds=100_000, seed=3, detail=True)
    assert (guess.engine, guess.worlds, guess.seed, guess.nodes) == ("Monte Carlo", 100_000, 3, None)
    assert guess.why == "more than 5 nodes"
    assert guess == solve(SIX, SHOCK, nodes=5, worlds=100_000, seed=3, detail=True, threads=2)
    assert guess != solve(SIX, SHOCK, nodes=5, worlds=100_000, seed=4, detail=True)
    pairs = [
        *zip(chances(found.entered), chances(guess.entered), strict=True),
        *zip(found.called, guess.called, strict=True),
        *zip(found.sizes, guess.sizes, strict=True),
        (found.quiet, guess.quiet),
    ]
    for true, estimate in pairs:
        assert true.low == true.high == true.value
        assert estimate.low <= estimate.value <= estimate.high
        assert estimate.exact is None
        assert abs(estimate.value - true.value) <= 5 * (estimate.high - estimate.low) / 3.92 + 1e-12
    for true, estimate in zip(found.entry_round, guess.entry_round, strict=True):
        assert (true is None) == (estimate is None)
        assert true is None or estimate is None or abs(true - estimate) < 0.05


def test_intervals_cover_as_often_as_they_say() -> None:
    """Of 400 seeds: how often the exact chance and size lie within their intervals."""
    true = solve(SIX, SHOCK)
    asked = [
        (state, side) for state in range(6) for side in (0, 1) if 0 < true.entered[state][side].value < 1
    ]
    within = dict.fromkeys([*asked, "one", "two", "quiet"], 0)
    for seed in range(400):
        found = solve(SIX, SHOCK, nodes=0, worlds=2048, seed=seed)
        for state, side in asked:
            chance = found.entered[state][side]
            within[state, side] += chance.low <= true.entered[state][side].value <= chance.high
        for name, size, real in zip(("one", "two"), found.sizes, true.sizes, strict=True):
            within[name] += size.low <= real.value <= size.high
        within["quiet"] += found.quiet.low <= true.quiet.value <= found.quiet.high
    assert len(asked) == 4
    for name, times in within.items():
        assert times / 400 > CONFIDENCE - 4 * 0.011, name
        assert times / 400 < CONFIDENCE + 4 * 0.011, name


@settings(max_examples=25)
@given(models(most=9, duties=24))
def test_without_numba_the_same(drawn: tuple[Model, Shock]) -> None:
    compiled = solve(*drawn, nodes=0, worlds=3000, detail=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solving, "available", lambda: False)
        assert solve(*drawn, nodes=0, worlds=3000, detail=True) == compiled


def test_whoever_waits_is_told_what_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, int, int]] = []

    def waiting(what: str, done: int, of: int) -> None:
        told.append((what, done, of))

    def asked(worlds: int, nodes: int = 0) -> Result:
        told.clear()
        return solve(SIX, SHOCK, nodes=nodes, worlds=worlds, detail=True, waiting=waiting)

    assert asked(1, nodes=1 << 18).engine == "exact" and told == [("exact", 0, 0)]
    assert asked(1, nodes=1).engine == "Monte Carlo" and [one for one, *_ in told] == ["exact", "worlds"]
    monkeypatch.setattr(solving, "is_ready", lambda: False)
    few, more = solving.FEW, solving.FEW + 1
    assert asked(few).worlds == few and told == [("worlds", 0, few)]  # quicker than to compile
    assert asked(more).worlds == more and told == [("compiling", 0, 0), ("worlds", 0, more)]
    monkeypatch.setattr(solving, "STEPS", (8192, 8192))
    stepped = asked(more)
    assert told[1:] == [("worlds", 0, more), ("worlds", 8192, more), ("worlds", 16384, more)]
    assert stepped == solve(SIX, SHOCK, nodes=0, worlds=more, detail=True)  # and nothing else depends on it


def test_code_that_this_process_has_compiled_is_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    solve(SIX, SHOCK, nodes=0, worlds=solving.FEW + 1)
    monkeypatch.setenv("FOEDUS_CACHE", "off")
    assert compiled.is_ready()
    monkeypatch.setattr(compiled, "simulate", cache(compiled.simulate.__wrapped__))  # as in another process
    assert not compiled.is_ready()
    monkeypatch.setenv("FOEDUS_CACHE", str(tmp_path))
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "numba"))
    assert not compiled.is_ready()
    (tmp_path / "numba" / "cascade_1").mkdir(parents=True)
    (tmp_path / "numba" / "cascade_1" / "kernel.simulate-340.py311.nbi").touch()
    assert compiled.is_ready()


def test_wilson() -> None:
    """Newcombe (1998), table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29, to four places."""
    for hits, worlds, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        found = share(hits, worlds)
        assert (round(found.low, 4), round(found.high, 4)) == (low, high)
    assert share(20, 20).high == 1.0


@pytest.mark.parametrize("worlds", [0, -5])
def test_no_worlds(worlds: int) -> None:
    with pytest.raises(ValueError, match="worlds"):
        solve(SIX, SHOCK, worlds=worlds)


def test_nobody_joins_and_everybody_does() -> None:
    alone = solve(model(("A", "B"), ()), Shock(1, 0))
    assert alone.quiet.exact == 1
    assert [alone.entered[0][1].exact, alone.entered[1][0].exact] == [1, 1]
    sure = solve(
        model(("A", "B", "C"), (Duty(2, 1, "defence", WHOLE),)), Shock(0, 1), nodes=0, worlds=70, detail=True
    )
    assert (sure.quiet.value, sure.entered[2][1].value, sure.entry_round) == (0.0, 1.0, (0.0, 0.0, 1.0))
    assert sure.called[0].value == 1.0
