"""Votes that count: semantics, example 13, and the degenerate ones."""

from __future__ import annotations

from fractions import Fraction

import pytest

from foedus.ir.decision import MAJORITY, Tally, Test, outcome

PRESENT = ("for", "against", "abstain")
FOUR_OF_SEVEN = Tally(quorum=(Test(PRESENT, Fraction(4)),), passes=(MAJORITY,))
TWO_THIRDS = Tally(passes=(Test(("for",), Fraction(2, 3), of=("for", "against", "abstain", "absent")),))


def votes(yes: int, no: int = 0, abstain: int = 0, absent: int = 0) -> dict[str, str]:
    cast = ["for"] * yes + ["against"] * no + ["abstain"] * abstain + ["absent"] * absent
    return {f"M{n}": status for n, status in enumerate(cast)}


@pytest.mark.parametrize(
    ("rule", "cast", "word"),
    [
        pytest.param(FOUR_OF_SEVEN, votes(3, 0, 0, 4), "void", id="three for, nobody against: no quorum"),
        pytest.param(FOUR_OF_SEVEN, votes(3, 1, 0, 3), "adopted", id="a vote against makes the quorum"),
        pytest.param(FOUR_OF_SEVEN, {}, "void", id="everyone excluded"),
        pytest.param(FOUR_OF_SEVEN, votes(0, 0, 7), "not adopted", id="all abstain"),
        pytest.param(FOUR_OF_SEVEN, votes(3, 3, 1), "not adopted", id="a tie"),
        pytest.param(Tally(passes=(MAJORITY,)), votes(1), "adopted", id="one member"),
        pytest.param(Tally(), votes(0, 0, 0, 3), "not adopted", id="nobody votes for: the floor holds"),
        pytest.param(Tally(floor=0), votes(0, 0, 0, 3), "adopted", id="unless the rule writes 0"),
        pytest.param(TWO_THIRDS, votes(14, 7), "adopted", id="two thirds of 21 is 14"),
        pytest.param(TWO_THIRDS, votes(13, 7), "not adopted", id="two thirds of 20 is more than 13"),
        pytest.param(TWO_THIRDS, votes(14, 6), "adopted", id="and 14 reach it"),
    ],
)
def test_outcome(rule: Tally, cast: dict[str, str], word: str) -> None:
    assert outcome(rule, cast).word == word


def test_every_line_says_what_was_needed() -> None:
    assert outcome(FOUR_OF_SEVEN, votes(3, 1, 0, 3)).lines == (
        "for, against, abstain: 4, at least 4 needed: yes",
        "for: 3, more than 2 (1/2 of 4) needed: yes",
    )
