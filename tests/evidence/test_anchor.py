"""Quotations are found again in a page that was set otherwise, and orphaned when they are gone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from foedus.evidence.anchor import anchor

WORDS = st.text(st.characters(categories=["Lu", "Ll", "Lo", "Nd"]), min_size=1, max_size=8)


@given(st.lists(WORDS, min_size=1, max_size=6), st.text(max_size=30), st.text(max_size=30))
def test_what_was_quoted_is_found_exactly(words: list[str], before: str, after: str) -> None:
    quote = " ".join(words)
    found = anchor(f"{before}{quote}{after}", quote)
    assert found.kind == "exact"
    assert f"{before}{quote}{after}"[found.start : found.end] == quote


@given(st.lists(WORDS, min_size=2, max_size=6))
def test_a_page_set_otherwise_still_has_the_words(words: list[str]) -> None:
    page = "“" + "\n  ".join(word.upper() for word in words) + "”"
    found = anchor(page, " ".join(words).lower())
    if found.kind == "orphan":  # a letter whose capital has another lower case is another letter
        assert any(word.upper().casefold() != word.lower().casefold() for word in words)
    else:
        assert page[found.start : found.end].split() == [word.upper() for word in words]


def test_words_that_are_gone_are_orphans() -> None:
    assert anchor("The ministry regrets.", "the ministry denies").kind == "orphan"
    assert anchor("", "denies").kind == "orphan"
