r"""Every name of a page with what it stands for there.

A *mention* is a name at a place: where it is declared, and wherever it is used. `cst.assist` is two, of the
instrument and of its norm. A line with a mistake is no part of the tree, so its names are not here.

>>> from foedus.lang.parse import parse_page
>>> page, _ = parse_page("lir.md", "```foedus\nterm danger(i)\n  when grave(i)\njudgement grave(of: Incident)\n```\n")
>>> [(m.thing.kind, m.thing.name, m.place.line) for m in mentions(page, Known((page,)))][:4]
[('term', 'danger', 2), ('variable', 'i', 2), ('word', 'grave', 3), ('variable', 'i', 3)]
"""

from __future__ import annotations

import re
from dataclasses import replace

from foedus.diagnostics.span import Place
from foedus.lang.procedure_tree import ProcedureItem
from foedus.lang.tangle import tangle
from foedus.lang.tree import (
    ActorItem,
    AskItem,
    AsPartyItem,
    CompleteItem,
    DossierItem,
    FactItem,
    GainsItem,
    HeldItem,
    InstrumentItem,
    Item,
    NormItem,
    NotEncodedItem,
    OutcomeItem,
    Page,
    PartiesItem,
    PrecedenceItem,
    PredicateItem,
    PresumeItem,
    QuantityItem,
    QuestionItem,
    RuleItem,
    SomeoneItem,
    SourceItem,
    SpeakerItem,
    TensionItem,
    TermItem,
    ValuesItem,
    WeightingItem,
)  # fmt: skip
from foedus.lsp.meanings import Meanings, Mention
from foedus.lsp.naming import Known, Thing, clause_home, first_instrument, homes_of, trials_of
from foedus.lsp.procedures import mention_procedure

_CITED = re.compile(r"(?<!\])\[([a-z][a-z0-9_]*(?:-[a-z0-9_]+)*)(?:\s[^\]\[]*)?\](?![(\[:])")
"""A source cited in prose, as a record cites it: `[gazette-0712 ¶3]`."""

KEPT = 8
"""Pages whose mentions are kept: an editor asks several things of the one that it shows."""

_FOUND: dict[tuple[int, int], tuple[Page, Known, tuple[Mention, ...]]] = {}


def mentions(page: Page, known: Known) -> tuple[Mention, ...]:
    """Every mention of the page, in its order; sources cited in its prose among them."""
    found = _FOUND.get((id(page), id(known)))
    if found is None or found[0] is not page or found[1] is not known:
        found = (page, known, _walked(page, known))
        _FOUND.pop(next(iter(_FOUND)), None) if len(_FOUND) >= KEPT else None
        _FOUND[id(page), id(known)] = found
    return found[2]


def _walked(page: Page, known: Known) -> tuple[Mention, ...]:
    walk = _Walk(page, known)
    for home, item in homes_of(page):
        walk.item(home, item, known.scope(page))
    for ask in page.asks:
        walk.item(first_instrument(page), ask, known.scope(page))
    for trial, scope in trials_of(page):
        for item in (*trial.records, *trial.asks):
            walk.item(first_instrument(page), item, scope)
    walk.prose()
    once = {
        (m.place.line, m.place.column, m.thing.kind): m for m in sorted(walk.found, key=lambda m: m.declares)
    }
    return tuple(sorted(once.values(), key=lambda m: (m.place.line, m.place.column)))


class _Walk(Meanings):
    """Goes through the items of a page."""

    # ---- items ----

    def item(self, home: str, item: Item, scope: str) -> None:
        self.home, self.scope = home, scope
        self.clause, self.recorded = clause_home(self.page, item), False
        match item:
            case (
                InstrumentItem() | ActorItem() | ValuesItem() | PredicateItem() | PartiesItem() | QuestionItem()
                | PrecedenceItem() | NotEncodedItem() | WeightingItem()
            ):  # fmt: skip
                self.declaration(item)
            case TermItem() | NormItem() | RuleItem():
                self.clauses(item)
            case ProcedureItem():
                mention_procedure(self, item)
            case SourceItem() | SpeakerItem() | DossierItem() | SomeoneItem():
                self.voices(item)
            case AskItem():
                self.ask(item)
            case _:
                self.recorded = True
                self.record(item)

    def declaration(self, item: Item) -> None:
        match item:
            case InstrumentItem():
                self.add("instrument", item.id, declares=True)
                for text in item.texts:
                    self.add("text", text.id, item.id.text, declares=True)
                self.source(*(r.source for r in (item.duration, item.exit) if r is not None))
            case ActorItem():
                self.add("actor", item.code, declares=True)
            case ValuesItem():
                self.add("sort", item.sort, declares=True)
                for name in item.names:
                    self.add("value", name, declares=True)
            case PredicateItem():
                self.add("word", item.name, declares=True)
                for role, sort in item.roles:
                    self.add("role", role, item.name.text, declares=True)
                    self.sort(sort)
                    self.blanks(item.place, Thing("role", role.text, item.name.text))
            case PartiesItem():
                for line in item.lines:
                    self.actor(*line.states)
                    self.source(line.source)
            case QuestionItem():
                self.add("question", item.name, self.home, declares=True)
                for name, holders in item.answers:
                    self.add("answer", name, f"{self.home}.{item.name.text}", declares=True)
                    self.holders(holders)
            case WeightingItem():
                self.add("weighting", item.name, self.home, declares=True)
                for line in item.lines:
                    self.actor(line.state)
                    self.source(line.source)
            case PrecedenceItem():
                self.instrument(item.other)
            case NotEncodedItem():
                self.norm(*item.norms)
            case _:
                pass

    def blanks(self, place: Place, thing: Thing) -> None:
        """The blanks of a gloss: `{victim}`."""
        for number in range(place.line, place.end_line + 1):
            line = self.lines[number - 1] if number <= len(self.lines) else ""
            for found in re.finditer(re.escape("{" + thing.name + "}"), line):
                spot = replace(
                    place, line=number, column=found.start() + 2, end_line=number, end_column=found.end()
                )
                self.found.append(Mention(thing, spot))

    def clauses(self, item: TermItem | NormItem | RuleItem) -> None:
        match item:
            case TermItem():
                self.add("term", item.name, self.home, declares=True)
                for name in item.vars:
                    self.add("variable", name, self.clause, declares=True)
                    self.blanks(item.place, Thing("variable", name.text, self.clause))
                for text, formula in item.versions:
                    self.text(text)
                    self.formula(formula, f"{self.home}.{item.name.text}")
            case RuleItem():
                self.add("rule", item.name, self.home, declares=True)
                self.actor(item.organ)
                if item.motion is not None:
                    self.add("variable", item.motion, self.clause)
                for version in item.versions:
                    self.text(version.text)
                    if version.members is not None:
                        self.instrument(version.members)
                    for apart in (version.left_out, version.held_to):
                        if apart is not None:
                            self.add("variable", apart.member, self.clause)
                    for formula in version.formulas():
                        self.formula(formula, f"{self.home}.{item.name.text}")
            case NormItem():
                self.add("norm", item.name, self.home, declares=True)
                if item.bearer is not None:
                    self.actor(*item.bearer.names, item.bearer.var)
                self.actor(item.beneficiary, item.against)
                for clause in item.clauses:
                    self.text(clause.text)
                    self.actor(clause.bearer)
                    self.norm(*clause.names)
                    self.formula(clause.formula, f"{self.home}.{item.name.text}")
                    question = self.question(clause.question) if clause.question is not None else None
                    for name, _ in clause.cases:
                        self.add("answer", name, question.written if question is not None else "")

    def voices(self, item: SourceItem | SpeakerItem | DossierItem | SomeoneItem) -> None:
        match item:
            case SourceItem():
                self.add("source", item.id, self.page.path, declares=True)
                self.speaker(item.by)
                self.source(*(origin for origin, _ in item.derives))
            case SpeakerItem():
                self.add("speaker", item.id, self.page.path, declares=True)
                self.speaker(item.speaks_for)
            case DossierItem():
                self.add("dossier", item.id, declares=True)
                self.actor(*item.concerning)
                self.speaker(*item.disputants)
                for name in item.assess:
                    if "." in name.text:
                        self.norm(name)
                    else:
                        self.instrument(name)
            case SomeoneItem():
                self.add("fact", item.id, self.scope, declares=True)
                self.recorded = True
                self.actor(*item.may_be)

    def record(self, item: Item) -> None:
        match item:
            case FactItem():
                if item.id is not None:
                    self.add("fact", item.id, self.scope, declares=True)
                self.atom(item.atom)
                for claim in item.claims:
                    self.speaker(claim.by)
                    self.source(claim.source)
                    self.speaker(claim.of)
            case CompleteItem():
                self.atom(item.atom)
                if item.by.text != "encoder":
                    self.source(item.by)
            case PresumeItem():
                self.atom(item.atom)
            case GainsItem():
                self.speaker(item.who)
                self.individual(item.fact)
            case HeldItem():
                question = self.question(item.question)
                self.add("answer", item.answer, question.written)
                self.holders([item.holder])
            case TensionItem():
                self.individual(item.first)
                self.individual(item.second)
            case QuantityItem():
                self.add("quantity", item.id, self.scope, declares=True)
                for line in item.lines:
                    self.source(line.source)
                    self.speaker(line.by)
            case OutcomeItem():
                self.source(item.source)
                for norm, to, by in item.under:
                    self.norm(norm)
                    self.actor(to, by)
            case AsPartyItem():
                self.actor(*item.states)
                self.instrument(item.instrument)
            case _:
                pass

    def ask(self, item: AskItem) -> None:
        self.norm(item.norm)
        self.recorded = True
        self.actor(item.beneficiary, item.bearer)
        self.text(item.text, item.norm.text.partition(".")[0])
        for about, _ in item.suppose:
            self.about(about)
        for expected in item.expects:
            for about in expected.ids:
                self.about(about)

    # ---- prose ----

    def prose(self) -> None:
        """Sources that the prose cites."""
        if "[" not in self.page.text:
            return
        inside = {
            line.number for block in tangle(self.page.path, self.page.text).blocks for line in block.lines
        }
        for number, line in enumerate(self.lines, 1):
            if number in inside:
                continue
            for found in _CITED.finditer(line):
                thing = self.known.voice("source", found[1], self.page)
                if self.known.has(thing):
                    start, end = found.span(1)
                    self.found.append(
                        Mention(thing, Place(self.page.path, number, start + 1, number, end + 1))
                    )
