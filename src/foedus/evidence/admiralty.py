"""Admiralty codes: a letter for the source's reliability, a digit for the information's credibility.

The letter (A completely reliable … F cannot be judged) is an analyst's judgement of a source; Foedus
reads, keeps and writes it, and never derives one. The digit follows from the standing of the fact:

1 confirmed by other independent sources: established or refuted by two or more components;
2 probably true: fixed by an instrument or by the performer's own word, or said by several components
all of which gain by it;
3 possibly true: said by one component, and nobody denies or doubts it;
4 doubtful: said and doubted;
5 improbable: the other side is established;
6 truth cannot be judged: contested, inconsistent, unknown, or closed, presumed or stipulated rather
than said.

>>> read("B2"), str(Code("B", 2))
(Code(letter='B', digit=2), 'B2')
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast

from foedus.evidence.standing import Standing

Letter = Literal["A", "B", "C", "D", "E", "F"]
Digit = Literal[1, 2, 3, 4, 5, 6]
Side = Literal["asserts", "denies"]

LETTERS: dict[Letter, str] = {
    "A": "completely reliable", "B": "usually reliable", "C": "fairly reliable",
    "D": "not usually reliable", "E": "unreliable", "F": "reliability cannot be judged",
}  # fmt: skip
DIGITS: dict[Digit, str] = {
    1: "confirmed by other independent sources", 2: "probably true", 3: "possibly true",
    4: "doubtful", 5: "improbable", 6: "truth cannot be judged",
}  # fmt: skip

_FORM = re.compile(r"\s*([A-Fa-f])\s*-?\s*([1-6])\s*")


@dataclass(frozen=True, slots=True)
class Code:
    """One Admiralty code."""

    letter: Letter
    digit: Digit

    def __str__(self) -> str:
        return f"{self.letter}{self.digit}"

    def in_words(self) -> str:
        """Both halves in English: `usually reliable; probably true`."""
        return f"{LETTERS[self.letter]}; {DIGITS[self.digit]}"


def read(text: str) -> Code:
    """The code that `text` writes (`B2`, `b-2`); raises ValueError for anything else."""
    found = _FORM.fullmatch(text)
    if found is None:
        raise ValueError(f"{text[:20]!r} is not an Admiralty code: a letter A to F and a digit 1 to 6")
    return Code(cast(Letter, found[1].upper()), cast(Digit, int(found[2])))


def credibility(standing: Standing, side: Side = "asserts") -> Digit:
    """The digit for a document that asserts (or denies) the fact, from the fact's standing."""
    if standing.rule == "given" or standing.closing or standing.presumption or standing.refuted_by:
        return 6
    upheld, other = ("established", "refuted") if side == "asserts" else ("refuted", "established")
    alone = "asserted" if side == "asserts" else "denied"
    several = sum(any(w.verb == side for w in component.witnesses) for component in standing.components) > 1
    if standing.word == upheld:
        return 1 if several else 2
    if standing.word == other:
        return 5
    doubted = bool(standing.claims.get("disputes"))
    if standing.word in ("disputed", "denied") and doubted and standing.claims.get(side):
        return 4
    if standing.word in (alone, "undisputed"):
        return 2 if several else 3
    return 6


def rate(letter: Letter, standing: Standing, side: Side = "asserts") -> Code:
    """The analyst's letter with the digit that the standing gives."""
    return Code(letter, credibility(standing, side))
