"""Small files in the form of ATOP, COW and GW; every row in them is invented."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

PLEDGES = ("defense", "offense", "neutral", "nonagg", "consul")
FLAGS = ("defcoadv", "defconum", "offcoadv", "concoreq")
HEAD = (
    "atopid", "member", "cowsys", "yrent", "moent", "dayent", "yrexit", "moexit", "dayexit", "phase", *PLEDGES,
    *FLAGS, "obvary", "asymm", "statthr1", "version",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A member in a phase; `until` is the first day after, None for still in force."""

    alliance: int
    member: int
    start: date
    until: date | None
    pledges: frozenset[str]
    phase: int = 0
    flags: frozenset[str] = field(default_factory=frozenset)
    varies: bool = False
    threat: int = 0


def atop(rows: Iterable[Row]) -> str:
    """The rows as ATOP's member-level file has them."""
    lines = [",".join(HEAD)]
    for row in rows:
        until = row.until
        ends = (until.year, until.month, until.day) if until else (0, 0, 0)
        cells = [
            row.alliance, row.member, 1, row.start.year, row.start.month, row.start.day, *ends, row.phase,
            *(int(p in row.pledges) for p in PLEDGES), *(int(f in row.flags) for f in FLAGS), int(row.varies), 0,
            row.threat, "4.01",
        ]  # fmt: skip
        lines.append(",".join(map(str, cells)))
    return "\n".join(lines) + "\n"


def states(spells: Iterable[tuple[int, date, date]]) -> str:
    """Spells (number, first day, last day) as COW's list has them."""
    lines = ["stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version"]
    for number, first, last in spells:
        lines.append(
            f"S{number},{number},State {number},{first.year},{first.month},{first.day},"
            f"{last.year},{last.month},{last.day},2016"
        )
    return "\n".join(lines) + "\n"


def gw(spells: Iterable[tuple[int, date, date]]) -> str:
    """The same as Gleditsch & Ward's list has them: no head, tabs, days first."""
    return "".join(
        f"{number}\tS{number}\tState {number}\t{first:%d:%m:%Y}\t{last:%d:%m:%Y}\n"
        for number, first, last in spells
    )


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


BOTH = frozenset({"defense", "consul"})
LAST = date(2016, 12, 31)
ROWS = (
    # a compact of three, changed on 1 May 1960; 20 leaves in 1958 and 70 comes in in 1961
    Row(9001, 2, date(1950, 3, 2), date(1960, 5, 1), BOTH, 1, frozenset({"defcoadv"}), threat=365),
    Row(9001, 20, date(1950, 3, 2), date(1958, 1, 9), BOTH, 1),
    Row(9001, 90, date(1950, 3, 2), date(1960, 5, 1), BOTH, 1),
    Row(9001, 2, date(1960, 5, 1), None, frozenset({"defense"}), 2),
    Row(9001, 90, date(1960, 5, 1), None, frozenset({"defense"}), 2),
    Row(9001, 70, date(1961, 7, 4), None, frozenset({"defense"}), 2),
    # one owes, the other does not
    Row(9002, 2, date(1970, 6, 1), date(1970, 9, 1), frozenset({"neutral"})),
    Row(9002, 90, date(1970, 6, 1), date(1970, 9, 1), frozenset()),
    # two Germanies and one
    Row(9003, 255, date(1930, 1, 5), date(1939, 2, 1), frozenset({"nonagg"})),
    Row(9003, 290, date(1930, 1, 5), date(1939, 2, 1), frozenset({"nonagg"})),
    Row(9004, 260, date(1970, 1, 5), date(1990, 10, 3), frozenset({"nonagg"}), 1),
    Row(9004, 255, date(1990, 10, 3), None, frozenset({"nonagg"}), 1),
    Row(9004, 290, date(1970, 1, 5), None, frozenset({"nonagg"}), 1),
    # whoever is in no list of states
    Row(9005, 221, date(1980, 1, 1), date(1985, 1, 1), BOTH, varies=True),
    Row(9005, 2, date(1980, 1, 1), date(1985, 1, 1), BOTH),
)
SPELLS = (
    (2, date(1816, 1, 1), LAST),
    (20, date(1920, 1, 10), LAST),
    (70, date(1831, 1, 1), LAST),
    (90, date(1868, 1, 1), LAST),
    (255, date(1816, 1, 1), date(1945, 5, 8)),
    (255, date(1990, 10, 3), LAST),
    (260, date(1955, 5, 5), date(1990, 10, 2)),
    (290, date(1919, 11, 3), LAST),
    (365, date(1816, 1, 1), LAST),
)

PACTS = (
    "version4id,ccode1,ccode2,dyad_st_year,dyad_st_month,dyad_st_day,dyad_end_year,dyad_end_month,dyad_end_day,"
    "defense,neutrality,nonaggression,entente,asymmetric,version\n"
)
ALLIES = (
    "version4id,ccode,mem_st_year,mem_st_month,mem_st_day,mem_end_year,mem_end_month,mem_end_day,"
    "defense,neutrality,nonaggression,entente,version\n"
)
"""The heads of COW's alliances, by dyad and by member."""
