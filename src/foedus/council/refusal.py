"""How the chair refuses: with the article, what it is that does not fit, and what would be allowed."""

from __future__ import annotations

from collections.abc import Iterable

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE, Place
from foedus.ir.decision import DecisionRule
from foedus.ir.procedure import Clock, Mover, Procedure, Step
from foedus.words.speech import Phrase, phrase, phrase_in


def refusal(
    code: str, under: Step | Clock | DecisionRule | Procedure | None, instead: str = "", /, **values: str
) -> Refused:
    """A refusal under a step, a clock or a rule, whose article is the problem's place. `instead`: what would do."""
    place: Place = NOWHERE if under is None else under.place
    if (
        code == "F668"
        and isinstance(under, Step)
        and under.condition is not None
        and under.condition.place.line
    ):
        place = under.condition.place
    return Refused(Problem(code, place, values, help=instead))


def listed(names: Iterable[str]) -> str:
    """Names as a list, or a word where there are none."""
    found = tuple(names)
    return phrase("{names}", names=found) if found else phrase_in("steps", "none")


def titled(step: Step) -> str:
    """A step as a message calls it."""
    return step.name if step.title in ("", step.name) else f"{step.name} ({step.title})"


def mover_named(mover: Mover) -> Phrase:
    """Who takes a step."""
    if mover.office == "chair":
        return phrase("the chair")
    if mover.office == "secretary":
        return phrase("the secretary")
    if mover.office == "commander":
        return phrase("the commander")
    if mover.name:
        return phrase("{organ}, by a decision", organ=mover.name)
    if mover.each:
        return phrase("each {role}", role=mover.role)
    return phrase("{who}", who=mover.var.name if mover.var else "")
