"""The sections in a real browser: nothing to scroll for sideways, nothing that axe finds, words that do not overlap."""

from __future__ import annotations

from collections.abc import Generator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import foedus
from foedus.words.speech import speaking
from tests.browser.test_reach import faults, overflow
from tests.web.matter.test_show import shown

pytestmark = pytest.mark.needs_chromium

STATIC = Path(foedus.__file__).parent / "web" / "static"


@cache
def styles() -> str:
    """The page's own style, and that of the sections."""
    return "\n".join((STATIC / name).read_text(encoding="utf-8") for name in ("room.css", "parts/matter.css"))


def page_with(sections: str) -> str:
    return (
        "<!doctype html><html lang='en'><meta charset='utf-8'><title>A room</title>"
        "<meta name='viewport' content='width=device-width'>"
        f"<style>{styles()}</style><main><h1>The matter</h1>{sections}</main></html>"
    )


@pytest.fixture(
    params=[(320, "light"), (320, "dark"), (1280, "light"), (1280, "dark")], ids=lambda p: f"{p[0]}-{p[1]}"
)
def opened(browser: Browser, request: pytest.FixtureRequest) -> Generator[Page]:
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    yield context.new_page()
    context.close()


COVERED = """() => {
  const found = [];
  for (const svg of document.querySelectorAll("svg")) {
    const boxes = [...svg.querySelectorAll("text")].map((one) => [one.textContent, one.getBBox()]);
    boxes.forEach(([a, p], i) => boxes.slice(0, i).forEach(([b, q]) => {
      if (p.x < q.x + q.width && q.x < p.x + p.width && p.y < q.y + q.height - 3 && q.y < p.y + p.height - 3)
        found.push(`${a} on ${b}`);
    }));
  }
  return found;
}"""


@pytest.mark.parametrize("name", ["in the field", "real", "begun"])
def test_as_it_is_seen(opened: Page, name: str) -> None:
    opened.set_content(page_with(shown(name)[1]))
    opened.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true })")
    assert overflow(opened) == []
    assert faults(opened) == []
    assert opened.evaluate(COVERED) == []


def test_in_another_script(browser: Browser) -> None:
    with speaking("ru"):
        html = shown("real", 1)[1]
    context = browser.new_context(viewport={"width": 320, "height": 900})
    page = context.new_page()
    page.set_content(page_with(html))
    assert overflow(page) == []
    context.close()
