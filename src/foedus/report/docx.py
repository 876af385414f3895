"""A memorandum as a DOCX file (extra `foedus[docx]`), with real headings, lists and tables."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from foedus.assessment.finding import Assessment
from foedus.diagnostics.problem import Problem, Refused
from foedus.diagnostics.span import NOWHERE
from foedus.report.memo import Grid, Heading, Items, Memo, Paragraph, Verbatim, memo
from foedus.report.printable import printable
from foedus.words.speech import language

WRITTEN = datetime(2000, 1, 1, tzinfo=UTC)
"""One date in every file, so that the same answer is the same file."""


def show_docx(assessment: Assessment) -> bytes:
    """The memorandum of an assessment. Raises `Refused` (F559) where python-docx is not installed."""
    return to_docx(memo(assessment, language()))


def to_docx(written: Memo) -> bytes:
    """The file's bytes: A4, one style for everything that is alike."""
    try:
        docx: Any = import_module("docx")
    except ModuleNotFoundError:
        values = {"option": "--docx", "library": "python-docx", "extra": "docx"}
        raise Refused(Problem("F559", NOWHERE, values)) from None
    document = docx.Document()
    _set_up(docx, document, written)
    added = _adding(document)
    for block in written.blocks:
        match block:
            case Heading(level, text):
                added("Title" if level == 1 else f"Heading {level - 1}").add_run(printable(text))
            case Paragraph():
                _run(added("Normal"), block, written)
            case Items(items, numbered):
                for n, item in enumerate(items, 1):
                    # Sources carry their own numbers: a reader may add an item, and no number moves.
                    style = "List Bullet" if not numbered else "Normal"
                    _run(added(style), item, written, f"[{n}] " if numbered else "")
            case Grid(heads, rows):
                table = document.add_table(rows=1, cols=len(heads), style="Light Grid Accent 1")
                for cell, head in zip(table.rows[0].cells, heads, strict=True):
                    cell.text = printable(head)
                for row in rows:
                    for cell, said in zip(table.add_row().cells, row, strict=True):
                        cell.text = printable(said)
                added("Normal")
            case Verbatim(text):
                added("Normal").add_run(printable(text)).font.name = "Courier New"
    stream = io.BytesIO()
    document.save(stream)
    return _repacked(stream.getvalue())


def _adding(document: Any) -> Callable[[str], Any]:
    """Adds a paragraph of a style at the end. The library's own way looks through all that is there before, each time,
    and takes a minute for the minutes of ten thousand entries."""
    element: Any = import_module("docx.oxml").OxmlElement
    paragraph: Any = import_module("docx.text.paragraph").Paragraph
    end = document.element.body[-1]  # the section's properties stand last
    ids: dict[str, str] = {}

    def added(style: str) -> Any:
        made = element("w:p")
        end.addprevious(made)
        if style != "Normal":
            if style not in ids:
                ids[style] = document.styles[style].style_id
            made.get_or_add_pPr().style = ids[style]
        return paragraph(made, document)

    return added


def _set_up(docx: Any, document: Any, written: Memo) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.comments = printable(written.title), "Foedus", ""
    properties.language, properties.created, properties.modified = written.language, WRITTEN, WRITTEN
    section = document.sections[0]
    section.page_width, section.page_height = docx.shared.Mm(210), docx.shared.Mm(297)
    section.left_margin = section.right_margin = docx.shared.Mm(25)
    section.top_margin = section.bottom_margin = docx.shared.Mm(22)
    document.styles["Normal"].font.name = "Georgia"
    document.styles["Normal"].font.size = docx.shared.Pt(10.5)


def _run(paragraph: Any, said: Paragraph, written: Memo, before: str = "") -> None:
    paragraph.add_run(before + printable(said.text)).bold = said.strong
    cited = [str(written.numbers[name]) for name in said.sources if name in written.numbers]
    if cited:
        paragraph.add_run(f" [{', '.join(cited)}]")


def _repacked(packed: bytes) -> bytes:
    """The same archive with one date on every member."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.infolist():
            new.writestr(
                zipfile.ZipInfo(member.filename, (2000, 1, 1, 0, 0, 0)),
                old.read(member),
                zipfile.ZIP_DEFLATED,
            )
    return stream.getvalue()
