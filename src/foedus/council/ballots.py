"""Putting to the vote: opened by the chair in one way of the rule, closed once, and evaluated then.

The electorate is that of the opening day, without whoever is suspended. What counts of a member is the last it said
before the close; of one that said nothing, whether it was at the table at the close.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from foedus.council.clocks import later, run_out, ticked
from foedus.council.deed import Deed
from foedus.council.force import applied
from foedus.council.known import Known
from foedus.council.outcome import Outcome, outcome
from foedus.council.properties import Properties, properties
from foedus.council.refusal import kind_named, listed, refusal, titled
from foedus.council.rules import Rules
from foedus.council.sitting import Sitting
from foedus.council.state import Ballot, Noted, Proposal, State
from foedus.council.steps import answered, fit, taken
from foedus.council.table import amended, first, mover, pending, puttable, rule_of, settle, with_proposal
from foedus.diagnostics.problem import Refused
from foedus.ir.decision import ACTS, DecisionRule, Status, Way
from foedus.terms.date_words import moment
from foedus.words.speech import phrase

SPOKEN: tuple[Status, ...] = ("for", "against", "abstained", "aside", "silent")
"""What a member may say in a vote; that it is absent is not for it to say."""


def by_chair(rules: Rules, deed: Deed) -> None:
    """Only the chair does so. Raises `Refused` (F659)."""
    if deed.by != "chair" or "chair" not in rules.offices:
        raise refusal(
            "F659", rules.procedure, step=kind_named(deed.kind), who=deed.by, movers=phrase("the chair")
        )


def ballot_named(rules: Rules, state: State, name: str) -> tuple[Ballot, DecisionRule, Way]:
    """The ballot that is open under a name, with its rule and its way. Raises `Refused` (F675)."""
    found = state.ballots.get(name)
    if found is None or found.came is not None:
        open_now = listed(each.id for each in state.ballots.values() if each.came is None)
        what = phrase("there is no vote {name} open", name=name)
        raise refusal("F675", rules.procedure, phrase("There are: {names}.", names=open_now), what=what)
    rule = rule_of(rules, rules.steps[state.proposals[found.proposal].step])
    return found, rule, rule.ways[found.way]


def open_ballot(rules: Rules, state: State, deed: Deed) -> State:
    """The chair puts a proposal, or a part of one, to the vote."""
    by_chair(rules, deed)
    proposal = pending(rules, state, deed.proposal)
    step = rules.steps[proposal.step]
    rule = rule_of(rules, step)
    if state.on(proposal.id) is not None:
        raise refusal("F679", rule, why=phrase("a vote on {name} is open", name=proposal.id))
    for other in state.proposals.values():
        if other.amends == proposal.id and state.on(other.id) is not None:
            raise refusal("F679", rule, why=phrase("a vote on {name} is open", name=other.id))
    puttable(rules, state, _whole(state, proposal), deed.at)
    if not rule.ways:
        why = phrase("what passes under {rule} is known in words only", rule=rule.id)
        raise refusal("F673", rule, step=titled(step), why=why)
    turn = first(rules, state, deed.at)
    if turn is not None and turn.id != proposal.id:
        raise refusal("F679", step, why=phrase("first to be put is {name}", name=turn.id))
    if deed.part and (deed.part not in proposal.parts or len(proposal.parts) < 2 or proposal.amends):
        raise refusal(
            "F675", step, what=phrase("there is no part {part} to be voted on apart", part=deed.part)
        )
    tried = proposal.tried.get(deed.part, 0)
    if deed.part and tried >= len(rule.ways):
        raise refusal(
            "F675", step, what=phrase("there is no part {part} to be voted on apart", part=deed.part)
        )
    number = tried if deed.way is None else deed.way
    if number > tried or number >= len(rule.ways):
        raise refusal("F679", rule, why=phrase("that way is tried when those before it have failed"))
    _until(deed, rule.ways[number], rule)
    members = tuple(
        who for who in rules.held(rule.members, deed.at.date()) if state.seats.get(who) != "suspended"
    )
    made = Ballot(f"b{len(state.ballots) + 1}", proposal.id, deed.part, number, deed.at, deed.until, members)
    return replace(state, ballots={**state.ballots, made.id: made})


def _whole(state: State, proposal: Proposal) -> Proposal:
    """What would be decided in the end: of an amendment, the proposal as it would leave it."""
    return amended(state.proposals[proposal.amends], proposal) if proposal.amends else proposal


def _until(deed: Deed, way: Way, rule: DecisionRule) -> None:
    if deed.until is not None and deed.until <= deed.at:
        raise refusal("F679", rule, why=phrase("its end lies before its beginning"))
    if way.by == "silence":
        if deed.until is None:
            raise refusal("F679", rule, why=phrase("a silence has an end: say until when"))
        if way.hours is not None and deed.until < later(deed.at, way.hours):
            why = phrase("a silence lasts {hours} hours at least", hours=way.hours)
            raise refusal("F679", rule, why=why)


def vote(rules: Rules, state: State, deed: Deed) -> State:
    """A member says what it does; until the close it may say otherwise."""
    ballot, rule, way = ballot_named(rules, state, deed.ballot)
    _has_vote(rules, state, ballot, rule, deed)
    if way.by == "silence":
        instead = phrase("Who objects says so: `object`.")
        raise refusal("F679", rule, instead, why=phrase("under silence nobody votes"))
    if deed.status not in SPOKEN:
        why = phrase("who is absent does not say so by a vote")
        raise refusal("F676", rule, who=deed.by, why=why)
    return _said(state, ballot, deed.by, deed.status)


def object_to(rules: Rules, state: State, deed: Deed) -> State:
    """A member objects: it breaks a silence, or keeps a consensus from forming."""
    ballot, rule, way = ballot_named(rules, state, deed.ballot)
    _has_vote(rules, state, ballot, rule, deed)
    if way.by not in ("silence", "consensus"):
        raise refusal("F679", rule, phrase("Vote against it: `vote`."), why=phrase("here one votes"))
    return _said(state, ballot, deed.by, "against")


def may_say(rules: Rules, state: State, ballot: str, who: str, now: datetime) -> tuple[Status, ...]:
    """What a member may now say in a vote, of the five words; none where it has no vote, or where under silence one
    only objects. `evolve` takes exactly these."""
    found = _heard(rules, state, ballot, who, now)
    return () if found is None or found.by == "silence" else SPOKEN


def may_object(rules: Rules, state: State, ballot: str, who: str, now: datetime) -> bool:
    """Whether a member may now object: break a silence, or keep a consensus from forming."""
    found = _heard(rules, state, ballot, who, now)
    return found is not None and found.by in ("silence", "consensus")


def _heard(rules: Rules, state: State, ballot: str, who: str, now: datetime) -> Way | None:
    """The way of deciding in which a member is heard now; None if in none."""
    now = now if state.at is None else max(now, state.at)
    state = run_out(rules, state, now)
    try:
        found, rule, way = ballot_named(rules, state, ballot)
        _has_vote(rules, state, found, rule, Deed("object", who, now, ballot=ballot))
    except Refused:
        return None
    return way


def _has_vote(rules: Rules, state: State, ballot: Ballot, rule: DecisionRule, deed: Deed) -> None:
    if deed.by not in ballot.electorate:
        raise refusal(
            "F676",
            rule,
            who=deed.by,
            why=phrase("it was no member when {ballot} was opened", ballot=ballot.id),
        )
    if deed.by in state.seats:
        raise refusal("F676", rule, who=deed.by, why=phrase("it is not at the table"))
    if _left_out(rules, state, ballot, rule, deed.by):
        raise refusal("F676", rule, who=deed.by, why=phrase("it has no part in this decision"))
    if ballot.over(deed.at):
        assert ballot.until is not None
        raise refusal("F677", rule, what=ballot.id, until=moment(ballot.until))


def _left_out(rules: Rules, state: State, ballot: Ballot, rule: DecisionRule, who: str) -> bool:
    """Whether it is settled that the rule leaves a member out. What is open the chair settles, or the close."""
    if rule.left_out is None:
        return False
    sitting = _sitting(rules, state, ballot, rule)
    return sitting.apart(rule.left_out, None, sitting.voted(ballot.said), who) is True


def _said(state: State, ballot: Ballot, who: str, status: Status) -> State:
    said = replace(ballot, said={**ballot.said, who: status})
    return replace(state, ballots={**state.ballots, ballot.id: said})


def extend_ballot(rules: Rules, state: State, deed: Deed) -> State:
    """The chair gives more time, as long as there is some left."""
    by_chair(rules, deed)
    ballot, rule, way = ballot_named(rules, state, deed.ballot)
    if ballot.over(deed.at):
        assert ballot.until is not None
        raise refusal("F677", rule, what=ballot.id, until=moment(ballot.until))
    if way.by == "silence" and ballot.broken:
        raise refusal("F679", rule, why=phrase("the silence is broken"))
    if deed.until is None or deed.until <= (ballot.until or deed.at):
        raise refusal("F679", rule, why=phrase("its new end is no later than its end"))
    longer = replace(ballot, until=deed.until, noted=False)
    return replace(state, ballots={**state.ballots, ballot.id: longer})


def close(rules: Rules, state: State, deed: Deed) -> State:
    """The chair closes a vote: it is evaluated once, and what was adopted is done."""
    by_chair(rules, deed)
    ballot, rule, way = ballot_named(rules, state, deed.ballot)
    lacking = [who for who in ballot.electorate if who not in ballot.said and who not in state.seats]
    came = result(rules, state, ballot)
    heard = (way.by == "silence" and ballot.broken) or all(
        _left_out(rules, state, ballot, rule, who) for who in lacking
    )
    prevented = way.by == "consensus" and ballot.broken and came.word == "not adopted"
    if ballot.until is not None and not ballot.over(deed.at) and not heard and not prevented:
        why = phrase("it runs until {until}, and not everybody has spoken", until=moment(ballot.until))
        raise refusal("F679", rule, why=why)
    if came.word == "pending":
        raise refusal("F669", rule, what=ballot.id, open=listed((*came.waiting, *came.open)))
    closed = replace(ballot, came=came, closed=deed.at, said=came.statuses)
    state = replace(state, ballots={**state.ballots, ballot.id: closed})
    return _carried(rules, state, deed, closed, rule)


def result(rules: Rules, state: State, ballot: Ballot) -> Outcome:
    """How a ballot would come out if it were closed now."""
    if state.ballots.get(ballot.id) is not ballot:
        return _result(rules, state, ballot)
    kept = rules.about(state)
    found: Outcome | None = kept.get(("result", ballot.id))
    if found is None:
        found = kept["result", ballot.id] = _result(rules, state, ballot)
    return found


def _result(rules: Rules, state: State, ballot: Ballot) -> Outcome:
    rule = rule_of(rules, rules.steps[state.proposals[ballot.proposal].step])
    silent: Mapping[str, Status] = {
        who: "absent" if who in state.seats else "silent" for who in ballot.electorate
    }
    return outcome(
        rule, rules.program, {**silent, **ballot.said}, members=ballot.electorate,
        answers=answered(rules, state), facts=Known(rules, state, ballot.opened.date()),
        weights=rules.weights, on=ballot.opened.date(), way=ballot.way, motion=ballot.id,
    )  # fmt: skip


def warning(rules: Rules, state: State, name: str) -> Properties:
    """Of what the chair should be warned in a vote: whether one against can carry it, or one for defeat it. This looks
    at many votes: ask once, when the vote is opened."""
    ballot = state.ballots[name]
    rule = rule_of(rules, rules.steps[state.proposals[ballot.proposal].step])
    return properties(_sitting(rules, state, ballot, replace(rule, ways=(rule.ways[ballot.way],))))


def _sitting(rules: Rules, state: State, ballot: Ballot, rule: DecisionRule) -> Sitting:
    on = ballot.opened.date()
    return Sitting(
        rule, rules.program, ballot.electorate,
        answers=answered(rules, state), facts=Known(rules, state, on), weights=rules.weights, on=on, motion=ballot.id,
    )  # fmt: skip


def _carried(rules: Rules, state: State, deed: Deed, ballot: Ballot, rule: DecisionRule) -> State:
    """What follows from a closed ballot: for a part, an amendment, or the whole."""
    assert ballot.came is not None
    word, proposal = ballot.came.word, state.proposals[ballot.proposal]
    if word == "adopted" and not ballot.part and not proposal.amends:
        return _done(rules, state, deed, ballot, proposal)
    state = _votes(state, ballot, ballot.id)
    if word == "void":
        return state
    failed = {**proposal.tried, ballot.part: max(proposal.tried.get(ballot.part, 0), ballot.way + 1)}
    last = word == "not adopted" and failed[ballot.part] >= len(rule.ways)
    if ballot.part:
        if word == "adopted":
            failed[ballot.part] = len(rule.ways)  # it stays, and is not voted on again
        parts = {n: words for n, words in proposal.parts.items() if not (last and n == ballot.part)}
        return with_proposal(state, replace(proposal, tried=failed, parts=parts))
    if word == "adopted":
        target = state.proposals[proposal.amends]
        state = with_proposal(state, replace(proposal, fate="adopted"))
        return with_proposal(state, amended(target, proposal))
    if last:
        return settle(state, replace(proposal, tried=failed, fate="not adopted"))
    return with_proposal(state, replace(proposal, tried=failed))


def _done(rules: Rules, state: State, deed: Deed, ballot: Ballot, proposal: Proposal) -> State:
    """What was adopted is done, if it still can be."""
    try:
        puttable(rules, state, proposal, deed.at)
    except Refused:
        return _votes(settle(state, replace(proposal, fate="lapsed")), ballot, ballot.id)
    step = rules.steps[proposal.step]
    who = mover(rules, state, step, proposal.by, deed.at.date())
    assert who is not None
    filed = Deed("step", proposal.by, deed.at, step=step.name, terms=proposal.terms, text=proposal.text)
    found = fit(rules, state, step, filed, who)
    state = taken(rules, state, filed, found)
    motion = ballot.id if step.act is None else state.noted[step.act.predicate][-1].id
    state = applied(rules, state, proposal, found, deed.at)
    state = ticked(rules, state, step, found.subject, deed.at)
    return _votes(settle(state, replace(proposal, fate="adopted")), ballot, motion)


def _votes(state: State, ballot: Ballot, motion: str) -> State:
    """What each member did, as acts about the motion on the record."""
    noted = dict(state.noted)
    for who, status in ballot.said.items():
        for word in ACTS[status]:
            name = f"{ballot.id}_{who.lower()}_{word}"
            act = Noted(name, word, (who, motion), True, ballot.closed, state.size)
            noted[word] = (*noted.get(word, ()), act)
    ballots = {**state.ballots, ballot.id: replace(ballot, motion=motion)}
    return replace(state, noted=noted, ballots=ballots)
