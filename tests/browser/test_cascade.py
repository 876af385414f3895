"""The page of a cascade in a real browser: wide, small, dark, on paper, spaced out."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from foedus.notebook.cascade_drawn import show_drawn
from foedus.report.html.cascade.page import show_page
from tests.browser.conftest import _local, _note
from tests.browser.test_reach import SPACED, faults, overflow
from tests.plots.asked import asked

pytestmark = pytest.mark.needs_chromium

Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cascade") / "cascade.html"
    path.write_text(show_page(asked(), "foedus cascade --shock AUH:SER"), encoding="utf-8")
    return path


@pytest.fixture
def opened(browser: Browser, file: Path) -> Generator[Opened]:
    complaints: list[str] = []
    contexts: list[Any] = []

    def open_page(width: int = 1280, **more: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, **more)
        contexts.append(context)
        page: Page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda said: _note(complaints, said.type, said.text))
        page.on("request", lambda request: _local(complaints, request.url))
        page.goto(file.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints


ASPECTS: list[Any] = [
    pytest.param({}, id="wide"),
    pytest.param({"width": 320, "color_scheme": "dark"}, id="narrow-dark"),
    pytest.param({"forced_colors": "active"}, id="forced"),
]


@pytest.mark.parametrize("aspect", ASPECTS)
def test_axe_finds_nothing_and_nothing_is_scrolled_for_sideways(opened: Opened, aspect: Any) -> None:
    page = opened(**aspect)
    assert faults(page) == []
    assert overflow(page) == []


def test_one_drawing_of_each_is_seen(opened: Opened) -> None:
    for width, kind in ((1280, "wide"), (390, "small")):
        page = opened(width)
        shown = page.locator("figure svg:visible").evaluate_all("all => all.map((one) => one.classList[1])")
        assert shown == [kind] * 3


INSIDE = """() => [...document.querySelectorAll("figure svg")].filter((one) => one.getClientRects().length)
  .flatMap((svg) => {
    const edge = svg.getBoundingClientRect();
    return [...svg.querySelectorAll("text")].filter((text) => {
      const box = text.getBoundingClientRect();
      return box.left < edge.left - 1 || box.right > edge.right + 1 || box.top < edge.top - 1
        || box.bottom > edge.bottom + 1;
    }).map((text) => text.textContent);
  })"""


@pytest.mark.parametrize("width", [390, 1280])
def test_no_word_of_a_drawing_is_cut_off(opened: Opened, width: int) -> None:
    assert opened(width).evaluate(INSIDE) == []


CONTRAST = """() => {
  const value = (text) => text.match(/[\\d.]+/g).slice(0, 3).map((part) => {
    const share = part / 255;
    return share <= .03928 ? share / 12.92 : ((share + .055) / 1.055) ** 2.4;
  }).reduce((sum, part, n) => sum + part * [.2126, .7152, .0722][n], 0);
  const paper = value(getComputedStyle(document.documentElement).backgroundColor);
  const ratio = (text) => {
    const [dark, light] = [value(text), paper].sort((a, b) => a - b);
    return (light + .05) / (dark + .05);
  };
  return [...document.querySelectorAll("figure svg .side-0, figure svg .side-1")]
    .map((one) => getComputedStyle(one)).map((style) => style.stroke === "none" ? style.fill : style.stroke)
    .map(ratio);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_sides_stand_out_from_the_paper(opened: Opened, scheme: str) -> None:
    found = opened(color_scheme=scheme).evaluate(CONTRAST)
    assert len(found) > 20 and min(found) >= 4.5


def test_text_may_be_spaced_out(opened: Opened) -> None:
    page = opened(390, bypass_csp=True)
    page.add_style_tag(content=SPACED)
    assert overflow(page) == []


def test_on_paper_the_wide_drawings_stand_and_no_link_does(opened: Opened) -> None:
    page = opened(390)
    page.emulate_media(media="print")
    assert page.locator("figure svg.wide:visible").count() == 3
    assert page.locator("nav:visible").count() == 0
    assert faults(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_a_notebook_axe_finds_nothing(browser: Browser, tmp_path: Path, scheme: str) -> None:
    path = tmp_path / "cell.html"
    colours = "background:#111;color:#eee" if scheme == "dark" else "background:#fff;color:#111"
    path.write_text(
        f'<!DOCTYPE html><html lang="en"><head><title>cell</title></head><body style="{colours}"><main><h1>n</h1>'
        f"<h2>o</h2><h3>p</h3>{show_drawn(asked())}</main></body></html>",
        encoding="utf-8",
    )
    context = browser.new_context(viewport={"width": 900, "height": 900})
    page = context.new_page()
    page.goto(path.as_uri())
    assert faults(page) == []
    context.close()
