import re

from hypothesis import given
from hypothesis import strategies as st

from foedus.trace import tokens
from foedus.trace.tokens import grams, tokenise

latin = st.text(st.sampled_from('abcdeXYZ019 .,;-_\n\t’"()\0\udc80'), max_size=80)
anything = st.text(max_size=60)


def spoken(text: str) -> list[str]:
    got = tokenise([text])
    return [text[start:end] for start, end in zip(got.start.tolist(), got.end.tolist(), strict=True)]


@given(st.lists(latin, max_size=6))
def test_words_stand_where_a_plain_reading_finds_them(texts: list[str]):
    got = tokenise(texts)
    expected = [
        (number, match.start(), match.end(), match.group().casefold())
        for number, text in enumerate(texts)
        for match in re.finditer(r"[a-zA-Z0-9]+", text)
    ]
    rows = list(zip(got.text.tolist(), got.start.tolist(), got.end.tolist(), strict=True))
    assert rows == [row[:3] for row in expected]
    by_word: dict[str, int] = {}
    for row, number in zip(expected, got.word.tolist(), strict=True):
        assert by_word.setdefault(row[3], number) == number
    assert len(set(by_word.values())) == len(by_word)


@given(st.lists(anything, max_size=5))
def test_a_text_has_the_same_words_alone_and_in_a_batch(texts: list[str]):
    batch = tokenise(texts)
    for number, text in enumerate(texts):
        alone, part = tokenise([text]), batch.of(number)
        assert alone.word.tolist() == part.word.tolist()
        assert alone.start.tolist() == part.start.tolist()
        assert alone.end.tolist() == part.end.tolist()
        assert all(0 <= start < end <= len(text) for start, end in zip(alone.start, alone.end, strict=True))


def test_a_text_longer_than_a_batch_loses_no_word():
    text = "the quick brown fox " * 20_000
    assert len(text) > tokens._BATCH  # pyright: ignore[reportPrivateUsage]
    got = tokenise(["before", text, "after"])
    assert len(got.word) == 80_002
    assert len(set(got.word.tolist())) == 6
    assert all(text[s:e] == "fox" for s, e in zip(got.start[4:-1:4], got.end[4:-1:4], strict=True))


def test_capitals_accents_and_vocalisation_make_no_difference_and_signs_are_words():
    for x, y in (("Élysée", "elysee"), ("ЁЛКА", "елка"), ("أَغْلَقَ", "اغلق"), ("e\u0301tat", "etat")):
        assert tokenise([x]).word.tolist() == tokenise([y]).word.tolist()
    assert spoken("北码头 closed") == ["北", "码", "头", "closed"]


def test_runs_never_go_from_one_text_to_the_next():
    got = tokenise(["a b c d e", "f g h", "a b c d"])
    at, gram = grams(got, 4)
    assert at.tolist() == [0, 1, 8]
    assert gram[0] == gram[2] != gram[1]
    assert len(grams(tokenise(["a b"]), 4)[0]) == 0
