"""Whoever reads the page, with whatever: keyboard, small and wide screens, large type, dark, paper, no script."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.cases import assessed
from tests.browser.conftest import Opening

pytestmark = pytest.mark.needs_chromium

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
NAMES = ("raid", "kazakhstan-2022")
SUPPOSING = {"raid": "?suppose=bound:no;outside:yes", "kazakhstan-2022": "?suppose=directed:no;attack:no"}
ASPECTS: list[Any] = [
    pytest.param({}, id="wide"),
    pytest.param({"color_scheme": "dark"}, id="dark"),
    pytest.param({"width": 320, "height": 640, "color_scheme": "dark"}, id="narrow-dark"),
]


def faults(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {json.dumps([node['html'][:200] for node in one['nodes'][:3]])}" for one in found]


@pytest.mark.parametrize("aspect", ASPECTS)
def test_axe_finds_nothing(opened: Opening, aspect: dict[str, Any]) -> None:
    page = opened("raid", **aspect)
    assert faults(page) == []
    page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true })")
    page.locator('[data-question="bound"] input[value="no"]').check()
    assert faults(page) == []


def test_axe_finds_nothing_in_a_large_page(opened: Opening) -> None:
    page = opened("kazakhstan-2022", query=SUPPOSING["kazakhstan-2022"], width=320)
    assert faults(page) == []


def test_axe_finds_nothing_on_paper(opened: Opening) -> None:
    page = opened("raid", query=SUPPOSING["raid"])
    page.emulate_media(media="print")
    assert faults(page) == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [320, 360, 768, 1280, 1920])
def test_nothing_is_to_be_scrolled_for_sideways(opened: Opening, name: str, width: int) -> None:
    page = opened(name, query=SUPPOSING[name], width=width)
    page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true })")
    assert overflow(page) == []


def overflow(page: Page) -> list[str]:
    """What is wider than the window."""
    return page.evaluate(
        """() => {
          const room = document.scrollingElement.clientWidth;
          if (document.scrollingElement.scrollWidth <= room) return [];
          return [...document.querySelectorAll("body *")]
            .filter((one) => one.getBoundingClientRect().right > room + 1)
            .map((one) => one.outerHTML.slice(0, 120)).slice(-5);
        }"""
    )


SPACED = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }
"""


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [320, 1280])
def test_text_may_be_spaced_out(opened: Opening, name: str, width: int) -> None:
    page = opened(name, query=SUPPOSING[name], width=width, bypass_csp=True)
    page.add_style_tag(content=SPACED)
    assert overflow(page) == []
    cut = page.evaluate(
        """() => [...document.querySelectorAll("main *")].filter((one) => {
          const style = getComputedStyle(one);
          return style.overflow !== "visible" && one.clientHeight > 2 && one.scrollHeight > one.clientHeight + 1;
        }).map((one) => one.outerHTML.slice(0, 120))"""
    )
    assert cut == []


@pytest.mark.parametrize("name", NAMES)
def test_it_may_be_enlarged_twofold(opened: Opening, name: str) -> None:
    page = opened(name, query=SUPPOSING[name], width=640, height=450, device_scale_factor=2)
    assert overflow(page) == []


def test_in_forced_colours_what_moved_is_still_marked(opened: Opening) -> None:
    page = opened("raid", query=SUPPOSING["raid"], forced_colors="active")
    border = page.locator("[data-finding].moved").first.evaluate(
        "one => getComputedStyle(one).borderLeftStyle"
    )
    assert border == "solid"
    assert page.locator("[data-finding] .shape").first.is_visible()


def test_nothing_moves_about_for_those_who_want_no_motion(opened: Opening) -> None:
    page = opened("raid", reduced_motion="reduce")
    page.locator('[data-question="bound"] input[value="no"]').check()
    assert page.evaluate("document.getAnimations().length") == 0


# ---- by keyboard alone ----

FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const box = one.getBoundingClientRect();
  const style = getComputedStyle(one);
  return {
    name: one.name ?? "", value: one.value ?? "", id: one.id, tag: one.tagName,
    put: one.closest("[data-speaker]") !== null,
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
  };
}"""


def walk(page: Page, most: int = 400) -> list[dict[str, Any]]:
    """What gets the focus, from Tab to Tab, until it leaves the page."""
    stops: list[dict[str, Any]] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None:
            return stops
        stops.append(stop)
    raise AssertionError("the focus never leaves the page")


def test_tab_leads_through_the_page_and_is_always_seen(opened: Opening) -> None:
    page = opened("raid")
    stops = walk(page)
    assert [stop for stop in stops if not (stop["seen"] and stop["outlined"])] == []
    names = [stop["name"] for stop in stops if stop["tag"] == "INPUT"]
    assert names == list(dict.fromkeys(names))  # one stop a question; arrows choose inside it
    assert "as-recorded" in {stop["id"] for stop in stops}
    assert any(stop["put"] for stop in stops)


def test_arrows_choose_and_space_puts_back(opened: Opening) -> None:
    page = opened("raid")
    page.locator('[data-question="bound"] input[value=""]').focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate(FOCUSED)["value"] == "yes"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(FOCUSED)["value"] == "no"
    assert page.url.endswith("?suppose=bound:no")
    expect(page.locator("#moved")).to_contain_text("Supposing C no")
    page.go_back()  # the arrows passed "yes" on their way: one step all the same
    assert page.evaluate("location.search") == ""
    page.go_forward()
    page.locator("#as-recorded").focus()
    page.keyboard.press("Space")
    assert page.evaluate("location.search") == ""
    assert page.evaluate(FOCUSED)["id"] == "as-recorded"


def test_enter_supposes_a_speakers_row_and_the_focus_is_where_it_shows(opened: Opening) -> None:
    page = opened("raid")
    page.locator("[data-speaker] button").first.focus()
    page.keyboard.press("Enter")
    focused = page.evaluate(FOCUSED)
    assert focused["id"] == "suppose"
    assert focused["outlined"]
    expect(page.locator("#moved")).to_contain_text("Supposing")


def test_the_skip_link_is_first(opened: Opening) -> None:
    page = opened("raid")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#answer")


# ---- without a script ----


@pytest.mark.parametrize("name", NAMES)
def test_without_a_script_every_word_is_there(opened: Opening, name: str) -> None:
    plain = opened(name, java_script_enabled=False)
    live = opened(name)
    seen = plain.locator("main").inner_text
    for question in plain.locator("[data-question] legend").all():
        assert question.text_content()
    assert plain.locator(".scripted").count()
    assert not [one for one in plain.locator(".scripted").all() if one.is_visible()]
    assert not [one for one in plain.locator("button, input").all() if one.is_visible()]
    live.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true })")
    for summary in plain.locator("details:not([open]) > summary").all():
        if summary.is_visible():
            summary.click()
    assert seen()
    for finding in plain.locator("[data-finding] .word").all():
        assert finding.is_visible()


# ---- on paper ----


def printed(page: Page, path: Path) -> tuple[str, int]:
    """The words of the page on paper, in one line, and how many sheets it takes."""
    page.pdf(path=path, prefer_css_page_size=True)
    words = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout.decode()
    return " ".join(words.split()), words.count("\f")


@pytest.mark.needs_poppler
@pytest.mark.parametrize(("name", "most"), [("raid", 8), ("kazakhstan-2022", 60)])
def test_the_printed_page_holds_questions_grounds_and_numbered_sources(
    opened: Opening, tmp_path: Path, name: str, most: int
) -> None:
    page = opened(name)
    opened_before = page.locator("details[open]").count()
    words, sheets = printed(page, tmp_path / "page.pdf")
    assert 1 < sheets <= most
    answer = assessed(name)
    squeezed = words.replace(" ", "")
    for question in answer.questions:
        assert question.id.replace(" ", "") in squeezed
    for inner in page.locator("#grounds details [id]").all()[:40]:
        first = str(inner.text_content()).split()[:1]
        assert "".join(first) in squeezed
    assert page.locator("details[open]").count() == opened_before  # as they were before printing


@pytest.mark.needs_poppler
@pytest.mark.parametrize("script", [True, False])
def test_what_is_supposed_is_printed(opened: Opening, tmp_path: Path, script: bool) -> None:
    page = opened("raid", query=SUPPOSING["raid"], java_script_enabled=script)
    words, _ = printed(page, tmp_path / "page.pdf")
    assert ("Below it is supposed: B yes and C no" in words) == script
    command = "foedus assess raid --suppose outside=yes --suppose bound=no"
    assert (command.replace(" ", "") in words.replace(" ", "")) == script
    assert "as recorded" not in words or script


# ---- what a dossier may hold ----


def test_a_script_in_a_name_is_a_name(opened: Opening) -> None:
    page = opened("hostile")
    page.locator("[data-question] input:visible").nth(1).check()
    for button in page.locator("[data-speaker] button").all():
        button.click()
    page.locator("#open-all").click()
    assert page.evaluate("window.harmed") is None
    assert page.locator("main img, main iframe, main script").count() == 0
    assert "<script>" in page.locator("body").inner_text()
