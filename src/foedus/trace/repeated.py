"""Lines that a publisher puts on its every page: marked where they stand at the edge of a text, since nobody wrote them
for it. Told from all documents at hand, in memory or in an index.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from foedus.trace.clean import Line, key_of, laid, lines_of
from foedus.trace.document import Document, Mark
from foedus.trace.phrases import REPEATED

FEWEST: Final = 4
"""Documents of a publisher from which on its lines are counted, and that have a line at least."""
EDGE: Final = 40
"""Lines at the beginning and at the end of a text that are looked at."""


def repeated(documents: Iterable[Document]) -> tuple[Document, ...]:
    """The documents, with lines marked that at least half of the documents of one publisher (or one site) have,
    four or more, at the beginning or the end of the text. What makes up half of a document is no boilerplate but
    a copy, and stays."""
    documents = tuple(documents)
    counts: dict[str, Counter[str]] = {}
    sizes: Counter[str] = Counter()
    for one in documents:
        if outlet := outlet_of(one.meta.publisher, one.meta.url):
            sizes[outlet] += 1
            counts.setdefault(outlet, Counter()).update(edges(one.text))
    lines = {
        outlet: {line for line, n in counted.items() if n >= max(FEWEST, (sizes[outlet] + 1) // 2)}
        for outlet, counted in counts.items()
    }
    return tuple(marked(one, lines.get(outlet_of(one.meta.publisher, one.meta.url), ())) for one in documents)


def outlet_of(publisher: str, url: str) -> str:
    """Whose pages these are: the publisher, else the site; empty where nobody says."""
    if publisher or not url:
        return publisher.casefold()
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # what is no address names no site
        return ""


def edges(text: str) -> set[str]:
    """The lines at both ends of a text, as they are told from one another."""
    lines = lines_of(text)
    return {key_of(line.text) for line in (*lines[:EDGE], *lines[-EDGE:])}


def marked(document: Document, lines: Container[str]) -> Document:
    """A document with these lines marked, from both ends until another line comes."""
    if not lines:
        return document
    found = lines_of(document.text)
    edge: list[Line] = []
    for ordered in (found[:EDGE], found[: -EDGE - 1 : -1]):
        edge += _run(document, ordered, lines)
    new = [Mark(line.start, line.end, "boilerplate", REPEATED) for line in sorted(set(edge))]
    if not new or sum(one.end - one.start for one in new) * 2 > len(document.text):
        return document
    return replace(document, marks=laid([*document.marks, *new], document.text))


def _run(document: Document, ordered: Sequence[Line], lines: Container[str]) -> list[Line]:
    run: list[Line] = []
    for line in ordered:
        if any(one.start <= line.start and line.end <= one.end for one in document.marks):
            continue
        if key_of(line.text) not in lines:
            break
        run.append(line)
    return run
