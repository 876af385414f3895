"""A chance as somebody gives it: a number, with how far it may be from the truth.

Four ways: counts (`73/146`: kept, of how many), a number with a width (`0.41±0.1`), a number that is fixed (`0.9`),
and `unknown`, of which nothing is known. A draw is one value that the chance may well have: of counts, from Jeffreys'
posterior, Beta(kept + ½, broken + ½); of a width, from the Beta distribution with that mean and standard deviation;
of `unknown`, any number between 0 and 1 as likely as another; of a fixed one, itself.

>>> rate_of("73/146").mean, rate_of("41 %").kind, rate_of("0.41+-0.1").width
(0.5, 'fixed', 0.1)
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

Kind = Literal["counts", "width", "fixed", "unknown"]

_COUNTS = re.compile(r"(\d{1,9})\s*/\s*(\d{1,9})")
_NUMBER = re.compile(
    r"(-?\d{0,9}(?:\.\d{1,18})?)\s*(%?)(?:\s*(?:±|\+-|\+/-)\s*(\d{0,9}(?:\.\d{1,18})?)\s*(%?))?"
)
UNKNOWN_WIDTH = 1 / math.sqrt(12)
"""The standard deviation of what may be anything."""


class NotAChance(ValueError):
    """A text that is no chance; its message says why."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A chance with its origin. `kept` and `of` are counts where the source gives them; `width` is a standard
    deviation, `assumed` whether it is Foedus' own for want of one in the source; `line` is the line of the table,
    0 for what was given by hand."""

    name: str
    mean: float
    kind: Kind
    kept: int | None = None
    of: int | None = None
    width: float = 0.0
    assumed: bool = False
    source: str = ""
    note: str = ""
    line: int = 0

    def draw(self, random: Random) -> float:
        """One value that the chance may have."""
        if self.kind == "fixed":
            return self.mean
        return random.betavariate(*self._shape())

    def _shape(self) -> tuple[float, float]:
        if self.kind == "counts" and self.kept is not None and self.of is not None:
            return self.kept + 0.5, self.of - self.kept + 0.5
        if self.kind == "unknown":
            return 1.0, 1.0
        weight = self.mean * (1 - self.mean) / self.width**2 - 1
        return self.mean * weight, (1 - self.mean) * weight

    def interval(self, draws: int = 4000) -> tuple[float, float]:
        """The middle 95 % of its draws (by simulation, the same each time)."""
        if self.kind == "fixed":
            return self.mean, self.mean
        random = Random(self.name)
        values = sorted(self.draw(random) for _ in range(draws))
        return values[draws // 40], values[-draws // 40 - 1]


def rate_of(text: str, name: str = "", default_width: float = 0.0) -> Rate:
    """The rate that a text gives; `default_width` is for a number that comes without one. Raises `NotAChance`."""
    written = text.strip()
    if written.casefold() == "unknown":
        return Rate(name, 0.5, "unknown", width=UNKNOWN_WIDTH)
    counts = _COUNTS.fullmatch(written)
    if counts:
        kept, of = int(counts[1]), int(counts[2])
        if of == 0:
            raise NotAChance("it counts no cases")
        if kept > of:
            raise NotAChance("more were kept than there were")
        return Rate(name, kept / of, "counts", kept, of)
    number = _NUMBER.fullmatch(written)
    if not number or number[1] in ("", "-"):
        raise NotAChance("a number from 0 to 1 stands there, counts (41/100), or `unknown`")
    mean = _part(number[1], number[2])
    if not 0 <= mean <= 1:
        raise NotAChance("it is not between 0 and 1")
    given = bool(number[3])
    width = _part(number[3], number[4]) if given else default_width
    return widened(Rate(name, mean, "fixed"), width, assumed=not given)


def widened(rate: Rate, width: float, assumed: bool) -> Rate:
    """The rate with a standard deviation. Raises `NotAChance` for one that no chance of this mean can have; a width
    that is only assumed is made small enough."""
    most = math.sqrt(rate.mean * (1 - rate.mean))
    if width == 0 or most == 0:
        return replace(rate, kind="fixed", width=0.0)
    if width >= most:
        if not assumed:
            raise NotAChance(f"about {rate.mean:g}, a width of {width:g} reaches beyond 0 and 1")
        width = most / 2
    return replace(rate, kind="width", width=width, assumed=assumed)


def _part(number: str, percent: str) -> float:
    return float(number) / (100 if percent else 1)
