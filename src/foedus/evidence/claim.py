"""Who says what of which fact, in which document, when.

A *principal* is who speaks in the end: an embassy's word is its state's word. A *source* is a
document; it may derive from another (a copy counts once). A *claim* is one speaker's assertion,
denial or doubt of one fact, in one source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from foedus.diagnostics.span import NOWHERE, Place
from foedus.terms.time import EDate

Verb = Literal["asserts", "denies", "disputes", "reports"]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Someone who speaks. `speaks_for` is the id of the state, organ or body it binds by its
    words (None: for itself). States and declared organs are speakers without being declared."""

    id: str
    name: str
    speaks_for: str | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Derivation:
    """This document takes its words from `origin`; `how` says so in words; `by` who declares it."""

    origin: str
    how: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Source:
    """A document. `by` is the speaker whose words it carries (for a press report, the outlet).

    `via` are the places where a copy was read when the origin was not; `channel` names the one
    channel through which it is known; `read` says how much was read (opening, excerpt, whole,
    quoted elsewhere); `resolved` is False for a report that only points to somebody else's words.
    """

    id: str
    title: str
    by: str
    publisher: str = ""
    date: EDate | None = None
    url: str = ""
    via: tuple[str, ...] = ()
    derives: tuple[Derivation, ...] = ()
    channel: str | None = None
    read: str = ""
    resolved: bool = True
    unconfirmed: bool = False
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Claim:
    """One speaker's word on one fact, in one source.

    `id` is stable: `fact/source/verb`. `by` is a speaker's id (default: the source's). `of` names
    the origin whose words a report passes on. `authentic`: the source is the instrument that
    constitutes the fact. `against_interest`: an admission, with its ground. `where` is a place in
    the source (paragraph); `quote` a few exact words to anchor it. `finds`: it asserts as one who is to find it.
    """

    id: str
    fact: str
    verb: Verb
    by: str
    source: str
    on: EDate | None = None
    where: str = ""
    quote: str = ""
    of: str | None = None
    authentic: bool = False
    against_interest: str = ""
    unconfirmed: bool = False
    note: str = ""
    place: Place = NOWHERE
    finds: bool = False


@dataclass(frozen=True, slots=True)
class Interest:
    """Whether `principal` gains by `fact` (a fact's id, or `*` for every fact), with the ground."""

    principal: str
    fact: str
    gains: bool
    ground: str
    place: Place = NOWHERE
