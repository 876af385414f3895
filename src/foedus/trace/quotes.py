"""Which characters of a text stand in quotation marks, in any language's marks, or are set off as a quotation.

A quotation that is never closed ends with its paragraph, unless the next one opens with the same mark, as long
quotations are printed in many newspapers. Apostrophes are no marks, so single ones count only around whole words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_CLOSES: Final = {
    "“": "”",
    "„": "“”",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "「": "」",
    "『": "』",
    "｢": "｣",
    "〝": "〞〟",
    "‘": "’",
    '"': '"',
    "”": "”",
}
"""What closes a quotation that opens so: German „…“, English “…”, Swedish ”…”, Danish »…«, Swedish »…»."""
_MARK: Final = re.compile('[“”„«»‹›「」『』｢｣〝〞〟"‘’]')
_BREAK: Final = re.compile(r"\n[ \t]*\n")
_SET_OFF: Final = re.compile(r"^>.*$", re.MULTILINE)


def quotations(text: str) -> list[tuple[int, int]]:
    """The parts of a text that are quotations: characters from the first inside to the last (exclusive), in
    order; one within another is part of it.

    >>> quotations('He said: «No “ifs” here», and went.')
    [(10, 23)]
    """
    if text.isascii() and '"' not in text and ">" not in text:
        return []
    set_off = _SET_OFF.finditer(text) if ">" in text else ()
    found = sorted({*_marked(text), *((match.start(), match.end()) for match in set_off)})
    kept: list[tuple[int, int]] = []
    for start, end in found:
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return kept


def _marked(text: str) -> Iterator[tuple[int, int]]:
    opened, begin, paragraph = "", 0, 0
    for match in _MARK.finditer(text):
        mark, at = match.group(), match.start()
        if opened and paragraph < at:
            paragraph = _ends(text, opened, paragraph, at)
            if paragraph < at:
                yield begin, paragraph
                opened = ""
        if opened:
            if mark in _CLOSES[opened] and (mark != "’" or not text[at + 1 : at + 2].isalnum()):
                yield begin, at
                opened = ""
        elif mark in _CLOSES and _opens(text, at, mark):
            opened, begin = mark, at + 1
            paragraph = _ends(text, opened, begin, begin)
    if opened:
        line = text.find("\n", begin)
        yield begin, len(text) if line < 0 else line


def _ends(text: str, opened: str, begin: int, least: int) -> int:
    """Where the paragraphs end that a quotation goes on through, as far as `least` if it goes on so far."""
    found = _BREAK.search(text, begin)
    while found and text.startswith(opened, found.end()) and found.start() < least:
        found = _BREAK.search(text, found.end())
    return found.start() if found else len(text)


def _opens(text: str, at: int, mark: str) -> bool:
    """Whether a mark that may be another thing opens: what it opens follows at once, with nothing before it."""
    if mark not in '"”»‘':
        return True
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    return not (before.isalnum() or before in tuple(".,!?…")) and bool(after) and not after.isspace()
