"""The newest that everybody has to hear of votes: that one is open, that one is closed and how it came out."""

from __future__ import annotations

from foedus.council.state import Ballot
from foedus.report.ballot import OUTCOMES
from foedus.report.deeds import moment
from foedus.web.look import Look
from foedus.web.parts.ballots import is_hidden
from foedus.web.parts.naming import Naming
from foedus.web.parts.tabled import tabled
from foedus.words.speech import say, say_in


def newest(look: Look) -> tuple[int, str] | None:
    """The number of the entry, and the sentence; None where nothing was put to the vote yet."""
    record, names = tabled(look), Naming.of(look)
    found: list[tuple[int, str]] = []
    for table, words in ((record.opened, _opened), (record.longer, _longer), (record.closed, _closed)):
        entries = [(entry.number, ballot) for ballot, entry in table.items() if ballot in look.state.ballots]
        if entries:
            number, name = max(entries)
            found.append((number, words(names, look.state.ballots[name])))
    for name, entry in record.broken.items():
        ballot = look.state.ballots.get(name)
        if ballot is not None and not is_hidden(look, ballot) and entry.deed is not None:
            words = say("{who} objects: {ballot}.", who=names.who(entry.deed.by), ballot=name)
            found.append((entry.number, words))
    return max(found, default=None)


def _opened(names: Naming, ballot: Ballot) -> str:
    parts = {"ballot": ballot.id, "subject": names.subject(ballot)}
    way = names.way(ballot)
    if way == "silence" and ballot.until is not None:
        return say(
            "Silence has begun: {ballot}, {subject}, until {until}.", until=moment(ballot.until), **parts
        )
    if way == "consensus":
        return say("Consensus is asked for: {ballot}, {subject}.", **parts)
    return say("The vote is open: {ballot}, {subject}.", **parts)


def _longer(names: Naming, ballot: Ballot) -> str:
    del names
    until = moment(ballot.until) if ballot.until is not None else ""
    return say("{ballot} has more time, until {until}.", ballot=ballot.id, until=until)


def _closed(names: Naming, ballot: Ballot) -> str:
    came = ballot.came.word if ballot.came is not None else "void"
    word = say_in("outcome of a vote", OUTCOMES["depends" if came == "pending" else came])
    return say(
        "The vote is closed: {ballot}, {subject}: {came}.",
        ballot=ballot.id,
        subject=names.subject(ballot),
        came=word,
    )
