"""Memberships as spells of days, ours and those of ATOP, state by state under our codes.

A *spell* is a state's unbroken time in an instrument. Ours come from the lines of `parties` (of states that bear
its duties: parties and guarantors). ATOP's rows are joined where one phase of an alliance follows another, and
where one state goes on under another number (Germany in 1990); a number that several of our codes share over time
(365: the Russian Empire, the Soviet Union, Russia) is parted where one state follows the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from foedus.register.rows import Instrument, Party, dated
from foedus.sources.atop import Member
from foedus.terms.codes import codes_of, table
from foedus.terms.edtf import EDate
from foedus.terms.states import STATES

BOUND = ("party", "guarantor")
"""The roles of those whom an instrument obliges as its members."""

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Spell:
    """From `start` until `until` (None: no end known). Of ours `until` is the first day after it, of ATOP's the
    last day in it. `joints` are the days on which a later phase or number began inside it (ATOP's only)."""

    state: str
    start: EDate
    until: EDate | None
    unconfirmed: bool = False
    source: str = ""
    joints: tuple[EDate, ...] = ()
    rows: tuple[Member, ...] = ()

    @property
    def last(self) -> date:
        """The latest day it can reach."""
        return self.until.last if self.until is not None else date.max

    def meets(self, other: Spell) -> bool:
        """Whether the two can have a day in common."""
        return self.start.first <= other.last and other.start.first <= self.last


def ours(instrument: Instrument) -> dict[str, list[Spell]]:
    """The spells of each state that the instrument binds; a line without an end ends with the instrument."""
    found: dict[str, list[Spell]] = {}
    lives = [life for life in instrument.parties if life.role in BOUND and life.start]
    for life in sorted(lives, key=lambda life: (dated(life.start).first, dated(life.start).last)):
        spell = _ours(life, instrument)
        before = found.setdefault(life.state, [])
        if before and before[-1].until is not None and spell.start.first <= before[-1].until.last:
            if spell.until is None or spell.until.last > before[-1].until.last:
                unsure = before[-1].unconfirmed or spell.unconfirmed
                before[-1] = replace(before[-1], until=spell.until, unconfirmed=unsure)
        elif not before or before[-1].until is not None:
            before.append(spell)
    return found


def _ours(life: Party, instrument: Instrument) -> Spell:
    written = life.until or instrument.ended
    until = dated(written) if written else None
    unsure = life.unconfirmed or (not life.until and "ended" in instrument.unsure)
    return Spell(life.state, dated(life.start), until, unsure, life.source)


def theirs(members: Iterable[Member], own: Iterable[str]) -> dict[str, list[Spell]]:
    """ATOP's spells of each state; of codes that share a number, one that the page has (`own`) is preferred."""
    known = frozenset(own)
    parts: dict[str, list[Spell]] = {}
    for member in members:
        for part in _parted(member, known):
            parts.setdefault(part.state, []).append(part)
    return {
        state: _joined(sorted(of, key=lambda s: (s.start.first, s.start.last))) for state, of in parts.items()
    }


def _parted(member: Member, known: frozenset[str]) -> Iterator[Spell]:
    """A row's spell, parted on the days on which its number passes from one of our codes to another."""
    last = member.until.last if member.until is not None else date.max
    days = sorted(day for day in passages(member.number) if member.start.last < day < last)
    begin = member.start
    state = state_of(member.number, begin.first, known)
    for day in days:
        following = state_of(member.number, day, known)
        if following != state:
            yield Spell(state, begin, EDate.of(day), rows=(member,))
            begin, state = EDate.of(day), following
    yield Spell(state, begin, member.until, rows=(member,))


def state_of(number: int, day: date, known: frozenset[str] = frozenset()) -> str:
    """Our code for a number on a day: of several, one that the page has and that stood then, else one that the
    page has, else one that stood; `cow:N` for a number that none of ours has."""
    codes = codes_of(number, day)
    own = [code for code in codes if code in known]
    return (own or list(codes) or [f"cow:{number}"])[0]


def passages(number: int) -> set[date]:
    """The days on which some code with that number begins or ends."""
    found: set[date] = set()
    for row in table():
        if row.cow == number:
            state = STATES[row.code]
            found |= {day for day in (row.start, row.until) if day is not None}
            found |= {state.from_.first} if state.from_ is not None else set()
            found |= {state.until.last} if state.until is not None else set()
    return found


def _joined(parts: list[Spell]) -> list[Spell]:
    """Spells with those that follow without a break joined to them."""
    found: list[Spell] = []
    for part in parts:
        before = found[-1] if found else None
        if before is None or (before.until is not None and part.start.first > before.until.last + DAY):
            found.append(part)
            continue
        ends = [before.until, part.until]
        until = (
            None if None in ends else max((end for end in ends if end is not None), key=lambda end: end.last)
        )
        joints = before.joints if part.start.first <= before.start.last else (*before.joints, part.start)
        found[-1] = replace(before, until=until, joints=joints, rows=(*before.rows, *part.rows))
    return found


def together(own: list[Spell], other: list[Spell]) -> list[tuple[list[Spell], list[Spell]]]:
    """Our spells of a state beside ATOP's: those that have days in common stand together."""
    groups: list[tuple[list[Spell], list[Spell]]] = []
    for spell, side in sorted(
        [*((s, 0) for s in own), *((s, 1) for s in other)], key=lambda each: (each[0].start.first, each[1])
    ):
        group = next((g for g in groups if any(spell.meets(one) for one in g[1 - side])), None)
        if group is None:
            group = (list[Spell](), list[Spell]())
            groups.append(group)
        group[side].append(spell)
    return groups
