"""Who has it from whom, drawn: a line for each document, time from left to right, an arrow from an origin to its copy.

Of all links each document shows the strongest, so that the drawing is a forest and no arrow crosses a name. Documents
without a date stand in a column of their own, the last, so that every arrow leads to the right. Lengths are in
pixels of a drawing at its full size.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from foedus.report.layout import clipped, columns
from foedus.report.lists import on_day
from foedus.report.trace.wording import percent
from foedus.terms.time import order_key
from foedus.trace.document import Document
from foedus.trace.passage import Link, Traced
from foedus.words.speech import say

MOST_NODES = 80
"""Documents that are drawn; those that are linked go first, and the others are counted."""

RADIUS = 5
LANE = 14
_SIGN = 7.4
"""How wide a character of a name is, at most."""


@dataclass(frozen=True, slots=True)
class Node:
    """A document: its name as far as there is room, in full, and where it stands."""

    name: str
    full: str
    x: float
    y: float
    beside: str
    alone: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow, or a line where nobody knows who was first."""

    by: Literal["attribution", "time", "unknown"]
    path: str
    tip: str


@dataclass(frozen=True, slots=True)
class Column:
    """A day, or a few, with its words where there is room for them."""

    x: float
    words: str
    anchor: Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Shape:
    """How a drawing is laid out: its width, the height of a line, the room for names (0: above the line)."""

    name: str
    width: int
    line: int
    names: int


SHAPES = (Shape("wide", 960, 30, 270), Shape("small", 340, 46, 0))


@dataclass(frozen=True)
class Drawing:
    """Everything placed; `base` is how far below a line's middle a name stands."""

    shape: Shape
    height: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Forest:
    """Documents in the order of their lines, and of each the link by which it hangs on another."""

    documents: tuple[Document, ...]
    hung: dict[str, Link]
    left_out: int
    links_left_out: int


def forest(traced: Traced) -> Forest:
    """The strongest link of each document, and the documents so that a copy stands below its origin."""
    documents = {document.id: document for document in traced.documents}
    hung: dict[str, Link] = {}
    root = {name: name for name in documents}

    def top(name: str) -> str:
        while root[name] != name:
            root[name] = root[root[name]]
            name = root[name]
        return name

    for link in sorted(traced.links, key=lambda each: (-each.share, each.origin, each.copy)):
        below = next((name for name in _ends(link) if name not in hung), None)
        if below is not None and top(link.origin) != top(link.copy):
            root[top(link.origin)] = top(link.copy)
            hung[below] = link
    copies: dict[str, list[str]] = {}
    for name, link in hung.items():
        copies.setdefault(_other(link, name), []).append(name)
    ordered: list[Document] = []
    sizes = dict.fromkeys(documents, 0)
    for name in documents:
        sizes[top(name)] += 1
    roots = sorted(
        (name for name in documents if name not in hung),
        key=lambda name: (-sizes[top(name)], _when(documents[name])),
    )
    waiting = roots[::-1]
    while waiting:
        name = waiting.pop()
        ordered.append(documents[name])
        waiting += sorted(copies.get(name, ()), key=lambda each: _when(documents[each]), reverse=True)
    shown = tuple(ordered[:MOST_NODES])
    names = {document.id for document in shown}
    kept = {name: link for name, link in hung.items() if name in names and _other(link, name) in names}
    return Forest(shown, kept, len(ordered) - len(shown), len(traced.links) - len(kept))


def _ends(link: Link) -> tuple[str, ...]:
    """Which of the two may hang on the other: the copy, or either."""
    return (link.copy,) if link.by else (link.copy, link.origin)


def _other(link: Link, name: str) -> str:
    return link.origin if name == link.copy else link.copy


def _when(document: Document) -> tuple[tuple[int, int, str], str]:
    return (order_key(document.meta.on) if document.meta.on else (10**9, 0, ""), document.id)


def drawn(found: Forest, shape: Shape) -> Drawing:
    """The forest laid out."""
    days = sorted({order_key(d.meta.on): on_day(d.meta.on) for d in found.documents if d.meta.on}.items())
    undated = any(d.meta.on is None for d in found.documents)
    heads = [*days, *([(None, say("no date"))] if undated else [])]
    left, right = shape.names + 34, shape.width - 64
    step = (right - left) / max(len(heads) - 1, 1)
    at = {key: left + n * step for n, (key, _) in enumerate(heads)}
    x = _across(found, at, step)
    top = 34 + (0 if shape.names else 14)
    y = {document.id: float(top + n * shape.line) for n, document in enumerate(found.documents)}
    hanging = {_other(link, name) for name, link in found.hung.items()}
    nodes = tuple(
        Node(
            clipped(document.id, int((shape.names or shape.width) / _SIGN)),
            document.id,
            x[document.id],
            y[document.id],
            percent(found.hung[document.id].share) if document.id in found.hung else "",
            document.id not in found.hung and document.id not in hanging,
        )
        for document in found.documents
    )
    edges = tuple(_edge(link, name, x, y) for name, link in found.hung.items())
    height = top + shape.line * (len(nodes) - 1) + 18
    return Drawing(shape, height, nodes, edges, tuple(_columns(heads, at, shape.width)))


def _across(found: Forest, at: dict[tuple[int, int, str] | None, float], step: float) -> dict[str, float]:
    """Where each document stands from left to right. In one column origins stand each in a lane of its own, and
    what only copies to the right of them, so that no arrow runs through a document."""
    x: dict[str, float] = {}
    lanes: dict[object, int] = {}
    origins = {_other(link, name) for name, link in found.hung.items()}
    room = max(1, int(step / 2 / LANE))
    for document in found.documents:
        key = order_key(document.meta.on) if document.meta.on else None
        lane = min(lanes.get(key, 0), room)
        x[document.id] = at[key] + lane * LANE
        if document.id in origins:
            lanes[key] = lane + 1
    return x


def _edge(link: Link, below: str, x: dict[str, float], y: dict[str, float]) -> Edge:
    above = _other(link, below)
    x0, y0, x1, y1 = x[above], y[above], x[below], y[below]
    end = RADIUS + (8 if link.by else 0)
    if x1 >= x0 + LANE - 1:
        path = f"M{x0:g} {y0 + RADIUS:g}V{y1 - 6:g}Q{x0:g} {y1:g} {x0 + 6:g} {y1:g}H{x1 - end:g}"
    else:
        bus = min(x0, x1) - 16
        path = (
            f"M{x0 - RADIUS:g} {y0:g}H{bus + 6:g}Q{bus:g} {y0:g} {bus:g} {y0 + 6:g}V{y1 - 6:g}"
            f"Q{bus:g} {y1:g} {bus + 6:g} {y1:g}H{x1 - end:g}"
        )
    return Edge(link.by or "unknown", path, f"M{x1 - RADIUS - 1:g} {y1:g}l-9 -4.5v9z")


def _columns(
    heads: Sequence[tuple[tuple[int, int, str] | None, str]],
    at: dict[tuple[int, int, str] | None, float],
    width: int,
) -> Iterable[Column]:
    """Words for the first and the last, and between them for as many as have room."""
    wide = [columns(words) * 6.6 for _, words in heads]
    last = len(heads) - 1
    ends = at[heads[last][0]] - (wide[last] if heads else 0) if heads else 0
    free = 0.0
    for n, (key, words) in enumerate(heads):
        x = at[key]
        anchor: Literal["start", "middle", "end"] = "start" if n == 0 else "end" if n == last else "middle"
        begin = {"start": x - 4, "middle": x - wide[n] / 2, "end": min(x + 56, width) - wide[n]}[anchor]
        fits = begin >= free and (n in (0, last) or begin + wide[n] + 12 <= ends)
        if fits:
            free = begin + wide[n] + 12
        yield Column(x, words if fits else "", anchor)
