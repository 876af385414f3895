"""What rounds came to, beside what happened: who entered, who stayed out, and who was obliged.

States are set out by what happened and by whether something is so of them in all strata, in some, or in none. That
says what obligations explain under given readings, and nothing about why a state entered. Of a state about which the
page says nothing it is not known whether it entered.

>>> rows = [Compared("A", False, "entered", None, 1.0, 1.0), Compared("B", False, "unknown", None, 0.25, 0.0)]
>>> found = confusion(rows, 8)
>>> found.all.entered, found.some.unknown
((Placed(state='A', strata=8.0),), (Placed(state='B', strata=2.0),))
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

from foedus.cascade.rounds.outcome import Group, Strata
from foedus.terms.time import EDate

Happened = Literal["entered", "stayed out", "unknown"]
Among = Literal["all", "some", "none"]
NOBODY: Mapping[str, EDate | None] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Compared:
    """One state: what the page says that it did by the day, and when it entered; whether a duty arose for it, whether
    the rounds bring it in, each as a share of strata and worlds. Principals of the shock are told apart: nobody
    obliged them."""

    state: str
    principal: bool
    happened: Happened
    observed: EDate | None
    obliged: float
    entered: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A state, and in how many strata something is so of it."""

    state: str
    strata: float


@dataclass(frozen=True, slots=True)
class Cell:
    """States by what happened."""

    entered: tuple[Placed, ...]
    stayed_out: tuple[Placed, ...]
    unknown: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Confusion:
    """The states of which something is so in all, in some and in none of `strata` strata: that a duty arose, or that
    the rounds bring them in. Principals are left out."""

    strata: int
    all: Cell
    some: Cell
    none: Cell

    @property
    def told(self) -> bool:
        """Whether the page says of anybody that it stayed out: else it cannot be told who was obliged and did."""
        return any(cell.stayed_out for cell in (self.all, self.some, self.none))


def compared(
    strata: Strata,
    observed: Mapping[str, EDate],
    *,
    stayed: Mapping[str, EDate | None] = NOBODY,
    by: date | None = None,
    group: Group | None = None,
) -> tuple[Compared, ...]:
    """Each state considered, or of which the page says something, over all strata or over one group. `observed` has
    the days of entry, `stayed` who did not enter, to the end of a date or (None) at all. `by`: entries after it do
    not count."""
    principals = {
        part.strip()
        for fact in strata.shock
        if fact.startswith(("war(", "force("))
        for part in fact[fact.index("(") + 1 : -1].split(",")
    }
    obliged = group.obliged if group else {s: n / strata.strata for s, n in strata.obliged.items()}
    entered = group.entered if group else {s: n / strata.strata for s, n in strata.entered.items()}

    def happened(state: str) -> tuple[Happened, EDate | None]:
        on = observed.get(state)
        if on is not None:
            return ("entered", on) if by is None or on.first <= by else ("stayed out", None)
        if state not in stayed:
            return "unknown", None
        until = stayed[state]
        return ("stayed out" if until is None or by is None or by <= until.last else "unknown"), None

    return tuple(
        Compared(
            state, state in principals, *happened(state), obliged.get(state, 0.0), entered.get(state, 0.0)
        )
        for state in sorted({*strata.states, *observed, *stayed})
    )


def among(share: float) -> Among:
    """In how many strata something is so, as far as that says anything: counting readings gives no chance."""
    if share in (0.0, 1.0):
        return "all" if share else "none"
    return "some"


def confusion(
    rows: Iterable[Compared], strata: int, *, against: Literal["obliged", "entered"] = "obliged"
) -> Confusion:
    """The table of what happened × `against` (`obliged`, or `entered`: brought in by the rounds) in so many strata."""
    cells: dict[tuple[Among, Happened], list[Placed]] = {}
    for row in rows:
        if not row.principal:
            share = row.obliged if against == "obliged" else row.entered
            cells.setdefault((among(share), row.happened), []).append(
                Placed(row.state, round(share * strata, 6))
            )

    def cell(where: Among) -> Cell:
        found = [tuple(cells.get((where, what), ())) for what in ("entered", "stayed out", "unknown")]
        return Cell(*found)

    return Confusion(strata, cell("all"), cell("some"), cell("none"))
