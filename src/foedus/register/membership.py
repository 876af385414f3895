"""Who was a member from when to when: the pages beside Alliance Treaty Obligations and Provisions (ATOP).

A page names ATOP's number (`code atop 4220`; several, where ATOP has several). Where it does not, the alliance is
sought that began in the year of signature and has most of the same members. If it began within a month of the
signature and half of all states are on both sides, it is *matched*, and said to be; else it is a candidate.
Each state's days are set beside one another, and each difference is explained by a rule (`differences`) or
counted as unexplained.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from foedus.register.differences import NEAR, Setting, What, apart, codes_in, same, why
from foedus.register.rows import Instrument, dated
from foedus.register.spells import Spell, ours, theirs, together
from foedus.sources.atop import Atop, Member
from foedus.sources.cow import System
from foedus.terms.edtf import EDate
from foedus.words.speech import Phrase, phrase

LEAST_ALIKE = 0.5
"""Of the states on either side, so many must be on both for an alliance to be matched."""
FEW = 3
"""So many candidates are named."""

How = Literal["number", "matched", "not covered", "none"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An alliance of ATOP that may be the instrument: how many days after its signature ATOP begins it, and how
    many states are on both sides, of how many on either."""

    number: int
    start: EDate
    days: int
    common: int
    either: int

    @property
    def alike(self) -> float:
        """The share of the states that are on both sides."""
        return self.common / self.either if self.either else 0.0


@dataclass(frozen=True, slots=True)
class Difference:
    """One day of one state, on the page and in ATOP: both as written (empty: none), the days by which ATOP is
    later (None: not to be said), and the rule that explains it. `same` is a rule too."""

    state: str
    what: What
    own: str
    other: str
    days: int | None
    rule: str
    why: Phrase
    unconfirmed: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """An instrument beside its alliances: by which numbers and how these were come by; candidates where the page
    carries no number; the numbers it carries that ATOP does not have (`lacking`), or has for other states
    (`foreign`)."""

    instrument: Instrument
    how: How
    numbers: tuple[int, ...] = ()
    rows: tuple[Difference, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    lacking: tuple[int, ...] = ()
    foreign: tuple[int, ...] = ()

    @property
    def differing(self) -> tuple[Difference, ...]:
        """The rows in which the two differ."""
        return tuple(row for row in self.rows if row.rule != "same")


def compare(
    instruments: Iterable[Instrument], atop: Atop, system: System | None = None
) -> tuple[Compared, ...]:
    """Every instrument that has parties, beside ATOP; `system` says whom COW counts as a state on a day."""
    return tuple(_one(each, atop, system) for each in instruments if ours(each))


def _one(instrument: Instrument, atop: Atop, system: System | None) -> Compared:
    listed = codes_in(instrument)
    numbers = tuple(number for number in listed if number in atop.alliances)
    lacking = tuple(number for number in listed if number not in atop.alliances)
    if numbers:
        own = set(ours(instrument))
        foreign = tuple(number for number in numbers if not own & set(theirs(atop.alliances[number], own)))
        rows = tuple(_rows(instrument, numbers, atop, system))
        return Compared(instrument, "number", numbers, rows, (), lacking, foreign)
    begun = begins(instrument)
    if begun is not None and begun.first > atop.ends:
        return Compared(instrument, "not covered", lacking=lacking)
    found = candidates(instrument, atop)
    if found and found[0].alike >= LEAST_ALIKE and abs(found[0].days) <= NEAR.days:
        numbers = (found[0].number,)
        rows = tuple(_rows(instrument, numbers, atop, system))
        return Compared(instrument, "matched", numbers, rows, found, lacking)
    return Compared(instrument, "none", candidates=found, lacking=lacking)


def begins(instrument: Instrument) -> EDate | None:
    """When an instrument was signed; else when it entered into force."""
    written = (
        instrument.signed or instrument.in_force or (instrument.texts[0].start if instrument.texts else "")
    )
    return dated(written) if written else None


def candidates(instrument: Instrument, atop: Atop) -> tuple[Candidate, ...]:
    """The alliances, or phases of one, that began in the year of signature with states of the page; those with
    most in common, and nearest in time, first."""
    signed = begins(instrument)
    if signed is None:
        return ()
    own = set(ours(instrument))
    found: list[Candidate] = []
    for number, members in atop.alliances.items():
        years = {m.start.first.year for m in members}
        if not years & set(range(signed.first.year, signed.last.year + 1)):
            continue
        nearest = min((m.start for m in members), key=lambda start: abs((start.first - signed.first).days))
        if not signed.first.year <= nearest.first.year <= signed.last.year:
            continue
        other = set(theirs(_from(members, nearest), own))
        common = len(own & other)
        if common > 1:
            days = apart(signed, nearest) or 0
            found.append(Candidate(number, nearest, days, common, len(own | other)))
    found.sort(key=lambda each: (-each.alike, abs(each.days), each.number))
    return tuple(found[:FEW])


def _from(members: Iterable[Member], start: EDate) -> list[Member]:
    """The rows that were not over before a day."""
    return [m for m in members if m.until is None or m.until.last > start.first]


def _rows(
    instrument: Instrument, numbers: tuple[int, ...], atop: Atop, system: System | None
) -> Iterator[Difference]:
    own = ours(instrument)
    other = theirs((m for number in numbers for m in atop.alliances[number]), own)
    for state in dict.fromkeys((*own, *other)):
        for mine, yours in together(own.get(state, []), other.get(state, [])):
            setting = Setting(instrument, atop, system, state, tuple(mine), tuple(yours))
            yield from _beside(setting)


def _beside(setting: Setting) -> Iterator[Difference]:
    """The rows of spells that stand together."""
    mine, yours = setting.own, setting.other
    if not yours:
        for spell in mine:
            rule, said = why("only here", None, None, setting)
            yield _row(setting, "only here", _written(spell), "", None, (rule, said), spell)
    elif not mine:
        for spell in yours:
            rule, said = why("only in ATOP", None, None, setting)
            yield _row(setting, "only in ATOP", "", _written(spell), None, (rule, said))
    else:
        yield _day("start", mine[0].start, yours[0].start, setting, mine[0])
        yield from _breaks(setting)
        yield _day("end", mine[-1].until, yours[-1].until, setting, mine[-1])


def _breaks(setting: Setting) -> Iterator[Difference]:
    """Where one side has a break: the days of both, if the other has one there too."""
    mine, yours = _between(setting.own), _between(setting.other)
    met: set[int] = set()
    for left, back in mine:
        n = next((n for n, (end, start) in enumerate(yours) if _cross(left, back, end, start)), None)
        if n is None:
            found = why("break here", left.until, back.start, setting)
            yield _row(setting, "break here", f"{left.until} – {back.start}", "", None, found, back)
            continue
        met.add(n)
        end, start = yours[n]
        yield _day("end", left.until, end.until, setting, left)
        yield _day("start", back.start, start.start, setting, back)
    for n, (end, start) in enumerate(yours):
        if n not in met:
            found = why("break in ATOP", end.until, start.start, setting)
            yield _row(setting, "break in ATOP", "", f"{end.until} – {start.start}", None, found)


def _between(spells: tuple[Spell, ...]) -> list[tuple[Spell, Spell]]:
    return list(pairwise(spells))


def _cross(left: Spell, back: Spell, end: Spell, start: Spell) -> bool:
    """Whether two breaks have days in common."""
    return _last(left) <= start.start.last and _last(end) <= back.start.last


def _last(spell: Spell) -> date:
    return spell.until.first if spell.until is not None else date.max


def _day(what: What, own: EDate | None, other: EDate | None, setting: Setting, spell: Spell) -> Difference:
    found = ("same", phrase("the same day")) if same(what, own, other) else why(what, own, other, setting)
    here, there = ("" if day is None else day.text for day in (own, other))
    return _row(setting, what, here, there, apart(own, other), found, spell)


def _row(
    setting: Setting,
    what: What,
    own: str,
    other: str,
    days: int | None,
    found: tuple[str, Phrase],
    spell: Spell | None = None,
) -> Difference:
    rule, said = found
    unsure = spell is not None and spell.unconfirmed
    return Difference(
        setting.state, what, own, other, days, rule, said, unsure, spell.source if spell else ""
    )


def _written(spell: Spell) -> str:
    return f"{spell.start} – {spell.until or ''}".rstrip()
