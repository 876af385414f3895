"""The catalogue at the terminal: lists, one treaty, who owes whom, how much is encoded, and cases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from foedus.cli.main import cli

DOCS = Path(__file__).parent.parent.parent / "docs"


def run(*args: str, code: int = 0) -> str:
    done = CliRunner().invoke(cli, list(args), standalone_mode=False)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == code, done.output
    return done.output


@pytest.mark.parametrize(
    "args",
    [
        ("treaties",),
        ("treaties", "--party", "FRA", "--on", "1914-08-01"),
        ("show", "cst"),
        ("show", "ukpol"),
        ("show", "saupak"),
        ("coverage",),
        ("bound", "KAZ", "--on", "2022-01-05"),
        ("bound", "Poland", "--on", "1939-09-01", "--attacked-by", "DEU", "--in", "europe"),
        ("bound", "AUH", "--on", "1885-01-01", "--known-by", "1885-01-01"),
        ("cases", "niger-2023"),
    ],
    ids=" ".join,
)
def test_nothing_is_wider_than_eighty_columns(args: tuple[str, ...]) -> None:
    said = run(*args)
    assert max(map(len, said.splitlines())) <= 80, [line for line in said.splitlines() if len(line) > 80]
    assert "{" not in said


@pytest.mark.parametrize("verb", ["treaties", "show", "coverage", "bound", "cases"])
def test_each_says_it_in_json_too(verb: str) -> None:
    args = {"show": ["cst"], "bound": ["KAZ", "--on", "2022-01-05"], "cases": ["niger-2023"]}.get(verb, [])
    assert json.loads(run(verb, *args, "--json"))


def test_the_page_of_a_treaty_is_shown_as_it_is_written() -> None:
    assert run("show", "dunkirk", "--page").startswith("# Treaty of Dunkirk\n")


@pytest.mark.parametrize("written", ["KAZ", "kaz", "Kazakhstan", "cow:705", "gw:705", "cow:KZK"])
def test_a_state_by_any_of_its_names(written: str) -> None:
    assert run("bound", written, "--on", "2022-01-05").startswith("Kazakhstan ")


def test_the_published_table_of_cases_is_what_is_found_today() -> None:
    assert run("cases", "--md") == (DOCS / "reference" / "cases.md").read_text(encoding="utf-8")


def test_what_nobody_confirmed_is_marked_wherever_it_goes() -> None:
    said = run("bound", "KAZ", "--on", "2022-01-05")
    assert "by: ARM, KGZ, RUS, TJK, BLR~" in said
    assert "unconfirmed: when Kazakhstan was bound" in said
    assert "~ marks whose being bound nobody confirmed." in said
    assert "~" not in run("bound", "NZL", "--on", "1953-01-01")
    rows = json.loads(run("bound", "KAZ", "--on", "2022-01-05", "--json"))["owed_to"]
    (cst,) = [row for row in rows if row["norm"] == "cst.assist"]
    assert [other["state"] for other in cst["others"] if other["unconfirmed"]] == ["BLR"]
    assert {tuple(row["unconfirmed"]) for row in rows if row["instrument"] == "cisch"} == {("state",)}
    listed = {line.split()[0]: line for line in run("treaties", "--on", "1955-06-05").splitlines() if line}
    assert " 1948–1992~   2~ " in listed["yya"]
    assert " 1949–       15  " in listed["nato"]
    assert listed["19"].endswith("~ marks what nobody confirmed.")
