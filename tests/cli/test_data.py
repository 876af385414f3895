"""`foedus data`: files of our own making, as an operator gives them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from foedus.cli.schema import schema
from foedus.sources.about import ABOUT
from tests.cli.program import Done, foedus, process
from tests.sources import samples
from tests.sources.files import written
from tests.sources.samples import SAMPLES, laid


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every sample, all of them added."""
    folder = laid(tmp_path_factory.mktemp("shelf"))
    assert foedus("data", "add", *SAMPLES, cwd=folder).status == 0
    return folder


def run(*args: str | Path, cwd: Path, status: int = 0) -> Done:
    done = foedus("data", *args, cwd=cwd)
    assert done.status == status, done.said
    assert "Traceback" not in done.said
    assert max((len(line) for line in done.out.splitlines()), default=0) <= 80 or {"--json", "--bibtex"} & {
        *args
    }
    return done


def flowing(text: str) -> str:
    return " ".join(text.split())


def test_a_file_is_told_with_what_was_left_out_and_how_to_cite_it(tmp_path: Path) -> None:
    bad = samples.member("9003,8888,1,1950,3,2,1960,5,1,1", "1,0,0,0,0")
    written(tmp_path, "members.csv", samples.PHASES + bad + "9004,2\n")
    said = flowing(run("add", "members.csv", cwd=tmp_path).out)
    assert said.startswith(
        "ATOP, member level · version 4.01 atop-member It covers 1 January 1815 – 31 December 2016;"
    )
    assert "Read from members.csv: 7 rows. 2 rows were left out:" in said
    assert "line 9, column member, “8888”: no state has this number" in said
    assert "line 10: it has not as many cells as the first row names columns" in said
    assert "Terms: not stated, as far as we know Cite: Leeds, Brett Ashley" in said
    assert said.endswith("Kept as atop-member 4.01. Kept in data-sets.")
    again = flowing(run("add", "members.csv", cwd=tmp_path).out)
    assert "The same file has been kept since" in again


def test_many_rows_left_out_are_grouped_by_reason_or_listed(tmp_path: Path) -> None:
    bad = "".join(samples.member(f"9003,888{n},1,1950,3,2,1960,5,1,1", "1,0,0,0,0") for n in range(6))
    written(tmp_path, "members.csv", samples.PHASES + bad)
    said = flowing(run("add", "members.csv", cwd=tmp_path).out)
    assert "6 × column member: no state has this number" in said
    assert "(lines 9, 10, 11, 12, 13, …)" in said
    every = run("add", "members.csv", "--dropped", cwd=tmp_path).out
    assert all(f"line {n}, column member, “888{n - 9}”" in every for n in range(9, 15))


def test_a_bad_file_does_not_keep_the_others_out(tmp_path: Path) -> None:
    laid(tmp_path, "states2016.csv", "iisystem.dat")
    written(tmp_path, "list.csv", "item,price\nbread,2\n")
    done = run("add", "states2016.csv", "list.csv", "missing.csv", "iisystem.dat", cwd=tmp_path, status=2)
    assert "F803" in done.err and "F001" in done.err
    assert "COW, State System Membership" in done.out and "Gleditsch & Ward" in done.out


def test_a_guess_at_letters_is_warned_of(tmp_path: Path) -> None:
    written(
        tmp_path, "a.csv", samples.STATES.replace("Côte d’Ivoire", "Берег Слоновой Кости"), "\r\n", "cp1251"
    )
    done = run("add", "a.csv", cwd=tmp_path)
    assert "F005" in done.err and "Windows-1251" in done.err
    assert "F802" not in run("add", "a.csv", "--json", cwd=tmp_path).err


def test_what_is_kept_is_listed(shelf: Path) -> None:
    said = run("list", cwd=shelf).out
    assert all(kind in said for kind, _ in SAMPLES.values())
    assert said.rstrip().endswith("Kept in data-sets.")


def test_a_row_that_stands_twice_is_told_with_the_other(tmp_path: Path) -> None:
    written(tmp_path, "members.csv", samples.PHASES + samples.PHASES.splitlines()[-1] + "\n")
    assert "line 9: the same row stands above (line 8)" in run("add", "members.csv", cwd=tmp_path).out


def test_two_files_of_one_version_are_warned_of(tmp_path: Path) -> None:
    written(tmp_path, "one.csv", samples.STATES)
    written(tmp_path, "two.csv", samples.STATES.replace("2016,12,31", "2015,12,31", 1))
    done = run("add", "one.csv", "two.csv", cwd=tmp_path)
    assert "F809" in done.err and "`one.csv`" in done.err


def test_an_empty_shelf_says_how_to_fill_it(tmp_path: Path) -> None:
    said = run("list", "--data", "nowhere", cwd=tmp_path).out
    assert "No data set is kept in nowhere." in said and "foedus data add FILE" in said
    assert run("cite", cwd=tmp_path).out == ""


@pytest.mark.parametrize("kind", sorted(kind for kind, _ in SAMPLES.values()))
def test_each_is_shown_with_its_counts(kind: str, shelf: Path) -> None:
    said = run("show", kind, cwd=shelf).out
    assert ABOUT[kind].name.split(",")[0] in said and "Cite: " in said
    assert any(line.strip()[:1].isdigit() for line in said.splitlines())


def test_the_counts_of_alliances_are_shown(shelf: Path) -> None:
    said = flowing(run("show", "atop-alliance", cwd=shelf).out)
    assert "2 alliances 1 alliances with a defence pledge 1 alliances with a neutrality pledge" in said
    assert "1 alliances begun until 1944 1 alliances in force when it ends" in said


def test_a_citation_names_the_version_and_keys_differ(shelf: Path) -> None:
    one = run("cite", "cow-wars", cwd=shelf).out
    assert flowing(one).endswith("Inter-State War Data, version 4.")
    entries = run("cite", "--bibtex", cwd=shelf).out
    keys = [line for line in entries.splitlines() if line.startswith("@")]
    assert len(keys) == len(set(keys)) == len(SAMPLES)
    assert "@article{leeds2002atop," in keys and "@article{leeds2002atop-2," in keys


@pytest.mark.parametrize(
    "args", [("list",), ("show", "nmc"), ("show", "gw-states"), ("add", "states2016.csv", "iisystem.dat")]
)
def test_json_is_as_its_schema_says(args: tuple[str, ...], shelf: Path) -> None:
    answer = json.loads(run(*args, "--json", cwd=shelf).out)
    Draft202012Validator(schema("data")).validate(answer)
    assert answer["data_sets"]


def test_what_is_removed_is_gone_and_the_file_stays(tmp_path: Path) -> None:
    laid(tmp_path, "states2016.csv")
    run("add", "states2016.csv", "--data", "kept", cwd=tmp_path)
    assert (
        "Removed: cow-states 2016 (states2016.csv)."
        in run("remove", "cow-states", "--data", "kept", cwd=tmp_path).out
    )
    assert (tmp_path / "states2016.csv").exists()
    assert "F804" in run("show", "cow-states", "--data", "kept", cwd=tmp_path, status=2).err


REFUSED: dict[str, tuple[tuple[str, ...], str, str]] = {
    "a slip": (("show", "atop-membr"), "F804", "Did you mean `atop-member`?"),
    "a version that is not there": (("show", "nmc", "--version", "9"), "F804", "there is 2021"),
    "a workbook": (("add", "book.csv"), "F540", "save the sheet as CSV"),
    "a file in place of the folder": (
        ("add", "states2016.csv", "--data", "book.csv/x"),
        "F807",
        "--data DIR",
    ),
}


@pytest.mark.parametrize(("args", "code", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_a_mistake_is_told_with_what_to_do(args: tuple[str, ...], code: str, words: str, shelf: Path) -> None:
    (shelf / "book.csv").write_bytes(b"PK\x03\x04 and more")
    done = run(*args, cwd=shelf, status=2)
    assert code in done.err and words in flowing(done.err)


def test_the_shell_offers_the_names_that_are_kept(shelf: Path) -> None:
    env = {"_FOEDUS_COMPLETE": "bash_complete", "COMP_WORDS": "foedus data show atop", "COMP_CWORD": "3"}
    offered = process(cwd=shelf, **env).out
    assert [line.partition(",")[2] for line in offered.splitlines()] == [
        "atop-alliance", "atop-directed", "atop-member",
    ]  # fmt: skip


def test_it_is_said_in_other_languages(shelf: Path) -> None:
    assert run("show", "nmc", "--language", "ru", cwd=shelf).out
