"""Which war a shock was, in COW's list of inter-state wars, and who entered it when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from foedus.cascade.confusion import Entered
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole
from foedus.sources.cow_wars import Participant

NEAR = timedelta(days=90)


def war_of(
    rows: Iterable[Participant], pair: tuple[int, int], on: date, number: int | None = None
) -> tuple[str, tuple[Entered, ...]]:
    """The war in which the two states (COW's numbers: attacker, target) fought each other and which began within
    ninety days of a day, or that of a number: its name, and each participant's entry on the side of the one or the
    other. Raises `Refused` (F858) for none, or several."""
    wars: dict[int, list[Participant]] = {}
    for row in rows:
        wars.setdefault(row.war, []).append(row)
    if number is not None and number not in wars:
        raise _none(f"the file has no war with the number {number}")
    fitting = {
        war: sides
        for war, found in wars.items()
        if (number is None or war == number) and (sides := _sides(found, pair)) is not None
    }
    if number is not None and not fitting:
        raise _none(f"in war {number}, the two states of the shock were not on different sides")
    if number is None:
        fitting = {war: sides for war, sides in fitting.items() if abs(_begun(wars[war]) - on) <= NEAR}
    if not fitting:
        raise _none("in no war of the file that began near that day were the two states on different sides")
    if len(fitting) > 1:
        listed = ", ".join(f"{wars[war][0].name} ({war})" for war in fitting)
        raise _none(f"several fit: {listed}; name one with --war")
    war, (own, _) = next(iter(fitting.items()))
    entries = tuple(
        Entered(row.state, 0 if row.side == own else 1, row.spells[0][0].first)
        for row in wars[war]
        if row.spells
    )
    return f"{wars[war][0].name} ({war})", entries


def _sides(found: Iterable[Participant], pair: tuple[int, int]) -> tuple[int, int] | None:
    """On which sides the two fought; None if not on different ones."""
    sides = [{row.side for row in found if row.state == state} for state in pair]
    if not sides[0] or not sides[1] or sides[0] & sides[1]:
        return None
    return min(sides[0]), min(sides[1])


def _begun(found: Iterable[Participant]) -> date:
    return min(row.spells[0][0].first for row in found if row.spells)


def _none(why: str) -> Refused:
    return Refused(Problem("F858", whole("--confusion"), {"why": why}))
