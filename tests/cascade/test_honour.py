"""Chances that promises are kept: as their sources state them, drawn as wide as said, refused where they are none."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.cascade.honour import STANDARD, By, read_table, sets
from foedus.cascade.rates import NotAChance, Rate, rate_of
from foedus.diagnostics.problem import Refused


def test_the_shipped_rates_are_those_published() -> None:
    table = read_table(STANDARD)
    rates = table.rates
    assert (rates["honours any 1816-2003"].kept, rates["honours any 1816-2003"].of) == (73, 146)
    published = {"defense": 0.41, "offense": 0.74, "neutral": 0.78, "nonagg": 0.37}
    for pledge, rate in published.items():
        assert round(rates[f"honours {pledge} 1816-2003"].mean, 2) == rate
    assert [round(rates[f"honours any {era}"].mean, 2) for era in ("1816-1944", "1945-2003")] == [0.66, 0.22]
    assert read_table("leeds-long-mitchell-2000").rates["honours any 1816-1944"].mean == 0.745


def test_no_sample_size_is_made_up() -> None:
    """A rate without counts says that its width is ours."""
    for name in sets():
        for rate in read_table(name).rates.values():
            if rate.source:
                assert (rate.kind == "counts") == (rate.of is not None)
                assert rate.kind == "counts" or rate.assumed
    assert read_table("leeds-long-mitchell-2000").rates["honours any 1816-1944"].assumed


@pytest.mark.parametrize(("by", "expected"), [("pledge", 0.41), ("era", 0.66), ("both", 0.58)])
def test_pledge_and_era_go_together_as_said(by: By, expected: float) -> None:
    table = read_table(by=by)
    assert round(table.recipe("defense", 1914).value(table.values()), 2) == expected


def test_what_has_no_rate_of_its_own_takes_that_of_its_era_and_then_of_all() -> None:
    table = read_table()
    alone = read_table("leeds-long-mitchell-2000").recipe("consul", 1914)
    assert (alone.kept, alone.enters) == (("honours any 1816-1944",), "enters consul")
    assert table.recipe("defense", 1990).kept[1] == "honours any 1945-2003"


def test_years_beyond_the_source_are_told() -> None:
    table = read_table()
    assert table.recipe("defense", 2010).beyond and not table.recipe("defense", 2003).beyond
    assert read_table("leeds-long-mitchell-2000").recipe("defense", 1990).beyond


@given(st.integers(0, 60), st.integers(1, 60), st.integers(0, 100))
def test_draws_of_counts_lie_around_their_share(kept: int, broken: int, seed: int) -> None:
    rate = rate_of(f"{kept}/{kept + broken}")
    random = Random(seed)
    values = [rate.draw(random) for _ in range(600)]
    assert all(0 <= value <= 1 for value in values)
    expected = (kept + 0.5) / (kept + broken + 1)
    assert abs(sum(values) / len(values) - expected) < 0.06


def test_a_width_is_the_standard_deviation_of_the_draws() -> None:
    rate = rate_of("0.41±0.1")
    random = Random(1)
    values = [rate.draw(random) for _ in range(20_000)]
    mean = sum(values) / len(values)
    spread = (sum((value - mean) ** 2 for value in values) / len(values)) ** 0.5
    assert abs(mean - 0.41) < 0.005 and abs(spread - 0.1) < 0.005
    low, high = rate.interval()
    assert 0.2 < low < 0.25 and 0.58 < high < 0.63


def test_unknown_is_anything_and_fixed_is_itself() -> None:
    assert [rate_of("0.4").draw(Random(n)) for n in range(3)] == [0.4] * 3
    low, high = rate_of("unknown").interval()
    assert low < 0.04 and high > 0.96


@pytest.mark.parametrize(
    "text", ["1.2", "-0.1", "often", "", "7/3", "0/0", "120 %", "0.5±0.6", "nan", "1e-3"]
)
def test_what_is_no_chance_is_refused(text: str) -> None:
    with pytest.raises(NotAChance):
        rate_of(text)


def read(folder: Path, text: str) -> object:
    path = folder / "mine.csv"
    path.write_text(text, encoding="utf-8")
    return read_table(path)


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("honours,defense,,,,,1.2,", "F850", "column share"),
        ("honours,defense,,,,,often,", "F850", "column share"),
        ("honours,defense,,,9,4,,", "F850", "column of"),
        ("honours,defense,,,nine,14,,", "F850", "column kept"),
        ("honours,defense,,,,,0.5,wide", "F850", "column width"),
        ("honours,pact,,,,,0.5,", "F851", "column pledge"),
        ("keeps,defense,,,,,0.5,", "F851", "column what"),
        ("honours,defense,1950,1900,,,0.5,", "F851", "column last"),
        ("honours,defense,MCM,,,,0.5,", "F851", "column first"),
    ],
)
def test_a_table_is_refused_with_file_and_line(tmp_path: Path, row: str, code: str, column: str) -> None:
    with pytest.raises(Refused) as refused:
        read(tmp_path, f"what,pledge,first,last,kept,of,share,width\nhonours,any,,,,,0.5,\n{row}\n")
    problem = refused.value.problems[0]
    assert (problem.code, problem.place.line, problem.place.heading) == (code, 3, column)
    assert problem.place.page.endswith("mine.csv")


def test_two_rows_of_one_thing_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read(tmp_path, "what,pledge,share\nhonours,any,0.5\nhonours,any,0.6\n")
    assert (refused.value.problems[0].code, refused.value.problems[0].place.line) == ("F851", 3)


def test_a_table_of_ones_own_goes_before_what_ships_and_keeps_its_rest(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("what,pledge,kept,of,source\nhonours,any,3,4,Ours\nenters,consul,1,10,Ours\n")
    table = read_table(path)
    recipe = table.recipe("consul", 1914)
    assert recipe.value(table.values()) == pytest.approx(0.075)
    assert table.request((), 1914).value(table.values()) == 1
    assert table.name == "mine.csv"


def test_a_pledge_without_any_rate_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("what,pledge,share\nhonours,defense,0.4\n")
    with pytest.raises(Refused) as refused:
        read_table(path).recipe("neutral", 1914)
    assert refused.value.problems[0].code == "F854"


def test_a_set_that_is_not_there_is_refused_with_the_nearest() -> None:
    with pytest.raises(Refused) as refused:
        read_table("berkemeier-furmann-2018")
    problem = refused.value.problems[0]
    assert problem.code == "F852" and "berkemeier-fuhrmann-2018" in problem.help


def test_what_is_given_by_hand_goes_first() -> None:
    own = {"atop:1/ITA": Rate("atop:1/ITA", 0.2, "fixed"), "defense": Rate("defense", 0.6, "fixed")}
    table = read_table().with_given(own)
    assert table.recipe("defense", 1914, ("atop:1/ITA",)).value(table.values()) == 0.2
    assert table.recipe("defense", 1914, ("atop:2/ITA",)).value(table.values()) == 0.6
    assert table.recipe("offense", 1914).kept[0] == "honours offense 1816-2003"
