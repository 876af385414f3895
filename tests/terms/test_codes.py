"""The numbers of data sets as states of a day: one number, several states; and numbers that have no code."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.report.panel import state_coded, state_named
from foedus.report.plots.naming import state_name
from foedus.terms.codes import code_of, codes_on, state_numbered, stood, table
from foedus.terms.states import EARLIER, STATES, UNCODED, name_of, with_article

SERBIA = [
    ("1880-07-01", "SRB"), ("1914-07-28", "SER"), ("1918-11-30", "SER"), ("1918-12-01", "YUG"), ("1920-07-01", "YUG"),
    ("1945-07-01", "YUG"), ("2003-02-03", "YUG"), ("2004-07-01", "SCG"), ("2006-07-01", "SRB"), ("2020-07-01", "SRB"),
]  # fmt: skip


@pytest.mark.parametrize(("day", "code"), SERBIA)
def test_one_number_is_serbia_yugoslavia_and_serbia_again(day: str, code: str) -> None:
    on = date.fromisoformat(day)
    assert code_of(345, on) == code
    assert state_name(345, on) == STATES[code].name


@pytest.mark.parametrize(
    ("number", "day", "code"),
    [(340, "1914-07-01", "SER"), (340, "2010-07-01", "SRB"), (345, "1920-07-01", "YUG"), (345, "2004-07-01", "SCG"),
     (255, "1860-07-01", "PRU"), (260, "2010-07-01", "DEU"), (678, "1980-07-01", "YAR"), (678, "2010-07-01", "YEM"),
     (345, "2010-07-01", None)],
)  # fmt: skip
def test_gleditsch_and_wards_numbers_are_named_by_the_day_too(
    number: int, day: str, code: str | None
) -> None:
    on = date.fromisoformat(day)
    assert code_of(number, on, "gw") == code
    if code is not None:
        assert state_named("gw", str(number), on.year) == STATES[code].name


@pytest.mark.parametrize(
    ("number", "day", "name"),
    [(255, "1860-07-01", "Prussia"), (255, "1938-07-01", "Germany"), (265, "1970-07-01", "German Democratic Republic"),
     (300, "1850-07-01", "Austrian Empire"), (300, "1900-07-01", "Austria-Hungary"), (305, "1938-01-01", "Austria"),
     (365, "1910-07-01", "Russian Empire"), (365, "1920-07-01", "Russia"), (365, "1938-07-01", "Soviet Union"),
     (640, "1914-07-01", "Ottoman Empire"), (640, "1923-01-01", "Türkiye"), (730, "1890-07-01", "Joseon"),
     (730, "1905-07-01", "Korean Empire"), (732, "1990-07-01", "Republic of Korea"),
     (816, "1970-07-01", "Democratic Republic of Viet-Nam"), (816, "1990-07-01", "Viet Nam"),
     (817, "1955-01-01", "State of Viet-Nam"), (817, "1970-07-01", "Republic of Viet-Nam"),
     (678, "1950-07-01", "Yemen"),
     (678, "1970-07-01", "Yemen Arab Republic"), (680, "1980-07-01", "Democratic Yemen"), (679, "2000-07-01", "Yemen"),
     (325, "1855-07-01", "Sardinia-Piedmont"), (325, "1914-07-01", "Italy"), (273, "1850-07-01", "Electorate of Hesse"),
     (275, "1850-07-01", "Grand Duchy of Hesse"), (280, "1850-07-01", "Mecklenburg-Schwerin"),
     (329, "1816-07-01", "Two Sicilies"), (511, "1964-01-01", "Zanzibar"), (9999, "1914-07-01", "COW 9999")],
)  # fmt: skip
def test_who_cow_means_by_a_number_on_a_day(number: int, day: str, name: str) -> None:
    assert state_name(number, date.fromisoformat(day)) == name


def test_a_number_without_a_name_is_said_once() -> None:
    assert state_coded("cow", "280", 1850) == "Mecklenburg-Schwerin (280)"
    assert state_coded("cow", "9999", 1850) == "COW 9999"
    assert state_coded("gw", "9999") == "GW 9999"
    assert state_coded("iso", "cow:9999", 1850) == "COW 9999"


def test_numbers_without_a_code_have_names_and_articles() -> None:
    assert [name_of(f"gw:{number}") for number in UNCODED] == [state.name for state in UNCODED.values()]
    assert with_article("gw:564") == "the Orange Free State" and with_article("gw:711") == "Tibet"


def test_codes_of_one_number_in_one_list_never_stand_beside_each_other() -> None:
    """But those that our table gives no beginning, and CHN and ROC, of which it takes no side."""
    for one in table():
        for other in table():
            if one.code < other.code and one.cow == other.cow:
                dated = [STATES[row.code] for row in (one, other) if STATES[row.code].until is not None]
                if len(dated) == 2 and all(state.from_ for state in dated):
                    first, second = sorted(dated, key=lambda s: s.from_.first if s.from_ else date.min)
                    assert first.until is not None and second.from_ is not None
                    assert first.until.first <= second.from_.last, (first.code, second.code)


def test_states_of_another_number_that_a_code_may_mean_stood_before_it() -> None:
    for code, former in EARLIER.items():
        for each in former:
            until = STATES[each].until
            assert until is not None and not stood(each, None)
            numbers, own = codes_on(each, date.min), codes_on(code)
            assert numbers is not None and own is not None and numbers.cow != own.cow


def test_the_nearest_state_speaks_for_days_beyond_the_table() -> None:
    assert state_numbered(245, date(1871, 7, 1)) == "BAV"
    assert state_numbered(817, date(1975, 7, 1)) == "RVN"
    assert state_numbered(280) == "MEC"
