"""Where quoted words stand in a document: by the words themselves, since pages change around them.

A quotation is found *exactly*, or *folded*: with other spaces, quotation marks, dashes, soft hyphens, capitals
or another normal form of its letters than the page has. Otherwise it is an *orphan* here; `foedus.trace.anchors`
looks further. Offsets count characters of the untouched text.

>>> anchor("He said:  “We don’t  know.”", "we don't know")
Anchor(kind='folded', start=11, end=25)
>>> anchor("Nothing of the kind.", "we don't know").kind
'orphan'
>>> anchor("Unarmed groups met armed groups.", "armed groups").start
19
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

MARKS = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "…": "...",
}  # fmt: skip
"""Marks that one printer sets otherwise than another."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """How a quotation was found, and where: characters `start` to `end` (exclusive); 0, 0 for an orphan."""

    kind: Literal["exact", "folded", "orphan"]
    start: int = 0
    end: int = 0


def anchor(text: str, quote: str) -> Anchor:
    """Find a quotation in a text; the first place where it stands in words of its own, else the first inside
    of longer words."""
    at = _first(text, quote)
    if at >= 0:
        return Anchor("exact", at, at + len(quote))
    folded, places = fold(text)
    wanted = fold(quote)[0].strip()
    at = _first(folded, wanted)
    if at < 0:
        return Anchor("orphan")
    return Anchor("folded", places[at], places[at + len(wanted) - 1] + 1)


def _first(text: str, wanted: str) -> int:
    found = -1
    for at in standing(text, wanted):
        if not inside(text, at, at + len(wanted)):
            return at
        found = at if found < 0 else found
    return found


def standing(text: str, wanted: str) -> Iterator[int]:
    """Every place where the words stand letter for letter. A letter that goes on with an accent of its own is
    another letter."""
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        end = at + len(wanted)
        if not (unicodedata.combining(text[at]) or unicodedata.combining(text[end : end + 1] or " ")):
            yield at
        at = text.find(wanted, at + 1)


def inside(text: str, start: int, end: int) -> bool:
    """Whether these characters begin or end inside of a word, in scripts that part words by spaces: “armed” in
    “unarmed”."""
    return _joined(text, start) or _joined(text, end)


def _joined(text: str, at: int) -> bool:
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if not (before.isalnum() or unicodedata.combining(before)) or not after.isalnum():
        return False
    return not (_unspaced(before) or _unspaced(after))


def _unspaced(letter: str) -> bool:
    """Han, kana, Thai and their like are written without spaces between words."""
    return unicodedata.category(letter) == "Lo" and letter > "\u0dff" and not "\uac00" <= letter <= "\ud7a3"


class _Table(dict[str, str]):
    """To what each character is folded; learnt as characters are met."""

    def __missing__(self, character: str) -> str:
        if unicodedata.category(character) == "Cf":  # soft hyphens, marks of direction
            made = ""
        elif character.isspace():
            made = " "
        else:
            plain = "".join(MARKS.get(one, one) for one in unicodedata.normalize("NFD", character))
            made = unicodedata.normalize("NFD", plain.casefold())
        self[character] = made
        return made


_TABLE = _Table()


def fold(text: str) -> tuple[str, list[int]]:
    """The text with marks, spaces, capitals and normal forms made alike, and the place of each of its
    characters. It begins with no space, and nowhere has two."""
    kept: list[str] = []
    places: list[int] = []
    spaced = True
    for place, character in enumerate(text):
        made = _TABLE[character]
        if made == " ":
            if not spaced:
                kept.append(" ")
                places.append(place)
            spaced = True
        elif made:
            kept.extend(made)
            places.extend([place] * len(made))
            spaced = False
    folded = "".join(kept)
    if not unicodedata.is_normalized("NFD", folded):
        order = _canonical(kept)
        return "".join(kept[n] for n in order), [places[n] for n in order]
    return folded, places


def _canonical(letters: list[str]) -> list[int]:
    """The order of the letters once marks that sit on one letter stand as Unicode orders them."""
    order: list[int] = []
    marks: list[int] = []
    for n, letter in enumerate(letters):
        if unicodedata.combining(letter):
            marks.append(n)
            continue
        order += sorted(marks, key=lambda m: unicodedata.combining(letters[m]))
        marks = []
        order.append(n)
    return order + sorted(marks, key=lambda m: unicodedata.combining(letters[m]))
