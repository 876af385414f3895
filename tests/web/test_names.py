"""Names: as they are meant, and refused where they would deceive."""

from __future__ import annotations

from unicodedata import category, is_normalized, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.diagnostics.problem import Refused
from foedus.diagnostics.visible import visible
from foedus.web.names import LONGEST, name_of, same


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Asel", "Asel"),
        ("  Asel \u00a0 T.\u3000 ", "Asel T."),
        ("Ren\u0065\u0301e", "Renée"),
        ("O’Brien-Müller, Jr.", "O’Brien-Müller, Jr."),
        ("Асель Токтогулова", "Асель Токтогулова"),
        ("Anna Петрова", "Anna Петрова"),
        ("日本 太郎", "日本 太郎"),
        ("محمد", "محمد"),
        ("Delegate 7", "Delegate 7"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("x" * LONGEST, "x" * LONGEST),
    ],
)
def test_names_are_read_as_they_are_meant(typed: str, name: str) -> None:
    assert name_of(typed) == name


@pytest.mark.parametrize(
    "typed",
    [
        "", "   ", "\u3164", "\u115f\u1160", "\u2800", "\u200b", "...", "-", "💥", "\u0301\u0301",
        "A\u202enasel", "A\u2066x\u2069", "A\u200bsel", "A\ufeffsel", "A\u00adsel", "A\nsel",
        "A\tsel", "A\x00", "A\x1b[31m",
        "\ud800A", "A\ue000", "A\u2028B", "\U000e0041A",
        "\u0410sel", "Аsel", "Asеl", "Αsel", "x" * (LONGEST + 1), "x" * 1_000_000,
        "A" + "\u0316" * 5, "e" + "\u0301" * 50,
    ],
)  # fmt: skip
def test_names_that_deceive_are_refused(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        name_of(typed)
    (problem,) = refused.value.problems
    assert problem.code == "F731"
    assert problem.values["name"] == visible(problem.values["name"]), "it can be shown"


LETTERS = st.characters(categories=["L", "Zs", "Mn", "Nd"])


@given(st.one_of(st.text(LETTERS, min_size=1, max_size=12), st.text(max_size=80)))
def test_a_name_stays_as_it_is_once_it_was_read(typed: str) -> None:
    try:
        name = name_of(typed)
    except Refused:
        return
    assert name_of(name) == name
    assert is_normalized("NFC", name)
    assert 0 < len(name) <= LONGEST
    assert name == name.strip()
    assert not any(category(c)[0] == "C" for c in name)
    assert any(category(c)[0] in "LN" for c in name)
    assert visible(name) == name
    assert same(name)


@given(st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x24F), min_size=1, max_size=20))
def test_names_that_differ_in_capitals_and_spaces_are_alike(name: str) -> None:
    assert same(name) == same(f" {name} ") == same(normalize("NFD", name)) == same(" ".join(name))


def test_wide_letters_are_like_the_narrow_ones() -> None:
    assert same("\uff21sel") == same("asel")
    assert same("Asel") != same("Asel II")
