"""What a table would change: rows added, changed and removed, each as the item that it makes.

A row with a key is compared with the dossier's row of that key, a claim without one with the claims that
say the same. Columns that the table does not show stay as they are; rows that it does not have stay
too, unless they are to be removed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

from foedus.diagnostics.problem import Note, Problem
from foedus.diagnostics.span import NOWHERE, Place
from foedus.diagnostics.suggest import suggest
from foedus.lang.tree import ClaimLine, Name, SourceItem, SpeakerItem
from foedus.tables.columns import Table
from foedus.tables.match import Filled, Given
from foedus.tables.rows import Cells, Row, Rows
from foedus.terms.time import EDate, parse_date

Made = SourceItem | SpeakerItem | ClaimLine


@dataclass(frozen=True, slots=True)
class Edit:
    """One row added (`was` is None), changed, or removed (`now` is None).

    `after` is the dossier's row that stands above an added row in the table, if there is one; `item` is
    what the row makes, `cells` its cells in full, `place` where the table has it.
    """

    table: str
    was: Row | None
    item: Made | None
    cells: Cells
    place: Place = NOWHERE
    after: Row | None = None

    @property
    def what(self) -> Literal["add", "change", "remove"]:
        """What is done to the dossier."""
        return "add" if self.was is None else "change" if self.item is not None else "remove"


@dataclass(frozen=True, slots=True)
class Compared:
    """All edits, what is wrong with the tables, and how many rows of the dossier no table has."""

    edits: tuple[Edit, ...]
    problems: tuple[Problem, ...]
    absent: Mapping[str, int]


def compare(rows: Rows, tables: Sequence[Filled], remove: bool = False) -> Compared:
    """What the tables would change in the dossier."""
    edits: dict[object, Edit] = {}
    problems: list[Problem] = []
    met: dict[str, set[str]] = {}
    for filled in tables:
        if not filled.table.taken:
            problems += _untaken(rows, filled)
            continue
        comparison = _Comparison(rows, filled)
        for edit in comparison.edits():
            key = (edit.table, edit.was.key if edit.was else tuple(edit.cells.items()))
            first = edits.setdefault(key, edit)
            if first.cells != edit.cells:
                note = Note(first.place, "and otherwise here")
                problems.append(
                    Problem("F527", edit.place, {"what": "a change to the same row"}, notes=(note,))
                )
        problems += comparison.problems
        if comparison.shows_keys:
            met.setdefault(filled.table.name, set()).update(comparison.met)
    absent = {name: [row for row in rows.tables[name] if row.key not in keys] for name, keys in met.items()}
    if remove:
        gone = [Edit(name, row, None, row.cells) for name, left in absent.items() for row in left]
        return Compared((*edits.values(), *gone), tuple(problems), {})
    left = {name: len(rows) for name, rows in absent.items() if rows}
    return Compared(tuple(edits.values()), tuple(problems), left)


def _untaken(rows: Rows, filled: Filled) -> Iterable[Problem]:
    known = {row.key: row.cells for row in rows.tables[filled.table.name]}
    differ = 0
    for given in filled.rows:
        there = known.get(given.cells.get(filled.table.key, ""))
        differ += there is None or any(there[name] != value for name, value in given.cells.items())
    if differ:
        what = f"the table `{filled.table.name}`, which differs from the dossier in {differ} of its rows,"
        advice = "Facts are changed on the dossier's page: their words belong to the vocabulary."
        yield Problem("F524", filled.sheet.place(1, 0), {"what": what}, help=advice)


class _Comparison:
    """One table beside the dossier."""

    def __init__(self, rows: Rows, filled: Filled) -> None:
        self.rows = rows
        self.filled = filled
        self.table: Table = filled.table
        self.known = {row.key: row for row in rows.tables[self.table.name]}
        self.seen: dict[object, Given] = {}
        self.met: set[str] = set()
        self.problems: list[Problem] = []

    @property
    def shows_keys(self) -> bool:
        """Whether a row that the table does not have can be told from one that it does not name."""
        return self.table.key in self.filled.columns and not self.filled.problems_in_rows

    def edits(self) -> list[Edit]:
        keyed = [(given, self._row(given)) for given in self.filled.rows]
        self.met |= {row.key for _, row in keyed if row is not None}
        found: list[Edit] = []
        above: Row | None = None
        for given, row in keyed:
            row = row or self._same(given)
            if not self._once(given, row):
                continue
            edit = self._edit(given, row, above)
            above = row or above
            if edit is not None:
                found.append(edit)
        return found

    def _row(self, given: Given) -> Row | None:
        return self.known.get(given.cells.get(self.table.key, ""))

    def _same(self, given: Given) -> Row | None:
        """Of a claim without a key: the claim that says the same already."""
        if self.table.name != "claims" or given.cells.get("claim"):
            return None
        for key, row in self.known.items():
            shown = {name: value for name, value in given.cells.items() if name != "claim"}
            if key not in self.met and all(row.cells[name] == value for name, value in shown.items()):
                self.met.add(key)
                return row
        return None

    def _once(self, given: Given, row: Row | None) -> bool:
        key = row.key if row else given.cells.get(self.table.key) or tuple(sorted(given.cells.items()))
        first = self.seen.setdefault(key, given)
        if first is given:
            return True
        what = f"`{key}`" if isinstance(key, str) else "the same row"
        note = Note(first.place(self.table.key), f"the first, in row {first.number}")
        self.problems.append(Problem("F527", given.place(self.table.key), {"what": what}, notes=(note,)))
        return False

    def _edit(self, given: Given, row: Row | None, above: Row | None) -> Edit | None:
        if row is None and self.table.name == "claims" and given.cells.get("claim"):
            near = suggest(given.cells["claim"], self.known)
            values = {"claim": given.cells["claim"], "near": f"Did you mean `{near}`? " if near else ""}
            self.problems.append(Problem("F534", given.place("claim"), values))
            return None
        empty = {column.name: "" for column in self.table.columns}
        key = self.table.key
        cells: dict[str, str] = {**(row.cells if row else empty), **given.cells}
        if row is not None:
            cells[key] = row.cells[key]
            if cells == row.cells:
                return None
        lacking = [column.name for column in self.table.columns if column.needed and not cells[column.name]]
        for name in lacking:
            self.problems.append(Problem("F528", given.place(name), {"column": name}))
        if self.table.name == "claims" and cells["fact"] and cells["fact"] not in self.rows.facts:
            near = suggest(cells["fact"], self.rows.facts)
            advice = f"Did you mean `{near}`?" if near else "Facts are entered on the dossier's page first."
            self.problems.append(Problem("F219", given.place("fact"), {"name": cells["fact"]}, help=advice))
            return None
        if lacking:
            return None
        return Edit(
            self.table.name, row, _made(self.table.name, given, cells, row), cells, given.place(), above
        )


def _made(table: str, given: Given, cells: Cells, row: Row | None) -> Made:
    """The item that the cells make; its names have the cells as their places."""

    def name(column: str) -> Name | None:
        return Name(cells[column], given.place(column)) if cells[column] else None

    def date(column: str) -> EDate | None:
        return parse_date(cells[column], given.place(column)) if cells[column] else None

    if table == "sources":
        was = row.item if row and isinstance(row.item, SourceItem) else SourceItem(Name(""), "")
        return replace(
            was, id=Name(cells["id"], given.place("id")), title=cells["title"], by=name("by"),
            publisher=cells["publisher"], date=date("date"), url=cells["url"],
            via=tuple(cells["via"].split()), channel=cells["channel"], read=cells["read"],
            unresolved=bool(cells["unresolved"]), unconfirmed=bool(cells["unconfirmed"]), place=given.place(),
        )  # fmt: skip
    if table == "speakers":
        return SpeakerItem(Name(cells["id"], given.place("id")), cells["name"], name("for"), given.place())
    verb = cast("Literal['asserts', 'denies', 'disputes', 'reports']", cells["verb"])
    return ClaimLine(
        verb, name("by"), name("source"), cells["where"], date("on"), cells["quote"], name("of"),
        bool(cells["authentic"]), cells["against interest"], bool(cells["unconfirmed"]), given.place(),
    )  # fmt: skip
