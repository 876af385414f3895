"""What tracing finds: passages that stand in two documents, who took them from whom, and which documents
are one source.

All places are characters of a document's untouched text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from foedus.trace.document import Document, Unread
from foedus.words.speech import Phrase

PassageKind = Literal["verbatim", "edited", "shared", "boilerplate"]
"""`verbatim`: word for word (spaces, marks and capitals apart). `edited`: with words changed, added or left out.
`shared`: both have it from a third text that is known (a treaty, a speech), so it makes no copy of either.
`boilerplate`: it stands where neither speaks in words of its own."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (exclusive) of a document's text."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Edit:
    """Words of the first replaced by words of the second; an empty span adds or leaves out."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """The same words in two documents, `a` and `b` (`a` comes first in the run's order of documents).

    `likeness` is the share of words that stand in both, from 0 to 1. `third` names the known text of a `shared`
    passage. `absorbed` says in which of the two what the other quotes stands as its own words. `quoted` says in
    which of the two the words stand in quotation marks or are attributed.
    """

    a: Span
    b: Span
    kind: PassageKind
    likeness: float
    words: int
    edits: tuple[Edit, ...] = ()
    third: str = ""
    quoted: Literal["", "a", "b", "both"] = ""
    absorbed: Literal["", "a", "b"] = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Two documents that share passages of their own: `origin` to `copy` where the direction is known.

    `by` says how the direction was found (the copy attributes its words; it is later), "" where it was not: then
    the two are in the order of their ids, and nothing is said about who came first. `share` is the part of the
    copy's own words (marks apart) that stand in the origin, `share_of_origin` the reverse; from 0 to 1.
    `words` are the words of the copy that lie in these passages, `verbatim` those of them that the origin has
    alike. `conflict` says what speaks against the direction; None if nothing does.
    """

    origin: str
    copy: str
    by: Literal["attribution", "time", ""]
    why: Phrase
    share: float
    share_of_origin: float
    passages: tuple[int, ...]
    words: int = 0
    verbatim: int = 0
    conflict: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Documents that count as one source: connected by links; `reasons` says why each belongs."""

    documents: tuple[str, ...]
    reasons: tuple[Phrase, ...]


@dataclass(frozen=True)
class Traced:
    """Everything that tracing some documents found. `links` and `passages` belong together: a link names its
    passages by their number. `groups` hold every document once, also those that share nothing."""

    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    links: tuple[Link, ...]
    groups: tuple[Group, ...]
    unread: tuple[Unread, ...] = ()

    @property
    def sources(self) -> int:
        """How many sources the documents are at least."""
        return len(self.groups)
