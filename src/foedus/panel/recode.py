"""From one list's numbers to another's, day by day: COW's to Gleditsch & Ward's, and either to ISO codes.

A number is not a state for ever: COW's 255 is GW's 255 until 1945 and GW's 260 from 1990 on. A spell or an obligation
that reaches over such a day is divided there. A number that our table of states lacks keeps itself, and is named
(`cow:267` among ISO codes).

>>> [(piece.label, piece.until) for piece in pieces(255, "cow", "gw")]
[('255', 726743), ('260', 2147483647)]
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from foedus.obligations.table import UNENDED, Table
from foedus.panel.system import System
from foedus.terms.codes import Codes, stood
from foedus.terms.codes import table as known
from foedus.terms.states import STATES

Codelist = Literal["cow", "gw", "iso"]
COLUMNS: dict[Codelist, str] = {"cow": "ccode", "gw": "gwcode", "iso": "iso"}
"""What the columns of a state are called, before 1 and 2."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What a number is called from one day until another."""

    start: int
    until: int
    label: str


@cache
def pieces(number: int, own: Codelist, wanted: Codelist) -> tuple[Piece, ...]:
    """The pieces of a number of the list `own`, in the codes of the list `wanted`, over all days."""
    if own == wanted:
        return (Piece(0, UNENDED, str(number)),)
    rows = [row for row in known() if (row.gw if own == "gw" else row.cow) == number]
    edges = sorted({0, *(day for row in rows for day in _edges(row))})
    found: list[Piece] = []
    for start, until in zip(edges, [*edges[1:], UNENDED], strict=True):
        label = _label(rows, date.fromordinal(max(start, 1)), number, own, wanted)
        if found and found[-1].label == label:
            found[-1] = Piece(found[-1].start, until, label)
        else:
            found.append(Piece(start, until, label))
    return tuple(found)


def _edges(row: Codes) -> list[int]:
    """The days on which something about a row changes."""
    state = STATES.get(row.code)
    days = [row.start, row.until]
    if state is not None:
        days += [state.from_.first if state.from_ else None, state.until.first if state.until else None]
    return [day.toordinal() for day in days if day is not None]


def _label(rows: list[Codes], day: date, number: int, own: Codelist, wanted: Codelist) -> str:
    """On a day of its row, what the row says; on other days, what the nearest row says; else the number."""
    live = [row for row in rows if row.on(day)] or sorted(rows, key=lambda row: _far(row, day))[:1]
    standing = [row for row in live if stood(row.code, day)] or live
    if not standing:
        return str(number) if wanted != "iso" else f"{own}:{number}"
    # Who has no dates in our table stands at any time; a former state that stood then is the one meant.
    row = next(filter(_former, standing), standing[0])
    return row.code if wanted == "iso" else str(row.cow if wanted == "cow" else row.gw)


def _former(row: Codes) -> bool:
    state = STATES.get(row.code)
    return state is not None and state.until is not None


def _far(row: Codes, day: date) -> int:
    ends = [end for end in (row.start, row.until) if end is not None]
    return min((abs((end - day).days) for end in ends), default=0)


@dataclass(frozen=True)
class Coded:
    """A system and tables in one code: their numbers are codes (`labels` empty), or places in `labels`."""

    system: System
    tables: tuple[Table, ...]
    labels: tuple[str, ...] = ()

    def label(self, number: int) -> str:
        """What stands in the panel for a number."""
        return self.labels[number] if self.labels else str(number)


def coded(system: System, tables: tuple[Table, ...], wanted: Codelist) -> Coded:
    """System and tables in the codes wanted; those of the tables are COW's."""
    own: Codelist = "gw" if system.kind == "gw" else "cow"
    labels: dict[str, int] = {}
    if wanted == "iso":
        every = {(int(n), own) for n in system.number}
        every |= {(int(n), "cow") for t in tables for n in (*np.unique(t.debtor), *np.unique(t.beneficiary))}
        names = {piece.label for number, of in every for piece in pieces(number, of, "iso")}
        labels = {name: n for n, name in enumerate(sorted(names))}
    at, start, until, number = _divided(system.number, system.start, system.until, own, wanted, labels)
    del at
    made = replace(system, number=number, start=start, until=until)
    return Coded(made, tuple(_table(table, wanted, labels) for table in tables), tuple(labels))


def _table(table: Table, wanted: Codelist, labels: dict[str, int]) -> Table:
    if wanted == "cow":
        return table
    for side in ("debtor", "beneficiary"):
        at, start, until, number = _divided(
            getattr(table, side), table.start, table.until, "cow", wanted, labels
        )
        table = table.take(at, start=start, until=until, **{side: number.astype(np.int16)})
    return table.where(table.debtor != table.beneficiary)


def _divided(
    numbers: npt.NDArray[np.integer[Any]],
    start: npt.NDArray[np.int32],
    until: npt.NDArray[np.int32],
    own: Codelist,
    wanted: Codelist,
    labels: dict[str, int],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """The intervals divided where their number's code changes: place of the old, start, until, new number."""
    places: list[npt.NDArray[np.int64]] = []
    targets: list[npt.NDArray[np.int32]] = []
    lower: list[npt.NDArray[np.int32]] = []
    upper: list[npt.NDArray[np.int32]] = []
    for number in np.unique(numbers).tolist():
        mine = np.flatnonzero(numbers == number)
        for piece in pieces(number, own, wanted):
            begins = np.maximum(start[mine], np.int32(piece.start))
            ends = np.minimum(until[mine], np.int32(piece.until))
            some = begins < ends
            places.append(mine[some])
            lower.append(begins[some])
            upper.append(ends[some])
            target = labels[piece.label] if labels else int(piece.label)
            targets.append(np.full(np.count_nonzero(some), target, np.int32))
    if not places:
        return np.zeros(0, np.int64), start, until, np.zeros(0, np.int32)
    at = np.concatenate(places)
    order = np.argsort(at, kind="stable")
    return (
        at[order], np.concatenate(lower)[order], np.concatenate(upper)[order], np.concatenate(targets)[order]
    )  # fmt: skip
