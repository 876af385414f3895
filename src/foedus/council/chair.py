"""The chair: whether a deed is in order, where the matter then stands, and what may be done next.

`evolve` and `decide` are functions of the rules, the state and an instant, and of nothing else: they ask no clock, no
database, no network. The same two run a live room, replay a record, and find the first step of a historic case that its
rules did not allow. What is out of order is refused with its article, and the state stays what it was.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from foedus.council.ballots import close, object_to, open_ballot, result, vote
from foedus.council.candidates import Candidate, of_room, of_steps, of_table
from foedus.council.clocks import run_out, ticked
from foedus.council.deed import Deed, Kind, shaped
from foedus.council.force import applied, check
from foedus.council.position import NotAllowed, Position, laid_out
from foedus.council.refusal import listed, mover_named, refusal, titled
from foedus.council.room import correct, extend, report, rule, seat, tick, unseat
from foedus.council.rules import Rules
from foedus.council.state import State
from foedus.council.steps import fit, mover_of, taken
from foedus.council.table import amend, mover, propose, step_named, withdraw
from foedus.diagnostics.problem import Refused
from foedus.terms.date_words import moment
from foedus.words.speech import phrase


def begin(rules: Rules) -> State:
    """Where the matter stands before anything is done."""
    del rules
    return State()


def evolve(rules: Rules, state: State, deed: Deed) -> State:
    """The state after a deed. Raises `Refused` for a deed that is not in order, and the state is what it was."""
    return replace(_done(rules, state, deed), size=state.size + 1, at=deed.at)


def _done(rules: Rules, state: State, deed: Deed, open_now: tuple[str, ...] | None = None) -> State:
    """What a deed changes; it is not yet counted. `open_now` is what is open, where that was found out already."""
    if state.at is not None and deed.at < state.at:
        why = phrase("it is dated before the last deed, of {at}", at=moment(state.at))
        raise refusal("F679", rules.procedure, why=why)
    shaped(deed)
    now = run_out(rules, state, deed.at)
    if deed.kind == "rule":
        return rule(rules, now, deed, waiting(rules, now, deed.at) if open_now is None else open_now)
    return _DOERS[deed.kind](rules, now, deed)


def decide(rules: Rules, state: State, now: datetime, by: Collection[str] | None = None) -> Position:
    """Where the matter stands at an instant: stages, what may be done and by whom, what may not and why, which times
    run, and what is late. An instant before the last deed is taken for the deed's.

    `by`: only the deeds of these actors are tried, which is many times quicker. What is open (`waiting`) is then looked
    for only where the chair is among them, who can answer it; else it is left empty."""
    now = now if state.at is None else max(now, state.at)
    by = None if by is None else frozenset(by)
    state = run_out(rules, state, now)
    allowed: list[Candidate] = []
    refused: dict[tuple[str, ...], NotAllowed] = {}
    open_now = waiting(rules, state, now) if by is None or "chair" in by else ()
    tried = (
        *of_steps(rules, state, now, by),
        *of_table(rules, state, now, by),
        *of_room(rules, state, now, open_now, by),
    )
    for each in tried:
        try:
            _done(rules, state, each.deed, open_now)
        except Refused as problem:
            found = NotAllowed(each.deed, problem.problems[0])
            refused.setdefault(found.key, found)
        else:
            allowed.append(each)
    return laid_out(rules, state, now, tuple(allowed), tuple(refused.values()), open_now)


def waiting(rules: Rules, state: State, now: datetime) -> tuple[str, ...]:
    """What is open and keeps something from being done: facts by their content, questions by their ids."""
    return tuple(dict.fromkeys((*_of_steps(rules, state, now), *_of_ballots(rules, state))))


def _of_steps(rules: Rules, state: State, now: datetime) -> Iterator[str]:
    conditional = [step for step in rules.procedure.steps if step.condition is not None]
    for each in of_steps(rules, state, now, steps=conditional):
        step = rules.steps[each.deed.step]
        who = (mover if each.deed.kind == "propose" else mover_of)(
            rules, state, step, each.deed.by, now.date()
        )
        assert who is not None
        try:
            yield from fit(rules, state, step, each.deed, who, waits=False).open
        except Refused:
            continue


def _of_ballots(rules: Rules, state: State) -> Iterator[str]:
    for ballot in state.ballots.values():
        if ballot.came is None:
            yield from result(rules, state, ballot).open


def _step(rules: Rules, state: State, deed: Deed) -> State:
    """A step is taken by filing it."""
    step = step_named(rules, deed.step)
    if step.rule is not None and not rules.announced:
        why = phrase("it is decided under {rule}: propose it", rule=step.rule)
        raise refusal("F673", step, step=titled(step), why=why)
    who = mover_of(rules, state, step, deed.by, deed.at.date())
    if who is None:
        raise refusal(
            "F659", step, step=titled(step), who=deed.by, movers=listed(map(mover_named, step.movers))
        )
    found = fit(rules, state, step, deed, who)
    check(rules, state, deed, found, deed.at)
    state = applied(rules, taken(rules, state, deed, found), deed, found, deed.at)
    return ticked(rules, state, step, found.subject, deed.at)


_DOERS: Mapping[Kind, Callable[[Rules, State, Deed], State]] = {  # but for rulings, which ask what is open
    "step": _step, "propose": propose, "withdraw": withdraw, "amend": amend, "open": open_ballot, "vote": vote,
    "object": object_to, "extend": extend, "close": close, "report": report, "seat": seat,
    "unseat": unseat, "correct": correct, "tick": tick,
}  # fmt: skip
