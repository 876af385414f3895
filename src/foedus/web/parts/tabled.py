"""What the record says of proposals and votes besides where they stand: how they were first tabled, which entry opened
a vote and which closed it. Read once, and gone on with as entries come."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from weakref import WeakKeyDictionary

from foedus.council.ballots import warning
from foedus.council.properties import Properties
from foedus.council.state import Ballot, Proposal
from foedus.meeting.entering import Entered
from foedus.web.look import Look
from foedus.web.parts.counting import Count, Memo, count, remembering
from foedus.web.room import Room


@dataclass
class Tabled:
    """`first` has each proposal as it was moved, with the entry; `opened` and `closed` the entries of votes, `longer`
    the last that gave one more time, `broken` the first that objected. `warned`: what the chair is to be warned of in a
    vote; `meant` what its tests count, `counts` how it stands. `shut`: closed votes as they are shown, by language."""

    read: int = 0
    first: dict[str, tuple[Entered, Proposal]] = field(default_factory=dict[str, tuple[Entered, Proposal]])
    opened: dict[str, Entered] = field(default_factory=dict[str, Entered])
    closed: dict[str, Entered] = field(default_factory=dict[str, Entered])
    longer: dict[str, Entered] = field(default_factory=dict[str, Entered])
    broken: dict[str, Entered] = field(default_factory=dict[str, Entered])
    warned: dict[str, Properties] = field(default_factory=dict[str, Properties])
    shut: dict[tuple[str, str], object] = field(default_factory=dict[tuple[str, str], object])
    meant: dict[str, tuple[tuple[object, ...], Memo]] = field(
        default_factory=dict[str, tuple[tuple[object, ...], Memo]]
    )
    counts: dict[str, tuple[int, Count]] = field(default_factory=dict[str, tuple[int, Count]])

    def see(self, entry: Entered) -> None:
        """One entry more."""
        deed = entry.deed
        if deed is None or entry.problem is not None:
            return
        if deed.kind in ("propose", "amend"):
            made = list(entry.state.proposals.values())[-1]
            self.first[made.id] = entry, made
        elif deed.kind == "open":
            self.opened[list(entry.state.ballots)[-1]] = entry
        elif deed.kind == "close":
            self.closed[deed.ballot] = entry
        elif deed.kind == "extend" and deed.ballot:
            self.longer[deed.ballot] = entry
        elif deed.kind == "object":
            self.broken.setdefault(deed.ballot, entry)


_KEPT: WeakKeyDictionary[Room, Tabled] = WeakKeyDictionary()


def tabled(look: Look) -> Tabled:
    """What the record of a room says of them so far."""
    found = _KEPT.setdefault(look.room, Tabled())
    entries = look.room.entries
    for entry in entries[found.read :]:
        found.see(entry)
    found.read = len(entries)
    return found


def counted(look: Look, ballot: Ballot) -> Count:
    """The count of an open vote, worked out once for each state of the record."""
    record, size = tabled(look), look.standing.size
    found = record.counts.get(ballot.id)
    if found is None or found[0] != size:
        made = count(look.rules, look.state, ballot)
        found = record.counts[ballot.id] = (
            size,
            replace(made, now=remembering(made.now, _memo(look, record, ballot.id))),
        )
    return found[1]


def _memo(look: Look, record: Tabled, ballot: str) -> Memo:
    """What the tests of a vote count, for as long as no fact and no ruling is added."""
    about = (look.state.noted, look.state.rulings, look.rules)
    kept = record.meant.get(ballot)
    if kept is None or any(one is not other for one, other in zip(kept[0], about, strict=True)):
        kept = record.meant[ballot] = about, Memo()
    return kept[1]


def warned(look: Look, ballot: Ballot) -> Properties:
    """Of what the chair is to be warned, worked out once for a vote."""
    record = tabled(look)
    if ballot.id not in record.warned:
        record.warned[ballot.id] = warning(look.rules, look.state, ballot.id)
    return record.warned[ballot.id]
