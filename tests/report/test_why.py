from __future__ import annotations

from dataclasses import replace

import pytest

from foedus.diagnostics.problem import Refused
from foedus.diagnostics.visible import width
from foedus.engines.explain import Reason
from foedus.report.why import show_why
from tests.report.lir import WIDTHS, raid


def lines(norm: str = "lir.assist") -> str:
    """The grounds with every run of spaces as one: what is said, not where it breaks."""
    return " ".join(show_why(raid(), norm).split())


def test_every_step_has_a_mark_and_a_fact_its_standing() -> None:
    text = show_why(raid(), "lir.assist")
    assert "■ the raid on the border post, 5 March 2020" in text
    assert "◧ C · “the request to Bor” bound Arvia" in text
    assert "established" in text


def test_the_rule_that_gave_a_standing_is_said() -> None:
    assert (
        "established: two independent sources assert it, at least one of which gains nothing by it" in lines()
    )


def test_claims_name_speaker_source_day_and_how_it_was_read() -> None:
    text = lines()
    assert (
        "Arvia says so: “a grave attack” · “Note of the ministry” [note] · 6 March 2020 · read: whole" in text
    )
    assert "Cad doubts it: “we do not know” · “What was not found” [doubts] · 12 March 2020" in text
    assert "via https://example.org/a-copy-of-the-wire" in text


def test_copies_give_their_reason() -> None:
    assert "one source: note is the origin of wire: repeats its second paragraph" in lines()


def test_presumptions_and_closings_name_who_declares_them() -> None:
    assert "presumed: no withdrawn, until somebody asserts one: nobody says that it was taken back" in lines()
    assert "closed: complete for announced, says the encoder: no announcement is spoken of" in lines(
        "lir.send"
    )


def test_clauses_have_a_place() -> None:
    assert "lir.md:" in show_why(raid(), "lir.assist")
    assert "· Article 1 · Assistance" in lines()


def test_readings_have_holders() -> None:
    assert "Bor · “Report of the mission” [mission] · 1 May 2012" in lines()


def test_what_would_change_it() -> None:
    assert "what would change it: an independent denial would make it contested" in lines()


def test_a_finding_by_its_whole_id() -> None:
    finding = next(f for f in raid().findings if f.norm.id == "lir.assist")
    assert show_why(raid(), finding.id) == show_why(raid(), "lir.assist")


def test_an_unknown_norm_is_refused_with_the_nearest() -> None:
    with pytest.raises(Refused) as refused:
        show_why(raid(), "lir.asist")
    assert refused.value.problems[0].values["name"] == "lir.asist"
    assert "lir.assist" in refused.value.problems[0].values["known"]


@pytest.mark.parametrize("columns", WIDTHS)
def test_no_line_is_wider_than_the_page(columns: int) -> None:
    assert max(width(line) for line in show_why(raid(), "lir.assist", columns).split("\n")) <= columns


def test_grounds_as_deep_as_you_like() -> None:
    deep = Reason("yes", "the last", "fact")
    for _ in range(5000):
        deep = Reason("yes", "one more", "or", children=(deep,))
    made = raid()
    findings = tuple(replace(f, reason=deep) if f.norm.id == "lir.assist" else f for f in made.findings)
    text = show_why(replace(made, findings=findings), "lir.assist")
    assert "the last" in text
    assert max(map(width, text.split("\n"))) <= 80
