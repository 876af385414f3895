"""Norms, definitions, and the declarations that are data: what a page says, lowered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from foedus.diagnostics.span import NOWHERE, Place
from foedus.evidence.claim import Source, Speaker
from foedus.ir.decision import DecisionRule, Weighting
from foedus.ir.formula import Atom, Formula, Term, Var
from foedus.ir.procedure import Procedure
from foedus.ir.vocabulary import Vocabulary
from foedus.terms.time import EDate

NormKind = Literal["duty", "right", "power", "prohibition", "plan"]
Manner = Literal["each", "together"]

CLASSES = (
    "consult",
    "meet-danger",
    "as-deemed-necessary",
    "necessary-help",
    "all-means",
    "guarantee",
    "none",
)
WEAKER: dict[str, frozenset[str]] = {
    "consult": frozenset(),
    "meet-danger": frozenset({"consult"}),
    "as-deemed-necessary": frozenset({"consult"}),
    "necessary-help": frozenset({"consult", "meet-danger", "as-deemed-necessary"}),
    "all-means": frozenset({"consult", "meet-danger", "as-deemed-necessary", "necessary-help"}),
}
"""The partial order of duty classes: what each is stronger than. Meet-danger and as-deemed are
not compared; guarantee and none stand outside the order; an unseen class is not the lowest."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who bears a norm. `each`: every party (or state); `role` narrows `party` to those who hold
    another role under the instrument (guarantor); `other`: not the beneficiary and not any author;
    `names`: named organs or states, each for itself, `name` where it is one only; `var` is the
    variable the clauses may use."""

    var: Var
    each: Literal["party", "state", ""] = ""
    other: bool = False
    name: str = ""
    names: tuple[str, ...] = ()
    role: str = "party"


@dataclass(frozen=True)
class Norm:
    """One duty, right, power or prohibition under one text.

    `id` is `instrument.name`, the same for all its texts; `text` is None where the page has one
    text only. `when` and `until` are open in the bearer's, beneficiary's and adversary's variables
    and in `bound`, which are bound together around `when and not until` (and shared by `acts`); all
    other variables are bound inside, as narrowly as they occur.
    Any one of `acts` keeps a duty, or breaks a prohibition.
    `duty_class` None means unseen. `class_question` replaces the class by `classes`: for each answer the class
    and its modifiers.
    """

    id: str
    instrument: str
    kind: NormKind
    text: str | None
    bearer: Bearer
    beneficiary: Term | None
    against: Term | None
    when: Formula
    until: Formula | None
    bound: tuple[Var, ...]
    acts: tuple[Atom, ...] = ()
    duty_class: str | None = None
    class_question: str = ""
    classes: tuple[tuple[str, str | None, tuple[str, ...]], ...] = ()
    modifiers: tuple[str, ...] = ()
    manner: Manner = "each"
    immediately: bool = False
    within_days: int | None = None
    lifts: tuple[str, ...] = ()
    political: bool = False
    title: str = ""
    article: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Define:
    """A term under one text (None: all texts)."""

    name: str
    text: str | None
    vars: tuple[Var, ...]
    body: Formula
    gloss: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds an answer, when, in which source."""

    by: str
    on: EDate | None = None
    source: str = ""
    unconfirmed: bool = False
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Answer:
    """One named answer of a question, with its holders."""

    name: str
    holders: tuple[Holder, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """An open question of an instrument: exactly one answer holds; none is chosen by default.

    `id` is `instrument.term`, so that nothing leaks between treaties.
    """

    id: str
    title: str
    answers: tuple[Answer, ...]
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Life:
    """A state's status under an instrument over an interval; `until` exclusive.

    `role` is party, suspended, signatory, guarantor, protected, inactive …; only `party` binds.
    """

    instrument: str
    state: str
    role: str
    start: EDate
    until: EDate | None
    unconfirmed: bool = False
    source: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Text:
    """A version of an instrument's text, in force from `start` (inclusive) until `until`."""

    id: str
    start: EDate
    until: EDate | None
    read: str = ""
    unconfirmed: bool = False
    place: Place = NOWHERE
    secret_until: EDate | None = None

    def known(self, by: date | None) -> bool:
        """Whether the text was public on the day; always, if none is asked about."""
        return by is None or self.secret_until is None or by >= self.secret_until.last


@dataclass(frozen=True, slots=True)
class Remark:
    """Words about an instrument (how long it lasts, how one leaves it), with their source."""

    words: str = ""
    source: str = ""
    unconfirmed: bool = False


@dataclass(frozen=True, slots=True)
class Credit:
    """Who encoded or reviewed a page, and when."""

    who: str
    on: EDate | None = None


@dataclass(frozen=True, slots=True)
class NotEncoded:
    """What the page leaves out, and what it may do to which norms (never enters a formula)."""

    instrument: str
    text: str
    effect: Literal["may defeat", "may create", "detail"]
    norms: tuple[str, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Precedence:
    """`this prevails over that` when two arising duties conflict; never turns *arises* off."""

    first: str
    second: str
    place: Place = NOWHERE


@dataclass(frozen=True)
class Instrument:
    """One treaty, charter, protocol or agreement, as data."""

    id: str
    title: str
    signed: EDate | None = None
    in_force: EDate | None = None
    in_force_unconfirmed: bool = False
    ended: EDate | None = None
    texts: tuple[Text, ...] = ()
    lives: tuple[Life, ...] = ()
    deems: tuple[str, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    political: bool = False
    page: str = ""
    digest: str = ""
    place: Place = NOWHERE
    signed_unconfirmed: bool = False
    ended_unconfirmed: bool = False
    duration: Remark = field(default_factory=Remark)
    exit: Remark = field(default_factory=Remark)
    encoded: tuple[Credit, ...] = ()
    reviewed: tuple[Credit, ...] = ()


@dataclass(frozen=True)
class Program:
    """One or more pages, lowered. `sources` and `speakers` are those that the pages themselves
    declare, for the holders of readings; a dossier has its own. `digests` are those of the pages, by
    instrument, or by the name of a page without one."""

    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    instruments: dict[str, Instrument] = field(default_factory=dict[str, Instrument])
    norms: tuple[Norm, ...] = ()
    defines: tuple[Define, ...] = ()
    questions: dict[str, Question] = field(default_factory=dict[str, Question])
    not_encoded: tuple[NotEncoded, ...] = ()
    precedence: tuple[Precedence, ...] = ()
    rules: tuple[DecisionRule, ...] = ()
    weightings: dict[str, Weighting] = field(default_factory=dict[str, Weighting])
    procedures: dict[str, Procedure] = field(default_factory=dict[str, Procedure])
    sources: dict[str, Source] = field(default_factory=dict[str, Source])
    speakers: dict[str, Speaker] = field(default_factory=dict[str, Speaker])
    digests: dict[str, str] = field(default_factory=dict[str, str])
