"""What can only be said of a whole program: circles, gaps, things never used.

>>> check(Program(), frozenset())
()
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

from foedus.diagnostics.problem import Note, Problem
from foedus.diagnostics.span import Place
from foedus.ir.formula import (
    And,
    AtLeast,
    Choose,
    Defined,
    Formula,
    Not,
    Or,
)  # fmt: skip
from foedus.ir.norm import Define, Instrument, Norm, Program
from foedus.ir.procedures import check_procedures

Meaning = tuple[str, str | None]
"""A term under one text."""


def check(program: Program, own: Collection[str]) -> tuple[Problem, ...]:
    """The problems of the instruments whose ids are in `own`; those of others are not told again.

    Errors: definitions in a circle (F301), answers missing from a choice (F303), a text before the
    signature (F308), a term without a meaning under a text that uses it (F312). Warnings: texts that
    overlap (F304) or leave a gap (F305), an instrument without norms (F307), a party bound before the
    signature (F309), a question that nothing asks (F310). Those of procedures are in `ir.procedures`.
    """
    checker = _Checker(program, own)
    return (
        *checker.circles(), *checker.meanings(), *checker.choices(), *checker.dates(), *checker.unused(),
        *check_procedures(program, own),
    )  # fmt: skip


def below(formula: Formula) -> Iterator[Formula]:
    """The formula and every formula inside it, outermost first."""
    stack = [formula]
    while stack:
        current = stack.pop()
        yield current
        match current:
            case And(parts) | Or(parts):
                stack.extend(reversed(parts))
            case Not(body) | AtLeast(body=body):
                stack.append(body)
            case Choose(answers=answers):
                stack.extend(f for _, f in reversed(answers))
            case _:
                pass


def joined(formula: Formula) -> Iterator[Formula]:
    """The parts of a formula that are joined by *and*, at whatever depth."""
    if isinstance(formula, And):
        for part in formula.parts:
            yield from joined(part)
    else:
        yield formula


def terms_used(formula: Formula) -> Iterator[Defined]:
    """Every use of a page's term in the formula."""
    for part in below(formula):
        if isinstance(part, Defined):
            yield part


@dataclass(frozen=True, slots=True)
class _Checker:
    program: Program
    own: Collection[str]

    def _instruments(self) -> Iterator[Instrument]:
        return (i for i in self.program.instruments.values() if i.id in self.own)

    def _norms(self) -> Iterator[Norm]:
        return (n for n in self.program.norms if n.instrument in self.own)

    def _formulas(self) -> Iterator[tuple[str, Formula]]:
        """Every formula with its instrument."""
        for norm in self.program.norms:
            yield from ((norm.instrument, f) for f in (norm.when, norm.until) if f is not None)
        yield from ((d.name.partition(".")[0], d.body) for d in self.program.defines)
        yield from ((r.id.partition(".")[0], r.passes) for r in self.program.rules if r.passes is not None)
        for procedure in self.program.procedures.values():
            yield from (
                (procedure.instrument, s.condition) for s in procedure.steps if s.condition is not None
            )

    # ---- terms ----

    def _table(self) -> dict[Meaning, Define]:
        return {(d.name, d.text): d for d in self.program.defines}

    def _meanings(
        self, used: Defined, user: str, text: str | None, table: dict[Meaning, Define]
    ) -> list[Meaning]:
        """What a use of a term can mean: under its user's text, or under any of another instrument."""
        same = used.name.partition(".")[0] == user.partition(".")[0]
        texts = [key for key in table if key[0] == used.name]
        if not same or text is None:
            return texts
        return [key for key in texts if key[1] is None or key[1] == text]

    def circles(self) -> Iterator[Problem]:
        """Each circle once, with every definition on it."""
        table = self._table()
        edges = {
            key: [m for used in terms_used(d.body) for m in self._meanings(used, key[0], key[1], table)]
            for key, d in table.items()
        }
        done: set[Meaning] = set()
        told: set[frozenset[str]] = set()
        for start in edges:
            path: list[Meaning] = []
            stack: list[tuple[Meaning, int]] = [(start, 0)]
            while stack:
                key, depth = stack.pop()
                del path[depth:]
                if key in path:
                    circle = path[path.index(key) :]
                    names = frozenset(name for name, _ in circle)
                    if names not in told and any(name.partition(".")[0] in self.own for name in names):
                        told.add(names)
                        yield self._circle([table[k] for k in circle])
                elif key not in done:
                    path.append(key)
                    done.add(key)
                    stack.extend((child, depth + 1) for child in reversed(edges[key]))

    def _circle(self, defines: list[Define]) -> Problem:
        names = [d.name.partition(".")[2] for d in defines]
        rests = [f"rests on `{name}`" for name in (*names[1:], names[0])]
        notes = tuple(Note(d.place, label) for d, label in zip(defines[1:], rests[1:], strict=True))
        chain = " → ".join((*names, names[0]))
        return Problem("F301", defines[0].place, {"chain": chain, "name": names[0]}, rests[0], notes)

    def meanings(self) -> Iterator[Problem]:
        """Terms that a norm uses, directly or through terms, under a text in which they have none."""
        table = self._table()
        told: set[tuple[Place, str | None]] = set()
        for norm in self._norms():
            stack = [(norm.id, used) for f in (norm.when, norm.until) if f for used in terms_used(f)]
            seen: set[Meaning] = set()
            while stack:
                user, used = stack.pop()
                text = norm.text if used.name.partition(".")[0] == norm.instrument else None
                found = self._meanings(used, user, text, table)
                if not found and (used.place, text) not in told:
                    told.add((used.place, text))
                    yield self._meaningless(norm, used)
                for key in found:
                    if key not in seen:
                        seen.add(key)
                        stack.extend((key[0], inner) for inner in terms_used(table[key].body))

    def _meaningless(self, norm: Norm, used: Defined) -> Problem:
        versions = [d for d in self.program.defines if d.name == used.name]
        texts = ", ".join(sorted(d.text or "" for d in versions))
        notes = tuple(Note(d.place, f"its meaning under the text of {d.text}") for d in versions[:1])
        values = {
            "name": used.name.partition(".")[2],
            "norm": norm.id,
            "text": norm.text or "",
            "texts": texts,
        }
        return Problem("F312", used.place, values, f"used under the text of {norm.text}", notes)

    # ---- questions ----

    def choices(self) -> Iterator[Problem]:
        """A choice must have a formula for every answer of its question."""
        for instrument, formula in self._formulas():
            if instrument not in self.own:
                continue
            for part in below(formula):
                if isinstance(part, Choose) and (question := self.program.questions.get(part.question)):
                    given = {name for name, _ in part.answers}
                    missing = [a.name for a in question.answers if a.name not in given]
                    if missing:
                        listed = ", ".join(f"“{name}”" for name in missing)
                        yield Problem("F303", part.place, {"name": question.id, "missing": listed})

    def unused(self) -> Iterator[Problem]:
        """Questions that nothing asks, instruments that say nothing."""
        asked = {
            part.question for _, f in self._formulas() for part in below(f) if isinstance(part, Choose)
        } | {norm.class_question for norm in self.program.norms}
        for question in self.program.questions.values():
            if question.id.partition(".")[0] in self.own and question.id not in asked:
                yield Problem("F310", question.place, {"name": question.id})
        saying = (
            {n.instrument for n in self.program.norms}
            | {r.id.partition(".")[0] for r in self.program.rules}
            | {p.instrument for p in self.program.procedures.values()}
        )
        for instrument in self._instruments():
            if instrument.id not in saying:
                yield Problem("F307", instrument.place, {"name": instrument.id})

    # ---- dates ----

    def dates(self) -> Iterator[Problem]:
        """Texts in order, nothing before the signature."""
        for instrument in self._instruments():
            texts = sorted(instrument.texts, key=lambda t: (t.start.first, t.start.last))
            for one, two in pairwise(texts):
                values = {"one": one.id, "two": two.id}
                note = (Note(one.place, "the text before it"),)
                if two.secret_until is not None:  # beside the public text, among those who knew of it
                    continue
                if one.until is None or two.start.last < one.until.first:
                    yield Problem("F304", two.place, values, notes=note)
                elif one.until.last < two.start.first:
                    yield Problem("F305", two.place, values, notes=note)
            signed = instrument.signed
            if signed is None:
                continue
            for text in instrument.texts:
                if text.start.last < signed.first:
                    values = {"text": text.id, "date": str(text.start), "signed": str(signed)}
                    yield Problem("F308", text.place, values)
            for life in instrument.lives:
                if life.role == "party" and life.start.last < signed.first:
                    values = {"state": life.state, "date": str(life.start), "signed": str(signed)}
                    yield Problem("F309", life.place, values)
