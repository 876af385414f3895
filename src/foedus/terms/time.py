"""Dates as documents give them: a day, one of several days, or a span of days.

A date is written in EDTF (`edtf.py` reads it). A *day* is known to the day. A *oneof* fell on exactly
one of several days: `[2022-01-05,2022-01-06]`, `[2022-01-05..2022-01-08]`, or a month or year, which
here is one of its days (`period` makes it the whole month). A *span* lasted from its first to its last
day, both included. `?` `~` `%` say that a source was not sure: they are printed and change nothing.

Dates do not know the hour. Two events of one day may have come in either order, so each is *possibly*
before the other and neither *certainly*. Two dates are compared as two: even a date and itself are
on the same day only if it is known to the day.

>>> event = day("[2022-01-05,2022-01-06]")
>>> in_words(event), event.kind
('5 or 6 January 2022', 'oneof')
>>> certainly_before(event, day("2022-01-06")), possibly_before(event, day("2022-01-05"))
(False, True)
"""

from __future__ import annotations

from datetime import date

from foedus.diagnostics.span import NOWHERE
from foedus.terms.date_words import in_words
from foedus.terms.edtf import EDate, parse_date

__all__ = [
    "EDate",
    "certainly_before",
    "certainly_overlaps",
    "certainly_within",
    "day",
    "in_words",
    "order_key",
    "overlaps",
    "parse_date",
    "period",
    "possibly_before",
    "possibly_overlaps",
    "possibly_within",
    "within",
]


def day(text: str) -> EDate:
    """The date that `text` writes, for tests and examples; raises `Refused` like `parse_date`."""
    return parse_date(text, NOWHERE)


def period(a: EDate) -> EDate:
    """The span of all days that `a` leaves possible: of `2022-01`, the whole month.

    >>> period(day("2022-01"))
    EDate('2022-01-01/2022-01-31')
    """
    if a.kind == "span":
        return a
    first = ".." if a.open_start else a.first.isoformat()
    last = ".." if a.open_end else a.last.isoformat()
    return EDate(f"{first}/{last}", "span", a.first, a.last)


def certainly_before(a: EDate, b: EDate) -> bool:
    """Whether the last day of `a` is earlier than the first of `b`, whichever days these were."""
    return a.last < b.first


def possibly_before(a: EDate, b: EDate) -> bool:
    """Whether `a` can have ended before `b` began; on one and the same day, the hours may have it so.

    For days and one-of sets this is exactly `not certainly_before(b, a)`.
    """
    endless = (a.kind == "span" and a.open_end) or (b.kind == "span" and b.open_start)
    return not endless and a.end_first <= b.start_last


def within(a: EDate, span: EDate) -> bool | None:
    """Whether all of `a` lies in `span`, both ends included; None where the dates do not settle it.

    None is neither: ask `possibly_within` or `certainly_within` in a condition.

    >>> within(day("2022-01-05"), day("2022-01/2022-03")), within(day("2022-02"), day("2022-01/2022-03"))
    (None, True)
    """
    if certainly_within(a, span):
        return True
    return None if possibly_within(a, span) else False


def certainly_within(a: EDate, span: EDate) -> bool:
    """Whether all of `a` lies in `span`, both ends included, whichever days these were."""
    return span.start_last <= a.first and a.last <= span.end_first


def possibly_within(a: EDate, span: EDate) -> bool:
    """Whether all of `a` can lie in `span`, both ends included."""
    if span.kind == "span":
        if a.kind != "span":
            return possibly_overlaps(a, span)
        return span.first <= a.start_last and a.end_first <= span.last
    if a.kind != "span":
        return possibly_overlaps(a, span)
    return _has_day(span, a.end_first, a.start_last)


def overlaps(a: EDate, b: EDate) -> bool | None:
    """Whether both cover a common day; None where the dates do not settle it (see `within`)."""
    if certainly_overlaps(a, b):
        return True
    return None if possibly_overlaps(a, b) else False


def certainly_overlaps(a: EDate, b: EDate) -> bool:
    """Whether both cover a common day, whichever days these were."""
    return a.start_last <= b.end_first and b.start_last <= a.end_first


def possibly_overlaps(a: EDate, b: EDate) -> bool:
    """Whether both can cover a common day."""
    if a.days and b.days:
        return not set(a.days).isdisjoint(b.days)
    if a.days:
        return _has_day(a, b.first, b.last)
    return _has_day(b, a.first, a.last)


def _has_day(a: EDate, first: date, last: date) -> bool:
    """Whether `a` can cover a day from `first` to `last`."""
    if a.days:
        return any(first <= on <= last for on in a.days)
    return max(first, a.first) <= min(last, a.last)


def order_key(a: EDate) -> tuple[int, int, str]:
    """Sorts a timeline: by first possible day, then last; a date with open beginning goes by its last.

    >>> [str(a) for a in sorted(map(day, ("2022-01", "2022-01-05", "[..2022-01-03]")), key=order_key)]
    ['2022-01', '[..2022-01-03]', '2022-01-05']
    """
    begins = a.last if a.open_start else a.first
    return begins.toordinal(), a.last.toordinal(), a.text
