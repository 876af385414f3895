"""One document against an index: all that have its text, and who had it first."""

from __future__ import annotations

import pytest

from foedus.terms.time import day
from foedus.trace.corpus import index
from foedus.trace.document import Document, Meta
from tests.trace.corpus.test_index import STORY


@pytest.fixture
def papers(tmp_path):
    dates = {
        "late": "2022-01-09",
        "early": "2022-01-05",
        "month": "2022-01",
        "undated": "",
        "next": "2022-01-06",
    }
    with index(tmp_path / "index", workers=1) as made:
        made.add(
            Document(name, f"News of {name}.\n{STORY}", meta=Meta(on=day(on) if on else None))
            for name, on in dates.items()
        )
        made.add([Document("other", "Something else altogether that nobody has copied from anyone at all.")])
        yield made


def test_every_holder_is_found_by_date_and_whose_date_is_unknown_is_said(papers):
    asked = Document("mine", f"I heard this. {STORY}")
    answer = papers.query(asked)
    assert [one.id for one in answer.holders] == ["month", "early", "next", "late", "undated"]
    assert answer.first == ("month", "early")  # within the month, it may have been before
    assert answer.undated == ("undated",)
    for one in answer.passages:
        assert one.b.document == "mine"
        assert asked.text[one.b.start : one.b.end] == STORY
    by_name = {one.id: one for one in answer.holders}
    for one in answer.passages:
        assert by_name[one.a.document].text[one.a.start : one.a.end] == STORY


def test_no_passages_have_to_be_found_before_a_query_and_new_documents_count_at_once(papers):
    papers.add([Document("newest", STORY, meta=Meta(on=day("2021-12-30")))])
    assert papers.query(Document("mine", STORY)).first == ("newest",)


@pytest.mark.parametrize(
    "text", ["", "x", "Nothing of this stands anywhere in the index, as far as is known."]
)
def test_a_text_that_stands_nowhere_has_no_holders(papers, text):
    answer = papers.query(Document("mine", text))
    assert answer.passages == answer.holders == answer.first == ()


def test_an_edited_copy_is_found(papers):
    asked = Document("mine", STORY.replace("three barges", "4 old boats").replace("salted ", ""))
    assert len(papers.query(asked).holders) == 5
