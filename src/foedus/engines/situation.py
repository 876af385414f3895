"""A situation: a record seen on a day, under a program, with what is supposed of it.

It answers the questions that grounding asks: which individuals there are (listed, and one of each
kind that nobody listed), who they may be, when they came about, and what is closed.

Variables of the circuit are named after what they are about: a fact's id (`almaty`), the
canonical text of an unrecorded fact (`grave(almaty)`), `some force` for an incident that is not on
record, `r1.to=CSC` for a role left open, `r1@2022-01-05` for an uncertain day, `a<b` for an order,
`cst.aggression="any author"` for an answer, `unread: …` for a clause nobody read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import product
from typing import TypeAlias

from foedus.engines.contract import Circuit, Lit
from foedus.evidence.closings import Closings, RefutedFact
from foedus.evidence.known import witnessing
from foedus.evidence.principals import principal_of
from foedus.evidence.record import Closing, Presumption, Record, StandingWord
from foedus.ir.norm import Life, Program
from foedus.terms.fact import Fact, Predicate
from foedus.terms.time import EDate

OTHER = "other"
ANOTHER_STATE, ANOTHER_GROUP = "another state", "another group"
"""A state, and an actor that is no state, whom neither the record nor the pages name."""

Covering: TypeAlias = Closing | Presumption | RefutedFact
"""On what ground nothing unlisted makes a fact so."""
Roles: TypeAlias = "tuple[str | None, ...]"
"""Who or what has each role; None: whoever."""


def answer_var(question: str, answer: str) -> str:
    """The circuit's variable for one answer of a question."""
    return f'{question}="{answer}"'


def canonical(predicate: str, args: Iterable[str | None]) -> str:
    """`grave(almaty)`: how an unrecorded fact is named."""
    return f"{predicate}({', '.join(a or '_' for a in args)})"


def arguments(text: str) -> tuple[str, ...]:
    """What stands between the parentheses of a canonical text, at commas that stand in no inner ones.

    >>> arguments("war(A, B), A, security")
    ('war(A, B)', 'A', 'security')
    """
    parts, depth, begun = list[str](), 0, 0
    for at, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if sign == "," and not depth:
            parts.append(text[begun:at].strip())
            begun = at + 1
    return (*parts, text[begun:].strip()) if text else ()


def reopening(question: str) -> str:
    """The circuit's variable for a reader's having answered a question about what nobody listed."""
    return f"answered: {question}"


@dataclass(frozen=True)
class Situation:
    """`words` gives each fact's standing; `period` is the dossier's; `upto` the day asked about."""

    program: Program
    record: Record
    words: Mapping[str, StandingWord]
    closings: Closings
    upto: date
    period: EDate | None = None
    supposed: frozenset[str] = frozenset()  # ids whose value the user sets: no closing touches them
    switchable: frozenset[str] = frozenset()  # ids whose value a reader may set later, or leave
    circuit: Circuit = field(default_factory=Circuit)
    _patterns: dict[str, dict[Roles, tuple[int, Lit]]] = field(
        default_factory=dict[str, "dict[Roles, tuple[int, Lit]]"]
    )
    _narrower: dict[str, dict[Roles, list[Roles]]] = field(
        default_factory=dict[str, "dict[Roles, list[Roles]]"]
    )
    known_by: date | None = None  # texts that were secret on that day are left out
    spare_states: int = 1  # how many states that nobody names are considered
    spare: int = 1  # how many unlisted individuals of a kind are considered (counting needs more)

    # ---- what there is ----

    @cached_property
    def predicates(self) -> Mapping[str, Predicate]:
        return {**self.program.vocabulary.predicates, **self.record.predicates}

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        return {fact.id: fact for fact in self.record.facts}

    @cached_property
    def dated(self) -> bool:
        """Whether a day is given for anything at all: in a hypothesis, for nothing."""
        return any(fact.on is not None for fact in self.record.facts)

    @cached_property
    def listed(self) -> Mapping[str, tuple[str, ...]]:
        """Individuals on record by predicate: those about which something positive may be said.

        A refuted fact that leaves roles out names no individual; it denies all of them. One that another
        fact is about (a request for help against it) is spoken of all the same.
        """
        by: dict[str, list[str]] = {}
        spoken_of = {
            name
            for fact in self.record.facts
            for arg in fact.args
            for name in (arg if isinstance(arg, tuple) else (arg,))
        }
        for fact in self.record.facts:
            predicate = self.predicates[fact.predicate]
            denies_all = self.words.get(fact.id) == "refuted" and None in fact.args
            if predicate.individual and (not denies_all or fact.id in spoken_of):
                by.setdefault(fact.predicate, []).append(fact.id)
        return {name: tuple(ids) for name, ids in by.items()}

    @cached_property
    def _with_value(self) -> Mapping[tuple[str, int], Mapping[str | None, frozenset[str]]]:
        """Individuals on record by predicate, role and value (None: the role is open)."""
        found: dict[tuple[str, int], dict[str | None, set[str]]] = {}
        for predicate, names in self.listed.items():
            for position in range(len(self.predicates[predicate].roles)):
                by = found.setdefault((predicate, position), {})
                for name in names:
                    values = self.role_values(name, position)
                    for value in (None,) if values is None else values:
                        by.setdefault(value, set()).add(name)
        return {key: {value: frozenset(names) for value, names in by.items()} for key, by in found.items()}

    def listed_with(self, predicate: str, wanted: Roles) -> frozenset[str]:
        """The individuals on record that can have these roles (None: whoever)."""
        found: frozenset[str] | None = None
        for position, value in enumerate(wanted):
            if value is not None:
                by = self._with_value.get((predicate, position), {})
                same = (value, None, *self.record.may_be.get(value, ()))
                fitting = frozenset[str]().union(*(by.get(one, frozenset()) for one in same))
                found = fitting if found is None else found & fitting
        return frozenset(self.listed.get(predicate, ())) if found is None else found

    def unlisted(self, predicate: str) -> tuple[str, ...]:
        """The individuals of a predicate that nobody listed, by their stand-in names."""
        return tuple(f"some {predicate}" + (f" {n}" if n > 1 else "") for n in range(1, self.spare + 1))

    @cached_property
    def predicate_of(self) -> Mapping[str, str]:
        """Each individual's predicate, stand-ins included."""
        found = {fact.id: fact.predicate for fact in self.record.facts}
        for name, predicate in self.predicates.items():
            if predicate.individual:
                found.update(dict.fromkeys(self.unlisted(name), name))
        return found

    @cached_property
    def states(self) -> tuple[str, ...]:
        """The states in question: parties of the program's instruments and those on record."""
        codes: dict[str, None] = {}
        for instrument in self.program.instruments.values():
            for life in instrument.lives:
                codes[life.state] = None
        for state, *_ in (*self.record.as_party, *self.record.as_role):
            codes[state] = None
        for fact in self.record.facts:
            for arg in fact.args:
                for name in arg if isinstance(arg, tuple) else (arg,):
                    if name is not None and self.sort_of(name) == "State":
                        codes[name] = None
        return tuple(codes)

    @cached_property
    def other_states(self) -> tuple[str, ...]:
        """States that nobody named."""
        numbers = range(1, self.spare_states + 1)
        return tuple(f"{ANOTHER_STATE}{f' {n}' if n > 1 else ''}" for n in numbers)

    @cached_property
    def actors(self) -> tuple[str, ...]:
        """States, and every other actor on record."""
        names = dict.fromkeys(self.states)
        for fact in self.record.facts:
            for arg in fact.args:
                for name in arg if isinstance(arg, tuple) else (arg,):
                    if name is not None and self.sort_of(name) in ("Actor", "Group", "Organ"):
                        names[name] = None
        return tuple(names)

    def sort_of(self, name: str) -> str:
        """The sort of a constant; what nobody declared is a Thing."""
        actor = self.program.vocabulary.actors.get(name)
        if actor:
            return actor.sort
        if name.startswith(ANOTHER_STATE):
            return "State"
        if name == ANOTHER_GROUP:
            return "Group"
        if name in self.record.sorts:
            return self.record.sorts[name]
        if len(name) == 3 and name.isupper():
            return "State"
        return "Thing"

    def domain(self, sort: str, instrument: str = "") -> tuple[str, ...]:
        """The things a variable of the sort ranges over.

        States and actors are never only those that somebody named: an attacker may be another.
        """
        if sort in self.program.vocabulary.values:
            return self.program.vocabulary.values[sort]
        if sort == "State":
            return self.states + self.other_states
        if sort == "party":
            lives = self.program.instruments[instrument].lives
            made = [state for state, *_ in (*self.record.as_party, *self.record.as_role)]
            return tuple(dict.fromkeys([life.state for life in lives] + made))
        if sort in ("Group", "Organ"):
            named = tuple(name for name in self.actors if self.sort_of(name) in (sort, "Actor"))
            return (*named, ANOTHER_GROUP) if sort == "Group" else named
        if sort == "Actor":
            return (*self.actors, *self.other_states, ANOTHER_GROUP)
        if sort in self.predicates:
            return self.listed.get(sort, ()) + self.unlisted(sort)
        kinds = {"Incident": ("incident",), "Act": ("act", "speech")}.get(sort, ("incident", "act", "speech"))
        individuals = tuple(
            name
            for predicate in self.predicates.values()
            if predicate.kind in kinds
            for name in self.listed.get(predicate.name, ()) + self.unlisted(predicate.name)
        )
        return individuals if sort in ("Incident", "Act", "Individual") else individuals + self.actors

    # ---- who may be who ----

    def is_same(self, name: str, other: str) -> Lit:
        """Whether two constants are one thing. An unknown is nobody named unless it `may be`."""
        if name == other:
            return Circuit.TRUE
        for unknown, known in ((name, other), (other, name)):
            candidates = self.record.may_be.get(unknown, ())
            if known in candidates:
                self.circuit.group(f"who {unknown} is", [f"{unknown}={c}" for c in (*candidates, OTHER)])
                return self.circuit.var(f"{unknown}={known}")
        return Circuit.FALSE

    def role_is(self, individual: str, position: int, value: str) -> Lit:
        """Whether the individual has `value` in the role: open where the record leaves it out."""
        fact = self.facts.get(individual)
        arg = fact.args[position] if fact else None
        if isinstance(arg, tuple):
            return self.circuit.disj(*(self.is_same(one, value) for one in arg))
        if arg is not None:
            return self.is_same(arg, value)
        role = self.predicates[self.predicate_of[individual]].roles[position]
        among = self.domain(role.sort)
        if value not in among:
            among = (*among, value)
        name = f"{individual}.{role.name}"
        known = self.circuit.groups.get(name)
        if known is None:
            self.circuit.group(name, [f"{name}={c}" for c in (*among, OTHER)])
        elif f"{name}={value}" not in known:
            return Circuit.FALSE
        return self.circuit.var(f"{name}={value}")

    def unlisted_so(self, individual: str, wanted: tuple[str | None, ...]) -> Lit:
        """Whether there was an unlisted one with these roles (None: whoever).

        How many nobody listed is not known, so what is said of one pair of roles leaves every other
        pair open: two silent parties may each have agreed. One with given roles is also one with
        whoever in them.
        """
        name = f"{individual}({', '.join(value or '_' for value in wanted)})"
        known = self._patterns.setdefault(individual, {})
        if wanted not in known:
            lit = self.circuit.var(name)
            narrower = self._narrower.setdefault(individual, {})
            implied = [(n, (-lit, its)) for n, its in (known[o] for o in _wider(wanted) if o in known)]
            implied += [(n, (-its, lit)) for n, its in (known[o] for o in narrower.get(wanted, ()))]
            for _, so in sorted(implied):
                self.circuit.theory.append(self.circuit.disj(*so))
            for other in _wider(wanted):
                narrower.setdefault(other, []).append(wanted)
            known[wanted] = (len(known), lit)
        return known[wanted][1]

    def role_values(self, individual: str, position: int) -> tuple[str, ...] | None:
        """The only values a role can have, or None where it is open."""
        fact = self.facts.get(individual)
        arg = fact.args[position] if fact else None
        if arg is None:
            return None
        values = arg if isinstance(arg, tuple) else (arg,)
        return tuple(dict.fromkeys([*values, *(c for v in values for c in self.record.may_be.get(v, ()))]))

    # ---- when ----

    @cached_property
    def _cuts(self) -> tuple[date, ...]:
        """Every day at which something on record begins, or after which it is over: the borders
        of the cells into which an uncertain date is cut. Inside a cell the order stays open."""
        cuts: set[date] = {self.upto, self.upto + timedelta(1)}
        for fact in self.record.facts:
            if fact.on and self.predicates[fact.predicate].individual:
                first, last = starts(fact.on)
                for day in (first, last):
                    if date.min < day < date.max:
                        cuts |= {day, day + timedelta(1)}
        for instrument in self.program.instruments.values():
            for text in instrument.texts:
                cuts.add(text.start.first)
        return tuple(sorted(cuts))

    def cells(self, individual: str) -> list[tuple[date, date, Lit]]:
        """The cells (first day, last day, literal) in which an individual may have begun."""
        fact = self.facts.get(individual)
        if fact is None or fact.on is None:
            return []
        days = fact.on.days
        if fact.on.kind == "oneof" and days:
            borders = [(day, day) for day in days]
        else:
            first, last = starts(fact.on)
            if first == last:
                return [(first, last, Circuit.TRUE)]
            inner = [cut for cut in self._cuts if first < cut <= last]
            borders = list(zip([first, *inner], [*(c - timedelta(1) for c in inner), last], strict=True))
        if len(borders) == 1:
            return [(*borders[0], Circuit.TRUE)]
        names = [f"{individual}@{a}" if a == b else f"{individual}@{a}/{b}" for a, b in borders]
        self.circuit.group(f"when {individual}", names)
        return [(a, b, self.circuit.var(n)) for (a, b), n in zip(borders, names, strict=True)]

    def begun(self, individual: str, upto: date) -> Lit:
        """Whether an individual had come about by the end of `upto`. Undated ones had."""
        cells = self.cells(individual)
        if all(last <= upto for _, last, _ in cells):
            return Circuit.TRUE
        sure = self.circuit.disj(*(lit for _, last, lit in cells if last <= upto))
        split = [(first, last, lit) for first, last, lit in cells if first <= upto < last]
        if not split:
            return sure
        unsure = self.circuit.var(f"{individual} by {upto}")
        return self.circuit.disj(sure, *(self.circuit.conj(lit, unsure) for *_, lit in split))

    def earlier(self, first: str, second: str) -> Lit:
        """Whether the first came strictly before the second; inside one cell that is open."""
        if first == second:
            return Circuit.FALSE
        a_cells, b_cells = self.cells(first), self.cells(second)
        if not a_cells or not b_cells:
            return self._order(first, second)
        parts: list[Lit] = []
        for a_first, a_last, a in a_cells:
            for b_first, b_last, b in b_cells:
                if a_last < b_first:
                    parts.append(self.circuit.conj(a, b))
                elif a_first <= b_last:
                    parts.append(self.circuit.conj(a, b, self._order(first, second)))
        return self.circuit.disj(*parts)

    def _order(self, first: str, second: str) -> Lit:
        low, high = sorted((first, second))
        self.circuit.group(
            f"order of {low} and {high}", [f"{low}<{high}", f"{high}<{low}", f"{low}={high} at once"]
        )
        return self.circuit.var(f"{first}<{second}")

    # ---- status under an instrument ----

    def lives(self, state: str, instrument: str) -> tuple[Life, ...]:
        """The intervals of a state under an instrument."""
        return tuple(life for life in self.program.instruments[instrument].lives if life.state == state)

    def is_party(self, actor: str, instrument: str, day: date, role: str = "party") -> Lit:
        """Whether the actor is a party on the day; open where the dates leave it open."""
        if self._made(actor, instrument, role):
            return self._not_ended(instrument, day)
        bound: list[Lit] = []
        barred: list[Lit] = []
        for life in self.lives(actor, instrument):
            held = self.circuit.conj(self._within(life, day), self._not_ended(instrument, day))
            if life.role == role:
                bound.append(held)
            elif life.role == "suspended" and role == "party":
                barred.append(held)
        return self.circuit.conj(self.circuit.disj(*bound), -self.circuit.disj(*barred))

    def _made(self, actor: str, instrument: str, role: str) -> bool:
        """Whether a trial makes the actor a party, or gives it another role."""
        if role == "party":
            return (actor, instrument) in self.record.as_party or (actor, "") in self.record.as_party
        return (actor, role, instrument) in self.record.as_role

    def _not_ended(self, instrument: str, day: date) -> Lit:
        """That the instrument had not come to its end; open between two possible days of its end."""
        ended = self.program.instruments[instrument].ended
        if ended is None or day < ended.first:
            return Circuit.TRUE
        if day >= ended.last:
            return Circuit.FALSE
        return -self.circuit.var(f"{instrument} had ended by {day}")

    def _within(self, life: Life, day: date) -> Lit:
        if day < life.start.first or (life.until is not None and day >= life.until.last):
            return Circuit.FALSE
        sure = day >= life.start.last and (life.until is None or day < life.until.first)
        if sure:
            return Circuit.TRUE
        return self.circuit.var(f"{life.role}({life.state}, {life.instrument}) on {day}")

    # ---- closed ----

    def closed(self, predicate: str, args: tuple[str | None, ...], span: EDate | None) -> Covering | None:
        """What closes a pattern on a span, if anything does."""
        if canonical(predicate, args) in self.supposed or f"some {predicate}" in self.supposed:
            return None
        return self.closings.covering(predicate, args, span)

    def reopened(self, predicate: str) -> Lit:
        """That a reader has set whether there was one that nobody listed, which lifts what closes it."""
        question = f"some {predicate}"
        return self.circuit.var(reopening(question)) if question in self.switchable else Circuit.FALSE

    @cached_property
    def span(self) -> EDate | None:
        """The time in which something unrecorded could have happened: the period up to the day."""
        if self.period is None:
            return EDate.of(self.upto)
        first, last = min(self.period.first, self.upto), min(self.period.last, self.upto)
        return EDate(f"{first}/{last}", "span", first, last) if first < last else EDate.of(first)

    # ---- speech ----

    def spoken(self, verb: str, speaker: str) -> tuple[str, ...]:
        """The ids of facts of which the speaker (a principal) had said so, in a document that was
        found, by the day asked about; of an uncertain day, what may not yet have been said is left out."""
        return self._spoken.get((verb, speaker), ())

    @cached_property
    def _spoken(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        found: dict[tuple[str, str], list[str]] = {}
        for claim in witnessing(self.record, self.upto):
            for verb in (claim.verb, *(("finds",) if claim.finds else ())):
                found.setdefault((verb, principal_of(self.record, claim.by)), []).append(claim.fact)
        return {key: tuple(facts) for key, facts in found.items()}


def _wider(roles: Roles) -> Iterator[Roles]:
    """The roles themselves, and all that say less: with whoever in one of them, or in more."""
    return product(*((value,) if value is None else (value, None) for value in roles))


def starts(on: EDate) -> tuple[date, date]:
    """The first and the last day on which something of that date may have begun."""
    return (on.start_first, on.start_last) if on.kind == "span" else (on.first, on.last)
