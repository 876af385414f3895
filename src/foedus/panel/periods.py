"""The periods of a panel, and the rule by which an interval of days counts for one.

Intervals are the truth; a year is a view of them. `any`: it counts for a year if it covers a day of it. `jan1`,
`july1`, `dec31`: if it covers that day. Of a panel by days, each day is a period of its own.

>>> p = periods(1914, 1916, "jan1")
>>> p.names.tolist(), p.first_of(np.array([date(1914, 8, 4).toordinal()])).tolist()
([1914, 1915, 1916], [1])
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Rule = Literal["any", "jan1", "july1", "dec31"]
RULES: dict[Rule, tuple[int, int] | None] = {"any": None, "jan1": (1, 1), "july1": (7, 1), "dec31": (12, 31)}
"""The rules, with month and day where one day decides."""

DEFAULT: Rule = "any"

Days = npt.NDArray[np.int32]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Periods:
    """Periods in order, without overlap. `start` and `until` are the days that decide, as ordinals, half-open; `names`
    are years (int16), or the days themselves as ordinals (int32)."""

    start: Days
    until: Days
    names: npt.NDArray[np.int16] | Days
    daily: bool = False

    def __len__(self) -> int:
        return len(self.start)

    def first_of(self, start: npt.NDArray[np.integer[Any]]) -> Places:
        """The first period that has a day on or after each day."""
        return np.searchsorted(self.until, start, side="right")

    def after(self, until: npt.NDArray[np.integer[Any]]) -> Places:
        """The first period that has no day before each day."""
        return np.searchsorted(self.start, until, side="left")

    def covered(self, first: date, last: date) -> npt.NDArray[np.bool_]:
        """Whether all days that decide lie from `first` to `last`, both included."""
        return (self.start >= first.toordinal()) & (self.until <= last.toordinal() + 1)


def periods(first: int, last: int, rule: Rule = DEFAULT) -> Periods:
    """The years from `first` to `last`, both included."""
    years = range(first, last + 1)
    names = np.arange(first, last + 1, dtype=np.int16)
    decides = RULES[rule]
    if decides is None:
        edges = np.array([date(year, 1, 1).toordinal() for year in years] + [_end(last)], np.int32)
        return Periods(edges[:-1], edges[1:], names)
    days = np.array([date(year, *decides).toordinal() for year in years], np.int32)
    return Periods(days, days + 1, names)


def days(first: date, last: date) -> Periods:
    """Every day from `first` to `last`, both included."""
    found = np.arange(first.toordinal(), last.toordinal() + 1, dtype=np.int32)
    return Periods(found, found + 1, found, daily=True)


def _end(year: int) -> int:
    return date(year, 12, 31).toordinal() + 1
