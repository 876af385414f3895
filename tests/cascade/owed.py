"""Promises between states that never were as here: the numbers are those of real lists, the treaties are ours.

Shock: A (AUH) attacks B (Serbia, 345). C (RUS) owes B defence; D (FRN) owes C defence; E (GMY) owes A defence;
F (ITA) owes A and E consultation; G (ROM) promised A neutrality and C non-aggression; a fleet of others owes nothing.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from foedus.cascade.ask import Asked
from foedus.cascade.engine import Engine
from foedus.cascade.honour import Table, read_table
from foedus.cascade.solve import solve
from foedus.obligations.obligation import Obligation, Pledge
from foedus.terms.edtf import EDate

A, B, C, D, E, F, G = 300, 345, 365, 220, 255, 325, 360
ON = date(1914, 7, 28)
SINCE = EDate.of(date(1900, 1, 1))


def owe(
    debtor: int,
    beneficiary: int,
    pledge: Pledge | None,
    instrument: str,
    conditions: tuple[str, ...] = (),
    adversaries: tuple[int, ...] = (),
    varies: bool = False,
) -> Obligation:
    return Obligation(
        debtor, beneficiary, pledge, None, SINCE, None, instrument, pledge or "", conditions=conditions,
        adversaries=adversaries, varies=varies,
    )  # fmt: skip


OWED = (
    owe(C, B, "defense", "atop:9001"),
    owe(D, C, "defense", "atop:9002"),
    owe(C, D, "defense", "atop:9002"),
    owe(E, A, "defense", "atop:9003", ("adversary", "unprovoked"), (C,)),
    owe(F, A, "consul", "atop:9004", ("location",)),
    owe(F, E, "consul", "atop:9004", ("location",)),
    owe(E, F, "consul", "atop:9004"),
    owe(G, A, "neutral", "atop:9005"),
    owe(G, C, "nonagg", "atop:9006"),
    owe(G, B, "offense", "atop:9007"),
)
EDGE = tuple(one for one in OWED if one.instrument != "atop:9004")


def asked(table: Table | None = None, **more: object) -> Asked:
    options = {"draws": 0, "told": 200, **more}
    return Asked("AUH", "SER", ON, table or read_table(), **options)  # pyright: ignore[reportArgumentType]


ENGINE = Engine(solve, worlds=400)

HEAD = (
    "atopid,member,yrent,moent,dayent,yrexit,moexit,dayexit,phase,cowsys,termmode,version,"
    "defense,offense,neutral,nonagg,consul,obvary,defcoadv,defcoloc,defcocon,defconum,defcodem,defconpr,statthr1\n"
)


def member(alliance: int, state: int, pledges: str, conditions: str = "0,0,0,0,0,0", threat: str = "") -> str:
    """A row of ATOP's member level: pledges as five figures."""
    return f"{alliance},{state},1900,1,1,0,0,0,0,1,0,4.01,{','.join(pledges)},0,{conditions},{threat}\n"


MEMBERS = HEAD + "".join([
    member(9001, C, "10000"), member(9001, B, "00000"),
    member(9002, D, "10000"), member(9002, C, "10000"),
    member(9003, E, "10000", "1,0,0,0,0,1", str(C)), member(9003, A, "10000", "1,0,0,0,0,1", str(C)),
    member(9004, F, "00001"), member(9004, A, "00001"), member(9004, E, "00001"),
    member(9005, G, "00100"), member(9005, A, "00100"),
])  # fmt: skip
"""An ATOP member-level file with these treaties."""

WARS = (
    "WarNum,WarName,WarType,ccode,StateName,Side,StartMonth1,StartDay1,StartYear1,EndMonth1,EndDay1,EndYear1,"
    "StartMonth2,StartDay2,StartYear2,EndMonth2,EndDay2,EndYear2,TransFrom,WhereFought,Initiator,Outcome,TransTo,"
    "BatDeath,Version\n"
    + "".join(
        f"900,War of Lir,1,{state},X,{side},{month},{day},1914,1,1,1916,-8,-8,-8,-8,-8,-8,-8,2,2,1,-8,10,4\n"
        for state, side, month, day in (
            (A, 1, 7, 29), (B, 2, 7, 29), (C, 2, 8, 1), (E, 1, 8, 1), (200, 2, 8, 5), (F, 2, 12, 30)
        )
    )
)  # fmt: skip
STATES = "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version\n" + "".join(
    f"S{n},{n},State {n},1816,1,1,2016,12,31,2016\n" for n in (A, B, C, D, E, F, G, 200, 640)
)


def laid(folder: Path) -> Path:
    """The files in a folder."""
    folder.mkdir(exist_ok=True)
    for name, text in (("atop.csv", MEMBERS), ("wars.csv", WARS), ("states.csv", STATES)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder
