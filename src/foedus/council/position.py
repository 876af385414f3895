"""Where a matter stands at an instant, as the chair lays it out: nothing in it that does not follow from the state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from foedus.council.candidates import Candidate
from foedus.council.clocks import later, term
from foedus.council.deed import Deed
from foedus.council.rules import Rules
from foedus.council.state import Ballot, Proposal, State, keyed
from foedus.council.table import first
from foedus.diagnostics.problem import Problem
from foedus.ir.procedure import Step, Track


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """A deed that would be refused, and how."""

    deed: Deed
    problem: Problem

    @property
    def key(self) -> tuple[str, ...]:
        """By which it is told once, whatever else is named in the deed."""
        deed, problem = self.deed, self.problem
        on = (deed.step, deed.proposal, deed.part, deed.ballot, deed.about, deed.whom, deed.seat, deed.clock)
        return (deed.kind, deed.by, *on, deed.where, problem.code, *problem.values.values())


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time that runs. `at` is None where its length is not stated, or not yet set. `what` is a clock's key, a ballot,
    a region (of a report), or empty for the mandate."""

    kind: Literal["clock", "ballot", "mandate", "report"]
    what: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Late:
    """What should have been by then: the steps that would have stopped a clock, a report on a region, the departure of
    a contributor after the end of the mandate."""

    kind: Literal["clock", "report", "departure"]
    what: str
    since: datetime
    steps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Position:
    """Where the matter stands at `at`. `stages` has every track, of everybody; `allowed` each deed that would be taken,
    with what is still to be named in it; `refused` each that would not, of those that anybody could think of.
    `waiting` is what is open and keeps something from being done. `first` is what is put to the vote first. `stuck` are
    the tracks from whose stage nothing leads on, though they have not ended."""

    at: datetime
    stages: Mapping[str, str]
    allowed: tuple[Candidate, ...]
    refused: tuple[NotAllowed, ...]
    proposals: tuple[Proposal, ...]
    ballots: tuple[Ballot, ...]
    first: str
    deadlines: tuple[Deadline, ...]
    late: tuple[Late, ...]
    waiting: tuple[str, ...]
    stuck: tuple[str, ...]

    def steps(self, by: str) -> tuple[str, ...]:
        """The names of the steps that somebody may take or propose."""
        found = (each.deed.step for each in self.allowed if each.deed.by == by and each.deed.step)
        return tuple(dict.fromkeys(found))


def laid_out(
    rules: Rules,
    state: State,
    now: datetime,
    allowed: tuple[Candidate, ...],
    refused: tuple[NotAllowed, ...],
    waiting: tuple[str, ...],
) -> Position:
    """The position of a state in which what has run out has run out."""
    found = tuple(stages_of(rules, state, now))
    put = first(rules, state, now)
    return Position(
        now,
        {key: at for key, _, at in found},
        allowed,
        refused,
        tuple(each for each in state.proposals.values() if not each.fate),
        tuple(each for each in state.ballots.values() if each.came is None),
        put.id if put is not None else "",
        tuple(_deadlines(rules, state)),
        tuple(_late(rules, state, now)),
        waiting,
        tuple(key for key, track, at in found if (track.name, at) in rules.dead_ends),
    )


def stages_of(rules: Rules, state: State, now: datetime) -> Iterator[tuple[str, Track, str]]:
    """Every track with its key and its stage: one for each state, where there is one each."""
    for track in rules.procedure.tracks:
        if track.of is None:
            yield track.name, track, state.stages.get(track.name, track.start)
            continue
        start, every = track.start, (keyed(track.name, who) for who in rules.states(now.date()))
        moved = (key for key in state.stages if key.startswith(f"{track.name} of "))
        for key in dict.fromkeys((*every, *moved)):
            yield key, track, state.stages.get(key, start)


def _deadlines(rules: Rules, state: State) -> Iterator[Deadline]:
    for key, running in state.clocks.items():
        if running.over is None:
            yield Deadline("clock", key, running.end)
    for ballot in state.ballots.values():
        if ballot.came is None and ballot.until is not None:
            yield Deadline("ballot", ballot.id, ballot.until)
    if state.mandate is not None and state.mandate.over is None:
        yield Deadline("mandate", "", term(rules, state))
        for region, due in _reports(state):
            yield Deadline("report", region, due)


def _reports(state: State) -> Iterator[tuple[str, datetime]]:
    """When the next report on each region is owed."""
    force = state.mandate
    if force is None or force.mandate.report_hours is None:
        return
    for region in force.mandate.regions or tuple(state.reports) or ("",):
        last = state.reports.get(region, force.since)
        yield region, later(max(last, force.since), force.mandate.report_hours)


def _late(rules: Rules, state: State, now: datetime) -> Iterator[Late]:
    for key, running in state.clocks.items():
        clock = rules.clocks[running.name]
        if running.over is not None and not clock.moves and clock.until:
            yield Late("clock", key, running.over, clock.until)
    force = state.mandate
    if force is None:
        return
    for region, due in _reports(state):
        if due < now and (force.over is None or due < force.over):
            yield Late("report", region, due)
    if force.over is not None:
        for who in state.force:
            yield Late("departure", who, force.over, tuple(step.name for step in _departures(rules)))


def _departures(rules: Rules) -> Iterator[Step]:
    for step in rules.procedure.steps:
        move = step.moves[0] if step.moves else None
        if move is not None and move.of is not None and move.target in rules.tracks[move.track].ends:
            yield step
