"""Small files in the form of other people's data sets; every row in them is invented."""

from __future__ import annotations

from pathlib import Path

MEMBERS = (
    "atopid,cowid,member,cowsys,yrent,moent,dayent,yrexit,moexit,dayexit,phase,termmode,version\n"
    # a compact of three, changed in 1960; Chad leaves, Mali comes in; signed 2 March 1950
    "9001,,2,1,1950,3,2,1960,5,1,1,2,4.01\n"
    "9001,,20,1,1950,3,2,1960,5,1,1,2,4.01\n"
    "9001,,483,0,1950,3,2,1958,1,9,1,3,4.01\n"
    "9001,,2,1,1960,5,1,0,0,0,2,0,4.01\n"
    "9001,,20,1,1960,5,1,0,0,0,2,0,4.01\n"
    "9001,,432,1,1961,7,4,0,0,0,2,0,4.01\n"
    # a pact whose day nobody knows
    "9002,,70,1,1970,6,,1975,2,,0,1,4.01\n"
    "9002,,90,1,1970,6,,1975,2,,0,1,4.01\n"
)
"""ATOP, member level: two alliances that never were."""

SYSTEM = (
    "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version\n"
    "USA,2,United States,1816,1,1,2016,12,31,2016\n"
    "CAN,20,Canada,1920,1,10,2016,12,31,2016\n"
    "CHA,483,Chad,1960,8,11,2016,12,31,2016\n"
    "MLI,432,Mali,1960,9,22,2016,12,31,2016\n"
)
"""COW's list of states: four of them."""


def written(folder: Path, name: str, text: str, ending: str = "\n", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.replace("\n", ending).encode(encoding))
    return path


COMMITMENTS = (
    "sample,warid,atopid,cowwarid,warname,multilateral,honorLLM,violateLLM,dnaLLM,honorBF,violateBF,dnaBF,"
    "defense,offense,neutral,nonagg,consul\n"
    # called on: three honoured, two violated by the one coding; two and three by the other
    "1,1,9001,901,Marsh War,1,1,,,,1,,1,0,0,0,1\n"
    "1,1,9002,901,Marsh War,0,1,,,1,,,0,1,0,0,0\n"
    "1,2,9003,902,Reed War,0,1,,,1,,,1,0,1,0,0\n"
    "1,2,9004,902,Reed War,0,,1,,,1,,1,0,0,0,0\n"
    "0,3,9005,903,Ferry War,0,,1,,,1,,1,0,0,0,1\n"
    # not called on, and one in a war that has no number, of which one coding says nothing
    "0,3,9006,903,Ferry War,0,,,1,,,1,0,0,0,1,0\n"
    "0,3,9007,903,Ferry War,1,,,1,,,1,1,0,0,1,0\n"
    "0,4,9008,,Tollgate,0,,,,,,1,1,0,0,0,0\n"
)
"""Berkemeier & Fuhrmann's columns: eight alliances in four wars that never were."""
