"""The numbers by which data sets know states: Correlates of War (COW) and Gleditsch & Ward (GW).

A number may belong to another code on another day: Germany is 255 in COW's list before 1945 and after 1990, and 260
in between; GW keep 260. What follows COW's state system membership (v2016) and GW's list of independent states
(version 5) is the numbers, not the days on which either counts a state as a member of the system; `from` and
`until` in our table part only what has two numbers.

>>> codes_on("DEU", date(1939, 9, 1)).cow, codes_on("DEU", date(1970, 1, 1)).cow, codes_on("DEU", date(2020, 1, 1)).cow
(255, 260, 255)
>>> state_of("cow:705"), state_of("Kazakhstan"), state_of("gw:260", date(2000, 1, 1))
('KAZ', 'KAZ', 'DEU')
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole
from foedus.terms.states import ALSO_CALLED, STATES, UNCODED, nearest

NO_OTHERS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Codes:
    """One state's numbers, over the days on which they are its numbers (None: at any time)."""

    code: str
    cow: int
    abbreviation: str
    gw: int
    start: date | None = None
    until: date | None = None

    def on(self, day: date | None) -> bool:
        """Whether the numbers are the state's on a day; if none is named, whether they are its last."""
        if day is None:
            return self.until is None
        return (self.start is None or day >= self.start) and (self.until is None or day < self.until)


@cache
def table() -> tuple[Codes, ...]:
    """Every row, in the order of the states."""
    lines = Path(__file__).with_name("codes.csv").read_text(encoding="utf-8").splitlines()[1:]
    found: list[Codes] = []
    for line in lines:
        code, cow, abbreviation, gw, start, until = line.split("|")
        found.append(Codes(code, int(cow), abbreviation, int(gw), _day(start), _day(until)))
    return tuple(found)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def codes_on(code: str, day: date | None = None) -> Codes | None:
    """A state's numbers on a day (None: today's); None where the lists have none for it."""
    return next((row for row in table() if row.code == code and row.on(day)), None)


def state_of(text: str, day: date | None = None, own: Mapping[str, str] = NO_OTHERS) -> str:
    """The code of a state that a user names: by code, by name, as `cow:705`, `cow:KZK` or `gw:705`. `own` are states
    that pages declare, by code.

    Raises `Refused` (F538) for what names none, with the nearest. Of several codes that shared a number, the one
    that stood on the day; a number alone is refused, for the lists differ.
    """
    written = text.strip()
    system, colon, number = written.partition(":")
    if colon and system.lower() in ("cow", "gw"):
        rows = [row for row in table() if _numbered(row, system.lower(), number) and row.on(day)]
        standing = [row for row in rows if stood(row.code, day)]
        if standing or rows:
            return (standing or rows)[0].code
    elif written.upper() in STATES or written.upper() in own:
        return written.upper()
    elif declared := [code for code, name in own.items() if name.casefold() == written.casefold()]:
        return declared[0]
    else:
        near = nearest(written)
        if near is not None and written.casefold() in _names(near):
            return near
    raise Refused(Problem("F538", whole(text), {"name": text}, help=_advice(written)))


def codes_of(number: int, day: date | None = None) -> tuple[str, ...]:
    """The codes whose number in COW's list this is on a day, or was GW's for a state that COW numbers so; those
    that stood on the day first.

    >>> codes_of(365, date(1960, 1, 1)), codes_of(365, date(2000, 1, 1))
    (('SUN', 'RUE'), ('RUS', 'RUE', 'SUN'))
    """
    own = [row for row in table() if row.cow == number and row.on(day)]
    further = {row.gw for row in own}
    alike = [row for row in table() if row not in own and row.gw in further and row.cow != row.gw]
    found = dict.fromkeys(row.code for row in (*own, *alike))
    return tuple(sorted(found, key=lambda code: not stood(code, day)))


@cache
def code_of(number: int, day: date | None = None, system: str = "cow") -> str | None:
    """The code of the state that has a number in COW's or GW's list on a day (None: today). Of several codes with one
    number (345: SRB, SER, YUG), that of the former state which stood then; None where none that stood has it.

    >>> code_of(345, date(1914, 7, 28)), code_of(345, date(1920, 12, 31)), code_of(345, date(2010, 1, 1))
    ('SER', 'YUG', 'SRB')
    >>> code_of(340, date(1900, 1, 1), "gw"), code_of(340, date(2010, 1, 1), "gw"), code_of(365, date(1920, 1, 1))
    ('SER', 'SRB', None)
    """
    rows = [row for row in table() if _numbered(row, system, str(number)) and row.on(day)]
    found = [row.code for row in rows if stood(row.code, day)]
    former = [code for code in found if code in STATES and STATES[code].until is not None]
    return next(iter([*former, *found]), None)


@cache
def state_numbered(number: int, day: date | None = None, system: str = "cow") -> str:
    """By which code to speak of a number in COW's or GW's list: `code_of`, or `cow:365` and `gw:711` where no code has
    it then. Where a data set has the number beyond the days of our table, or no day is named, the nearest in time.

    >>> state_numbered(280, date(1850, 7, 1)), state_numbered(280), state_numbered(245, date(1871, 7, 1))
    ('MEC', 'MEC', 'BAV')
    >>> state_numbered(365, date(1920, 7, 1)), state_numbered(711, date(1920, 7, 1), "gw"), state_numbered(9999)
    ('cow:365', 'gw:711', 'cow:9999')
    >>> state_numbered(817, date(1955, 1, 1)), state_numbered(817, date(1975, 7, 1)), state_numbered(365)
    ('cow:817', 'RVN', 'RUS')
    """
    code = code_of(number, day, system)
    if code is not None:
        return code
    rows = [row for row in table() if _numbered(row, system, str(number))]
    if not rows or (day is not None and number in UNCODED and UNCODED[number].on(day)):
        return f"{system}:{number}"
    return min(rows, key=lambda row: _away(row, day or date.max)).code


def _away(row: Codes, day: date) -> int:
    """How many days lie between a day and those on which a row's state stood under its number."""
    state = STATES.get(row.code)
    begins = [row.start, state.from_.first if state is not None and state.from_ is not None else None]
    ends = [row.until, state.until.last if state is not None and state.until is not None else None]
    start = max((one for one in begins if one is not None), default=date.min)
    until = min((one for one in ends if one is not None), default=date.max)
    return max((start - day).days, (day - until).days, 0)


def stood(code: str, day: date | None) -> bool:
    """Whether a state's code was in use on a day (None: today), as far as the table of states says."""
    state = STATES.get(code)
    if state is None:
        return True  # one that a page or a record declares
    if day is None:
        return state.until is None
    return state.on(day)


def _numbered(row: Codes, system: str, number: str) -> bool:
    if system == "gw":
        return str(row.gw) == number.strip()
    return number.strip().upper() in (str(row.cow), row.abbreviation)


def _names(code: str) -> tuple[str, ...]:
    name = STATES[code].name.casefold()
    return (name, f"the {name}", *(also for also, of in ALSO_CALLED.items() if of == code))


def _advice(written: str) -> str:
    if written.isdigit():
        return f"Say whose number it is: `cow:{written}` or `gw:{written}`."
    near = nearest(written)
    return (
        f"Did you mean `{near}`, {STATES[near].name}?"
        if near
        else "Write a code of three letters, such as `KAZ`."
    )
