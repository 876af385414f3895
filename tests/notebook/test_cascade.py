"""`foedus.cascade`: what the command answers, as an object that is asked further."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import foedus
from tests.cascade.owed import laid
from tests.cli.program import foedus as command


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return laid(tmp_path_factory.mktemp("cascade"))


@pytest.fixture(scope="module")
def war(here: Path) -> foedus.Cascade:
    return foedus.cascade("AUH:SRB", on="1914-07-28", source={"atop": here / "atop.csv"}, draws=0)


def test_it_is_what_the_command_answers(here: Path, war: foedus.Cascade) -> None:
    args = (
        "cascade",
        "--shock",
        "AUH:SRB",
        "--on",
        "1914-07-28",
        "--source",
        "atop=atop.csv",
        "--draws",
        "0",
        "--json",
    )
    assert json.loads(command(*args, cwd=here).out) == json.loads(json.dumps(war.json))
    assert "Austria-Hungary attacks the Kingdom of Serbia" in str(war)
    assert war.result.engine == "exact"


def test_its_frames_have_their_columns(war: foedus.Cascade) -> None:
    for name in ("entries", "calls", "promises"):
        frame = war.frame(name)
        assert frame.columns == [column.name for column in foedus.columns(f"cascade_{name}")]
        assert len(frame)
    assert len(war.frame(backend="pandas")) == len(war.frame())
    with pytest.raises(foedus.Refused, match="F510"):
        war.frame("nothing")


def test_it_is_asked_further(here: Path, war: foedus.Cascade) -> None:
    gone = war.without("atop:9001", "FRA:RUS")
    assert {row["without"] for row in gone} == {"atop:9001", "FRA:RUS"} and "Without FRA:RUS" in str(gone)
    turns = war.pivots(worlds=200)
    assert turns[0]["turns"] == 1 and len(turns.frame()) == len(turns)
    slopes = war.sensitivity(worlds=100)
    assert all(row["exact"] for row in slopes)
    beside = war.beside(here / "wars.csv", until="1914-12-31", states=here / "states.csv")
    assert beside.value.confusion is not None and "Beside what happened" in str(beside)


def test_chances_are_given_as_python_has_them(here: Path) -> None:
    kept = foedus.cascade(
        "AUH:SRB", on="1914-07-28", source={"atop": here / "atop.csv"}, draws=0, chance={"defense": 1, "consul": "1/2"},
        without="FRA:RUS",
    )  # fmt: skip
    entered = {row["state"]: row["exact"] for row in kept.frame().to_dicts()}
    assert entered["RUE"] == "1" and kept.value.without[0].name == "FRA:RUS"


@pytest.mark.parametrize(
    ("shock", "more", "code"),
    [
        ("AUH", {}, "F855"),
        ("AUH:SRB", {"chance": {"defense": 1.2}}, "F850"),
        ("AUH:SRB", {"without": "atop:1"}, "F853"),
        ("AUH:SRB", {"on": "2024-01-01"}, "F855"),
        ("DEU:FRA", {"on": "2024-01-01"}, "F856"),
    ],
)
def test_mistakes_are_told(here: Path, shock: str, more: dict[str, object], code: str) -> None:
    asked: dict[str, object] = {"on": "1914-07-28", "source": {"atop": here / "atop.csv"}, "draws": 0, **more}
    with pytest.raises(foedus.Refused, match=code):
        foedus.cascade(shock, **asked)  # pyright: ignore[reportArgumentType]
