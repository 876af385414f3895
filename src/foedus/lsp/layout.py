"""Laying a page out as `foedus fmt` does, in as few edits as there are stretches that change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from lsprotocol.types import Position, Range, TextEdit

from foedus.lang.layout import format_page
from foedus.lsp.text import Text

MOST_COMPARED = 4_000
"""Lines of a stretch that are compared one by one; a longer one is replaced as a whole."""


def laid_out(text: Text, ends: str = "\n") -> list[TextEdit]:
    """The edits that lay the page out; none if it is. `ends` is what ends its lines."""
    after = tuple(format_page(text.text).split("\n"))
    return [
        _edit(text, first, last, after[start:end], ends)
        for first, last, start, end in _changes(text.lines, after)
    ]


def _edit(text: Text, first: int, last: int, new: Sequence[str], ends: str) -> TextEdit:
    """The lines from `first` to before `last` (from 0) replaced. Behind the page's last line stands no end."""
    if last < len(text.lines):
        return TextEdit(Range(Position(first, 0), Position(last, 0)), "".join(line + ends for line in new))
    end = text.position(last, len(text.line(last)) + 1)
    if not first:
        return TextEdit(Range(Position(0, 0), end), ends.join(new))
    start = text.position(first, len(text.line(first)) + 1)
    return TextEdit(Range(start, end), "".join(ends + line for line in new))


def _changes(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """The stretches of lines that change, with what they become."""
    most = min(len(before), len(after))
    top = 0
    while top < most and before[top] == after[top]:
        top += 1
    low = 0
    while low < most - top and before[-1 - low] == after[-1 - low]:
        low += 1
    old, new = before[top : len(before) - low], after[top : len(after) - low]
    if len(old) + len(new) > MOST_COMPARED:
        yield top, top + len(old), top, top + len(new)
        return
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield top + a, top + b, top + c, top + d
