"""What an engine is given and what it must answer.

A `Circuit` is a hash-consed directed acyclic graph over named Boolean variables. A *literal* is a
non-zero int: a node's number, negated for "not". `groups` are one-hot sets of variables (the
answers of a question; the possible days of an uncertain date): in every world exactly one holds.
`theory` holds literals that are true in every admissible world.

>>> c = Circuit()
>>> a, b = c.var("a"), c.var("b")
>>> c.conj(a, -a) == c.FALSE, c.conj(a, b) == c.conj(b, a)
(True, True)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Literal, Protocol

Lit = int
Assignment = Mapping[str, bool]
Settled = Literal["all", "some", "none"]
NOTHING: Assignment = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Node:
    """`op` is var, and, or, atleast; `k` counts for atleast; `children` are literals."""

    op: Literal["true", "var", "and", "or", "atleast"]
    k: int = 0
    children: tuple[Lit, ...] = ()
    name: str = ""


class Circuit:
    """Builds and holds nodes; constants are folded and equal nodes shared."""

    TRUE: Lit = 1
    FALSE: Lit = -1

    def __init__(self) -> None:
        self.nodes: list[Node] = [Node("true"), Node("true")]  # index 0 unused
        self._seen: dict[Node, Lit] = {self.nodes[1]: 1}
        self.groups: dict[str, tuple[str, ...]] = {}
        self.theory: list[Lit] = []
        self._group_of: dict[str, str] = {}

    def _make(self, node: Node) -> Lit:
        lit = self._seen.get(node)
        if lit is None:
            lit = len(self.nodes)
            self.nodes.append(node)
            self._seen[node] = lit
        return lit

    def var(self, name: str) -> Lit:
        """The variable `name`, made on first use."""
        return self._make(Node("var", name=name))

    def group(self, name: str, variables: Iterable[str]) -> None:
        """Declare that exactly one of `variables` holds in each world.

        ValueError if a member is given twice or belongs to another group: one variable answers
        one question, or neither a settling set nor a chance could be read off the group."""
        members = tuple(variables)
        if self.groups.get(name, members) != members:
            raise ValueError(f"group {name} declared twice with different members")
        if len(set(members)) < len(members):
            raise ValueError(f"group {name} names a member twice")
        for member in members:
            if self._group_of.get(member, name) != name:
                raise ValueError(f"{member} is in group {name} and in group {self._group_of[member]}")
        self.groups[name] = members
        for member in members:
            self._group_of[member] = name
            self.var(member)

    def conj(self, *parts: Lit) -> Lit:
        """All of them."""
        kept: set[Lit] = set()
        for part in parts:
            if part == self.FALSE or -part in kept:
                return self.FALSE
            if part != self.TRUE:
                kept.add(part)
        if not kept:
            return self.TRUE
        if len(kept) == 1:
            return kept.pop()
        return self._make(Node("and", children=tuple(sorted(kept))))

    def disj(self, *parts: Lit) -> Lit:
        """At least one of them."""
        kept: set[Lit] = set()
        for part in parts:
            if part == self.TRUE or -part in kept:
                return self.TRUE
            if part != self.FALSE:
                kept.add(part)
        if not kept:
            return self.FALSE
        if len(kept) == 1:
            return kept.pop()
        return self._make(Node("or", children=tuple(sorted(kept))))

    def atleast(self, k: int, parts: Iterable[Lit]) -> Lit:
        """At least `k` of them (a part given twice counts twice)."""
        kept: list[Lit] = []
        for part in parts:
            if part == self.TRUE:
                k -= 1
            elif part != self.FALSE:
                kept.append(part)
        if k <= 0:
            return self.TRUE
        if k > len(kept):
            return self.FALSE
        if k == 1:
            return self.disj(*kept)
        if k == len(kept):
            return self.conj(*kept)
        return self._make(Node("atleast", k=k, children=tuple(sorted(kept))))

    def node(self, lit: Lit) -> Node:
        """The node under a literal, whatever its sign."""
        return self.nodes[abs(lit)]

    def below(self, *lits: Lit) -> Iterator[int]:
        """The node numbers that the literals rest on, children first."""
        seen: set[int] = set()
        stack: list[tuple[int, bool]] = [(abs(lit), False) for lit in lits]
        while stack:
            number, done = stack.pop()
            if done:
                yield number
            elif number not in seen:
                seen.add(number)
                stack.append((number, True))
                stack.extend((abs(c), False) for c in self.nodes[number].children)

    def support(self, *lits: Lit) -> tuple[str, ...]:
        """The variables that the literals mention, in order of first creation."""
        return tuple(self.nodes[n].name for n in sorted(self.below(*lits)) if self.nodes[n].op == "var")

    def holds(self, lit: Lit, world: Assignment) -> bool:
        """The literal's value in a world that settles every variable under it."""
        return self.given(lit, world) == self.TRUE

    def given(self, lit: Lit, assignment: Assignment) -> Lit:
        """The literal with some variables fixed: its cofactor, in the same circuit."""
        value: dict[int, Lit] = {}
        for number in self.below(lit):
            node = self.nodes[number]
            if node.op == "true":
                value[number] = self.TRUE
            elif node.op == "var":
                fixed = assignment.get(node.name)
                value[number] = number if fixed is None else (self.TRUE if fixed else self.FALSE)
            else:
                parts = [value[abs(c)] if c > 0 else -value[abs(c)] for c in node.children]
                if node.op == "and":
                    value[number] = self.conj(*parts)
                elif node.op == "or":
                    value[number] = self.disj(*parts)
                else:
                    value[number] = self.atleast(node.k, parts)
        return value[abs(lit)] if lit > 0 else -value[abs(lit)]


class TooLarge(Exception):
    """An engine's budget (nodes, conflicts, time) is spent; never answered with a guess."""


class NoWorld(ValueError):
    """Theory, groups and what is given contradict one another: no world is admissible."""


@dataclass(frozen=True, slots=True)
class Sets:
    """Smallest settling sets, smallest first. `complete` is False if the limit, or the engine's
    budget, cut the list: each set shown still holds, but there may be more. No sets and `complete`
    False: none was found in the time allowed."""

    sets: tuple[tuple[tuple[str, bool], ...], ...]
    complete: bool


class Worlds(Protocol):
    """The exact engine over one circuit. Every answer ranges over the admissible worlds (theory
    and one-hot groups hold) in which `given` holds; with no admissible world: NoWorld, which is a
    ValueError. Names in `given` that the circuit does not have change nothing."""

    circuit: Circuit
    name: str  # "decision diagram" | "SAT" | "enumeration": printed with the answer

    def settled(self, lit: Lit, given: Assignment = NOTHING) -> Settled:
        """In all, some or none of the worlds."""
        ...

    def matters(self, lit: Lit, given: Assignment = NOTHING) -> frozenset[str]:
        """The variables (or group names) on which the literal really depends in those worlds:
        some two admissible worlds that differ only there (in a group: only in the answer) and
        in no other variable give different values."""
        ...

    def settling(self, lit: Lit, value: bool, given: Assignment = NOTHING, limit: int = 12) -> Sets:
        """The subset-minimal sets of variable settings that make the literal `value` in every
        remaining world, smallest first, at most `limit`. In each at least one world remains, and
        no setting can be dropped. Of a one-hot group a set names one answer, as (answer
        variable, True), never what the answer is not: whatever "not this one" settles, each
        answer that remains settles too. Sets contradicting `given` or the theory are not
        listed; variables fixed by `given` do not occur. ((),) if the literal is `value` already,
        () if it cannot be."""
        ...

    def reason(self, lit: Lit, given: Assignment) -> tuple[tuple[str, bool], ...]:
        """One subset-minimal part of `given` that alone settles the literal (which must be
        settled under `given`, else ValueError)."""
        ...

    def chance(self, lit: Lit, weights: Mapping[str, Fraction], given: Assignment = NOTHING) -> Fraction:
        """The exact chance, variables independent and each group a distribution that sums to 1
        (else ValueError naming the variable or group); conditioned on theory and `given`, which
        must not have the chance 0 (else NoWorld). What `given` fixes needs no weight.
        Raises TooLarge rather than approximate."""
        ...

    def count(self, lit: Lit, given: Assignment = NOTHING) -> int:
        """How many admissible worlds over the circuit's support of `lit` (and of the groups and
        theory it touches, and what these touch in turn) satisfy it; a variable that `given` fixes
        has one value. A count of readings is not a chance. Exact; TooLarge."""
        ...
