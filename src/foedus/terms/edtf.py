"""Reads the forms of EDTF (ISO 8601-2) in which documents give dates, and says what is wrong with others.

A *part* is one day, month or year with its mark of doubt: `2022-01-05`, `2022-01?`, `2022~`. A date is
a part, a set in brackets of which one is right, or a span of two parts. The canonical text has no
spaces, lists a set in order and once, and writes a set of one part as that part.

>>> from foedus.diagnostics.span import NOWHERE
>>> parse_date("[2022-01-06, 2022-01-05]", NOWHERE).text
'[2022-01-05,2022-01-06]'
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, NoReturn

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import Place

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip

MOST_CHARACTERS = 1_000
MOST_DAYS = 1_000
"""No document gives a date longer than this; the bounds keep hostile input small."""

_PART = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([?~%]?)")
_ONE_WORD_PER_DAY = "Write one fact for each date."


@dataclass(frozen=True, slots=True, repr=False)
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
        """The date that is exactly this day (of a datetime, its day)."""
        on = date(on.year, on.month, on.day)
        return cls(on.isoformat(), "day", on, on)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"EDate({self.text!r})"

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts as written, with `..` for an open end: two of a span or range, else each listed."""
        if self.kind == "span":
            return tuple(self.text.split("/"))
        inside = self.text.strip("[]")
        if ".." in inside:
            left, _, right = inside.partition("..")
            return (left or "..", right or "..")
        return tuple(inside.split(","))

    @property
    def start_first(self) -> date:
        """Earliest day on which it can begin."""
        return self.first

    @property
    def start_last(self) -> date:
        """Latest day on which it can begin (of a day or one-of set: the latest it can be)."""
        if self.kind != "span":
            return self.last
        start = self.parts[0]
        return date.min if start == ".." else min(bounds(start)[1], self.last)

    @property
    def end_first(self) -> date:
        """Earliest day that can be its last (of a day or one-of set: the earliest it can be)."""
        if self.kind != "span":
            return self.first
        end = self.parts[1]
        return date.max if end == ".." else max(bounds(end)[0], self.first)

    @property
    def end_last(self) -> date:
        """Latest day that can be its last."""
        return self.last

    @property
    def open_start(self) -> bool:
        """Whether the text leaves its beginning open: `../b` or `[..b]`."""
        return self.text.startswith(("../", "[.."))

    @property
    def open_end(self) -> bool:
        """Whether the text leaves its end open: `a/..` or `[a..]`."""
        return self.text.endswith(("/..", "..]"))


def bounds(part: str) -> tuple[date, date]:
    """Earliest and latest day of a part that has been read before; a mark of doubt changes nothing."""
    year, month, on = int(part[:4]), part[5:7], part[8:10]
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    if not on:
        return date(year, int(month), 1), date(year, int(month), monthrange(year, int(month))[1])
    return date(year, int(month), int(on)), date(year, int(month), int(on))


def parse_date(text: str, place: Place) -> EDate:
    """The date that `text` writes at `place`; spaces around its parts do not count.

    Raises `Refused` with F110 (not a date), F111 (no such day), F112 (ends before it begins) or
    F113 (EDTF, but a form that Foedus does not read), marking the part that is wrong.
    """
    return _Reader(text, place).date()


@dataclass(frozen=True, slots=True)
class _Reader:
    whole: str
    place: Place

    def date(self) -> EDate:
        text = self.whole.strip()
        if len(text) > MOST_CHARACTERS:
            self.refuse("F110", text, f"a date has at most {MOST_CHARACTERS} characters")
        if text.startswith("["):
            return self.one_of(text)
        if text.startswith("{"):
            self.refuse("F113", text, "`{…}` means all of several dates", _ONE_WORD_PER_DAY)
        if "/" in text and not _SLASHED_DAY.fullmatch(text):
            return self.span(text)
        return self.single(text)

    def single(self, text: str) -> EDate:
        first, last = self.part(text)
        return EDate(text, "day" if first == last else "oneof", first, last, (), _unsure(text))

    def one_of(self, text: str) -> EDate:
        if not text.endswith("]"):
            self.refuse("F110", text, "its `[` is never closed", "Close the set: `[2022-01-05,2022-01-06]`.")
        members = [member.strip() for member in text[1:-1].split(",")]
        if len(members) == 1 and ".." in members[0]:
            return self.ranged(text, members[0])
        spread: dict[str, tuple[date, date]] = {}
        for member in members:
            if ".." in member:
                self.refuse(
                    "F113", text, "it lists dates and has a range among them",
                    "List every date, or write one range: `[2022-01-05..2022-01-08]`.",
                )  # fmt: skip
            days_of = self.part(member)
            again = next((other for other in spread if _bare(other) == _bare(member)), None)
            if again is not None:
                del spread[again]
            spread[member if again is None else _joined(again, member)] = days_of
        ordered = sorted(spread, key=lambda member: (spread[member], member))
        if len(ordered) == 1:
            return self.single(ordered[0])
        if sum((last - first).days + 1 for first, last in spread.values()) > MOST_DAYS:
            self.refuse(
                "F113", text, f"it lists more than {MOST_DAYS:,} days", "Write a range: `[2015..2021]`."
            )  # fmt: skip
        days = {a + timedelta(n) for a, z in spread.values() for n in range((z - a).days + 1)}
        listed = tuple(sorted(days))
        return EDate(f"[{','.join(ordered)}]", "oneof", listed[0], listed[-1], listed, _unsure(*ordered))

    def ranged(self, text: str, inside: str) -> EDate:
        left, _, right = (end.strip() for end in inside.partition(".."))
        if not left and not right:
            self.refuse("F113", text, "both its ends are open, so it says nothing", "Leave the date out.")
        first = self.part(left)[0] if left else date.min
        last = self.part(right)[1] if right else date.max
        if last < first:
            self.refuse_order(text, left, right, f"[{right}..{left}]")
        if _bare(left) == _bare(right):
            return self.single(_joined(left, right))
        return EDate(f"[{left}..{right}]", "oneof", first, last, (), _unsure(left, right))

    def span(self, text: str) -> EDate:
        ends = [end.strip() for end in text.split("/")]
        if len(ends) != 2:
            self.refuse("F110", text, "a span has one `/`, between its first and its last day")
        left, right = ends
        if not left or not right:
            do = "Write `..` for an end that is open, or else the earliest or latest day that it can be."
            self.refuse("F113", text, "an empty end of a span means that it is unknown", do)
        if left == right == "..":
            self.refuse("F113", text, "both its ends are open, so it says nothing", "Leave the date out.")
        first = date.min if left == ".." else self.part(left)[0]
        last = date.max if right == ".." else self.part(right)[1]
        if last < first:
            self.refuse_order(text, left, right, f"{right}/{left}")
        return EDate(f"{left}/{right}", "span", first, last, (), _unsure(left, right))

    def part(self, text: str) -> tuple[date, date]:
        match = _PART.fullmatch(text)
        if match is None:
            self.refuse_form(text)
        year, month = int(match[1]), match[2]
        if year == 0:
            self.refuse("F113", text, "years before the year 1 are not read")
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if 21 <= int(month) <= 41 and match[3] is None:
            why = f"`{month}` in the place of the month is a season or another part of the year"
            self.refuse("F113", text, why, _SEASON)
        if not 1 <= int(month) <= 12:
            self.refuse("F111", text, "a year has 12 months")
        longest = monthrange(year, int(month))[1]
        if match[3] is None:
            return date(year, int(month), 1), date(year, int(month), longest)
        if not 1 <= int(match[3]) <= longest:
            self.refuse("F111", text, f"{MONTHS[int(month) - 1]} {year} has {longest} days")
        return date(year, int(month), int(match[3])), date(year, int(month), int(match[3]))

    def refuse_form(self, part: str) -> NoReturn:
        if not part:
            self.refuse("F110", part, "a date is missing here")
        for form, why, do in _NOT_READ:
            if re.fullmatch(form, part):
                self.refuse("F113", part, why, do)
        for form, why, do in _SLIPS:
            if match := re.fullmatch(form, part, re.IGNORECASE):
                self.refuse("F110", part, why, _mended(match, do))
        self.refuse("F110", part)

    def refuse_order(self, text: str, left: str, right: str, turned: str) -> NoReturn:
        self.refuse("F112", text, f"{right} is earlier than {left}", f"Turn it round: `{turned}`.")

    def refuse(self, code: str, part: str, why: str = "", do: str = "") -> NoReturn:
        values = {"date": part or self.whole.strip(), "why": why}
        raise Refused(Problem(code, self.mark(part), values, label=why, help=do))

    def mark(self, part: str) -> Place:
        """The place of `part`, if the place is that of the whole text and no wider."""
        place, at = self.place, self.whole.find(part)
        if at < 0 or not part or place.line != place.end_line:
            return place
        if place.end_column - place.column != len(self.whole):
            return place
        return replace(place, column=place.column + at, end_column=place.column + at + len(part))


def _unsure(*parts: str) -> bool:
    return any(part[-1:] in ("?", "~", "%") for part in parts)


def _bare(part: str) -> str:
    return part.rstrip("?~%")


def _joined(a: str, b: str) -> str:
    """One part written twice, with the doubt of both."""
    marks = {a[len(_bare(a)) :], b[len(_bare(b)) :]} - {""}
    return _bare(a) + ("%" if len(marks) > 1 else "".join(marks))


def _mended(match: re.Match[str], do: str) -> str:
    """The advice with the date that was meant; nothing if the calendar has no such date."""
    given = match.groupdict(default="")
    found = {name: f"{int(part):02}" for name, part in given.items() if part.isdecimal()}
    if name := given.get("name"):
        found["m"] = f"{[month[:3] for month in MONTHS].index(name[:3].title()) + 1:02}"
    try:
        date(int(found.get("y", "1")), int(found.get("m", "1")), int(found.get("d", "1")))
    except ValueError:
        return ""
    return do.format(**found)


_SEASON = "Write the first and the last day it can be: `[2022-03-01..2022-05-31]`."
_DAY_ONLY = "Write the day alone, and the hour in the title of the fact."

_NOT_READ: tuple[tuple[str, str, str], ...] = (
    (r"[0-9X]{4}(-[0-9X]{2}){0,2}[?~%]?", "`X` stands for digits that are not given",
     "Write a month as `2022-01`, a year as `2022`, a decade as `[2020..2029]`."),
    (r"[0-9-]{4,10}[?~%]?T.*", "it gives an hour, and dates here are days", _DAY_ONLY),
    (r"[0-9?~%-]*[?~%][0-9?~%-]*", "the mark of doubt stands inside the date",
     "Put one mark at the end: `2022-01-05?`."),
    (r"-[0-9-]+[?~%]?", "years before the year 1 are not read", ""),
    (r"Y-?[0-9]+(E[0-9]+)?(S[0-9]+)?|[0-9]{4}S[0-9]+", "years have four digits, from 0001 to 9999", ""),
    (r"\[.*|.*\]|\{.*|.*\}", "it has a set inside another date", "Write the earliest and the latest day."),
)  # fmt: skip
"""Forms of EDTF, or near to it, that are not read: pattern, reason, what to write.

Patterns here are compiled when first needed: most dates are right, and most runs never need them.
"""

_NAMES = "|".join((*MONTHS, *(month[:3] for month in MONTHS), "Sept"))
_SLASHED_DAY = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}")
_SLIPS: tuple[tuple[str, str, str], ...] = (
    (r"(?P<y>[0-9]{4})-(?P<m>0?[1-9]|1[0-2])-(?P<d>[1-9])", "month and day have two digits",
     "Write `{y}-{m}-{d}`."),
    (r"(?P<y>[0-9]{4})-(?P<m>[1-9])(-(?P<d>[0-9]{2}))?", "month and day have two digits",
     "Write two digits, as in `{y}-{m}`."),
    (r"(?P<y>[0-9]{4})(?P<m>0[1-9]|1[0-2])(?P<d>[0-3][0-9])", "it has no hyphens", "Write `{y}-{m}-{d}`."),
    (r"(?P<y>[0-9]{4})[./](?P<m>0?[1-9]|1[0-2])[./](?P<d>[0-3]?[0-9])", "its parts are joined by hyphens",
     "Write `{y}-{m}-{d}`."),
    (r"(?P<d>[0-9]{1,2})[./-](?P<m>[0-9]{1,2})[./-](?P<y>[0-9]{4})",
     "day and month could be told apart only by custom",
     "Write the year first, then the month: `2022-01-05`."),
    (rf"(?P<d>[0-3]?[0-9])(?:st|nd|rd|th)?\s+(?P<name>{_NAMES})\.?,?\s+(?P<y>[0-9]{{4}})",
     "dates are written in figures", "Write `{y}-{m}-{d}`."),
    (rf"(?P<name>{_NAMES})\.?\s+(?P<d>[0-3]?[0-9])(?:st|nd|rd|th)?,?\s+(?P<y>[0-9]{{4}})",
     "dates are written in figures", "Write `{y}-{m}-{d}`."),
    (rf"(?P<name>{_NAMES})\.?\s+(?P<y>[0-9]{{4}})", "dates are written in figures", "Write `{y}-{m}`."),
    (r"[0-9-]{4,10}[?~%]?\s*\.\.\s*[0-9-]{4,10}[?~%]?", "two dates stand side by side",
     "Write `[a..b]` if it was one of these days, `a/b` if it lasted from the first to the last."),
    (r"\.\.", "an open end stands alone", "Leave the date out."),
)  # fmt: skip
"""What people write instead, with the date they will have meant where that is certain."""
