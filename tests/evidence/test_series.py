"""Tensions, quantities, Admiralty codes."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from foedus.evidence.admiralty import Code, credibility, rate, read
from foedus.evidence.quantities import known_values, latest, series
from foedus.evidence.record import Quantity, Tension, Value
from foedus.evidence.standing import weigh
from foedus.evidence.tensions import tensions
from foedus.terms.fact import Fact
from foedus.terms.time import day
from tests.evidence.said import claim, record, source


def value(number: int, on: str, name: str = "d", **more: Any) -> Value:
    return Value(Fraction(number), day(on), name, **more)


DEATHS = Quantity("deaths", "Deaths", "persons", (
    value(30, "2020-07-25", "d3"), value(164, "2020-07-24", "d2", withdrawn="technical error"),
    value(26, "2020-07-22", "d1"), value(20, "2020-07-22", "d0", at_least=True),
))  # fmt: skip


def test_a_series_is_in_the_order_of_its_days() -> None:
    assert [v.value for v in series(DEATHS)] == [20, 26, 164, 30]


@pytest.mark.parametrize(
    ("on", "values", "withdrawn"),
    [
        ("2020-07-21", [], []),
        ("2020-07-23", [20, 26], []),
        ("2020-07-24", [20, 26], [164]),
        ("2020-07-25", [30], []),
    ],
)
def test_the_latest_value_is_never_one_that_was_taken_back(on: str, values, withdrawn) -> None:
    found = latest(DEATHS, day(on).first)
    assert ([v.value for v in found.values], [v.value for v in found.withdrawn]) == (values, withdrawn)
    assert not found.differ


def test_values_of_one_day_that_differ_stand_side_by_side() -> None:
    assert latest(Quantity("q", "", "", (value(3, "2020"), value(4, "2020")))).differ
    assert latest(Quantity("q", "", "", (value(3, "2020"), value(4, "2020", at_least=True)))).differ


def test_a_value_of_an_uncertain_day_counts_from_its_latest() -> None:
    found = latest(Quantity("q", "", "", (value(3, "2020-07"),)), day("2020-07-30").first)
    assert found.values == ()


def test_only_documents_that_were_out_give_values() -> None:
    made = record(source("d3", "OBS", on="2020-08-01"))
    assert len(known_values(made, DEATHS, day("2020-07-31").first).values) == 3


def test_a_tension_is_flagged_when_both_are_asserted_and_names_who_says_both() -> None:
    guard, assist = Fact("guard", "request", ("ARV",)), Fact("assist", "request", ("ARV",))
    tension = Tension(("guard", "assist"), "guarding only, and assisting")
    one = record(guard, assist, claim("ARV", "asserts", "n", "guard"), tensions=(tension,))
    assert tensions(one, weigh(one)) == ()
    denied = record(guard, assist, *one.claims, claim("EMB", "denies", "t", "assist"), tensions=(tension,))
    assert tensions(denied, weigh(denied)) == ()
    both = record(guard, assist, *one.claims, claim("EMB", "asserts", "t", "assist"), tensions=(tension,))
    [found] = tensions(both, weigh(both))
    assert ([c.source for c in found.first], [c.source for c in found.second]) == (["n"], ["t"])
    assert found.principals == ("ARV",)


@pytest.mark.parametrize("text", ["B2", " b-2 ", "B 2"])
def test_admiralty_codes_are_read(text: str) -> None:
    assert read(text) == Code("B", 2)
    assert str(read(text)) == "B2" and read(text).in_words() == "usually reliable; probably true"


@pytest.mark.parametrize("text", ["", "G1", "A7", "A", "1A", "B2B2", "Б2", "B²"])
def test_other_texts_are_no_admiralty_code(text: str) -> None:
    with pytest.raises(ValueError, match="not an Admiralty code"):
        read(text)


ARV, CAD, OBS = claim("ARV", "asserts", "n"), claim("CAD", "denies", "m"), claim("OBS", "asserts", "o")


@pytest.mark.parametrize(
    ("said", "side", "digit"),
    [
        ((ARV, OBS), "asserts", 1),
        ((ARV, OBS), "denies", 5),
        ((claim("ARV", "asserts", "n", authentic=True),), "asserts", 2),
        ((ARV, claim("CAD", "asserts", "m")), "asserts", 2),
        ((ARV,), "asserts", 3),
        ((CAD,), "denies", 3),
        ((ARV, claim("OBS", "disputes", "o")), "asserts", 4),
        ((claim("OBS", "disputes", "o"),), "asserts", 6),
        ((ARV, CAD), "asserts", 6),
        ((), "asserts", 6),
    ],
)
def test_the_digit_follows_from_the_standing(said, side, digit: int) -> None:
    assert credibility(weigh(record(*said))["a1"], side) == digit


def test_the_letter_stays_the_analysts() -> None:
    assert str(rate("E", weigh(record(ARV, OBS))["a1"])) == "E1"
