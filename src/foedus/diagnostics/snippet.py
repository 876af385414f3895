r"""A marked line of a page: what stands there, fitted to the terminal, and which columns are marked.

A place counts characters; a terminal counts columns. The line is shown by `visible`'s cells, so a tab or
a wide letter before the mark does not shift it. A line that is too long is cut around the mark.

>>> strip("duty\tassist", 6, 12, room=40)
Strip(shown='duty    assist', before=8, length=6)
"""

from __future__ import annotations

from dataclasses import dataclass

from foedus.diagnostics.span import Place
from foedus.diagnostics.visible import cells

CUT = "…"


@dataclass(frozen=True, slots=True)
class Strip:
    """A line as shown, with its mark: `before` columns, then `length` columns (at least one)."""

    shown: str
    before: int
    length: int

    def split(self) -> tuple[str, str, str]:
        """The text before the mark, marked, and after it."""
        at = 0
        edges = [0, 0]
        for index, (_, columns) in enumerate(found := cells(self.shown)):
            if at <= self.before:
                edges[0] = index
            if at < self.before + self.length:
                edges[1] = index + 1
            at += columns
        if at <= self.before:
            edges = [len(found), len(found)]
        return self.shown[: edges[0]], self.shown[edges[0] : edges[1]], self.shown[edges[1] :]


def strip(line: str, column: int, end_column: int, room: int) -> Strip:
    """The line with characters `column` to `end_column` (exclusive, from 1) marked, in `room` columns.

    A mark beyond the line stands just after it; a mark of no width is one column wide; a mark wider
    than the room is cut.
    """
    line, column, end_column = _near(line, column, end_column, room)
    shown = cells(line)
    start = min(max(column - 1, 0), len(shown))
    end = min(max(end_column - 1, start), len(shown))
    left, right = 0, len(shown)
    if not any(columns for _, columns in shown[start:end]):
        room -= 1  # for the mark, where nothing stands above it
    if sum(columns for _, columns in shown) > room:
        left, right = _window(shown, start, room)
    head = CUT if left > 0 else ""
    tail = CUT if right < len(shown) else ""
    text = head + "".join(cell for cell, _ in shown[left:right]) + tail
    before = len(head) + sum(columns for _, columns in shown[left:start])
    length = sum(columns for _, columns in shown[start : min(end, right)])
    return Strip(text.rstrip(), before, max(length, 1))


def _near(line: str, column: int, end_column: int, room: int) -> tuple[str, int, int]:
    """The neighbourhood of the mark in a line so long that looking at all of it would take time."""
    reach = 8 * room
    if len(line) <= 4 * reach:
        return line, column, end_column
    column = min(max(column, 1), len(line) + 1)
    start = max(column - 1 - reach, 0)
    return line[start : column - 1 + reach], column - start, max(end_column - start, column - start)


def _window(shown: list[tuple[str, int]], start: int, room: int) -> tuple[int, int]:
    """First and last cell that fit into `room`, a third of it before the mark."""
    room -= 2 * len(CUT)
    left, used = start, 0
    while left > 0 and used + shown[left - 1][1] <= room // 3:
        left -= 1
        used += shown[left][1]
    right = start
    while right < len(shown) and used + shown[right][1] <= room:
        used += shown[right][1]
        right += 1
    while left > 0 and used + shown[left - 1][1] <= room:
        left -= 1
        used += shown[left][1]
    return left, right


def marked_lines(place: Place, lines: list[str], room: int) -> list[tuple[int, Strip]]:
    """The first and, if it is another, the last line of a place, numbered; none if the page lacks it."""
    if not 1 <= place.line <= len(lines):
        return []
    first = lines[place.line - 1]
    if place.end_line <= place.line:
        return [(place.line, strip(first, place.column, place.end_column, room))]
    found = [(place.line, strip(first, place.column, len(first) + 1, room))]
    last_line = min(place.end_line, len(lines))
    last = lines[last_line - 1]
    end = place.end_column if last_line == place.end_line else len(last) + 1
    begin = len(last) - len(last.lstrip()) + 1
    if last_line > place.line and end > begin:
        found.append((last_line, strip(last, begin, end, room)))
    return found
