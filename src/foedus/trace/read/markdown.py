"""Markdown: the text as it is written, without the addresses that its links lead to; headings are marked."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import replace

from foedus.trace.document import Document, Mark, Unread
from foedus.trace.read import plain
from foedus.trace.read.source import Source
from foedus.words.speech import phrase

HEADING = phrase("a heading")

_LINK = re.compile(
    r"""!?\[([^\[\]\r\n]{0,500})\]\((?:<[^<>\r\n]{0,2000}>|[^()\s]{0,2000}(?:\([^()\s]{0,500}\)[^()\s]{0,500})?)"""
    r"""(?:[ \t]+"[^"\r\n]{0,500}")?\)"""
)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+([^\r\n]*?\w[^\r\n]*?)[ \t]*#*[ \t]*\r?$", re.M)


def read(source: Source) -> Iterator[Document | Unread]:
    """The one document of a file."""
    for found in plain.read(source):
        yield found if isinstance(found, Unread) else _plainer(found)


def _plainer(found: Document) -> Document:
    text, places = _without_addresses(found.text)
    if places is not None:
        made, marks, _ = plain.head(text, found.path)
        found = replace(found, text=text, places=places, meta=made, marks=marks)
    headings = [Mark(*one.span(), "heading", HEADING) for one in _HEADING.finditer(text)]
    begin = found.marks[-1].end if found.marks else 0
    kept = [one for one in headings if one.start >= begin]
    title = _HEADING.match(text, kept[0].start) if kept else None
    made = found.meta if found.meta.title or not title else replace(found.meta, title=title[1].strip("*_ "))
    return replace(found, meta=made, marks=(*found.marks, *kept))


def _without_addresses(text: str) -> tuple[str, array[int] | None]:
    """The text with each link as its words, and the place of each character; None if there is no link."""
    kept: list[str] = []
    places = array("I")
    at = 0
    for link in _LINK.finditer(text):
        for start, end in ((at, link.start()), link.span(1)):
            kept.append(text[start:end])
            places.extend(range(start, end))
        at = link.end()
    if not at:
        return text, None
    kept.append(text[at:])
    places.extend(range(at, len(text)))
    return "".join(kept), places
