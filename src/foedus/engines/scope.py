"""Which variables a question can touch, and in which order to take them.

A *part* is a set of variables that groups and theory tie together: whatever happens in one part
leaves the others free. A question about a literal ranges over the literal's own variables and the
parts that these belong to; every other part need only have a world at all.

>>> from foedus.engines.contract import Circuit
>>> c = Circuit()
>>> a, b, d = c.var("a"), c.var("b"), c.var("d")
>>> c.theory.append(c.disj(-a, b))
>>> Scope(c).touched(a).variables, Scope(c).touched(d).variables
(('a', 'b'), ('d',))
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter

from foedus.engines.contract import Assignment, Circuit, Lit

PATIENCE = 6  # rounds without a better order, after which none is looked for


@dataclass(frozen=True, slots=True)
class Part:
    """Variables tied together by the named groups and theory literals, in order of creation."""

    variables: tuple[str, ...]
    groups: tuple[str, ...]
    theory: tuple[Lit, ...]


@dataclass(frozen=True, slots=True)
class Touched:
    """What a question ranges over: `parts` are numbers of `Scope.parts`."""

    variables: tuple[str, ...]
    parts: tuple[int, ...]

    def within(self, given: Assignment) -> dict[str, bool]:
        """What is given of these variables."""
        return {name: given[name] for name in self.variables if name in given}


class Scope:
    """The parts of a circuit, kept up to date while the circuit grows."""

    def __init__(self, circuit: Circuit) -> None:
        self.circuit = circuit
        self.number: dict[str, int] = {}  # variable → its node
        self.group_of: dict[str, str] = {}
        self.parts: list[Part] = []
        self.part_of: dict[str, int] = {}
        self.contradictory = False  # an empty group, or a theory that is plainly false
        self._read = 0
        self._tied = (-1, -1)
        self._touched: dict[int, Touched] = {}
        self.refresh()

    def refresh(self) -> bool:
        """Take in what was added to the circuit; True if groups or theory changed."""
        nodes = self.circuit.nodes
        while self._read < len(nodes):
            if nodes[self._read].op == "var":
                self.number[nodes[self._read].name] = self._read
            self._read += 1
        tied = (len(self.circuit.groups), len(self.circuit.theory))
        if tied == self._tied:
            return False
        self._tied = tied
        self._touched.clear()
        self._tie()
        return True

    def _tie(self) -> None:
        circuit = self.circuit
        leader: dict[str, str] = {}

        def find(name: str) -> str:
            while (above := leader.setdefault(name, name)) != name:
                leader[name] = leader[above]
                name = above
            return name

        self.contradictory = not all(circuit.groups.values()) or circuit.FALSE in circuit.theory
        self.group_of = {m: name for name, members in circuit.groups.items() for m in members}
        ties = [members for members in circuit.groups.values() if members]
        literals = [(lit, circuit.support(lit)) for lit in dict.fromkeys(circuit.theory)]
        for members in ties + [support for _, support in literals if support]:
            for member in members:
                leader[find(member)] = find(members[0])
        index: dict[str, int] = {}
        variables: list[list[str]] = []
        for name in sorted(leader, key=self.number.__getitem__):
            part = index.setdefault(find(name), len(index))
            if part == len(variables):
                variables.append([])
            variables[part].append(name)
            self.part_of[name] = part
        groups: list[list[str]] = [[] for _ in variables]
        theory: list[list[Lit]] = [[] for _ in variables]
        for name, members in circuit.groups.items():
            if members:
                groups[self.part_of[members[0]]].append(name)
        for lit, support in literals:
            if support:
                theory[self.part_of[support[0]]].append(lit)
        self.parts = [
            Part(tuple(v), tuple(g), tuple(t)) for v, g, t in zip(variables, groups, theory, strict=True)
        ]

    def touched(self, lit: Lit) -> Touched:
        """What a question about the literal ranges over."""
        self.refresh()
        found = self._touched.get(abs(lit))
        if found is None:
            own = self.circuit.support(lit)
            parts = sorted({self.part_of[name] for name in own if name in self.part_of})
            names = {*own, *(name for part in parts for name in self.parts[part].variables)}
            found = Touched(tuple(sorted(names, key=self.number.__getitem__)), tuple(parts))
            self._touched[abs(lit)] = found
        return found

    def blocks(self, lit: Lit) -> dict[tuple[str, ...], str]:
        """What the literal mentions: the variables of each block, and the block's name (a group's
        name, or the variable's own)."""
        blocks: dict[tuple[str, ...], str] = {}
        for name in self.circuit.support(lit):
            group = self.group_of.get(name)
            if group is None:
                blocks[(name,)] = name
            else:
                blocks[self.circuit.groups[group]] = group
        return blocks

    def answered(self, given: Assignment) -> frozenset[str]:
        """The groups whose answer is given."""
        return frozenset(
            self.group_of[name] for name, value in given.items() if value and name in self.group_of
        )


def order(scope: Scope, rounds: int = 30) -> tuple[str, ...]:
    """The variables in an order that keeps decision diagrams small: groups first, so that each
    answer's diagram is a cofactor, and what is used together close together (the heuristic FORCE
    of Aloul, Markov and Sakallah, 2003: everything moves to the centre of what it is used with)."""
    nodes = scope.circuit.nodes
    numbers = [*scope.number.values(), *(n for n, node in enumerate(nodes) if node.children)]
    index = {number: i for i, number in enumerate(numbers)}
    edges: list[tuple[int, ...]] = []
    used = [0] * len(numbers)
    # The creation order is itself a fair one: keep the best order seen, by total span.
    place = [float(i) for i in range(len(numbers))]
    for number in numbers[len(scope.number) :]:
        children = [index[abs(child)] for child in nodes[number].children]
        place[index[number]] = sum(place[child] for child in children) / len(children)
        edges.append((index[number], *children))
        for i in edges[-1]:
            used[i] += 1
    at_edge = [itemgetter(*edge) for edge in edges]  # an edge has two ends or more
    best, least, since = list(place), float("inf"), 0
    for round_ in range(1 + min(rounds, 1 + 500_000 // (1 + sum(used)))):
        span = 0.0
        pull = [0.0] * len(numbers)
        for edge, at in zip(edges, at_edge, strict=True):
            places = at(place)
            span += max(places) - min(places)
            centre = sum(places) / len(places)
            for i in edge:
                pull[i] += centre
        since += 1
        if round_ and span < least:  # the places to begin with are no ranks: their span compares with none
            best, least, since = place, span, 0
        if since > PATIENCE:
            break
        moved = [total / n if n else i for total, n, i in zip(pull, used, place, strict=True)]
        place = [0.0] * len(numbers)
        for rank, i in enumerate(sorted(range(len(numbers)), key=moved.__getitem__)):
            place[i] = float(rank)
    return _ranked(scope, {number: best[i] for number, i in index.items()})


def _ranked(scope: Scope, place: dict[int, float]) -> tuple[str, ...]:
    def at(name: str) -> float:
        return place[scope.number[name]]

    groups = [members for members in scope.circuit.groups.values() if members]
    groups.sort(key=lambda members: sum(map(at, members)) / len(members))
    free = sorted((name for name in scope.number if name not in scope.group_of), key=at)
    return (*(member for members in groups for member in members), *free)
