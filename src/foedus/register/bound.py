"""Who owes a state what on a day, and what it owes: one row for each norm of each instrument, never merged.

A state may be owed the same help under four treaties; that is four rows, each with its article, its strength
and what it waits for. `perhaps` marks whom uncertain dates leave in doubt; what rests on lines that nobody confirmed is
named beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from foedus.register.keep import Register
from foedus.register.rows import Basis, Instrument, Norm, Sure, both

Side = Literal["to", "by"]
"""`to`: what is owed to the state; `by`: what the state owes."""

GENERAL = "state"
"""The role of norms that ask every state: general law, not a bond of this state."""


@dataclass(frozen=True)
class Bond:
    """A norm that serves the state (`to`) or that it bears (`by`), with the others concerned.

    `others` are the bearers (of what is owed to it) or those served, with how sure their being bound is; empty
    where it is owed to whoever fits. `sure` is whether the bond itself is certain on the day. `unconfirmed` is what
    it rests on that nobody confirmed; `unconfirmed_others` are those of the others of whom only unconfirmed lines
    say that they are concerned.
    """

    instrument: Instrument
    norm: Norm
    side: Side
    state: str
    others: Mapping[str, Sure] = field(default_factory=dict[str, Sure])
    sure: Sure = "yes"
    unconfirmed: tuple[Basis, ...] = ()
    unconfirmed_others: tuple[str, ...] = ()

    @property
    def in_doubt(self) -> tuple[str, ...]:
        """The others of whom uncertain dates leave it in doubt."""
        return tuple(state for state, sure in self.others.items() if sure == "perhaps")


@dataclass(frozen=True)
class Bonds:
    """Everything found for a state on a day; `general` are the pages of law that binds every state, `secret`
    the instruments that were not public on the day asked about, `names` what pages call states of their own."""

    state: str
    on: date
    to: tuple[Bond, ...]
    by: tuple[Bond, ...]
    general: tuple[Instrument, ...]
    secret: tuple[Instrument, ...] = ()
    known_by: date | None = None
    names: Mapping[str, str] = field(default_factory=dict[str, str])


def bound(register: Register, state: str, on: date, known_by: date | None = None) -> Bonds:
    """What binds and serves a state on a day, as far as was public on `known_by` (None: as known now)."""
    to: list[Bond] = []
    by: list[Bond] = []
    general: list[Instrument] = []
    secret: list[Instrument] = []
    for instrument in register.instruments:
        if not instrument.parties and any(norm.role == GENERAL for norm in instrument.norms):
            if instrument.stands(on) != "no" or not instrument.in_force:
                general.append(instrument)
            continue
        stands = instrument.stands(on, known_by)
        if stands == "no":
            if instrument.stands(on) != "no":
                secret.append(instrument)
            continue
        text = instrument.text_on(on, known_by)
        for norm in instrument.in_text(text):
            to += _serving(instrument, norm, state, on, stands)
            by += _borne(instrument, norm, state, on, stands)
    return Bonds(state, on, tuple(to), tuple(by), tuple(general), tuple(secret), known_by, register.names)


def _served(instrument: Instrument, norm: Norm, state: str, on: date) -> Sure:
    if norm.to == "named":
        return _holds(instrument, state, on) if state in norm.whom else "no"
    if norm.to == "party":
        return instrument.has(state, on)
    if norm.to == "state":  # whoever it is: only those are shown whom the instrument names in some role
        return _holds(instrument, state, on, outsider="no")
    return "no"


def _holds(instrument: Instrument, state: str, on: date, outsider: Sure = "yes") -> Sure:
    """Whether a state held any role on the day; `outsider` for one that the instrument gives none."""
    roles = {life.role for life in instrument.parties if life.state == state} - {"suspended"}
    if not roles:
        return outsider
    held = [instrument.has(state, on, role) for role in roles]
    return "yes" if "yes" in held else "perhaps" if "perhaps" in held else "no"


def _holding(instrument: Instrument, states: Iterable[str], on: date) -> dict[str, Sure]:
    """Those of named states and organs that hold, or perhaps hold, a role on the day, or have none to hold."""
    held: dict[str, Sure] = {state: _holds(instrument, state, on) for state in states}
    return {state: sure for state, sure in held.items() if sure != "no"}


def _bearers(instrument: Instrument, norm: Norm, on: date) -> dict[str, Sure]:
    if norm.bearers:
        return _holding(instrument, norm.bearers, on)
    return {} if norm.role == GENERAL else instrument.members(on, norm.role or "party")


def _unconfirmed(instrument: Instrument, states: Iterable[str], on: date, role: str = "") -> tuple[str, ...]:
    """Those of states whose holding a role rests on unconfirmed lines; without one named, whatever roles they hold."""

    def doubtful(state: str) -> bool:
        roles = {role} if role else {life.role for life in instrument.parties if life.state == state}
        held = [name for name in roles - {"suspended"} if instrument.has(state, on, name) != "no"]
        return bool(held) and all(instrument.is_unconfirmed(state, on, name) for name in held)

    return tuple(state for state in states if doubtful(state))


def _bond(
    instrument: Instrument,
    norm: Norm,
    side: Side,
    state: str,
    on: date,
    others: Mapping[str, Sure],
    sure: Sure,
) -> Bond:
    """The bond, with what of it nobody confirmed."""
    asked = "" if norm.bearers else norm.role or "party"
    served = "party" if norm.to == "party" else ""
    own, theirs = (served, asked) if side == "to" else (asked, served)
    dates = instrument.unconfirmed_dates(norm.text)
    itself: tuple[Basis, ...] = ("state",) if _unconfirmed(instrument, (state,), on, own) else ()
    return Bond(
        instrument,
        norm,
        side,
        state,
        others,
        sure,
        (*dates, *itself),
        _unconfirmed(instrument, others, on, theirs),
    )


def _serving(instrument: Instrument, norm: Norm, state: str, on: date, stands: Sure) -> Iterator[Bond]:
    sure = _served(instrument, norm, state, on)
    others: dict[str, Sure] = {
        other: held for other, held in _bearers(instrument, norm, on).items() if other != state
    }
    if sure != "no" and others:
        yield _bond(instrument, norm, "to", state, on, others, both(sure, stands))


def _borne(instrument: Instrument, norm: Norm, state: str, on: date, stands: Sure) -> Iterator[Bond]:
    sure = _bearers(instrument, norm, on).get(state, "no")
    if sure == "no":
        return
    others: dict[str, Sure] = {}
    if norm.to == "named":
        others = _holding(instrument, (whom for whom in norm.whom if whom != state), on)
        if not others and norm.whom:
            return  # it would owe this to itself
    elif norm.to == "party":
        others = {other: held for other, held in instrument.members(on).items() if other != state}
        if not others:
            return
    yield _bond(instrument, norm, "by", state, on, others, both(sure, stands))


def search(
    register: Register,
    words: str = "",
    party: str = "",
    on: date | None = None,
    duty_class: str = "",
    political: bool | None = None,
) -> tuple[Instrument, ...]:
    """The instruments that fit everything asked: words in id, title, titles of norms or `deems`; a state in
    any role (on the day, if one is named); in force on the day; with a duty of the class."""
    found: list[Instrument] = []
    for instrument in register.instruments:
        if words and not _says(instrument, words):
            continue
        if on is not None and instrument.stands(on) == "no":
            continue
        if party and not _has(instrument, party, on):
            continue
        if duty_class and duty_class not in classes_of(instrument, on):
            continue
        if political is not None and instrument.political is not political:
            continue
        found.append(instrument)
    return tuple(found)


def _says(instrument: Instrument, words: str) -> bool:
    titles = [norm.title for norm in instrument.norms]
    whole = " ".join((instrument.id, instrument.title, *titles, *instrument.deems)).casefold()
    return all(word in whole for word in words.casefold().split())


def _has(instrument: Instrument, state: str, on: date | None) -> bool:
    lives = [life for life in instrument.parties if life.state == state]
    return any(on is None or life.on(on) != "no" for life in lives)


def classes_of(instrument: Instrument, on: date | None = None) -> tuple[str, ...]:
    """The classes of its duties (on a day, those of the text that governed), strongest last."""
    norms = instrument.norms if on is None else instrument.in_text(instrument.text_on(on))
    found = {
        name
        for norm in norms
        if norm.kind == "duty"
        for name in (norm.duty_class, *(kind for _, kind, _ in norm.classes))
        if name
    }
    return tuple(name for name in ORDER if name in found)


ORDER = (
    "none", "unseen", "consult", "meet-danger", "as-deemed-necessary", "necessary-help", "all-means",
    "guarantee",
)  # fmt: skip
"""The classes in the order in which a table has them: what is not ranked stands first, a guarantee last."""
