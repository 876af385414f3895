"""Days on which a norm can bind one state towards another: half-open intervals whose ends are the pages' own dates.

An end that the page leaves open (a month without its day) stays as it is written; where two ends are compared, the
earliest day of each counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from foedus.ir.norm import Instrument, Life
from foedus.terms.codes import Codes, table
from foedus.terms.time import EDate


def _days(on: EDate) -> tuple[date, date]:
    return on.first, on.last


@dataclass(frozen=True, slots=True)
class Interval:
    """From `start` until `until` (None: without an end); `unconfirmed`: a date is not."""

    start: EDate
    until: EDate | None
    unconfirmed: bool = False

    def meet(self, other: Interval) -> Interval | None:
        """The days of both, if there are any."""
        start = max(self.start, other.start, key=_days)
        ends = [end for end in (self.until, other.until) if end is not None]
        until = min(ends, key=_days) if ends else None
        if until is not None and until.last <= start.first:
            return None
        return Interval(start, until, self.unconfirmed or other.unconfirmed)

    def minus(self, other: Interval) -> Iterator[Interval]:
        """The days of this that are not days of the other."""
        if self.meet(other) is None:
            yield self
            return
        if self.start.first < other.start.first:
            yield replace(self, until=other.start)
        if other.until is not None and (self.until is None or other.until.first < self.until.first):
            yield replace(self, start=other.until)

    def holds(self, day: date) -> bool:
        """Whether a day is certainly one of them."""
        return self.start.last <= day and (self.until is None or day < self.until.first)

    @property
    def day(self) -> date:
        """A day of it, on which its beginning is over and its end has not begun, if there is one."""
        first = self.start.last if self.start.last < date.max else self.start.first
        return first if self.until is None or first < self.until.first else self.start.first


@dataclass(frozen=True, slots=True)
class Governed:
    """The days on which one text of an instrument governs (`text` None: it has one only)."""

    text: str | None
    when: Interval


def governed(instrument: Instrument, *, published: bool = False) -> tuple[Governed, ...]:
    """Which text governs when: `published`, as far as outsiders could know. None without a date to begin with."""
    ended = instrument.ended
    if not instrument.texts:
        if instrument.in_force is None:
            return ()
        unsure = instrument.in_force_unconfirmed or (ended is not None and instrument.ended_unconfirmed)
        return (Governed(None, Interval(instrument.in_force, ended, unsure)),)
    ends: dict[date, EDate] = {}
    for text in instrument.texts:
        for on in (text.start, text.until, text.secret_until if published else None):
            if on is not None:
                ends.setdefault(on.last if on is text.secret_until else on.first, on)
    found: list[Governed] = []
    days = sorted(ends)
    for number, day in enumerate(days):
        begun = [t for t in instrument.texts if t.start.first <= day and t.known(day if published else None)]
        if not begun or (begun[-1].until is not None and begun[-1].until.first <= day):
            continue
        until = ends[days[number + 1]] if number + 1 < len(days) else ended
        when = Interval(ends[day], until, begun[-1].unconfirmed)
        if ended is not None:
            met = when.meet(Interval(when.start, ended, instrument.ended_unconfirmed and until is ended))
            if met is None:
                continue
            when = met
        if found and found[-1].text == begun[-1].id and found[-1].when.until is when.start:
            when = replace(found.pop().when, until=when.until)
        found.append(Governed(begun[-1].id, when))
    return tuple(found)


def held(lives: Iterable[Life], state: str, role: str) -> tuple[Interval, ...]:
    """The days on which a state has a role, without those of a suspension."""
    own = [life for life in lives if life.state == state]
    merged: list[Interval] = []
    for interval in sorted((_of(life) for life in own if life.role == role), key=lambda i: _days(i.start)):
        last = merged[-1] if merged else None
        if last is not None and (last.until is None or interval.start.first <= last.until.first):
            both = (last.until, interval.until)
            ends = None if None in both else max((e for e in both if e is not None), key=_days)
            merged[-1] = Interval(last.start, ends, last.unconfirmed or interval.unconfirmed)
        else:
            merged.append(interval)
    if role == "party":
        for life in own:
            if life.role == "suspended":
                merged = [kept for interval in merged for kept in interval.minus(_of(life))]
    return tuple(merged)


def any_role(lives: Iterable[Life], state: str) -> tuple[Interval, ...]:
    """The days on which a state has any role, cut wherever one begins or ends."""
    own = [_of(life) for life in lives if life.state == state]
    borders = {_days(on): on for one in own for on in (one.start, one.until) if on is not None}
    days = [borders[key] for key in sorted(borders)]
    found: list[Interval] = []
    for number, start in enumerate(days):
        until = days[number + 1] if number + 1 < len(days) else None
        there = [
            one
            for one in own
            if one.start.first <= start.first and (one.until is None or start.first < one.until.first)
        ]
        if there:
            found.append(Interval(start, until, any(one.unconfirmed for one in there)))
    return tuple(found)


def _of(life: Life) -> Interval:
    return Interval(life.start, life.until, life.unconfirmed)


def numbered(interval: Interval, *states: str) -> Iterator[tuple[Interval, tuple[int | None, ...]]]:
    """The interval, cut where a state's number in the Correlates of War changes, with the numbers; None for a state
    that has none."""
    cuts: set[date] = set()
    first = interval.start.first
    last = interval.until.first if interval.until is not None else date.max
    for state in states:
        for row in _rows(state):
            cuts |= {cut for cut in (row.start, row.until) if cut is not None and first < cut < last}
    borders = [interval.start, *(EDate.of(cut) for cut in sorted(cuts))]
    for number, start in enumerate(borders):
        until = borders[number + 1] if number + 1 < len(borders) else interval.until
        day = start.first if number else min(interval.day, last - timedelta(1))
        yield Interval(start, until, interval.unconfirmed), tuple(_number(state, day) for state in states)


def _number(state: str, day: date) -> int | None:
    return next((row.cow for row in _rows(state) if row.on(day)), None)


@cache
def _rows(state: str) -> tuple[Codes, ...]:
    return tuple(row for row in table() if row.code == state)
