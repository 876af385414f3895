"""What else is done at the table: rulings, seats, reports, corrections, and times that are written down."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from foedus.council.ballots import by_chair, extend_ballot
from foedus.council.deed import CLOCK, Deed
from foedus.council.reading import SETTLED
from foedus.council.refusal import kind_named, listed, refusal
from foedus.council.rules import Rules
from foedus.council.state import Correction, Ruling, State
from foedus.ir.norm import Program
from foedus.terms.date_words import moment
from foedus.words.speech import phrase

NUMBER = re.compile(r"[0-9]{1,15}(/[1-9][0-9]{0,14})?")


def answers_to(program: Program, about: str) -> tuple[str, ...]:
    """What may be answered: the readings of a question, or yes and no. Empty for what a member weighs: any number or
    fraction may be."""
    question = program.questions.get(about)
    if question is not None:
        return tuple(answer.name for answer in question.answers)
    return () if about.partition(" of ")[0] in program.weightings else tuple(SETTLED)


def rule(rules: Rules, state: State, deed: Deed, open_now: Sequence[str]) -> State:
    """The chair answers what is open; what it has answered already it may answer otherwise, from now on."""
    by_chair(rules, deed)
    before = state.rulings.get(deed.about)
    if before is None and deed.about not in open_now:
        instead = phrase("There are: {names}.", names=listed(open_now))
        what = phrase("there is nothing open that is called {name}", name=deed.about)
        raise refusal("F675", rules.procedure, instead, what=what)
    allowed = answers_to(rules.program, deed.about)
    fits = deed.answer in allowed if allowed else NUMBER.fullmatch(deed.answer) is not None
    if not fits or (before is not None and before.answer == deed.answer):
        instead = phrase("There are: {names}.", names=listed(allowed))
        what = phrase("there is no new answer {answer} to {name}", answer=deed.answer, name=deed.about)
        raise refusal("F675", rules.procedure, instead, what=what)
    made = Ruling(deed.answer, state.size, deed.text)
    return replace(state, rulings={**state.rulings, deed.about: made})


def report(rules: Rules, state: State, deed: Deed) -> State:
    """The commander, or a contributor that is there, reports on a region."""
    if not (deed.by == "commander" and "commander" in rules.offices) and deed.by not in state.force:
        movers = phrase("the commander, and whoever has forces there")
        raise refusal("F659", rules.procedure, step=kind_named("report"), who=deed.by, movers=movers)
    force = state.mandate
    if force is None:
        why = phrase("no mandate has been laid down")
        raise refusal("F678", rules.procedure, step=kind_named("report"), why=why)
    if force.mandate.regions and deed.where not in force.mandate.regions:
        instead = phrase("Its regions are: {names}.", names=listed(force.mandate.regions))
        why = phrase("{where} is none of the mandate's regions", where=deed.where)
        raise refusal("F678", rules.procedure, instead, step=kind_named("report"), why=why)
    return replace(state, reports={**state.reports, deed.where: deed.at})


def seat(rules: Rules, state: State, deed: Deed) -> State:
    """A member comes back to the table: by itself, or by the chair, which alone ends a suspension."""
    now = state.seats.get(deed.whom)
    _of_seats(rules, deed, itself=now != "suspended")
    if now is None:
        raise refusal("F676", rules.procedure, who=deed.whom, why=phrase("it is at the table"))
    return replace(state, seats={who: how for who, how in state.seats.items() if who != deed.whom})


def unseat(rules: Rules, state: State, deed: Deed) -> State:
    """A member leaves the table, or is suspended by the chair."""
    now = state.seats.get(deed.whom)
    _of_seats(rules, deed, itself=deed.seat == "away" and now != "suspended")
    if deed.seat in ("", now):
        raise refusal("F676", rules.procedure, who=deed.whom, why=phrase("it is not at the table"))
    return replace(state, seats={**state.seats, deed.whom: deed.seat})


def _of_seats(rules: Rules, deed: Deed, *, itself: bool) -> None:
    if deed.whom not in rules.states(deed.at.date()):
        raise refusal("F676", rules.procedure, who=deed.whom, why=phrase("it has no seat here"))
    if not (itself and deed.by == deed.whom):
        by_chair(rules, deed)


def correct(rules: Rules, state: State, deed: Deed) -> State:
    """What an earlier deed should have said is added; the deed stays as it is, and so does what followed."""
    if deed.by not in ("chair", "secretary") or deed.by not in rules.offices:
        movers = phrase("the chair, or the secretary")
        raise refusal("F659", rules.procedure, step=kind_named("correct"), who=deed.by, movers=movers)
    if deed.entry is None or deed.entry >= state.size:
        raise refusal("F675", rules.procedure, what=phrase("there is no entry {entry}", entry=deed.entry))
    made = Correction(deed.entry, state.size, deed.text)
    return replace(state, corrections=(*state.corrections, made))


def extend(rules: Rules, state: State, deed: Deed) -> State:
    """The chair gives a vote more time, or a clock whose length is the chair's to set."""
    if bool(deed.ballot) == bool(deed.clock):
        raise refusal(
            "F675", rules.procedure, what=phrase("there is not one thing to extend: a vote, or a clock")
        )
    if deed.ballot:
        return extend_ballot(rules, state, deed)
    by_chair(rules, deed)
    running = state.clocks.get(deed.clock)
    if running is None:
        what = phrase("there is no clock {name} that runs", name=deed.clock)
        raise refusal(
            "F675", rules.procedure, phrase("There are: {names}.", names=listed(state.clocks)), what=what
        )
    clock = rules.clocks[running.name]
    if running.over is not None:
        raise refusal("F677", clock, what=deed.clock, until=moment(running.over))
    if clock.set_by != "chair":
        raise refusal("F679", clock, why=phrase("its length is not the chair's to set"))
    if deed.until is None or deed.until <= max(running.end or deed.at, deed.at):
        raise refusal("F679", clock, why=phrase("its new end is no later than its end"))
    return replace(state, clocks={**state.clocks, deed.clock: replace(running, end=deed.until)})


def tick(rules: Rules, state: State, deed: Deed) -> State:
    """That a time has run out is written down; it had run out before."""
    if deed.by not in (CLOCK, "chair", "secretary"):
        movers = phrase("the clock itself, the chair, or the secretary")
        raise refusal("F659", rules.procedure, step=kind_named("tick"), who=deed.by, movers=movers)
    running, ballot = state.clocks.get(deed.clock), state.ballots.get(deed.ballot)
    if running is not None and running.over is not None and not running.noted and not deed.ballot:
        return replace(state, clocks={**state.clocks, deed.clock: replace(running, noted=True)})
    if (
        ballot is not None
        and ballot.over(deed.at)
        and ballot.came is None
        and not ballot.noted
        and not deed.clock
    ):
        return replace(state, ballots={**state.ballots, deed.ballot: replace(ballot, noted=True)})
    what = phrase(
        "there is nothing that has run out and is not yet written down: {name}",
        name=deed.clock or deed.ballot,
    )
    raise refusal("F675", rules.procedure, what=what)
