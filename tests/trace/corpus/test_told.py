"""An index is read out with what everybody may quote and what a publisher repeats told apart, as in memory."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.wire import Press
from foedus.trace.compare import ordered, passages
from foedus.trace.corpus import add as adding
from foedus.trace.corpus import index
from foedus.trace.corpus.told import alignment
from foedus.trace.document import Document, Meta
from foedus.trace.plan import Settings
from foedus.trace.repeated import repeated
from foedus.trace.tokens import tokenise
from tests.trace.corpus.test_index import STORY
from tests.trace.test_third import RETOLD, TREATY, A, B

HEAD = (
    "Marsh Sheet, weekly chronicle of reedcutters everywhere"  # shorter than what is joined as one paragraph
)
FOOT = "Letters answered Mondays beside the lighthouse sluice"


def pages(count: int, first: int = 0) -> list[Document]:
    """Pages of one paper, each with its own story between a head and a foot that all have."""
    numbers = range(first, first + count)
    return [
        Document(
            f"p{n:02}",
            f"{HEAD}\n"
            + " ".join(f"word{n}of{place} went{place}by{n} boat{n}at{place}" for place in range(24))
            + f"\n{FOOT}",
            meta=Meta(publisher="Sheet"),
        )
        for n in numbers
    ]


def both(
    place: Path, documents: list[Document], known: tuple[Document, ...] = ()
) -> tuple[list[str], list[str]]:
    """The passages that an index and a comparison in memory tell."""
    with index(place, settings=Settings(), workers=1) as made:
        made.add(ordered(documents))
        made.find()
        told = sorted(map(repr, made.passages(known)))
    return told, sorted(map(repr, passages(repeated(documents), known)))


def test_what_a_known_text_has_is_shared_as_in_memory(tmp_path):
    copied = [
        Document(one.id * 2, one.text.replace(RETOLD, f"{STORY} It is agreed {RETOLD}")) for one in (A, B)
    ]
    index_says, memory_says = both(tmp_path / "index", [A, B, *copied], (TREATY,))
    assert index_says == memory_says
    assert any("kind='shared'" in one and "third='lake-pact'" in one for one in index_says)
    assert any("kind='verbatim'" in one and "third=''" in one for one in index_says)


def test_what_is_known_is_for_whoever_asks_to_say(tmp_path):
    with index(tmp_path / "index", workers=1) as made:
        made.add([A, B])
        made.find()
        assert [one.kind for one in made.passages()] == ["verbatim"]
        assert [one.kind for one in made.passages([TREATY])] == ["shared"]
        assert [one.kind for one in made.passages()] == ["verbatim"]
        found = made.query(Document("asked", A.text), [TREATY]).passages
        assert {one.third for one in found if one.a.document == "b"} == {"lake-pact"}


def test_a_known_text_that_lies_in_the_index_is_no_document_of_it(tmp_path):
    law = replace(TREATY, path="crawl/law.txt")
    with index(tmp_path / "index", workers=1) as made:
        made.add([law, A, replace(B, path="other/law.txt")])
        made.find()
        assert [one.id for one in made.documents([law])] == ["a", "b"]
        assert {one.a.document for one in made.passages([law])} == {"a"}
        answer = made.query(Document("asked", TREATY.text), [law])
        assert [one.id for one in answer.holders] == ["a", "b"]


def test_lines_that_a_publisher_repeats_are_boilerplate_as_in_memory(tmp_path):
    copy = Document("copy", f"Heard at the ford.\n{pages(1)[0].text.splitlines()[1]}\nSo they say.")
    documents = [*pages(5), copy]
    told, memory = both(tmp_path / "index", documents)
    assert told == memory
    kinds = {("boilerplate" in one, "copy" in one) for one in told}
    assert kinds == {(True, False), (False, True)}


def test_a_publisher_whose_pages_come_day_by_day_is_counted_as_a_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(adding, "CHARACTERS", 2000)
    with index(tmp_path / "index", settings=Settings(), workers=1) as made:
        made.add(pages(3))
        made.find()
        assert {one.kind for one in made.passages()} == {"verbatim"}
        assert not any(one.marks for one in made.documents())
        made.add(pages(3, first=3))
        made.find()
        assert {one.kind for one in made.passages()} == {"boilerplate"}
        for one in made.documents():
            assert [one.text[mark.start : mark.end] for mark in one.marks] == [HEAD, FOOT]


words = st.sampled_from(["pier", "barge", "herring", "of", "the", "salt", "码", "头", "пирс"])


@settings(max_examples=25)
@given(st.lists(words, max_size=20), st.lists(words, max_size=20), st.integers(0, 20))
def test_the_words_that_are_equal_are_known_again_from_a_passage(
    before: list[str], after: list[str], at: int
):
    some = STORY.split()
    texts = [" ".join(some), " ".join([*before, *some[:at], *after[:3], *some[at:], *after])]
    a, b = (Document(name, text) for name, text in zip("ab", texts, strict=True))
    tokens = tokenise(texts)
    for one in passages([a, b]):
        found = alignment(one, tokens.of(0), tokens.of(1))
        assert found.same == round(one.likeness * one.words)
        assert max(found.a_to - found.a_from, found.b_to - found.b_from) == one.words
        assert found.verbatim == (one.kind == "verbatim")
        for block in found.blocks:
            left = tokens.of(0).word[block.a : block.a + block.n]
            assert left.tolist() == tokens.of(1).word[block.b : block.b + block.n].tolist()


@pytest.mark.parametrize("seen", [10**9, 500])
def test_how_rare_a_word_is_can_be_judged_from_a_part(tmp_path, monkeypatch, seen):
    monkeypatch.setattr("foedus.trace.corpus.told.SEEN", seen)
    monkeypatch.setattr(adding, "CHARACTERS", 6000)
    with index(tmp_path / "index", workers=1) as made:
        made.add([document for document, _ in Press(5, 900).documents(20)])
        made.add([A, B])
        made.find()
        pair = [one for one in made.passages([TREATY]) if (one.a.document, one.b.document) == ("a", "b")]
        assert [one.kind for one in pair] == ["shared"]
