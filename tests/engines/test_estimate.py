"""A chance estimated: its interval covers the exact chance as often as it says, and it is never taken for one."""

from __future__ import annotations

from fractions import Fraction
from math import comb
from random import Random

import pytest

from foedus.engines.contract import Circuit, NoWorld, TooLarge
from foedus.engines.enumeration import Enumeration
from foedus.engines.estimate import Estimate, TooRare, at_least, estimate, interval
from tests.engines.circuits import Asked, made

HALF = Fraction(1, 2)


def chances(circuit: Circuit, draw: Random) -> dict[str, Fraction]:
    found = {node.name: Fraction(draw.randint(1, 19), 20) for node in circuit.nodes if node.op == "var"}
    for members in circuit.groups.values():
        parts = [draw.randint(1, 9) for _ in members]
        found.update({m: Fraction(part, sum(parts)) for m, part in zip(members, parts, strict=True)})
    return found


def cases(many: int) -> list[tuple[Asked, dict[str, Fraction], Fraction]]:
    """Circuits with groups, theory and things given, with the exact chance; those without a world left out."""
    found: list[tuple[Asked, dict[str, Fraction], Fraction]] = []
    seed = 0
    while len(found) < many:
        seed += 1
        draw = Random(seed)
        asked = made(5, 2, 6, 2, draw)
        weights = chances(asked.circuit, draw)
        try:
            exact = Enumeration(asked.circuit).chance(asked.lit, weights, asked.given)
        except (NoWorld, TooLarge):
            continue
        if 0 < exact < 1:
            found.append((asked, weights, exact))
    return found


def test_the_interval_covers_the_exact_chance_as_often_as_it_says() -> None:
    covered = rare = 0
    tried = cases(200)
    for asked, weights, exact in tried:
        try:
            found = estimate(asked.circuit, asked.lit, weights, asked.given, samples=2_000)
        except TooRare:
            rare += 1
            continue
        covered += found.low <= exact <= found.high
        assert found.samples <= 2_000
        assert abs(found.about - exact) < 0.08  # five standard errors of a thousand
    assert rare <= 10
    assert covered >= 0.95 * (len(tried) - rare)


def test_the_same_seed_gives_the_same_estimate() -> None:
    asked, weights, _ = cases(1)[0]
    again = [estimate(asked.circuit, asked.lit, weights, asked.given, seed=seed) for seed in (1, 1, 2)]
    assert again[0] == again[1]
    assert again[0] != again[2]
    assert again[2].seed == 2


def test_an_estimate_cannot_pass_for_a_chance() -> None:
    circuit = Circuit()
    found = estimate(circuit, circuit.var("grave"), {"grave": HALF})
    assert isinstance(found, Estimate)
    assert not isinstance(found, Fraction | float | int | str)
    for use in (float, Fraction, lambda e: e + HALF, lambda e: e < HALF, lambda e: 1 - e):
        with pytest.raises(TypeError):
            use(found)  # type: ignore[operator]
    assert found != HALF


def test_what_is_given_is_not_sampled_but_held() -> None:
    circuit = Circuit()
    circuit.group("author", ["inside", "outside", "nobody"])
    weights = {"inside": Fraction(1, 1000), "outside": Fraction(1, 1000), "nobody": Fraction(998, 1000)}
    found = estimate(circuit, circuit.var("inside"), weights, {"nobody": False})
    assert found.samples == 20_000  # although it is rare
    assert found.low < HALF < found.high


def test_theory_is_conditioned_on_part_by_part() -> None:
    """Twenty ties, each met by half of the worlds: sampled at once they would be met once in a million."""
    circuit = Circuit()
    pairs = [(circuit.var(f"a{i}"), circuit.var(f"b{i}")) for i in range(20)]
    circuit.theory += [circuit.disj(circuit.conj(a, b), circuit.conj(-a, -b)) for a, b in pairs]
    names = [node.name for node in circuit.nodes if node.op == "var"]
    found = estimate(
        circuit, circuit.atleast(10, [a for a, _ in pairs]), dict.fromkeys(names, HALF), samples=4_000
    )
    exact = sum(comb(20, k) for k in range(10, 21)) / 2**20
    assert found.samples == 4_000
    assert found.low < exact < found.high


def test_what_is_too_rare_is_not_estimated() -> None:
    circuit = Circuit()
    facts = [circuit.var(f"f{i}") for i in range(30)]
    circuit.theory.append(circuit.conj(*facts, circuit.var("more")))
    with pytest.raises(TooRare, match="sampled worlds are admissible"):
        estimate(circuit, circuit.var("more"), {f"f{i}": HALF for i in range(30)} | {"more": HALF})


@pytest.mark.parametrize("given", [{"inside": False, "outside": False}, {"inside": True, "outside": True}])
def test_what_cannot_be_has_no_chance(given: dict[str, bool]) -> None:
    circuit = Circuit()
    circuit.group("author", ["inside", "outside"])
    with pytest.raises(NoWorld):
        estimate(circuit, circuit.var("inside"), {"inside": HALF, "outside": HALF}, given)


def test_weights_are_held_to_the_same_as_for_an_exact_chance() -> None:
    circuit = Circuit()
    with pytest.raises(ValueError, match="grave has no chance"):
        estimate(circuit, circuit.var("grave"), {})


@pytest.mark.parametrize(("hits", "samples"), [(1, 7), (3, 7), (7, 7), (40, 90), (89, 90), (0, 50)])
def test_the_bounds_are_those_of_clopper_and_pearson(hits: int, samples: int) -> None:
    def tail(least: int, most: int, chance: float) -> float:
        exact = Fraction(chance)
        ways = (comb(samples, k) * exact**k * (1 - exact) ** (samples - k) for k in range(least, most + 1))
        return float(sum(ways))

    low, high = interval(hits, samples)
    assert low == 0 if hits == 0 else tail(hits, samples, low) == pytest.approx(0.025, rel=1e-6)
    assert high == 1 if hits == samples else tail(0, hits, high) == pytest.approx(0.025, rel=1e-6)
    if hits:
        assert at_least(hits, samples, 0.3) == pytest.approx(tail(hits, samples, 0.3), rel=1e-9)


def test_a_large_estimate_is_quick_to_bound() -> None:
    low, high = interval(500_000, 1_000_000)
    assert (round(low, 4), round(high, 4)) == (0.4990, 0.5010)
