"""The words and signs of a line, as far as they can be told apart without knowing what they mean.

The outline needs them to see what is still open, the formatter to set them, and a message to name
the word at which a line went wrong.

>>> [t.text for t in scan('when force(_, victim) as a -- armed')]
['when', 'force', '(', '_', ',', 'victim', ')', 'as', 'a', '-- armed']
>>> [t.text for t in scan('asserts KAZ [x ¶3] on [2022-01-05, 2022-01-06] "few words"')]
['asserts', 'KAZ', '[x ¶3]', 'on', '[2022-01-05, 2022-01-06]', '"few words"']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

TokenKind = Literal["word", "string", "url", "ref", "open", "close", "sign", "comment", "unclosed"]

_TOKEN = re.compile(
    r"""
      (?P<string>"[^"]*")
    | (?P<unclosed>"[^"]*)
    | (?P<url><[^<>\s]*>)
    | (?P<comment>(?:(?<=\s)|(?<![\s\S]))--[^\n]*)
    | (?P<ref>\[[^\[\]|"]*\])
    | (?P<open>[(\[])
    | (?P<close>[)\]])
    | (?P<sign>[,:|] | &&? | \|\| | [=!<>]=? | [;{}])
    | (?P<word>[^\s"()\[\]|,:&=!<>;{}]+)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or sign. `ref` is what stands in brackets without a bar: a source or several dates."""

    kind: TokenKind
    text: str
    start: int
    end: int


def scan(text: str, start: int = 0) -> Iterator[Token]:
    """The tokens of `text` from `start` on; every character but white space is in one of them."""
    for match in _TOKEN.finditer(text, start):
        kind: TokenKind = match.lastgroup  # type: ignore[assignment]
        yield Token(kind, match[0], match.start(), match.end())
