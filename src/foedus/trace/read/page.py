"""The readable text of a page in HTML, in order, each character with its place in the page's source.

lxml and its kin keep no places, and the standard library's parser takes quadratic time on hostile pages in some
versions of Python; so the tags are found here, as HTML's own standard finds them, in one pass. What is no text
(scripts, styles, comments) is left out. White space is one space, as browsers show it; a block ends a line, a
paragraph leaves a blank one.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from typing import Final

_LEFT_OUT: Final = frozenset((
    "script", "style", "template", "noscript", "svg", "iframe", "object", "canvas", "select", "datalist", "math",
    "title", "textarea", "audio", "video", "noembed", "noframes", "xmp",
))  # fmt: skip
"""Elements whose content is not read."""

_PARAGRAPHS: Final = frozenset((
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "table", "ul", "ol", "dl", "article", "section",
    "header", "footer", "nav", "aside", "main", "form", "figure", "hr", "body", "fieldset", "details", "dialog",
    "address", "menu",
))  # fmt: skip
_BLOCKS: Final = frozenset((
    "div", "li", "tr", "dt", "dd", "figcaption", "caption", "summary", "legend", "center", "option", "button",
    "thead", "tbody", "tfoot", "optgroup", "label",
))  # fmt: skip
_CELLS: Final = frozenset(("td", "th"))

REGIONS: Final = frozenset(("nav", "footer", "form", "aside", "button", "menu", "dialog"))
"""Elements that say of what is in them that it is not the body."""

_NAME = re.compile(r"/?([a-zA-Z][^\s/>]*)")
_REST = re.compile(r"(?:=\s*+(?:\"[^\"]*+\"|'[^']*+')|[^>=]++|=)*+>")
_PIECE = re.compile(
    r"[^ \t\r\n\f&]++(?: [^ \t\r\n\f&]++)*+|[ \t\r\n\f]++|&(?:#[0-9xX][0-9a-fA-F]{0,8}|[a-zA-Z][a-zA-Z0-9]{0,40});?|&"
)
"""Words with one space between, white space, a character by its name, `&` alone."""


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the text: its characters, the level of the heading that it is (0: none), the regions it lies in."""

    start: int
    end: int
    heading: int
    regions: frozenset[str]


@dataclass
class Page:
    """The text, the place of each character, and its lines."""

    text: str
    places: array[int]
    blocks: list[Block]


def page(source: str) -> Page:
    """The readable text of a page."""
    made = _Made()
    at = 0
    while at < len(source):
        tag = source.find("<", at)
        if tag < 0:
            break
        made.words(source, at, tag)
        at = _markup(source, tag, made)
    else:
        tag = len(source)
    if tag < 0:
        made.words(source, at, len(source))
    made.line(0)
    return Page("".join(made.parts), made.places, made.blocks)


def _markup(source: str, at: int, made: _Made) -> int:
    """Take what begins with `<`; where it ends."""
    if source.startswith("<!--", at):
        end = source.find("-->", at + 2)  # `<!-->` is a comment too
        return len(source) if end < 0 else end + 3
    if source.startswith(("<!", "<?"), at):
        end = source.find(">", at)
        return len(source) if end < 0 else end + 1
    name = _NAME.match(source, at + 1)
    rest = _REST.match(source, name.end()) if name else None
    if not name or not rest:
        # `a < b`; or a tag that the page ends in, which nobody sees.
        if name and rest is None:
            return len(source)
        made.words(source, at, at + 1)
        return at + 1
    closing, element = source[at + 1] == "/", name[1].lower()
    if (
        not closing
        and element in _LEFT_OUT
        and not (element in ("svg", "math") and source[rest.end() - 2] == "/")
    ):
        end = _closing(element).search(source, rest.end())
        return len(source) if end is None else end.end()
    made.tag(element, closing, at)
    return rest.end()


@cache
def _closing(element: str) -> re.Pattern[str]:
    return re.compile(rf"</{element}(?=[\s/>])[^>]*>?", re.I)


@dataclass
class _Made:
    """The text so far."""

    parts: list[str] = field(default_factory=list[str])
    places: array[int] = field(default_factory=lambda: array("I"))
    blocks: list[Block] = field(default_factory=list[Block])
    begin: int = 0
    """Where the line begins."""
    space: int = -1
    """The place of white space that stands before the next word, -1 for none."""
    gap: int = 0
    """Line ends that stand before the next word, and their place."""
    gap_at: int = 0
    heading: int = 0
    open: dict[str, int] = field(default_factory=dict[str, int])
    regions: frozenset[str] = frozenset()
    kept: int = 0
    """How many elements `pre` are open."""

    def words(self, source: str, start: int, end: int) -> None:
        """Take text between tags."""
        if start == end:
            return
        for found in _PIECE.finditer(source, start, end):
            piece, at = found[0], found.start()
            if piece[0] in " \t\r\n\f":
                if self.kept:
                    self._put(piece, at)
                elif self.space < 0:
                    self.space = at
                continue
            self._before()
            if piece[0] == "&" and (said := unescape(piece)) != piece:
                self.parts.append(said)
                self.places.extend([at] * len(said))
            else:
                self._put(piece, at)

    def _put(self, piece: str, at: int) -> None:
        if self.gap:
            self._before()
        self.parts.append(piece)
        self.places.extend(range(at, at + len(piece)))

    def _before(self) -> None:
        """Put what stands before the next word."""
        if self.gap:
            if self.places:
                self.parts.append("\n" * self.gap)
                self.places.extend([self.gap_at] * self.gap)
            self.begin = len(self.places)
            self.gap = 0
        elif self.space >= 0 and len(self.places) > self.begin:
            self.parts.append(" ")
            self.places.append(self.space)
        self.space = -1

    def line(self, ends: int, at: int = 0) -> None:
        """End the line; `ends` is how many line ends come before the next word at least."""
        if not self.gap and len(self.places) > self.begin:
            self.blocks.append(Block(self.begin, len(self.places), self.heading, self.regions))
        if ends > self.gap:
            self.gap, self.gap_at = ends, at
        self.space = -1

    def tag(self, element: str, closing: bool, at: int) -> None:
        """Take a tag."""
        if element in _PARAGRAPHS:
            self.line(2, at)
        elif element in _BLOCKS or element == "br":
            self.line(1, at)
        elif element in _CELLS:
            self.space = at if self.space < 0 else self.space
        if element in REGIONS:
            count = max(0, self.open.get(element, 0) + (-1 if closing else 1))
            self.open[element] = count
            self.regions = frozenset(one for one, n in self.open.items() if n)
        elif element == "pre":
            self.kept = max(0, self.kept + (-1 if closing else 1))
        elif len(element) == 2 and element[0] == "h" and element[1] in "123456":
            self.heading = 0 if closing else int(element[1])
