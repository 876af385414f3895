"""When a literal is definitely true although some variables are left open, as clauses.

Each node has two *rails*, definitely true and definitely false; open variables are on neither. Only
the rails that a literal rests on are used: in `conj(a, -b)`, a's true and b's false.

>>> from foedus.engines.contract import Circuit
>>> c, solver = Circuit(), Solver()
>>> a, b = c.var("a"), c.var("b")
>>> lit = c.conj(a, -b)
>>> rails = Rails(c, lit, tuple(c.below(lit)))
>>> rails.signs
{'b': [False], 'a': [True]}
>>> rails.definite(solver, {"b": False}, {"a": solver.fresh()})
1
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from foedus.engines.contract import Assignment, Circuit, Lit
from foedus.engines.solver import Solver

ALWAYS, NEVER = 0, None
Rail = tuple[int, bool]  # a node, and the value it definitely has


class Rails:
    """The rails that one literal rests on. `nodes` are the literal's nodes, children first; `signs`
    tells with which values each variable occurs."""

    def __init__(self, circuit: Circuit, lit: Lit, nodes: Sequence[int]) -> None:
        self.circuit = circuit
        self.root: Rail = (abs(lit), lit > 0)
        self.signs: dict[str, list[bool]] = {}
        needed = {self.root}
        rails: list[Rail] = []
        for number in reversed(nodes):
            node = circuit.nodes[number]
            for value in (False, True):
                if (number, value) in needed:
                    rails.append((number, value))
                    needed.update((abs(c), (c > 0) == value) for c in node.children)
                    if node.op == "var":
                        self.signs.setdefault(node.name, []).append(value)
        self.rails = [self._step(rail) for rail in rails[::-1]]
        self._shared: dict[Rail, int | None] = {}  # those on which nothing open or known tells

    def _step(self, rail: Rail) -> tuple[Rail, str, int, tuple[Rail, ...]]:
        """A rail, its variable's name ("" if it is none), and how many it needs of which others."""
        number, value = rail
        node = self.circuit.nodes[number]
        if node.op == "true":
            return rail, "", 0 if value else 1, ()
        below = tuple((abs(c), (c > 0) == value) for c in node.children)
        k = node.k if node.op == "atleast" else len(below) if node.op == "and" else 1
        return rail, node.name, k if value else len(below) - k + 1, below

    def definite(self, solver: Solver, known: Assignment, plain: Mapping[str, int]) -> int | None:
        """A literal that the solver makes true whenever the root is definite: 0 if it always is, None
        if it never is. Variables are `known`, or given by a literal for the one value with which
        they occur (`plain`, the same at each call), or else open."""
        found: dict[Rail, int | None] = dict(self._shared)
        for rail, name, k, below in self.rails:
            if rail in found:
                continue
            if name:
                if name in plain:
                    found[rail] = self._shared[rail] = plain[name]
                else:
                    found[rail] = ALWAYS if known.get(name) is rail[1] else NEVER
                continue
            found[rail] = _reached(solver, k, [found[child] for child in below])
            if all(child in self._shared for child in below):
                self._shared[rail] = found[rail]
        return found[self.root]


def _reached(solver: Solver, k: int, parts: Sequence[int | None]) -> int | None:
    """A literal that is true whenever at least `k` of the parts are."""
    k -= parts.count(ALWAYS)
    left = [part for part in parts if part]
    if k <= 0:
        return ALWAYS
    if k > len(left):
        return NEVER
    if k == 1 and len(left) == 1:
        return left[0]
    result = solver.fresh()
    if k == 1:
        for part in left:
            solver.add([-part, result])
        return result
    if k == len(left):
        solver.add([*(-part for part in left), result])
        return result
    row: list[int] = []  # row[j]: true if at least j+1 of the parts so far are
    for seen, part in enumerate(left):
        after = [solver.fresh() for _ in range(min(k, seen + 1))]
        for j, variable in enumerate(after):
            if j < len(row):
                solver.add([-row[j], variable])
            solver.add([-part, variable] if j == 0 else [-part, -row[j - 1], variable])
        row = after
    solver.add([-row[k - 1], result])
    return result
