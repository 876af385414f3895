"""A treaty page beside the data set's rows for the same instrument: what the two say alike, and where they differ.

Neither is right by being here: a data set reads the whole treaty, a page the clauses that it encodes. What is
compared is what each says of members, of the five pledges, of their conditions and of the days.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from foedus.ir.norm import Program
from foedus.obligations.obligation import PLEDGES, Obligation, Pledge
from foedus.terms.time import EDate

T = TypeVar("T")
IN_BOTH = ("adversary", "location", "conflict", "number", "demand", "unprovoked", "request")
"""The conditions that data sets have flags for; pages tell more of them."""


@dataclass(frozen=True, slots=True)
class Both(Generic[T]):
    """What the page and the data set have in common, and what only one of them has."""

    shared: tuple[T, ...]
    page: tuple[T, ...]
    other: tuple[T, ...]

    @property
    def alike(self) -> bool:
        """Whether neither has what the other has not."""
        return not self.page and not self.other


@dataclass(frozen=True, slots=True)
class Days:
    """The first day of a source's rows and the last on which one ends (None: one has no end)."""

    start: EDate
    until: EDate | None


@dataclass(frozen=True)
class Beside:
    """One instrument twice. `conditions` are of the pledges that both have; those of a page that hold in some
    readings only count as its own. `more` are conditions of the page's for which data sets have no flag."""

    instrument: str
    other: str
    title: str
    members: Both[int]
    pledges: Both[Pledge]
    conditions: Mapping[Pledge, Both[str]]
    more: Mapping[Pledge, tuple[str, ...]]
    page_days: Days
    other_days: Days
    signed: EDate | None = None

    @property
    def alike(self) -> bool:
        """Whether pledges and conditions are the same."""
        return self.pledges.alike and all(both.alike for both in self.conditions.values())


def numbers(program: Program, source: str = "atop") -> Mapping[str, tuple[str, ...]]:
    """The data set's instruments (`atop:4220`) that each page names as its own by a code."""
    found = {
        name: tuple(f"{source}:{number}" for system, number in instrument.codes if system == source)
        for name, instrument in program.instruments.items()
    }
    return {name: ids for name, ids in found.items() if ids}


def beside(page: Iterable[Obligation], other: Iterable[Obligation]) -> Beside | None:
    """The rows of one page beside those of a data set for the same instrument; None if either has none."""
    ours, theirs = tuple(page), tuple(other)
    if not ours or not theirs:
        return None
    one, two = ({row.pledge for row in rows} for rows in (ours, theirs))
    pledges: Both[Pledge] = Both(_listed(one & two), _listed(one - two), _listed(two - one))
    told: dict[Pledge, Both[str]] = {}
    more: dict[Pledge, tuple[str, ...]] = {}
    for pledge in pledges.shared:
        own = {name for row in ours if row.pledge == pledge for name in (*row.conditions, *row.in_some)}
        flags = {name for row in theirs if row.pledge == pledge for name in row.conditions}
        told[pledge] = _both(own.intersection(IN_BOTH), flags)
        more[pledge] = tuple(sorted(own.difference(IN_BOTH)))
    first = ours[0]
    return Beside(
        first.instrument, theirs[0].instrument, first.title, _both(_members(ours), _members(theirs)), pledges, told,
        more, _days(ours), _days(theirs), next((row.signed for row in ours if row.signed is not None), None),
    )  # fmt: skip


def _listed(among: Container[str | None]) -> tuple[Pledge, ...]:
    return tuple(pledge for pledge in PLEDGES if pledge in among)


def _both(ours: Iterable[T], theirs: Iterable[T]) -> Both[T]:
    one, two = set(ours), set(theirs)
    parts = (one & two, one - two, two - one)
    return Both(*(tuple(sorted(part, key=str)) for part in parts))


def _members(rows: Iterable[Obligation]) -> set[int]:
    return {state for row in rows for state in (row.debtor, row.beneficiary)}


def _days(rows: tuple[Obligation, ...]) -> Days:
    ends = [row.until for row in rows]
    last = max((end for end in ends if end is not None), key=lambda d: d.last, default=None)
    return Days(min((row.start for row in rows), key=lambda d: d.first), None if None in ends else last)
