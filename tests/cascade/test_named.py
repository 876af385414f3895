"""States as a user names them: what is typed is taken for the state that stood on the day, and that is told."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.cascade.ask import shock_on
from foedus.cascade.named import meant, named_state, taken
from foedus.cascade.put import numbers_of, parted
from foedus.diagnostics.problem import Refused
from foedus.report.cascade_words import taken_words

JULY = date(1914, 7, 28)


@pytest.mark.parametrize(
    ("year", "typed", "code"),
    [
        (1914, "SRB", "SER"), (1914, "YUG", "SER"), (1914, "SER", "SER"), (1938, "SRB", "YUG"), (1990, "SER", "YUG"),
        (2005, "SRB", "SCG"), (2010, "YUG", "SRB"), (2010, "SER", "SRB"), (1914, "RUS", "RUE"), (1914, "SUN", "RUE"),
        (1938, "RUS", "SUN"), (1990, "RUS", "SUN"), (2010, "SUN", "RUS"), (1920, "RUS", "cow:365"),
        (1914, "PRU", "DEU"), (1860, "DEU", "PRU"), (1960, "DEU", "DEU"), (1914, "AUT", "AUH"), (1860, "AUT", "AUE"),
        (1860, "AUH", "AUE"), (1938, "AUT", "AUT"), (1914, "TUR", "OTT"), (1938, "OTT", "TUR"), (1923, "TUR", "TUR"),
        (1900, "KOR", "KRE"), (1890, "KOR", "JOS"), (1990, "KOR", "KOR"), (1970, "VNM", "VDR"), (1990, "VDR", "VNM"),
        (1970, "RVN", "RVN"), (1980, "YEM", "YAR"), (1980, "YMD", "YMD"), (2010, "YEM", "YEM"), (1850, "ITA", "SAR"),
        (1914, "SAR", "ITA"), (1938, "CZE", "CSK"), (1914, "cow:300", "AUH"), (1914, "FRN", "FRA"),
        (1850, "MEC", "MEC"), (1850, "cow:280", "MEC"), (1914, "Serbia", "SER"), (1938, "Russia", "SUN"),
    ],
)  # fmt: skip
def test_a_code_is_that_of_the_state_that_stood_on_the_day(year: int, typed: str, code: str) -> None:
    assert named_state(typed, date(year, 7, 28)) == code


@pytest.mark.parametrize(
    ("year", "typed"), [(2000, "DDR"), (1900, "BAV"), (1947, "DEU"), (1990, "RVN"), (1938, "AUH")]
)
def test_one_that_stood_no_more_is_refused_as_it_was_typed(year: int, typed: str) -> None:
    on = date(year, 7, 28)
    with pytest.raises(Refused) as refused:
        shock_on(*parted(f"{typed}:FRA", on), on)
    problem = refused.value.problems[0]
    assert (problem.code, problem.values["text"]) == ("F855", f"{typed}:FRA")


def test_what_was_taken_for_what_is_told_once_and_in_one_line() -> None:
    read = taken(
        ["AUT:SRB", "RUS:SRB+atop:1350/ITA", "FRA>RUS", "request/SRB", "cow:345:300", "defense"], JULY
    )
    assert read == (("AUT", "AUH"), ("SRB", "SER"), ("RUS", "RUE"))
    assert taken_words(read) == (
        "Taken by the day: AUT for Austria-Hungary (AUH), SRB for the Kingdom of Serbia (SER), RUS for the Russian "
        "Empire (RUE)."
    )
    assert taken(["AUH:SER", "FRN:ITA"], JULY) == () and taken_words(()) == ""


def test_help_says_how_a_text_was_read() -> None:
    assert meant("RUS:SRB", JULY) == "On that day `RUS` is taken for `RUE`, `SRB` is taken for `SER`."
    assert meant("frarus", JULY) == ""


def test_states_of_a_sweep_are_followed_through_their_numbers() -> None:
    assert numbers_of("AUT, SRB", 1910, 1930) == (300, 305, 345)
    assert numbers_of("DEU", 1938, 1960) == (255, 260)
    with pytest.raises(Refused) as refused:
        numbers_of("DEU", 1946, 1948)
    assert refused.value.problems[0].code == "F855"
