r"""Places of a page and positions of the protocol, between which everything here goes back and forth.

A *place* counts lines and columns from 1, in characters. A *position* counts from 0, in what the editor
counts: units of UTF-16, where not agreed otherwise. A letter beyond the first plane has two of them.

>>> text = Text("fact a1 “🜁”\n  asserts ARV")
>>> text.position(1, 10), text.position(1, 11), text.column(text.position(1, 11))
(0:9, 0:11, 11)
>>> text.range(Place("lir.md", 2, 11, 2, 14))
1:10-1:13
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lsprotocol.types import Position, PositionEncodingKind, Range

from foedus.diagnostics.span import Place

NAMED = re.compile(r"[\w.-]+")
"""A word as pages make names, with the instrument's before a point."""

_BYTES = {
    PositionEncodingKind.Utf8: ("utf-8", 1),
    PositionEncodingKind.Utf16: ("utf-16-le", 2),
    PositionEncodingKind.Utf32: ("utf-32-le", 4),
}


def plain(text: str) -> str:
    """The text as pages are read: lines that end in one way, without a mark at the beginning."""
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")


@dataclass(frozen=True)
class Text:
    """A page's text (as `plain` gives it), its lines, and how the editor counts in them."""

    text: str
    counts: PositionEncodingKind | str = PositionEncodingKind.Utf16
    lines: tuple[str, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lines", tuple(self.text.split("\n")))

    def line(self, number: int) -> str:
        """The line of that number, from 1; empty beyond the page's end."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    # ---- from places to positions ----

    def position(self, line: int, column: int) -> Position:
        """Where a line and column (from 1) are; beyond a line's end, its end."""
        number = min(max(line, 1), len(self.lines))
        before = self.line(number)[: max(column, 1) - 1] if number == line else self.line(number)
        return Position(number - 1, self._units(before))

    def range(self, place: Place) -> Range:
        """The stretch of a place; of a whole file (line 0), its first line. One without any width is widened to
        the character before it, so that it can be seen."""
        if not place.line:
            return Range(Position(0, 0), self.position(1, len(self.line(1)) + 1))
        start = self.position(place.line, place.column)
        end = self.position(place.end_line, place.end_column)
        if (end.line, end.character) <= (start.line, start.character):
            end = start
            start = self.position(place.line, min(place.column - 1, len(self.line(place.line))))
        return Range(start, end)

    def _units(self, text: str) -> int:
        if text.isascii():
            return len(text)
        code, width = _BYTES[PositionEncodingKind(self.counts)]
        return len(text.encode(code, "surrogatepass")) // width

    # ---- and back ----

    def column(self, position: Position) -> int:
        """The column (from 1) of a position; beyond the line's end, behind its last character."""
        line = self.line(position.line + 1)
        if line.isascii():
            return min(position.character, len(line)) + 1
        units = 0
        for at, character in enumerate(line):
            if units >= position.character:
                return at + 1
            units += self._units(character)
        return len(line) + 1

    def written(self, place: Place) -> str:
        """What stands at a place."""
        if place.line == place.end_line:
            return self.line(place.line)[place.column - 1 : place.end_column - 1]
        first = self.line(place.line)[place.column - 1 :]
        between = self.lines[place.line : place.end_line - 1]
        return "\n".join((first, *between, self.line(place.end_line)[: place.end_column - 1]))

    def word(self, position: Position) -> tuple[str, int, int]:
        """The word that a position is in or at the end of, with its columns (the second exclusive)."""
        column = self.column(position)
        for found in NAMED.finditer(self.line(position.line + 1)):
            if found.start() < column <= found.end() + 1:
                return found[0], found.start() + 1, found.end() + 1
        return "", column, column
