"""Which votes are not to be shown by now: those in a ballot that is taken hidden and is not closed.

A refused vote tells as much as one that counts, and one for a ballot that is about to be opened as well.
"""

from __future__ import annotations

from collections.abc import Sequence

from foedus.council.debate.state import Debate
from foedus.council.state import State
from foedus.meeting.entering import Entered

SPOKEN = ("vote", "object")
"""Kinds of deeds by which somebody says something in a ballot."""


def hidden(state: State, debate: Debate, ballot: str) -> bool:
    """Whether it is not shown by now who says what in a ballot."""
    manner, found = debate.manners.get(ballot), state.ballots.get(ballot)
    return manner is not None and manner.hidden and (found is None or found.came is None)


def ballot_of(entry: Entered) -> str:
    """The ballot in which somebody says something by this entry; empty for any other entry."""
    return entry.deed.ballot if entry.deed is not None and entry.deed.kind in SPOKEN else ""


def hides(state: State, debate: Debate, entry: Entered) -> bool:
    """Whether an entry is to be shown to nobody but its own seat; `state` and `debate` are those of now."""
    ballot = ballot_of(entry)
    return bool(ballot) and hidden(state, debate, ballot)


def shown_until(entries: Sequence[Entered], state: State, debate: Debate) -> int:
    """How many entries of the record may be handed on by now: those before the first that is hidden. `entries` are all
    after the first of the record, which has number 0."""
    if not any(hidden(state, debate, ballot) for ballot in debate.manners):
        return len(entries) + 1
    return next((each.number for each in entries if hides(state, debate, each)), len(entries) + 1)
