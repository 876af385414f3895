"""The cascade over treaty pages, in one call."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypedDict, Unpack

from foedus.cascade.rounds.acts import effect
from foedus.cascade.rounds.chances import Coins
from foedus.cascade.rounds.engine import ON, Rounds
from foedus.cascade.rounds.feeds import ENGINE, chosen, page_choice
from foedus.cascade.rounds.grouping import entered, groups, pivots
from foedus.cascade.rounds.lowered import Lowered, lower
from foedus.cascade.rounds.outcome import Assumed, Choice, Strata
from foedus.cascade.rounds.rows import Names, lower_rows, reached
from foedus.cascade.rounds.shock import (
    check_chances,
    check_readings,
    check_states,
    check_without,
    read_fact,
    read_shock,
    states_of,
)
from foedus.cascade.rounds.space import Space
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import whole
from foedus.ir.norm import Norm, Program
from foedus.ir.within import constants
from foedus.obligations.obligation import Obligation
from foedus.obligations.treatment import Table
from foedus.terms.fact import Fact
from foedus.words.speech import marked

LANES = 1 << 22
"""How many worlds a cascade may have, in all strata: a column is then half a megabyte."""
STATES = 40
"""How many states are considered at most: every norm is looked at for every two or three of them."""
OFF = marked("not carried out")


class Options(TypedDict, total=False):
    """What a cascade may be told beside its program, its shock and its day: see `cascade`."""

    states: Iterable[str] | None
    given: Iterable[Fact | str]
    readings: Mapping[str, Collection[str]]
    free: Collection[str]
    without: Collection[str]
    chances: Mapping[str, float]
    worlds: int
    seed: int
    rows: Iterable[Obligation]
    table: Table | None
    tell: Callable[[int, int], None] | None
    taken_up: Callable[[int, int], None] | None


@dataclass(frozen=True)
class Ran:
    """Rounds that have run, with what they began with."""

    rounds: Rounds
    choices: tuple[Choice, ...]
    day: date
    shock: tuple[Fact, ...]
    instruments: tuple[str, ...]
    superseded: tuple[str, ...]


def cascade(program: Program, shock: Iterable[Fact | str], day: date, **options: Unpack[Options]) -> Strata:
    """How a shock spreads under the norms of `program` in force on `day`.

    `shock`: what happens first, as facts or as their text (`"war(AUH, SER)"`, `"mobilisation(AUH, SER)"`); `given`
    what holds all the time (`"great_power(RUE)"`): of a word given once, nothing more is so. `states`: those
    considered (else whoever the shock or a plan names, and whoever treaties and rows can call from there).

    `readings`: for a question, the answers to look at (a page's question: else all; one of the engine, or what is
    taken of a judgement: else its default; a plan, by its id: else `carried out` and `not carried out`). `free`
    opens questions of the engine and judgements by their ids, or all of a kind (`engine`, `judgement`). `without`
    leaves norms or whole instruments out, by id.

    `chances`: of being kept, by norm, instrument, duty class, or `duty`, `plan`, `neutrality`, `enters` (else 1);
    with any below 1, `worlds` worlds (made up to whole 64s) are drawn for each stratum from `seed`, the same coins
    in every stratum. `rows` are obligations of data sets; a page with the same `code atop` takes their place.
    `taken_up(n, of)` is called before each norm is put into its circuit, which can take minutes in all;
    `tell(round, strata)` as rounds are done.

    Refused: a shock that says no act (F860), a question or answer there is not (F861), strata and worlds beyond
    the budget (F862), a state that is not considered (F863), a chance outside 0 to 1 (F864), too many states (F866).
    """
    done = ran(program, shock, day, **options)
    rounds, space = done.rounds, done.rounds.space
    at_war = entered(rounds)
    return Strata(
        day,
        done.instruments,
        tuple(fact.id for fact in done.shock),
        rounds.states,
        space.strata,
        space.worlds,
        options.get("seed", 0) if space.worlds > 1 else None,
        max((one.round for one in rounds.done), default=0),
        done.choices,
        groups(rounds, at_war),
        {state: column.bit_count() / space.worlds for state, column in at_war.items() if column},
        {s: column.bit_count() / space.worlds for s, column in sorted(rounds.obliged.items()) if column},
        pivots(rounds, at_war),
        _assumed(rounds.lowered, done.choices),
        rounds.lowered.treated,
        dict(options.get("chances", {})),
        done.superseded,
    )


def ran(program: Program, shock: Iterable[Fact | str], day: date, **options: Unpack[Options]) -> Ran:
    """The rounds of a cascade themselves, with the options of `cascade` and its refusals."""
    chances, without = dict(options.get("chances", {})), frozenset(options.get("without", ()))
    check_chances(chances)
    arity = {name: len(predicate.roles) for name, predicate in program.vocabulary.predicates.items()}
    first = read_shock(shock, arity)
    facts = tuple(one if isinstance(one, Fact) else read_fact(one, arity) for one in options.get("given", ()))

    kept = [norm for norm in program.norms if norm.id not in without and norm.instrument not in without]
    known = {name for norm in program.norms for name in (norm.id, norm.instrument)}
    given = tuple(options.get("rows", ()))
    check_without(without, known | {row.instrument for row in given}, day)
    rows = tuple(row for row in given if row.instrument not in without)
    named = options.get("states")
    everyone = tuple(sorted(named)) if named else considered(program, kept, day, first, facts, rows)
    check_states(states_of(first), everyone)
    if len(everyone) > STATES:
        values = {
            "n": str(len(everyone)),
            "most": str(STATES),
            "by": _far_reaching(program, kept, day, everyone),
        }
        raise Refused(Problem("F866", whole(", ".join(one.id for one in first)), values))
    standing = (*facts, *_said_of(first))
    taken_up = options.get("taken_up")
    lowered = _lowered(
        _Setting(program, day, everyone, standing, options.get("table") or Table(), without, taken_up)
    )
    added = lower_rows(rows, program, lowered.circuit, day, everyone)
    lowered = lowered.with_rows(added.calls, added.allied, added.feeds, added.treated)
    wanted = {name: tuple(answers) for name, answers in options.get("readings", {}).items()}
    choices = _choices(program, lowered, wanted, frozenset(options.get("free", ())))
    uncertain = any(chance < 1 for chance in chances.values())
    worlds = 64 * -(-options.get("worlds", 1) // 64) if uncertain else 1
    space = Space(tuple((choice.id, choice.answers) for choice in choices), worlds)
    if space.strata * worlds > LANES:
        values = {"strata": f"{space.strata:,}", "worlds": f"{worlds:,}", "most": f"{LANES:,}"}
        values["what"] = ", ".join(choice.id for choice in choices if choice.open)
        raise Refused(Problem("F862", whole("shock"), values))
    rounds = Rounds(lowered, space, everyone, Coins(chances, worlds, options.get("seed", 0)))
    rounds.begin(first, standing)
    rounds.run(options.get("tell"))
    instruments = tuple(dict.fromkeys(norm.instrument for norm in kept))
    return Ran(rounds, choices, day, first, instruments, added.superseded)


@dataclass(frozen=True, eq=False)
class _Setting:
    """What norms are lowered for. Two are equal if their program is one and the same, and all else is equal; whom it
    is told meanwhile (`tell`) is no part of that."""

    program: Program
    day: date
    states: tuple[str, ...]
    standing: tuple[Fact, ...]
    table: Table
    without: frozenset[str]
    tell: Callable[[int, int], None] | None

    def _key(self) -> tuple[object, ...]:
        replaced = tuple(sorted(self.table.replaced.items(), key=repr))
        return id(self.program), self.day, self.states, self.standing, replaced, self.without

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Setting) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())


@lru_cache(maxsize=8)
def _lowered(of: _Setting) -> Lowered:
    """The norms lowered: nearly all the time of a cascade, and the same whatever is read, drawn or carried out."""
    kept = frozenset(
        n.id for n in of.program.norms if n.id not in of.without and n.instrument not in of.without
    )
    return lower(of.program, of.day, of.states, of.standing, of.table, lambda norm: norm.id in kept, of.tell)


def considered(
    program: Program,
    norms: Iterable[Norm],
    day: date,
    shock: Iterable[Fact],
    given: Iterable[Fact],
    rows: Iterable[Obligation] = (),
) -> tuple[str, ...]:
    """Whoever shock or plans name, and whoever can be called from there: if a treaty that calls for help, or for a
    mobilisation, binds one of them on the day, in whatever role, all whom it binds; and so on, through rows too."""
    named = set(states_of((*shock, *given)))
    members: dict[str, set[str]] = {}
    for norm in norms:
        if norm.kind == "plan":
            parts = (norm.when, *norm.acts)
            named |= {*norm.bearer.names, *(name for part in parts for name in constants(part))}
        elif effect(norm) in ("war", "help", "mobilises"):
            members.setdefault(norm.instrument, set()).update(_members(program, norm.instrument, day))
    found = set(named)
    while True:
        found |= reached(rows, Names(day, frozenset(found)))
        called = {name for name, bound in members.items() if not bound.isdisjoint(found)}
        if not called:
            return tuple(sorted(found))
        for name in called:
            found |= members.pop(name)


def _members(program: Program, instrument: str, day: date) -> Iterator[str]:
    known = program.instruments.get(instrument)
    for life in known.lives if known else ():
        if life.start.first <= day and (life.until is None or day < life.until.last):
            yield life.state


def _far_reaching(program: Program, norms: Iterable[Norm], day: date, states: Iterable[str]) -> str:
    """The treaties that call most of the states: `nato (32), rio (18)`."""
    bound = {
        norm.instrument: {*_members(program, norm.instrument, day)}.intersection(states)
        for norm in norms
        if effect(norm) in ("war", "help", "mobilises")
    }
    most = sorted(bound, key=lambda name: (-len(bound[name]), name))[:3]
    return ", ".join(f"{name} ({len(bound[name])})" for name in most)


def _said_of(shock: Iterable[Fact]) -> tuple[Fact, ...]:
    """What a shock says beside acts: `general_mobilisation(mobilisation(AUH, SER))`."""
    return tuple(fact for fact in shock if fact.predicate not in ("war", "force", "mobilisation", "helped"))


def _choices(
    program: Program, lowered: Lowered, readings: Mapping[str, tuple[str, ...]], free: frozenset[str]
) -> tuple[Choice, ...]:
    """Every question on which something rests, with the answers that are looked at."""
    engine = {choice.id: choice for choice in ENGINE}
    pages = [page_choice(program, name) for name in lowered.questions if name in program.questions]
    judged = [lowered.feeding.judgement(name) for name in lowered.judged]
    plans = {call.norm.id: call.norm for call in lowered.calls if call.norm.kind == "plan"}
    carried = [Choice(n.id, n.title, (OFF, ON), "plans", (OFF, ON)) for n in plans.values()]
    known = {
        c.id: c for c in (*pages, *judged, *(engine[n] for n in lowered.questions if n in engine), *carried)
    }
    for kind in ("engine", "judgement"):
        if kind in free:
            free |= {choice.id for choice in known.values() if choice.kind == kind}
    free -= {"engine", "judgement"}
    check_readings(readings, free, known)
    return tuple(chosen(choice, readings, free) for choice in known.values())


def _assumed(lowered: Lowered, choices: Iterable[Choice]) -> tuple[Assumed, ...]:
    """What was taken of words of which no round says anything, and of which one answer only was looked at."""
    fixed = {c.id: c.answers[0] for c in choices if c.kind == "judgement" and not c.open}
    for feed in lowered.feeds.values():
        if feed.source == "taken":
            fixed.setdefault(feed.name, "so" if feed.value else "not so")
    rests: dict[str, list[str]] = {}
    for treated in lowered.treated:
        for word in treated.assumed:
            rests.setdefault(word, []).append(treated.norm)
    return tuple(Assumed(word, taken, tuple(rests.get(word, ()))) for word, taken in sorted(fixed.items()))
