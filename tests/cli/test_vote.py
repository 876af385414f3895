"""`foedus vote` and `foedus power`: what they say of a vote, of who stands apart, of weights; and what they refuse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from foedus.assessment import ballot as room
from foedus.cli.main import VERBS
from tests.cli.program import ROOT, foedus

ISLES = ("--on", "2021-07-01", "--treaties", "treaties")
PEOPLE = "state,weight,note\nARV,40,\nBOR,30,\nCAD,20.5,\nDUN,1/2,\nEIN,9,\n"
FILES = {
    "people.csv": PEOPLE,
    "few.csv": "state,weight\nARV,40\n",
    "minus.csv": PEOPLE.replace("20.5", "-20.5"),
    "twice.csv": PEOPLE + "ARV,40,\n",
    "word.csv": PEOPLE.replace("40", "many"),
    "nothing.csv": PEOPLE.replace("1/2", "1/0"),
    "power.csv": PEOPLE.replace("40", "1e9"),
    "columns.csv": "country;people\nARV;40\n",
    "strange.csv": PEOPLE + "XYZ,3,\n",
}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("votes")
    (folder / "treaties").mkdir()
    page = (ROOT / "tests" / "good" / "isles.md").read_text(encoding="utf-8")
    (folder / "treaties" / "isles.md").write_text(page, encoding="utf-8")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def asked(here: Path, *words: str) -> dict[str, Any]:
    done = foedus(*words, "--json", cwd=here)
    assert done.status == 0, done.err
    return json.loads(done.out)


VOTE = ("vote", "isles.weigh", *ISLES, "--for", "ARV,BOR,DUN", "--weights", "population=people.csv")


def test_weights_from_a_file_count_exactly(here: Path) -> None:
    found = asked(here, *VOTE, "--held", "none")
    assert (found["outcome"], found["way"]) == ("adopted", 0)
    heads, people = [test for test in found["tests"] if test["asks"] == "passes"]
    assert (heads["counts"], heads["tally"], heads["of"]) == (["for"], ["3", "3"], ["5", "5"])
    assert (people["weighting"], people["tally"], people["needed"]) == (
        "isles.population", ["70.5", "70.5"], ["65", "65"],
    )  # fmt: skip


def test_who_is_held_to_abstain_is_counted_so(here: Path) -> None:
    found = asked(here, *VOTE, "--held", "DUN")
    assert (found["outcome"], found["held_to_abstain"]) == ("not adopted", ["DUN"])


def test_who_is_left_out_is_in_no_base(here: Path) -> None:
    words = ("vote", "isles.decide", *ISLES, "--for", "ARV,BOR,EIN", "--against", "CAD", "--others", "absent")
    out = asked(here, *words, "--left-out", "CAD")
    assert (out["outcome"], out["way"], out["left_out"]) == ("adopted", 1, ["CAD"])
    assert out["electorate"] == ["ARV", "BOR", "DUN", "EIN"]
    assert asked(here, *words)["outcome"] == "depends"
    everybody = asked(here, *words, "--left-out", "ARV,BOR,CAD,DUN,EIN")
    assert (everybody["outcome"], everybody["electorate"]) == ("void", [])


def test_a_constructive_abstention_is_an_abstention(here: Path) -> None:
    words = ("vote", "isles.count", *ISLES, "--weights", "population=people.csv", "--others", "for")
    both = asked(here, *words, "--aside", "BOR"), asked(here, *words, "--constructive", "BOR")
    assert both[0] == both[1]
    assert both[0]["statuses"]["BOR"] == "aside"


def test_a_quorum_that_lacks_is_void_and_a_vote_against_makes_it(here: Path) -> None:
    """It says so of the rule, for whoever presides."""
    words = ("vote", "isles.decide", *ISLES, "--left-out", "none", "--others", "absent")
    done = foedus(*words, "--for", "ARV,BOR,CAD", "--against", "DUN", cwd=here)
    assert "a vote against can carry a motion" in " ".join(done.out.split())


REFUSED = {
    "a stranger": (("vote", "csto", "--on", "2022-01-06", "--for", "RUS,USA"), "F641", "`USA` is no member"),
    "a stranger left out": (
        ("vote", "csto", "--on", "2022-01-06", "--for", "RUS", "--left-out", "USA"), "F641", "ARM, BLR, KAZ",
    ),
    "no weight": (("vote", "isles.weigh", *ISLES, "--for", "ARV"), "F642", "EIN"),
    "power without a weight": (("power", "isles.weigh", *ISLES), "F642", "EIN"),
    "too few weights": ((*VOTE[:-1], "population=few.csv"), "F642", "EIN"),
    **{f"a weight: {name}": ((*VOTE[:-1], f"population={name}.csv"), "F643", "no weight of")
       for name in ("minus", "twice", "word", "nothing", "power")},
    "no such columns": ((*VOTE[:-1], "population=columns.csv"), "F521", "state and weight"),
    "a weight of no state": ((*VOTE[:-1], "population=strange.csv"), "F538", "XYZ"),
    "no such file": ((*VOTE[:-1], "population=none.csv"), "F001", "none.csv"),
    "a weighting that there is not": ((*VOTE[:-1], "votes=people.csv"), "F644", "isles.population"),
    "a rule that weighs nobody": (
        ("vote", "csto", "--on", "2022-01-06", "--for", "RUS", "--weights", "votes=people.csv"),
        "F644", "It counts heads alone.",
    ),
    "no rule": (("power", "nothing"), "F690", "csto.decide"),
    "several rules": (("power", "rio"), "F691", "rio.convene"),
    "a rule in words": (("power", "ajd"), "F692", "read"),
    "two votes": (("vote", "unsc", "--for", "FRA", "--against", "FRA"), "F694", "`FRA`"),
    "power by no reading": (("power", "csto", "--on", "2022-01-06"), "F695", "“every member agrees”"),
    "power of doubtful members": (("power", "rio.decide", "--on", "1982-04-28"), "F695", "party(CUB, rio)"),
    "seats that are too few": (
        ("power", "csto", "--on", "2022-01-06", "--members", "RUS,KAZ", "--seats", "1"), "F696", "too few",
    ),
    "a vote for that defeats": (
        ("power", "isles.decide", *ISLES, "--left-out", "none", "--otherwise", "absent"), "F696", "can defeat it",
    ),
    "seats for fewer than the rule names": (("power", "unsc", "--seats", "3", "--on", "2022-02-25"), "F696", "--seats"),
}  # fmt: skip


@pytest.mark.parametrize(("words", "code", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_it_is_refused_with_words_that_help(words: tuple[str, ...], code: str, said: str, here: Path) -> None:
    done = foedus(*words, cwd=here)
    assert done.status == 2, done.out + done.err
    assert done.out == ""
    assert f"error {code}: " in done.err
    assert said in " ".join(done.err.split())
    assert not [gap for gap in ("`…`", "``", "{", "Traceback") if gap in done.err]


def test_two_readers_that_disagree_are_told_as_a_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    """F697: the one reader made to see nobody's vote."""
    read = room.of_sitting
    monkeypatch.setattr(
        room, "of_sitting", lambda sitting, _: read(sitting, dict.fromkeys(sitting.members, "absent"))
    )
    done = foedus("vote", "seato", "--on", "1960-01-01", "--others", "for", "--for", "FRA")
    assert (done.status, "error F697" in done.err) == (2, True), done.said


# ---- power ----


@pytest.mark.parametrize(
    ("day", "permanent", "elected"),
    [
        ("2022-02-25", ("421/2145", "106/635"), ("4/2145", "21/1270")),
        ("1950-06-27", ("76/385", "19/105"), ("1/462", "1/63")),
    ],
)
def test_power_in_the_security_council(
    day: str, permanent: tuple[str, str], elected: tuple[str, str], tmp_path: Path
) -> None:
    reading = "charter.concurring=when none votes against"
    found = asked(tmp_path, "power", "unsc", "--on", day, "--reading", reading)
    five, others = found["classes"]
    assert len(five["members"]) == 5
    for share, expected in ((five, permanent), (others, elected)):
        assert (share["shapley_shubik"]["exact"], share["banzhaf"]["exact"]) == expected
    assert "abstain" in found["caveat"]


def test_power_by_weights(here: Path) -> None:
    found = asked(here, "power", "isles.weigh", *ISLES, "--weights", "population=people.csv")
    assert sum(len(share["members"]) for share in found["classes"]) == 5
    assert found["adopted"] == 9


def test_abstaining_where_a_vote_against_is_a_veto_makes_all_equal(tmp_path: Path) -> None:
    reading = ("--reading", "charter.concurring=when none votes against", "--on", "2022-02-25")
    found = asked(tmp_path, "power", "unsc", *reading, "--otherwise", "abstain")
    assert [share["shapley_shubik"]["exact"] for share in found["classes"]] == ["1/15"]


def test_power_for_the_terminal(tmp_path: Path) -> None:
    reading = ("--reading", "charter.concurring=when none votes against", "--on", "2022-02-25")
    done = foedus("power", "unsc", *reading, cwd=tmp_path)
    assert "10 members who are not named, each" in done.out
    assert "Shapley and Shubik: 421/2145, 0.196270" in done.out
    assert "Only two choices are counted, for and against." in done.out
    assert "power" in VERBS
