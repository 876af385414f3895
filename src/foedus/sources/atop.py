"""Alliance Treaty Obligations and Provisions (ATOP), the member-level file: who was a member from when to when.

One row is one state in one phase of one alliance. ATOP counts a state from the day on which it signed, not from
the day on which the treaty bound it; a phase begins where a later act changed what the alliance obliges to, and
ends the rows of the phase before. A day or month that ATOP does not know is left open here as it is there. `ends`
is the last day that the version covers: what is in effect then has no end. `REFERENCE` is how to cite it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from foedus.sources.stream import DataSet, Row, rows
from foedus.terms.edtf import EDate

CITED = "Leeds, Ritter, Mitchell & Long 2002"
REFERENCE = (
    "Leeds, Brett Ashley, Jeffrey M. Ritter, Sara McLaughlin Mitchell and Andrew G. Long. 2002. “Alliance Treaty "
    "Obligations and Provisions, 1815-1944.” International Interactions 28: 237-260."
)

_DATA = DataSet(
    "the member-level file of ATOP",
    ("atopid", "member", "yrent", "moent", "dayent", "yrexit", "moexit", "dayexit"),
    ("phase", "cowsys", "termmode", "version"),
    (
        ("mem1", "it has one row for each alliance; take the file with one row for each member and phase"),
        ("stateabb", "it is COW's list of states; give that with --cow"),
    ),
)

COVERED = {"3": date(2003, 12, 31), "4": date(2016, 12, 31), "5": date(2018, 12, 31)}
"""The last day covered, by the figure before the point of a version."""


BROKEN, LOST = 3, 4
"""How a part ended: broken off or violated before its term; with a member's independence."""


@dataclass(frozen=True, slots=True)
class Member:
    """A state (by COW's number) in one phase of an alliance, from the day on which ATOP has it enter; `until` is
    the day it gives as the last. `in_system` is whether it counts the state as a member of COW's system; `mode`,
    how the state's part ended (`BROKEN`, `LOST`, …; 0 where it did not, or the file does not say)."""

    alliance: int
    number: int
    start: EDate
    until: EDate | None
    phase: int = 0
    in_system: bool = True
    mode: int = 0
    line: int = 0


@dataclass(frozen=True)
class Atop:
    """The file as read: its version, the last day it covers, and every row by alliance."""

    version: str
    ends: date
    members: tuple[Member, ...]

    @cached_property
    def alliances(self) -> Mapping[int, tuple[Member, ...]]:
        """The rows of each alliance."""
        found: dict[int, list[Member]] = {}
        for member in self.members:
            found.setdefault(member.alliance, []).append(member)
        return {number: tuple(of) for number, of in found.items()}


def read_atop(path: Path) -> Atop:
    """The file. Raises `Refused` for one that is not it (F540), or whose cells cannot be read (F541)."""
    found: list[Member] = []
    version = ""
    for row in rows(path, _DATA):
        found.append(_member(row))
        version = version or row.cells.get("version", "")
    latest = max((m.until or m.start).last for m in found) if found else date.min
    ends = COVERED.get(version.partition(".")[0], latest)
    return Atop(version, max(ends, latest), tuple(found))


def _member(row: Row) -> Member:
    start = row.day("yrent", "moent", "dayent")
    if start is None:
        raise row.wrong("yrent", "a state enters in some year")
    until = row.day("yrexit", "moexit", "dayexit")
    if until is not None and until.last < start.first:
        raise row.wrong("yrexit", f"it would leave ({until}) before it enters ({start})")
    phase = row.number_or_none("phase") if "phase" in row.cells else None
    return Member(
        row.whole_number("atopid"),
        row.whole_number("member"),
        start,
        until,
        phase or 0,
        row.flag("cowsys") is not False,
        (row.number_or_none("termmode") if "termmode" in row.cells else None) or 0,
        row.line,
    )
