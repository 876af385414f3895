"""In which of the orders that their dates allow a set of steps goes through.

A *lane* is one track of one subject; a *step taken* changes some lanes and asks that others be in some stages. Dates
are known to the day at best, so what may have begun on one day may have come in either order: the steps are in order
in *all* of the orders that their dates allow, in *some*, or in *none*.

Orders are not counted one by one. An order goes through if it goes through on every lane; so *all* is asked lane by
lane. Else the steps done so far and the stages of the lanes are all that matters, and of steps that change nothing for
one another only one order is tried (persistent sets: Godefroid, 1996).

>>> c, lane = Subject("contributor", "KGZ"), Lane(frozenset({"none"}), {})
>>> leave = Taken("leave", 7, 7, {c: Change(((frozenset({"none"}), frozenset({"authorised"})),))})
>>> sent = Taken("sent", 7, 7, {c: Change(((frozenset({"authorised"}), frozenset({"present"})),))})
>>> judge((leave, sent), {c: lane})
'some'
>>> judge((replace(leave, first=6, last=6), sent), {c: lane})
'all'
>>> judge((replace(leave, first=8, last=8), sent), {c: lane})
'none'
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal, NamedTuple, TypeAlias

Word: TypeAlias = Literal["all", "some", "none", "too many"]
"""*too many*: neither shown to go through nor shown not to, within the number of orders that is looked at."""

Stages: TypeAlias = frozenset[str]

BUDGET = 20_000
"""So many places in the search are looked at before it is given up."""
MOST_PARTS = 64
"""A date that leaves out days between its days is taken in its parts, in at most so many combinations."""


class Subject(NamedTuple):
    """One track: of all, or its `owner`'s."""

    track: str
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """Where a track may be at first, and whither it may go on unseen from each stage (itself included)."""

    start: Stages
    unseen: Mapping[str, Stages]

    def onward(self, stages: Collection[str]) -> Stages:
        """The stages and those that may be reached from them unseen."""
        return frozenset(stages).union(*(self.unseen.get(stage, ()) for stage in stages))


@dataclass(frozen=True, slots=True)
class Change:
    """What a step does on one lane: it asks for one of `needs` (None: for nothing), and makes the
    `moves` (sources, none for any; target) that it can. `again`: where the target is reached, it changes nothing."""

    moves: tuple[tuple[Stages, Stages], ...] = ()
    needs: Stages | None = None
    again: bool = False

    def on(self, stages: Stages, lane: Lane) -> Stages | None:
        """The stages in which the lane may then be; None where the step is refused."""
        if self.needs is not None:
            stages = stages & self.needs
        if not stages or not self.moves:
            return lane.onward(stages) or None
        reached = {s for sources, target in self.moves if not sources or stages & sources for s in target}
        if not reached and self.again:
            reached = {s for _, target in self.moves for s in target & stages}
        return lane.onward(reached) or None


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken between two days (ordinals), on the lanes that it concerns. `days`: on one of these
    only. `barred`: it is refused whenever it was taken."""

    id: str
    first: int
    last: int
    changes: Mapping[Subject, Change]
    days: tuple[int, ...] = ()
    barred: bool = False


Lanes: TypeAlias = Mapping[Subject, Lane]
Before: TypeAlias = Collection[tuple[str, str]]
"""Pairs of which the first is supposed to have come before the second."""


def judge(taken: Sequence[Taken], lanes: Lanes, before: Before = (), budget: int = BUDGET) -> Word:
    """Whether the steps are in order in all, some or none of the orders that their dates allow."""
    if any(step.barred for step in taken):
        return "none"
    words: set[Word] = {_judged(part, lanes, before, budget) for part in _parts(taken)}
    if len(words) == 1:
        return words.pop()
    return "some" if words - {"none", "too many"} else "too many"


def furthest(
    taken: Sequence[Taken], lanes: Lanes
) -> tuple[tuple[Taken, ...], Taken, Mapping[Subject, Stages]]:
    """Of steps that are in order in none of their orders: those of an order that goes as far as any, the step that is
    then refused, and where the lanes were. Meant for few steps."""
    best: tuple[tuple[Taken, ...], Taken, Mapping[Subject, Stages]] | None = None
    for part in _parts(taken):
        for found in _Search(part, lanes, ()).refusals():
            if best is None or len(found[0]) > len(best[0]):
                best = found
    if best is None:
        raise ValueError("no order of these steps is refused")
    return best


def entangled(taken: Sequence[Taken], lanes: Lanes) -> Iterator[tuple[Taken, Taken]]:
    """The pairs of steps whose dates leave their order open, and for which it matters which came first."""
    search = _Search(taken, lanes, ())
    for n, one in enumerate(taken):
        for m in range(n + 1, len(taken)):
            other = taken[m]
            if one.first <= other.last and other.first <= one.last and search.tied[n] >> m & 1:
                yield one, other


def _parts(taken: Sequence[Taken]) -> Iterator[tuple[Taken, ...]]:
    """The steps with every date an interval: one of several days that are not neighbours is taken in its runs."""
    choices = [_runs(step) for step in taken]
    number = 1
    for choice in choices:
        number *= len(choice)
    if number > MOST_PARTS:
        yield tuple(taken)
    else:
        yield from product(*choices)


def _runs(step: Taken) -> tuple[Taken, ...]:
    borders = [n for n, day in enumerate(step.days) if n == 0 or day > step.days[n - 1] + 1]
    if len(borders) < 2:
        return (step,)
    ends = [*borders[1:], len(step.days)]
    return tuple(
        replace(step, first=step.days[a], last=step.days[z - 1], days=())
        for a, z in zip(borders, ends, strict=True)
    )


def _judged(taken: Sequence[Taken], lanes: Lanes, before: Before, budget: int) -> Word:
    ordered = sorted(taken, key=lambda step: (step.first, step.last))
    refused = went = False
    for key, lane in lanes.items():
        here = [replace(step, changes={key: step.changes[key]}) for step in ordered if key in step.changes]
        own = [(a, b) for a, b in before if {a, b} <= {step.id for step in here}]
        found = _Search(here, {key: lane}, own, budget).explored()
        if found.went is False:
            return "none"
        refused = refused or found.refused is not False
    if not refused and not before:
        return "all"
    found = _Search(ordered, lanes, before, budget).explored(until="went")
    went = found.went
    if went is None:
        return "too many"
    if not went:
        return "none"
    return "some" if refused else "all"


@dataclass(frozen=True, slots=True)
class _Found:
    """Whether an order goes through, and whether one is refused; None where the search was given up."""

    went: bool | None
    refused: bool | None


class _Search:
    """One search over what has been done: a set of steps as bits of a number, and the stages of the lanes."""

    def __init__(self, taken: Sequence[Taken], lanes: Lanes, before: Before, budget: int = BUDGET) -> None:
        self.taken, self.lanes, self.budget = taken, lanes, budget
        self.keys = tuple(key for key in lanes if any(key in step.changes for step in taken))
        self.start = tuple(lanes[key].onward(lanes[key].start) for key in self.keys)
        number = {step.id: n for n, step in enumerate(taken)}
        self.after = [  # by each step, those that certainly come before it
            sum(1 << m for m, other in enumerate(taken) if other.last < step.first) for step in taken
        ]
        for first, second in before:
            self.after[number[second]] |= 1 << number[first]
        self.touches = [
            tuple((k, step.changes[key]) for k, key in enumerate(self.keys) if key in step.changes)
            for step in taken
        ]
        self.all = (1 << len(taken)) - 1
        self.tied = self._tied()

    def _tied(self) -> list[int]:
        """By each step, those for which it can matter whether they come before or after it."""
        tied = [0] * len(self.taken)
        for k, key in enumerate(self.keys):
            lane = self.lanes[key]
            here = [(n, change) for n, step in enumerate(self.taken) if (change := step.changes.get(key))]
            reached = {self.start[k]}
            waiting = [self.start[k]]
            while waiting:
                stages = waiting.pop()
                for _, change in here:
                    then = change.on(stages, lane)
                    if then is not None and then not in reached:
                        reached.add(then)
                        waiting.append(then)
            kinds: dict[Change, list[int]] = {}
            for n, change in here:
                kinds.setdefault(change, []).append(n)
            for one, at in kinds.items():
                for other, beside in kinds.items():
                    if any(_then(one, other, s, lane) != _then(other, one, s, lane) for s in reached):
                        bits = sum(1 << n for n in beside)
                        for n in at:
                            tied[n] |= bits & ~(1 << n)
        return tied

    def explored(self, until: Literal["", "went"] = "") -> _Found:
        """Whether some order goes through, and (unless it is only asked until one does) whether some is refused."""
        went = refused = False
        seen = {(0, self.start)}
        waiting = [(0, self.start)]
        while waiting:
            done, state = waiting.pop()
            if done == self.all:
                went = True
                if until or refused:
                    break
                continue
            fresh: list[tuple[int, tuple[Stages, ...]]] = []
            for n in _bits(self._enough(done)):
                then = self._take(n, state)
                if then is None:
                    refused = True
                elif (place := (done | 1 << n, then)) not in seen:
                    seen.add(place)
                    fresh.append(place)
            waiting += reversed(fresh)  # the earliest first: it is the likeliest to go through
            if went and refused:
                break
            if len(seen) > self.budget:
                return _Found(went or None, refused or None)
        return _Found(went, refused)

    def refusals(self) -> Iterator[tuple[tuple[Taken, ...], Taken, Mapping[Subject, Stages]]]:
        """Every refusal, with what came before it and where the lanes were."""
        waiting: list[tuple[tuple[int, ...], tuple[Stages, ...]]] = [((), self.start)]
        seen: set[tuple[int, tuple[Stages, ...]]] = set()
        while waiting:
            way, state = waiting.pop()
            done = sum(1 << n for n in way)
            if (done, state) in seen:
                continue
            seen.add((done, state))
            fresh: list[tuple[tuple[int, ...], tuple[Stages, ...]]] = []
            for n in _bits(self._ready(done)):
                then = self._take(n, state)
                if then is None:
                    at = dict(zip(self.keys, state, strict=True))
                    yield tuple(self.taken[m] for m in way), self.taken[n], at
                else:
                    fresh.append(((*way, n), then))
            waiting += reversed(fresh)

    def _take(self, n: int, state: tuple[Stages, ...]) -> tuple[Stages, ...] | None:
        if self.taken[n].barred:
            return None
        changed = list(state)
        for k, change in self.touches[n]:
            then = change.on(changed[k], self.lanes[self.keys[k]])
            if then is None:
                return None
            changed[k] = then
        return tuple(changed)

    def _ready(self, done: int) -> int:
        """The steps that may come next, as their dates go."""
        left = self.all & ~done
        return sum(1 << n for n in _bits(left) if not self.after[n] & left)

    def _enough(self, done: int) -> int:
        """Of the steps that may come next, enough to be tried: whatever else may follow changes nothing for them."""
        left = self.all & ~done
        ready = self._ready(done)
        best = ready
        for n in _bits(ready):
            found = self._closed(1 << n, left, ready)
            if found.bit_count() < best.bit_count():
                best = found
            if best.bit_count() == 1:
                break
        return best

    def _closed(self, chosen: int, left: int, ready: int) -> int:
        waiting = chosen
        while waiting:
            n = (waiting & -waiting).bit_length() - 1
            waiting &= waiting - 1
            for m in _bits(self.tied[n] & left & ~chosen):
                if chosen >> m & 1:
                    continue
                if ready >> m & 1:
                    more = 1 << m
                else:
                    more = self._first(m, left, ready, chosen)
                chosen |= more
                waiting |= more
        return chosen

    def _first(self, n: int, left: int, ready: int, chosen: int) -> int:
        """What must come before a step that may not come yet: nothing more, where one of the chosen must."""
        earlier, waiting = 0, self.after[n] & left
        while waiting:
            m = (waiting & -waiting).bit_length() - 1
            waiting &= waiting - 1
            earlier |= 1 << m
            waiting |= self.after[m] & left & ~earlier
        if earlier & chosen:
            return 0
        able = earlier & ready
        return able & -able


def _then(one: Change, other: Change, stages: Stages, lane: Lane) -> Stages | None:
    between = one.on(stages, lane)
    return None if between is None else other.on(between, lane)


def _bits(number: int) -> Iterator[int]:
    while number:
        yield (number & -number).bit_length() - 1
        number &= number - 1
