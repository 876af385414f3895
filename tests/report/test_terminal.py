from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from foedus.assessment.assess import Asked
from foedus.diagnostics.visible import width
from foedus.report.terminal import show_assessment
from tests.report.lir import HERE, WIDTHS, answer, raid

COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def page(**asked: object) -> str:
    return show_assessment(answer(asked=Asked(**asked)))  # pyright: ignore[reportArgumentType]


def part(text: str, heading: str) -> str:
    """One section of a page, up to the next empty line."""
    found = re.search(rf"^{re.escape(heading)}.*?(?=\n\n|\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"no section {heading}"
    return found[0]


def test_the_whole_page() -> None:
    """A shape too long to state: to accept a change, write what is shown into the file."""
    golden = HERE / "golden" / "raid.txt"
    assert show_assessment(raid()) == golden.read_text(encoding="utf-8")


def test_the_lead_names_the_bearers_and_what_it_turns_on() -> None:
    lead = " ".join(page().partition("Compact of Lir · text")[0].split())
    had_to = (
        "◧ Whether Bor and Cad had to help the party that is attacked under Article 1 of the Compact of Lir"
    )
    assert f"{had_to} turns on A, B and C." in lead
    assert "B whether “the raid on the border post” came from" in lead


def test_had_to_and_could_are_kept_apart() -> None:
    lead = page().partition("Compact of Lir · text")[0]
    assert "had to help" in lead
    assert "could not send a mission" in lead


def test_settled_under_a_supposition() -> None:
    text = page(suppose={"outside": "yes", "bound": "yes"})
    assert (
        "Supposing bound = yes and outside = yes" in text or "Supposing outside = yes and bound = yes" in text
    )
    assert "■ Granting what nobody disputes, Bor and Cad had to help the party that is attacked" in " ".join(
        text.split()
    )
    assert "how “attack” is read makes no difference here" in " ".join(text.split())


def test_on_the_facts_where_it_differs() -> None:
    text = " ".join(page(suppose={"outside": "yes", "bound": "yes"}).split())
    assert "which nobody disputes; on the facts alone: depends" in text


def test_the_text_that_no_longer_applies() -> None:
    assert "text of 2001, had it still applied: does not arise" in page()


def test_conditions_in_letters() -> None:
    text = page()
    assert "arises if C yes, and either B yes or A “any author”" in text
    assert "does not arise if C no, or B no with A “external author”" in text


def test_copies_are_collapsed_and_said_to_be() -> None:
    assert "(1 source, 2 documents)" in part(page(), "Granted, because nobody disputes it")


def test_none_found_is_not_no() -> None:
    assert "doubted: Cad · none found is not no" in part(page(), "Open questions")


def test_a_reading_that_nobody_holds_is_shown() -> None:
    assert "“external author”: held by nobody on record" in part(page(), "Open questions")


def test_only_speakers_who_hold_something_stand_in_the_table() -> None:
    table = part(page(), "Who must be right")
    assert "Arvia" in table
    assert "Gazette" not in table
    assert "They are not answering the same question: two speak to B and C, one to A alone." in " ".join(
        table.split()
    )


def test_withdrawn_figures_are_marked_and_still_ones_counted() -> None:
    figures = " ".join(part(page(), "Figures").split())
    assert "12 on 6 March (Arvia; withdrawn: counted twice), 9 on 10 March" in figures
    assert "1 figure with one value each is in --json." in figures


def test_conduct_says_no_more_than_the_record() -> None:
    conduct = part(page(), "Conduct")
    assert "kept by BOR" in conduct
    assert "not shown: CAD" in conduct


def test_tensions_name_both_sides() -> None:
    assert "a column left Bor: Bor" in part(page(), "Statements in tension")


def test_before_entry_into_force() -> None:
    text = page(on=date(1999, 1, 1))
    assert "– Compact of Lir: in force from 2001-01-01" in text
    assert "binds anybody on that day" in text


def test_what_to_do_next() -> None:
    offers = part(page(), "Next")
    assert "foedus assess raid --why lir.assist" in offers
    assert "--suppose B=no" in offers
    assert "--json" in offers


@pytest.mark.parametrize("columns", WIDTHS)
def test_no_line_is_wider_than_the_page(columns: int) -> None:
    text = show_assessment(raid(), width=columns)
    assert max(width(line) for line in text.split("\n")) <= columns


def test_colour_only_if_asked_and_never_the_only_sign() -> None:
    plain, painted = show_assessment(raid()), show_assessment(raid(), colour=True)
    assert "\x1b" not in plain
    assert "\x1b" in painted
    assert COLOUR.sub("", painted) == plain


def test_an_output_without_our_signs() -> None:
    text = show_assessment(raid(), encoding="ascii")
    assert text.isascii()
    assert "+ depends on A, B and C" in text
    assert max(map(len, text.split("\n"))) <= 80


def test_a_hostile_title_moves_no_cursor() -> None:
    made = raid()
    hostile = replace(made, dossier=replace(made.dossier, title="\x1b[2J\u202eevil\rover"))
    text = show_assessment(hostile)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "␛[2J⟨U+202E⟩evil␍over" in text


def test_an_empty_record() -> None:
    text = show_assessment(answer("nothing"))
    assert "0 documents" in text
    assert "◧ Whether" in text
