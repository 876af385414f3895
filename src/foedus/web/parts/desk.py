"""What waits for the chair: votes to close, what is put first, a point of order, what only a ruling settles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from foedus.council.debate.act import Act
from foedus.council.debate.machine import evolve_debate
from foedus.council.state import Ballot
from foedus.council.table import first
from foedus.diagnostics.problem import Refused
from foedus.report.deeds import moment
from foedus.report.lists import listed
from foedus.web.look import Look
from foedus.web.pages.page import Filling
from foedus.web.parts.ballots import is_hidden
from foedus.web.parts.counting import spoken
from foedus.web.parts.doing import summary
from foedus.web.parts.naming import Naming
from foedus.web.parts.tabled import counted
from foedus.words.speech import marked, say

MANNERS: Mapping[str, str] = {
    "recorded": marked("Recorded: what each says is seen at once"),
    "hidden": marked("Recorded and hidden: who votes how is shown when it is closed"),
    "roll call": marked("Roll call: members are called one by one"),
}


@dataclass(frozen=True, slots=True)
class Closing:
    """An open vote at the chair's desk: `ready` why it can be closed now, or empty; `why` else why not."""

    ballot: str
    subject: str
    ready: str
    why: str


@dataclass(frozen=True, slots=True)
class Coming:
    """A vote whose manner can still be said. `whom`: with whom a roll call can begin."""

    ballot: str
    subject: str
    whom: tuple[tuple[str, str], ...]


def desk(look: Look) -> Filling | None:
    """What waits for the chair; nothing for whoever does not act for it. It hangs on votes that others give, so that it
    is made anew with every entry."""
    if "chair" not in look.seats or not look.may("close", "chair"):
        return None
    names = Naming.of(look)
    running = [each for each in look.state.ballots.values() if each.came is None]
    put = first(look.rules, look.state, look.now)
    point = look.debate.point
    return {
        "closing": tuple(_closing(look, names, each) for each in running),
        "put": names.proposal(put) if put is not None else "",
        "ways": tuple(_ways(look, names, put.id)) if put is not None else (),
        "point": "" if point is None else say(
            "{who} has raised a point of order: “{text}”", who=names.who(point.who), text=point.text
        ),
        "waiting": tuple((about, names.about(about)) for about in look.position.waiting),
        "coming": tuple(_coming(look, names)),
        "manners": tuple((key, say(words)) for key, words in MANNERS.items()),
    }  # fmt: skip


def _closing(look: Look, names: Naming, ballot: Ballot) -> Closing:
    subject = say("{ballot}: {subject}", ballot=ballot.id, subject=names.subject(ballot))
    if is_hidden(look, ballot) and names.way(ballot) != "vote":
        return Closing(
            ballot.id,
            subject,
            say("What was said is hidden from you too: it closes if its time is over."),
            "",
        )
    why = _not_yet(look, names, ballot)
    return Closing(ballot.id, subject, "" if why else _ready(look, names, ballot), why)


def _not_yet(look: Look, names: Naming, ballot: Ballot) -> str:
    """Why a vote cannot be closed now; nothing where it can. The chair is asked this after every vote: it goes by the
    count that is there, and comes to what closing it would come to."""
    now = counted(look, ballot).now
    lacking = [who for who in ballot.electorate if who not in ballot.said and who not in look.state.seats]
    heard = (names.way(ballot) == "silence" and ballot.broken) or set(lacking) <= set(now.left_out)
    prevented = names.way(ballot) == "consensus" and ballot.broken and now.word == "not adopted"
    if ballot.until is not None and not ballot.over(look.now) and not heard and not prevented:
        return say("It runs until {until}, and not everybody has spoken.", until=moment(ballot.until))
    if now.word == "pending":
        open_now = [*now.waiting, *(names.about(each) for each in now.open)]
        return say("It turns on what is open: {names}. Rule on it first.", names=listed(open_now))
    return ""


def _ready(look: Look, names: Naming, ballot: Ballot) -> str:
    if ballot.over(look.now):
        return say("Its time is over.")
    if names.way(ballot) == "silence" and ballot.broken:
        return say("The silence is broken.")
    if names.way(ballot) == "consensus" and ballot.broken:
        return say("A member objects: there is no consensus.")
    if set(spoken(ballot)) >= {who for who in ballot.electorate if who not in look.state.seats}:
        return say("All who are at the table have spoken.")
    return say("Not everybody has spoken; whoever has not is counted as silent.")


def _ways(look: Look, names: Naming, proposal: str) -> Iterator[tuple[str, str]]:
    """The forms by which it can be put: their addresses on the page, and what they are called."""
    found: dict[str, str] = {}
    for each in look.position.allowed:
        if each.deed.kind == "open" and each.deed.proposal == proposal:
            found[f"allowed-open-{proposal}-{each.deed.way}-chair"] = summary(look, names, each.deed)
    yield from found.items()


def _coming(look: Look, names: Naming) -> Iterator[Coming]:
    """The votes of which the chair can still say how they are taken."""
    standing = look.standing
    table = standing.table
    for ballot in table.ballots:
        act = Act("manner", "chair", standing.at, ballot=ballot, what="roll call", whom=table.members[0])
        recorded = Act("manner", "chair", standing.at, ballot=ballot, what="recorded")
        if not any(_in_order(look, each) for each in (act, recorded)):
            continue
        made = look.state.ballots.get(ballot)
        subject = names.subject(made) if made is not None else say("the next vote")
        yield Coming(ballot, subject, tuple((who, names.who(who)) for who in table.members))


def _in_order(look: Look, act: Act) -> bool:
    standing = look.standing
    try:
        evolve_debate(standing.order, standing.debate, act, standing.real, standing.table)
    except Refused:
        return False
    return True
