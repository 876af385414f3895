"""The language of pages in colour: words of the language, names, codes, dates, quotations, comments."""

from __future__ import annotations

from typing import Any, ClassVar

from pygments.lexer import RegexLexer, words
from pygments.style import Style
from pygments.token import Comment, Generic, Keyword, Literal, Name, Number, Punctuation, String, Text

ITEMS = (
    "instrument", "parties", "organ", "state", "group", "values", "incident", "act", "role", "status", "judgement",
    "term", "question", "duty", "right", "power", "prohibition", "plan", "rule", "deems", "not encoded", "dossier",
    "source", "speaker", "someone", "fact", "complete for", "presume no", "gains", "does not gain", "held", "tension",
    "quantity", "suppose", "expect", "granting expect",
)  # fmt: skip
PARTS = (
    "signed", "in force", "ended", "political", "text", "reading", "class", "owed by", "of", "when", "unless", "until",
    "performed by", "breached by", "immediately", "within", "lifts", "lifted by", "from", "on", "by", "for", "to",
    "against", "asserts", "denies", "disputes", "reports", "period", "concerning", "assess", "party to the dispute",
    "publisher", "date", "url", "via", "read", "channel", "derives from", "unresolved", "unconfirmed", "established",
    "refuted", "undisputed", "authentic", "held by", "may defeat", "may create", "detail", "owed to", "as of",
    "each other party", "each party", "and", "or", "not", "no", "some", "every", "as", "is", "that", "before", "always",
    "never", "unread", "depends on", "arises", "does not arise", "because", "as party",
)  # fmt: skip


class Pages(RegexLexer):
    """Blocks `foedus`, `record` and `ask`."""

    name = "Foedus pages"
    aliases: ClassVar[list[str]] = ["foedus", "record", "ask"]
    tokens: ClassVar[dict[str, list[Any]]] = {
        "root": [
            (r"(?:(?<=\s)|^)--[^\n]*", Comment),
            (r'"[^"]*"', String),
            (r"\[?\d{4}-\d{2}(-\d{2})?[?~%]?(/\d{4}-\d{2}-\d{2})?", Number),
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
