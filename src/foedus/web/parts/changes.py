"""What changed between two texts, word by word: for a reader who has to see what an amendment does.

>>> changed("The Ward guards the dam.", "The Ward guards the dam and the town.")
(('same', 'The Ward guards the '), ('gone', 'dam.'), ('new', 'dam and the town.'))
>>> changed("", "An end.")
(('new', 'An end.'),)
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal, TypeAlias

Change: TypeAlias = tuple[Literal["same", "gone", "new"], str]

WORD = re.compile(r"\s+|\S+\s*")
LONGEST = 1_500
"""Of so many words on either side they are compared; longer ones are shown as replaced."""


@lru_cache(maxsize=2_000)
def changed(before: str, after: str) -> tuple[Change, ...]:
    """The runs of words that stay, go and come, in the order of reading. Those that stay and come make up `after`,
    those that stay and go make up `before`."""
    old, new = WORD.findall(before), WORD.findall(after)
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    head, tail = "".join(old[:start]), "".join(old[len(old) - end :])
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    found: list[Change] = [("same", head)]
    if max(len(old), len(new)) > LONGEST:
        found.append(("gone", "".join(old)))
        found.append(("new", "".join(new)))
    else:
        for tag, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
            if tag == "equal":
                found.append(("same", "".join(old[a:b])))
            else:
                found.append(("gone", "".join(old[a:b])))
                found.append(("new", "".join(new[c:d])))
    found.append(("same", tail))
    return tuple((kind, words) for kind, words in found if words)


def _alike(one: list[str], other: list[str]) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
