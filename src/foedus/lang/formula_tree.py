"""Formulas as written: names, atoms, connectives, readings. No name is resolved yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, TypeAlias

from foedus.diagnostics.span import NOWHERE, Place
from foedus.terms.time import EDate


@dataclass(frozen=True, slots=True)
class Name:
    """A written word: `name`, `CODE`, `_`, `instrument.name`, or a quoted string's content."""

    text: str
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class OneOf:
    """`[security | stability]`."""

    names: tuple[Name, ...]
    place: Place = field(default=NOWHERE, compare=False)


Term: TypeAlias = Name | OneOf


@dataclass(frozen=True, slots=True)
class Arg:
    role: Name | None
    term: Term


@dataclass(frozen=True, slots=True)
class AtomF:
    """`force(_, victim) as a`; `mark` is the name after `as`."""

    predicate: Name
    args: tuple[Arg, ...]
    mark: Name | None = None
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class SpeechF:
    speaker: Name
    verb: Name
    content: AtomF
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class NotF:
    body: Formula
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class NoF:
    body: Formula
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class AndF:
    parts: tuple[Formula, ...]
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class OrF:
    parts: tuple[Formula, ...]
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class QuantF:
    """`some State s: F`, `every party p: F`, `no …`, `at least 2 …` (`k`), `more than 8 …`, `at least 2/3 of …`,
    `more than 1/2 of …` (`share`); `who`: of whom only those count; `weight`: by which weighting they do."""

    quantifier: Literal["some", "every", "no", "at least", "more than"]
    k: int
    sort: Name
    var: Name
    body: Formula
    place: Place = field(default=NOWHERE, compare=False)
    share: Fraction | None = None
    who: Formula | None = None
    weight: Name | None = None


@dataclass(frozen=True, slots=True)
class IsF:
    left: Name
    right: Name
    negated: bool = False
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class BeforeF:
    first: Name
    second: Name
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class LitF:
    value: bool
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class UnreadF:
    text: str
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Holder:
    """`held by RUS on 2011-08-31 [kremlin-12507]`."""

    by: Name
    on: EDate | None = None
    source: Name | None = None
    unconfirmed: bool = False
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ReadingF:
    """Readings in place of a formula: a question named after the term or norm it stands in."""

    readings: tuple[tuple[Name, tuple[Holder, ...], Formula], ...]
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ByF:
    """`by QUESTION:` with one formula per answer."""

    question: Name
    answers: tuple[tuple[Name, Formula], ...]
    place: Place = field(default=NOWHERE, compare=False)


Formula: TypeAlias = (
    AtomF | SpeechF | NotF | NoF | AndF | OrF | QuantF | IsF | BeforeF | LitF | UnreadF | ReadingF | ByF
)
