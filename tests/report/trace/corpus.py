"""Four documents of a quarrel about a ford, and what tracing them finds, laid out by hand: so a change in how passages
are found changes no report."""

from __future__ import annotations

from datetime import date

from foedus.diagnostics.problem import Problem
from foedus.diagnostics.span import whole
from foedus.terms.edtf import EDate
from foedus.trace.document import Document, Mark, Meta, Unread
from foedus.trace.passage import Edit, Group, Link, Passage, PassageKind, Span, Traced
from foedus.words.speech import phrase

MINUTES = """Minutes of the Council

In reply to the request of the marsh people the Council sent forty boats to the ford for a short time, \
and nobody was hurt on the way. \
Whoever holds the ford shall let the boats of others pass by day and by night.

The clerk writes for the Council.
"""
TOLL = """Statement of the toll house

Whoever holds the ford shall let the boats of others pass by day and by night. We have always done so.

On Monday, in reply to an urgent request of the marsh people, \
the Council sent forty boats to the ford for a brief time and nobody was hurt on the way. \
We add nothing, and the request of the marsh people the Council sent on.
"""
SHEET = """The Marsh Sheet

A boatman writes that “the Council sent forty boats to the ford” and that the herons have left.
"""
RAIN = "It rained on the marsh, and the reeds stood high.\n"
CUSTOM = "Whoever holds the ford shall let the boats of others pass by day and by night."

minutes = Document(
    "minutes", MINUTES, "press/minutes.txt",
    meta=Meta(title="Minutes of the Council", publisher="The Council", on=EDate.of(date(1950, 3, 6))),
    marks=(Mark(MINUTES.index("The clerk"), len(MINUTES) - 1, "byline", "a line at the end"),),
)  # fmt: skip
toll = Document(
    "toll",
    TOLL,
    "press/toll.txt",
    "windows-1251",
    True,
    Meta(on=EDate.of(date(1950, 3, 7)), speaker="The toll-keeper"),
)
sheet = Document("sheet", SHEET, "press/sheet.txt")
rain = Document("rain", RAIN, "press/rain.txt")
custom = Document("custom", CUSTOM, "custom.txt")
unread = Unread(
    "press/seal.txt",
    Problem("F601", whole("press/seal.txt"), {"path": "press/seal.txt", "what": "a picture (PNG)"}),
)


def span(document: Document, first: str, last: str = "") -> Span:
    """From where some words begin to where others end."""
    start = document.text.index(first)
    end = document.text.index(last, start) + len(last) if last else start + len(first)
    return Span(document.id, start, end)


def passage(
    a: Span,
    b: Span,
    kind: PassageKind,
    words: int,
    *changes: tuple[str, str],
    third: str = "",
    absorbed: bool = False,
) -> Passage:
    """A passage; each change is words of a, then those of b in their place."""
    texts = {"minutes": MINUTES, "toll": TOLL, "sheet": SHEET}
    edits: list[Edit] = []
    for one, other in changes:
        i, j = texts[a.document].index(one, a.start), texts[b.document].index(other, b.start)
        edits.append(Edit(i, i + len(one), j, j + len(other)))
    likeness = 1.0 if kind == "verbatim" else 0.9
    return Passage(a, b, kind, likeness, words, tuple(edits), third, absorbed="a" if absorbed else "")


PASSAGES = (
    passage(
        span(minutes, "In reply", "on the way"), span(toll, "in reply to an", "on the way"), "edited", 27,
        ("the request", "an urgent request"), ("short", "brief"),
    ),
    passage(
        span(minutes, "the request of the marsh people the Council sent"),
        span(toll, "the request of the marsh people the Council sent"), "verbatim", 9,
    ),
    passage(span(minutes, "Whoever", "night."), span(toll, "Whoever", "night."), "shared", 17, third="custom"),
    passage(
        span(minutes, "the Council sent forty boats to the ford"),
        span(sheet, "the Council sent forty boats to the ford"), "verbatim", 8,
    ),
)  # fmt: skip


def ford() -> Traced:
    """Two sources and one more document: the toll house and the sheet have it from the minutes."""
    first = phrase("{copy} has {n} words of {origin}, and is later", copy="toll", n=36, origin="minutes")
    other = phrase("{a} and {b} share {n} words", a="minutes", b="sheet", n=8)
    links = (
        Link("minutes", "toll", "time", first, 0.61, 0.7, (0, 1), 36, 30),
        Link("minutes", "sheet", "", other, 0.4, 0.2, (3,), 8, 8),
    )
    return Traced(
        (minutes, rain, sheet, toll),
        PASSAGES,
        links,
        (Group(("minutes", "sheet", "toll"), (first, other)), Group(("rain",), ())),
        (unread,),
    )
