"""From a condition with variables to a tree of grounds over a circuit.

`Grounding.ground(formula, …)` settles every variable over the individuals, states and values of a
`Situation`. The result is a tree that `explain` reads aloud; each branch carries the literal that
the exact engine reasons on. What is closed, presumed or over is a constant with its basis beside it.

Meaning of time: an incident counts from its first day, an act from its day; see `Norms` for what
ends a duty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction

from foedus.diagnostics.span import Place
from foedus.engines.contract import Circuit, Lit
from foedus.engines.count import Weighed, share, weigh
from foedus.engines.likely import among
from foedus.engines.reason import MISMATCH, Ground, TooManyGrounds
from foedus.engines.situation import Situation, answer_var, canonical
from foedus.engines.texts import text_in_force
from foedus.ir import formula as f
from foedus.ir.check import below, joined
from foedus.ir.norm import DecisionRule, Define
from foedus.terms.time import EDate
from foedus.words.speech import phrase

Env = Mapping[str, str]
SAID = "said"
"""The act by which a record closes speech: `complete for said(by: ARV)`, Arvia said nothing that is not listed."""
BUDGET = 400_000
"""How many grounds one assessment may make before it is refused as too large."""


@dataclass
class Grounding:
    """Grounds formulas of one instrument's text in a situation.

    `upto` replaces the situation's day (for the state of things on an earlier day);
    `only_before` keeps, of the listed incidents and acts, those that ended before that day, and
    nothing unlisted: what had been completed before a text came into force.
    """

    at: Situation
    instrument: str
    text: str | None
    upto: date
    only_before: date | None = None
    after: tuple[str, ...] = ()  # what an ending on the very day must not precede (norms.py)
    brief: bool = False  # whether to stop at the first part that certainly fails, leaving the rest unsaid
    defines: Mapping[str, Define] = field(default_factory=dict[str, Define])
    made: list[int] = field(default_factory=lambda: [0])
    grounded: dict[tuple[object, ...], Ground] = field(default_factory=dict[tuple[object, ...], Ground])

    @property
    def circuit(self) -> Circuit:
        return self.at.circuit

    def ground(self, formula: f.Formula, env: Env) -> Ground:
        """The grounds of a formula under a binding of its free variables."""
        self.made[0] += 1
        if self.made[0] > BUDGET:
            raise TooManyGrounds(self.instrument)
        match formula:
            case f.Lit(value, place):
                return Ground("constant", Circuit.TRUE if value else Circuit.FALSE, place=place)
            case f.And(parts, place):
                return self._all(parts, env, place)
            case f.Or(parts, place):
                children = tuple(self.ground(part, env) for part in parts)
                return Ground(
                    "or", self.circuit.disj(*(c.lit for c in children)), children=children, place=place
                )
            case f.Not(body, place):
                child = self.ground(body, env)
                return Ground("not", -child.lit, children=(child,), place=place)
            case f.AtLeast():
                return self._at_least(formula, env)
            case f.Choose(question, answers, place):
                children = tuple(self._answer(question, name, body, env) for name, body in answers)
                self.circuit.group(question, self._answers(question, [name for name, _ in answers]))
                lit = self.circuit.disj(*(c.lit for c in children))
                return Ground("choose", lit, question, children=children, place=place)
            case f.Same(left, right, place):
                a, b = self._value(left, env), self._value(right, env)
                return Ground("same", self.at.is_same(a, b), args=(a, b), place=place)
            case f.Earlier(first, second, place):
                a, b = self._value(first, env), self._value(second, env)
                return Ground("order", self.at.earlier(a, b), args=(a, b), place=place)
            case f.Defined():
                return self._defined(formula, env)
            case f.Unread(text, place):
                return Ground("unread", self.circuit.var(f"unread: {text}"), text, place=place)
            case f.Speech():
                return self._speech(formula, env)
            case f.Atom():
                return self._atom(formula, env)

    # ---- connectives ----

    def _all(self, parts: tuple[f.Formula, ...], env: Env, place: Place) -> Ground:
        """Cheap and settling parts first would be quicker; the page's order reads better, so the
        order stays, and grounding stops only at a plain mismatch of roles."""
        children: list[Ground] = []
        for part in parts:
            child = self.ground(part, env)
            if child is MISMATCH:
                return MISMATCH
            children.append(child)
            if self.brief and child.lit == Circuit.FALSE:
                break
        return Ground(
            "and", self.circuit.conj(*(c.lit for c in children)), children=tuple(children), place=place
        )

    def _answers(self, question: str, names: Iterable[str]) -> list[str]:
        declared = self.at.program.questions.get(question)
        answers = [a.name for a in declared.answers] if declared else list(names)
        return [answer_var(question, name) for name in answers]

    def _answer(self, question: str, name: str, body: f.Formula, env: Env) -> Ground:
        child = self.ground(body, env)
        lit = self.circuit.conj(self.circuit.var(answer_var(question, name)), child.lit)
        return Ground("answer", lit, question, (name,), (child,), place=child.place)

    def _defined(self, formula: f.Defined, env: Env) -> Ground:
        define = self.definition(formula.name)
        for position, term in enumerate(formula.terms):
            if isinstance(term, f.Wild):  # of whomever: of somebody
                var = f.Var(f"_{position}", define.vars[position].sort)
                terms = (*formula.terms[:position], var, *formula.terms[position + 1 :])
                return self.ground(f.Some(var, replace(formula, terms=terms), formula.place), env)
        values = tuple(self._value(term, env) for term in formula.terms)
        inner = dict(zip((var.name for var in define.vars), values, strict=True))
        owner = formula.name.split(".", 1)[0]
        body = self
        if owner != self.instrument and owner in self.at.program.instruments:
            body = replace(self, instrument=owner, text=text_in_force(self.at, owner, self.upto))
        child = body._once(define.body, inner)
        if child is MISMATCH:
            return MISMATCH
        return Ground("defined", child.lit, formula.name, values, (child,), place=formula.place)

    def _once(self, body: f.Formula, env: Env) -> Ground:
        """What a term or a rule means of the same values, grounded once: conditions ask for it again and again."""
        key = (
            id(body), *env.values(), self.instrument, self.text, self.upto, self.only_before, self.after, self.brief,
        )  # fmt: skip
        found = self.grounded.get(key)
        if found is None:
            found = self.grounded[key] = self.ground(body, env)
        return found

    def definition(self, name: str) -> Define:
        owner = name.split(".", 1)[0]
        text = self.text if owner == self.instrument else text_in_force(self.at, owner, self.upto)
        found = self.defines.get(f"{name}@{text}") or self.defines.get(f"{name}@None")
        if found is None:
            raise LookupError(f"{name} has no meaning in the text {text}")
        return found

    # ---- quantifiers ----

    def _at_least(self, formula: f.AtLeast, env: Env) -> Ground:
        if formula.some:
            chain: list[f.Var] = [formula.var]
            body = formula.body
            while isinstance(body, f.AtLeast) and body.some:
                chain.append(body.var)
                body = body.body
            children = tuple(self.instances(chain, body, env, lambda bound: self.ground(body, bound)))
            lit = self.circuit.disj(*(child.lit for child in children))
            return Ground(
                "some", lit, args=tuple(v.name for v in chain), children=children, place=formula.place
            )
        if formula.share is not None or formula.weight is not None:
            return self._part(formula, env)
        values = self._candidates(formula.var, formula.body, env)
        instances = [self._instance([formula.var], (value,), formula.body, env) for value in values]
        kept = tuple(child for child in instances if child is not MISMATCH)
        lit = self.circuit.atleast(formula.k, self._distinct(values, instances))
        return Ground("at least", lit, str(formula.k), children=kept, place=formula.place)

    def _part(self, formula: f.AtLeast, env: Env) -> Ground:
        """At least (or more than) a part of a base, or a number or a part by weight."""
        base, body = f.Lit(True), formula.body
        if isinstance(body, f.And) and formula.share is not None:
            base, body = body.parts[0], f.And(body.parts[1:], body.place)
        values = self._candidates(formula.var, base if formula.share is not None else body, env)
        bases = {v: self.ground(base, {**env, formula.var.name: v}) for v in values}
        among = [v for v in values if bases[v].lit != Circuit.FALSE]
        instances = [self._instance([formula.var], (v,), body, env) for v in among]
        pairs = [(bases[v].lit, i.lit) for v, i in zip(among, instances, strict=True)]
        based = (self._based(bases[v], i) for v, i in zip(among, instances, strict=True))
        kept = tuple(child for child in based if child is not MISMATCH)
        words = f"{'more than ' if formula.strict else ''}{formula.share or formula.k}"
        if formula.weight is None:
            assert formula.share is not None
            lit = share(self.circuit, pairs, formula.share, formula.strict)
            return Ground("at least", lit, words, children=kept, place=formula.place)
        weighting = self.at.program.weightings.get(formula.weight)
        weights = [weighting.values.get(v) if weighting is not None else None for v in among]
        unsaid = [v for v, weight in zip(among, weights, strict=True) if weight is None]
        clause = phrase(
            "line {line}: the weight of {states} by {weighting}, of which {number} is asked", line=formula.place.line,
            states=", ".join(unsaid), weighting=formula.weight, number=", ".join((words, *env.values())),
        )  # fmt: skip
        unknown = self.circuit.var(f"unread: {clause}") if unsaid else Circuit.FALSE
        need = formula.share if formula.share is not None else Fraction(formula.k)
        those = [Weighed(*pair, weight) for pair, weight in zip(pairs, weights, strict=True)]
        lit = weigh(self.circuit, those, need, formula.share is not None, formula.strict, unknown)
        if unsaid and unknown in self.circuit.below(lit):
            kept = (Ground("unread", unknown, clause, place=formula.place), *kept)
        return Ground("at least", lit, words, (formula.weight,), kept, place=formula.place)

    def _based(self, base: Ground, counted: Ground) -> Ground:
        """Of one, that he is of the base and counted; the first is not said where there is no doubt of it."""
        if base.lit == Circuit.TRUE:
            return counted
        return Ground("and", self.circuit.conj(base.lit, counted.lit), children=(base, counted))

    def _distinct(self, values: tuple[str, ...], instances: list[Ground]) -> list[Lit]:
        """Count things, not names: of two names that may be one thing, the later counts only
        where it is not the earlier."""
        lits: list[Lit] = []
        for n, (value, instance) in enumerate(zip(values, instances, strict=True)):
            same = [self.circuit.conj(self.at.is_same(value, values[m]), instances[m].lit) for m in range(n)]
            lits.append(self.circuit.conj(instance.lit, -self.circuit.disj(*same)))
        return lits

    def _names_individuals(self, sort: str) -> bool:
        return sort in ("Incident", "Act", "Individual") or sort in self.at.predicates

    def instances(
        self, chain: Iterable[f.Var], body: f.Formula, env: Env, leaf: Callable[[Env], Ground]
    ) -> Iterator[Ground]:
        """One ground for every way to bind the variables; `leaf` grounds what is bound, `body` is
        looked through for the values worth trying."""
        # Individuals first: their roles then say who the other variables can be.
        ordered = sorted(chain, key=lambda var: not self._names_individuals(var.sort))
        yield from self._bind(ordered, body, env, leaf)

    def _bind(
        self, chain: list[f.Var], body: f.Formula, env: Env, leaf: Callable[[Env], Ground]
    ) -> Iterator[Ground]:
        if not chain:
            child = leaf(env)
            if child is not MISMATCH:
                yield child
            return
        var, *rest = chain
        for value in self._candidates(var, body, env):
            for child in self._bind(rest, body, {**env, var.name: value}, leaf):
                yield Ground("instance", child.lit, var.name, (value,), (child,))

    def _instance(self, chain: list[f.Var], values: tuple[str, ...], body: f.Formula, env: Env) -> Ground:
        child = self.ground(body, {**env, **dict(zip((v.name for v in chain), values, strict=True))})
        return child if child is MISMATCH else Ground("instance", child.lit, chain[0].name, values, (child,))

    def _candidates(self, var: f.Var, body: f.Formula, env: Env) -> tuple[str, ...]:
        """The values worth trying: those an individual already bound has in the variable's role."""
        if self.brief and self._names_individuals(var.sort):
            possible = among(self, var.name, body, env)
            if possible is not None:
                return tuple(v for v in self.at.domain(var.sort, self.instrument) if v in possible)
        for part in joined(body):
            if (
                isinstance(part, f.Atom)
                and part.mark is None
                and (found := self._fitting(part, var, env)) is not None
            ):
                return found
            if isinstance(part, f.Atom) and isinstance(part.mark, f.Var) and part.mark.name in env:
                individual = env[part.mark.name]
                if self.at.predicate_of.get(individual) != part.predicate:
                    return ()
                for position, term in enumerate(part.terms):
                    if term == var:
                        values = self.at.role_values(individual, position)
                        if values is not None:
                            return values
        return self.at.domain(var.sort, self.instrument)

    def _fitting(self, atom: f.Atom, var: f.Var, env: Env) -> tuple[str, ...] | None:
        """The only values with which a role or status can be so: parties, or what a closed record lists of it;
        None where others may fit."""
        if atom.terms.count(var) != 1:
            return None
        position = atom.terms.index(var)
        if atom.predicate == "party":
            instrument = atom.terms[-1]
            if position or not isinstance(instrument, f.Const):
                return None
            return (
                self.at.domain("party", instrument.name)
                if instrument.name in self.at.program.instruments
                else None
            )
        predicate = self.at.predicates.get(atom.predicate)
        if predicate is None or predicate.kind not in ("role", "status"):
            return None
        args = tuple(
            term.name
            if isinstance(term, f.Const)
            else env.get(term.name)
            if isinstance(term, f.Var)
            else None
            for term in atom.terms
        )
        if self.at.closed(atom.predicate, args, self._when(predicate.kind)) is None:
            return None
        values = (fact.args[position] for fact in self.at.record.facts if fact.predicate == atom.predicate)
        found = tuple(dict.fromkeys(value for value in values if isinstance(value, str)))
        return found or self.at.domain(var.sort, self.instrument)[:1]  # one, to say why it fails

    # ---- atoms ----

    def _value(self, term: f.Term, env: Env) -> str:
        match term:
            case f.Const(name):
                return name
            case f.Var(name, _):
                return env[name]
            case f.Wild():
                raise ValueError("whoever has no name")

    def _atom(self, atom: f.Atom, env: Env) -> Ground:
        if atom.predicate == "party":
            actor, instrument = (self._value(term, env) for term in atom.terms)
            lit = self.at.is_party(actor, instrument, self.upto)
            return Ground("party", lit, instrument, (actor,), place=atom.place)
        if atom.predicate not in self.at.predicates and len(atom.terms) == 2:  # another role of parties
            actor, instrument = (self._value(term, env) for term in atom.terms)
            lit = self.at.is_party(actor, instrument, self.upto, atom.predicate)
            return Ground("party", lit, instrument, (actor, atom.predicate), place=atom.place)
        declared = self.at.program.vocabulary.predicates  # a record may say of somebody that he is a state
        if atom.predicate in ("state", "group", "organ") and atom.predicate not in declared:
            return self._sort(atom, env)
        if self.at.predicates[atom.predicate].individual:
            return self._individual(atom, env)
        return self._plain(atom, env)

    def _sort(self, atom: f.Atom, env: Env) -> Ground:
        name = self._value(atom.terms[0], env)
        sort = self.at.sort_of(name)
        wanted = atom.predicate.capitalize()
        if sort in ("State", "Group", "Organ"):
            return Ground(
                "sort", Circuit.TRUE if sort == wanted else Circuit.FALSE, wanted, (name,), place=atom.place
            )
        return self._open(atom.predicate, (name,), "role", atom.place)

    def _plain(self, atom: f.Atom, env: Env) -> Ground:
        """A role, status or judgement. Whoever: some value of the role."""
        predicate = self.at.predicates[atom.predicate]
        for position, term in enumerate(atom.terms):
            if isinstance(term, f.Wild):
                var = f.Var(f"_{position}", predicate.roles[position].sort)
                terms = (*atom.terms[:position], var, *atom.terms[position + 1 :])
                return self.ground(f.Some(var, replace(atom, terms=terms), atom.place), env)
        args = tuple(self._value(term, env) for term in atom.terms)
        if atom.predicate == "regular":
            rule = self._rule_for(args[0])
            if rule is not None:
                return self._by_rule(rule, args[0], atom.place)
        return self._open(atom.predicate, args, predicate.kind, atom.place)

    def _rule_for(self, motion: str) -> DecisionRule | None:
        """The rule by which a decision is tested, if the record has ballots on it. Without ballots
        nobody's silence is counted: whether it was regular is one open judgement."""
        fact = self.at.facts.get(motion)
        if fact is None:
            return None
        voted = min(fact.on.first, self.upto) if fact.on is not None else self.upto
        for rule in self.at.program.rules:
            owner = rule.id.partition(".")[0]
            applies = rule.text in (None, text_in_force(self.at, owner, voted))
            counts = rule.passes is not None and self._has_ballots(rule.passes, motion)
            if applies and rule.organ in fact.args and counts:
                return rule
        return None

    def _has_ballots(self, passes: f.Formula, motion: str) -> bool:
        words: set[str] = set()
        terms: set[str] = set()
        looked = [passes]
        for formula in looked:  # which grows by what it refers to
            words |= {part.predicate for part in below(formula) if isinstance(part, f.Atom)}
            wanted = {part.name for part in below(formula) if isinstance(part, f.Defined)} - terms
            terms |= wanted
            looked += [define.body for define in self.at.program.defines if define.name in wanted]
        return any(fact.predicate in words and motion in fact.args for fact in self.at.record.facts)

    def _by_rule(self, rule: DecisionRule, motion: str, place: Place) -> Ground:
        owner = rule.id.partition(".")[0]
        inside = replace(self, instrument=owner, text=text_in_force(self.at, owner, self.upto))
        assert rule.passes is not None  # as `_rule_for` has seen to
        child = inside._once(rule.passes, {rule.motion.name: motion})
        return Ground("rule", child.lit, rule.id, (motion,), (child,), place=place)

    def _open(self, predicate: str, args: tuple[str, ...], kind: str, place: Place) -> Ground:
        for fact in self.at.record.facts:
            if fact.predicate == predicate and fact.args == args:
                if (
                    kind == "status"
                    and fact.on is not None
                    and not (fact.on.first <= self.upto <= fact.on.last)
                ):
                    continue
                word = self.at.words.get(fact.id)
                if kind == "judgement" or fact.id in self.at.supposed or word not in ("unknown", "denied"):
                    return Ground(kind, self.circuit.var(fact.id), fact.id, args, place=place)
                basis = self.at.closed(predicate, args, self._when(kind))
                lit = Circuit.FALSE if basis else self.circuit.var(fact.id)
                return Ground(kind, lit, fact.id, args, basis=basis, place=place)
        name = canonical(predicate, args)
        basis = self.at.closed(predicate, args, self._when(kind)) if kind != "judgement" else None
        lit = Circuit.FALSE if basis else self.circuit.var(name)
        return Ground(kind, lit, name, args, basis=basis, place=place)

    def _when(self, kind: str) -> EDate | None:
        """The time of which something is asked: a status on the day, a role at any time."""
        return EDate.of(self.upto) if kind == "status" else None

    def _individual(self, atom: f.Atom, env: Env) -> Ground:
        if atom.mark is None:
            var = f.Var(f"·{atom.predicate}", atom.predicate)
            return self.ground(f.Some(var, replace(atom, mark=var), atom.place), env)
        individual = self._value(atom.mark, env)
        if self.at.predicate_of.get(individual) != atom.predicate:
            return MISMATCH
        wanted = tuple(None if isinstance(t, f.Wild) else self._value(t, env) for t in atom.terms)
        fact = self.at.facts.get(individual)
        if fact is None:
            return self._unlisted(atom, individual, wanted)
        roles: list[Lit] = []
        for position, value in enumerate(wanted):
            if value is not None:
                role = self.at.role_is(individual, position, value)
                if role == Circuit.FALSE:
                    return MISMATCH
                roles.append(role)
        if self.only_before is not None and fact.on is not None and fact.on.last >= self.only_before:
            return MISMATCH
        lit = self.circuit.conj(*roles, self._begun(individual), self.circuit.var(individual))
        args = tuple(value or "_" for value in wanted)
        return Ground("fact", lit, individual, args, place=atom.place)

    def _begun(self, individual: str) -> Lit:
        """Whether it had come about; what ends a duty on the very day counts unless everything
        that made the duty came before it, for then the duty was owed on that day."""
        by_now = self.at.begun(individual, self.upto)
        if not self.after:
            return by_now
        by_eve = self.at.begun(individual, self.upto - timedelta(1))
        if by_eve == by_now:
            return by_now
        owed_before = self.circuit.conj(*(self.at.earlier(m, individual) for m in self.after))
        return self.circuit.disj(by_eve, self.circuit.conj(by_now, -owed_before))

    def _unlisted(self, atom: f.Atom, individual: str, wanted: tuple[str | None, ...]) -> Ground:
        if self.only_before is not None:
            return MISMATCH
        basis = self.at.closed(atom.predicate, wanted, self.at.span)
        reopened = self.at.reopened(atom.predicate) if basis else Circuit.TRUE
        lit = Circuit.FALSE
        if reopened != Circuit.FALSE:
            lit = self.circuit.conj(reopened, self.at.unlisted_so(individual, wanted))
        args = tuple(value or "_" for value in wanted)
        return Ground("unlisted", lit, individual, args, basis=basis, place=atom.place)

    def _speech(self, speech: f.Speech, env: Env) -> Ground:
        speaker = self._value(speech.speaker, env)
        wanted = [None if isinstance(t, f.Wild) else self._value(t, env) for t in speech.content.terms]
        content = canonical(speech.content.predicate, wanted)
        for fact_id in self.at.spoken(speech.verb, speaker):
            fact = self.at.facts[fact_id]
            if fact.predicate == speech.content.predicate and all(
                value is None or value == arg or (isinstance(arg, tuple) and value in arg)
                for value, arg in zip(wanted, fact.args, strict=True)
            ):
                return Ground(
                    "speech", Circuit.TRUE, fact_id, (speaker, speech.verb, content), place=speech.place
                )
        name = f"{speaker} {speech.verb} that {content}"
        basis = self.at.closed(SAID, (speaker,), self.at.span)
        unsaid = basis is not None or self.only_before is not None
        lit = Circuit.FALSE if unsaid else self.circuit.var(name)
        return Ground("speech", lit, name, (speaker, speech.verb, content), basis=basis, place=speech.place)
