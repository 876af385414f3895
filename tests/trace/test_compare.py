from difflib import SequenceMatcher
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.terms.edtf import EDate
from foedus.terms.time import day
from foedus.trace.compare import ordered, passages
from foedus.trace.document import Document, Mark, Meta
from foedus.trace.passage import Passage, Span
from foedus.trace.tokens import tokenise
from tests.trace.made import sentence, text, words

STORY = "The harbour master closed the northern pier at dusk because three barges had slipped their moorings."
seeds = settings(max_examples=6, deadline=None)
randoms = st.integers(0, 10**9).map(Random)


def said(document: Document, span: Span) -> str:
    return document.text[span.start : span.end]


def bare(some: str) -> list[int]:
    return tokenise([some]).word.tolist()


def consistent(found: Passage, a: Document, b: Document) -> None:
    """Places lie in the texts, what is not edited is the same, and edits come in order and change something."""
    at_a, at_b = found.a.start, found.b.start
    assert (found.a.document, found.b.document) == (a.id, b.id)
    assert 0 <= found.a.start < found.a.end <= len(a.text)
    assert 0 <= found.b.start < found.b.end <= len(b.text)
    for edit in found.edits:
        assert at_a <= edit.a_start <= edit.a_end <= found.a.end
        assert at_b <= edit.b_start <= edit.b_end <= found.b.end
        assert bare(a.text[at_a : edit.a_start]) == bare(b.text[at_b : edit.b_start])
        assert bare(a.text[edit.a_start : edit.a_end]) != bare(b.text[edit.b_start : edit.b_end])
        at_a, at_b = edit.a_end, edit.b_end
    rest = bare(a.text[at_a : found.a.end])
    assert rest == bare(b.text[at_b : found.b.end])
    assert rest  # the last words are equal
    assert (found.kind == "verbatim") == (not found.edits) or found.kind in ("shared", "boilerplate")


def test_a_sentence_that_two_documents_have_is_found_where_it_stands():
    a = Document("a", f"Nothing of note happened in the morning. {STORY} Later it rained.")
    b = Document("b", f"{STORY} Nobody was hurt, said the owner of a tavern nearby.")
    (found,) = passages([b, a])
    assert found.kind == "verbatim"
    assert said(a, found.a) == STORY == said(b, found.b)


@seeds
@given(randoms)
def test_a_text_against_itself_is_verbatim(random: Random):
    one = text(random)
    (found,) = passages([Document("a", one), Document("b", one)])
    assert (found.kind, found.likeness) == ("verbatim", 1.0)
    assert (found.a.start, found.a.end) == (found.b.start, found.b.end) == (0, len(one))


@seeds
@given(randoms)
def test_independent_texts_have_no_passages(random: Random):
    assert passages([Document(name, text(random, 30)) for name in "abcd"]) == ()


@seeds
@given(randoms, st.integers(0, 3))
def test_an_edited_sentence_is_found_and_its_edits_lead_from_one_text_to_the_other(
    random: Random, edits: int
):
    one = words(random, 30)
    other = list(one)
    for place in random.sample(range(4, 26), edits):
        other[place : place + 1] = words(random, random.choice((0, 1, 2)))
    a = Document("a", f"{text(random, 2)} {' '.join(one)}. {text(random, 2)}")
    b = Document("b", f"{text(random, 1)} {' '.join(other)}. {text(random, 3)}")
    (found,) = passages([a, b])
    consistent(found, a, b)
    assert (said(a, found.a), said(b, found.b)) == (" ".join(one) + ".", " ".join(other) + ".")


@seeds
@given(randoms)
def test_another_order_of_paragraphs_is_found_and_swapping_documents_swaps_sides(random: Random):
    parts = [sentence(random, 20) for _ in range(5)]
    mixed = random.sample(parts, len(parts))
    between = [sentence(random, 12) for _ in parts]
    a = Document("a", "\n\n".join(parts))
    b = Document("b", "\n\n".join(f"{x} {y}" for x, y in zip(between, mixed, strict=True)))
    found = passages([a, b])
    assert {said(a, one.a) for one in found} == set(parts)
    assert all(said(a, one.a) == said(b, one.b) for one in found)
    swapped = passages([Document("a", b.text), Document("b", a.text)])
    assert {(one.a.start, one.a.end, one.b.start, one.b.end) for one in found} == {
        (one.b.start, one.b.end, one.a.start, one.a.end) for one in swapped
    }


@seeds
@given(randoms)
def test_what_difflib_finds_long_is_found(random: Random):
    pool = [words(random, random.randint(5, 25)) for _ in range(6)]
    left, right = (
        [word for part in random.choices(pool, k=4) for word in (*part, *words(random, 20))] for _ in "ab"
    )
    a, b = Document("a", " ".join(left)), Document("b", " ".join(right))
    found = passages([a, b])
    for one in found:
        consistent(one, a, b)
    for block in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks():
        if block.size >= 10:
            start = len(" ".join(left[: block.a])) + bool(block.a)
            end = len(" ".join(left[: block.a + block.size]))
            assert any(one.a.start <= start and end <= one.a.end for one in found)


def test_one_passage_with_two_origins_is_two_and_no_more_than_say_something_new():
    random = Random(1)
    copied, other = sentence(random, 20), [text(random, 2) for _ in range(6)]
    a = Document("a", f"{copied} {other[0]} {copied} {other[1]} {copied} {other[2]}")
    b = Document("b", f"{other[3]} {copied} {other[4]} {copied} {other[5]}")
    found = passages([a, b])
    assert all(said(a, one.a) == copied == said(b, one.b) for one in found)
    assert (len({one.a.start for one in found}), len({one.b.start for one in found})) == (3, 2)
    assert len(found) == 4


def test_a_table_that_says_the_same_in_every_line_is_no_passage():
    a, b = (
        Document("a", "12 | 13 | total | none |\n" * 300),
        Document("b", "12 | 13 | total | none |\n" * 200),
    )
    assert passages([a, b]) == ()


def test_a_sentence_said_hundreds_of_times_does_not_blow_up():
    random = Random(2)
    a, b = (Document(name, " ".join(f"{STORY} {sentence(random, 3)}" for _ in range(700))) for name in "ab")
    assert passages([a, b])


def test_what_is_put_in_between_ends_a_passage():
    random = Random(3)
    first, second, between = sentence(random, 20), sentence(random, 20), sentence(random, 20)
    a, b = Document("a", f"{first} {second}"), Document("b", f"{first} {between} {second}")
    assert [said(b, one.b) for one in passages([a, b])] == [first, second]


def test_capitals_accents_and_marks_make_no_difference():
    a = Document(
        "a", "Les députés ont adopté la résolution à une large majorité, malgré les réserves du Sénat."
    )
    b = Document(
        "b", "LES DEPUTES ONT ADOPTE LA RESOLUTION — A UNE LARGE MAJORITE — MALGRE LES RESERVES DU SENAT!"
    )
    (found,) = passages([a, b])
    assert found.kind == "verbatim"
    assert said(b, found.b) == b.text[:-1]


def test_a_headline_may_be_copied_but_a_form_is_boilerplate():
    form = "Share your experiences and suggestions with our newsroom, or subscribe to receive every morning briefing."
    a, b = Document("a", f"{STORY}\n{form}"), Document("b", f"{STORY}\n{form}")
    starts = len(STORY) + 1
    marked = Document(
        "b", b.text, marks=(Mark(0, len(STORY), "heading"), Mark(starts, len(b.text), "footer"))
    )
    first, second = passages([a, marked])
    assert (first.kind, said(a, first.a)) == ("verbatim", STORY)
    assert (second.kind, said(a, second.a)) == ("boilerplate", form)
    assert [one.kind for one in passages([a, b])] == ["verbatim"]


def test_a_body_is_not_prolonged_by_a_form_that_follows_it():
    a = Document("a", f"{STORY} Read more here")
    b = Document(
        "b", f"{STORY} Read more here", marks=(Mark(len(STORY) + 1, len(STORY) + 15, "boilerplate"),)
    )
    (found,) = passages([a, b])
    assert said(b, found.b) == STORY


def test_what_one_quotes_and_the_other_says_itself_is_absorbed():
    a = Document("a", f"It rained all day, and {STORY} Then the rain stopped.")
    b = Document("b", f"The mayor wrote: “{STORY}” Nobody answered.")
    (found,) = passages([a, b])
    assert (found.quoted, found.absorbed) == ("b", "a")
    (found,) = passages([Document("a", b.text), Document("b", b.text.replace("mayor", "priest"))])
    assert (found.quoted, found.absorbed) == ("both", "")


@pytest.mark.parametrize(
    ("own", "quoting"),
    [
        (Meta(on=day("2022-01-05")), Meta(on=day("2022-01-06"))),
        (Meta(speaker="Ada Brook"), Meta()),
        (Meta(publisher="Harbour Gazette"), Meta()),
    ],
    ids=("the quotation is later", "it names the speaker", "it names the publisher"),
)
def test_who_quotes_the_other_has_it_not_absorbed(own: Meta, quoting: Meta):
    a = Document("own", f"It rained all day. {STORY} Then the rain stopped.", meta=own)
    b = Document("quoting", f"Ada Brook of the Harbour Gazette: «{STORY}» Nobody answered.", meta=quoting)
    (found,) = passages([a, b])
    assert (found.quoted, found.absorbed) == ("b", "")


def test_documents_are_numbered_by_date_then_name_the_undated_last():
    dates = {"z": "2022-01-01", "b": "2022-01-02", "a": "2022-01-02", "c": None}
    documents = [
        Document(name, "", meta=Meta(on=on and EDate.of(day(on).first))) for name, on in dates.items()
    ]
    assert [one.id for one in ordered(documents)] == ["z", "a", "b", "c"]


def test_nothing_to_compare_is_no_passage():
    assert passages([]) == ()
    assert passages([Document("a", ""), Document("b", "\0 \u200f …")]) == ()
