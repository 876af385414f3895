"""From a dossier to its tables, and from tables to what they would change in the dossier.

`open_dossier` reads the pages, `sheets_in` the tables, `propose` compares them and checks every row as if it
stood on a page already: a table's mistakes have the same codes as a page's, with the row and the column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from foedus.diagnostics.catalogue import severity_of
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import Place
from foedus.evidence.check import check
from foedus.ir.norm import Program
from foedus.lang.parse import parse_page
from foedus.lang.to_record import to_dossier
from foedus.lang.tree import ClaimLine, FactItem, Item, Page, SourceItem, SpeakerItem
from foedus.library import Library, read_parsed, stands, unrepeated
from foedus.tables.edits import Compared, Edit, compare
from foedus.tables.match import Filled, recognise
from foedus.tables.rewrite import rewritten
from foedus.tables.rows import Rows, Written, rows_of
from foedus.tables.sheet import Sheet


@dataclass(frozen=True)
class Opened:
    """A dossier read for its tables. `shipped`: it lies inside the installed Foedus."""

    name: str
    folder: Path
    title: str
    rows: Rows
    program: Program
    shipped: bool


@dataclass(frozen=True)
class Proposal:
    """What tables would change: the edits, the pages as they would be, and what is wrong with the tables."""

    compared: Compared
    pages: Mapping[Path, str]
    problems: tuple[Problem, ...]

    @property
    def wrong(self) -> bool:
        """Whether there is a mistake, so that nothing may be written."""
        return _any_error(self.problems)


def _any_error(problems: Sequence[Problem]) -> bool:
    return any(severity_of(problem) == "error" for problem in problems)


def open_dossier(name: str, treaties: Path | None = None) -> Opened:
    """The dossier's rows. Raises `Refused` with its errors: a line that is not read would be lost."""
    library = Library(treaties)
    loaded = library.dossier(name)
    if loaded.errors or loaded.dossier is None:
        raise Refused(*loaded.errors)
    pages: list[Written] = []
    for path, called in library.parts(name).items():
        page, text, _ = read_parsed(path, called)
        pages.append(Written(path, page, text, path.read_bytes()))
    rows = rows_of(pages, loaded.dossier.record)
    shipped = name in library.dossiers and not stands(Path(name))
    return Opened(name, library.find_dossier(name), loaded.dossier.title, rows, loaded.program, shipped)


def fill(sheets: Sequence[Sheet]) -> tuple[list[Filled], list[Problem]]:
    """The sheets understood; those that are no tables as problems."""
    filled: list[Filled] = []
    problems: list[Problem] = []
    for sheet in sheets:
        try:
            filled.append(recognise(sheet))
        except Refused as refused:
            problems += [*sheet.problems, *refused.problems]
    return filled, problems


def propose(opened: Opened, sheets: Sequence[Sheet], remove: bool = False) -> Proposal:
    """What the sheets would change in the dossier."""
    filled, problems = fill(sheets)
    whole = [table for table in filled if not _any_error(table.sheet.problems)]
    compared = compare(opened.rows, whole, remove)
    problems += [problem for table in filled for problem in table.problems]
    problems += compared.problems
    if _any_error(problems):
        return Proposal(compared, {}, unrepeated(problems))
    wanted = _edited(opened.rows, compared.edits)
    problems += _lowered(opened, wanted, compared.edits)
    if _any_error(problems):
        return Proposal(compared, {}, unrepeated(problems))
    pages = rewritten(opened.rows, compared.edits)
    problems += _unfaithful(opened.rows, wanted, pages, compared.edits)
    return Proposal(compared, pages, unrepeated(problems))


def _edited(rows: Rows, edits: Sequence[Edit]) -> list[Page]:
    """The trees of the pages as they are to be."""
    gone = {edit.was.item.place for edit in edits if edit.was is not None}
    stay = {edit.was.item.place: edit for edit in edits if edit.was is not None}
    new_claims: dict[str, list[Edit]] = {}
    added: list[Item] = []
    for edit in edits:
        moved = edit.was is not None and edit.cells.get("fact") != edit.was.cells.get("fact")
        if isinstance(edit.item, ClaimLine) and (edit.was is None or moved):
            new_claims.setdefault(edit.cells["fact"], []).append(edit)
        elif edit.was is None and isinstance(edit.item, SourceItem | SpeakerItem):
            added.append(edit.item)
    keys = {row.item.place: key for key, row in rows.facts.items()}

    def again(item: Item) -> list[Item]:
        if isinstance(item, FactItem):
            return [replace(item, claims=_claims(item, keys[item.place], stay, new_claims))]
        if item.place in gone:
            changed = stay[item.place].item
            return [changed] if isinstance(changed, SourceItem | SpeakerItem) else []
        return [item]

    pages = [
        replace(written.page, records=tuple(new for item in written.page.records for new in again(item)))
        for written in rows.pages
    ]
    return [replace(pages[0], records=(*pages[0].records, *added)), *pages[1:]]


def _claims(
    item: FactItem, key: str, stay: Mapping[Place, Edit], new: Mapping[str, Sequence[Edit]]
) -> tuple[ClaimLine, ...]:
    kept: list[ClaimLine] = []
    for claim in item.claims:
        edit = stay.get(claim.place)
        if edit is None:
            kept.append(claim)
        elif isinstance(edit.item, ClaimLine) and edit.cells["fact"] == key:
            kept.append(edit.item)
    return (*kept, *(edit.item for edit in new.get(key, ()) if isinstance(edit.item, ClaimLine)))


def _lowered(opened: Opened, pages: Sequence[Page], edits: Sequence[Edit]) -> list[Problem]:
    """What is wrong with the dossier as it would be; of warnings, those about the tables' own rows."""
    made, problems = to_dossier(pages, opened.program)
    tables = {edit.place.page for edit in edits}
    return [
        problem
        for problem in (*problems, *check(made))
        if severity_of(problem) == "error" or problem.place.page in tables
    ]


def _unfaithful(
    rows: Rows, wanted: Sequence[Page], pages: Mapping[Path, str], edits: Sequence[Edit]
) -> list[Problem]:
    """A last look: what was written must read as what was meant, everything else as before."""
    meant = Counter(_plain(item) for page in wanted for item in page.records)
    read: Counter[Item] = Counter()
    problems: list[Problem] = []
    for written in rows.pages:
        text = pages.get(written.path)
        page, found = (written.page, ()) if text is None else parse_page(written.page.path, text)
        problems += [problem for problem in found if severity_of(problem) == "error"]
        read.update(_plain(item) for item in page.records)
    if meant == read and not problems:
        return []
    wrong = [edit for edit in edits if edit.item is not None] or list(edits)
    return [Problem("F525", edit.place, _cannot(edit)) for edit in wrong[:1]]


def _plain(item: Item) -> Item:
    """The item with its claims in an order of their own: new ones may go between others."""
    if isinstance(item, FactItem):
        return replace(item, claims=tuple(sorted(item.claims, key=repr_of)))
    return item


def repr_of(claim: ClaimLine) -> str:
    """The claim without places, to sort by."""
    names = [name.text if name else "" for name in (claim.by, claim.source, claim.of)]
    dated = claim.on.text if claim.on else ""
    return repr((claim.verb, names, dated, claim.where, claim.quote, claim.authentic, claim.against_interest))


def _cannot(edit: Edit) -> dict[str, str]:
    shown = " ".join(value for value in edit.cells.values() if value)
    return {
        "where": "in one row",
        "value": shown[:80],
        "why": "A page cannot write it so that it reads the same.",
    }
