r"""Marks over a document's text: what is not its author's body of words. The text itself is never touched.

A line that is nothing else ("Leave a Reply") is marked wherever it stands. One that a body could hold as well is
marked only at the edge of the text, where nothing of the body stands behind it. Doubtful lines stay body: a missed
footer makes a copy look larger by a line, a body marked by mistake hides one.

>>> text = "Troops left.\n\nThe writer is ambassador to Lir.\n\nLeave a Reply\nRequired fields are marked *"
>>> [(mark.kind, text[mark.start:mark.end]) for mark in marks(text)]
[('byline', 'The writer is ambassador to Lir.'), ('boilerplate', 'Leave a Reply\nRequired fields are marked *')]
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from foedus.trace.bylines import dateline, origin, speaker
from foedus.trace.deck import is_deck
from foedus.trace.document import Document, Mark, MarkKind
from foedus.trace.phrases import (
    ACCOUNTS,
    BYLINE,
    COMMENTS,
    DATELINE,
    DECK,
    FORM_BEGINS,
    HEAD_LINES,
    HEADLINE,
    LINES,
    NAVIGATION,
    ORIGIN,
    TAIL,
)
from foedus.words.speech import Phrase

_SHORT: Final = 90
"""Characters of a line that may be nothing but a phrase."""
_LINE: Final = 320
"""Characters of a line that may be a footer; a longer one is a paragraph."""
_HEAD, _FOOT = 10, 60
"""Lines at the beginning and the end of a text that are looked at."""
_BETWEEN: Final = 120
"""Characters of a line between two of a footer's that may belong to it, such as a title of another article."""
_FORM_SHARE: Final = 0.4
"""The part of a text that may follow the head of a comment form and still be nothing but comments."""

_AROUND = " \t\r\f\v*_#>•·|–—-:：.!…›»«[]()【】★▶→←\u200e\u200f\ufeff"
_FORM: Final[tuple[Phrase, MarkKind]] = (COMMENTS, "boilerplate")
_EXACT: Final[dict[str, tuple[Phrase, MarkKind]]] = {
    **{words: (why, kind) for why, kind, rows in LINES for words in rows},
    **dict.fromkeys(FORM_BEGINS, _FORM),
}
_OPENS = re.compile(
    r"\W{0,3}(?:" + "|".join(f"(?P<r{n}>{row.opens})" for n, row in enumerate(TAIL)) + ")", re.I
)
_ROWS = [(row, re.compile(rf"\W{{0,3}}(?:{row.opens})", re.I), re.compile(row.cues, re.I)) for row in TAIL]
_TRAIL = re.compile(r"\s*[|›»•·/>]\s+|\s+[|›»•·/>]\s*")
_FLAT = re.compile(
    r"(?<=[.!?”\"…])[ \t]+(?:Leave a (?:Reply|Comment)[ \t]+(?:Cancel reply[ \t]+)?)?"
    r"(?:Required fields are marked|Your e-?mail address will not be published|Добавить комментарий Ваш)"
)
"""A form for comments behind a text that somebody put on one line."""


class Line(NamedTuple):
    """A line that has words: its characters without the white space around them."""

    start: int
    end: int
    text: str


@dataclass
class _Found:
    """What was found, the surest first."""

    spans: list[Mark] = field(default_factory=list[Mark])
    speaker: str = ""
    origin: str = ""
    title: str = ""

    def add(self, line: Line, kind: MarkKind, why: str) -> None:
        self.spans.append(Mark(line.start, line.end, kind, why))


def marks(text: str, placed: Sequence[Mark] = ()) -> tuple[Mark, ...]:
    """The marks of a text in order, none over another; `placed` are those that its format told already, over
    which what the words say goes."""
    return laid([*_found(text, placed).spans, *placed], text)


def cleaned(document: Document) -> Document:
    """The document with its marks, and with the speaker and the source that its lines name."""
    found = _found(document.text, document.marks)
    meta = document.meta
    if found.speaker and found.speaker.casefold() not in meta.speaker.casefold():
        # The page names a person, and the line says what he is; or the page names an account only.
        named = meta.speaker.casefold() not in ("", meta.publisher.casefold(), *ACCOUNTS)
        meta = replace(meta, speaker=f"{meta.speaker}, {found.speaker}" if named else found.speaker)
    if found.origin and not meta.origin:
        meta = replace(meta, origin=found.origin)
    if found.title and not meta.title:
        meta = replace(meta, title=found.title)
    return replace(document, marks=laid([*found.spans, *document.marks], document.text), meta=meta)


# ---- what the words say ----


def _found(text: str, placed: Sequence[Mark]) -> _Found:
    found = _Found()
    begin = placed[0].end if placed and placed[0].why == HEAD_LINES else 0
    lines = lines_of(text, begin)
    exact = [_EXACT.get(key_of(line.text)) if len(line.text) <= _SHORT else None for line in lines]
    _authors(lines, found)
    _form(lines, text, found)
    for line, known in zip(lines, exact, strict=True):
        if known is not None:
            found.add(line, known[1], known[0])
    taken = {(one.start, one.end) for one in found.spans}
    _foot(lines, taken, found)
    _top(lines, taken, text, found, titled=any(one.kind == "heading" for one in placed))
    if lines and (flat := _FLAT.search(text, max(lines[-1].start, lines[-1].end - 800))):
        found.spans.append(Mark(flat.start(), lines[-1].end, "boilerplate", COMMENTS))
    return found


def lines_of(text: str, begin: int = 0) -> list[Line]:
    """The lines of a text that have words, in order."""
    made: list[Line] = []
    at = begin
    for raw in text[begin:].split("\n") if begin else text.split("\n"):
        words = raw.strip()
        if words:
            start = at + raw.index(words[0])
            made.append(Line(start, start + len(words), words))
        at += len(raw) + 1
    return made


def key_of(line: str) -> str:
    """A line in small letters without the signs around it, its white space and apostrophes alike."""
    return " ".join(line.strip(_AROUND).replace("’", "'").casefold().split())


def _authors(lines: Sequence[Line], found: _Found) -> None:
    """Lines that name the author or the source, at the beginning and the end."""
    count = len(lines)
    near = range(count) if count <= _HEAD + _FOOT else (*range(_HEAD), *range(count - _FOOT, count))
    for number in near:
        line = lines[number]
        if len(line.text) > 240:
            continue
        who = speaker(line.text, signed=number < _HEAD and count > 1)
        if who is not None:
            found.add(line, "byline", BYLINE)
            found.speaker = found.speaker or who
        elif (source := origin(line.text)) is not None:
            found.add(line, "byline", ORIGIN)
            found.origin = found.origin or source


def _form(lines: Sequence[Line], text: str, found: _Found) -> None:
    """A form for comments, with all that follows: nothing of it is the author's."""
    for number, line in enumerate(lines):
        near = len(lines) - number <= 4 or len(text) - line.start <= max(_FORM_SHARE * len(text), 600)
        if near and len(line.text) <= _SHORT and key_of(line.text) in FORM_BEGINS:
            found.spans.append(Mark(line.start, lines[-1].end, "boilerplate", COMMENTS))
            return


def _foot(lines: Sequence[Line], taken: set[tuple[int, int]], found: _Found) -> None:
    """From the end upwards, lines of a footer, until lines of the body come."""
    doubtful: list[Line] = []
    between: list[Line] = []
    matched = 0
    for line in reversed(lines[-_FOOT:]):
        if (line.start, line.end) in taken or not _has_word(line.text):
            sure = _has_word(line.text)
        elif (row := _tail(line.text)) is not None:
            found.add(line, row[1], row[0])
            sure = True
        elif len(line.text) <= _BETWEEN and len(doubtful) < 2 and matched:
            doubtful.append(line)
            continue
        else:
            break
        if sure:
            matched += 1
            between += doubtful
            doubtful = []
    if len(between) * 2 <= matched:
        for line in between:
            found.add(line, "footer", NAVIGATION)


def _top(
    lines: Sequence[Line], taken: set[tuple[int, int]], text: str, found: _Found, *, titled: bool
) -> None:
    """From the beginning downwards: notices, the headline, a sentence of the body put above it, the dateline."""
    first = above = True
    for number, line in enumerate(lines[:_HEAD]):
        if (line.start, line.end) in taken or not _has_word(line.text):
            continue
        row = _tail(line.text) if number + 1 < len(lines) else None
        if row is not None:
            found.add(line, row[1], row[0])
            continue
        if first and not titled and _is_headline(line, lines, number, text):
            found.add(line, "heading", HEADLINE)
            found.title = line.text
        elif above and number < 4 and is_deck(line.text, text, line.end):
            found.add(line, "deck", DECK)
            above = False  # there is one, above the body
        elif length := dateline(line.text):
            if length < len(line.text):
                found.spans.append(
                    Mark(line.start, line.start + len(line.text[:length].rstrip()), "byline", DATELINE)
                )
            return
        elif len(line.text) > _LINE // 2:
            return
        else:
            above = above and len(line.text) <= _SHORT
        first = False


def _is_headline(line: Line, lines: Sequence[Line], number: int, text: str) -> bool:
    """A short line without an end, a blank line after it, and a paragraph after that."""
    if (
        len(line.text) > 140
        or line.text[-1] in '.。!?؟…:;,،，；："”»'
        or not line.text[0].isalnum()
        or line.text[0].islower()
    ):
        return False
    after = lines[number + 1] if number + 1 < len(lines) else None
    if after is None or text.count("\n", line.end, after.start) < 2:
        return False
    return any(
        len(one.text) > 2 * len(line.text) and len(one.text) > 100 for one in lines[number + 1 : number + 4]
    )


def _tail(text: str) -> tuple[str, MarkKind] | None:
    """The rule by which a line is a footer's or a notice."""
    if len(text) > _LINE:
        return None
    if _OPENS.match(text):
        for row, opens, cues in _ROWS:
            if opens.match(text) and (
                not row.cues or len(set(map(str.lower, cues.findall(text)))) >= row.least
            ):
                return row.why, row.kind
    parts = _TRAIL.split(text) if any(sign in text for sign in "|›»•·/>") else ()
    if len(parts) >= 3 and len(text) <= 200 and all(len(part.split()) <= 4 for part in parts):
        return NAVIGATION, "boilerplate"
    return None


def _has_word(text: str) -> bool:
    return any(map(str.isalnum, text))


# ---- laying marks ----


def laid(found: Iterable[Mark], text: str) -> tuple[Mark, ...]:
    """Marks in order, the first found above the later ones; neighbours of one kind and rule are one."""
    kept: list[Mark] = []  # in order, none over another
    for mark in found:
        begin = bisect_left(kept, mark.start, key=lambda one: one.end)
        at = mark.start
        pieces: list[Mark] = []
        end = begin
        while end < len(kept) and kept[end].start < mark.end:
            pieces += _trimmed(mark, at, kept[end].start, text)
            pieces.append(kept[end])
            at = kept[end].end
            end += 1
        kept[begin:end] = [*pieces, *_trimmed(mark, at, mark.end, text)]
    made: list[Mark] = []
    for mark in kept:
        last = made[-1] if made else None
        if (
            last
            and (last.kind, last.why) == (mark.kind, mark.why)
            and not text[last.end : mark.start].strip()
        ):
            made[-1] = replace(last, end=mark.end)
        else:
            made.append(mark)
    return tuple(made)


def _trimmed(mark: Mark, start: int, end: int, text: str) -> list[Mark]:
    """A part of a mark without the white space around it; nothing if that is all."""
    words = text[start:end]
    kept = words.strip()
    if not kept:
        return []
    start += len(words) - len(words.lstrip())
    return [replace(mark, start=start, end=start + len(kept))]
