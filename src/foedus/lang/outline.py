r"""The lines of a block as a tree, by indentation alone.

A *line* here is a logical one: it may run over several lines of the page, its *pieces*. A piece
continues the line before it if it begins with `and`, `or`, `,` or `|`, or if a bracket or a quotation
is open and it stands deeper than the line it continues. Comments are kept beside the pieces.

>>> from foedus.lang.tangle import Source
>>> rows = ("term danger(i, v)", "  when force(_, v) as i", "    or unrest(v) as i  -- at home")
>>> drawn = outline([Source(n, 1, row) for n, row in enumerate(rows, 1)], "lir.md", "Article 4")
>>> [line.text for line in drawn.lines[0].below]
['when force(_, v) as i\nor unrest(v) as i']
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from foedus.diagnostics.problem import Problem
from foedus.diagnostics.span import Place
from foedus.lang.tangle import Source

DEEPEST = 60
LONGEST_LINE = 20_000
"""Brackets and negations in one another, and characters of one line, that a page can need at most."""
DEEPEST_OUTLINE = 20

CONTINUES = re.compile(r"(?:and|or)(?![\w-])|[,|]")
_BEGINS = re.compile(
    r"(?:when|unless|until|text|reading|owed|class|performed|breached|asserts|denies|disputes|reports|fact"
    r"|source|term|duty|right|power|prohibition|expect|granting|suppose|immediately|together|parties)"
    r"(?:\s+[\w\"(_]|\s*$)"
)
_PART = re.compile(r'"[^"]*"?|<[^<>\s]*>|(?:(?<=\s)|(?<![\s\S]))--.*|[()\[\]]')
_REFUSED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069\ufeff\ufffd\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of the page without its comment. `above` holds comments on lines of their own."""

    number: int
    column: int
    text: str
    comment: str = ""
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A logical line with the lines below it. A *broken* line has a mistake already told of."""

    page: str
    heading: str
    depth: int
    pieces: tuple[Piece, ...]
    below: tuple[Line, ...] = ()
    broken: bool = False
    text: str = field(init=False)
    starts: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        lengths = (len(piece.text) + 1 for piece in self.pieces)
        object.__setattr__(self, "text", "\n".join(piece.text for piece in self.pieces))
        object.__setattr__(self, "starts", (0, *accumulate(lengths))[: len(self.pieces)])

    def place(self, start: int = 0, end: int | None = None) -> Place:
        """The place of `text[start:end]`; of the whole line without arguments."""
        line, column = self._at(start)
        end_line, end_column = self._at(len(self.text) if end is None else end)
        return Place(self.page, line, column, end_line, end_column, self.heading)

    def _at(self, offset: int) -> tuple[int, int]:
        piece = bisect_right(self.starts, offset) - 1
        return self.pieces[piece].number, self.pieces[piece].column + offset - self.starts[piece]


@dataclass(frozen=True, slots=True)
class Outline:
    """The lines at the left margin, comments after the last of them, and what was wrong."""

    lines: tuple[Line, ...]
    tail: tuple[str, ...]
    problems: tuple[Problem, ...]


def outline(sources: Sequence[Source], page: str, heading: str) -> Outline:
    """The outline of a block's lines, with F101 to F109 for what is wrong with their layout."""
    return _Drawer(sources, page, heading).draw()


@dataclass(slots=True)
class _Open:
    """A line being gathered, with the brackets (and at most one quotation) still open in it."""

    depth: int
    indent: int
    pieces: list[Piece]
    broken: bool = False
    brackets: list[tuple[str, int, Place]] = field(default_factory=list[tuple[str, int, Place]])
    quote: tuple[int, Place] | None = None
    size: int = 0

    @property
    def unfinished(self) -> bool:
        return bool(self.brackets) or self.quote is not None


class _Drawer:
    def __init__(self, sources: Sequence[Source], page: str, heading: str) -> None:
        self.sources = sources
        self.page = page
        self.heading = heading
        self.problems: list[Problem] = []
        self.flat: list[Line] = []
        self.margins: list[int] = []
        self.above: list[str] = []
        self.open: _Open | None = None
        self.tabs = False

    def draw(self) -> Outline:
        at = 0
        while at < len(self.sources):
            at = self.take(at)
            if at == len(self.sources):
                at = self.resume(at)
        self.finish()
        return Outline(_nest(self.flat), tuple(self.above), tuple(self.problems))

    def take(self, at: int) -> int:
        """Reads the physical line `at`; returns which to read next."""
        source = self.sources[at]
        text = source.text.rstrip()
        indent = len(text) - len(text.lstrip())
        if self.open and self.open.unfinished and not self.goes_on(text, indent):
            return self.resume(at)
        quoted = self.open is not None and self.open.quote is not None
        if not text.strip() or (not quoted and text.lstrip().startswith("--")):
            if (
                text.strip()
                or (self.above and self.above[-1])
                or (not self.above and (self.flat or self.open))
            ):
                self.above.append(text.strip())
            return at + 1
        if self.open and (self.open.unfinished or CONTINUES.match(text, indent)):
            self.add(source, text, indent, at)
            return at + 1
        self.finish()
        self.begin(source, text, indent, at)
        return at + 1

    def goes_on(self, text: str, indent: int) -> bool:
        """Whether the line can belong to what is open in the line before it."""
        assert self.open is not None
        if not text.strip():
            return False
        if _columns(text, indent) <= self.open.indent and not CONTINUES.match(text, indent):
            return False
        if self.open.quote is not None:  # a line that closes a quotation has an odd number of marks
            return text.count('"') % 2 == 1 or '"' not in text
        return not _BEGINS.match(text, indent)

    def resume(self, at: int) -> int:
        """Tells of what was never closed; goes on after the line in which it was opened."""
        line = self.open
        if line is None or not line.unfinished:
            return at
        if line.quote is not None:
            opened, place = line.quote
            self.tell(line, Problem("F104", place))
        else:
            sign, opened, place = line.brackets[-1]
            self.tell(line, Problem("F105", place, {"sign": sign, "other": ")" if sign == "(" else "]"}))
        first = self.sources[opened].number
        line.pieces = [piece for piece in line.pieces if piece.number <= first]
        self.above = []
        self.finish()
        return opened + 1

    def begin(self, source: Source, text: str, indent: int, at: int) -> None:
        depth, problem = self.step(source, text, indent)
        self.open = _Open(depth, _columns(text, indent), [], broken=depth > DEEPEST_OUTLINE)
        if problem:
            self.problems.append(problem)
        if CONTINUES.match(text, indent):
            sign = self.mark(source, indent, len(CONTINUES.match(text, indent)[0]))  # type: ignore[index]
            self.tell(
                self.open, Problem("F103", sign, {"word": text[sign.column - source.column :].split()[0]})
            )
        self.add(source, text, indent, at)

    def step(self, source: Source, text: str, indent: int) -> tuple[int, Problem | None]:
        """The depth of a new line, and what is wrong with its indentation."""
        margin = self.mark(source, 0, indent)
        problem = None
        if "\t" in text[:indent] and not self.tabs:
            self.tabs, problem = True, Problem("F101", margin)
        indent = _columns(text, indent)
        margins = self.margins
        if not margins:
            if indent:
                problem = problem or Problem(
                    "F102", margin, {"indent": str(indent)}, help="An item begins at the margin."
                )
            margins.append(indent)
            return 0, problem
        if indent > margins[-1]:
            margins.append(indent)
            if len(margins) - 1 > DEEPEST_OUTLINE:
                margins.pop()
                return DEEPEST_OUTLINE + 1, problem or Problem(
                    "F106", margin, {"what": "lines", "most": str(DEEPEST_OUTLINE)}
                )
            return len(margins) - 1, problem
        while len(margins) > 1 and margins[-1] > indent:
            left = margins.pop()
            if margins[-1] < indent:  # between two levels: it belongs to the upper one all the same
                margins.append(indent)
                wanted = {"indent": str(indent), "upper": str(margins[-2]), "lower": str(left)}
                return len(margins) - 1, problem or Problem("F102", margin, wanted)
        return len(margins) - 1, problem

    def add(self, source: Source, text: str, indent: int, at: int) -> None:
        """Adds a piece to the open line, keeping account of brackets and quotations."""
        line = self.open
        assert line is not None
        if refused := _REFUSED.search(text):
            place = self.mark(source, refused.start(), 1)
            self.tell(line, Problem("F108", place, {"code": f"U+{ord(refused[0]):04X}"}))
        end, comment = len(text), ""
        start = indent
        if line.quote is not None:
            close = text.find('"')
            start = len(text) if close < 0 else close + 1
            line.quote = line.quote if close < 0 else None
        for part in _PART.finditer(text, start):
            sign = part[0]
            if sign.startswith("--"):
                end, comment = part.start(), sign
            elif sign == '"' or (sign[0] == '"' and not sign.endswith('"')):
                line.quote = (at, self.mark(source, part.start(), len(sign)))
            elif sign in "([":
                line.brackets.append((sign, at, self.mark(source, part.start(), 1)))
            elif sign in ")]":
                self.close(line, sign, self.mark(source, part.start(), 1))
        kept = text[indent:end].rstrip()
        line.size += len(kept)
        line.pieces.append(Piece(source.number, source.column + indent, kept, comment, tuple(self.above)))
        self.above = []
        if line.size > LONGEST_LINE or len(line.brackets) > DEEPEST:
            what, most = ("characters", LONGEST_LINE) if line.size > LONGEST_LINE else ("brackets", DEEPEST)
            code = "F107" if what == "characters" else "F106"
            self.tell(line, Problem(code, self.mark(source, indent, 1), {"what": what, "most": f"{most:,}"}))
            line.brackets, line.quote = [], None

    def close(self, line: _Open, sign: str, place: Place) -> None:
        opened = "(" if sign == ")" else "["
        if line.brackets and line.brackets[-1][0] == opened:
            line.brackets.pop()
            return
        self.tell(line, Problem("F109", place, {"sign": sign, "other": opened}))
        line.brackets, line.quote = [], None

    def tell(self, line: _Open, problem: Problem) -> None:
        """Adds the problem, unless the line already has one."""
        if not line.broken:
            self.problems.append(problem)
        line.broken = True

    def finish(self) -> None:
        line, self.open = self.open, None
        if line is not None:
            drawn = Line(self.page, self.heading, line.depth, tuple(line.pieces), (), line.broken)
            self.flat.append(drawn)

    def mark(self, source: Source, start: int, length: int) -> Place:
        column = source.column + start
        return Place(self.page, source.number, column, source.number, column + max(length, 1), self.heading)


def _columns(text: str, indent: int) -> int:
    """How far the text is indented, if a tab is as wide as a level."""
    return len(text[:indent].expandtabs(2))


def _nest(flat: list[Line]) -> tuple[Line, ...]:
    """Puts each line below the one that it belongs to."""
    waiting: dict[int, list[Line]] = {}
    for line in reversed(flat):
        below = waiting.pop(line.depth + 1, [])
        waiting.setdefault(line.depth, []).append(replace_below(line, tuple(reversed(below))))
    return tuple(reversed(waiting.get(0, [])))


def replace_below(line: Line, below: tuple[Line, ...]) -> Line:
    """The line with these lines below it."""
    return replace(line, below=below) if below else line
