"""Panels of states and of triads, out of the panel of directed pairs.

A state and a year: to how many states it owes each pledge (`atop_defense_owes`), and how many owe it to it
(`atop_defense_owed`); under how many instruments it owes anything.

A triad is an attacker, a target, and a third state that owes the target one of the pledges: who could be called upon
if the one attacked the other. The columns of the data set are of what the third owes the target; those that end in
`_attacker` of what it owes the attacker, and `atop_adversary` says whether the instruments name the attacker as a
threat (1), name others alone (0), or name nobody (missing).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole
from foedus.obligations.table import Table
from foedus.panel.cells import Column, known
from foedus.panel.losses import distinct
from foedus.panel.place import Entries, Rows

Mask: TypeAlias = npt.NDArray[np.bool_]
Taken: TypeAlias = npt.NDArray[np.integer[Any]]


def by_state(
    rows: Rows, columns: Mapping[str, Column], table: Table, entries: Entries, pledges: tuple[str, ...]
) -> dict[str, Column]:
    """The source's columns for every state and period in which it counts, in the order of `state_rows`."""
    states, length = rows.member.shape
    cells = rows.member.ravel()
    one = rows.one.astype(np.int64) * length + rows.period
    other = rows.other.astype(np.int64) * length + rows.period
    found: dict[str, Column] = {}
    for pledge in known(table, pledges):
        called = f"{table.source}_{table.variables[pledge]}"
        owed = columns[called] != 0
        for word, at in (("owes", one), ("owed", other)):
            counts = np.bincount(at[owed], minlength=states * length)
            found[f"{called}_{word}"] = counts[cells].astype(np.int16)
    under = distinct(one[entries.row] << 24 | table.instrument[entries.of])
    counts = np.bincount(under >> 24, minlength=states * length)
    found[f"{table.source}_instruments"] = counts[cells].astype(np.int16)
    return found


def state_rows(rows: Rows) -> tuple[Taken, Taken]:
    """The places of state and period of each row of a panel of states."""
    state, period = np.nonzero(rows.member)
    return state, period


def triads(rows: Rows, pledged: Mask, most: int) -> tuple[Taken, Taken, Taken]:
    """Every attacker beside every directed pair (obliged, target) of which `pledged` is true: the pair's row, the
    attacker's place, and the row of (obliged, attacker). In the order of period, attacker, target, obliged.

    Raises `Refused` (F821) where these are more than `most`.
    """
    there = rows.member.sum(axis=0, dtype=np.int64)
    count = int((there[rows.period[pledged]] - 2).sum())
    if count > most:
        raise Refused(Problem("F821", whole("--unit triads"), {"rows": f"{count:,}", "limit": f"{most:,}"}))
    parts = list(_by_period(rows, np.flatnonzero(pledged)))
    nothing = np.zeros(0, np.int32)
    pair, attacker, against = (np.concatenate([nothing, *(part[n] for part in parts)]) for n in range(3))
    return pair, attacker, against


def _by_period(rows: Rows, pairs: Taken) -> Iterator[tuple[Taken, Taken, Taken]]:
    when = rows.period[pairs]
    order = np.lexsort((rows.one[pairs], rows.other[pairs], when))
    pairs, when = pairs[order].astype(np.int32), when[order]
    states = len(rows.codes)
    number = np.full((states, states), -1, np.int32)  # the row of each pair in the period at hand
    by_period = np.argsort(rows.period, kind="stable")
    length = rows.member.shape[1]
    sizes = np.bincount(rows.period, minlength=length)
    edges = [0, *np.cumsum(sizes).tolist()]
    for period in np.unique(when).tolist():
        all_rows = by_period[edges[period] : edges[period + 1]]
        number.fill(-1)
        number[rows.one[all_rows], rows.other[all_rows]] = all_rows
        mine = pairs[slice(*np.searchsorted(when, [period, period + 1]))]
        attackers = np.flatnonzero(rows.member[:, period]).astype(np.int16)
        pair = np.tile(mine, len(attackers))
        attacker = np.repeat(attackers, len(mine))
        apart = (attacker != rows.one[pair]) & (attacker != rows.other[pair])
        pair, attacker = pair[apart], attacker[apart]
        yield pair, attacker, number[rows.one[pair], attacker]


def named(
    table: Table, entries: Entries, rows: Rows, pair: Taken, attacker: Taken
) -> tuple[npt.NDArray[np.int8], Mask]:
    """Whether an instrument behind each triad names the attacker as a threat, and where none names anybody."""
    some = np.flatnonzero(table.foe[entries.of] != 0)
    anybody = np.zeros(len(rows), np.bool_)
    anybody[entries.row[some]] = True
    states = len(rows.codes)
    places = {int(code): n for n, code in enumerate(rows.codes)}
    keys: list[int] = []
    for row, foe in {(int(entries.row[n]), int(table.foe[entries.of[n]])) for n in some.tolist()}:
        keys += [row * states + places[each] for each in table.adversaries[foe] if each in places]
    found = np.zeros(len(pair), np.int8)
    perhaps = np.flatnonzero(anybody[pair])
    wanted = pair[perhaps].astype(np.int64) * states + attacker[perhaps]
    found[perhaps] = np.isin(wanted, np.array(keys, np.int64))
    return found, ~anybody[pair]
