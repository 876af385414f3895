"""The pages for people: they name the two commands, their links lead somewhere, and none is out of reach."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.files import ROOT, name_of, repository_files, text_of

LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:|#)(?P<to>[^)#\s]+)(?:#[^)]*)?\)")
CODE = re.compile(r"^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)`*\s*$|`[^`\n]+`", re.M | re.S)

PAGES = [
    path for path in repository_files()
    if path.suffix == ".md" and (path.parent == ROOT or path.is_relative_to(ROOT / "docs"))
]  # fmt: skip


def links(page: Path) -> list[Path]:
    return [(page.parent / found["to"]).resolve() for found in LINK.finditer(CODE.sub("", text_of(page)))]


@pytest.mark.parametrize("command", ["make run", "make test"])
def test_the_readme_names(command: str) -> None:
    assert command in text_of(ROOT / "README.md")
    target = command.removeprefix("make ")
    assert re.search(rf"^{target}:", text_of(ROOT / "Makefile"), re.M)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    lost = [str(to.relative_to(ROOT)) for to in links(page) if not to.exists()]
    assert not lost


def test_every_page_of_the_docs_can_be_reached() -> None:
    index = ROOT / "docs" / "index.md"
    reached: set[Path] = set()
    waiting = [index]
    while waiting:
        page = waiting.pop()
        if page not in reached and page.suffix == ".md" and page.exists():
            reached.add(page)
            waiting += links(page)
    lost = [name_of(page) for page in PAGES if page.is_relative_to(ROOT / "docs") and page not in reached]
    assert not lost, f"no way leads here from docs/index.md: {lost}"
