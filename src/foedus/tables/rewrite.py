"""Makes edits in the pages: only the lines that say what changes are touched.

A changed claim is written anew on its own line, a changed source in the lines that differ. A new row goes
below the one that stands above it in the table, else after the last of its kind; comments, prose, order
and blank lines stay.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import spelled, whole
from foedus.lang.outline import Line
from foedus.lang.show import show_claim, show_item
from foedus.lang.tree import ClaimLine, DossierItem, SourceItem, SpeakerItem
from foedus.tables.edits import Edit
from foedus.tables.rows import Cells, Row, Rows, Written, last_number

INNER = ("by", "publisher", "date", "url", "via", "read", "channel", "derives from", "unresolved")
"""The lines below a source, in the order in which they are set."""
_QUOTED = frozenset({"publisher", "read", "channel"})


@dataclass(slots=True)
class _Change:
    """Lines `start` to `end` (exclusive, from 1) of a page give way to others."""

    start: int
    end: int
    lines: list[str]


@dataclass(slots=True)
class _Paper:
    """The changes of one page."""

    written: Written
    changes: list[_Change] = field(default_factory=list[_Change])

    def replace(self, start: int, end: int, lines: Iterable[str]) -> None:
        self.changes.append(_Change(start, end, list(lines)))

    def after(self, number: int, lines: Iterable[str]) -> None:
        self.replace(number + 1, number + 1, lines)

    def before(self, line: Line) -> str:
        """What stands before the line on its row of the page: a list's or quotation's mark, spaces."""
        piece = line.pieces[0]
        return self.written.rows[piece.number - 1][: piece.column - 1]

    def text(self) -> str:
        """The page as it is to be on disk: every line that stays ends as it did."""
        ends = self.written.ends
        if ends is None:
            values = {"path": spelled(self.written.path), "why": "it is not in UTF-8"}
            raise Refused(
                Problem("F532", whole(spelled(self.written.path)), values, help="Save it as UTF-8 first.")
            )
        rows = list(zip(self.written.rows, ends, strict=True))
        ordered = sorted(enumerate(self.changes), key=lambda c: (c[1].start, c[1].end > c[1].start, c[0]))
        for _, change in reversed(ordered):  # from below, so that the numbers above stay true
            end = rows[min(change.start, len(rows)) - 2][1] if change.start > 1 else ends[0]
            rows[change.start - 1 : change.end - 1] = [(line, end or "\n") for line in change.lines]
        mark = "\ufeff" if self.written.raw.startswith(BOM_UTF8) else ""
        return mark + "".join(row + end for row, end in rows)


def rewritten(rows: Rows, edits: Sequence[Edit]) -> dict[Path, str]:
    """The pages that change, with their new texts. Raises `Refused` (F532) for one that is not UTF-8."""
    papers = {written.path: _Paper(written) for written in rows.pages}
    for edit in edits:
        if edit.was is not None:
            paper = papers[edit.was.written.path]
            moved = edit.table == "claims" and edit.cells["fact"] != edit.was.cells["fact"]
            if edit.item is None or moved:
                _take_out(paper, edit.was)
            else:
                _change(paper, edit, edit.was)
            if not moved or edit.item is None:
                continue
        _add(papers, rows, edit)
    return {path: paper.text() for path, paper in papers.items() if paper.changes}


def _line_of(row: Row) -> Line:
    return row.written.lines[row.item.place.line]


def _take_out(paper: _Paper, row: Row) -> None:
    line = _line_of(row)
    paper.replace(line.pieces[0].number, last_number(line) + 1, [])


# ---- changed rows ----


def _change(paper: _Paper, edit: Edit, was: Row) -> None:
    line = _line_of(was)
    match edit.item:
        case ClaimLine():
            _set(paper, line, show_claim(edit.item), edit.cells["note"])
        case SpeakerItem():
            _set(paper, line, show_item(edit.item))
        case SourceItem():
            _change_source(paper, line, edit.item, was.cells, edit.cells)
        case None:
            pass


def _set(paper: _Paper, line: Line, said: str, note: str | None = None) -> None:
    """Writes the line anew. `note` None keeps the comments that stand beside it."""
    indent = paper.before(line)
    above = [indent + comment for piece in line.pieces[1:] for comment in piece.above if comment]
    beside = " ".join(piece.comment for piece in line.pieces if piece.comment)
    comment = beside if note is None else f"-- {note}" if note else ""
    paper.replace(
        line.pieces[0].number, line.pieces[-1].number + 1, [*above, f"{indent}{said} {comment}".rstrip()]
    )


def _change_source(paper: _Paper, line: Line, item: SourceItem, was: Cells, now: Cells) -> None:
    unsure = was["unconfirmed"] != now["unconfirmed"]
    stays = [inner for inner in line.below if now.get(_kind(inner), "there")]
    said = _says_unconfirmed(line) or (not unsure and any(map(_says_unconfirmed, stays)))
    head_says = " unconfirmed" if now["unconfirmed"] and (_says_unconfirmed(line) or not said) else ""
    if was["title"] != now["title"] or head_says != (" unconfirmed" if _says_unconfirmed(line) else ""):
        _set(paper, line, f'source {item.id.text} "{item.title}"{head_says}')
    for name in INNER:
        there = [inner for inner in line.below if _kind(inner) == name]
        if unsure and not now["unconfirmed"] and (name in now and was[name] == now[name]):
            for inner in there:
                if _says_unconfirmed(inner):
                    _set(paper, inner, _inner(name, now[name]))
        if name not in now or was[name] == now[name]:
            continue
        lines = [
            _inner(name, value) for value in (now[name].split() if name == "via" else [now[name]]) if value
        ]
        flag = " unconfirmed" if now["unconfirmed"] else ""
        for inner, said in zip(there, lines, strict=False):
            kept = flag if _says_unconfirmed(inner) else ""
            if inner.text.removesuffix(" unconfirmed").strip() != said:
                _set(paper, inner, said + kept)
        for inner in there[len(lines) :]:
            paper.replace(inner.pieces[0].number, last_number(inner) + 1, [])
        if more := lines[len(there) :]:
            indent = paper.before(line.below[0]) if line.below else paper.before(line) + "  "
            paper.after(_above(line, name, there), [indent + said for said in more])


def _above(line: Line, name: str, there: Sequence[Line]) -> int:
    """The number of the last line of the page above a new line of this name."""
    if there:
        return last_number(there[-1])
    before = set(INNER[: INNER.index(name)])
    earlier = [inner for inner in line.below if _kind(inner) in before]
    return max([line.pieces[-1].number, *map(last_number, earlier)])


def _kind(inner: Line) -> str:
    words = inner.text.split(None, 2)
    return "derives from" if words[:1] == ["derives"] else words[0] if words else ""


def _says_unconfirmed(line: Line) -> bool:
    return line.text.split('"')[-1].split("<")[-1].split()[-1:] == ["unconfirmed"]


def _inner(name: str, value: str) -> str:
    if name == "unresolved":
        return name
    if name in ("url", "via"):
        return f"{name} <{value}>"
    return f'{name} "{value}"' if name in _QUOTED else f"{name} {value}"


# ---- new rows ----


def _add(papers: dict[Path, _Paper], rows: Rows, edit: Edit) -> None:
    if isinstance(edit.item, ClaimLine):
        _add_claim(papers, rows, edit, edit.item)
        return
    assert edit.item is not None
    said = show_item(edit.item).split("\n")
    beside = edit.after or next(reversed(rows.tables[edit.table]), None)
    if beside is not None:
        line = _line_of(beside)
        paper = papers[beside.written.path]
        paper.after(last_number(line), [paper.before(line) + row for row in said])
        return
    paper, number, indent = _beginning(papers, rows, edit.table)
    paper.after(number, [indent + row for row in said])


def _add_claim(papers: dict[Path, _Paper], rows: Rows, edit: Edit, item: ClaimLine) -> None:
    fact = rows.facts[edit.cells["fact"]]
    paper = papers[fact.written.path]
    line = _line_of(fact)
    beside = edit.after if edit.after is not None and edit.after.cells["fact"] == fact.key else None
    indent = paper.before(line.below[-1]) if line.below else paper.before(line) + "  "
    number = last_number(_line_of(beside) if beside else line)
    note = edit.cells["note"]
    paper.after(number, [f"{indent}{show_claim(item)}" + (f" -- {note}" if note else "")])


def _beginning(papers: dict[Path, _Paper], rows: Rows, table: str) -> tuple[_Paper, int, str]:
    """Where the first source or speaker of a dossier goes: below its speakers, else its title page."""
    speakers = rows.tables["speakers"] if table == "sources" else ()
    if speakers:
        line = _line_of(speakers[-1])
        paper = papers[speakers[-1].written.path]
        return paper, last_number(line), paper.before(line)
    for written in rows.pages:
        for item in written.page.records:
            if isinstance(item, DossierItem):
                line = written.lines[item.place.line]
                paper = papers[written.path]
                return paper, last_number(line), paper.before(line)
    raise AssertionError("a dossier read without errors has a title page")


def edits_by_page(rows: Rows, edits: Iterable[Edit]) -> Iterator[tuple[Written, list[Edit]]]:
    """The edits in the order of the dossier's pages, each under the page on which its row stands or goes."""
    found: dict[Path, list[Edit]] = {written.path: [] for written in rows.pages}
    for edit in edits:
        found[_home(rows, edit).path].append(edit)
    for written in rows.pages:
        if found[written.path]:
            yield written, found[written.path]


def _home(rows: Rows, edit: Edit) -> Written:
    if edit.was is not None:
        return edit.was.written
    if edit.table == "claims":
        return rows.facts[edit.cells["fact"]].written
    beside = edit.after or next(reversed(rows.tables[edit.table]), None)
    if beside is None and edit.table == "sources":
        beside = next(reversed(rows.tables["speakers"]), None)
    if beside is not None:
        return beside.written
    return next(w for w in rows.pages if any(isinstance(i, DossierItem) for i in w.page.records))
