"""The deeds that are worth asking about: everybody's, of every kind, with an example where something is to be named.

The chair's answer to *what may now be done* is to try each of them. Nothing else tells what is allowed than what tells
whether a deed is in order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import product
from typing import TypeAlias

from foedus.council.clocks import later, term
from foedus.council.deed import CLOCK, Deed
from foedus.council.known import Known
from foedus.council.mandate import Mandate
from foedus.council.room import answers_to
from foedus.council.rules import Rules
from foedus.council.state import Ballot, Proposal, State
from foedus.council.steps import mover_of
from foedus.council.table import mover
from foedus.ir.procedure import Mover, Step

DOT = "…"
"""Stands for words that are still to be found."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A deed to be tried. `to_name` are the fields, and the variables of the step, for which it has an example only."""

    deed: Deed
    to_name: tuple[str, ...] = field(default=())


By: TypeAlias = Collection[str] | None
"""Whose deeds are asked about; None: everybody's."""


def among(by: By, *names: str) -> tuple[str, ...]:
    """Those of them whose deeds are asked about."""
    return names if by is None else tuple([who for who in names if who in by])


def actors(rules: Rules, now: datetime, by: By = None) -> tuple[str, ...]:
    """Everybody who can do something: states, offices, organs."""
    return among(by, *rules.states(now.date()), *rules.offices, *rules.organs)


def of_steps(
    rules: Rules, state: State, now: datetime, by: By = None, steps: Iterable[Step] | None = None
) -> Iterator[Candidate]:
    """The steps of the procedure, or some of them, filed or proposed."""
    everybody = actors(rules, now, by)
    for step in rules.procedure.steps if steps is None else steps:
        for who in everybody:
            if step.rule is None or rules.announced:
                found = mover_of(rules, state, step, who, now.date())
                if found is not None:
                    yield from _filed(rules, state, step, who, found, now)
            if step.rule is not None:
                found = mover(rules, state, step, who, now.date())
                if found is not None:
                    yield from _proposed(rules, state, step, who, found, now)


def _filed(
    rules: Rules, state: State, step: Step, who: str, as_whom: Mover, now: datetime
) -> Iterator[Candidate]:
    mandate = _longer(rules, state, now) if step.mandate == "extends" else None
    # None can be sent who would be too many, so that only the ceiling itself decides whether anybody can.
    number = 0 if step.mandate == "within" else None
    said = (
        ("mandate",)
        if step.mandate in ("gives", "extends")
        else ("number", "task", "where")
        if number == 0
        else ()
    )
    for terms, to_name in _terms(rules, state, step, who, as_whom, now):
        deed = Deed("step", who, now, step=step.name, terms=terms, mandate=mandate, number=number)
        yield Candidate(deed, (*to_name, *said))


def _proposed(
    rules: Rules, state: State, step: Step, who: str, as_whom: Mover, now: datetime
) -> Iterator[Candidate]:
    mandate = _longer(rules, state, now) if step.mandate == "extends" else None
    said = ("mandate",) if step.mandate in ("gives", "extends") else ()
    for terms, to_name in _terms(rules, state, step, who, as_whom, now):
        deed = Deed("propose", who, now, step=step.name, terms=terms, mandate=mandate)
        yield Candidate(deed, (*to_name, *said))


def _longer(rules: Rules, state: State, now: datetime) -> Mandate:
    return Mandate(until=later(max(term(rules, state) or now, now), 1))


def _terms(
    rules: Rules, state: State, step: Step, who: str, as_whom: Mover, now: datetime
) -> Iterator[tuple[dict[str, str], tuple[str, ...]]]:
    """Every way to name those variables on which it turns whether the step is in order; the others stay to be named."""
    known, outline = Known(rules, state, now.date()), rules.outlines[step.name]
    open_vars = {
        name: var
        for name, var in outline.variables.items()
        if name not in outline.movers_only
        and (name in outline.own or name not in state.bound)
        and (as_whom.var is None or as_whom.var.name != name or who in rules.organs)
    }
    if not open_vars:
        yield {}, ()
        return
    asked = [var for name, var in outline.asked.items() if name in open_vars and name not in rules.marks]
    domains = [tuple(known.domain(var.sort, "")) or (var.name.lower(),) for var in asked]
    named = {*rules.marks, *(var.name for var in asked)}
    others = tuple(name for name in open_vars if name not in named)
    for values in product(*domains):
        yield dict(zip((var.name for var in asked), values, strict=True)), others


def of_table(rules: Rules, state: State, now: datetime, by: By = None) -> Iterator[Candidate]:
    """What may be done about proposals and ballots."""
    for proposal in state.proposals.values():
        if not proposal.fate:
            yield from _of_proposal(rules, proposal, now, state, by)
    for ballot in state.ballots.values():
        if ballot.came is None:
            yield from _of_ballot(rules, ballot, now, by)


def _of_proposal(
    rules: Rules, proposal: Proposal, now: datetime, state: State, by: By
) -> Iterator[Candidate]:
    name = proposal.id
    for who in among(by, proposal.by):
        yield Candidate(Deed("withdraw", who, now, proposal=name))
    step = rules.steps[proposal.step]
    parts = {next(iter(proposal.parts), "1"): DOT}
    for who in actors(rules, now, by):
        if mover(rules, state, step, who, now.date()) is not None:
            yield Candidate(
                Deed("amend", who, now, proposal=name, parts=parts), ("parts", "mandate", "hours")
            )
    rule = rules.decisions.get(step.rule or "")
    for part in ("", *proposal.parts) if among(by, "chair") else ():
        tried = proposal.tried.get(part, 0)
        for way in range(len(rule.ways) if rule is not None else 0):
            assert rule is not None
            silence = rule.ways[way].by == "silence"
            until = later(now, rule.ways[way].hours or 1) if silence else None
            if way <= tried:
                deed = Deed("open", "chair", now, proposal=name, part=part, way=way, until=until)
                yield Candidate(deed, ("until",))


def _of_ballot(rules: Rules, ballot: Ballot, now: datetime, by: By) -> Iterator[Candidate]:
    for who in among(by, *rules.states(now.date())):
        yield Candidate(Deed("vote", who, now, ballot=ballot.id, status="for"), ("status",))
        yield Candidate(Deed("object", who, now, ballot=ballot.id))
    for who in among(by, "chair"):
        until = later(max(ballot.until or now, now), 1)
        yield Candidate(Deed("extend", who, now, ballot=ballot.id, until=until), ("until",))
        yield Candidate(Deed("close", who, now, ballot=ballot.id))
    for who in among(by, CLOCK, "chair", "secretary"):
        yield Candidate(Deed("tick", who, now, ballot=ballot.id))


def of_room(
    rules: Rules, state: State, now: datetime, open_now: tuple[str, ...], by: By = None
) -> Iterator[Candidate]:
    """Rulings, seats, reports, clocks, corrections."""
    chair, states = among(by, "chair"), rules.states(now.date())
    for about in dict.fromkeys((*open_now, *state.rulings)) if chair else ():
        said = state.rulings.get(about)
        answers = answers_to(rules.program, about) or ("1", "2")
        answer = next((each for each in answers if said is None or each != said.answer), "")
        if answer:
            yield Candidate(
                Deed("rule", "chair", now, about=about, answer=answer, text=DOT), ("answer", "text")
            )
    for whom in states if chair else among(by, *states):
        for who in (*chair, *among(by, whom)):
            yield Candidate(Deed("seat", who, now, whom=whom))
            yield Candidate(Deed("unseat", who, now, whom=whom, seat="away"))
            yield Candidate(Deed("unseat", who, now, whom=whom, seat="suspended"))
    regions = state.mandate.mandate.regions if state.mandate is not None else ()
    for who in among(by, "commander", *states):
        for where in regions or (DOT,):
            yield Candidate(Deed("report", who, now, where=where), () if regions else ("where",))
    for key, running in state.clocks.items():
        for who in chair:
            until = later(max(running.end or now, now), 1)
            yield Candidate(Deed("extend", who, now, clock=key, until=until), ("until",))
        for who in among(by, CLOCK, "chair", "secretary"):
            yield Candidate(Deed("tick", who, now, clock=key))
    for who in among(by, "chair", "secretary"):
        yield Candidate(Deed("correct", who, now, entry=0, text=DOT), ("entry", "text"))
