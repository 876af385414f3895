"""Which states there are in each period: the frame into which obligations are put.

A list of states (COW's or Gleditsch & Ward's, the user's file) says from which day to which a state counts. After the
last day of the list, a state counts as it did then, and the panel says so. Without a list, the states are those of the
data sets themselves, each from the first day to the last on which it is a party to anything: a frame without the many
that were party to nothing, which the panel says too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole
from foedus.obligations.table import UNENDED, Table
from foedus.panel.periods import Periods
from foedus.sources.edition import Edition, Read

Kind = Literal["cow", "gw", "own"]
KINDS: Mapping[str, Kind] = {"cow-states": "cow", "gw-states": "gw", "gw-microstates": "gw"}
"""Whose numbers a list of states has."""


@dataclass(frozen=True)
class System:
    """Spells of states: `number` (int32), `start` and `until` as ordinals, half-open, `UNENDED` for one that goes on.
    `kind` is whose list it is (`own`: made of the data sets); `goes_on` tells that some spells were prolonged beyond
    the list's last day."""

    number: npt.NDArray[np.int32]
    start: npt.NDArray[np.int32]
    until: npt.NDArray[np.int32]
    kind: Kind
    edition: Edition | None = None

    @property
    def codes(self) -> npt.NDArray[np.int32]:
        """Every state, once, in the order of the numbers."""
        return np.unique(self.number)

    @property
    def last(self) -> int | None:
        """The last day that the list covers, as an ordinal; None where there is none."""
        return self.edition.last.toordinal() if self.edition is not None else None

    def members(self, codes: npt.NDArray[np.int32], periods: Periods) -> npt.NDArray[np.bool_]:
        """Whether each state counts in each period: an array of (states, periods)."""
        found = np.zeros((len(codes), len(periods)), np.bool_)
        first, after = periods.first_of(self.start), periods.after(self.until)
        at = np.searchsorted(codes, self.number)
        for n, state in enumerate(at.tolist()):
            if state < len(codes) and codes[state] == self.number[n]:
                found[state, first[n] : after[n]] = True
        return found


def system_of(spells: Iterable[tuple[int, int, int]], kind: Kind, edition: Edition | None = None) -> System:
    """The system of spells (number, first day, last day, as ordinals). Those that reach the list's last day go on."""
    rows = np.array(list(spells), np.int32).reshape(-1, 3)
    last = int(rows[:, 2].max()) if len(rows) else 0
    if edition is not None:
        last = edition.last.toordinal()
    until = np.where(rows[:, 2] >= last, UNENDED, rows[:, 2] + 1).astype(np.int32)
    return System(rows[:, 0].copy(), rows[:, 1].copy(), until, kind, edition)


def system_from(reads: Sequence[Read[Any]], option: str = "--states") -> System:
    """The system of one or several lists that were read: COW's, or GW's with its list of micro-states.

    Raises `Refused` (F826) for a file that is no list of states, and for lists whose numbers are not the same.
    """
    kinds = {KINDS.get(read.edition.id) for read in reads}
    for read in reads:
        if read.edition.id not in KINDS or len(kinds) > 1:
            values = {
                "path": read.path,
                "what": read.edition.name,
                "wanted": "one list of states",
                "option": option,
            }
            raise Refused(Problem("F826", whole(option), values))
    spells = [
        (row.number, row.start.toordinal(), row.last.toordinal()) for read in reads for row in read.rows
    ]
    return system_of(spells, KINDS[reads[0].edition.id], reads[0].edition)


def own_system(tables: Sequence[Table]) -> System:
    """The states of the data sets themselves, each from its first day as a party to its last."""
    spans: dict[int, tuple[int, int]] = {}
    for table in tables:
        for number in np.unique(np.concatenate((table.debtor, table.beneficiary))).tolist():
            mine: Any = (table.debtor == number) | (table.beneficiary == number)
            first, last = int(table.start[mine].min()), int(table.until[mine].max())
            known = spans.get(number, (first, last))
            spans[number] = min(first, known[0]), max(last, known[1])
    numbers = sorted(spans)
    return System(
        np.array(numbers, np.int32),
        np.array([spans[n][0] for n in numbers], np.int32),
        np.array([spans[n][1] for n in numbers], np.int32),
        "own",
    )
