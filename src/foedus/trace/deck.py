"""A deck: a sentence of the body that an editor put above it, cut or a little changed."""

from __future__ import annotations

import re
from typing import Final

from rapidfuzz.fuzz import partial_ratio

_WORD = re.compile(
    r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]|[^\W_\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]+"
)
_LONGEST: Final = 400
"""Characters of a line that an editor puts above a text."""
_FEWEST, _MOST = 6, 80
"""Words of it."""
_SEED: Final = 4
"""Words in a row that it has to share with the body before anybody looks closer."""
_ALIKE: Final = 80
"""Of a hundred words, how many have to stand in the body in the same order, side by side."""
_AHEAD: Final = 20_000
"""Characters of the body in which the sentence is looked for."""


def is_deck(line: str, text: str, end: int) -> bool:
    """Whether a line that ends at character `end` of a text stands in the text once more below it."""
    if len(line) > _LONGEST:
        return False
    found = list(_WORD.finditer(line))
    if not _FEWEST <= len(found) <= _MOST:
        return False
    body = text[end : end + _AHEAD]
    seeds = (line[found[n].start() : found[n + _SEED - 1].end()] for n in range(0, len(found) - _SEED + 1, 2))
    above = text[: end - len(line)]
    often = [body.count(seed) + above.count(seed) for seed in seeds]
    once = often.count(1)
    if not once or sum(n > 1 for n in often) > once:  # never, or again and again: a refrain, a list
        return False
    words = [one[0].casefold() for one in found]
    below = [one.casefold() for one in _WORD.findall(body)]
    return len(below) >= 3 * len(words) and partial_ratio(words, below) >= _ALIKE
