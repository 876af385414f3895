"""Coins by counter: the published generator, the same everywhere, fair, and strangers to one another."""

from __future__ import annotations

from collections import Counter
from math import sqrt

from hypothesis import given
from hypothesis import strategies as st

from foedus.cascade.coins import BITS, GAMMA, MASK, falls, lanes, mixed, start
from foedus.cascade.model import WHOLE

WORDS = st.integers(1, 9)
STATES = st.integers(0, 200)


def test_it_is_splitmix64() -> None:
    """The first numbers from the seed 1234567, as other implementations of SplitMix64 give them."""
    found = [mixed(1234567 + (n + 1) * GAMMA) for n in range(5)]
    assert found == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]


def test_mixing_is_one_to_one() -> None:
    assert len({mixed(n) for n in range(10_000)}) == 10_000
    assert mixed(MASK + 1 + 5) == mixed(5)


@given(st.integers(0, MASK), st.integers(0, WHOLE), st.integers(0, 1 << 40), WORDS, st.integers(0))
def test_lanes_fall_as_one_by_one(begin: int, chance: int, first: int, words: int, mask: int) -> None:
    wanted = mask & ((1 << 64 * words) - 1)
    slow = sum(falls(begin, chance, 64 * first + n) << n for n in range(64 * words) if wanted >> n & 1)
    assert lanes(begin, chance, first, words, wanted) & wanted == slow
    whole = sum(falls(begin, chance, 64 * first + n) << n for n in range(0, 64 * words, 7))
    sevenths = sum(1 << n for n in range(0, 64 * words, 7))
    assert lanes(begin, chance, first, words) & sevenths == whole


def test_a_chance_is_exact() -> None:
    """Each of the 65,536 numbers is as likely as another: counted bit by bit and pair by pair, and of 2**19 numbers."""
    begin, worlds = start(3, 0, 1, 9), 1 << 19
    for chance in (1, 2, 255, 256, 9_999, 32_768, 65_279, 65_535):
        p = chance / WHOLE
        found = lanes(begin, chance, 0, worlds // 64).bit_count()
        assert abs(found - worlds * p) < 5 * sqrt(worlds * p * (1 - p)) + 1, chance


def test_numbers_are_spread_evenly() -> None:
    """Chi-squared over 256 classes of the number that a coin is compared with, of 40,000 worlds."""
    begin, worlds = start(1, 5, 6, 77), 40_000
    seen: Counter[int] = Counter()
    for word in range(worlds // 64):
        planes = [mixed(begin + (BITS * word + n + 1) * GAMMA) for n in range(8)]
        for bit in range(64):
            seen[sum((plane >> bit & 1) << n for n, plane in enumerate(planes))] += 1
    expected = sum(seen.values()) / 256
    chi = sum((seen[n] - expected) ** 2 / expected for n in range(256))
    assert 255 - 5 * sqrt(2 * 255) < chi < 255 + 5 * sqrt(2 * 255)


def test_coins_blocks_shocks_and_seeds_are_strangers() -> None:
    """Each pair of fifty coins, of the same one in two blocks, under two seeds, and in two shocks: as often together
    as apart."""
    words, half = 256, WHOLE // 2
    worlds = 64 * words
    rows = [lanes(start(1, 0, 1, coin), half, 0, words) for coin in range(40)]
    rows += [lanes(start(1, 0, 1, 0), half, block * words, words) for block in range(1, 5)]
    rows += [lanes(start(seed, 0, 1, 0), half, 0, words) for seed in (2, 3, -1, 1 << 63)]
    rows += [lanes(start(1, *pair, 0), half, 0, words) for pair in ((1, 0), (0, 2))]
    for n, one in enumerate(rows):
        for other in rows[:n]:
            assert abs((one ^ other).bit_count() - worlds / 2) < 5 * sqrt(worlds) / 2
    # Neighbouring worlds of one coin, and neighbouring words.
    for row in rows:
        for shift in (1, 64, 128):
            together = (row ^ row >> shift) & (1 << worlds - shift) - 1
            assert abs(together.bit_count() - (worlds - shift) / 2) < 5 * sqrt(worlds) / 2


@given(st.integers(), STATES, STATES, st.integers(0, 5000))
def test_where_a_coin_begins_turns_on_all_its_numbers(
    seed: int, attacker: int, target: int, coin: int
) -> None:
    begin = start(seed, attacker, target, coin)
    assert begin == start(seed + (1 << 64), attacker, target, coin)
    others = [
        start(seed + 1, attacker, target, coin),
        start(seed, attacker + 1, target, coin),
        start(seed, attacker, target + 1, coin),
        start(seed, attacker, target, coin + 1),
        start(seed, target, attacker, coin) if attacker != target else -1,
    ]
    assert begin not in others
