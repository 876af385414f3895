"""An index gives the same however it was made: at once, day by day, by one worker or two; and what it gives is
what a comparison in memory gives."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from bench.wire import Press
from foedus.diagnostics.problem import Problem
from foedus.diagnostics.span import Place
from foedus.terms.time import day
from foedus.trace.compare import passages
from foedus.trace.corpus import add as adding
from foedus.trace.corpus import find as finding
from foedus.trace.corpus import index
from foedus.trace.document import Document, Mark, Meta, Unread
from foedus.trace.plan import Settings

STORY = (
    "The harbour master closed the northern pier at dusk because three barges had slipped their moorings. "
    "Nobody was hurt, said the owner of a tavern nearby, though two carts of salted herring went into the water."
)
SMALL = Settings(few=3, hubs=2, many=12)


def found(place: Path, *days: list[Document], **options: object) -> list[str]:
    with index(place, settings=SMALL, workers=1, **options) as made:  # type: ignore[arg-type]
        for some in days:
            made.add(some)
            made.find()
        return sorted(map(repr, made.passages()))


words = st.sampled_from(["pier", "barge", "herring", "of", "the", "salt", "master", "dusk"])
sentences = st.one_of(
    st.sampled_from(STORY.split(". ")),
    st.lists(words, min_size=1, max_size=30).map(" ".join),
)
texts = st.lists(sentences, min_size=1, max_size=5).map("\n".join)


@settings(max_examples=12)
@given(st.lists(texts, min_size=2, max_size=9), st.data())
def test_day_by_day_is_the_same_as_all_at_once(all_texts: list[str], data: st.DataObject):
    documents = [Document(f"d{n}", text) for n, text in enumerate(all_texts)]
    cut = data.draw(st.integers(0, len(documents)))
    again = data.draw(st.integers(0, cut))  # some of yesterday's documents come again
    with TemporaryDirectory() as one, TemporaryDirectory() as two:
        at_once = found(Path(one) / "index", documents)
        assert found(Path(two) / "index", documents[:cut], documents[again:]) == at_once


def test_batches_workers_buckets_and_shards_change_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(adding, "CHARACTERS", 6000)
    documents = [document for document, _ in Press(3, 900).documents(60)]
    settings = Settings(few=4, hubs=2, many=50)
    results = []
    for n, (workers, bucket, days) in enumerate(((1, 10**9, 1), (2, 700, 1), (1, 2000, 3))):
        monkeypatch.setattr(finding, "SHARD", 1 + n)
        monkeypatch.setattr(finding, "BUCKET", bucket)
        with index(tmp_path / str(n), settings=settings, workers=workers) as made:
            for first in range(0, 60, 60 // days):
                made.add(documents[first : first + 60 // days])
                made.find()
            results.append(sorted(map(repr, made.passages())))
    assert results[0]
    assert results[1] == results[0]
    assert results[2] == results[0]


def test_what_is_found_is_what_a_comparison_in_memory_finds(tmp_path):
    documents = [
        Document("a", f"It was a quiet day.\n{STORY}\nThen it rained.", meta=Meta(on=day("2022-01-05"))),
        Document("b", f"{STORY.replace('dusk', 'night')} More tomorrow.", meta=Meta(on=day("2022-01-06"))),
        Document("c", "Nothing that anybody else has.", meta=Meta(on=day("2022-01-07"))),
        Document("d", f"A letter.\n{STORY[:101]}", meta=Meta(on=day("2022-01-08"))),
    ]
    with index(tmp_path / "index", settings=Settings(), workers=1) as made:
        made.add(documents)
        made.find()
        assert sorted(map(repr, made.passages())) == sorted(map(repr, passages(documents)))


def test_a_document_comes_back_as_it_went_in(tmp_path):
    odd = Document(
        "ö\ud800",
        "Ein Text\n\nmit \ud83d\ude00 und \ud800 und \u200f.",
        "a/b.html",
        "utf-16",
        True,
        Meta("Title", "Paper", "Speaker", day("2022-01"), "https://example.org", "de", "Agency"),
        (Mark(0, 3, "byline", "by"), Mark(4, 8, "footer")),
        places=[3, 4, 5, 9, *range(20, 45)],
        taken_out=True,
    )
    with index(tmp_path / "index", workers=1) as made:
        made.add([odd, Document("empty", "")])
        back, empty = made.documents()
    assert back.text == odd.text
    assert (back.meta, back.marks, back.places) == (odd.meta, odd.marks, odd.places)
    assert (back.encoding, back.guessed, back.path) == (odd.encoding, odd.guessed, odd.path)
    assert back.taken_out
    assert empty == Document("empty", "")


def test_what_cannot_be_read_is_counted_and_listed_once(tmp_path):
    bad = Unread("scan.pdf", Problem("F008", Place("scan.pdf", line=0), {"path": "scan.pdf", "why": "gone"}))
    with index(tmp_path / "index", workers=1) as made:
        added = made.add([bad, Document("a", STORY), bad])
        assert [one.path for one in added.unread] == ["scan.pdf"] * 2
        made.add([bad])
        made.add([bad])
        assert made.counts().documents == 1
        assert [one.problem for one in made.unread()] == [bad.problem] * 3


def test_documents_of_one_name_are_told_apart(tmp_path):
    with index(tmp_path / "index", workers=1) as made:
        made.add([Document("a", STORY), Document("a", f"Late. {STORY}"), Document("a", STORY)])
        made.find()
        assert list(made.names().values()) == ["a", "a~2"]
        assert {(one.a.document, one.b.document) for one in made.passages()} == {("a", "a~2")}


def test_a_story_of_500_papers_costs_what_one_costs_and_is_found_in_all(tmp_path):
    papers = [
        Document(f"p{n:03}", f"Deck number {n} of its own\nBy reporter {n}\n{STORY}") for n in range(500)
    ]
    with index(tmp_path / "index", workers=1) as made:
        made.add(papers)
        made.find()
        pairs = [(one.a.document, one.b.document) for one in made.passages() if one.words >= 30]
        assert sorted(pairs) == [("p000", f"p{n:03}") for n in range(1, 500)]
        (family,) = made.families(least=500)
        assert len(family.documents) == 500
        for place, paper in zip(family.places, papers, strict=True):
            assert paper.text[place.start : place.end] == STORY[:-1]


def test_a_story_that_500_papers_edit_lightly_is_found_in_all(tmp_path):
    body = " ".join(STORY.split())
    words = body.split(" ")
    papers = []
    for n in range(500):
        own: list[str] = list(words)
        own[(7 * n) % len(own)] = f"word{n}"
        papers.append(Document(f"p{n:03}", " ".join(own)))
    with index(tmp_path / "index", workers=1) as made:
        made.add(papers)
        made.find()
        pairs = {(one.a.document, one.b.document) for one in made.passages()}
    assert {b for _, b in pairs} == {paper.id for paper in papers[1:]}
    assert len(pairs) < 500 * 8


def test_one_line_again_and_again_does_not_blow_up(tmp_path):
    line = "Call now, call now, call now for the one and only offer of the day.\n"
    with index(tmp_path / "index", workers=1) as made:
        made.add([Document("a", line * 5000), Document("b", "Unlike the other. " + line.strip() * 4000)])
        made.find()
        assert len(list(made.passages())) < 100


def test_a_footer_on_every_page_costs_no_more_than_its_first_pages(tmp_path):
    footer = "Copyright of this paper, whose pages may not be copied, lent, sold or read aloud without leave."
    pages = [
        Document(f"p{n:03}", f"Page {n} has words{n} of{n} its{n} own{n}.\n{footer}") for n in range(400)
    ]
    with index(tmp_path / "index", settings=Settings(many=50), workers=1) as made:
        made.add(pages)
        made.find()
        pairs = {(one.a.document, one.b.document) for one in made.passages()}
        assert pairs == {("p000", f"p{n:03}") for n in range(1, 50)}
        assert len(made.families(least=400)[0].documents) == 400
