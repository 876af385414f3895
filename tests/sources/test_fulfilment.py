"""Alliances called on by a war, from a file in the form of Berkemeier & Fuhrmann's; every row in it is invented."""

from __future__ import annotations

import io
import json
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from jsonschema import Draft202012Validator

from foedus.cli.schema import schema
from foedus.diagnostics.problem import Problem, Refused
from foedus.sources import stata
from foedus.sources.atop import read_atop
from foedus.sources.atop_member import read_phases
from foedus.sources.fulfilment import PLEDGES, Commitment, Tally, read_commitments, tally
from foedus.sources.grid import columns_of
from tests.cli.program import foedus
from tests.sources.files import COMMITMENTS, MEMBERS, written


def as_stata(folder: Path, text: str, version: int = 114, **options: Any) -> Path:
    """The CSV as a file of Stata's, numbers in single precision, as its authors' is."""
    frame = pd.read_csv(io.StringIO(text))
    numbers = frame.select_dtypes("number").columns
    path = folder / f"file-{version}.dta"
    frame.astype(dict.fromkeys(numbers, "float32")).to_stata(
        path, write_index=False, version=version, **options
    )
    return path


def refused(path: Path) -> Problem:
    with pytest.raises(Refused) as told:
        read_commitments(path)
    return told.value.problems[0]


def test_a_row_is_an_alliance_in_a_war(tmp_path: Path) -> None:
    read = read_commitments(written(tmp_path, "bf.csv", COMMITMENTS))
    assert (len(read.rows), read.dropped, read.edition.last.year) == (8, (), 2003)
    first = read.rows[0]
    assert (first.alliance, first.war, first.cow_war, first.war_name) == (9001, 1, 901, "Marsh War")
    assert (first.early, first.multilateral, first.line) == (True, True, 2)
    assert first.pledges == {"defense", "consul"}
    assert dict(first.outcomes) == {"LLM": "honoured", "BF": "violated"}
    unnumbered = read.rows[-1]
    assert (unnumbered.cow_war, dict(unnumbered.outcomes)) == (None, {"BF": "not called on"})


def test_rates_count_what_was_called_on(tmp_path: Path) -> None:
    rows = read_commitments(written(tmp_path, "bf.csv", COMMITMENTS)).rows
    assert tally(rows) == Tally(3, 5)
    assert tally(rows, "BF") == Tally(2, 5)
    assert tally(row for row in rows if row.early) == Tally(3, 4)
    by_pledge = {pledge: tally(row for row in rows if pledge in row.pledges) for pledge in PLEDGES}
    assert by_pledge["defense"] == Tally(2, 4)
    assert by_pledge["nonagg"] == Tally(0, 0)
    assert by_pledge["nonagg"].share is None
    # a row with two pledges counts for each of them
    assert sum(found.counted for found in by_pledge.values()) > tally(rows).counted


@pytest.mark.parametrize("version", [114, 117, 118])
@pytest.mark.parametrize("byteorder", ["little", "big"])
def test_stata_and_csv_say_the_same(tmp_path: Path, version: int, byteorder: str) -> None:
    csv = read_commitments(written(tmp_path, "bf.csv", COMMITMENTS))
    dta = read_commitments(as_stata(tmp_path, COMMITMENTS, version, byteorder=byteorder))

    def same(row: Commitment) -> tuple[object, ...]:
        return row.alliance, row.war, row.cow_war, row.war_name, row.early, row.pledges, dict(row.outcomes)

    assert list(map(same, dta.rows)) == list(map(same, csv.rows))
    assert [row.line for row in dta.rows] == list(range(1, 9))  # observations: Stata's files have no lines
    assert dta.digest != csv.digest


def test_another_data_set_is_read_from_stata_too(tmp_path: Path) -> None:
    members = MEMBERS.replace("termmode,version", "termmode,version,defense,offense,neutral,nonagg,consul")
    members = "\n".join(
        line + ",1,0,0,0,1" if line.startswith("9") else line for line in members.splitlines()
    )
    path = as_stata(tmp_path, members)
    assert "yrent" in columns_of(path)
    read = read_phases(path)
    assert read.edition.version == "4.01"
    assert [(row.alliance, row.member, row.start.text) for row in read.rows] == [
        (row.alliance, row.number, row.start.text)
        for row in read_atop(written(tmp_path, "a.csv", MEMBERS)).members
    ]


@pytest.mark.parametrize("cut", [20, 40, 400, 1200])
@pytest.mark.parametrize("version", [114, 118])
def test_a_file_of_statas_that_is_cut_short_is_told(tmp_path: Path, version: int, cut: int) -> None:
    path = as_stata(tmp_path, COMMITMENTS, version)
    path.write_bytes(path.read_bytes()[:cut])
    problem = refused(path)
    assert problem.code == "F540"
    assert "Stata" in str(problem.values["why"])


def test_a_file_of_statas_that_was_changed_never_shows_a_traceback(tmp_path: Path) -> None:
    path = as_stata(tmp_path, COMMITMENTS)
    whole = path.read_bytes()
    draw = random.Random(7)
    for _ in range(60):
        bytes_ = bytearray(whole)
        for _ in range(draw.randrange(1, 4)):
            bytes_[draw.randrange(2, len(bytes_))] = draw.randrange(256)
        path.write_bytes(bytes_)
        try:
            read_commitments(path)
        except Refused as told:
            assert {each.code for each in told.problems} <= {"F540", "F801"}


def test_without_pandas_one_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = as_stata(tmp_path, COMMITMENTS)

    def without(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr(stata, "import_module", without)
    problem = refused(path)
    assert (problem.code, problem.values["extra"]) == ("F559", "stata")
    assert len(read_commitments(written(tmp_path, "bf.csv", COMMITMENTS)).rows) == 8


def test_what_cannot_be_is_left_out_with_its_line(tmp_path: Path) -> None:
    lines = COMMITMENTS.splitlines()
    both = lines[1].replace(",1,,,,1,,", ",1,1,,,1,,")  # honoured and violated at once
    again = lines[2]
    other = lines[3].replace("9003,", "9003.5,")
    read = read_commitments(written(tmp_path, "bf.csv", "\n".join([*lines, both, again, other])))
    assert [row.line for row in read.rows] == list(range(2, 10))
    assert [(each.line, each.cells[0][0]) for each in read.dropped] == [
        (10, "violatellm"),
        (11, "line"),
        (12, "atopid"),
    ]
    assert [problem.code for problem in read.warnings] == ["F802"] * 3


def test_another_file_is_refused(tmp_path: Path) -> None:
    assert refused(written(tmp_path, "atop.csv", MEMBERS)).code == "F540"


@pytest.mark.parametrize(
    ("honoured", "counted"), [(0, 1), (1, 1), (12, 54), (61, 92), (73, 146), (500, 1000)]
)
def test_the_interval_is_where_the_score_test_does_not_reject(honoured: int, counted: int) -> None:
    """Wilson's interval is the set of rates that the score test lets stand: its ends are that test's zeros."""
    low, high = Tally(honoured, counted).interval()
    share = Fraction(honoured, counted)
    assert 0 <= low <= share <= high <= 1
    for end in {low, high} - {0.0, 1.0}:
        score = abs(float(share) - end) / (end * (1 - end) / counted) ** 0.5
        assert score == pytest.approx(1.959963985, rel=1e-6)


def test_nothing_counted_says_nothing() -> None:
    assert (Tally(0, 0).share, Tally(0, 0).interval()) == (None, (0.0, 1.0))


WARS = (
    "WarNum,WarName,ccode,StateName,Side,StartMonth1,StartDay1,StartYear1,EndMonth1,EndDay1,EndYear1\n"
    "901,Marsh War,2,United States,1,3,1,1901,4,1,1902\n"
    "901,Marsh War,20,Canada,2,12,1,1900,4,1,1902\n"
    "903,Ferry War,2,United States,1,3,1,1963,4,1,1963\n"
)


def test_a_file_of_statas_is_recognised_kept_and_shown(tmp_path: Path) -> None:
    shelf = str(tmp_path / "shelf")
    file = as_stata(tmp_path, COMMITMENTS)
    assert "fulfilment" in foedus("data", "add", file, FOEDUS_DATA=shelf).out
    shown = foedus("data", "show", "fulfilment", FOEDUS_DATA=shelf).out
    assert "wars begun" not in shown
    foedus("data", "add", written(tmp_path, "wars.csv", WARS), FOEDUS_DATA=shelf)
    shown = foedus("data", "show", "fulfilment", FOEDUS_DATA=shelf)
    assert (shown.status, shown.err) == (0, "")
    assert "wars begun before 1945       2 of 2  100  34–100" in shown.out
    plain = json.loads(foedus("data", "show", "fulfilment", "--json", FOEDUS_DATA=shelf).out)
    Draft202012Validator(schema("data")).validate(plain)
    rates = {
        (rate["pledge"], rate["period"], rate["coding"]): (rate["honoured"], rate["counted"])
        for rate in plain["data_sets"][0]["rates"]
    }
    assert rates[None, None, "LLM"] == (3, 5)
    assert rates[None, "from 1945", "LLM"] == (0, 1)
    assert rates[None, "not listed", "BF"] == (1, 2)
