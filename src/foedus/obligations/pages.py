"""Treaty pages as obligations: who owed what to whom, from which day to which, and on what it hung.

A norm is lowered once for every pair of states that its condition can tell apart (a party that it names, one that it
does not); what calls on it then goes to every pair, joined with the days on which both are bound. What cannot be
lowered is `Unlowered`, by name; a state without a number in the Correlates of War is `Lost`.

>>> WHY["organ"]
'borne by an organ, or owed to one'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product

from foedus.engines.reason import TooManyGrounds
from foedus.ir.formula import Const
from foedus.ir.norm import Instrument, Norm, Program
from foedus.obligations.conditions import OWN, Called, called, look
from foedus.obligations.intervals import Governed, Interval, any_role, governed, held, numbered
from foedus.obligations.obligation import Obligation
from foedus.obligations.pledges import pledge_of
from foedus.obligations.probe import Stage, TooManyReadings, Words, words_of
from foedus.obligations.treatment import Table
from foedus.terms.time import EDate

WHY: Mapping[str, str] = {
    "right": "a right or a power: nobody owes it",
    "organ": "borne by an organ, or owed to one",
    "every state": "borne by every state towards every other: no treaty between two",
    "no date": "in force on no day that anybody knows",
    "secret": "secret as long as it governed",
    "no pair": "no two states are bound by it on one day",
    "no probe": "no probe calls on it",
    "readings": "its condition asks more questions than lanes allow",
    "grounds": "its condition makes too many grounds",
}
"""Why a norm is no obligation of a panel."""


_NO_DAY = EDate.of(date.min)


@dataclass(frozen=True, slots=True)
class Unlowered:
    """A norm under one text that gave no row; `why` is a key of `WHY`."""

    norm: str
    text: str | None
    why: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Lost:
    """Days on which a state has no number, so that what it owed or was owed is in no row."""

    state: str
    norm: str
    when: Interval


@dataclass(frozen=True)
class Drawn:
    """What pages came to."""

    rows: tuple[Obligation, ...]
    refused: tuple[Unlowered, ...] = ()
    lost: tuple[Lost, ...] = ()


def obligations(
    program: Program, *, published: bool = False, table: Table | None = None
) -> tuple[Obligation, ...]:
    """Every obligation of the program's pages; `draw` says what was refused and lost."""
    return draw(program, published=published, table=table).rows


def draw(
    program: Program,
    *,
    published: bool = False,
    table: Table | None = None,
    only: Iterable[str] | None = None,
) -> Drawn:
    """The obligations of the pages (`only` of these instruments): secret texts as agreed, or, `published`, from the
    day on which they were."""
    drawing = _Drawing(Stage(program, table or Table(), published=published))
    wanted = frozenset(only) if only is not None else program.instruments.keys()
    for norm in program.norms:
        if norm.instrument in wanted:
            drawing.add(norm)
    rows = tuple(_joined(drawing.rows))
    return Drawn(rows, tuple(drawing.refused), tuple(dict.fromkeys(drawing.lost)))


@dataclass(frozen=True, slots=True)
class Pair:
    """A debtor and a beneficiary (None: nobody named), the text that binds them and when; `others` are at most two
    further parties. What calls on one pair calls on every other with the same `key`."""

    debtor: str
    whom: str | None
    text: Governed
    when: Interval
    others: tuple[str, ...]
    key: object


@dataclass
class _Drawing:
    stage: Stage
    rows: list[Obligation] = field(default_factory=list[Obligation])
    refused: list[Unlowered] = field(default_factory=list[Unlowered])
    lost: list[Lost] = field(default_factory=list[Lost])

    def add(self, norm: Norm) -> None:
        """A norm's rows, or why it has none."""
        why = unfit(self.stage, norm) or self._add(norm)
        if why:
            self.refused.append(Unlowered(norm.id, norm.text, why, norm.place.line))

    def _add(self, norm: Norm) -> str:
        instrument = self.stage.program.instruments[norm.instrument]
        texts = _texts(norm, instrument, self.stage.published)
        if not texts:
            return "secret" if self.stage.published and _texts(norm, instrument, False) else "no date"
        words = words_of(self.stage.program, norm)
        known: dict[object, tuple[Called, ...]] = {}
        paired = made = False
        try:
            for pair in pairs(self.stage, norm, words, texts):
                paired = True
                if pair.key not in known:
                    known[pair.key] = tuple(self._called(norm, words, pair))
                for one in known[pair.key]:
                    made = True
                    self.rows.extend(
                        self._rows(norm, instrument, pair.text, one, pair.debtor, pair.whom, pair.when)
                    )
        except TooManyReadings:
            return "readings"
        except TooManyGrounds:
            return "grounds"
        return "" if made else "no probe" if paired else "no pair"

    def _called(self, norm: Norm, words: Words, pair: Pair) -> Iterator[Called]:
        looked = look(self.stage, norm, words, pair.debtor, pair.whom, pair.others, pair.when.day)
        found = called(looked)
        if found is not None:
            yield found
            if found.offense and not found.probe.own and pledge_of(norm, found.probe.name)[0] == "defense":
                own = called(looked, OWN)
                if own is not None:
                    yield own

    def _rows(
        self, norm: Norm, instrument: Instrument, text: Governed, found: Called, debtor: str, whom: str | None,
        when: Interval,
    ) -> Iterator[Obligation]:  # fmt: skip
        if whom is None:  # owed to nobody named: to each other party
            for other in dict.fromkeys(life.state for life in instrument.lives if life.role == "party"):
                for spell in held(instrument.lives, other, "party"):
                    both = when.meet(spell)
                    if other != debtor and both is not None:
                        yield from self._rows(norm, instrument, text, found, debtor, other, both)
            return
        pledge, partly = pledge_of(norm, found.probe.name)
        in_some = found.in_some if not partly or "owed" in found.in_some else (*found.in_some, "owed")
        beside = tuple(
            f"{left.effect}: {left.text}"
            for left in self.stage.program.not_encoded
            if left.instrument == norm.instrument and norm.id in left.norms and left.effect != "detail"
        )
        first = all(_original(instrument, state) for state in (debtor, whom))
        group = f"{norm.id}@{text.text or ''}>{whom}" if norm.manner == "together" else ""
        for piece, numbers in numbered(when, debtor, whom, *found.adversaries):
            one, other, *foes = numbers
            if one is None or other is None:
                self.lost += [
                    Lost(state, norm.id, piece)
                    for state, number in ((debtor, one), (whom, other))
                    if number is None
                ]
                continue
            yield Obligation(
                one, other, pledge, norm.duty_class, piece.start, piece.until, norm.instrument,
                norm.article or norm.id,
                signed=instrument.signed if first else None,
                in_force=instrument.in_force,
                title=instrument.title,
                conditions=found.conditions,
                adversaries=tuple(sorted(foe for foe in foes if foe is not None)),
                line=norm.place.line,
                label="assumed" if found.assumed or beside else found.label,
                assumed=(*found.assumed, *beside),
                unconfirmed=_unconfirmed(instrument, piece),
                trigger=found.probe.name,
                in_some=in_some,
                group=group,
                norm=norm.id,
            )  # fmt: skip


def _texts(norm: Norm, instrument: Instrument, published: bool) -> tuple[Governed, ...]:
    """The texts of an instrument of which a norm is, and when they governed."""
    return tuple(g for g in governed(instrument, published=published) if norm.text in (None, g.text))


def unfit(stage: Stage, norm: Norm) -> str:
    """Why no norm of this kind is an obligation of one state to another (a key of `WHY`), or nothing."""
    if norm.kind not in ("duty", "prohibition"):
        return "right"
    if norm.bearer.each == "state":
        return "every state"
    ends = (*norm.bearer.names, *([norm.beneficiary.name] if isinstance(norm.beneficiary, Const) else ()))
    return "organ" if any(stage.sort_of(name) != "State" for name in ends) else ""


def pairs(
    stage: Stage, norm: Norm, words: Words, texts: Iterable[Governed], day: date | None = None
) -> Iterator[Pair]:
    """Every debtor and beneficiary of a norm that are bound on one day under one of its texts (if a `day` is named,
    those of that day)."""
    instrument = stage.program.instruments[norm.instrument]
    lives = instrument.lives
    states = tuple(dict.fromkeys(life.state for life in lives))
    parties = {life.state: held(lives, life.state, "party") for life in lives if life.role == "party"}
    each, role = norm.bearer.each, norm.bearer.role
    owe = {
        state: held(lives, state, role) if each else any_role(lives, state)
        for state in norm.bearer.names or states
    }
    roles: dict[tuple[str | None, date], object] = {}
    there: dict[date, tuple[str, ...]] = {}
    whoms: tuple[str | None, ...] = states
    if norm.beneficiary is None:
        whoms = (None,)
    elif isinstance(norm.beneficiary, Const):
        whoms = (norm.beneficiary.name,)
    for text in texts:
        always = (text.when,)
        due = {whom: always if whom is None else any_role(lives, whom) for whom in whoms}
        for debtor, whom in product(owe, whoms):
            if whom != debtor:
                for ours in owe[debtor]:
                    for theirs in due[whom] or (always if isinstance(norm.beneficiary, Const) else ()):
                        met = ours.meet(theirs)
                        when = met.meet(text.when) if met is not None else None
                        if when is None or (day is not None and not when.holds(day)):
                            continue
                        on = day or when.day
                        if on not in there:
                            bound = (p for p, spells in parties.items() if any(s.holds(on) for s in spells))
                            there[on] = tuple(sorted(bound, key=lambda p: p in words.names))
                        for one in (debtor, whom):
                            if (one, on) not in roles:
                                roles[one, on] = _alike(stage, norm, words, one, on)
                        others = tuple(p for p in there[on] if p not in (debtor, whom))[:2]
                        key = text.text, roles[debtor, on], roles[whom, on]
                        yield Pair(debtor, whom, text, when, others, key)


def _alike(stage: Stage, norm: Norm, words: Words, state: str | None, day: date) -> object:
    """What a condition can tell of a state: that it is one that it names, or the roles that it has on the day."""
    if state is None or state in words.names:
        return state
    return tuple(
        (name, life.role)
        for name in (norm.instrument, *sorted(words.instruments))
        for life in stage.program.instruments[name].lives
        if life.state == state and life.start.first <= day and (life.until is None or day < life.until.last)
    )


def _original(instrument: Instrument, state: str) -> bool:
    """Whether a state was bound from the beginning, so that the day of signature is its own."""
    begun = instrument.in_force or min(
        (t.start for t in instrument.texts), key=lambda d: d.first, default=None
    )
    return begun is not None and any(
        life.state == state and life.start.first <= begun.last for life in instrument.lives
    )


def _unconfirmed(instrument: Instrument, when: Interval) -> bool:
    """Whether a day on which it begins or ends is not confirmed, or not known to the day."""
    rough = any(on is not None and (on.unsure or on.first != on.last) for on in (when.start, when.until))
    begun = instrument.in_force is not None and instrument.in_force.first == when.start.first
    return when.unconfirmed or rough or (begun and instrument.in_force_unconfirmed)


def _joined(rows: Iterable[Obligation]) -> Iterator[Obligation]:
    """Rows that follow upon one another and differ in nothing but their days, as one."""
    last: dict[Obligation, Obligation] = {}
    done: list[Obligation] = []
    for row in rows:
        key = replace(row, start=_NO_DAY, until=None, unconfirmed=False, line=0)
        before = last.get(key)
        if before is not None and before.until is not None and before.until.first == row.start.first:
            row = replace(before, until=row.until, unconfirmed=before.unconfirmed or row.unconfirmed)
        elif before is not None:
            done.append(before)
        last[key] = row
    yield from sorted((*done, *last.values()), key=_order)


def _order(row: Obligation) -> tuple[object, ...]:
    return (
        row.instrument,
        row.norm,
        row.debtor,
        row.beneficiary,
        row.pledge or "",
        row.start.first,
        row.trigger,
    )
