"""What a form asks for: fields with labels and defaults, and the fieldsets in which a deed's parts stand.

Names of fields are those of `web/forms.py`: `terms.host`, `parts.1`, `mandate.tasks.0.what`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from foedus.council.clocks import term
from foedus.council.mandate import FORCES, Mandate, Task
from foedus.council.rules import Rules
from foedus.ir.procedure import Step
from foedus.report.deeds import moment
from foedus.web.parts.naming import Naming
from foedus.words.speech import marked_in, say, say_in

Shape: TypeAlias = Literal["line", "words", "number", "choice", "radio", "instant", "hidden", "tick"]
Option: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `value` is what stands in it; `options` are values with what they are called; `hint` says more."""

    name: str
    label: str
    shape: Shape = "line"
    value: str = ""
    options: tuple[Option, ...] = ()
    hint: str = ""
    required: bool = False
    least: int | None = None


@dataclass(frozen=True, slots=True)
class Fieldset:
    """Fields that belong together, below a heading; `folded` where hardly anybody needs them, `beside` one another
    where there is room."""

    name: str
    legend: str
    parts: tuple[Field | Fieldset, ...]
    folded: bool = False
    beside: bool = False


Asked: TypeAlias = Field | Fieldset

FORCE: Mapping[str, str] = {
    "may": marked_in("force of a task alone", "may"),
    "must": marked_in("force of a task alone", "must"),
    "must not": marked_in("force of a task alone", "must not"),
}
CLAUSES, TASKS = 3, 3
"""Empty lines that a new proposal has."""


def reason(label: str = "", *, required: bool = False, value: str = "") -> Field:
    """Words that go with a deed."""
    return Field("text", label or say("Words that go with it"), "words", value, required=required)


def chosen(name: str, label: str, options: Iterable[Option], value: str = "") -> Field:
    """One of several; where there is only one, it is said and not asked."""
    found = tuple(options)
    if len(found) == 1:
        return Field(name, label, "hidden", found[0][0], found)
    known = [each for each, _ in found]
    return Field(name, label, "choice", value if value in known else "", found, required=True)


def clauses(parts: Mapping[str, str], more: Mapping[str, str], empty: int) -> Fieldset:
    """The clauses of a proposal, one field each, and empty ones for new. `more` are those of a draft."""
    texts = {**parts, **more}
    fields = [
        Field(f"parts.{n}", say("Clause {number}", number=n), "words", text) for n, text in texts.items()
    ]
    start = 1 + max((int(n) for n in texts if n.isdecimal()), default=0)
    new = [
        Field(f"parts.{n}", say("Clause {number}, new", number=n), "words")
        for n in range(start, start + empty + 4)
    ]
    folded = Fieldset("more", say("More clauses"), tuple(new[empty:]), folded=True)
    return Fieldset("parts", say("Clauses"), (*fields, *new[:empty], folded))


def mandate(
    names: Naming, rules: Rules, step: Step, given: Mandate | None, *, change: bool, longer: int
) -> Fieldset:
    """A mandate: tasks, how many, from when until when, reports. `change`: what is left empty stays as it is."""
    extends = step.mandate == "extends"
    has = given or Mandate()
    hint = say("Left empty, what stands stays.") if change else say("Left empty, it has no end.")
    now = term(rules, names.state) if extends else None
    if now is not None:
        hint = say("As it is, it ends on {until}: give a later end.", until=moment(now))
    end = Fieldset(
        "end", say("Until when"),
        (
            Field("mandate.until", say("Until, room time"), "instant", _local(has.until)),
            Field(
                "mandate.until.hours", say("or so many hours from now"), "number",
                str(longer) if extends and longer and has.until is None else "",
                hint="" if extends and now is None else hint,
                least=1,
            ),
        ),
        beside=True,
    )  # fmt: skip
    how_many = Fieldset(
        "many", say("How many, at most"),
        (
            Field("mandate.ceiling", say("All together"), "number", _number(has.ceiling), least=0),
            Fieldset(
                "each", say("Each contributor by itself"),
                tuple(
                    Field(f"mandate.ceilings.{who}", names.who(who), "number", _number(has.ceilings.get(who)), least=0)
                    for who in rules.states(rules.on)
                ),
                folded=not has.ceilings,
            ),
        ),
    )  # fmt: skip
    reports = Fieldset(
        "reports", say("Reports"),
        (
            Field("mandate.report_hours", say("One every so many hours"), "number", _number(has.report_hours), least=1),
            Field("mandate.regions", say("On these regions, with commas between"), "line", ", ".join(has.regions)),
        ),
        beside=True,
    )  # fmt: skip
    since = Field("mandate.from", say("From, room time"), "instant", _local(has.since))
    parts: list[Asked] = (
        [end, *_hours(rules, names)] if extends else [_tasks(has.tasks), how_many, since, end]
    )
    if not extends:
        parts += [*_hours(rules, names), reports]
    return Fieldset("mandate", say("Mandate"), tuple(parts))


def _hours(rules: Rules, names: Naming) -> Iterator[Field]:
    for clock in rules.procedure.clocks:
        if clock.set_by == "decision":
            label = say("Length of {clock}, in hours", clock=names.clock(clock.name))
            yield Field(
                f"hours.{clock.name}",
                label,
                "number",
                hint=say("Instead of an end, where it runs from a step."),
                least=1,
            )


def _tasks(tasks: Sequence[Task]) -> Fieldset:
    rows = [_task(n, each) for n, each in enumerate(tasks)]
    start = len(rows)
    new = [_task(n, None) for n in range(start, start + TASKS + 3)]
    keep = max(TASKS - start, 1)
    return Fieldset(
        "tasks", say("Tasks"),
        (*rows, *new[:keep], Fieldset("more-tasks", say("More tasks"), tuple(new[keep:]), folded=True)),
    )  # fmt: skip


def _task(n: int, task: Task | None) -> Fieldset:
    at = f"mandate.tasks.{n}"
    forces = tuple((force, say_in("force of a task alone", FORCE[force])) for force in FORCES)
    return Fieldset(
        f"task{n}", say("Task {number}", number=n + 1),
        (
            Field(f"{at}.force", say("The force"), "choice", task.force if task else "may", forces),
            Field(f"{at}.what", say("What"), "line", task.what if task else ""),
            Field(f"{at}.where", say("Where; anywhere, if empty"), "line", task.where if task else ""),
        ),
        beside=True,
    )  # fmt: skip


def until(hours: int, *, hint: str = "") -> Fieldset:
    """An end: so many hours from now, or an instant in the room's time."""
    asked = (
        Field("until.hours", say("Hours from now, room time"), "number", str(hours or ""), hint=hint, least=1),
        Field("until", say("or until, room time"), "instant"),
    )  # fmt: skip
    return Fieldset("ends", say("Until when"), asked, beside=True)


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _local(at: datetime | None) -> str:
    return "" if at is None else f"{at:%Y-%m-%dT%H:%M}"
