"""What is wrong with a file is named by line and column; a row is left out and counted, or the file is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from foedus.diagnostics.catalogue import severity_of, title_of
from foedus.diagnostics.problem import Problem, Refused
from foedus.sources import cells, grid
from foedus.sources.atop_member import read_phases
from foedus.sources.cells import (
    AGAIN,
    BACKWARDS,
    CONTRADICTS,
    NO_DAY,
    NO_NUMBER,
    NO_SHARE,
    NO_STATE,
    NO_YES,
    SHORT,
)
from foedus.sources.cow import read_majors, read_spells
from foedus.sources.cow_alliances import read_allies, read_pacts
from foedus.sources.edition import Dropped, Read
from foedus.sources.gw import read_independent
from foedus.sources.kinds import recognised
from foedus.sources.nmc import read_capabilities
from foedus.sources.ucdp import read_conflicts, read_events
from tests.sources import samples
from tests.sources.files import written
from tests.sources.samples import SAMPLES

Reader = Callable[[Path], Read[Any]]


def refused(path: Path, reader: Callable[[Path], object]) -> Problem:
    with pytest.raises(Refused) as told:
        reader(path)
    return told.value.problems[0]


BAD_ROWS: dict[str, tuple[Reader, str, str, str, str, str]] = {
    "no number": (read_phases, samples.PHASES, "9001,2,1,1950", "9001,two,1,1950", NO_NUMBER, "member"),
    "a state of no list": (read_phases, samples.PHASES, "9001,2,1,1950", "9001,8888,1,1950", NO_STATE, "member"),
    "a day of no calendar": (read_phases, samples.PHASES, "1950,3,2,1960,5,1", "1950,2,30,1960,5,1", NO_DAY, "dayent"),
    "a month of no calendar": (
        read_phases, samples.PHASES, "1950,3,2,1960,5,1", "1950,13,2,1960,5,1", NO_DAY, "dayent",
    ),
    "no year": (read_phases, samples.PHASES, "1950,3,2,1960,5,1", ",,,1960,5,1", cells.NO_YEAR, "yrent"),
    "an end before the beginning": (
        read_phases, samples.PHASES, "1950,3,2,1960,5,1", "1950,3,2,1940,5,1", BACKWARDS, "yrexit",
    ),
    "a spell that runs backwards": (
        read_spells, samples.STATES, "1890,2,3,1899", "1890,2,3,1880", BACKWARDS, "endyear",
    ),
    "a share that is none": (read_capabilities, samples.CAPABILITIES, ".25,2021", "a quarter,2021", NO_SHARE, "cinc"),
    "a share beyond all": (read_capabilities, samples.CAPABILITIES, ".25,2021", "inf,2021", NO_SHARE, "cinc"),
    "another order of the day": (
        read_independent, samples.INDEPENDENT, "04:05:1868", "05/04/1868", NO_DAY, "start",
    ),
    "a pact of nobody": (read_pacts, samples.PACTS, "902,70", "902,7777", NO_STATE, "ccode1"),
    "an ally that left first": (
        read_allies, samples.ALLIES, ',2,3,1950,,,,0,1,1,0,0,1,4.1\n901', ',2,3,1950,1,1,1949,0,1,1,0,0,1,4.1\n901',
        BACKWARDS, "mem_end_year",
    ),
    "an event on the 31st of April": (
        read_events, samples.EVENTS, "1999-04-01,1999-04-01", "1999-04-31,1999-04-31", NO_DAY, "date_start",
    ),
    "a conflict with no state's number": (
        read_conflicts, samples.CONFLICTS, '"2, 20"', '"2, 8888"', NO_STATE, "gwno_a_2nd",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("reader", "text", "old", "new", "why", "column"), BAD_ROWS.values(), ids=BAD_ROWS.keys()
)
def test_a_row_that_cannot_be_read_is_left_out_and_named(
    reader: Reader, text: str, old: str, new: str, why: str, column: str, tmp_path: Path
) -> None:
    assert text.count(old) >= 1
    whole = reader(written(tmp_path, "whole.csv", text))
    found = reader(written(tmp_path, "bad.csv", text.replace(old, new, 1)))
    assert [(each.why, each.cells[0][0]) for each in found.dropped] == [(why, column)]
    assert len(found.rows) == len(whole.rows) - 1
    assert found.dropped[0].line not in {row.line for row in found.rows}
    warned = found.warnings[-1]
    assert (warned.code, warned.place.line) == ("F802", found.dropped[0].line)
    assert severity_of(warned) == "warning" and column in title_of(warned)


def test_a_flag_that_is_neither_0_nor_1_is_no_flag(tmp_path: Path) -> None:
    lines = samples.PHASES.splitlines()
    at = lines[0].split(",").index("defense")
    row = lines[1].split(",")
    row[at] = "7"
    found = read_phases(written(tmp_path, "a.csv", "\n".join([lines[0], ",".join(row), *lines[2:]])))
    assert found.dropped == (Dropped(2, NO_YES, (("defense", "7"),)),)


def test_a_row_that_stands_twice_counts_once(tmp_path: Path) -> None:
    last = samples.PHASES.splitlines()[-1]
    found = read_phases(written(tmp_path, "a.csv", samples.PHASES + f"{last}\n{last}\n"))
    assert found.dropped == (Dropped(9, AGAIN, (("line", "8"),)), Dropped(10, AGAIN, (("line", "8"),)))
    assert len(found.rows) == 7


def test_of_rows_that_contradict_each_other_none_is_taken(tmp_path: Path) -> None:
    first = samples.STATES.splitlines()[1]
    found = read_spells(
        written(tmp_path, "a.csv", samples.STATES + first.replace("2016,12,31", "2010,12,31") + "\n")
    )
    assert [(each.line, each.why) for each in found.dropped] == [(2, CONTRADICTS), (6, CONTRADICTS)]
    assert 2 not in {row.number for row in found.rows}


@pytest.mark.parametrize(
    "row", ["9003,2,1,1950", samples.PHASES.splitlines()[-1] + ",9"], ids=["short", "long"]
)
def test_a_row_with_other_cells_than_columns_is_left_out(row: str, tmp_path: Path) -> None:
    found = read_phases(written(tmp_path, "a.csv", samples.PHASES + row + "\n"))
    assert [(each.line, each.why) for each in found.dropped] == [(9, SHORT)]


def test_an_empty_cell_at_the_end_of_a_row_is_no_cell_too_many(tmp_path: Path) -> None:
    first, *rest = samples.PHASES.splitlines()
    text = "\n".join([first, *(f"{line}," for line in rest)])
    assert read_phases(written(tmp_path, "a.csv", text)).dropped == ()


def test_rows_are_told_once_for_a_reason_with_the_first_of_them(tmp_path: Path) -> None:
    extra = "".join(
        samples.PHASES.splitlines(keepends=True)[-1].replace("9002,90", f"9002,88{n}8") for n in range(3)
    )
    found = read_phases(written(tmp_path, "a.csv", samples.PHASES + extra))
    told = [problem for problem in found.warnings if problem.code == "F802"]
    assert [(problem.values["n"], problem.place.line) for problem in told] == [("3 rows", 9)]


def test_a_file_of_which_most_rows_cannot_be_read_is_refused(tmp_path: Path) -> None:
    first, *rest = samples.PHASES.splitlines()
    text = "\n".join([first, *(line.replace(",19", ",nineteen") for line in rest)])
    problem = refused(written(tmp_path, "a.csv", text), read_phases)
    assert (problem.code, problem.place.line, problem.values["n"], problem.values["all"]) == (
        "F801",
        2,
        "7",
        "7",
    )
    assert "`nineteen50` in column `yrent`" in problem.values["why"]


def test_more_bad_rows_than_good_are_not_borne(tmp_path: Path) -> None:
    first, *rest = samples.PHASES.splitlines()
    bad = [line.replace(",19", ",nineteen") for line in rest]
    less = read_phases(written(tmp_path, "a.csv", "\n".join([first, *bad[:3], *rest[3:]])))
    assert (len(less.rows), len(less.dropped)) == (4, 3)
    more = written(tmp_path, "b.csv", "\n".join([first, *bad[:4], *rest[4:]]))
    assert refused(more, read_phases).code == "F801"


def test_a_file_with_names_and_no_row_is_refused(tmp_path: Path) -> None:
    problem = refused(written(tmp_path, "a.csv", samples.PHASES.splitlines()[0]), read_phases)
    assert (problem.code, "no row" in problem.values["why"]) == ("F540", True)


def test_another_version_is_read_and_told(tmp_path: Path) -> None:
    found = read_phases(written(tmp_path, "a.csv", samples.PHASES.replace(",4.01\n", ",7.2\n")))
    assert (len(found.rows), found.edition.version) == (7, "7.2")
    assert found.edition.last == date(1960, 5, 1)  # the latest day in it
    assert [(problem.code, problem.values["version"]) for problem in found.warnings] == [("F800", "7.2")]
    assert "4.01" in title_of(found.warnings[0])


WRONG: dict[str, tuple[Reader, str, str]] = {
    "alliance for member": (read_phases, samples.ALLIANCES, "each member and phase"),
    "dyads for member": (read_phases, samples.DIRECTED, "each member and phase"),
    "states for member": (read_phases, samples.STATES, "list of states"),
    "member for states": (read_spells, samples.PHASES, "file of ATOP"),
    "states for majors": (read_majors, samples.STATES, "list of all states"),
    "majors for states": (read_spells, samples.MAJORS, "`statenme`"),
    "member for dyads": (read_pacts, samples.ALLIES, "by member"),
    "dyads for member of COW": (read_allies, samples.PACTS, "by dyad"),
    "events for conflicts": (read_conflicts, samples.EVENTS, "events"),
    "conflicts for events": (read_events, samples.CONFLICTS, "file of events"),
    "anything for states of GW": (read_independent, "a\tb\n1\t2\n", "five columns"),
}


@pytest.mark.parametrize(("reader", "text", "words"), WRONG.values(), ids=WRONG.keys())
def test_a_file_taken_for_another_is_refused_with_what_it_is(
    reader: Reader, text: str, words: str, tmp_path: Path
) -> None:
    problem = refused(written(tmp_path, "file.csv", text), reader)
    assert (problem.code, words in problem.values["why"]) == ("F540", True), problem.values


NO_TEXT = {
    "a workbook": (b"PK\x03\x04 and so on", "save the sheet as CSV"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on", "save the sheet as CSV"),
    "Stata's": (b"<stata_dta><header>", "Stata"),
    "no text": (b"atopid,member\0\0\0", "no text"),
    "nothing": (b"", "it is empty"),
    "blank lines": (b"\n\n\n", "it is empty"),
}


@pytest.mark.parametrize(("content", "words"), NO_TEXT.values(), ids=NO_TEXT.keys())
@pytest.mark.parametrize("reader", [read_phases, recognised], ids=["a reader", "whatever it is"])
def test_what_is_no_text_of_rows_is_refused(
    content: bytes, words: str, reader: Callable[[Path], object], tmp_path: Path
) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    problem = refused(path, reader)
    assert (problem.code, words in problem.values["why"]) == ("F540", True)


def test_a_quotation_that_is_never_closed_does_not_swallow_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", samples.PHASES + '"9003' + "x" * 70_000)
    problem = refused(path, read_phases)
    assert (problem.code, "cannot be read as a row" in problem.values["why"]) == ("F540", True)


@pytest.mark.parametrize(
    ("name", "encoding"), [("Côte d’Ivoire", "cp1252"), ("Республика Берег Слоновой Кости", "cp1251")]
)
def test_letters_of_an_old_encoding_are_guessed_and_that_is_said(
    name: str, encoding: str, tmp_path: Path
) -> None:
    text = samples.STATES.replace("Côte d’Ivoire", name)
    found = read_spells(written(tmp_path, "a.csv", text, "\r\n", encoding))
    assert found.rows[2].name == name
    assert [problem.code for problem in found.warnings] == ["F005"]


@pytest.mark.parametrize("chunk", range(1, 60))
def test_a_letter_may_lie_across_two_chunks(
    chunk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grid, "CHUNK", chunk)
    path = written(tmp_path, "a.csv", "é,ü,’\n1,2,3\n")
    with grid.grid(path, "a file") as found:
        assert (found.names, found.warnings) == (("é", "ü", "’"), ())


def test_a_letter_that_the_file_cuts_off_is_no_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("a,b\n1,é".encode()[:-1])
    with grid.grid(path, "a file") as found:
        assert [problem.code for problem in found.warnings] == ["F005"]


def test_cells_may_be_quoted_and_hold_line_ends_and_lines_are_those_of_the_file(tmp_path: Path) -> None:
    text = samples.STATES.replace(",Canada,", ',"Canada,\nof the north",')
    found = read_spells(written(tmp_path, "a.csv", text))
    assert [row.line for row in found.rows] == [2, 3, 5, 6]
    assert found.rows[1].name == "Canada,\nof the north"


@pytest.mark.parametrize("sign", [";", "\t"])
def test_another_sign_may_part_the_cells(sign: str, tmp_path: Path) -> None:
    found = read_phases(written(tmp_path, "a.csv", samples.PHASES.replace(",", sign)))
    assert found.rows == read_phases(written(tmp_path, "b.csv", samples.PHASES)).rows


def test_whole_numbers_may_have_a_point(tmp_path: Path) -> None:
    """As programs write a column of whole numbers with gaps in it."""
    text = samples.PHASES.replace("9002,70,1,1940,6,,", "9002.0,70.0,1.0,1940.0,6.0,NA,")
    assert read_phases(written(tmp_path, "a.csv", text)).rows[5].member == 70


UNKNOWN: dict[str, tuple[str, str]] = {
    "dyads without direction": ("atopid1,mem1,mem2,year,defense\n", "without direction"),
    "disputes": ("dispnum,ccode,styear\n", "disputes"),
    "battle deaths": ("conflict_id,dyad_id,bd_best\n", "UCDP"),
    "a dyadic dataset": ("conflict_id,dyad_id,side_a\n", "dyadic"),
    "nearly ATOP": (samples.PHASES.replace("atopid,", "number,", 1), "`atopid`"),
    "a shopping list": ("item,price\nbread,2\n", "Foedus reads: ATOP"),
}


@pytest.mark.parametrize(("text", "words"), UNKNOWN.values(), ids=UNKNOWN.keys())
def test_a_file_that_is_no_data_set_is_refused_with_the_nearest(
    text: str, words: str, tmp_path: Path
) -> None:
    problem = refused(written(tmp_path, "file.csv", text), recognised)
    assert (problem.code, words in problem.help) == ("F803", True), problem.help


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_cut_off_anywhere_is_told_and_never_a_traceback(name: str, tmp_path: Path) -> None:
    content = SAMPLES[name][1].encode()
    for end in range(0, len(content), max(1, len(content) // 40)):
        path = tmp_path / "cut"
        path.write_bytes(content[:end])
        try:
            recognised(path).read(path)
        except Refused as told:
            assert told.problems[0].code in ("F540", "F801", "F803")


def test_a_file_longer_than_any_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "MOST_ROWS", 3)
    assert refused(written(tmp_path, "a.csv", samples.PHASES), read_phases).code == "F529"
