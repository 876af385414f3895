"""Who took words from whom: direction, one origin for each word, and what counts as one source."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.trace.document import Document, Mark
from foedus.trace.lineage import LEAST, links, related, traced
from foedus.trace.passage import Link, Traced
from tests.trace.writing import document, prose, shared, traced_by_hand

STORY, OWN, OTHER = prose("story", 80), prose("own", 50), prose("other", 50)


def arrows(found: Traced) -> dict[str, str]:
    """`origin→copy` (or `a–b`) with how the direction is known."""
    return {f"{x.origin}{'→' if x.by else '–'}{x.copy}": x.by for x in found.links}


def members(found: Traced) -> list[tuple[str, ...]]:
    return [group.documents for group in found.groups]


def test_two_that_share_a_statement_are_two_documents_and_one_source() -> None:
    found = traced([document("a", OWN, STORY), document("b", STORY, OTHER)])
    assert arrows(found) == {"a–b": ""}
    [link] = found.links
    assert (link.words, link.verbatim, link.share) == (80, 80, 0.6154)
    assert link.why == (
        "a and b share 80 words, 80 of them word for word; which has them from which is not known"
    )
    assert (len(found.documents), found.sources) == (2, 1)


def test_who_shares_nothing_is_a_source_of_his_own() -> None:
    found = traced_by_hand([document("a", OWN), document("b", OTHER), document("c", STORY)])
    assert found.links == () and members(found) == [("a",), ("b",), ("c",)]


@pytest.mark.parametrize(("words", "linked"), [(LEAST - 5, 0), (LEAST + 5, 1)])
def test_a_set_phrase_links_nobody(words: int, linked: int) -> None:
    few = prose("phrase", words)
    assert len(traced_by_hand([document("a", OWN, few), document("b", few, OTHER)]).links) == linked


def test_many_names_are_no_passage() -> None:
    """Forty words in common, of which no twelve follow one another."""
    names = [prose(f"name {n}", 10)[:-1] for n in range(4)]
    first = " ".join(f"{name} {prose(f'p{n}', 30)}" for n, name in enumerate(names))
    second = " ".join(f"{name} {prose(f'q{n}', 30)}" for n, name in enumerate(names))
    assert traced_by_hand([document("a", first), document("b", second)]).links == ()


# ---- direction ----


def test_the_later_document_is_the_copy() -> None:
    found = traced_by_hand(
        [document("a", STORY, OWN, on="2020-03-05"), document("b", STORY, on="2020-03-04")]
    )
    assert arrows(found) == {"b→a": "time"}
    assert found.links[0].why == "a has 80 words of b, 80 of them word for word, and is later"


@pytest.mark.parametrize(
    ("first", "second"), [("2020-03-04", "2020-03-04"), ("2020-03", "2020-03-31"), ("2020-03-04", "")]
)
def test_a_date_that_does_not_settle_it_gives_no_direction(first: str, second: str) -> None:
    found = traced_by_hand([document("a", STORY, on=first), document("b", STORY, OWN, on=second)])
    assert arrows(found) == {"a–b": ""}


NAMED = {
    "its origin": {"origin": "Source: Arvia Wire"},
    "an origin's title": {"origin": "A column left Bor at dawn"},
    "an origin's address": {"origin": "https://wire.example/2020/column"},
}


@pytest.mark.parametrize("meta", NAMED.values(), ids=list(NAMED))
def test_what_a_document_says_of_its_origin_is_believed(meta: dict[str, str]) -> None:
    wire = document(
        "wire", STORY, publisher="Arvia Wire", title="A column left Bor at dawn",
        url="http://www.wire.example/2020/column/",
    )  # fmt: skip
    found = traced_by_hand([document("a", STORY, OWN, **meta), wire])
    assert arrows(found) == {"wire→a": "attribution"}


SAID = {
    "after the words": (STORY, f"So the Arvia Wire. {OWN}"),
    "before the words": (f"{OWN} The Arvia Wire writes:", f"“{STORY}”"),
    "in capitals": (f"{OWN} (ARVIA WIRE)", STORY),
    "the title anywhere": (STORY, OWN, OTHER, "We read “A column left Bor at dawn” with care."),
    "the address anywhere": (STORY, OWN, OTHER, "https://wire.example/2020/column#top"),
    "the speaker nearby": (STORY, "Thus the Ministry of Arvia for Roads. " + OWN),
}
UNSAID = {
    "far from the words": (STORY, OWN, OTHER, "The Arvia Wire was founded long ago."),
    "as a common word": (STORY, f"the arvia wire is cut. {OWN}"),
    "as part of a word": (STORY, f"Arvia Wireless is a firm. {OWN}"),
    "not at all": (STORY, OWN),
    "quotation marks alone": (OWN, f"“{STORY}”"),
}


def wire(text: str = STORY, **more: str) -> Document:
    meta = {
        "publisher": "Arvia Wire", "title": "A column left Bor at dawn",
        "speaker": "the Ministry of Arvia for Roads", "url": "https://wire.example/2020/column",
    }  # fmt: skip
    return document("wire", text, **{**meta, **more})


@pytest.mark.parametrize("parts", SAID.values(), ids=list(SAID))
def test_a_name_said_of_the_words_is_an_attribution(parts: tuple[str, ...]) -> None:
    assert arrows(traced_by_hand([document("a", *parts), wire()])) == {"wire→a": "attribution"}


@pytest.mark.parametrize("parts", UNSAID.values(), ids=list(UNSAID))
def test_a_name_said_of_something_else_is_none(parts: tuple[str, ...]) -> None:
    assert arrows(traced_by_hand([document("a", *parts), wire()])) == {"a–wire": ""}


def test_a_publisher_named_in_the_copied_words_is_credited_and_a_speaker_is_not() -> None:
    named = f"BOR (Arvia Wire) {STORY}"
    assert arrows(traced_by_hand([document("a", named, OWN), wire(named)])) == {"wire→a": "attribution"}
    spoken = f"{STORY} Thus the Ministry of Arvia for Roads. {OTHER}"
    assert arrows(traced_by_hand([document("a", spoken), wire(spoken)])) == {"a–wire": ""}


def test_a_name_in_a_footer_is_no_attribution_and_in_a_byline_it_is() -> None:
    text = f"{STORY}\n\n{OWN}\n\n{OTHER}\n\nArvia Wire"
    at = len(text) - len("Arvia Wire")
    for kind, by in (("footer", ""), ("heading", ""), ("byline", "attribution")):
        marked = replace(document("a", text), marks=(Mark(at, len(text), kind),))
        assert [link.by for link in traced_by_hand([marked, wire()]).links] == [by]


def test_a_publisher_that_both_have_names_neither() -> None:
    found = traced_by_hand([document("a", STORY, "Arvia Wire. " + OWN, publisher="Arvia Wire"), wire()])
    assert arrows(found) == {"a–wire": ""}


def test_attribution_stands_against_time_and_the_conflict_is_told() -> None:
    found = traced_by_hand(
        [
            document("a", STORY, OWN, on="2020-03-01", origin="Arvia Wire"),
            replace(wire(), meta=replace(wire().meta, on=document("x", on="2020-03-04").meta.on)),
        ]
    )
    [link] = found.links
    assert (link.origin, link.copy, link.by) == ("wire", "a", "attribution")
    assert link.conflict == "a names wire (“Arvia Wire”), and is dated before it"


def test_two_that_name_each_other_are_told_and_time_decides() -> None:
    a = document("a", STORY, "So the Arvia Wire.", publisher="Bor Gazette")
    b = replace(wire(f"{STORY} So the Bor Gazette."), meta=wire().meta)
    [link] = traced_by_hand([a, b]).links
    assert (link.by, link.conflict) == ("", "a and wire name each other")


def test_what_is_declared_is_an_attribution() -> None:
    documents = [document("a", STORY, OWN, on="2020-03-01"), document("b", STORY, on="2020-03-09")]
    [link] = traced_by_hand(documents, declared=[("a", "b")]).links
    assert (link.origin, link.copy, link.by) == ("b", "a", "attribution")
    assert link.conflict == "a is declared to derive from b, and is dated before it"
    assert "is declared to derive from it" in link.why


# ---- one origin for each word ----


def edited(text: str, every: int, seed: str) -> str:
    """The text with one word in so many changed."""
    words = text.split()
    fresh = prose(seed, len(words)).replace(".", "").split()
    return " ".join(fresh[n] if n % every == every // 2 else word for n, word in enumerate(words))


def test_a_copy_of_a_copy_has_one_origin() -> None:
    second = edited(STORY, 13, "b")
    found = traced([
        document("a", STORY, on="2020-03-01"),
        document("b", second, on="2020-03-02"),
        document("c", second, on="2020-03-03"),
    ])  # fmt: skip
    assert arrows(found) == {"a→b": "time", "b→c": "time"}


def test_a_document_may_have_two_origins() -> None:
    found = traced([
        document("a", STORY, on="2020-03-01"),
        document("b", OWN, on="2020-03-01"),
        document("c", STORY, OWN, on="2020-03-03"),
    ])  # fmt: skip
    assert arrows(found) == {"a→c": "time", "b→c": "time"}
    assert members(found) == [("a", "c"), ("b",)]
    assert found.groups[0].reasons[1] == (
        "c has words of b too, which makes no one source of those whom it copies"
    )


def test_words_that_are_only_in_one_of_two_kin_keep_their_link() -> None:
    """b copied part of a; c has that part from b, and another from a itself."""
    later = edited(STORY, 13, "b")
    found = traced([
        document("a", STORY, OWN, on="2020-03-01"),
        document("b", later, on="2020-03-02"),
        document("c", later, OWN, on="2020-03-03"),
    ])  # fmt: skip
    assert arrows(found) == {"a→b": "time", "a→c": "time", "b→c": "time"}
    [straight] = [link for link in found.links if (link.origin, link.copy) == ("a", "c")]
    assert straight.words == 130


def test_copies_of_one_story_are_not_copies_of_each_other() -> None:
    outlets = [document(f"outlet{n}", STORY, prose(f"o{n}", 30), on="2020-03-02") for n in range(5)]
    found = traced([document("wire", STORY, on="2020-03-01"), *outlets])
    assert arrows(found) == {f"wire→outlet{n}": "time" for n in range(5)}
    assert found.sources == 1


def test_one_word_in_common_by_chance_makes_no_copy_of_a_copy() -> None:
    words = STORY.split()
    first, second = list(words), list(words)
    first[30] = second[30] = "marsh"
    second[60] = "dyke"
    found = traced([
        document("wire", STORY, on="2020-03-01"),
        document("one", " ".join(first), on="2020-03-02"),
        document("two", " ".join(second), on="2020-03-03"),
    ])  # fmt: skip
    assert arrows(found) == {"wire→one": "time", "wire→two": "time"}


def test_the_origin_that_is_named_comes_before_the_nearer_one() -> None:
    found = traced([
        document("a", STORY, on="2020-03-01", publisher="Arvia Wire"),
        document("b", edited(STORY, 13, "b"), on="2020-03-02"),
        document("c", edited(STORY, 13, "b"), on="2020-03-03", origin="Arvia Wire"),
    ])  # fmt: skip
    assert arrows(found) == {"a→b": "time", "a→c": "attribution"}


# ---- groups ----


def test_a_press_review_ties_nobody_whom_it_quotes() -> None:
    found = traced_by_hand([
        document("one", STORY, on="2020-03-01"), document("two", OWN, on="2020-03-01"),
        document("three", OTHER, on="2020-03-01"),
        document("review", STORY, OWN, OTHER, prose("view"), on="2020-03-04"),
    ])  # fmt: skip
    assert found.sources == 3
    assert ("one", "review") in [tuple(sorted(group)) for group in members(found)]


def test_whom_nobody_dated_is_tied_to_both_lest_two_be_counted() -> None:
    found = traced_by_hand([document("a", STORY), document("b", OWN), document("c", STORY, OWN)])
    assert members(found) == [("a", "b", "c")]


# ---- what holds of any documents ----


@st.composite
def corpora(draw: st.DrawFn) -> list[Document]:
    made: list[Document] = []
    for n in range(draw(st.integers(2, 6))):
        parts = draw(st.lists(st.sampled_from([STORY, OWN, OTHER]), max_size=3, unique=True))
        on = draw(st.sampled_from(["", "2020-03-01", "2020-03-02", "2020-03-02", "2020-03", "2020-03-04"]))
        origin = draw(st.sampled_from(["", "", "", "House 1", "House 2"]))
        made.append(
            document(f"d{n}", prose(f"d{n}", 20), *parts, on=on, publisher=f"House {n}", origin=origin)
        )
    return made


@settings(deadline=None, max_examples=50)
@given(corpora(), st.randoms())
def test_the_order_of_documents_does_not_matter(documents: list[Document], chance: random.Random) -> None:
    found = traced_by_hand(documents)
    other = list(documents)
    chance.shuffle(other)
    again = traced_by_hand(other)
    assert (again.links, again.groups) == (found.links, found.groups)


@settings(deadline=None, max_examples=50)
@given(corpora(), st.randoms())
def test_neither_does_the_order_of_passages(documents: list[Document], chance: random.Random) -> None:
    found = shared(documents)
    other = list(found)
    chance.shuffle(other)

    def plain(some: tuple[Link, ...], numbered: list) -> list[tuple[object, ...]]:
        return [(x.origin, x.copy, x.by, x.words, {numbered[n] for n in x.passages}) for x in some]

    assert plain(links(documents, found), list(found)) == plain(links(documents, other), other)


@settings(deadline=None, max_examples=50)
@given(corpora())
def test_each_document_is_in_one_group_and_each_link_in_its_relation(documents: list[Document]) -> None:
    found = traced_by_hand(documents)
    assert sorted(name for group in found.groups for name in group.documents) == sorted(
        d.id for d in documents
    )
    pairs = {(x.origin, x.copy): x for x in related(documents, found.passages)}
    for link in found.links:
        assert set(link.passages) <= set(pairs[link.origin, link.copy].passages)
    copies = {link.copy for link in pairs.values() if link.by}
    assert copies == {link.copy for link in found.links if link.by}


@settings(deadline=None, max_examples=50)
@given(corpora(), st.data())
def test_a_later_copy_adds_no_source_and_ties_none(documents: list[Document], data: st.DataObject) -> None:
    before = traced_by_hand(documents)
    copied = data.draw(st.lists(st.sampled_from(documents), min_size=1, max_size=2, unique_by=lambda d: d.id))
    dated = [
        replace(d, meta=replace(d.meta, on=d.meta.on or document("x", on="2020-03-01").meta.on))
        for d in documents
    ]
    before = traced_by_hand(dated)
    copy = document("z", *(d.text for d in copied), on="2020-12-31")
    after = traced_by_hand([*dated, copy])
    assert after.sources == before.sources
    left = {frozenset(set(group.documents) - {"z"}) for group in after.groups}
    assert left == {frozenset(group.documents) for group in before.groups}
