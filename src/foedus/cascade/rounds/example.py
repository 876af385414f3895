"""Of an outcome one stratum, so that its course can be told: the acts of many strata together are no course.

The stratum is of the outcome's largest case, with the first answer of every question that is open there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Unpack

from foedus.cascade.rounds.outcome import Group, Strata
from foedus.cascade.rounds.run import Options, cascade
from foedus.ir.norm import Program
from foedus.terms.fact import Fact


@dataclass(frozen=True)
class Example:
    """One stratum of the outcome `of`, by its number: its answers to the open questions, and the stratum as a group of
    its own (with coins, over all its worlds). Its acts may turn on more answers than its outcome does."""

    of: int
    answers: Mapping[str, str]
    course: Group


def examples(
    strata: Strata,
    groups: Iterable[Group],
    program: Program,
    shock: Iterable[Fact | str],
    day: date,
    **options: Unpack[Options],
) -> tuple[Example, ...]:
    """A stratum of each of these groups of an answer, run again by itself with the options of `cascade`."""
    first = tuple(shock)
    open_ = [choice.id for choice in strata.choices if choice.open]
    found: list[Example] = []
    for group in groups:
        answers = stratum_of(strata, group)
        told = Options(**options)
        told.pop("tell", None)
        told.pop("taken_up", None)
        told["free"] = ()
        told["readings"] = {name: (answer,) for name, answer in answers.items()}
        alone = cascade(program, first, day, **told)
        assert len(alone.groups) == 1, "one stratum has one outcome"
        found.append(Example(group.number, {name: answers[name] for name in open_}, alone.groups[0]))
    return tuple(found)


def stratum_of(strata: Strata, group: Group) -> dict[str, str]:
    """An answer for every question, which together are a stratum of the group."""
    case = group.cases[0].answers
    return {choice.id: case.get(choice.id, choice.answers)[0] for choice in strata.choices if choice.answers}
