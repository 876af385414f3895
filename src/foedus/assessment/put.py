"""A question as a person puts it: a day, and what is supposed, read and held against itself.

>>> read_day("--on", "2022-01-06")
datetime.date(2022, 1, 6)
>>> supposed([("directed", "no"), ("directed", "no")])
{'directed': 'no'}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE, whole
from foedus.terms.time import parse_date


def read_day(option: str, text: str | None, written: str = "{option} {day}") -> date | None:
    """A single day; a month or a span is refused (F502) with what to write instead, in the form in
    which the option is `written`."""
    if text is None:
        return None
    place = whole(written.format(option=option, day=text))
    when = parse_date(text, place)
    if when.first != when.last:
        instead = written.format(option=option, day=when.first)
        raise Refused(
            Problem("F502", place, {"option": option, "text": text}, help=f"Write a day: {instead}.")
        )
    return when.first


def supposed(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """What is supposed, by name. Refuses two values for one name (F512)."""
    found: dict[str, str] = {}
    for name, value in pairs:
        if found.setdefault(name, value) != value:
            raise Refused(Problem("F512", NOWHERE, {"what": f"`{name}={found[name]}`, `{name}={value}`"}))
    return found
