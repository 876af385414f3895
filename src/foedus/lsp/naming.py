r"""What names stand for, and where each was declared.

A *thing* is what a name stands for: a word of the vocabulary, a role of it, a norm, a source, a fact of one
dossier. Two names that stand for the same thing have equal things, on whatever page they are. Its `home`
says where its name is known: an instrument, the word whose role it is, the page or trial of a record; it is
empty for what all pages share.

>>> from foedus.lang.parse import parse_page
>>> page, _ = parse_page("lir.md", "```foedus\njudgement grave(of: Incident)\n```\n")
>>> [found.thing for found in declared(page)]
[Thing(kind='word', name='grave', home=''), Thing(kind='role', name='of', home='grave')]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from foedus.diagnostics.span import Place
from foedus.lang.procedure_tree import ClockPart, FirstPart, ProcedureItem, StepPart, TrackPart
from foedus.lang.tree import (
    ActorItem,
    DossierItem,
    FactItem,
    Formula,
    InstrumentItem,
    Item,
    Name,
    NormItem,
    Page,
    PredicateItem,
    QuantityItem,
    QuestionItem,
    ReadingF,
    RuleItem,
    SomeoneItem,
    SourceItem,
    SpeakerItem,
    TermItem,
    Trial,
    ValuesItem,
    WeightingItem,
)

ThingKind = Literal[
    "instrument", "text", "word", "role", "sort", "value", "actor", "term", "norm", "question", "answer",
    "rule", "weighting", "source", "speaker", "fact", "quantity", "variable", "dossier",
    "procedure", "track", "stage", "step", "clock",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Thing:
    """What a name stands for."""

    kind: ThingKind
    name: str
    home: str = ""

    @property
    def written(self) -> str:
        """The name as other pages write it: `cst.assist`."""
        homed = self.kind in ("term", "norm", "question", "rule", "weighting", "procedure")
        return f"{self.home}.{self.name}" if homed else self.name


@dataclass(frozen=True, slots=True)
class Declared:
    """A thing with the item that declares it, the place of its name there, and the page. `trial`: it is declared
    for a trial of the page, and not for others."""

    thing: Thing
    place: Place
    item: Item
    page: Page
    trial: bool = False


@dataclass(frozen=True)
class Known:
    """Everything that some pages declare."""

    pages: tuple[Page, ...]
    declared: dict[Thing, list[Declared]] = field(init=False, repr=False)
    named: dict[tuple[str, str], list[Thing]] = field(init=False, repr=False)
    folders: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        declared_: dict[Thing, list[Declared]] = {}
        named: dict[tuple[str, str], list[Thing]] = {}
        folders = frozenset(_folder(page.path) for page in self.pages if page.path.endswith("/dossier.md"))
        object.__setattr__(self, "folders", folders)
        for page in self.pages:
            scope = self.scope(page)
            for found in declared(page):
                thing = found.thing
                if thing.kind in ("fact", "quantity") and thing.home == page.path != scope:
                    thing = replace(thing, home=scope)
                    found = replace(found, thing=thing)
                if thing not in declared_:
                    named.setdefault((thing.kind, thing.name), []).append(thing)
                declared_.setdefault(thing, []).append(found)
        object.__setattr__(self, "declared", declared_)
        object.__setattr__(self, "named", named)

    def has(self, thing: Thing) -> bool:
        """Whether a page declares it."""
        return thing in self.declared

    def all(self, *kinds: ThingKind) -> Iterator[Declared]:
        """The first declaration of everything of these kinds."""
        return (found[0] for thing, found in self.declared.items() if thing.kind in kinds)

    def for_page(self, thing: Thing, page: Page) -> list[Declared]:
        """Where a thing is declared as a page sees it: by itself, or else by others, but not for their trials."""
        found = self.declared.get(thing, [])
        own = [one for one in found if one.page.path == page.path]
        return own or [one for one in found if not one.trial]

    def scope(self, page: Page) -> str:
        """Where the facts of a page's record are known: its dossier's folder, or the page alone."""
        folder = _folder(page.path)
        return folder if folder in self.folders else page.path

    def voice(self, kind: ThingKind, name: str, page: Page) -> Thing:
        """The source or speaker that a page means by a name: its own, its dossier's, or one of that name."""
        candidates = self.named.get((kind, name), [])
        folder = self.scope(page)
        own = Thing(kind, name, page.path)
        if own in self.declared or not candidates:
            return own
        return next((c for c in candidates if _folder(c.home) == folder), candidates[0])


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def homes_of(page: Page) -> Iterator[tuple[str, Item]]:
    """The items of a page outside trials, each with its instrument: the page's only one, or the last above it."""
    home = first_instrument(page)
    for item in (*page.items, *page.records):
        if isinstance(item, InstrumentItem):
            home = item.id.text
        yield home, item


def first_instrument(page: Page) -> str:
    """The id of the page's first instrument; empty if it has none."""
    return next((item.id.text for item in page.items if isinstance(item, InstrumentItem)), "")


def declared(page: Page) -> Iterator[Declared]:
    """Everything that a page declares. Facts outside trials have the page's path as their home."""
    for home, item in homes_of(page):
        yield from _by_item(page, item, home, page.path)
    for trial, scope in trials_of(page):
        for item in trial.records:
            yield from (replace(d, trial=True) for d in _by_item(page, item, first_instrument(page), scope))


def parts_declared(item: ProcedureItem, home: str) -> Iterator[tuple[Thing, Name]]:
    """The procedure, its tracks, stages, steps and clocks, each with where it is declared."""
    yield Thing("procedure", item.name.text, home), item.name
    within = f"{home}.{item.name.text}"
    for part in item.parts:
        match part:
            case TrackPart():
                yield Thing("track", part.name.text, within), part.name
                for stage in part.stages:
                    yield Thing("stage", stage.text, f"{within}.{part.name.text}"), stage
            case StepPart():
                yield Thing("step", part.name.text, within), part.name
            case ClockPart():
                yield Thing("clock", part.name.text, within), part.name
            case FirstPart():
                pass


def trials_of(page: Page) -> Iterator[tuple[Trial, str]]:
    """The trials of a page, each with where its facts are known."""
    before: list[str] = []
    for trial in page.trials:
        yield trial, of_trial(page, trial.heading, before)
        before.append(trial.heading)


def of_trial(page: Page, heading: str, before: Sequence[str] = ()) -> str:
    """Where the facts of the trial under a heading are known, after those under the headings before it. It does
    not hang on a line's number: an editor asks about a page that has grown by a line since it was read."""
    nth = sum(1 for other in before if other == heading)
    return f"{page.path}#{heading}" + (f"#{nth}" if nth else "")


def clause_home(page: Page, item: Item) -> str:
    """Where the variables of an item are known."""
    return f"{page.path}#{item.place.line}"


def _by_item(page: Page, item: Item, home: str, scope: str) -> Iterable[Declared]:
    def found(kind: ThingKind, name: str, place: Place, at: str = "") -> Declared:
        return Declared(Thing(kind, name, at), place, item, page)

    match item:
        case InstrumentItem():
            yield found("instrument", item.id.text, item.id.place)
            for text in item.texts:
                yield found("text", text.id.text, text.id.place, item.id.text)
        case ActorItem():
            yield found("actor", item.code.text, item.code.place)
        case ValuesItem():
            yield found("sort", item.sort.text, item.sort.place)
            for name in item.names:
                yield found("value", name.text, name.place)
        case PredicateItem():
            yield found("word", item.name.text, item.name.place)
            for role, _ in item.roles:
                yield found("role", role.text, role.place, item.name.text)
        case TermItem():
            yield found("term", item.name.text, item.name.place, home)
            for name in item.vars:
                yield found("variable", name.text, name.place, clause_home(page, item))
            yield from (found("answer", n.text, n.place, f"{home}.{item.name.text}") for n in _readings(item))
        case QuestionItem():
            yield found("question", item.name.text, item.name.place, home)
            for name, _ in item.answers:
                yield found("answer", name.text, name.place, f"{home}.{item.name.text}")
        case NormItem():
            yield found("norm", item.name.text, item.name.place, home)
        case WeightingItem():
            yield found("weighting", item.name.text, item.name.place, home)
        case RuleItem():
            yield found("rule", item.name.text, item.name.place, home)
            yield from (found("answer", n.text, n.place, f"{home}.{item.name.text}") for n in _readings(item))
        case ProcedureItem():
            for thing, name in parts_declared(item, home):
                yield found(thing.kind, name.text, name.place, thing.home)
        case SourceItem():
            yield found("source", item.id.text, item.id.place, page.path)
        case SpeakerItem():
            yield found("speaker", item.id.text, item.id.place, page.path)
        case DossierItem():
            yield found("dossier", item.id.text, item.id.place)
        case SomeoneItem():
            yield found("fact", item.id.text, item.id.place, scope)
        case FactItem(id=name) if name is not None:
            yield found("fact", name.text, name.place, scope)
        case QuantityItem():
            yield found("quantity", item.id.text, item.id.place, scope)
        case _:
            pass


def formulas_of(item: TermItem | RuleItem) -> Iterator[Formula]:
    """Every formula of a term or a rule."""
    if isinstance(item, RuleItem):
        yield from (formula for version in item.versions for formula in version.formulas())
    else:
        yield from (formula for _, formula in item.versions)


def _readings(item: TermItem | RuleItem) -> Iterator[Name]:
    for formula in formulas_of(item):
        if isinstance(formula, ReadingF):
            yield from (name for name, _, _ in formula.readings)
