"""The outline of a page: its headings, and under each what is declared, recorded and asked there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lsprotocol.types import DocumentSymbol, SymbolKind

from foedus.diagnostics.span import Place
from foedus.diagnostics.visible import visible
from foedus.lang.procedure_tree import ProcedureItem
from foedus.lang.tangle import tangle
from foedus.lang.tree import (
    ActorItem,
    AskItem,
    DossierItem,
    FactItem,
    InstrumentItem,
    Item,
    NormItem,
    Page,
    PartiesItem,
    PredicateItem,
    QuantityItem,
    QuestionItem,
    RuleItem,
    SomeoneItem,
    SourceItem,
    SpeakerItem,
    TermItem,
    ValuesItem,
    WeightingItem,
)
from foedus.lsp.text import Text


@dataclass(slots=True)
class _Node:
    place: Place
    symbol: DocumentSymbol
    level: int
    below: list[_Node] = field(default_factory=list["_Node"])


def symbols(page: Page, text: Text) -> list[DocumentSymbol]:
    """The headings of the page as a tree, with the items below them."""
    found = [*_headings(text), *_items(page, text)]
    nowhere = text.range(Place("", 1))
    root = _Node(Place(""), DocumentSymbol("", SymbolKind.File, nowhere, nowhere), 0)
    path = [root]
    for node in sorted(found, key=lambda node: (node.place.line, node.level)):
        while path[-1].level >= node.level:
            path.pop()
        path[-1].below.append(node)
        path.append(node)
    return _made(root.below, len(text.lines), text)


def _made(nodes: list[_Node], end: int, text: Text) -> list[DocumentSymbol]:
    """The symbols, each reaching to the next one beside it."""
    made: list[DocumentSymbol] = []
    for n, node in enumerate(nodes):
        last = nodes[n + 1].place.line - 1 if n + 1 < len(nodes) else end
        node.symbol.range.end = text.position(max(last, node.place.end_line), 1_000_000)
        node.symbol.children = _made(node.below, last, text) or None
        made.append(node.symbol)
    return made


def _headings(text: Text) -> Iterator[_Node]:
    for level, heading, place in tangle("", text.text).headings:
        stretch = text.range(place)
        name = visible(heading) or "#"
        yield _Node(place, DocumentSymbol(name, SymbolKind.String, stretch, text.range(place)), level)


def _items(page: Page, text: Text) -> Iterator[_Node]:
    trials = [item for trial in page.trials for item in (*trial.records, *trial.asks)]
    for item in (*page.items, *page.records, *page.asks, *trials):
        told = _told(item)
        if told is not None:
            name, kind, detail, place = told
            symbol = DocumentSymbol(
                visible(name) or "?", kind, text.range(item.place), text.range(place), visible(detail) or None
            )
            inside = symbol.range.start.line <= symbol.selection_range.start.line <= symbol.range.end.line
            if not inside:
                symbol.selection_range = text.range(item.place)
            yield _Node(item.place, symbol, 9)


def _told(item: Item) -> tuple[str, SymbolKind, str, Place] | None:
    """An item's name, kind, what it is in words, and where its name stands."""
    match item:
        case InstrumentItem():
            return item.id.text, SymbolKind.Module, item.title, item.id.place
        case NormItem():
            return item.name.text, SymbolKind.Method, f"{item.kind} {item.title}", item.name.place
        case TermItem():
            return item.name.text, SymbolKind.Function, f"term {item.gloss}", item.name.place
        case PredicateItem():
            return item.name.text, SymbolKind.Function, f"{item.kind} {item.gloss}", item.name.place
        case QuestionItem():
            return item.name.text, SymbolKind.Enum, item.title, item.name.place
        case RuleItem():
            return item.name.text, SymbolKind.Operator, item.title, item.name.place
        case ProcedureItem():
            return item.name.text, SymbolKind.Interface, item.title, item.name.place
        case WeightingItem():
            return item.name.text, SymbolKind.Array, item.title, item.name.place
        case ActorItem():
            return item.code.text, SymbolKind.Constant, item.title, item.code.place
        case ValuesItem():
            return (
                item.sort.text,
                SymbolKind.Enum,
                ", ".join(name.text for name in item.names),
                item.sort.place,
            )
        case PartiesItem():
            states = (name.text for line in item.lines for name in line.states)
            return "parties", SymbolKind.Array, ", ".join(dict.fromkeys(states)), item.place
        case SourceItem():
            return item.id.text, SymbolKind.File, item.title, item.id.place
        case SpeakerItem():
            return item.id.text, SymbolKind.Constant, item.title, item.id.place
        case DossierItem():
            return item.id.text, SymbolKind.Package, item.title, item.id.place
        case SomeoneItem() | QuantityItem():
            return item.id.text, SymbolKind.Variable, item.title, item.id.place
        case FactItem():
            name = item.id.text if item.id is not None else item.atom.predicate.text
            return name, SymbolKind.Event, item.title or item.atom.predicate.text, item.place
        case AskItem():
            expected = ", ".join(one.verdict for one in item.expects)
            return item.norm.text, SymbolKind.Boolean, expected, item.norm.place
        case _:
            return None
