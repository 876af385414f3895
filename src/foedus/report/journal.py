"""A record with people, line by line: who did what, on whose behalf, under which article; what it should read.

A line is told from one entry and from what stands now (`Journal`): a correction is shown beside the line that it
corrects, which stays as it is, and a vote that is still hidden has a line for its own seat alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from foedus.council.debate.act import ActKind
from foedus.council.debate.order import Order
from foedus.council.deed import Kind
from foedus.council.state import Correction, State
from foedus.diagnostics.problem import Problem
from foedus.exercise.turns import INJECT
from foedus.meeting.entering import Entered
from foedus.meeting.secrecy import ballot_of
from foedus.report.debate import act_said, more_of, rule_of
from foedus.report.deeds import article, article_of, ballot_lines, more_said, problem_said, said, source_said
from foedus.words.speech import marked_in, say

Part: TypeAlias = Literal["decision", "debate", "outside", "room"]
"""Of the matter; of the conduct of the meeting; from outside; of the room itself: seats, clock, record."""

PARTS: Mapping[Kind | ActKind | Literal["inject"], Part] = {
    "step": "decision", "propose": "decision", "withdraw": "decision", "amend": "decision", "open": "decision",
    "vote": "decision", "object": "decision", "extend": "decision", "close": "decision", "rule": "decision",
    "report": "decision", "seat": "room", "unseat": "room", "correct": "room", "tick": "room",
    "meet": "debate", "item": "debate", "ask": "debate", "leave": "debate", "floor": "debate", "yield": "debate",
    "list": "debate", "limit": "debate", "point": "debate", "ruling": "debate", "motion": "debate", "put": "debate",
    "hand": "debate", "settle": "debate", "paper": "debate", "manner": "debate", "bookmark": "room", "clock": "room",
    INJECT: "outside",
}  # fmt: skip
"""To which part of the minutes an entry belongs, by its kind."""

PART_TITLES: Mapping[Part, str] = {
    "decision": marked_in("part of the minutes", "the matter"),
    "debate": marked_in("part of the minutes", "debate"),
    "outside": marked_in("part of the minutes", "from outside"),
    "room": marked_in("part of the minutes", "the room"),
}

DECIDED = ("step", "close", "rule")
"""Kinds of deeds by which something is decided or done."""

Shows: TypeAlias = Callable[[str, str], bool]
"""Whether it is shown what a member says in a ballot."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the minutes. `number` is that of its entry; `at` the room's time, `real` the time on the wall, where
    one is known. `by` is who acted, empty for what came from outside; `person` the handle of whoever did it. `more` are
    further lines: words, a mandate, how a vote came out. `why` says why it was `refused`. `corrections` are what is to
    be read instead, each with the number of its entry. `meeting` counts from 1, 0 before the first."""

    number: int
    at: datetime
    real: datetime | None
    by: str
    person: str
    part: Part
    kind: str
    sentence: str
    more: tuple[str, ...] = ()
    article: str = ""
    refused: bool = False
    code: str = ""
    why: str = ""
    corrections: tuple[Correction, ...] = ()
    meeting: int = 0


def _everything(ballot: str, member: str) -> bool:
    del ballot, member
    return True


@dataclass(frozen=True)
class Journal:
    """What lines are told with: the rules of order, the corrections that were made by now, and what is shown. `live`:
    times on the wall are known."""

    order: Order = field(default_factory=Order)
    state: State = field(default_factory=State)
    shows: Shows = _everything
    live: bool = True

    def lines(self, entries: Iterable[Entered]) -> Iterator[Line]:
        """The lines of these entries, in their order; what is not shown has none."""
        for each in entries:
            if self.has(each):
                yield self.line(each)

    def has(self, entry: Entered) -> bool:
        """Whether an entry has a line for whoever looks."""
        ballot = ballot_of(entry)
        return not ballot or self.shows(ballot, entry.by)

    def line(self, entry: Entered) -> Line:
        """The line of an entry, in the language spoken."""
        problem = entry.problem
        sentence = self._sentence(entry)
        return Line(
            entry.number, entry.at, entry.real if self.live else None, entry.by, entry.person, part_of(entry),
            entry.kind, sentence if problem is None else say("refused: {what}", what=sentence), tuple(_more(entry)),
            _article(entry), problem is not None, problem.code if problem is not None else "",
            problem_said(problem) if problem is not None else "", self.corrections(entry.number), entry.debate.meeting,
        )  # fmt: skip

    def _sentence(self, entry: Entered) -> str:
        if entry.inject is not None:
            return entry.inject.title
        if entry.deed is not None:
            return said(entry.turn, entry.deed)
        assert entry.act is not None
        return act_said(entry.act, entry.debate, self.order)

    def corrections(self, number: int) -> tuple[Correction, ...]:
        """What is to be read otherwise in an entry, first to last."""
        return tuple(each for each in self.state.corrections if each.entry == number)


def part_of(entry: Entered) -> Part:
    """To which part of the minutes an entry belongs."""
    return PARTS[entry.kind]  # type: ignore[index]  # the kind of an entry is one of the table's


def decided(entry: Entered) -> bool:
    """Whether something was decided or done by an entry: a step taken, a vote closed, a ruling."""
    return entry.problem is None and entry.kind in DECIDED


def _more(entry: Entered) -> Iterator[str]:
    if entry.inject is not None:
        if entry.inject.text:
            yield entry.inject.text
        if entry.inject.source or entry.inject.unconfirmed:
            yield source_said(entry.inject.source, entry.inject.unconfirmed)
        return
    if entry.act is not None:
        yield from more_of(entry.act, entry.debate)
        return
    assert entry.deed is not None
    yield from more_said(entry.deed)
    if entry.deed.kind == "close" and entry.problem is None:
        yield from ballot_lines(entry.state.ballots[entry.deed.ballot])


def _article(entry: Entered) -> str:
    problem: Problem | None = entry.problem
    if problem is not None:
        return article_of(problem)
    if entry.act is not None:
        return rule_of(entry.act)
    return "" if entry.deed is None else article(entry.turn, entry.deed)
