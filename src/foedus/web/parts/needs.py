"""What needs one's vote: large buttons for each vote that is open, and what one's own delegation said last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from foedus.council.ballots import may_object, may_say
from foedus.council.state import Ballot
from foedus.ir.decision import By, Status
from foedus.ir.show import show_formula
from foedus.meeting.clock import real_time
from foedus.web.look import Look
from foedus.web.pages.page import Filling
from foedus.web.parts.naming import Naming
from foedus.web.parts.offers import offers
from foedus.words.speech import marked_in, say, say_in

VOTES: Mapping[Status, str] = {
    "for": marked_in("vote button", "For"),
    "against": marked_in("vote button", "Against"),
    "abstained": marked_in("vote button", "Abstain"),
    "aside": marked_in("vote button", "Abstain and stand aside"),
    "silent": marked_in("vote button", "Take it back: say nothing"),
}
AGREES: Mapping[Status, str] = {
    "for": marked_in("consensus button", "Agree"),
    "abstained": marked_in("consensus button", "Do not stand in the way"),
    "aside": marked_in("consensus button", "Stand aside"),
    "silent": marked_in("consensus button", "Take it back: say nothing"),
}
LAST: Mapping[str, str] = {
    "for": marked_in("said last", "You voted for it."),
    "against": marked_in("said last", "You voted against it."),
    "abstained": marked_in("said last", "You abstained."),
    "aside": marked_in("said last", "You abstained and stand aside."),
    "silent": marked_in("said last", "You took your word back, and have said nothing since."),
}


@dataclass(frozen=True)
class Needed:
    """An open vote as it waits for one seat. `said` is what that seat said last, `votes` what it may say by a button,
    `objects`: whether it may object; `idle` why it may do neither."""

    ballot: str
    seat: str
    who: str
    subject: str
    by: By
    until: datetime | None
    real: int | None
    said: str
    status: str
    votes: tuple[tuple[Status, str], ...]
    objects: bool
    idle: str


def needs(look: Look) -> Filling | None:
    """The open votes in which one's seat has a part, and what else is open to it; of votes nothing for whoever is of no
    delegation, and nothing at all where there is nothing to do either."""
    states = look.rules.states(look.now.date())
    mine = [who for who in (look.seats or (look.viewer.seat,)) if who in states]
    opens = tuple(offers(look)) if look.seats and look.sees("what is allowed", look.viewer.seat) else ()
    if not mine and not opens:
        return None
    return {"member": bool(mine), "found": tuple(_needed(look, mine)), "text": _proposal_text, "opens": opens}


def _needed(look: Look, mine: list[str]) -> Iterator[Needed]:
    names = Naming.of(look)
    for ballot in () if look.room.ended else look.state.ballots.values():
        for who in mine:
            if ballot.came is None and who in ballot.electorate:
                yield _one(look, names, ballot, who)


def _one(look: Look, names: Naming, ballot: Ballot, who: str) -> Needed:
    by = names.way(ballot)
    may = look.may("vote", who)
    votes = may_say(look.rules, look.state, ballot.id, who, look.now) if may else ()
    objects = look.may("object", who) and may_object(look.rules, look.state, ballot.id, who, look.now)
    status = ballot.said.get(who, "") if look.shows(ballot.id, who) else ""
    buttons = _buttons(names, ballot, by, votes, status)
    real = real_time(look.debate.pace, ballot.until) if ballot.until is not None else None
    idle = "" if votes or objects else _idle(look, ballot, who, may=may)
    if objects and by == "silence" and status == "against":
        objects = False
    return Needed(
        ballot.id, who, names.who(who), names.subject(ballot), by, ballot.until,
        round(real.timestamp() * 1000) if real is not None else None,
        _said_last(by, status), status, buttons, objects, idle,
    )  # fmt: skip


def _said_last(by: By, status: str) -> str:
    if status == "against" and by in ("silence", "consensus"):
        return say("You objected.")
    return say_in("said last", LAST[status]) if status in LAST else ""


def _buttons(
    names: Naming, ballot: Ballot, by: By, votes: tuple[Status, ...], status: str
) -> tuple[tuple[Status, str], ...]:
    """What may be said, as buttons: to stand aside only where the rule knows it, to take back only what was said."""
    rule = names.rule(names.state.proposals[ballot.proposal])
    way = rule.ways[ballot.way] if rule is not None else None
    knows = way is not None and any(
        "stands_aside" in show_formula(part) for part in (way.passes, way.quorum) if part is not None
    )
    context, words = ("consensus button", AGREES) if by == "consensus" else ("vote button", VOTES)
    return tuple(
        (each, say_in(context, words[each]))
        for each in votes
        if each in words and (each != "aside" or knows) and (each != "silent" or status not in ("", "silent"))
    )


def _idle(look: Look, ballot: Ballot, who: str, *, may: bool) -> str:
    """Why one can say nothing."""
    if not may:
        return say("Your head of delegation and its members vote, not its advisers.")
    if who in look.state.seats:
        return say("Your delegation is not at the table, and has no vote as long as it is not.")
    if ballot.over(look.now):
        return say("The time is over.")
    return say("Your delegation has no part in this decision.")


def _proposal_text(look: Look, needed: Needed) -> str:
    """The words of what is voted on, where they are few."""
    ballot = look.state.ballots[needed.ballot]
    proposal = look.state.proposals[ballot.proposal]
    return proposal.parts.get(ballot.part, "") if ballot.part else proposal.text
