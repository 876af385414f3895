"""What stands behind one cell: the instruments under which one state owed another something, which of them still did
in the year asked about, and which no longer did.

A cell is the sum of instruments, and a sum forgets. An instrument is *live* if by the rule an interval of it counts
for the year, *over* if all of them ended before, *later* if they began after. Who is at the end of an interval is read
off the other pairs of the instrument: where the first state owes others longer, the second had left, and the other
way round; where nobody is owed anything longer, the instrument ended, or a later phase took its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from foedus.obligations.obligation import Obligation
from foedus.obligations.table import Instrument, Table, pledges_of
from foedus.panel.periods import DEFAULT, Rule, periods
from foedus.sources.edition import Edition

Standing = Literal["live", "over", "later"]
Close = Literal["", "debtor left", "beneficiary left", "ended", "went on"]


@dataclass(frozen=True, slots=True)
class Interval:
    """One row: its obligations (all of the same days), whether it counts for the year, how it closed (empty: it had
    not when the source's coverage ends), and whether its dates are known to the day."""

    obligations: tuple[Obligation, ...]
    counts: bool
    close: Close
    doubtful: bool
    from_entry: bool

    @property
    def first(self) -> Obligation:
        """Any of them: for its days, line and phase."""
        return self.obligations[0]


@dataclass(frozen=True)
class Behind:
    """An instrument between two states in a source, with its intervals in the order of their days."""

    source: str
    instrument: Instrument
    standing: Standing
    intervals: tuple[Interval, ...]


@dataclass(frozen=True)
class Explained:
    """What is behind the cell of `debtor` and `beneficiary` in a year. `beyond` names the sources that do not cover
    the year: of them the cell is missing."""

    debtor: int
    beneficiary: int
    year: int
    rule: Rule
    behind: tuple[Behind, ...]
    beyond: tuple[str, ...]
    editions: tuple[Edition, ...]

    def standing(self, word: Standing) -> tuple[Behind, ...]:
        """The instruments that are live, over or later."""
        return tuple(each for each in self.behind if each.standing == word)


def explain(
    tables: Sequence[Table], debtor: int, beneficiary: int, year: int, rule: Rule = DEFAULT
) -> Explained:
    """What stands behind a cell, source by source: the instruments that count first, then those that are over, then
    those to come."""
    when = periods(year, year, rule)
    start, until = int(when.start[0]), int(when.until[0])
    order: list[Standing] = ["live", "over", "later"]
    found: list[Behind] = []
    beyond: list[str] = []
    for table in tables:
        own = table.of(debtor, beneficiary)
        if table.coverage is not None and not when.covered(*table.coverage)[0]:
            beyond.append(table.source)
        places: list[int] = own.instrument.tolist()
        for place in dict.fromkeys(places):
            mine = own.where(own.instrument == place)
            mine = mine.take(mine.start.argsort(kind="stable"))
            whole = table.where(table.instrument == place)
            intervals = tuple(_interval(mine, n, whole, start, until) for n in range(len(mine)))
            standing: Standing = "over"
            if any(each.counts for each in intervals):
                standing = "live"
            elif all(int(first) >= until for first in mine.start):
                standing = "later"
            found.append(Behind(table.source, table.instruments[place], standing, intervals))
    found.sort(
        key=lambda each: (
            order.index(each.standing),
            each.source,
            -each.intervals[0].first.start.first.toordinal(),
        )
    )
    return Explained(
        debtor, beneficiary, year, rule, tuple(found), tuple(beyond),
        tuple(table.edition for table in tables if table.edition is not None),
    )  # fmt: skip


def _interval(mine: Table, n: int, whole: Table, start: int, until: int) -> Interval:
    counts = int(mine.start[n]) < until and int(mine.ends[n]) > start
    return Interval(
        tuple(mine.obligation(n, pledge) for pledge in pledges_of(int(mine.pledges[n]))),
        counts,
        _close(mine, n, whole),
        bool(mine.doubtful[n]),
        bool(mine.in_force[n]),
    )


def _close(mine: Table, n: int, whole: Table) -> Close:
    """How an interval closed, as far as the other pairs of the instrument tell."""
    end = int(mine.until[n])
    if end > int(mine.ends[n]) or (mine.coverage is None and end > date.max.toordinal()):
        return ""
    if (mine.start[n + 1 :] == end).any():
        return "went on"
    one, other = int(mine.debtor[n]), int(mine.beneficiary[n])
    longer = (whole.until > end) & (whole.start <= end)
    ones = longer & ((whole.debtor == one) | (whole.beneficiary == one))
    others = longer & ((whole.debtor == other) | (whole.beneficiary == other))
    if others.any() and not ones.any():
        return "debtor left"
    if ones.any() and not others.any():
        return "beneficiary left"
    return "ended"
