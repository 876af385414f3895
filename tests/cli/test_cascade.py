"""`foedus cascade`: files of our own making, as an operator gives them, and treaty pages of our own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import pytest
from jsonschema import Draft202012Validator

from foedus.cli import cascading
from foedus.cli.schema import schema
from tests.cascade.owed import laid
from tests.cli.program import Done, foedus

SHOCK = ("--shock", "AUH:SRB", "--on", "1914-07-28")
DATA = (*SHOCK, "--source", "atop=atop.csv", "--draws", "0")


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return laid(tmp_path_factory.mktemp("cascade"))


def cascade(here: Path, *args: str, **env: str) -> Done:
    return foedus("cascade", *args, cwd=here, FOEDUS_DATA=str(here / "shelf"), **env)


def test_an_answer_names_who_enters_what_is_assumed_and_its_sources(here: Path) -> None:
    done = cascade(here, *DATA, "--without", "FRA:RUS", "--pivots")
    assert (done.status, done.err) == (0, "")
    said = " ".join(done.out.split())
    for words in (
        "Austria-Hungary attacks the Kingdom of Serbia", "Exact: every way in which", "Russian Empire 57.9 %",
        "With Austria-Hungary", "Who draws in whom", "The most frequent histories", "Without FRA:RUS",
        "Which promise it turns on", "What another rate would change", "Assumed: the adversaries that the source names",
        "Berkemeier, Molly, and Matthew Fuhrmann", "ATOP, member level 4.01", "Obligations are not causes",
    ):  # fmt: skip
        assert words in said, words
    assert max(map(len, done.out.splitlines())) <= 80


def test_the_same_as_json_holds_to_its_schema(here: Path) -> None:
    done = cascade(
        here, *DATA, "--without", "FRN>RUS", "--pivots", "--confusion", "wars.csv", "--cow", "states.csv",
        "--until", "1914-12-31", "--json",
    )  # fmt: skip
    assert done.status == 0, done.err
    found = json.loads(done.out)
    Draft202012Validator(schema("cascade")).validate(found)
    assert found["confusion"]["war"] == "War of Lir (900)"
    assert sum(sum(row.values()) for row in found["confusion"]["table"].values()) == 7
    assert {s["key"] if "key" in s else s["id"] for s in found["sources"]} == {"atop-member", "cow-wars"}
    taken = [{"written": "SRB", "state": "SER"}, {"written": "RUS", "state": "RUE"}]
    assert found["shock"] == {
        "attacker": "AUH",
        "target": "SER",
        "on": "1914-07-28",
        "taken": taken,
        "outside": [],
        "bound_to_both": [],
    }


def test_a_code_of_another_time_is_the_state_of_the_day_and_that_is_told(here: Path) -> None:
    data = ("--shock", "AUT:YUG", *DATA[2:])
    done = cascade(here, *data, "--without", "FRA:RUS", "--chance", "SUN:FRA=0.5")
    assert (done.status, done.err) == (0, "")
    told = (
        "Taken by the day: AUT for Austria-Hungary (AUH), YUG for the Kingdom of Serbia (SER), RUS for the Russian "
        "Empire (RUE), SUN for the Russian Empire (RUE)."
    )
    assert told in " ".join(done.out.split())
    assert "Taken by the day" not in cascade(here, "AUH:SER", *DATA[2:]).out
    assert told.partition(", RUS")[0] in cascade(here, *data, "--html", "-").out


def test_a_state_that_cows_list_does_not_have_is_told(here: Path) -> None:
    args = ("SRB:LUX", *DATA[2:], "--cow", "states.csv")
    said = " ".join(cascade(here, *args).out.split())
    assert "Not in the list of states of the Correlates of War on that day: Luxembourg." in said
    assert json.loads(cascade(here, *args, "--json").out)["shock"]["outside"] == ["LUX"]
    assert "Not in the list" not in cascade(here, *DATA, "--cow", "states.csv").out
    assert "Not in the list" not in cascade(here, "SRB:LUX", *DATA[2:]).out  # no list is at hand


def test_over_pages_too_a_state_has_to_stand(here: Path) -> None:
    for shock in ("DDR:FRA", "FRA:cow:365"):
        done = cascade(here, shock, "--on", "1920-07-28")
        assert done.status == 2 and "F855" in done.err and shock in done.err


def test_what_is_refused_says_how_its_states_were_read(here: Path) -> None:
    done = cascade(here, *DATA, "--without", "SRB:TUR")
    assert "error F853" in done.err
    assert "`SRB` is taken for `SER`, `TUR` is taken for `OTT`" in " ".join(done.err.split())


def test_chances_have_one_form_throughout(here: Path) -> None:
    """A decimal, unless it is nothing or certain; confidence levels are no chances."""
    args = (*SHOCK, "--source", "atop=atop.csv", "--draws", "9", "--without", "ITA", "--pivots")
    text, page = cascade(here, *args).out, cascade(here, *args, "--html", "-").out
    words = cascade(here, *args, "--plot", "chances.svg")
    assert words.status == 0, words.err
    alt = (here / "chances.svg.alt.txt").read_text(encoding="utf-8")
    for said in (text, re.sub(r"<svg.*?</svg>|<style.*?</style>", "", page, flags=re.DOTALL), alt):
        found = re.findall(r"([\d.]+)[\s\u00a0\u202f]%", said)
        assert len(found) > 5
        assert [each for each in found if not re.fullmatch(r"\d+\.\d|0|100|95", each)] == []


def test_what_the_seed_and_the_threads_do_to_an_answer(here: Path) -> None:
    def said(*more: str) -> str:
        return cascade(here, *DATA, "--nodes", "0", "--worlds", "3000", "--json", *more).out

    assert (
        said("--seed", "5") == said("--seed", "5", "--threads", "1") == said("--seed", "5", "--threads", "3")
    )
    assert said("--seed", "5") != said("--seed", "6")


def test_chances_given_by_hand_are_those_that_count(here: Path) -> None:
    done = cascade(
        here, *DATA, "--chance", "defense=0", "--chance", "atop:9001/RUS=1", "--enters", "consul=0", "--json"
    )
    chances = {s["state"]: s["with_target"]["exact"] for s in json.loads(done.out)["states"]}
    assert chances["RUE"] == "1" and set(chances.values()) == {"0", "1"}


def test_a_table_of_ones_own_and_another_reading(here: Path) -> None:
    (here / "mine.csv").write_text("what,pledge,kept,of\nhonours,any,1,2\n", encoding="utf-8")
    done = cascade(here, *DATA, "--honour", "mine.csv", "--attacked", "target", "--conditions", "unmet")
    assert done.status == 0 and "only the target of the shock counts" in " ".join(done.out.split())
    assert "Left out: a condition that the source only flags" in " ".join(done.out.split())


def test_pages_are_named_by_their_ids(here: Path, tmp_path: Path) -> None:
    """A page that carries a number of the data set stands for it."""
    (tmp_path / "lir.md").write_text(
        '# Lir\n\n```foedus\ninstrument lir "Compact of Lir"\n  signed 1900-01-01\n  in force 1900-01-01\n'
        "  code atop 9001\n  encoded by \"A. Writer\" on 2026-11-22\nparties\n  RUE from 1900-01-01\n```\n",
        encoding="utf-8",
    )  # fmt: skip
    done = cascade(here, *DATA, "--without", "lir", "--treaties", str(tmp_path), "--json")
    assert [w["instruments"] for w in json.loads(done.out)["without"]] == [["atop:9001"]], done.err


@pytest.mark.parametrize("end", ["csv", "json", "parquet"])
def test_entries_are_written_as_a_table(here: Path, end: str) -> None:
    done = cascade(here, *DATA, "-o", f"entries.{end}")
    assert (done.status, done.out) == (0, "")
    path = here / f"entries.{end}"
    read = {"csv": pl.read_csv, "json": pl.read_json, "parquet": pl.read_parquet}[end]
    frame = read(path)
    assert "RUE" in frame["state"].to_list() and frame["chance"].is_between(0, 1).all()


def test_a_sweep_goes_on_where_it_was_ended_and_mixes_with_no_other(here: Path) -> None:
    sweep = ("--sweep", "1912-1914", "--source", "atop=atop.csv", "--worlds", "200", "-o", "sweep.parquet")
    whole = cascade(here, *sweep)
    assert whole.status == 0, whole.err
    first = (here / "sweep.parquet").read_bytes()
    assert not (here / "sweep.parquet.parts").exists()
    frame = pl.read_parquet(here / "sweep.parquet")
    states = set(frame["ccode1"])
    assert len(frame) == 3 * len(states) * (len(states) - 1)
    # ended half way: two years are there, and the rest is done again
    (here / "sweep.parquet").unlink()
    assert cascade(here, *sweep[:1], "1912-1912", *sweep[2:]).status == 0
    again = cascade(here, *sweep)
    assert again.status == 0 and (here / "sweep.parquet").read_bytes() == first
    # parts of another sweep are not mixed
    parts = here / "sweep.parquet.parts"
    parts.mkdir()
    (parts / "sweep.json").write_text('{"engine": "another"}', encoding="utf-8")
    other = cascade(here, *sweep)
    assert other.status == 2 and "F857" in other.err


class Onlooker:
    """Whoever looks at the line of progress."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def on(self, doing: str) -> None:
        self.seen.append(doing)

    def aside(self) -> None:
        self.seen.append("")

    @contextmanager
    def busy(self, doing: str) -> Iterator[Onlooker]:
        self.on(doing)
        yield self


def test_whoever_waits_sees_what_is_done(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = Onlooker()
    monkeypatch.setattr(cascading, "busy", line.busy)
    assert cascade(here, *DATA[:-1], "2", "--without", "FRA:RUS", "--pivots").status == 0
    assert list(dict.fromkeys(re.sub(": .*", "", one) for one in line.seen)) == [
        "Reading data sets", "Looking for an exact answer", "Drawing chances", "Following who draws in whom",
        "Leaving out", "Turning promises", "Trying other chances",
    ]  # fmt: skip
    line.seen.clear()
    assert cascade(here, *DATA, "--nodes", "0", "--worlds", "30000").status == 0
    assert "Simulating: 0 %" in line.seen
    line.seen.clear()
    sweep = (
        "--sweep",
        "1913-1914",
        "--source",
        "atop=atop.csv",
        "--attackers",
        "DEU,FRA",
        "-o",
        "seen.parquet",
    )
    assert cascade(here, *sweep, "--worlds", "200").status == 0
    assert line.seen == ["Sweeping"] + [
        f"Sweeping {year}, {part} % of it; {done} of 2 years done"
        for done, year in enumerate((1913, 1914))
        for part in (0, 50)
    ]


def test_the_shelf_is_asked_where_no_file_is_given(here: Path) -> None:
    for name in ("atop.csv", "wars.csv", "states.csv"):
        assert foedus("data", "add", name, cwd=here, FOEDUS_DATA=str(here / "shelf")).status == 0
    done = cascade(here, *SHOCK, "--source", "atop", "--draws", "0", "--confusion", "--json")
    assert done.status == 0, done.err
    found = json.loads(done.out)
    assert found["confusion"]["population"] == "system"
    away = cascade(here, *SHOCK, "--source", "atop", "--draws", "0", "--confusion", "--data", "elsewhere")
    assert away.status == 2 and "F804" in away.err
    named = foedus(
        "cascade", *SHOCK, "--source", "atop", "--draws", "0", "--confusion", "--data", "shelf", "--json",
        cwd=here, FOEDUS_DATA=str(here / "elsewhere"),
    )  # fmt: skip
    assert json.loads(named.out) == found


def test_rows_left_out_are_told_where_a_file_is_named_and_counted_where_it_is_kept(
    here: Path, tmp_path: Path
) -> None:
    whole = (here / "atop.csv").read_text(encoding="utf-8")
    row = whole.splitlines()[1].split(",")
    row[1] = "8152"  # no state has this number
    (tmp_path / "atop.csv").write_text(f"{whole}{','.join(row)}\n", encoding="utf-8")
    assert foedus("data", "add", "atop.csv", cwd=tmp_path).status == 0
    line = "1 row left out; foedus data show atop-member says which."
    sweep = ("--sweep", "1914", "--attackers", "DEU", "--worlds", "200", "-o", "sweep.parquet")
    for asked in ((*SHOCK, "--draws", "0"), sweep):
        kept = foedus("cascade", *asked, "--source", "atop", cwd=tmp_path)
        assert (kept.status, kept.err) == (0, "")
        assert line in " ".join(kept.out.replace("\u00a0", " ").split())
        named = foedus("cascade", *asked, "--source", "atop=atop.csv", cwd=tmp_path)
        assert named.status == 0 and named.err.count("warning F802") == 1 and "left out;" not in named.out
    for source, where in (("atop", True), ("atop=atop.csv", False)):
        found = json.loads(
            foedus("cascade", *SHOCK, "--draws", "0", "--source", source, "--json", cwd=tmp_path).out
        )
        Draft202012Validator(schema("cascade")).validate(found)
        assert [(left["kept"], left["rows_left_out"][0]["cells"]) for left in found["left_out"]] == [
            (where, [["member", "8152"]])
        ]


REFUSED: dict[str, tuple[tuple[str, ...], str]] = {
    "a chance beyond 1": ((*DATA, "--chance", "defense=1.2"), "F850"),
    "a chance in words": ((*DATA, "--enters", "consul=often"), "F850"),
    "a row that cannot be": ((*DATA, "--honour", "wrong.csv"), "F851"),
    "no such set": ((*DATA, "--honour", "leads-long-mitchell-2000"), "F852"),
    "no such data set": ((*SHOCK, "--source", "atopp=atop.csv"), "F852"),
    "nothing so called": ((*DATA, "--without", "atop:1"), "F853"),
    "no chance for a pledge": ((*DATA, "--honour", "narrow.csv"), "F854"),
    "no shock": (("--shock", "AUH", *DATA[2:]), "F855"),
    "itself": (("--shock", "AUH:Austria-Hungary", *DATA[2:]), "F855"),
    "nobody": (("--shock", "AUH:Narnia", *DATA[2:]), "F538"),
    "a day beyond": (("--shock", "RUS:UKR", "--on", "2024-01-01", *DATA[4:]), "F856"),
    "no war": ((*DATA, "--confusion", "wars.csv", "--war", "1"), "F858"),
    "another's war": (("--shock", "FRA:RUS", *DATA[2:], "--confusion", "wars.csv"), "F858"),
    "no years": (("--sweep", "1914-1900", "--source", "atop=atop.csv", "-o", "s.parquet"), "F859"),
    "another file": ((*SHOCK, "--source", "atop=states.csv"), "F540"),
    "no file": ((*SHOCK, "--source", "atop=nowhere.csv"), "F001"),
    "no day": (("--shock", "AUH:SRB", "--on", "1914-02-30", *DATA[4:]), "F111"),
    "nothing on the shelf": ((*SHOCK, "--source", "cow"), "F804"),
}


@pytest.mark.parametrize(("args", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_mistakes_are_refused(here: Path, args: tuple[str, ...], code: str) -> None:
    (here / "wrong.csv").write_text("what,pledge,share\nhonours,pact,0.5\n", encoding="utf-8")
    (here / "narrow.csv").write_text("what,pledge,share\nhonours,consul,0.5\n", encoding="utf-8")
    done = cascade(here, *args)
    assert (done.status, done.out) == (2, "")
    assert code in done.err and "Traceback" not in done.err


@pytest.mark.parametrize(
    "args",
    [
        (), ("--shock", "AUH:SRB"), (*DATA, "--reading", "a=b"), (*DATA, "-o", "x.txt"),
        ("--sweep", "1914", "--source", "atop=atop.csv"), ("--sweep", "1914", "-o", "x.parquet"),
        ("july-1914", "--shock", "AUH:SRB"), ("july-1914", "--plot", "pie=x.svg"),
        ("july-1914", *DATA[4:]), ("AUH:SRB", "--shock", "AUH:SRB", "--on", "1914-07-28"),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_told(here: Path, args: tuple[str, ...]) -> None:
    done = cascade(here, *args)
    assert done.status == 2 and done.out == "" and "Error" in done.err


def test_who_is_bound_to_both_joins_neither_and_is_named(here: Path) -> None:
    done = cascade(here, "DEU:AUH", *DATA[2:], "--json")
    found = json.loads(done.out)
    assert found["shock"]["bound_to_both"] == ["ITA"]
    assert [one for one in found["states"] if one["state"] == "ITA" and one["with_target"]["value"]] == []
    said = " ".join(cascade(here, "DEU:AUH", *DATA[2:]).out.split())
    assert "Bound to both, and so with neither: Italy." in said


def test_a_page_that_there_is_not_is_told_with_the_one_that_is_near(here: Path) -> None:
    done = cascade(here, "july-1941")
    assert done.status == 2 and "F501" in done.err and "Did you mean `july-1914`?" in done.err
    assert "a shock is written with a colon" in cascade(here, "AUH-SRB", "--on", "1914-07-28").err.lower()


def test_the_shock_may_stand_first_as_in_python(here: Path) -> None:
    alone = cascade(here, "AUH:SRB", *DATA[2:], "--json")
    assert alone.status == 0
    assert json.loads(alone.out) == json.loads(cascade(here, *DATA, "--json").out)


@pytest.mark.parametrize(
    ("args", "option"),
    [
        *(((*DATA, *words), words[0]) for words in (
            ("--war", "900"), ("--until", "1914-12-31"), ("--attackers", "DEU"),
            ("--targets", "DEU"), ("--reading", "a=b"), ("--free", "a"),
        )),
        *((("--sweep", "1914", "--source", "atop=atop.csv", "-o", "x.parquet", *words), words[0]) for words in (
            ("--on", "1914-07-28"), ("--pivots",), ("--without", "ITA"), ("--json",), ("--draws", "0"),
            ("AUH:SRB",), ("--confusion",),
        )),
        ((*SHOCK, "--targets", "DEU"), "--targets"),
    ],
    ids=str,
)  # fmt: skip
def test_an_option_that_would_be_passed_over_is_named(here: Path, args: tuple[str, ...], option: str) -> None:
    done = cascade(here, *args)
    assert (done.status, done.out) == (2, "")
    assert f"“{option}” is" in done.err


FEW = (
    "--reading", "dual.attacked=armed force", "--reading", "triple.attacked=armed force",
    "--reading", "london.borne=each by itself", "--reading", "concert_for_belgium=so", "--reading", "defends=so",
    "--reading", "triple.casus=two or more attack",
)  # fmt: skip


def test_a_page_of_its_own_spreads_over_its_treaties(here: Path) -> None:
    done = cascade(here, "july-1914", *FEW, "--until", "1914-12-31")
    said = " ".join(done.out.split())
    assert (done.status, done.err) == (0, "")
    assert "July 1914, as a cascade" in said and "Strata are readings, not chances" in said
    assert "(a plan: staffs.mobilisation_is_war)" in said and "Obliged, beside who entered" in said
    assert said.count("Taken for ") == 1 and "; “not so”:" not in said
    assert "Nobody is drawn in" not in said
    assert "0: Austria-Hungary opens war on the Kingdom of Serbia" in said
    assert max(map(len, done.out.splitlines())) <= 80
    assert "stayed out; so in none: Bulgaria, Switzerland, Denmark" in said
    assert re.search(r"entered; so in some: [^:]*France \(\d+ of \d+\)", said)
    found = json.loads(cascade(here, "july-1914", *FEW, "--json").out)
    Draft202012Validator(schema("cascade-pages")).validate(found)
    assert found["taken"] == []


def test_a_cascade_over_pages_that_draws_in_nobody_says_so_first(here: Path) -> None:
    done = cascade(here, *SHOCK)
    lines = done.out.splitlines()
    assert lines[2].startswith("  Nobody is drawn in:")
    said = " ".join(done.out.split())
    assert said.count("Taken for ") == 1 and "Taken for “so”: armed_attack, broke_belgian_neutrality" in said
    assert "Taken by the day: SRB for the Kingdom of Serbia (SER)." in said
    found = json.loads(cascade(here, *SHOCK, "--json").out)
    Draft202012Validator(schema("cascade-pages")).validate(found)
    assert found["taken"] == [{"written": "SRB", "state": "SER"}]


def test_without_plans_nobody_is_called_to_serbia(here: Path) -> None:
    done = cascade(here, *SHOCK, "--json", "-o", "steps.csv")
    assert set(json.loads(done.out)["entered"]) == {"AUH", "SER"}
    assert "war(AUH, SER)" in (here / "steps.csv").read_text(encoding="utf-8")


def test_the_worlds_of_a_stratum_are_told_where_there_are_coins(here: Path) -> None:
    done = cascade(here, "july-1914", *FEW, "--chance", "duty=0.6", "--worlds", "128", "--seed", "5")
    assert "128 worlds in each, seed 5." in done.out and done.status == 0
    assert "worlds in each" not in cascade(here, "july-1914", *FEW).out


def test_mistakes_over_pages_are_refused(here: Path) -> None:
    for args, code in (
        (("july-1914", "--reading", "dual.attacked=never"), "F861"),
        (("july-1914", "--chance", "duty=1.5"), "F864"),
        (("july-1914", "--chance", "duty=often"), "F850"),
        (("--shock", "SRB:SRB", "--on", "1914-07-28"), "F855"),
    ):
        done = cascade(here, *args)
        assert done.status == 2 and code in done.err, done.err
