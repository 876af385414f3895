from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.engines.contract import Sets
from foedus.report.conditions import Letters, Setting, _factor, in_words
from tests.report.lir import raid

Alternative = frozenset[Setting]
LETTERS = st.sampled_from("ABCDE")
ANSWERS = st.sampled_from(["yes", "no", "“any author”"])
FAMILIES = st.lists(
    st.frozensets(st.tuples(LETTERS, ANSWERS), min_size=1, max_size=4), min_size=1, max_size=7
)


def least(family: list[Alternative]) -> set[Alternative]:
    return {one for one in family if not any(other < one for other in family)}


@given(FAMILIES.map(lambda family: sorted(least(family), key=sorted)))
def test_factors_say_the_same_as_the_sets(family: list[Alternative]) -> None:
    expanded = [frozenset(choice) for factor in _factor(family) for choice in product(*factor)]
    assert least(expanded) == set(family)


def said(*alternatives: str) -> str:
    """`A+ B-`: A yes and B no; `C*`: C any author; `X!`: X fits."""
    answers = {"+": "yes", "-": "no", "*": "“any”", "~": "“outside”", "!": "fits"}
    sets = [frozenset((part[:-1], answers[part[-1]]) for part in each.split()) for each in alternatives]
    return " ".join(in_words(sets).split())


@pytest.mark.parametrize(
    ("sets", "expected"),
    [
        (["A+"], "A yes"),
        (["A+ F+"], "A and F yes"),
        (["A+ B-"], "A yes with B no"),
        (["A-", "F-"], "A or F no"),
        (["A-", "F-", "B- C~"], "A or F no, or B no with C “outside”"),
        (["A+ F+ B+", "A+ F+ C*"], "A and F yes, and either B yes or C “any”"),
        (["A+ C+", "B+ C+", "A+ D+", "B+ D+"], "either A or B yes, and either C or D yes"),
        (["C*", "C~"], "C “any” or C “outside”"),
        ([f"{letter}-" for letter in "ABCDE"], "any of A–E no"),
        (["D+", "P!"], "D yes or P fits"),
        ([], "nothing on record"),
        ([""], "anything"),
    ],
)
def test_conditions_in_words(sets: list[str], expected: str) -> None:
    assert said(*sets) == expected


def test_a_cut_list_says_so() -> None:
    letters = Letters.of(raid())
    assert "the list was cut" in letters.condition(Sets(((("bound", True),),), False), True)
    assert "cut" not in letters.condition(Sets(((("bound", True),),), True), True)


@pytest.mark.parametrize(
    ("variable", "question", "answer"),
    [
        ('lir.attack="any author"', "lir.attack", "any author"),
        ("r1@2020-03-06", "when r1", "6 March 2020"),
        ("r1@2020-03-06/2020-03-08", "when r1", "between 6 and 8 March 2020"),
        ("r1@9999-99-99", "when r1", "9999-99-99"),
        ("h1<r1", "order of h1 and r1", "h1 first"),
        ("h1=r1 at once", "order of h1 and r1", "at once"),
        ("r1.to=BOR", "r1.to", "Bor"),
        ("raiders=CAD", "who raiders is", "Cad"),
        ("raiders=other", "who raiders is", "somebody else"),
        ("outside", "outside", "yes"),
    ],
)
def test_variables_are_read_as_answers(variable: str, question: str, answer: str) -> None:
    read = Letters.of(raid()).read(variable, value=True)
    assert (read.question, read.answer) == (question, answer)
