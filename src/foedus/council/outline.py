"""What of a step hangs on nothing but the page: its variables, which of them are new each time, who may take it.

A chair that tries every deed anybody could think of asks for it thousands of times, so that the rules keep it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from foedus.council.variables import free
from foedus.ir.formula import Var
from foedus.ir.procedure import Step


@dataclass(frozen=True)
class Outline:
    """One step as it is written."""

    step: Step

    @cached_property
    def asked(self) -> Mapping[str, Var]:
        """The variables on which it turns whether the step may be taken, by name."""
        return {var.name: var for var in dict.fromkeys(_asked(self.step))}

    @cached_property
    def variables(self) -> Mapping[str, Var]:
        """All variables by name, but for the name of the step's own act."""
        act = self.step.act
        terms = () if act is None else act.terms
        return {**self.asked, **{term.name: term for term in terms if isinstance(term, Var)}}

    @cached_property
    def own(self) -> frozenset[str]:
        """The variables that are new in every step: a mover of whom there is one each, and whose track it is."""
        step = self.step
        each = {mover.var.name for mover in step.movers if mover.var is not None and mover.each}
        return frozenset(each | {move.of.name for move in step.moves if move.of is not None})

    @cached_property
    def movers_only(self) -> frozenset[str]:
        """The variables that only say who may take the step: where somebody else takes it they stand for nobody."""
        step, act = self.step, self.step.act
        used = {var.name for var in _used(step)}
        used |= {term.name for term in (() if act is None else act.terms) if isinstance(term, Var)}
        return frozenset(mover.var.name for mover in step.movers if mover.var is not None) - used

    @cached_property
    def subject(self) -> str:
        """The variable whose track the step moves along, if that is not the matter's; else empty."""
        return next((move.of.name for move in self.step.moves[:1] if move.of is not None), "")

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The variables' names, the subject first: what the others stand for may hang on it."""
        return tuple(sorted(self.variables, key=lambda name: name != self.subject))

    @cached_property
    def mark(self) -> str:
        """The name by which other steps speak of its act; empty if it has none."""
        act = self.step.act
        return act.mark.name if act is not None and isinstance(act.mark, Var) else ""

    @cached_property
    def new_mark(self) -> str:
        """The same, where it is the step that gives the name; empty where it speaks of an act by that name itself."""
        return "" if self.mark in self.variables else self.mark

    @cached_property
    def title(self) -> str:
        """The step as a message calls it."""
        step = self.step
        return step.name if step.title in ("", step.name) else f"{step.name} ({step.title})"


def _asked(step: Step) -> Iterator[Var]:
    yield from (mover.var for mover in step.movers if mover.var is not None)
    yield from _used(step)


def _used(step: Step) -> Iterator[Var]:
    yield from (move.of for move in step.moves if move.of is not None)
    yield from (look.of for look in step.whiles if look.of is not None)
    if step.condition is not None:
        yield from free(step.condition)
