r"""Where the cursor is: in which block, below which lines, and what may come next on its line.

Everything before the cursor is read as pages are read (`tangle`, `outline`, `lines`, the grammar); what is
open there is taken to be closed behind it. So an unfinished line says what it says so far.

>>> from lsprotocol.types import Position
>>> here = look(Text("```foedus\nduty assist\n  owed by each "), Position(2, 15))
>>> here.kind.key, here.rest, "OTHER" in here.accepts
('owed', ' each ', True)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol, cast

from lark.exceptions import LarkError
from lsprotocol.types import Position

from foedus.lang.lines import BELOW, Kind, after, find
from foedus.lang.outline import Line, outline
from foedus.lang.said import grammar
from foedus.lang.scan import Token, scan
from foedus.lang.tangle import Block, Source, tangle
from foedus.lsp.text import Text

HERE = "¤"
"""Stands for the cursor while a line is read: a sign that no line needs."""


class Halfway(Protocol):
    """A parser in the midst of a line."""

    def exhaust_lexer(self) -> object: ...
    def accepts(self) -> set[str]: ...


class Stepwise(Protocol):
    """What is needed of the grammar's parser here: to stop where the text does."""

    def parse_interactive(self, text: str, start: str) -> Halfway: ...


_JOINING = ("and", "or", "not", "no")
"""Words before a parenthesis that keeps a formula together, and is nobody's own."""

_TYPED = re.compile(r"[\w.*-]*\Z")
_VERSION = re.compile(r"\s*(?:[0-9]+|[a-z][\w-]*)\s*:\s*")


@dataclass(frozen=True)
class Cursor:
    """What stands before the cursor.

    `context` is that of `BELOW` in which the line stands, `kind` what kind of line it is (None while its first
    words are being typed), `before` the line so far, `rest` what of it is behind the first words, without the
    word that is being `typed`. `accepts` are the terminals of the grammar that may come next. `inside` is the
    bracket or quotation mark that is open, `word` the word before an open parenthesis.
    """

    block: Block
    trial: tuple[str, ...]  # the headings of the trials so far, its own last; none outside a trial
    context: str
    item: tuple[int, ...]  # the numbers of the item's lines so far
    above: tuple[tuple[Kind, Line], ...]
    before: str
    kind: Kind | None = None
    rest: str = ""
    typed: str = ""
    accepts: frozenset[str] = frozenset()
    inside: str = ""
    word: str = ""
    tokens: tuple[Token, ...] = field(default=(), repr=False)

    def last(self, count: int = 1) -> str:
        """The last words of the rest, before the one that is being typed."""
        return " ".join(token.text for token in self.tokens[-count:])


def look(text: Text, position: Position) -> Cursor | None:
    """What stands before the cursor; None in prose, in a comment, and where a line cannot be read so far."""
    number, column = position.line + 1, text.column(position)
    before = [*text.lines[: number - 1], text.line(number)[: column - 1] + HERE]
    tangled = tangle("", _closed(before))
    block = next((b for b in tangled.blocks if any(line.number == number for line in b.lines)), None)
    if block is None:
        return None
    lines = [line for line in block.lines if line.number <= number]
    path = _path(lines, number)
    if not path:
        return None
    headings = [heading for heading, _ in tangled.trials]
    trial = tuple(headings[: block.trial + 1]) if block.trial is not None else ()
    return _read(block, trial, path)


def _closed(before: list[str]) -> str:
    """The lines, and below them the end of the block that is open there."""
    page = "\n".join(before)
    unclosed = [problem for problem in tangle("", page).problems if problem.code == "F010"]
    if not unclosed:
        return page
    fence, opened = unclosed[-1].values["fence"], before[unclosed[-1].place.line - 1]
    margin = re.sub(r"[^>\s]", " ", opened.partition(fence)[0])
    return f"{page}\n{margin}{fence}"


def _path(lines: Sequence[Source], number: int) -> list[Line]:
    """The lines above the cursor's, outermost first, and last its own; what is open at the cursor is closed."""
    path, opened = _drawn(lines, number, 1)
    if opened is not None:  # on a line above: what is open there is open here too
        path, _ = _drawn(lines, number, number - opened + 1)
    return path


def _drawn(lines: Sequence[Source], number: int, taken: int) -> tuple[list[Line], int | None]:
    """The path, if what is open in the last lines is closed; and the last line where something still is."""
    last = lines[-1]
    closers = _closers("\n".join(line.text for line in lines[-taken:]))
    drawn = outline([*lines[:-1], Source(last.number, last.column, last.text + closers)], "", "")
    opened = [p.place.line for p in drawn.problems if p.code in ("F104", "F105")]
    return _down(drawn.lines, number), max(opened, default=None)


def _closers(text: str) -> str:
    """What would close everything that is open at the end of the text."""
    stack: list[str] = []
    quote = ""
    for token in scan(text):
        if token.kind == "open":
            stack.append(")" if token.text == "(" else "]")
        elif token.kind == "close" and stack:
            stack.pop()
        elif token.kind == "unclosed":
            quote = '"'
    return quote + "".join(reversed(stack))


def _down(lines: Sequence[Line], number: int) -> list[Line]:
    """The lines that lead to the one with this number."""
    for line in reversed(lines):
        if any(piece.number == number for piece in line.pieces):
            return [line]
        if below := _down(line.below, number):
            return [line, *below]
    return []


def _read(block: Block, trial: tuple[str, ...], path: list[Line]) -> Cursor | None:
    context = block.kind
    above: list[tuple[Kind, Line]] = []
    for line in path[:-1]:
        kind = find(context, line.text)
        if kind is None:
            return None
        above.append((kind, line))
        context = kind.below
    before, here, _ = path[-1].text.rpartition(HERE)
    if not here:  # in a comment, which is no part of the line
        return None
    item = tuple(piece.number for line in path for piece in line.pieces)
    start = 0
    kind = find(context, before) if context in BELOW else None
    if kind is not None and kind.key == "text":  # behind `text N:` stands what may stand below it
        version = _VERSION.match(before, after(kind, before))
        if version is not None and kind.below:
            above.append((kind, path[-1]))
            context, start = kind.below, version.end()
            kind = find(context, before, start)
    begun = after(kind, before, start) if kind is not None else start
    if kind is not None and kind.words and begun == len(before):
        kind = None  # its first words are still being typed
    if kind is None:
        return Cursor(
            block, trial, context, item, tuple(above), before[start:], typed=before[start:].lstrip()
        )
    return _ahead(Cursor(block, trial, context, item, tuple(above), before[start:], kind), before[begun:])


def _ahead(cursor: Cursor, rest: str) -> Cursor:
    """The cursor with what may come next behind the line's first words."""
    kind = cursor.kind
    assert kind is not None
    stack: list[tuple[str, str]] = []
    tokens = list(scan(rest))
    for n, token in enumerate(tokens):
        if token.kind == "open":
            before = tokens[n - 1] if n else token
            adjoins = before.kind == "word" and before.end == token.start and before.text not in _JOINING
            stack.append((token.text, before.text if adjoins else ""))
        elif token.kind == "close" and stack:
            stack.pop()
    if tokens and tokens[-1].kind == "unclosed":
        typed = tokens[-1].text[1:]
        return _with(cursor, rest[: tokens[-1].start], typed, tokens[:-1], inside='"')
    found = _TYPED.search(rest)
    typed = found[0] if found else ""
    stable = rest[: len(rest) - len(typed)]
    kept = [token for token in tokens if token.start < len(stable)]
    opened = [
        (sign, word) for sign, word in stack if sign == "[" or word or kind.rule in ("predicate", "term_head")
    ]
    words = next((word for sign, word in reversed(opened) if sign == "("), "")
    made = _with(cursor, stable, typed, kept, inside=opened[-1][0] if opened else "", word=words)
    if made.inside == "[" and not words:
        return made  # a source's brackets: what stands in them is for the grammar one word
    return _with(made, stable, typed, kept, made.inside, words, _accepted(kind, stable))


def _with(
    cursor: Cursor, rest: str, typed: str, tokens: Sequence[Token], inside: str = "", word: str = "",
    accepts: frozenset[str] = frozenset(),
) -> Cursor:  # fmt: skip
    return Cursor(
        cursor.block, cursor.trial, cursor.context, cursor.item, cursor.above, cursor.before, cursor.kind,
        rest, typed, accepts, inside, word, tuple(tokens),
    )  # fmt: skip


def _accepted(kind: Kind, rest: str) -> frozenset[str]:
    """The terminals that may come next; none where the rest cannot be read."""
    if not kind.rule or kind.rule == "text":
        return frozenset()
    try:
        reading = cast(Stepwise, grammar()).parse_interactive(rest, start=kind.rule)
        reading.exhaust_lexer()
        return frozenset(reading.accepts())
    except LarkError:
        return frozenset()
