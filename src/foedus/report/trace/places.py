r"""Where a passage stands, as a reader finds it: line and column in a file that is text, the paragraph elsewhere.

>>> spots = Spots("one\ntwo words\n")
>>> spots.line(8), spots.paragraph(8)
((2, 5), 1)
"""

from __future__ import annotations

import re
from bisect import bisect_right

from foedus.trace.document import Document
from foedus.trace.passage import Span

_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")


class Spots:
    """Lines and paragraphs of one text; counted from 1, columns in characters."""

    def __init__(self, text: str) -> None:
        self._lines = [0, *(found.end() for found in re.finditer("\n", text))]
        self._paragraphs = [0, *(found.end() for found in _PARAGRAPH.finditer(text))]

    def line(self, at: int) -> tuple[int, int]:
        """The line and column of a character."""
        line = bisect_right(self._lines, at)
        return line, at - self._lines[line - 1] + 1

    def paragraph(self, at: int) -> int:
        """The paragraph of a character; paragraphs are parted by empty lines."""
        return bisect_right(self._paragraphs, at)


class Places:
    """Says where passages stand in the documents of a run; each text is looked through once."""

    def __init__(self) -> None:
        self._known: dict[str, Spots] = {}

    def of(self, document: Document, span: Span) -> str:
        """`4:12–6:80`, or `¶ 3`, or `¶ 3–4`."""
        spots = self._known.get(document.id)
        if spots is None:
            spots = self._known[document.id] = Spots(document.text)
        if is_extracted(document):
            first, last = spots.paragraph(span.start), spots.paragraph(max(span.start, span.end - 1))
            return f"¶ {first}" if first == last else f"¶ {first}–{last}"
        (line, column), (last, end) = spots.line(span.start), spots.line(max(span.start, span.end - 1))
        return f"{line}:{column}–{last}:{end}"


def is_extracted(document: Document) -> bool:
    """Whether a document's text was taken out of its file, so that the file's own lines are others."""
    return document.places is not None or document.taken_out
