"""Bots in empty seats: what a seat's policies want, done one deed at a time, so that people can follow.

A seat is a bot's as long as nobody who speaks has it; whoever comes takes it over with the next deed. What a bot does
is entered under the person `bot`, goes by the same rules, and is refused like anybody's. It sees no more than its seat:
of a hidden vote it knows its own. Given the same entries, times and people, it wants the same.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import TypeAlias

from foedus.council.chair import decide, evolve
from foedus.council.debate.act import Act
from foedus.council.debate.machine import evolve_debate
from foedus.council.debate.state import Manner
from foedus.council.deed import Deed, read
from foedus.council.fields import instant
from foedus.council.position import Position
from foedus.diagnostics.problem import Refused
from foedus.exercise.policies import BEFORE_THE_END, SOON, View, wanted
from foedus.exercise.scenario import Move, Scenario, Seat
from foedus.ir.procedure import OFFICES
from foedus.meeting.entering import Body, Entered, Standing
from foedus.meeting.outside import Cues
from foedus.meeting.presiding import Presiding

BOT = "bot"
"""The person of an entry that a bot made."""

Wish: TypeAlias = Deed | Act

USUAL: dict[str, tuple[str, ...]] = {
    "chair": ("presides",),
    "secretary": ("files",),
    "commander": ("reports",),
}
"""What the holder of an office does for whom the scenario has no policy."""


@dataclass
class Bots:
    """The bots of a room. `on` are the seats that they may have; `gap` seconds pass between two of their deeds, and
    people have at least `hold` seconds for a vote, for hands, and before something is put to the vote."""

    scenario: Scenario
    on: set[str]
    gap: float = 5.0
    hold: float = 90.0
    moves: Cues[Move] = field(init=False)
    done: set[int] = field(default_factory=set[int])
    did: dict[str, list[Deed]] = field(default_factory=dict[str, list[Deed]])
    told: set[str] = field(default_factory=set[str])
    last: datetime | None = None
    _read: int = 0
    _idle: tuple[int, datetime | None, frozenset[str]] | None = None

    def __post_init__(self) -> None:
        self.moves = Cues(self.scenario.moves)

    # ---- whose seats ----

    def seats(self, taken: Container[str]) -> tuple[Seat, ...]:
        """The seats that bots have now."""
        return tuple(seat for seat in self.scenario.seats if seat.who in self.on and seat.who not in taken)

    def switch(self, seat: str, on: bool) -> bool:
        """Let bots have a seat, or not; whether there is such a seat."""
        if all(each.who != seat for each in self.scenario.seats):
            return False
        (self.on.add if on else self.on.discard)(seat)
        self._idle = None
        return True

    # ---- what has been ----

    def learn(self, entries: Sequence[Entered]) -> None:
        """Reads what was entered since it last did."""
        for each in entries[self._read :]:
            self.moves.see(each.rules, each.state, each.at)
            if each.deed is None:
                if each.act is not None and each.problem is not None and each.person == BOT:
                    self.told.add(_told(each.act))
                continue
            if each.problem is None:
                self.did.setdefault(each.deed.by, []).append(each.deed)
            elif each.person == BOT:
                self.told.add(_told(each.deed))
            for number, move in enumerate(self.scenario.moves):
                if number not in self.done and _same(read({**move.body, "at": instant(each.at)}), each.deed):
                    self.done.add(number)
                    break
        self._read = len(entries)

    # ---- what comes next ----

    def next(
        self,
        standing: Standing,
        entries: Sequence[Entered],
        now: datetime,
        real: datetime,
        taken: Container[str],
    ) -> Wish | None:
        """What a bot does now; None where none wants anything, or the last one was too short a time ago."""
        self.learn(entries)
        if self.last is not None and real - self.last < timedelta(seconds=self.gap):
            return None
        found = next(iter(self._wishes(standing, now, real, taken)), None)
        if found is not None:
            self.last = real
        return found

    def _wishes(
        self, standing: Standing, now: datetime, real: datetime, taken: Container[str]
    ) -> Iterator[Wish]:
        seats = self.seats(taken)
        if not seats:
            return
        pace, debate = standing.debate.pace, standing.debate
        stands = pace is not None and not pace.running
        if stands and not debate.meeting:  # people are still coming in; whoever presides may be among them
            return
        acts = [*self._conduct(standing, seats, now, real, taken)]
        for act in acts:
            if self._in_order(standing, act, real):
                yield act
        if stands or ("chair" in standing.rules.offices and not debate.meeting):
            return
        yield from self._due(standing, now, taken)
        yield from self._matter(standing, seats, now, real, taken)

    def _conduct(
        self, standing: Standing, seats: Sequence[Seat], now: datetime, real: datetime, taken: Container[str]
    ) -> Iterator[Act]:
        """Hands of delegations, which leave procedure to the people; then the chair's part."""
        voting = standing.debate.voting
        for seat in seats:
            if voting is not None and seat.who in standing.table.members and seat.who not in voting.said:
                yield Act("hand", seat.who, now, motion=voting.id, status="abstained")
        if any(seat.who == "chair" for seat in seats):
            people = any(who in taken for who in standing.table.delegations)
            title = self.scenario.title
            yield from Presiding(standing, now, real, self.hold if people else self.gap, title).acts()

    def _in_order(self, standing: Standing, act: Act, real: datetime) -> bool:
        """Whether the rules of order let it; a bot tries nothing in the conduct of a meeting that they do not."""
        try:
            evolve_debate(standing.order, standing.debate, act, real, standing.table)
        except Refused:
            return False
        return True

    def _due(self, standing: Standing, now: datetime, taken: Container[str]) -> Iterator[Deed]:
        """What the scenario has in store for seats that bots have, and for those who have no seat."""
        self.moves.see(standing.rules, standing.state, standing.at)
        for number, move in self.moves.due(now, self.done):
            by = str(move.body["by"])
            seated = any(seat.who == by for seat in self.scenario.seats)
            if by in taken or (seated and by not in self.on):
                continue
            self.done.add(number)
            yield read({**move.body, "at": instant(now)})

    def _matter(
        self, standing: Standing, seats: Sequence[Seat], now: datetime, real: datetime, taken: Container[str]
    ) -> Iterator[Deed]:
        """The first wish of the first seat that has one, delegations before offices, in an order that the seed has.
        Where nobody has one, nobody is asked again before something was entered or a time comes near."""
        here = frozenset(seat.who for seat in seats)
        people = any(who in taken for who in standing.rules.states(now.date()))
        waits = people and real - standing.real < timedelta(seconds=self.hold / 3)
        idle = self._idle
        if (
            idle is not None
            and idle[0] == standing.size
            and idle[2] == here
            and (idle[1] is None or now < idle[1])
        ):
            return
        order = [seat for seat in seats if seat.who not in OFFICES]
        Random(f"{self.scenario.seed} {standing.size}").shuffle(order)
        order += [seat for seat in seats if seat.who in OFFICES]
        position = None
        held_back = False
        for seat in order:
            position = self._seen(standing, seat.who, now)
            view = View(
                standing.rules, position, _with_policy(seat), tuple(self.did.get(seat.who, ())),
                str(self.scenario.seed),
            )  # fmt: skip
            deed = wanted(view)
            if deed is None:
                continue
            if deed.kind == "open":
                if waits or not _free(standing):
                    held_back = True
                    continue
                deed = self._longer(standing, deed, now, people)
            if _told(deed) in self.told and not self._lets(standing, deed):
                continue
            yield deed
        if not held_back:
            self._idle = (standing.size, _next_time(position, now), here)

    def _seen(self, standing: Standing, who: str, now: datetime) -> Position:
        """The position as a seat sees it: in a hidden vote, only what it said itself."""
        position = decide(standing.rules, standing.state, now, (who,))
        manners = standing.debate.manners
        ballots = tuple(
            replace(each, said={name: said for name, said in each.said.items() if name == who})
            if manners.get(each.id, Manner()).hidden
            else each
            for each in position.ballots
        )
        return replace(position, ballots=ballots)

    def _longer(self, standing: Standing, deed: Deed, now: datetime, people: bool) -> Deed:
        """A vote that leaves people time on the wall; and bots, of whom one speaks after the other."""
        pace = standing.debate.pace.pace if standing.debate.pace is not None else 1
        seconds = max(self.hold if people else 0.0, self.gap * (len(standing.table.delegations) + 2))
        least = now + timedelta(seconds=int(seconds * pace))
        return replace(deed, until=max(deed.until, least)) if deed.until is not None else deed

    def _lets(self, standing: Standing, deed: Deed) -> bool:
        try:
            evolve(standing.rules, standing.state, deed)
        except Refused:
            return False
        return True


def dated(wish: Wish, at: datetime) -> Body:
    """A wish as the body of an entry, done at that time of the room; a vote that it opens is no shorter for that."""
    if isinstance(wish, Act):
        return replace(wish, at=at).body()
    late = max(at - wish.at, timedelta(0))
    until = wish.until + late if wish.kind == "open" and wish.until is not None else wish.until
    return replace(wish, at=at, until=until).body()


def _free(standing: Standing) -> bool:
    """Whether the table is free for a vote: it sits, nobody speaks or wants to, no motion waits."""
    debate = standing.debate
    moved = any(each.fate in ("", "put") for each in debate.motions.values())
    return debate.sitting == "open" and debate.speaking is None and not debate.asking and not moved


def _with_policy(seat: Seat) -> Seat:
    return seat if seat.policies else replace(seat, policies=USUAL.get(seat.who, ()))


_EVER = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


def _told(wish: Wish) -> str:
    """By which a refusal is known again, whenever it came."""
    return str(sorted(replace(wish, at=_EVER, until=None).body().items(), key=lambda each: each[0]))


def _same(one: Deed, other: Deed) -> bool:
    return replace(one, at=other.at) == other


def _next_time(position: Position | None, now: datetime) -> datetime | None:
    """When a policy can want something though nothing was entered: shortly before and after a deadline."""
    found: list[datetime] = []
    for each in position.deadlines if position is not None else ():
        if each.at is not None:
            found += [each.at - BEFORE_THE_END, each.at - SOON, each.at, each.at + timedelta(seconds=1)]
    return min((at for at in found if at > now), default=None)
