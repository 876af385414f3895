from __future__ import annotations

import pytest

from foedus.evidence.check import check
from foedus.evidence.claim import Interest, Speaker
from foedus.evidence.lineage import MOST_ORIGINS
from foedus.evidence.record import Closing, Dossier, Pattern, Presumption, Quantity, Record, Tension, Value
from foedus.terms.fact import Fact
from foedus.terms.time import day
from tests.evidence.said import ATTACK, claim, record, source

GRAVE = Pattern("grave", (None,))
FIGURE = Quantity("deaths", "Deaths", "persons", (Value(1, day("2020-07-23"), "note"),))  # type: ignore[arg-type]

WRONG: dict[str, tuple[str, Record]] = {
    "closing of a judgement": ("F402", record(closings=(Closing(GRAVE, None, "encoder"),))),
    "presumption of a judgement": ("F422", record(presumptions=(Presumption(GRAVE),))),
    "claim cites no source": ("F211", Record(claims=(claim("ARV", "asserts", "note"),))),
    "figure cites no source": ("F211", record(quantities=(FIGURE,))),
    "closing cites no source": ("F211", record(closings=(Closing(Pattern("force", ()), None, "list"),))),
    "sources in a circle": ("F420", record(source("p", "PAPER", "g"), source("g", "GAZETTE", "p"))),
    "a source of itself": ("F420", record(source("p", "PAPER", "p"))),
    "speakers in a circle": (
        "F421", record(speakers={"X": Speaker("X", "X", "Y"), "Y": Speaker("Y", "Y", "X")}),
    ),
    "one fact twice": ("F213", record(ATTACK, Fact("a1", "force", ("DUN", "ARV")))),
    "gain by no fact": ("F219", record(Interest("ARV", "a2", True, "why"))),
    "tension with no fact": ("F219", record(tensions=(Tension(("a1", "a3"), "why"),))),
    "a figure ahead of its document": (
        "F423", record(source("note", "ARV", on="2020-07-22"), quantities=(FIGURE,)),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("code", "made"), WRONG.values(), ids=WRONG.keys())
def test_each_mistake_is_told_once(code: str, made: Record) -> None:
    [problem] = check(made)
    assert problem.code == code


def test_a_standing_is_stipulated_in_trials_only() -> None:
    made = record(given={"a1": "established"})
    assert check(made) == ()
    [problem] = check(Dossier("d", "A dossier", made))
    assert (problem.code, problem.values["word"]) == ("F401", "established")


def test_a_near_name_is_suggested() -> None:
    [problem] = check(
        record(ATTACK, Fact("grave1", "grave", ("a1",)), tensions=(Tension(("a1", "grav"), ""),))
    )
    assert (problem.values["name"], problem.help) == ("grav", "Did you mean `grave1`?")


def test_a_circle_is_told_with_all_its_members_and_bystanders_left_out() -> None:
    made = record(source("a", "PAPER", "b"), source("b", "PAPER", "c"), source("c", "PAPER", "b"))
    [problem] = check(made)
    assert (problem.values["name"], problem.values["others"]) == ("b", "`c`")


def test_a_chain_too_long_to_be_real_is_refused_before_it_is_slow() -> None:
    chain = [source(f"s{n}", "PAPER", f"s{n - 1}") for n in range(1, MOST_ORIGINS + 2)]
    assert [p.code for p in check(record(*chain[:-1]))] == []
    [problem] = check(record(*chain))
    assert (problem.code, problem.values["name"]) == ("F424", f"s{MOST_ORIGINS + 1}")


def test_a_sound_record_has_no_problem() -> None:
    assert check(record(claim("ARV", "asserts", "note"), Interest("ARV", "*", True, "why"))) == ()
