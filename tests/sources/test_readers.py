"""The readers take what such files are like, and refuse with a message what is something else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from foedus.diagnostics.problem import Problem, Refused
from foedus.sources import grid, stream
from foedus.sources.atop import BROKEN, Atop, read_atop
from foedus.sources.cow import read_system
from tests.sources.files import MEMBERS, SYSTEM, written


def refused(path: Path, reader: object = read_atop) -> Problem:
    assert callable(reader)
    with pytest.raises(Refused) as told:
        reader(path)
    return told.value.problems[0]


def test_each_row_is_a_state_in_a_phase(tmp_path: Path) -> None:
    found = read_atop(written(tmp_path, "atop.csv", MEMBERS))
    assert (found.version, found.ends, len(found.members)) == ("4.01", date(2016, 12, 31), 8)
    assert set(found.alliances) == {9001, 9002}
    chad = found.alliances[9001][2]
    assert (chad.number, chad.start.text, str(chad.until), chad.phase) == (483, "1950-03-02", "1958-01-09", 1)
    assert (chad.in_system, chad.mode, chad.line) == (False, BROKEN, 4)
    assert found.alliances[9001][3].until is None


def test_a_day_that_is_not_known_is_one_of_its_month(tmp_path: Path) -> None:
    pact = read_atop(written(tmp_path, "atop.csv", MEMBERS)).alliances[9002][0]
    assert (pact.start.text, pact.start.kind, str(pact.until)) == ("1970-06", "oneof", "1975-02")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["LF", "CR LF", "CR"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_line_ends_and_letters_do_not_matter(tmp_path: Path, ending: str, encoding: str) -> None:
    text = MEMBERS.replace("atopid,cowid", "atopid,Größe").replace("9001,,", "9001,Côte,")
    assert (
        read_atop(written(tmp_path, "atop.csv", text, ending, encoding)).members == _plain(tmp_path).members
    )


@pytest.mark.parametrize("sign", [";", "\t"])
def test_another_sign_may_part_the_cells(tmp_path: Path, sign: str) -> None:
    assert (
        read_atop(written(tmp_path, "a.csv", MEMBERS.replace(",", sign))).members == _plain(tmp_path).members
    )


def test_columns_stand_in_any_order_and_blank_lines_between(tmp_path: Path) -> None:
    lines = [line.split(",") for line in MEMBERS.splitlines()]
    text = "\n\n".join(",".join(reversed(cells)) for cells in lines)
    found = read_atop(written(tmp_path, "atop.csv", text.replace("member", "MEMBER")))
    assert [m.start for m in found.members] == [m.start for m in _plain(tmp_path).members]


def test_a_column_that_is_missing_and_not_needed_is_not_missed(tmp_path: Path) -> None:
    text = "\n".join(
        ",".join(cell for n, cell in enumerate(line.split(",")) if n not in (3, 10, 11, 12))
        for line in MEMBERS.splitlines()
    )
    found = read_atop(written(tmp_path, "atop.csv", text))
    assert (found.version, found.ends) == ("", date(1975, 2, 28))  # the latest day in it
    assert {(m.phase, m.in_system, m.mode) for m in found.members} == {(0, True, 0)}


def _plain(folder: Path) -> Atop:
    return read_atop(written(folder, "plain.csv", MEMBERS))


NOT_IT = {
    "the alliance level": ("atopid,begyr,mem1,mem2\n9001,1950,2,20\n", "each member and phase"),
    "the list of states": (SYSTEM, "--cow"),
    "a page": ("# A page\n\nof prose, and nothing more.\n", "`atopid`"),
    "nothing": ("", "it is empty"),
    "blank lines": ("\n\n\n", "it is empty"),
    "a workbook": ("PK\x03\x04 …", "save the sheet as CSV"),
    "a quotation never closed": (MEMBERS + '"9001' + "x" * 70_000, "cannot be read as a row"),
}


@pytest.mark.parametrize(("text", "words"), NOT_IT.values(), ids=NOT_IT.keys())
def test_what_is_not_the_file_is_refused_with_what_it_is(tmp_path: Path, text: str, words: str) -> None:
    problem = refused(written(tmp_path, "file.csv", text))
    assert (problem.code, words in problem.values["why"]) == ("F540", True), problem.values


CELLS = {
    "no number of a state": ("9001,,2,1,1950,3,2", "9001,,two,1,1950,3,2", "member"),
    "no year": ("9001,,2,1,1950,3,2", "9001,,2,1,0,3,2", "yrent"),
    "a day the calendar has not": ("9001,,2,1,1950,3,2", "9001,,2,1,1950,2,30", "dayent"),
    "a thirteenth month": ("9001,,2,1,1950,3,2", "9001,,2,1,1950,13,2", "dayent"),
    "an exit before the entry": ("1950,3,2,1960,5,1", "1950,3,2,1940,5,1", "yrexit"),
    "a word for a year": ("1950,3,2,1960,5,1", "1950,3,2,never,5,1", "yrexit"),
}


@pytest.mark.parametrize(("old", "new", "column"), CELLS.values(), ids=CELLS.keys())
def test_a_cell_that_cannot_be_read_is_told_with_its_place(
    tmp_path: Path, old: str, new: str, column: str
) -> None:
    problem = refused(written(tmp_path, "file.csv", MEMBERS.replace(old, new, 1)))
    assert (problem.code, problem.values["column"], problem.place.line) == ("F541", column, 2)


def test_a_file_that_cannot_be_opened_is_told_as_any_other(tmp_path: Path) -> None:
    written(tmp_path, "atop4.csv", MEMBERS)
    missing = refused(tmp_path / "atop3.csv")
    assert (missing.code, "atop4.csv" in missing.values["near"]) == ("F001", True)
    assert refused(tmp_path).code == "F007"


def test_a_file_longer_than_any_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "MOST_ROWS", 3)
    assert refused(written(tmp_path, "atop.csv", MEMBERS)).code == "F529"


def test_the_file_is_read_row_by_row(tmp_path: Path) -> None:
    """The first rows are there before a later one is looked at."""
    path = written(tmp_path, "atop.csv", MEMBERS + "9003,,two,…\n")
    found = stream.rows(path, stream.DataSet("a file", ("atopid",)))
    assert next(found).cells == {"atopid": "9001"}


def test_a_state_counts_from_its_first_day_to_its_last(tmp_path: Path) -> None:
    system = read_system(written(tmp_path, "states.csv", SYSTEM, "\r", "latin-1"))
    days = [date(1960, 8, 10), date(1960, 8, 11), date(2016, 12, 31), date(2020, 1, 1)]
    assert [system.on(483, day) for day in days] == [False, True, True, True]
    assert not system.on(999, days[1])


def test_a_list_of_states_that_is_none_is_refused(tmp_path: Path) -> None:
    assert refused(written(tmp_path, "a.csv", MEMBERS), read_system).values["why"].endswith("--atop")
    turned = SYSTEM.replace("2016,12,31", "1800,12,31", 1)
    assert refused(written(tmp_path, "b.csv", turned), read_system).code == "F541"
