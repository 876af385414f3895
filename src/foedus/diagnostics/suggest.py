"""The word that was probably meant.

>>> suggest("fore", ["force", "request"])
'force'
>>> suggest("zebra", ["force", "request"]) is None
True
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import islice

LONGEST_WORD = 80
MOST_WORDS = 5_000
"""Comparing takes time; nobody misspells a longer word, and no page needs more names than this."""

LEAST_LIKE = 0.6


def suggest(word: str, among: Iterable[str]) -> str | None:
    """The spelling in `among` nearest to `word`, or None if none is near.

    Capitals, `-`, `_` and spaces do not make words differ. Of equally near words the first in the
    alphabet is taken, so that the answer does not hang on the order of `among`.
    """
    if not word or len(word) > LONGEST_WORD:
        return None
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(_plain(word))
    best, best_like = None, LEAST_LIKE
    for known in sorted(set(islice(among, MOST_WORDS))):
        if len(known) > LONGEST_WORD:
            continue
        matcher.set_seq1(_plain(known))
        if matcher.real_quick_ratio() < best_like or matcher.quick_ratio() < best_like:
            continue
        like = matcher.ratio()
        if like > best_like or (best is None and like == best_like):
            best, best_like = known, like
    return best


def _plain(word: str) -> str:
    return word.casefold().replace("-", "_").replace(" ", "_")
