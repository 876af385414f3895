"""The word that was probably meant.

>>> suggest("fore", ["force", "request"])
'force'
>>> suggest("zebra", ["force", "request"]) is None
True
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

LONGEST_WORD = 80
"""Comparing takes time with the product of the lengths; nobody misspells a longer word."""


def suggest(word: str, among: Iterable[str]) -> str | None:
    """The spelling in `among` nearest to `word`, or None if none is near.

    Capitals, `-`, `_` and spaces do not make words differ; of equally near words the first in the
    alphabet is taken, so that the answer does not depend on the order of `among`.
    """
    if not word or len(word) > LONGEST_WORD:
        return None
    plain: dict[str, str] = {}
    for known in sorted(set(among), reverse=True):
        plain[_plain(known)] = known
    found = get_close_matches(_plain(word), sorted(plain), n=1, cutoff=0.6)
    return plain[found[0]] if found else None


def _plain(word: str) -> str:
    return word.casefold().replace("-", "_").replace(" ", "_")
