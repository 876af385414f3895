r"""What each word of a page is, for an editor that colours them: words of lines, names by what they stand for.

>>> from foedus.lang.parse import parse_page
>>> from foedus.lsp.naming import Known
>>> page, _ = parse_page("lir.md", "```foedus\njudgement grave(of: Incident)\n```\n")
>>> painted(page, Known((page,)), Text(page.text))
[(1, 0, 9, 'keyword', False), (1, 10, 5, 'function', True), (1, 16, 2, 'parameter', True), (1, 20, 8, 'type', False)]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from lsprotocol.types import SemanticTokensLegend

from foedus.lang.lines import BELOW, CLASSES, OUTCOMES, STANDINGS, VERDICTS, after, find
from foedus.lang.outline import Line, outline
from foedus.lang.scan import scan
from foedus.lang.tangle import Block, tangle
from foedus.lang.tree import Page
from foedus.lsp.mentions import mentions
from foedus.lsp.naming import Known, ThingKind
from foedus.lsp.offers import EACH, EFFECTS, MODIFIERS, SAID, VERBS
from foedus.lsp.text import Text

TYPES = (
    "keyword", "namespace", "type", "function", "macro", "method", "parameter", "variable", "enumMember",
    "enum", "property", "event", "string", "number", "comment",
)  # fmt: skip
LEGEND = SemanticTokensLegend(list(TYPES), ["declaration"])

OF: Mapping[ThingKind, str] = {
    "instrument": "namespace", "dossier": "namespace", "text": "property", "word": "function",
    "role": "parameter", "sort": "type", "value": "enumMember", "actor": "enumMember", "speaker": "enumMember",
    "term": "macro", "norm": "method", "rule": "method",
    "weighting": "property", "question": "enum", "answer": "string",
    "procedure": "method", "track": "property", "stage": "enumMember", "step": "method", "clock": "property",
    "source": "property", "fact": "event", "quantity": "event", "variable": "variable",
}  # fmt: skip
"""The type of each kind of thing, among those that every editor has a colour for."""

_PHRASES = (*SAID.values(), *VERBS, *EFFECTS, *EACH, *MODIFIERS, *CLASSES, *OUTCOMES, *STANDINGS, *VERDICTS)
_NOTES = (note for kinds in BELOW.values() for kind in kinds for note in kind.allowed)
WORDS = frozenset(word for phrase in (*_PHRASES, *_NOTES, "owed held granting") for word in phrase.split())
"""The words within lines that are the language's own."""

_DATE = re.compile(r"[0-9.][0-9.,/?~%X-]*\Z")
_CODE = re.compile(r"[A-Z][A-Z0-9_]*")
_DECLARED = 64
LINE_END = 1_000_000


def encoded(page: Page, known: Known, text: Text) -> list[int]:
    """The colours as the protocol has them: five numbers each, counted from the one before."""
    data: list[int] = []
    line = start = 0
    for row, column, length, kind, declared in painted(page, known, text):
        data += [
            row - line,
            column - start if row == line else column,
            length,
            TYPES.index(kind),
            int(declared),
        ]
        line, start = row, column
    return data


def painted(page: Page, known: Known, text: Text) -> list[tuple[int, int, int, str, bool]]:
    """Each coloured stretch: line and position in it (from 0), length, type, whether it is declared there."""
    rows: dict[int, bytearray] = {}

    def paint(number: int, start: int, end: int, kind: str, declared: bool = False) -> None:
        row = rows.setdefault(number, bytearray(len(text.line(number))))
        start, end = max(start, 0), min(end, len(row))
        start += len(text.line(number)[start:end]) - len(text.line(number)[start:end].lstrip())
        colour = TYPES.index(kind) + 1 + (_DECLARED if declared else 0)
        row[start:end] = bytes([colour]) * max(end - start, 0)

    for block in tangle(page.path, text.text).blocks:
        for number, start, end, kind in _of_block(block):
            paint(number, start, end, kind)
    for mention in mentions(page, known):
        place = mention.place
        paint(place.line, place.column - 1, place.end_column - 1, OF[mention.thing.kind], mention.declares)
    return [
        (text.position(n, start + 1).line, *_units(text, n, start, end), kind, declared)
        for n, row in sorted(rows.items())
        for start, end, kind, declared in _stretches(row)
    ]


def _units(text: Text, number: int, start: int, end: int) -> tuple[int, int]:
    first = text.position(number, start + 1).character
    return first, text.position(number, end + 1).character - first


def _stretches(row: bytearray) -> Iterator[tuple[int, int, str, bool]]:
    at = 0
    for colour, same in groupby(row):
        end = at + len(list(same))
        if colour:
            yield at, end, TYPES[(colour & ~_DECLARED) - 1], bool(colour & _DECLARED)
        at = end


def _of_block(block: Block) -> Iterator[tuple[int, int, int, str]]:
    """What can be told without knowing names: line, start and end in it (from 0), type."""
    drawn = outline(block.lines, "", "")
    pieces = set[int]()
    yield from _of_lines(drawn.lines, block.kind, pieces)
    for source in block.lines:
        if source.number not in pieces and source.text.lstrip().startswith("--"):
            start = source.column - 1 + len(source.text) - len(source.text.lstrip())
            yield source.number, start, source.column - 1 + len(source.text), "comment"


def _of_lines(lines: Iterable[Line], context: str, pieces: set[int]) -> Iterator[tuple[int, int, int, str]]:
    for line in lines:
        kind = find(context, line.text) if context in BELOW else None
        rest = after(kind, line.text) if kind is not None else 0
        for piece in line.pieces:
            pieces.add(piece.number)
            if piece.comment:
                yield piece.number, piece.column - 1 + len(piece.text), LINE_END, "comment"
        for token in scan(line.text):
            if kind is not None and token.start < rest:
                colour = "keyword"
            elif token.kind in ("string", "unclosed", "url"):
                colour = "string"
            elif token.kind in ("ref", "word") and _DATE.match(token.text.strip("[ ]")):
                colour = "number"
            elif token.kind != "word":
                colour = ""
            elif token.text in WORDS:
                colour = "keyword"
            else:
                colour = "enumMember" if _CODE.fullmatch(token.text) else ""
            if colour:
                yield from _on_rows(line, token.start, token.end, colour)
        yield from _of_lines(line.below, kind.below if kind is not None else "", pieces)


def _on_rows(line: Line, start: int, end: int, colour: str) -> Iterator[tuple[int, int, int, str]]:
    """The stretch, one for each row of the page that it touches."""
    for piece, begins in zip(line.pieces, line.starts, strict=True):
        first, last = max(start, begins), min(end, begins + len(piece.text))
        if first < last:
            offset = piece.column - 1 - begins
            yield piece.number, first + offset, last + offset, colour
