"""What the register says of norms in words, and what it calls the states that pages declare; in sentences and names."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from foedus.diagnostics.problem import Refused
from foedus.register.bound import bound
from foedus.register.keep import Register, register
from foedus.register.rows import Norm
from foedus.report.instruments import show_instrument
from foedus.report.layout import Sheet
from foedus.terms.codes import state_of

EXAMPLE = Path(__file__).parents[2] / "examples" / "narrows" / "narrows.md"


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Register:
    folder = tmp_path_factory.mktemp("treaties")
    shutil.copy(EXAMPLE, folder)
    return register(folder)


def norm(known: Register, name: str, text: str = "") -> Norm:
    instrument = known.find(name.partition(".")[0])
    return next(n for n in instrument.norms if n.id == name and text in ("", n.text))


def test_states_that_a_page_declares_have_their_names(invented: Register) -> None:
    assert invented.names["ARV"] == "Arvia"
    assert invented.names["DUN"] == "Dun"  # no party: a term of the page speaks of it
    assert [state_of(said, None, invented.names) for said in ("ARV", "arv", "Arvia", "arvia")] == ["ARV"] * 4
    with pytest.raises(Refused):
        state_of("ARV", None)


def test_a_real_state_keeps_its_code_beside_a_declared_one(invented: Register) -> None:
    assert state_of("KAZ", None, invented.names) == "KAZ"


def test_a_named_bearer_is_no_condition() -> None:
    """Only Italy helps Germany under Article II: nobody else is told that he would if he were Italy."""
    found = norm(register(), "triple.assist_germany")
    assert found.whom == ("DEU",)
    assert found.bearers == ("ITA",)
    assert not [clause for clause in found.when if "Italy" in clause]
    owed = bound(register(), "AUH", date(1914, 8, 1)).by
    assert found.id not in {bond.norm.id for bond in owed}


def test_a_named_bearer_that_has_left_bears_nothing() -> None:
    """Italy denounced the alliance on 4 May 1915."""
    by = {
        day: {b.norm.id for b in bound(register(), "DEU", day).to}
        for day in (date(1915, 5, 3), date(1915, 5, 4))
    }
    gone = {n for n in by[date(1915, 5, 3)] - by[date(1915, 5, 4)] if n.startswith("triple.")}
    assert gone


def test_clauses_say_who_and_what(invented: Register) -> None:
    found = norm(invented, "narrows.assist", "2010")
    assert "the request bound {whom}" in found.when
    assert "for Cad, only if Cad authorised its own part in it" in found.when
    assert found.until == ("{whom} took back the request",)
    assert any(
        "by a state other than the Russian Empire" in clause
        for clause in norm(register(), "dual.neutrality").when
    )


def test_what_is_the_same_under_every_text_is_said_once(invented: Register) -> None:
    sheet = Sheet(80)
    show_instrument(sheet, invented.find("narrows"))
    said = sheet.text()
    assert said.count("consult without delay") == 1
    assert said.count("help the party that suffers aggression · text of") == 2
    assert "Arvia, Bor, Cad: since 1 January 1995" in said
    assert "to the United Nations Security Council" in said
