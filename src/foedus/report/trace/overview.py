"""An index of more documents than one page can show: how many, what stands in most of them, what could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from foedus.report.layout import Sheet, carried, tied
from foedus.report.trace.terminal import show_unread
from foedus.report.trace.wording import some
from foedus.trace.document import Unread
from foedus.trace.passage import PassageKind
from foedus.words.speech import marked, plural, say

MOST_FAMILIES = 12
LESS_THAN_COPIES: dict[PassageKind, str] = {
    "shared": marked("Of these passages {n} are from texts that anybody may quote."),
    "boilerplate": marked("Of these passages {n} are boilerplate."),
}


@dataclass(frozen=True)
class Overview:
    """What an index in a folder holds. `passages` are how many there are of each class; `families` are paragraphs
    that several documents have word for word: how many words, and which documents."""

    folder: str
    documents: int
    words: int
    added: int
    passages: Mapping[PassageKind, int]
    families: Sequence[tuple[int, Sequence[str]]]
    unread: Sequence[Unread]


def show_overview(
    it: Overview, *, every: bool = False, width: int = 80, colour: bool = False, encoding: str = "utf-8"
) -> str:
    """The page for the terminal."""
    sheet = Sheet(width, colour)
    sheet.put(
        plural(
            "{folder}: {n} document, {words}, {passages}", "{folder}: {n} documents, {words}, {passages}",
            it.documents, folder=it.folder,
            words=plural("{n} word", "{n} words", it.words),
            passages=plural("{n} passage in two of them", "{n} passages in two of them", sum(it.passages.values())),
        ), style="title",
    )  # fmt: skip
    for kind, n in it.passages.items():
        if kind in LESS_THAN_COPIES:
            sheet.put(say(LESS_THAN_COPIES[kind], n=f"{n:,}"), 2, 2)
    sheet.put(plural("{n} document was added now.", "{n} documents were added now.", it.added), 2, 2)
    _show_families(sheet, it.families if every else it.families[:MOST_FAMILIES], len(it.families))
    show_unread(sheet, it.unread, every)
    sheet.head(say("Next"))
    start = f"foedus trace --index {it.folder} "
    sheet.put(tied(f"{start}--query FILE"), 2, 4)
    sheet.put(say("where else one document stands, and who had it first"), 6)
    sheet.put(tied(f"{start}--parquet FILE"), 2, 4)
    sheet.put(say("every passage, for programs"), 6)
    return carried(sheet.text(), encoding)


def _show_families(sheet: Sheet, families: Iterable[tuple[int, Sequence[str]]], all_of_them: int) -> None:
    shown = 0
    for words, names in families:
        if not shown:
            sheet.head(say("Paragraphs that stand in most documents"))
        shown += 1
        said = plural(
            "{n} document, {words}", "{n} documents, {words}",
            len(names), words=plural("{n} word", "{n} words", words),
        )  # fmt: skip
        sheet.aside(some(list(names), 3), said, 2, hang=2)
    if all_of_them > shown:
        more = all_of_them - shown
        sheet.put(plural("and {n} paragraph more", "and {n} paragraphs more", more), 2)
