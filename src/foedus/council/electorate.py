"""Who decides, and what each did: the facts over which a rule of decision is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

from foedus.council.facts import Args, Facts, Individuals, Sayings, Times
from foedus.council.reading import named
from foedus.ir.decision import ACTS, DecisionRule, Status
from foedus.ir.formula import And, AtLeast, Atom, Choose, Defined, Formula, Lit, Not, Or
from foedus.ir.norm import Life, Program

MOTION = "motion"
"""How what is decided is called where it has no other name."""
WORDS = frozenset(word for words in ACTS.values() for word in words)
"""What a status answers: acts of a member about a motion."""
AWAY = frozenset(ACTS["absent"])
"""Those of them by which nothing is said: whether somebody stayed away is so of one who is left out, too."""


def members_of(program: Program, rule: DecisionRule, on: date) -> tuple[tuple[str, ...], frozenset[str]]:
    """Whom the pages have as members on the day, and of whom among them the dates leave it open. Who is suspended on
    the day is none."""
    owner, _, role = rule.members.partition(".")
    found = [
        (state, held)
        for state in dict.fromkeys(life.state for life in _lives(program, owner))
        if (held := holds_role(program, state, role or "party", owner, on)) is not False
    ]
    return tuple(state for state, _ in found), frozenset(state for state, held in found if held is None)


def holds_role(program: Program, state: str, role: str, instrument: str, on: date | None) -> bool | None:
    """Whether a state is a party, or has another role, on the day; None where the dates leave it open. Without a day:
    whether it has it still."""
    lives = [life for life in _lives(program, instrument) if life.state == state]
    has = _any(_within(life, on) for life in lives if life.role == role)
    barred = _any(_within(life, on) for life in lives if life.role == "suspended" and role == "party")
    ended = program.instruments[instrument].ended if instrument in program.instruments else None
    over: bool | None = False
    if ended is not None:
        over = True if on is None or on >= ended.last else False if on < ended.first else None
    lost = _any((barred, over))
    if has is False or lost is True:
        return False
    return True if has is True and lost is False else None


def _lives(program: Program, instrument: str) -> tuple[Life, ...]:
    known = program.instruments.get(instrument)
    return known.lives if known is not None else ()


def _within(life: Life, on: date | None) -> bool | None:
    if on is None:
        return life.until is None
    if on < life.start.first or (life.until is not None and on >= life.until.last):
        return False
    return True if on >= life.start.last and (life.until is None or on < life.until.first) else None


def _any(truths: Iterable[bool | None]) -> bool | None:
    found = set(truths)
    return True if True in found else None if None in found else False


def supposed(condition: Formula | None) -> dict[str, bool]:
    """What the predicates and terms of a condition for leaving out have to be for nobody to be left out: for whoever
    says that nobody else is. Empty where the condition is more than facts and terms about the member and the motion."""
    found: dict[str, bool] = {}

    def plain(part: Formula, so: bool) -> bool:
        match part:
            case And(parts) | Or(parts):
                return all(plain(each, so) for each in parts)
            case Not(body):
                return plain(body, not so)
            case Atom(predicate, _, None) if predicate != "party" and predicate not in WORDS:
                return found.setdefault(predicate, so) == so
            case Defined(name):
                return found.setdefault(name, so) == so
            case _:
                return False

    return found if condition is not None and plain(condition, False) else {}


def with_supposed(formula: Formula, so: Mapping[str, bool]) -> Formula:
    """The formula in which every fact of these predicates, and each of these terms, is so, or is not."""
    match formula:
        case Atom(predicate=name) | Defined(name=name) if name in so:
            return Lit(so[name], formula.place)
        case And(parts) | Or(parts):
            return replace(formula, parts=tuple(with_supposed(part, so) for part in parts))
        case Not(body) | AtLeast(body=body):
            return replace(formula, body=with_supposed(body, so))
        case Choose(answers=answers):
            return replace(formula, answers=tuple((name, with_supposed(body, so)) for name, body in answers))
        case _:
            return formula


@dataclass
class Voted:
    """What is known of a vote: `statuses` of the members about the `motion`, who the members are, what each weighs.

    Whoever is no member and is not said to have done anything did nothing; of a member it is then open. `told` are
    facts by their content, `supposed` holds of every fact of a predicate, and `others` answers the rest."""

    program: Program
    rule: DecisionRule
    statuses: Mapping[str, Status]
    members: Sequence[str] = ()
    doubtful: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()
    on: date | None = None
    others: Facts | None = None
    weights: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict[str, Mapping[str, Fraction]])
    told: Mapping[str, bool] = field(default_factory=dict[str, bool])
    supposed: Mapping[str, bool] = field(default_factory=dict[str, bool])
    motion: str = MOTION

    @cached_property
    def everybody(self) -> tuple[str, ...]:
        """The members; where nobody says who they are, whoever did something."""
        return tuple(dict.fromkeys(self.members or self.statuses))

    @cached_property
    def unheard(self) -> Mapping[str, str]:
        """The acts of which it is open whether a member did them, with the member."""
        members = [who for who in self.everybody if who not in self.statuses]
        return {
            named(word, (who, self.motion)): who
            for who in members
            for word in (AWAY if who in self.left_out else WORDS)
        }

    def sorted_out(self, names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The members who are waited for, and what else is open, out of the names of what is open."""
        names = tuple(names)
        waiting = dict.fromkeys(self.unheard[name] for name in names if name in self.unheard)
        return tuple(waiting), tuple(name for name in names if name not in self.unheard)

    # ---- what formulas ask ----

    def atom(self, predicate: str, args: Args) -> bool | None:
        """Whether it is so."""
        if predicate in WORDS and len(args) == 2 and args[1] in (None, self.motion):
            if args[0] is not None:
                return self._did(predicate, args[0])
            return _any(self._did(predicate, who) for who in (*self.everybody, *self.statuses))
        if predicate not in self.program.vocabulary.predicates and len(args) == 2 and None not in args:
            state, instrument = str(args[0]), str(args[1])
            if f"{instrument}.{predicate}" in (self.rule.members, f"{self.rule.members}.party"):
                return self._member(state)
            if instrument in self.program.instruments:
                said = self.others.atom(predicate, args) if self.others is not None else None
                return (
                    holds_role(self.program, state, predicate, instrument, self.on) if said is None else said
                )
        told = self.told.get(named(predicate, args), self.supposed.get(predicate))
        return told if told is not None or self.others is None else self.others.atom(predicate, args)

    def _did(self, word: str, who: str) -> bool | None:
        if who in self.left_out and word not in AWAY:
            return False
        status = self.statuses.get(who)
        if status is not None:
            return word in ACTS[status]
        return None if who in self.everybody else False

    def _member(self, who: str) -> bool | None:
        if who in self.left_out or who not in self.everybody:
            return False
        return None if who in self.doubtful else True

    def domain(self, sort: str, instrument: str) -> Sequence[str]:
        """Whom a variable can stand for: states and actors are those who decide, those who did something, and those
        of whom the other facts know. Who is left out is no member, and keeps whatever other role it has."""
        beyond = tuple(self.others.domain(sort, instrument)) if self.others is not None else ()
        if sort not in ("State", "Actor", "Thing", "party"):
            return beyond
        return tuple(dict.fromkeys((*self.everybody, *self.statuses, *beyond)))

    def weight(self, weighting: str, who: str) -> Fraction | None:
        """What whoever asks gives, else the page, else the other facts."""
        given = self.weights.get(weighting, {}).get(who)
        if given is None and weighting in self.program.weightings:
            given = self.program.weightings[weighting].values.get(who)
        return given if given is not None or self.others is None else self.others.weight(weighting, who)

    def individuals(self, predicate: str) -> Iterator[tuple[str, Args]]:
        """Those that the other facts list."""
        if isinstance(self.others, Individuals):
            yield from self.others.individuals(predicate)

    def said(self, verb: str, speaker: str, predicate: str, args: Args) -> bool | None:
        """What the other facts know of it."""
        return self.others.said(verb, speaker, predicate, args) if isinstance(self.others, Sayings) else None

    def earlier(self, first: str, second: str) -> bool | None:
        """What the other facts know of it."""
        return self.others.earlier(first, second) if isinstance(self.others, Times) else None
