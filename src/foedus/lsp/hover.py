"""What is told of the word under the cursor: the thing it names, the line it begins, the mistake it has."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol.types import Hover, MarkupContent, MarkupKind, Position, Range

from foedus.diagnostics.catalogue import explain
from foedus.diagnostics.problem import Problem
from foedus.lang.lines import BELOW, find
from foedus.lang.tree import Page
from foedus.lsp.cursor import look
from foedus.lsp.naming import Known
from foedus.lsp.navigate import at
from foedus.lsp.telling import Link, line_told, told
from foedus.lsp.text import Text

APART = "\n\n---\n\n"


def hover(
    text: Text, position: Position, page: Page, known: Known, problems: Iterable[Problem], link: Link
) -> Hover | None:
    """Everything there is to tell; None if there is nothing."""
    parts: list[str] = []
    stretch: Range | None = None
    found = at(text, position, page, known)
    if found is not None:
        parts = [said for thing in found.things[:1] if (said := told(thing, page, known, link))]
        stretch = text.range(found.place)
    if not parts:
        parts, stretch = _line(text, position)
    parts += [_page(problem) for problem in _here(problems, text, position)]
    if not parts:
        return None
    return Hover(MarkupContent(MarkupKind.Markdown, APART.join(dict.fromkeys(parts))), stretch)


def _line(text: Text, position: Position) -> tuple[list[str], Range | None]:
    """The kind of a line, where the word is among its first."""
    word, start, end = text.word(position)
    number = position.line + 1
    here = look(text, text.position(number, end)) if word else None
    if here is None or here.context not in BELOW:
        return [], None
    whole = here.before + text.line(number)[end - 1 :]
    kind = find(here.context, whole)
    if kind is None or not kind.words or len(here.before.split()) > len(kind.words.split()):
        return [], None
    return [line_told(kind)], Range(text.position(number, start), text.position(number, end))


def _here(problems: Iterable[Problem], text: Text, position: Position) -> list[Problem]:
    found: list[Problem] = []
    for problem in problems:
        stretch = text.range(problem.place)
        start, end = stretch.start, stretch.end
        if (start.line, start.character) <= (position.line, position.character) <= (end.line, end.character):
            found.append(problem)
    return found[:3]


def _page(problem: Problem) -> str:
    """The page of a message, as `foedus why` prints it, its headings made small."""
    lines = explain(problem.code).strip().split("\n")
    return "\n".join(f"**{line.lstrip('#').strip()}**" if line.startswith("#") else line for line in lines)
