"""Runs of equal words of two texts, in arrays: what `align.py` begins with."""

from __future__ import annotations

import numpy as np

from foedus.trace.tokens import Numbers

_FACTOR = np.uint64(0x9E3779B97F4A7C15)


def runs(left: Numbers, right: Numbers, k: int, often: int) -> list[tuple[int, int, int]]:
    """Longest runs of at least `k` equal words: where each begins on the left and on the right, and its length. No
    run begins with k words that the left has more than `often` times."""
    a, b = _grams(left, k), _grams(right, k)
    order = np.argsort(a, kind="stable")
    sorted_a = a[order]
    low, high = np.searchsorted(sorted_a, b, "left"), np.searchsorted(sorted_a, b, "right")
    held = np.flatnonzero(low < high)
    count = (high - low)[held]
    total = int(count.sum())
    if not total:
        return []
    i = order[np.repeat(low[held] - (np.cumsum(count) - count), count) + np.arange(total)]
    j = np.repeat(held, count)
    wide = len(left) + len(right) + 2
    key = (i - j) * wide + j  # one more along a diagonal, more than one to the next
    along = np.argsort(key)
    key, rare = key[along], np.repeat(count <= often, count)[along]
    begins = np.flatnonzero(np.concatenate(([True], np.diff(key) != 1)))
    ends = np.append(begins[1:], total)
    first = np.minimum.reduceat(np.where(rare, np.arange(total), total), begins)
    kept = first < ends
    at = along[first[kept]]
    return list(zip(i[at].tolist(), j[at].tolist(), (ends[kept] - first[kept] + k - 1).tolist(), strict=True))


def single(left: Numbers, right: Numbers) -> list[tuple[int, int, int]]:
    """Words that both sides have once, with other words around them, as runs of one."""
    a, a_at, a_count = np.unique(left, return_index=True, return_counts=True)
    b, b_at, b_count = np.unique(right, return_index=True, return_counts=True)
    a, a_at, b, b_at = a[a_count == 1], a_at[a_count == 1], b[b_count == 1], b_at[b_count == 1]
    if not len(a) or not len(b):
        return []
    where = np.minimum(np.searchsorted(a, b), len(a) - 1)
    both = a[where] == b
    i, j = a_at[where[both]], b_at[both]
    alone = _apart(left, i - 1, right, j - 1) & _apart(left, i + 1, right, j + 1)
    alone &= (i < len(left) - 1) | (j < len(right) - 1)
    return [(x, y, 1) for x, y in zip(i[alone].tolist(), j[alone].tolist(), strict=True)]


def _apart(left: Numbers, i: np.ndarray, right: Numbers, j: np.ndarray) -> np.ndarray:
    """Whether the words at these places differ, or one of them lies outside while the other does not."""
    inside_a, inside_b = (i >= 0) & (i < len(left)), (j >= 0) & (j < len(right))
    same = left[np.clip(i, 0, len(left) - 1)] == right[np.clip(j, 0, len(right) - 1)]
    return ~(inside_a & inside_b & same)


def _grams(words: Numbers, k: int) -> Numbers:
    count = max(len(words) - k + 1, 0)
    made = words[:count].copy()
    for n in range(1, k):
        made = (made ^ (made >> np.uint64(29))) * _FACTOR + words[n : n + count]
    return made
