"""Exact answers by decision diagram, with a budget of nodes.

The diagram of a literal holds all its worlds at once: whether it is settled, what it turns on, its
chance and its count are read off the diagram. A diagram can outgrow any memory; `TooLarge` says
so, and nothing is answered.

>>> from fractions import Fraction
>>> from foedus.engines.contract import Circuit
>>> c = Circuit()
>>> grave, bound = c.var("grave"), c.var("bound")
>>> engine = Diagram(c)
>>> engine.settled(c.conj(grave, bound)), engine.settled(c.conj(grave, bound), {"grave": False})
('some', 'none')
>>> engine.chance(c.conj(grave, bound), {"grave": Fraction(1, 3), "bound": Fraction(1, 2)})
Fraction(1, 6)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import TypeVar

from oxidd.bcdd import BCDDFunction, BCDDManager
from oxidd.util import DDMemoryError

from foedus.engines.contract import NOTHING, Assignment, Circuit, Lit, NoWorld, Sets, Settled, TooLarge
from foedus.engines.scope import Scope, Touched, order
from foedus.engines.settle import CONTRADICTION, Patience, reason, settling
from foedus.engines.weights import Branch, branches

NODES = 1 << 18
FIRST = 1 << 14  # a table of the full budget takes 20 ms to lay out, and is seldom needed
KEPT = 32  # questions whose diagrams are kept at hand

Fixed = tuple[tuple[str, bool], ...]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Split:
    """The admissible worlds in which `given` holds, split by the literal's value."""

    holding: BCDDFunction
    failing: BCDDFunction
    touched: Touched


class Diagram:
    """The engine of decision diagrams. `budget` is the most nodes ever held at once."""

    name = "decision diagram"

    def __init__(self, circuit: Circuit, budget: int = NODES) -> None:
        self.circuit = circuit
        self.budget = budget
        self.scope = Scope(circuit)
        self.patience = Patience()
        self._refused: set[tuple[Lit | tuple[int, ...], Fixed]] = set()
        self._order()

    # -- the questions ---------------------------------------------------------------------------

    def settled(self, lit: Lit, given: Assignment = NOTHING) -> Settled:
        split = self._split(lit, given)
        if not split.holding.satisfiable():
            return "none"
        return "some" if split.failing.satisfiable() else "all"

    def matters(self, lit: Lit, given: Assignment = NOTHING) -> frozenset[str]:
        return self._asked(lambda: self._matters(lit, given))

    def find(
        self, lit: Lit, value: bool, given: Assignment, setting: Assignment = NOTHING
    ) -> dict[str, bool] | None:
        return self._asked(lambda: self._find(lit, value, given, setting))

    def settling(self, lit: Lit, value: bool, given: Assignment = NOTHING, limit: int = 12) -> Sets:
        return settling(self, self.scope, self.patience, lit, value, given, limit)

    def reason(self, lit: Lit, given: Assignment) -> tuple[tuple[str, bool], ...]:
        return reason(self, self.scope, lit, given)

    def chance(self, lit: Lit, weights: Mapping[str, Fraction], given: Assignment = NOTHING) -> Fraction:
        split = self._split(lit, given)
        weighed = branches(self.scope, split.touched, given, weights)
        holding = self._total(split.holding, weighed)
        whole = holding + self._total(split.failing, weighed)
        if not whole:
            raise NoWorld("what is given has the chance 0")
        return Fraction(holding, whole)

    def count(self, lit: Lit, given: Assignment = NOTHING) -> int:
        split = self._split(lit, given)
        return self._total(split.holding, branches(self.scope, split.touched, given, None))

    # -- diagrams --------------------------------------------------------------------------------

    def _order(self) -> None:
        """Put the variables in order, in an empty table."""
        self._names = list(order(self.scope))
        self._level = {name: level for level, name in enumerate(self._names)}
        self._ordered = len(self._names)
        self._tied = (len(self.circuit.groups), len(self.circuit.theory))
        self._refused.clear()
        self._empty(min(FIRST, self.budget))

    def _empty(self, capacity: int) -> None:
        self._manager = BCDDManager(capacity, capacity, 1)
        self._manager.add_vars(len(self._names))
        self._capacity = capacity
        self._answers = 0  # since the table was empty
        self._built: dict[Fixed, dict[int, BCDDFunction]] = {}
        self._ties: dict[tuple[int, Fixed], BCDDFunction] = {}
        self._admitted: dict[tuple[int, Fixed], bool] = {}
        self._kept: dict[tuple[Lit, Fixed], Split] = {}

    def _catch_up(self) -> None:
        """Make room for what was added to the circuit since the last question."""
        self.scope.refresh()
        tied = (len(self.circuit.groups), len(self.circuit.theory))
        if tied != self._tied or len(self.scope.number) > 2 * self._ordered:
            self._order()
        elif len(self.scope.number) > len(self._names):
            new = [name for name in self.scope.number if name not in self._level]
            self._manager.add_vars(len(new))
            for name in new:
                self._level[name] = len(self._names)
                self._names.append(name)

    def _asked(self, answer: Callable[[], T]) -> T:
        """The answer; if the table is full, from an empty table of the budget's full size."""
        try:
            found = answer()
        except DDMemoryError:
            if self._capacity == self.budget and not self._answers:
                raise self._too_large() from None
            self._empty(self.budget)
            try:
                found = answer()
            except DDMemoryError:
                raise self._too_large() from None
        self._answers += 1
        return found

    def _too_large(self) -> TooLarge:
        self._empty(min(FIRST, self.budget))
        return TooLarge(f"more than {self.budget:,} nodes")

    def _split(self, lit: Lit, given: Assignment) -> Split:
        """NoWorld if there is none; TooLarge."""
        self._catch_up()
        self._admit(given)
        touched = self.scope.touched(lit)
        fixed = tuple(touched.within(given).items())
        kept = self._kept.get((lit, fixed))
        if kept is None:
            kept = self._first_small(
                abs(lit), fixed, lambda early, late: self._compile(lit, touched, early, late)
            )
            if len(self._kept) >= KEPT:
                self._kept.clear()
            self._kept[lit, fixed] = kept
        return kept

    def _first_small(
        self, what: Lit | tuple[int, ...], fixed: Fixed, build: Callable[[Fixed, Fixed], T]
    ) -> T:
        """Built for every `given` at once if that is small enough (later questions then share
        it), else with `given` put in first, which may leave little to build."""
        for early, late in ((), fixed), (fixed, ()):
            if (what, early) not in self._refused:
                try:
                    return self._asked(partial(build, early, late))
                except TooLarge:
                    self._refused.add((what, early))
        raise TooLarge(f"more than {self.budget:,} nodes")

    def _compile(self, lit: Lit, touched: Touched, early: Fixed, late: Fixed) -> Split:
        holding = self._function(lit, early)
        admissible = self._cube(late)
        for part in touched.parts:
            admissible = admissible & self._tied_part(part, early)
        return Split(admissible & holding, admissible & ~holding, touched)

    def _admit(self, given: Assignment) -> None:
        """NoWorld unless every part has a world in which `given` holds."""
        if self.scope.contradictory:
            raise NoWorld(CONTRADICTION)
        for number, part in enumerate(self.scope.parts):
            fixed = tuple((name, given[name]) for name in part.variables if name in given)
            if (number, fixed) not in self._admitted:
                admitted = self._first_small((number,), fixed, partial(self._satisfiable, number))
                self._admitted[number, fixed] = admitted
            if not self._admitted[number, fixed]:
                raise NoWorld(CONTRADICTION)

    def _satisfiable(self, number: int, early: Fixed, late: Fixed) -> bool:
        return (self._cube(late) & self._tied_part(number, early)).satisfiable()

    def _tied_part(self, number: int, fixed: Fixed) -> BCDDFunction:
        """The worlds in which a part's groups and theory hold."""
        found = self._ties.get((number, fixed))
        if found is None:
            part = self.scope.parts[number]
            found = self._manager.true()
            for group in part.groups:
                members = [self._variable(m, dict(fixed)) for m in self.circuit.groups[group]]
                found = found & self._one_of(members)
            for lit in part.theory:
                found = found & self._function(lit, fixed)
            self._ties[number, fixed] = found
        return found

    def _one_of(self, members: list[BCDDFunction]) -> BCDDFunction:
        none, one = self._manager.true(), self._manager.false()
        for member in sorted(members, key=lambda m: m.node_level() or 0, reverse=True):
            none, one = ~member & none, member.ite(none, one)
        return one

    def _variable(self, name: str, fixed: Assignment) -> BCDDFunction:
        value = fixed.get(name)
        if value is None:
            return self._manager.var(self._level[name])
        return self._manager.true() if value else self._manager.false()

    def _function(self, lit: Lit, fixed: Fixed) -> BCDDFunction:
        built = self._built.setdefault(fixed, {})
        if abs(lit) not in built:
            assignment = dict(fixed)
            for number in self.circuit.below(lit):
                if number in built:
                    continue
                node = self.circuit.nodes[number]
                parts = [built[c] if c > 0 else ~built[-c] for c in node.children]
                if node.op == "true":
                    built[number] = self._manager.true()
                elif node.op == "var":
                    built[number] = self._variable(node.name, assignment)
                elif node.op == "and":
                    built[number] = self._folded(parts, True)
                elif node.op == "or":
                    built[number] = self._folded(parts, False)
                else:
                    built[number] = self._at_least(node.k, parts)
        return built[lit] if lit > 0 else ~built[-lit]

    def _folded(self, parts: Iterable[BCDDFunction], every: bool) -> BCDDFunction:
        # From the bottom level up: each step then only adds nodes above what is there.
        result = self._manager.true() if every else self._manager.false()
        for part in sorted(parts, key=lambda part: part.node_level() or 0, reverse=True):
            result = result & part if every else result | part
        return result

    def _at_least(self, k: int, parts: list[BCDDFunction]) -> BCDDFunction:
        row = [self._manager.true(), *[self._manager.false()] * k]  # row[j]: at least j so far
        for part in sorted(parts, key=lambda part: part.node_level() or 0, reverse=True):
            row = [row[0], *(part.ite(row[j - 1], row[j]) for j in range(1, k + 1))]
        return row[k]

    def _cube(self, settings: Iterable[tuple[str, bool]]) -> BCDDFunction:
        cube = self._manager.true()
        for level, value in sorted(((self._level[n], v) for n, v in settings), reverse=True):
            cube = cube & (self._manager.var(level) if value else self._manager.not_var(level))
        return cube

    # -- reading them ----------------------------------------------------------------------------

    def _find(self, lit: Lit, value: bool, given: Assignment, setting: Assignment) -> dict[str, bool] | None:
        split = self._split(lit, given)
        worlds = (split.holding if value else split.failing) & self._cube(setting.items())
        picked = worlds.pick_cube()
        if picked is None:
            return None
        return {
            name: given[name] if name in given else bool(picked[self._level[name]])
            for name in split.touched.variables
        }

    def _matters(self, lit: Lit, given: Assignment) -> frozenset[str]:
        split = self._split(lit, given)
        holding, failing = split.holding, split.failing
        met = self._support(holding)
        found: set[str] = set()
        for variables, name in self.scope.blocks(lit).items():
            if any(given.get(v, False) for v in variables) or (len(variables) == 1 and variables[0] in given):
                continue
            if len(variables) == 1 and variables[0] not in self.scope.part_of:
                # Nothing ties it, so it matters just where the diagram asks for it.
                if self._level[variables[0]] in met:
                    found.add(name)
                continue
            cube = self._cube((v, True) for v in variables)
            if (holding.exists(cube) & failing.exists(cube)).satisfiable():
                found.add(name)
        return frozenset(found)

    def _support(self, function: BCDDFunction) -> set[int]:
        levels: set[int] = set()
        seen = {function}
        stack = [function]
        while stack:
            node = stack.pop()
            below = node.cofactors()
            if below is not None:
                levels.add(node.node_level() or 0)
                for child in below:
                    if child not in seen:
                        seen.add(child)
                        stack.append(child)
        return levels

    def _total(self, function: BCDDFunction, weighed: Mapping[str, Branch]) -> int:
        """The weights of all worlds of the function, added up: integers, so that nothing rounds."""
        depth = len(self._level)
        low, high, skip = [1] * depth, [1] * depth, [1] * depth
        for name, branch in weighed.items():
            low[self._level[name]], high[self._level[name]], skip[self._level[name]] = branch
        passed = [1] * (depth + 1)  # passed[i]: the weight of leaving all levels from i on open
        for level in range(depth - 1, -1, -1):
            passed[level] = passed[level + 1] * skip[level]
        true, false = self._manager.true(), self._manager.false()
        total: dict[BCDDFunction, tuple[int, int]] = {true: (depth, 1), false: (depth, 0)}
        for node, below in rising(function):
            level = node.node_level() or 0
            sums: list[int] = []
            for child in below:
                at, value = total[child]
                gap = value and at - level - 1
                if gap == 1:
                    value *= skip[level + 1]
                elif gap:
                    value *= passed[level + 1] // passed[at]
                sums.append(value)
            total[node] = (level, high[level] * sums[0] + low[level] * sums[1])
        at, value = total[function]
        return value * (passed[0] // passed[at])


def rising(function: BCDDFunction) -> Iterator[tuple[BCDDFunction, tuple[BCDDFunction, BCDDFunction]]]:
    """Every node of the function but the two ends, once, with its cofactors, each after those below it."""
    done: set[BCDDFunction] = set()
    stack = [function]
    while stack:
        node = stack[-1]
        below = None if node in done else node.cofactors()
        if waiting := [child for child in below or () if child not in done]:
            stack.extend(waiting)
            continue
        stack.pop()
        if node not in done:
            done.add(node)
            if below is not None:
                yield node, below
