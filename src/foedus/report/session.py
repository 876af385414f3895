"""A session line by line: when, who, what, under which article; and how it ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import PurePath
from typing import Any

from foedus.council.deed import Deed
from foedus.council.fields import instant
from foedus.council.position import Position
from foedus.council.state import Ballot
from foedus.diagnostics.catalogue import help_of, title_of
from foedus.diagnostics.problem import Problem
from foedus.diagnostics.span import Place
from foedus.exercise.policies import POLICIES
from foedus.exercise.scenario import Scenario
from foedus.exercise.turns import Turn
from foedus.report.layout import Sheet, columns
from foedus.report.lists import on_day
from foedus.terms.time import EDate
from foedus.words.speech import marked_in, plural, say, say_in

WHEN = 18
"""Columns for the time and who acts."""
WHERE = 13
"""Columns for the article."""

SAID = {
    "for": marked_in("says in a vote", "votes for it"),
    "against": marked_in("says in a vote", "votes against it"),
    "abstained": marked_in("says in a vote", "abstains"),
    "aside": marked_in("says in a vote", "abstains and stands aside"),
    "silent": marked_in("says in a vote", "takes its word back"),
}
COUNTED = {
    "for": marked_in("statuses in a vote", "for: {names}"),
    "against": marked_in("statuses in a vote", "against: {names}"),
    "abstained": marked_in("statuses in a vote", "abstained: {names}"),
    "aside": marked_in("statuses in a vote", "stood aside: {names}"),
    "absent": marked_in("statuses in a vote", "absent: {names}"),
    "silent": marked_in("statuses in a vote", "silent: {names}"),
}
CAME = {
    "adopted": marked_in("a vote came out", "■ adopted"),
    "not adopted": marked_in("a vote came out", "□ not adopted"),
    "void": marked_in("a vote came out", "– void"),
    "pending": marked_in("a vote came out", "◧ pending"),
}


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
            policies = say("{names}", names=", ".join(seat.policies)) if seat.policies else say("by hand")
            label = seat.who if seat.title == seat.who else f"{seat.who}  {seat.title}"
            sheet.row(label, 34, policies, "", 0)

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
            return
        deed = turn.deed
        assert deed is not None
        where = article(turn, deed)
        label = f"{clock} {deed.by}"
        if turn.problem is not None:
            self.refused += 1
            sheet.row(
                label, WHEN, say("refused: {what}", what=said(turn, deed)), article_of(turn.problem), WHERE
            )
            sheet.row("", WHEN, problem_said(turn.problem), "", 0)
        else:
            self.deeds += 1
            sheet.row(label, WHEN, said(turn, deed), where, WHERE)
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
            sheet.row(key, 28, stage, "", 0)
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
            yield say("a report on {what} by {at}", what=what, at=instant(each.at))
        else:
            yield say("{what}: until {at}", what=what, at=instant(each.at))
    for late in position.late:
        if late.kind == "report":
            yield say("late since {since}: a report on {what}", since=instant(late.since), what=late.what)
        elif late.kind == "departure":
            yield say(
                "late since {since}: the departure of {what}", since=instant(late.since), what=late.what
            )
        else:
            yield say("late since {since}: {what}", since=instant(late.since), what=late.what)
    for proposal in position.proposals:
        yield say("{name} is on the table: {step}", name=proposal.id, step=proposal.step)
    for about in position.waiting:
        yield say("open: {about}", about=about)


def said(turn: Turn, deed: Deed) -> str:
    """What somebody did, in words."""
    step = turn.rules.steps.get(deed.step)
    title = deed.step if step is None else step.title or step.name
    match deed.kind:
        case "step":
            return _sent(title, deed)
        case "propose":
            if turn.problem is not None:
                return say("moves: {step}", step=title)
            return say("moves {name}: {step}", name=_newest(turn), step=title)
        case "amend":
            if turn.problem is not None:
                return say("moves an amendment of {target}", target=deed.proposal)
            return say("moves {name}, an amendment of {target}", name=_newest(turn), target=deed.proposal)
        case "withdraw":
            return say("withdraws {name}", name=deed.proposal)
        case "open":
            return _opened(turn, deed)
        case "vote":
            did = say_in("says in a vote", SAID[deed.status or "silent"])
            return say("{ballot}: {said}", ballot=deed.ballot, said=did)
        case "object":
            return say("{ballot}: objects", ballot=deed.ballot)
        case "extend":
            until = "" if deed.until is None else instant(deed.until)
            return say("gives {what} more time, until {until}", what=deed.ballot or deed.clock, until=until)
        case "close":
            return say("closes {ballot}", ballot=deed.ballot)
        case "rule":
            return say("rules on {about}: {answer}", about=deed.about, answer=deed.answer)
        case "report":
            return say("reports on {where}", where=deed.where)
        case "seat":
            return say("{who} is at the table again", who=deed.whom)
        case "unseat":
            return say("{who} leaves the table", who=deed.whom)
        case "correct":
            return say("corrects entry {entry}: {text}", entry=deed.entry, text=deed.text)
        case "tick":
            return say("the time of {what} has run out", what=deed.clock or deed.ballot)


def _sent(title: str, deed: Deed) -> str:
    if deed.number and deed.task and deed.where:
        return say(
            "{step}: {number}, to {task} at {where}",
            step=title, number=deed.number, task=deed.task, where=deed.where,
        )  # fmt: skip
    if deed.number:
        return say("{step}: {number}", step=title, number=deed.number)
    return title


def _newest(turn: Turn) -> str:
    return list(turn.state.proposals)[-1] if turn.state.proposals else ""


def _opened(turn: Turn, deed: Deed) -> str:
    until = "" if deed.until is None else instant(deed.until)
    ballots = [each for each in turn.state.ballots.values() if each.proposal == deed.proposal]
    if turn.problem is not None or not ballots:
        return say("puts {name} to the vote", name=deed.proposal)
    ballot = ballots[-1]
    proposal = turn.state.proposals[ballot.proposal]
    rule = turn.rules.decisions.get(turn.rules.steps[proposal.step].rule or "")
    by = rule.ways[ballot.way].by if rule is not None else ""
    parts = {"name": deed.proposal, "ballot": ballot.id, "until": until}
    if by == "silence":
        return say("puts {name} under silence, as {ballot}, until {until}", **parts)
    if by == "consensus":
        return say("asks for consensus on {name}, as {ballot}", **parts)
    return say("puts {name} to the vote, as {ballot}", **parts)


def ballot_lines(ballot: Ballot) -> Iterator[str]:
    """How a vote came out: the word, who did what, and each test with its numbers."""
    assert ballot.came is not None
    came = ballot.came
    yield say_in("a vote came out", CAME[came.word])
    for status, words in COUNTED.items():
        who = [name for name, did in ballot.said.items() if did == status]
        if who:
            yield say_in("statuses in a vote", words, names=", ".join(who))
    for reason in came.reasons:
        if reason.way != came.way:
            continue
        if reason.in_the_way:
            yield say("in the way: {names}", names=", ".join(reason.in_the_way))
        elif reason.asks == "quorum":
            yield say("quorum: {did}, {needed} needed", did=_span(reason.tally), needed=_span(reason.needed))
        elif reason.test.wanted:
            yield say("it has {did}, {needed} needed", did=_span(reason.tally), needed=_span(reason.needed))
    if came.left_out:
        yield say("left out: {names}", names=", ".join(came.left_out))


def _span(both: tuple[Fraction | float, Fraction | float]) -> str:
    return str(both[0]) if both[0] == both[1] else f"{both[0]}–{both[1]}"


def problem_said(problem: Problem) -> str:
    """Why it was refused, and what would be allowed."""
    advice = help_of(problem)
    title = f"{title_of(problem)[:1].upper()}{title_of(problem)[1:]}"
    if not advice:
        return say("{problem} ({code}).", problem=title, code=problem.code)
    return say("{problem} ({code}). {advice}", problem=title, code=problem.code, advice=advice)


def article_of(problem: Problem) -> str:
    """The article under which something was refused."""
    return _short(problem.place)


def article(turn: Turn, deed: Deed) -> str:
    """The article under which something is done: a step's, or that of the rule of the vote."""
    rules, state = turn.rules, turn.state
    step = rules.steps.get(deed.step)
    if step is not None:
        return _short(step.place)
    ballot = state.ballots.get(deed.ballot)
    proposal = state.proposals.get(ballot.proposal if ballot is not None else deed.proposal)
    if proposal is None:
        return _short(rules.procedure.place) if deed.kind in ("report", "rule", "extend", "tick") else ""
    moved = rules.steps[proposal.step]
    rule = rules.decisions.get(moved.rule or "")
    return _short(moved.place if rule is None or ballot is None else rule.place)


def _short(place: Place) -> str:
    """The article of a place; where its heading is none, the page."""
    first = place.heading.partition(" · ")[0]
    return first if columns(first) < WHERE else PurePath(place.page).stem


def source_said(source: Sequence[str], unconfirmed: bool) -> str:
    """On what a scripted deed rests."""
    names = " ".join(f"[{each}]" for each in source)
    if unconfirmed:
        return say("{names} unconfirmed", names=names) if names else say("unconfirmed")
    return names


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
            row |= {"why": title_of(turn.problem), "article": turn.problem.place.heading}
        elif turn.deed is not None:
            row["article"] = article(turn, turn.deed)
            if turn.deed.kind == "close":
                ballot = turn.state.ballots[turn.deed.ballot]
                assert ballot.came is not None
                row["outcome"] = {"word": ballot.came.word, "statuses": dict(ballot.said)}
        if turn.move is not None and turn.move.source:
            row["source"] = list(turn.move.source)
        if turn.move is not None and turn.move.unconfirmed:
            row["unconfirmed"] = True
        entries.append(row)
    return {
        "scenario": scenario.name, "title": scenario.title, "seed": seed, "procedure": scenario.rules.procedure.id,
        "turns": entries, "stages": dict(position.stages), "running": list(still_running(position)),
        "deeds": sum(e.deed is not None and e.problem is None for _, e in turns),
        "refused": sum(e.problem is not None for _, e in turns),
    }  # fmt: skip
