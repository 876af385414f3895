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

from foedus.engines.contract import Assignment, Circuit, Lit


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
    edges = [
        (number, *(abs(child) for child in node.children))
        for number, node in enumerate(nodes)
        if node.children
    ]
    # The creation order is itself a fair one: keep the best order seen, by total span.
    place = {number: float(i) for i, number in enumerate(scope.number.values())}
    for number, *children in edges:
        place[number] = sum(place.get(child, 0.0) for child in children) / len(children)
    best, least = _ranked(scope, place), float("inf")
    for _ in range(min(rounds, 1 + 500_000 // (1 + sum(map(len, edges))))):
        pull: dict[int, list[float]] = {number: [0.0, 0.0] for number in place}
        for edge in edges:
            centre = sum(place[number] for number in edge if number in place) / len(edge)
            for number in edge:
                if number in pull:
                    pull[number][0] += centre
                    pull[number][1] += 1
        moved = {n: total / count if count else place[n] for n, (total, count) in pull.items()}
        place = {n: float(i) for i, n in enumerate(sorted(moved, key=moved.__getitem__))}
        span = sum(
            max(place[number] for number in edge) - min(place[number] for number in edge) for edge in edges
        )
        if span < least:
            best, least = _ranked(scope, place), span
    return best


def _ranked(scope: Scope, place: dict[int, float]) -> tuple[str, ...]:
    def at(name: str) -> float:
        return place[scope.number[name]]

    groups = [members for members in scope.circuit.groups.values() if members]
    groups.sort(key=lambda members: sum(map(at, members)) / len(members))
    free = sorted((name for name in scope.number if name not in scope.group_of), key=at)
    return (*(member for members in groups for member in members), *free)
