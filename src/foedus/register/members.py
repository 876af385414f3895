"""Who held which role under which instrument, as rows that can be joined with data sets on states.

A row is one state's spell in a role under an instrument. A state's numbers in COW's and GW's lists may change while
it lasts (Germany in 1990): then the spell is two rows, so that the numbers of a row are right for all its days, and
`spell` says that they are one. Asked about a day, there is one row for each state and role on that day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from foedus.register.rows import Instrument, Party, Sure, both, dated
from foedus.terms.codes import Codes, codes_on, table


@dataclass(frozen=True, slots=True)
class Held:
    """A role that a state held. `start` and `until` (exclusive; empty: no end known) are EDTF; `spell` counts the
    state's spells in the role. `sure`: whether it held it on the day asked about, or without one, whether both
    days are known to the day. `codes` are its numbers at the time; None where the lists have none for it."""

    instrument: Instrument
    state: str
    role: str
    spell: int
    start: str
    until: str
    sure: Sure
    unconfirmed: bool
    source: str
    codes: Codes | None


def members(instruments: Iterable[Instrument], on: date | None = None) -> Iterator[Held]:
    """The rows of instruments, in the order of their pages; on a day, of those in force on it."""
    for instrument in instruments:
        yield from _ever(instrument) if on is None else _on(instrument, on)


def _ever(instrument: Instrument) -> Iterator[Held]:
    counted: dict[tuple[str, str], int] = {}
    for life in instrument.parties:
        number = counted[life.state, life.role] = counted.get((life.state, life.role), 0) + 1
        yield from _parted(_held(instrument, life, number))


def _on(instrument: Instrument, on: date) -> Iterator[Held]:
    stands = instrument.stands(on)
    found: dict[tuple[str, str], Held] = {}
    counted: dict[tuple[str, str], int] = {}
    for life in instrument.parties:
        key = life.state, life.role
        counted[key] = counted.get(key, 0) + 1
        if life.on(on) == "no":
            continue
        held = instrument.has(life.state, on) if life.role == "party" else life.on(on)
        sure = both(held, stands)
        if sure != "no" and (key not in found or life.on(on) == "yes"):
            row = _held(instrument, life, counted[key])
            found[key] = replace(row, sure=sure, codes=codes_on(life.state, on))
    yield from found.values()


def _held(instrument: Instrument, life: Party, spell: int) -> Held:
    until = life.until or instrument.ended
    unsure = life.unconfirmed or (not life.until and "ended" in instrument.unsure)
    known = all(dated(day).kind == "day" for day in (life.start, until) if day)
    codes = codes_on(life.state, dated(life.start).first)
    return Held(
        instrument, life.state, life.role, spell, life.start, until, "yes" if known else "perhaps", unsure,
        life.source, codes,
    )  # fmt: skip


def _parted(held: Held) -> Iterator[Held]:
    """A row, parted on the days on which the state's numbers change."""
    first = dated(held.start).last
    last = dated(held.until).first if held.until else date.max
    own = [row for row in table() if row.code == held.state]
    days = sorted({day for row in own for day in (row.start, row.until) if day is not None})
    for day in days:
        codes = codes_on(held.state, day)
        if first < day < last and codes != held.codes:
            yield replace(held, until=day.isoformat())
            held = replace(held, start=day.isoformat(), codes=codes)
    yield held
