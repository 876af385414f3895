"""One obligation: what one state owed another from one day to another, and where that is written.

States are numbers of the Correlates of War as of the days of the interval: one state under two numbers (Germany,
255 and 260) has two intervals. Intervals are half-open: `until` is the first day on which it is owed no more.

>>> CONDITIONS["number"]
'owed only if the attackers are more than one'
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from foedus.terms.edtf import EDate

Pledge = Literal["defense", "offense", "neutral", "nonagg", "consul"]
PLEDGES: tuple[Pledge, ...] = ("defense", "offense", "neutral", "nonagg", "consul")
"""ATOP's five, under the names of its columns, in their order."""

CONDITIONS: Mapping[str, str] = {
    "adversary": "owed against named adversaries only",
    "location": "owed in named places only",
    "conflict": "owed in one particular conflict only",
    "number": "owed only if the attackers are more than one",
    "demand": "owed only if a demand was made, or refused",
    "unprovoked": "owed only if the attack was not provoked",
    "request": "owed only if the attacked state asks",
    "finding": "owed only if somebody finds or decides something first",
    "accord": "owed only if the parties agree on it",
    "nonstate": "owed against an attacker that is no state too",
    "mobilisation": "owed upon a mobilisation already",
}
"""What an obligation may hang on. The first six are ATOP's flags: markers of *somewhere in the treaty*, whose
conjunction is not a formula. Of treaty pages all are differences of two probes (`probes`), never written by hand."""

Label = Literal["exact", "assumed", "refused"]


@dataclass(frozen=True, slots=True)
class Obligation:
    """`debtor` owes `beneficiary` something from `start` until `until` (None: as far as the source covers).

    `instrument` is a page's id, or the data set's number (`atop:4220`); `basis` the page's article, or the
    variable (`defense`). `pledge` is ATOP's, `duty_class` Foedus' own; either may be missing. `edition` is the
    `Edition.id` it was read from (empty: a treaty page), `line` the row's or norm's line. `varies`: what is owed
    differs by partner and the source does not say to whom (ATOP's `obvary`). `label` says whether the condition is
    carried exactly, or with what is `assumed`.

    Of treaty pages only: `trigger` is the first probe that calls on it (`attack`; `always` where nothing has to
    happen), `in_some` are conditions that it hangs on under some readings of the text only (`owed` among them: that
    it is owed at all), rows of one `group` are one obligation that several debtors bear together, and `norm` is its id.
    """

    debtor: int
    beneficiary: int
    pledge: Pledge | None
    duty_class: str | None
    start: EDate
    until: EDate | None
    instrument: str
    basis: str
    signed: EDate | None = None
    in_force: EDate | None = None
    title: str = ""
    phase: int = 0
    conditions: tuple[str, ...] = ()
    adversaries: tuple[int, ...] = ()
    varies: bool = False
    edition: str = ""
    line: int = 0
    label: Label = "exact"
    assumed: tuple[str, ...] = ()
    unconfirmed: bool = False
    trigger: str = ""
    in_some: tuple[str, ...] = ()
    group: str = ""
    norm: str = ""
