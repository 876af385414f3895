"""What names there are to choose from at the cursor, each with what it stands for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from lsprotocol.types import CompletionItemKind

from foedus.lang.lines import CLASSES, OUTCOMES, VERDICTS
from foedus.lang.outline import Line
from foedus.lang.procedure_tree import MANNERS
from foedus.lang.scan import scan
from foedus.lang.tree import (
    AtomF,
    FactItem,
    InstrumentItem,
    OneOf,
    Page,
    PartiesItem,
    PredicateItem,
    SourceItem,
    TermItem,
    ValuesItem,
)
from foedus.lang.words import BUILT_IN
from foedus.lsp.cursor import Cursor
from foedus.lsp.naming import Declared, Known, Thing, ThingKind, of_trial, trials_of
from foedus.lsp.offers import EACH, FORMULAS, MODIFIERS, RULES, Sort
from foedus.lsp.procedures import around, movers, stages, steps, tracks
from foedus.lsp.telling import in_a_line, roles_of, source_told
from foedus.lsp.text import Text
from foedus.terms.fact import SORTS
from foedus.terms.states import STATES, name_of
from foedus.words.speech import aloud

_VARIABLE = re.compile(r"(?!(?:and|or|not|no|as|is|that|each)\Z)[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Offer:
    """A name to offer. `insert` is a template where it has `$`; `rank` sorts, lowest first."""

    label: str
    kind: CompletionItemKind
    detail: str = ""
    told: str = ""
    insert: str = ""
    also: str = ""  # what may be typed instead to find it
    rank: int = 5


class Choices:
    """The names at hand for one cursor: each method gives those of one sort (`offers.Sort`)."""

    def __init__(
        self, here: Cursor, text: Text, number: int, page: Page, known: Known, snippets: bool
    ) -> None:
        self.here, self.text, self.page, self.known, self.snippets = here, text, page, known, snippets
        self.home = _home(page, number)
        self.recorded = here.block.kind != "foedus"
        self.scope = of_trial(page, here.trial[-1], here.trial[:-1]) if here.trial else known.scope(page)
        self.sorts: Mapping[Sort, Callable[[], Iterable[Offer]]] = {
            "actors": self.actors,
            "speakers": self.speakers,
            "sources": self.sources,
            "words": self.words,
            "sorts": self.sort_names,
            "values": self.values,
            "norms": self.norms,
            "instruments": lambda: self.declared("instrument", CompletionItemKind.Module),
            "questions": self.questions,
            "texts": self.texts,
            "facts": self.facts,
            "unnamed": self.unnamed,
            "individuals": self.facts,
            "variables": self.variables,
            "answers": self.answers,
            "party": lambda: fixed(["party"]),
            "encoder": lambda: fixed(["encoder"]),
            "everything": lambda: fixed(["*"]),
            "grounds": lambda: fixed(["closed", "presumed"]),
            "classes": lambda: self.phrases(CLASSES),
            "modifiers": lambda: self.phrases(MODIFIERS),
            "verdicts": lambda: self.phrases(VERDICTS),
            "outcomes": lambda: self.phrases(OUTCOMES),
            "rules": self.rules,
            "tracks": self.tracks,
            "stages": self.stages,
            "steps": self.steps,
            "movers": lambda: self.phrases(movers(self.roles_of_parties())),
            "manners": lambda: fixed(MANNERS),
            "setters": lambda: fixed(["decision", "chair"]),
            "each": lambda: self.phrases((*EACH, *(f"each {role}" for role in self.roles_of_parties()))),
        }

    def of(self, sorts: Iterable[Sort]) -> Iterator[Offer]:
        """Everything of these sorts."""
        for sort in sorts:
            yield from self.sorts[sort]()

    def declared_word(self, word: str) -> Declared | None:
        """The declaration of a word or term."""
        instrument, dot, local = word.partition(".")
        term = Thing("term", local if dot else word, instrument if dot else self.home)
        found = self.known.declared.get(term) or self.known.declared.get(Thing("word", word))
        return found[0] if found else None

    def declared(self, kind: ThingKind, shown: CompletionItemKind) -> Iterator[Offer]:
        """Everything declared of a kind that is the same on all pages."""
        for found in self.known.all(kind):
            yield self.offer(found, found.thing.name, shown)

    def offer(self, found: Declared, label: str, shown: CompletionItemKind, rank: int = 5) -> Offer:
        """A declared name."""
        gloss = found.item.gloss if isinstance(found.item, PredicateItem | TermItem) else ""
        return Offer(label, shown, in_a_line(found), gloss, rank=rank)

    def is_own(self, found: Declared) -> bool:
        """Whether a thing is called by its short name here: it is the page's own, and nobody writes its long one."""
        return found.thing.home == self.home and not self.here.typed.startswith(f"{self.home}.")

    def words(self) -> Iterator[Offer]:
        """Words of the vocabulary and, outside records, terms, each with its roles."""
        for found in self.known.all("word") if self.recorded else self.known.all("word", "term"):
            own = self.is_own(found)
            label = found.thing.name if found.thing.kind == "word" or own else found.thing.written
            yield self.with_roles(
                self.offer(found, label, CompletionItemKind.Function, 2 if own else 3), found
            )
        for name, word in BUILT_IN.items():
            roles = ", ".join(f"{role.name}: {role.sort}" for role in word.roles)
            yield Offer(name, CompletionItemKind.Function, f"{word.kind} {name}({roles})", rank=4)
        if not self.recorded:
            yield Offer("decided", CompletionItemKind.Function, "decided(O)", rank=4)
            if self.here.kind is not None and self.here.kind.rule in RULES:
                yield Offer("present", CompletionItemKind.Function, "present(p, m)", rank=4)
            yield from (Offer(role, CompletionItemKind.Function, rank=4) for role in self.roles_of_parties())

    def with_roles(self, offer: Offer, found: Declared) -> Offer:
        """The offer with its parentheses, where the editor fills templates in."""
        roles = roles_of(found)
        if not self.snippets or not roles:
            return offer
        blanks = ", ".join(f"${{{n}:{role}}}" for n, role in enumerate(roles, 1))
        return Offer(
            offer.label, offer.kind, offer.detail, offer.told, f"{offer.label}({blanks})", "", offer.rank
        )

    def individual_words(self) -> Iterator[Offer]:
        """Incidents and acts, which are sorts of things as well."""
        for found in self.known.all("word"):
            if isinstance(found.item, PredicateItem) and found.item.kind in ("incident", "act"):
                yield self.offer(found, found.thing.name, CompletionItemKind.Class)

    def sort_names(self) -> Iterator[Offer]:
        """Sorts, those that are built in first."""
        yield from (Offer(sort, CompletionItemKind.Class, rank=4) for sort in SORTS)
        yield from self.declared("sort", CompletionItemKind.Class)

    def values(self, sort: str = "") -> Iterator[Offer]:
        """Values, of one sort if it is named."""
        for found in self.known.all("value"):
            if not sort or (isinstance(found.item, ValuesItem) and found.item.sort.text == sort):
                yield self.offer(found, found.thing.name, CompletionItemKind.EnumMember, 2)

    def actors(self) -> Iterator[Offer]:
        """Codes of states, groups and organs; those that pages declare first."""
        things = [thing for thing in self.known.declared if thing.kind == "actor"]
        for thing in things:
            for found in self.known.for_page(thing, self.page)[:1]:
                title = in_a_line(found)
                yield Offer(thing.name, CompletionItemKind.Constant, title, also=title, rank=4)
        for code in STATES:
            name = aloud(name_of(code))
            yield Offer(code, CompletionItemKind.Constant, name, also=name)

    def speakers(self) -> Iterator[Offer]:
        """Who may speak."""
        for found in self.known.all("speaker"):
            if self.near(found):
                yield self.offer(found, found.thing.name, CompletionItemKind.Constant, 3)
        yield from self.actors()

    def near(self, found: Declared) -> bool:
        """Whether a source or speaker is of this page or its dossier."""
        own = found.page.path == self.page.path
        return own or self.known.scope(found.page) == self.known.scope(self.page)

    def sources(self) -> Iterator[Offer]:
        """Sources of this page or its dossier."""
        for found in self.known.all("source"):
            if self.near(found) and isinstance(found.item, SourceItem):
                item = found.item
                told = source_told(item)
                yield Offer(item.id.text, CompletionItemKind.Reference, item.title, told, also=item.title)

    def norms(self) -> Iterator[Offer]:
        """Norms: by their short names where the line may have them, of other pages with the page's name."""
        short = self.here.kind is not None and self.here.kind.key in ("lifts", "lifted", "not_encoded")
        for found in self.known.all("norm"):
            own = self.is_own(found)
            label = found.thing.name if short and own else found.thing.written
            yield self.offer(found, label, CompletionItemKind.Method, 2 if own else 5)

    def questions(self) -> Iterator[Offer]:
        """Questions, and terms whose readings are asked about."""
        short = self.here.kind is not None and self.here.kind.rule in FORMULAS
        asked = {thing.home for thing in self.known.declared if thing.kind == "answer"}
        for found in self.known.all("question", "term", "rule"):
            if found.thing.written in asked or found.thing.kind == "question":
                own = self.is_own(found)
                label = found.thing.name if short and own else found.thing.written
                yield self.offer(found, label, CompletionItemKind.Enum, 2 if own else 5)

    def rules(self) -> Iterator[Offer]:
        """Rules of decision: this page's by their short names."""
        for found in self.known.all("rule"):
            own = self.is_own(found)
            label = found.thing.name if own else found.thing.written
            yield self.offer(found, label, CompletionItemKind.Operator, 2 if own else 5)

    def tracks(self) -> Iterator[Offer]:
        """The tracks of the procedure around the cursor."""
        item = around(self.page, self.here.item[0])
        for track in tracks(item) if item is not None else ():
            yield Offer(track.name.text, CompletionItemKind.Field, track.title, rank=1)

    def stages(self) -> Iterator[Offer]:
        """The stages of the track that the line, or the one above it, names."""
        item = around(self.page, self.here.item[0])
        named = [token.text for token in self.here.tokens if token.kind == "word"]
        kind = self.here.kind
        if kind is not None and kind.key == "ends":
            named = self.here.above[-1][1].text.split()[1:2]
        for stage in stages(item, next(iter(named), "")) if item is not None else ():
            yield Offer(stage, CompletionItemKind.EnumMember, rank=1)

    def steps(self) -> Iterator[Offer]:
        """The steps of the procedure around the cursor."""
        item = around(self.page, self.here.item[0])
        for step in steps(item) if item is not None else ():
            yield Offer(step.name.text, CompletionItemKind.Method, step.title, rank=1)

    def weightings(self) -> Iterator[Offer]:
        """Weightings: this page's by their short names."""
        for found in self.known.all("weighting"):
            own = self.is_own(found)
            label = found.thing.name if own else found.thing.written
            yield self.offer(found, label, CompletionItemKind.Value, 2 if own else 5)

    def texts(self) -> Iterator[Offer]:
        """Texts: of this instrument, or of the norm that is asked about."""
        kind = self.here.kind
        home = (
            self.here.rest.strip().partition(".")[0] if kind is not None and kind.key == "ask" else self.home
        )
        for found in self.known.all("text"):
            if found.thing.home == home:
                yield self.offer(found, found.thing.name, CompletionItemKind.Value)

    def facts(self, rank: int = 3) -> Iterator[Offer]:
        """Facts and somebodies of this dossier or trial."""
        for found in self.known.all("fact"):
            if found.thing.home == self.scope:
                yield self.offer(found, found.thing.name, CompletionItemKind.Event, rank)

    def unnamed(self) -> Iterator[Offer]:
        """Facts of this dossier or trial that have no name: their ids stand in quotation marks."""
        trials = [trial.records for trial, scope in trials_of(self.page) if scope == self.scope]
        for item in trials[0] if trials else self.page.records:
            if isinstance(item, FactItem) and item.id is None:
                ident = _as_id(item.atom)
                quoted = ident if self.here.inside else f'"{ident}"'
                yield Offer(quoted, CompletionItemKind.Event, item.title, rank=3)

    def answers(self, quoted: bool = False) -> Iterator[Offer]:
        """The answers of the question that the line, or the one above it, is about."""
        asked = _asked(self.here)
        home = asked if "." in asked else f"{self.home}.{asked}"
        for found in self.known.all("answer"):
            if found.thing.home == home:
                label = f'"{found.thing.name}"' if quoted else found.thing.name
                yield Offer(label, CompletionItemKind.EnumMember, home, rank=2)

    def variables(self) -> Iterator[Offer]:
        """The variables of the clauses around the cursor."""
        words = _variables(self.text, self.here.item[0])
        known = (
            word for word in words if not self.known.has(Thing("value", word)) and word != self.here.typed
        )
        yield from (Offer(word, CompletionItemKind.Variable, rank=1) for word in known)

    def roles_of_parties(self) -> list[str]:
        """The roles that this page's parties have, other than that of a party."""
        found = (item for item in self.page.items if isinstance(item, PartiesItem))
        return sorted({line.role for item in found for line in item.lines} - {"", "party"})

    def phrases(self, among: Iterable[str]) -> Iterator[Offer]:
        """Phrases of several words: what is missing of those that begin as the line does."""
        lead = self.here.rest.strip()
        lead = lead.rpartition(",")[2].strip() if "," in lead else lead
        if self.here.kind is not None and self.here.kind.rule == "effect":
            lead = lead.rpartition('"')[2].strip()
        for phrase in among:
            if not lead:
                yield Offer(phrase, CompletionItemKind.Keyword, rank=2)
            elif phrase.startswith(f"{lead} "):
                yield Offer(phrase[len(lead) + 1 :], CompletionItemKind.Keyword, phrase, rank=2)


def fixed(words: Iterable[str]) -> Iterator[Offer]:
    """Words of the language, as they are."""
    return (Offer(word, CompletionItemKind.Keyword, rank=2) for word in words)


def _as_id(atom: AtomF) -> str:
    """The id that an unnamed fact has: `grave(a1)`."""
    args = (
        "[" + " | ".join(name.text for name in arg.term.names) + "]"
        if isinstance(arg.term, OneOf)
        else arg.term.text
        for arg in atom.args
    )
    return f"{atom.predicate.text}({', '.join(args)})"


def _home(page: Page, number: int) -> str:
    """The instrument to which a line belongs: the last above it, or the page's first."""
    heads = [item for item in page.items if isinstance(item, InstrumentItem)]
    above = [item.id.text for item in heads if item.place.line <= number]
    return above[-1] if above else heads[0].id.text if heads else ""


def _asked(here: Cursor) -> str:
    """The question that a line is about: its first name, or that of the `by question:` above it."""
    if here.kind is not None and here.kind.key in ("case", "class_case") and here.above:
        return _behind_by(here.above[-1][1])
    words = [token.text for token in here.tokens if token.kind == "word"]
    return (
        words[-1] if words and here.kind is not None and here.kind.key == "suppose" else next(iter(words), "")
    )


def _behind_by(line: Line) -> str:
    words = [token.text for token in scan(line.text) if token.kind == "word"]
    return words[words.index("by") + 1] if "by" in words[:-1] else ""


def _variables(text: Text, first: int) -> list[str]:
    """The lower-case words that stand for something in the item that begins at this line."""
    lines = [text.line(first)]
    for line in text.lines[first : first + 60]:
        if line.lstrip().startswith("```") or (line.strip() and not line[:1].isspace()):
            break
        lines.append(line)
    found: dict[str, None] = {}
    for line in lines:
        tokens = list(scan(line))
        depth = 0
        for n, token in enumerate(tokens):
            depth += (token.kind == "open") - (token.kind == "close")
            behind = tokens[n + 1].text if n + 1 < len(tokens) else ""
            before = tokens[n - 1].text if n else ""
            named = depth > 0 or before in ("as", "to", "against", "party", "state")
            if named and behind not in (":", "(") and _VARIABLE.fullmatch(token.text):
                found[token.text] = None
    return list(found)
