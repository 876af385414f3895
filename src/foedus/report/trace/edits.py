"""A passage word by word: what both have, what only the first has, what only the second has instead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from foedus.report.trace.pairs import Turned


class Piece(NamedTuple):
    """Words that follow one another: in both (as the first writes them), or only in one."""

    of: Literal["both", "first", "second"]
    text: str


def pieces(turned: Turned, first: str, second: str) -> Iterator[Piece]:
    """The passage from its beginning to its end, over the texts of its two documents."""
    at = turned.first.start
    for left, left_end, right, right_end in sorted(turned.changes):
        if left > at:
            yield Piece("both", first[at:left])
        if left_end > left:
            yield Piece("first", first[left:left_end])
        if right_end > right:
            yield Piece("second", second[right:right_end])
        at = max(at, left_end)
    if at < turned.first.end:
        yield Piece("both", first[at : turned.first.end])
