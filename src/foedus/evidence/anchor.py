"""Where quoted words stand in a document: by the words themselves, since pages change around them.

A quotation is found *exactly*, or *folded*: with other spaces, quotation marks, dashes, soft hyphens or
capitals than the page has. Otherwise it is an *orphan*. Offsets count characters of the untouched text.

>>> anchor("He said:  “We don’t  know.”", "we don't know")
Anchor(kind='folded', start=11, end=25)
>>> anchor("Nothing of the kind.", "we don't know").kind
'orphan'
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

MARKS = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
}  # fmt: skip
"""Marks that one printer sets otherwise than another."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """How a quotation was found, and where: characters `start` to `end` (exclusive); 0, 0 for an orphan."""

    kind: Literal["exact", "folded", "orphan"]
    start: int = 0
    end: int = 0


def anchor(text: str, quote: str) -> Anchor:
    """Find a quotation in a text; the first place where it stands."""
    at = text.find(quote)
    if at >= 0:
        return Anchor("exact", at, at + len(quote))
    folded, places = fold(text)
    wanted = fold(quote)[0].strip()
    at = folded.find(wanted) if wanted else -1
    if at < 0:
        return Anchor("orphan")
    return Anchor("folded", places[at], places[at + len(wanted) - 1] + 1)


def fold(text: str) -> tuple[str, list[int]]:
    """The text with marks, spaces and capitals made alike, and the place of each of its characters."""
    kept: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if unicodedata.category(character) == "Cf":  # soft hyphens, marks of direction
            continue
        if character.isspace():
            if kept and kept[-1] != " ":
                kept.append(" ")
                places.append(place)
            continue
        for one in MARKS.get(character, character).casefold():
            kept.append(one)
            places.append(place)
    return "".join(kept), places
