r"""A text in numbered lines, with what a revision changed in it word by word.

>>> [(row.number, row.runs) for row in lined("Item 1.\nItem 2.", "Item 1.\nItem 3.")]
[(1, (('same', 'Item 1.'),)), (2, (('same', 'Item '), ('gone', '2.'), ('new', '3.')))]
>>> [row.number for row in lined("a\nb\nc", "a\nc")]
[1, None, 2]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import zip_longest

from foedus.web.parts.changes import Change, changed

LINES, LETTERS = 2_000, 150_000
"""Texts that are longer are taken away as files, and not shown on the page."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line; one that is gone has no number."""

    number: int | None
    runs: tuple[Change, ...]


def short(text: str) -> bool:
    """Whether a text is shown on the page."""
    return len(text) <= LETTERS and text.count("\n") < LINES


@lru_cache(maxsize=64)
def lined(before: str | None, after: str) -> tuple[Row, ...]:
    """The lines of a text; with what came and went, where there was one before."""
    new = after.removesuffix("\n").split("\n")
    if before is None:
        return tuple(Row(number, (("same", line),)) for number, line in enumerate(new, 1))
    return tuple(_rows(before.removesuffix("\n").split("\n"), new))


def _rows(old: list[str], new: list[str]) -> Iterator[Row]:
    for kind, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            yield from (Row(n + 1, (("same", new[n]),)) for n in range(c, d))
            continue
        for was, now in zip_longest(range(a, b), range(c, d)):
            if now is None:
                yield Row(None, (("gone", old[was]),))
            else:
                yield Row(now + 1, changed(old[was] if was is not None else "", new[now]))
