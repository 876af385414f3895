from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.trace.align import Aligned, Block, Chain, aligned, joined
from foedus.trace.compare import distinct
from foedus.trace.tokens import tokenise
from tests.trace.made import words

some = st.integers(0, 10**9).map(Random)


@settings(max_examples=60, deadline=None)
@given(some)
def test_blocks_are_equal_words_in_order_within_the_texts(random: Random):
    pool = words(random, 12)
    left, right = (tokenise([" ".join(random.choices(pool, k=60))]) for _ in "ab")
    for one in aligned(left, right, Chain(0, 60, 0, 60), least=12):
        assert (one.a_from, one.b_from) == one.blocks[0][:2]
        assert (one.a_to, one.b_to) == (
            one.blocks[-1].a + one.blocks[-1].n,
            one.blocks[-1].b + one.blocks[-1].n,
        )
        for block in one.blocks:
            assert (
                left.word[block.a : block.a + block.n].tolist()
                == right.word[block.b : block.b + block.n].tolist()
            )
        for x, y in zip(one.blocks, one.blocks[1:], strict=False):
            assert x.a + x.n <= y.a
            assert x.b + x.n <= y.b
            assert (x.a + x.n, x.b + x.n) != (y.a, y.b)


def test_equal_words_go_on_where_the_region_of_a_chain_ends():
    one = " ".join(words(Random(1), 200))
    text = tokenise([one])
    (found,) = aligned(text, text, Chain(90, 100, 90, 100))
    assert found == Aligned(0, 200, 0, 200, (Block(0, 0, 200),))


def test_one_sentence_twice_in_a_region_is_two_passages():
    random = Random(2)
    copied = words(random, 15)
    left = tokenise([" ".join(copied)])
    right = tokenise([" ".join([*copied, *words(random, 12), *copied])])
    found = aligned(left, right, Chain(0, 15, 0, 42))
    assert {(one.b_from, one.b_to) for one in found} == {(0, 15), (27, 42)}


def test_two_sentences_in_another_order_are_both_found_in_one_chain():
    random = Random(3)
    first, second = words(random, 15), words(random, 15)
    found = aligned(
        tokenise([" ".join(first + second)]), tokenise([" ".join(second + first)]), Chain(0, 30, 0, 30)
    )
    assert {(one.a_from, one.b_from) for one in found} == {(0, 15), (15, 0)}


def test_blocks_that_follow_one_another_are_one():
    assert joined([Block(0, 5, 2), Block(2, 7, 3), Block(6, 10, 1)]).blocks == (
        Block(0, 5, 5),
        Block(6, 10, 1),
    )


def test_what_another_alignment_holds_on_both_sides_is_not_said_twice():
    big = joined([Block(0, 0, 30)])
    inside, beside = joined([Block(5, 6, 10)]), joined([Block(5, 50, 10)])
    assert distinct([inside, beside, big]) == [big, beside]
