"""What happened when: each dated fact as a bar, as wide as the days on which it may have been.

A day is a block; one of several days is hatched over all of them; what lasted is a line from its first
to its last day, hatched where its beginning or end is not known to the day. A fact that is not
established is hollow. Dates beyond the axis are pointed to.

The axis is the dossier's period; its unit is the day, and it is marked by days, months or years,
whichever are few enough to read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from foedus.evidence.claim import Claim
from foedus.evidence.standing import Standing
from foedus.report.html.setting import Setting
from foedus.report.wording import on_day
from foedus.terms.fact import Fact
from foedus.terms.time import EDate, order_key

FEW_DAYS = 40
FEW_MONTHS = 30
MOST_CITED = 4
"""So many sources are numbered beside a fact; the others stand in its grounds."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of days from `start` for `wide`, counted from the axis' first day."""

    kind: Literal["day", "unsure", "lasting", "before", "after"]
    start: float
    wide: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of the axis: its first day, how many days it covers, what is written there."""

    start: int
    wide: int
    words: str


@dataclass(frozen=True, slots=True)
class Axis:
    """The days from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it covers."""
        return (self.last - self.first).days + 1

    def ticks(self) -> tuple[Tick, ...]:
        """Days by their number; of a longer axis its months, of a longer one still its years."""
        if self.days <= FEW_DAYS:
            days = (self.first + timedelta(n) for n in range(self.days))
            return tuple(Tick(n, 1, str(day.day)) for n, day in enumerate(days))
        starts = [self.first]
        by_year = self.days > FEW_MONTHS * 31
        while (following := _next(starts[-1], by_year)) <= self.last:
            starts.append(following)
        ends = [*starts[1:], self.last + timedelta(1)]
        step = -(-len(starts) // 12)
        return tuple(
            Tick(
                (start - self.first).days,
                (end - start).days,
                (str(start.year) if by_year else f"{start.month}/{start.year % 100:02}")
                if n % step == 0
                else "",
            )
            for n, (start, end) in enumerate(zip(starts, ends, strict=True))
        )

    def bars(self, on: EDate) -> tuple[Bar, ...]:
        """How a date is drawn."""
        if on.last < self.first:
            return (Bar("before", 0, 0),)
        if on.first > self.last:
            return (Bar("after", self.days, 0),)
        if on.kind == "day":
            return self._stretch("day", on.first, on.last)
        if on.kind == "oneof":
            days = on.days or ()
            if days:
                return tuple(bar for day in days for bar in self._stretch("unsure", day, day))
            return self._stretch("unsure", on.first, on.last)
        sure = self._stretch("lasting", on.start_last, on.end_first) if on.start_last <= on.end_first else ()
        return (
            *(
                self._stretch("unsure", on.start_first, on.start_last)
                if on.start_first < on.start_last
                else ()
            ),
            *sure,
            *(self._stretch("unsure", on.end_first, on.end_last) if on.end_first < on.end_last else ()),
        )

    def _stretch(self, kind: Literal["day", "unsure", "lasting"], first: date, last: date) -> tuple[Bar, ...]:
        if last < self.first or first > self.last:
            return ()
        first, last = max(first, self.first), min(last, self.last)
        return (Bar(kind, (first - self.first).days, (last - first).days + 1),)


def _next(day: date, by_year: bool) -> date:
    if by_year or day.month == 12:
        return date(day.year + 1, 1, 1)
    return date(day.year, day.month + 1, 1)


def axis_of(period: EDate | None, facts: Iterable[Fact]) -> Axis | None:
    """The period; where the dossier gives none, or one without end, all days of its facts."""
    dates = [fact.on for fact in facts if fact.on is not None]
    known = [on for on in dates if on.first != date.min and on.last != date.max]
    first = (
        period.first if period and period.first != date.min else min((d.first for d in known), default=None)
    )
    last = period.last if period and period.last != date.max else max((d.last for d in known), default=None)
    return Axis(first, last) if first is not None and last is not None and first <= last else None


def timeline(page: Setting) -> Mapping[str, Any] | None:
    """The axis, and each dated fact in order: date, title, standing, sources, bars."""
    record = page.assessment.dossier.record
    dated = sorted(
        ((fact.on, n, fact) for n, fact in enumerate(record.facts) if fact.on is not None),
        key=lambda each: (order_key(each[0]), each[1]),
    )
    axis = axis_of(page.assessment.dossier.period, record.facts)
    if not dated or axis is None:
        return None
    rows: list[Mapping[str, Any]] = []
    before = ""
    for on, _, fact in dated:
        standing = page.assessment.standings.get(fact.id)
        words = on_day(on)
        cited, more = _cited(standing)
        rows.append(
            {
                "id": fact.id,
                "date": "" if words == before else words,
                "spoken": words,
                "title": fact.title or fact.id,
                "standing": standing.word if standing else "unknown",
                "sure": standing is not None and standing.word == "established",
                "unconfirmed": fact.unconfirmed,
                "letter": page.letters.letters.get(page.letters.about.get(fact.id, fact.id)),
                "question": page.letters.about.get(fact.id, fact.id),
                "sources": [name for name in cited if page.number(name)],
                "more": more,
                "bars": axis.bars(on),
            }
        )
        before = words
    return {
        "axis": axis,
        "ticks": axis.ticks(),
        "rows": rows,
        "from": on_day(EDate.of(axis.first)),
        "to": on_day(EDate.of(axis.last)),
    }


def _cited(standing: Standing | None) -> tuple[list[str], int]:
    """The documents that say so, the independent ones first; and how many more there are."""
    if standing is None:
        return [], 0
    witnesses = [claim for component in standing.components for claim in component.witnesses[:1]]
    every: list[Claim] = [claim for claims in standing.claims.values() for claim in claims]
    names = list(dict.fromkeys(claim.source for claim in (*witnesses, *every) if claim.source))
    return names[:MOST_CITED], max(0, len(names) - MOST_CITED)
