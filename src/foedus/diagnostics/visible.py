r"""Text from outside, made fit to be shown: nothing in it moves the cursor, hides or turns round.

Control characters become their pictures (`␛`), and characters that reverse, hide or break a line, or
that no encoding can carry, become their number (`⟨U+202E⟩`). A *cell* is one shown character with its width
in columns: East Asian wide characters take two, combining marks none.

>>> visible("a\x1b[31m\u202eb")
'a␛[31m⟨U+202E⟩b'
>>> width("日本"), width("e\u0301")
(4, 1)
"""

from __future__ import annotations

from unicodedata import category, east_asian_width

TAB = 4
MOST_MARKS = 4
"""No script stacks more combining marks on one letter; more are shown as numbers."""

STAND_INS = str.maketrans({
    "■": "#", "□": "o", "◧": "+", "–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "·": "-",
    "…": "~", "×": "x", "→": ">", "│": "|", "├": "+", "└": "+", "─": "-", "▸": ">", "¶": "P", "≥": ">",
    "⟨": "<", "⟩": ">", "\u202f": " ", "\u00a0": " ",
})  # fmt: skip
"""For each sign that Foedus itself prints one of the same width that every output can carry."""


def standing_in(error: UnicodeError) -> tuple[str, int]:
    """An error handler for outputs of few signs (`codecs.register_error`): our own signs have stand-ins, any
    other becomes `?`."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(c if c.isascii() else "?" for c in lost.translate(STAND_INS)), error.end


def visible(text: str) -> str:
    """The text on one line, with every character that would not simply be seen spelled out."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(shown for shown, _ in cells(text))


def width(text: str) -> int:
    """Columns that the text takes when shown by `visible`."""
    return sum(columns for _, columns in cells(text))


def wrap(text: str, room: int) -> list[str]:
    """The shown text in lines of at most `room` columns (two or more), broken at spaces where it can be."""
    lines: list[str] = []
    line, used = "", 0
    for word in visible(text).split():
        if used and used + 1 + width(word) <= room:
            line, used = f"{line} {word}", used + 1 + width(word)
            continue
        if used:
            lines.append(line)
        line, used = "", 0
        for shown, columns in cells(word):
            if used + columns > room:
                lines.append(line)
                line, used = "", 0
            line, used = line + shown, used + columns
    return [*lines, line] if used else lines


def cells(text: str) -> list[tuple[str, int]]:
    """Each character of `text` as it is shown, with its columns; one cell for one character.

    A tab is the spaces up to the next stop, counted from the beginning of `text`.
    """
    found: list[tuple[str, int]] = []
    at = marks = 0
    for character in text:
        if character == "\t":
            cell = (" " * (TAB - at % TAB), TAB - at % TAB)
        elif character.isascii() and character.isprintable():
            cell = (character, 1)
        else:
            marks = marks + 1 if _rides(character) else 0
            cell = _cell(character, marks)
        at += cell[1]
        found.append(cell)
    return found


def _rides(character: str) -> bool:
    """Whether it is drawn on or within the letter before it, and takes no column of its own."""
    return category(character) in ("Mn", "Me") or 0x1160 <= ord(character) <= 0x11FF


def _cell(character: str, marks: int) -> tuple[str, int]:
    number = ord(character)
    if number < 0x20:
        return chr(0x2400 + number), 1
    if number == 0x7F:
        return "␡", 1
    if 0 < marks <= MOST_MARKS:
        return character, 0
    if not marks and category(character) not in ("Cc", "Cf", "Cn", "Cs", "Zl", "Zp"):
        return character, 2 if east_asian_width(character) in "WF" else 1
    spelled = f"⟨U+{number:04X}⟩"
    return spelled, len(spelled)
