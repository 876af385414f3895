"""How a vote came out, for the terminal: the outcome, on what it turns, who did what, and the numbers needed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foedus.assessment.ballot import Ballot, Came
from foedus.council.outcome import Outcome, Reason
from foedus.council.properties import Properties, properties
from foedus.ir.decision import STATUSES, Status
from foedus.ir.formula import AtLeast
from foedus.ir.show import show_formula
from foedus.report.conditions import Letters
from foedus.report.findings import SHAPES, unconfirmed_dates, unconfirmed_facts
from foedus.report.layout import Sheet
from foedus.report.lists import on_day
from foedus.report.openings import show_questions
from foedus.report.reasons import DID, number, readings_of, reason_head, reason_words
from foedus.report.wording import Names, apart, begun, listed, quoted
from foedus.terms.time import EDate
from foedus.words.speech import aloud, marked, marked_in, say, say_in

OUTCOMES: Mapping[Came, str] = {
    "adopted": marked_in("outcome of a vote", "adopted"),
    "not adopted": marked_in("outcome of a vote", "not adopted"),
    "void": marked_in("outcome of a vote", "void"),
    "depends": marked_in("outcome of a vote", "depends"),
    "cannot be determined": marked_in("outcome of a vote", "cannot be determined"),
    "not in force": marked_in("outcome of a vote", "not in force"),
}
MARK: Mapping[Came, str] = {
    "adopted": SHAPES["yes"], "not adopted": SHAPES["no"], "void": SHAPES["no"], "depends": SHAPES["depends"],
    "cannot be determined": SHAPES["unread"], "not in force": SHAPES["not in force"],
}  # fmt: skip
WIDE = 14
"""Columns for what was done, with how many did."""


def show_ballot(sheet: Sheet, asked: Ballot) -> None:
    """The outcome first; then on what it turns, the numbers, and who did what."""
    assessment, view = asked.assessment, asked.finding.granting
    letters, names = Letters.of(assessment), Names(assessment)
    sheet.aside(
        f"{begun(names.spoken(asked.rule.organ))} · {asked.rule.title}",
        on_day(EDate.of(asked.on)),
        style="title",
    )
    came, outcome = asked.came, asked.outcome
    if came == "depends":
        sheet.put(say("◧ depends on {letters}", letters=letters.depends(view)), 2, 2, "verdict")
        sheet.put(say("adopted if {condition}", condition=letters.condition(view.arises_if, True)), 4, 2)
        sheet.put(say("not adopted if {condition}", condition=letters.condition(view.fails_if, False)), 4, 2)
    else:
        sheet.put(f"{MARK[came]} {say_in('outcome of a vote', OUTCOMES[came])}", 2, 2, "verdict")
    if came == "void":
        sheet.put(_void(outcome), 4, 2)
    if outcome.vetoes:
        sheet.put(say("In the way: {names}.", names=listed(list(map(names.plain, outcome.vetoes)))), 4, 2)
    _show_tests(sheet, outcome, names, letters)
    sheet.head(say("Who did what"))
    for status, did in DID.items():
        who = asked.those(status)
        if who:
            said = say_in("did in a vote", did)
            sheet.row(f"{said} {len(who)}", WIDE, ", ".join(map(names.plain, who)), "", 0)
    for who, words in (
        (outcome.left_out, marked("Left out: {names}.")),
        (outcome.held, marked("Held to abstain: {names}.")),
    ):
        if who:
            sheet.put(say(words, names=listed(list(map(names.plain, who)))), 2, 2)
    if asked.doubtful:
        doubtful = listed([names.plain(who) for who in asked.members if who in asked.doubtful])
        sheet.put(say("Whether they were members on the day is open: {names}.", names=doubtful), 2, 2)
    if not asked.members:
        sheet.put(
            say("Who its members were on the day is left to whoever asks: the page does not say."),
            2,
            2,
            "quiet",
        )
    unconfirmed = apart(
        filter(None, (unconfirmed_dates([asked.finding]), unconfirmed_facts([asked.finding])))
    )
    if unconfirmed:
        sheet.put(say("Unconfirmed: {what}.", what=unconfirmed), 2, 2)
    for warning in warnings(properties(outcome.sitting)):
        sheet.put(warning, 2, 2)
    show_questions(sheet, assessment)
    sheet.blank()
    sheet.put(say("Rule: {rule}. How each step of it came out: --why.", rule=asked.rule.id), style="quiet")


def _show_tests(sheet: Sheet, outcome: Outcome, names: Names, letters: Letters) -> None:
    """Every test, below what it is for; those that are asked under an open reading below that."""
    head, under = "", ()
    for reason in outcome.reasons:
        this, readings = reason_head(outcome, reason), readings_of(outcome, reason)
        if this != head:
            sheet.head(this)
        if readings and (readings, this) != (under, head):
            said = [f"{letters.letter(q)} {quoted(answer)}".strip() for q, answer in readings]
            sheet.put(say("if {condition}", condition=listed(said)), 2, 2)
        head, under = this, readings
        sheet.put(reason_words(outcome, reason, names.plain), 4 if readings else 2, 2)


def _void(outcome: Outcome) -> str:
    if not outcome.electorate:
        return say("Nobody has a part in it.")
    return say("There was no quorum.")


def warnings(found: Properties) -> list[str]:
    """What a chair should know of a rule, in words."""
    said: list[str] = []
    if found.carried_by_against is not None:
        said.append(say("Under this rule a vote against can carry a motion, as where it makes up a quorum."))
    if found.defeated_by_for is not None:
        said.append(say("Under this rule a vote for a motion can defeat it."))
    return said


def as_json(asked: Ballot) -> dict[str, Any]:
    """The same for programs."""
    view, outcome = asked.finding.granting, asked.outcome
    return {
        "rule": asked.rule.id,
        "organ": asked.rule.organ,
        "title": asked.rule.title,
        "text": asked.rule.text,
        "on": asked.on.isoformat(),
        "outcome": asked.came,
        "turns_on": list(view.turns_on),
        "adopted_if": [dict(each) for each in view.arises_if.sets],
        "not_adopted_if": [dict(each) for each in view.fails_if.sets],
        "statuses": dict(asked.statuses),
        "members": list(asked.members),
        "doubtful_members": sorted(asked.doubtful),
        "unconfirmed": [aloud(name) for name in asked.finding.unconfirmed],
        "way": outcome.way if outcome.word != "pending" else None,
        "article": outcome.article,
        "electorate": list(outcome.electorate),
        "left_out": list(outcome.left_out),
        "held_to_abstain": list(outcome.held),
        "in_the_way": list(outcome.vetoes),
        "waiting_for": list(outcome.waiting),
        "tests": [_test(outcome, reason) for reason in outcome.reasons],
        "questions": [
            {"id": q.id, "letter": q.letter, "words": aloud(q.words), "answers": [a for a, _ in q.answers]}
            for q in asked.assessment.questions
        ],
    }  # fmt: skip


def _test(outcome: Outcome, reason: Reason) -> dict[str, Any]:
    """One test for programs. Numbers are strings, exact: `40/3`; each pair is the least and the most."""
    test, part = reason.test, reason.test.part
    counted, based = outcome.sitting.counted(test), outcome.sitting.based(test)
    share = part.share if isinstance(part, AtLeast) else None
    return {
        "way": reason.way,
        "by": outcome.rule.ways[reason.way].by,
        "asks": reason.asks,
        "formula": show_formula(part),
        "wanted": test.wanted,
        "met": test.met,
        "counts": _ordered(counted.statuses) if counted is not None else None,
        "of_those": _ordered(based.statuses) if based is not None else None,
        "tally": [number(one) for one in test.tally],
        "needed": [number(one) for one in test.needed],
        "of": [number(one) for one in test.of] if share is not None else None,
        "share": str(share) if share is not None else None,
        "more_than": isinstance(part, AtLeast) and part.strict,
        "weighting": part.weight if isinstance(part, AtLeast) else None,
        "who": list(test.who),
        "open": list(test.open),
        "readings": dict(readings_of(outcome, reason)),
    }


def _ordered(statuses: frozenset[Status]) -> list[Status]:
    return [status for status in STATUSES if status in statuses]
