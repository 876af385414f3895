"""All facts of a dossier with what was said of them: the input of standing and of every engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from foedus.diagnostics.span import NOWHERE, Place
from foedus.evidence.claim import Claim, Interest, Source, Speaker
from foedus.evidence.comparison import Comparison
from foedus.terms.fact import Fact, Predicate
from foedus.terms.time import EDate

StandingWord = Literal[
    "unknown", "inconsistent", "contested", "disputed", "established", "refuted", "asserted", "denied",
    "undisputed",  # of judgements only: asserted, nobody denies or doubts
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pattern:
    """A predicate with some arguments given; None matches anything."""

    predicate: str
    args: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Closing:
    """`complete for …`: the dossier claims to be complete, with a source or in the encoder's name.

    `span` is None for "at any time".
    """

    pattern: Pattern
    span: EDate | None
    by: str
    why: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Presumption:
    """`presume no …`: holds until somebody claims it."""

    pattern: Pattern
    why: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Held:
    """A speaker holds an answer to a question (a reading), on a date, in a source."""

    question: str
    answer: str
    by: str
    on: EDate | None = None
    source: str = ""
    unconfirmed: bool = False
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a quantity, as of a date, from a source. `withdrawn` says when it was taken back."""

    value: Fraction
    as_of: EDate
    source: str
    by: str = ""
    at_least: bool = False
    withdrawn: str = ""
    unconfirmed: bool = False
    note: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure that moves: a series of values, never one number."""

    id: str
    title: str
    unit: str
    values: tuple[Value, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Tension:
    """Two facts that do not sit well together; flagged when both are asserted, never decided."""

    facts: tuple[str, str]
    why: str
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Answered:
    """A norm that an outcome answers, to whom and by whom it was owed (empty: whoever)."""

    norm: str
    beneficiary: str = ""
    bearer: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it, as history records it: `word` is one of `granted`, `refused`, …"""

    word: str
    title: str
    on: EDate | None = None
    source: str = ""
    unconfirmed: bool = False
    under: tuple[Answered, ...] = ()
    note: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True)
class Record:
    """Everything a dossier holds, before any rule of standing is applied.

    `given` is the standing a trial stipulates (fact id → word); it is empty in a dossier, where
    standing is always derived. `sorts` maps each individual's name to its sort
    (`gunmen` → "Actor" for someone of open kind; an incident or act → its predicate, `force`).
    `may_be` lists, for someone unknown, the constants with which he may be identical. `compared` is
    what the texts of the sources show; None where none was at hand.
    """

    facts: tuple[Fact, ...] = ()
    claims: tuple[Claim, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict[str, Source])
    speakers: Mapping[str, Speaker] = field(default_factory=dict[str, Speaker])
    interests: tuple[Interest, ...] = ()
    disputants: frozenset[str] = frozenset()
    closings: tuple[Closing, ...] = ()
    presumptions: tuple[Presumption, ...] = ()
    held: tuple[Held, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    tensions: tuple[Tension, ...] = ()
    given: Mapping[str, StandingWord] = field(default_factory=dict[str, StandingWord])
    sorts: Mapping[str, str] = field(default_factory=dict[str, str])
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    may_be: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    predicates: Mapping[str, Predicate] = field(default_factory=dict[str, Predicate])
    as_party: tuple[tuple[str, str], ...] = ()  # trials: (state, instrument) made a party
    as_role: tuple[tuple[str, str, str], ...] = ()  # trials: (state, role, instrument) given another role
    compared: Comparison | None = None


@dataclass(frozen=True)
class Dossier:
    """A record with its title page: what is asked of it, of which instruments, on which day.

    `called` is how the user named it: a path, or a shipped name.
    """

    id: str
    title: str
    record: Record
    period: EDate | None = None
    on: EDate | None = None
    concerning: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    digest: str = ""
    called: str = ""
    place: Place = NOWHERE
    outcomes: tuple[Outcome, ...] = ()
