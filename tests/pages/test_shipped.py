"""The pages that ship with Foedus: they are read and lowered without a problem, and set as the formatter sets them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import foedus
from foedus.diagnostics.problem import Problem
from foedus.ir.norm import Program
from foedus.lang.layout import format_page
from foedus.lang.parse import parse_page
from foedus.lang.to_ir import lower
from foedus.lang.to_record import to_dossier
from foedus.lang.tree import Page

SHIPPED = Path(next(iter(foedus.__path__)))
TREATIES = sorted((SHIPPED / "treaties").glob("*.md"))
DOSSIERS = sorted(path for path in (SHIPPED / "dossiers").iterdir() if path.is_dir())


def read(path: Path) -> Page:
    page, problems = parse_page(path.relative_to(SHIPPED).as_posix(), path.read_text(encoding="utf-8"))
    assert not problems
    return page


@cache
def lowered() -> tuple[Program, tuple[Problem, ...]]:
    """All treaties as one program; nothing changes it, so that the tests share it."""
    return lower([read(path) for path in TREATIES])


def test_treaties_are_lowered() -> None:
    _, problems = lowered()
    assert not problems


@pytest.mark.parametrize("folder", DOSSIERS, ids=lambda folder: folder.name)
def test_dossiers_are_lowered(folder: Path) -> None:
    program, _ = lowered()
    dossier, problems = to_dossier([read(path) for path in sorted(folder.glob("*.md"))], program)
    assert not problems
    assert dossier.id == folder.name
    assert set(dossier.instruments) <= set(program.instruments)


@pytest.mark.parametrize("path", [*TREATIES, *SHIPPED.glob("dossiers/*/*.md")], ids=lambda path: path.stem)
def test_pages_are_set_in_one_way(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert format_page(text) == text
