"""The panel is what one gets by going through the days: on invented files of many shapes, and on ATOP's own file."""

from __future__ import annotations

import os
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foedus.obligations.from_data import table_from
from foedus.panel.make import Asked, make
from foedus.panel.periods import Rule
from foedus.panel.system import own_system, system_from
from foedus.sources.atop_member import read_phases
from foedus.sources.cow import read_spells
from tests.panel.files import PLEDGES, ROWS, SPELLS, Row, atop, states, written
from tests.panel.naive import Cell, Key, days_of, expansion

YEARS = range(1998, 2001)
FIRST = date(1997, 12, 1)
RULES: tuple[Rule, ...] = ("any", "jan1", "july1", "dec31")
a_day = st.one_of(
    st.sampled_from(
        [date(1998, 1, 1), date(1998, 12, 31), date(1999, 1, 1), date(1999, 7, 1), date(2000, 1, 1)]
    ),
    st.integers(0, 1200).map(lambda n: FIRST + timedelta(n)),
)


@st.composite
def a_row(draw: st.DrawFn) -> Row:
    start, length = draw(a_day), draw(st.integers(1, 700))
    until = draw(st.sampled_from([None, start + timedelta(length)]))
    return Row(
        draw(st.integers(9001, 9003)),
        draw(st.sampled_from([2, 20, 70, 90, 221])),
        start,
        until,
        draw(st.frozensets(st.sampled_from(PLEDGES))),
        draw(st.integers(0, 1)),
        draw(st.frozensets(st.sampled_from(["defcoadv", "defconum", "offcoadv", "concoreq"]))),
        draw(st.booleans()),
    )


def distinct(rows: list[Row]) -> list[Row]:
    """One row for each alliance, phase, member and beginning: others contradict each other, and are left out."""
    return list({(r.alliance, r.phase, r.member, r.start): r for r in rows}.values())


def panelled(
    folder: Path, rows: tuple[Row, ...] | list[Row], rule: Rule, first: int, last: int
) -> dict[Key, Cell]:
    table = table_from(read_phases(written(folder, "atop.csv", atop(rows))))
    system = system_from([read_spells(written(folder, "states.csv", states(SPELLS)))])
    panel = make([table], system, Asked(first, last, rule=rule))
    keys = zip(*(panel.columns[name].tolist() for name in panel.keys), strict=True)
    values = {name: panel.columns[name].tolist() for name in panel.columns if name not in panel.keys}
    return {key: {name: values[name][n] for name in values} for n, key in enumerate(keys)}


@given(st.lists(a_row(), min_size=1, max_size=7).map(distinct), st.sampled_from(RULES))
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_panel_is_what_the_days_give(tmp_path: Path, rows: list[Row], rule: Rule) -> None:
    there = expansion(rows, SPELLS, YEARS, rule)
    made = panelled(tmp_path, rows, rule, YEARS[0], YEARS[-1])
    assert made.keys() == there.keys()
    assert {k: v for k, v in made.items() if v != there[k]} == {}


@pytest.mark.parametrize("rule", RULES)
def test_the_invented_file(tmp_path: Path, rule: Rule) -> None:
    for first in (1939, 1958, 1970, 1990):
        there = expansion(ROWS, SPELLS, (first, first + 1), rule)
        made = panelled(tmp_path, ROWS, rule, first, first + 1)
        assert made == there


# ---- the data set itself, where somebody has it ----

DATA = os.environ.get("FOEDUS_DATA_DIR", "")
real = pytest.mark.skipif(
    not DATA,
    reason="FOEDUS_DATA_DIR does not name a folder with ATOP 4.01 and COW's states; Foedus ships neither",
)
MEMBERS, LIST = "atop4-member-level.csv", "states2016.csv"


@real
@pytest.mark.parametrize("rule", RULES)
def test_atop_in_the_frame_of_cow(rule: Rule) -> None:
    read, listed = read_phases(Path(DATA) / MEMBERS), read_spells(Path(DATA) / LIST)
    owed, instruments, frame = by_intervals(read.rows, listed.rows, rule)
    panel = make([table_from(read)], system_from([listed]), Asked(1816, 2016, rule=rule))
    keys = list(zip(*(panel.columns[name].tolist() for name in panel.keys), strict=True))
    assert len(keys) == len(set(keys)) == len(frame)
    assert set(keys) == frame
    for pledge in PLEDGES:
        column = panel.columns[f"atop_{pledge}"].tolist()
        assert {key for key, value in zip(keys, column, strict=True) if value} == owed[pledge] & frame
    counts = panel.columns["atop_instruments"].tolist()
    assert {k: n for k, n in zip(keys, counts, strict=True) if n} == {
        k: len(v) for k, v in instruments.items() if k in frame
    }
    outside = set(instruments) - frame
    assert panel.losses[0].rows == len({key for key in outside if key[2] >= 1816})


def by_intervals(rows, spells, rule: Rule):
    """Pair by pair and year by year, in loops."""
    owed: dict[str, set[Key]] = defaultdict(set)
    instruments: dict[Key, set[int]] = defaultdict(set)
    phases = defaultdict(list)
    for row in rows:
        phases[row.alliance, row.phase].append(row)
    decides = {year: list(days_of(year, rule)) for year in range(1815, 2017)}
    ends = {year: (days[0], days[-1]) for year, days in decides.items()}
    for members in phases.values():
        for x in members:
            for y in members:
                if x.member == y.member or not x.pledges:
                    continue
                start = max(x.start.first, y.start.first)
                until = min(r.until.last if r.until else date(2017, 1, 1) for r in (x, y))
                for year in range(start.year, until.year + 1):
                    if year in ends and start <= ends[year][1] and ends[year][0] < until and start < until:
                        key = x.member, y.member, year
                        instruments[key].add(x.alliance)
                        for pledge in x.pledges:
                            owed[pledge].add(key)
    there = defaultdict(set)
    for spell in spells:
        for year in range(1816, 2017):
            if spell.start <= ends[year][1] and ends[year][0] <= spell.last:
                there[year].add(spell.number)
    frame = {(a, b, year) for year, states in there.items() for a in states for b in states if a != b}
    return owed, instruments, frame


@real
def test_what_years_hide() -> None:
    """Of the directed defence pairs of a year, those not in force on its first day. Intervals with a day that the
    file does not give are taken at their widest; the one row of a state that no list numbers is left out."""
    table = table_from(read_phases(Path(DATA) / MEMBERS))
    found = {}
    for rule in ("any", "jan1"):
        panel = make([table], own_system([table]), Asked(1815, 2016, rule=rule))
        found[rule] = int(panel.columns["atop_defense"].sum())
    assert (found["any"], found["any"] - found["jan1"]) == (131_042, 5_482)
