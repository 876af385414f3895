"""The page of a cascade over treaty pages: whole by itself, every outcome drawn by a course of its own, the numbers of
the answer in tables, and no share of strata told as a chance."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from foedus.report.cascade_words import percent
from foedus.report.html.course.page import show_page
from foedus.report.strata.told import acts_of, drawn_of, enters_at, spoken
from foedus.report.strata.wording import act_words, because_words
from foedus.words.speech import languages, speaking
from tests.report.html.reading import Element, by_id, read
from tests.report.html.told import whole, with_coins

COMMAND = "foedus cascade july-1914"
ATTACK = '<script>alert(1)</script>" onmouseover="alert(2) {{ 7*7 }} \u202e'


def plain(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def text() -> str:
    return show_page(whole(), COMMAND)


@pytest.fixture(scope="module")
def page(text: str) -> Element:
    return read(text)


def test_nothing_is_fetched_and_no_script_is_let_run(text: str, page: Element) -> None:
    assert not re.search(r"""(?:src|srcset|data|action)=|@import|url\(|<script""", text)
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", text)
    policy = page.all("meta")[1].attributes["content"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert not [one for one in page if "style" in one.attributes]


def test_every_link_leads_somewhere_every_drawing_is_named_and_ids_are_its_own(page: Element) -> None:
    ids = by_id(page)
    assert len(ids) == sum("id" in one.attributes for one in page)
    links = [a.attributes["href"] for a in page.all("a")]
    assert len(links) > 20 and all(link[1:] in ids for link in links)
    drawings = [one for one in page.all("svg") if "aria-hidden" not in one.attributes]
    assert len(drawings) == 2 * (len(whole().strata.groups) + 2)
    for drawing in drawings:
        assert set(drawing.attributes["aria-labelledby"].split()) <= ids.keys()
        assert drawing.attributes["role"] == "img"


def test_headings_go_down_one_level_at_a_time(page: Element) -> None:
    levels = [int(e.tag[1]) for e in page if re.fullmatch("h[1-6]", e.tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(table.all("caption") for table in page.all("table"))


def test_a_share_of_strata_is_told_not_to_be_a_probability(page: Element) -> None:
    caption = by_id(page)["drawn-outcomes"].all("figcaption")[0].text
    assert "A share of strata counts readings and open facts; it is no probability." in caption
    assert "Strata are readings, not chances" in page.all("header")[0].text
    assert "41 472 strata: every combination of answers to 13 open questions." in page.text


def test_the_table_says_how_many_strata_bring_in_whom_and_what_is_not_considered(page: Element) -> None:
    found = whole().strata
    rows = {row.all("th")[0].text: row.text for row in by_id(page)["outcomes"].all("tbody")[0].all("tr")}
    for state, n in found.entered.items():
        row = rows[f"{spoken(state)} {state}"]
        assert f"({n:,.0f} strata)".replace(",", " ") in row
        assert f"({found.obliged.get(state, 0):,.0f} strata)".replace(",", " ") in row
    assert "1 August 1914" in rows["Germany DEU"]
    assert "BGR" not in found.states and "not considered" in rows["Bulgaria BGR"]


def test_every_outcome_is_drawn_by_the_acts_of_one_stratum_with_their_articles(page: Element) -> None:
    told = whole()
    for group, example in zip(told.strata.groups, told.examples, strict=True):
        article = by_id(page)[f"outcome-{group.number}"]
        acts = drawn_of(example.course)
        words = plain(article.all("desc")[0].text)
        for act in acts:
            said = f"Round {act.round}: {act_words(act)} ({because_words(act, told)})."
            assert plain(said) in words
        for state in group.belligerents:
            assert enters_at(state, acts) is not None
        drawing = article.all("svg")[0]
        assert set(group.belligerents) <= {each.text for each in drawing.all("text")}
        rows = article.all("tbody")[0].all("tr")
        assert len(rows) == len(acts_of(group))
        assert len(article.all("ol")[0].all("li")) == len(group.cases)


def test_by_which_article_the_united_kingdom_comes_in(page: Element) -> None:
    words = plain(by_id(page)["outcome-3"].all("desc")[0].text)
    assert (
        "The United Kingdom opens war on Germany (Treaty of London (Belgium), Art. II, owed to Belgium)"
        in words
    )
    assert "a plan: “march through Belgium when at war with France”" in words


def test_what_an_entry_turns_on_stands_under_each_answer(page: Element) -> None:
    section = by_id(page)["turns"]
    assert "Italy" in [h.text for h in section.all("h3")]
    pivot = next(p for p in whole().strata.pivots if (p.state, p.choice) == ("BEL", "staffs.through_belgium"))
    assert "Germany, France and the Russian Empire" in [h.text for h in section.all("h3")]
    place = [h.text for h in section.all("h3")].index("Belgium")
    table = section.all("table")[place]
    for answer, inside, of in pivot.by_answer:
        assert f"“{answer}”" in table.text and plain(percent(inside / of)) in plain(table.text)


def test_what_is_compared_what_it_rests_on_and_the_command_are_told(page: Element) -> None:
    happened = by_id(page)["happened"]
    [(what, table)] = whole().tables
    assert [h.text for h in happened.all("h3")] == [what]
    for row, cell in zip(
        happened.all("tbody")[0].all("tr"), (table.all, table.some, table.none), strict=True
    ):
        entered = row.all("td")[0].text
        assert all(spoken(one.state) in entered for one in cell.entered)
        assert entered.startswith(f"entered {len(cell.entered)} ") or not cell.entered
        said = [f"({round(one.strata):,} of {table.strata:,})".replace(",", " ") for one in cell.entered]
        assert [words in entered for words in said] == [cell is table.some] * len(said)
    rests = by_id(page)["rests"].text
    assert "Franco-Russian Military Convention" in rests and "dual.assist_joined" in rests
    assert "who opens a war attacks" in rests
    assert page.all("code")[0].text == COMMAND


def test_coins_are_told_as_worlds_and_who_is_at_war_in_some_is_hollow() -> None:
    told = with_coins()
    shares = [share for group in told.outcomes for share in group.entered.values()]
    assert any(0 < share < 1 for share in shares)
    page = read(show_page(told))
    drawing = by_id(page)["drawn-outcomes"]
    assert drawing.all("circle", "hollow") and "at war in some worlds" in drawing.text
    assert "64 worlds in each, seed 3." in page.text
    assert f"Kept with chance {plain(percent(0.6))}: duty" in plain(page.text)


def test_no_word_of_a_page_becomes_markup() -> None:
    told = whole()
    titles = dict.fromkeys(told.titles, ATTACK)
    choices = tuple(replace(choice, title=ATTACK) for choice in told.strata.choices)
    text = show_page(
        replace(told, title=ATTACK, titles=titles, strata=replace(told.strata, choices=choices)), ATTACK
    )
    page = read(text)
    assert not page.all("script") and not [e for e in page if "onmouseover" in e.attributes]
    assert "\u202e" not in text and "<script>alert(1)</script>" in page.text


@pytest.mark.parametrize("language", languages())
def test_it_is_there_in_every_language(language: str) -> None:
    with speaking(language):
        assert read(show_page(whole())).all("html")[0].attributes["lang"] == language
