from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from foedus.trace import runs as module
from foedus.trace.align import _unlike, _upto
from foedus.trace.runs import LARGE, LIGHT, Block, runs

numbers = st.integers(0, 10**9).map(Random)


def made(random: Random, kinds: int, count: int) -> np.ndarray:
    """So many words of so many kinds; some stand again and again."""
    words = np.array([random.randrange(1, kinds + 1) for _ in range(count)], np.uint64)
    if count and random.random() < 0.3:
        low = random.randrange(count)
        words[low : low + random.randrange(40)] = 1
    return words * np.uint64(0x9E3779B97F4A7C15)


def copied(random: Random, words: np.ndarray) -> np.ndarray:
    """Some words with a few others in between, and some left out."""
    kept: list[int] = []
    for word in words.tolist():
        chance = random.random()
        kept += [] if chance < 0.04 else [word, random.randrange(1 << 60)] if chance < 0.08 else [word]
    return np.array(kept, np.uint64)


@given(numbers, st.sampled_from((2, 3)), st.integers(0, 90), st.integers(1, 300))
def test_arrays_find_what_looking_word_by_word_finds(random: Random, k: int, count: int, kinds: int):
    left = made(random, kinds, count)
    right = copied(random, left) if random.random() < 0.6 else made(random, kinds, random.randrange(90))
    upto = np.concatenate(([0.0], np.cumsum([random.choice((2.4, 3, 4, 7)) for _ in left])))
    if len(left) < k or len(right) < k:
        return
    plain = module._one_by_one(left.tolist(), right.tolist(), k)
    heavy = [run for run in plain if run.n > 2 or upto[run.a + run.n] - upto[run.a] >= LIGHT]
    assert module._in_arrays(left, right, k, upto) == heavy


def test_every_run_is_of_equal_words_and_as_long_as_it_can_be():
    random = Random(5)
    left = made(random, 500, 300)
    right = copied(random, left)
    found = runs(left, right, np.arange(301) * 5.0)
    assert max(run.n for run in found) > 20
    for a, b, n in found:
        assert (left[a : a + n] == right[b : b + n]).all()
        assert not a or not b or left[a - 1] != right[b - 1]
        assert a + n == len(left) or b + n == len(right) or left[a + n] != right[b + n]


def test_one_word_again_and_again_is_looked_at_within_bounds():
    words = np.ones(LARGE, np.uint64)
    assert runs(words, words, np.arange(LARGE + 1) * 5.0)[0] == Block(0, 0, LARGE)


def test_texts_of_a_word_or_none():
    none, one = np.zeros(0, np.uint64), np.ones(1, np.uint64)
    upto = np.array([0.0, 9.0])
    assert runs(none, one, upto) == runs(one, none, upto) == []
    long = np.arange(300, dtype=np.uint64)
    assert runs(one, long, upto) == [Block(0, 1, 1)]


@given(numbers, st.integers(1, 30), st.integers(0, 16))
def test_what_is_taken_for_unlike_has_no_runs(random: Random, kinds: int, count: int):
    left, right = made(random, kinds, count), made(random, kinds, random.randrange(17))
    lengths = np.array([random.choice((1, 2, 3, 4, 7)) for _ in left], np.int32)
    if _unlike(left, right, lengths):
        assert runs(left, right, _upto(lengths)) == []
