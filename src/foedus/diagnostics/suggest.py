"""The word that was probably meant.

>>> suggest("fore", ["force", "request"])
'force'
>>> suggest("zebra", ["force", "request"]) is None
True
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def suggest(word: str, among: Iterable[str]) -> str | None:
    """The spelling in `among` nearest to `word`, or None if none is near."""
    return next(iter(get_close_matches(word, list(among), n=1, cutoff=0.6)), None)
