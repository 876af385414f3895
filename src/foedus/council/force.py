"""What a mandate allows, asked when a step is taken under it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from foedus.council.clocks import is_term, later, renewed, reset, term
from foedus.council.deed import Deed
from foedus.council.mandate import InForce, Mandate
from foedus.council.refusal import listed, refusal, titled
from foedus.council.rules import Rules
from foedus.council.state import Proposal, State
from foedus.council.steps import Fit
from foedus.diagnostics.problem import Refused
from foedus.ir.procedure import Step
from foedus.terms.date_words import moment
from foedus.words.speech import phrase


def check(rules: Rules, state: State, deed: Deed | Proposal, found: Fit, at: datetime) -> None:
    """Whether the mandate lets a step be taken. Raises `Refused` (F678; F674 for what the step has no place for)."""
    step = found.step
    _has_place(rules, deed, step)
    if step.mandate in ("within", "extends"):
        force = _running(rules, state, step, at)
        if step.mandate == "extends":
            _is_longer(rules, state, step, deed, at)
        elif isinstance(deed, Deed):
            _within(state, deed, found, force.mandate)
    elif step.mandate == "gives" and deed.mandate is not None:
        given = deed.mandate
        if given.until is not None and given.until < max(at, given.since or at):
            raise refusal("F678", step, step=titled(step), why=phrase("it would be over before it begins"))


def _has_place(rules: Rules, deed: Deed | Proposal, step: Step) -> None:
    """Nothing is said that the step does nothing with."""
    lays_down = step.mandate in ("gives", "extends")
    if deed.mandate is not None and not lays_down:
        raise _no_place(step, "mandate")
    set_here = [clock.name for clock in rules.procedure.clocks if clock.set_by == "decision"]
    for name in deed.hours:
        if name not in set_here or not (lays_down or step.rule is not None):
            instead = phrase("Decisions set the clocks: {names}.", names=listed(set_here))
            why = phrase("`{var}` of {step} is no clock that it sets", var=name, step=titled(step))
            raise refusal("F674", step, instead, var=name, step=titled(step), why=why)
    if isinstance(deed, Deed) and step.mandate != "within":
        for name, value in (("number", deed.number), ("task", deed.task), ("where", deed.where)):
            if value not in (None, ""):
                raise _no_place(step, name)


def _no_place(step: Step, name: str) -> Refused:
    why = phrase("`{var}` of {step} is none of what it lays down", var=name, step=titled(step))
    return refusal("F674", step, var=name, step=titled(step), why=why)


def _running(rules: Rules, state: State, step: Step, at: datetime) -> InForce:
    force, end = state.mandate, term(rules, state)
    if force is None:
        raise refusal("F678", step, step=titled(step), why=phrase("no mandate has been laid down"))
    if force.over is not None or (end is not None and at > end):
        when = moment(force.over or end or at)
        instead = phrase("What is over is not extended: a new mandate can be decided.")
        raise refusal(
            "F678", step, instead, step=titled(step), why=phrase("the mandate ended on {when}", when=when)
        )
    if at < force.since:
        why = phrase("the mandate begins on {when}", when=moment(force.since))
        raise refusal("F678", step, step=titled(step), why=why)
    return force


def _is_longer(rules: Rules, state: State, step: Step, deed: Deed | Proposal, at: datetime) -> None:
    end = term(rules, state)
    until = deed.mandate.until if deed.mandate is not None else None
    terms = [clock.name for clock in rules.procedure.clocks if is_term(rules, clock)]
    longer = [name for name in terms if _lengthens(state, name, deed.hours.get(name, 0), end)]
    if until is None and not longer and rules.announced and deed.mandate is None:
        return  # that it was extended is known, and until when is not
    if until is None and not longer:
        instead = phrase("Say until when: `until`, or the hours of its clock.")
        raise refusal("F678", step, instead, step=titled(step), why=phrase("it is not said until when"))
    if until is not None and (until <= at or (end is not None and until <= end)):
        why = phrase("the mandate runs until {when} as it is", when=moment(end or at))
        raise refusal("F678", step, step=titled(step), why=why)


def _lengthens(state: State, clock: str, hours: int, end: datetime | None) -> bool:
    running = state.clocks.get(clock)
    if running is None or end is None:
        return hours > state.hours.get(clock, 0)
    return later(running.start, hours) > end


def _within(state: State, deed: Deed, found: Fit, mandate: Mandate) -> None:
    step = found.step
    if deed.task:
        force = mandate.tasked(deed.task, deed.where)
        if force == "must not":
            why = phrase("the mandate forbids it: {task}", task=deed.task)
            raise refusal("F678", step, _tasks(mandate), step=titled(step), why=why)
        if not force and mandate.tasks:
            why = phrase("the mandate has no such task there: {task}", task=deed.task)
            raise refusal("F678", step, _tasks(mandate), step=titled(step), why=why)
    who = found.subject or deed.by
    room = room_for(state, who)
    if deed.number is None:
        if room is not None and found.subject and who not in state.force:
            why = phrase("it has a ceiling, and it is not said how many are sent")
            raise refusal("F678", step, step=titled(step), why=why)
    elif room is not None and deed.number > room:
        instead = phrase("There is room for {room}.", room=room)
        why = phrase("{number} more would go beyond the ceiling", number=deed.number)
        raise refusal("F678", step, instead, step=titled(step), why=why)


def room_for(state: State, who: str) -> int | None:
    """How many more a contributor may send under the mandate; None where it has no ceiling."""
    if state.mandate is None:
        return None
    mandate = state.mandate.mandate
    ceilings = (
        (mandate.ceiling, sum(state.force.values())),
        (mandate.ceilings.get(who), state.force.get(who, 0)),
    )
    return min((max(most - sent, 0) for most, sent in ceilings if most is not None), default=None)


def _tasks(mandate: Mandate) -> str:
    leave = [
        f"{row.what} ({row.where})" if row.where else row.what
        for row in mandate.tasks
        if row.force != "must not"
    ]
    return phrase("Its tasks are: {tasks}.", tasks=listed(leave))


def applied(rules: Rules, state: State, deed: Deed | Proposal, found: Fit, at: datetime) -> State:
    """The state after a step, as far as mandates go: laid down, extended, ended, acted under, withdrawn from."""
    step = found.step
    if step.mandate == "gives":
        given = InForce(deed.mandate or Mandate(), state.size, at)
        state = renewed(rules, replace(state, mandate=given, reports={}), at)
    if deed.hours:
        state = replace(state, hours={**state.hours, **deed.hours})
    force = state.mandate
    if step.mandate == "extends" and force is not None:
        longer = extended(force.mandate, deed.mandate)
        terms = {clock.name for clock in rules.procedure.clocks if is_term(rules, clock)}
        if deed.mandate is not None and deed.mandate.until is not None:  # in whichever form it was said last
            gone = terms - deed.hours.keys()
            state = replace(state, hours={name: n for name, n in state.hours.items() if name not in gone})
        elif terms & deed.hours.keys():
            longer = replace(longer, until=None)
        state = replace(state, mandate=replace(force, mandate=longer))
    elif step.mandate == "ends" and state.mandate is not None and state.mandate.over is None:
        state = replace(state, mandate=replace(state.mandate, over=at))
    elif step.mandate == "within" and isinstance(deed, Deed) and deed.number is not None:
        who = found.subject or deed.by
        state = replace(state, force={**state.force, who: state.force.get(who, 0) + deed.number})
    if found.subject in state.force and _leaves(rules, found):
        state = replace(state, force={who: n for who, n in state.force.items() if who != found.subject})
    return reset(rules, state) if step.mandate or deed.hours else state


def _leaves(rules: Rules, found: Fit) -> bool:
    move = found.step.moves[0] if found.step.moves else None
    return move is not None and move.target in rules.tracks[move.track].ends


def extended(mandate: Mandate, change: Mandate | None) -> Mandate:
    """A mandate as an extension leaves it: what it says takes the place of what was said, and all else stays."""
    if change is None:
        return mandate
    return Mandate(
        change.tasks or mandate.tasks,
        mandate.ceiling if change.ceiling is None else change.ceiling,
        {**mandate.ceilings, **change.ceilings},
        mandate.since,
        change.until or mandate.until,
        change.report_hours or mandate.report_hours,
        change.regions or mandate.regions,
    )
