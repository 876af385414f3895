"""The figures of a panel: what it knows of each year, and the network on its last day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import cast

import numpy as np
import numpy.typing as npt

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.obligations.obligation import Pledge
from foedus.obligations.table import Table
from foedus.panel.cells import known
from foedus.panel.make import Panel
from foedus.report.plots.coverage import Counted, Counts, Coverage, Span, coverage
from foedus.report.plots.figure import Columns, Figure
from foedus.report.plots.naming import titled
from foedus.report.plots.network import network
from foedus.sources.edition import Edition
from foedus.words.speech import phrase, say

Whole = npt.NDArray[np.int64]


def figures_of(panel: Panel, kind: str, columns: Columns = "two") -> list[Figure]:
    """The figures of one kind (`KINDS`). Raises `Refused`: F871 where the panel has nothing of this kind, F872."""
    return KINDS[kind](panel, columns)


def coverage_of(panel: Panel) -> Coverage:
    """What a panel of pairs and years knows of each year. Raises `Refused` (F871) for one of another unit."""
    asked = panel.asked
    if asked.unit not in ("dyads", "undirected"):
        why = phrase("coverage is counted over pairs and years (--unit dyads, undirected)")
        raise Refused(Problem("F871", NOWHERE, {"why": why}))
    year = panel.columns["year"].astype(np.int64) - asked.first
    length = asked.last - asked.first + 1
    ends = [panel.columns[key].astype(np.int64) for key in panel.keys[:2]]
    pairs = np.unique(np.concatenate([year * (1 << 20) + end for end in _alike(ends)]))
    states = np.bincount(pairs >> 20, minlength=length)
    if panel.prolonged and panel.system.last is not None:
        # The panel takes the last states of the list for those of later years; that is not to know them.
        states[max(date.fromordinal(panel.system.last).year - asked.first + 1, 0) :] = 0
    return Coverage(
        asked.first,
        tuple(int(count) or None for count in states),
        tuple(_counted(panel, table, year, length) for table in panel.tables),
        tuple(Span(titled(e), e.first.year, e.last.year) for e in editions_of(panel)),
        asked.unit == "dyads",
    )


def _alike(ends: list[Whole]) -> list[Whole]:
    """Both columns of states counted from the same number."""
    low = min((int(end.min()) for end in ends if len(end)), default=0)
    return [end - low for end in ends]


def _counted(panel: Panel, table: Table, year: Whole, length: int) -> Counted:
    """The pairs with each pledge by year; None where no row of the year is covered."""
    beyond = panel.missing.get(table.source)
    covered = np.ones(length, np.bool_)
    if beyond is not None and table.whole:
        covered = np.bincount(year[~beyond], minlength=length) > 0
    found: dict[Pledge, Counts] = {}
    for pledge in known(table, panel.asked.pledges):
        owed = panel.columns[f"{table.source}_{table.variables[pledge]}"] > 0
        if beyond is not None and table.whole:
            owed &= ~beyond
        counts = np.bincount(year[owed], minlength=length)
        found[cast("Pledge", pledge)] = tuple(
            int(count) if sure else None for count, sure in zip(counts, covered, strict=True)
        )
    name = table.edition.name if table.edition else say("Treaty pages")
    return Counted(name, found, not table.whole)


def editions_of(panel: Panel) -> list[Edition]:
    """The editions that the panel rests on, the list of states last."""
    every = [table.edition for table in panel.tables] + [panel.system.edition]
    return list({edition.id: edition for edition in every if edition is not None}.values())


def _coverage(panel: Panel, columns: Columns) -> list[Figure]:
    return [coverage(coverage_of(panel), columns=columns, editions=editions_of(panel))]


def day_of(panel: Panel) -> date:
    """The last day that the panel looks at, by its rule: of `any`, the last of the year."""
    last = panel.asked.last
    return {"jan1": date(last, 1, 1), "july1": date(last, 7, 1)}.get(panel.asked.rule, date(last, 12, 31))


def _network(panel: Panel, columns: Columns) -> list[Figure]:
    on = day_of(panel)
    owed = [one for table in panel.tables for one in table.on(on)]
    own = [table.edition for table in panel.tables if table.edition is not None]
    return [network(owed, on, columns=columns, editions=own)]


KINDS: Mapping[str, Callable[[Panel, Columns], list[Figure]]] = {"coverage": _coverage, "network": _network}
"""What can be drawn of a panel: the first is drawn where no kind is named."""
