"""How often: against a reference that keeps every time, and bounded in memory."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.web.limits import Limits, address_key, passphrases


@given(
    st.sampled_from([(1.0, 1), (5.0, 20), (1 / 6, 10)]),
    st.lists(st.floats(0, 30, allow_nan=False), max_size=60),
)
def test_never_more_than_so_many_in_any_stretch(rate: tuple[float, int], gaps: list[float]) -> None:
    per_second, burst = rate
    limits, at, taken = Limits(per_second, burst), 0.0, list[float]()
    for gap in gaps:
        at += gap
        wait = limits.wait("a", at)
        if not wait:
            taken.append(at)
        else:
            assert limits.wait("a", at + wait + 1e-6, only_look=True) == 0
    for first, since in enumerate(taken):
        for last in range(first, len(taken)):
            assert last - first + 1 <= burst + (taken[last] - since) * per_second + 1e-6


def test_it_is_bounded_and_forgets_who_asked_longest_ago() -> None:
    limits = Limits(1, 1, most=100)
    for n in range(1000):
        limits.wait(str(n), 0.0)
    assert len(limits) == 100
    assert limits.wait("999", 0.0) > 0
    assert limits.wait("0", 0.0) == 0
    assert len(limits) == 100


def test_looking_takes_nothing_and_keeps_nothing() -> None:
    limits = Limits(1, 1)
    assert [limits.wait("a", 0.0, only_look=True) for _ in range(5)] == [0.0] * 5
    assert len(limits) == 0


def test_time_that_goes_back_gives_nothing() -> None:
    limits = Limits(1, 1)
    assert limits.wait("a", 100.0) == 0
    assert limits.wait("a", 50.0) > 0
    assert limits.wait("a", 50.5) > 0


def test_passphrases_are_tried_five_times_and_then_slowly() -> None:
    limits = passphrases()
    assert [limits.wait("a", 0.0) == 0 for _ in range(7)] == [True] * 5 + [False] * 2
    assert limits.wait("a", 12.0) == 0
    assert limits.wait("a", 12.0) == pytest.approx(12)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff::1", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("fe80::1%eth0", "fe80::2%eth0", True),
        ("unix", "unix", True),
    ],
)
def test_an_address_is_counted_by_who_has_it(one: str, other: str, alike: bool) -> None:
    assert (address_key(one) == address_key(other)) == alike


def test_whatever_calls_itself_an_address_is_short() -> None:
    assert len(address_key("x" * 100_000)) <= 100
