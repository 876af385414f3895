"""How a vote came out, for the terminal: the outcome, on what it turns, who did what, and the numbers needed."""

from __future__ import annotations

from typing import Any

from foedus.assessment.ballot import Ballot, Status, Threshold, thresholds
from foedus.report.conditions import Letters
from foedus.report.findings import SHAPES, unconfirmed_dates, unconfirmed_facts
from foedus.report.layout import Sheet
from foedus.report.lists import on_day
from foedus.report.openings import show_questions
from foedus.report.wording import Names, apart, begun, listed
from foedus.terms.time import EDate
from foedus.words.speech import aloud, marked_in, say, say_in

OUTCOMES = {
    "yes": marked_in("outcome of a vote", "adopted"),
    "no": marked_in("outcome of a vote", "not adopted"),
    "depends": marked_in("outcome of a vote", "depends"),
    "unread": marked_in("outcome of a vote", "cannot be determined"),
    "not in force": marked_in("outcome of a vote", "not in force"),
}
DID: dict[Status, str] = {
    "for": marked_in("did in a vote", "for"),
    "against": marked_in("did in a vote", "against"),
    "abstained": marked_in("did in a vote", "abstained"),
    "absent": marked_in("did in a vote", "absent"),
    "silent": marked_in("did in a vote", "silent"),
}
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
    word = say_in("outcome of a vote", OUTCOMES[view.settled])
    if view.settled == "depends":
        sheet.put(say("◧ depends on {letters}", letters=letters.depends(view)), 2, 2, "verdict")
        sheet.put(say("adopted if {condition}", condition=letters.condition(view.arises_if, True)), 4, 2)
        sheet.put(say("not adopted if {condition}", condition=letters.condition(view.fails_if, False)), 4, 2)
    else:
        sheet.put(f"{SHAPES[view.settled]} {word}", 2, 2, "verdict")
    needed = thresholds(asked)
    if needed:
        sheet.head(say("What is needed"))
        for one in needed:
            sheet.put(needed_words(one), 2, 2)
    sheet.head(say("Who did what"))
    for status, did in DID.items():
        who = asked.those(status)
        if who:
            said = say_in("did in a vote", did)
            sheet.row(f"{said} {len(who)}", WIDE, ", ".join(map(names.plain, who)), "", 0)
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
    show_questions(sheet, assessment)
    sheet.blank()
    sheet.put(say("Rule: {rule}. How each step of it came out: --why.", rule=asked.rule.id), style="quiet")


def needed_words(one: Threshold) -> str:
    """A number that the rule asks for, and whether it was reached."""
    what = say_in("did in a vote", DID[one.status])
    mark = {True: "■", False: "□", None: "◧"}[one.met]
    parts = {"mark": mark, "what": what, "did": _span(one.did), "needed": _span(one.needed)}
    if one.share is None:
        return say("{mark} {what}: {did}; at least {needed} needed", **parts)
    parts |= {"share": one.share, "of": _span(one.of)}
    if one.more:
        return say("{mark} {what}: {did} of {of}; {needed} needed, more than {share}", **parts)
    return say("{mark} {what}: {did} of {of}; {needed} needed, {share}", **parts)


def _span(both: tuple[int, int]) -> str:
    return str(both[0]) if both[0] == both[1] else f"{both[0]}–{both[1]}"


def as_json(asked: Ballot) -> dict[str, Any]:
    """The same for programs."""
    view = asked.finding.granting
    return {
        "rule": asked.rule.id,
        "organ": asked.rule.organ,
        "title": asked.rule.title,
        "text": asked.rule.text,
        "on": asked.on.isoformat(),
        "outcome": OUTCOMES[view.settled],
        "turns_on": list(view.turns_on),
        "adopted_if": [dict(each) for each in view.arises_if.sets],
        "not_adopted_if": [dict(each) for each in view.fails_if.sets],
        "statuses": dict(asked.statuses),
        "members": list(asked.members),
        "doubtful_members": sorted(asked.doubtful),
        "unconfirmed": [aloud(name) for name in asked.finding.unconfirmed],
        "needed": [
            {
                "status": one.status, "did": list(one.did), "needed": list(one.needed), "met": one.met,
                "share": str(one.share) if one.share is not None else None, "of": list(one.of),
            }
            for one in thresholds(asked)
        ],
        "questions": [
            {"id": q.id, "letter": q.letter, "words": aloud(q.words), "answers": [a for a, _ in q.answers]}
            for q in asked.assessment.questions
        ],
    }  # fmt: skip
