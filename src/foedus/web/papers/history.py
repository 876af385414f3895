"""What the record says of papers: each revision with its digest and entry. Read once, and gone on with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from weakref import WeakKeyDictionary

from foedus.meeting.entering import Entered
from foedus.web.room import Room


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of a paper: when it came to be, by which entry, and what it hashes to."""

    paper: str
    number: int
    entry: int
    at: datetime
    digest: str
    size: int


@dataclass
class History:
    """The revisions of each paper, the first first."""

    read: int = 0
    of: dict[str, list[Revision]] = field(default_factory=dict[str, list[Revision]])
    digests: dict[str, Revision] = field(default_factory=dict[str, Revision])

    def see(self, entries: Sequence[Entered]) -> None:
        """Go on with what was entered since."""
        for entry in entries[self.read :]:
            act = entry.act
            if act is None or entry.problem is not None or act.kind != "paper" or not act.digest:
                continue
            papers = entry.debate.papers
            paper = papers.get(act.paper) if act.paper != "new" else papers[next(reversed(list(papers)))]
            if paper is None:
                continue
            made = Revision(paper.id, paper.revision, entry.number, entry.at, act.digest, paper.size)
            self.of.setdefault(paper.id, []).append(made)
            self.digests.setdefault(act.digest, made)
        self.read = len(entries)


_KEPT: WeakKeyDictionary[Room, History] = WeakKeyDictionary()


def history(room: Room) -> History:
    """What the record of a room says of papers so far."""
    found = _KEPT.setdefault(room, History())
    found.see(room.entries)
    return found
