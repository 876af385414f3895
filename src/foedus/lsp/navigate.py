"""From a name to what it stands for, and from there to everywhere it is named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lsprotocol.types import Position

from foedus.diagnostics.span import Place
from foedus.lang.scan import scan
from foedus.lang.tangle import tangle
from foedus.lang.tree import Page
from foedus.lsp.meanings import Mention
from foedus.lsp.mentions import mentions
from foedus.lsp.naming import Known, Thing, ThingKind, first_instrument, trials_of
from foedus.lsp.text import Text

NAME = re.compile(r"(?!(?:and|or|not|no|as|is|that)$)[a-z][a-z0-9_]*(?:-[a-z0-9_]+)*")
CODE = re.compile(r"[A-Z][A-Z0-9_]*")
SORT = re.compile(r"[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*")
ANSWER = re.compile(r'[^"\n]+')
PLAIN = re.compile(r"[a-z][a-z0-9_]*")
"""What things may be called; a variable and a role without hyphens."""

_CALLED = {"actor": CODE, "speaker": CODE, "sort": SORT, "answer": ANSWER, "variable": PLAIN, "role": PLAIN}


@dataclass(frozen=True, slots=True)
class Found:
    """What a name at the cursor may stand for, the likeliest first, and where the name is."""

    things: tuple[Thing, ...]
    place: Place


def at(text: Text, position: Position, page: Page, known: Known) -> Found | None:
    """The name at a position: from the tree, or by its looks where its line cannot be read."""
    line, column = position.line + 1, text.column(position)
    covering = [
        m for m in mentions(page, known)
        if m.place.line == line and m.place.column <= column <= m.place.end_column
    ]  # fmt: skip
    if covering:
        inner = min(
            covering, key=lambda m: (m.place.end_column <= column, m.place.end_column - m.place.column)
        )
        return Found((inner.thing,), inner.place)
    word, start, end = text.word(position)
    if not _is_name(text, line, start):
        return None
    above = [scope for trial, scope in trials_of(page) if trial.place.line <= line]
    scope = above[-1] if above else ""
    things = tuple(guess(word.strip("."), page, known, scope)) if word else ()
    return Found(things, Place(page.path, line, start, line, end)) if things else None


def _is_name(text: Text, line: int, start: int) -> bool:
    """Whether the word at a column may be a name: it stands in a block, and in no quotation or comment."""
    for block in tangle("", text.text).blocks:
        for source in block.lines:
            if source.number == line:
                words = (t for t in scan(source.text) if t.kind in ("word", "ref"))
                return any(t.start <= start - source.column < t.end for t in words)
    return False


def definitions(found: Found, page: Page, known: Known) -> list[Place]:
    """Where what is named is declared; of a variable, where it is named first."""
    for thing in found.things:
        if places := [one.place for one in known.for_page(thing, page)]:
            return places
    if found.things and found.things[0].kind == "variable":
        return [m.place for m in mentions(page, known) if m.thing == found.things[0]][:1]
    return []


def named(thing: Thing, known: Known, pages: Iterable[Page] | None = None) -> list[Mention]:
    """Everywhere that a thing is named, on these pages or all that are known."""
    found: list[Mention] = []
    for page in known.pages if pages is None else pages:
        if thing.name in page.text:
            found += (m for m in mentions(page, known) if m.thing == thing)
    return found


def may_be_called(thing: Thing, name: str) -> bool:
    """Whether a name is one that such a thing may have."""
    return _CALLED.get(thing.kind, NAME).fullmatch(name) is not None


def guess(word: str, page: Page, known: Known, scope: str = "") -> Iterator[Thing]:
    """What a word may stand for by its looks, the likeliest first; only what is declared somewhere."""
    home = first_instrument(page)
    first, dot, local = word.partition(".")
    if dot:
        kinds: tuple[ThingKind, ...] = ("norm", "term", "question", "rule", "weighting", "procedure", "text")
        candidates = [Thing(kind, local, first) for kind in kinds]
        candidates.append(Thing("instrument", first))
    else:
        candidates = [
            Thing("fact", word, scope or known.scope(page)), Thing("actor", word),
            known.voice("speaker", word, page), Thing("word", word), Thing("term", word, home),
            Thing("norm", word, home), Thing("question", word, home), known.voice("source", word, page),
            Thing("value", word), Thing("instrument", word), Thing("text", word, home), Thing("sort", word),
        ]  # fmt: skip
    return (thing for thing in candidates if known.has(thing))
