"""Bars cover the days on which a thing may have been, and no other."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.report.html.timeline import Axis
from foedus.terms.time import EDate, day

JANUARY = Axis(date(2031, 1, 1), date(2031, 1, 31))
days = st.dates(date(2030, 12, 20), date(2031, 2, 10))


@st.composite
def dates(draw: st.DrawFn) -> EDate:
    some = sorted(draw(st.sets(days, min_size=2, max_size=4)))
    form = draw(st.sampled_from(["day", "set", "range", "span", "month", "loose span"]))
    match form:
        case "day":
            return day(str(some[0]))
        case "set":
            return day(f"[{','.join(map(str, some))}]")
        case "range":
            return day(f"[{some[0]}..{some[-1]}]")
        case "span":
            return day(f"{some[0]}/{some[-1]}")
        case "month":
            return day(f"{some[0]:%Y-%m}")
        case _:
            return day(f"{some[0]:%Y-%m}/{some[-1]:%Y-%m}")


def possible(on: EDate) -> set[date]:
    if on.days:
        return set(on.days)
    return {on.first + timedelta(n) for n in range((on.last - on.first).days + 1)}


@given(dates())
def test_bars_cover_the_possible_days_within_the_axis_and_no_other(on: EDate) -> None:
    covered: set[date] = set()
    for bar in JANUARY.bars(on):
        if bar.kind not in ("before", "after"):
            covered |= {JANUARY.first + timedelta(int(bar.start) + n) for n in range(int(bar.wide))}
    assert covered == {each for each in possible(on) if JANUARY.first <= each <= JANUARY.last}


@given(dates())
def test_what_lasted_all_the_time_is_drawn_without_doubt_only_where_it_is_certain(on: EDate) -> None:
    for bar in JANUARY.bars(on):
        if bar.kind == "lasting":
            assert on.kind == "span"
            assert JANUARY.first + timedelta(int(bar.start)) >= on.start_last
        if bar.kind == "day":
            assert on.kind == "day"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2031, 1, 2), date(2031, 1, 5), ["2", "3", "4", "5"]),
        (date(2031, 11, 20), date(2032, 2, 10), ["11/31", "12/31", "1/32", "2/32"]),
        (date(2031, 6, 1), date(2035, 6, 1), ["2031", "2032", "2033", "2034", "2035"]),
    ],
)
def test_ticks_are_few_enough_to_read_and_cover_the_axis(first: date, last: date, words: list[str]) -> None:
    axis = Axis(first, last)
    ticks = axis.ticks()
    assert [tick.words for tick in ticks] == words
    assert sum(tick.wide for tick in ticks) == axis.days


def test_a_date_beyond_the_axis_is_pointed_to() -> None:
    assert [bar.kind for bar in JANUARY.bars(day("2029"))] == ["before"]
    assert [bar.kind for bar in JANUARY.bars(day("2033-01-01"))] == ["after"]
