"""The tracks of one matter as lanes: what each event changes on them, and where they may go on unseen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from foedus.assessment.orders import Change, Lane, Stages, Subject, Taken
from foedus.assessment.steps import Act, Bound, personal
from foedus.evidence.closings import Closings, RefutedFact
from foedus.evidence.record import Closing, Presumption
from foedus.ir.formula import Const, Var
from foedus.ir.procedure import Clock, Procedure, Step, Track
from foedus.ir.procedure import Move as Moved
from foedus.terms.time import EDate

Ground: TypeAlias = Closing | Presumption | RefutedFact
"""On what it rests that nobody took a step that the record does not have."""


@dataclass(frozen=True, slots=True)
class Way:
    """One step, or one clock, from a stage to another. `closed`: why it cannot have been taken unseen."""

    source: str
    target: str
    step: Step | None
    clock: Clock | None = None
    closed: Ground | None = None


@dataclass(frozen=True)
class Around:
    """One matter of a procedure: what its variables stand for, and what the dossier closes in its time."""

    procedure: Procedure
    bound: Bound
    closings: Closings
    span: EDate | None

    @cached_property
    def new(self) -> frozenset[str]:
        """The variables that are new in every step."""
        return personal(self.procedure)

    def owners(self, act: Act, of: Var | None) -> tuple[str, ...]:
        """Whose track is meant: several only of a step that several took; none where the record does not say."""
        if of is None:
            return ("",)
        values = act.bound.get(of.name, self.bound.get(of.name, ()))
        return values if of.name in self.new or len(values) == 1 else ()

    def moves(self, act: Act) -> Iterator[tuple[Subject, str]]:
        """The tracks that a step moves, and whither."""
        for move in act.step.moves:
            for owner in self.owners(act, move.of):
                yield Subject(move.track, owner), move.target

    def ways(self, subject: Subject) -> Iterator[tuple[Moved, Way]]:
        """Every move along a track, from each of its stages; what closes the step for this subject, if anything."""
        track = self.procedure.track(subject.track)
        both: tuple[Step | Clock, ...] = (*self.procedure.steps, *self.procedure.clocks)
        for each in both:
            for move in each.moves:
                if move.track != track.name:
                    continue
                step = each if isinstance(each, Step) else None
                closed = self._closed(step, move, subject) if step is not None else None
                clock = each if isinstance(each, Clock) else None
                for source in move.sources or track.stages:
                    yield move, Way(source, move.target, step, clock, closed)

    def way(self, subject: Subject, at: Stages, wanted: Iterable[str]) -> tuple[Way, ...]:
        """The shortest way along a track from one of the stages to one of those wanted; none if none leads there."""
        goals = set(wanted)
        ways = [way for _, way in self.ways(subject)]
        waiting: list[tuple[Way, ...]] = []
        seen = set(at)
        starts = [(stage, ()) for stage in sorted(at)]
        while starts:
            fresh: list[tuple[str, tuple[Way, ...]]] = []
            for stage, gone in starts:
                for way in ways:
                    if way.source == stage and way.target not in seen:
                        seen.add(way.target)
                        if way.target in goals:
                            waiting.append((*gone, way))
                        fresh.append((way.target, (*gone, way)))
            if waiting:
                return waiting[0]
            starts = fresh
        return ()

    def unseen(self, subject: Subject, own: Sequence[Act], spared: Sequence[Act] = ()) -> dict[str, Stages]:
        """From each stage, those to which the track may have gone on by steps that the record does not have. Nothing
        closes the steps that are `spared`: they are on record, and only left out of the question."""
        free: dict[str, set[str]] = {}
        for move, way in self.ways(subject):
            if way.step is None or self._open(way.step, way.closed, move, subject, own, spared):
                free.setdefault(way.source, set()).add(way.target)
        found: dict[str, Stages] = {}
        for stage in self.procedure.track(subject.track).stages:
            reached, waiting = {stage}, [stage]
            while waiting:
                for further in free.get(waiting.pop(), set()) - reached:
                    reached.add(further)
                    waiting.append(further)
            found[stage] = frozenset(reached)
        return found

    def _open(
        self,
        step: Step,
        closed: Ground | None,
        move: Moved,
        subject: Subject,
        own: Sequence[Act],
        spared: Sequence[Act],
    ) -> bool:
        """Whether a step may have been taken unseen."""
        if self._recorded(step, move, subject, own):
            return False
        return closed is None or any(
            act.step.name == step.name and subject.owner in self.owners(act, move.of) for act in spared
        )

    def _recorded(self, step: Step, move: Moved, subject: Subject, own: Sequence[Act]) -> bool:
        """Whether the record has this very step for this subject. On a track of all, a step that each may take is not
        all on record because one took it."""
        if move.of is None and any(mover.each for mover in step.movers):
            return False
        return any(act.step.name == step.name and subject.owner in self.owners(act, move.of) for act in own)

    def _closed(self, step: Step, move: Moved, subject: Subject) -> Ground | None:
        if step.act is None:
            return None
        known: dict[str, str] = {name: values[0] for name, values in self.bound.items() if len(values) == 1}
        if move.of is not None:
            known[move.of.name] = subject.owner
        args = tuple(
            term.name if isinstance(term, Const) else known.get(term.name) if isinstance(term, Var) else None
            for term in step.act.terms
        )
        return self.closings.covering(step.act.predicate, args, self.span)


def taken_of(around: Around, own: Sequence[Act], barred: frozenset[str]) -> tuple[Taken, ...]:
    """The events as changes of lanes. Where several are the same step on one lane, the later ones need not move it:
    three members break one silence."""
    number: dict[tuple[str, Subject], int] = {}
    for act in own:
        for subject in dict(around.moves(act)):
            number[act.step.name, subject] = number.get((act.step.name, subject), 0) + 1
    several = {key for key, times in number.items() if times > 1}
    return tuple(
        Taken(
            act.fact.id,
            act.days[0].toordinal(),
            act.days[1].toordinal(),
            _changes(around, act, several),
            tuple(day.toordinal() for day in act.fact.on.days) if act.fact.on is not None else (),
            act.fact.id in barred,
        )
        for act in own
    )


def _changes(around: Around, act: Act, several: Collection[tuple[str, Subject]]) -> Mapping[Subject, Change]:
    moves: dict[Subject, list[tuple[Stages, Stages]]] = {}
    needs: dict[Subject, Stages] = {}
    for move in act.step.moves:
        for owner in around.owners(act, move.of):
            step = (frozenset(move.sources), frozenset({move.target}))
            moves.setdefault(Subject(move.track, owner), []).append(step)
    for each in act.step.whiles:
        for owner in around.owners(act, each.of):
            subject = Subject(each.track, owner)
            needs[subject] = needs.get(subject, frozenset(each.stages)) & frozenset(each.stages)
    return {
        subject: Change(
            tuple(moves.get(subject, ())), needs.get(subject), (act.step.name, subject) in several
        )
        for subject in dict.fromkeys([*moves, *needs])
    }


def lanes_of(
    around: Around, own: Sequence[Act], taken: Iterable[Taken], spared: Sequence[Act] = ()
) -> dict[Subject, Lane]:
    """The lanes that the events concern."""
    subjects = dict.fromkeys(subject for step in taken for subject in step.changes)
    return {
        subject: Lane(frozenset({_track(around, subject).start}), around.unseen(subject, own, spared))
        for subject in subjects
    }


def _track(around: Around, subject: Subject) -> Track:
    return around.procedure.track(subject.track)
