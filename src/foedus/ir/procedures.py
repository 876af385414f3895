"""What can be said only of a whole procedure: names that nothing declares, stages without a way in or out.

>>> check_procedures(Program(), frozenset())
()
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from foedus.diagnostics.problem import Note, Problem
from foedus.diagnostics.span import NOWHERE, Place
from foedus.diagnostics.suggest import suggest
from foedus.ir.formula import Var
from foedus.ir.norm import Program
from foedus.ir.procedure import Clock, Move, Mover, Procedure, Step, Track, While
from foedus.terms.states import STATES


def check_procedures(program: Program, own: Collection[str]) -> tuple[Problem, ...]:
    """The problems of the procedures of the instruments in `own`.

    Errors: a track, stage or step that nothing declares (F649), a stage from which nothing leads on and which is
    no end (F650), a step without a move (F652), one decided by an unknown rule (F653), a mover who can never act
    (F654), a variable that nothing binds (F655). Warning: a stage that nothing leads to (F651).
    """
    found: dict[tuple[str, Place, str], Problem] = {}
    for procedure in program.procedures.values():
        if procedure.instrument in own:
            for problem in _Checker(program, procedure).all():  # what belongs to every text is wrong once
                found.setdefault((problem.code, problem.place, problem.label), problem)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class _Checker:
    program: Program
    procedure: Procedure

    def all(self) -> Iterator[Problem]:
        unknown = list(self.undeclared())
        yield from unknown
        if not unknown:  # a slip of spelling would look like two stages that nothing joins
            yield from self.stages()
        for step in self.procedure.steps:
            if not step.moves:
                yield Problem("F652", step.place, {"name": step.name})
            yield from self.rule(step)
            yield from self.movers(step)
            yield from self.unbound(step)
        for clock in self.procedure.clocks:
            yield from self.unbound_by(clock)

    # ---- names ----

    def undeclared(self) -> Iterator[Problem]:
        """F649: tracks, stages and steps that are named and not declared."""
        steps = [step.name for step in self.procedure.steps]
        for track in self.procedure.tracks:
            yield from self._among(track.ends, track.stages, "stages", track.name, track.place)
        for step in self.procedure.steps:
            for move in step.moves:
                yield from self._move(move)
            for each in step.whiles:
                yield from self._on_track(each, each.stages)
        for clock in self.procedure.clocks:
            yield from self._among((*clock.starts, *clock.until), steps, "steps", self.name, clock.place)
            for move in clock.moves:
                yield from self._move(move)
        yield from self._among(self.procedure.precedence, steps, "steps", self.name, self.procedure.place)

    @property
    def name(self) -> str:
        return self.procedure.id.partition(".")[2]

    def _move(self, move: Move) -> Iterator[Problem]:
        return self._on_track(move, (*move.sources, move.target))

    def _on_track(self, at: Move | While, stages: Iterable[str]) -> Iterator[Problem]:
        track = next((t for t in self.procedure.tracks if t.name == at.track), None)
        if track is None:
            names = [t.name for t in self.procedure.tracks]
            yield from self._among((at.track,), names, "tracks", self.name, at.place)
        else:
            yield from self._among(stages, track.stages, "stages", track.name, at.place, track.place)

    def _among(
        self, names: Iterable[str], known: Collection[str], kind: str, of: str, place: Place,
        declared: Place = NOWHERE,
    ) -> Iterator[Problem]:  # fmt: skip
        for name in dict.fromkeys(names):
            if name not in known:
                near = suggest(name, known)
                values = {"name": name, "kind": kind, "of": of, "near": near or ""}
                notes = (Note(declared, "the track"),) if declared != NOWHERE else ()
                label = f"perhaps `{near}`?" if near else ""
                yield Problem("F649", place, values, label, notes)

    # ---- stages ----

    def stages(self) -> Iterator[Problem]:
        """F650 and F651, from the moves of all steps and clocks."""
        for track in self.procedure.tracks:
            moves = list(self._moves(track))
            for stage in track.stages:
                on = any(move.target != stage and stage in (move.sources or track.stages) for move in moves)
                if not on and stage not in track.ends:
                    yield Problem("F650", track.place, {"stage": stage, "track": track.name}, f"`{stage}`")
            reached = _reached(track, moves)
            for stage in track.stages:
                if stage not in reached:
                    yield Problem("F651", track.place, {"stage": stage, "track": track.name}, f"`{stage}`")

    def _moves(self, track: Track) -> Iterator[Move]:
        both: tuple[Step | Clock, ...] = (*self.procedure.steps, *self.procedure.clocks)
        return (move for each in both for move in each.moves if move.track == track.name)

    # ---- who acts ----

    def rule(self, step: Step) -> Iterator[Problem]:
        """F653: the rule is none of the program's."""
        known = {rule.id for rule in self.program.rules}
        if step.rule is not None and step.rule not in known:
            near = suggest(step.rule, known)
            label = f"perhaps `{near}`?" if near else ""
            yield Problem("F653", step.place, {"name": step.rule, "near": near or ""}, label)

    def movers(self, step: Step) -> Iterator[Problem]:
        """F654: a decision that no organ of the rule takes; a state that was never a party; a group."""
        organs = {rule.organ for rule in self.program.rules if rule.id == step.rule}
        for mover in step.movers:
            if organs and mover.name not in organs:
                listed = " or ".join(sorted(organs))
                yield self._never(step, mover, f"the rule is one of {listed}")
            elif mover.name and self._sort(mover.name) == "Group":
                yield self._never(step, mover, f"{mover.name} is a group")
            elif mover.name in STATES and not self._was_party(mover.name):
                yield self._never(step, mover, f"{mover.name} was never a party")

    def _never(self, step: Step, mover: Mover, why: str) -> Problem:
        who = mover.name or mover.office or (mover.var.name if mover.var is not None else "")
        return Problem("F654", step.place, {"who": who, "name": step.name}, why)

    def _sort(self, code: str) -> str:
        actor = self.program.vocabulary.actors.get(code)
        return actor.sort if actor is not None else ""

    def _was_party(self, code: str) -> bool:
        lives = self.program.instruments[self.procedure.instrument].lives
        return any(life.state == code for life in lives)

    # ---- variables ----

    def unbound(self, step: Step) -> Iterator[Problem]:
        """F655: whose track it is, or which act is meant, that no mover and no act says."""
        known = _bound(step)
        for at in (*step.moves, *step.whiles):
            if at.of is not None and at.of not in known:
                yield Problem("F655", at.place, {"name": at.of.name, "step": step.name})
        marks = {each.act.mark for each in self.procedure.steps if each.act is not None}
        for term in step.act.terms if step.act is not None else ():
            if isinstance(term, Var) and self._is_act(term) and term not in marks and step.act is not None:
                yield Problem("F655", step.act.place, {"name": term.name, "step": step.name})

    def unbound_by(self, clock: Clock) -> Iterator[Problem]:
        """F655: whose track a clock moves, if a step that starts it does not say so."""
        for step in self.procedure.steps:
            known = _bound(step)
            for move in clock.moves if step.name in clock.starts else ():
                if move.of is not None and move.of not in known:
                    yield Problem("F655", move.place, {"name": move.of.name, "step": step.name})

    def _is_act(self, var: Var) -> bool:
        predicate = self.program.vocabulary.predicates.get(var.sort)
        return var.sort == "Act" or (predicate is not None and predicate.kind == "act")


def _reached(track: Track, moves: Collection[Move]) -> set[str]:
    """The stages to which moves lead from the first."""
    reached, new = {track.start}, {track.start}
    while new:
        new = {m.target for m in moves if not m.sources or new & set(m.sources)} - reached
        reached |= new
    return reached


def _bound(step: Step) -> frozenset[Var]:
    """The variables that whoever takes the step names: those of its movers and its act."""
    movers = {mover.var for mover in step.movers if mover.var is not None}
    terms = (*step.act.terms, step.act.mark) if step.act is not None else ()
    return frozenset(movers | {term for term in terms if isinstance(term, Var)})


__all__ = ["check_procedures"]
