"""Pages to program: `lower` resolves every name and turns clauses into circuits of atoms.

Words first (`names`), then terms, questions, norms and rules (`clauses`, `to_norm`), then what can only
be said of the whole (`ir.check`). A program with an error among the problems is not to be used.

>>> from foedus.lang.tree import Page
>>> program, problems = lower([Page("empty.md", "", (), (), ())])
>>> program.norms, problems
((), ())
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256

from foedus.diagnostics.problem import Problem
from foedus.ir.check import check
from foedus.ir.check_rules import check_rules
from foedus.ir.decision import DecisionRule, Weighting
from foedus.ir.formula import Var
from foedus.ir.norm import (
    Answer,
    Define,
    Instrument,
    Life,
    Norm,
    NotEncoded,
    Precedence,
    Program,
    Question,
    Remark,
    Text,
)
from foedus.ir.procedure import Procedure
from foedus.ir.vocabulary import Vocabulary
from foedus.lang.authors import Authors
from foedus.lang.clauses import Clauses
from foedus.lang.names import Placed, read_names
from foedus.lang.procedure_tree import ProcedureItem
from foedus.lang.scope import DEEPEST, Scopes, TooDeep, Use
from foedus.lang.slips import Slips
from foedus.lang.to_norm import Reader, has_readings
from foedus.lang.to_procedure import Procedures
from foedus.lang.to_rule import Rules
from foedus.lang.tree import (
    DeemsItem,
    InstrumentItem,
    Name,
    NormItem,
    NotEncodedItem,
    Page,
    PartiesItem,
    PrecedenceItem,
    QuestionItem,
    RuleItem,
    TermItem,
    WeightingItem,
)
from foedus.lang.tree import Formula as Written
from foedus.lang.tree import Remark as WrittenRemark
from foedus.lang.words import Home, Param, Words


def lower(pages: Sequence[Page], base: Program | None = None) -> tuple[Program, tuple[Problem, ...]]:
    """The program of the pages on top of `base`, and every problem found, in the order of reading.

    Names of `base` may be used and are not checked again.
    """
    slips = Slips()
    words, items = read_names(pages, base, slips)
    lowering = _Lowering(words, items, base or Program())
    program = lowering.run()
    own = frozenset(placed.home.id for placed in items if placed.home is not None)
    return program, (*slips.all(), *check(program, own), *check_rules(program, own))


class _Lowering:
    def __init__(self, words: Words, items: Sequence[Placed], base: Program) -> None:
        self.words = words
        self.items = items
        self.base = base
        self.clauses: dict[str, Clauses] = {}
        self.political = {
            p.item.id.text for p in items if isinstance(p.item, InstrumentItem) and p.item.political
        }
        for placed in items:
            if placed.home is not None and placed.home.id not in self.clauses:
                self.clauses[placed.home.id] = Clauses(Scopes(words, placed.home, set()), placed.home)

    def run(self) -> Program:
        words, base = self.words, self.base
        instruments = dict(base.instruments) | {i.id: i for i in self._instruments()}
        defines = [*base.defines, *self._defines()]
        norms = [*base.norms, *self._norms(defines)]
        rules = [*base.rules, *self._rules()]
        procedures = dict(base.procedures) | dict(self._procedures())
        questions = dict(base.questions) | {q.id: q for q in self._questions()}
        return Program(
            vocabulary=Vocabulary(dict(words.predicates), dict(words.actors), dict(words.values)),
            instruments=instruments,
            norms=tuple(self._lifted(norms)),
            defines=tuple(defines),
            questions=questions,
            not_encoded=(*base.not_encoded, *self._not_encoded()),
            precedence=(*base.precedence, *self._precedence()),
            rules=tuple(rules),
            procedures=procedures,
            weightings=dict(base.weightings) | {w.id: w for w in self._weightings()},
            sources=dict(words.sources),
            speakers=dict(words.speakers),
        )

    def _texts(self, home: Home) -> tuple[str, ...]:
        return tuple(home.texts) if len(home.texts) > 1 else ()

    # ---- instruments as data ----

    def _instruments(self) -> Iterable[Instrument]:
        for placed in self.items:
            item, page = placed.item, placed.page
            if not isinstance(item, InstrumentItem):
                continue
            mine = [p.item for p in self.items if p.home is not None and p.home.id == item.id.text]
            yield Instrument(
                id=item.id.text,
                title=item.title or item.id.text,
                signed=item.signed,
                in_force=item.in_force,
                in_force_unconfirmed=item.in_force_unconfirmed,
                ended=item.ended,
                texts=tuple(
                    Text(t.id.text, t.start, t.until, t.read, t.unconfirmed, t.place, t.secret_until)
                    for t in item.texts
                ),
                lives=tuple(
                    life for p in mine if isinstance(p, PartiesItem) for life in self._lives(item.id.text, p)
                ),
                deems=tuple(p.text for p in mine if isinstance(p, DeemsItem)),
                codes=item.codes,
                political=item.political,
                page=page.path,
                digest=sha256(page.text.encode()).hexdigest(),
                place=item.id.place,
                signed_unconfirmed=item.signed_unconfirmed,
                ended_unconfirmed=item.ended_unconfirmed,
                duration=self._remark(item.duration),
                exit=self._remark(item.exit),
                encoded=item.encoded,
                reviewed=item.reviewed,
            )

    def _remark(self, remark: WrittenRemark | None) -> Remark:
        if remark is None:
            return Remark()
        source = (self.words.source(remark.source) or "") if remark.source is not None else ""
        return Remark(remark.words, source, remark.unconfirmed)

    def _lives(self, instrument: str, item: PartiesItem) -> Iterable[Life]:
        for line in item.lines:
            source = (self.words.source(line.source) or "") if line.source is not None else ""
            for name in line.states:
                self.words.actor(name)
                for start, until in line.spans:
                    yield Life(
                        instrument,
                        name.text,
                        line.role or "party",
                        start,
                        until,
                        line.unconfirmed,
                        source,
                        line.place,
                    )

    # ---- terms, questions, rules ----

    def _version(
        self,
        home: Home,
        name: str,
        tag: Name | None,
        versions: Sequence[tuple[Name | None, Written]],
        title: str,
    ) -> tuple[Clauses, str | None]:
        """The reader set for one version of a term or rule, and the text it belongs to."""
        clauses = self.clauses[home.id]
        text = self.words.text(tag, home)
        several = sum(has_readings(formula) for _, formula in versions) > 1
        clauses.reading = f"{home.id}.{name}@{text}" if several and text else f"{home.id}.{name}"
        clauses.title = title
        return clauses, text if self._texts(home) else None

    def _defines(self) -> Iterable[Define]:
        for placed in self.items:
            item, home = placed.item, placed.home
            if not isinstance(item, TermItem) or home is None:
                continue
            signature = self.clauses[home.id].scopes.signature(item.name)
            params = {p.name: p for p in signature.params} if signature else dict[str, Param]()
            for v in item.vars:
                if sum(v.text == other.text for other in item.vars) > 1:
                    self.words.slips.add("F213", v.place, name=v.text)
            for tag, formula in item.versions:
                clauses, text = self._version(home, item.name.text, tag, item.versions, item.gloss)
                head = {v.text: Use(None, v.place, count=0) for v in item.vars}
                try:
                    body, opened = clauses.closed(formula, {}, head)
                except TooDeep as deep:
                    self._too_deep(deep)
                    continue
                own = tuple(self._param(v, opened, params) for v in item.vars)
                yield Define(f"{home.id}.{item.name.text}", text, own, body, item.gloss, item.place)

    def _param(self, name: Name, opened: dict[str, Var], params: dict[str, Param]) -> Var:
        return opened.get(name.text) or Var(
            name.text, params[name.text].sort if name.text in params else "Thing"
        )

    def _too_deep(self, deep: TooDeep) -> None:
        self.words.slips.add("F313", deep.place, what="a formula nested too deeply", most=str(DEEPEST))

    def _questions(self) -> Iterable[Question]:
        for placed in self.items:
            item, home = placed.item, placed.home
            if isinstance(item, QuestionItem) and home is not None:
                clauses = self.clauses[home.id]
                answers = tuple(Answer(name.text, clauses.holders(held)) for name, held in item.answers)
                yield Question(f"{home.id}.{item.name.text}", item.title, answers, item.place)
        for clauses in self.clauses.values():
            yield from clauses.asked.values()

    def _procedures(self) -> Iterable[tuple[str, Procedure]]:
        for placed in self.items:
            item, home = placed.item, placed.home
            if isinstance(item, ProcedureItem) and home is not None:
                try:
                    for found in Procedures(self.clauses[home.id], self._texts(home)).procedures(item):
                        yield found.key, found
                except TooDeep as deep:
                    self._too_deep(deep)

    def _rules(self) -> Iterable[DecisionRule]:
        for placed in self.items:
            item, home = placed.item, placed.home
            if isinstance(item, RuleItem) and home is not None:
                try:
                    yield from Rules(self.clauses[home.id], self._texts(home)).rules(item)
                except TooDeep as deep:
                    self._too_deep(deep)

    def _weightings(self) -> Iterable[Weighting]:
        for placed in self.items:
            item, home = placed.item, placed.home
            if isinstance(item, WeightingItem) and home is not None:
                for line in item.lines:
                    self.words.actor(line.state)
                    if line.source is not None:
                        self.words.source(line.source)
                values = {line.state.text: line.weight for line in item.lines}
                yield Weighting(f"{home.id}.{item.name.text}", item.title, values, item.place)

    # ---- norms ----

    def _norms(self, defines: Sequence[Define]) -> Iterable[Norm]:
        table: dict[str, tuple[Define, ...]] = {}
        for define in defines:
            table[define.name] = (*table.get(define.name, ()), define)
        for placed in self.items:
            item, home = placed.item, placed.home
            if isinstance(item, NormItem) and home is not None:
                try:
                    yield from self._reader(home, table).norms(item)
                except TooDeep as deep:
                    self._too_deep(deep)

    def _reader(self, home: Home, table: dict[str, tuple[Define, ...]]) -> Reader:
        authors = Authors(self.words.predicates, table, self.words.slips)
        return Reader(self.clauses[home.id], authors, self._texts(home), home.id in self.political)

    def _lifted(self, norms: Sequence[Norm]) -> Iterable[Norm]:
        """`lifted by R` on a prohibition is `lifts` on the right."""
        lifts: dict[str, list[str]] = {}
        for placed in self.items:
            item, home = placed.item, placed.home
            if isinstance(item, NormItem) and home is not None:
                for right in self._reader(home, {}).lifted(item):
                    lifts.setdefault(right, []).append(f"{home.id}.{item.name.text}")
        for norm in norms:
            more = [ident for ident in lifts.get(norm.id, ()) if ident not in norm.lifts]
            yield replace(norm, lifts=(*norm.lifts, *more)) if more else norm

    # ---- what stands beside norms ----

    def _not_encoded(self) -> Iterable[NotEncoded]:
        for placed in self.items:
            item, home = placed.item, placed.home
            if isinstance(item, NotEncodedItem):
                found = (self.words.norm(name, home) for name in item.norms)
                norms = tuple(ident for ident in found if ident is not None)
                yield NotEncoded(home.id if home else "", item.text, item.effect, norms, item.place)

    def _precedence(self) -> Iterable[Precedence]:
        for placed in self.items:
            item, home = placed.item, placed.home
            if isinstance(item, PrecedenceItem) and home is not None:
                other = self.words.instrument(item.other)
                if other is not None:
                    pair = (home.id, other.id) if item.prevails else (other.id, home.id)
                    yield Precedence(*pair, item.place)


__all__ = ["lower"]
