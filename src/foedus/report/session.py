"""A session line by line: when, who, what, under which article; and how it ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from foedus.council.position import Position
from foedus.council.state import Ballot
from foedus.diagnostics.catalogue import title_of
from foedus.exercise.policies import POLICIES
from foedus.exercise.scenario import Scenario
from foedus.exercise.turns import Turn
from foedus.report.deeds import (
    WHERE,
    actor,
    article,
    article_of,
    ballot_lines,
    moment,
    more_said,
    problem_said,
    said,
    source_said,
)
from foedus.report.layout import Sheet
from foedus.report.lists import on_day
from foedus.terms.time import EDate
from foedus.words.speech import ENGLISH, plural, say, speaking

WHEN = 20
"""Columns for the time and who acts."""


@dataclass
class Told:
    """A session as it is told; what `tell` puts on a sheet can be printed at once."""

    scenario: Scenario
    day: date | None = None
    deeds: int = 0
    refused: int = 0
    votes: list[Ballot] = field(default_factory=list[Ballot])

    def begin(self, sheet: Sheet, seed: int) -> None:
        """The title, what it is about, and who sits there."""
        sheet.aside(self.scenario.title, say("seed {seed}", seed=seed), style="title")
        if self.scenario.summary:
            sheet.put(self.scenario.summary)
        for seat in self.scenario.seats:
            policies = ", ".join(seat.policies) if seat.policies else say("by hand")
            named = seat.who if seat.title in (seat.who, "") else f"{actor(seat.who)}  {seat.title}"
            sheet.row(named, 34, policies, "", 0)

    def tell(self, sheet: Sheet, turn: Turn) -> None:
        """One turn, under its day."""
        if turn.why:
            return
        if turn.at.date() != self.day:
            self.day = turn.at.date()
            sheet.head(on_day(EDate.of(self.day)))
        clock = f"{turn.at:%H:%M}"
        if turn.inject is not None:
            sheet.row(f"{clock} ·", WHEN, turn.inject.title, "", 0)
            if turn.inject.text:
                sheet.row("", WHEN, turn.inject.text, "", 0)
            if turn.inject.source or turn.inject.unconfirmed:
                sheet.row("", WHEN, source_said(turn.inject.source, turn.inject.unconfirmed), "", 0)
            return
        deed = turn.deed
        assert deed is not None
        where = article(turn, deed)
        label = f"{clock} {actor(deed.by)}"
        if turn.problem is not None:
            self.refused += 1
            sheet.row(
                label, WHEN, say("refused: {what}", what=said(turn, deed)), article_of(turn.problem), WHERE
            )
            sheet.row("", WHEN, problem_said(turn.problem), "", 0)
        else:
            self.deeds += 1
            sheet.row(label, WHEN, said(turn, deed), where, WHERE)
        for line in more_said(deed):
            sheet.row("", WHEN, line, "", 0)
        if turn.move is not None and (turn.move.source or turn.move.unconfirmed):
            sheet.row("", WHEN, source_said(turn.move.source, turn.move.unconfirmed), "", 0)
        if deed.kind == "close" and turn.problem is None:
            self._closed(sheet, turn.state.ballots[deed.ballot])

    def _closed(self, sheet: Sheet, ballot: Ballot) -> None:
        self.votes.append(ballot)
        assert ballot.came is not None
        for line in ballot_lines(ballot):
            sheet.row("", WHEN, line, "", 0)

    def end(self, sheet: Sheet, turn: Turn, position: Position) -> None:
        """Why it ended, where the matter stands, what still runs."""
        sheet.head(say("How it ended"))
        sheet.put(
            {
                "over": say("The time of the scenario was over."),
                "still": say("Nobody wanted anything more, and nothing was to come."),
                "stopped": say("It was stopped: too much happened."),
            }[turn.why or "still"],
            2,
            2,
        )
        for key, stage in position.stages.items():
            name, _, who = key.partition(" of ")
            track = turn.rules.tracks[name]
            sheet.row(
                say("{track}: {who}", track=name, who=who) if who else track.title or name, 34, stage, "", 0
            )
        running = list(still_running(position))
        if running:
            sheet.head(say("What still runs"))
            for line in running:
                sheet.put(line, 2, 2)
        sheet.blank()
        sheet.put(
            say(
                "{deeds}, {refused} refused, {votes}.",
                deeds=plural("{n} deed", "{n} deeds", self.deeds, n=self.deeds),
                refused=self.refused,
                votes=plural("{n} vote", "{n} votes", len(self.votes), n=len(self.votes)),
            )
        )


def still_running(position: Position) -> Iterator[str]:
    """Times that run, what is late, what is on the table, what is open."""
    for each in position.deadlines:
        what = each.what or say("the mandate")
        if each.at is None:
            yield say("{what}: no end is stated", what=what)
        elif each.kind == "report":
            yield say("a report on {what} by {at}", what=what, at=moment(each.at))
        else:
            yield say("{what}: until {at}", what=what, at=moment(each.at))
    for late in position.late:
        if late.kind == "report":
            yield say("late since {since}: a report on {what}", since=moment(late.since), what=late.what)
        elif late.kind == "departure":
            yield say("late since {since}: the departure of {what}", since=moment(late.since), what=late.what)
        else:
            yield say("late since {since}: {what}", since=moment(late.since), what=late.what)
    for proposal in position.proposals:
        yield say("{name} is on the table: {step}", name=proposal.id, step=proposal.step)
    for about in position.waiting:
        yield say("open: {about}", about=about)


def show_policies(sheet: Sheet) -> None:
    """The policies, each in a line."""
    sheet.put(say("Policies, as a scenario names them"), style="title")
    for name, policy in POLICIES.items():
        sheet.row(name, 24, say(policy.words), "", 0)


def show_scenarios(sheet: Sheet, found: Iterable[tuple[str, str, str]]) -> None:
    """The scenarios that ship: name, title, what they are about."""
    sheet.put(say("Scenarios that ship"), style="title")
    for name, title, summary in found:
        sheet.row(name, 24, title, "", 0)
        if summary:
            sheet.row("", 24, summary, "", 0)
    sheet.blank()
    sheet.put(say("Play one: foedus session NAME. Policies: foedus session --policies."), style="quiet")


def as_json(
    scenario: Scenario, seed: int, turns: Sequence[tuple[int | None, Turn]], position: Position
) -> dict[str, Any]:
    """The session for programs: every entry with its number in the record, and where it ended."""
    entries: list[Mapping[str, Any]] = []
    for number, turn in turns:
        row: dict[str, Any] = {**turn.body()}
        if number is not None:
            row["entry"] = number
        if turn.problem is not None:
            with speaking(ENGLISH):  # a program reads the same in all languages
                row |= {"why": title_of(turn.problem), "article": turn.problem.place.heading}
        elif turn.deed is not None:
            row["article"] = article(turn, turn.deed)
            if turn.deed.kind == "close":
                ballot = turn.state.ballots[turn.deed.ballot]
                assert ballot.came is not None
                row["outcome"] = {"word": ballot.came.word, "statuses": dict(ballot.said)}
        scripted = turn.move or turn.inject
        if scripted is not None and scripted.source:
            row["source"] = list(scripted.source)
        if scripted is not None and scripted.unconfirmed:
            row["unconfirmed"] = True
        entries.append(row)
    return {
        "scenario": scenario.name, "title": scenario.title, "seed": seed, "procedure": scenario.rules.procedure.id,
        "turns": entries, "stages": dict(position.stages), "running": list(still_running(position)),
        "deeds": sum(e.deed is not None and e.problem is None for _, e in turns),
        "refused": sum(e.problem is not None for _, e in turns),
    }  # fmt: skip
