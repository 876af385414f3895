"""The roll: members called one by one in a vote, and who is at the table. All of it is done with the keyboard alone.

A chair orders a roll call and says with whom it begins; the secretary, or whoever conducts the room, enters what each
member says aloud.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from foedus.council.ballots import may_say
from foedus.council.state import Ballot
from foedus.ir.decision import Status
from foedus.report.reasons import DID
from foedus.web.look import Look
from foedus.web.pages.page import Filling
from foedus.web.parts.ballots import is_hidden
from foedus.web.parts.counting import spoken
from foedus.web.parts.naming import Naming
from foedus.web.parts.needs import VOTES
from foedus.web.parts.seats import MARKS, STANDS
from foedus.words.speech import plural, say, say_in

KEYS: dict[Status, str] = {"for": "f", "against": "a", "abstained": "n"}
"""Access keys of the three answers to the call."""


@dataclass(frozen=True, slots=True)
class Called:
    """A member on the roll: `said` in a word, empty where it has not answered; `away` where it is not at the table."""

    who: str
    title: str
    said: str
    away: bool
    may: bool


@dataclass(frozen=True)
class Roll:
    """The roll of one vote, in the order of calling. `now` is who is called, None when all have answered."""

    ballot: str
    subject: str
    members: tuple[Called, ...]
    now: Called | None
    after: str
    done: str
    answers: tuple[tuple[Status, str, str], ...]


def calling(look: Look) -> Filling:
    """The rolls that are being called."""
    names = Naming.of(look)
    rolls = [
        _roll(look, names, each)
        for each in look.state.ballots.values()
        if each.came is None and _is_roll(look, each) and not is_hidden(look, each)
    ]
    return {"rolls": tuple(rolls)}


def _is_roll(look: Look, ballot: Ballot) -> bool:
    manner = look.debate.manners.get(ballot.id)
    return manner is not None and manner.what == "roll call"


def order_of(look: Look, ballot: Ballot) -> tuple[str, ...]:
    """The members in the order in which they are called."""
    manner, every = look.debate.manners.get(ballot.id), ballot.electorate
    first = manner.first if manner is not None else ""
    start = every.index(first) if first in every else 0
    return (*every[start:], *every[:start])


def _roll(look: Look, names: Naming, ballot: Ballot) -> Roll:
    heard = set(spoken(ballot))
    members = tuple(
        Called(
            who, names.who(who), say_in("did in a vote", DID[ballot.said[who]]) if who in heard else "",
            who in look.state.seats,
            look.may("vote", who) and bool(may_say(look.rules, look.state, ballot.id, who, look.now)),
        )
        for who in order_of(look, ballot)
    )  # fmt: skip
    open_now = [each for each in members if not each.said and not each.away]
    answers: tuple[Status, ...] = ("for", "against", "abstained")
    return Roll(
        ballot.id, names.subject(ballot), members, open_now[0] if open_now else None,
        open_now[1].title if len(open_now) > 1 else "",
        plural("{heard} of {n} has answered.", "{heard} of {n} have answered.", len(members), heard=len(heard)),
        tuple((each, say_in("vote button", VOTES[each]), KEYS[each]) for each in answers),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Present:
    """A member on the roll of presence: `kind` and `seat` of the deed that changes it, empty where it is not for one to
    do."""

    who: str
    title: str
    stands: str
    mark: str
    kind: str
    seat: str
    words: str


def presence(look: Look) -> Filling:
    """Who is at the table; the chair can change it."""
    may = look.may("seat", "chair") and "chair" in look.rules.offices
    names = Naming.of(look)
    here = sum(1 for who in look.standing.table.members if who not in look.state.seats)
    count = len(look.standing.table.members)
    return {
        "members": tuple(_present(look, names, may=may)),
        "count": plural("{here} of {n} member is here.", "{here} of {n} members are here.", count, here=here),
    }


def _present(look: Look, names: Naming, *, may: bool) -> Iterator[Present]:
    for who in look.standing.table.members:
        how = look.state.seats.get(who, "")
        kind, seat = ("seat", "") if how else ("unseat", "away")
        words = (
            say("{who} is here", who=names.who(who)) if how else say("{who} is not here", who=names.who(who))
        )
        stands = say_in("seat", STANDS[how])
        yield Present(who, names.who(who), stands, MARKS[how], kind if may else "", seat, words)
