"""The pages for people: they name the two commands, their links lead somewhere, and none is out of reach."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from foedus.evidence.standing import StandingWord
from tests.house.files import ROOT, name_of, repository_files, text_of

LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:|#)(?P<to>[^)#\s]+)(?:#[^)]*)?\)")
CODE = re.compile(r"^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)`*\s*$|`[^`\n]+`", re.M | re.S)

FENCES = re.compile(r"^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)`*\s*$", re.M | re.S)

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


def anchors(page: Path) -> set[str]:
    """The headings of a page as links name them: small letters, hyphens for spaces, no other signs."""
    heads = re.findall(r"^#{1,6} (.+)$", FENCES.sub("", text_of(page)), re.M)
    plain = (re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", head).lower() for head in heads)
    return {re.sub(r"[^\w\- ]", "", head).strip().replace(" ", "-") for head in plain}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_anchors_lead_somewhere(page: Path) -> None:
    found = re.findall(r"\]\((?!https?:|mailto:)([^)#\s]*)#([^)\s]+)\)", CODE.sub("", text_of(page)))
    lost = [
        f"{to}#{anchor}" for to, anchor in found
        if anchor not in anchors((page.parent / to).resolve() if to else page)
    ]  # fmt: skip
    assert not lost


WORDS = (
    "state", "party", "instrument", "norm", "reading", "fact", "claim", "judgement", "standing", "record", "position",
    "world", "verdict", "finding", "pivot", "dossier", "trial", "motion", "ballot", "decision", "mandate", "measure",
    "entry", "term", "text", "closing", "granting", "supposition", "open", "digest", "not encoded", "unconfirmed",
)  # fmt: skip
"""The vocabulary: one word for one thing."""


def test_the_glossary_has_every_word_of_the_vocabulary() -> None:
    page = text_of(ROOT / "docs" / "glossary.md")
    entries = re.findall(r"^(\S[^\n]*)\n: \S", page, re.M)
    told = {word.strip() for entry in entries for word in entry.split(",")}
    assert not set(WORDS) - told
    assert len(entries) == len(set(entries))
    assert all(entry == entry.lower() for entry in entries)


def test_the_standings_are_in_the_glossary() -> None:
    page = text_of(ROOT / "docs" / "glossary.md")
    assert not [word for word in get_args(StandingWord) if word not in page]
