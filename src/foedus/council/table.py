"""What is on the table: proposals, their amendments and parts, and which of them is put first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from foedus.council.deed import Deed
from foedus.council.force import check, extended
from foedus.council.mandate import Mandate
from foedus.council.refusal import listed, mover_named, refusal, titled, unnamed
from foedus.council.rules import Rules
from foedus.council.state import Proposal, State
from foedus.council.steps import Fit, fit, mover_of
from foedus.diagnostics.problem import Refused
from foedus.ir.decision import DecisionRule
from foedus.ir.procedure import Mover, Step
from foedus.words.speech import phrase


def step_named(rules: Rules, name: str) -> Step:
    """The step of that name. Raises `Refused` (F657)."""
    step = rules.steps.get(name)
    if step is None:
        instead = phrase("Its steps are: {steps}.", steps=listed(rules.steps))
        raise refusal("F657", rules.procedure, instead, name=name, procedure=rules.procedure.id)
    return step


def rule_of(rules: Rules, step: Step) -> DecisionRule:
    """The rule under which a step is decided. Raises `Refused` (F673) where it is not, or none is known."""
    rule = rules.decisions.get(step.rule or "")
    if rule is None:
        why = phrase("it is taken by filing it") if step.rule is None else phrase("its rule is not known")
        raise refusal("F673", step, step=titled(step), why=why)
    return rule


def mover(rules: Rules, state: State, step: Step, by: str, on: date) -> Mover | None:
    """As whom somebody may propose a step: as one of its movers; for an organ, as a member of it or its chair."""
    found = mover_of(rules, state, step, by, on)
    if found is not None and not found.name:
        return found
    organ = next((each for each in step.movers if each.name), None)
    if organ is None or step.rule is None:
        return None
    rule = rules.decisions.get(step.rule)
    members = rules.held(rule.members, on) if rule is not None else ()
    return organ if by in members or (by == "chair" and "chair" in rules.offices) else None


def pending(rules: Rules, state: State, name: str) -> Proposal:
    """The proposal of that name, still to be decided. Raises `Refused` (F675)."""
    found = state.proposals.get(name)
    if found is None or found.fate:
        what = phrase("there is no proposal {name} on the table", name=name)
        on_table = [each.id for each in state.proposals.values() if not each.fate]
        raise refusal(
            "F675", rules.procedure, phrase("There are: {names}.", names=listed(on_table)), what=what
        )
    return found


def propose(rules: Rules, state: State, deed: Deed) -> State:
    """A step is moved that is decided by a rule."""
    step = step_named(rules, deed.step)
    rule_of(rules, step)
    _has_voice(rules, state, deed, step)
    made = Proposal(
        f"p{len(state.proposals) + 1}", state.size, deed.by, step.name, deed.terms, deed.parts, deed.mandate,
        deed.hours, deed.text,
    )  # fmt: skip
    puttable(rules, state, made, deed.at, waits=False)
    return with_proposal(state, made)


def amend(rules: Rules, state: State, deed: Deed) -> State:
    """A change of a proposal is moved; by whoever proposed it, it is made at once."""
    target = pending(rules, state, deed.proposal)
    step = rules.steps[target.step]
    _has_voice(rules, state, deed, step)
    if target.amends:
        raise refusal(
            "F675", step, what=phrase("there is no amendment of an amendment: {name} is one", name=target.id)
        )
    if state.on(target.id) is not None:
        raise refusal("F679", step, why=phrase("the vote on {name} has begun", name=target.id))
    if not (deed.parts or deed.mandate or deed.hours):
        raise unnamed(step, "parts")
    made = Proposal(
        f"p{len(state.proposals) + 1}", state.size, deed.by, step.name, target.terms, deed.parts, deed.mandate,
        deed.hours, deed.text, target.id,
    )  # fmt: skip
    changed = amended(target, made)
    puttable(rules, state, changed, deed.at, waits=False)
    if deed.by == target.by:
        return with_proposal(with_proposal(state, changed), replace(made, fate="adopted"))
    return with_proposal(state, made)


def withdraw(rules: Rules, state: State, deed: Deed) -> State:
    """A proposal is taken back by whoever made it, and what was to change it falls with it."""
    found = pending(rules, state, deed.proposal)
    step = rules.steps[found.step]
    if deed.by != found.by:
        raise refusal("F659", step, step=titled(step), who=deed.by, movers=found.by)
    if state.on(found.id) is not None:
        raise refusal("F679", step, why=phrase("the vote on {name} has begun", name=found.id))
    return settle(state, replace(found, fate="withdrawn"))


def amended(target: Proposal, change: Proposal) -> Proposal:
    """A proposal as an amendment leaves it."""
    parts = {**target.parts, **change.parts}
    return replace(
        target,
        parts={number: words for number, words in parts.items() if words.strip()},
        mandate=extended(target.mandate or Mandate(), change.mandate) if change.mandate else target.mandate,
        hours={**target.hours, **change.hours},
        tried={},
    )  # fmt: skip


def settle(state: State, decided: Proposal) -> State:
    """The table after a proposal has met its fate: the amendments to it are no more."""
    state = with_proposal(state, decided)
    for each in state.proposals.values():
        if each.amends == decided.id and not each.fate:
            state = with_proposal(state, replace(each, fate="lapsed"))
    return state


def with_proposal(state: State, proposal: Proposal) -> State:
    """The same table with this proposal on it."""
    return replace(state, proposals={**state.proposals, proposal.id: proposal})


def puttable(rules: Rules, state: State, proposal: Proposal, at: datetime, *, waits: bool = True) -> Fit:
    """The step of a proposal, as it may now be put to the vote. Raises `Refused` as for any step."""
    step = rules.steps[proposal.step]
    who = mover(rules, state, step, proposal.by, at.date())
    if who is None:
        raise refusal(
            "F659", step, step=titled(step), who=proposal.by, movers=listed(map(mover_named, step.movers))
        )
    deed = Deed("step", proposal.by, at, step=step.name, terms=proposal.terms, text=proposal.text)
    found = fit(rules, state, step, deed, who, waits=waits)
    check(rules, state, proposal, found, at)
    return found


def first(rules: Rules, state: State, at: datetime) -> Proposal | None:
    """The proposal that is put first: of those that can be put and are not yet being voted on, the one whose step has
    precedence, and among equals the one that was received first; amendments before what they amend."""
    ready = [each for each in _waiting(state) if not each.amends and _can_be_put(rules, state, each, at)]
    order = rules.procedure.precedence
    best = min(
        ready, key=lambda each: (order.index(each.step) if each.step in order else len(order), each.deed), default=None
    )  # fmt: skip
    if best is None:
        return None
    changes = (each for each in _waiting(state) if each.amends == best.id)
    return next((each for each in changes if _can_be_put(rules, state, amended(best, each), at)), best)


def _waiting(state: State) -> Iterator[Proposal]:
    """Those on the table of which no vote is open; nor one on a change of them."""
    voted = {ballot.proposal for ballot in state.ballots.values() if ballot.came is None}
    voted |= {state.proposals[name].amends for name in voted}
    yield from (each for each in state.proposals.values() if not each.fate and each.id not in voted)


def _can_be_put(rules: Rules, state: State, proposal: Proposal, at: datetime) -> bool:
    try:
        puttable(rules, state, proposal, at)
    except Refused:
        return False
    return True


def _has_voice(rules: Rules, state: State, deed: Deed, step: Step) -> None:
    if mover(rules, state, step, deed.by, deed.at.date()) is None:
        raise refusal(
            "F659", step, step=titled(step), who=deed.by, movers=listed(map(mover_named, step.movers))
        )
    if deed.by in state.seats:
        raise refusal("F676", step, who=deed.by, why=phrase("it is not at the table"))
