"""What comparing the texts of a dossier's documents found: plain data, whoever compared them.

A declaration says what a document derives from; the texts show what it has in common with another. Neither
replaces the other: a translation shares no word with its origin, and an undeclared copy is one all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from foedus.words.speech import Phrase


@dataclass(frozen=True, slots=True)
class Copied:
    """Two documents whose texts share words of their own: `second` has `words` of `first`.

    With `by` the second is the copy, and `by` says how that is known; without it nobody knows which is. `whole`: so
    much of one stands in the other that they are one source in whatever they say. `conflict` says what speaks
    against the direction. `through`: both have these words from, or through, a further document.
    """

    first: str
    second: str
    by: Literal["attribution", "time", ""]
    words: int
    share: float
    whole: bool
    why: Phrase
    conflict: Phrase | None = None
    through: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """Two claims, by their ids, whose quoted words stand in one copied passage; the second is the copy if
    `directed`."""

    first: str
    second: str
    directed: bool
    why: Phrase


@dataclass(frozen=True, slots=True)
class BorneOut:
    """Whether the texts bear out that `copy` derives from `origin`, as the dossier declares."""

    copy: str
    origin: str
    word: Literal["yes", "no", "not comparable"]
    why: Phrase


@dataclass(frozen=True)
class Comparison:
    """What comparing the texts of sources found, as plain data.

    `texts` are the sources whose text was at hand, each with the SHA-256 of what was compared. `own` are the ids of
    claims whose quotation stands in words that the document shares with no other. `not_made` says why nothing was
    compared, although texts were at hand.
    """

    texts: Mapping[str, str] = field(default_factory=dict[str, str])
    copied: tuple[Copied, ...] = ()
    ties: tuple[Tie, ...] = ()
    borne_out: tuple[BorneOut, ...] = ()
    own: frozenset[str] = frozenset()
    not_made: Phrase | None = None
