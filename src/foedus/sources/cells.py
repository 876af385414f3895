"""What stands in a cell: whole numbers, shares, yes and no, days; and what data sets write where nothing is known.

A cell that cannot be what it should is `Unfit`, and its row is left out, told and counted. Values are looked up
once and then remembered, for columns repeat them.

>>> number("22.0"), missing_or_number("-9"), day("1815", "11", "20"), day("1822", "12", "")
(22, None, EDate('1815-11-20'), EDate('1822-12'))
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from foedus.diagnostics.problem import Refused
from foedus.diagnostics.span import NOWHERE
from foedus.terms.edtf import EDate, parse_date
from foedus.words.speech import marked_in

NO_NUMBER = marked_in("data set", "no whole number stands there")
NO_SHARE = marked_in("data set", "no number stands there")
NO_YEAR = marked_in("data set", "no year stands there")
NO_DAY = marked_in("data set", "the calendar has no such day")
NO_STATE = marked_in("data set", "no state has this number in the list that the data set goes by")
NO_YES = marked_in("data set", "neither 0 nor 1 stands there")
BACKWARDS = marked_in("data set", "it ends before it begins")
SHORT = marked_in("data set", "it has not as many cells as the first row names columns")
AGAIN = marked_in("data set", "the same row stands above")
CONTRADICTS = marked_in("data set", "another row says otherwise of the same thing")
"""Why a row is left out: the whole list, so that each can be said in every language."""

NOTHING = frozenset(("", ".", "na", "nan", "n/a", "null"))
"""How programs write a cell with nothing in it."""


EXACT = 2**53
"""A number with a point is exact below this; beyond it, what was written is lost."""


class Unfit(Exception):
    """A cell that cannot be what its column is for: its column, what it says, and why that does not do."""

    def __init__(self, column: str, value: str, why: str) -> None:
        super().__init__(column, value, why)
        self.column, self.value, self.why = column, value, why


@lru_cache(maxsize=1 << 16)
def _whole(text: str) -> int | None:
    try:
        return int(text)
    except ValueError:
        pass
    try:
        found = float(text)  # "22.0", as programs write whole numbers in a column with gaps
    except ValueError:
        return None
    return int(found) if found.is_integer() and abs(found) < EXACT else None


def number(text: str, column: str = "") -> int:
    """The whole number in a cell. Raises `Unfit` for what is none."""
    found = _whole(text)
    if found is None:
        raise Unfit(column, text, NO_NUMBER)
    return found


def missing_or_number(text: str, column: str = "", missing: tuple[int, ...] = (-9, -8, -7)) -> int | None:
    """The number; None for nothing, and for what a data set writes for it."""
    if text.casefold() in NOTHING:
        return None
    found = number(text, column)
    return None if found in missing else found


def share(text: str, column: str = "", missing: tuple[float, ...] = (-9.0,)) -> float | None:
    """A number with a point; None for nothing, and for what a data set writes for it."""
    if text.casefold() in NOTHING:
        return None
    try:
        found = float(text)
    except ValueError:
        raise Unfit(column, text, NO_SHARE) from None
    if found != found or found in (float("inf"), float("-inf")):
        raise Unfit(column, text, NO_SHARE)
    return None if found in missing else found


_FLAGS = {"1": True, "0": False, "1.0": True, "0.0": False}


def flag(text: str, column: str = "") -> bool | None:
    """1 or 0; None where the cell says nothing. Raises `Unfit` for all else."""
    found = _FLAGS.get(text)
    if found is None and text.casefold() not in NOTHING and text not in ("-9", "-8"):
        raise Unfit(column, text, NO_YES)
    return found


@lru_cache(maxsize=1 << 16)
def _day(year: str, month: str, on: str) -> EDate | int:
    """The date; or which of the cells is wrong (1 to 3, negative where no number stands), 0 where there is none."""
    parts: list[int] = []
    for at, text in enumerate((year, month, on), 1):
        found = 0 if text.casefold() in NOTHING else _whole(text)
        if found is None:
            return -at
        if found <= 0 or (found == 99 and at > 1):
            break
        parts.append(found)
    if not parts:
        return 0
    try:
        if len(parts) == 3:
            return EDate.of(date(*parts))
        written = "-".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])])
        return parse_date(written, NOWHERE)
    except (ValueError, OverflowError, Refused):
        return len(parts)


def day(
    year: str, month: str, on: str, columns: tuple[str, str, str] = ("year", "month", "day")
) -> EDate | None:
    """The date in three cells: a day, or a month or year where the rest is not known (nothing, 0, a negative
    number, 99); None where there is no year. Raises `Unfit` for what is no date."""
    found = _day(year, month, on)
    if isinstance(found, EDate):
        return found
    if found == 0:
        return None
    at = abs(found) - 1
    raise Unfit(columns[at], (year, month, on)[at], NO_NUMBER if found < 0 else NO_DAY)


def begun(year: str, month: str, on: str, columns: tuple[str, str, str]) -> EDate:
    """The date on which something began. Raises `Unfit` where there is none, too."""
    found = day(year, month, on, columns)
    if found is None:
        raise Unfit(columns[0], year, NO_YEAR)
    return found


def year_of(text: str, column: str) -> int:
    """A year. Raises `Unfit` for what cannot be one."""
    found = number(text, column)
    if not 1 <= found <= 9999:
        raise Unfit(column, text, NO_YEAR)
    return found


@lru_cache(maxsize=1 << 16)
def written_day(text: str) -> date | None:
    """The day that one cell writes as 2020-12-31 (a time of day after it does not count) or as 31:12:2020; None where
    it writes none.

    >>> written_day("2020-12-31 00:00:00.000"), written_day("31:12:2020"), written_day("12/31/20")
    (datetime.date(2020, 12, 31), datetime.date(2020, 12, 31), None)
    """
    try:
        if text[2:3] == ":" and text[5:6] == ":":
            return date(int(text[6:]), int(text[3:5]), int(text[:2]))
        return date.fromisoformat(text[:10]) if text[4:5] == "-" else None
    except (ValueError, OverflowError):
        return None
