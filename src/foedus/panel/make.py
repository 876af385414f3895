"""A panel: who owed what to whom, for every pair of states and every period, with where it comes from.

Beyond the days that a data set covers its cells are missing, never 0: nobody looked. Within them 0 says that the data
set has no such obligation. What it has and the frame does not is counted (`losses`).

The units: `dyads` (directed, the default), `undirected`, `state` (a state and a year), `days` (a directed pair and a
day), `triads` (an attacker, a target, and a third state that owes the target something).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole
from foedus.obligations.obligation import PLEDGES
from foedus.obligations.table import Table
from foedus.panel.cells import Column, Wanted, columns_of, known, narrowed
from foedus.panel.losses import Losses, losses_of
from foedus.panel.periods import DEFAULT, Periods, Rule, days, periods
from foedus.panel.place import Entries, Rows, rows_of
from foedus.panel.recode import COLUMNS, Codelist, coded
from foedus.panel.system import System
from foedus.panel.units import by_state, named, state_rows, triads

Unit = Literal["dyads", "undirected", "state", "days", "triads"]
UNITS: tuple[Unit, ...] = ("dyads", "undirected", "state", "days", "triads")
Mask: TypeAlias = npt.NDArray[np.bool_]
Begin = Literal["signature", "in-force"]
MOST_ROWS = 25_000_000
"""More rows than this are refused: they would fill the memory of a laptop."""
FIRST, LAST = 1, 9998
"""The years that there are."""


@dataclass(frozen=True)
class Asked:
    """What panel is wanted: the years from `first` to `last`, or the days `on` to `until` of the unit `days`."""

    first: int
    last: int
    unit: Unit = "dyads"
    rule: Rule = DEFAULT
    begin: Begin = "signature"
    codes: Codelist | None = None
    pledges: tuple[str, ...] = PLEDGES
    markers: bool = False
    on: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Panel:
    """`columns` by name, arrays of one length: codes of states (int16, or places in `labels` where these are given),
    `year` (int16) or `date` (int32, ordinals), then each source's. `missing` has where cells are missing, for
    all columns of a source under its name, and for a single column under the column's."""

    asked: Asked
    codes: Codelist
    columns: Mapping[str, Column]
    keys: tuple[str, ...]
    labels: tuple[str, ...]
    missing: Mapping[str, Mask]
    tables: tuple[Table, ...]
    system: System
    losses: tuple[Losses, ...]
    states: tuple[str, ...] = ()
    prolonged: bool = False
    lost_names: Mapping[int, str] = field(default_factory=dict[int, str])

    def __len__(self) -> int:
        return len(self.columns[self.keys[0]])

    @property
    def sources(self) -> tuple[str, ...]:
        """The prefixes of the columns."""
        return tuple(table.source for table in self.tables)

    def of(self, source: str) -> dict[str, Column]:
        """The columns of one source."""
        return {name: column for name, column in self.columns.items() if name.startswith(f"{source}_")}


Told = Callable[[str], object]


def make(tables: Sequence[Table], system: System, asked: Asked, told: Told | None = None) -> Panel:
    """The panel. Raises `Refused`: F820 for years or days in the wrong order, F821 for one of more than `MOST_ROWS`
    rows, F822 where no table is given."""
    if not tables:
        raise Refused(Problem("F822", whole("panel")))
    ordered(asked)
    when = _periods(asked)
    made = coded(system, tuple(narrowed(table, asked.pledges) for table in tables), _codes(system, asked))
    codes = made.system.codes
    member = made.system.members(codes, when)
    _bounded(member, asked)
    rows = rows_of(codes, member, asked.unit != "undirected")
    shown = _Shown(rows, when, asked, _codes(system, asked))
    losses: list[Losses] = []
    for table in made.tables:
        if told is not None:
            told(table.source)
        own, entries = columns_of(table, rows, when, Wanted(asked.pledges, asked.markers))
        shown.add(table, own, entries)
        losses.append(losses_of(table, entries, rows, when))
    shown.done()
    end = system.last
    return Panel(
        asked, shown.codes, {**shown.keys, **shown.columns}, tuple(shown.keys), made.labels,
        shown.missing | shown.unnamed, made.tables,
        system, tuple(losses), tuple(made.label(int(n)) for n in codes),
        end is not None and int(when.until[-1]) > end + 1,
        {each.state: made.label(each.state) for one in losses for each in one.states},
    )  # fmt: skip


class _Shown:
    """The columns as the unit has them, put together source by source."""

    def __init__(self, rows: Rows, when: Periods, asked: Asked, codes: Codelist) -> None:
        self.rows, self.when, self.asked = rows, when, asked
        self.codes: Codelist = codes
        self.columns: dict[str, Column] = {}
        self.missing: dict[str, Mask] = {}
        self.unnamed: dict[str, Mask] = {}
        self._filled: list[tuple[Table, dict[str, Column], Entries]] = []
        self.period = rows.period
        name, numbers = COLUMNS[codes], rows.codes.astype(np.int16)
        when_called = "date" if asked.unit == "days" else "year"
        if asked.unit == "state":
            state, self.period = state_rows(rows)
            self.keys: dict[str, Column] = {name: numbers[state]}
        else:
            self.keys = {f"{name}1": numbers[rows.one], f"{name}2": numbers[rows.other]}
        self.keys[when_called] = when.names[self.period]

    def add(self, table: Table, own: dict[str, Column], entries: Entries) -> None:
        """One source's columns."""
        if self.asked.unit == "state":
            own = by_state(self.rows, own, table, entries, self.asked.pledges)
        if self.asked.unit == "triads":
            self._filled.append((table, own, entries))
            return
        self.columns |= own
        self._beyond(table)

    def _beyond(self, table: Table) -> None:
        """Where the cells of a source are missing: beyond its coverage; of a selection, wherever it has nothing."""
        covered = table.coverage
        if covered is None or not table.whole:
            self.missing[table.source] = np.ones(len(self.period), np.bool_)
        elif not (within := self.when.covered(*covered)).all():
            beyond = ~within[self.period]
            if beyond.any():
                self.missing[table.source] = beyond

    def done(self) -> None:
        """What can be made only when every source is there: triads."""
        if self.asked.unit != "triads":
            return
        rows = self.rows
        pledged = np.zeros(len(rows), np.bool_)
        for table, own, _ in self._filled:
            for pledge in known(table, self.asked.pledges):
                pledged |= own[f"{table.source}_{table.variables[pledge]}"] != 0
        pair, attacker, against = triads(rows, pledged, MOST_ROWS)
        numbers = rows.codes.astype(np.int16)
        name = COLUMNS[self.codes]
        self.period = rows.period[pair]
        self.keys = {
            f"{name}_attacker": numbers[attacker],
            f"{name}_target": numbers[rows.other[pair]],
            f"{name}_obliged": numbers[rows.one[pair]],
            "year": self.when.names[self.period],
        }
        for table, own, entries in self._filled:
            self.columns |= {column: values[pair] for column, values in own.items()}
            for pledge in known(table, self.asked.pledges):
                column = f"{table.source}_{table.variables[pledge]}"
                self.columns[f"{column}_attacker"] = own[column][against]
            found, nobody = named(table, entries, rows, pair, attacker)
            self.columns[f"{table.source}_adversary"] = found
            self.unnamed[f"{table.source}_adversary"] = nobody
            self._beyond(table)


def _codes(system: System, asked: Asked) -> Codelist:
    return asked.codes or ("gw" if system.kind == "gw" else "cow")


def _periods(asked: Asked) -> Periods:
    if asked.unit != "days":
        return periods(asked.first, asked.last, asked.rule)
    on = asked.on or date(asked.first, 1, 1)
    return days(on, asked.until or date(asked.last, 12, 31))


def ordered(asked: Asked) -> None:
    """F820 for ends the wrong way round, or years that no calendar has."""
    if asked.on is not None and asked.until is not None:
        first, last = asked.on.isoformat(), asked.until.isoformat()
        wrong = asked.until < asked.on
    else:
        first, last = str(asked.first), str(asked.last)
        wrong = asked.last < asked.first or asked.first < FIRST or asked.last > LAST
    if wrong:
        raise Refused(Problem("F820", whole("--from"), {"first": first, "last": last}))


def _bounded(member: npt.NDArray[np.bool_], asked: Asked) -> None:
    """F821 for a panel of too many rows."""
    there = member.sum(axis=0, dtype=np.int64)
    count = int((there * (there - 1)).sum()) // (2 if asked.unit == "undirected" else 1)
    if count > MOST_ROWS:
        values = {"rows": f"{count:,}", "limit": f"{MOST_ROWS:,}"}
        raise Refused(Problem("F821", whole("--unit"), values))
