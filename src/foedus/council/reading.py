"""A formula read over facts, node by node. Whoever wants to know whether one holds asks `holds.holds`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from foedus.council.counting import (
    NO,
    YES,
    Counted,
    Part,
    Truth,
    all_of,
    counted_by,
    merged,
    opens,
    opposite,
    reached,
)  # fmt: skip
from foedus.council.facts import Args, Facts, Individuals, Sayings, Times
from foedus.ir.formula import (
    And,
    AtLeast,
    Atom,
    Choose,
    Const,
    Defined,
    Earlier,
    Formula,
    Lit,
    Not,
    Or,
    Same,
    Speech,
    Term,
    Unread,
    Var,
    Wild,
)  # fmt: skip
from foedus.ir.norm import Define, Program

SETTLED: Mapping[str, bool] = {"yes": True, "no": False}
"""What may be answered to anything open that is no question, by its name."""
UNLISTED = "some "
"""How an individual is called that no fact lists: `some request`."""


def named(predicate: str, args: Iterable[str | None]) -> str:
    """`grave(almaty)`: a fact by its content."""
    return f"{predicate}({', '.join(arg or '_' for arg in args)})"


@dataclass
class Reading:
    """One reading of a formula. `asked` collects the open questions with their answers, `unsettled` what is open and
    has no two sides; `fixed` settles open things for a try."""

    program: Program
    facts: Facts
    answers: dict[str, str]
    instrument: str
    texts: dict[str, str | None]
    fixed: dict[str, bool] = field(default_factory=dict[str, bool])
    counts: list[Counted] = field(default_factory=list[Counted])
    asked: dict[str, tuple[str, ...]] = field(default_factory=dict[str, "tuple[str, ...]"])
    unsettled: set[str] = field(default_factory=set[str])
    within: tuple[str, ...] = ()
    inside: bool = False  # below a count: what is counted there is no test of its own

    def read(self, formula: Formula, env: Mapping[str, str], wanted: bool = True) -> Truth:
        """Whether the formula holds; `wanted` is False below a `not`."""
        match formula:
            case Lit(value):
                return YES if value else NO
            case And(parts):
                return all_of([self.read(part, env, wanted) for part in parts])
            case Or(parts):
                return opposite(all_of([opposite(self.read(part, env, wanted)) for part in parts]))
            case Not(body):
                return opposite(self.read(body, env, not wanted))
            case AtLeast():
                return self._at_least(formula, env, wanted)
            case Choose(question, answers):
                return self._choose(question, answers, env, wanted)
            case Defined():
                return self._defined(formula, env, wanted)
            case Same(left, right):
                a, b = self._value(left, env), self._value(right, env)
                if a is None or b is None:
                    return self._open(f"{a or '_'} is {b or '_'}", None)
                return YES if a == b else NO
            case Atom():
                return self._noted(formula, self._atom(formula, env), env, wanted)
            case Speech():
                return self._noted(formula, self._speech(formula, env), env, wanted)
            case Earlier(first, second):
                return self._noted(formula, self._earlier(first, second, env), env, wanted)
            case Unread(text):
                return self._noted(formula, self._open(f"unread: {text}", None), env, wanted)

    def _open(self, name: str, truth: bool | None) -> Truth:
        """What the facts say, or what is tried, or what was answered, or else that it is open."""
        if truth is None:
            truth = self.fixed.get(name, SETTLED.get(self.answers.get(name, "")))
        return Truth(truth, () if truth is not None else (name,))

    def _noted(self, part: Formula, found: Truth, env: Mapping[str, str], wanted: bool) -> Truth:
        """The same, noted as a test unless it stands below a count."""
        if not self.inside:
            tally = Fraction(found.truth is True), Fraction(found.truth is not False)
            one = Fraction(1), Fraction(1)
            terms = part.terms[:1] if isinstance(part, Atom) else ()
            who = tuple(name for term in terms if (name := self._value(term, env)) is not None)
            sure = who if found.truth else ()
            still = who if found.truth is None else ()
            self.counts.append(
                Counted(
                    part,
                    tally,
                    one,
                    found.truth,
                    wanted,
                    sure,
                    still,
                    within=self.within,
                    instrument=self.instrument,
                    env=env,
                )
            )
        return found

    # ---- terms and readings ----

    def _value(self, term: Term, env: Mapping[str, str]) -> str | None:
        match term:
            case Const(name):
                return name
            case Var(name, _):
                return env.get(name)
            case Wild():
                return None

    def _choose(
        self, question: str, answers: tuple[tuple[str, Formula], ...], env: Mapping[str, str], wanted: bool
    ) -> Truth:
        given = self.answers.get(question)
        declared = self.program.questions.get(question)
        known = (
            tuple(each.name for each in declared.answers) if declared else tuple(name for name, _ in answers)
        )
        if given in known:
            body = next((body for name, body in answers if name == given), None)
            return NO if body is None else self._below(f'{question}="{given}"').read(body, env, wanted)
        each = {name: self._below(f'{question}="{name}"').read(body, env, wanted) for name, body in answers}
        found = [each.get(name, NO) for name in known]
        truths = {one.truth for one in found}
        if len(truths) == 1 and None not in truths:
            return found[0]
        self.asked[question] = known
        return Truth(None, merged([(question,), *(one.open for one in found if one.truth is None)]))

    def _below(self, name: str) -> Reading:
        """The same reading, one step further in: what it collects it collects for both."""
        return replace(self, within=(*self.within, name))

    def _defined(self, formula: Defined, env: Mapping[str, str], wanted: bool) -> Truth:
        meant = self.unfolded(formula, env)
        if meant is None:
            return self._open(f"what {formula.name} means", None)
        there, body, inner = meant
        return there.read(body, inner, wanted)

    def unfolded(
        self, formula: Defined, env: Mapping[str, str]
    ) -> tuple[Reading, Formula, Mapping[str, str]] | None:
        """What a term means here: its body, with whom its variables stand for; None where no text says so."""
        define = self._definition(formula.name)
        if define is None:
            return None
        for position, term in enumerate(formula.terms):
            if isinstance(term, Wild):  # of whomever: of somebody
                var = Var(f"_{position}", define.vars[position].sort)
                terms = (*formula.terms[:position], var, *formula.terms[position + 1 :])
                return self, AtLeast(1, var, replace(formula, terms=terms), formula.place), env
        values = [self._value(term, env) for term in formula.terms]
        inner = {var.name: v for var, v in zip(define.vars, values, strict=True) if v is not None}
        return (
            replace(self._below(formula.name), instrument=formula.name.partition(".")[0]),
            define.body,
            inner,
        )

    def _definition(self, name: str) -> Define | None:
        owner = name.partition(".")[0]
        found = {define.text: define for define in self.program.defines if define.name == name}
        known = self.program.instruments.get(owner)
        newest = known.texts[-1].id if known is not None and known.texts else None
        return found.get(self.texts.get(owner, newest)) or found.get(None)

    # ---- counting ----

    def _at_least(self, formula: AtLeast, env: Mapping[str, str], wanted: bool) -> Truth:
        below = replace(self, inside=True)
        plain = formula.weight is None
        parts: list[Part] = []
        for value in self.candidates(formula):
            bound = {**env, formula.var.name: value}
            base, counted = below.parts(formula, bound)
            if counted.truth is False and (formula.share is None or base.truth is False):
                continue
            weight = Fraction(1) if plain else self.facts.weight(formula.weight or "", value)
            parts.append(Part(value, base, counted, weight))
        truth = reached(formula, parts)
        still = [part for part in parts if not part.sure(formula)]
        if not self.inside:
            self.counts.append(counted_by(formula, parts, truth, wanted, self.within, self.instrument, env))
        if truth is not None:
            return YES if truth else NO
        weightless = [f"{formula.weight} of {part.who}" for part in parts if part.weight is None]
        self.unsettled.update(weightless)
        return Truth(None, merged([*(opens(formula, part) for part in still), weightless]))

    def parts(self, formula: AtLeast, env: Mapping[str, str]) -> tuple[Truth, Truth]:
        """Whether one thing is in the base, and whether it counts."""
        if formula.share is None:
            counted = self.read(formula.body, env)
            return counted, counted
        first, *rest = formula.body.parts if isinstance(formula.body, And) else (Lit(True), formula.body)
        base = self.read(first, env)
        if base.truth is False:
            return base, NO
        return base, all_of([base, *(self.read(part, env) for part in rest)])

    def candidates(self, formula: AtLeast) -> Iterator[str]:
        """What the variable of a count can stand for."""
        sort = formula.var.sort
        if sort in self.program.vocabulary.values:
            yield from self.program.vocabulary.values[sort]
            return
        predicate = self.program.vocabulary.predicates.get(sort)
        if predicate is None or not predicate.individual:
            yield from dict.fromkeys(self.facts.domain(sort, self.instrument))
            return
        yield from (name for name, _ in self._individuals(sort))
        yield UNLISTED + sort

    def _individuals(self, predicate: str) -> tuple[tuple[str, Args], ...]:
        return tuple(self.facts.individuals(predicate)) if isinstance(self.facts, Individuals) else ()

    # ---- atoms ----

    def _atom(self, atom: Atom, env: Mapping[str, str]) -> Truth:
        args = tuple(self._value(term, env) for term in atom.terms)
        for term, value in zip(atom.terms, args, strict=True):
            if value is None and isinstance(term, Var):  # nothing binds it: nothing can be said
                return self._open(f"{named(atom.predicate, args)}, whose {term.name} is not said", None)
        if atom.mark is not None:
            return self._marked(atom, args, env)
        if any(arg is not None and arg.startswith(UNLISTED) for arg in args):
            return self._open(named(atom.predicate, args), None)
        truth = self.facts.atom(atom.predicate, args)
        if truth is None:
            truth = self._sort(atom.predicate, args)
        return self._open(named(atom.predicate, args), truth)

    def _sort(self, predicate: str, args: Args) -> bool | None:
        """`state(p)`, `group(p)`, `organ(p)`: what the vocabulary knows of an actor."""
        if predicate not in ("state", "group", "organ") or predicate in self.program.vocabulary.predicates:
            return None
        actor = self.program.vocabulary.actors.get(args[0] or "")
        return None if actor is None else actor.sort == predicate.capitalize()

    def _marked(self, atom: Atom, args: Args, env: Mapping[str, str]) -> Truth:
        assert atom.mark is not None
        individual = self._value(atom.mark, env)
        listed = self._individuals(atom.predicate)
        if individual is None:  # nothing says which: some
            each = [self._is_one(atom.predicate, name, args) for name, _ in listed]
            each.append(self._is_one(atom.predicate, UNLISTED + atom.predicate, args))
            return opposite(all_of([opposite(one) for one in each]))
        return self._is_one(atom.predicate, individual, args)

    def _is_one(self, predicate: str, individual: str, args: Args) -> Truth:
        """Whether the individual is one of these, with these in its roles."""
        listed = self._individuals(predicate)
        if individual == UNLISTED + predicate:
            if any(_fits(its, args) is True for _, its in listed):
                return NO
            return self._open(f"{UNLISTED}{named(predicate, args)}", self.facts.atom(predicate, args))
        its = next((its for name, its in listed if name == individual), None)
        if its is None:
            return NO
        return self._open(f"{individual} is {named(predicate, args)}", _fits(its, args))

    def _speech(self, speech: Speech, env: Mapping[str, str]) -> Truth:
        speaker = self._value(speech.speaker, env)
        args = tuple(self._value(term, env) for term in speech.content.terms)
        name = f"{speaker or '_'} {speech.verb} that {named(speech.content.predicate, args)}"
        if speaker is None or not isinstance(self.facts, Sayings):
            return self._open(name, None)
        return self._open(name, self.facts.said(speech.verb, speaker, speech.content.predicate, args))

    def _earlier(self, first: Term, second: Term, env: Mapping[str, str]) -> Truth:
        one, two = self._value(first, env), self._value(second, env)
        if one is not None and one == two:
            return NO
        known = None
        if one is not None and two is not None and isinstance(self.facts, Times):
            known = self.facts.earlier(one, two)
        return self._open(f"{one or '_'} before {two or '_'}", known)


def _fits(its: Args, wanted: Args) -> bool | None:
    """Whether an individual has these in its roles; open where one of its own is not known."""
    found: bool | None = True
    for has, want in zip(its, wanted, strict=True):
        if want is None or has == want:
            continue
        if has is not None:
            return False
        found = None
    return found
