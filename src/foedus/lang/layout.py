r"""The formatter: one way to set a page, so that a change in it is a change in what it says.

Two spaces for each level; one space between words, one after a comma, none inside brackets; lines of
more than 96 columns are broken before `and` or `or` and go on four spaces deeper; at most one blank line.
Comments stay where they are. Prose, and lines with a mistake, are left as they are.

>>> print(format_page("```foedus\nterm danger( i,v )\n   when force(_ , v)as i\n    or unrest(v) as i\n```"))
```foedus
term danger(i, v)
  when force(_, v) as i or unrest(v) as i
```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from foedus.lang.outline import CONTINUES, Line, Outline, outline
from foedus.lang.parse import parse_page
from foedus.lang.scan import Token, scan
from foedus.lang.tangle import LONGEST_PAGE, Block, plain, tangle

WIDTH = 96
STEP = 2
"""Columns of a level; a line that is continued goes on two levels deeper."""

_APART = frozenset({"and", "or", "not", "no", "when", "unless", "until", "that", "is", "before", "as", "who"})
"""Words after which a bracket stands apart: elsewhere it belongs to the word before it."""


def format_page(text: str) -> str:
    """The page, set. What cannot be read as a page comes back with its line ends made alike, no more."""
    text = plain(text)
    if len(text) > LONGEST_PAGE:
        return text
    tangled = tangle("", text)
    faulty = {problem.place.line for problem in parse_page("", text)[1]}
    lines = text.split("\n")
    for block in reversed(tangled.blocks):
        if not block.lines:
            continue
        drawn = outline(block.lines, "", "")
        prefix = _prefix(block, lines)
        if prefix is None or any(problem.code != "F101" for problem in drawn.problems):
            continue
        first, last = block.lines[0].number - 1, block.lines[-1].number
        lines[first:last] = [(prefix + row).rstrip() for row in _rows(drawn, faulty)]
    return "\n".join(lines)


def _prefix(block: Block, lines: list[str]) -> str | None:
    """What stands before the lines of a block in a list or a quotation; None if they differ."""
    found = {lines[line.number - 1][: line.column - 1] for line in block.lines if line.text.strip()}
    return found.pop() if len(found) == 1 else "" if not found else None


def _rows(drawn: Outline, faulty: set[int]) -> list[str]:
    rows: list[str] = []
    for line in drawn.lines:
        rows += _set(line, faulty)
    rows += _above(drawn.tail, "")
    while rows and not rows[-1]:
        rows.pop()
    while rows and not rows[0]:
        rows.pop(0)
    return rows


def _set(line: Line, faulty: set[int]) -> Iterator[str]:
    indent = " " * (STEP * line.depth)
    numbers = {piece.number for piece in line.pieces}
    if line.broken or numbers & faulty:
        yield from _as_it_is(line, indent)
    else:
        yield from _reset(line, indent)
    for inner in line.below:
        yield from _set(inner, faulty)


def _above(comments: Iterable[str], indent: str) -> Iterator[str]:
    for comment in comments:
        yield indent + comment if comment else ""


def _as_it_is(line: Line, indent: str) -> Iterator[str]:
    """A line with a mistake: its words are kept, only the indentation of the level is set."""
    for n, piece in enumerate(line.pieces):
        deeper = indent if n == 0 else indent + " " * (2 * STEP)
        yield from _above(piece.above, deeper)
        yield deeper + (f"{piece.text} {piece.comment}" if piece.comment else piece.text)


def _reset(line: Line, indent: str) -> Iterator[str]:
    deeper = indent + " " * (2 * STEP)
    ends = [*line.starts[1:], len(line.text) + 1]
    words = list(scan(line.text))
    gathered: list[Token] = []
    begun = False
    for n, (piece, end) in enumerate(zip(line.pieces, ends, strict=True)):
        yield from _above(piece.above, deeper if begun else indent)
        gathered += [word for word in words if line.starts[n] <= word.start < end]
        following = line.pieces[n + 1] if n + 1 < len(line.pieces) else None
        if following is None or ((piece.comment or following.above) and _may_break(line, ends[n])):
            rows = _wrap(gathered, deeper if begun else indent, deeper)
            yield from rows[:-1]
            yield rows[-1] + (f" {piece.comment}" if piece.comment else "")
            begun, gathered = True, []


def _may_break(line: Line, at: int) -> bool:
    """Whether the line is still one line if it is broken at `at`: not within a quotation."""
    return all(not (word.start < at <= word.end) for word in scan(line.text)) or bool(
        CONTINUES.match(line.text, at)
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """Words up to the next `and` or `or`. `rank` is lower the weaker the word joins that begins it."""

    text: str
    rank: tuple[int, bool]


def _wrap(words: list[Token], indent: str, deeper: str) -> list[str]:
    """The words set in rows of at most `WIDTH` columns, as far as `and` and `or` allow it."""
    parts: list[_Part] = []
    last: Token | None = None
    depth = 0
    for word in words:
        text = _text(word)
        if last is None or word.text in ("and", "or"):
            parts.append(_Part(text, (depth, word.text == "and")))
        else:
            parts[-1] = replace(parts[-1], text=parts[-1].text + (" " if _spaced(last, word) else "") + text)
        depth += (word.kind == "open") - (word.kind == "close")
        last = word
    whole = " ".join(part.text for part in parts)
    if len(indent) + len(whole) <= WIDTH:
        return [indent + whole]
    first, *rest = _fold(parts, WIDTH - len(deeper))
    return [indent + first, *(deeper + row for row in rest)]


def _fold(parts: list[_Part], room: int) -> list[str]:
    """Breaks before the words that join most weakly: each `or`, and as many `and` as are needed."""
    whole = " ".join(part.text for part in parts)
    if len(whole) <= room or len(parts) < 2:
        return [whole] if parts else []
    rank = min(part.rank for part in parts[1:])
    starts = [0, *(n for n, part in enumerate(parts) if n and part.rank == rank), len(parts)]
    rows: list[str] = []
    for start, end in pairwise(starts):
        folded = _fold(parts[start:end], room)
        if rank[1] and rows and len(folded) == 1 and len(rows[-1]) + 1 + len(folded[0]) <= room:
            rows[-1] += f" {folded[0]}"
        else:
            rows += folded
    return rows


def _text(word: Token) -> str:
    if word.kind == "string":
        return f'"{" ".join(word.text[1:-1].split())}"'
    if word.kind == "ref":
        inside = " ".join(word.text[1:-1].split())
        dates = inside[:1].isdigit() or inside.startswith("..")
        return f"[{inside.replace(', ', ',').replace(' ,', ',') if dates else inside}]"
    return word.text


def _spaced(last: Token, word: Token) -> bool:
    """Whether a space stands between two words."""
    if last.kind == "open" or word.kind == "close" or word.text in (",", ":"):
        return False
    if word.text == "(":
        return last.kind != "word" or last.text in _APART
    return True
