"""The review after a session: a timeline, what each did, and the close, where delegations sign the record's head."""

from __future__ import annotations

import csv
import io

from markupsafe import escape

from foedus.meeting.review import Mark, Review, reviewed
from foedus.report.debate import act_said
from foedus.report.deeds import moment, problem_said, said
from foedus.tables.cells import neutralised
from foedus.web.look import Look
from foedus.web.pages.page import Page
from foedus.web.pages.timeline import timeline
from foedus.words.speech import say


def is_open(look: Look) -> bool:
    """Whether one sees the whole: everybody when the session is over, the director before."""
    return look.room.ended or look.viewer.role == "director"


def review_of(look: Look) -> Review:
    """The review of what has been entered by now."""
    entries = look.entries
    seats = [seat.who for seat in look.room.scenario.seats]
    began = next((each.real for each in entries if each.real is not None), look.real)
    return reviewed(entries, look.rules, look.state, look.debate, seats, began)


def show(look: Look) -> Page:
    """The page of the review; while the session goes on, others than the director are told when it opens."""
    values = {"open": is_open(look), "over": look.room.ended, "shown": look.told["shown"]}
    if is_open(look):
        review = review_of(look)
        values |= {
            "review": review, "svg": timeline(review), "words": [(mark, words_of(look, mark)) for mark in review.marks],
            "note": escape(look.room.head.note()), "head": look.room.head, "key": look.room.signer.key.line(),
            "cosigns": look.manages("cosign") and look.room.ended, "bookmarks": look.debate.bookmarks,
        }  # fmt: skip
    return Page(say("Review"), "review", values=values, live=not is_open(look))


def words_of(look: Look, mark: Mark) -> str:
    """What a mark was, in a sentence."""
    entry = mark.entry
    if entry.inject is not None:
        return entry.inject.title
    if entry.problem is not None:
        return say("refused: {why}", why=problem_said(entry.problem))
    if entry.deed is not None:
        hidden = entry.deed.ballot in look.state.ballots and not look.shows(entry.deed.ballot, entry.by)
        if hidden and entry.kind in ("vote", "object"):
            return say("votes; how, is not shown yet")
        return said(entry.turn, entry.deed)
    assert entry.act is not None
    if mark.sort == "speech":
        return say("has the floor")
    return act_said(entry.act, entry.debate, look.standing.order)


def as_csv(look: Look) -> str:
    """The shares of the seats as a table; nothing in it is taken for a formula by a program for spreadsheets."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        [
            "seat",
            "speeches",
            "seconds",
            "deeds",
            "acts",
            "refused",
            "with",
            "against",
            "abstained",
            "by bots",
            "answer s",
        ]
    )
    for each in review_of(look).shares:
        row = [
            each.who, each.speeches, each.spoke, each.deeds, each.acts, each.refused, each.sided, each.opposed,
            each.abstained, each.bot, "" if each.answered is None else each.answered,
        ]  # fmt: skip
        writer.writerow([neutralised(str(cell)) for cell in row])
    writer.writerow([])
    writer.writerow(["entry", "wall", "room", "who", "what", "words"])
    for mark in review_of(look).marks:
        at = moment(mark.entry.at)
        cells = (mark.entry.number, mark.real.isoformat(), at, mark.who, mark.sort, words_of(look, mark))
        writer.writerow([neutralised(str(cell)) for cell in cells])
    return "\ufeff" + out.getvalue()
