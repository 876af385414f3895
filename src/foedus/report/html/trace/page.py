"""`show_page`: the whole page of a trace. What is laid out on it, and what a browser may do with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from foedus import __version__
from foedus.report.html.sealed import environment, policy, text_of
from foedus.report.html.trace.graph import SHAPES, drawn, forest
from foedus.report.html.trace.sides import bands, mark_bands, sides
from foedus.report.lists import on_day
from foedus.report.trace import wording
from foedus.report.trace.pairs import KINDS, Pair, number_of_pairs, pairs_of
from foedus.report.trace.places import Places
from foedus.report.trace.values import document_json
from foedus.trace.document import Document, MarkKind
from foedus.trace.passage import Traced
from foedus.words.speech import aloud, language

HERE = Path(__file__).parent
SHARED = HERE.parent

MOST_LAID_OUT = 40
"""Pairs whose texts stand on the page."""
MOST_SHOWN = 2_000_000
"""Characters of texts on the page."""
MOST_LISTED = 500
"""Pairs in the list; the rest is counted."""
MOST_DOCUMENTS = 500
MOST_GROUPS = 100


@dataclass(frozen=True)
class Laid:
    """A pair in the list, with its number; laid out, or named alone."""

    number: int
    pair: Pair
    texts: Mapping[str, Any] | None


def show_page(traced: Traced, command: str = "", lead: Sequence[str] = ()) -> str:
    """The page as HTML in one string, in the language spoken. `command` is what was typed to get it, `lead` what was
    asked about one document, answered."""
    pairs, more = _laid(traced)
    trees = forest(traced)
    groups = wording.collapsed(traced)
    documents = {document.id: document for document in traced.documents}
    style, script = _styles(), _scripts()
    return (
        _environment()
        .get_template("trace.html")
        .render(
            language=language(),
            lead=lead,
            headline=wording.headline(traced),
            groups=[
                (
                    wording.group_sentence(group),
                    wording.earliest(group, documents),
                    group.documents,
                    list(dict.fromkeys(map(aloud, group.reasons))),
                )
                for group in groups[:MOST_GROUPS]
            ],
            groups_more=max(0, len(groups) - MOST_GROUPS),
            alone=wording.alone(traced),
            forest=trees,
            drawings=[drawn(trees, shape) for shape in SHAPES],
            pairs=pairs,
            pairs_more=more,
            listed=more > 0 or len(pairs) != 1 or not pairs[0].texts,
            links=len(traced.links),
            thirds=[(third, n, wording.some(sorted(names))) for third, n, names in wording.thirds(traced)],
            documents=[_document(document) for document in traced.documents[:MOST_DOCUMENTS]],
            documents_more=max(0, len(traced.documents) - MOST_DOCUMENTS),
            unread=[wording.unread_words(unread) for unread in traced.unread],
            doubts=wording.doubts(traced.documents),
            kinds=KINDS,
            words=wording,
            neutral=wording.NEUTRAL,
            version=__version__,
            command=command,
            style=Markup(style),
            script=Markup(script),
            policy=policy(style, script),
        )
    )


def _laid(traced: Traced) -> tuple[list[Laid], int]:
    """The pairs of the list, as many laid out as there is room for; and how many are in no list."""
    found: list[Laid] = []
    shown = 0
    places = Places()
    for number, pair in enumerate(islice(pairs_of(traced), MOST_LISTED), 1):
        texts: dict[str, Any] | None = None
        if number <= MOST_LAID_OUT and shown < MOST_SHOWN and pair.passages:
            both = sides(pair)
            shown += sum(side.shown for side in both)
            texts = {"sides": both, "map": bands(pair), "marks": [mark_bands(side.document) for side in both]}
            texts["rows"] = [
                (
                    each,
                    places.of(pair.first, each.first),
                    places.of(pair.second, each.second),
                    wording.remarks(each, pair),
                )
                for each in pair.passages
            ]
        found.append(Laid(number, pair, texts))
    return found, number_of_pairs(traced) - len(found)


def _document(document: Document) -> Mapping[str, Any]:
    kinds: dict[MarkKind, None] = dict.fromkeys(mark.kind for mark in document.marks)
    return {
        "it": document,
        "on": on_day(document.meta.on),
        "digest": document_json(document, with_text=False)["sha256"][:12],
        "marks": ", ".join(wording.mark_words(kind) for kind in kinds),
    }


@cache
def _styles() -> str:
    """The style that all pages share, then this page's own."""
    names = ("graph", "list", "pair", "paper")
    own = (text_of(HERE / "styles" / f"{name}.css") for name in names)
    return "\n".join([text_of(SHARED / "styles" / "type.css"), *own])


@cache
def _scripts() -> str:
    return "\n".join(text_of(path) for path in sorted((HERE / "scripts").glob("*.js")))


@cache
def _environment() -> Environment:
    return environment(HERE / "templates", SHARED / "templates")
