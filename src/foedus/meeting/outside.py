"""What comes into a session without anybody's doing: times that run out, and what the scenario has in store."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from foedus.council.chair import evolve
from foedus.council.clocks import run_out
from foedus.council.deed import CLOCK, Deed
from foedus.council.position import stages_of
from foedus.council.rules import Rules
from foedus.council.state import State
from foedus.diagnostics.problem import Refused
from foedus.exercise.scenario import Cue, Inject, Move
from foedus.meeting.entering import Entered, Standing

T = TypeVar("T", Inject, Move)


def run_out_now(standing: Standing, now: datetime) -> Iterator[Deed]:
    """The ticks to be written down: each time that has run out by now and that nobody has noted."""
    rules = standing.rules
    state = run_out(rules, standing.state, now)
    found = [
        Deed("tick", CLOCK, now, clock=key)
        for key, each in state.clocks.items()
        if each.over and not each.noted
    ]
    found += [
        Deed("tick", CLOCK, now, ballot=each.id)
        for each in state.ballots.values()
        if each.came is None and each.over(now) and not each.noted
    ]
    for deed in found:
        try:
            evolve(rules, standing.state, deed)
        except Refused:
            continue  # not for the clock to say
        yield deed


@dataclass
class Cues(Generic[T]):
    """When what a scenario has in store is due: its injects, or its moves. `reached` is when the stage was reached for
    which something waits."""

    store: Sequence[T]
    reached: dict[int, datetime] = field(default_factory=dict[int, datetime])

    def learn(self, entries: Iterable[Entered]) -> None:
        """What a record that is taken up again has reached already."""
        for each in entries:
            self.see(each.rules, each.state, each.at)

    def see(self, rules: Rules, state: State, at: datetime) -> None:
        """Where the matter stands now."""
        waiting = [n for n, each in enumerate(self.store) if each.cue.at is None and n not in self.reached]
        if not waiting:
            return
        stages = {key: stage for key, _, stage in stages_of(rules, state, at)}
        for number in waiting:
            cue = self.store[number].cue
            if stages.get(cue.track) in cue.stages:
                self.reached[number] = at

    def at(self, number: int) -> datetime | None:
        """When an inject is due; None where its stage has not been reached."""
        cue: Cue = self.store[number].cue
        if cue.at is not None:
            return cue.at
        start = self.reached.get(number)
        return None if start is None else start + cue.after

    def due(self, now: datetime, had: Container[int]) -> Iterator[tuple[int, T]]:
        """What is due by now and has not come, in the order of its times."""
        found = [(self.at(n), n) for n in range(len(self.store)) if n not in had]
        for at, number in sorted((at, n) for at, n in found if at is not None and at <= now):
            del at
            yield number, self.store[number]
