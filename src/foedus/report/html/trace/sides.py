"""A pair's two texts, each cut wherever a passage, a change or a marked part begins or ends.

Cuts stand in paragraphs. Of a text too long to be read on a page, the stretches without a passage are left out and
counted; so is the middle of a passage that is itself too long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from markupsafe import Markup, escape

from foedus.diagnostics.visible import visible
from foedus.report.lists import apart
from foedus.report.trace.pairs import Pair, Turned
from foedus.report.trace.wording import kind_words, remarks
from foedus.trace.document import Document, MarkKind
from foedus.words.speech import plural

WHOLE = 60_000
"""Characters of a text that is shown whole."""
AROUND = 500
LONG = 20_000
HEAD, TAIL = 6_000, 2_000
MOST = 400_000
"""Characters of a side that are shown at most; passages beyond are in the list alone."""

_KEPT = re.compile("([\u200c\u200d\u00ad])")
"""Signs that are not seen and change nothing but the shape of letters (Persian, Indic scripts) or where a line ends."""
_BREAK = re.compile(r"\n[^\S\n]*\n\s*|\n")
_SHORT, _WRAPPED = 50, 100
"""In a text whose lines were broken to fit a page, a line between these goes on in the next."""
_FREE = re.compile(r"[^\n]{121}")
"""A text with such a line was not broken to fit any page: each of its lines is a paragraph."""


@dataclass(frozen=True, slots=True)
class Badge:
    """The number of a passage, where it begins: it leads to the same words in the other text."""

    number: int
    label: str
    kind: str
    besides: str


@dataclass(frozen=True, slots=True)
class Cut:
    """Words that are alike in everything: the passages they are in, whether only this text has them, their mark."""

    text: Markup
    numbers: tuple[int, ...]
    kinds: str
    only: bool
    mark: MarkKind | None
    begins: tuple[Badge, ...]
    mark_begins: bool


@dataclass(frozen=True)
class Paragraph:
    """Cuts in a row; or, if `left_out` is not empty, what is said in place of text."""

    cuts: list[Cut] = field(default_factory=list[Cut])
    left_out: str = ""


@dataclass(frozen=True)
class Side:
    """One text of a pair. `n` is 1 or 2."""

    n: int
    document: Document
    paragraphs: tuple[Paragraph, ...]
    shown: int


def sides(pair: Pair) -> tuple[Side, Side]:
    """Both texts."""
    return (_side(1, pair), _side(2, pair))


def _side(n: int, pair: Pair) -> Side:
    document = pair.first if n == 1 else pair.second
    found = [(each, each.first if n == 1 else each.second) for each in pair.passages]
    spans = [(span.start, span.end, each) for each, span in found]
    paragraphs: list[Paragraph] = []
    shown = 0
    for start, end, said in _kept(document.text, [(a, b) for a, b, _ in spans]):
        if said:
            paragraphs.append(Paragraph(left_out=said))
            continue
        shown += end - start
        paragraphs += _paragraphs(n, pair, spans, start, end)
    return Side(n, document, tuple(paragraphs), shown)


def _kept(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """The stretches that are shown, and between them what is said of those that are not."""
    if len(text) <= WHOLE:
        yield 0, len(text), ""
        return
    wanted = [(0, min(len(text), 2 * AROUND))]
    for start, end in spans:
        if end - start > LONG:
            wanted += [(start - AROUND, start + HEAD), (end - TAIL, end + AROUND)]
        else:
            wanted.append((start - AROUND, end + AROUND))
    at = shown = 0
    for start, end in sorted(wanted):
        start, end = max(start, at), min(end, len(text))
        if start >= end:
            continue
        if shown + end - start > MOST:
            break
        if start > at:
            yield at, start, _left_out(start - at)
        yield start, end, ""
        shown += end - start
        at = end
    if at < len(text):
        yield at, len(text), _left_out(len(text) - at)


def _left_out(n: int) -> str:
    return plural("{n} character is left out here", "{n} characters are left out here", n)


def _paragraphs(
    n: int,
    pair: Pair,
    spans: list[tuple[int, int, Turned]],
    start: int,
    end: int,
) -> Iterator[Paragraph]:
    """The paragraphs of a stretch, cut."""
    document, other = (pair.first, pair.second) if n == 1 else (pair.second, pair.first)
    text = document.text
    inside = [(max(a, start), min(b, end), each) for a, b, each in spans if a < end and b > start]
    changed = [
        (change[2 * n - 2], change[2 * n - 1], each.number)
        for _, _, each in inside
        for change in each.changes
    ]
    breaks = list(_breaks(text, start, end))
    points = {start, end, *(a for a, _ in breaks), *(b for _, b in breaks)}
    for a, b, _ in (*inside, *changed):
        points |= {a, b}
    for mark in document.marks:
        points |= {mark.start, mark.end}
    ordered = sorted(point for point in points if start <= point <= end)
    skipped = dict(breaks)
    opened: list[tuple[int, int, Turned]] = []
    waiting = sorted(inside, key=lambda one: one[0], reverse=True)
    altering = sorted((one for one in changed if one[1] > one[0]), reverse=True)
    altered: list[tuple[int, int, int]] = []
    current = Paragraph()
    past = start
    for low, high in pairwise(ordered):
        if low < past:
            continue
        if low in skipped:
            if current.cuts:
                yield current
            current, past = Paragraph(), skipped[low]
            continue
        begun = [waiting.pop() for _ in _while_at(waiting, low)]
        opened = [one for one in (*opened, *begun) if one[1] > low]
        altered = [
            one for one in (*altered, *(altering.pop() for _ in _while_at(altering, low))) if one[1] > low
        ]
        numbers = tuple(sorted(each.number for _, _, each in opened))
        mark = next((mark for mark in document.marks if mark.start <= low < mark.end), None)
        current.cuts.append(
            Cut(
                _shown(text[low:high]),
                numbers,
                " ".join(dict.fromkeys(each.kind for _, _, each in opened)),
                bool(numbers) and {number for _, _, number in altered} >= set(numbers),
                mark.kind if mark else None,
                tuple(_badge(each, other, apart(remarks(each, pair))) for _, _, each in begun),
                mark is not None and mark.start == low,
            )
        )
    if current.cuts:
        yield current


def _while_at(waiting: list[tuple[int, int, Turned]] | list[tuple[int, int, int]], at: int) -> Iterator[None]:
    """As often as the last that waits begins here or before."""
    while waiting and waiting[-1][0] <= at:
        yield None


def _breaks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where a paragraph ends and the next begins: at empty lines, and at the end of a line that was not wrapped."""
    line = text.rfind("\n", 0, start) + 1
    free = _FREE.search(text) is not None
    for found in _BREAK.finditer(text, start, end):
        long = found.start() - line
        if free or "\n" in found[0][1:] or not _SHORT <= long <= _WRAPPED:
            yield found.start(), found.end()
        line = found.end()


def _badge(turned: Turned, other: Document, besides: str) -> Badge:
    label = plural(
        "Passage {number}, {kind}, {n} word: to the same words in {document}",
        "Passage {number}, {kind}, {n} words: to the same words in {document}",
        turned.passage.words, number=turned.number, kind=kind_words(turned.kind), document=other.id,
    )  # fmt: skip
    return Badge(turned.number, label, turned.kind, besides)


def _shown(text: str) -> Markup:
    """As it is seen: line ends are spaces, and what would turn the line round is spelled out."""
    flat = re.sub(r"\s+", " ", text) if any(c.isspace() and c != " " for c in text) else text
    parts = _KEPT.split(flat)
    return Markup("").join(escape(part if n % 2 else visible(part)) for n, part in enumerate(parts))


@dataclass(frozen=True, slots=True)
class Band:
    """A passage on the map of a pair: from where to where in both texts, in thousandths."""

    number: int
    kind: str
    path: str


def bands(pair: Pair) -> tuple[Band, ...]:
    """Where passages stand in both texts, the first above the second: what crosses has changed its order."""
    one, two = max(1, len(pair.first.text)), max(1, len(pair.second.text))
    found: list[Band] = []
    for each in pair.passages:
        a, b = 1000 * each.first.start / one, 1000 * each.first.end / one
        c, d = 1000 * each.second.start / two, 1000 * each.second.end / two
        b, d = max(b, a + 2), max(d, c + 2)
        path = f"M{a:.1f} 0H{b:.1f}V10C{b:.1f} 40 {d:.1f} 40 {d:.1f} 70V80H{c:.1f}V70C{c:.1f} 40 {a:.1f} 40 {a:.1f} 10Z"
        found.append(Band(each.number, each.kind, path))
    return tuple(found)


def mark_bands(document: Document) -> tuple[tuple[float, float], ...]:
    """Where a text's marked parts stand on the map: from, how wide, in thousandths."""
    whole = max(1, len(document.text))
    return tuple((1000 * m.start / whole, max(2.0, 1000 * (m.end - m.start) / whole)) for m in document.marks)
