"""What a name stands for, by where it stands: in a formula, in a record, behind `by` or `owed to`.

`Meanings` goes through what a line says and gathers its names as mentions; `mentions` knows the items and hands
their lines to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from foedus.diagnostics.span import Place
from foedus.lang.tree import (
    AndF,
    AtomF,
    BeforeF,
    ByF,
    Formula,
    Holder,
    IsF,
    Name,
    NoF,
    NotF,
    OneOf,
    OrF,
    Page,
    QuantF,
    ReadingF,
    SpeechF,
    Term,
)  # fmt: skip
from foedus.lang.words import is_code
from foedus.lsp.naming import Known, Thing, ThingKind, clause_home

_NAME = re.compile(r"[A-Za-z][\w-]*")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at a place, and what it stands for. `declares`: it is declared there."""

    thing: Thing
    place: Place
    declares: bool = False


class Meanings:
    """The names of a page's lines, one line after another; `home`, `scope` and `clause` say where a line stands."""

    def __init__(self, page: Page, known: Known) -> None:
        self.page = page
        self.known = known
        self.lines = page.text.split("\n")
        self.found: list[Mention] = []
        self.home = self.scope = self.clause = ""
        self.recorded = False

    # ---- where a name stands ----

    def add(self, kind: ThingKind, name: Name, at: str = "", declares: bool = False) -> None:
        self.mention(Thing(kind, name.text, at), name.place, name.text, declares)

    def mention(self, thing: Thing, place: Place, text: str, declares: bool = False, skip: int = 0) -> None:
        """The mention of `text` within a place, which may have brackets or quotation marks around it."""
        line = self.lines[place.line - 1] if 0 < place.line <= len(self.lines) else ""
        end = place.end_column - 1 if place.end_line == place.line else len(line)
        start = line.find(text, place.column - 1 + skip, end)
        if start >= 0 and text:
            spot = replace(place, column=start + 1, end_line=place.line, end_column=start + 1 + len(text))
            self.found.append(Mention(thing, spot, declares))

    def dotted(self, kind: ThingKind, name: Name) -> None:
        """`assist` or `cst.assist`."""
        instrument, dot, local = name.text.partition(".")
        if not dot:
            self.add(kind, name, self.home)
            return
        self.mention(Thing("instrument", instrument), name.place, instrument)
        self.mention(Thing(kind, local, instrument), name.place, local, skip=len(instrument) + 1)

    # ---- what it stands for ----

    def instrument(self, *names: Name | None) -> None:
        for name in names:
            if name is not None and name.text not in ("party", "_"):
                self.add("instrument", name)

    def actor(self, *names: Name | None) -> None:
        """A code, or a variable where the line has some."""
        for name in names:
            if name is None or name.text == "_":
                continue
            if is_code(name.text):
                self.speaker(name)
            elif self.recorded:
                self.individual(name)
            else:
                self.add("variable", name, self.clause)

    def speaker(self, *names: Name | None) -> None:
        for name in names:
            if name is None:
                continue
            thing = self.known.voice("speaker", name.text, self.page)
            if self.known.has(thing):
                self.mention(thing, name.place, name.text)
            elif is_code(name.text):
                self.add("actor", name)
            else:
                self.source(name)

    def source(self, *names: Name | None) -> None:
        for name in names:
            if name is not None:
                self.mention(self.known.voice("source", name.text, self.page), name.place, name.text)

    def norm(self, *names: Name | None) -> None:
        for name in names:
            if name is not None:
                self.dotted("norm", name)

    def text(self, name: Name | None, home: str = "") -> None:
        if name is not None:
            self.add("text", name, home or self.home)

    def question(self, name: Name) -> Thing:
        """A question, or the term whose readings are asked about."""
        instrument, dot, local = name.text.partition(".")
        home = instrument if dot else self.home
        kind: ThingKind = "term" if self.known.has(Thing("term", local or name.text, home)) else "question"
        self.dotted(kind, name)
        return Thing(kind, local or name.text, home)

    def individual(self, name: Name) -> None:
        """A name in a record: a fact, a value, or a clause such as `lir.assist`."""
        if name.text in ("_", "*"):
            return
        if "." in name.text:
            self.about(name)
        elif is_code(name.text):
            self.speaker(name)
        elif self.known.has(Thing("value", name.text)) and not self.known.has(self.fact(name.text)):
            self.add("value", name)
        else:
            self.mention(self.fact(name.text), name.place, name.text)

    def fact(self, name: str) -> Thing:
        return Thing("fact", name, self.scope)

    def about(self, name: Name) -> None:
        """What is supposed, or what an answer turns on: a fact, a question, a norm, `grave(a1)`."""
        if "(" in name.text:
            for part in _NAME.finditer(name.text):
                thing = self.fact(part[0]) if self.known.has(self.fact(part[0])) else None
                if thing is None and part.start() == 0:
                    thing = Thing("word", part[0])
                if thing is not None:
                    self.mention(thing, name.place, part[0], skip=part.start())
        elif name.text.startswith("some "):  # one that the record does not list
            self.mention(Thing("word", name.text[5:]), name.place, name.text[5:], skip=5)
        elif "." in name.text:
            instrument, _, local = name.text.partition(".")
            kinds: tuple[ThingKind, ...] = ("term", "question", "rule", "norm")
            for kind in kinds:
                if kind == "norm" or self.known.has(Thing(kind, local, instrument)):
                    self.dotted(kind, name)
                    return
        elif self.known.has(self.fact(name.text)):
            self.mention(self.fact(name.text), name.place, name.text)
        elif self.known.has(Thing("word", name.text)):
            self.add("word", name)
        else:
            self.individual(name)

    def predicate(self, name: Name) -> Thing:
        """The word or term of an atom."""
        instrument, dot, local = name.text.partition(".")
        term = Thing("term", local if dot else name.text, instrument if dot else self.home)
        if dot or (not self.recorded and self.known.has(term)):
            self.dotted("term", name)
            return term
        self.add("word", name)
        return Thing("word", name.text)

    def term(self, term: Term) -> None:
        for name in term.names if isinstance(term, OneOf) else (term,):
            if self.recorded or is_code(name.text):
                self.individual(name)
            elif name.text != "_" and self.known.has(Thing("value", name.text)):
                self.add("value", name)
            elif name.text != "_":
                self.add("variable", name, self.clause)

    def atom(self, atom: AtomF) -> None:
        thing = self.predicate(atom.predicate)
        known = self.known.declared.get(thing, []) if thing.kind == "term" else []
        for arg in atom.args:
            if arg.role is not None and known:  # a term's parameters are variables of it
                self.add("variable", arg.role, clause_home(known[0].page, known[0].item))
            elif arg.role is not None:
                self.add("role", arg.role, thing.name)
            if thing == Thing("word", "party") and isinstance(arg.term, Name) and arg is not atom.args[0]:
                self.instrument(arg.term)
            else:
                self.term(arg.term)
        if atom.mark is not None:
            self.add("variable", atom.mark, self.clause)

    def sort(self, name: Name) -> None:
        if name.text[:1].islower():
            self.add("word", name)
        else:
            self.add("sort", name)

    def formula(self, formula: Formula | None, asked: str = "") -> None:
        match formula:
            case AtomF():
                self.atom(formula)
            case AndF(parts) | OrF(parts):
                for part in parts:
                    self.formula(part)
            case NotF(body) | NoF(body):
                self.formula(body)
            case QuantF():
                self.sort(formula.sort)
                self.add("variable", formula.var, self.clause)
                if formula.weight is not None:
                    self.dotted("weighting", formula.weight)
                self.formula(formula.who)
                self.formula(formula.body)
            case IsF(left=one, right=two) | BeforeF(first=one, second=two):
                self.term(one)
                self.term(two)
            case SpeechF():
                self.term(formula.speaker)
                self.atom(formula.content)
            case ReadingF():
                for name, holders, body in formula.readings:
                    self.add("answer", name, asked, declares=True)
                    self.holders(holders)
                    self.formula(body)
            case ByF():
                question = self.question(formula.question)
                for name, body in formula.answers:
                    self.add("answer", name, question.written)
                    self.formula(body)
            case _:
                pass

    def holders(self, holders: Iterable[Holder]) -> None:
        for holder in holders:
            self.speaker(holder.by)
            self.source(holder.source)
