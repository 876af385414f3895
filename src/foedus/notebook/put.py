"""A question as Python puts it: days, suppositions and chances as values of its own.

>>> settings("suppose", {"directed": False, "cst.aggression": "any author"})
{'directed': 'no', 'cst.aggression': 'any author'}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias, cast

from foedus.assessment.case import Asked
from foedus.assessment.put import read_day, supposed
from foedus.assessment.weights import read_weights, weights_of
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE, whole

Day: TypeAlias = str | date
"""A day: `"2022-01-06"`, or a `datetime.date`."""

Settings: TypeAlias = Mapping[str, str | bool | date]
"""What is supposed, by id: `{"directed": "no"}`. True and False are `yes` and `no`."""

Chance: TypeAlias = str | int | float | Fraction | Decimal
"""A chance from 0 to 1, exactly: `"1/3"`, `Fraction(1, 3)`, `0.25`."""

Chances: TypeAlias = Mapping[str, Chance | Mapping[str, Chance]]
"""Chances by id; of a question, a mapping from its answers to theirs."""

_SETTINGS = 'Write a mapping from ids to values: {name}={{"directed": "no"}}.'


def put(
    *,
    on: Day | None = None,
    known_by: Day | None = None,
    suppose: Settings | None = None,
    reading: Settings | None = None,
    only: str | Iterable[str] = (),
    weights: str | Path | Chances | None = None,
) -> Asked:
    """What is asked. Raises `Refused` for a value that cannot be read (F502, F505, F506, F512, F553)."""
    return Asked(
        on=read("on", on),
        known_by=read("known_by", known_by),
        suppose=supposed(
            [*settings("suppose", suppose or {}).items(), *settings("reading", reading or {}).items()]
        ),
        only=(only,) if isinstance(only, str) else tuple(_texts("only", only)),
        weights=_weights(weights),
    )


def settings(name: str, given: object) -> dict[str, str]:
    """Suppositions as text."""
    if not isinstance(given, Mapping):
        raise _wrong(name, given, _SETTINGS.format(name=name))
    found: dict[str, str] = {}
    for key, value in cast("Mapping[object, object]", given).items():
        if isinstance(value, bool):
            value = "yes" if value else "no"
        elif isinstance(value, date):
            value = value.isoformat()
        if not isinstance(key, str) or not isinstance(value, str):
            raise _wrong(name, {key: value}, _SETTINGS.format(name=name))
        found[key] = value
    return found


def read(name: str, given: object) -> date | None:
    """A day, as text or as a date. Raises `Refused` for what is none (F502, F553)."""
    if given is None:
        return None
    if isinstance(given, date):
        return date(given.year, given.month, given.day)  # of a datetime, its day
    if not isinstance(given, str):
        raise _wrong(name, given, f'Write a day: {name}="2022-01-06".')
    return read_day(name, given, '{option}="{day}"')


def _texts(name: str, given: object) -> list[str]:
    names = list(cast("Iterable[object]", given)) if isinstance(given, Iterable) else [given]
    found = [each for each in names if isinstance(each, str)]
    if len(found) < len(names):
        raise _wrong(name, given, f'Write names: {name}=["cst.assist"].')  # pyright: ignore[reportUnknownArgumentType]
    return found


def _weights(given: object) -> Mapping[str, Fraction] | None:
    if given is None:
        return None
    if isinstance(given, (str, Path)):
        return read_weights(Path(given))
    if not isinstance(given, Mapping):
        raise _wrong("weights", given, 'Write weights={"directed": "1/3"}, or the path of a file.')
    return weights_of(_written(cast("Mapping[str, object]", given)), whole("weights"))


def _written(chances: Mapping[str, object]) -> dict[str, object]:
    """Chances as a person would write them: a float by its shortest decimal, a fraction as one."""
    found: dict[str, object] = {}
    for name, value in chances.items():
        if isinstance(value, Mapping):
            value = _written(cast("Mapping[str, object]", value))
        elif isinstance(value, float):
            value = Decimal(repr(value))
        elif isinstance(value, Fraction):
            value = str(value)
        found[str(name)] = value
    return found


def _wrong(name: str, given: object, wanted: str) -> Refused:
    return Refused(Problem("F553", NOWHERE, {"name": name, "given": repr(given)}, help=wanted))
