"""What stands in the cells of a data set's columns: pledges, their conditions, how many instruments.

The columns of the data set `atop`, integers all:

| column | value |
|---|---|
| `atop_defense` … `atop_consul` | 1: the first state owes the second this pledge under some instrument; 0: under none |
| `atop_defense_conditional` … | 1: it does, and under every such instrument only on a condition |
| `atop_varies` | 1: a pledge here rests on a row whose pledges differ by partner, and the source does not say to whom |
| `atop_instruments` | how many instruments oblige the first state towards the second |
| `atop_if_adversary` … | 1: an instrument behind a pledge here has the condition somewhere in its text |
| `atop_from_signature` | how many of the instruments are counted from signature, their entry into force being unknown |
| `atop_asymmetric` | of an undirected pair, 1: the two do not owe each other the same |

Of an undirected pair, a pledge is 1 where either owes it to the other. Of a conditional pledge the markers are no
formula: they say that something of the kind stands in the treaty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from foedus.obligations.obligation import PLEDGES
from foedus.obligations.table import WORDS, Table, bits_of, condition_mask
from foedus.panel.periods import Periods
from foedus.panel.place import Entries, Rows, entries_of

Column = npt.NDArray[Any]
MARKERS = ("adversary", "location", "conflict", "number", "demand", "unprovoked", "request")
"""The conditions that data sets mark."""


@dataclass(frozen=True)
class Wanted:
    """Which columns are made: of these pledges, and with the markers of conditions."""

    pledges: tuple[str, ...] = PLEDGES
    markers: bool = False


def narrowed(table: Table, pledges: Sequence[str]) -> Table:
    """The rows that have one of these pledges, and nothing of the others."""
    bits = bits_of(pledges)
    found = table.where((table.pledges & bits) != 0)
    mask = np.uint64(condition_mask(pledges))
    return replace(found, pledges=found.pledges & np.uint8(bits), conditions=found.conditions & mask)


def columns_of(
    table: Table, rows: Rows, periods: Periods, wanted: Wanted
) -> tuple[dict[str, Column], Entries]:
    """The data set's columns over these rows, by name, with what filled them. `table` is narrowed already."""
    entries = entries_of(table, rows, periods)
    return dict(_columns(table, rows, periods, entries, wanted)), entries


def _columns(
    table: Table, rows: Rows, periods: Periods, entries: Entries, wanted: Wanted
) -> Iterator[tuple[str, Column]]:
    size, name = len(rows), table.source
    pledged, hung = table.pledges[entries.of], table.conditions[entries.of]
    owed: dict[str, Column] = {}
    pledges = known(table, wanted.pledges)
    for pledge in pledges:
        owed[pledge] = _marked(size, entries.row[(pledged & bits_of([pledge])) != 0])
        yield f"{name}_{table.variables[pledge]}", owed[pledge]
    for pledge in pledges if table.marks else ():
        mask = np.uint64(condition_mask([pledge]))
        if pledge == "nonagg" and not np.any(table.conditions & mask):
            continue  # the data sets mark none of it
        free = _marked(size, entries.row[((pledged & bits_of([pledge])) != 0) & ((hung & mask) == 0)])
        yield f"{name}_{table.variables[pledge]}_conditional", owed[pledge] - free
    if table.marks:
        yield f"{name}_varies", _marked(size, entries.row[table.varies[entries.of]])
    yield f"{name}_instruments", instruments_of(table, rows, periods, entries)
    if table.in_force.any():
        yield f"{name}_from_signature", instruments_of(table, rows, periods, entries, ~table.in_force)
    if wanted.markers and table.marks:
        for word in WORDS:
            mask = np.uint64(condition_mask(pledges, [word]))
            if word in MARKERS or np.any(table.conditions & mask):
                yield f"{name}_if_{word}", _marked(size, entries.row[(hung & mask) != 0])
    if not rows.directed:
        yield f"{name}_asymmetric", _uneven(size, entries, pledged, pledges)


def known(table: Table, pledges: Sequence[str]) -> tuple[str, ...]:
    """Those of the pledges that the source knows."""
    return tuple(pledge for pledge in pledges if pledge in table.variables)


def _marked(size: int, at: npt.NDArray[np.int64]) -> npt.NDArray[np.int8]:
    found = np.zeros(size, np.int8)
    found[at] = 1
    return found


def _uneven(
    size: int, entries: Entries, pledged: npt.NDArray[np.uint8], pledges: Sequence[str]
) -> npt.NDArray[np.int8]:
    """Where what the one owes is not what the other owes."""
    found = np.zeros(size, np.int8)
    for pledge in pledges:
        has = (pledged & bits_of([pledge])) != 0
        there = _marked(size, entries.row[has & ~entries.turned])
        back = _marked(size, entries.row[has & entries.turned])
        found |= there ^ back
    return found


def instruments_of(
    table: Table, rows: Rows, periods: Periods, entries: Entries, kept: npt.NDArray[np.bool_] | None = None
) -> npt.NDArray[np.int16]:
    """How many instruments stand behind each row, each counted once, in however many of its phases it does."""
    first, after = once(table, rows, periods, kept)
    counted = (entries.when >= first[entries.of]) & (entries.when < after[entries.of])
    return np.bincount(entries.row[counted], minlength=len(rows)).astype(np.int16)


def once(
    table: Table, rows: Rows, periods: Periods, kept: npt.NDArray[np.bool_] | None = None
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Ranges of periods for each row of the table such that no two of one instrument and the same states (in either
    direction where the rows are undirected) share a period: of two phases in one year, the first has it."""
    first, after = periods.first_of(table.start), periods.after(table.ends)
    one, other = table.debtor.astype(np.int64), table.beneficiary.astype(np.int64)
    if not rows.directed:
        one, other = np.minimum(one, other), np.maximum(one, other)
    key = (table.instrument.astype(np.int64) << 32) | (one << 16) | other
    if kept is not None:
        after = np.where(kept, after, first)
    order = np.lexsort((after, first, key))
    begins = np.diff(key[order], prepend=-1) != 0
    group = np.cumsum(begins)
    far = len(periods) + 2
    reached = np.maximum.accumulate(group * far + after[order]) - group * far
    before = np.concatenate(([0], reached))[: len(order)]
    begun = first.copy()
    begun[order] = np.where(begins, first[order], np.maximum(first[order], before))
    return begun, np.maximum(after, begun)


def tally(columns: Mapping[str, Column]) -> dict[str, int]:
    """How many rows have anything in each column."""
    return {name: int(np.count_nonzero(values)) for name, values in columns.items()}
