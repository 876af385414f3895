"""Counting and weighing over a circuit, against the plain definition in every world."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.engines.contract import Circuit, Lit
from foedus.engines.count import Weighed, share, weigh
from foedus.engines.worlds import worlds as engine_of

LITTLE, MUCH = Fraction(1, 10**9), Fraction(10**9)
SHARES = st.sampled_from([Fraction(1, 2), Fraction(2, 3), Fraction(55, 100), Fraction(1), Fraction(1, 3)])
WEIGHTS = st.sampled_from(
    [Fraction(1), Fraction(2), Fraction(7, 2), Fraction(0), Fraction(83), Fraction(1, 3)]
)
STANDS = st.sampled_from(["yes", "no", "open"])


@dataclass(frozen=True)
class One:
    """Whether he is of the base and counted: known, or open. `weight` None: nobody gave it."""

    base: str
    counted: str
    weight: Fraction | None = None


def literal(circuit: Circuit, known: str, name: str) -> Lit:
    return {"yes": circuit.TRUE, "no": circuit.FALSE}.get(known) or circuit.var(name)


def pairs(circuit: Circuit, those: Sequence[One]) -> list[tuple[Lit, Lit]]:
    return [
        (literal(circuit, one.base, f"b{n}"), literal(circuit, one.counted, f"c{n}"))
        for n, one in enumerate(those)
    ]


def every_world(circuit: Circuit) -> Iterator[dict[str, bool]]:
    names = [node.name for node in circuit.nodes if node.op == "var"]
    for values in product((False, True), repeat=len(names)):
        yield dict(zip(names, values, strict=True))


def reached(weights: Sequence[tuple[Fraction, bool]], need: Fraction, of_base: bool, strict: bool) -> bool:
    """The plain definition: `weights` of those in the base, and whether each is counted."""
    base = sum((weight for weight, _ in weights), Fraction(0))
    found = sum((weight for weight, counted in weights if counted), Fraction(0))
    asked = need * base if of_base else need
    return not (of_base and not base) and (found > asked if strict else found >= asked)


ones = st.builds(One, STANDS, STANDS)
weighed = st.builds(One, STANDS, STANDS, WEIGHTS)


@settings(max_examples=300)
@given(st.lists(ones, max_size=4), SHARES, st.booleans())
def test_a_part_of_an_open_base_is_the_plain_fraction(those: list[One], part: Fraction, strict: bool) -> None:
    circuit = Circuit()
    two = pairs(circuit, those)
    lit = share(circuit, two, part, strict)
    for world in every_world(circuit):
        among = [(Fraction(1), circuit.holds(c, world)) for b, c in two if circuit.holds(b, world)]
        assert circuit.holds(lit, world) == reached(among, part, True, strict)


@settings(max_examples=300)
@given(st.lists(weighed, max_size=4), SHARES | st.sampled_from([Fraction(4), Fraction(84)]), st.booleans())
def test_weights_are_summed_exactly(those: list[One], need: Fraction, strict: bool) -> None:
    circuit = Circuit()
    two = pairs(circuit, those)
    of_base = need <= 1
    given_weights = [Weighed(b, c, one.weight) for (b, c), one in zip(two, those, strict=True)]
    lit = weigh(circuit, given_weights, need, of_base, strict, Circuit.FALSE)
    for world in every_world(circuit):
        among = [
            (one.weight, circuit.holds(c, world))
            for (b, c), one in zip(two, those, strict=True)
            if circuit.holds(b, world) and one.weight is not None
        ]
        assert circuit.holds(lit, world) == reached(among, need, of_base, strict)


@settings(max_examples=300)
@given(
    st.lists(weighed, max_size=2),
    st.lists(ones, min_size=1, max_size=2),
    SHARES | st.sampled_from([Fraction(4), Fraction(84)]),
    st.booleans(),
)
def test_a_weight_that_nobody_gave_is_left_open_where_it_could_turn_the_scale(
    known: list[One], unknown: list[One], need: Fraction, strict: bool
) -> None:
    circuit, those = Circuit(), [*known, *unknown]
    two = pairs(circuit, those)
    of_base, nobody_said = need <= 1, circuit.var("unknown")
    rows = [Weighed(b, c, one.weight) for (b, c), one in zip(two, those, strict=True)]
    lit = weigh(circuit, rows, need, of_base, strict, nobody_said)
    for world in every_world(circuit):
        outcomes: set[bool] = set()
        for tried in product((LITTLE, Fraction(1), MUCH), repeat=len(unknown)):
            weights = [*(one.weight for one in known), *tried]
            among = [
                (weight, circuit.holds(c, world))
                for (b, c), weight in zip(two, weights, strict=True)
                if circuit.holds(b, world) and weight is not None
            ]
            outcomes.add(reached(among, need, of_base, strict))
        said = circuit.holds(lit, world)
        assert outcomes == {said} or (len(outcomes) == 2 and said == world["unknown"])


def test_the_union_of_twenty_seven_with_open_votes_is_within_reach() -> None:
    """Unlike weights and nothing known: the worst that a real council can give."""
    circuit = Circuit()
    weights = [Fraction(n * n * 37 % 89 + n, 10) for n in range(1, 28)]
    rows = [Weighed(circuit.TRUE, circuit.var(f"v{n}"), weight) for n, weight in enumerate(weights)]
    lit = weigh(circuit, rows, Fraction(65, 100), True, False, Circuit.FALSE)
    assert engine_of(circuit).settled(lit) == "some"
    everyone = {f"v{n}": True for n in range(27)}
    assert circuit.holds(lit, everyone)
    total, against = sum(weights), max(weights)
    assert circuit.holds(lit, everyone | {f"v{weights.index(against)}": False}) == (
        total - against >= Fraction(65, 100) * total
    )
