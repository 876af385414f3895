"""The day that a page or a record states, where its words leave no doubt which day it is.

>>> stated("2022-01-06T10:00:00+03:00"), stated("6 января 2022 г."), stated("5/6/2022")
(EDate('2022-01-06'), EDate('2022-01-06'), None)
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from foedus.diagnostics.problem import Refused
from foedus.diagnostics.span import NOWHERE
from foedus.terms.time import EDate, parse_date

_ISO = re.compile(r"([0-9]{4})[-/.]?([0-9]{2})[-/.]?([0-9]{2})(?:[T ].*|Z)?$", re.S)
_NUMBERS = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})(?:[, ]\s*[0-9]{1,2}:[0-9]{2}.*)?$")
_EAST = re.compile(r"([0-9]{4})\s*[年년]\s*([0-9]{1,2})\s*[月월]\s*([0-9]{1,2})\s*[日일]")
_YEAR = re.compile(r"(?<![0-9])[12][0-9]{3}(?![0-9])")
_DAY = re.compile(r"(?<![0-9:])(?:[12][0-9]|3[01]|0?[1-9])(?![0-9:])")
_LONGEST = 60
"""Characters; a longer text says more than a date."""


@lru_cache(4096)
def stated(text: str) -> EDate | None:
    """The day; None where there is none, or more than one reading: `5/6/2022` is in May or in June."""
    text = " ".join(text.split())
    if not text or len(text) > _LONGEST:
        return None
    if found := _ISO.match(text) or _EAST.match(text):
        return _day(*map(int, found.groups()))
    if found := _NUMBERS.match(text):
        first, sign, second, year = int(found[1]), found[2], int(found[3]), int(found[4])
        if sign == "." or first > 12 or first == second:
            return _day(year, second, first)
        return _day(year, first, second) if second > 12 else None
    try:
        return parse_date(text, NOWHERE)
    except Refused:
        return _in_words(text)


def _day(year: int, month: int, day: int) -> EDate | None:
    try:
        return EDate.of(date(year, month, day))
    except ValueError:
        return None


def _in_words(text: str) -> EDate | None:
    """A day with the month in words of any language, its year and day in figures."""
    if not (_YEAR.search(text) and _DAY.search(_YEAR.sub("", text)) and re.search(r"[^\W\d_]{3}", text)):
        return None
    # Imported here because it takes longer than reading a thousand texts, and dates in figures need it not.
    from dateparser import parse  # noqa: PLC0415

    try:
        found: datetime | None = parse(text, settings={"STRICT_PARSING": True})
    except (ValueError, OverflowError, TypeError, RecursionError):
        return None
    return EDate.of(found) if found and str(found.year) in text else None
