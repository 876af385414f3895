"""Figures that move: a series of values from documents, never one number.

A value is as of a day, from a document, perhaps by a speaker; one that was taken back stays in the
series, marked, and is never the latest. Values of one day from several documents stand side by side:
where they differ, nobody chooses among them.

>>> from fractions import Fraction
>>> from foedus.terms.time import day
>>> deaths = Quantity("deaths", "Deaths", "persons", (
...     Value(Fraction(164), day("2020-01-09"), "d1", withdrawn="technical error"),
...     Value(Fraction(26), day("2020-01-07"), "d0"),
... ))
>>> found = latest(deaths, day("2020-01-10").first)
>>> [int(value.value) for value in found.values], [int(value.value) for value in found.withdrawn]
([26], [164])
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from foedus.evidence.record import Quantity, Record, Value
from foedus.terms.time import order_key


@dataclass(frozen=True, slots=True)
class Latest:
    """The values of the latest day that stand, and the later ones that were taken back.

    `differ` is true where two values of that day are not the same; a lower bound ("at least 10")
    differs from a figure only if it is above it.
    """

    values: tuple[Value, ...]
    withdrawn: tuple[Value, ...]

    @property
    def differ(self) -> bool:
        """Whether the values of the latest day contradict one another."""
        figures = {value.value for value in self.values if not value.at_least}
        bounds = [value.value for value in self.values if value.at_least]
        return len(figures) > 1 or any(bound > figure for bound in bounds for figure in figures)


def series(quantity: Quantity) -> tuple[Value, ...]:
    """All values, withdrawn ones included, by the day they are as of."""
    return tuple(
        sorted(quantity.values, key=lambda value: (order_key(value.as_of), value.source, value.value))
    )


def latest(quantity: Quantity, on: date | None = None) -> Latest:
    """The latest values as of `on` (None: of the whole series).

    A value as of an uncertain day counts from its latest possible day only.
    """
    due = [value for value in series(quantity) if on is None or value.as_of.last <= on]
    standing = [value for value in due if not value.withdrawn]
    if not standing:
        return Latest((), tuple(due))
    last = max(value.as_of.last for value in standing)
    return Latest(
        tuple(value for value in standing if value.as_of.last == last),
        tuple(value for value in due if value.withdrawn and value.as_of.last >= last),
    )


def known_values(record: Record, quantity: Quantity, known_by: date) -> Quantity:
    """The quantity with only those values whose document was out by `known_by` (undated ones count)."""
    kept: list[Value] = []
    for value in quantity.values:
        source = record.sources.get(value.source)
        if source is None or source.date is None or source.date.last <= known_by:
            kept.append(value)
    return Quantity(quantity.id, quantity.title, quantity.unit, tuple(kept), quantity.place)
