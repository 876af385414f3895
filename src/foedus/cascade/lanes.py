"""The cascade in many worlds at once, whatever a set of worlds is: a whole number with a bit for each, or a diagram.

For each state and side two sets of worlds are kept: `free`, in which the state may still be called to the side (it is
outside, not called yet, not barred), and `wants`, in which it is called and outside. Both follow from what has happened
on the sides, which only grows: so a duty is looked at only in the worlds in which its condition has just come to hold,
and its coin is asked only where its debtor is still free. What is left to each round is who is wanted by one side
alone. A *row* is a state on a side: 2 × state + side; of a circle or a clique on a side, the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from foedus.cascade.plan import Bundle, Plan


class Worlds(Protocol):
    """A set of worlds."""

    def __and__(self: W, other: W, /) -> W: ...

    def __or__(self: W, other: W, /) -> W: ...

    def __invert__(self: W, /) -> W: ...


W = TypeVar("W", bound=Worlds)


@dataclass(frozen=True)
class Kind(Generic[W]):
    """What a set of worlds is: the empty one, that of all, whether a set has any world, and where a coin falls well.

    `coin(number, wanted)` must be right in the wanted worlds, and is asked once for them all."""

    none: W
    every: W
    some: Callable[[W], bool]
    coin: Callable[[int, W], W]


@dataclass
class Outcome(Generic[W]):
    """What happened where: who is in at the end, by row; where anybody joined. In detail: who joined, by state and
    round, and where each duty, by its coin, called its debtor in as he entered."""

    sides: list[W]
    anybody: W
    joins: list[tuple[int, int, W]] = field(default_factory=list[tuple[int, int, W]])
    called: dict[int, W] = field(default_factory=dict[int, W])


class Cascade(Generic[W]):
    """One run. `detail`: also who joined when, and which duties called him."""

    def __init__(self, plan: Plan, kind: Kind[W], detail: bool = False) -> None:
        self.plan, self.kind, self.detail = plan, kind, detail
        none, rows = kind.none, 2 * len(plan.states)
        self._free = [kind.every if able else none for pair in plan.able for able in pair]
        self._wants, self._sides, self._unstruck, self._helped = ([none] * rows for _ in range(4))
        self._one, self._two = ([none] * (2 * len(plan.circles)) for _ in range(2))
        self._met: dict[int, W] = {}
        self._coins: dict[int, W] = {}
        self._touched: dict[int, None] = {}
        self._torn: set[int] = set()
        self._waiting: dict[tuple[int, bool], list[int]] = {}
        self._asking: list[list[int]] = [[] for _ in plan.circles]
        self._owed: list[list[tuple[int, int]]] = [[] for _ in plan.states]
        for number, bundle in enumerate(plan.bundles):
            self._waiting.setdefault((bundle.beneficiary, bundle.trigger == "offence"), []).append(number)
            for circle in {bundle.parties, bundle.adversaries} - {-1}:
                self._asking[circle].append(number)
            for debtor, coin in bundle.duties:
                self._owed[debtor].append((number, coin))
        self._circles = _of_each(plan.circles, len(plan.states))
        self._cliques = _of_each(plan.cliques, len(plan.states))

    def run(self) -> Outcome[W]:
        """Rounds, until nobody joins anywhere."""
        kind, plan = self.kind, self.plan
        every, some = kind.every, kind.some
        found = Outcome(self._sides, kind.none)
        for row in (0, 1, 2, 3):
            self._free[row] = kind.none
        came: dict[int, W] = {0: every, 3: every}
        self._sides[0] = self._sides[3] = self._unstruck[0] = every
        asks = self._coin(plan.requests[1], every)
        struck: dict[int, W] = {3: asks} if some(asks) else {}
        self._helped[3] = asks
        round_ = 0
        while came:
            round_ += 1
            self._bar(came)
            changed = self._fill(came)
            for row, new in came.items():
                self._meet(row, new, offence=True)
            for row, new in struck.items():
                self._meet(row, new, offence=False)
            for row in changed:
                for number in self._asking[row >> 1]:
                    bundle = plan.bundles[number]
                    for circle, side in (bundle.parties, row & 1), (bundle.adversaries, 1 - (row & 1)):
                        if circle == row >> 1:
                            self._look(number, bundle, side)
            came, both = self._join(round_, found)
            struck = self._strike(both) if plan.model.joiner_attacks and came else {}
            for row, new in came.items():
                self._sides[row] = self._sides[row] | new
                self._unstruck[row] = self._unstruck[row] | new
            found.anybody = found.anybody | both[0] | both[1]
        return found

    def _coin(self, number: int, wanted: W) -> W:
        found = self._coins.get(number)
        if found is None:
            found = self._coins[number] = self.kind.coin(number, wanted)
        return found

    def _bar(self, came: dict[int, W]) -> None:
        """Those who came in keep their allies, and who promised neutrality, from the other side."""
        some, plan = self.kind.some, self.plan
        grown: dict[int, W] = {}
        for row, new in came.items():
            state, side = row >> 1, row & 1
            for clique in self._cliques[state]:
                at = 2 * clique + side
                grown[at] = grown[at] | new if at in grown else new
            for debtor in plan.barred_by[state]:
                self._bar_one(debtor, 1 - side, new)
            for debtor, coin in plan.neutral_to[state]:
                at, back = 2 * debtor + 1 - side, 2 * debtor + side
                concerned = new & (self._free[at] | self._wants[at])
                if some(concerned):
                    wanted = self._free[at] | self._wants[at] | self._free[back] | self._wants[back]
                    self._bar_one(debtor, 1 - side, concerned & self._coin(coin, wanted))
        for row, new in grown.items():
            for member in plan.cliques[row >> 1]:
                self._bar_one(member, 1 - (row & 1), new)

    def _bar_one(self, state: int, side: int, new: W) -> None:
        row = 2 * state + side
        self._free[row] = self._free[row] & ~new
        if state in self._torn:
            self._wants[row] = self._wants[row] & ~new
            self._touched[state] = None

    def _fill(self, came: dict[int, W]) -> dict[int, None]:
        """Count who is in of each circle; the rows of those that changed."""
        changed: dict[int, None] = {}
        for row, new in came.items():
            for circle in self._circles[row >> 1]:
                at = 2 * circle + (row & 1)
                self._two[at] = self._two[at] | (self._one[at] & new)
                self._one[at] = self._one[at] | new
                changed[at] = None
        return changed

    def _meet(self, row: int, new: W, *, offence: bool) -> None:
        for number in self._waiting.get((row >> 1, offence), ()):
            bundle = self.plan.bundles[number]
            if bundle.parties >= 0 or bundle.adversaries >= 0:
                self._look(number, bundle, row & 1)
                continue
            if self.detail:
                at = 2 * number + (row & 1)
                self._met[at] = self._met[at] | new if at in self._met else new
            self._call(bundle, row & 1, new)

    def _look(self, number: int, bundle: Bundle, side: int) -> None:
        row = 2 * bundle.beneficiary + side
        holds = self._sides[row] if bundle.trigger == "offence" else self._helped[row]
        if bundle.parties >= 0:
            holds = holds & self._two[2 * bundle.parties + side]
        if bundle.adversaries >= 0:
            holds = holds & self._one[2 * bundle.adversaries + 1 - side]
        at = 2 * number + side
        new = holds & ~self._met[at] if at in self._met else holds
        if self.kind.some(new):
            self._met[at] = holds
            self._call(bundle, side, new)

    def _call(self, bundle: Bundle, side: int, new: W) -> None:
        """Who is wanted, now that a condition holds in some worlds more."""
        some, free = self.kind.some, self._free
        for debtor, coin in bundle.duties:
            row = 2 * debtor + side
            concerned = free[row] & new
            if not some(concerned):
                continue
            wanted = self.kind.every if self.detail else free[row] | free[row ^ 1]
            concerned = concerned & self._coin(coin, wanted)
            free[row] = free[row] & ~concerned
            self._wants[row] = self._wants[row] | concerned
            self._touched[debtor] = None

    def _join(self, round_: int, found: Outcome[W]) -> tuple[dict[int, W], tuple[W, W]]:
        """Who is wanted by one side alone, and joins it: by row, and on each side anybody."""
        some, none = self.kind.some, self.kind.none
        came: dict[int, W] = {}
        joined = [none, none]
        for state in self._touched:
            first, second = self._wants[2 * state], self._wants[2 * state + 1]
            tears = first & second
            (self._torn.add if some(tears) else self._torn.discard)(state)
            for side, join in enumerate((first & ~second, second & ~first)):
                if not some(join):
                    continue
                row = 2 * state + side
                self._wants[row] = tears
                self._free[row] = self._free[row] & ~join
                self._free[row ^ 1] = self._free[row ^ 1] & ~join
                came[row] = join
                joined[side] = joined[side] | join
                if self.detail:
                    found.joins.append((state, round_, join))
                    for coin, calls in self._calling(state, side, join):
                        found.called[coin] = found.called[coin] | calls if coin in found.called else calls
        self._touched = {}
        return came, (joined[0], joined[1])

    def _calling(self, state: int, side: int, join: W) -> Iterator[tuple[int, W]]:
        for number, coin in self._owed[state]:
            met = self._met.get(2 * number + side)
            if met is not None and self.kind.some(met & join):
                yield coin, met & join & self._coin(coin, self.kind.every)

    def _strike(self, joined: tuple[W, W]) -> dict[int, W]:
        """Who stood against a side that somebody joined is attacked: by row, where he asks for help."""
        struck: dict[int, W] = {}
        for row, before in enumerate(self._unstruck):
            blow = before & joined[1 - (row & 1)]
            if not self.kind.some(blow):
                continue
            self._unstruck[row] = before & ~blow
            if (row >> 1, False) in self._waiting:
                blow = blow & self._coin(self.plan.requests[row >> 1], self.kind.every)
                struck[row] = blow
                self._helped[row] = self._helped[row] | blow
        return struck


def _of_each(sets: tuple[tuple[int, ...], ...], states: int) -> list[list[int]]:
    """Of which sets each state is."""
    found: list[list[int]] = [[] for _ in range(states)]
    for number, members in enumerate(sets):
        for state in members:
            found[state].append(number)
    return found
