"""The table of states: complete, well formed, and readable in sentences."""

from __future__ import annotations

import re

import pytest

from foedus.terms.states import ALSO_CALLED, STATES, name_of, nearest, with_article

ISO_COUNT = 249
"""Entries of ISO 3166-1 (since South Sudan in 2011)."""


def test_the_table_is_complete_and_well_formed() -> None:
    codes = list(STATES)
    assert codes.index("XKX") == ISO_COUNT  # the first that ISO does not assign
    for code, state in STATES.items():
        assert re.fullmatch(r"[A-Z]{3}", code)
        assert state.code == code
        assert state.name.strip() == state.name != ""
        assert not state.name.lower().startswith("the ")
        if state.from_ and state.until:
            assert state.from_.last < state.until.first, code
    assert len({state.name for state in STATES.values()}) == len(STATES)


def test_present_states_have_no_dates_and_former_ones_an_end() -> None:
    for index, (code, state) in enumerate(STATES.items()):
        assert (state.until is not None) == (index > ISO_COUNT and code != "ROC"), code


@pytest.mark.parametrize(
    ("code", "words"),
    [("KAZ", "Kazakhstan"), ("RUS", "the Russian Federation"), ("NLD", "the Netherlands"), ("PRU", "Prussia"),
     ("USA", "the United States"), ("SUN", "the Soviet Union"), ("ARV", "ARV")],
)  # fmt: skip
def test_names_in_a_sentence(code: str, words: str) -> None:
    assert with_article(code) == words


@pytest.mark.parametrize(
    ("word", "code"),
    [("kaz", "KAZ"), ("Russia", "RUS"), ("the United Kingdom", "GBR"), ("Kazachstan", "KAZ"),
     ("Turkey", "TUR"), ("USSR", "SUN"), ("", None), ("zzzzzz", None), ("x" * 10_000, None)],
)  # fmt: skip
def test_the_code_that_was_meant(word: str, code: str | None) -> None:
    assert nearest(word) == code


def test_other_names_lead_to_codes_of_the_table() -> None:
    assert set(ALSO_CALLED.values()) <= set(STATES)
    assert name_of("TUR") == "Türkiye"
