"""The rules of one session: the pages, the procedure, the day whose law holds, who sits at the table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property

from foedus.council.electorate import holds_role
from foedus.council.state import Noted
from foedus.ir.decision import DecisionRule
from foedus.ir.formula import Var
from foedus.ir.norm import Program
from foedus.ir.procedure import OFFICES, Clock, Office, Procedure, Step, Track


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
        acts = (step.act for step in self.procedure.steps)
        marks = (act.mark for act in acts if act is not None)
        return frozenset(mark.name for mark in marks if isinstance(mark, Var))

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
        found = [self.held(role, on) for role in self._roles]
        return tuple(dict.fromkeys((*(who for each in found for who in each), *self.others)))

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
