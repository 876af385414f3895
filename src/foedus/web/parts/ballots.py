"""Votes: those that are open, with what is needed and who has spoken; those that are closed, with how they came out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from foedus.council.debate.state import Manner
from foedus.council.state import Ballot
from foedus.ir.decision import By
from foedus.meeting.clock import real_time
from foedus.report.ballot import warnings
from foedus.report.deeds import CAME, COUNTED
from foedus.report.reasons import reason_words
from foedus.web.look import Look
from foedus.web.pages.page import Filling
from foedus.web.parts.counting import Count, spoken
from foedus.web.parts.naming import Naming, article_at
from foedus.web.parts.tabled import Tabled, counted, tabled, warned
from foedus.words.speech import language, marked, marked_in, plural, say, say_in

WAYS: Mapping[By, str] = {
    "vote": marked("By a vote."),
    "consensus": marked("By consensus: it passes if nobody objects."),
    "silence": marked("Under silence: it passes if nobody objects in time."),
    "": marked("The page does not say how members are heard."),
}
OUTCOMES: Mapping[str, str] = {
    "adopted": marked_in("a vote came out", "If it were closed now, it would be adopted."),
    "not adopted": marked_in("a vote came out", "If it were closed now, it would not be adopted."),
    "void": marked_in("a vote came out", "If it were closed now, it would be void."),
    "pending": marked_in(
        "a vote came out", "It cannot be closed yet: something that the chair has to rule on is open."
    ),
}
SHOWN = 3
"""Closed votes that are not folded."""


@dataclass(frozen=True)
class Open:
    """An open vote as the page shows it. What hangs on what somebody said is empty where that is hidden."""

    id: str
    subject: str
    by: str
    way: str
    rule: str
    article: str
    opened: datetime
    until: datetime | None
    real: int | None
    over: bool
    manner: str
    hidden: bool
    heard: tuple[tuple[str, str], ...]
    left: str
    away: str
    count: str
    tests: tuple[str, ...]
    now: str
    still: str
    warnings: tuple[str, ...]
    broken: str
    reason: str


@dataclass(frozen=True)
class Closed:
    """A vote that is closed: how it came out, each test with its numbers, and what came of it."""

    id: str
    subject: str
    came: str
    word: str
    article: str
    closed: datetime | None
    heard: tuple[tuple[str, str], ...]
    tests: tuple[str, ...]
    apart: tuple[str, ...]
    so: str


def ballots(look: Look) -> Filling | None:
    """The votes of a room; those that are open first."""
    names, record = Naming.of(look), tabled(look)
    every = list(look.state.ballots.values())
    return {
        "running": tuple(_open(look, names, record, each) for each in every if each.came is None),
        "closed": tuple(_shut(look, names, each) for each in reversed(every) if each.came is not None),
        "unfolded": SHOWN,
    }


def is_hidden(look: Look, ballot: Ballot) -> bool:
    """Whether what was said in a vote is hidden as yet, whoever looks."""
    manner = look.debate.manners.get(ballot.id)
    return ballot.came is None and manner is not None and manner.hidden


def manner_words(names: Naming, manner: Manner | None) -> str:
    """How a vote is taken."""
    if manner is None:
        return say("Votes are recorded as they are given.")
    if manner.what == "roll call" and manner.first:
        return say("By roll call, beginning with {who}.", who=names.who(manner.first))
    if manner.what == "roll call":
        return say("By roll call.")
    return (
        say("Hidden: who votes how is shown when it is closed.")
        if manner.hidden
        else say("Votes are recorded as they are given.")
    )


def _open(look: Look, names: Naming, record: Tabled, ballot: Ballot) -> Open:
    rule, by = names.rule(look.state.proposals[ballot.proposal]), names.way(ballot)
    hidden = is_hidden(look, ballot)
    real = real_time(look.debate.pace, ballot.until) if ballot.until is not None else None
    heard = set(spoken(ballot))
    told = by == "vote" or not hidden
    away = [who for who in ballot.electorate if who in look.state.seats and who not in heard]
    left = [who for who in ballot.electorate if who not in heard and who not in look.state.seats]
    count = None if hidden else counted(look, ballot)
    entry = record.broken.get(ballot.id)
    broken = not hidden and by in ("silence", "consensus") and ballot.broken
    who = [each for each in ballot.electorate if ballot.said.get(each) == "against"] if broken else []
    reason = (
        entry.deed.text
        if broken and entry is not None and entry.deed is not None and entry.deed.by in who
        else ""
    )
    return Open(
        ballot.id, names.subject(ballot), by, say(WAYS[by]), rule.title if rule is not None else "",
        article_at(rule.place) if rule is not None else "", ballot.opened, ballot.until,
        round(real.timestamp() * 1000) if real is not None else None, ballot.over(look.now),
        manner_words(names, look.debate.manners.get(ballot.id)), hidden,
        () if hidden else _heard(names, ballot),
        names.all(left) if told and left else "",
        names.all(away) if away and told else "",
        _how_many(ballot, by, len(heard)) if told else "",
        _tests(names, count) if count is not None else (),
        _now(count, by, broken=broken) if count is not None else "",
        _still(count, by) if count is not None else "",
        tuple(warnings(warned(look, ballot))),
        names.all(who) if broken else "",
        reason,
    )  # fmt: skip


def _how_many(ballot: Ballot, by: By, heard: int) -> str:
    every = len(ballot.electorate)
    if by == "vote":
        return plural(
            "{heard} of {n} member has voted.", "{heard} of {n} members have voted.", every, heard=heard
        )
    return plural(
        "{heard} of {n} member has spoken.", "{heard} of {n} members have spoken.", every, heard=heard
    )


def _heard(names: Naming, ballot: Ballot) -> tuple[tuple[str, str], ...]:
    """Who said what, by what was said: a word for it and the names."""
    found: list[tuple[str, str]] = []
    for status, words in COUNTED.items():
        who = [each for each in ballot.electorate if ballot.said.get(each) == status]
        if who and (status != "silent" or ballot.came is not None):
            said = say_in("statuses in a vote", words, names=names.all(who))
            found.append((status, plural("{n}: {said}", "{n}: {said}", len(who), said=said)))
    return tuple(found)


def _tests(names: Naming, count: Count) -> tuple[str, ...]:
    return tuple(reason_words(count.now, each, names.who) for each in count.now.reasons)


def _now(count: Count, by: By, *, broken: bool) -> str:
    """How it would come out, in words."""
    if by == "silence":
        if broken:
            return say("The silence is broken: in this way it does not pass.")
        return say("Nobody has objected as yet.") if count.now.word == "adopted" else ""
    return say_in("a vote came out", OUTCOMES[count.now.word])


def _still(count: Count, by: By) -> str:
    """What is still needed, in words."""
    if by != "vote" or count.now.word in ("adopted", "pending") or not count.left:
        return ""
    if count.still is None:
        return say(
            "Even if all who have not voted vote for it, it is not carried, unless somebody changes its vote."
        )
    least, most = count.still
    if count.alike:
        return plural(
            "{n} more vote for it carries it, if nobody else says anything.",
            "{n} more votes for it carry it, if nobody else says anything.",
            least,
        )
    if least == most:
        return plural(
            "{n} more vote for it can carry it; it depends on whose.",
            "{n} more votes for it can carry it; it depends on whose.",
            least,
        )
    return say(
        "From {least} to {most} more votes for it carry it; it depends on whose.", least=least, most=most
    )


def _shut(look: Look, names: Naming, ballot: Ballot) -> Closed:
    """A closed vote; it stays as it is, and is made once for each language."""
    record, key = tabled(look), (ballot.id, language())
    found = record.shut.get(key)
    if not isinstance(found, Closed):
        found = record.shut[key] = _closed(look, names, ballot)
    return found


def _closed(look: Look, names: Naming, ballot: Ballot) -> Closed:
    came = ballot.came
    assert came is not None
    apart: list[str] = []
    if came.left_out:
        apart.append(say("Left out: {names}.", names=names.all(came.left_out)))
    if came.held:
        apart.append(say("Held to abstain: {names}.", names=names.all(came.held)))
    if came.vetoes:
        apart.append(say("In the way: {names}.", names=names.all(came.vetoes)))
    return Closed(
        ballot.id, names.subject(ballot), say_in("a vote came out", CAME[came.word]), came.word,
        article_at(came.rule.place), ballot.closed, _heard(names, ballot),
        tuple(reason_words(came, each, names.who) for each in came.reasons if each.way == came.way),
        tuple(apart), _so(look, names, ballot),
    )  # fmt: skip


def _so(look: Look, names: Naming, ballot: Ballot) -> str:
    """What came of it."""
    assert ballot.came is not None
    # As it stood then: what became of the proposal since is told by the votes that followed.
    entry = tabled(look).closed.get(ballot.id)
    then = entry.state if entry is not None else look.state
    proposal, word = then.proposals[ballot.proposal], ballot.came.word
    if word == "void":
        return say("Nothing was decided; it can be put again.")
    if ballot.part:
        if word == "adopted":
            return say("Part {part} stays in {name}.", part=ballot.part, name=proposal.id)
        gone = ballot.part not in proposal.parts
        return (
            say("Part {part} is struck out of {name}.", part=ballot.part, name=proposal.id)
            if gone
            else _again(ballot)
        )
    if proposal.amends:
        if word == "adopted":
            return say("{target} now reads as {name} has it.", target=proposal.amends, name=proposal.id)
        return say("{target} stays as it is.", target=proposal.amends) if proposal.fate else _again(ballot)
    if word == "adopted" and proposal.fate == "lapsed":
        return say(
            "It was carried, and what it asks for could no longer be done: {name} has lapsed.",
            name=proposal.id,
        )
    if word == "adopted":
        return say("It is done: {step}.", step=names.step(proposal.step))
    last = len(ballot.came.rule.ways) <= ballot.way + 1
    return say("{name} has fallen.", name=proposal.id) if last else _again(ballot)


def _again(ballot: Ballot) -> str:
    """That the rule knows another way."""
    assert ballot.came is not None
    ways = ballot.came.rule.ways
    by = ways[ballot.way + 1].by if ballot.way + 1 < len(ways) else ""
    if by == "vote":
        return say("It could then be put to a vote.")
    return say("It could then be put in the next way of the rule.")
