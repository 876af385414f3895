"""Dates as a sentence has them.

`between` is said of one day in a range, `to` of a span that lasted. Ranges and spans include the days
they name, so an open one is `on or after`, never `after`. A date in words is a phrase: English, and
said aloud in whatever language is spoken.

>>> from foedus.diagnostics.span import NOWHERE
>>> from foedus.terms.edtf import parse_date
>>> in_words(parse_date("2022-01-05/2022-01-08", NOWHERE))
'5 to 8 January 2022'
"""

from __future__ import annotations

from datetime import UTC, datetime

from foedus.terms.edtf import MONTHS, EDate
from foedus.words.speech import Phrase, phrase, phrase_in

MONTH_NAMED = "month named alone"
MONTH_OF_DAY = "month after a day"
MONTH_WITHIN = "in such a month"
"""Three places of a month's name, which languages that decline tell apart."""

DAY = "day of a month"
"""Of these only the first has a form of its own in some languages."""


def in_words(a: EDate, but: int | None = None) -> Phrase:
    """The date in words: `5 January 2022`, `5 or 6 January 2022`, `between 5 and 8 January 2022`;
    the year in `but` is not said where the date ends in it."""
    parts = a.parts
    said = _said(tuple(part for part in parts if part != ".."), but)
    if a.kind == "span":
        if a.open_end:
            return phrase("from {day}", day=said[0])
        if a.open_start:
            return phrase("up to and including {day}", day=said[0])
        if parts[0] == parts[1] and len(parts[0]) == 10:
            return said[-1]
        return phrase("{day} to {last_day}", day=said[0], last_day=said[1])
    if a.open_end:
        return phrase("on or after {day}", day=said[0])
    if a.open_start:
        return phrase("on or before {day}", day=said[0])
    if ".." in a.text:
        return phrase("between {day} and {last_day}", day=said[0], last_day=said[1])
    if len(said) == 1:
        return said[0]
    return phrase("{days} or {last_day}", days=tuple(said[:-1]), last_day=said[-1])


def moment(at: datetime) -> Phrase:
    """An instant in words, in UTC and to the minute, or to the second where it is not a whole one: `5 March 2031,
    09:40 UTC`."""
    at = at.astimezone(UTC)
    return phrase(
        "{day}, {time}",
        day=in_words(EDate.of(at.date())),
        time=f"{at:%H:%M:%S} UTC" if at.second else f"{at:%H:%M} UTC",
    )


def within(a: EDate, but: int | None = None) -> Phrase:
    """With the word that puts something on that date: `on 6 January 2022`, `in January 2022`, `in
    2022`; `between 5 and 8 January 2022` as it stands. `but` as for `in_words`."""
    figures = a.text.split("-")
    if len(figures) > 3 or not all(part.isascii() and part.isdigit() for part in figures):
        return in_words(a, but)
    year = str(int(figures[0]))
    if len(figures) == 3:
        return phrase("on {day}", day=in_words(a, but))
    if len(figures) == 1:
        return phrase("in {year}", year=year)
    month = phrase_in(MONTH_WITHIN, MONTHS[int(figures[1]) - 1])
    if int(year) == but:
        return phrase_in("in such a month", "in {month}", month=month)
    return phrase_in("in such a month", "in {month} {year}", month=month, year=year)


def _said(parts: tuple[str, ...], but: int | None) -> list[Phrase]:
    """Each part in words; month and year that all share are said once, with the last.

    Only parts of one precision without a mark of doubt share words: "about 5 or 6 January" would
    leave open what is doubtful.
    """
    alike = len({len(part) for part in parts}) == 1 and not any(part[-1] in "?~%" for part in parts)
    shared = 0
    if alike and len({part[:4] for part in parts}) == 1:
        shared = 1
        if len(parts[0]) == 10 and len({part[:7] for part in parts}) == 1:
            shared = 2
    if len(parts[0]) == 4:
        shared = 0
    last = parts[-1]
    unsaid = but is not None and len(last.rstrip("?~%")) > 4 and int(last[:4]) == but
    return [_part(part, shared) for part in parts[:-1]] + [_part(last, int(unsaid))]


def _part(part: str, drop: int) -> Phrase:
    said = _plain(part.rstrip("?~%").split("-"), drop)
    match part[-1]:
        case "?":
            return phrase("perhaps {day}", day=said)
        case "~":
            return phrase("about {day}", day=said)
        case "%":
            return phrase("perhaps about {day}", day=said)
        case _:
            return said


def _plain(figures: list[str], drop: int) -> Phrase:
    """Year, month and day as far as given; `drop` of them, from the year on, are not said."""
    year = str(int(figures[0]))
    if len(figures) == 1:
        return phrase_in("date", "{year}", year=year)
    if len(figures) == 2:
        month = phrase_in(MONTH_NAMED, MONTHS[int(figures[1]) - 1])
        return month if drop else phrase_in("date", "{month} {year}", month=month, year=year)
    if drop == 2:
        return _number(figures[2])
    day = _day(figures[2], figures[1])
    return day if drop else phrase_in("date", "{day_and_month} {year}", day_and_month=day, year=year)


def _day(day: str, month: str) -> Phrase:
    of = phrase_in(MONTH_OF_DAY, MONTHS[int(month) - 1])
    return phrase_in("date", "{day} {month}", day=_number(day), month=of)


def _number(day: str) -> Phrase:
    return phrase_in(DAY, str(int(day)))
