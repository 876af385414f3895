"""What settles a literal, and why it is settled.

Both need one thing of an engine: a world with these settings in which the literal has this value
(`Finder`). A set of settings settles a literal if there is no such world against it; so the smallest
settling sets are found by trying the smallest set that deals with all worlds against seen so far, and
asking for one more.

>>> from foedus.engines.contract import Circuit
>>> from foedus.engines.worlds import worlds
>>> c = Circuit()
>>> grave, bound = c.var("grave"), c.var("bound")
>>> worlds(c).settling(c.conj(grave, bound), False).sets
((('grave', False),), (('bound', False),))
>>> worlds(c).reason(c.disj(grave, bound), {"grave": False, "bound": True})
(('bound', True),)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from foedus.engines.contract import NOTHING, Assignment, Circuit, Lit, Sets
from foedus.engines.rails import Rails
from foedus.engines.scope import Scope
from foedus.engines.smallest import Smallest, Spent

Setting = tuple[str, bool]
CONTRADICTION = "no admissible world: theory and what is given contradict one another"
ROUNDS = 1_000  # candidates looked at for one list of sets


class Patience:
    """How many candidates are still looked at. An engine that is asked for many long lists, as of a record
    in which almost nothing is known, soon looks at few for each: every list then says that it was cut, and
    what it holds still holds. Counted, not timed, so that the same question has the same answer."""

    WHOLE = 3_000
    LEAST = 20

    def __init__(self) -> None:
        self.left = self.WHOLE

    def rounds(self, limit: int) -> int:
        """How many to look at for one list."""
        return max(self.LEAST, min(ROUNDS, self.left)) + limit

    def spend(self, rounds: int) -> None:
        """So many were looked at."""
        self.left -= rounds


class Finder(Protocol):
    """What an engine must do to have its settling sets and reasons found here."""

    def find(
        self, lit: Lit, value: bool, given: Assignment, setting: Assignment = NOTHING
    ) -> dict[str, bool] | None:
        """An admissible world in which `given` and `setting` hold and the literal has the value,
        over the variables that the literal touches (`Scope.touched`); None if there is none.
        NoWorld if none is admissible under `given` alone; TooLarge."""
        ...


def settling(
    finder: Finder, scope: Scope, patience: Patience, lit: Lit, value: bool, given: Assignment, limit: int
) -> Sets:
    """As the contract says of `Worlds.settling`."""
    if finder.find(lit, value, given) is None:
        return Sets((), True)
    if finder.find(lit, not value, given) is None:
        return Sets(((),), True) if limit > 0 else Sets((), False)
    return _Settling(finder, scope, lit, value, given).sets(limit, patience)


class _Settling:
    """One search for settling sets.

    A variable that the literal mentions with one sign only, and that nothing ties to others, is
    *plain*: a world against the set may always give it the value that speaks against the literal, and
    only the other value can help to settle it. Of the other variables, the *knotted*, each world
    against a candidate is noted. What is then required of every later candidate is to contradict the
    knotted settings of that world, or else to set plain variables so that the world is none against.
    """

    def __init__(self, finder: Finder, scope: Scope, lit: Lit, value: bool, given: Assignment) -> None:
        self.finder, self.scope, self.circuit = finder, scope, scope.circuit
        self.lit, self.value, self.given = lit, value, given
        self.touched = scope.touched(lit)
        self.theory = [t for part in self.touched.parts for t in scope.parts[part].theory]
        self.below_theory = tuple(self.circuit.below(*self.theory))
        self.below_lit = tuple(self.circuit.below(lit))
        self.against: Lit = -lit if value else lit
        self.rails = Rails(self.circuit, self.against, self.below_lit)
        self.plain = {
            name: signs[0]
            for name, signs in self.rails.signs.items()
            if len(signs) == 1 and name not in scope.part_of and name not in given
        }
        self.smallest = Smallest()
        self.number: dict[Setting, int] = {}
        for setting in _settings(scope, self.touched.variables, given):
            if self.plain.get(setting[0], not setting[1]) != setting[1]:
                self.number[setting] = self.smallest.element()
        self.settings = list(self.number)
        for name in self.touched.variables:
            if (name, True) in self.number and (name, False) in self.number:
                self.smallest.forbid([self.number[name, True], self.number[name, False]])
        for group in {scope.group_of[name] for name in self.touched.variables if name in scope.group_of}:
            members = [(member, True) for member in self.circuit.groups[group]]
            self.smallest.solver.at_most_one([self.number[m] for m in members if m in self.number])

    def sets(self, limit: int, patience: Patience) -> Sets:
        found: list[tuple[int, ...]] = []
        complete = False
        try:
            for _ in range(patience.rounds(limit)):
                patience.spend(1)
                candidate = self.smallest.next()
                if candidate is None:
                    complete = True
                    break
                if self.refuted(candidate):
                    continue
                if len(found) >= limit:
                    break
                found.append(tuple(candidate))
                self.smallest.forbid(candidate)
        except Spent:
            pass
        return listed(found, self.settings, complete)

    def refuted(self, candidate: Sequence[int]) -> bool:
        """Whether the candidate does not settle the literal or leaves no world; it is then noted
        why, so that it does not come again."""
        setting = dict(self.settings[n - 1] for n in candidate)
        against = self.finder.find(self.lit, not self.value, self.given, setting)
        if against is not None:
            self.note(against, setting)
            return True
        if self.leaves(setting):
            return False
        for name in list(setting):
            fewer = {other: v for other, v in setting.items() if other != name}
            if self.settles(fewer) and not self.leaves(fewer):
                setting = fewer
        self.smallest.forbid([self.number[item] for item in setting.items()])
        return True

    def leaves(self, setting: Assignment) -> bool:
        return self.finder.find(self.lit, self.value, self.given, setting) is not None

    def settles(self, setting: Assignment) -> bool:
        return self.finder.find(self.lit, not self.value, self.given, setting) is None

    def note(self, world: dict[str, bool], setting: Assignment) -> None:
        """Require of every candidate that it deal with this world against."""
        world.update({name: sign for name, sign in self.plain.items() if name not in setting})
        cheap = {**self.given, **self.plain}
        knots: frozenset[str] = frozenset()
        if self.theory:
            knots = grounds(self.circuit, self.below_theory, self.theory, world, self.given)
        knots |= grounds(
            self.circuit, self.below_lit, [self.against], world, {**cheap, **dict.fromkeys(knots, True)}
        )
        contrary: list[int] = []
        for name in sorted(knots, key=self.scope.number.__getitem__):
            group = self.scope.group_of.get(name)
            if group is None:
                settings = [(name, not world[name])]
            elif world[name]:
                settings = [(other, True) for other in self.circuit.groups[group] if other != name]
            else:
                settings = [(name, True)]
            contrary += [self.number[setting] for setting in settings if setting in self.number]
        known = {**self.given, **{name: world[name] for name in knots}}
        plain = {name: -self.number[name, not sign] for name, sign in self.plain.items()}
        rail = self.rails.definite(self.smallest.solver, known, plain)
        self.smallest.solver.add({*contrary, -rail} if rail else set(contrary))


def _settings(scope: Scope, variables: Iterable[str], given: Assignment) -> Iterable[Setting]:
    answered = scope.answered(given)
    for name in variables:
        if name not in given and scope.group_of.get(name) not in answered:
            yield (name, True)
            if name not in scope.group_of:
                yield (name, False)


def grounds(
    circuit: Circuit, nodes: Sequence[int], goals: Sequence[Lit], world: Assignment, free: Assignment
) -> frozenset[str]:
    """Variables whose values in the world are enough to make every goal true, few of them, those
    in `free` left out. `nodes` are the goals' nodes, children first; the goals hold in the world."""
    value: dict[int, bool] = {}
    price: dict[int, int] = {}
    enough: dict[int, list[Lit]] = {}
    for number in nodes:
        node = circuit.nodes[number]
        if node.op == "true":
            value[number], price[number] = True, 0
        elif node.op == "var":
            value[number], price[number] = world[node.name], node.name not in free
        else:
            children = node.children
            k = node.k if node.op == "atleast" else len(children) if node.op == "and" else 1
            true = [c for c in children if (value[c] if c > 0 else not value[-c])]
            holds = len(true) >= k
            if not holds:
                k = len(children) - k + 1
                true = [c for c in children if (not value[c] if c > 0 else value[-c])]
            if k == 1 < len(true):
                true = [min(true, key=lambda c: price[abs(c)])]
            elif k < len(true):
                true = sorted(true, key=lambda c: price[abs(c)])[:k]
            value[number] = holds
            enough[number] = true
            price[number] = sum([price[abs(c)] for c in true])
    needed: set[str] = set()
    stack, seen = [abs(goal) for goal in goals], set[int]()
    while stack:
        number = stack.pop()
        if number not in seen:
            seen.add(number)
            node = circuit.nodes[number]
            if node.op == "var" and node.name not in free:
                needed.add(node.name)
            stack.extend(abs(c) for c in enough.get(number, ()))
    return frozenset(needed)


def reason(finder: Finder, scope: Scope, lit: Lit, given: Assignment) -> tuple[Setting, ...]:
    """As the contract says of `Worlds.reason`."""
    world = finder.find(lit, True, given)
    value = world is not None
    if world is None:
        world = finder.find(lit, False, given)
    elif finder.find(lit, False, given) is not None:
        raise ValueError("not settled by what is given")
    assert world is not None  # else NoWorld
    kept = scope.touched(lit).within(given)

    def settles(part: Assignment) -> bool:
        return finder.find(lit, not value, {}, part) is None

    answer = {scope.group_of[name]: name for name in kept if kept[name] and name in scope.group_of}
    goal = lit if value else -lit
    own = grounds(scope.circuit, tuple(scope.circuit.below(lit)), [goal], world, {})
    likely = {answer.get(scope.group_of.get(name, ""), name) for name in own} | own
    few = {name: v for name, v in kept.items() if name in likely}
    if settles(few):
        kept = few
    for name in list(kept):
        fewer = {other: v for other, v in kept.items() if other != name}
        if settles(fewer):
            kept = fewer
    return tuple(kept.items())


def listed(found: Iterable[tuple[int, ...]], settings: Sequence[Setting], complete: bool) -> Sets:
    """Sets of numbers of settings, from 1, as the settings: smallest first, then in their order."""
    ordered = sorted(found, key=lambda numbers: (len(numbers), numbers))
    return Sets(tuple(tuple(settings[n - 1] for n in numbers) for numbers in ordered), complete)
