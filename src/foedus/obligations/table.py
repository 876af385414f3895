"""Many obligations in columns: one row is what one state owes another under one instrument, from one day to another.

A row holds every pledge of that interval as bits, and the conditions of each pledge as bits beside them. Days are
ordinals of `datetime.date`, half-open: `start` is the first day on which it is owed, `until` the first on which it
is owed no more. `UNENDED` stands for an interval without an end: owed as far as the source covers. A date that the
source leaves open (a month without its day) is taken at its widest, from the earliest to the latest day that it can
be; such a row is `doubtful`, and `written` has its dates as they stand.

>>> bits_of({"defense", "consul"}), pledges_of(17)
(17, ('defense', 'consul'))
>>> conditions_of(conditions_bits({"defense": {"number", "adversary"}}), "defense")
('adversary', 'number')
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from foedus.obligations.obligation import CONDITIONS, PLEDGES, Obligation, Pledge
from foedus.sources.edition import Dropped, Edition
from foedus.terms.edtf import EDate

UNENDED = 2**31 - 1
"""`until` of an interval that the source leaves without an end."""

WORDS: tuple[str, ...] = tuple(CONDITIONS)
_WIDE = len(WORDS)
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Instrument:
    """What a row's obligation stands in. `id` is as in `Obligation.instrument`; `signed` and `in_force` are facts of
    it where known; `page` names the treaty page that carries its number, if there is one."""

    id: str
    title: str = ""
    signed: EDate | None = None
    in_force: EDate | None = None
    page: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A row's dates as the source has them, where it does not give the days."""

    start: EDate
    until: EDate | None


def _none() -> npt.NDArray[Any]:
    return np.zeros(0, np.bool_)


@dataclass(frozen=True)
class Table:
    """`n` rows, and what they refer to.

    `debtor`, `beneficiary`: COW's numbers (int16) · `start`, `until`: day ordinals (int32) · `pledges`: bits in the
    order of `PLEDGES` (uint8) · `conditions`: eleven bits for each pledge (uint64) · `instrument`, `foe`: indices
    into `instruments` and `adversaries` (int32, int16) · `phase` (int16) · `line` in the file (int32) · `varies`,
    `doubtful`, `in_force`: whether what is owed differs by partner, whether a date is not known to the day, and
    whether `start` is an entry into force (bool).

    `source` names the columns of a panel (`atop`), and `variables` the pledges that the source knows, by what it calls
    them; `marks` whether it says what a pledge hangs on; `whole` whether what it does not have was not owed, which
    holds of a data set within its coverage and not of a selection of treaties. `bases` are articles, by instrument,
    line and pledge, where the basis is not the variable. `left_out` are rows of the file that gave no obligation.
    """

    source: str
    debtor: npt.NDArray[np.int16]
    beneficiary: npt.NDArray[np.int16]
    start: npt.NDArray[np.int32]
    until: npt.NDArray[np.int32]
    pledges: npt.NDArray[np.uint8]
    conditions: npt.NDArray[np.uint64]
    instrument: npt.NDArray[np.int32]
    phase: npt.NDArray[np.int16]
    line: npt.NDArray[np.int32]
    varies: Flags
    doubtful: Flags
    foe: npt.NDArray[np.int16]
    in_force: Flags = field(default_factory=_none)
    instruments: tuple[Instrument, ...] = ()
    adversaries: tuple[tuple[int, ...], ...] = ((),)
    written: Mapping[int, Written] = field(default_factory=dict[int, Written])
    edition: Edition | None = None
    left_out: tuple[Dropped, ...] = ()
    variables: Mapping[str, str] = field(default_factory=lambda: {pledge: pledge for pledge in PLEDGES})
    marks: bool = True
    whole: bool = True
    bases: Mapping[tuple[int, int, str], str] = field(default_factory=dict[tuple[int, int, str], str])

    def __post_init__(self) -> None:
        if len(self.in_force) != len(self):
            object.__setattr__(self, "in_force", np.zeros(len(self), np.bool_))

    def __len__(self) -> int:
        return len(self.debtor)

    @property
    def coverage(self) -> tuple[date, date] | None:
        """The first and the last day that the source covers; None where no edition says so."""
        return (self.edition.first, self.edition.last) if self.edition is not None else None

    @property
    def ends(self) -> npt.NDArray[np.int32]:
        """`until`, at most the day after the last that the source covers."""
        covered = self.coverage
        last = covered[1].toordinal() + 1 if covered is not None else UNENDED
        return np.minimum(self.until, np.int32(last))

    def where(self, kept: Flags) -> Table:
        """The rows that are kept."""
        return self.take(np.flatnonzero(kept))

    def take(self, at: npt.NDArray[np.int64], **instead: npt.NDArray[Any]) -> Table:
        """The rows at these places, with columns given `instead` of their own."""
        columns = {name: instead.get(name, getattr(self, name)[at]) for name in COLUMNS}
        written: dict[int, Written] = {}
        if self.written:
            written = {n: self.written[old] for n, old in enumerate(at.tolist()) if old in self.written}
        return replace(self, **columns, written=written)

    def live(self, day: date) -> Table:
        """The rows that are owed on a day."""
        at = day.toordinal()
        return self.where((self.start <= at) & (at < self.ends))

    def between(self, first: date, last: date) -> Table:
        """The rows that are owed on some day from `first` to `last`, both included."""
        return self.where((self.start <= last.toordinal()) & (first.toordinal() < self.ends))

    def of(self, ccode1: int, ccode2: int) -> Table:
        """The rows of what `ccode1` owes `ccode2`."""
        return self.where((self.debtor == ccode1) & (self.beneficiary == ccode2))

    def on(self, day: date) -> tuple[Obligation, ...]:
        """Every obligation that is owed on a day, one for each pledge."""
        return self.live(day).obligations()

    def obligations(self) -> tuple[Obligation, ...]:
        """The rows one by one: one obligation for each pledge of a row."""
        return tuple(
            self.obligation(n, pledge)
            for n in range(len(self))
            for pledge in pledges_of(int(self.pledges[n]))
        )

    def obligation(self, n: int, pledge: Pledge) -> Obligation:
        """One pledge of row `n`."""
        start, until = self.days(n)
        instrument = self.instruments[int(self.instrument[n])]
        basis = self.variables.get(pledge, pledge)
        if self.bases:
            basis = self.bases.get((int(self.instrument[n]), int(self.line[n]), pledge), basis)
        return Obligation(
            int(self.debtor[n]),
            int(self.beneficiary[n]),
            pledge,
            None,
            start,
            until,
            instrument.id,
            basis,
            instrument.signed,
            instrument.in_force,
            instrument.title,
            int(self.phase[n]),
            conditions_of(int(self.conditions[n]), pledge),
            self.adversaries[int(self.foe[n])],
            bool(self.varies[n]),
            self.edition.id if self.edition is not None else "",
            int(self.line[n]),
        )

    def days(self, n: int) -> tuple[EDate, EDate | None]:
        """When row `n` begins and ends, as written."""
        if n in self.written:
            return self.written[n].start, self.written[n].until
        until = int(self.until[n])
        ended = EDate.of(date.fromordinal(until)) if until != UNENDED else None
        return EDate.of(date.fromordinal(int(self.start[n]))), ended

    def from_entry_into_force(self, days: Mapping[str, tuple[EDate, str]]) -> Table:
        """The same counted from entries into force where known: by the instrument's id, the day and the page that
        says so. What began later (an accession) begins then; an instrument that is not named is left as it is."""
        known = np.zeros(len(self.instruments), np.bool_)
        first = np.zeros(len(self.instruments), np.int32)
        instruments: list[Instrument] = []
        for n, each in enumerate(self.instruments):
            day, page = days.get(each.id, (None, each.page))
            known[n] = day is not None
            first[n] = day.first.toordinal() if day is not None else 0
            instruments.append(replace(each, in_force=day or each.in_force, page=page))
        start = np.maximum(self.start, first[self.instrument]).astype(np.int32)
        moved = start != self.start
        written = {n: dates for n, dates in self.written.items() if not moved[n]}
        made = replace(
            self,
            start=start,
            in_force=known[self.instrument],
            instruments=tuple(instruments),
            written=written,
        )
        return made.where(made.start < made.until)


def bits_of(pledges: Iterable[str]) -> int:
    """Pledges as bits."""
    return sum(1 << PLEDGES.index(pledge) for pledge in set(pledges) if pledge in PLEDGES)


def pledges_of(bits: int) -> tuple[Pledge, ...]:
    """The pledges of some bits."""
    return tuple(pledge for n, pledge in enumerate(PLEDGES) if bits >> n & 1)


def conditions_bits(flags: Mapping[str, Iterable[str]]) -> int:
    """The conditions of each pledge as bits; words that `CONDITIONS` lacks are left out."""
    bits = 0
    for pledge, words in flags.items():
        for word in words:
            if pledge in PLEDGES and word in CONDITIONS:
                bits |= 1 << (_WIDE * PLEDGES.index(pledge) + WORDS.index(word))
    return bits


def conditions_of(bits: int, pledge: str) -> tuple[str, ...]:
    """The conditions of one pledge."""
    own = bits >> (_WIDE * PLEDGES.index(pledge))
    return tuple(word for n, word in enumerate(WORDS) if own >> n & 1)


def condition_mask(pledges: Sequence[str] = PLEDGES, words: Sequence[str] = WORDS) -> int:
    """The bits of these conditions of these pledges."""
    return conditions_bits(dict.fromkeys(pledges, words))


class _Row(NamedTuple):
    """What obligations of one row have in common."""

    debtor: int
    beneficiary: int
    start: EDate
    until: EDate | None
    instrument: str
    phase: int
    line: int
    varies: bool
    adversaries: tuple[int, ...]
    in_force: bool

    @property
    def doubtful(self) -> bool:
        return self.start.first != self.start.last or (
            self.until is not None and self.until.first != self.until.last
        )


def table_of(source: str, obligations: Iterable[Obligation], edition: Edition | None = None) -> Table:
    """Obligations in columns, those of one row together: of treaty pages, and for tests. Those without one of ATOP's
    pledges are left out and listed in `left_out`."""
    told = tuple(obligations)
    rows: dict[_Row, tuple[int, int]] = {}
    instruments: dict[str, Instrument] = {}
    foes: dict[tuple[int, ...], int] = {(): 0}
    lost: list[Dropped] = []
    for o in told:
        if o.pledge is None:
            lost.append(Dropped(o.line, NO_PLEDGE, (("basis", o.basis),)))
            continue
        instruments.setdefault(o.instrument, Instrument(o.instrument, o.title, o.signed, o.in_force))
        foes.setdefault(o.adversaries, len(foes))
        entered = o.in_force is not None and o.in_force == o.start
        row = _Row(
            o.debtor, o.beneficiary, o.start, o.until, o.instrument, o.phase, o.line, o.varies, o.adversaries, entered
        )  # fmt: skip
        pledges, conditions = rows.get(row, (0, 0))
        rows[row] = pledges | bits_of([o.pledge]), conditions | conditions_bits({o.pledge: o.conditions})
    order = {name: n for n, name in enumerate(instruments)}
    bases = {
        (order[o.instrument], o.line, o.pledge): o.basis
        for o in told
        if o.pledge is not None and o.basis != o.pledge
    }
    values: dict[str, list[int]] = {
        "debtor": [row.debtor for row in rows],
        "beneficiary": [row.beneficiary for row in rows],
        "start": [first_day(row.start) for row in rows],
        "until": [first_day_after(row.until) for row in rows],
        "pledges": [pledges for pledges, _ in rows.values()],
        "conditions": [conditions for _, conditions in rows.values()],
        "instrument": [order[row.instrument] for row in rows],
        "phase": [row.phase for row in rows],
        "line": [row.line for row in rows],
        "varies": [row.varies for row in rows],
        "doubtful": [row.doubtful for row in rows],
        "foe": [foes[row.adversaries] for row in rows],
        "in_force": [row.in_force for row in rows],
    }
    columns: dict[str, Any] = {name: np.array(values[name], kind) for name, kind in KINDS.items()}
    return Table(
        source,
        **columns,
        instruments=tuple(instruments.values()),
        adversaries=tuple(foes),
        written={n: Written(row.start, row.until) for n, row in enumerate(rows) if row.doubtful},
        edition=edition,
        left_out=tuple(lost),
        bases=bases,
    )


NO_PLEDGE = "it has none of the five pledges"


KINDS: Mapping[str, Any] = {
    "debtor": np.int16, "beneficiary": np.int16, "start": np.int32, "until": np.int32, "pledges": np.uint8,
    "conditions": np.uint64, "instrument": np.int32, "phase": np.int16, "line": np.int32, "varies": np.bool_,
    "doubtful": np.bool_, "foe": np.int16, "in_force": np.bool_,
}  # fmt: skip
"""The type of each column."""

COLUMNS: tuple[str, ...] = tuple(KINDS)
"""The names of the columns."""


def first_day(start: EDate) -> int:
    """The earliest day that a beginning can be, as an ordinal."""
    return start.first.toordinal()


def first_day_after(until: EDate | None) -> int:
    """The latest day that an end can be, as an ordinal; `UNENDED` for none."""
    return until.last.toordinal() if until is not None else UNENDED
