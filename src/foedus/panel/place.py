"""Where each obligation stands in a frame: the rows of a panel, and which of them every interval fills.

The rows are every two states that both count in a period, in the order of the first state, the second, the period.
They are numbered state by state, so that nothing of the size of all conceivable rows is ever held: for one debtor, a
mask of (states, periods), and its running count as the numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from foedus.obligations.table import Table
from foedus.panel.periods import Periods

Index: TypeAlias = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True)
class Rows:
    """The rows of a panel of dyads: places of the two states in `codes`, and of the period; all of one length.
    `base` is the number of each debtor's first row, and of the end."""

    codes: npt.NDArray[np.int32]
    member: npt.NDArray[np.bool_]
    one: Index
    other: Index
    period: Index
    base: npt.NDArray[np.int64]
    directed: bool

    def __len__(self) -> int:
        return len(self.one)


@dataclass(frozen=True)
class Entries:
    """What fills the rows: obligation `of` (a row of the table) counts in `row`, of the period `when`; `turned` where
    the debtor is the second state of an undirected row. What finds no row is lost: `lost_of` and `lost_period` are
    places in the table, and of the period."""

    row: npt.NDArray[np.int64]
    of: npt.NDArray[np.int64]
    when: npt.NDArray[np.int64]
    turned: npt.NDArray[np.bool_]
    lost_of: npt.NDArray[np.int64]
    lost_period: npt.NDArray[np.int64]


def rows_of(codes: npt.NDArray[np.int32], member: npt.NDArray[np.bool_], directed: bool = True) -> Rows:
    """Every two states that both count in a period; undirected, the smaller number first and once."""
    n, length = member.shape
    sizes = np.zeros(n + 1, np.int64)
    counts = member.sum(axis=0, dtype=np.int64)
    for i in range(n):
        if directed:
            sizes[i + 1] = counts[member[i]].sum() - np.count_nonzero(member[i])
        else:
            sizes[i + 1] = np.count_nonzero(member[i + 1 :] & member[i])
    base = np.cumsum(sizes)
    total = int(base[-1])
    one = np.repeat(np.arange(n, dtype=np.int16), sizes[1:])
    other, period = np.empty(total, np.int16), np.empty(total, np.int16 if length < 1 << 15 else np.int32)
    # Taking from these by a mask is several times faster than asking where the mask is true.
    every_other = np.repeat(np.arange(n, dtype=other.dtype), length)
    every_period = np.tile(np.arange(length, dtype=period.dtype), n)
    for i in range(n):
        mask = _beside(member, i, directed).ravel()
        other[base[i] : base[i + 1]] = every_other[mask]
        period[base[i] : base[i + 1]] = every_period[mask]
    return Rows(codes, member, one, other, period, base, directed)


def _beside(member: npt.NDArray[np.bool_], i: int, directed: bool) -> npt.NDArray[np.bool_]:
    """With which states, and when, state `i` has rows in which it stands first."""
    mask = member & member[i]
    if directed:
        mask[i] = False
    else:
        mask[: i + 1] = False
    return mask


def entries_of(table: Table, rows: Rows, periods: Periods) -> Entries:
    """Which rows each obligation of the table fills."""
    first, after = periods.first_of(table.start), periods.after(table.ends)
    debtor, beneficiary = _at(rows.codes, table.debtor), _at(rows.codes, table.beneficiary)
    lead = debtor if rows.directed else np.where(debtor < beneficiary, debtor, beneficiary)
    follow = beneficiary if rows.directed else np.where(debtor < beneficiary, beneficiary, debtor)
    unknown = (debtor < 0) | (beneficiary < 0)
    order = np.argsort(np.where(unknown, -1, lead), kind="stable")
    lengths = np.maximum(after - first, 0)[order]
    of = np.repeat(order, lengths)
    when = np.arange(len(of)) - np.repeat(np.cumsum(lengths) - lengths, lengths) + first[of]
    row = np.full(len(of), -1, np.int64)
    length = rows.member.shape[1]
    strange = int(np.count_nonzero(unknown[of]))  # they stand first, and have no row
    edges = strange + np.searchsorted(lead[of[strange:]], np.arange(len(rows.codes) + 1))
    flat = follow[of] * length + when
    for i in range(len(rows.codes)):
        lower, upper = int(edges[i]), int(edges[i + 1])
        if lower == upper:
            continue
        mask = _beside(rows.member, i, rows.directed).ravel()
        rank = np.cumsum(mask, dtype=np.int32)
        own = flat[lower:upper]
        row[lower:upper] = np.where(mask[own], rank[own] - 1 + rows.base[i], -1)
    kept = row >= 0
    turned = (debtor > beneficiary)[of] & (not rows.directed)
    return Entries(row[kept], of[kept], when[kept], turned[kept], of[~kept], when[~kept])


def _at(codes: npt.NDArray[np.int32], numbers: Index) -> npt.NDArray[np.int64]:
    """The place of each number in `codes`; -1 for one that is not there."""
    at = np.searchsorted(codes, numbers)
    at = np.minimum(at, len(codes) - 1)
    return np.where(codes[at] == numbers, at, -1) if len(codes) else np.full(len(numbers), -1)
