"""Official minutes, gathered from the entries of a record: every file that is written from a session says what is here.

Meetings are numbered from 1, decisions within the year of the room's time in the order of adoption (`1/2031`),
documents as they were tabled. Nothing is summed up that the record does not have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from foedus.council.debate.state import Paper
from foedus.council.deed import Deed
from foedus.council.ledger.head import Head
from foedus.council.state import Ballot, Proposal
from foedus.ir.decision import Status
from foedus.meeting.entering import Entered, Standing
from foedus.report.deeds import ballot_lines, more_said
from foedus.report.journal import Journal, Line
from foedus.report.lists import article_short, titled


class Years:
    """Numbers decisions within their year, in their order."""

    def __init__(self) -> None:
        self._taken = Counter[int]()

    def number(self, entry: Entered) -> str:
        """The number of the next decision: `1/2031`."""
        self._taken[entry.at.year] += 1
        return f"{self._taken[entry.at.year]}/{entry.at.year}"


@dataclass(frozen=True)
class Vote:
    """One putting to the vote, closed by the entry of that number. `step` is what was voted on, in words; `part` what
    of it, where parts were put apart. `by` is the way: vote, consensus, silence. `said` are the members by what each
    did; `lines` tell the outcome in words."""

    ballot: str
    proposal: str
    step: str
    part: str
    by: str
    article: str
    opened: datetime
    closed: datetime
    entry: int
    word: str
    said: Mapping[Status, tuple[str, ...]]
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Decision:
    """What was decided, as adopted, by the entry of that number. `number` is its number in its year (`1/2031`), `parts`
    its text part by part, `mandate` what it lays down, a line each. `vote` is None where it was announced, and no vote
    is on record."""

    number: str
    title: str
    by: str
    text: str
    terms: Mapping[str, str]
    parts: Mapping[str, str]
    mandate: tuple[str, ...]
    article: str
    at: datetime
    entry: int
    vote: Vote | None = None


@dataclass(frozen=True, slots=True)
class Present:
    """A delegation or an office: what it is here (member, invited, chair …), how many entries of the record are its,
    who acted for it. `away`: at the end it was away, or suspended."""

    code: str
    name: str
    capacity: str
    entries: int
    people: tuple[str, ...]
    away: str = ""


@dataclass(frozen=True)
class Sat:
    """A meeting: its number (0: before the first was opened) and its lines."""

    number: int
    lines: tuple[Line, ...]

    @property
    def first(self) -> datetime:
        """The room's time of its first line."""
        return self.lines[0].at

    @property
    def last(self) -> datetime:
        """The room's time of its last line."""
        return self.lines[-1].at


@dataclass(frozen=True)
class Minutes:
    """The minutes of a session. `head` is the signed head over the record that they were made from, `size` how many
    entries that has. `withheld` counts votes that are not shown before the close. `names` says what people are called,
    by handle, where that is known."""

    title: str
    room: str
    organ: str
    procedure: str
    language: str
    live: bool
    size: int
    present: tuple[Present, ...]
    agenda: tuple[tuple[str, str, str], ...]
    meetings: tuple[Sat, ...]
    decisions: tuple[Decision, ...]
    votes: tuple[Vote, ...]
    papers: tuple[Paper, ...]
    bookmarks: tuple[tuple[int, str], ...]
    withheld: int
    names: Mapping[str, str]
    head: Head | None = None

    @property
    def lines(self) -> Iterable[Line]:
        """All lines, in their order."""
        return (line for meeting in self.meetings for line in meeting.lines)

    @property
    def refused(self) -> tuple[Line, ...]:
        """What was out of order."""
        return tuple(line for line in self.lines if line.refused)

    @property
    def corrected(self) -> tuple[Line, ...]:
        """The lines that are to be read otherwise."""
        return tuple(line for line in self.lines if line.corrections)


@dataclass(frozen=True, slots=True)
class About:
    """What minutes are headed with, and what entries do not say."""

    title: str
    room: str
    language: str = "en"
    live: bool = True
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    head: Head | None = None


def minutes_of(
    standing: Standing, entries: Sequence[Entered], about: About, journal: Journal | None = None
) -> Minutes:
    """The minutes of a session that stands like this after these entries (all after the first of the record). `journal`
    says what is shown; without one, all is."""
    rules, state, debate = standing.rules, standing.state, standing.debate
    told = journal or Journal(standing.order, state, live=about.live)
    lines = list(told.lines(entries))
    votes, decisions = _votes(entries)
    return Minutes(
        about.title, about.room, rules.program.vocabulary.name_of(rules.procedure.organ), rules.procedure.title,
        about.language, about.live, standing.size, tuple(_present(standing, entries, about.names)),
        tuple((each.id, each.title, each.stands) for each in debate.items.values()), tuple(_meetings(lines)),
        decisions, votes, tuple(debate.papers.values()), tuple((each.entry, each.text) for each in debate.bookmarks),
        len(entries) - len(lines), about.names, about.head,
    )  # fmt: skip


def _meetings(lines: Iterable[Line]) -> Iterable[Sat]:
    held: dict[int, list[Line]] = {}
    for line in lines:
        held.setdefault(line.meeting, []).append(line)
    return (Sat(number, tuple(each)) for number, each in held.items())


def _votes(entries: Iterable[Entered]) -> tuple[tuple[Vote, ...], tuple[Decision, ...]]:
    votes: list[Vote] = []
    decisions: list[Decision] = []
    years = Years()
    for entry in entries:
        vote = None
        if entry.deed is not None and entry.kind == "close" and entry.problem is None:
            ballot = entry.state.ballots[entry.deed.ballot]
            vote = _vote(entry, ballot, entry.state.proposals[ballot.proposal])
            votes.append(vote)
        if decides(entry):
            decisions.append(_decision(entry, years.number(entry), vote))
    return tuple(votes), tuple(decisions)


def decides(entry: Entered) -> bool:
    """Whether something was decided by an entry: a vote was closed that adopted the whole of a proposal which is no
    amendment, or a step that takes a decision was announced."""
    deed = entry.deed
    if deed is None or entry.problem is not None:
        return False
    if deed.kind == "step":
        return entry.rules.steps[deed.step].rule is not None
    if deed.kind != "close":
        return False
    ballot = entry.state.ballots[deed.ballot]
    proposal = entry.state.proposals[ballot.proposal]
    adopted = ballot.came is not None and ballot.came.word == proposal.fate == "adopted"
    return adopted and not ballot.part and not proposal.amends


def _vote(entry: Entered, ballot: Ballot, proposal: Proposal) -> Vote:
    assert ballot.came is not None
    rule = ballot.came.rule
    said: dict[Status, list[str]] = {}
    for who, status in ballot.said.items():
        said.setdefault(status, []).append(who)
    return Vote(
        ballot.id, proposal.id, _titled(entry, proposal.step), ballot.part, rule.ways[ballot.way].by,
        article_short(rule.place.heading), ballot.opened, ballot.closed or entry.at, entry.number,
        ballot.came.word, {status: tuple(who) for status, who in said.items()}, tuple(ballot_lines(ballot)),
    )  # fmt: skip


def _titled(entry: Entered, name: str) -> str:
    step = entry.rules.steps[name]
    return titled(step.title or step.name)


def _decision(entry: Entered, number: str, vote: Vote | None) -> Decision:
    deed = entry.deed
    assert deed is not None
    if vote is None:
        step, by, text, terms, parts, mandate = (
            deed.step,
            deed.by,
            deed.text,
            deed.terms,
            deed.parts,
            deed.mandate,
        )
        where = article_short(entry.rules.steps[step].place.heading)
    else:
        made = entry.state.proposals[vote.proposal]
        step, by, text, terms, parts, mandate = (
            made.step,
            made.by,
            made.text,
            made.terms,
            made.parts,
            made.mandate,
        )
        where = vote.article
    laid_down = Deed("propose", by, entry.at, step=step, mandate=mandate)
    return Decision(
        number, _titled(entry, step), by, text, terms, parts, tuple(more_said(laid_down)), where, entry.at,
        entry.number, vote,
    )  # fmt: skip


def _present(standing: Standing, entries: Iterable[Entered], names: Mapping[str, str]) -> Iterable[Present]:
    rules, day = standing.rules, standing.at.date()
    acted, people = Counter[str](), dict[str, dict[str, None]]()
    for entry in entries:
        acted[entry.by] += 1
        if entry.person:
            people.setdefault(entry.by, {})[entry.person] = None
    called = rules.program.vocabulary.name_of
    members = standing.table.members
    for code in (*rules.states(day), *rules.offices):
        office = code in rules.offices
        capacity = code if office else "member" if code in members else "invited"
        who = tuple(_person(handle, names) for handle in people.get(code, {}))
        yield Present(
            code,
            code if office else called(code),
            capacity,
            acted[code],
            who,
            standing.state.seats.get(code, ""),
        )


def _person(handle: str, names: Mapping[str, str]) -> str:
    return f"{names[handle]} ({handle})" if names.get(handle) else handle
