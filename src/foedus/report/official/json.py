"""Official minutes for programs (`foedus schema minutes`), without names of people, as the record is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from foedus import __version__
from foedus.council.fields import instant
from foedus.report.journal import Line
from foedus.report.official.minutes import Decision, Minutes, Vote

SCHEMA = "urn:foedus:schema:minutes:1"


def as_json(minutes: Minutes) -> dict[str, Any]:
    """The whole of them. Times are instants in UTC: `at` the room's, `real` that on the wall."""
    return {
        "schema": SCHEMA, "version": __version__,
        "title": minutes.title, "room": minutes.room, "organ": minutes.organ, "procedure": minutes.procedure,
        "language": minutes.language, "live": minutes.live, "entries": minutes.size, "withheld": minutes.withheld,
        "head": minutes.head.note() if minutes.head is not None else None,
        "present": [
            {
                "code": each.code, "name": each.name, "capacity": each.capacity, "entries": each.entries,
                "away": each.away,
            }
            for each in minutes.present
        ],
        "agenda": [{"id": name, "title": title, "stands": stands} for name, title, stands in minutes.agenda],
        "papers": [
            {
                "id": each.id, "what": each.what, "title": each.title, "by": each.by, "entry": each.entry,
                "revision": each.revision, "sponsors": list(each.sponsors), "proposal": each.proposal,
                "digest": each.digest, "size": each.size, "withdrawn": each.withdrawn,
            }
            for each in minutes.papers
        ],
        "decisions": [_decision(each) for each in minutes.decisions],
        "votes": [_vote(each) for each in minutes.votes],
        "meetings": [
            {"number": each.number, "lines": [_line(line) for line in each.lines]} for each in minutes.meetings
        ],
        "bookmarks": [{"entry": entry, "text": text} for entry, text in minutes.bookmarks],
    }  # fmt: skip


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "number": decision.number, "title": decision.title, "by": decision.by, "at": instant(decision.at),
        "text": decision.text, "terms": dict(decision.terms), "parts": dict(decision.parts),
        "mandate": list(decision.mandate), "article": decision.article,
        "ballot": decision.vote.ballot if decision.vote is not None else "", "entry": decision.entry,
    }  # fmt: skip


def _vote(vote: Vote) -> dict[str, Any]:
    return {
        "ballot": vote.ballot, "proposal": vote.proposal, "part": vote.part, "step": vote.step, "by": vote.by,
        "article": vote.article, "opened": instant(vote.opened), "closed": instant(vote.closed), "entry": vote.entry,
        "outcome": vote.word, "statuses": {status: list(who) for status, who in vote.said.items()},
    }  # fmt: skip


def _line(line: Line) -> dict[str, Any]:
    return {
        "entry": line.number, "at": instant(line.at), "real": _instant(line.real), "by": line.by,
        "person": line.person, "part": line.part, "kind": line.kind, "text": line.sentence, "more": list(line.more),
        "article": line.article, "refused": line.refused, "code": line.code, "why": line.why,
        "corrections": [{"entry": each.deed, "text": each.text} for each in line.corrections],
    }  # fmt: skip


def _instant(at: datetime | None) -> str | None:
    return None if at is None else instant(at)
