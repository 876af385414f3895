"""The page of a trace: whole by itself, every link of it leading somewhere, and no word of a document is markup."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from foedus.report.html.trace import page as pages
from foedus.report.html.trace.graph import SHAPES, drawn, forest
from foedus.report.html.trace.page import show_page
from foedus.report.html.trace.sides import MOST, WHOLE, sides
from foedus.report.trace.pairs import pairs_of
from foedus.terms.edtf import EDate
from foedus.trace.document import Document, Mark, Meta
from foedus.trace.passage import Edit, Group, Link, Passage, Span, Traced
from foedus.words.speech import phrase
from tests.report.html.reading import Element, by_id, read
from tests.report.trace.corpus import MINUTES, ford

ATTACK = '<script>alert(1)</script>" onmouseover="alert(2) \' {{ 7*7 }} \u202e'


def pane(page: Element, pair: int, side: int) -> Element:
    (section,) = [one for one in page.all("section") if one.attributes.get("id") == f"pair-{pair}"]
    return section.all("div", "text")[side - 1]


def test_every_link_leads_to_something_on_the_page() -> None:
    page = read(show_page(ford(), "foedus trace press"))
    places = by_id(page)
    links = [one.attributes["href"] for one in page.all("a")]
    assert len(links) > 12
    assert [link for link in links if not link.startswith("#") or link[1:] not in places] == []


def test_nothing_is_fetched_and_the_policy_holds() -> None:
    text = show_page(ford())
    assert not re.search(r"""(?:src|srcset|data|action)=|@import|url\(|https?://""", text)
    assert "default-src 'none'" in read(text).all("meta")[1].attributes["content"]


def test_each_number_leads_to_the_same_words_in_the_other_text() -> None:
    page = read(show_page(ford()))
    places = by_id(page)
    for badge in page.all("a", "badge"):
        other = places[badge.attributes["href"].removeprefix("#")]
        assert other.attributes["href"] == f"#{badge.attributes['id']}"
        assert badge.text == other.text


def test_the_texts_stand_there_word_for_word() -> None:
    page = read(show_page(ford()))
    for badge in (found := pane(page, 1, 1)).all("a", "badge"):
        badge.held.clear()
    for label in found.all("span", "kind"):
        label.held.clear()
    assert re.sub(r"\s", "", found.text) == re.sub(r"\s", "", MINUTES)


def test_changes_double_places_and_marks_are_seen() -> None:
    page = read(show_page(ford()))
    first, second = pane(page, 1, 1), pane(page, 1, 2)
    assert [one.text for one in first.all("span", "only")] == [
        "short"
    ]  # “the request” is in passage 2 as it is
    assert [one.text for one in second.all("span", "only")] == ["an urgent request", "brief"]
    assert [one.text for one in first.all("span", "twice")] == [
        "the request", "of the marsh people the Council sent",
    ]  # fmt: skip
    assert [one.text for one in first.all("span", "aside")] == ["The clerk writes for the Council."]
    assert first.all("span", "kind")[0].text == "byline"
    assert {"verbatim", "edited", "shared"} <= {
        name for one in first.all("span", "cut") for name in one.classes
    }


def test_no_word_of_a_document_becomes_markup() -> None:
    traced = ford()
    hostile = tuple(
        replace(
            one, id=one.id, text=one.text + ATTACK, path=one.path + ATTACK, encoding=ATTACK,
            meta=replace(one.meta, title=ATTACK, publisher=ATTACK, speaker=ATTACK, language='en" onclick="x'),
        )
        for one in traced.documents
    )  # fmt: skip
    links = tuple(replace(link, why=phrase("{x}", x=ATTACK)) for link in traced.links)
    before, after = (
        read(show_page(traced)),
        read(show_page(replace(traced, documents=hostile, links=links), ATTACK)),
    )
    assert len(after.all("script")) == len(before.all("script"))
    assert not [one for one in after if any(name.startswith("on") for name in one.attributes)]
    assert {one.tag for one in after} - {one.tag for one in before} <= {"code"}
    assert after.text.count("<script>alert(1)") > 8
    assert "\u202e" not in show_page(replace(traced, documents=hostile))


def test_letters_of_persian_keep_their_shape_and_texts_from_the_right_are_told() -> None:
    traced = ford()
    first, *rest = traced.documents
    text = first.text + "می\u200cخواهم\n"
    said = show_page(replace(traced, documents=(replace(first, text=text), *rest)))
    assert "می\u200cخواهم" in said
    assert 'dir="auto"' in said


def two(a: Document, b: Document, *passages: Passage) -> Traced:
    link = Link(a.id, b.id, "", phrase("both"), 0.5, 0.5, tuple(range(len(passages))))
    return Traced((a, b), passages, (link,), (Group((a.id, b.id), (phrase("both"),)),))


def test_of_ten_million_characters_only_what_is_shared_is_on_the_page() -> None:
    filler = "word " * 1_000_000
    a, b = Document("a", filler + "the same words" + filler), Document("b", "the same words" + filler)
    passage = Passage(Span("a", 5_000_000, 5_000_014), Span("b", 0, 14), "verbatim", 1, 3)
    said = show_page(two(a, b, passage))
    assert len(said) < 100_000
    assert "the same words" in said
    assert said.count("characters are left out here") == 3


def test_a_copy_of_ten_million_characters_is_cut_in_the_middle() -> None:
    text = "word " * 2_000_000
    passage = Passage(Span("a", 0, len(text)), Span("b", 0, len(text)), "verbatim", 1, 2_000_000)
    said = show_page(two(Document("a", text), Document("b", text), passage))
    assert len(said) < 200_000
    assert read(said).all("a", "badge")


def test_a_hundred_thousand_changes_do_not_blow_up() -> None:
    text = "a b " * 20_000
    edits = tuple(Edit(4 * n, 4 * n + 1, 4 * n, 4 * n + 1) for n in range(20_000))
    passage = Passage(Span("a", 0, len(text)), Span("b", 0, len(text)), "edited", 0.5, 40_000, edits)
    assert len(text) > WHOLE
    first, _ = sides(next(iter(pairs_of(two(Document("a", text), Document("b", text), passage)))))
    assert first.shown < len(text)


@pytest.mark.parametrize("spans", [[], [(0, 3)], [(0, 3), (0, 3)], [(2, 9), (5, 12)], [(0, 12)], [(3, 3)]])
def test_whatever_the_passages_the_text_is_whole(spans: list[tuple[int, int]]) -> None:
    text = "ab\n\nc d\n\ne f"
    marks = (Mark(1, 6, "deck"), Mark(8, 30, "footer"))
    passages = tuple(
        Passage(Span("a", x, y), Span("b", x, y), "edited", 1, 1, (Edit(x, y, x, y),)) for x, y in spans
    )
    traced = two(Document("a", text, marks=marks), Document("b", text), *passages)
    for pair in pairs_of(traced):
        for side in sides(pair):
            shown = "\n\n".join("".join(cut.text for cut in one.cuts) for one in side.paragraphs)
            assert shown == text


def test_a_marked_part_is_named_once_however_it_is_cut() -> None:
    a = Document("a", "one two three four five", marks=(Mark(4, 18, "deck"),))
    passage = Passage(Span("a", 8, 13), Span("b", 0, 5), "verbatim", 1, 1)
    first, _ = sides(next(iter(pairs_of(two(a, Document("b", "three"), passage)))))
    cuts = [cut for paragraph in first.paragraphs for cut in paragraph.cuts]
    assert [cut.mark_begins for cut in cuts].count(True) == 1
    assert "".join(cut.text for cut in cuts if cut.mark == "deck") == "two three four"


def test_of_very_many_passages_the_first_are_shown_and_all_are_listed() -> None:
    text = ("same words " + "x" * 1500 + "\n") * 1000
    starts = [found.start() for found in re.finditer("same", text)]
    passages = tuple(Passage(Span("a", n, n + 10), Span("b", n, n + 10), "verbatim", 1, 2) for n in starts)
    (pair,) = pairs_of(two(Document("a", text), Document("b", text), *passages))
    first, _ = sides(pair)
    assert MOST / 2 < first.shown <= MOST
    assert len(pair.passages) == 1000


def test_more_pairs_than_the_page_takes_are_listed_and_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MOST_LAID_OUT", 1)
    page = read(show_page(ford()))
    assert [one.attributes["id"] for one in page.all("section", "pair")] == ["pair-1"]
    assert "The texts of 1 pair are not on this page" in page.text
    monkeypatch.setattr(pages, "MOST_LISTED", 1)
    assert "1 more pair is not listed" in read(show_page(ford())).text


def days(*names: tuple[str, int | None]) -> tuple[Document, ...]:
    return tuple(
        Document(name, "", meta=Meta(on=EDate.of(date(2022, 1, day)) if day else None)) for name, day in names
    )


def test_time_goes_to_the_right_and_copies_stand_below_their_origins() -> None:
    documents = days(("late", 9), ("first", 3), ("undated", None), ("alone", 5), ("second", 3))
    links = (
        Link("first", "late", "time", phrase(""), 0.5, 0.5, ()),
        Link("late", "undated", "", phrase(""), 0.4, 0.5, ()),
        Link("first", "undated", "", phrase(""), 0.3, 0.5, ()),
        Link("first", "second", "attribution", phrase(""), 0.9, 0.5, ()),
    )
    found = forest(Traced(documents, (), links, ()))
    assert [one.id for one in found.documents] == ["first", "second", "late", "undated", "alone"]
    assert found.links_left_out == 1
    for shape in SHAPES:
        drawing = drawn(found, shape)
        x = {node.full: node.x for node in drawing.nodes}
        assert x["first"] < x["second"] < x["late"] < x["undated"] <= shape.width
        assert sorted(edge.by for edge in drawing.edges) == ["attribution", "time", "unknown"]
        assert len({node.y for node in drawing.nodes}) == 5
        assert drawing.height > max(node.y for node in drawing.nodes)


def test_links_in_a_ring_are_drawn_once_each_document() -> None:
    documents = days(*((f"d{n}", None) for n in range(6)))
    ring = tuple(Link(f"d{n}", f"d{(n + 1) % 6}", "attribution", phrase(""), 0.5, 0.5, ()) for n in range(6))
    found = forest(Traced(documents, (), ring, ()))
    assert (len(found.documents), len(found.hung), found.links_left_out) == (6, 5, 1)


def test_thousands_are_counted_where_they_are_not_drawn() -> None:
    documents = days(*((f"d{n:04}", n % 28 + 1) for n in range(2000)))
    links = tuple(Link("d0000", one.id, "time", phrase(""), 0.5, 0.5, ()) for one in documents[1:])
    page = read(show_page(Traced(documents, (), links, (Group(tuple(d.id for d in documents), ()),))))
    assert "1920 documents are not drawn" in page.text
    assert len(page.all("svg", "wide")[0].all("circle")) == 80
