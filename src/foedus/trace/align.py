"""One chain of runs, aligned word by word: where exactly two texts say the same, and which words were changed.

A chain (see `plan.py`) says roughly where. Its region, with some words around it, is seeded again with shorter
runs; those that follow one another in both texts are joined while what lies between them is short; the words
between the first and the last are aligned by edit distance. A region may hold several passages: another order of
the same sentences, or one sentence used twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, NamedTuple

import numpy as np
from rapidfuzz.distance import Levenshtein

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
LIGHT: Final = 3.5
"""Letters of one or two words that are looked at by themselves; lighter ones are only met in between."""
OFTEN: Final = 12
"""How often a short run may begin something: what a region has more often is how the language works."""


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


def joined(blocks: Sequence[Block]) -> Aligned:
    """An alignment of blocks in order, those that follow one another on both sides made one."""
    kept = [blocks[0]]
    for block in blocks[1:]:
        last = kept[-1]
        if (last.a + last.n, last.b + last.n) == (block.a, block.b):
            kept[-1] = Block(last.a, last.b, last.n + block.n)
        else:
            kept.append(block)
    first, last = kept[0], kept[-1]
    return Aligned(first.a, last.a + last.n, first.b, last.b + last.n, tuple(kept))


def aligned(a: Tokens, b: Tokens, chain: Chain, least: float = LEAST) -> list[Aligned]:
    """The passages in the region of a chain, in positions of the words of `a` and `b`, each the words of one text;
    the weightiest first. Empty if nothing there has `least` letters."""
    a_low, b_low = max(chain.a_from - AROUND, 0), max(chain.b_from - AROUND, 0)
    near = a.cut(a_low, chain.a_to + AROUND)
    left = near.word.tolist()
    right = b.word[b_low : chain.b_to + AROUND].tolist()
    weights = np.clip(near.end - near.start, LIGHTEST, HEAVIEST).tolist()
    common = set(left).intersection(right)
    if sum(map(dict(zip(left, weights, strict=True)).__getitem__, common)) < least:
        return []
    upto = [0.0, *accumulate(weights)]
    found: list[Aligned] = []
    seeds = _seeds(
        left, right, Chain(chain.a_from - a_low, chain.a_to - a_low, chain.b_from - b_low, chain.b_to - b_low)
    )
    runs = [run for run in seeds if run.n > 2 or upto[run.a + run.n] - upto[run.a] >= LIGHT]
    while runs:
        box = _best(runs, upto, least)
        if box is None:
            break
        runs: list[Block] = [run for run in runs if not _within(run, box)]
        blocks = _filled(left, right, box)
        distinct = {left[i]: weights[i] for block in blocks for i in range(block.a, block.a + block.n)}
        if sum(distinct.values()) < least:
            continue
        found.append(_extended(a, b, [Block(block.a + a_low, block.b + b_low, block.n) for block in blocks]))
        least = min(LESS, least)
    return found


def _extended(a: Tokens, b: Tokens, blocks: Sequence[Block]) -> Aligned:
    """The blocks as an alignment, with the equal words that go on where the region ends."""
    first, last = blocks[0], blocks[-1]
    fore = _equal(a.word[: first.a][::-1], b.word[: first.b][::-1])
    aft = _equal(a.word[last.a + last.n :], b.word[last.b + last.n :])
    return joined(
        [
            *([Block(first.a - fore, first.b - fore, fore)] if fore else ()),
            *blocks,
            *([Block(last.a + last.n, last.b + last.n, aft)] if aft else ()),
        ]
    )


def _equal(left: Numbers, right: Numbers) -> int:
    """How many words two texts have in common from their beginning."""
    size = 4
    while True:
        same = left[:size][: len(right)] == right[:size][: len(left)]
        if not same.all():
            return int(same.argmin())
        if size >= min(len(left), len(right)):
            return len(same)
        size *= 8


def _seeds(left: Sequence[int], right: Sequence[int], chain: Chain) -> list[Block]:
    """The runs of a region, in order. Where the chain is the same word for word, only what is around it is looked
    at: also where it says the same again and again, so that nothing in it is rare."""
    a_from, a_to, b_from, b_to = chain
    if left[a_from:a_to] != right[b_from:b_to]:
        return _runs(left, right)
    while a_from and b_from and left[a_from - 1] == right[b_from - 1]:
        a_from, b_from = a_from - 1, b_from - 1
    while a_to < len(left) and b_to < len(right) and left[a_to] == right[b_to]:
        a_to, b_to = a_to + 1, b_to + 1
    before = _runs(left[:a_from], right[:b_from])
    after = [Block(run.a + a_to, run.b + b_to, run.n) for run in _runs(left[a_to:], right[b_to:])]
    return [*before, Block(a_from, b_from, a_to - a_from), *after]


def _runs(left: Sequence[int], right: Sequence[int]) -> list[Block]:
    """Longest runs of equal words, of two at least, and words that both sides have once; sorted by where they
    begin on the right."""
    k = 2 if len(left) + len(right) < LARGE else 3
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


def _best(runs: Sequence[Block], upto: Sequence[float], least: float) -> Chain | None:
    """The region of the runs that, one after another in both texts, have most equal letters for what differs."""
    score = [0.0] * len(runs)
    before = [-1] * len(runs)
    near: list[int] = []
    for r, (a, b, n) in enumerate(runs):
        best, which = 0.0, -1
        if len(near) > 12:
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
    if score[last] < least * 0.6:
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
