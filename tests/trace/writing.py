"""Texts of our own for tests of lineage: sentences in which no four words follow one another twice."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from itertools import combinations

from foedus.terms.time import day
from foedus.trace.document import Document, Meta
from foedus.trace.lineage import groups, links
from foedus.trace.passage import Passage, Span, Traced

SYLLABLES = ("ba", "ke", "lo", "mi", "nu", "ra", "se", "to", "vi", "zu", "da", "fe", "go", "hi", "ju")


def prose(seed: str, words: int = 60) -> str:
    """Sentences of made-up words, ten a sentence; another seed gives other words in another order."""
    chance = random.Random(seed)
    said = ["".join(chance.choices(SYLLABLES, k=3)) for _ in range(words)]
    ten = (said[n : n + 10] for n in range(0, words, 10))
    return " ".join(" ".join(each).capitalize() + "." for each in ten)


def document(name: str, *parts: str, on: str = "", **meta: str) -> Document:
    """A document of some parts, one a paragraph."""
    return Document(name, "\n\n".join(parts), meta=Meta(on=day(on) if on else None, **meta))


def shared(documents: Sequence[Document]) -> tuple[Passage, ...]:
    """The paragraphs that two documents have word for word, as passages."""
    found: list[Passage] = []
    for a, b in combinations(sorted(documents, key=lambda one: one.id), 2):
        for paragraph in dict.fromkeys(a.text.split("\n\n")):
            words = paragraph.strip("“”")
            for at in (found_at.start() for found_at in re.finditer(re.escape(words), b.text)):
                start = a.text.index(words)
                spans = Span(a.id, start, start + len(words)), Span(b.id, at, at + len(words))
                found.append(Passage(*spans, "verbatim", 1.0, len(words.split())))
    return tuple(found)


def traced_by_hand(documents: Sequence[Document], declared: Sequence[tuple[str, str]] = ()) -> Traced:
    """What follows from whole paragraphs that documents share."""
    found = shared(documents)
    linked = links(documents, found, declared)
    return Traced(tuple(documents), found, linked, groups(documents, linked))
