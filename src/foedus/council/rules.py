"""The rules of one session: the pages, the procedure, the day whose law holds, who sits at the table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from foedus.council.electorate import holds_role
from foedus.council.outline import Outline
from foedus.council.state import Noted, State
from foedus.ir.decision import DecisionRule
from foedus.ir.norm import Program
from foedus.ir.procedure import OFFICES, Clock, Office, Procedure, Step, Track

ACTORS = ("Actor", "Thing")
MOST_KEPT = 4096
"""Of how much that was worked out about one state the rules keep: whoever sends nonsense for ever fills no memory."""


@dataclass(frozen=True)
class Rules:
    """By what a session goes. Two sessions with the same rules and the same deeds stand alike.

    `on` is the day whose texts hold. Who is a member on a day is in the pages; `members` says it where they do not, or
    where a session is to differ (`csto`, or `csto.guarantor` for a role). `others` are further states that the matter
    concerns. `answers` are the readings by which the room goes, by question; `known` what is established beforehand.
    `weights` are those that the pages do not give. `announced`: a decision counts as taken when its act is filed, and
    no ballot is asked for (a historic record of which the votes are not known)."""

    program: Program
    procedure: Procedure
    on: date
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    others: tuple[str, ...] = ()
    offices: tuple[Office, ...] = OFFICES
    answers: Mapping[str, str] = field(default_factory=dict[str, str])
    known: tuple[Noted, ...] = ()
    weights: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict[str, Mapping[str, Fraction]])
    announced: bool = False

    @cached_property
    def instrument(self) -> str:
        """The page of the procedure."""
        return self.procedure.id.partition(".")[0]

    @cached_property
    def tracks(self) -> Mapping[str, Track]:
        """By name."""
        return {each.name: each for each in self.procedure.tracks}

    @cached_property
    def steps(self) -> Mapping[str, Step]:
        """By name."""
        return {each.name: each for each in self.procedure.steps}

    @cached_property
    def outlines(self) -> Mapping[str, Outline]:
        """What of each step hangs on nothing but the page, by its name."""
        return {each.name: Outline(each) for each in self.procedure.steps}

    @cached_property
    def noted(self) -> Mapping[str, tuple[Noted, ...]]:
        """What is known beforehand, by predicate."""
        found: dict[str, tuple[Noted, ...]] = {}
        for each in self.known:
            found[each.predicate] = (*found.get(each.predicate, ()), each)
        return found

    @cached_property
    def dead_ends(self) -> frozenset[tuple[str, str]]:
        """The tracks, each with a stage that is no end and from which nothing leads on: no step, no clock."""
        moves = [move for step in self.procedure.steps for move in step.moves]
        moves += [move for clock in self.procedure.clocks for move in clock.moves]
        return frozenset(
            (track.name, at)
            for track in self.procedure.tracks
            for at in track.stages
            if at not in track.ends
            and not any(
                move.track == track.name and move.target != at and (not move.sources or at in move.sources)
                for move in moves
            )
        )

    @cached_property
    def clocks(self) -> Mapping[str, Clock]:
        """By name."""
        return {each.name: each for each in self.procedure.clocks}

    @cached_property
    def texts(self) -> Mapping[str, str | None]:
        """The text of each instrument that is in force on the day: the newest that has begun."""
        return {
            name: next((text.id for text in reversed(known.texts) if text.start.first <= self.on), None)
            for name, known in self.program.instruments.items()
        }

    @cached_property
    def decisions(self) -> Mapping[str, DecisionRule]:
        """The rules of decision under the texts of the day, by id."""
        found: dict[str, DecisionRule] = {}
        for rule in self.program.rules:
            if rule.text in (None, self.texts.get(rule.id.partition(".")[0])):
                found.setdefault(rule.id, rule)
        return found

    @cached_property
    def marks(self) -> frozenset[str]:
        """The names by which steps speak of the acts of others."""
        return frozenset(each.mark for each in self.outlines.values() if each.mark)

    def about(self, state: State) -> dict[Any, Any]:
        """What was worked out about a state already, until another is asked about: whoever lays out a position asks the
        same again for every deed that it tries. Keys are of whoever asks."""
        of, kept = self._about[0]
        if of is not state or len(kept) > MOST_KEPT:
            kept = dict[Any, Any]()
            self._about[0] = state, kept
        return kept

    @cached_property
    def _about(self) -> list[tuple[State | None, dict[Any, Any]]]:
        return [(None, {})]

    def leaving(self, track: str, stage: str) -> tuple[str, ...]:
        """The steps that lead on from a stage, by name."""
        found = self._leaving.get((track, stage))
        if found is None:
            found = self._leaving[track, stage] = tuple(
                dict.fromkeys(
                    step.name for step in self.procedure.steps
                    for m in step.moves if m.track == track and (not m.sources or stage in m.sources)
                )
            )  # fmt: skip
        return found

    @cached_property
    def _leaving(self) -> dict[tuple[str, str], tuple[str, ...]]:
        return {}

    def held(self, role: str, on: date) -> tuple[str, ...]:
        """Who holds a role on a day: `csto` its parties, `csto.guarantor` its guarantors. Those of whom the dates leave
        it open are among them: whether they sit is not for a page to refuse."""
        if role in self.members:
            return self.members[role]
        found = self._holders.get((role, on))
        if found is None:
            owner, _, name = role.partition(".")
            known = self.program.instruments.get(owner)
            lives = known.lives if known is not None else ()
            found = self._holders[role, on] = tuple(
                who
                for who in dict.fromkeys(life.state for life in lives)
                if holds_role(self.program, who, name or "party", owner, on) is not False
            )
        return found

    @cached_property
    def _holders(self) -> dict[tuple[str, date], tuple[str, ...]]:
        """What was looked up in the pages already: a chair asks for it again and again."""
        return {}

    def states(self, on: date) -> tuple[str, ...]:
        """All for whom a variable can stand that is a state: the parties, those in a role that takes a step, the
        members of an organ that decides, then the others."""
        found = self._states.get(on)
        if found is None:
            held = (who for role in self._roles for who in self.held(role, on))
            found = self._states[on] = tuple(dict.fromkeys((*held, *self.others)))
        return found

    @cached_property
    def _states(self) -> dict[date, tuple[str, ...]]:
        return {}

    def sorted_as(self, sort: str, on: date) -> tuple[str, ...] | None:
        """What a variable of a sort can stand for on a day; None for acts and incidents, which the record has."""
        if (sort, on) not in self._sorted:
            self._sorted[sort, on] = self._as(sort, on)
        return self._sorted[sort, on]

    @cached_property
    def _sorted(self) -> dict[tuple[str, date], tuple[str, ...] | None]:
        return {}

    def _as(self, sort: str, on: date) -> tuple[str, ...] | None:
        known = self.program.vocabulary
        if sort in known.values:
            return tuple(known.values[sort])
        if sort == "State":
            return self.states(on)
        if sort == "Organ":
            declared = (code for code, actor in known.actors.items() if actor.sort == "Organ")
            return tuple(dict.fromkeys((*self.organs, *declared)))
        if sort == "Group":
            return tuple(code for code, actor in known.actors.items() if actor.sort == "Group")
        if sort in ACTORS:
            return tuple(dict.fromkeys((*self.states(on), *self.organs, *known.actors)))
        return None

    @cached_property
    def _roles(self) -> tuple[str, ...]:
        movers = [mover for step in self.procedure.steps for mover in step.movers if mover.each]
        named = [f"{self.instrument}.{mover.role}" for mover in movers if mover.role != "party"]
        known = (self.decisions.get(step.rule or "") for step in self.procedure.steps)
        deciding = (rule.members for rule in known if rule is not None)
        return tuple(dict.fromkeys((self.instrument, *named, *deciding)))

    @cached_property
    def organs(self) -> tuple[str, ...]:
        """The organs that the procedure names: its own, and those that take a step."""
        named = [mover.name for step in self.procedure.steps for mover in step.movers if mover.name]
        return tuple(dict.fromkeys((self.procedure.organ, *named)))
