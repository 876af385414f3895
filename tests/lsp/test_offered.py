"""Whatever is written on good pages would have been offered where it stands: names cut off one by one."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.lang.parse import parse_page
from foedus.lang.tangle import tangle
from foedus.lang.tree import Page
from foedus.library import Library
from foedus.lsp.complete import complete
from foedus.lsp.meanings import Mention
from foedus.lsp.mentions import mentions
from foedus.lsp.naming import Known, first_instrument
from foedus.lsp.text import Text
from tests.cli.program import ROOT

TREATIES = ROOT / "src" / "foedus" / "treaties"
CASE = ROOT / "src" / "foedus" / "dossiers" / "kazakhstan-2022"
PAGES = [
    ROOT / "tests/good/lir.md",
    ROOT / "tests/good/bounds.md",
    ROOT / "tests/good/harbour.md",
    ROOT / "tests/good/isles.md",
    TREATIES / "cst.md",
    TREATIES / "charter.md",
    CASE / "claims.md",
]
EVERY = 3
"""Each so-and-so-manyth name is tried: all of them take a minute."""


@pytest.fixture(scope="module")
def shipped() -> tuple[Page, ...]:
    library = Library()
    return tuple(library.page(name)[0] for name in library.pages)


def parsed(path: Path) -> Page:
    return parse_page(path.as_posix(), path.read_text(encoding="utf-8"))[0]


def cut(page: Page, mention: Mention) -> tuple[Text, str]:
    """The page without the rest of the line behind a name, and the name as it is written; `cst.assist` is one."""
    lines = page.text.split("\n")
    line = lines[mention.place.line - 1]
    head, written = line[: mention.place.column - 1], mention.thing.name
    if head.endswith("."):
        instrument = head[:-1].replace("(", " ").replace("[", " ").split()[-1]
        head, written = head[: -len(instrument) - 1], f"{instrument}.{written}"
    lines[mention.place.line - 1] = head
    return Text("\n".join(lines)), written


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_what_is_written_is_offered(path: Path, shipped: tuple[Page, ...]) -> None:
    page = parsed(path)
    beside = tuple(parsed(other) for other in CASE.glob("*.md") if path.parent == CASE and other != path)
    known = Known((*(one for one in shipped if one.path.rpartition("/")[2] != path.name), *beside, page))
    inside = {line.number for block in tangle("", page.text).blocks for line in block.lines}
    missing: list[str] = []
    used = [
        m
        for m in mentions(page, known)
        if not m.declares and m.thing.kind != "variable" and m.place.line in inside
    ]
    assert len(used) > 50
    for mention in used[::EVERY]:
        line = page.text.split("\n")[mention.place.line - 1]
        behind = line[mention.place.end_column - 1 :]
        quoted = line[: mention.place.column - 1].count('"') % 2 == 1  # an id in quotation marks, or a gloss
        if quoted or behind.startswith("."):
            continue
        text, written = cut(page, mention)
        position = text.position(mention.place.line, len(text.line(mention.place.line)) + 1)
        labels = {item.label for item in complete(text, position, page, known)}
        short = written.removeprefix(f"{first_instrument(page)}.")
        if not {written, short, f"{written}:", f'"{written}"'} & labels:
            missing.append(f"{mention.place.line}: {written} in {line.strip()}")
    assert not missing
