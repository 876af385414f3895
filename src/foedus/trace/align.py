"""One chain of runs, aligned word by word: where exactly two texts say the same, and which words were changed.

A chain (see `plan.py`) says roughly where. Its region, with some words around it, is seeded again with shorter
runs; those that follow one another in both texts are joined while what lies between them is short; the words
between the first and the last are aligned by edit distance. A region may hold several passages: another order of
the same sentences, or one sentence used twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from foedus.trace.runs import LIGHT, Block, runs
from foedus.trace.tokens import Numbers, Places, Tokens

__all__ = ["Aligned", "Block", "Chain", "aligned", "joined"]

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
_SOME: Final = 32
"""Words that are looked at together where few may be enough."""


class Chain(NamedTuple):
    """Words `a_from` to `a_to` (exclusive) of one document lie along `b_from` to `b_to` of another."""

    a_from: int
    a_to: int
    b_from: int
    b_to: int


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
    a_high, b_high = chain.a_to + AROUND, chain.b_to + AROUND
    left, right = a.word[a_low:a_high], b.word[b_low:b_high]
    lengths = a.end[a_low:a_high] - a.start[a_low:a_high]
    whole = _whole(
        left, right, Chain(chain.a_from - a_low, chain.a_to - a_low, chain.b_from - b_low, chain.b_to - b_low)
    )
    if whole:
        a_to, b_to = whole.a + whole.n, whole.b + whole.n
        alone = (
            _unlike(left[: whole.a], right[: whole.b], lengths),
            _unlike(left[a_to:], right[b_to:], lengths[a_to:]),
        )
        if all(alone):
            heavy = _heavy(left, lengths, [whole], least)
            return [_extended(a, b, a_low, b_low, [whole])] if heavy else []
        upto = _upto(lengths)
        before = () if alone[0] else runs(left[: whole.a], right[: whole.b], upto[: whole.a + 1])
        after = () if alone[1] else runs(left[a_to:], right[b_to:], upto[a_to:])
        # Only what is around is looked at: a chain that says the same again and again has nothing rare in it.
        some = [*before, whole, *(Block(run.a + a_to, run.b + b_to, run.n) for run in after)]
    else:
        upto = _upto(lengths)
        some = runs(left, right, upto)
    sums: list[float] = upto.tolist()
    found: list[Aligned] = []
    while some:
        box = _best(some, sums, least)
        if box is None:
            break
        some = [run for run in some if not _within(run, box)]
        blocks = _filled(left, right, box)
        if not _heavy(left, lengths, blocks, least):
            continue
        found.append(_extended(a, b, a_low, b_low, blocks))
        least = min(LESS, least)
    return found


def _letters(lengths: Places) -> NDArray[np.float64]:
    """What words of some lengths count for."""
    return np.minimum(np.maximum(lengths, LIGHTEST), HEAVIEST)


def _upto(lengths: Places) -> NDArray[np.float64]:
    """Letters before each word, and before the end."""
    upto = np.zeros(len(lengths) + 1)
    _letters(lengths).cumsum(out=upto[1:])
    return upto


def _whole(left: Numbers, right: Numbers, chain: Chain) -> Block | None:
    """A chain that is the same word for word, with the equal words on both sides of it; None if it is not."""
    a_from, a_to, b_from, b_to = chain
    if a_to - a_from != b_to - b_from or left[a_from:a_to].tobytes() != right[b_from:b_to].tobytes():
        return None
    fore = _equal(left[:a_from][::-1], right[:b_from][::-1])
    aft = _equal(left[a_to:], right[b_to:])
    return Block(a_from - fore, b_from - fore, fore + a_to - a_from + aft)


def _unlike(left: Numbers, right: Numbers, lengths: Places) -> bool:
    """Whether few words have no two in a row in common, and none by itself but light ones: no `runs`."""
    if not len(left) or not len(right):
        return True
    some: list[int] = left.tolist()
    others: list[int] = right.tolist()
    common = set(some).intersection(others)
    if not common:
        return True
    sizes: list[int] = lengths.tolist()
    if any(word in common and size >= LIGHT for word, size in zip(some, sizes, strict=False)):
        return False
    return set(pairwise(some)).isdisjoint(pairwise(others))


def _heavy(left: Numbers, lengths: Places, blocks: Sequence[Block], least: float) -> bool:
    """Whether the words of some blocks, each counted once, have `least` letters."""
    some: set[int] = set()
    for block in blocks:
        for low in range(block.a, block.a + block.n, _SOME):
            some.update(left[low : min(low + _SOME, block.a + block.n)].tolist())
            if len(some) * LIGHTEST >= least:
                return True
    met: dict[int, float] = {}
    for block in blocks:
        part = slice(block.a, block.a + block.n)
        met.update(zip(left[part].tolist(), _letters(lengths[part]).tolist(), strict=True))
    return sum(met.values()) >= least


def _extended(a: Tokens, b: Tokens, a_low: int, b_low: int, blocks: Sequence[Block]) -> Aligned:
    """Blocks of a region as an alignment, with the equal words that go on where the region ends."""
    kept = [Block(block.a + a_low, block.b + b_low, block.n) for block in blocks]
    first = kept[0]
    if fore := _equal(a.word[: first.a][::-1], b.word[: first.b][::-1]):
        kept[0] = first = Block(first.a - fore, first.b - fore, first.n + fore)
    last = kept[-1]
    if aft := _equal(a.word[last.a + last.n :], b.word[last.b + last.n :]):
        kept[-1] = last = Block(last.a, last.b, last.n + aft)
    return Aligned(first.a, last.a + last.n, first.b, last.b + last.n, tuple(kept))


def _equal(left: Numbers, right: Numbers) -> int:
    """How many words two texts have in common from their beginning."""
    most = min(len(left), len(right))
    if not most or left[0] != right[0]:
        return 0
    size = 8
    while True:
        same = left[: min(size, most)] == right[: min(size, most)]
        if not same.all():
            return int(same.argmin())
        if size >= most:
            return most
        size *= 8


def _best(runs: Sequence[Block], upto: Sequence[float], least: float) -> Chain | None:
    """The region of the runs that, one after another in both texts, have most equal letters for what differs."""
    score = [0.0] * len(runs)
    before = [-1] * len(runs)
    near: list[tuple[int, int, int, int, int]] = []
    for r, (a, b, n) in enumerate(runs):
        best, which = 0.0, -1
        if len(near) > 12:
            near = [one for one in near if one[4] >= b - GAP]
        for p, pa, pb, a_end, b_end in near:
            if a <= pa or b <= pb:
                continue
            da, db = a - a_end, b - b_end
            apart, over = (da, -db) if da > db else (db, -da)
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
        near.append((r, a, b, a + n, b + n))
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


def _filled(left: Numbers, right: Numbers, box: Chain) -> list[Block]:
    """Equal words of the region, aligned by edit distance."""
    a, b = left[box.a_from : box.a_to], right[box.b_from : box.b_to]
    if a.tobytes() == b.tobytes():
        return [Block(box.a_from, box.b_from, len(a))]
    return [
        Block(box.a_from + m.a, box.b_from + m.b, m.size)
        for m in Levenshtein.editops(a.tolist(), b.tolist()).as_matching_blocks()
        if m.size
    ]
