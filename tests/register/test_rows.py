"""Who is bound on which day: from the rows alone, and as the engine says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.engines.contract import Circuit
from foedus.engines.situation import Situation
from foedus.evidence.closings import Closings
from foedus.evidence.record import Record
from foedus.library import Library
from foedus.register.keep import register
from foedus.register.rows import Instrument, Party, Text, both

LIBRARY = Library(trials=False)
LOADED = LIBRARY.load(LIBRARY.pages)
DAYS = st.dates(date(1835, 1, 1), date(2026, 1, 1))
EVERY = [(i.id, state) for i in register().instruments for state in {p.state for p in i.parties}]


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(EVERY), DAYS, st.sampled_from([0, 1, -1, None]), st.data())
def test_the_register_and_the_engine_agree_on_who_is_bound(
    pair: tuple[str, str], day: date, near: int | None, data: st.DataObject
) -> None:
    name, state = pair
    instrument = register().by_id[name]
    if near is not None:  # at the borders, where it is decided
        lives = [p for p in instrument.parties if p.state == state]
        text = data.draw(st.sampled_from([t for p in lives for t in (p.start, p.until) if t]))
        day = date.fromisoformat(text) + timedelta(near) if len(text) == 10 and text[0] != "[" else day
    program = LOADED.program
    at = Situation(program, Record(), {}, Closings(), day)
    lit = at.is_party(state, name, day)
    said = {Circuit.TRUE: "yes", Circuit.FALSE: "no"}.get(lit, "perhaps")
    ended = both(instrument.has(state, day), "yes" if not instrument.ended else _before_end(instrument, day))
    assert said == ended, (name, state, day)


def _before_end(instrument: Instrument, day: date):
    whole = Instrument("x", "X", in_force="0001-01-01", ended=instrument.ended)
    return whole.stands(day)


def test_every_page_has_its_record_and_every_record_a_page() -> None:
    assert set(register().by_id) == set(LOADED.program.instruments)
    assert not LOADED.problems or not LOADED.errors


def test_a_secret_text_governs_and_is_not_known() -> None:
    texts = (Text("public", "1900-02-01"), Text("protocol", "1900-02-01", secret_until="1905-06-30"))
    veil = Instrument("veil", "Veil", in_force="1900-02-01", texts=texts)
    assert veil.text_on(date(1901, 1, 1)) == "protocol"
    assert veil.text_on(date(1901, 1, 1), date(1901, 1, 1)) == "public"
    assert veil.text_on(date(1901, 1, 1), date(1905, 6, 30)) == "protocol"
    hidden = Instrument("hidden", "Hidden", in_force="1900-02-01", texts=texts[1:])
    assert hidden.stands(date(1901, 1, 1)) == "yes"
    assert hidden.stands(date(1901, 1, 1), date(1901, 1, 1)) == "no"


@pytest.mark.parametrize(
    ("day", "sure"),
    [
        ("2000-12-31", "no"),
        ("2001-01-01", "perhaps"),
        ("2003-01-01", "yes"),
        ("2008-05-05", "perhaps"),
        ("2009-06-01", "no"),
    ],
)
def test_an_uncertain_day_leaves_it_in_doubt(day: str, sure: str) -> None:
    life = Party("ARV", "party", "[2001-01-01,2003-01-01]", "[2008-01-01,2009-01-01]")
    assert life.on(date.fromisoformat(day)) == sure


def test_a_suspended_state_is_not_bound() -> None:
    parties = (
        Party("ARV", "party", "2001-01-01"),
        Party("ARV", "suspended", "2005-01-01", "2006-01-01"),
        Party("BOR", "guarantor", "2001-01-01"),
    )
    pact = Instrument("pact", "Pact", in_force="2001-01-01", parties=parties)
    assert [pact.has("ARV", date(year, 6, 1)) for year in (2004, 2005, 2006)] == ["yes", "no", "yes"]
    assert pact.members(date(2004, 1, 1)) == {"ARV": "yes"}
    assert pact.members(date(2004, 1, 1), "guarantor") == {"BOR": "yes"}
