"""Made-up treaties for the benchmarks: conditions over open facts, with a stated number of cross-uses.

A case begins as a tree. Its facts stand in order, and each gate joins two to four neighbours by *all*, *any* or
*at least k*; about one part in seven is negated. Then so many parts are used once more, in a gate above
them: these are the cross-uses, and what makes a case hard. A local cross-use joins neighbours (`reach` facts
apart at most), as an article uses its own words; others join anything.

>>> case = make("", facts=30, crossings=12, seed=1)
>>> case.facts, case.crossings, case.holds(case.world) in (True, False)
(30, 12, True)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from foedus.engines.contract import Circuit, Lit


@dataclass(frozen=True)
class Gate:
    """True if at least `k` parts are. Parts are numbers of facts (from 1) and of gates (after them), negated
    for "not"."""

    k: int
    parts: tuple[int, ...]


@dataclass(frozen=True)
class Case:
    """The last gate is what is asked. `chances` and `world` (an established world, for the flips) are by fact."""

    name: str
    facts: int
    gates: tuple[Gate, ...]
    chances: Mapping[int, Fraction]
    world: Mapping[int, bool]

    @property
    def crossings(self) -> int:
        """How often a part is used beyond its first use."""
        return sum(len(gate.parts) for gate in self.gates) - (self.facts + len(self.gates) - 1)

    def holds(self, world: Mapping[int, bool]) -> bool:
        """The last gate's value."""
        value = dict(world)
        for number, gate in enumerate(self.gates, self.facts + 1):
            value[number] = sum(value[abs(p)] == (p > 0) for p in gate.parts) >= gate.k
        return value[self.facts + len(self.gates)]

    def circuit(self) -> tuple[Circuit, Lit]:
        """The same for our engines; facts are called `f1`, `f2` …"""
        circuit = Circuit()
        lits: list[Lit] = [0, *(circuit.var(f"f{i}") for i in range(1, self.facts + 1))]
        for gate in self.gates:
            lits.append(circuit.atleast(gate.k, [lits[p] if p > 0 else -lits[-p] for p in gate.parts]))
        return circuit, lits[-1]

    def plain(self) -> tuple[list[tuple[str, tuple[int, ...]]], int]:
        """The gates as `and` and `or` alone, numbered after the facts, for reasoners that do not count; and the
        literal that is asked."""
        made: list[tuple[str, tuple[int, ...]]] = []
        stands: dict[int, int] = {i: i for i in range(1, self.facts + 1)}

        def gate(op: str, parts: Sequence[int]) -> int:
            if len(parts) == 1:
                return parts[0]
            made.append((op, tuple(parts)))
            return self.facts + len(made)

        for number, node in enumerate(self.gates, self.facts + 1):
            parts = [stands[p] if p > 0 else -stands[-p] for p in node.parts]
            reached: dict[int, int] = {}  # at least so many of the parts seen
            for seen, part in enumerate(parts, 1):
                after: dict[int, int] = {}
                for j in range(max(1, node.k - len(parts) + seen), min(node.k, seen) + 1):
                    ways = [reached[j]] if j in reached else []
                    ways += (
                        [part]
                        if j == 1
                        else [gate("and", (reached[j - 1], part))]
                        if j - 1 in reached
                        else []
                    )
                    after[j] = gate("or", ways)
                reached = after
            stands[number] = reached[node.k]
        return made, stands[self.facts + len(self.gates)]


def make(name: str, facts: int, crossings: int, seed: int, reach: int | None = None) -> Case:
    """A case; the same arguments give the same one."""
    draw = Random(seed)
    parts: dict[int, list[int]] = {}
    spans = {i: (i, i) for i in range(1, facts + 1)}
    level, last = list(spans), facts
    while len(level) > 1:
        above: list[int] = []
        while level:
            width = min(len(level), draw.randint(2, 4))
            width += len(level) - width == 1  # none stays alone
            last += 1
            parts[last], level = level[:width], level[width:]
            spans[last] = (spans[parts[last][0]][0], spans[parts[last][-1]][1])
            above.append(last)
        level = above
    while crossings:
        gate, used = draw.choice(list(parts)), draw.randint(1, last)
        apart = max(spans[used][0] - spans[gate][1], spans[gate][0] - spans[used][1])
        if used < gate and used not in parts[gate] and (reach is None or apart <= reach):
            parts[gate].append(used)
            crossings -= 1
    gates: list[Gate] = []
    for joined in parts.values():
        k = draw.choice((1, 1, len(joined), len(joined), (len(joined) + 1) // 2))
        gates.append(Gate(k, tuple(part if draw.random() > 0.15 else -part for part in joined)))
    chances = {i: Fraction(draw.randint(1, 19), 20) for i in range(1, facts + 1)}
    return Case(name, facts, tuple(gates), chances, {i: draw.random() < 0.5 for i in range(1, facts + 1)})


CASES = (
    make("30 open facts", facts=30, crossings=12, seed=4),
    make("200, local sharing", facts=200, crossings=70, seed=7, reach=8),
    make("200, 60 cross-uses", facts=200, crossings=60, seed=9),
    make("200, 91 cross-uses", facts=200, crossings=91, seed=7),
)
"""For each kind the first seed with a chance between 0.2 and 0.8: most cases are nearly sure, and easier."""
