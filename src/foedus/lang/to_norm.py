"""Norms, lowered: one for each text of the instrument under which the norm has a condition.

Clauses without a tag belong to every text. The condition is all `when` clauses together, none of the
`unless`, and for a reservation's state its clause; several `until` end the norm each on its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foedus.diagnostics.span import Place
from foedus.ir.formula import And, Atom, Const, Formula, Lit, Or, Term, Var, Wild
from foedus.ir.norm import CLASSES, Bearer, Norm
from foedus.lang.authors import Authors
from foedus.lang.bind import bind, free
from foedus.lang.clauses import Clauses
from foedus.lang.scope import Use
from foedus.lang.tree import AndF, AtomF, Clause, IsF, Name, NoF, NormItem, OrF, ReadingF, Who
from foedus.lang.tree import Formula as Written
from foedus.lang.words import Words, is_code

BEARER = "bearer"
"""The bearer's variable where the page gives it no name."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What is needed to read the norms of one instrument."""

    clauses: Clauses
    authors: Authors
    texts: tuple[str, ...]
    political: bool

    @property
    def words(self) -> Words:
        """Everything declared."""
        return self.clauses.words

    def norms(self, item: NormItem) -> list[Norm]:
        """One norm per text under which it has a condition; texts None if there are fewer than two."""
        for clause in item.clauses:
            self.words.text(clause.text, self.clauses.home)
        conditions = [c for c in item.clauses if c.keyword == "when" and c.bearer is None]
        if not conditions:
            self.words.slips.add("F306", item.place, name=item.name.text)
        if len(self.texts) < 2:
            return [self._norm(item, None, item.clauses)]
        return [
            self._norm(item, text, [c for c in item.clauses if _of(c, text)])
            for text in self.texts
            if not conditions or any(_of(c, text) for c in conditions)
        ]

    def _norm(self, item: NormItem, text: str | None, clauses: Sequence[Clause]) -> Norm:
        bearer = self._bearer(item)
        ident = f"{self.clauses.home.id}.{item.name.text}"
        doing = [c for c in clauses if c.keyword in ("performed", "breached")]
        # What is tagged with a text stands instead of what is not.
        doing = [c for c in doing if c.text is not None] or doing
        written = [c.formula for c in doing if isinstance(c.formula, AtomF)]
        head = self._head(item, written)
        when = [(c, _condition(c, bearer)) for c in clauses if c.keyword in ("when", "unless") and c.formula]
        until = [(c, c.formula) for c in clauses if c.keyword == "until" and c.formula]
        scopes = self.clauses.scopes
        for code in (c.bearer for c in clauses if c.bearer is not None):
            self.words.actor(code)
        opened = scopes.open([f for _, f in (*when, *until)], {bearer.var.name: bearer.var}, head)
        env = {bearer.var.name: bearer.var, **opened}
        self.clauses.title = item.title
        condition = _joined([self._read(ident, item, c, f, env) for c, f in when], item.place)
        end = [self._read(ident, item, c, f, env) for c, f in until]
        ended = None if not end else end[0] if len(end) == 1 else Or(tuple(end), item.place)
        if bearer.other:
            self.authors.text = text
            condition = self.authors.left_out(condition, bearer.var)
        acts = tuple(act for each in written if (act := self.clauses.act(each, env)) is not None)
        for act in acts:
            self._check_act(item, bearer, act)
        inner = [v for name, v in opened.items() if name not in head]
        opens = [free(f) for f in (condition, ended, *acts) if f is not None]
        shared = tuple(v for v in inner if sum(v in o for o in opens) > 1)
        rest = [v for v in inner if v not in shared]
        graded = next((c for c in reversed(_specific_last(clauses)) if c.keyword == "class"), None)
        words = graded.words if graded else ()
        question, classes = self._by_question(graded)
        numbers = [c.number for c in clauses if c.keyword == "within"]
        return Norm(
            id=ident, instrument=self.clauses.home.id, kind=item.kind, text=text, bearer=bearer,
            beneficiary=self._whom(item.beneficiary, env), against=self._whom(item.against, env),
            when=bind(rest, condition), until=bind(rest, ended) if ended is not None else None, bound=shared,
            acts=acts, duty_class=self._class(words, item), modifiers=tuple(words[1:]),
            class_question=question, classes=classes,
            manner="together" if any(c.keyword == "together" for c in clauses) else "each",
            immediately=any(c.keyword == "immediately" for c in clauses),
            within_days=numbers[-1] if numbers else None,
            lifts=tuple(self._others(clauses, "lifts")), political=self.political, title=item.title,
            article=item.place.heading, place=item.place,
        )  # fmt: skip

    # ---- who ----

    def _bearer(self, item: NormItem) -> Bearer:
        who = item.bearer or Who()
        name = who.var.text if who.var is not None else BEARER
        if who.each:
            role = who.each
            if role not in ("party", "state") and role not in self.clauses.home.roles:
                self.words.slips.unknown(
                    "F218", who.place, role, {"party", "state", *self.clauses.home.roles}
                )
            each = "state" if role == "state" else "party"
            return Bearer(Var(name, "State"), each, who.other, role="party" if role == "state" else role)
        codes = [n.text for n in who.names if self.words.actor(n) is not None]
        sorts = [self.words.actor_sort(code) or "Actor" for code in codes]
        sort = sorts[0] if sorts else "Actor"
        for other in sorts[1:]:
            sort = self.words.sorts.join(sort, other)
        return Bearer(Var(name, sort), "", who.other, codes[0] if len(codes) == 1 else "", tuple(codes))

    def _head(self, item: NormItem, acts: Sequence[AtomF]) -> dict[str, Use]:
        """Beneficiary and adversary, where they are variables; an act may say of what sort they are."""
        names = [n for n in (item.beneficiary, item.against) if n is not None and self.words.is_variable(n)]
        uses = {n.text: Use("Actor", n.place) for n in names}
        for act in acts:
            for name, use in self.clauses.scopes.uses(act, frozenset(uses)).items():
                narrow = self.words.sorts.meet("Actor", use.sort or "Actor")
                uses[name] = Use(narrow or "Actor", uses[name].place, use.declared)
        return uses

    def _whom(self, name: Name | None, env: dict[str, Var]) -> Term | None:
        if name is None:
            return None
        if is_code(name.text):
            self.words.actor(name)
            return Const(name.text)
        return env.get(name.text)

    # ---- clauses ----

    def _read(
        self, ident: str, item: NormItem, clause: Clause, formula: Written, env: dict[str, Var]
    ) -> Formula:
        reading = [c for c in item.clauses if c.formula is not None and has_readings(c.formula)]
        tagged = clause.text is not None and len({c.text.text if c.text else "" for c in reading}) > 1
        self.clauses.reading = f"{ident}@{clause.text.text}" if tagged and clause.text else ident
        return self.clauses.formula(formula, env)

    def _by_question(
        self, clause: Clause | None
    ) -> tuple[str, tuple[tuple[str, str | None, tuple[str, ...]], ...]]:
        """The question on which the class depends, with the class and modifiers for each answer."""
        if clause is None or clause.question is None:
            return "", ()
        found = self.words.question(clause.question, self.clauses.home)
        if found is None:
            return "", ()
        question, answers = found
        for answer, _ in clause.cases:
            if answer.text not in answers:
                self.words.slips.unknown("F209", answer.place, answer.text, answers)
        lacking = [a for a in answers if a not in {answer.text for answer, _ in clause.cases}]
        if lacking:
            missing = ", ".join(f'"{answer}"' for answer in lacking)
            self.words.slips.add("F145", clause.question.place, missing=missing)
        return question, tuple(
            (answer.text, None if words[0] == "unseen" else words[0], words[1:])
            for answer, words in clause.cases
        )

    def _class(self, words: Sequence[str], item: NormItem) -> str | None:
        if not words or words[0] == "unseen":
            return None
        if words[0] not in CLASSES:
            self.words.slips.unknown("F316", item.place, words[0], [*CLASSES, "unseen"])
        return words[0]

    def _others(self, clauses: Sequence[Clause], keyword: str) -> list[str]:
        found = (
            self.words.norm(n, self.clauses.home) for c in clauses if c.keyword == keyword for n in c.names
        )
        return [ident for ident in found if ident is not None]

    def lifted(self, item: NormItem) -> list[str]:
        """The rights that `lifted by` names."""
        return self._others(item.clauses, "lifted")

    def _check_act(self, item: NormItem, bearer: Bearer, act: Atom) -> None:
        theirs: set[Term] = {bearer.var, *(Const(code) for code in bearer.names)}
        if item.kind == "power" or (act.terms and isinstance(act.terms[0], (Wild, Const))):
            return  # an organ acts through those it sends; and it may be meant that somebody does it
        if (bearer.each or bearer.names) and not theirs & set(act.terms):
            who = bearer.var.name if bearer.each else ", ".join(bearer.names)
            self.words.slips.add("F311", act.place, name=item.name.text, who=who, act=act.predicate)


def has_readings(formula: Written) -> bool:
    """Whether a written formula is, or joins, a list of readings."""
    match formula:
        case ReadingF():
            return True
        case AndF(parts) | OrF(parts):
            return any(has_readings(part) for part in parts)
        case _:
            return False


def _of(clause: Clause, text: str) -> bool:
    return clause.text is None or clause.text.text == text


def _specific_last(clauses: Sequence[Clause]) -> list[Clause]:
    """What is tagged with a text overrides what is not."""
    return sorted(clauses, key=lambda clause: clause.text is not None)


def _condition(clause: Clause, bearer: Bearer) -> Written:
    """`unless F` as `no F`; a reservation as *the bearer is another state, or F*."""
    assert clause.formula is not None
    formula: Written = clause.formula
    if clause.keyword == "unless":
        formula = NoF(formula, clause.place)
    if clause.bearer is not None:
        other = IsF(Name(bearer.var.name, clause.place), clause.bearer, True, clause.place)
        formula = OrF((other, formula), clause.place)
    return formula


def _joined(parts: Sequence[Formula], place: Place) -> Formula:
    if not parts:
        return Lit(True, place)
    flat = [p for part in parts for p in (part.parts if isinstance(part, And) else (part,))]
    return flat[0] if len(flat) == 1 else And(tuple(flat), place)


__all__ = ["BEARER", "Reader", "has_readings"]
