"""Why a day on a page and ATOP's day for the same state are not the same: the rules, in the order in which they
are tried. The first that fits explains a difference; what none explains is `unexplained`, and somebody's mistake.

Some rules only presume (`PRESUMED`): what they speak of stands on no page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from foedus.register.rows import Instrument, Party, dated
from foedus.register.spells import BOUND, DAY, Spell, ours, passages
from foedus.sources.atop import BROKEN, LOST, Atop
from foedus.sources.cow import System
from foedus.terms.codes import codes_on
from foedus.terms.edtf import EDate
from foedus.terms.time import in_words
from foedus.words.speech import Phrase, marked_in, phrase, phrase_plural

NEAR = timedelta(31)
"""Days of one event that lists count differently (signed, deposited, announced) lie as near as this."""
SIGNING = timedelta(62)
"""A treaty is initialled, signed and signed by the last of several on days that lie as near as this."""
SIGNED_BEFORE = timedelta(3 * 366)
"""An accession is seldom signed longer before it takes effect."""

What = Literal["start", "end", "only here", "only in ATOP", "break here", "break in ATOP"]

RULES = {
    "same": marked_in("membership", "the same day"),
    "covered": marked_in("membership", "after the last day that ATOP covers"),
    "signed": marked_in("membership", "ATOP counts from the signature"),
    "before force": marked_in("membership", "joined before the treaty was in force"),
    "phase": marked_in("membership", "another phase or number of ATOP"),
    "succession": marked_in("membership", "one state follows another"),
    "system": marked_in("membership", "not in the COW system"),
    "role": marked_in("membership", "suspended, inactive or a signatory here"),
    "month": marked_in("membership", "the day is unknown to ATOP"),
    "uncertain": marked_in("membership", "the day is uncertain here"),
    "swapped": marked_in("membership", "month and day have changed places"),
    "near": marked_in("membership", "within 31 days"),
    "accession": marked_in("membership", "presumably the signature of an accession"),
    "signatory": marked_in("membership", "presumably signed and never bound"),
    "in fact": marked_in("membership", "ended in fact, by ATOP's judgement"),
    "unconfirmed": marked_in("membership", "unconfirmed here"),
    "unexplained": marked_in("membership", "unexplained"),
}
"""Every rule by its name, in the order of tables; `why` has the order in which they are tried."""

PRESUMED = ("accession", "signatory", "in fact")
"""Rules that a page's dates bear out but do not show."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a rule may look at besides the two days."""

    instrument: Instrument
    atop: Atop
    system: System | None
    state: str
    own: tuple[Spell, ...]
    other: tuple[Spell, ...]

    @property
    def force(self) -> EDate | None:
        """When the instrument, or else its first text, entered into force."""
        return _dated(
            self.instrument.in_force or (self.instrument.texts[0].start if self.instrument.texts else "")
        )

    @property
    def signed(self) -> EDate | None:
        """When the instrument was signed."""
        return _dated(self.instrument.signed)

    @property
    def numbers(self) -> set[int]:
        """The state's numbers in ATOP's rows, or else in our table."""
        found = {row.number for spell in self.other for row in spell.rows}
        codes = codes_on(self.state, self.own[0].start.first) if self.own and not found else None
        return found | ({codes.cow} if codes is not None else set())

    def lives(self) -> list[Party]:
        """The state's lines in roles that oblige it to nothing."""
        return [p for p in self.instrument.parties if p.state == self.state and p.role not in BOUND]


def _dated(text: str) -> EDate | None:
    return dated(text) if text else None


Why = tuple[str, Phrase]


def same(what: What, own: EDate | None, other: EDate | None) -> bool:
    """Whether both give the same day. Of an end ours is the first day after, which ATOP may count as the last."""
    if own is None or other is None:
        return own is other
    exact = own.kind == other.kind == "day"
    return exact and (own.first == other.first or (what == "end" and own.first == other.first + DAY))


def apart(own: EDate | None, other: EDate | None) -> int | None:
    """How many days ATOP's day is after ours (before it: negative), at the least; None where one is not given."""
    if own is None or other is None:
        return None
    mine, yours = _ranges(own), _ranges(other)
    found = [
        0 if a <= d and c <= b else (c - b).days if c > b else (d - a).days for a, b in mine for c, d in yours
    ]
    return min(found, key=abs)


def _ranges(given: EDate) -> list[tuple[date, date]]:
    """The days that a date can be, as ranges: of a listed set, each by itself."""
    return [(day, day) for day in given.days] or [(given.first, given.last)]


def why(what: What, own: EDate | None, other: EDate | None, setting: Setting) -> Why:
    """The rule that explains a difference, with its words."""
    if what == "start":
        tried = (
            _signed, _before_force, _open_day, _phase_start, _followed, _system_start, _role, _swapped, _near,
            _accession,
        )  # fmt: skip
    elif what == "end":
        tried = (
            _covered, _open_day, _phase_end, _followed, _system_end, _role, _swapped, _near, _in_fact,
        )  # fmt: skip
    elif what == "only here":
        tried = (_covered_whole, _followed, _outside)
    elif what == "only in ATOP":
        tried = (_other_phase, _followed, _role_instead, _signatory)
    else:
        tried = (_role, _followed, _replaced)
    for rule in tried:
        found = rule(own, other, setting)
        if found is not None:
            return found
    if any(spell.unconfirmed for spell in setting.own):
        return "unconfirmed", phrase("nobody confirmed the line of the page")
    return "unexplained", phrase("no rule explains it")


def _signed(own: EDate | None, other: EDate | None, setting: Setting) -> Why | None:
    signed = setting.signed
    if own is None or other is None or signed is None:
        return None
    if own.first <= signed.first:
        return None
    if apart(signed, other) == 0:
        return "signed", phrase("signed {day}; ATOP counts from then", day=in_words(signed))
    force = setting.force
    original = force is not None and own.first <= force.last
    early = -(apart(signed, other) or 0)
    if original and 0 < early <= SIGNING.days:
        return "signed", phrase_plural(
            "signed {day}; ATOP counts from {n} day before",
            "signed {day}; ATOP counts from {n} days before",
            early,
            day=in_words(signed),
        )
    return None


def _before_force(own: EDate | None, other: EDate | None, setting: Setting) -> Why | None:
    force, signed = setting.force, setting.signed
    if own is None or other is None or force is None:
        return None
    begun = own.first <= force.last and force.first <= own.last
    if begun and other.last < force.last and (signed is None or other.first > signed.first):
        return "before force", phrase(
            "in force {day}; who joined before is bound from then", day=in_words(force)
        )
    return None


def _phase_start(own: EDate | None, other: EDate | None, setting: Setting) -> Why | None:
    """A later phase began when the instrument was signed, or when the state was bound by it."""
    if own is None or other is None or other.first > own.first:
        return None
    anchors = [own, *((setting.signed,) if setting.signed is not None else ())]
    for spell in setting.other[:1]:
        for joint in spell.joints:
            if any(_about(joint, anchor) for anchor in anchors):
                return "phase", phrase(
                    "ATOP counts an earlier phase; the one that is this instrument begins {day}",
                    day=in_words(joint),
                )
    return None


def _phase_end(own: EDate | None, other: EDate | None, setting: Setting) -> Why | None:
    """ATOP goes on in a later phase, or under another number."""
    if own is not None:
        for spell in setting.other[-1:]:
            for joint in spell.joints:
                if _about(joint, own):
                    return "phase", phrase("ATOP goes on in a phase that begins {day}", day=in_words(joint))
    if other is not None:
        return _continued(other, setting)
    return None


def _continued(other: EDate, setting: Setting) -> Why | None:
    """Another alliance of ATOP, with two members of this one, begins when this one ends."""
    listed = {row.alliance for spell in setting.other for row in spell.rows}
    fellows = {row.number for alliance in listed for row in setting.atop.alliances[alliance]}
    for number, members in setting.atop.alliances.items():
        begun = {m.number for m in members if abs(m.start.first - other.last) <= DAY}
        if number not in listed and len(begun & fellows) > 1:
            return "phase", phrase("ATOP goes on under number {number}", number=str(number))
    return None


def codes_in(instrument: Instrument) -> tuple[int, ...]:
    """The numbers of ATOP that the page carries."""
    return tuple(int(value) for name, value in instrument.codes if name == "atop" and value.isdigit())


def _followed(own: EDate | None, other: EDate | None, setting: Setting) -> Why | None:
    """On one of the days a number passes from one of our codes to another."""
    days = {day for number in setting.numbers for day in passages(number)}
    ends = [spell.start for spell in (*setting.own, *setting.other)] if own is None and other is None else []
    for given in (other, own, *ends):
        if given is not None and given.kind == "day":
            for day in sorted(days):
                if abs(given.first - day) <= DAY:
                    return "succession", phrase(
                        "on {day}, which the two lists count differently",
                        day=in_words(EDate.of(day)),
                    )
    return None


def _replaced(own: EDate | None, other: EDate | None, setting: Setting) -> Why | None:
    """Another state of the page stands in for this one over the break."""
    if own is None or other is None:
        return None
    for state, spells in ours(setting.instrument).items():
        for spell in spells:
            if state != setting.state and spell.start == own and spell.until == other:
                return "succession", phrase("{state} stands there meanwhile", state=state)
    return None


def _covered(own: EDate | None, other: EDate | None, setting: Setting) -> Why | None:
    if other is None and own is not None and own.first > setting.atop.ends:
        return "covered", _ends(setting.atop)
    return None


def _covered_whole(own: EDate | None, other: EDate | None, setting: Setting) -> Why | None:
    del own, other
    if all(spell.start.last > setting.atop.ends for spell in setting.own):
        return "covered", _ends(setting.atop)
    return None


def _ends(atop: Atop) -> Phrase:
    return phrase("ATOP {version} ends {day}", version=atop.version, day=in_words(EDate.of(atop.ends)))


def _system_start(own: EDate | None, other: EDate | None, setting: Setting) -> Why | None:
    """ATOP has the state enter later, when COW counts it, or marks it as not counted even then."""
    if own is None or other is None:
        return None
    row = setting.other[0].rows[0]
    if other.first <= own.last:
        return None
    if not row.in_system:
        return "system", phrase("ATOP marks the state as outside the COW system on that day")
    system = setting.system
    if (
        system is not None
        and not system.on(row.number, own.first)
        and system.on(row.number, other.last + NEAR)
    ):
        return "system", phrase("COW counts the state from a later day than the page")
    return None


def _system_end(own: EDate | None, other: EDate | None, setting: Setting) -> Why | None:
    del own
    if other is None or setting.system is None:
        return None
    number = setting.other[-1].rows[-1].number
    if setting.system.on(number, other.first - NEAR) and not setting.system.on(number, other.last + NEAR):
        return "system", phrase("COW ends the state's part in its system about that day")
    return None


def _outside(own: EDate | None, other: EDate | None, setting: Setting) -> Why | None:
    """A state of the page that COW does not count while it is a member."""
    del own, other
    if not setting.numbers:
        return "system", phrase("COW's list has no number for the state")
    if setting.system is None:
        return None
    for spell in setting.own:
        days = [spell.start.first, min(spell.last, setting.atop.ends)]
        if any(setting.system.on(number, day) for number in setting.numbers for day in days):
            return None
    return "system", phrase("COW does not count the state at that time")


def _role(own: EDate | None, other: EDate | None, setting: Setting) -> Why | None:
    """ATOP ends or begins with a suspension that the page has as one."""
    for life in setting.lives():
        for day in filter(None, (_dated(life.start), _dated(life.until))):
            if any(given is not None and _about(given, day) for given in (own, other)):
                return "role", phrase(
                    "{role} here from {day}", role=life.role, day=in_words(dated(life.start))
                )
    return None


def _role_instead(own: EDate | None, other: EDate | None, setting: Setting) -> Why | None:
    del own, other
    lives = setting.lives()
    if lives:
        return "role", phrase("{role} here, not a party", role=lives[0].role)
    return None


def _other_phase(own: EDate | None, other: EDate | None, setting: Setting) -> Why | None:
    """A membership that was over before the instrument was made, or begins after it ended."""
    del own, other
    begun = setting.signed or setting.force
    ended = _dated(setting.instrument.ended)
    for spell in setting.other:
        before = begun is not None and spell.until is not None and spell.until.last <= begun.last
        after = ended is not None and spell.start.first >= ended.first
        if not before and not after:
            return None
    return "phase", phrase("ATOP's phase lies before or after this instrument")


def _signatory(own: EDate | None, other: EDate | None, setting: Setting) -> Why | None:
    """A state that the page does not have, and that ATOP has from the signature on."""
    del own, other
    signed = setting.signed
    days = [day for spell in setting.other for day in (spell.start, *spell.joints)]
    if signed is not None and any(_about(day, signed) for day in days):
        return "signatory", phrase("ATOP has it from the signature; the page does not have it as bound")
    return None


def _in_fact(own: EDate | None, other: EDate | None, setting: Setting) -> Why | None:
    """ATOP ends before the page does, or where it knows of no end, and says that it was broken off or lost."""
    mode = setting.other[-1].rows[-1].mode
    if other is None or (own is not None and own.last <= other.first):
        return None
    if mode == BROKEN:
        return "in fact", phrase("ATOP has it broken off; the page, what ended it in law, if anything did")
    if mode == LOST:
        return "in fact", phrase("ATOP ends it with a member's independence; the page does not")
    return None


def _open_day(own: EDate | None, other: EDate | None, setting: Setting) -> Why | None:
    del setting
    if own is None or other is None or apart(own, other) != 0:
        return None
    if other.kind != "day":
        return "month", phrase("ATOP gives no more than {date}", date=in_words(other))
    return "uncertain", phrase("{date} here, and ATOP's day is one of them", date=in_words(own))


def _swapped(own: EDate | None, other: EDate | None, setting: Setting) -> Why | None:
    del setting
    if own is None or other is None or own.kind != "day" or other.kind != "day":
        return None
    one, two = own.first, other.first
    if one != two and (one.year, one.month, one.day) == (two.year, two.day, two.month):
        return "swapped", phrase("the same figures, month and day changed about on one side")
    return None


def _near(own: EDate | None, other: EDate | None, setting: Setting) -> Why | None:
    del setting
    if own is not None and other is not None and _about(own, other):
        return "near", phrase_plural("{n} day apart", "{n} days apart", abs(apart(own, other) or 0))
    return None


def _accession(own: EDate | None, other: EDate | None, setting: Setting) -> Why | None:
    """Who joined later, and ATOP has him earlier by up to three years."""
    force = setting.force
    if own is None or other is None or force is None or own.first <= force.last:
        return None
    early = -(apart(own, other) or 0)
    if own is setting.own[0].start and 0 < early <= SIGNED_BEFORE.days:
        return "accession", phrase("ATOP counts from signatures; that of this accession is not on the page")
    return None


def _about(one: EDate, two: EDate) -> bool:
    """Whether two dates are, or can be, as near as two lists have one event."""
    return abs(apart(one, two) or 0) <= NEAR.days
