"""Random circuits for the tests of this folder: few variables, everything else that the contract allows."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from random import Random

from hypothesis import strategies as st

from foedus.engines.contract import Circuit, Lit


@dataclass(frozen=True)
class Asked:
    """A circuit with a question about one literal of it."""

    circuit: Circuit
    lit: Lit
    given: dict[str, bool]

    def __repr__(self) -> str:
        nodes = {i: node for i, node in enumerate(self.circuit.nodes) if node.op != "true"}
        return f"{nodes} groups={self.circuit.groups} theory={self.circuit.theory} lit={self.lit} given={self.given}"


@st.composite
def asked(draw: st.DrawFn, variables: int = 5, groups: int = 2, theory: int = 2, gates: int = 6) -> Asked:
    """At most `variables` free variables, `groups` groups of up to 3, and so on.

    Sizes are drawn, so that a failure shrinks; the rest comes from a seed: drawn piece by piece it
    would repeat itself, and half of the circuits would fold to a constant.
    """
    sizes = (draw(st.integers(1, variables)), draw(st.integers(0, groups)), draw(st.integers(1, gates)))
    return made(*sizes, draw(st.integers(0, theory)), Random(draw(st.integers(0, 2**32))))


def made(variables: int, groups: int, gates: int, theory: int, chosen: Random) -> Asked:
    circuit = Circuit()
    lits = [circuit.var(f"v{i}") for i in range(variables)]
    for g in range(groups):
        members = [f"g{g}.{i}" for i in range(chosen.choice((1, 2, 2, 3, 3, 3)))]
        circuit.group(f"g{g}", members)
        lits += [circuit.var(member) for member in members]
    names = list(circuit.support(*lits))
    for _ in range(gates):
        among = lits[-8:] if chosen.random() < 0.7 else lits
        children = chosen.sample(among, min(len(among), chosen.randint(2, 5)))
        children += children[:1] * (chosen.random() < 0.1)  # a part given twice counts twice
        signed = [child if chosen.random() < 0.75 else -child for child in children]
        lits.append(circuit.atleast(chosen.randint(1, len(signed)), signed))
    lit = lits[-1] if chosen.random() < 0.9 else chosen.choice(lits)
    for _ in range(theory):
        tie = [part if chosen.random() < 0.6 else -part for part in chosen.sample(lits, min(3, len(lits)))]
        circuit.theory.append(circuit.disj(*tie[: chosen.randint(1, 3)]))
    given = {
        name: chosen.random() < 0.5 for name in chosen.sample(names, min(len(names), chosen.randint(0, 3)))
    }
    return Asked(circuit, lit if chosen.random() < 0.5 else -lit, given if chosen.random() < 0.6 else {})


@st.composite
def weights(draw: st.DrawFn, circuit: Circuit) -> dict[str, Fraction]:
    """A chance for each variable, and for each group a distribution."""
    found = {
        name: Fraction(draw(st.integers(0, 8)), 8) for name in circuit.support(*range(1, len(circuit.nodes)))
    }
    for members in circuit.groups.values():
        parts = [draw(st.integers(0, 5)) for _ in members]
        parts[0] += not sum(parts)
        found.update({m: Fraction(part, sum(parts)) for m, part in zip(members, parts, strict=True)})
    return found
