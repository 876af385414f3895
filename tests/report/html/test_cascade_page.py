"""The page of a cascade: whole by itself, a table behind every drawing, the numbers of the answer, no word markup."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from foedus.report.cascade_words import names_of
from foedus.report.chains.wording import percent, with_interval
from foedus.report.html.cascade.page import show_page
from foedus.words.speech import languages, speaking
from tests.plots.asked import asked
from tests.report.html.reading import Element, by_id, read

COMMAND = "foedus cascade --shock AUH:SER --on 1914-07-28 --source atop=FILE"
ATTACK = '<script>alert(1)</script>" onmouseover="alert(2) {{ 7*7 }} \u202e'


@pytest.fixture(scope="module")
def text() -> str:
    return show_page(asked(), COMMAND)


@pytest.fixture(scope="module")
def page(text: str) -> Element:
    return read(text)


def test_nothing_is_fetched_and_no_script_is_let_run(text: str, page: Element) -> None:
    assert not re.search(r"""(?:src|srcset|data|action)=|@import|url\(|<script""", text)
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", text)
    policy = page.all("meta")[1].attributes["content"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert not [one for one in page if "style" in one.attributes]


def test_every_link_leads_somewhere_and_every_drawing_is_named(page: Element) -> None:
    ids = by_id(page)
    links = [a.attributes["href"] for a in page.all("a")]
    assert len(links) >= 6 and all(link[1:] in ids for link in links)
    drawings = page.all("svg")
    assert len(drawings) == 6
    for drawing in drawings:
        assert set(drawing.attributes["aria-labelledby"].split()) <= ids.keys()
        assert drawing.attributes["role"] == "img"


def test_headings_go_down_one_level_at_a_time(page: Element) -> None:
    levels = [int(e.tag[1]) for e in page if re.fullmatch("h[1-6]", e.tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_table_stands_behind_every_drawing(page: Element) -> None:
    for section in page.all("section"):
        if section.all("figure"):
            assert section.all("table")
            assert all(table.all("caption") for table in section.all("table"))
    assert all(each.all("figcaption") for each in page.all("figure"))


def test_the_tables_say_every_chance(page: Element) -> None:
    found = asked()
    names = names_of(found.built)
    section = by_id(page)["chances"]
    rows = {row.all("th")[0].text: row for row in section.all("tbody")[0].all("tr")}
    shown = [
        n for n, pair in enumerate(found.result.entered)
        if n not in (found.part.shock.attacker, found.part.shock.target) and max(c.value for c in pair) >= 0.01
    ]  # fmt: skip
    assert sorted(rows) == sorted(names[n] for n in shown)
    for n in shown:
        for chance in found.result.entered[n]:
            if chance.value:
                assert " ".join(with_interval(chance).split()) in " ".join(rows[names[n]].text.split())
    calls = by_id(page)["chains"].all("tbody")[0].all("tr")
    assert len(calls) == len(found.chains.calls)
    first = found.chains.calls[0]
    assert calls[0].all("th")[0].text == names[first.debtor]
    assert " ".join(percent(first.chance.value).split()) in " ".join(calls[0].text.split())


def test_what_would_be_otherwise_says_both_chances_and_what_may_be_chance(page: Element) -> None:
    section = by_id(page)["otherwise"]
    assert [h.text for h in section.all("h3")] == ["Without lir:13", "Without RUE:SER"]
    rows = section.all("tbody")[0].all("tr")
    (france,) = [row for row in rows if row.all("th")[0].text == "France"]
    assert france.all("td")[2].text.endswith("0 %")


def test_sources_readings_and_the_command_are_told(page: Element) -> None:
    rests = by_id(page)["rests"].text
    assert "Pacts of Lir 2.0 (1850–1925). The clerks of Lir (1926)" in rests
    assert "Reading: whoever joins a side makes the other side attacked." in rests
    assert page.all("code")[0].text == COMMAND


def test_no_word_of_the_data_becomes_markup() -> None:
    found = asked()
    evil = [replace(link, obligation=replace(link.obligation, title=ATTACK)) for link in found.built.duties]
    part = replace(found.part, built=replace(found.built, duties=tuple(evil)))
    text = show_page(replace(found, part=part), ATTACK)
    page = read(text)
    assert not page.all("script") and not [e for e in page if "onmouseover" in e.attributes]
    assert "\u202e" not in text and "49" not in by_id(page)["chains"].all("td", "under")[0].text
    assert "<script>alert(1)</script>" in page.text


@pytest.mark.parametrize("language", languages())
def test_it_is_there_in_every_language(language: str) -> None:
    with speaking(language):
        assert read(show_page(asked())).all("html")[0].attributes["lang"] == language
