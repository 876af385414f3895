"""How an open vote would come out if it were closed now, and how many more votes would carry it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import TypeAlias

from foedus.council.ballots import result
from foedus.council.counting import Counted
from foedus.council.outcome import Outcome
from foedus.council.rules import Rules
from foedus.council.sitting import Meant, Sitting
from foedus.council.state import Ballot, State
from foedus.ir.decision import Status
from foedus.ir.formula import AtLeast

MOST = 40
"""Of so many members it is worked out how many more votes carry a motion; of more the tests with their numbers have to
do, since it is asked again after every vote."""

Memo: TypeAlias = dict[tuple[object, ...], Meant | None]


@dataclass(frozen=True)
class Kept(Sitting):
    """A sitting that remembers what its tests count: that takes a look at every member, and no vote changes it."""

    memo: Memo = field(default_factory=Memo)

    def counted(self, test: Counted) -> Meant | None:
        """As of any sitting, looked up."""
        return self._kept("counted", test, super().counted)

    def based(self, test: Counted) -> Meant | None:
        """As of any sitting, looked up."""
        return self._kept("based", test, super().based)

    def _kept(self, what: str, test: Counted, ask: Callable[[Counted], Meant | None]) -> Meant | None:
        key = (what, test.part, test.instrument, *sorted(test.env.items()))
        if key not in self.memo:
            self.memo[key] = ask(test)
        return self.memo[key]


def remembering(now: Outcome, memo: Memo) -> Outcome:
    """The same outcome with a sitting that remembers."""
    known = {each.name: getattr(now.sitting, each.name) for each in fields(Sitting)}
    return replace(now, sitting=Kept(**known, memo=memo))


@dataclass(frozen=True)
class Count:
    """`now`: how it would come out. `still`: how many of those who are `left`, having said nothing yet, have to vote
    for it: the least and the most, where it depends on who they are; None where even all of them do not carry it, or
    nobody is left. `alike`: it depends on nothing but how many."""

    now: Outcome
    still: tuple[int, int] | None
    alike: bool
    left: tuple[str, ...]


def spoken(ballot: Ballot) -> tuple[str, ...]:
    """Who has said something, and not taken it back, in the order of the roll."""
    return tuple(who for who in ballot.electorate if ballot.said.get(who, "silent") != "silent")


def count(rules: Rules, state: State, ballot: Ballot) -> Count:
    """The count of an open vote as it is now."""
    now = result(rules, state, ballot)
    heard = set(spoken(ballot))
    left = tuple(
        who for who in now.electorate if who not in heard and who not in state.seats and who not in now.held
    )
    same = all(isinstance(each.test.part, AtLeast) and each.test.part.weight is None for each in now.reasons)
    if len(ballot.electorate) > MOST:
        return Count(now, (0, 0) if now.word == "adopted" else None, same, ())
    if not left or now.word == "adopted":
        return Count(now, (0, 0) if now.word == "adopted" else None, same, left)
    ways = [_least(rules, state, ballot, order) for order in (left, left[::-1])]
    if None in ways:
        return Count(now, None, same, left)
    known = [each for each in ways if each is not None]
    return Count(now, (min(known), max(known)), same and known[0] == known[1], left)


def _least(rules: Rules, state: State, ballot: Ballot, order: Sequence[str]) -> int | None:
    """How many of them, in this order, have to vote for it; None where all of them do not carry it."""

    def carried(number: int) -> bool:
        more: Mapping[str, Status] = dict.fromkeys(order[:number], "for")
        return result(rules, state, replace(ballot, said={**ballot.said, **more})).word == "adopted"

    low, high = 0, len(order)
    if not carried(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if carried(middle) else (middle, high)
    return high
