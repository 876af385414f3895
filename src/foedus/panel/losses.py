"""What the frame has no row for: obligations between states of which one is not in it, named and counted.

Merges lose these in silence: micro-states, the German states before 1871, states under occupation, whoever is not a
member of the system on the days in question.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from foedus.obligations.table import Table
from foedus.panel.periods import Periods
from foedus.panel.place import Entries, Rows


@dataclass(frozen=True, slots=True)
class Missing:
    """A state for whose sake rows are lost: how many (a row with two such states counts for both), the first and the
    last period, and whether the frame knows it at another time."""

    state: int
    rows: int
    first: int
    last: int
    known: bool


@dataclass(frozen=True)
class Losses:
    """How many rows (two states and a period) of a data set are lost, in how many intervals, and for whose sake."""

    source: str
    rows: int = 0
    intervals: int = 0
    states: tuple[Missing, ...] = ()


def losses_of(table: Table, entries: Entries, rows: Rows, periods: Periods) -> Losses:
    """What of the table found no row."""
    of, when = entries.lost_of, entries.lost_period
    if not len(of):
        return Losses(table.source)
    one, other = table.debtor[of].astype(np.int64), table.beneficiary[of].astype(np.int64)
    if not rows.directed:
        one, other = np.minimum(one, other), np.maximum(one, other)
    lost = distinct((one << 48) | (other << 32) | when)
    first, second, period = lost >> 48, (lost >> 32) & 0xFFFF, lost & 0xFFFFFFFF
    away = [~_there(rows, numbers, period) for numbers in (first, second)]
    states = np.concatenate((first[away[0]], second[away[1]]))
    at = np.concatenate((period[away[0]], period[away[1]]))
    order = np.argsort(states, kind="stable")
    states, at = states[order], at[order]
    begins = np.flatnonzero(np.diff(states, prepend=-1))
    sizes = np.diff(begins, append=len(states))
    earliest, latest = np.minimum.reduceat(at, begins), np.maximum.reduceat(at, begins)
    known = np.isin(states[begins], rows.codes)
    found = [
        Missing(int(state), int(size), int(periods.names[start]), int(periods.names[end]), bool(there))
        for state, size, start, end, there in zip(states[begins], sizes, earliest, latest, known, strict=True)
    ]
    found.sort(key=lambda each: (-each.rows, each.state))
    return Losses(table.source, len(lost), len(distinct(of)), tuple(found))


def distinct(numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The numbers, each once, in order. By sorting: keys made of several numbers, as here, fall together in the hash by
    which numpy's `unique` tells them apart."""
    ordered = np.sort(numbers)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))] if len(ordered) else ordered


def _there(
    rows: Rows, numbers: npt.NDArray[np.int64], period: npt.NDArray[np.int64]
) -> npt.NDArray[np.bool_]:
    """Whether each state is in the frame in the period."""
    at = np.minimum(np.searchsorted(rows.codes, numbers), len(rows.codes) - 1)
    return (rows.codes[at] == numbers) & rows.member[at, period]
