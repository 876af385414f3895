"""What tracing found as a page for the terminal: the answer, who has it from whom, the passages, what was left out.

No line is wider than `width`, whatever the documents hold, and nothing is in colour alone.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from itertools import islice
from unicodedata import east_asian_width

from foedus.diagnostics.visible import cells
from foedus.report.layout import Sheet, carried, clipped, columns, padded, tied, wrap
from foedus.report.lists import labelled
from foedus.report.trace.edits import pieces
from foedus.report.trace.pairs import Pair, Turned, ends_of, pairs_of
from foedus.report.trace.places import Places
from foedus.report.trace.wording import (
    alone,
    arrow,
    collapsed,
    direction,
    doubts,
    earliest,
    group_sentence,
    guessed,
    headline,
    kind_words,
    of_kinds,
    remarks,
    shares,
    some,
    thirds,
    unread_words,
    why,
)
from foedus.trace.document import Unread
from foedus.trace.passage import Traced
from foedus.words.speech import aloud, plural, say

MOST_GROUPS = 8
MOST_LINKS = 12
MOST_LAID_OUT = 3
MOST_PASSAGES = 40
MOST_REASONS = 4
MOST_UNREAD = 8
"""So many are shown unless all are asked for; the rest is counted."""

_PAINT = {"both": "", "first": "31", "second": "32"}


def show_traced(
    traced: Traced,
    *,
    paths: Sequence[str] = (),
    lead: Sequence[str] = (),
    every: bool = False,
    width: int = 80,
    colour: bool = False,
    encoding: str = "utf-8",
) -> str:
    """The whole page. `paths` are the files as the user named them, for the commands to go on with; `lead` is what was
    asked about one document, answered; `every` shows all passages, word by word."""
    sheet = Sheet(width, colour)
    for sentence in lead:
        sheet.put(sentence, 0, 2, "title")
    sheet.put(headline(traced), style="title")
    _show_groups(sheet, traced, every)
    pairs = list(pairs_of(traced) if every else islice(pairs_of(traced), MOST_LINKS + 1))
    _show_links(sheet, traced, pairs, every)
    places = Places()
    for pair in pairs if every else pairs[:MOST_LAID_OUT]:
        if every or len(traced.links) <= MOST_LAID_OUT:
            _show_passages(sheet, pair, places, every)
    _show_thirds(sheet, traced)
    _show_boilerplate(sheet, traced)
    _show_noted(sheet, traced, every)
    _show_next(sheet, paths, every, bool(pairs))
    return carried(sheet.text(), encoding)


def _show_groups(sheet: Sheet, traced: Traced, every: bool) -> None:
    groups = collapsed(traced)
    documents = {document.id: document for document in traced.documents}
    for group in groups if every else groups[:MOST_GROUPS]:
        sheet.put(group_sentence(group), 2, 2)
        if said := earliest(group, documents):
            sheet.put(said, 4, 2)
        reasons = list(dict.fromkeys(map(aloud, group.reasons)))
        for reason in reasons if every else reasons[:MOST_REASONS]:
            sheet.put(reason, 4, 2)
        if not every and len(reasons) > MOST_REASONS:
            more = len(reasons) - MOST_REASONS
            sheet.put(plural("and {n} reason more", "and {n} reasons more", more), 4, 2, "quiet")
    if not every and len(groups) > MOST_GROUPS:
        rest = groups[MOST_GROUPS:]
        sheet.put(
            plural(
                "{n} more group of documents counts as one source ({m} in it).",
                "{n} more groups of documents count as one source each ({m} in them).",
                len(rest), m=plural("{n} document", "{n} documents", sum(len(g.documents) for g in rest)),
            ), 2, 2,
        )  # fmt: skip
    if not groups:
        sheet.put(say("No document has words of its own in common with another."), 2, 2)
    elif apart := alone(traced):
        sheet.put(
            plural(
                "{n} document shares no words of its own with any other.",
                "{n} documents share no words of their own with any other.",
                apart,
            ), 2, 2,
        )  # fmt: skip


def _show_links(sheet: Sheet, traced: Traced, pairs: Sequence[Pair], every: bool) -> None:
    linked = [pair for pair in pairs if pair.link is not None]
    if not linked:
        return
    sheet.head(say("Who has it from whom"), say("→ copied, – direction unknown"))
    brief = len(traced.links) <= MOST_REASONS  # the reasons stand with the groups
    for pair in linked if every else linked[:MOST_LINKS]:
        sheet.aside(arrow(pair), shares(pair), 2, "verdict", 2)
        sheet.put(say("{direction}; {passages}", direction=direction(pair), passages=of_kinds(pair)), 4, 2)
        if every or len(traced.links) <= MOST_LINKS:
            for said in why(pair)[1 if brief else 0 :]:
                sheet.put(said, 4, 2)
    more = len(traced.links) - min(len(linked), MOST_LINKS)
    if not every and more > 0:
        sheet.put(
            plural("and {n} pair more, with less in common", "and {n} pairs more, with less in common", more),
            2,
        )


def _show_passages(sheet: Sheet, pair: Pair, places: Places, every: bool) -> None:
    if not pair.passages:
        return
    sheet.head(say("Passages: {pair}", pair=arrow(pair)))
    shown = pair.passages if every else pair.passages[:MOST_PASSAGES]
    rows = [
        (
            str(each.number),
            kind_words(each.kind),
            plural("{n} word", "{n} words", each.passage.words),
            f"{places.of(pair.first, each.first)}",
            f"{places.of(pair.second, each.second)}",
        )
        for each in shown
    ]
    heads = ("", "", "", pair.first.id, pair.second.id)
    wide = [max(columns(row[n]) for row in rows) for n in range(5)]
    fits = 2 + sum(wide) + 8 + 2 <= sheet.room
    if fits:
        room = (sheet.room - 2 - sum(wide[:3]) - 6) // 2
        wide[3], wide[4] = (max(wide[n], min(columns(heads[n]), room - 2)) for n in (3, 4))
        head = "".join(padded(clipped(cell, w), w + 2) for cell, w in zip(heads, wide, strict=True))
        sheet.lines.append("  " + sheet.paint(head.rstrip(), "quiet"))
    for each, row in zip(shown, rows, strict=True):
        if fits:
            line = [row[0].rjust(wide[0]), *map(padded, row[1:], wide[1:])]
            sheet.put(tied("  ".join(line).rstrip()), 2)
        else:
            sheet.put(f"{row[0]} {row[1]}, {row[2]}", 2, 2, "verdict")
            sheet.put(f"{pair.first.id} {row[3]}", 4, 2)
            sheet.put(f"{pair.second.id} {row[4]}", 4, 2)
        indent = 4 + wide[0]
        for remark in remarks(each, pair):
            sheet.put(remark, indent, 2, "quiet")
        if every:
            _word_by_word(sheet, pair, each, indent)
        else:
            begin, end = ends_of(pair.first.text[each.first.start : each.first.end])
            sheet.put(
                say("“{begin} … {end}”", begin=begin, end=end) if end else say("“{text}”", text=begin),
                indent,
                1,
            )
    if len(pair.passages) > len(shown):
        more = len(pair.passages) - len(shown)
        sheet.put(plural("and {n} passage more", "and {n} passages more", more), 2)


def _word_by_word(sheet: Sheet, pair: Pair, turned: Turned, indent: int) -> None:
    """The passage with [-what only the first has-] and {+what only the second has+}, painted where there is colour."""
    words: list[tuple[str, str]] = []
    text, last = "", " "
    for piece in pieces(turned, pair.first.text, pair.second.text):
        parts = piece.text.split()
        if parts and piece.of != "both":
            before, after = ("[-", "-]") if piece.of == "first" else ("{+", "+}")
            parts = [before + parts[0], *parts[1:]]
            parts[-1] += after
        words += [(part, _PAINT[piece.of]) for part in parts]
        # Where no space is written between words (Chinese, Japanese), an edit stands close to them too.
        close = any(east_asian_width(sign) in "WF" for sign in (last, piece.text[0]))
        text += ("" if close and not (last.isspace() or piece.text[0].isspace()) else " ") + " ".join(parts)
        last = piece.text[-1]
    signs = [(shown, code) for part, code in words for shown, _ in cells(part)]
    following = iter([(sign, code) for shown, code in signs for sign in shown if sign != " "])
    for line in wrap(text, sheet.room - indent):
        painted, before = "", ""
        for sign in line:
            code = before if sign == " " else next(following)[1]
            if sheet.colour and code != before:
                painted += ("\x1b[0m" if before else "") + (f"\x1b[{code}m" if code else "")
            painted, before = painted + sign, code
        sheet.lines.append(" " * indent + painted + ("\x1b[0m" if sheet.colour and before else ""))


def _show_thirds(sheet: Sheet, traced: Traced) -> None:
    found = thirds(traced)
    if found:
        sheet.head(say("Shared third texts"), say("quoted by several, a copy of none"))
    for third, n, names in found:
        sheet.put(
            plural(
                "{third}: {n} passage, in {names}", "{third}: {n} passages, in {names}",
                n, third=third, names=some(sorted(names)),
            ), 2, 2,
        )  # fmt: skip


def _show_boilerplate(sheet: Sheet, traced: Traced) -> None:
    passages = sum(passage.kind == "boilerplate" for passage in traced.passages)
    marked = sum(bool(document.marks) for document in traced.documents)
    if not passages and not marked:
        return
    sheet.head(say("Set aside"))
    if passages:
        sheet.put(
            plural(
                "{n} passage of boilerplate: it stands where neither speaks in words of its own.",
                "{n} passages of boilerplate: they stand where neither speaks in words of its own.",
                passages,
            ), 2, 2,
        )  # fmt: skip
    if marked:
        sheet.put(
            plural(
                "In {n} document bylines, footers and the like were marked; nothing was deleted.",
                "In {n} documents bylines, footers and the like were marked; nothing was deleted.",
                marked,
            ), 2, 2,
        )  # fmt: skip


def show_unread(sheet: Sheet, found: Sequence[Unread], every: bool) -> None:
    """What could not be read, counted, each with its reason; some of them, or every one."""
    if not found:
        return
    sheet.head(plural("{n} document could not be read", "{n} documents could not be read", len(found)))
    for unread in found if every else found[:MOST_UNREAD]:
        sheet.put(unread_words(unread), 2, 2)
    if not every and len(found) > MOST_UNREAD:
        more = len(found) - MOST_UNREAD
        sheet.put(plural("and {n} more; --all names them", "and {n} more; --all names them", more), 2)


def _show_noted(sheet: Sheet, traced: Traced, every: bool) -> None:
    show_unread(sheet, traced.unread, every)
    found = guessed(traced.documents)
    if found:
        sheet.head(say("Encodings that were guessed"))
    for encoding, names in found:
        sheet.put(labelled(encoding, some(names)), 2, 2)
    noted = doubts(traced.documents)
    if noted:
        sheet.head(say("Noted in reading"))
        for said in noted if every else noted[:MOST_UNREAD]:
            sheet.put(said, 2, 2)
        if not every and len(noted) > MOST_UNREAD:
            more = len(noted) - MOST_UNREAD
            sheet.put(plural("and {n} more; --all names them", "and {n} more; --all names them", more), 2)


def _show_next(sheet: Sheet, paths: Sequence[str], every: bool, found: bool) -> None:
    """Commands to go on with."""
    offers = [("--html trace.html", say("the texts side by side, in a browser"))] if found else []
    if found and not every:
        offers.append(("--all", say("every passage, word by word")))
    offers.append(("--json", say("the whole, for programs")))
    sheet.head(say("Next"))
    wide = max(len(option) for option, _ in offers) + 2
    taken = 2 + wide + max(columns(what) for _, what in offers)
    starts = [f"foedus trace {typed} " for typed in _typed(paths)]
    start = next((start for start in starts if taken + columns(start) <= sheet.room), starts[-1])
    beside = taken + columns(start) <= sheet.room
    for n, (option, what) in enumerate(offers):
        if beside:
            sheet.put(tied(f"{start if n == 0 else ' ' * columns(start)}{option.ljust(wide)}{what}"), 2)
        else:
            sheet.put(f"{start}{option}", 2, 4)
            sheet.put(what, 6)


def _typed(paths: Iterable[str]) -> list[str]:
    """The paths as one types them, then shorter and shorter."""
    words = [shlex.quote(path) for path in paths]
    return [
        *([" ".join(words)] if words and len(words) <= 3 else []),
        *([f"{words[0]} …"] if words else []),
        "…",
    ]
