r"""Takes the program out of a page: Markdown in, fenced blocks with their headings out.

A *block* is a fence whose first word is `foedus`, `record` or `ask`; everything else is prose. The
*heading* above a block is its address. A *trial* is the stretch under a heading that begins with
"Trial", until the next heading of the same or a higher level.

>>> page = tangle("lir.md", "# Compact of Lir\n\n```foedus\nparties\n  ARV from 2001-01-01\n```\n")
>>> [(b.kind, b.heading, b.lines[0]) for b in page.blocks]
[('foedus', 'Compact of Lir', Source(number=4, column=1, text='parties'))]
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from foedus.diagnostics.problem import Note, Problem
from foedus.diagnostics.span import Place
from foedus.diagnostics.suggest import suggest

KINDS = ("foedus", "record", "ask")
LONGEST_PAGE = 1_000_000
"""Characters. The longest real page has some tens of thousands; hostile ones must end quickly."""

DEEPEST = 20
"""Lists and quotations in one another. The reader of Markdown leaves out what lies deeper, and of a list what
follows it too; so it is told."""

_MARKUP = re.compile(r"[*_`]+(?=\S)|(?<=\S)[*_`]+")
_MERGE = re.compile(
    r"^(?P<ours><{7,})(?: .*)?$.*?^(?P<theirs>={7,})$.*?^(?P<end>>{7,})(?: .*)?$", re.MULTILINE | re.DOTALL
)
LANGUAGE = 1
"""The language of pages that is read here. A page says so in its front matter, `foedus: 1`; one that says nothing is
written in language 1. The number rises when a page that was right would be read otherwise."""

_LANGUAGE = re.compile(r"^foedus:[ \t]*(?P<mark>[^\n]*?)[ \t]*$", re.MULTILINE)
_FRONT = re.compile(r"---[ \t]*\n.*?\n(---|\.\.\.)[ \t]*(?=\n|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Source:
    """One line of a block. `column` is where its text begins in the page's line, from 1."""

    number: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A fence of the program. `trial` counts the trials of the page from 0; None outside of them."""

    kind: str
    heading: str
    trial: int | None
    lines: tuple[Source, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Tangled:
    """A page taken apart. `trials` has the heading of each trial and its place, `headings` every heading with
    its level."""

    title: str
    blocks: tuple[Block, ...]
    trials: tuple[tuple[str, Place], ...]
    problems: tuple[Problem, ...]
    headings: tuple[tuple[int, str, Place], ...] = ()


def tangle(path: str, text: str) -> Tangled:
    """The blocks of the page, in order, with F006, F010 to F012 and F014 to F016 for what is wrong around them."""
    if len(text) > LONGEST_PAGE:
        size, limit = f"{len(text):,} characters", f"{LONGEST_PAGE:,}"
        values = {"path": path, "size": size, "limit": limit}
        return Tangled("", (), (), (Problem("F006", Place(path, 0, 0, 0, 0), values),))
    text = plain(text)
    if unfinished := _unfinished(path, text):
        return Tangled("", (), (), (unfinished,))
    if unknown := _unknown_language(path, text):
        return Tangled("", (), (), (unknown,))
    return _Tangler(path, text.split("\n")).read(_markdown(text))


def _unknown_language(path: str, text: str) -> Problem | None:
    """F015 for a page in a newer language than this, of which nothing is read; F016 for a mark that is none."""
    front = _FRONT.match(text)
    found = _LANGUAGE.search(text, 0, front.end()) if front else None
    if found is None or found["mark"] == str(LANGUAGE):
        return None
    mark, number = found["mark"], text.count("\n", 0, found.start()) + 1
    newer = mark.isascii() and mark.isdigit() and len(mark) < 4 and int(mark) > LANGUAGE
    start = found.start("mark") - found.start() + 1
    place = Place(path, number, start, number, start + max(len(mark), 1))
    return Problem("F015" if newer else "F016", place, {"mark": mark, "known": str(LANGUAGE)})


def plain(text: str) -> str:
    r"""The text with `\n` between lines, and with a mark where a character could not be kept."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd").removeprefix("\ufeff")


def _unfinished(path: str, text: str) -> Problem | None:
    """F014, with the places of its marks, for a page in which git has left two versions of something."""
    found = _MERGE.search(text)
    if found is None:
        return None
    first, middle, last = (_row(path, text, found.start(part)) for part in ("ours", "theirs", "end"))
    marks = ", ".join(str(place.line) for place in (first, middle, last))
    notes = (Note(middle, "the other version begins"), Note(last, "and ends"))
    return Problem("F014", first, {"marks": marks}, notes=notes)


def _row(path: str, text: str, start: int) -> Place:
    number = text.count("\n", 0, start) + 1
    end = text.find("\n", start)
    return Place(path, number, 1, number, (len(text) if end < 0 else end) - start + 1)


def _markdown(text: str) -> list[Token]:
    front = _FRONT.match(text)
    if front:  # what it says is for other tools; its rules must not pass for a heading
        text = "\n" * front[0].count("\n") + text[front.end() :]
    reader = MarkdownIt("commonmark", {"maxNesting": DEEPEST})
    reader.disable(["inline", "text_join", "reference"], ignoreInvalid=True)
    return reader.parse(text)


class _Tangler:
    def __init__(self, path: str, lines: list[str]) -> None:
        self.path = path
        self.lines = lines
        self.heading = ""
        self.title: str | None = None
        self.trials: list[tuple[str, Place]] = []
        self.headings: list[tuple[int, str, Place]] = []
        self.open_trials: list[tuple[int, int]] = []  # level of the heading, which trial
        self.blocks: list[Block] = []
        self.problems: list[Problem] = []

    def read(self, tokens: list[Token]) -> Tangled:
        for at, token in enumerate(tokens):
            if token.type == "heading_open":
                self.enter(int(token.tag[1:]), _MARKUP.sub("", tokens[at + 1].content).strip(), token)
            elif token.type == "fence":
                self.fence(token)
            elif token.nesting == 1 and token.level + 1 >= DEEPEST and not self.problems:
                values = {"what": "lists and quotations", "most": str(DEEPEST)}
                place = self.place(token.map[0] if token.map else 0)
                advice = "What follows cannot be read: take the list or quotation apart."
                self.problems.append(Problem("F106", place, values, help=advice))
        if not self.blocks and not self.problems:
            self.problems.append(Problem("F012", Place(self.path)))
        return Tangled(
            self.title or "", tuple(self.blocks), tuple(self.trials), tuple(self.problems),
            tuple(self.headings),
        )  # fmt: skip

    def enter(self, level: int, heading: str, token: Token) -> None:
        self.heading = heading
        self.headings.append((level, heading, self.place(token.map[0] if token.map else 0)))
        if self.title is None or (level == 1 and not self.blocks and not self.trials):
            self.title = heading
        self.open_trials = [(above, trial) for above, trial in self.open_trials if above < level]
        if heading.startswith("Trial"):
            self.open_trials.append((level, len(self.trials)))
            self.trials.append((heading, self.place(token.map[0] if token.map else 0)))

    def fence(self, token: Token) -> None:
        first, end = token.map or [0, 1]
        info = token.info.split()
        kind = info[0] if info else ""
        content = token.content.removesuffix("\n").split("\n") if token.content else []
        closed = end - first - 1 > len(content)
        if not closed:
            self.problems.append(Problem("F010", self.place(first), {"fence": token.markup}))
        elif kind in KINDS:
            trial = self.open_trials[-1][1] if self.open_trials else None
            lines = tuple(self.source(first + 1 + n, line) for n, line in enumerate(content))
            self.blocks.append(Block(kind, self.heading, trial, lines, self.place(first)))
        elif near := suggest(kind.lower(), KINDS):
            self.problems.append(Problem("F011", self.place(first), {"kind": kind, "near": near}))

    def source(self, at: int, text: str) -> Source:
        written = self.lines[at] if at < len(self.lines) else text
        column = len(written) - len(text) if written.endswith(text) else 0
        return Source(at + 1, column + 1, text)

    def place(self, at: int) -> Place:
        written = self.lines[at] if at < len(self.lines) else ""
        start = len(written) - len(written.lstrip()) + 1
        return Place(self.path, at + 1, start, at + 1, max(len(written) + 1, start + 1), self.heading)
