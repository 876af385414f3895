"""What settles a literal, why it is settled, and who must be wrong for it not to be.

All three need one thing of an engine: a world with these settings in which the literal has this
value (`Finder`). A set of settings settles a literal if there is no such world against it; so a
settling set must contradict every world against it, and the smallest that do are found by asking
for one, noting what made it a world against, and trying the smallest set that contradicts all noted
so far (implicit hitting sets).

>>> from foedus.engines.contract import Circuit
>>> from foedus.engines.worlds import worlds
>>> c = Circuit()
>>> grave, bound = c.var("grave"), c.var("bound")
>>> duty = c.conj(grave, bound)
>>> worlds(c).settling(duty, False).sets
((('grave', False),), (('bound', False),))
>>> flips(worlds(c), duty, {"grave": True, "bound": True}).sets
((('grave', True),), (('bound', True),))
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from foedus.engines.contract import NOTHING, Assignment, Circuit, Lit, Sets, Worlds
from foedus.engines.hitting import Hitting, Spent
from foedus.engines.scope import Scope

Setting = tuple[str, bool]
CONTRADICTION = "no admissible world: theory and what is given contradict one another"
ROUNDS = 2_000  # worlds looked at for one list of sets


class Finder(Protocol):
    """What an engine must do to have its settling sets and reasons found here."""

    def find(
        self, lit: Lit, value: bool, given: Assignment, setting: Assignment = NOTHING
    ) -> dict[str, bool] | None:
        """An admissible world in which `given` and `setting` hold and the literal has the value,
        over the variables that the literal touches (`Scope.touched`); None if there is none.
        NoWorld if none is admissible under `given` alone; TooLarge."""
        ...


def settling(finder: Finder, scope: Scope, lit: Lit, value: bool, given: Assignment, limit: int) -> Sets:
    """As the contract says of `Worlds.settling`."""
    if finder.find(lit, value, given) is None:
        return Sets((), True)
    if finder.find(lit, not value, given) is None:
        return Sets(((),), True) if limit > 0 else Sets((), False)
    return _Settling(finder, scope, lit, value, given).sets(limit)


class _Settling:
    """One search for settling sets. A setting's number is its place in `settings`, from 1."""

    def __init__(self, finder: Finder, scope: Scope, lit: Lit, value: bool, given: Assignment) -> None:
        self.finder, self.scope = finder, scope
        self.lit, self.value, self.given = lit, value, given
        touched = scope.touched(lit)
        theory = [t for part in touched.parts for t in scope.parts[part].theory]
        self.goals = [*theory, -lit if value else lit]
        self.nodes = tuple(scope.circuit.below(*self.goals))
        self.settings = list(_settings(scope, touched.variables, given))
        self.number = {setting: i for i, setting in enumerate(self.settings, 1)}
        self.hitting = Hitting(len(self.settings))
        for name in touched.variables:
            if (name, False) in self.number:
                self.hitting.forbid([self.number[name, True], self.number[name, False]])
        for group in {scope.group_of[name] for name in touched.variables if name in scope.group_of}:
            members = [(member, True) for member in scope.circuit.groups[group]]
            self.hitting.at_most_one([self.number[m] for m in members if m in self.number])

    def sets(self, limit: int) -> Sets:
        found: list[tuple[int, ...]] = []
        complete = False
        try:
            for _ in range(ROUNDS):
                candidate = self.hitting.smallest()
                if candidate is None:
                    complete = True
                    break
                if self.refuted(candidate):
                    continue
                if len(found) >= limit:
                    break
                found.append(tuple(candidate))
                self.hitting.forbid(candidate)
        except Spent:
            pass
        found.sort(key=lambda numbers: (len(numbers), numbers))
        return Sets(tuple(tuple(self.settings[n - 1] for n in numbers) for numbers in found), complete)

    def refuted(self, candidate: Sequence[int]) -> bool:
        """Whether the candidate does not settle the literal or leaves no world; it is then noted
        why, so that it does not come again."""
        setting = dict(self.settings[n - 1] for n in candidate)
        against = self.finder.find(self.lit, not self.value, self.given, setting)
        if against is None:
            if self.leaves(setting):
                return False
            for name in list(setting):
                fewer = {other: v for other, v in setting.items() if other != name}
                if not self.leaves(fewer) and self.settles(fewer):
                    setting = fewer
            self.hitting.forbid([self.number[item] for item in setting.items()])
            return True
        while against is not None:
            # Go on contradicting worlds until none is left: each round then teaches the most.
            against_it = self.note(against)
            name, value = self.settings[against_it[0] - 1]
            if name in setting:
                break
            setting[name] = value
            against = self.finder.find(self.lit, not self.value, self.given, setting)
        return True

    def leaves(self, setting: Assignment) -> bool:
        return self.finder.find(self.lit, self.value, self.given, setting) is not None

    def settles(self, setting: Assignment) -> bool:
        return self.finder.find(self.lit, not self.value, self.given, setting) is None

    def note(self, world: Assignment) -> list[int]:
        """Require of every candidate that it contradict what makes this a world against."""
        clause: list[int] = []
        for name in grounds(self.scope.circuit, self.nodes, self.goals, world, self.given):
            group = self.scope.group_of.get(name)
            if group is None:
                contrary = [(name, not world[name])]
            elif world[name]:
                contrary = [(other, True) for other in self.scope.circuit.groups[group] if other != name]
            else:
                contrary = [(name, True)]
            clause += [self.number[setting] for setting in contrary if setting in self.number]
        clause = sorted(set(clause))
        self.hitting.hit(clause)
        return clause


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
            true = [c for c in children if value[abs(c)] == (c > 0)]
            holds = len(true) >= k
            if not holds:
                k = len(children) - k + 1
                true = [c for c in children if value[abs(c)] != (c > 0)]
            if k < len(true):
                true = sorted(true, key=lambda c: price[abs(c)])[:k]
            value[number] = holds
            enough[number] = true
            price[number] = sum(price[abs(c)] for c in true)
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


def flips(worlds: Worlds, lit: Lit, fixed: Assignment, given: Assignment = NOTHING, limit: int = 12) -> Sets:
    """Who must be wrong: the smallest parts of `fixed` (what is taken as established) without
    which the literal is no longer settled, smallest first, at most `limit`.

    The literal must be settled under `fixed` and `given` together, else ValueError; `given` is
    never doubted. A freed answer of a one-hot group can only give way to answers that are not
    fixed: fix the answer alone, not what it excludes. () if `given` settles the literal by itself.
    """
    doubted = {name: value for name, value in fixed.items() if name not in given}
    if any(fixed[name] != given[name] for name in fixed if name in given):
        raise ValueError("what is fixed contradicts what is given")
    if worlds.settled(lit, {**given, **doubted}) == "some":
        raise ValueError("not settled by what is fixed")
    settings = list(doubted.items())
    number = {name: i for i, name in enumerate(doubted, 1)}
    hitting = Hitting(len(settings))
    found: list[tuple[int, ...]] = []
    complete = False
    try:
        for _ in range(ROUNDS):
            candidate = hitting.smallest()
            if candidate is None:
                complete = True
                break
            freed = {settings[n - 1][0] for n in candidate}
            rest = {**given, **{name: v for name, v in settings if name not in freed}}
            if worlds.settled(lit, rest) != "some":
                hitting.hit([number[name] for name, _ in worlds.reason(lit, rest) if name in number])
                continue
            if len(found) >= limit:
                break
            found.append(tuple(candidate))
            hitting.forbid(candidate)
    except Spent:
        pass
    found.sort(key=lambda numbers: (len(numbers), numbers))
    return Sets(tuple(tuple(settings[n - 1] for n in numbers) for numbers in found), complete)
