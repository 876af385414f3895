"""Dates as documents give them: a day, one of several days, or a span of days.

A date is written in EDTF (ISO 8601-2). A *day* is known to the day. A *oneof* fell on exactly one of
several days: `[2022-01-05,2022-01-06]`, `[2022-01-05..2022-01-08]`, or a month or year, which is one
of its days. A *span* lasted from its first to its last day, both included. `?` `~` `%` say that the
writer of the source was not sure: the mark is kept and printed, and changes no comparison.

Dates do not know the hour. Two events of one day may have come in either order, so each is
*possibly before* the other and neither *certainly*.

>>> event = day("[2022-01-05,2022-01-06]")
>>> in_words(event), event.kind
('5 or 6 January 2022', 'oneof')
>>> certainly_before(event, day("2022-01-06")), possibly_before(event, day("2022-01-05"))
(False, True)
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NoReturn

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE, Place

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
UNSURE = {"": "", "?": "perhaps ", "~": "about ", "%": "perhaps about "}
LONGEST_TEXT = 1_000
MOST_DAYS = 1_000
"""A list of days longer than these is no date of a document; the bounds keep hostile input small."""

_ATOM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([?~%]?)")


@dataclass(frozen=True, slots=True)
class EDate:
    """A date in canonical EDTF, with the days it leaves possible.

    `first` and `last` are the earliest and the latest possible day (`date.min` and `date.max` where
    an end is open); of a span, its earliest start and its latest last day. `days` lists the days of
    a listed set in order, and is empty otherwise. `unsure` is true if any part has `?`, `~` or `%`.

    >>> EDate.of(date(2022, 1, 5))
    EDate('2022-01-05')
    """

    text: str
    kind: Literal["day", "oneof", "span"]
    first: date
    last: date
    days: tuple[date, ...] = ()
    unsure: bool = False

    @classmethod
    def of(cls, on: date) -> EDate:
        """The date that is exactly this day."""
        on = date(on.year, on.month, on.day)
        return cls(on.isoformat(), "day", on, on)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"EDate({self.text!r})"

    @property
    def start_first(self) -> date:
        """Earliest day on which it can begin."""
        return self.first

    @property
    def start_last(self) -> date:
        """Latest day on which it can begin; for a day or one-of set, its latest day."""
        if self.kind != "span":
            return self.last
        start = self.text.partition("/")[0]
        return date.min if start == ".." else min(_bounds(start)[1], self.last)

    @property
    def end_first(self) -> date:
        """Earliest day that can be its last; for a day or one-of set, its earliest day."""
        if self.kind != "span":
            return self.first
        end = self.text.partition("/")[2]
        return date.max if end == ".." else max(_bounds(end)[0], self.first)

    @property
    def end_last(self) -> date:
        """Latest day that can be its last."""
        return self.last


def day(text: str) -> EDate:
    """The date that `text` writes, for tests and examples; raises `Refused` like `parse_date`."""
    return parse_date(text, NOWHERE)


def parse_date(text: str, place: Place) -> EDate:
    """The date that `text` writes at `place`.

    Raises `Refused` with F110 (not a date), F111 (no such day), F112 (ends before it begins) or
    F113 (EDTF, but a form that Foedus does not read).

    >>> parse_date("[2022-01-06, 2022-01-05]", NOWHERE).text
    '[2022-01-05,2022-01-06]'
    """
    return _Reader(text, place).read()


@dataclass(frozen=True, slots=True)
class _Reader:
    whole: str
    place: Place

    def read(self) -> EDate:
        text = self.whole.strip()
        if len(text) > LONGEST_TEXT:
            self.refuse("F110", text, why=f"it has more than {LONGEST_TEXT} characters")
        if text.startswith("["):
            return self.one_of(text)
        if text.startswith("{"):
            self.refuse("F113", text, why="`{…}` means all of several dates", do="Write one fact for each date.")
        if "/" in text:
            return self.span(text)
        first, last = self.atom(text)
        kind = "day" if first == last else "oneof"
        return EDate(text, kind, first, last, (), text[-1] in "?~%")

    def one_of(self, text: str) -> EDate:
        if not text.endswith("]"):
            self.refuse("F110", text, why="its `[` is never closed")
        members = [member.strip() for member in text[1:-1].split(",")]
        if len(members) == 1 and ".." in members[0]:
            return self.range(text, members[0])
        spread: dict[str, tuple[date, date]] = {}
        for member in members:
            spread[member] = self.atom(member)
        ordered = sorted(spread, key=lambda member: (spread[member], member))
        if len(ordered) == 1:
            return _Reader(ordered[0], self.place).read()
        if sum((last - first).days + 1 for first, last in spread.values()) > MOST_DAYS:
            self.refuse("F113", text, why=f"it lists more than {MOST_DAYS} days", do="Write a range: `[a..b]`.")
        days = sorted({
            first + timedelta(n) for first, last in spread.values() for n in range((last - first).days + 1)
        })  # fmt: skip
        return EDate(
            f"[{','.join(ordered)}]", "oneof", days[0], days[-1], tuple(days), any(m[-1] in "?~%" for m in ordered)
        )

    def range(self, text: str, inside: str) -> EDate:
        left, _, right = (part.strip() for part in inside.partition(".."))
        if not left and not right:
            self.refuse("F113", text, why="it leaves both ends open, and so says nothing", do="Leave the date out.")
        first = self.atom(left)[0] if left else date.min
        last = self.atom(right)[1] if right else date.max
        if last < first:
            self.refuse("F112", text, first=left, last=right)
        if left == right:
            return _Reader(left, self.place).read()
        unsure = any(part[-1:] in ("?", "~", "%") for part in (left, right))
        return EDate(f"[{left}..{right}]", "oneof", first, last, (), unsure)

    def span(self, text: str) -> EDate:
        parts = [part.strip() for part in text.split("/")]
        if len(parts) != 2:
            self.refuse("F110", text, why="a span has one `/`")
        left, right = parts
        if not left or not right:
            self.refuse(
                "F113", text, why="an empty end means that nobody knows it",
                do="Write `..` for an end that is open.",
            )  # fmt: skip
        if left == right == "..":
            self.refuse("F113", text, why="it leaves both ends open, and so says nothing", do="Leave the date out.")
        first = date.min if left == ".." else self.atom(left)[0]
        last = date.max if right == ".." else self.atom(right)[1]
        if last < first:
            self.refuse("F112", text, first=left, last=right)
        return EDate(f"{left}/{right}", "span", first, last, (), left[-1] in "?~%" or right[-1] in "?~%")

    def atom(self, text: str) -> tuple[date, date]:
        match = _ATOM.fullmatch(text)
        if match is None:
            self.malformed(text)
        year, month, on = (int(part) if part else None for part in match.group(1, 2, 3))
        assert year is not None
        if year == 0:
            self.refuse("F113", text, why="the year 0000 and years before it are not read")
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if 21 <= month <= 41 and on is None:
            self.refuse(
                "F113", text, why=f"`{month}` in the place of the month means a season or another part of a year",
                do="Write the first and last day it can be: `[2022-03-01..2022-05-31]`.",
            )  # fmt: skip
        if not 1 <= month <= 12:
            self.refuse("F111", text, why="a year has 12 months, written 01 to 12")
        longest = monthrange(year, month)[1]
        if on is None:
            return date(year, month, 1), date(year, month, longest)
        if not 1 <= on <= longest:
            self.refuse("F111", text, why=f"{MONTHS[month - 1]} {year} has {longest} days")
        return date(year, month, on), date(year, month, on)

    def malformed(self, text: str) -> NoReturn:
        self.refuse("F110", text, why="")

    def refuse(self, code: str, part: str, why: str = "", do: str = "", first: str = "", last: str = "") -> NoReturn:
        values = {"date": part, "why": why, "first": first, "last": last}
        raise Refused(Problem(code, self.place, values, help=do))


def _bounds(atom: str) -> tuple[date, date]:
    """Earliest and latest day of a canonical day, month or year."""
    year, month, on = int(atom[:4]), atom[5:7], atom[8:10]
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    if not on:
        return date(year, int(month), 1), date(year, int(month), monthrange(year, int(month))[1])
    return date(year, int(month), int(on)), date(year, int(month), int(on))


def certainly_before(a: EDate, b: EDate) -> bool:
    """Whether the last day of `a` is earlier than the first of `b`, whichever days they were."""
    return a.last < b.first


def possibly_before(a: EDate, b: EDate) -> bool:
    """Whether `a` can have ended before `b` began; on one day, the hours may have it so."""
    return a.end_first <= b.start_last


def certainly_within(a: EDate, span: EDate) -> bool:
    """Whether every day that `a` can cover lies in `span`, both ends included, whatever they were."""
    return span.start_last <= a.first and a.last <= span.end_first


def possibly_within(a: EDate, span: EDate) -> bool:
    """Whether all of `a` can lie in `span`, both ends included."""
    return span.first <= a.start_last and a.end_first <= span.last


def within(a: EDate, span: EDate) -> bool | None:
    """Whether `a` lies in `span` (ends included): yes, no, or None where the dates do not settle it."""
    if certainly_within(a, span):
        return True
    return None if possibly_within(a, span) else False


def certainly_overlaps(a: EDate, b: EDate) -> bool:
    """Whether both cover a common day, whichever days they were."""
    return a.start_last <= b.end_first and b.start_last <= a.end_first


def possibly_overlaps(a: EDate, b: EDate) -> bool:
    """Whether both can cover a common day."""
    return a.first <= b.last and b.first <= a.last


def overlaps(a: EDate, b: EDate) -> bool | None:
    """Whether both cover a common day: yes, no, or None where the dates do not settle it."""
    if certainly_overlaps(a, b):
        return True
    return None if possibly_overlaps(a, b) else False


def order_key(a: EDate) -> tuple[int, int, str]:
    """Sorts dates for a timeline: by first day, then last; an open beginning counts as its end."""
    begins = a.last if a.first == date.min else a.first
    return begins.toordinal(), a.last.toordinal(), a.text


def in_words(a: EDate) -> str:
    """The date as a sentence has it."""
    return a.text
