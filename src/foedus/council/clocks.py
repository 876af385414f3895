"""Times that run: started and stopped by steps, ended by nothing but the time itself.

What has run out by an instant follows from the instant. Whether somebody wrote it down makes no difference: `run_out`
is asked before every deed, and makes the moves that were to follow. What comes at the last second is still in time.
A clock whose length a decision sets runs from its first start after the decision: a second contributor who deploys does
not lengthen the mandate. Every other clock is started anew by each of its steps.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from foedus.council.rules import Rules
from foedus.council.state import Running, State, keyed
from foedus.council.steps import stage
from foedus.ir.procedure import Clock, Move, Step


def of_each(rules: Rules, clock: Clock) -> bool:
    """Whether there is one such clock for everybody whose track its steps or its moves are."""
    if clock.moves:
        return any(move.of is not None for move in clock.moves)
    steps = [rules.steps[name] for name in (*clock.starts, *clock.until) if name in rules.steps]
    return bool(clock.until) and all(step.moves and step.moves[0].of is not None for step in steps)


def is_term(rules: Rules, clock: Clock) -> bool:
    """Whether the clock is the term of a mandate: a decision sets it, and what it moves a mandate's steps move too."""
    moved = {move.track for move in clock.moves}
    steps = (step for step in rules.procedure.steps if step.mandate)
    return clock.set_by == "decision" and any(move.track in moved for step in steps for move in step.moves)


def end_of(rules: Rules, state: State, clock: Clock, start: datetime) -> datetime | None:
    """When a clock that starts then will have run out; None where its length is not stated, or not yet set."""
    if clock.set_by == "text":
        return None if clock.hours is None else later(start, clock.hours)
    if clock.set_by == "decision":
        hours = state.hours.get(clock.name)
        if hours is not None:
            return later(start, hours)
        if state.mandate is not None and is_term(rules, clock):
            return state.mandate.mandate.until
    return None


def later(start: datetime, hours: int) -> datetime:
    """So many hours later; the end of time, where there is none."""
    try:
        return start + timedelta(hours=hours)
    except OverflowError:
        return datetime.max.replace(tzinfo=start.tzinfo, microsecond=0)


def ticked(rules: Rules, state: State, step: Step, subject: str, at: datetime) -> State:
    """The clocks after a step: those that it ends are stopped, those that it starts run."""
    clocks = dict(state.clocks)
    for clock in rules.procedure.clocks:
        key = keyed(clock.name, subject if of_each(rules, clock) else "")
        if step.name in clock.until:
            clocks.pop(key, None)
        if step.name in clock.starts:
            before = clocks.get(key)
            if clock.set_by == "decision" and before is not None and before.over is None:
                continue
            clocks[key] = Running(
                clock.name, subject if key != clock.name else "", at, end_of(rules, state, clock, at)
            )
    return replace(state, clocks=clocks)


def renewed(rules: Rules, state: State, at: datetime) -> State:
    """After a new mandate: its lengths are its own, and its term runs at once where a force is there, else from the
    next start."""
    terms = {clock.name for clock in rules.procedure.clocks if is_term(rules, clock)}
    clocks = {
        key: Running(running.name, running.subject, at) if running.name in terms else running
        for key, running in state.clocks.items()
        if running.name not in terms or state.force or running.over is None
    }
    return replace(
        state, clocks=clocks, hours={name: n for name, n in state.hours.items() if name not in terms}
    )


def reset(rules: Rules, state: State) -> State:
    """After a decision has set lengths anew: the ends of the clocks that decisions set, from where they started."""
    clocks = {
        key: replace(clock, end=end_of(rules, state, rules.clocks[clock.name], clock.start))
        if clock.over is None and rules.clocks[clock.name].set_by == "decision"
        else clock
        for key, clock in state.clocks.items()
    }
    return replace(state, clocks=clocks)


def term(rules: Rules, state: State) -> datetime | None:
    """When the mandate ends, or ended; None where it is not stated."""
    if state.mandate is None:
        return None
    ends = [state.mandate.mandate.until, state.mandate.over]
    ends += [running.end for running in state.clocks.values() if is_term(rules, rules.clocks[running.name])]
    return min((end for end in ends if end is not None), default=None)


def run_out(rules: Rules, state: State, now: datetime) -> State:
    """The state as it is at an instant: what has run out by then has run out, in its order."""
    while True:
        due = [
            (clock.end, key)
            for key, clock in state.clocks.items()
            if clock.over is None and clock.end is not None and clock.end < now
        ]
        force = state.mandate
        until = force.mandate.until if force is not None and force.over is None else None
        if until is not None and until < now and (not due or until <= min(due)[0]):
            assert force is not None
            state = replace(state, mandate=replace(force, over=until))
        elif due:
            state = _ran_out(rules, state, min(due)[1])
        else:
            return state


def _ran_out(rules: Rules, state: State, key: str) -> State:
    running = state.clocks[key]
    clock = rules.clocks[running.name]
    over = running.end
    stages = dict(state.stages)
    for move in clock.moves:
        track = keyed(move.track, running.subject if move.of is not None else "")
        if _leads(rules, state, move, track):
            stages[track] = move.target
    mandate = state.mandate
    if mandate is not None and mandate.over is None and is_term(rules, clock):
        mandate = replace(mandate, over=over)
    clocks = {**state.clocks, key: replace(running, over=over)}
    return replace(state, stages=stages, mandate=mandate, clocks=clocks)


def _leads(rules: Rules, state: State, move: Move, track: str) -> bool:
    return not move.sources or stage(rules, state, move.track, track) in move.sources
