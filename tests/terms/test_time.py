"""Dates: every form read, refused forms with their reasons, and comparison against brute force."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

import edtf
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from foedus.diagnostics.problem import Refused
from foedus.diagnostics.span import Place
from foedus.terms import time
from foedus.terms.edtf import bounds
from foedus.terms.time import EDate, day, in_words, parse_date

# Strategies: dates within a few weeks, so that comparisons meet every case.

days = st.dates(date(2019, 12, 20), date(2020, 3, 10))
parts = st.one_of(days.map(str), days.map(lambda on: f"{on:%Y-%m}"), st.just("2020"))
marked = st.builds(str.__add__, parts, st.sampled_from(["", "", "", "?", "~", "%"]))
ends = st.one_of(marked, st.just(".."))


def _readable(text: str) -> bool:
    try:
        day(text)
    except Refused:
        return False
    return True


texts = st.one_of(
    marked,
    st.lists(marked, min_size=1, max_size=3).map(lambda listed: f"[{', '.join(listed)}]"),
    st.tuples(ends, ends).map("/".join),
    st.tuples(ends, ends).map(lambda pair: f"[{pair[0].replace('..', '')}..{pair[1].replace('..', '')}]"),
).filter(_readable)
dates = texts.map(day)
closed = dates.filter(lambda a: not a.open_start and not a.open_end)


@given(texts)
def test_reading_what_is_shown_gives_the_same_date(text: str) -> None:
    read = day(text)
    assert day(str(read)) == read
    assert read.start_first <= read.start_last <= read.end_last
    assert read.start_first <= read.end_first <= read.end_last
    assert (read.kind == "day") == (read.first == read.last and read.kind != "span")


@settings(deadline=None)  # the other package takes up to a tenth of a second a date
@given(closed.filter(lambda a: a.kind != "span" or a.parts[0] != a.parts[1]))
def test_first_and_last_are_those_of_the_edtf_package(a: EDate) -> None:
    try:
        other: Any = edtf.parse_edtf(a.text)
    except edtf.EDTFParseException:
        assume(False)  # it refuses a range of a month and a day, which the standard allows
        return
    assert tuple(other.lower_strict()[:3]) == (a.first.year, a.first.month, a.first.day)
    assert tuple(other.upper_strict()[:3]) == (a.last.year, a.last.month, a.last.day)


# The oracle: every way in which two dates can have been, as (first day, last day).


def _ways(a: EDate) -> list[tuple[date, date]]:
    if a.kind != "span":
        return [(on, on) for on in a.days or _through(a.first, a.last)]
    starts, finishes = (_through(*bounds(part)) for part in a.parts)
    return [(start, end) for start, end in product(starts, finishes) if start <= end]


def _through(first: date, last: date) -> list[date]:
    return [first + timedelta(n) for n in range((last - first).days + 1)]


short = closed.filter(
    lambda a: (a.last - a.first).days < 100 and "2020" not in (p.strip("?~%") for p in a.parts)
)


@settings(deadline=None)  # the oracle is slow on purpose
@given(short, short)
def test_comparisons_agree_with_every_way_the_dates_can_have_been(a: EDate, b: EDate) -> None:
    before, meets, inside = set[bool](), set[bool](), set[bool]()
    possibly_before = False
    # extremes decide every comparison, so a thinned list of ways would do; small dates need none
    ways_a, ways_b = _ways(a), _ways(b)
    if len(ways_a) * len(ways_b) > 40_000:
        ways_a, ways_b = ways_a[:: len(ways_a) // 150 + 1], ways_b[:: len(ways_b) // 150 + 1]
        exact = False
    else:
        exact = True
    for (a1, a2), (b1, b2) in product(ways_a, ways_b):
        before.add(a2 < b1)
        possibly_before |= a2 <= b1
        meets.add(a1 <= b2 and b1 <= a2)
        inside.add(b1 <= a1 and a2 <= b2)
    said = {
        "before": time.certainly_before(a, b),
        "may be before": time.possibly_before(a, b),
        "meets": time.overlaps(a, b),
        "inside": time.within(a, b),
    }
    if exact:
        assert said == {
            "before": before == {True},
            "may be before": possibly_before,
            "meets": meets.pop() if len(meets) == 1 else None,
            "inside": inside.pop() if len(inside) == 1 else None,
        }
    else:
        assert not (said["before"] and False in before)
        assert said["may be before"] or not possibly_before
        assert said["meets"] is None or meets == {said["meets"]}
        assert said["inside"] is None or inside == {said["inside"]}


@given(dates.filter(lambda a: a.kind != "span"), dates.filter(lambda a: a.kind != "span"))
def test_of_two_events_one_is_certainly_first_unless_the_other_may_be(a: EDate, b: EDate) -> None:
    assert time.certainly_before(a, b) == (not time.possibly_before(b, a))


@pytest.mark.parametrize(
    ("a", "span", "inside"),
    [
        ("2020-02-01", "2020-01/2020-03", True),
        ("2020-01-05", "2020-01/2020-03", None),
        ("2020-03-30", "2020-01/2020-03", None),
        ("2019-12-31", "2020-01/2020-03", False),
        ("2020-01-01", "2020-01-01/2020-01-31", True),
        ("2020-01-31", "2020-01-01/2020-01-31", True),
        ("2020-02-01", "2020-01-01/2020-01-31", False),
        ("2020-01-30/2020-02-02", "2020-01-01/2020-01-31", False),
        ("2020-01", "2020-01-15/2020-02-15", None),
        ("2020-01-05", "2020-01", None),
    ],
)
def test_within_at_the_edges(a: str, span: str, inside: bool | None) -> None:
    assert time.within(day(a), day(span)) is inside


def test_the_period_of_a_month_is_all_of_it() -> None:
    assert time.within(day("2020-01-05"), time.period(day("2020-01"))) is True
    assert time.period(day("[2020-01-05..]")) == day("2020-01-05/..")


def test_the_order_of_two_events_on_one_day_is_open() -> None:
    force, withdrawal = day("[2020-03-04,2020-03-05]"), day("2020-03-05")
    assert time.possibly_before(force, withdrawal)
    assert time.possibly_before(withdrawal, force)
    assert not time.certainly_before(force, withdrawal)


def test_a_gap_in_a_set_is_not_filled() -> None:
    assert time.overlaps(day("[2020-01-05,2020-01-09]"), day("2020-01-06/2020-01-08")) is False


def test_what_goes_on_without_end_is_before_nothing() -> None:
    assert not time.possibly_before(day("2020-01-05/.."), day("[2021..]"))
    assert time.certainly_within(day("[2021..]"), day("2020-01-05/.."))


FORMS = [
    ("2022-01-05", "day", "2022-01-05", "2022-01-05", "5 January 2022"),
    ("2022-01-05~", "day", "2022-01-05", "2022-01-05", "about 5 January 2022"),
    ("2022-01", "oneof", "2022-01-01", "2022-01-31", "January 2022"),
    ("2020-02?", "oneof", "2020-02-01", "2020-02-29", "perhaps February 2020"),
    ("2022%", "oneof", "2022-01-01", "2022-12-31", "perhaps about 2022"),
    ("[2022-01-05,2022-01-06]", "oneof", "2022-01-05", "2022-01-06", "5 or 6 January 2022"),
    ("[2021-12-31,2022-01-01]", "oneof", "2021-12-31", "2022-01-01", "31 December 2021 or 1 January 2022"),
    ("[2022-01-05,2022-02-01]", "oneof", "2022-01-05", "2022-02-01", "5 January or 1 February 2022"),
    ("[2022-01-05..2022-01-08]", "oneof", "2022-01-05", "2022-01-08", "between 5 and 8 January 2022"),
    (
        "[2006-08-16..2008-03-28]",
        "oneof",
        "2006-08-16",
        "2008-03-28",
        "between 16 August 2006 and 28 March 2008",
    ),
    ("[2022-11-23..]", "oneof", "2022-11-23", "9999-12-31", "on or after 23 November 2022"),
    ("[..2022-01-06]", "oneof", "0001-01-01", "2022-01-06", "on or before 6 January 2022"),
    ("2022-01-05/2022-01-08", "span", "2022-01-05", "2022-01-08", "5 to 8 January 2022"),
    ("2022-01/2022-03", "span", "2022-01-01", "2022-03-31", "January to March 2022"),
    ("2022-01-05/..", "span", "2022-01-05", "9999-12-31", "from 5 January 2022"),
    ("../2022-01-08", "span", "0001-01-01", "2022-01-08", "up to and including 8 January 2022"),
]


@pytest.mark.parametrize(("text", "kind", "first", "last", "words"), FORMS, ids=[form[0] for form in FORMS])
def test_forms(text: str, kind: str, first: str, last: str, words: str) -> None:
    read = day(text)
    assert (read.text, read.kind, str(read.first), str(read.last), in_words(read)) == (
        text,
        kind,
        first,
        last,
        words,
    )


def test_a_span_of_months_has_uncertain_ends() -> None:
    span = day("2022-01/2022-03")
    ends = (span.start_first, span.start_last, span.end_first, span.end_last)
    assert [str(on) for on in ends] == ["2022-01-01", "2022-01-31", "2022-03-01", "2022-03-31"]


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        (" 2022-01-05 ", "2022-01-05"),
        ("[2022-01-06, 2022-01-05,2022-01-06]", "[2022-01-05,2022-01-06]"),
        ("[2022-01-05]", "2022-01-05"),
        ("[2022-01-05..2022-01-05]", "2022-01-05"),
        ("2022-01-05 / ..", "2022-01-05/.."),
        ("[2022-01-05, 2022-01-05?]", "2022-01-05?"),
        ("[2022-01~ .. 2022-01?]", "2022-01%"),
    ],
)
def test_canonical_text(written: str, canonical: str) -> None:
    assert str(day(written)) == canonical


REFUSED = [
    ("", "F110", "missing", ""),
    ("2022-1-5", "F110", "two digits", "2022-01-05"),
    ("20220105", "F110", "hyphens", "2022-01-05"),
    ("5 January 2022", "F110", "figures", "2022-01-05"),
    ("Sept. 5th, 2022", "F110", "figures", "2022-09-05"),
    ("05/01/2022", "F110", "custom", "year first"),
    ("2022/01/05", "F110", "hyphens", "2022-01-05"),
    ("2022-01-05..2022-01-08", "F110", "side by side", "[a..b]"),
    ("[2022-01-05", "F110", "never closed", ""),
    ("2022/2023/2024", "F110", "one `/`", ""),
    ("yesterday", "F110", "", ""),
    ("٢٠٢٢", "F110", "", ""),
    ("2022-02-30", "F111", "February 2022 has 28 days", ""),
    ("2021-12-00", "F111", "December 2021 has 31 days", ""),
    ("[2022-01-05,2022-04-31]", "F111", "April 2022 has 30 days", ""),
    ("2022-13", "F111", "12 months", ""),
    ("2022-01-08/2022-01-05", "F112", "earlier", "2022-01-05/2022-01-08"),
    ("[2022-05..2022-03]", "F112", "earlier", "[2022-03..2022-05]"),
    ("2022-21", "F113", "season", "[2022-03-01..2022-05-31]"),
    ("202X", "F113", "digits", "decade"),
    ("2022-01-XX", "F113", "digits", "2022-01"),
    ("?2022-01", "F113", "inside", "at the end"),
    ("2022-01-05T10:00", "F113", "hour", "day alone"),
    ("0000", "F113", "before the year 1", ""),
    ("-0044-03-15", "F113", "before the year 1", ""),
    ("Y170000", "F113", "four digits", ""),
    ("{2022,2023}", "F113", "all of", "one fact for each"),
    ("2022-01-05/", "F113", "unknown", "`..`"),
    ("../..", "F113", "says nothing", "out"),
    ("[..]", "F113", "says nothing", "out"),
    ("[2022,2024..]", "F113", "range among", ""),
    ("[[2022]]", "F113", "set inside", ""),
    ("[1000,1002,1004]", "F113", "more than 1,000 days", "range"),
    ("9" * 100_000, "F110", "at most 1000 characters", ""),
]


@pytest.mark.parametrize(
    ("text", "code", "why", "do"), REFUSED, ids=[form[0][:24] or "nothing" for form in REFUSED]
)
def test_refusals_say_why_and_what_to_write(text: str, code: str, why: str, do: str) -> None:
    with pytest.raises(Refused) as refused:
        day(text)
    (problem,) = refused.value.problems
    assert problem.code == code
    assert why in problem.label
    assert do in problem.help


@given(st.text(alphabet="0129-[]{}./,?~%XTYS jan", max_size=24))
def test_any_text_is_read_or_refused(text: str) -> None:
    if _readable(text):
        assert in_words(day(text))


def test_only_the_wrong_part_is_marked() -> None:
    text = "[2022-01-05, 2022-04-31]"
    with pytest.raises(Refused) as refused:
        parse_date(text, Place("lir.md", 7, 10, 7, 10 + len(text)))
    place = refused.value.problems[0].place
    assert (place.column, place.end_column) == (23, 33)


def test_a_timeline_is_ordered_by_first_day_then_last() -> None:
    texts = ["2022-01-05", "2022-01-04/2022-01-09", "[..2022-01-05]", "2022-01", "2022-01-04"]
    assert [str(a) for a in sorted(map(day, texts), key=time.order_key)] == [
        "2022-01", "2022-01-04", "2022-01-04/2022-01-09", "2022-01-05", "[..2022-01-05]",
    ]  # fmt: skip
