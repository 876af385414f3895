"""A rule of decision as sums: what each member adds to each test, by what it does.

Every test of a rule counts or weighs members, and each member adds to it by its own status alone. A whole vote is then
one row of sums, and of all votes only as many have to be looked at as there are different rows. Power indices and the
properties of a rule are found so, exactly.

Raises `Unsettled` where a reading or a fact is open, `Entangled` where a test asks of a member what depends on others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from itertools import groupby
from math import lcm
from typing import TypeAlias

from foedus.council.counting import Truth
from foedus.council.electorate import Voted
from foedus.council.reading import Reading
from foedus.council.sitting import Sitting
from foedus.ir.decision import STATUSES, Status
from foedus.ir.formula import And, AtLeast, Choose, Defined, Formula, Not, Or

Tree: TypeAlias = "bool | int | tuple[str, tuple[Tree, ...]]"
"""A rule over its tests: a constant, a test by its number, or `and`, `or`, `not` of such."""
Row: TypeAlias = tuple[int, ...]


class Unsettled(Exception):
    """Something is open on which a test hangs: its names."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(*names)
        self.names = tuple(names)


class Entangled(Exception):
    """A test asks of one member what depends on what others do."""


@dataclass(frozen=True)
class Sum:
    """One test: `adds` gives by member and status what it adds to the sum, in whole numbers, and whether it is of the
    base. The test is passed where the sum is at least `needed` (or, if `strict`, more), and of a share where the base
    is not empty besides."""

    adds: Mapping[tuple[str, Status], tuple[int, int]]
    needed: int
    strict: bool
    share: bool

    def passed(self, total: int, base: int) -> bool:
        """Whether the sum suffices."""
        enough = total > self.needed if self.strict else total >= self.needed
        return enough and (base > 0 or not self.share)


@dataclass(frozen=True)
class Game:
    """A rule over sums. `members` in their order; a row has two numbers for each test: its sum, and its base."""

    members: tuple[str, ...]
    sums: tuple[Sum, ...]
    tree: Tree
    _known: dict[tuple[bool, ...], bool] = field(default_factory=dict[tuple[bool, ...], bool], compare=False)

    def row(self, who: str, status: Status) -> Row:
        """What one member adds."""
        return tuple(number for one in self.sums for number in one.adds[who, status])

    def passes(self, row: Row) -> bool:
        """Whether a vote with these sums is adopted."""
        key = tuple(one.passed(row[2 * n], row[2 * n + 1]) for n, one in enumerate(self.sums))
        if key not in self._known:
            self._known[key] = _true(self.tree, key)
        return self._known[key]

    def adopted(self, statuses: Mapping[str, Status]) -> bool:
        """Whether a complete vote is adopted."""
        rows = [self.row(who, statuses[who]) for who in self.members]
        return self.passes(tuple(map(sum, zip(*rows, strict=True))) if rows else (0,) * (2 * len(self.sums)))

    @cached_property
    def classes(self) -> tuple[tuple[str, ...], ...]:
        """The members by what they add: whoever adds the same is in one class."""

        def adds(who: str) -> tuple[Row, ...]:
            return tuple(self.row(who, status) for status in STATUSES)

        alike = groupby(sorted(self.members, key=adds), adds)
        found = [tuple(sorted(group, key=self.members.index)) for _, group in alike]
        return tuple(sorted(found, key=lambda group: self.members.index(group[0])))


@dataclass(frozen=True)
class Packed:
    """The rows of a game, each as one whole number, so that adding what a member adds is one addition. `heads` counts,
    before the sums, who did what is counted (for a power index: who is for it)."""

    game: Game
    statuses: tuple[Status, ...]
    heads: Mapping[Status, int]

    def _wide(self, who: str, status: Status) -> Row:
        return (self.heads.get(status, 0), *self.game.row(who, status))

    @cached_property
    def _spans(self) -> tuple[tuple[int, int], ...]:
        """The least and the most of each number, over all votes."""
        rows = [[self._wide(who, status) for status in self.statuses] for who in self.game.members]
        width = 2 * len(self.game.sums) + 1
        return tuple(
            (
                sum(min(row[n] for row in each) for each in rows),
                sum(max(row[n] for row in each) for each in rows),
            )
            for n in range(width)
        )

    @cached_property
    def _strides(self) -> tuple[int, ...]:
        """What one more of each number is worth, the heads most."""
        found = [1]
        for low, high in reversed(self._spans[1:]):
            found.append(found[-1] * (high - low + 1))
        return tuple(reversed(found))

    @cached_property
    def start(self) -> int:
        """The row of nobody."""
        return -sum(low * stride for (low, _), stride in zip(self._spans, self._strides, strict=True))

    def adds(self, who: str, status: Status) -> int:
        """What one member adds."""
        return sum(n * stride for n, stride in zip(self._wide(who, status), self._strides, strict=True))

    def row(self, key: int) -> Row:
        """The row that a number stands for, the heads first."""
        found: list[int] = []
        for (low, _), stride in zip(self._spans, self._strides, strict=True):
            digit, key = divmod(key, stride)
            found.append(digit + low)
        return tuple(found)


def game_of(sitting: Sitting) -> Game:
    """The rule of a sitting as a game of sums. Every member has to be named."""
    compiler = _Compiler(sitting)
    passes = sitting.rule.passes
    tree: Tree = False
    if passes is not None:
        tree = compiler.tree(
            compiler.reading(sitting.voted({})), passes, {sitting.rule.motion.name: sitting.motion}
        )
    return Game(compiler.members, tuple(compiler.sums), tree)


def _true(tree: Tree, passed: Sequence[bool]) -> bool:
    match tree:
        case bool():
            return tree
        case int():
            return passed[tree]
        case ("and", parts):
            return all(_true(part, passed) for part in parts)
        case ("or", parts):
            return any(_true(part, passed) for part in parts)
        case (_, parts):
            return not _true(parts[0], passed)


class _Compiler:
    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting
        self.sums: list[Sum] = []
        nobody = sitting.voted({})
        self.members = tuple(who for who in nobody.everybody if who not in nobody.left_out)
        self.alone = {(w, s): sitting.voted({w: s}) for w in self.members for s in STATUSES}

    def reading(self, voted: Voted) -> Reading:
        at = self.sitting
        return Reading(at.program, voted, dict(at.answers), at.owner, at.texts, inside=True)

    def tree(self, at: Reading, formula: Formula, env: Mapping[str, str]) -> Tree:
        constant = self._look(at, formula, env)
        if constant.truth is not None:
            return constant.truth
        match formula:
            case And(parts):
                return "and", tuple(self.tree(at, part, env) for part in parts)
            case Or(parts):
                return "or", tuple(self.tree(at, part, env) for part in parts)
            case Not(body):
                return "not", (self.tree(at, body, env),)
            case Choose(question, answers):
                given = dict(answers).get(at.answers.get(question, ""))
                if given is None:
                    raise Unsettled((question,))
                return self.tree(at, given, env)
            case Defined():
                meant = at.unfolded(formula, env)
                if meant is None:
                    raise Unsettled((formula.name,))
                return self.tree(*meant)
            case AtLeast():
                return self._counted(at, formula, env)
            case _:
                return self._single(at, formula, env, constant)

    def _look(self, at: Reading, formula: Formula, env: Mapping[str, str]) -> Truth:
        return replace(at, counts=[], asked={}, unsettled=set()).read(formula, env)

    def _counted(self, at: Reading, formula: AtLeast, env: Mapping[str, str]) -> int:
        adds: dict[tuple[str, Status], tuple[Fraction, int]] = {}
        sure: list[str] = [who for who in at.candidates(formula) if who not in self.members]
        for who in (*self.members, *sure):
            weight = (
                Fraction(1) if formula.weight is None else self.sitting.voted({}).weight(formula.weight, who)
            )
            if weight is None:
                raise Unsettled((f"{formula.weight} of {who}",))
            for status in STATUSES:
                facts = self.alone.get((who, status), at.facts)
                there = replace(at, facts=facts, counts=[], asked={}, unsettled=set())
                base, counted = there.parts(formula, {**env, formula.var.name: who})
                for one in (base, counted):
                    self._settled(one, facts)
                part = Fraction(counted.truth is True) - (formula.share or 0) * (base.truth is True)
                adds[who, status] = part * weight, int(base.truth is True and weight > 0)
        beyond = sum((adds[who, "silent"][0] for who in sure), Fraction(0))
        scale = lcm(*(amount.denominator for amount, _ in adds.values()))
        needed = Fraction(0 if formula.share is not None else formula.k) - beyond
        based = any(adds[who, "silent"][1] for who in sure)
        whole = {
            key: (int(amount * scale), base) for key, (amount, base) in adds.items() if key[0] in self.members
        }
        share = formula.share is not None and not based
        self.sums.append(Sum(whole, int(needed * scale), formula.strict, share))
        return len(self.sums) - 1

    def _single(self, at: Reading, formula: Formula, env: Mapping[str, str], found: Truth) -> int:
        """What one member alone decides: `vote(CHN, m)`."""
        for who in self.members:
            looks = [
                self._look(replace(at, facts=self.alone[who, status]), formula, env).truth
                for status in STATUSES
            ]
            if None not in looks:
                adds: dict[tuple[str, Status], tuple[int, int]] = {
                    (other, status): (0, 0) for other in self.members for status in STATUSES
                }
                adds |= {(who, s): (int(look is True), 0) for s, look in zip(STATUSES, looks, strict=True)}
                self.sums.append(Sum(adds, 1, strict=False, share=False))
                return len(self.sums) - 1
        self._settled(found, at.facts)
        raise Entangled

    def _settled(self, truth: Truth, facts: object) -> None:
        if truth.truth is None:
            assert isinstance(facts, Voted)
            waiting, still = facts.sorted_out(truth.open)
            if still:
                raise Unsettled(still)
            assert waiting
            raise Entangled
