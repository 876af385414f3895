"""The rows that a dossier has: each source, speaker, claim and fact with where it is written.

`Written` is one page with its lines, so that a row can be found in it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from foedus.diagnostics.span import Place
from foedus.evidence.record import Record
from foedus.lang.outline import Line, outline
from foedus.lang.show_formula import show_atom
from foedus.lang.tangle import plain, tangle
from foedus.lang.tree import ClaimLine, FactItem, Page, SourceItem, SpeakerItem

Cells = Mapping[str, str]


@dataclass(frozen=True)
class Written:
    """A page as it is read (its lines ended alike in `text`), and as it stands on disk (`raw`)."""

    path: Path
    page: Page
    text: str
    raw: bytes

    @cached_property
    def lines(self) -> dict[int, Line]:
        """Every line of the page's blocks, by the number of its first piece."""
        found: dict[int, Line] = {}
        for block in tangle(self.page.path, self.text).blocks:
            waiting = list(outline(block.lines, self.page.path, block.heading).lines)
            while waiting:
                line = waiting.pop()
                found[line.pieces[0].number] = line
                waiting += line.below
        return found

    @cached_property
    def rows(self) -> list[str]:
        """The lines of the text as they were split to be numbered."""
        return plain(self.text).split("\n")

    @cached_property
    def ends(self) -> list[str] | None:
        """How each of the rows ends on disk, the last with nothing; None for a page that is not UTF-8."""
        try:
            found = re.findall(r"\r\n|\r|\n", self.raw.decode("utf-8"))
        except UnicodeDecodeError:
            return None
        return [*found, ""]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its key, its cells, the page and the item that it shows.

    `fact` is the fact to which a claim belongs.
    """

    key: str
    cells: Cells
    written: Written
    item: SourceItem | SpeakerItem | ClaimLine | FactItem
    fact: FactItem | None = None


@dataclass(frozen=True)
class Rows:
    """All rows of a dossier, by the names of tables, in the order of its pages."""

    tables: Mapping[str, tuple[Row, ...]]
    pages: tuple[Written, ...] = ()
    facts: Mapping[str, Row] = field(default_factory=dict[str, Row])

    def cells(self, table: str) -> list[Cells]:
        """The cells of a table's rows."""
        return [row.cells for row in self.tables[table]]


def rows_of(pages: Sequence[Written], record: Record) -> Rows:
    """The rows of a dossier that has been read without errors."""
    claims = {_at(claim.place): claim.id for claim in record.claims}
    facts = {_at(fact.place): fact.id for fact in record.facts}
    found: dict[str, list[Row]] = {"sources": [], "speakers": [], "claims": [], "facts": []}
    for written in pages:
        for item in written.page.records:
            match item:
                case SourceItem():
                    found["sources"].append(Row(item.id.text, source_cells(item), written, item))
                case SpeakerItem():
                    found["speakers"].append(Row(item.id.text, speaker_cells(item), written, item))
                case FactItem():
                    ident = facts[_at(item.place)]
                    found["facts"].append(Row(ident, _fact_cells(item, ident), written, item))
                    found["claims"] += _claims(written, item, ident, claims)
                case _:
                    pass
    tables = {name: tuple(rows) for name, rows in found.items()}
    return Rows(tables, tuple(pages), {row.key: row for row in tables["facts"]})


def _at(place: Place) -> tuple[str, int]:
    return place.page, place.line


def _claims(written: Written, item: FactItem, fact: str, ids: Mapping[tuple[str, int], str]) -> Iterator[Row]:
    for claim in item.claims:
        ident = ids[_at(claim.place)]
        cells = claim_cells(claim, fact, ident, note_of(written.lines[claim.place.line]))
        yield Row(ident, cells, written, claim, item)


def note_of(line: Line) -> str:
    """The remark beside a line: its comments, without their dashes."""
    return " ".join(said for piece in line.pieces if (said := " ".join(piece.comment[2:].split())))


def source_cells(item: SourceItem) -> Cells:
    """A source's cells."""
    return {
        "id": item.id.text,
        "title": item.title,
        "by": item.by.text if item.by else "",
        "publisher": item.publisher,
        "date": item.date.text if item.date else "",
        "url": item.url,
        "via": " ".join(item.via),
        "read": item.read,
        "channel": item.channel,
        "unresolved": _yes(item.unresolved),
        "unconfirmed": _yes(item.unconfirmed),
    }


def speaker_cells(item: SpeakerItem) -> Cells:
    """A speaker's cells."""
    return {"id": item.id.text, "name": item.title, "for": item.speaks_for.text if item.speaks_for else ""}


def claim_cells(item: ClaimLine, fact: str, ident: str, note: str) -> Cells:
    """A claim's cells."""
    return {
        "claim": ident,
        "fact": fact,
        "verb": item.verb,
        "by": item.by.text if item.by else "",
        "source": item.source.text if item.source else "",
        "where": item.where,
        "of": item.of.text if item.of else "",
        "on": item.on.text if item.on else "",
        "quote": item.quote,
        "authentic": _yes(item.authentic),
        "against interest": item.against_interest,
        "unconfirmed": _yes(item.unconfirmed),
        "note": note,
    }


def _fact_cells(item: FactItem, ident: str) -> Cells:
    return {
        "id": ident,
        "fact": show_atom(item.atom),
        "on": item.on.text if item.on else "",
        "title": item.title,
        "unconfirmed": _yes(item.unconfirmed),
    }


def _yes(flag: bool) -> str:
    return "yes" if flag else ""


def last_number(line: Line) -> int:
    """The number of the last line of the page on which the line, or one below it, is written."""
    return max([line.pieces[-1].number, *map(last_number, line.below)])
