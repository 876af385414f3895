"""Coins by counter: how a coin falls in a world follows from numbers alone, so that every engine throws the same.

64 worlds are a word: world i is bit i % 64 of word i // 64. A coin with the chance T / 65,536 falls well in a world if
a 16-bit number R is below T. R's bits, from the highest, are the world's bits of 16 words in a row of a SplitMix64
sequence: those from 16 × word on. Where the sequence begins is mixed from (seed, attacker, target, coin). So neither
the number of threads nor the width of an engine's lanes can change an answer, and T / 65,536 is exact.

SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014. Its n-th number is a
mixture of start + n × a constant; none need be made before it.

>>> begin = start(seed=1, attacker=0, target=2, coin=7)
>>> sum(falls(begin, 16384, world) for world in range(4096))
1037
>>> lanes(begin, 16384, 0, 64).bit_count()
1037
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from foedus.cascade.model import WHOLE, Model, Shock

GAMMA = 0x9E3779B97F4A7C15
FIRST, SECOND = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
MASK = (1 << 64) - 1
BITS = 16


def mixed(number: int) -> int:
    """The 64 bits that SplitMix64 makes of 64 bits: one to one."""
    z = number & MASK
    z = ((z ^ (z >> 30)) * FIRST) & MASK
    z = ((z ^ (z >> 27)) * SECOND) & MASK
    return z ^ (z >> 31)


def start(seed: int, attacker: int, target: int, coin: int) -> int:
    """Where a coin's sequence begins. The seed counts modulo 2**64."""
    return mixed(_before(seed, attacker, target) + coin)


def starts(shock: Shock, seed: int, coins: Iterable[int]) -> dict[int, int]:
    """`start` of each of some coins, by its number."""
    before = _before(seed, shock.attacker, shock.target)
    return {coin: mixed(before + coin) for coin in coins}


def _before(*parts: int) -> int:
    state = GAMMA
    for part in parts:
        state = mixed(state + part) + GAMMA
    return state


def chances(model: Model) -> list[int]:
    """The chance of each coin of a model, by its number, in 65,536ths."""
    return [*(d.chance for d in model.duties), *(n.chance for n in model.neutralities), *model.requests]


def falls(begin: int, chance: int, world: int) -> bool:
    """One coin in one world: the reference of all others."""
    word, bit = divmod(world, 64)
    number = 0
    for plane in range(BITS):
        number = number << 1 | mixed(begin + (BITS * word + plane + 1) * GAMMA) >> bit & 1
    return number < chance


def world(model: Model, shock: Shock, seed: int, number: int) -> Callable[[int], bool]:
    """How the coins fall in one world, for `foedus.cascade.plain.run`."""
    chance = chances(model)
    begins = starts(shock, seed, range(len(chance)))
    return lambda coin: falls(begins[coin], chance[coin], number)


def lanes(begin: int, chance: int, first: int, words: int, wanted: int = -1) -> int:
    """One coin in 64 × `words` worlds from word `first` on, a bit for each, the first world lowest.

    `wanted` are the lanes that matter: the others may be anything. Numbers of SplitMix64 are made for all words at
    once, each in 128 bits of one whole number, so that products stay apart.
    """
    width = 64 * words
    whole = (1 << width) - 1
    if chance >= WHOLE:
        return whole
    if chance <= 0:
        return 0
    ones, low = _spread(words)
    steps = _steps(words)
    half = (words + 1) // 2
    base = (begin + (BITS * first + 1) * GAMMA) & MASK
    # Even and odd words apart: word 2i of the first stands at bit 128i.
    even, odd = base * ones + steps, (base + BITS * GAMMA & MASK) * ones + steps
    undecided, found = wanted & whole, 0
    last = (chance & -chance).bit_length() - 1  # below the last 1 of the chance nothing can make R smaller
    for plane in range(BITS - last):
        shift = plane * GAMMA & MASK
        number = _mixture(even + shift * ones, low, half) | _mixture(odd + shift * ones, low, half) << 64
        if chance >> BITS - 1 - plane & 1:
            found |= undecided & ~number
            undecided &= number
        else:
            undecided &= ~number
        if not undecided:
            break
    return found & whole


@lru_cache(maxsize=8)
def _spread(words: int) -> tuple[int, int]:
    """A 1, and 64 ones, in every 128 bits."""
    ones = sum(1 << 128 * i for i in range((words + 1) // 2))
    return ones, ones * MASK


@lru_cache(maxsize=8)
def _steps(words: int) -> int:
    """In every 128 bits how far two words' sequences lie apart."""
    return sum((2 * BITS * i * GAMMA & MASK) << 128 * i for i in range((words + 1) // 2))


def _mixture(numbers: int, low: int, _: int) -> int:
    """`mixed` of what stands in every 128 bits."""
    z = numbers & low
    z = ((z ^ z >> 30 & low) & low) * FIRST & low
    z = ((z ^ z >> 27 & low) & low) * SECOND & low
    return z ^ z >> 31 & low
