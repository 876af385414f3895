"""Plays a scenario: whoever sits at the table is asked what it wants, and the chair lets it or does not.

Time is simulated, and the same scenario with the same seed gives the same session, turn by turn: nothing here asks a
clock or throws dice. In each round everybody is asked about one position, in an order that the seed has; what is no
longer in order when its turn comes is dropped, and asked for again in the next round.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from foedus.council.chair import begin, decide, evolve
from foedus.council.deed import CLOCK, Deed, read
from foedus.council.fields import instant
from foedus.council.position import Position, stages_of
from foedus.council.rules import Rules
from foedus.council.state import State
from foedus.diagnostics.problem import Refused
from foedus.exercise.policies import BEFORE_THE_END, SOON, View, wanted
from foedus.exercise.scenario import Inject, Move, Scenario
from foedus.exercise.turns import Turn, Why
from foedus.ir.procedure import OFFICES

SECOND = timedelta(seconds=1)
MOST = 100_000
"""Turns of one session; no scenario that a human wrote comes near."""


@dataclass
class _Play:
    """A session as it goes. `due` are injects and moves with a time, `waits` those that wait for a stage."""

    scenario: Scenario
    seed: int
    rules: Rules
    state: State
    now: datetime
    due: list[tuple[datetime, int, Inject | Move]]
    waits: list[tuple[int, Inject | Move]]
    did: dict[str, list[Deed]] = field(default_factory=dict[str, list[Deed]])
    told: set[str] = field(default_factory=set[str])
    rounds: int = 0
    position: Position | None = None

    def turns(self) -> Iterator[Turn]:
        for _ in range(MOST):
            yield from self._outside()
            if self.now > self.scenario.end:
                yield self._end("over", self.scenario.end)
                return
            happened = False
            for turn in self._round():
                happened = True
                yield turn
            if happened:
                continue
            later = self._next()
            if later is None or later > self.scenario.end:
                yield self._end("still" if later is None else "over", self.now)
                return
            self.now = later
        yield self._end("stopped", self.now)

    def _end(self, why: Why, at: datetime) -> Turn:
        return Turn(max(at, self.state.at or at), self.rules, self.state, why=why)

    # ---- what the scenario has ----

    def _outside(self) -> Iterator[Turn]:
        """Injects and moves whose time has come."""
        while True:
            self._reached()
            ready = [each for each in self.due if each[0] <= self.now]
            if not ready:
                return
            found = min(ready, key=lambda each: each[:2])
            self.due.remove(found)
            at = max(found[0], self.state.at or found[0])
            yield self._inject(found[2], at) if isinstance(found[2], Inject) else self._move(found[2], at)

    def _reached(self) -> None:
        if not self.waits:
            return
        stages = {key: at for key, _, at in stages_of(self.rules, self.state, self.now)}
        for number, each in list(self.waits):
            if stages.get(each.cue.track) in each.cue.stages:
                self.waits.remove((number, each))
                self.due.append((self.now + each.cue.after, number, each))

    def _inject(self, inject: Inject, at: datetime) -> Turn:
        if inject.fact is not None:
            fact = replace(inject.fact, at=at)
            inject = replace(inject, fact=fact)
            self.rules = replace(self.rules, known=(*self.rules.known, fact))
        return Turn(at, self.rules, self.state, inject=inject)

    def _move(self, move: Move, at: datetime) -> Turn:
        deed = read({**move.body, "at": instant(at)})
        return replace(self._tried(deed), move=move)

    # ---- what those at the table want ----

    def _round(self) -> Iterator[Turn]:
        position = self.position = decide(self.rules, self.state, self.now)
        fresh = True
        for deed in self._wishes(position):
            if deed.kind == "open" and not fresh:
                continue  # who still has something to move is heard before the chair puts anything to the vote
            turn = self._wish(deed, fresh)
            if turn is None:
                continue
            yield turn
            fresh = False
            self.now = (max(self.now, turn.at) + self.scenario.pace).replace(second=0)
            if any(at <= self.now for at, _, _ in self.due) or self.now > self.scenario.end:
                return

    def _wishes(self, position: Position) -> Iterator[Deed]:
        for each in position.allowed:
            if each.deed.kind == "tick" and each.deed.by == CLOCK:
                yield each.deed
        self.rounds += 1
        order = [seat for seat in self.scenario.seats if seat.who not in OFFICES]
        Random(f"{self.seed} {self.rounds}").shuffle(order)
        for seat in (*order, *(seat for seat in self.scenario.seats if seat.who in OFFICES)):
            deed = wanted(View(self.rules, position, seat, tuple(self.did.get(seat.who, ())), str(self.seed)))
            if deed is not None:
                yield deed

    def _wish(self, deed: Deed, fresh: bool) -> Turn | None:
        """The deed done, some minutes after it was thought of. None where it is no longer in order by then, or was
        refused before."""
        late = self.now - deed.at
        until = deed.until + late if deed.kind == "open" and deed.until is not None else deed.until
        turn = self._tried(replace(deed, at=deed.at + late, until=until))
        if turn.problem is None:
            return turn
        said = str(replace(deed, at=self.scenario.start, until=None).body())
        if not fresh or said in self.told:
            return None
        self.told.add(said)
        return turn

    def _tried(self, deed: Deed) -> Turn:
        """The deed done, or refused."""
        try:
            self.state = evolve(self.rules, self.state, deed)
        except Refused as refused:
            return Turn(deed.at, self.rules, self.state, deed=deed, problem=refused.problems[0])
        self.did.setdefault(deed.by, []).append(deed)
        return Turn(deed.at, self.rules, self.state, deed=deed)

    # ---- time ----

    def _next(self) -> datetime | None:
        """When something can change: a time of the scenario's, or shortly before and after a deadline."""
        found = [at for at, _, _ in self.due]
        for each in self.position.deadlines if self.position is not None else ():
            if each.at is not None:
                found += [each.at - BEFORE_THE_END, each.at - SOON, each.at, each.at + SECOND]
        return min((at for at in found if at > self.now), default=None)


def play(scenario: Scenario, seed: int | None = None) -> Iterator[Turn]:
    """The turns of a session, the last of which says why it ended. Raises nothing that a scenario as read can cause:
    a deed that is out of order is a turn that says so."""
    both: list[Inject | Move] = [*scenario.injects, *scenario.moves]
    timed: list[tuple[datetime, int, Inject | Move]] = []
    waits: list[tuple[int, Inject | Move]] = []
    for number, each in enumerate(both):
        if each.cue.at is None:
            waits.append((number, each))
        else:
            timed.append((each.cue.at, number, each))
    made = _Play(
        scenario, scenario.seed if seed is None else seed, scenario.rules, begin(scenario.rules), scenario.start,
        timed, waits,
    )  # fmt: skip
    return made.turns()
