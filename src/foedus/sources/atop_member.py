"""ATOP, the member-level file, whole: what each state had pledged in each phase of each alliance, and on what terms.

One row is one state in one phase of one alliance. Its days are half-open: the exit is the first day on which it was
pledged no more, and the next phase begins on it; 0 means still in force on the last day that the version covers. ATOP
counts from signature. Two phases may run side by side (an alliance divided among successors of a member): only states
of the same phase have something to do with each other. A state may leave and come back in one phase.

The flags tell that something of the kind stands *somewhere in the treaty*; several together are no formula.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from foedus.sources.about import edition
from foedus.sources.atop import COVERED
from foedus.sources.cells import BACKWARDS, Unfit, begun, day, flag, missing_or_number, number
from foedus.sources.edition import Read
from foedus.sources.gather import Layout, as_read, gather, version_of
from foedus.sources.grid import grid
from foedus.sources.numbers import state
from foedus.terms.edtf import EDate

KIND = "atop-member"
KNOWN = ("3.0", "4.0", "4.01", "5.0", "5.1")
"""ATOP's versions. Of these, we have read a file of 4.01; the columns of 5.1 are the same, as far as we could learn."""

PLEDGES = ("defense", "offense", "neutral", "nonagg", "consul")

FLAGS: Mapping[str, tuple[str, str]] = {
    "defcoadv": ("defense", "adversary"),
    "defcoloc": ("defense", "location"),
    "defcocon": ("defense", "conflict"),
    "defconum": ("defense", "number"),
    "defcodem": ("defense", "demand"),
    "defconpr": ("defense", "unprovoked"),
    "offcoadv": ("offense", "adversary"),
    "offcoloc": ("offense", "location"),
    "offcocon": ("offense", "conflict"),
    "offconum": ("offense", "number"),
    "offcodem": ("offense", "demand"),
    "neucoadv": ("neutral", "adversary"),
    "neucoloc": ("neutral", "location"),
    "neucocon": ("neutral", "conflict"),
    "neuconum": ("neutral", "number"),
    "neucodem": ("neutral", "demand"),
    "neuconpr": ("neutral", "unprovoked"),
    "concoadv": ("consul", "adversary"),
    "concoloc": ("consul", "location"),
    "concocon": ("consul", "conflict"),
    "concoreq": ("consul", "request"),
}
"""Which pledge, and on what it hangs, by column."""

FURTHER = ("neucoatt", "olimob")
"""Columns that limit a pledge in ways that have no word here: neutrality in case of an attack; other limits."""

LAYOUT = Layout(
    "the member-level file of ATOP",
    ("atopid", "member", "yrent", "moent", "dayent", "yrexit", "moexit", "dayexit", *PLEDGES),
    ("phase", "cowsys", "version", "pubsecr", "statthr1", "statthr2", "asymm", "obvary", *FLAGS, *FURTHER),
    (
        ("mem1", "it has one row for each alliance; take the file with one row for each member and phase"),
        ("statea", "it has one row for two states and a year; take the file with one row for each member and phase"),
        ("stateabb", "it is a list of states of Correlates of War"),
        ("version4id", "it is a file of COW's Formal Alliances"),
    ),
)  # fmt: skip

_ENTRY = ("yrent", "moent", "dayent")
_EXIT = ("yrexit", "moexit", "dayexit")


@dataclass(frozen=True, slots=True)
class Phase:
    """A state (by COW's number) in one phase of an alliance, from the day on which ATOP has it enter until the first
    day on which it was pledged no more (None: still in force when the version ends).

    `flags` are the conditions of each pledge that has any: `adversary`, `location`, `conflict`, `number`, `demand`,
    `unprovoked`, `request`. `adversaries` are the states that the treaty names as a threat. `varies`: what is pledged
    differs by partner; `asymmetric`: by member. `secret`: the treaty, or a part of it (None: not known). `further` and
    `unknown` name columns: of limits without a word here, and of pledges and flags about which the cell says nothing.
    """

    alliance: int
    member: int
    phase: int
    start: EDate
    until: EDate | None
    pledges: frozenset[str]
    flags: Mapping[str, frozenset[str]] = field(hash=False)
    adversaries: tuple[int, ...]
    varies: bool
    asymmetric: bool
    in_system: bool
    secret: bool | None
    line: int
    further: frozenset[str] = frozenset()
    unknown: tuple[str, ...] = ()


def read_phases(path: Path) -> Read[Phase]:
    """The file. Raises `Refused` for one that is not it (F540), or of which most rows cannot be read (F801)."""
    shared: dict[tuple[str, ...], _Shared] = {}
    last = date.min

    def made(line: int, cells: Sequence[str]) -> Phase:
        nonlocal last
        start = begun(cells[2], cells[3], cells[4], _ENTRY)
        until = day(cells[5], cells[6], cells[7], _EXIT)
        if until is not None and until.last < start.first:
            raise Unfit("yrexit", str(until), BACKWARDS)
        alliance, member = number(cells[0], "atopid"), state(cells[1], "member")
        said = tuple(cells[8:])
        of = shared.get(said)
        if of is None:
            of = shared[said] = _shared(said)
        last = max(last, (until or start).last)
        return Phase(
            alliance, member, of.phase, start, until, of.pledges, of.flags, of.adversaries, of.varies,
            of.asymmetric, of.in_system, of.secret, line, of.further, of.unknown,
        )  # fmt: skip

    with grid(path, LAYOUT.what) as file:
        found = gather(file, LAYOUT, made, lambda row: (row.alliance, row.member, row.phase, row.start.text))
        version = version_of(found)
        return as_read(file, found, edition(KIND, version, covered(version, last)), LAYOUT, KNOWN)


def covered(version: str, latest: date) -> date:
    """The last day that a version covers; of one that Foedus does not know, the latest day in the file."""
    return max(COVERED.get(version.partition(".")[0], latest), latest)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the cells after the dates say: the rows of an alliance have it in common, so it is made out once."""

    phase: int
    in_system: bool
    secret: bool | None
    adversaries: tuple[int, ...]
    pledges: frozenset[str]
    asymmetric: bool
    varies: bool
    flags: Mapping[str, frozenset[str]]
    further: frozenset[str]
    unknown: tuple[str, ...]


_YES_OR_NO = ("asymm", "obvary", *FLAGS, *FURTHER)


def _shared(cells: Sequence[str]) -> _Shared:
    by = dict(zip((*PLEDGES, *LAYOUT.further), cells, strict=True))
    said = {column: flag(by[column], column) for column in (*PLEDGES, *_YES_OR_NO)}
    conditions: dict[str, set[str]] = {}
    for column, (pledge, word) in FLAGS.items():
        if said[column]:
            conditions.setdefault(pledge, set()).add(word)
    public = missing_or_number(by["pubsecr"], "pubsecr")
    threats = [missing_or_number(by[column], column) for column in ("statthr1", "statthr2")]
    return _Shared(
        missing_or_number(by["phase"], "phase") or 0,
        flag(by["cowsys"], "cowsys") is not False,
        None if public is None else public > 0,
        tuple(dict.fromkeys(each for each in threats if each)),  # 0 stands for none
        frozenset(pledge for pledge in PLEDGES if said[pledge]),
        said["asymm"] is True,
        said["obvary"] is True,
        {pledge: frozenset(words) for pledge, words in conditions.items()},
        frozenset(column for column in FURTHER if said[column]),
        tuple(column for column, value in said.items() if value is None),
    )
