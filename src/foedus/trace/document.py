"""A document as it was found: its text, untouched, with what it says of itself and which parts are not its own words.

Cleaning marks spans over the text and deletes nothing. `text` is what people read; for a format with markup
`places` leads each of its characters back to the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from foedus.diagnostics.problem import Problem
from foedus.terms.time import EDate

MarkKind = Literal["boilerplate", "deck", "byline", "footer", "heading"]
"""Parts of a document that are not its author's body of words."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `start` to `end` (exclusive) of a document's text, what they are, and by which rule."""

    start: int
    end: int
    kind: MarkKind
    why: str = ""


@dataclass(frozen=True, slots=True)
class Meta:
    """What a document says of itself, or its file or the dossier says of it; empty where nobody does.

    `origin` is whoever the document itself names as where its words come from ("Source: …"); `on` the day
    of publication, as uncertain as it is stated.
    """

    title: str = ""
    publisher: str = ""
    speaker: str = ""
    on: EDate | None = None
    url: str = ""
    language: str = ""
    origin: str = ""


@dataclass(frozen=True)
class Document:
    """One document.

    `id` is unique in a run; `path` how the user named its file (with the record's number in a JSONL, Parquet
    or WARC file). `encoding` is how its bytes were read, `guessed` whether that is a guess. `places[i]` is the
    place of character i of `text` in the decoded file, where the two differ (HTML); None where they are the same
    or the file has no characters of its own (PDF). `warnings` say what was not plain in reading it: a guessed
    encoding, an id changed to keep it unique, a field that was not understood. `taken_out` says that the text had to
    be taken out of its file (PDF, a record of a file that holds many), and so is not the file itself.
    """

    id: str
    text: str
    path: str = ""
    encoding: str = "utf-8"
    guessed: bool = False
    meta: Meta = field(default_factory=Meta)
    marks: tuple[Mark, ...] = ()
    places: Sequence[int] | None = None
    warnings: tuple[Problem, ...] = ()
    taken_out: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """What could not be read: reported, counted, and skipped."""

    path: str
    problem: Problem
