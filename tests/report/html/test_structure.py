"""The first half of the page, read back: its elements lead to one another, and say what the terminal says."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from itertools import pairwise

import pytest

from foedus.assessment.assess import Asked, assess
from foedus.assessment.finding import Assessment
from foedus.library import Library
from foedus.report.conditions import Letters
from foedus.report.html.setting import anchor
from foedus.report.html.show import show_page
from foedus.report.json import to_json
from foedus.report.lead import sentences
from tests.report.html.reading import Element, by_id, read
from tests.report.lir import answer, raid

NAMES = ("kazakhstan-2022", "kyrgyzstan-2010", "armenia-2022", "raid", "nothing")


@cache
def assessed(name: str) -> Assessment:
    if name in ("raid", "nothing"):
        return answer(name)
    loaded = Library(trials=False).dossier(name)
    assert loaded.dossier is not None
    return assess(loaded.dossier, loaded.program)


@cache
def page(name: str) -> Element:
    return read(show_page(assessed(name)))


@pytest.mark.parametrize("name", NAMES)
def test_every_link_within_the_page_leads_somewhere(name: str) -> None:
    ids = by_id(page(name))
    targets = {a.attributes["href"][1:] for a in page(name).all("a") if a.attributes["href"].startswith("#")}
    assert targets <= ids.keys()
    labels = [e.attributes[n] for e in page(name) for n in ("for", "aria-labelledby") if n in e.attributes]
    assert set(labels) <= ids.keys()


@pytest.mark.parametrize("name", NAMES)
def test_headings_go_down_one_level_at_a_time(name: str) -> None:
    levels = [int(e.tag[1]) for e in page(name) if e.tag in ("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", NAMES)
def test_every_finding_stands_once_with_its_word_and_its_letters(name: str) -> None:
    told = {e.attributes["data-finding"]: e for e in page(name) if "data-finding" in e.attributes}
    assessment = assessed(name)
    assert told.keys() == {f.id for f in assessment.findings}
    letters = Letters.of(assessment)
    for finding in assessment.findings:
        (verdict,) = told[finding.id].all("p", "verdict")
        (word,) = verdict.all("b", "word")
        assert word.text == finding.granting.word
        (was,) = verdict.all("span", "was")
        assert was.text == ""
        shown = [a.text for span in verdict.all("span", "turns") for a in span.all("a", "letter")]
        if finding.granting.settled == "depends":
            assert shown and set(shown) <= set(letters.sorted(finding.granting.turns_on))
            assert shown[0] == letters.sorted(finding.granting.turns_on)[0]
        else:
            assert not shown


@pytest.mark.parametrize("name", NAMES)
def test_the_lead_is_the_terminals(name: str) -> None:
    shown = [p.text for p in page(name).all("p", "lead")]
    said = [s for _, s in sentences(assessed(name), Letters.of(assessed(name)))]
    assert [_close(s) for s in shown] == [_close(s) for s in said]


def _close(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", NAMES)
def test_a_question_is_a_field_set_that_can_be_supposed(name: str) -> None:
    assessment = assessed(name)
    sets = {e.attributes["data-question"]: e for e in page(name).all("fieldset")}
    assert sorted(sets) == sorted(q.id for q in assessment.questions)
    for question in assessment.questions:
        radios = sets[question.id].all("input")
        assert {e.attributes["name"] for e in radios} == {question.id}
        values = [e.attributes["value"] for e in radios]
        assert values[0] == "" and "checked" in radios[0].attributes
        assert len(values) == len(set(values)) >= 3
        if question.kind == "reading":
            assert values[1:] == [name for name, _ in question.answers]
        elif question.kind in ("fact", "judgement"):
            assert values[1:] == ["yes", "no"]


def test_every_radio_can_be_given_to_suppose() -> None:
    loaded = Library(trials=False).dossier("kazakhstan-2022")
    assert loaded.dossier is not None
    for field in page("kazakhstan-2022").all("fieldset"):
        values = [e.attributes["value"] for e in field.all("input")][1:]
        name = field.attributes["data-question"]
        supposed = assess(
            loaded.dossier, loaded.program, Asked(suppose={name: values[-1]}, only=("pko.notify",))
        )
        assert supposed.supposed


def test_without_a_script_no_control_is_seen() -> None:
    for name in NAMES:
        hidden = {id(below) for e in page(name) if "hidden" in e.attributes for below in e}
        scripted = {id(below) for e in page(name) if "scripted" in e.classes for below in e}
        controls = {id(e) for e in page(name) if e.tag in ("input", "button")}
        assert controls <= hidden & scripted
        assert {id(e) for e in page(name) if "scripted" in e.classes} <= hidden


def test_a_row_holds_what_all_its_speakers_hold() -> None:
    positions = {p.speaker: p for p in assessed("kazakhstan-2022").positions}
    (table,) = page("kazakhstan-2022").all("table", "positions")
    rows = [tr for tr in table.all("tr") if "data-speaker" in tr.attributes]
    assert len(rows) > 4
    for row in rows:
        holds = json.loads(row.attributes["data-holds"])
        for speaker in row.attributes["data-speaker"].split():
            said = positions[speaker].holds
            assert holds == {k: v for k, v in said.items() if v not in ("doubted", "both", "reported")}


def test_grounds_say_every_claim_that_json_does() -> None:
    whole = to_json(assessed("kazakhstan-2022"))
    ids = by_id(page("kazakhstan-2022"))
    for fact in whole["facts"]:
        told = next(e for name, e in ids.items() if name == anchor("fact", fact["id"]))
        assert len(told.all("dt")) == len(fact["claims"])


def test_ids_are_the_same_each_time_and_need_no_letter() -> None:
    assert by_id(page("raid")).keys() == by_id(read(show_page(raid()))).keys()
    assert "open-lir.attack" in by_id(page("raid"))
    assert "norm-lir.assist" in by_id(page("raid"))
    assert "norm-pko.send" in by_id(page("kyrgyzstan-2010"))


def test_nothing_in_force_is_said() -> None:
    early = read(show_page(answer("raid", Asked(on=date(1990, 1, 1)))))
    assert [p.text for p in early.all("p", "lead")] == [
        "No norm of the instruments asked about binds anybody on that day."
    ]
    assert "Compact of Lir" in early.all("li", "absent")[0].text
    assert not early.all("form")
