"""The site: built without a warning, whole without a network, every link and anchor of it leading somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

import foedus
from foedus.diagnostics.catalogue import CATALOGUE
from foedus.library import Library
from tests.house.files import ROOT, text_of

pytest.importorskip("furo", reason="furo is the site's look; `make setup-dev` installs it")

FETCHING = {"img", "script", "iframe", "source", "video", "audio", "embed", "object"}


class Parts(HTMLParser):
    """What a page fetches, where it leads, and which places of it can be led to."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.led: list[str] = []
        self.places: set[str] = set()
        self.text = page.read_text(encoding="utf-8")
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.places |= {found[name] for name in ("id", "name") if name in found}
        if tag in FETCHING:
            self.fetched += [found[name] for name in ("src", "data", "srcset") if name in found]
        if tag == "link" and found.get("rel") not in ("canonical", "index", "search", "next", "prev"):
            self.fetched.append(found.get("href", ""))
        if tag == "a" and "href" in found:
            self.led.append(found["href"])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    laid, made = folder / "laid", folder / "site"
    subprocess.run([sys.executable, "docs/site/stage.py", laid], cwd=ROOT, check=True)
    sphinx = [sys.executable, "-m", "sphinx", "-b", "html", "-W", "--keep-going", "-q", "-c", "docs/site"]
    done = subprocess.run(
        [*sphinx, "-d", folder / "trees", laid, made], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    return made


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Parts]:
    """Without the answers that are pages of their own: these have tests of their own."""
    return {page: Parts(page) for page in site.rglob("*.html") if not page.stem.endswith("-page")}


def test_nothing_is_fetched_from_elsewhere(site: Path, pages: dict[Path, Parts]) -> None:
    far = [
        (page.name, what)
        for page, parts in pages.items()
        for what in parts.fetched
        if urlsplit(what).netloc or urlsplit(what).scheme not in ("", "data")
    ]
    assert not far
    for style in site.rglob("*.css"):
        assert not re.search(r"url\(\s*['\"]?(?:https?:)?//|@import\s+['\"]?http", text_of(style)), style


def test_every_link_and_anchor_leads_somewhere(site: Path, pages: dict[Path, Parts]) -> None:
    lost: list[str] = []
    for page, parts in pages.items():
        for link in parts.led:
            to = urlsplit(link)
            if to.scheme or to.netloc:
                continue
            target = (page.parent / unquote(to.path)).resolve() if to.path else page
            if target.is_dir():
                target /= "index.html"
            known = target in pages and (not to.fragment or unquote(to.fragment) in pages[target].places)
            if not (known or (target.is_file() and target not in pages)):
                lost.append(f"{page.relative_to(site)}: {link}")
    assert not lost


def test_the_links_looked_at_are_many(pages: dict[Path, Parts]) -> None:
    assert sum(len(parts.led) for parts in pages.values()) > 1_000


def test_every_code_case_and_name_has_its_place(site: Path, pages: dict[Path, Parts]) -> None:
    listed = pages[site / "errors" / "index.html"].led
    for code in CATALOGUE:
        assert f"{code}: " in pages[site / "errors" / f"{code}.html"].text
        assert any(link.startswith(f"{code}.html") for link in listed)
    for name in Library().dossiers:
        assert "independent source" in pages[site / "cases" / f"{name}.html"].text
        assert (site / "cases" / f"{name}-page.html").is_file()
    names = pages[site / "reference" / "names.html"].places
    for name in (*getattr(foedus, "__all__", ()), "Library", "assess"):
        assert name.startswith("__") or name.lower().replace("_", "-") in names, name


def test_the_search_needs_no_network(site: Path) -> None:
    assert "searchtools.js" in text_of(site / "search.html")
    index = text_of(site / "searchindex.js")
    assert "peacekeep" in index
    assert "f104" in index.lower()


def test_every_page_written_is_on_the_site(site: Path) -> None:
    for page in (ROOT / "docs").rglob("*.md"):
        made = site / page.relative_to(ROOT / "docs").with_suffix(".html")
        assert made.is_file(), page
