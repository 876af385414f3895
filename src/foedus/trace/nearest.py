"""The places of a text that read most like a quotation, by edit distance in letters.

The text is folded (`foedus.evidence.anchor.fold`) and its runs of letters are put in order once. A quotation's own
runs, the rare ones first, then say in a few look-ups where it may stand; only there is the distance reckoned, between
the whole quotation and whole words of the text. All places are letters of the folded text.

>>> text = Text("The force stays for a short period, as agreed.")
>>> [(text.folded[near.start : near.end], near.distance) for near in nearest(text, "for a limited period", 7)]
[('for a short period', 6)]
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from foedus.evidence.anchor import fold
from foedus.trace.tokens import tokenise

RUNS: Final = (5, 3, 2)
"""Letters in a run: long ones are looked for first, shorter ones only where those lead nowhere."""
MOST: Final = (4_000, 8_000, 4_000)
"""Places of runs looked at for one quotation, by length of run: a text that repeats itself for ever costs no more."""
SHORT: Final = 40
"""Letters; in longer quotations the shortest runs say nothing."""
PLACES: Final = 8
"""Candidates for which the distance is reckoned."""
NEAR: Final = 60
"""Letters around a candidate's ends within which the ends of the words are sought."""
LONGEST: Final = 20_000
"""Letters; longer quotations are looked for as they stand only."""

_FACTOR = np.uint64(0x9E3779B97F4A7C15)


class Near(NamedTuple):
    """Letters `start` to `end` (exclusive), and how many letters must be put in, left out or changed to make the
    quotation of them."""

    start: int
    end: int
    distance: int


@dataclass(frozen=True)
class Text:
    """A text that quotations are looked for in, folded and put in order once."""

    text: str

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the text in UTF-8, in hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def _folding(self) -> tuple[str, list[int]]:
        return fold(self.text)

    @property
    def folded(self) -> str:
        """The text with marks, spaces, capitals and normal forms made alike."""
        return self._folding[0]

    @property
    def places(self) -> list[int]:
        """The character of the text from which each folded one came."""
        return self._folding[1]

    def characters(self, start: int, end: int) -> tuple[int, int]:
        """Characters of the untouched text, of folded ones `start` to `end`, which are not none."""
        return self.places[start], self.places[end - 1] + 1

    @cached_property
    def bounds(self) -> tuple[list[int], list[int]]:
        """Where words start and end, in folded characters; other marks than spaces are words here."""
        tokens = tokenise([self.folded])
        step = np.zeros(len(self.codes) + 1, np.int8)
        step[tokens.start] += 1
        step[tokens.end] -= 1
        marks = np.flatnonzero((np.cumsum(step)[:-1] == 0) & (self.codes != ord(" ")))
        return (
            np.sort(np.concatenate((tokens.start, marks))).tolist(),
            np.sort(np.concatenate((tokens.end, marks + 1))).tolist(),
        )

    @cached_property
    def codes(self) -> NDArray[np.uint64]:
        """The folded letters as numbers."""
        return _codes(self.folded)

    @cached_property
    def _runs(self) -> dict[int, tuple[NDArray[np.uint64], NDArray[np.int64]]]:
        return {}

    def runs(self, length: int) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        """All runs of so many letters in order, and where each begins."""
        if length not in self._runs:
            made = _runs_of(self.codes, length)
            order = np.argsort(made)
            self._runs[length] = made[order], order
        return self._runs[length]


def nearest(text: Text, wanted: str, limit: int) -> list[Near]:
    """The places within `limit` of what is `wanted` (folded, without spaces around), the nearest first; no two
    overlap. An empty list says that none was found."""
    if not limit > 0 or len(wanted) > LONGEST:
        return []
    for length, most in zip(RUNS, MOST, strict=True):
        if length < RUNS[1] and len(wanted) > SHORT:
            return []
        found = [
            near
            for first, last in _candidates(text, wanted, length, most, limit)
            if (near := _fitted(text, wanted, first, last, limit)) is not None
        ]
        if found:
            return _apart(found)
    return []


def _codes(text: str) -> NDArray[np.uint64]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)


def _runs_of(codes: NDArray[np.uint64], length: int) -> NDArray[np.uint64]:
    count = max(len(codes) - length + 1, 0)
    made = np.zeros(count, np.uint64)
    for n in range(length):
        made = made * _FACTOR + codes[n : n + count]
    return made


def _candidates(text: Text, wanted: str, length: int, most: int, limit: int) -> list[tuple[int, int]]:
    """Where what is wanted may begin and end, the likeliest first."""
    runs, places = text.runs(length)
    own = _runs_of(_codes(wanted), length)
    low, high = np.searchsorted(runs, own, "left"), np.searchsorted(runs, own, "right")
    rare = np.argsort(high - low, kind="stable")
    rare = rare[high[rare] > low[rare]]
    chosen = rare[: max(1, int(np.searchsorted(np.cumsum(high[rare] - low[rare]), most, "right")))]
    if not len(chosen):
        return []
    # What begins at letter p of the quotation and at letter t of the text lies on the diagonal t - p.
    lines = np.concatenate([places[low[n] : min(high[n], low[n] + most)] - n for n in chosen])
    order = np.argsort(lines, kind="stable")
    lines = lines[order]
    within = np.repeat(chosen, np.minimum(high[chosen] - low[chosen], most))[order]
    found: dict[tuple[int, int], int] = {}
    wide = limit + length
    for shift in (0, wide // 2):
        _, first, number = np.unique((lines + shift) // wide, return_index=True, return_counts=True)
        for n in np.argsort(-number, kind="stable")[:PLACES]:
            part = slice(first[n], first[n] + number[n])
            # Insertions and omissions move the diagonal: the foremost run says where it begins, the last where it ends.
            begin = int(lines[part][np.argmin(within[part])])
            end = len(wanted) + int(lines[part][np.argmax(within[part])])
            found[begin, end] = max(found.get((begin, end), 0), int(number[n]))
    return sorted(found, key=lambda ends: -found[ends])[:PLACES]


def _fitted(text: Text, wanted: str, first: int, last: int, limit: int) -> Near | None:
    """The words around a candidate that are nearest to what is wanted: the better start for an end, and the
    better end for a start, until neither is bettered."""
    starts, ends = text.bounds
    some_starts = _around(starts, first)
    some_ends = _around(ends, last)
    best: Near | None = None
    start, end = _closest(some_starts, first), _closest(some_ends, last)
    # What moved its ends away from where the runs put them was put in or left out, and is counted: twice at most.
    if (
        start >= end
        or Levenshtein.distance(wanted, text.folded[start:end], score_cutoff=2 * limit) > 2 * limit
    ):
        return None
    for _ in range(4):
        before = best
        pairs = [(start, e) for e in some_ends] + [(s, end) for s in some_starts]
        for s, e in pairs:
            if s < e:
                worst = limit if best is None else best.distance
                distance = Levenshtein.distance(wanted, text.folded[s:e], score_cutoff=worst)
                if distance <= worst and (
                    best is None or _rank(s, e, distance, wanted) < _rank(*best, wanted)
                ):
                    best = Near(s, e, distance)
        if best is None or best == before:
            return best
        start, end = best.start, best.end
    return best


def _rank(start: int, end: int, distance: int, wanted: str) -> tuple[int, int, int]:
    return distance, abs(end - start - len(wanted)), start


def _around(bounds: list[int], at: int) -> list[int]:
    return bounds[bisect_left(bounds, at - NEAR) : bisect_right(bounds, at + NEAR)] or [_closest(bounds, at)]


def _closest(bounds: list[int], at: int) -> int:
    n = bisect_left(bounds, at)
    return min(bounds[max(n - 1, 0) : n + 1] or [at], key=lambda bound: abs(bound - at))


def _apart(found: list[Near]) -> list[Near]:
    kept: list[Near] = []
    for near in sorted(found, key=lambda one: (one.distance, one.start)):
        if all(near.end <= other.start or other.end <= near.start for other in kept):
            kept.append(near)
    return kept
