"""What an alignment is: copied word for word or edited, taken by both from a third text, or a form that neither
wrote; and whether one quotes what stands in the other as its own words.

An alignment is cut where a part of it is of another class: a sentence of a treaty within a copied page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal

import numpy as np

from foedus.terms.time import certainly_before
from foedus.trace.align import HEAVIEST, LESS, LIGHTEST, Aligned, Block, joined
from foedus.trace.document import Document, MarkKind
from foedus.trace.passage import Edit, Passage, PassageKind, Span
from foedus.trace.quotes import quotations
from foedus.trace.third import Stretch, Third
from foedus.trace.tokens import Tokens

_FORM: Final[frozenset[MarkKind]] = frozenset(("boilerplate", "footer", "byline"))
"""Marks whose words are nobody's report: a headline or a standfirst is."""
_OWN, _OF_A_FORM = "", "\0"
"""Classes of an equal word, beside the names of known texts."""
_MARKS: Final = 3
"""Marks after the last word that may be of a passage."""
QUOTED: Final = 0.7
"""The share of a passage in quotation marks from which on it is a quotation."""
_NEAR: Final = 400
"""Characters around a quotation in which whom it quotes is named."""
_SHORTEST: Final = 4
"""Characters of a name that may be looked for in a text."""


def classify(
    a: Document, b: Document, a_words: Tokens, b_words: Tokens, one: Aligned, third: Third | None = None
) -> list[Passage]:
    """An alignment as passages, in order. Words of a form that are few are left out; other parts too short to stand
    by themselves go with their neighbours."""
    return [
        _passage(a, b, a_words, b_words, part, label)
        for part, label in _parts(a, b, a_words, b_words, one, third)
    ]


def _parts(
    a: Document, b: Document, a_words: Tokens, b_words: Tokens, one: Aligned, third: Third | None
) -> list[tuple[Aligned, str]]:
    forms = _form(a, a_words, one.a_from, one.a_to), _form(b, b_words, one.b_from, one.b_to)
    known = [
        third.stretches(text.text, words, first, last) if third else list[Stretch]()
        for text, words, first, last in (
            (a, a_words, one.a_from, one.a_to),
            (b, b_words, one.b_from, one.b_to),
        )
    ]
    if not any(forms) and not all(known):
        return [(one, _OWN)]
    equal = [(x.a + n, x.b + n) for x in one.blocks for n in range(x.n)]
    thirds = _thirds(known[0], known[1], equal)
    runs: list[tuple[str, list[tuple[int, int]]]] = []
    for number, (i, j) in enumerate(equal):
        formal = _inside(forms[0], int(a_words.start[i])) or _inside(forms[1], int(b_words.start[j]))
        label = _OF_A_FORM if formal else thirds[number]
        if not runs or runs[-1][0] != label:
            runs.append((label, []))
        runs[-1][1].append((i, j))
    return [
        (joined([Block(i, j, 1) for i, j in words]), label) for label, words in _without_crumbs(runs, a_words)
    ]


def _thirds(
    known_a: Sequence[Stretch], known_b: Sequence[Stretch], equal: Sequence[tuple[int, int]]
) -> list[str]:
    """For each equal word the known text that both sides have it from; of several, the one that has most of them."""
    held: dict[str, set[int]] = {}
    for name in {one.third for one in known_a} & {one.third for one in known_b}:
        spans = [[(one.first, one.last) for one in some if one.third == name] for some in (known_a, known_b)]
        held[name] = {n for n, (i, j) in enumerate(equal) if _inside(spans[0], i) and _inside(spans[1], j)}
    labels = [_OWN] * len(equal)
    for name in sorted(held, key=lambda name: (len(held[name]), name)):
        for number in held[name]:
            labels[number] = name
    return labels


def _without_crumbs(
    runs: Sequence[tuple[str, list[tuple[int, int]]]], words: Tokens
) -> list[tuple[str, list[tuple[int, int]]]]:
    """Runs of one class that are weighty enough; the others with the neighbour before them, else the one after."""
    kept: list[tuple[str, list[tuple[int, int]]]] = []
    waiting: list[tuple[int, int]] = []
    for label, some in runs:
        letters = sum(min(max(float(words.end[i] - words.start[i]), LIGHTEST), HEAVIEST) for i, _ in some)
        if letters < LESS and len(runs) > 1:
            if label == _OF_A_FORM:
                continue
            if kept and kept[-1][0] != _OF_A_FORM:
                kept[-1][1].extend(some)
            else:
                waiting += some
        elif kept and kept[-1][0] == label:
            kept[-1][1].extend([*waiting, *some])
            waiting = []
        else:
            kept.append((label, [*(waiting if label != _OF_A_FORM else ()), *some]))
            waiting = []
    return kept


def _form(one: Document, words: Tokens, first: int, last: int) -> list[tuple[int, int]]:
    """The marks of a form that touch some words."""
    start, end = int(words.start[first]), int(words.end[last - 1])
    return [
        (mark.start, mark.end)
        for mark in one.marks
        if mark.kind in _FORM and mark.start < end and start < mark.end
    ]


def _inside(spans: Sequence[tuple[int, int]], place: int) -> bool:
    return any(start <= place < end for start, end in spans)


def _passage(a: Document, b: Document, a_words: Tokens, b_words: Tokens, one: Aligned, label: str) -> Passage:
    starts = int(a_words.start[one.a_from]), int(b_words.start[one.b_from])
    ends = int(a_words.end[one.a_to - 1]), int(b_words.end[one.b_to - 1])
    more = _marks(a.text[ends[0] : ends[0] + _MARKS], b.text[ends[1] : ends[1] + _MARKS])
    span_a, span_b = Span(a.id, starts[0], ends[0] + more), Span(b.id, starts[1], ends[1] + more)
    words = max(one.a_to - one.a_from, one.b_to - one.b_from)
    kind: PassageKind = "verbatim" if one.verbatim else "edited"
    if label != _OWN:
        kind = "boilerplate" if label == _OF_A_FORM else "shared"
    quoted = _quoted(a.text, span_a), _quoted(b.text, span_b)
    return Passage(
        span_a,
        span_b,
        kind,
        round(one.same / words, 4),
        words,
        _edits(a_words, b_words, one) if len(one.blocks) > 1 else (),
        label if kind == "shared" else "",
        "both" if all(quoted) else "a" if quoted[0] else "b" if quoted[1] else "",
        _absorbed(a, b, span_a, span_b, quoted) if kind in ("verbatim", "edited") else "",
    )


def _marks(left: str, right: str) -> int:
    """How many marks after the last word both have: a full stop or a bracket is of the passage."""
    count = 0
    for x, y in zip(left, right, strict=False):
        if x != y or x.isalnum() or x.isspace():
            break
        count += 1
    return count


def _edits(a_words: Tokens, b_words: Tokens, one: Aligned) -> tuple[Edit, ...]:
    """What lies between the equal words, in characters; of no words, the place after the word before."""
    ends = one.blocks[:-1], one.blocks[1:]
    sides = (
        (a_words, [x.a + x.n for x in ends[0]], [x.a for x in ends[1]]),
        (b_words, [x.b + x.n for x in ends[0]], [x.b for x in ends[1]]),
    )
    places: list[list[int]] = []
    for words, firsts, lasts in sides:
        first, last = np.array(firsts), np.array(lasts)
        end = words.end[last - 1]
        places += np.where(first == last, end, words.start[first]).tolist(), end.tolist()
    return tuple(map(Edit, *places))


_quotations = lru_cache(maxsize=512)(quotations)


def _quoted(text: str, span: Span) -> bool:
    """Whether a passage is a quotation: by its marks, or because it follows a colon at once."""
    spans = _quotations(text)
    inside, at = 0, max(bisect_right(spans, (span.start, len(text))) - 1, 0)
    while at < len(spans) and spans[at][0] < span.end:
        inside += max(min(spans[at][1], span.end) - max(spans[at][0], span.start), 0)
        at += 1
    if inside >= QUOTED * (span.end - span.start):
        return True
    return text[max(span.start - 4, 0) : span.start].rstrip().endswith((":", "："))


def _absorbed(
    a: Document, b: Document, span_a: Span, span_b: Span, quoted: tuple[bool, bool]
) -> Literal["", "a", "b"]:
    """In which of the two what the other quotes stands as its own words. Nothing is absorbed where the one
    certainly quotes the other: it is later, or names it beside the quotation."""
    if quoted[0] == quoted[1]:
        return ""
    own, quoting, span = (b, a, span_a) if quoted[0] else (a, b, span_b)
    if own.meta.on and quoting.meta.on and certainly_before(own.meta.on, quoting.meta.on):
        return ""
    around = quoting.text[max(span.start - _NEAR, 0) : span.end + _NEAR].casefold()
    names = (own.meta.speaker, own.meta.publisher, own.meta.title)
    if any(len(name) >= _SHORTEST and name.casefold() in around for name in names):
        return ""
    return "b" if quoted[0] else "a"
