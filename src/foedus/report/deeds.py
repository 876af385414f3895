"""What somebody did at the table, in words: each deed in a sentence, under its article; votes with their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import PurePath

from foedus.council.deed import CLOCK, Deed
from foedus.council.state import Ballot
from foedus.diagnostics.catalogue import help_of, title_of
from foedus.diagnostics.problem import Problem
from foedus.diagnostics.span import Place
from foedus.exercise.turns import Turn
from foedus.report.layout import columns
from foedus.report.lists import article_short, begun, on_day, quoted, titled
from foedus.report.reasons import reason_words
from foedus.terms.time import EDate
from foedus.words.speech import marked_in, plural, say, say_in

WHERE = 13
"""Columns for the article."""
OFFICE: dict[str, str] = {
    "chair": marked_in("office at the table", "chair"),
    "secretary": marked_in("office at the table", "secretary"),
    "commander": marked_in("office at the table", "commander"),
    CLOCK: marked_in("office at the table", "clock"),
}

SAID = {
    "for": marked_in("says in a vote", "votes for it"),
    "against": marked_in("says in a vote", "votes against it"),
    "abstained": marked_in("says in a vote", "abstains"),
    "aside": marked_in("says in a vote", "abstains and stands aside"),
    "silent": marked_in("says in a vote", "takes its word back"),
}
TASKED = {
    "may": marked_in("force of a task", "may {task} ({where})"),
    "must": marked_in("force of a task", "must {task} ({where})"),
    "must not": marked_in("force of a task", "must not {task} ({where})"),
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


def actor(who: str) -> str:
    """Who acts: a state's code, or an office in a word."""
    return say_in("office at the table", OFFICE[who]) if who in OFFICE else who


def moment(at: datetime) -> str:
    """`5 March 2031, 09:40`, in UTC."""
    return say("{day}, {time}", day=on_day(EDate.of(at.date())), time=f"{at:%H:%M}")


def said(turn: Turn, deed: Deed) -> str:
    """What somebody did, in words."""
    step = turn.rules.steps.get(deed.step)
    title = deed.step if step is None else titled(step.title or step.name)
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
            until = "" if deed.until is None else moment(deed.until)
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


def more_said(deed: Deed) -> Iterator[str]:
    """The words of a deed, and the mandate that it would lay down."""
    if deed.text and deed.kind != "correct":
        yield quoted(deed.text)
    mandate = deed.mandate
    if mandate is None:
        return
    for task in mandate.tasks:
        where = task.where or say("anywhere")
        yield say_in("force of a task", TASKED[task.force], task=task.what, where=where)
    if mandate.ceiling is not None:
        yield say("at most {ceiling} for all together", ceiling=mandate.ceiling)
    for who, most in mandate.ceilings.items():
        yield say("at most {most} from {who}", most=most, who=who)
    if mandate.until is not None:
        yield say("until {until}", until=moment(mandate.until))
    elif deed.kind == "propose" and not deed.hours:
        yield say("no end")
    if mandate.report_hours is not None:
        regions = ", ".join(mandate.regions) or say("anywhere")
        yield plural(
            "a report every {n} hour: {regions}", "a report every {n} hours: {regions}", mandate.report_hours,
            regions=regions,
        )  # fmt: skip


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
    until = "" if deed.until is None else moment(deed.until)
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
        if reason.way == came.way:
            yield reason_words(came, reason, str)
    if came.left_out:
        yield say("left out: {names}", names=", ".join(came.left_out))


def problem_said(problem: Problem) -> str:
    """Why it was refused, and what would be allowed."""
    advice = help_of(problem)
    title = begun(title_of(problem))
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
    first = article_short(place.heading)
    return first if columns(first) < WHERE else PurePath(place.page).stem


def source_said(source: Sequence[str], unconfirmed: bool) -> str:
    """On what a scripted deed rests."""
    names = " ".join(f"[{each}]" for each in source)
    if unconfirmed:
        return say("{names}, unconfirmed", names=names) if names else say("unconfirmed")
    return names
