"""What texts show of documents and claims, in standing; the texts themselves are compared elsewhere."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from hypothesis import given
from hypothesis import strategies as st

from foedus.evidence.claim import Source
from foedus.evidence.comparison import BorneOut, Comparison, Copied, Tie
from foedus.evidence.declared import check_declared, undeclared
from foedus.evidence.lineage import components, count_sources
from foedus.evidence.record import Record, StandingWord
from foedus.evidence.standing import stand
from foedus.words.speech import phrase
from tests.evidence.said import claim, record, source
from tests.evidence.test_properties import SPEAKERS, records

By = Literal["attribution", "time", ""]


def copied(first: str, second: str, by: By = "time", *, whole: bool = True, **more: object) -> Copied:
    why = phrase("{second} has words of {first}", first=first, second=second)
    return replace(Copied(first, second, by, 60, 0.8 if whole else 0.2, whole, why), **more)


def tie(first: str, second: str, *, directed: bool = True, fact: str = "a1") -> Tie:
    why = phrase("{second} quotes {first}", first=first, second=second)
    return Tie(f"{fact}/{first}/asserts", f"{fact}/{second}/asserts", directed, why)


def shown(made: Record, *found: Copied | Tie, own: tuple[str, ...] = ()) -> Record:
    return replace(
        made,
        compared=Comparison(
            dict.fromkeys(made.sources, ""),
            tuple(one for one in found if isinstance(one, Copied)),
            tuple(one for one in found if isinstance(one, Tie)),
            own=frozenset(f"a1/{name}/asserts" for name in own),
        ),
    )


def word(made: Record) -> StandingWord:
    return stand(made)["a1"].word


def sets(made: Record) -> list[tuple[str, ...]]:
    return [component.documents for component in components(made, made.claims)]


TWO = record(claim("BOR", "asserts", "b"), claim("OBS", "asserts", "o"))


def test_a_copy_that_the_texts_show_is_hung_on_its_origin_with_the_reason() -> None:
    assert word(TWO) == "established"
    made = shown(TWO, copied("b", "o"))
    [one] = components(made, made.claims)
    assert one.reasons == ("o has words of b",)
    assert [c.source for c in one.witnesses] == ["b"]
    assert (word(made), count_sources(made)) == ("asserted", 1)


def test_two_of_one_text_are_tied_where_nobody_knows_which_was_first() -> None:
    made = shown(TWO, copied("b", "o", ""))
    [one] = components(made, made.claims)
    assert one.reasons == ("o has words of b",)
    assert len(one.witnesses) == 2 and one.principals == ("BOR", "OBS")
    assert word(made) == "asserted"


def test_less_than_most_of_a_document_changes_nothing() -> None:
    made = shown(TWO, copied("b", "o", whole=False))
    assert sets(made) == [("b",), ("o",)] and word(made) == "established"


def test_a_copied_passage_ties_claims_and_nothing_else() -> None:
    more = record(*TWO.claims, claim("BOR", "asserts", "b", "r1"), claim("OBS", "asserts", "o", "r1"))
    made = shown(more, copied("b", "o", whole=False), tie("b", "o"))
    words = {fact: standing.sources for fact, standing in stand(made).items()}
    assert words == {"a1": 1, "r1": 2}


def test_a_tie_without_direction_keeps_both_witnesses() -> None:
    made = shown(TWO, tie("b", "o", directed=False))
    [one] = components(made, made.claims)
    assert len(one.witnesses) == 2 and word(made) == "asserted"


def test_an_own_word_in_a_copy_is_no_copy() -> None:
    assert word(shown(TWO, copied("b", "o"), own=("o",))) == "established"
    assert word(shown(TWO, copied("b", "o", ""), own=("o",))) == "established"


def test_a_declared_derivation_is_not_undone_by_words_of_its_own() -> None:
    made = record(*TWO.claims, source("o", "OBS", "b"))
    assert sets(shown(made, own=("o",))) == [("b", "o")]


def test_two_copies_of_a_document_that_says_nothing_of_it_are_one_source() -> None:
    made = shown(record(*TWO.claims, source("wire", "GAZETTE")), copied("wire", "b"), copied("wire", "o"))
    [one] = components(made, made.claims)
    assert one.reasons[0] == "b and o are derived from wire"


def test_copies_of_a_party_gain_as_the_party_does() -> None:
    made = record(
        claim("OBS", "asserts", "o"), claim("DUN", "asserts", "d"), source("note", "CAD"),
        claim("CAD", "asserts", "note", "r1"),
    )  # fmt: skip
    assert word(made) == "established"
    both = shown(made, copied("note", "o"), copied("note", "d"))
    assert word(both) == "asserted"


def test_a_review_that_copies_both_sides_ties_nobody() -> None:
    review = record(
        *TWO.claims, claim("PAPER", "asserts", "review"), claim("PAPER", "asserts", "elsewhere"),
    )  # fmt: skip
    made = shown(review, copied("b", "review"), copied("o", "review", whole=False), tie("o", "review"))
    assert sets(made) == [("b", "review"), ("elsewhere",), ("o",)]


def test_who_did_it_says_so_in_borrowed_words_too() -> None:
    made = record(
        claim("PAPER", "asserts", "p", "r1"), claim("ARV", "asserts", "note", "r1"),
    )  # fmt: skip
    for found in (copied("p", "note"), tie("p", "note", fact="r1")):
        standing = stand(shown(made, found))["r1"]
        assert (standing.word, standing.rule) == ("established", "established-own-word")
        assert standing.sources == 1


def test_an_instrument_and_an_admission_stay_what_they_are() -> None:
    said = claim("OBS", "asserts", "o")
    for own in (replace(said, authentic=True), replace(said, against_interest="it admits")):
        made = record(claim("BOR", "asserts", "b"), own)
        [one] = components(shown(made, copied("b", "o")), made.claims)
        assert {c.source for c in one.witnesses} == {"b", "o"}


def test_a_paper_that_prints_first_and_a_ministry_that_prints_too_keep_a_witness() -> None:
    """The paper's word is the ministry's reprinted, and the ministry's text is the paper's: neither is lost."""
    made = record(claim("ARV", "asserts", "p"), claim("ARV", "asserts", "note"), source("p", "PAPER"))
    for found in ((copied("p", "note"),), (tie("p", "note"),), (copied("p", "note"), tie("p", "note"))):
        [one] = components(shown(made, *found), made.claims)
        assert one.witnesses and one.documents == ("note", "p")


def test_ties_in_a_circle_keep_a_witness() -> None:
    made = record(*TWO.claims, claim("DUN", "asserts", "d"))
    [one] = components(shown(made, tie("b", "o"), tie("o", "d"), tie("d", "b")), made.claims)
    assert len(one.witnesses) == 1


# ---- declarations ----


def codes(made: Record) -> list[str]:
    return [problem.code for problem in check_declared(made)]


def test_what_is_copied_and_not_declared_is_told() -> None:
    made = shown(TWO, copied("b", "o", whole=False))
    [problem] = check_declared(made)
    assert problem.code == "F645"
    assert (problem.values["first"], problem.values["second"], problem.values["words"]) == ("b", "o", "60")
    assert undeclared(made) == made.compared.copied  # type: ignore[union-attr]


def test_a_declaration_explains_it_in_either_direction_and_through_a_third() -> None:
    for more in (source("o", "OBS", "b"), source("b", "BOR", "o")):
        assert codes(shown(record(*TWO.claims, more), copied("b", "o"))) == []
    from_lost = record(*TWO.claims, source("o", "OBS", "lost"), source("b", "BOR", "lost"))
    assert codes(shown(from_lost, copied("b", "o", ""))) == []


def test_what_both_have_through_a_third_is_told_of_the_third() -> None:
    assert codes(shown(TWO, copied("b", "o", through=True))) == []


def test_a_declaration_that_is_not_borne_out_is_told_and_a_translation_is_not() -> None:
    made = record(*TWO.claims, source("o", "OBS", "b"))
    words: tuple[tuple[Literal["yes", "no", "not comparable"], list[str]], ...] = (
        ("no", ["F646"]), ("yes", []), ("not comparable", []),
    )  # fmt: skip
    for said, expected in words:
        found = Comparison(borne_out=(BorneOut("o", "b", said, phrase("o and b share no passage")),))
        assert codes(replace(made, compared=found)) == expected


def test_a_conflict_is_told() -> None:
    made = shown(
        record(*TWO.claims, source("o", "OBS", "b")), copied("b", "o", conflict=phrase("o is dated before b"))
    )
    assert codes(made) == ["F647"]


def test_without_texts_nothing_is_told() -> None:
    assert codes(TWO) == []


# ---- what holds of any record ----

RANK: dict[str, int] = {"unknown": 0, "asserted": 1, "denied": 1, "established": 2, "refuted": 2}


@st.composite
def comparisons(draw: st.DrawFn, made: Record) -> Comparison:
    names = sorted(made.sources)
    ids = sorted({c.id for c in made.claims if c.verb != "reports"})
    pairs = draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), max_size=5))
    found = [
        copied(a, b, draw(st.sampled_from(["time", "attribution", ""])), whole=draw(st.booleans()))
        for a, b in {tuple(sorted(pair)): pair for pair in pairs if pair[0] != pair[1]}.values()
    ]
    ties: list[Tie] = []
    if len(ids) > 1:
        for _ in range(draw(st.integers(0, 4))):
            a, b = draw(st.lists(st.sampled_from(ids), min_size=2, max_size=2, unique=True))
            ties.append(Tie(a, b, draw(st.booleans()), phrase("one passage")))
    own = draw(st.frozensets(st.sampled_from(ids), max_size=2)) if ids else frozenset[str]()
    return Comparison(copied=tuple(found), ties=tuple(ties), own=own)


@given(records(), st.data())
def test_texts_never_turn_unknown_into_a_word_nor_a_word_into_another_side(
    made: Record, data: st.DataObject
) -> None:
    before = stand(made)
    after = stand(replace(made, compared=data.draw(comparisons(made))))
    for fact, standing in before.items():
        was, now = standing.word, after[fact].word
        assert (was == "unknown") == (now == "unknown")
        if was in ("contested", "disputed", "inconsistent"):
            assert now in ("contested", "disputed", "inconsistent")
        assert {v for v in standing.claims if standing.claims[v]} == {
            v for v in after[fact].claims if after[fact].claims[v]
        }
        assert bool(standing.supporting) == bool(after[fact].supporting)
        assert bool(standing.opposing) == bool(after[fact].opposing)


@given(records(), st.data(), st.randoms())
def test_the_order_of_what_texts_show_does_not_matter(made: Record, data: st.DataObject, chance) -> None:
    found = data.draw(comparisons(made))
    pairs, ties = list(found.copied), list(found.ties)
    chance.shuffle(pairs)
    chance.shuffle(ties)
    again = replace(found, copied=tuple(pairs), ties=tuple(ties))
    first, second = (stand(replace(made, compared=one)) for one in (found, again))
    assert {f: (s.word, s.sources) for f, s in first.items()} == {
        f: (s.word, s.sources) for f, s in second.items()
    }


@given(records(), st.data())
def test_a_copy_that_only_the_texts_show_changes_no_standing(made: Record, data: st.DataObject) -> None:
    """Nor the number of sources: unless it is the word of who did it, or an admission, which is a word of its own."""
    said = data.draw(st.sampled_from(made.claims))
    by = data.draw(st.sampled_from([s for s in SPEAKERS if s not in ("ARV", "EMB")]))  # ARV performs r1
    copy = replace(said, id=f"{said.fact}/copy/{said.verb}", source="copy", by=by, against_interest="")
    added = replace(
        made,
        sources={**made.sources, "copy": Source("copy", "copy", by)},
        claims=(*made.claims, copy),
        compared=Comparison(copied=(copied(said.source, "copy"),)),
    )
    before, after = stand(made), stand(added)
    assert {f: s.word for f, s in before.items()} == {f: s.word for f, s in after.items()}
    assert {f: s.sources for f, s in before.items()} == {f: s.sources for f, s in after.items()}
