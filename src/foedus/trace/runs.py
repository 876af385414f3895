"""Runs of equal words in two short texts, from which an alignment of them grows.

Short texts are looked through word by word, longer ones in arrays: sorted, so that equal runs of two words lie
together, then along the diagonals. Both find the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.trace.tokens import Numbers

LARGE: Final = 1500
"""Words of both texts together, from which on runs of two are too many to look at."""
LIGHT: Final = 3.5
"""Letters of one or two words that are looked at by themselves; lighter ones are only met in between."""
OFTEN: Final = 12
"""How often a short run may begin something: what a text has more often is how the language works."""
ARRAYS: Final = 200
"""Words of both texts together, from which on arrays are faster."""
MOST: Final = 1 << 20
"""Pairs of equal runs that arrays may hold: one line repeated on a long page has more."""

_SPREAD = np.uint64(0x9E3779B97F4A7C15)


class Block(NamedTuple):
    """`n` equal words, from `a` in the one and `b` in the other."""

    a: int
    b: int
    n: int


def runs(left: Numbers, right: Numbers, upto: NDArray[np.float64]) -> list[Block]:
    """Longest runs of equal words, of two at least, and words that both texts have once; sorted by where they begin
    on the right. `upto[i]` is how many letters the first `i` words of the left have; one or two words that have
    less than `LIGHT` are left out."""
    k = 2 if len(left) + len(right) < LARGE else 3
    if len(left) < k - 1 or len(right) < k - 1:
        return []
    if len(left) + len(right) >= ARRAYS:
        found = _in_arrays(left, right, k, upto)
        if found is not None:
            return found
    sums: list[float] = upto.tolist()
    some = _one_by_one(left.tolist(), right.tolist(), k)
    return [run for run in some if run.n > 2 or sums[run.a + run.n] - sums[run.a] >= LIGHT]


def _one_by_one(left: Sequence[int], right: Sequence[int], k: int) -> list[Block]:
    grams = list(zip(*(right[n:] for n in range(k)), strict=False))
    wanted = set(grams)
    places: dict[tuple[int, ...], list[int]] = {}
    for i, gram in enumerate(zip(*(left[n:] for n in range(k)), strict=False)):
        if gram in wanted:
            places.setdefault(gram, []).append(i)
    begun: dict[int, list[int]] = {}
    done: list[Block] = []
    for j, gram in enumerate(grams):
        if gram not in places:
            continue
        for time, i in enumerate(places[gram]):
            run = begun.get(i - j)
            if run is not None and run[1] == j - 1:
                run[1] = j
                continue
            if time >= OFTEN:
                continue
            if run is not None:
                done.append(Block(run[0] + i - j, run[0], run[1] - run[0] + k))
            begun[i - j] = [j, j]
    done += [Block(first + shift, first, last - first + k) for shift, (first, last) in begun.items()]
    if k == 2:
        done += _single(left, right, set(left).intersection(right))
    return sorted(done, key=_on_the_right)


def _on_the_right(run: Block) -> tuple[int, int]:
    return run.b, run.a


def _single(left: Sequence[int], right: Sequence[int], common: set[int]) -> Iterator[Block]:
    """Words that both sides have once, with other words around them."""
    at, there = _once(left, common), _once(right, common)
    for word, i in at.items():
        j = there.get(word, -1)
        if i < 0 or j < 0:
            continue
        if (not i or not j or left[i - 1] != right[j - 1]) and left[i + 1 : i + 2] != right[j + 1 : j + 2]:
            yield Block(i, j, 1)


def _once(words: Sequence[int], common: set[int]) -> dict[int, int]:
    """Where each of some words stands; -1 if in several places."""
    at: dict[int, int] = {}
    for place, word in enumerate(words):
        if word in common:
            at[word] = -1 if word in at else place
    return at


def _in_arrays(left: Numbers, right: Numbers, k: int, upto: NDArray[np.float64]) -> list[Block] | None:
    """The same in arrays; None if these would be too large."""
    grams = _grams(left, k), _grams(right, k)
    order = grams[0].argsort(kind="stable")
    held = grams[0][order]
    low = held.searchsorted(grams[1])
    count = held.searchsorted(grams[1], "right") - low
    total = int(count.sum())
    if total > MOST:
        return None
    a, b, n = _diagonals(order, low, count, total, len(right), k)
    if k == 2:
        one_a, one_b = _singles(left, right)
        a, b = np.concatenate((a, one_a)), np.concatenate((b, one_b))
        n = np.concatenate((n, np.ones(len(one_a), np.int64)))
    kept = (n > 2) | (upto[a + n] - upto[a] >= LIGHT)
    a, b, n = a[kept], b[kept], n[kept]
    last = np.lexsort((a, b))
    return list(map(Block, a[last].tolist(), b[last].tolist(), n[last].tolist()))


def _grams(words: Numbers, k: int) -> Numbers:
    made = words[: len(words) - k + 1]
    for n in range(1, k):
        made = made * _SPREAD + words[n : len(words) - k + 1 + n]
    return made


def _diagonals(
    order: NDArray[np.int64], low: NDArray[np.int64], count: NDArray[np.int64], total: int, wide: int, k: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of equal runs of k words, each right one with `count` left ones of `order` from `low` on, as runs of any
    length: where they begin on both sides, and their lengths."""
    time = np.arange(total) - np.repeat(count.cumsum() - count, count)
    j = np.repeat(np.arange(len(count)), count)
    i = order[np.repeat(low, count) + time]
    rows = (i - j + wide) << 33 | j << 1 | (time >= OFTEN)
    rows.sort()
    along = rows >> 1
    fresh = np.ones(total, np.bool_)
    np.not_equal(along[1:], along[:-1] + 1, out=fresh[1:])
    if total and int(count.max()) > OFTEN:  # a run begins only with what is not too often
        opens = (rows & 1) == 0
        number, opened = fresh.cumsum() - 1, opens.cumsum()
        kept = opened > (opened - opens)[fresh][number]
        along = along[kept]
        fresh = np.ones(len(along), np.bool_)
        np.not_equal(along[1:], along[:-1] + 1, out=fresh[1:])
    begins = fresh.nonzero()[0]
    b = along[begins] & 0xFFFFFFFF
    return (along[begins] >> 32) - wide + b, b, np.diff(begins, append=len(along)) + (k - 1)


def _singles(left: Numbers, right: Numbers) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Words that both sides have once, with other words around them."""
    i, words = _alone(left)
    j, there = _alone(right)
    at = there.searchsorted(words)
    at[at == len(there)] = 0
    both = there[at] == words if len(there) else np.zeros(len(words), np.bool_)
    i, j = i[both], j[at[both]]
    before = (i > 0) & (j > 0) & (left[i - 1] == right[j - 1])
    ends = i + 1 == len(left), j + 1 == len(right)
    inside = ~(ends[0] | ends[1])
    after = ends[0] & ends[1]
    after[inside] = left[i[inside] + 1] == right[j[inside] + 1]
    kept = ~(before | after)
    return i[kept], j[kept]


def _alone(words: Numbers) -> tuple[NDArray[np.int64], Numbers]:
    """Where the words stand that are there once, by what they are; and these."""
    order = words.argsort()
    held = words[order]
    other = np.ones(len(held) + 1, np.bool_)
    np.not_equal(held[1:], held[:-1], out=other[1:-1])
    once = other[1:] & other[:-1]
    return order[once], held[once]
