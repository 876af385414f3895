from __future__ import annotations

from datetime import date

import pytest

from foedus.assessment.assess import Asked
from foedus.diagnostics.visible import width
from foedus.report.compare import compare, show_comparison
from foedus.report.moved import Comparison, Moved
from tests.report.lir import WIDTHS, answer, raid


def to(**asked: object) -> Comparison:
    return compare(raid(), answer(asked=Asked(**asked)))  # pyright: ignore[reportArgumentType]


def assist(comparison: Comparison) -> Moved:
    [moved] = [moved for moved in comparison.moved if moved.norm.id == "lir.assist"]
    return moved


def test_nothing_moves_to_itself() -> None:
    comparison = compare(raid(), raid())
    assert comparison.moved == ()
    assert comparison.unmoved == sum(len(finding.bearers) for finding in raid().findings)
    assert "Nothing moves" in show_comparison(comparison)


def test_a_supposition_moves_what_rests_on_it_and_is_named() -> None:
    moved = assist(to(suppose={"bound": "no"}))
    assert [v.word for v in moved.before] == ["depends"]
    assert [v.word for v in moved.after] == ["does not arise"]
    assert moved.bearers == ("BOR", "CAD")
    assert [(c.kind, c.subject, c.after) for c in moved.because] == [("supposition", "bound", "no")]


def test_what_it_turns_on_can_move_alone() -> None:
    moved = assist(to(suppose={"lir.attack": "any author"}))
    assert moved.before[0].turns_on == ("bound", "lir.attack", "outside")
    assert moved.after[0].turns_on == ("bound",)
    assert moved.because[0].kind == "reading"


def test_norms_that_do_not_ask_for_it_do_not_move() -> None:
    assert {moved.norm.id for moved in to(suppose={"bound": "no"}).moved} == {"lir.assist"}


def test_what_was_known_moves_standings() -> None:
    moved = assist(to(known_by=date(2020, 3, 8)))
    causes = {c.subject: (c.before, c.after) for c in moved.because if c.kind == "standing"}
    assert causes["a1"] == ("established", "asserted")


def test_a_text_is_a_cause() -> None:
    moved = assist(to(text={"lir": "2001"}))
    assert moved.before[0].text == "2011"
    assert moved.after[0].text == "2001"
    assert "text" in {c.kind for c in moved.because}


def test_the_same_verdict_under_another_text_is_told_apart() -> None:
    text = show_comparison(to(text={"lir": "2001"}))
    assert "because of the text: 2011 → 2001" in text


def test_two_dossiers_are_compared_by_norm_and_by_what_facts_are_about() -> None:
    comparison = compare(answer("nothing"), raid())
    assert not comparison.same_case
    moved = assist(comparison)
    assert moved.bearers == ()
    assert "binds" in moved.after[0].turns_on
    assert "lir.attack" in moved.after[0].turns_on


def test_the_page_says_from_what_to_what_and_why() -> None:
    text = " ".join(show_comparison(to(suppose={"bound": "no"})).split())
    assert "2 findings moved" in text
    assert "1 ◧ depends on bound, lir.attack and outside 2 □ does not arise" in text
    assert "because of what is supposed: supposed bound = no" in text


@pytest.mark.parametrize("columns", WIDTHS)
def test_no_line_is_wider_than_the_page(columns: int) -> None:
    text = show_comparison(compare(answer("nothing"), raid()), columns)
    assert max(width(line) for line in text.split("\n")) <= columns
