"""A norm in a situation: for each bearer and beneficiary, the grounds on which it arises.

The text is picked by the day of the event that completes the condition; a situation that continues
across an amendment gives one answer for each text. Who is bound is tested on the day of completion:
accrued duties survive denunciation.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from foedus.engines.contract import Circuit, Lit
from foedus.engines.ground import Env, Grounding
from foedus.engines.reason import MISMATCH, Ground, individuals, met_by
from foedus.engines.situation import Situation, starts
from foedus.engines.texts import definitions
from foedus.ir import formula as f
from foedus.ir.norm import Norm, Text
from foedus.ir.within import variables
from foedus.terms.codes import stood


@dataclass(frozen=True, slots=True)
class Instance:
    """A norm under one text for one bearer and beneficiary (None where it names none)."""

    norm: Norm
    bearer: str
    beneficiary: str | None
    ground: Ground

    @property
    def lit(self) -> Lit:
        return self.ground.lit


@dataclass(frozen=True, slots=True)
class Window:
    """The days of one text: from its start to the day looked at. `over`: the instrument has ended since, and
    only what had accrued is asked about."""

    text: str | None
    since: date | None
    upto: date
    over: bool = False


def windows(at: Situation, instrument: str) -> tuple[Window, ...]:
    """The texts to be asked about: the one in force on the day, and each earlier one under which
    something on record took place. Empty before entry into force."""
    known = at.program.instruments[instrument]
    public = tuple(text for text in known.texts if text.known(at.known_by))
    if known.texts and not public:
        return ()
    over = known.ended is not None and at.upto >= known.ended.last
    if known.ended is not None and over:
        # Accrued duties survive the end: asked about is the last day on which it applied.
        last_day = known.ended.last - timedelta(1)
        started = min(
            (t.start.first for t in public), default=known.in_force.first if known.in_force else date.min
        )
        if not _anything_between(at, started, last_day):
            return ()
        at = replace(at, upto=last_day)
    if not known.texts:
        start = known.in_force.first if known.in_force else None
        if start is None and known.signed is not None:
            return ()  # signed, and in force on no day that anybody knows
        return () if start is not None and at.upto < start else (Window(None, start, at.upto, over),)
    found: list[Window] = []
    for number, text in enumerate(public):
        if text.start.first > at.upto:
            continue
        until = ends(public, number)
        last = at.upto if until is None else min(at.upto, until - timedelta(1))
        since = text.start.first
        if last < text.start.first:  # another text, unknown to outsiders or not, governed from the same day
            continue
        if last == at.upto or _anything_between(at, text.start.first, last):
            found.append(Window(text.id, since, last, over))
    return tuple(found)


def ends(texts: tuple[Text, ...], number: int) -> date | None:
    """The first day on which a text no longer applies."""
    until = texts[number].until
    later = texts[number + 1].start.first if number + 1 < len(texts) else None
    if until is None or later is None:
        return until.first if until is not None else later
    return min(until.first, later)


def _anything_between(at: Situation, first: date, last: date) -> bool:
    return any(
        fact.on is not None
        and at.predicates[fact.predicate].individual
        and fact.on.first <= last
        and fact.on.last >= first
        for fact in at.record.facts
    )


def instances(
    at: Situation,
    norm: Norm,
    window: Window,
    beneficiaries: Iterable[str] | None = None,
    bearers: Iterable[str] | None = None,
    made: list[int] | None = None,
    against: str | None = None,
    brief: bool = False,
) -> tuple[Instance, ...]:
    """The norm for each bearer and beneficiary it can have, with its grounds under one text; `against` one
    adversary, or, where the norm names one and nobody says whom, against whoever fits. `brief` grounds stop at
    what certainly fails."""
    if isinstance(norm.against, f.Var) and against is None and norm.against != norm.beneficiary:
        norm = replace(norm, bound=(*norm.bound, norm.against))
    here = Grounding(
        at,
        norm.instrument,
        window.text,
        window.upto,
        defines=definitions(at.program.defines),
        made=made or [0],
        brief=brief,
    )
    named = variables((norm.when, norm.until, norm.bound))
    met: dict[tuple[str | None, ...], _Met] = {}
    found: list[Instance] = []
    for beneficiary in _beneficiaries(at, norm, beneficiaries):
        for bearer in _bearers(at, norm, bearers):
            if norm.bearer.other and bearer == beneficiary:
                continue
            env: dict[str, str] = {}
            if isinstance(norm.beneficiary, f.Var) and beneficiary is not None:
                env[norm.beneficiary.name] = beneficiary
            if norm.bearer.var.name:
                env[norm.bearer.var.name] = bearer
            if isinstance(norm.against, f.Var) and against is not None:
                env[norm.against.name] = against
            # Most conditions do not speak of their bearer: they are grounded once for all.
            key = tuple(env.get(name) for name in sorted(named))
            if key not in met:
                met[key] = _met(here, norm, window, env)
            ground = _applies(here, norm, met[key], bearer, beneficiary)
            if ground is not MISMATCH:
                found.append(Instance(norm, bearer, beneficiary, ground))
    return tuple(found)


def _beneficiaries(at: Situation, norm: Norm, wanted: Iterable[str] | None) -> tuple[str | None, ...]:
    if isinstance(norm.beneficiary, f.Const):
        return (norm.beneficiary.name,)
    if norm.beneficiary is None:
        return (None,)
    return tuple(wanted) if wanted is not None else at.states


def _bearers(at: Situation, norm: Norm, wanted: Iterable[str] | None) -> tuple[str, ...]:
    if norm.bearer.names:
        return (
            norm.bearer.names if wanted is None else tuple(s for s in norm.bearer.names if s in set(wanted))
        )
    if norm.bearer.each == "state":
        if wanted is not None:  # a state that the record does not name is a state all the same
            return tuple(s for s in wanted if at.sort_of(s) == "State")
        everyone = tuple(s for s in at.states if stood(s, at.upto))
    else:
        everyone = at.domain("party", norm.instrument)
    return tuple(s for s in everyone if s in set(wanted)) if wanted is not None else everyone


@dataclass(frozen=True, slots=True)
class _Met:
    """A condition under one binding: its grounds (None: it can never be met), and the day that completes it."""

    ground: Ground | None
    day: date


def _met(here: Grounding, norm: Norm, window: Window, env: Env) -> _Met:
    children = tuple(here.instances(norm.bound, norm.when, env, lambda bound: _one(here, norm, bound)))
    if window.since is not None and _ended_before(here.at, children, window.since):
        children = _of_its_days(here, norm, env, window.since)
    if window.over and not any(True for child in children for _ in met_by(child)):
        return _Met(None, window.upto)  # what no event had called for ended with the instrument
    lit = here.circuit.disj(*(child.lit for child in children))
    ground = Ground("some", lit, args=tuple(v.name for v in norm.bound), children=children, place=norm.place)
    return _Met(ground, _completion(here.at, children, window.upto))


def _applies(here: Grounding, norm: Norm, met: _Met, bearer: str, beneficiary: str | None) -> Ground:
    if met.ground is None:
        return MISMATCH
    bound = _bound(here, norm, bearer, beneficiary, met.day)
    if any(step.lit == Circuit.FALSE for step in bound):
        return MISMATCH
    shown = tuple(step for step in bound if step.lit != Circuit.TRUE)
    if not shown:
        return met.ground
    whole = here.circuit.conj(met.ground.lit, *(step.lit for step in shown))
    return Ground("and", whole, children=(*shown, met.ground), place=norm.place)


def _of_its_days(here: Grounding, norm: Norm, env: Env, since: date) -> tuple[Ground, ...]:
    """The condition event by event, without what had been completed before the text came into force."""
    earlier = replace(here, upto=since - timedelta(1), only_before=since)
    chain, body = _opened(norm.when, norm.bound)
    opened = replace(norm, when=body)

    def new(bound: Env) -> Ground:
        now = _one(here, opened, bound)
        if now is MISMATCH:
            return now
        done = _one(earlier, opened, bound)
        return replace(now, lit=here.circuit.conj(now.lit, -done.lit)) if done is not MISMATCH else now

    return tuple(here.instances(chain, body, env, new))


def _opened(formula: f.Formula, taken: tuple[f.Var, ...]) -> tuple[tuple[f.Var, ...], f.Formula]:
    """What the formula says there is, taken out in front of it: `some a: X, and Y` is `some a: (X and Y)`."""
    names = {var.name for var in taken}
    if isinstance(formula, f.AtLeast) and formula.some and formula.var.name not in names:
        return _opened(formula.body, (*taken, formula.var))
    if isinstance(formula, f.And):
        parts: list[f.Formula] = []
        for part in formula.parts:
            taken, opened = _opened(part, taken)
            parts.append(opened)
        return taken, f.And(tuple(parts), formula.place)
    return taken, formula


def _one(here: Grounding, norm: Norm, env: Env) -> Ground:
    """The condition under one binding, and that nothing has ended it."""
    when = here.ground(norm.when, env)
    if when is MISMATCH or norm.until is None:
        return when
    ended = replace(here, after=tuple(sorted(individuals(when)))).ground(norm.until, env)
    lit = here.circuit.conj(when.lit, -ended.lit)
    over = Ground("not", -ended.lit, "until", children=(ended,), place=norm.until.place)
    return Ground("and", lit, children=(when, over), place=norm.place)


def _bound(
    here: Grounding, norm: Norm, bearer: str, beneficiary: str | None, day: date
) -> tuple[Ground, ...]:
    """That the bearer is bound on the day, and for `each other party` the beneficiary too."""
    if norm.bearer.each != "party":
        return ()
    role = norm.bearer.role
    who = [(bearer, role)]
    if norm.bearer.other and beneficiary is not None and isinstance(norm.beneficiary, f.Var):
        who.append((beneficiary, "party"))
    return tuple(
        Ground(
            "party",
            here.at.is_party(name, norm.instrument, day, held),
            norm.instrument,
            (name,),
            place=norm.place,
        )
        for name, held in who
    )


def _completion(at: Situation, children: tuple[Ground, ...], upto: date) -> date:
    """The day on which the last event of the condition took place, as far as events are dated."""
    days: list[date] = []
    for child in children:
        for name in met_by(child):
            fact = at.facts[name]
            if fact.on is None:
                return upto
            days.append(min(starts(fact.on)[1], upto))
    return max(days, default=upto)


def _ended_before(at: Situation, children: tuple[Ground, ...], day: date) -> bool:
    if not at.dated:
        return False
    for child in children:
        for name in individuals(child):
            on = at.facts[name].on
            if on is not None and on.last < day:
                return True
    return False
