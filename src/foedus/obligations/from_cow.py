"""Obligations out of COW's Formal Alliances (4.1): defence, neutrality, non-aggression, entente.

An entente is an undertaking to consult in a crisis: it is carried as a pledge to consult, under COW's own name. COW has
no pledge of offence, no conditions, and nothing that differs by partner within a directed row. Of the files by dyad
the directed one says what the one owed the other; in the other two each owes the other what their row says. Whether a
pledge still held on the day of its end the files do not say; here it did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Protocol, TypeVar

from foedus.obligations.obligation import Obligation, Pledge
from foedus.obligations.pairs import paired
from foedus.obligations.table import Table, table_of
from foedus.sources.edition import Edition
from foedus.terms.edtf import EDate

SOURCE = "cow"
VARIABLES: Mapping[Pledge, str] = {
    "defense": "defense",
    "neutral": "neutral",
    "nonagg": "nonagg",
    "consul": "entente",
}
"""The pledges that COW knows, under the names of its columns."""

BY_MEMBER, BOTH_WAYS = "-member", "-dyad"
"""What stands in the id of an edition by member, and of one that has each pair once."""


class _Dated(Protocol):
    @property
    def alliance(self) -> int: ...
    @property
    def start(self) -> EDate: ...
    @property
    def last(self) -> EDate | None: ...
    @property
    def pledges(self) -> frozenset[str]: ...
    @property
    def line(self) -> int: ...


class Pair(_Dated, Protocol):
    """A row by dyad, as the reader gives it; `last` is inclusive."""

    @property
    def first(self) -> int: ...
    @property
    def second(self) -> int: ...


class Member(_Dated, Protocol):
    """A row by member, as the reader gives it; `last` is inclusive."""

    @property
    def member(self) -> int: ...


@dataclass(frozen=True, slots=True)
class _Part:
    alliance: int
    member: int
    start: EDate
    until: EDate | None
    pledges: frozenset[str]
    line: int
    phase: int = 0
    flags: dict[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    adversaries: tuple[int, ...] = ()
    varies: bool = False


def from_pairs(pairs: Iterable[Pair], both_ways: bool, edition: Edition | None = None) -> Table:
    """The table of a file by dyad; `both_ways` for the one that has each pair once. Of yearly rows of one interval,
    the first is taken."""
    found: list[Obligation] = []
    for row in _once(pairs, lambda row: (row.alliance, row.first, row.second, row.start)):
        ways = [(row.first, row.second), (row.second, row.first)] if both_ways else [(row.first, row.second)]
        until = day_after(row.last)
        for debtor, beneficiary in ways:
            found += [
                Obligation(
                    debtor, beneficiary, pledge, None, row.start, until, f"{SOURCE}:{row.alliance}", variable,
                    line=row.line,
                )
                for pledge, variable in VARIABLES.items()
                if pledge in own_pledges(row.pledges)
            ]  # fmt: skip
    return _called(table_of(SOURCE, found, edition))


def from_members(members: Iterable[Member], edition: Edition | None = None) -> Table:
    """The table of the file by member: each owes every other member what its own row says."""
    rows = _once(members, lambda row: (row.alliance, row.member, row.start))
    parts = [
        _Part(row.alliance, row.member, row.start, day_after(row.last), own_pledges(row.pledges), row.line)
        for row in rows
    ]
    return _called(paired(SOURCE, parts, edition))


def from_cow(rows: Sequence[Any], edition: Edition) -> Table:
    """The table of whichever of COW's files was read, as its edition says."""
    if BY_MEMBER in edition.id:
        return from_members(rows, edition)
    return from_pairs(rows, BOTH_WAYS in edition.id, edition)


Row = TypeVar("Row", bound=_Dated)


def _once(rows: Iterable[Row], key: Callable[[Row], object]) -> Sequence[Row]:
    found: dict[object, Row] = {}
    for row in rows:
        found.setdefault(key(row), row)
    return tuple(found.values())


def _called(table: Table) -> Table:
    return replace(table, variables={**VARIABLES}, marks=False)


def own_pledges(pledges: frozenset[str]) -> frozenset[str]:
    """The reader's pledges under the names of `PLEDGES`."""
    return frozenset("consul" if pledge == "entente" else pledge for pledge in pledges)


def day_after(last: EDate | None) -> EDate | None:
    """The first day after an inclusive end; of an end in some month or year, the day after its latest day."""
    if last is None or last.last == date.max:
        return None
    return EDate.of(last.last + timedelta(1))
