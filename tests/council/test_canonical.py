"""What is hashed is written in one way: the library that implements RFC 8785 agrees to the byte."""

from __future__ import annotations

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from foedus.council.ledger.canonical import MOST, canonical, is_canonical

NAMES = st.text(st.characters(max_codepoint=127), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-MOST, MOST) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_as_the_library_writes_it(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


@given(st.dictionaries(NAMES, VALUES, max_size=4))
def test_what_is_written_is_read_and_nothing_else(value: dict[str, object]) -> None:
    line = canonical(value)  # type: ignore[arg-type]
    assert is_canonical(line) == value
    assert is_canonical(b" " + line) is None
    assert is_canonical(line + b"\n") is None


@pytest.mark.parametrize(
    "line",
    [
        b"", b"{", b"[]", b'{"b":1,"a":2}', b'{"a":1.0}', b'{"a":1,"a":1}', b'{"a":"\\u0041"}', b'{"a":NaN}', b"\xff",
        b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", b'{"a":"\\ud800"}', b'{"\xc3\xa9":1}',
    ],
)  # fmt: skip
def test_other_ways_to_write_are_refused(line: bytes) -> None:
    assert is_canonical(line) is None


@pytest.mark.parametrize("value", [0.5, {"é": 1}, {1: 2}, 2**53, "\ud800", {"a": b"x"}, {"a": {1, 2}}])
def test_what_has_no_way_to_be_written_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"no value|no name|larger|half"):
        canonical(value)  # type: ignore[arg-type]
