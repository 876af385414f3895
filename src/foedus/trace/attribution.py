"""Whether one document says that it has its words from another: the strongest evidence of who copied whom.

A document attributes its words to another where it

- names it as its origin: what it says of where its words come from (`meta.origin`, "Source: …") holds the other's
  publisher, speaker, title or address;
- gives the other's address, with its path: a reference to one page, and to no other;
- gives the other's title in its own running text. A title of one or two short words names no one document, and the
  heading of a copy is as often the copied headline;
- names the other's publisher or speaker in its byline, or within `REACH` characters of the words that both have:
  "…", said the Ministry. Elsewhere a name is a subject that both write about, and no origin.

A name counts only if the document does not bear it itself. The speaker's name inside the copied words is no
attribution, for who speaks of himself there cannot be told from who is spoken of; a publisher's is ("(AP)"), since
publishers are seldom the subject.

Quotation marks alone are no attribution: they say that the words are somebody's, and not whose. Two documents that
quote one statement have it from the statement.

Names are looked for as they are written, or in capitals: "The Sun" is a newspaper, and "the sun" is not. Capitals make
no difference in names of three words and more. A name that a language declines, or writes otherwise, is not found; the
direction is then left to time.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from foedus.trace.document import Document
from foedus.trace.passage import Span

REACH: Final = 200
"""Characters before and after a passage, about two sentences, in which a name is said of the passage."""
_TITLE_WORDS, _TITLE_LETTERS = 3, 16
_ASIDE = ("boilerplate", "footer", "deck", "heading")
"""Parts of a page in which a name says nothing of where its words come from."""


def attributed(copy: Document, origin: Document, here: Sequence[Span]) -> str:
    """By what name or address `copy` attributes words to `origin`; empty if it does not.

    `here` are the places of the words in `copy`, in order.
    """
    publisher, speaker = _foreign(origin.meta.publisher, copy), _foreign(origin.meta.speaker, copy)
    title = origin.meta.title if _is_telling(origin.meta.title) else ""
    if title and next(_places(title, copy.meta.title), None):
        title = ""
    address = _address(origin.meta.url)
    if address and address == _address(copy.meta.url):
        address = ""
    for name in (publisher, speaker, title, address):
        if name and next(_places(name, copy.meta.origin), None):
            return name
    if address and next(_places(address, copy.text), None):
        return address
    if title and any(not _within(place, here) for place in _in_running_text(title, copy)):
        return title
    for name, inside in ((publisher, True), (speaker, False)):
        for place in _in_running_text(name, copy) if name else ():
            if _in_byline(place, copy) or (_near(place, here) and (inside or not _within(place, here))):
                return name
    return ""


def _foreign(name: str, to: Document) -> str:
    """A name that is not the document's own, nor part of one."""
    own = (to.meta.publisher, to.meta.speaker)
    name = " ".join(name.split())
    return "" if len(name) < 2 or any(next(_places(name, one), None) for one in own) else name


def _is_telling(title: str) -> bool:
    """Whether a title is long enough to name one document."""
    return len(title.split()) >= _TITLE_WORDS and len(title) >= _TITLE_LETTERS


def _address(url: str) -> str:
    """An address without its scheme and what follows the path; empty if it has no path."""
    bare = re.sub(r"^\w+://(www\.)?", "", url.strip()).split("#")[0].rstrip("/")
    return bare if "/" in bare else ""


def _in_running_text(name: str, document: Document) -> Iterator[tuple[int, int]]:
    """The places of a name outside headings, footers and the like."""
    aside = [mark for mark in document.marks if mark.kind in _ASIDE]
    for start, end in _places(name, document.text):
        if not any(mark.start <= start < mark.end for mark in aside):
            yield start, end


def _in_byline(place: tuple[int, int], document: Document) -> bool:
    return any(m.kind == "byline" and m.start <= place[0] < m.end for m in document.marks)


def _within(place: tuple[int, int], spans: Iterable[Span]) -> bool:
    return any(span.start <= place[0] and place[1] <= span.end for span in spans)


def _near(place: tuple[int, int], spans: Sequence[Span]) -> bool:
    at = bisect_right(spans, place[0], key=lambda span: span.start)
    return any(
        span.start - REACH <= place[1] and place[0] <= span.end + REACH
        for span in spans[max(0, at - 2) : at + 1]
    )


def _places(name: str, text: str) -> Iterator[tuple[int, int]]:
    for found in _pattern(name).finditer(text):
        yield found.start(), found.end()


@lru_cache(4096)
def _pattern(name: str) -> re.Pattern[str]:
    """A name with any spaces and apostrophes between its parts, as a whole word where its script has such."""
    words = name.split()
    if len(words) > 2 and words[0] in ("the", "The"):
        words = words[1:]
    written = [words] if "/" in name else [words, [word.upper() for word in words]]
    either = "|".join(
        r"\s+".join(_APOSTROPHE.sub(_ANY, re.escape(word)) for word in each) for each in written
    )
    before = r"(?<!\w)" if _is_cased(words[0][0]) else ""
    after = r"(?!\w)" if _is_cased(words[-1][-1]) else ""
    return re.compile(f"{before}(?:{either}){after}", re.IGNORECASE if len(name.split()) > 2 else 0)


_APOSTROPHE, _ANY = re.compile("['’‘ʼ]"), "['’‘ʼ]"


def _is_cased(letter: str) -> bool:
    """Whether the letter belongs to a script that parts words as Latin does (as Arabic's joined particles, and
    Chinese, do not)."""
    return letter.isdigit() or letter.lower() != letter.upper()
