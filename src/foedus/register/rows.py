"""One plain record for each instrument, with what it says in rows: parties, texts, norms, rules.

Dates are kept as written (EDTF) and read when asked for. The records go to disk and back as JSON.

>>> row = Party("ARV", "party", "2001-01-01", "2009-01-01")
>>> row.on(date(2005, 5, 5)), row.on(date(2009, 1, 1))
('yes', 'no')
>>> Party("BOR", "party", "[2001-01-01,2003-01-01]").on(date(2002, 1, 1))
'perhaps'
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Literal

from foedus.diagnostics.span import NOWHERE
from foedus.terms.edtf import EDate, parse_date

Sure = Literal["yes", "perhaps", "no"]
Basis = Literal["in force", "ended", "text", "state"]
"""What a bond may rest on: the entry into force of its instrument, its end, the date of the text that governs, and
that the state asked about held its role."""


@lru_cache(maxsize=4096)
def dated(text: str) -> EDate:
    """The date that a row writes."""
    return parse_date(text, NOWHERE)


def within(day: date, start: str, until: str) -> Sure:
    """Whether a day lies in a span; `until` is exclusive, and empty where no end is known."""
    begin = dated(start) if start else None
    end = dated(until) if until else None
    if (begin is not None and day < begin.first) or (end is not None and day >= end.last):
        return "no"
    certain = (begin is None or day >= begin.last) and (end is None or day < end.first)
    return "yes" if certain else "perhaps"


def both(one: Sure, two: Sure) -> Sure:
    """Whether both are so."""
    return "no" if "no" in (one, two) else "perhaps" if "perhaps" in (one, two) else "yes"


@dataclass(frozen=True, slots=True)
class Party:
    """A state under an instrument over a span, in a role: party, guarantor, suspended, …"""

    state: str
    role: str
    start: str
    until: str = ""
    unconfirmed: bool = False
    source: str = ""

    def on(self, day: date) -> Sure:
        """Whether it held the role on the day."""
        return within(day, self.start, self.until)


@dataclass(frozen=True, slots=True)
class Text:
    """A version of the text. Several may have begun: the last that was public governs."""

    id: str
    start: str
    until: str = ""
    read: str = ""
    unconfirmed: bool = False
    secret_until: str = ""

    def public(self, known_by: date | None) -> bool:
        """Whether it was public on a day; always, if none is named."""
        return known_by is None or not self.secret_until or known_by >= dated(self.secret_until).last


@dataclass(frozen=True, slots=True)
class Norm:
    """A duty, right, power or prohibition under one text (empty: all).

    `bearers` are named ones, or `role` says of whom it is asked (party, guarantor, state), all `others` than
    the beneficiary and the authors if so. `to` says whom it serves: `party`, `state` (any), `named` (in
    `whom`), or nobody. `when` and `until` are clauses in words with blanks `{who}` and `{whom}`.
    """

    id: str
    kind: str
    title: str
    article: str
    text: str = ""
    bearers: tuple[str, ...] = ()
    role: str = ""
    others: bool = False
    to: str = ""
    whom: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    duty_class: str = ""
    modifiers: tuple[str, ...] = ()
    class_question: str = ""
    classes: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    together: bool = False
    immediately: bool = False
    within_days: int = 0
    when: tuple[str, ...] = ()
    until: tuple[str, ...] = ()
    lifts: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """How an organ decides, in words; `formal` if a vote can be tested against it."""

    id: str
    organ: str
    title: str
    text: str = ""
    formal: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a page does not encode: `may defeat`, `may create` (of `norms`) or `detail`."""

    text: str
    effect: str
    norms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """Words about the instrument, with their source."""

    words: str = ""
    source: str = ""
    unconfirmed: bool = False


@dataclass(frozen=True, slots=True)
class Credit:
    """Who encoded or reviewed the page, and when."""

    who: str
    on: str = ""


@dataclass(frozen=True, slots=True)
class Instrument:
    """One treaty, charter or declaration. `unconfirmed` counts what rests on unconfirmed lines; `unread` the
    clauses that nobody read; `questions` are the open ones that the page declares; `names` are those of the states
    and organs it speaks of that pages declare, by their codes."""

    id: str
    title: str
    page: str = ""
    signed: str = ""
    in_force: str = ""
    ended: str = ""
    unsure: tuple[str, ...] = ()
    political: bool = False
    texts: tuple[Text, ...] = ()
    parties: tuple[Party, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    norms: tuple[Norm, ...] = ()
    rules: tuple[Rule, ...] = ()
    deems: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    questions: tuple[str, ...] = ()
    unread: int = 0
    unconfirmed: int = 0
    sources: int = 0
    yields_to: tuple[str, ...] = ()
    prevails_over: tuple[str, ...] = ()
    duration: Remark = field(default_factory=Remark)
    exit: Remark = field(default_factory=Remark)
    encoded: tuple[Credit, ...] = ()
    reviewed: tuple[Credit, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    trials: int = 0
    digest: str = ""

    def text_on(self, day: date, known_by: date | None = None) -> str:
        """The text that governed on the day; empty where there is only one, or none yet."""
        begun = [t for t in self.texts if dated(t.start).first <= day and t.public(known_by)]
        return begun[-1].id if begun and len(self.texts) > 1 else ""

    def stands(self, day: date, known_by: date | None = None) -> Sure:
        """Whether it was in force on the day, and known to be."""
        if self.texts and not any(t.public(known_by) for t in self.texts):
            return "no"
        start = self.in_force or (self.texts[0].start if self.texts else "")
        return within(day, start, self.ended) if start else "no"

    def has(self, state: str, day: date, role: str = "party") -> Sure:
        """Whether a state held a role on the day: bound, and not suspended."""
        held: Sure = "no"
        barred: Sure = "no"
        for life in self.parties:
            if life.state == state and life.role == role:
                held = _either(held, life.on(day))
            elif life.state == state and life.role == "suspended" and role == "party":
                barred = _either(barred, life.on(day))
        if barred == "yes":
            return "no"
        return both(held, "perhaps" if barred == "perhaps" else "yes")

    def members(self, day: date, role: str = "party") -> dict[str, Sure]:
        """The states that held, or perhaps held, a role on the day, in the page's order."""
        states = dict.fromkeys(life.state for life in self.parties if life.role == role)
        return {state: sure for state in states if (sure := self.has(state, day, role)) != "no"}

    def is_unconfirmed(self, state: str, day: date, role: str = "party") -> bool:
        """Whether that a state held, or perhaps held, a role on the day rests on a line that nobody confirmed."""
        lines = [
            life
            for life in self.parties
            if life.state == state and life.role in (role, "suspended") and life.on(day) != "no"
        ]
        firm = any(life.role == role and not life.unconfirmed and life.on(day) == "yes" for life in lines)
        return any(life.unconfirmed for life in lines if not firm or life.role != role)

    def unconfirmed_dates(self, text: str = "") -> tuple[Basis, ...]:
        """Of its own dates those that nobody confirmed and on which whatever a text says rests."""
        begun = self.texts[0].unconfirmed if self.texts and not self.in_force else "in force" in self.unsure
        governs = [t for t in self.texts if t.id == text or len(self.texts) == 1]
        found: tuple[tuple[Basis, bool], ...] = (
            ("in force", begun),
            ("ended", bool(self.ended) and "ended" in self.unsure),
            ("text", any(t.unconfirmed for t in governs)),
        )
        return tuple(name for name, doubtful in found if doubtful)

    def in_text(self, text: str) -> tuple[Norm, ...]:
        """The norms under a text, those of all texts included."""
        return tuple(norm for norm in self.norms if norm.text in ("", text))


def _either(one: Sure, two: Sure) -> Sure:
    return "yes" if "yes" in (one, two) else "perhaps" if "perhaps" in (one, two) else "no"
