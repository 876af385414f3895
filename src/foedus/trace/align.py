"""One chain of runs, aligned word by word: where exactly two texts say the same, and which words were changed.

A chain (see `plan.py`) says roughly where. Its region, with some words around it, is seeded again with shorter
runs; those that follow one another in both texts are joined while what lies between them is short; the words
between the first and the last are aligned by edit distance. A region may hold several passages: another order of
the same sentences, or one sentence used twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from rapidfuzz.distance import Levenshtein

from foedus.trace.tokens import Tokens

AROUND: Final = 16
"""Words before and after a chain that are looked at too."""
GAP: Final = 14
"""Words that may differ in one place; more is no edit but something else."""
COST: Final = 0.35
"""What a word that differs takes from the one that each equal word gives."""
WORDS: Final = 7
"""Equal words that a passage has at least."""
OFTEN: Final = 6
"""A short run that a region has more often than this is no seed there: it is how the language works."""


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


def aligned(a: Tokens, b: Tokens, chain: Chain) -> list[Aligned]:
    """The passages in the region of a chain, in positions of the words of `a` and `b`, each the words of one text;
    the longest first. Empty if nothing there is long enough."""
    a_low, b_low = max(chain.a_from - AROUND, 0), max(chain.b_from - AROUND, 0)
    left = a.word[a_low : chain.a_to + AROUND].tolist()
    right = b.word[b_low : chain.b_to + AROUND].tolist()
    found: list[Aligned] = []
    runs = _runs(left, right)
    while runs:
        box = _best(runs)
        if box is None:
            break
        runs = [run for run in runs if not _within(run, box)]
        one = _filled(left, right, box, a_low, b_low)
        if one.same >= WORDS:
            found.append(one)
    return found


def _runs(left: Sequence[int], right: Sequence[int]) -> list[Block]:
    """Longest runs of equal words, of two at least, sorted by where they begin on the right."""
    k = 2 if len(left) + len(right) < 600 else 3
    places: dict[tuple[int, ...], list[int]] = {}
    for i, gram in enumerate(zip(*(left[n:] for n in range(k)), strict=False)):
        places.setdefault(gram, []).append(i)
    begun: dict[int, list[int]] = {}
    done: list[Block] = []
    for j, gram in enumerate(zip(*(right[n:] for n in range(k)), strict=False)):
        met = places.get(gram, ())
        if len(met) > OFTEN:
            continue
        for i in met:
            run = begun.get(i - j)
            if run is not None and run[1] >= j - 1:
                run[1] = j
                continue
            if run is not None:
                done.append(Block(run[0] + i - j, run[0], run[1] - run[0] + k))
            begun[i - j] = [j, j]
    done += [Block(first + shift, first, last - first + k) for shift, (first, last) in begun.items()]
    return sorted(done, key=lambda run: (run.b, run.a))


def _best(runs: Sequence[Block]) -> Chain | None:
    """The region of the runs that, one after another in both texts, have most equal words for what differs."""
    score = [0.0] * len(runs)
    before = [-1] * len(runs)
    near: list[int] = []
    for r, run in enumerate(runs):
        best, which = 0.0, -1
        near = [p for p in near if runs[p].b + runs[p].n >= run.b - GAP]
        for p in near:
            a, b, n = runs[p]
            over = max(a + n - run.a, b + n - run.b, 0)
            apart = max(run.a - a - n, run.b - b - n, 0)
            if apart > GAP or over >= run.n or run.a <= a or run.b <= b:
                continue
            value = score[p] - over - COST * apart
            if value > best:
                best, which = value, p
        score[r], before[r] = best + run.n, which
        near.append(r)
    last = max(range(len(runs)), key=score.__getitem__)
    if score[last] < WORDS / 2:
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


def _filled(left: Sequence[int], right: Sequence[int], box: Chain, a_low: int, b_low: int) -> Aligned:
    """The region aligned word by word."""
    a, b = left[box.a_from : box.a_to], right[box.b_from : box.b_to]
    a_low, b_low = a_low + box.a_from, b_low + box.b_from
    blocks = tuple(
        Block(a_low + m.a, b_low + m.b, m.size)
        for m in Levenshtein.editops(a, b).as_matching_blocks()
        if m.size
    )
    end = blocks[-1]
    return Aligned(blocks[0].a, end.a + end.n, blocks[0].b, end.b + end.n, blocks)
