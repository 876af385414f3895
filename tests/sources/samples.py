"""A small file in the form of each data set that Foedus reads; every row in them is invented."""

from __future__ import annotations

from pathlib import Path

from foedus.sources.atop_member import FLAGS, FURTHER

_MEMBER = (
    "atopid,member,cowsys,yrent,moent,dayent,yrexit,moexit,dayexit,phase,pubsecr,asymm,obvary,statthr1,statthr2,"
    f"defense,offense,neutral,nonagg,consul,{','.join((*FLAGS, *FURTHER))},version\n"
)


def member(days: str, pledges: str, flags: tuple[str, ...] = (), more: str = "0,0,0,0,0") -> str:
    """A row of the member level: alliance, state, in the system, days and phase; pledges; the columns that are 1."""
    values = ",".join("1" if column in flags else "0" for column in (*FLAGS, *FURTHER))
    return f"{days},{more},{pledges},{values},4.01\n"


PHASES = (
    _MEMBER
    + member(
        "9001,2,1,1950,3,2,1960,5,1,1", "1,0,0,0,1", ("defcoadv", "defconpr", "concoreq"), "0,0,0,365,255"
    )
    + member(
        "9001,20,1,1950,3,2,1960,5,1,1", "1,0,0,0,1", ("defcoadv", "defconpr", "concoreq"), "0,0,0,365,255"
    )
    + member("9001,483,0,1950,3,2,1958,1,9,1", "0,0,0,1,1", (), "2,1,1,0,0")
    + member("9001,2,1,1960,5,1,0,0,0,2", "1,0,0,0,0")
    + member("9001,20,1,1960,5,1,0,0,0,2", "1,0,0,0,0")
    + member("9002,70,1,1940,6,,1945,2,,0", "0,0,1,1,0", ("neucoatt", "neuconum"))
    + member("9002,90,1,1940,6,,1945,2,,0", "0,0,1,1,0", ("neucoatt", "neuconum"))
)
"""ATOP, member level: two alliances that never were, one changed in 1960."""

ALLIANCES = (
    "atopid,begyr,begmo,begday,endyr,endmo,endday,bilat,wartime,defense,offense,neutral,nonagg,consul,conditio,defcon,"
    "offcon,neucon,concon,asymm,mem1,mem2,mem3,version\n"
    "9001,1950,3,2,0,0,0,0,0,1,0,0,0,1,1,1,0,0,0,1,2,20,483,4.0100002\n"
    "9002,1940,6,,1945,2,,1,1,0,0,1,1,0,0,0,0,0,0,0,70,90,,4.0100002\n"
)
"""ATOP, alliance level: the same two."""

DIRECTED = (
    "ddyad,year,atopally,defense,offense,neutral,nonagg,consul,shareob,asymm,atopid1,atopid2,stateA,stateB,version\n"
    "2020,1950,1,1,0,0,0,1,1,0,9001,,2,20,5.1\n"
    "20002,1950,1,1,0,0,0,1,1,0,9001.1,9002,20,2,5.1\n"
)
"""ATOP, directed dyad-years: one pair in one year."""

STATES = (
    "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version\n"
    "USA,2,United States of America,1816,1,1,2016,12,31,2016\n"
    "CAN,20,Canada,1921,2,3,2016,12,31,2016\n"
    "CDI,437,Côte d’Ivoire,1961,2,3,2016,12,31,2016\n"
    "KOR,730,Korea,1890,2,3,1899,4,5,2016\n"
)
"""COW, states: four of them."""

MAJORS = (
    "stateabb,ccode,styear,stmonth,stday,endyear,endmonth,endday,version\n"
    "USA,2,1899,2,3,2016,12,31,2016\n"
    "JPN,740,1896,3,4,1944,5,6,2016\n"
    "JPN,740,1992,3,4,2016,12,31,2016\n"
)
"""COW, major powers: two of them."""

_DYAD = (
    "version4id,ccode1,state_name1,ccode2,state_name2,dyad_st_day,dyad_st_month,dyad_st_year,dyad_end_day,"
    "dyad_end_month,dyad_end_year,left_censor,right_censor,defense,neutrality,nonaggression,entente,version"
)
PACTS = (
    f"{_DYAD}\n"
    "901,2,United States,20,Canada,2,3,1950,,,,0,1,1,0,0,1,4.1\n"
    "901,20,Canada,2,United States,2,3,1950,,,,0,1,1,0,0,1,4.1\n"
    "902,70,Mexico,90,Guatemala,-9,6,1940,1,2,1945,1,0,0,1,1,0,4.1\n"
)
"""COW, alliances by directed dyad."""

PAIRS = (
    f"{_DYAD},asymmetric\n"
    "901,2,United States,20,Canada,2,3,1950,,,,0,1,1,0,0,1,4.1,0\n"
    "902,70,Mexico,90,Guatemala,-9,6,1940,1,2,1945,1,0,0,1,1,0,4.1,1\n"
)
"""COW, alliances by dyad."""

ALLIES = (
    "version4id,ccode,state_name,all_st_day,all_st_month,all_st_year,all_end_day,all_end_month,all_end_year,ss_type,"
    "mem_st_day,mem_st_month,mem_st_year,mem_end_day,mem_end_month,mem_end_year,left_censor,right_censor,defense,"
    "neutrality,nonaggression,entente,version\n"
    '901,2,"United States",2,3,1950,,,,"Type I: Defense Pact",2,3,1950,,,,0,1,1,0,0,1,4.1\n'
    '901,20,"Canada",2,3,1950,,,,"Type I: Defense Pact",2,3,1950,,,,0,1,1,0,0,1,4.1\n'
)
"""COW, alliances by member."""

WARS = (
    "WarNum,WarName,WarType,ccode,StateName,Side,StartMonth1,StartDay1,StartYear1,EndMonth1,EndDay1,EndYear1,"
    "StartMonth2,StartDay2,StartYear2,EndMonth2,EndDay2,EndYear2,TransFrom,WhereFought,Initiator,Outcome,TransTo,"
    "BatDeath,Version\n"
    "901,Guerre de Côte,1,70,Mexico,1,5,-9,1901,7,3,1901,3,2,1902,3,9,1902,-8,1,1,1,-8,-9,4\n"
    '901,Guerre de Côte,1,90,Guatemala,2,5,2,1901,3,9,1902,-8,-8,-8,-8,-8,-8,"901, 902",1,2,2,-8,250,4\n'
)
"""COW, inter-state wars: one, in two parts for one of the two."""

CAPABILITIES = (
    "stateabb,ccode,year,milex,milper,irst,pec,tpop,upop,cinc,version\n"
    "USA,2,1950,1000,100,10,20,3000,400,.25,2021\n"
    "CAN,20,1950,-9,10,1,-9,300,40,.0125,2021\n"
)
"""COW, capabilities: figures of no state and no year."""

INDEPENDENT = (
    "2\tUSA\tUnited States of America\t02:03:1816\t31:12:2017\n20\tCAN\tCanada\t04:05:1868\t31:12:2017\n"
)
"""Gleditsch & Ward, as `iisystem.dat` has it."""

INDEPENDENT_7 = (
    "GWCode\tGWAbbrev\tName\tStart\tEnd\n2\tUSA\tUnited States of America\t1816-03-02\t2020-12-31\n"
    "20\tCAN\tCanada\t1868-05-04\t2020-12-31\n"
)
"""Gleditsch & Ward, with a row of names, as `ksgmdw.txt` has it (what it calls them, no test relies on)."""

MICROSTATES = "54\tDMA\tDominica\t02:03:1979\t31:12:2017\n221\tMNC\tMonaco\t02:03:1820\t31:12:2017\n"

EVENTS = (
    "id,relid,year,type_of_violence,conflict_new_id,conflict_name,dyad_new_id,dyad_name,side_a,side_b,source_article,"
    "where_prec,latitude,longitude,country,country_id,region,date_prec,date_start,date_end,deaths_civilians,best,high,"
    "low,gwnoa,gwnob\n"
    '7001,LIR-1,1999,1,901,Lir: Government,902,Lir - Reeds,Government of Lir,Reeds,"Two lines\nof a paper",1,10.5,-3,'
    "Lir,437,Africa,1,1999-03-04 00:00:00.000,1999-03-05 00:00:00.000,1,4,6,2,437,\n"
    "7002,LIR-2,1999,3,903,Reeds,904,Reeds - Civilians,Reeds,Civilians,none,2,10.5,-3,Lir,437,Africa,2,1999-04-01,"
    "1999-04-01,3,3,3,3,,\n"
)
"""UCDP, events: two in a place that is on no map."""

CONFLICTS = (
    "conflict_id,location,side_a,side_a_id,side_a_2nd,side_b,side_b_id,side_b_2nd,incompatibility,territory_name,year,"
    "intensity_level,cumulative_intensity,type_of_conflict,start_date,start_prec,start_date2,start_prec2,ep_end,"
    "ep_end_date,ep_end_prec,gwno_a,gwno_a_2nd,gwno_b,gwno_b_2nd,gwno_loc,region,version\n"
    "901,Lir,Government of Lir,1,,Reeds,2,,2,,1998,1,0,3,1998-02-03,1,1998-05-06,1,0,,,437,,,,437,4,25.1\n"
    "901,Lir,Government of Lir,1,,Reeds,2,,2,,1999,2,1,4,1998-02-03,1,1998-05-06,1,1,1999-12-01,1,"
    '437,"2, 20",,,437,4,25.1\n'
)
"""UCDP/PRIO, conflicts: one, in two years."""

SAMPLES: dict[str, tuple[str, str]] = {
    "atop4-member-level.csv": ("atop-member", PHASES),
    "atop4-alliance-level.csv": ("atop-alliance", ALLIANCES),
    "atop5_1ddyr.csv": ("atop-directed", DIRECTED),
    "states2016.csv": ("cow-states", STATES),
    "majors2016.csv": ("cow-majors", MAJORS),
    "alliance_v4.1_by_directed.csv": ("cow-alliances", PACTS),
    "alliance_v4.1_by_dyad.csv": ("cow-alliances-dyad", PAIRS),
    "alliance_v4.1_by_member.csv": ("cow-alliances-member", ALLIES),
    "Inter-StateWarData_v4.0.csv": ("cow-wars", WARS),
    "NMC-60-abridged.csv": ("nmc", CAPABILITIES),
    "iisystem.dat": ("gw-states", INDEPENDENT),
    "microstatessystem.dat": ("gw-microstates", MICROSTATES),
    "GEDEvent_v25_1.csv": ("ucdp-ged", EVENTS),
    "UcdpPrioConflict_v25_1.csv": ("ucdp-conflict", CONFLICTS),
}
"""Each file by the name that its makers give it: what it is, and what stands in it."""


def yearly(text: str, year: int = 1950) -> str:
    """A file of intervals as the file by years has it."""
    first, *rest = text.splitlines()
    return "\n".join([f"{first},year", *(f"{line},{year}" for line in rest)]) + "\n"


def laid(folder: Path, *names: str) -> Path:
    """A folder with these samples, or all of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names or SAMPLES:
        (folder / name).write_text(SAMPLES[name][1], encoding="utf-8")
    return folder
