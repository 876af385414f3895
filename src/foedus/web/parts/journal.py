"""The lines of the minutes, a page at a time, as everybody sees them.

What is chosen and counted is looked up in the entries; only the lines of one page are put into words, so that a record
of ten thousand entries costs little more than one of a hundred.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from urllib.parse import urlencode

from foedus.meeting.entering import Entered
from foedus.meeting.secrecy import hidden, hides
from foedus.report.journal import PART_TITLES, Journal, Line, decided, part_of
from foedus.report.official.minutes import Years, decides
from foedus.web.asked import number, one_of
from foedus.web.look import Look
from foedus.web.pages.page import Filling
from foedus.words.speech import marked_in, say_in

AT_ONCE = 100
"""Lines of a page."""

SHOWN: Mapping[str, Callable[[Entered], bool]] = {
    "": lambda _: True,
    "decided": decided,
    "matter": lambda entry: part_of(entry) == "decision",
    "debate": lambda entry: part_of(entry) == "debate",
    "refused": lambda entry: entry.problem is not None,
    "outside": lambda entry: part_of(entry) == "outside",
}
TITLES: Mapping[str, str] = {
    "": marked_in("lines of the minutes", "everything"),
    "decided": marked_in("lines of the minutes", "what was decided"),
    "matter": marked_in("lines of the minutes", "the matter"),
    "debate": marked_in("lines of the minutes", "the debate"),
    "refused": marked_in("lines of the minutes", "what was refused"),
    "outside": marked_in("lines of the minutes", "from outside"),
}


@dataclass(frozen=True)
class Chosen:
    """Which lines are asked for: `show` a row of SHOWN, `by` who acted, `meeting` in which; the oldest first or the
    newest; which page of them."""

    look: Look

    @cached_property
    def show(self) -> str:
        return one_of(self.look.query, "show", SHOWN)

    @cached_property
    def by(self) -> str:
        return one_of(self.look.query, "by", self.actors)

    @cached_property
    def meeting(self) -> int | None:
        return number(self.look.query, "meeting", 0, self.look.debate.meeting)

    @property
    def oldest_first(self) -> bool:
        return self.look.query.get("order") == "first"

    @cached_property
    def actors(self) -> tuple[str, ...]:
        """Who can have acted."""
        rules = self.look.rules
        return (*rules.states(self.look.standing.at.date()), *rules.offices, "clock", "director")

    @cached_property
    def entries(self) -> Sequence[Entered]:
        """The entries that are asked for, in the order in which they are shown."""
        look, wanted = self.look, SHOWN[self.show]
        secret = any(hidden(look.state, look.debate, ballot) for ballot in look.debate.manners)
        found = [
            each
            for each in look.entries
            if (not self.show or wanted(each))
            and (not self.by or each.by == self.by)
            and (self.meeting is None or each.debate.meeting == self.meeting)
            and not (secret and hides(look.state, look.debate, each))
        ]
        return found if self.oldest_first else found[::-1]

    @cached_property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-len(self.entries) // AT_ONCE))

    @cached_property
    def page(self) -> int:
        """The page that is asked for, from 1; or that on which an entry stands (`at`)."""
        at = number(self.look.query, "at", 0, self.look.standing.size)
        if at is not None:
            before = sum(each.number < at if self.oldest_first else each.number > at for each in self.entries)
            return min(before // AT_ONCE + 1, self.pages)
        return number(self.look.query, "page", 1, self.pages) or 1

    @property
    def shown(self) -> Sequence[Entered]:
        """The entries of the page."""
        return self.entries[(self.page - 1) * AT_ONCE : self.page * AT_ONCE]

    def address(self, **other: str) -> str:
        """The address of the same with something else asked for; what is empty is not asked for."""
        said = {
            "show": self.show, "by": self.by, "meeting": "" if self.meeting is None else str(self.meeting),
            "order": "first" if self.oldest_first else "", **other,
        }  # fmt: skip
        asked = urlencode({name: value for name, value in said.items() if value})
        return f"{self.look.at('minutes')}{'?' if asked else ''}{asked}"


def journal(look: Look) -> Filling:
    """The page of lines that is asked for, by meeting and day."""
    chosen = Chosen(look)
    told = Journal(look.standing.order, look.state)

    def called(line: Line) -> str:
        return person(look, line)

    lines = [told.line(each) for each in chosen.shown]
    return {
        "chosen": chosen,
        "meetings": [
            (meeting, [(day, list(each)) for day, each in groupby(those, lambda line: line.at.date())])
            for meeting, those in ((n, list(g)) for n, g in groupby(lines, lambda line: line.meeting))
        ],
        "part_title": _part_title,
        "person": called,
        "marked": {each.entry: each.text for each in look.debate.bookmarks},
    }


def _part_title(line: Line) -> str:
    return say_in("part of the minutes", PART_TITLES[line.part])


def person(look: Look, line: Line) -> str:
    """What the person is called who acted; empty where that is forgotten, and for the clock."""
    return look.names.get(line.person, "")


def choosing(look: Look) -> Filling:
    """The ways of choosing lines."""
    chosen = Chosen(look)
    meetings = dict.fromkeys(each.debate.meeting for each in look.entries)
    return {
        "chosen": chosen,
        "shown": [(name, say_in("lines of the minutes", words)) for name, words in TITLES.items()],
        "meetings": list(meetings),
    }


def decisions(look: Look) -> Filling | None:
    """What was decided, each with its number and the entry by which it was."""
    years = Years()
    found = [(years.number(each), _decided(each), each.number) for each in look.entries if decides(each)]
    return {"decisions": found} if found else None


def _decided(entry: Entered) -> str:
    assert entry.deed is not None
    ballot = entry.state.ballots.get(entry.deed.ballot)
    step = entry.rules.steps[
        entry.deed.step if ballot is None else entry.state.proposals[ballot.proposal].step
    ]
    return step.title or step.name


def marks(look: Look) -> Filling | None:
    """The places that were marked."""
    return {"marks": look.debate.bookmarks} if look.debate.bookmarks else None
