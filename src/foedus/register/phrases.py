"""What a norm waits for, in the words of its page: one clause for each part of its condition.

The glosses of words and terms are filled in; `{who}` stands for the bearer and `{whom}` for whom it serves,
other variables for what they range over. It is said short, for a table: the page says it whole.

>>> from foedus.ir.formula import Atom, Var, Wild
>>> from foedus.ir.vocabulary import Vocabulary
>>> from foedus.terms.fact import Predicate, Role
>>> roles = (Role("author", "Actor"), Role("victim", "State"))
>>> force = Predicate("force", "incident", roles, "{author} used force against {victim}")
>>> v, program = Var("v", "State"), Program(Vocabulary({"force": force}))
>>> Phrases(program, {"v": "{whom}"}).clauses(Atom("force", (Wild(), v), Var("a", "force")))
('somebody used force against {whom}',)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from foedus.ir import formula as f
from foedus.ir.norm import Define, Program
from foedus.terms.states import STATES, with_article

SOME = {
    "State": "a state", "Actor": "somebody", "Group": "a group", "Organ": "an organ", "party": "a party",
    "Incident": "it", "Act": "it", "Individual": "it", "Thing": "something",
}  # fmt: skip
"""What a variable is called of which the clause says nothing more than its sort."""


@dataclass(frozen=True)
class Phrases:
    """Reads formulas aloud; `named` says what some variables are called."""

    program: Program
    named: Mapping[str, str] = field(default_factory=dict[str, str])

    def clauses(self, formula: f.Formula) -> tuple[str, ...]:
        """The parts of a condition, each in words; nothing of `always`."""
        said = [self.clause(part) for part in joined(formula)]
        return tuple(dict.fromkeys(s for s in said if s))

    def clause(self, formula: f.Formula) -> str:
        """One part, in words; empty where it says nothing (that somebody is a party, *always*)."""
        match formula:
            case f.Lit(value):
                return "" if value else "never"
            case f.And(parts):
                said = dict.fromkeys(self.clause(part) for one in parts for part in joined(one))
                return ", and ".join(filter(None, said))
            case f.Or((f.Not(f.Same(f.Var(), f.Const() as one)), *rest)):  # a reservation of one party
                return f"for {self.term(one)}, only if {self.clause(f.Or(tuple(rest)))}"
            case f.Or(parts):
                alike = self._alike(parts)
                said = dict.fromkeys(alike or map(self.clause, parts))
                return _either(list(filter(None, said)))
            case f.Not(body):
                return self._not(body)
            case f.AtLeast(k, var, body):
                if formula.some:
                    return self.clause(body)
                many = f"{'more than' if formula.strict else 'at least'} {formula.share or k}"
                if formula.weight is not None:
                    many += f" by {formula.weight.partition('.')[2]}"
                return f"for {many} of them: {Phrases(self.program, {**self.named, var.name: 'it'}).clause(body)}"
            case f.Choose(question, answers):
                return self._choice(question, answers)
            case f.Same(left, right):
                return f"{self.term(left)} is {self.term(right)}"
            case f.Earlier(first, second):
                return f"{self.term(first)} came before {self.term(second)}"
            case f.Unread(text):
                return f"a clause that was not read: “{text}”"
            case f.Speech():
                said = self.filled(formula.content.predicate, formula.content.terms)
                return f"{self.term(formula.speaker)} {formula.verb} that {said}"
            case f.Defined(name, terms):
                return self._term(name, terms)
            case f.Atom(predicate, terms):
                return "" if predicate == "party" else self.filled(predicate, terms)

    def _not(self, body: f.Formula) -> str:
        if isinstance(body, f.Same):
            return f"{self.term(body.left)} is not {self.term(body.right)}"
        if isinstance(body, f.Atom) and self._is_author(body):
            return ""  # whoever is an author of it bears nothing: so it is with each *other* party
        said = self.clause(body)
        return f"not: {said}" if said else ""

    def _is_author(self, atom: f.Atom) -> bool:
        predicate = self.program.vocabulary.predicates.get(atom.predicate)
        return predicate is not None and any(
            role.name == "author" and not isinstance(term, f.Wild) and self.term(term) == "{who}"
            for role, term in zip(predicate.roles, atom.terms, strict=False)
        )

    def _alike(self, parts: tuple[f.Formula, ...]) -> tuple[str, ...]:
        """Alternatives that differ in one named value, said as one."""
        atoms = [part for part in parts if isinstance(part, f.Atom)]
        if len(atoms) < len(parts) or len({(a.predicate, len(a.terms), a.mark) for a in atoms}) > 1:
            return ()
        differing = [
            n for n, terms in enumerate(zip(*(a.terms for a in atoms), strict=True)) if len(set(terms)) > 1
        ]
        if len(differing) != 1:
            return ()
        (n,) = differing
        values = [self.term(a.terms[n]) for a in atoms]
        several = f.Const(f"{', '.join(values[:-1])} or {values[-1]}")
        first = atoms[0]
        return (self.filled(first.predicate, (*first.terms[:n], several, *first.terms[n + 1 :])),)

    def _choice(self, question: str, answers: tuple[tuple[str, f.Formula], ...]) -> str:
        said = dict.fromkeys(filter(None, (self.clause(body) for _, body in answers)))
        if len(said) == 1:
            return next(iter(said))
        names = " | ".join(f"“{name}”" for name, _ in answers)
        shared = _shared([self.clause(body) for _, body in answers])
        return f"{shared or question.partition('.')[2].replace('_', ' ')} (readings: {names})"

    def _term(self, name: str, terms: tuple[f.Term, ...]) -> str:
        found = [d for d in self.program.defines if d.name == name]
        gloss = next((d.gloss for d in found if d.gloss), "")
        if not gloss:
            return name.partition(".")[2].replace("_", " ")
        first: Define = found[0]
        return _fill(gloss, {v.name: self.term(t) for v, t in zip(first.vars, terms, strict=False)})

    def filled(self, name: str, terms: tuple[f.Term, ...]) -> str:
        """A word of the vocabulary with its blanks filled in."""
        if name in ("state", "group", "organ"):
            return f"{self.term(terms[0])} is {SOME[name.capitalize()]}"
        predicate = self.program.vocabulary.predicates.get(name)
        if predicate is None or not predicate.gloss:
            return name.replace("_", " ")
        blanks: dict[str, str] = {}
        for role, term in zip(predicate.roles, terms, strict=False):
            wild = isinstance(term, f.Wild)
            blanks[role.name] = SOME.get(role.sort, _one(role.sort)) if wild else self.term(term)
        return _fill(predicate.gloss, blanks)

    def term(self, term: f.Term) -> str:
        """What a term is called."""
        match term:
            case f.Const(name):
                actor = self.program.vocabulary.actors.get(name)
                if actor is not None:
                    return actor.name
                return str(with_article(name)) if name in STATES else name.replace("_", " ")
            case f.Var(name, sort):
                return self.named.get(name) or SOME.get(sort, "it")
            case f.Wild():
                return "somebody"


def joined(formula: f.Formula) -> list[f.Formula]:
    """The parts that are joined by *and*, at whatever depth."""
    if isinstance(formula, f.AtLeast) and formula.some:
        return joined(formula.body)
    if isinstance(formula, f.And):
        return [inner for part in formula.parts for inner in joined(part)]
    return [formula]


def calls(
    program: Program, formula: f.Formula, blanks: Mapping[str, str]
) -> tuple[dict[str, str], tuple[f.Formula, ...]]:
    """What a condition's own variables are called, other than the `blanks`, and the parts that say no more than
    that: a state other than Bor, the request. A happening goes by the word that brought it in."""
    kinds: dict[str, str] = {}
    others: dict[str, list[str]] = {}
    named: dict[str, str] = {}
    spent: list[f.Formula] = []
    sorts: dict[str, str] = {}
    plain = Phrases(program)
    for part in joined(formula):
        match part:
            case f.Atom("state" | "group" | "organ" as kind, (f.Var(name, _),)) if name not in blanks:
                kinds[name] = SOME[kind.capitalize()]
                spent.append(part)
            case f.Not(f.Same(f.Var(name, sort), f.Const() as other)) if name not in blanks:
                others.setdefault(name, []).append(plain.term(other))
                sorts[name] = sort
                spent.append(part)
            case f.Not(f.Same(f.Var(), f.Var())):
                spent.append(part)
            case f.Atom(predicate, _, f.Var(name, _)):
                noun = _noun(program, predicate)
                named |= {name: f"the {noun}"} if noun else {}
            case _:
                pass
    for name in dict.fromkeys((*kinds, *others)):
        kind = kinds.get(name) or SOME.get(sorts.get(name, ""), "somebody")
        but = " or ".join(others.get(name, ()))
        named[name] = f"{kind} other than {but}" if but else kind
    return named, tuple(spent)


ACTS = {
    "request": "request", "vote": "vote", "measure": "measure", "announced": "announcement", "helped": "help",
    "notified": "notice", "deployed": "deployment", "withdrawn": "withdrawal", "offered": "offer",
}  # fmt: skip
"""Acts whose word is no noun, or might be none: others of a page's own are *it*."""


def _noun(program: Program, predicate: str) -> str:
    found = program.vocabulary.predicates.get(predicate)
    if found is not None and found.kind == "incident":
        return predicate.replace("_", " ")
    return ACTS.get(predicate, "")


def _fill(gloss: str, blanks: Mapping[str, str]) -> str:
    for role, said in blanks.items():
        gloss = gloss.replace(f"{{{role}}}", said.replace("{", "\x01").replace("}", "\x02"))
    return gloss.replace("\x01", "{").replace("\x02", "}")


def _one(sort: str) -> str:
    """`a measure`, `an area`: whichever of a sort of values."""
    return f"{'an' if sort[:1] in 'AEIOU' else 'a'} {sort.lower()}"


def _either(said: list[str]) -> str:
    return f"either {', or '.join(said)}" if len(said) > 1 else "".join(said)


def _shared(said: list[str]) -> str:
    """What all readings begin with."""
    if not all(said):
        return ""
    parts = [s.split(", and ") for s in said]
    kept: list[str] = []
    for column in zip(*parts, strict=False):
        if len(set(column)) > 1:
            break
        kept.append(column[0])
    return ", and ".join(kept)
