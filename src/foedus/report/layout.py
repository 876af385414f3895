"""Lines that never run over: wrapping, rows and headings for a terminal of a given width.

Everything that reaches a line has gone through `visible`, and is measured in columns (East Asian
wide characters take two). A no-break space keeps two words together and is printed as a space.

>>> wrap("necessary help, military help included", 16)
['necessary help,', 'military help', 'included']
>>> carried("■ arises “at once”", "ascii")
'# arises "at once"'
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from foedus.diagnostics.visible import STAND_INS, cells, visible
from foedus.diagnostics.visible import width as columns_of

NARROWEST = 40
"""Below this many columns nothing reads well; a narrower terminal breaks the lines itself."""

TIE = "\u00a0"
GAP = TIE * 2
"""Between a letter or label and what it stands for; ordinary spaces run together."""
_PAINT = {"title": "1", "head": "1;34", "verdict": "1", "letter": "1", "quiet": "2", "plain": ""}


def tied(text: str) -> str:
    """The words kept on one line, as far as it has room."""
    return text.replace(" ", TIE)


def columns(text: str) -> int:
    """How many columns a text takes."""
    return columns_of(text)


def wrap(text: str, room: int, hang: int = 0) -> list[str]:
    """Lines of at most `room` columns; from the second on, `hang` columns are left free in front.

    A word longer than a line is broken. At least one line comes back. `room` is at least 2, the
    width of the widest character.
    """
    room, hang = _within(room, hang)
    return _set_in(_broken(text, room, hang), hang)


def _within(room: int, hang: int) -> tuple[int, int]:
    room = max(room, 2)
    return room, min(hang, room // 2, room - 2)


def _broken(text: str, room: int, hang: int) -> list[str]:
    lines: list[str] = []
    line = ""
    used = 0
    for word in visible(text).split(" "):
        if not word:
            continue
        for piece in _pieces(word, room if not (lines or line) and columns_of(word) <= room else room - hang):
            wide = columns_of(piece)
            left = hang if lines else 0
            if line and left + used + 1 + wide > room:
                lines.append(line)
                line, used = piece, wide
            elif line:
                line, used = f"{line} {piece}", used + 1 + wide
            else:
                line, used = piece, wide
    lines.append(line)
    return lines


def _set_in(lines: Sequence[str], hang: int) -> list[str]:
    """The lines as they are printed, from the second on set in; what was tied is tied no more."""
    return [(" " * hang if n else "") + line.replace(TIE, " ") for n, line in enumerate(lines)]


def _pieces(word: str, room: int) -> list[str]:
    """A word that fits, or its parts: first at the places where it was tied, then anywhere."""
    if columns_of(word) <= room:
        return [word]
    if TIE in word:
        return [piece for part in word.split(TIE) if part for piece in _pieces(part, room)]
    found: list[str] = []
    piece, used = "", 0
    for shown, wide in cells(word):
        if piece and used + wide > room:
            found.append(piece)
            piece, used = "", 0
        piece, used = piece + shown, used + wide
    return [*found, piece] if piece else found


def clipped(text: str, room: int) -> str:
    """The text, or as much of its beginning as fits, with `…`."""
    seen = visible(text).replace(TIE, " ")
    if columns_of(seen) <= room:
        return seen
    kept, used = "", 0
    for shown, wide in cells(seen):
        if used + wide > room - 1:
            break
        kept, used = kept + shown, used + wide
    return kept + "…" if room > 0 else ""


def padded(text: str, room: int) -> str:
    """The text with spaces after it up to `room` columns."""
    return text + " " * max(0, room - columns_of(text))


def carried(text: str, encoding: str) -> str:
    """The text as an output of this encoding can carry it: our own signs have stand-ins, other
    characters become `?`; every line keeps its width."""
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        pass
    else:
        return text
    plain = text.translate(STAND_INS)
    return "".join(c if _fits(c, encoding) else "?" * columns_of(c) for c in plain)


def _fits(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return character.isascii()
    return True


@dataclass
class Sheet:
    """The page as it grows. `room` is its width; `put` is the one way in."""

    room: int = 80
    colour: bool = False
    lines: list[str] = field(default_factory=list[str])

    def __post_init__(self) -> None:
        self.room = max(self.room, NARROWEST)

    def paint(self, text: str, style: str) -> str:
        """The text in a style, if colour was asked for."""
        code = _PAINT[style] if self.colour else ""
        return f"\x1b[{code}m{text}\x1b[0m" if code and text else text

    def blank(self) -> None:
        """One empty line, never two."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def put(self, text: str, indent: int = 0, hang: int = 0, style: str = "plain") -> None:
        """A paragraph; `hang` is how much further its later lines are set in."""
        indent = min(indent, self.room // 2)
        for line in wrap(text, self.room - indent, hang):
            self.lines.append(" " * indent + self.paint(line, style))

    def head(self, text: str, aside: str = "") -> None:
        """A section's heading, with something at the right margin if there is room."""
        self.blank()
        self.aside(text, aside, 0, "head")

    def aside(self, text: str, aside: str, indent: int = 0, style: str = "plain", hang: int = 0) -> None:
        """A paragraph whose first line carries `aside` at the right margin, or below it."""
        indent = min(indent, self.room // 2)
        room = self.room - indent
        aside = clipped(aside, room - 2)
        hang = min(hang, room // 2)
        lines = wrap(text, room, hang)
        gap = room - columns_of(lines[0]) - columns_of(aside)
        if aside and gap < 2 and columns_of(aside) <= room // 2:
            lines = _beside(text, room, columns_of(aside) + 2, hang)
            gap = room - columns_of(lines[0]) - columns_of(aside)
        beside = bool(aside) and gap >= 2
        for n, line in enumerate(lines):
            shown = " " * indent + self.paint(line, style)
            if n == 0 and beside:
                shown += " " * gap + self.paint(aside, "quiet")
            self.lines.append(shown)
        if aside and not beside:
            self.lines.append(" " * (self.room - columns_of(aside)) + self.paint(aside, "quiet"))

    def row(
        self, label: str, label_room: int, text: str, verdict: str, verdict_room: int, indent: int = 2
    ) -> None:
        """A label, a text and a verdict side by side, each wrapped in its own column."""
        text_room = self.room - indent - label_room - verdict_room - 2
        if text_room < 16:
            self.put(f"{label} {text}".strip(), indent, 2)
            self.put(verdict, indent + 2, 2, "verdict")
            return
        cells_of = (wrap(label, label_room - 1), wrap(text, text_room), wrap(verdict, verdict_room, 2))
        for n in range(max(map(len, cells_of))):
            one, two, three = (cell[n] if n < len(cell) else "" for cell in cells_of)
            line = " " * indent + padded(one, label_room) + padded(two, text_room + 2)
            self.lines.append((line + self.paint(three, "verdict")).rstrip())

    def text(self) -> str:
        """The whole page; every line ends in a line feed."""
        while self.lines and not self.lines[-1]:
            self.lines.pop()
        return "\n".join(self.lines) + "\n"


def _beside(text: str, room: int, taken: int, hang: int) -> list[str]:
    """Wrapped so that the first line leaves `taken` columns free."""
    first, *rest = _broken(text, max(room - taken, 8), 0)
    if rest:
        rest = _broken(" ".join(rest), max(room - hang, 2), 0)
    return _set_in([first, *rest], hang)
