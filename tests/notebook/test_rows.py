"""What all pages say, as rows: right for their days, the same in every library, and what the terminal says."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest

import foedus
from foedus.notebook.columns import OF_ALL
from foedus.notebook.frames import Cell
from foedus.notebook.rows import SHOWN
from foedus.register.keep import register
from foedus.sources.shelf import shelf
from foedus.terms.codes import codes_on
from tests.cli.program import foedus as command
from tests.notebook.test_frames import PANDAS, POLARS
from tests.sources.files import COMMITMENTS, written


@cache
def attacked() -> foedus.Rows:
    return foedus.bound("POL", on="1939-09-01", attacked_by="Germany", areas="europe")


SHELF = tempfile.TemporaryDirectory(prefix="foedus-")


@cache
def kept() -> Path:
    """A folder that keeps data sets of our own making."""
    folder = Path(SHELF.name)
    shelf(folder).add(written(folder, "honoured.csv", COMMITMENTS))
    return folder


@cache
def spread() -> foedus.Rows:
    return foedus.course("july-1914", plans=False)


GIVEN = {
    "treaties": foedus.treaties,
    "bound": lambda: foedus.bound("KAZ", on="2022-01-05"),
    "attacked": attacked,
    "members": foedus.members,
    "coverage": foedus.coverage,
    "cases": lambda: foedus.cases("lesotho-1998", "kuwait-1961"),
    "course": spread,
    "data_sets": lambda: foedus.data_sets(data=kept()),
    "fulfilment": lambda: foedus.fulfilment(data=kept()),
}


def rows_of(found: foedus.Rows, **wanted: Cell) -> list[Mapping[str, Cell]]:
    return [row for row in found if all(row[name] == value for name, value in wanted.items())]


@pytest.mark.parametrize("name", GIVEN)
def test_each_library_holds_the_same(name: str) -> None:
    found = GIVEN[name]()
    first = found.frame()
    assert dict(first.schema) == {c.name: POLARS[c.kind] for c in found.columns}
    assert first.height == len(found) > 0
    plain = [{n: list(v) if isinstance(v, tuple) else v for n, v in row.items()} for row in found]
    assert first.to_dicts() == plain == found.frame(backend="pyarrow").to_pylist()
    pandas = found.frame(backend="pandas")
    assert {n: str(t) for n, t in pandas.dtypes.items()} == {c.name: PANDAS[c.kind] for c in found.columns}
    assert pandas[found.columns[0].name].tolist() == first[found.columns[0].name].to_list()


OF_VERBS = [name for name in OF_ALL if not name.startswith("cascade_")]
"""The frames of a cascade, which one call has several of: tests/notebook/test_cascade.py."""


@pytest.mark.parametrize("name", OF_VERBS)
def test_the_columns_are_known_by_the_verb_s_name(name: str) -> None:
    assert foedus.columns(name) == GIVEN[name]().columns


def test_a_slip_in_a_frame_s_name_is_told() -> None:
    with pytest.raises(foedus.Refused) as refused:
        foedus.columns("member")
    assert "Did you mean `members`?" in str(refused.value)


def test_rows_are_a_sequence() -> None:
    found = foedus.members(on="2022-01-05", instrument="cst")
    assert [row["iso"] for row in found[:2]] == ["ARM", "KAZ"]
    assert found[-1] == list(found)[-1]
    with pytest.raises(IndexError):
        _ = found[len(found)]


# ---- members


def test_a_member_s_numbers_are_those_of_the_day() -> None:
    for on, numbers in (("1989-05-05", (260, "GFR", 260)), ("2000-05-05", (255, "GMY", 260))):
        (germany,) = rows_of(foedus.members(on=on, instrument="nato"), iso="DEU")
        assert (germany["cow"], germany["cow_abbreviation"], germany["gw"]) == numbers


def test_a_row_s_numbers_are_right_for_all_its_days() -> None:
    """Of every row that has exact days: on its first day, in the middle, and on its last."""
    checked = 0
    for row in foedus.members():
        first, until = row["start_last"], row["until_first"] or date(2026, 1, 1)
        if not isinstance(first, date) or not isinstance(until, date) or first >= until:
            continue  # an open or uncertain side
        for day in (first, first + (until - first) / 2, date.fromordinal(until.toordinal() - 1)):
            known = codes_on(str(row["iso"]), day)
            told = (row["cow"], row["gw"])
            assert told == ((known.cow, known.gw) if known else (None, None)), (row["iso"], day)
            checked += 1
    assert checked > 1000


def test_the_parts_of_a_spell_follow_one_another() -> None:
    found = rows_of(foedus.members(instrument="nato"), iso="DEU")
    assert [(row["spell"], row["until"]) for row in found] == [(1, "1990-10-03"), (1, None)]
    assert found[1]["start"] == "1990-10-03"


def test_each_spell_of_a_state_is_a_row() -> None:
    lives = sum(len(i.parties) for i in register().instruments)
    found = foedus.members()
    assert len({(r["instrument"], r["iso"], r["role"], r["spell"]) for r in found}) == lives
    uzbekistan = rows_of(foedus.members(instrument="cst"), iso="UZB")
    assert [(r["role"], r["spell"], r["start"]) for r in uzbekistan] == [
        ("party", 1, "1994-04-20"), ("party", 2, "[2006-08-16,2008-03-28]"), ("suspended", 1, "2012-12-19"),
    ]  # fmt: skip
    assert [r["sure"] for r in uzbekistan] == ["yes", "perhaps", "yes"]


@pytest.mark.parametrize(
    ("on", "role", "sure"),
    [
        ("1994-04-19", None, None),
        ("1994-04-20", "party", "yes"),
        ("1999-04-21", None, None),
        ("2007-01-01", "party", "perhaps"),
        ("2010-01-01", "party", "yes"),
        ("2012-12-19", "suspended", "yes"),
    ],
)
def test_on_a_day_a_state_has_one_row(on: str, role: str | None, sure: str | None) -> None:
    found = rows_of(foedus.members(on=on, instrument="cst"), iso="UZB")
    assert [(r["role"], r["sure"]) for r in found] == ([] if role is None else [(role, sure)])


def test_who_was_a_member_on_a_day_is_what_the_register_says() -> None:
    day = date(1990, 6, 1)
    told = {(r["instrument"], r["iso"]) for r in foedus.members(on=day) if r["role"] == "party"}
    known = {
        (i.id, state) for i in register().instruments if i.stands(day) != "no" for state in i.members(day)
    }
    assert told == known


def test_a_treaty_that_has_ended_has_no_members() -> None:
    assert len(foedus.members(on="1992-01-01", instrument="warsaw")) == 0
    assert len(rows_of(foedus.members(on="1980-01-01", instrument="warsaw"), role="party")) == 7


def test_a_line_without_an_end_ends_with_its_treaty() -> None:
    (inactive,) = rows_of(foedus.members(instrument="warsaw"), role="inactive")
    assert inactive["until"] == register().find("warsaw").ended


# ---- bound


def test_a_bond_is_a_row_for_each_counterpart() -> None:
    found = rows_of(foedus.bound("cow:705", on="2022-01-05"), norm="cst.assist", side="to")
    assert {(r["counterpart"], r["cow"]) for r in found} == {
        ("ARM", 371), ("BLR", 370), ("KGZ", 703), ("RUS", 365), ("TJK", 702),
    }  # fmt: skip
    first = found[0]
    assert (first["class"], first["text"], first["state"]) == ("necessary-help", "2010", "KAZ")
    assert str(first["article"]).startswith("Article 4")
    assert "Kazakhstan asked somebody for help" in " ".join(first["trigger"])  # pyright: ignore[reportArgumentType, reportCallIssue]
    assert {r["verdict"] for r in found} == {None}


def test_a_counterpart_s_numbers_are_those_of_the_day() -> None:
    found = rows_of(foedus.bound("FRA", on="1989-05-05"), norm="nato.assist", counterpart="DEU", side="to")
    assert [(r["cow"], r["cow_abbreviation"]) for r in found] == [(260, "GFR")]


def test_an_earlier_text_waits_for_less() -> None:
    (text,) = {r["text"] for r in rows_of(foedus.bound("KAZ", on="2010-06-10"), norm="cst.assist")}
    assert text == "1992"


def test_a_counterpart_in_doubt_is_marked() -> None:
    found = rows_of(foedus.bound("KAZ", on="2007-01-01"), norm="cst.assist", side="to")
    assert {r["counterpart"]: r["sure"] for r in found}["UZB"] == "perhaps"


def test_the_rows_say_what_the_command_says() -> None:
    """One row for each state that the command names, or one where it names none."""
    told = json.loads(command("bound", "KAZ", "--on", "2022-01-05", "--json").out)
    named = [
        (norm["norm"], other["state"])
        for side in ("owed_to", "owed_by")
        for norm in told[side]
        for other in norm["others"] or [{"state": None}]
    ]
    found = foedus.bound("KAZ", on="2022-01-05")
    assert [(row["norm"], row["counterpart"]) for row in found] == named


def test_a_text_that_was_secret_binds_nobody_who_did_not_know_it() -> None:
    known = {r["instrument"] for r in foedus.bound("AUH", on="1885-01-01")}
    public = {r["instrument"] for r in foedus.bound("AUH", on="1885-01-01", known_by="1885-01-01")}
    assert "dual" in known - public


def test_after_a_supposed_attack_the_rows_have_verdicts() -> None:
    rows = {str(r["norm"]): r for r in attacked()}
    assert {r["side"] for r in attacked()} == {"to"}
    assert (rows["ukpol.assist"]["counterpart"], rows["ukpol.assist"]["verdict"]) == ("GBR", "arises")
    answer = attacked().answer
    assert answer is not None
    for row in attacked():
        (finding,) = [f for f in answer.findings.called(str(row["norm"])) if row["counterpart"] in f.bearers]
        assert (row["verdict"], row["turns_on"]) == (finding.verdict, finding.turns_on)
    assert answer.suppose({answer.questions[0].id: "no"}).supposed
    assert foedus.bound("POL", on="1939-09-01").answer is None


REFUSED: dict[str, tuple[Any, str]] = {
    "no such state": (lambda: foedus.bound("Kazachstan", on="2022-01-05"), "F538"),
    "a month": (lambda: foedus.bound("KAZ", on="2022-01"), "F502"),
    "no date": (lambda: foedus.members(on=2022), "F553"),  # pyright: ignore[reportArgumentType]
    "attacked by itself": (lambda: foedus.bound("KAZ", on="2022-01-05", attacked_by="KAZ"), "F539"),
    "areas of nothing": (lambda: foedus.bound("KAZ", on="2022-01-05", areas="europe"), "F539"),
    "no such area": (
        lambda: foedus.bound("POL", on="1939-09-01", attacked_by="DEU", areas="europa"), "F503",
    ),
    "no such treaty": (lambda: foedus.members(instrument="natoo"), "F508"),
    "no such page": (lambda: foedus.coverage("natoo"), "F508"),
    "no such party": (lambda: foedus.treaties(party="Ruritania"), "F538"),
    "no such dossier": (lambda: foedus.cases("lesoto-1998"), "F501"),
}  # fmt: skip


@pytest.mark.parametrize(("ask", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_asked_is_refused_as_in_the_terminal(ask: Any, code: str) -> None:
    with pytest.raises(foedus.Refused) as refused:
        ask()
    assert [problem.code for problem in refused.value.problems] == [code]
    assert str(refused.value).startswith(f"error {code}: ")


# ---- treaties, coverage, cases


def test_treaties_are_found_by_what_is_asked() -> None:
    found = foedus.treaties(party="Kazakhstan", on=date(1995, 1, 1))
    (cst,) = rows_of(found, instrument="cst")
    assert "GEO" in cst["members"]  # pyright: ignore[reportOperatorIssue]
    assert (cst["class"], cst["texts"], cst["in_force_first"]) == (
        "necessary-help", ("1992", "2010", *cst["texts"][2:]), date(1994, 4, 20),  # pyright: ignore[reportIndexIssue, reportOptionalSubscript]
    )  # fmt: skip
    assert "atop=4220" in cst["codes"]  # pyright: ignore[reportOperatorIssue]
    assert "nato" not in {row["instrument"] for row in found}
    later = rows_of(foedus.treaties("collective security treaty", on="2000-01-01"), instrument="cst")
    assert "GEO" not in later[0]["members"]  # pyright: ignore[reportOperatorIssue]


def test_coverage_is_what_the_command_says() -> None:
    told = json.loads(command("coverage", "cst", "nato", "--json").out)
    found = foedus.coverage("cst", "nato")
    for name in ("encoded", "not_encoded", "of_weight", "unread", "unconfirmed", "trials"):
        assert [row[name] for row in found] == [row[name] for row in told], name
    assert [row["reviewed"] for row in found] == [row["reviewed"] == "yes" for row in told]


def test_cases_are_what_the_command_says() -> None:
    told = json.loads(command("cases", "lesotho-1998", "--json").out)
    found = foedus.cases(foedus.load("lesotho-1998"))
    assert [(r["norm"], r["finding"], r["relation"]) for r in found] == [
        (r["norm"], r["finding"], r["relation"]) for r in told
    ]
    assert found[0]["on_first"] == date.fromisoformat(told[0]["on"])


# ---- how they show themselves


class Tables(HTMLParser):
    """The rows of the tables in an output, and whether everything that opens closes."""

    def __init__(self) -> None:
        super().__init__()
        self.rows, self.open = 0, 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.rows += tag == "tr"
        self.open += 1

    def handle_endtag(self, tag: str) -> None:
        self.open -= 1


def drawn(found: foedus.Rows) -> tuple[str, int]:
    said = found._repr_html_()
    read = Tables()
    read.feed(said)
    assert read.open == 0
    return said, read.rows


@pytest.mark.parametrize("name", [name for name in GIVEN if name != "attacked"])
def test_in_a_notebook_rows_are_a_table(name: str) -> None:
    found = GIVEN[name]()
    said, rows = drawn(found)
    assert repr(found) in said
    assert 2 <= rows <= SHOWN + 1
    assert "<script" not in said


def test_counterparts_of_one_norm_are_drawn_in_one_row() -> None:
    said, rows = drawn(foedus.bound("KAZ", on="2022-01-05"))
    assert "ARM, KGZ, RUS, TJK, BLR" in said
    assert rows < len(foedus.bound("KAZ", on="2022-01-05"))


def test_more_rows_than_are_drawn_are_counted() -> None:
    said, rows = drawn(foedus.members())
    assert rows == SHOWN + 1
    assert f"{SHOWN} of {len(foedus.members())} rows are drawn" in said


def test_a_supposed_attack_is_drawn_as_an_answer() -> None:
    assert "an attack by Germany on Poland" in attacked()._repr_html_()
    assert (
        repr(attacked())
        == f"An attack by Germany on Poland: {len({r['norm'] for r in attacked()})} duties, 1 September 1939"
    )


def test_words_of_a_page_are_no_markup(tmp_path: Path) -> None:
    page = (
        '# X\n\n```foedus\ninstrument evil "A <script>alert(1)</script> & pact"\n  in force 2001-01-01\n```\n'
    )
    (tmp_path / "evil.md").write_text(page, encoding="utf-8")
    said, _ = drawn(foedus.treaties("script", treaties=tmp_path))
    assert "<script" not in said and "&lt;script&gt;" in said


PRINTED = {
    "treaties": (foedus.treaties, ("treaties",)),
    "bound": (lambda: foedus.bound("KAZ", on="2022-01-05"), ("bound", "KAZ", "--on", "2022-01-05", "--all")),
    "attacked": (
        attacked, ("bound", "POL", "--on", "1939-09-01", "--attacked-by", "DEU", "--in", "europe"),
    ),
    "coverage": (lambda: foedus.coverage("cst"), ("coverage", "cst")),
    "cases": (lambda: foedus.cases("lesotho-1998"), ("cases", "lesotho-1998")),
}  # fmt: skip


@pytest.mark.parametrize(("ask", "args"), PRINTED.values(), ids=PRINTED.keys())
def test_printed_they_read_as_the_terminal_writes(ask: Any, args: tuple[str, ...]) -> None:
    assert str(ask()) == command(*args, COLUMNS="100").out.rstrip()


def test_printed_members_are_a_table_that_fits() -> None:
    found = foedus.members(instrument="cst")
    table, marks = str(found).split("\n\n")
    lines = table.splitlines()
    assert max(map(len, lines)) <= 100
    assert [(line.split()[1], line.endswith(" ~")) for line in lines[1:]] == [
        (row["iso"], row["unconfirmed"]) for row in found
    ]
    assert {row["iso"] for row in found if row["unconfirmed"]} == {"BLR"}
    assert marks == "~ marks what nobody confirmed."


def test_they_speak_the_language_spoken() -> None:
    with foedus.speaking("ru"):
        (armenia,) = rows_of(foedus.members(on="2022-01-05", instrument="cst"), iso="ARM")
    assert armenia["name"] == "Армения"


def test_pandas_has_real_dates() -> None:
    frame = foedus.members(instrument="nato").frame(backend="pandas")
    assert frame.loc[frame["iso"] == "FIN", "start_first"].tolist() == [pd.Timestamp("2023-04-04")]
    assert (
        foedus.members(instrument="nato").frame().filter(pl.col("start_first") > date(2023, 1, 1)).height == 2
    )
