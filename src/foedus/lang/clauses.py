"""From a written formula to a circuit of atoms.

`Clauses` reads the formulas of one instrument under one text. Variables are those of `scope`; binders
are set by `bind`. `no F` is *not (there is … F)*; `every` is *not (there is … not F)*; `party` as a sort
is a state with the condition of being a party of this instrument; `[a | b]` is an `or` of atoms;
`decided(O)` is *there is an announcement by O that was regular*.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product

from foedus.diagnostics.problem import Note
from foedus.diagnostics.span import Place
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
    Said,
    Same,
    Some,
    Speech,
    Term,
    Unread,
    Var,
    Wild,
)  # fmt: skip
from foedus.ir.norm import Answer, Holder, Question
from foedus.lang import tree
from foedus.lang.bind import bind
from foedus.lang.fit import Fitted, Slot, place_of_term
from foedus.lang.scope import Scopes, Use, parts_of
from foedus.lang.slips import Slips
from foedus.lang.words import Home, Words, is_code

MOST_ATOMS = 64
"""`[a | b]` in several places multiplies; more atoms than this from one are refused."""

Env = Mapping[str, Var]
LOST: Formula = Lit(True)
"""Stands where a problem was noted; the program is not used then."""
MEMBER = "member"
"""A word inside rules: one of their `members`, and not left out. `to_rule` puts in its place what it means."""


@dataclass(slots=True)
class Clauses:
    """`reading` is the question that inline readings of the formula at hand become; `members` says whether it is
    one of a rule, in which a `member` is spoken of."""

    scopes: Scopes
    home: Home
    reading: str = ""
    title: str = ""
    members: bool = False
    asked: dict[str, Question] = field(default_factory=dict[str, Question])

    @property
    def words(self) -> Words:
        """Everything declared."""
        return self.scopes.words

    @property
    def slips(self) -> Slips:
        """Where problems are noted."""
        return self.scopes.words.slips

    def closed(
        self, formula: tree.Formula, env: Env, head: Mapping[str, Use]
    ) -> tuple[Formula, dict[str, Var]]:
        """A formula with its own variables bound; `head` names stay free and are given back."""
        opened = self.scopes.open([formula], env, head)
        body = self.formula(formula, {**env, **opened})
        return bind((v for n, v in opened.items() if n not in head), body), {
            n: opened[n] for n in head if n in opened
        }

    def formula(self, formula: tree.Formula, env: Env) -> Formula:
        """The formula over the variables of `env`, which `bind` has still to bind."""
        place = formula.place
        match formula:
            case tree.AtomF():
                return self.atom(formula, env)
            case tree.SpeechF():
                return self._speech(formula, env)
            case tree.NotF(body):
                return Not(self.formula(body, env), place)
            case tree.NoF(body):
                return Not(self.closed(body, env, {})[0], place)
            case tree.AndF(parts):
                return And(tuple(self.formula(part, env) for part in parts), place)
            case tree.OrF(parts):
                return Or(tuple(self.formula(part, env) for part in parts), place)
            case tree.QuantF():
                return self._quantified(formula, env)
            case tree.IsF(left, right, negated):
                same = Same(self._plain(left, env), self._plain(right, env), place)
                return Not(same, place) if negated else same
            case tree.BeforeF(first, second):
                return Earlier(self._plain(first, env), self._plain(second, env), place)
            case tree.LitF(value):
                return Lit(value, place)
            case tree.UnreadF(text):
                return Unread(text, place)
            case tree.ReadingF():
                return self._readings(formula, env)
            case tree.ByF():
                return self._by(formula, env)

    # ---- atoms ----

    def atom(self, atom: tree.AtomF, env: Env) -> Formula:
        """An atom, a term, or `decided(O)`; an `or` of them if it lists alternatives."""
        fitted = self.scopes.fit(atom)
        if fitted is None:
            return LOST
        mark = self._mark(atom, fitted, env)
        made: list[Formula] = []
        for terms in self._rows(fitted, env, atom.place):
            if fitted.kind == "term":
                made.append(Defined(fitted.name, terms, atom.place))
            elif fitted.kind == "decided":
                made.append(self._decided(terms[0], atom, env))
            else:
                made.append(Atom(fitted.name, terms, mark, atom.place))
        return made[0] if len(made) == 1 else Or(tuple(made), atom.place)

    def act(self, atom: tree.AtomF, env: Env) -> Atom | None:
        """The act of `performed by` and `breached by`: one atom; names that no clause knows are whoever."""
        fitted = self.scopes.fit(atom)
        if fitted is None:
            return None
        if fitted.predicate is None or fitted.kind != "word" or not fitted.predicate.individual:
            self.slips.add("F315", atom.place, name=atom.predicate.text)
            return None
        rows = self._rows(fitted, env, atom.place)
        if len(rows) != 1:
            self.slips.add("F315", atom.place, name=atom.predicate.text)
            return None
        return Atom(fitted.name, rows[0], self._mark(atom, fitted, env), atom.place)

    def _mark(self, atom: tree.AtomF, fitted: Fitted, env: Env) -> Term | None:
        if atom.mark is None:
            return None
        if fitted.predicate is None or not fitted.predicate.individual:
            self.slips.add("F220", atom.mark.place, name=atom.predicate.text)
            return None
        return env.get(atom.mark.text)

    def _decided(self, organ: Term, atom: tree.AtomF, env: Env) -> Formula:
        announced, regular = (self.words.predicates.get(word) for word in ("announced", "regular"))
        if announced is None or regular is None or "by" not in [role.name for role in announced.roles]:
            self.slips.add("F319", atom.place)
            return LOST
        name = "m" if "m" not in env else "decision"
        m = Var(name, "announced")
        by = tuple(organ if role.name == "by" else Wild() for role in announced.roles)
        is_regular = Atom("regular", (m, *(Wild() for _ in regular.roles[1:])), None, atom.place)
        return Some(m, And((Atom("announced", by, m, atom.place), is_regular), atom.place), atom.place)

    def _rows(self, fitted: Fitted, env: Env, place: Place) -> list[tuple[Term, ...]]:
        """Each choice of one alternative per slot."""
        columns: list[list[Term]] = []
        rows = 1
        for slot, term in fitted.slots:
            if term is None:
                columns.append([Const(self.home.id) if slot.sort == "Instrument" else Wild()])
                continue
            names = term.names if isinstance(term, tree.OneOf) else (term,)
            columns.append([self.term(name, slot, env) for name in names])
            rows *= len(names)
        if rows > MOST_ATOMS:
            self.slips.add("F313", place, what=f"{rows} alternatives in one atom", most=str(MOST_ATOMS))
            return []
        return list(product(*columns))

    def term(self, name: tree.Name, slot: Slot, env: Env) -> Term:
        """What a name in a slot stands for, its sort checked."""
        text = name.text
        if text == "_":
            return Wild()
        if slot.sort == "Instrument":
            home = self.words.instrument(name)
            return Const(home.id) if home is not None else Wild()
        if self.words.is_variable(name):
            if text in env:
                return env[text]
            if slot.sort == "Clause" and text in self.home.norms:
                self.slips.add("F207", name.place, do=f"Write `{self.home.id}.{text}`.", name=text, near="")
            return Wild()
        sort = self.constant_sort(name)
        if sort is None:
            return Wild()
        self.check_sort(name, sort, slot)
        return Const(text)

    def constant_sort(self, name: tree.Name) -> str | None:
        """The sort of a code, a value or a norm; None (with a problem noted) if it is unknown."""
        return sort_of_constant(name, self.words, self.home)

    def check_sort(self, name: tree.Name, sort: str, slot: Slot) -> None:
        """Note F206 where a thing of `sort` cannot fill the slot."""
        check_sort(self.words, name, sort, slot)

    def _plain(self, name: tree.Name, env: Env) -> Term:
        return self.term(name, Slot("", "Thing"), env)

    # ---- speech, quantifiers, questions ----

    def _speech(self, speech: tree.SpeechF, env: Env) -> Formula:
        speaker = self.term(speech.speaker, Slot("speaker", "Actor"), env)
        fitted = self.scopes.fit(speech.content)
        if fitted is None:
            return LOST
        said = [
            Speech(speech.verb.text, speaker, Said(fitted.name, terms), speech.place)
            for terms in self._rows(fitted, env, speech.place)
        ]
        return said[0] if len(said) == 1 else Or(tuple(said), speech.place)

    def _quantified(self, formula: tree.QuantF, env: Env) -> Formula:
        place, name = formula.place, formula.var.text
        if name in env:
            self.slips.add("F213", formula.var.place, name=name)
        role = formula.sort.text
        if role == MEMBER and not self.members and role not in self.home.roles:
            self.slips.add("F639", formula.sort.place)
            return LOST
        of_party = role in ("party", MEMBER) or role in self.home.roles
        sort = "State" if of_party else self.words.sort(formula.sort)
        use = Use(sort, formula.var.place, formula.sort.place)
        outer = {k: v for k, v in env.items() if k != name}
        opened = self.scopes.open(parts_of(formula), outer, {name: use})
        v = opened[name]
        v = Var(name, sort if v.sort == "Thing" else v.sort)
        scope = {**env, name: v}
        who: Formula | None = None
        if formula.quantifier == "no":
            new = {k: w for k, w in opened.items() if k != name}
            scope = {**new, **scope}
            body = self.formula(formula.body, scope)
            if formula.who is None:
                body = bind(new.values(), body)
            else:
                body = bind(new.values(), And((self.formula(formula.who, scope), body), place))
        else:
            body = self.formula(formula.body, scope)
            who = self.formula(formula.who, scope) if formula.who is not None else None
        member = self._member(formula.sort, v) if of_party else None
        among = [part for part in (member, who) if part is not None]
        if formula.quantifier == "every":
            return Not(Some(v, _both(among, Not(body, place), place), place), place)
        if formula.quantifier == "no":
            return Not(Some(v, _both(among, body, place), place), place)
        return self._counted(formula, v, among, body)

    def _member(self, sort: tree.Name, v: Var) -> Formula:
        """That the variable is a party, of a role of parties, or (in a rule) a member."""
        if sort.text == MEMBER and self.members:
            return Atom(MEMBER, (v,), None, sort.place)
        return Atom(sort.text, (v, Const(self.home.id)), None, sort.place)

    def _counted(self, formula: tree.QuantF, v: Var, among: list[Formula], body: Formula) -> Formula:
        """`some`, `at least …` and `more than …`, of whom `among` holds."""
        place, more = formula.place, formula.quantifier == "more than"
        weight = self.words.weighting(formula.weight, self.home) if formula.weight is not None else None
        if formula.share is None:
            whole = _both(among, body, place)
            if weight is not None:
                return AtLeast(formula.k, v, whole, place, None, more, weight)
            return AtLeast(max(formula.k, 1) + more, v, whole, place)
        if not among:
            self.slips.add("F147", formula.sort.place, name=formula.sort.text)
            return LOST
        base = among[0] if len(among) == 1 else And(tuple(among), place)
        return AtLeast(2, v, And((base, body), place), place, formula.share, more, weight)

    def _readings(self, formula: tree.ReadingF, env: Env) -> Formula:
        answers: dict[str, Formula] = {}
        declared: list[Answer] = []
        for name, holders, body in formula.readings:
            if name.text in answers:
                self.slips.add("F213", name.place, name=name.text)
                continue
            answers[name.text] = self.formula(body, env)
            declared.append(Answer(name.text, self.holders(holders)))
        question = Question(self._question_id(formula.place), self.title, tuple(declared), formula.place)
        self.asked.setdefault(question.id, question)
        self.home.questions.setdefault(question.id.partition(".")[2], tuple(answers))
        return Choose(question.id, tuple(answers.items()), formula.place)

    def _question_id(self, place: Place) -> str:
        """The id of the readings at `place`; a second list of readings in one formula is numbered."""
        ident, number = self.reading, 1
        while ident in self.asked and self.asked[ident].place != place:
            number += 1
            ident = f"{self.reading}-{number}"
        return ident

    def holders(self, holders: Iterable[tree.Holder]) -> tuple[Holder, ...]:
        """Who holds a reading; unknown speakers and sources are problems."""
        return tuple(
            Holder(
                self.words.speaker(h.by) or h.by.text, h.on,
                (self.words.source(h.source) or h.source.text) if h.source else "", h.unconfirmed, h.place,
            )
            for h in holders
        )  # fmt: skip

    def _by(self, formula: tree.ByF, env: Env) -> Formula:
        found = self.words.question(formula.question, self.home)
        if found is None:
            return LOST
        ident, known = found
        chosen: dict[str, Formula] = {}
        for name, body in formula.answers:
            if name.text not in known:
                self.slips.unknown("F209", name.place, name.text, known)
            elif name.text in chosen:
                self.slips.add("F213", name.place, name=name.text)
            else:
                chosen[name.text] = self.formula(body, env)
        return Choose(
            ident, tuple((name, chosen[name]) for name in known if name in chosen), formula.question.place
        )


def _both(among: list[Formula], body: Formula, place: Place) -> Formula:
    return And((*among, body), place) if among else body


def sort_of_constant(name: tree.Name, words: Words, home: Home | None) -> str | None:
    """The sort of a code, a value or a norm; None (with a problem noted) if it is unknown."""
    text = name.text
    if is_code(text):
        return words.actor_sort(text) if words.actor(name) else None
    if "." in text:
        return "Clause" if words.norm(name, home) else None
    return words.value_sort(text)


def check_sort(words: Words, name: tree.Name, sort: str, slot: Slot) -> None:
    """Note F206, with the declaration, where a thing of `sort` cannot fill the slot.

    Something known only broadly may fill a narrower slot: someone unknown may be a state.
    """
    if slot.sort and words.sorts.meet(sort, slot.sort) is None:
        notes = (Note(slot.declared, f"`{slot.name}` is declared here"),)
        label = f"is of sort {sort}"
        words.slips.add(
            "F206", name.place, label, notes, name=name.text, sort=sort, role=slot.name, wanted=slot.sort
        )


__all__ = ["LOST", "MEMBER", "Clauses", "Env", "check_sort", "place_of_term", "sort_of_constant"]
