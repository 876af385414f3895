"""One chain of runs, aligned word by word: where exactly two texts say the same, and which words were changed.

A chain (see `plan.py`) says roughly where. Its region, with some words around it, is seeded again with shorter
runs; those that follow one another in both texts are joined while what lies between them is short; the words
between the first and the last are aligned by edit distance. A region may hold several passages: another order of
the same sentences, or one sentence used twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, NamedTuple

import numpy as np
from rapidfuzz.distance import Levenshtein

from foedus.trace.runs import runs, single
from foedus.trace.tokens import Numbers, Tokens

AROUND: Final = 16
"""Words before and after a chain that are looked at too."""
GAP: Final = 8
"""Words that may differ in one place; more is no edit but something else."""
OPENED, EACH = 1.5, 1.25
"""What a place that differs costs, and each of its words, in letters of the words that are equal."""
LEAST: Final = 48.0
"""Letters that the equal words of a passage have at least, a word that comes again counted once."""
LESS: Final = 30.0
"""The same for a further passage in a region that has one."""
LIGHTEST, HEAVIEST = 2.4, 12.0
"""Letters that a word counts for: signs that are words are worth more than a letter, endless words not more
than long ones."""
LARGE: Final = 1500
"""Words of a region in both texts together, from which on runs of two are too many to look at."""
OFTEN: Final = 12
"""A short run that a region has more often than this begins nothing there: it is how the language works."""


class Chain(NamedTuple):
    """Words `a_from` to `a_to` (exclusive) of one document lie along `b_from` to `b_to` of another."""

    a_from: int
    a_to: int
    b_from: int
    b_to: int


class Block(NamedTuple):
    """`n` equal words, from `a` in the one and `b` in the other."""

    a: int
    b: int
    n: int


@dataclass(frozen=True, slots=True)
class Aligned:
    """Words `a_from` to `a_to` of a document against `b_from` to `b_to` of another; `blocks` are the equal ones,
    in order, never next to one another on both sides. The first and the last words are equal."""

    a_from: int
    a_to: int
    b_from: int
    b_to: int
    blocks: tuple[Block, ...]

    @property
    def same(self) -> int:
        """How many words are equal."""
        return sum(block.n for block in self.blocks)

    @property
    def verbatim(self) -> bool:
        """Whether every word is."""
        return len(self.blocks) == 1


def aligned(a: Tokens, b: Tokens, chain: Chain, least: float = LEAST) -> list[Aligned]:
    """The passages in the region of a chain, in positions of the words of `a` and `b`, each the words of one text;
    the weightiest first. Empty if nothing there has `least` letters."""
    a_low, b_low = max(chain.a_from - AROUND, 0), max(chain.b_from - AROUND, 0)
    near = a.cut(a_low, chain.a_to + AROUND)
    beside = b.word[b_low : chain.b_to + AROUND]
    left, right = near.word.tolist(), beside.tolist()
    weights = np.clip(near.end - near.start, LIGHTEST, HEAVIEST).tolist()
    upto = [0.0, *accumulate(weights)]
    found: list[Aligned] = []
    found_runs = _runs(near.word, beside)
    a_part, b_part = (
        left[chain.a_from - a_low : chain.a_to - a_low],
        right[chain.b_from - b_low : chain.b_to - b_low],
    )
    if a_part == b_part:  # also where it says the same again and again, so that nothing in it is rare
        found_runs.append(Block(chain.a_from - a_low, chain.b_from - b_low, len(a_part)))
        found_runs.sort(key=_on_the_right)
    while found_runs:
        box = _best(found_runs, upto, least)
        if box is None:
            break
        found_runs: list[Block] = [run for run in found_runs if not _within(run, box)]
        blocks = _filled(left, right, box)
        distinct = {left[i]: weights[i] for block in blocks for i in range(block.a, block.a + block.n)}
        if sum(distinct.values()) < least:
            continue
        first, last = blocks[0], blocks[-1]
        found.append(
            Aligned(
                *(first.a + a_low, last.a + last.n + a_low, first.b + b_low, last.b + last.n + b_low),
                tuple(Block(block.a + a_low, block.b + b_low, block.n) for block in blocks),
            )
        )
        least = min(LESS, least)
    return found


def _runs(left: Numbers, right: Numbers) -> list[Block]:
    """Longest runs of equal words, of two at least, and words that both sides have once; sorted by where they
    begin on the right."""
    k = 2 if len(left) + len(right) < LARGE else 3
    found = runs(left, right, k, OFTEN) + (single(left, right) if k == 2 else [])
    return sorted((Block(*run) for run in found), key=_on_the_right)


def _on_the_right(run: Block) -> tuple[int, int]:
    return run.b, run.a


def _best(runs: Sequence[Block], upto: Sequence[float], least: float) -> Chain | None:
    """The region of the runs that, one after another in both texts, have most equal letters for what differs."""
    score = [0.0] * len(runs)
    before = [-1] * len(runs)
    near: list[int] = []
    for r, (a, b, n) in enumerate(runs):
        best, which = 0.0, -1
        near = [p for p in near if runs[p].b + runs[p].n >= b - GAP]
        for p in near:
            pa, pb, pn = runs[p]
            if a <= pa or b <= pb:
                continue
            da, db = a - pa - pn, b - pb - pn
            apart = da if da > db else db
            over = -da if da < db else -db
            if apart > GAP or over >= n:
                continue
            value = score[p]
            if over > 0:
                value -= upto[a + over] - upto[a]
            if apart > 0:
                value -= OPENED + EACH * apart
            if value > best:
                best, which = value, p
        score[r], before[r] = best + upto[a + n] - upto[a], which
        near.append(r)
    last = max(range(len(runs)), key=score.__getitem__)
    if score[last] < least / 2:
        return None
    first = last
    while before[first] >= 0:
        first = before[first]
    return Chain(runs[first].a, runs[last].a + runs[last].n, runs[first].b, runs[last].b + runs[last].n)


def _within(run: Block, box: Chain) -> bool:
    return (
        box.a_from <= run.a
        and run.a + run.n <= box.a_to
        and box.b_from <= run.b
        and run.b + run.n <= box.b_to
    )


def _filled(left: Sequence[int], right: Sequence[int], box: Chain) -> list[Block]:
    """Equal words of the region, aligned by edit distance."""
    a, b = left[box.a_from : box.a_to], right[box.b_from : box.b_to]
    if a == b:
        return [Block(box.a_from, box.b_from, len(a))]
    return [
        Block(box.a_from + m.a, box.b_from + m.b, m.size)
        for m in Levenshtein.editops(a, b).as_matching_blocks()
        if m.size
    ]
