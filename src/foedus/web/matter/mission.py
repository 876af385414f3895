"""What a decision has set going, laid out: the mandate, each contributor under it, each site, each region's reports.

All of it follows from the rules, the state and the position. What these do not keep is in the deeds: who was sent
where (`postings_of`), and the words of the reports (`reports_of`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NamedTuple, TypeAlias

from foedus.council.clocks import of_each, term
from foedus.council.deed import Deed
from foedus.council.force import room_for
from foedus.council.mandate import Task
from foedus.council.position import Position
from foedus.council.rules import Rules
from foedus.council.state import State, keyed
from foedus.exercise.places import Place

Numbered: TypeAlias = Iterable[tuple[int, Deed]]
"""Deeds that were done, each with the number of its entry."""


class Report(NamedTuple):
    """A report on a region (all of it, if empty): who gave it, when, and its words."""

    region: str
    by: str
    at: datetime
    text: str
    entry: int


class Posting(NamedTuple):
    """A contingent, or a part of one, as it was sent: how many, to do what, where. Empty and None: not said."""

    who: str
    number: int | None
    task: str
    where: str
    at: datetime
    entry: int


def reports_of(deeds: Numbered) -> tuple[Report, ...]:
    """The reports among the deeds, in their order."""
    return tuple(
        Report(deed.where, deed.by, deed.at, deed.text, entry)
        for entry, deed in deeds
        if deed.kind == "report"
    )


def postings_of(rules: Rules, deeds: Numbered) -> tuple[Posting, ...]:
    """What was sent under the mandate, in the order of the deeds. Who has left again is still among them."""
    within = {step.name for step in rules.procedure.steps if step.mandate == "within"}
    return tuple(
        Posting(deed.by, deed.number, deed.task, deed.where, deed.at, entry)
        for entry, deed in deeds
        if deed.kind == "step" and deed.step in within
    )


# ---- the mandate ----

Running: TypeAlias = Literal["none", "to come", "running", "over"]


@dataclass(frozen=True, slots=True)
class MandateTold:
    """The mandate as it stands. `until`: None where no end is stated; `left` is the time to it, None once it is over.
    `sent` are all who are there together."""

    stands: Running
    since: datetime | None = None
    until: datetime | None = None
    left: timedelta | None = None
    tasks: tuple[Task, ...] = ()
    ceiling: int | None = None
    sent: int = 0
    report_hours: int | None = None
    regions: tuple[str, ...] = ()


def mandate_told(rules: Rules, state: State, now: datetime) -> MandateTold:
    """The mandate at an instant."""
    force = state.mandate
    if force is None:
        return MandateTold("none")
    said, until = force.mandate, term(rules, state)
    over = force.over is not None or (until is not None and until < now)
    stands: Running = "over" if over else "to come" if now < force.since else "running"
    left = None if over or until is None else until - now
    return MandateTold(
        stands, force.since, until, left, said.tasks, said.ceiling, sum(state.force.values()),
        said.report_hours, said.regions,
    )  # fmt: skip


# ---- the contributors ----


@dataclass(frozen=True, slots=True)
class Contributor:
    """One contributor. `stage` is that of its track, in the page's words; `here` whether its people are there; `sent`
    None where nobody said how many. `room` is how many more may come, None without a ceiling and of who sends nobody.
    `due`: until when it has to take its next step, `late`: since when it should have left."""

    who: str
    stage: str
    here: bool
    sent: int | None
    ceiling: int | None
    room: int | None
    postings: tuple[Posting, ...]
    due: datetime | None = None
    late: datetime | None = None


def contributors(
    rules: Rules, state: State, position: Position, postings: Sequence[Posting]
) -> tuple[Contributor, ...]:
    """Everybody who has a track of its own in which contingents are sent."""
    found: list[Contributor] = []
    for track, (before, here) in _sending(rules).items():
        for key, stage in position.stages.items():
            name, _, who = key.partition(" of ")
            if name != track or not who:
                continue
            there = stage in here
            mandate = state.mandate
            found.append(
                Contributor(
                    who, stage, there, state.force.get(who),
                    mandate.mandate.ceilings.get(who) if mandate is not None else None,
                    room_for(state, who) if there or stage in before else None,
                    tuple(each for each in postings if each.who == who) if there else (),
                    _due(rules, state, who), _late(position, who),
                )
            )  # fmt: skip
    return tuple(found)


def _sending(rules: Rules) -> Mapping[str, tuple[frozenset[str], frozenset[str]]]:
    """The tracks in which contingents are sent, with the stages before, and those at which they are there."""
    found: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
    for step in rules.procedure.steps:
        if step.mandate == "within" and step.moves and step.moves[0].of is not None:
            move = step.moves[0]
            before, here = found.get(move.track, (frozenset[str](), frozenset[str]()))
            found[move.track] = before | frozenset(move.sources), here | {move.target}
    return found


def _due(rules: Rules, state: State, who: str) -> datetime | None:
    ends = [
        running.end
        for clock in rules.procedure.clocks
        if of_each(rules, clock) and (running := state.clocks.get(keyed(clock.name, who))) is not None
        and running.over is None
    ]  # fmt: skip
    return min((end for end in ends if end is not None), default=None)


def _late(position: Position, who: str) -> datetime | None:
    return next((late.since for late in position.late if late.kind == "departure" and late.what == who), None)


# ---- sites ----

Held: TypeAlias = Literal["held", "tasked", "free"]
"""Somebody is there; the mandate has a task there and nobody is; neither."""


@dataclass(frozen=True, slots=True)
class Site:
    """A place, or a name that the mandate, a contingent or a report has for one that the map does not have (`place`
    None). `number` is how the map calls it. `there` are those who are there."""

    number: int
    name: str
    place: Place | None
    held: Held
    there: tuple[Posting, ...]
    tasks: tuple[Task, ...]
    report: Report | None


def sites(
    places: Sequence[Place],
    state: State,
    present: Sequence[Contributor],
    reports: Sequence[Report],
) -> tuple[Site, ...]:
    """The places of the scenario in their order, then whatever else is named."""
    force = state.mandate
    running = force is not None and force.over is None
    tasks = force.mandate.tasks if force is not None and running else ()
    regions = force.mandate.regions if force is not None and running else ()
    there = [posting for each in present for posting in each.postings]
    known = {place.where for place in places}
    named = (
        *(task.where for task in tasks),
        *regions,
        *(each.where for each in there),
        *(r.region for r in reports),
    )
    others = [name for name in dict.fromkeys(named) if name and name not in known]
    rows: list[tuple[str, str, Place | None]] = [(place.where, place.title, place) for place in places]
    rows += [(name, name, None) for name in others]
    return tuple(
        _site(n, where, title, place, there, tasks, reports)
        for n, (where, title, place) in enumerate(rows, 1)
    )


def _site(
    number: int,
    where: str,
    title: str,
    place: Place | None,
    there: Sequence[Posting],
    tasks: Sequence[Task],
    reports: Sequence[Report],
) -> Site:
    here = tuple(each for each in there if each.where == where)
    own = tuple(task for task in tasks if task.where == where)
    held: Held = "held" if here else "tasked" if any(task.force != "must not" for task in own) else "free"
    last = next((each for each in reversed(reports) if each.region == where), None)
    return Site(number, title, place, held, here, own, last)


# ---- reports ----


@dataclass(frozen=True, slots=True)
class Region:
    """The reports on a region, the newest first; when the next is owed, and since when one is late."""

    name: str
    reports: tuple[Report, ...]
    due: datetime | None = None
    late: datetime | None = None


def regions(position: Position, reports: Sequence[Report]) -> Iterator[Region]:
    """The regions on which reports are owed, then those on which there are some."""
    due = {each.what: each.at for each in position.deadlines if each.kind == "report"}
    late = {each.what: each.since for each in position.late if each.kind == "report"}
    for name in dict.fromkeys((*due, *late, *(report.region for report in reports))):
        found = tuple(report for report in reversed(reports) if report.region == name)
        yield Region(name, found, due.get(name), late.get(name))
