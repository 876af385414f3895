"""How the chair refuses: with the article, what it is that does not fit, and what would be allowed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from foedus.council.deed import Kind
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE, Place
from foedus.ir.decision import DecisionRule
from foedus.ir.procedure import Clock, Mover, Procedure, Step
from foedus.words.speech import Phrase, marked_in, phrase, phrase_in


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


KIND: Mapping[Kind, str] = {
    "step": marked_in("kind of deed", "step"), "propose": marked_in("kind of deed", "propose"),
    "withdraw": marked_in("kind of deed", "withdraw"), "amend": marked_in("kind of deed", "amend"),
    "open": marked_in("kind of deed", "open"), "vote": marked_in("kind of deed", "vote"),
    "object": marked_in("kind of deed", "object"), "extend": marked_in("kind of deed", "extend"),
    "close": marked_in("kind of deed", "close"), "rule": marked_in("kind of deed", "rule"),
    "report": marked_in("kind of deed", "report"), "seat": marked_in("kind of deed", "seat"),
    "unseat": marked_in("kind of deed", "unseat"), "correct": marked_in("kind of deed", "correct"),
    "tick": marked_in("kind of deed", "tick"),
}  # fmt: skip


def kind_named(kind: Kind) -> Phrase:
    """A kind of deed as a message calls it."""
    return phrase_in("kind of deed", KIND[kind])


def unnamed(step: Step, var: str) -> Refused:
    """What a step has to be told, and is not (F674)."""
    why = phrase("`{var}` of {step} is not named", var=var, step=titled(step))
    return refusal("F674", step, var=var, step=titled(step), why=why)


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
