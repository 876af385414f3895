"""What rounds came to, beside what happened: who entered, and who was obliged.

Four counts, over states, of one group of strata or of all: obliged and entered, obliged and not, entered without an
obligation, neither. They say what obligations explain under given readings, and nothing about why a state entered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from foedus.cascade.rounds.outcome import Group, Strata
from foedus.terms.time import EDate


@dataclass(frozen=True, slots=True)
class Compared:
    """One state: whether it entered by the day, whether a duty arose for it, whether the rounds bring it in; each
    as a share of strata and worlds. Principals of the shock are told apart: nobody obliged them."""

    state: str
    principal: bool
    observed: EDate | None
    obliged: float
    entered: float


@dataclass(frozen=True, slots=True)
class Confusion:
    """The states of each cell of entered × obliged (a duty arose in at least half of the strata looked at), and of
    entered × brought in by the rounds. Principals are left out."""

    both: tuple[str, ...]
    obliged_only: tuple[str, ...]
    entered_only: tuple[str, ...]
    neither: tuple[str, ...]


def compared(
    strata: Strata, observed: Mapping[str, EDate], *, by: date | None = None, group: Group | None = None
) -> tuple[Compared, ...]:
    """Each state considered or observed, over all strata or over one group. `by`: entries after it do not count."""
    principals = {
        part.strip()
        for fact in strata.shock
        if fact.startswith(("war(", "force("))
        for part in fact[fact.index("(") + 1 : -1].split(",")
    }
    obliged = group.obliged if group else {s: n / strata.strata for s, n in strata.obliged.items()}
    entered = group.entered if group else {s: n / strata.strata for s, n in strata.entered.items()}
    states = sorted({*strata.states, *observed})
    return tuple(
        Compared(
            state,
            state in principals,
            on if (on := observed.get(state)) is not None and (by is None or on.first <= by) else None,
            obliged.get(state, 0.0),
            entered.get(state, 0.0),
        )
        for state in states
    )


def confusion(rows: Iterable[Compared], *, against: str = "obliged", half: float = 0.5) -> Confusion:
    """The table of entered × `against` (`obliged`, or `entered`: brought in by the rounds)."""
    cells: dict[tuple[bool, bool], list[str]] = {}
    for row in rows:
        if not row.principal:
            told = row.obliged if against == "obliged" else row.entered
            cells.setdefault((row.observed is not None, told >= half), []).append(row.state)
    return Confusion(
        tuple(cells.get((True, True), ())),
        tuple(cells.get((False, True), ())),
        tuple(cells.get((True, False), ())),
        tuple(cells.get((False, False), ())),
    )
