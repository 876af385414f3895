"""`foedus panel`: its summary, its files, what stands behind a cell, and every refusal."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from tests.cli.program import foedus
from tests.panel.files import ROWS, SPELLS, Row, atop, states, written
from tests.panel.test_panel import date

BAD_NUMBER = "no state has this number in the list that the data set goes by"
FILES = ("--atop", "atop.csv", "--states", "states.csv")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FOEDUS_DATA", str(tmp_path / "kept"))
    both = frozenset({"defense", "nonagg"})
    # the treaty page `cst` carries ATOP's number 4220; these rows of it are invented
    rows = (
        *ROWS,
        Row(4220, 371, date(1992, 5, 15), None, both),
        Row(4220, 365, date(1992, 5, 15), None, both),
        Row(4220, 373, date(1993, 9, 24), date(1999, 4, 20), both),
    )
    spells = (
        *SPELLS,
        (371, date(1991, 12, 21), date(2016, 12, 31)),
        (373, date(1991, 12, 21), date(2016, 12, 31)),
    )
    written(tmp_path, "atop.csv", atop(rows))
    written(tmp_path, "states.csv", states(spells))
    return tmp_path


def test_a_panel_is_made_told_and_written(here: Path) -> None:
    done = foedus("panel", "--from", "1950", "--to", "2016", "-o", "p.parquet", *FILES, cwd=here)
    assert (done.status, done.err) == (0, "")
    assert max(map(len, done.out.splitlines())) <= 80
    found = pl.read_parquet(here / "p.parquet")
    said = " ".join(done.out.split()).replace("\u00a0", " ")
    assert f"{len(found):,}".replace(",", " ") + " rows" in said
    assert f"atop_defense {found['atop_defense'].sum()}" in said
    assert "Monaco (221): 10 rows, 1980 – 1984" in said
    assert "Cite: Leeds" in said and "Written: p.parquet" in said
    assert "any day of a year" in said and "counts from signature" in said


def test_a_data_set_that_is_kept_is_found(here: Path) -> None:
    assert foedus("data", "add", "atop.csv", "states.csv", cwd=here).status == 0
    kept = foedus("panel", "--from", "1950", "--to", "1960", "--json", cwd=here)
    given = foedus("panel", "--from", "1950", "--to", "1960", "--json", *FILES, cwd=here)
    assert kept.status == given.status == 0, kept.err
    assert json.loads(kept.out)["filled"] == json.loads(given.out)["filled"]


def test_rows_left_out_are_told_where_a_file_is_named_and_counted_where_it_is_kept(here: Path) -> None:
    whole = (here / "atop.csv").read_text(encoding="utf-8")
    row = whole.splitlines()[1].split(",")
    row[1] = "8152"  # no state has this number
    (here / "atop.csv").write_text(f"{whole}{','.join(row)}\n", encoding="utf-8")
    assert foedus("data", "add", "atop.csv", "states.csv", cwd=here).status == 0
    years, cell = ("--from", "1950", "--to", "1960"), ("--explain", "2", "20", "1955")
    line = "1 row left out; foedus data show atop-member says which."
    rows = [{"line": len(whole.splitlines()) + 1, "why": BAD_NUMBER, "cells": [["member", "8152"]]}]
    for asked in (years, cell):
        kept = foedus("panel", *asked, cwd=here)
        assert (kept.status, kept.err) == (0, "")
        assert line in " ".join(kept.out.replace("\u00a0", " ").split())
        named = foedus("panel", *asked, *FILES, cwd=here)
        assert named.status == 0 and "warning F802" in named.err and "8152" in named.err
        assert "left out;" not in named.out
        for of, where in ((), True), (FILES, False):
            told = json.loads(foedus("panel", *asked, *of, "--json", cwd=here).out)
            (left,) = (told if isinstance(told, dict) else told[1])["left_out"]
            assert (left["name"], left["kept"], left["rows_left_out"]) == ("atop-member", where, rows)
    assert "8152" in foedus("data", "show", "atop-member", cwd=here).out


def test_a_source_may_bring_its_file(here: Path) -> None:
    asked = ("--from", "1990", "--to", "2000", "--states", "states.csv", "--json")
    named = foedus("panel", *asked, "--source", "atop=atop.csv", cwd=here)
    assert named.status == 0
    alike = foedus("panel", *asked, "--atop", "atop.csv", cwd=here)
    assert json.loads(named.out) == json.loads(alike.out)


def test_without_a_list_the_states_are_those_of_the_data(here: Path) -> None:
    done = foedus("panel", "--from", "1950", "--to", "1960", "--atop", "atop.csv", cwd=here)
    assert "of the data itself" in " ".join(done.out.split())
    done = foedus(
        "panel", "--from", "1950", "--to", "1951", "--atop", "atop.csv", "--states", "own", cwd=here
    )
    assert done.status == 0


def test_beyond_coverage_is_told(here: Path) -> None:  # F827
    done = foedus("panel", "--from", "2016", "--to", "2020", *FILES, cwd=here)
    assert done.status == 0 and "warning F827" in done.err
    assert "nothing is known of 2017 to 2020" in " ".join(done.err.split())
    assert "The list ends on 31 December 2016" in " ".join(done.out.replace("\u00a0", " ").split())


def test_the_entry_into_force_of_a_page(here: Path) -> None:
    for begin, years in (("signature", [1993, 1994]), ("in-force", [1994])):
        out = f"{begin}.parquet"
        done = foedus(
            "panel", "--from", "1992", "--to", "1994", "--begin", begin, "-o", out, *FILES, cwd=here
        )
        assert done.status == 0, done.err
        found = pl.read_parquet(here / out).filter(ccode1=371, ccode2=373, atop_defense=1)
        assert (
            found["year"].to_list() == years
        )  # Azerbaijan came in 1993; the treaty entered into force in 1994
        if begin == "in-force":
            assert "atop_from_signature" in found.columns
            assert found["atop_from_signature"].to_list() == [0]


def test_what_stands_behind_a_cell(here: Path) -> None:
    done = foedus("panel", "--explain", "371", "373", "2010", *FILES, cwd=here)
    assert done.status == 0, done.err
    assert max(map(len, done.out.splitlines())) <= 80
    said = " ".join(done.out.replace("\u00a0", " ").split())
    assert "ATOP 4220 · Collective Security Treaty no longer in 2010" in said
    assert "from 24 September 1993 until 20 April 1999; line 17" in said
    assert "Azerbaijan left; others stayed" in said
    assert "page cst: signed 15 May 1992, in force 20 April 1994" in said
    assert "Azerbaijan: party from 20 April 1994 until 21 April 1999" in said
    named = foedus("panel", "--explain", "ARM", "Azerbaijan", "2010", *FILES, cwd=here)
    assert named.out == done.out
    one, other = json.loads(
        foedus("panel", "--explain", "371", "373", "2010", "--json", *FILES, cwd=here).out
    )
    assert (one["ccode1"], other["ccode1"]) == (371, 373)
    assert one["instruments"][0]["pages"][0]["page"] == "cst"
    assert one["instruments"][0]["intervals"][0]["close"] == "beneficiary left"


def test_a_page_and_a_row_of_one_number_are_read_beside_each_other(here: Path) -> None:
    def said(year: int) -> str:
        done = foedus("panel", "--explain", "371", "373", str(year), *FILES, cwd=here)
        assert done.status == 0, done.err
        return " ".join(done.out.replace("\u00a0", " ").split())

    for year in (1998, 2010):  # counts in the one, is over in the other: then all of it is compared
        whole = said(year)
        assert "On the page and in the data set: defence" in whole
        assert "On the page only: consultation" in whole and "In the data set only: non-aggression" in whole
        assert "The page counts from 20 April 1994, the data set from 24 September 1993" in whole
    assert "In 1993, the page has nothing between the two, the data set has" in said(1993)
    args = ("panel", "--explain", "371", "373", "1998", "--json", *FILES)
    (one, _) = json.loads(foedus(*args, cwd=here).out)
    assert one["instruments"][0]["pages"][0]["beside"] == {
        "lacks": None,
        "pledges": {"both": ["defense"], "page": ["consul"], "data": ["nonagg"]},
        "conditions": {"defense": {"both": [], "page": [], "data": []}},
        "without_a_flag": {"defense": []},
        "start": {"page": "1994-04-20", "data": "1993-09-24"},
    }


def test_a_page_of_ones_own_is_read_beside_the_row_that_it_names(here: Path) -> None:
    """A user's own page of the same number, on which only one of the two owes the other anything."""
    (here / "pages").mkdir()
    (here / "pages" / "lir.md").write_text(
        '# Lir\n\n```foedus\ninstrument lir "Compact of Lir"\n  signed 1992-05-15\n  in force 1992-05-15\n'
        '  code atop 4220\n  encoded by "A. Writer" on 2026-11-22\nparties\n  ARM, RUS from 1992-05-15\n\n'
        'duty aid "help"\n  class all-means, force included\n  owed by ARM to RUS against e\n'
        "  when force(e, RUS) as a\n  performed by helped(by: ARM, for: RUS)\n```\n",
        encoding="utf-8",
    )
    for one, other, words in (
        ("371", "365", "On the page and in the data set: defence"),
        ("365", "371", "On the page, the one owed the other nothing that a panel counts"),
    ):
        done = foedus("panel", "--explain", one, other, "2000", "--treaties", "pages", *FILES, cwd=here)
        assert done.status == 0, done.err
        assert words in " ".join(done.out.split())


def test_a_cell_that_has_nothing_and_one_that_is_missing(here: Path) -> None:
    nothing = foedus("panel", "--explain", "2", "371", "2010", *FILES, cwd=here)
    assert "No instrument of the data binds them" in " ".join(nothing.out.split())
    missing = foedus("panel", "--explain", "2", "90", "2019", *FILES, cwd=here)
    assert "The cell is missing: ATOP does not cover the year." in " ".join(missing.out.split())
    uneven = foedus("panel", "--explain", "2", "90", "1970", *FILES, cwd=here).out
    assert uneven.count("counts in 1970") == 3  # two from the one, one from the other


BAD = {
    "F820": ("--from", "2000", "--to", "1990", *FILES),
    "F821": ("--from", "1816", "--to", "9000", "--unit", "days", *FILES),
    "F822": ("--from", "1990", "--to", "2000"),
    "F823": ("--from", "1990", "--to", "2000", "-o", "p.xlsx", *FILES),
    "F824": ("--from", "1990", "--to", "2000", "--pledges", "defence", *FILES),
    "F825": ("--from", "1990", "--to", "2000", "--source", "atpo", *FILES),
    "F826": ("--from", "1990", "--to", "2000", "--atop", "states.csv"),
    "F828": ("--from", "1990", "--to", "1990", "--unit", "days", "--rule", "jan1", *FILES),
    "F829": ("--explain", "3710", "373", "2010", *FILES),
    "F830": ("--explain", "371", "373", "now", *FILES),
}


@pytest.mark.parametrize("code", BAD)
def test_refusals(code: str, here: Path) -> None:
    before = {p.name for p in here.iterdir()}
    done = foedus("panel", *BAD[code], cwd=here)
    assert (done.status, f"error {code}" in done.err) == (2, True), done.err
    assert done.out == "" and {p.name for p in here.iterdir()} == before


def test_to_whom_it_is_owed_where_that_varies(here: Path) -> None:
    own = "--states", "own"
    loose = foedus(
        "panel", "--from", "1981", "--to", "1981", "--atop", "atop.csv", *own, "-o", "a.csv", cwd=here
    )
    head = "statea,stateb,year,defense,offense,neutral,nonagg,consul,atopid1,version\n"
    written(here, "directed.csv", head + "221,2,1981,1,0,0,0,0,9005,4.01\n")
    more = ("--directed", "directed.csv")
    settled = foedus(
        "panel", "--from", "1981", "--to", "1981", "--atop", "atop.csv", *own, *more, "-o", "b.csv", cwd=here
    )
    assert (loose.status, settled.status) == (0, 0), settled.err
    found = [pl.read_csv(here / f"{name}.csv").filter(ccode1=221, ccode2=2) for name in "ab"]
    assert [f.select("atop_defense", "atop_consul", "atop_varies").row(0) for f in found] == [
        (1, 1, 1),
        (1, 0, 0),
    ]
    wrong = foedus(
        "panel", "--from", "1981", "--to", "1981", "--atop", "atop.csv", "--directed", "states.csv", cwd=here
    )
    assert "error F826" in wrong.err


def test_an_output_beside_an_explanation(here: Path) -> None:  # F828
    done = foedus("panel", "--explain", "371", "373", "2010", "-o", "p.csv", *FILES, cwd=here)
    assert "error F828" in done.err and not (here / "p.csv").exists()


def test_years_are_needed(here: Path) -> None:
    assert foedus("panel", *FILES, cwd=here).status == 2


@pytest.mark.parametrize("name", ["RUS", "SUN", "365", "cow:RUS", "Soviet Union"])
def test_a_state_is_named_as_in_its_time_or_by_cow_s_letters(name: str, here: Path) -> None:
    """`RUS` is the code of the Federation, and COW's letters for the Union as well."""
    done = foedus("panel", "--explain", name, "2", "1980", *FILES, cwd=here)
    assert (done.status, done.said.splitlines()[0].split(" owed")[0]) == (
        0,
        "What the Soviet Union (365) and the United States (2)",
    )
