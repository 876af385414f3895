"""Probes: hypothetical shocks over roles, and whether a norm is called on by them.

The roles are the debtor x, the victim v, the adversary e and a second power f. Beside what a probe says there is
no incident. A norm is lowered once for a `Cast` (who plays the roles); each probe then fills the columns. A lane is
one combination of answers to the questions that the condition asks, and of the ways in which clauses that nobody
read can be taken; beyond `MOST_LANES` a norm is refused.

>>> FULL.without("request").axes == FULL.axes - {"request"}
True
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from math import prod
from typing import Literal, TypeAlias

from foedus.engines.contract import Lit
from foedus.engines.lanes import Lanes
from foedus.engines.situation import canonical
from foedus.ir import formula as f
from foedus.ir.check import below
from foedus.ir.norm import Norm, Program
from foedus.obligations.hypothesis import Hypothesis, Variable, supposed
from foedus.obligations.treatment import Table, Treatment
from foedus.terms.fact import Fact, Predicate

STRANGER, SECOND, BAND = "EEE", "FFF", "band"
"""A state that is no party and that no page names, another, and an actor that is no state."""
MOST_LANES = 1 << 12
HOSTILE = ("mobilisation", "threat", "force", "war")
"""Axes of what an adversary does, in the order in which it does it."""
FAVOURABLE = frozenset({"request", "finding", "accord", "opinion", "help", "place", "unprovoked"})
"""Axes of what a condition may ask for besides; each can be taken away alone."""
ORDER = {"mobilisation": 0, "threat": 1, "war": 2, "force": 2, "unrest": 2, "other": 2, "help": 4}
"""When the incidents of an axis happen; the second power's come one later, and answers to them after all."""
LAST = 6
Column: TypeAlias = int
"""Bit n of it belongs to lane n."""
Whose = Literal["adversary", "victim", "both"]
"""Who does something hostile: what is mutual, both do."""


@dataclass(frozen=True, slots=True)
class Probe:
    """What happens. `axes` are what of it is so (`treatment.csv` says which words each switches); `second`: another
    power does the same; `own`: the victim attacks, and is at most threatened."""

    name: str
    axes: frozenset[str]
    second: bool = False
    own: bool = False

    def without(self, *axes: str) -> Probe:
        """The same, without these."""
        return replace(self, name="-".join((self.name, *axes)), axes=self.axes - set(axes))


NOTHING = Probe("always", frozenset())
FULL = Probe("attack", FAVOURABLE | {"force", "war"})
PROBES: tuple[Probe, ...] = (
    NOTHING,
    Probe("word", FAVOURABLE),
    FULL,
    replace(FULL, name="attack by two", second=True),
    Probe("mobilisation", FAVOURABLE | {"mobilisation"}),
    Probe("mobilisation by two", FAVOURABLE | {"mobilisation"}, second=True),
    Probe("threat", FAVOURABLE | {"threat"}),
    Probe("unrest", FAVOURABLE | {"unrest"}),
    Probe("other", FAVOURABLE | {"other"}),
    Probe("own war", FAVOURABLE | {"force", "war"}, own=True),
    Probe("own war against two", FAVOURABLE | {"force", "war"}, second=True, own=True),
    Probe("own war, threatened", FAVOURABLE | {"force", "war", "threat", "mobilisation"}, own=True),
)
"""In the order in which the first that calls on a norm is its trigger (`word`: something is said or decided, and that
is enough). Whatever a condition may ask besides is there:
what it does ask is what can be taken away."""
SINGLE: tuple[Probe, ...] = (
    *(replace(FULL, name=f"{axis} only", axes=FAVOURABLE | {axis}) for axis in ("force", "war")),
    *(FULL.without(axis) for axis in sorted(FAVOURABLE)),
    *(replace(FULL, second=True).without(axis) for axis in sorted(FAVOURABLE)),
    Probe("attack, no more", frozenset({"force", "war"})),
)
"""Further probes, which differ from others in one axis."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays the roles: states' codes, and `adversary` perhaps the `BAND`. `beneficiary` None where a norm names
    none; `parties` are others who are there."""

    debtor: str
    beneficiary: str | None
    adversary: str = STRANGER
    second: str = SECOND
    parties: tuple[str, ...] = ()

    @property
    def victim(self) -> str:
        """Who is attacked: the beneficiary, or where there is none another party."""
        return self.beneficiary or next(iter(self.parties), self.debtor)

    @property
    def states(self) -> tuple[str, ...]:
        """Every state in it, once."""
        named = (self.debtor, self.victim, self.adversary, self.second, *self.parties)
        return tuple(dict.fromkeys(name for name in named if name != BAND))


class TooManyReadings(Exception):
    """A condition asks more questions than lanes allow."""


@dataclass(frozen=True)
class Layout:
    """What the lanes are: one for every combination of `choices`, each the answers of a question (as variables), or
    the two ways to take an unread clause (no name, and its variable)."""

    choices: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def count(self) -> int:
        """How many lanes there are. TooManyReadings beyond `MOST_LANES`."""
        count = prod(len(members) for members in self.choices)
        if count > MOST_LANES:
            raise TooManyReadings(count)
        return count

    @property
    def full(self) -> Column:
        """Every lane."""
        return (1 << self.count) - 1

    def lane(self, number: int) -> dict[str, bool]:
        """What a lane takes each of its choices to be, by variable."""
        found: dict[str, bool] = {}
        for members in self.choices:
            number, at = divmod(number, len(members))
            found |= {name: n == at for n, name in enumerate(members) if name}
        return found

    @cached_property
    def columns(self) -> Mapping[str, Column]:
        """In which lanes each variable is chosen."""
        columns: dict[str, Column] = {}
        for number in range(self.count):
            for name, so in self.lane(number).items():
                columns[name] = columns.get(name, 0) | (so << number)
        return columns


@dataclass(frozen=True, slots=True)
class Words:
    """What a norm's condition speaks of: predicates, names (of states, organs, values), instruments whose parties it
    asks for, and those whose terms it uses (`owners`, its own among them)."""

    predicates: frozenset[str]
    names: frozenset[str]
    instruments: frozenset[str] = frozenset()
    owners: frozenset[str] = frozenset()


def words_of(program: Program, norm: Norm) -> Words:
    """The words of a condition, terms that it uses included, under every text."""
    predicates: set[str] = set()
    names = {t.name for t in (norm.against, norm.beneficiary) if isinstance(t, f.Const)} | {
        *norm.bearer.names
    }
    terms: set[str] = set()
    instruments: set[str] = set()
    todo = [part for part in (norm.when, norm.until) if part is not None]
    for whole in todo:  # which grows by what it refers to
        for part in below(whole):
            if isinstance(part, f.Atom):
                predicates.add(part.predicate)
                names |= {t.name for t in part.terms if isinstance(t, f.Const)}
                if part.predicate not in program.vocabulary.predicates and isinstance(
                    part.terms[-1], f.Const
                ):
                    instruments.add(part.terms[-1].name)
            elif isinstance(part, f.Same):
                names |= {t.name for t in (part.left, part.right) if isinstance(t, f.Const)}
            elif isinstance(part, f.Speech):
                predicates.add(part.content.predicate)
                names |= {t.name for t in (part.speaker, *part.content.terms) if isinstance(t, f.Const)}
            elif isinstance(part, f.Defined):
                names |= {t.name for t in part.terms if isinstance(t, f.Const)}
                if part.name not in terms:
                    terms.add(part.name)
                    todo += [define.body for define in program.defines if define.name == part.name]
    instruments &= program.instruments.keys() - {norm.instrument}
    owners = {norm.instrument, *(term.partition(".")[0] for term in terms)}
    return Words(frozenset(predicates), frozenset(names), frozenset(instruments), frozenset(owners))


@dataclass(frozen=True)
class Staged:
    """A norm's condition under a cast, on a day: a literal over what probes can switch."""

    norm: Norm
    cast: Cast
    hypothesis: Hypothesis
    lit: Lit
    axis: Mapping[
        str, tuple[str, bool, Whose]
    ]  # of a listed fact, whether it is the second power's, and whose
    table: Table

    @cached_property
    def _lanes(self) -> Lanes:
        return Lanes(self.hypothesis.circuit, (self.lit,))

    @cached_property
    def variables(self) -> Mapping[str, tuple[Variable, Treatment]]:
        """Every variable on which the condition rests, with its treatment in a panel."""
        return {name: self.table.variable(self.hypothesis, name, "panel") for name in self._lanes.names}

    @cached_property
    def layout(self) -> Layout:
        """The lanes of this condition alone."""
        return layout((self,))

    def fires(self, probe: Probe, lanes: Layout | None = None) -> Column:
        """In which lanes the probe calls on the norm; `lanes` may be those of several casts."""
        lanes = lanes or self.layout
        return self._lanes.run(lambda name: self.column(name, probe, lanes), lanes.full)[0]

    def column(self, name: str, probe: Probe, lanes: Layout) -> Column:
        """In which lanes a variable holds."""
        if name in lanes.columns:
            return lanes.columns[name]
        return lanes.full if self.holds(name, probe) else 0

    def holds(self, name: str, probe: Probe) -> bool:
        """Whether a variable that is no matter of reading holds under a probe."""
        about, treated = self.variables[name]
        if name in self.axis:
            return self.so(name, probe)
        if about.kind == "order":
            first, second = (self.rank(one) for one in about.args)
            return first < second
        if treated.how == "probe":
            return treated.axis in probe.axes
        if treated.of and about.args and about.args[0] in self.axis:
            return treated.value == "true" and self.axis[about.args[0]][0] in treated.of
        return treated.value == "true" or treated.how == "given"

    def so(self, fact: str, probe: Probe) -> bool:
        """Whether a listed fact is so under a probe."""
        axis, seconds, whose = self.axis[fact]
        actor = "victim" if probe.own and axis in ("force", "war") else "adversary"
        if whose not in (actor, "both") or (seconds and not probe.second):
            return False
        return not axis or axis in probe.axes

    def rank(self, fact: str) -> int:
        """When a listed fact happens, beside the others."""
        axis, seconds, _ = self.axis[fact]
        return ORDER.get(axis, LAST) + seconds


@dataclass
class Stage:
    """Lowers norms of one program for probes, each cast once; `directed` against the cast's adversary alone, where
    the norm says against whom it is owed, else against whoever fits; `published`, under the texts that outsiders
    knew on the day."""

    program: Program
    table: Table = field(default_factory=Table)
    directed: bool = True
    published: bool = False

    def set(self, norm: Norm, cast: Cast, day: date, words: Words | None = None) -> Staged | None:
        """The norm under a cast on a day; None where it binds the debtor to nobody then."""
        words = words or words_of(self.program, norm)
        listed = dict(self._facts(words, cast))
        kinds = self.program.vocabulary.predicates
        opened = {name for name, p in kinds.items() if p.kind in ("role", "status")}
        states = {name for name in words.names if self.sort_of(name) == "State"} | set(cast.states)
        needed = words.owners | words.instruments
        # The other instruments only cost time: each is narrowed to the states of a hypothesis.
        kept = {name: i for name, i in self.program.instruments.items() if name in needed}
        hypothesis = Hypothesis(
            replace(self.program, instruments=kept),
            day,
            tuple(listed),
            frozenset(states),
            frozenset(opened),
            sorts={BAND: "Group"},
            known_by=day if self.published else None,
        )
        whom = None if cast.beneficiary is None else (cast.beneficiary,)
        against = cast.adversary if self.directed and isinstance(norm.against, f.Var) else None
        found = hypothesis.instances(norm, bearers=(cast.debtor,), beneficiaries=whom, against=against)
        found = tuple(i for i in found if i.norm.text == norm.text and i.beneficiary == cast.beneficiary)
        if not found:
            return None
        lit = hypothesis.circuit.disj(*(i.lit for i in found))
        axis = {fact.id: how for fact, how in listed.items()}
        return Staged(norm, cast, hypothesis, lit, axis, self.table)

    def sort_of(self, name: str) -> str:
        """The sort of a name in a condition: State, Organ, Group, or empty for anything else."""
        actor = self.program.vocabulary.actors.get(name)
        if actor is not None:
            return actor.sort
        return "State" if len(name) == 3 and name.isupper() and name.isalpha() else ""

    def _facts(self, words: Words, cast: Cast) -> Iterator[tuple[Fact, tuple[str, bool, Whose]]]:
        known = self.program.vocabulary.predicates
        spoken = [known[name] for name in sorted(words.predicates) if name in known]
        incidents: list[str] = []
        kinds = [p for p in spoken if p.kind == "incident"]
        if not kinds and "threat" in known:  # what is said or asked is about something
            kinds = [known["threat"]]
        for predicate in kinds:
            axis = self.table.of(predicate.name, "incident", "panel").axis
            for fact, seconds, whose in _incidents(predicate, cast):
                incidents.append(fact.id)
                yield fact, (axis, seconds, whose)
        acts = [p for p in spoken if p.kind == "act"]
        acts.sort(key=lambda p: any(role.sort in ("Act", "Individual") for role in p.roles))
        made: list[str] = []
        organs = tuple(sorted(n for n in words.names if self.sort_of(n) in ("Organ", "Group")))
        for predicate in acts:
            treated = self.table.of(predicate.name, "act", "panel")
            if (axis := treated.axis) or treated.value == "true":
                fact = self._act(predicate, axis, cast, incidents, made, organs)
                made.append(fact.id)
                yield fact, (axis, axis == "help", "both")

    def _act(
        self, predicate: Predicate, axis: str, cast: Cast, incidents: list[str], acts: list[str],
        organs: tuple[str, ...],
    ) -> Fact:  # fmt: skip
        """One act of a kind, by whom and about whatever a condition could ask for."""
        everyone = (cast.victim, cast.debtor, *cast.parties)
        args: list[str | tuple[str, ...] | None] = []
        for number, role in enumerate(predicate.roles):
            among: Iterable[str]
            if axis == "help":
                among = (cast.second,) if number == 0 else (cast.adversary,)
            elif axis in ("request", "opinion") and number == 0:
                among = (cast.victim,)
            elif role.sort in ("State", "Actor", "Group", "Organ"):
                among = (*everyone, cast.adversary, *organs) if number else (*everyone, *organs)
            elif role.sort in ("Incident", "Act", "Individual"):
                among = [
                    *(incidents if role.sort != "Act" else ()),
                    *(acts if role.sort != "Incident" else ()),
                ]
            else:
                among = self.program.vocabulary.values.get(role.sort, ())
            told = tuple(dict.fromkeys(among))
            args.append(told if len(told) > 1 else told[0] if told else None)
        name = canonical(predicate.name, ["all" if isinstance(a, tuple) else a for a in args])
        return Fact(name, predicate.name, tuple(args))


def _incidents(predicate: Predicate, cast: Cast) -> Iterator[tuple[Fact, bool, Whose]]:
    """The facts of an incident's kind: by the adversary, by the second power, and by the victim itself."""
    sorts = [role.sort for role in predicate.roles]
    if len(sorts) == 1:
        yield supposed(predicate.name, cast.victim), False, "both"
        return
    mutual = predicate.roles[0].name == "one"
    for author, seconds in ((cast.adversary, False), (cast.second, True)):
        if author == BAND and sorts[0] == "State":
            continue
        yield supposed(predicate.name, author, cast.victim), seconds, "both" if mutual else "adversary"
        if author != BAND or sorts[1] == "Actor":
            yield supposed(predicate.name, cast.victim, author), seconds, "both" if mutual else "victim"


def layout(staged: Iterable[Staged]) -> Layout:
    """The lanes of a norm under several casts: every question that any of them asks."""
    found: dict[tuple[str, ...], None] = {}
    for one in staged:
        circuit = one.hypothesis.circuit
        for name, (about, treated) in one.variables.items():
            if treated.axis == "reading":
                found[circuit.groups[about.args[0]]] = None
            elif treated.value == "both":
                found["", name] = None
    return Layout(tuple(sorted(found)))


def fires(
    stage: Stage, norm: Norm, probe: Probe, day: date, debtor: str, beneficiary: str | None,
    adversary: str = STRANGER, second: str = SECOND, parties: tuple[str, ...] = (),
) -> Column:  # fmt: skip
    """In which lanes a probe calls on a norm on a day: no lane where it binds the debtor to nobody then."""
    staged = stage.set(norm, Cast(debtor, beneficiary, adversary, second, parties), day)
    return staged.fires(probe) if staged is not None else 0


Readings = Literal["all", "some", "none"]


def readings(column: Column, full: Column) -> Readings:
    """Whether something is so under all readings, some, or none."""
    return "all" if column == full else "some" if column else "none"
