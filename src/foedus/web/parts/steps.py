"""A session gone through again, entry by entry: where everything stood then, and which entries there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from foedus.council.position import stages_of
from foedus.council.state import Ballot, State
from foedus.meeting.entering import Entered
from foedus.meeting.rereading import state_after
from foedus.report.deeds import COUNTED
from foedus.report.journal import Journal, decided
from foedus.web.asked import number
from foedus.web.look import Look
from foedus.web.pages.page import Filling
from foedus.words.speech import say_in

FEW = 40
"""So many entries of a list are named before the one that is shown, and after it."""


@dataclass(frozen=True)
class Then:
    """The entry that is asked for; the last, if none is."""

    look: Look

    @cached_property
    def entries(self) -> Sequence[Entered]:
        return self.look.entries

    @cached_property
    def at(self) -> int:
        """Its place among the entries, which is one less than its number."""
        return (number(self.look.query, "entry", 1, len(self.entries)) or len(self.entries)) - 1

    @cached_property
    def entry(self) -> Entered:
        return self.entries[self.at]

    @cached_property
    def state(self) -> State:
        """The state after it."""
        return state_after(self.entry)

    def near(self, wanted: Sequence[Entered]) -> Sequence[Entered]:
        """Those around the one that is shown."""
        before = sum(each.number <= self.entry.number for each in wanted)
        return wanted[max(0, before - FEW) : before + FEW]


def moment_then(look: Look) -> Filling | None:
    """Where everything stood after the entry that is asked for."""
    if not look.entries:
        return None
    then = Then(look)
    entry, state = then.entry, then.state
    told = Journal(look.standing.order, look.state, look.shows)
    return {
        "entry": entry,
        "line": told.line(entry) if told.has(entry) else None,
        "last": len(then.entries),
        "tracks": list(_tracks(then)),
        "proposals": [each for each in state.proposals.values() if not each.fate],
        "titles": {name: step.title or step.name for name, step in entry.rules.steps.items()},
        "ballots": [(each, _said(look, each)) for each in state.ballots.values() if each.came is None],
        "state": state,
        "debate": entry.debate,
        "motions": [each for each in entry.debate.motions.values() if each.fate in ("", "put")],
        "person": look.names.get(entry.person, ""),
    }


def _tracks(then: Then) -> Iterator[tuple[str, str, str]]:
    """Each track of the matter with its stage, and that before where the entry moved it; those of one delegation once
    they have left their start."""
    entry = then.entry
    before = state_after(then.entries[then.at - 1]) if then.at else State()
    old = {key: stage for key, _, stage in stages_of(entry.rules, before, entry.at)}
    for key, track, stage in stages_of(entry.rules, then.state, entry.at):
        of_all = track.of is None
        if of_all or stage != track.start or old.get(key, stage) != stage:
            was = old.get(key, track.start)
            yield (track.title or track.name) if of_all else key, stage, was if was != stage else ""


def _said(look: Look, ballot: Ballot) -> list[str]:
    """What members had said, as far as that is shown by now."""
    found: list[str] = []
    for status, words in COUNTED.items():
        who = [name for name, did in ballot.said.items() if did == status and look.shows(ballot.id, name)]
        if who:
            found.append(say_in("statuses in a vote", words, names=", ".join(who)))
    return found


def steps(look: Look) -> Filling | None:
    """What was decided and what was refused, around the entry that is shown."""
    if not look.entries:
        return None
    then = Then(look)
    told = Journal(look.standing.order, look.state, look.shows)
    return {
        "number": then.entry.number,
        "decided": list(told.lines(then.near([each for each in then.entries if decided(each)]))),
        "refused": list(told.lines(then.near([each for each in then.entries if each.problem is not None]))),
    }
