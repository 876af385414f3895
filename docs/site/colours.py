"""The language of pages in colour: words of the language, names, codes, dates, quotations, comments."""

from __future__ import annotations

from typing import Any, ClassVar

from pygments.lexer import RegexLexer, words
from pygments.style import Style
from pygments.token import Comment, Generic, Keyword, Literal, Name, Number, Punctuation, String, Text

from foedus.lang.lines import BELOW, CLASSES, DECLARED, OUTCOMES, RECORDED, SOURCES, STANDINGS, VERDICTS
from foedus.lsp.offers import EACH, EFFECTS, MODIFIERS, SAID, VERBS

ITEMS = tuple(sorted({kind.words for kind in (*DECLARED, *SOURCES, *RECORDED) if kind.words}))
"""What items begin with: from the language's own table of lines, so that a new one is in colour by itself."""

LINES = tuple(sorted({kind.words for kinds in BELOW.values() for kind in kinds if kind.words} - set(ITEMS)))
NOTES = {note for kinds in BELOW.values() for kind in kinds for note in kind.allowed} - {"title", "ref"}
PARTS = tuple(sorted({
    *LINES, *NOTES, *SAID.values(), *VERBS, *EFFECTS, *EACH, *CLASSES, *MODIFIERS, *VERDICTS, *STANDINGS, *OUTCOMES,
}))  # fmt: skip


class Pages(RegexLexer):
    """Blocks `foedus`, `record` and `ask`."""

    name = "Foedus pages"
    aliases: ClassVar[list[str]] = ["foedus", "record", "ask"]
    tokens: ClassVar[dict[str, list[Any]]] = {
        "root": [
            (r"(?:(?<=\s)|^)--[^\n]*", Comment),
            (r'"[^"]*"', String),
            (r"\[?\d{4}-\d{2}(-\d{2})?[?~%]?(/\d{4}-\d{2}-\d{2})?|(?<![\w-])\d+(?![\w-])", Number),
            (r"(?<=[(,])\s*[a-z]\w*(?=:)", Name),
            (words(ITEMS, prefix=r"(?:^|(?<=\n))\s*", suffix=r"(?![\w-])"), Keyword),
            (words(PARTS, prefix=r"(?<![\w.-])", suffix=r"(?![\w(-])"), Keyword.Type),
            (r"[A-Z][A-Z0-9_]+\b", Name.Constant),
            (r"<https?:[^>\s]*>", Literal),
            (r"[a-z][\w-]*(?:\.[a-z][\w-]*)?", Name),
            (r"[()\[\]:,|=_¶]", Punctuation),
            (r".|\n", Text),
        ]
    }


class Day(Style):
    """On white; every colour has at least 4.5 to 1."""

    background_color = "#f7f6f3"
    styles: ClassVar[dict[Any, str]] = {
        Comment: "italic #5c6670",
        Keyword: "bold #173f6b",
        Keyword.Type: "#173f6b",
        String: "#7a3b00",
        Number: "#4b3a86",
        Name.Constant: "bold #1d5c3a",
        Literal: "#4b3a86",
        Generic.Prompt: "bold #5c6670",
        Generic.Output: "#333333",
    }


class Night(Style):
    """On dark."""

    background_color = "#1d2126"
    styles: ClassVar[dict[Any, str]] = {
        Comment: "italic #a3adb8",
        Keyword: "bold #9fc6f2",
        Keyword.Type: "#9fc6f2",
        String: "#e8b887",
        Number: "#c3b5f5",
        Name.Constant: "bold #93d6b0",
        Literal: "#c3b5f5",
        Generic.Prompt: "bold #a3adb8",
        Generic.Output: "#d5d9dd",
    }
