"""Sections after the grounds: what they hold, and what a hostile dossier can do to them."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from foedus.assessment.assess import assess
from foedus.library import Library
from foedus.report.html.setting import linkable
from foedus.report.html.show import show_page

SHIPPED = ("kazakhstan-2022", "kyrgyzstan-2010", "armenia-2022")


class Elements(HTMLParser):
    """Every id, every address, every element's attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.elements: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")


def page_of(name: str) -> tuple[str, Elements]:
    loaded = Library(trials=False).dossier(name)
    assert loaded.dossier is not None, loaded.problems
    text = show_page(assess(loaded.dossier, loaded.program))
    found = Elements()
    found.feed(text)
    return text, found


@pytest.mark.parametrize("name", SHIPPED)
def test_every_link_inside_the_page_leads_somewhere_and_every_id_is_given_once(name: str) -> None:
    _, page = page_of(name)
    assert len(page.ids) == len(set(page.ids))
    inside = {link[1:] for link in page.links if link.startswith("#")}
    assert inside <= set(page.ids)


def test_sources_are_numbered_as_they_are_cited() -> None:
    text, _ = page_of("kazakhstan-2022")
    listed = dict(re.findall(r'<li id="(source-[^"]+)" value="(\d+)"', text))
    cited = set(re.findall(r'<a class="cite" href="#(source-[^"]+)"[^>]*>(\d+)<', text))
    assert cited and all(listed[source] == number for source, number in cited)
    assert [int(n) for n in listed.values()] == list(range(1, len(listed) + 1))


def test_what_was_withdrawn_stays_and_is_hollow() -> None:
    text, _ = page_of("kazakhstan-2022")
    deaths = text[text.index("Deaths in the events") :]
    assert re.search(r'class="open"[^>]*>.{0,80}<s>164</s>.{0,200}withdrawn', deaths, re.DOTALL)


def test_copies_hang_on_their_origin() -> None:
    text, _ = page_of("kazakhstan-2022")
    tree = text[text.index('<ul class="tree">') :]
    origin, ambassador = tree.index("Statement on the decision"), tree.index("Reply to an article")
    assert origin < ambassador < tree.index("</ul></li>")


SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>' onmouseover='alert(3)"


def test_nothing_that_a_dossier_holds_becomes_an_element_or_an_attribute(tmp_path: Path) -> None:
    border = Path(__file__).parents[3] / "examples" / "border"
    for path in border.rglob("*.md"):
        there = tmp_path / path.relative_to(border)
        there.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8")
        if path.name == "dossier.md":
            text = re.sub(r'"[^"\n]*"', f'"{SCRIPT}"', text)
            text = re.sub(r"(  date \d{4}-\d\d-\d\d)", r"\1\n  url javascript:alert(4)", text)
        there.write_text(text, encoding="utf-8")
    loaded = Library(tmp_path, trials=False).dossier(str(tmp_path / "dossier.md"))
    assert loaded.dossier is not None, loaded.problems
    text = show_page(assess(loaded.dossier, loaded.program))
    page = Elements()
    page.feed(text)
    assert "img" not in page.elements and page.elements.count("script") <= 2
    assert not {name for name in page.attributes if name.startswith("on")}
    assert not [link for link in page.links if link.lower().startswith("javascript")]
    assert "&lt;script&gt;" in text


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//host/x",
        "http:",
        "x y://z",
        "http://[x",
    ],
)
def test_an_address_that_is_no_web_address_is_not_followed(address: str) -> None:
    assert linkable(address) == ""
