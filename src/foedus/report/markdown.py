r"""A memorandum in Markdown (CommonMark with tables); what a dossier holds is never taken for markup.

>>> escaped("a *b* [c](d) <e>")
'a \\*b\\* \\[c\\](d) \\<e>'
"""

from __future__ import annotations

import re

from foedus.assessment.finding import Assessment
from foedus.report.memo import Block, Grid, Heading, Items, Memo, Paragraph, Verbatim, memo
from foedus.words.speech import language

_MARKUP = re.compile(r"([\\`*_\[\]<|~#])")
_LINE_START = re.compile(r"^(\d*)([-+>=.)])")


def show_markdown(assessment: Assessment) -> str:
    """The memorandum of an assessment, in the language spoken."""
    return to_markdown(memo(assessment, language()))


def to_markdown(written: Memo) -> str:
    """Blocks parted by empty lines; sources are cited by their numbers, `[12]`."""
    return "\n\n".join(_block(block, written) for block in written.blocks) + "\n"


def _block(block: Block, written: Memo) -> str:
    match block:
        case Heading(level, text):
            return f"{'#' * level} {escaped(text)}"
        case Paragraph():
            return _line(block, written)
        case Items(items, numbered):
            return "\n".join(
                f"{f'{n}.' if numbered else '-'} {_line(item, written)}" for n, item in enumerate(items, 1)
            )
        case Grid(heads, rows):
            lines = [_row(heads), "|" + " --- |" * len(heads), *(_row(row) for row in rows)]
            return "\n".join(lines)
        case Verbatim(text):
            return "\n".join(f"    {line}" for line in text.splitlines())


def _line(paragraph: Paragraph, written: Memo) -> str:
    text = escaped(paragraph.text)
    if paragraph.strong:
        text = f"**{text}**"
    cited = [str(written.numbers[name]) for name in paragraph.sources if name in written.numbers]
    return text + (f" \\[{', '.join(cited)}\\]" if cited else "")


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(escaped(cell) for cell in cells) + " |"


def escaped(text: str) -> str:
    """The text so that Markdown shows it as it stands, on one line."""
    said = _MARKUP.sub(r"\\\1", " ".join(text.split()).replace("&", "&amp;"))
    return _LINE_START.sub(r"\1\\\2", said)
