"""The page of a trace in a real browser: by keyboard, small, dark, on paper, without scripts."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from foedus.report.html.trace.page import show_page
from tests.browser.conftest import _local, _note
from tests.browser.test_reach import faults, overflow
from tests.report.trace.corpus import ford

pytestmark = pytest.mark.needs_chromium

Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the ford, its texts long enough to be scrolled."""
    path = tmp_path_factory.mktemp("trace") / "trace.html"
    traced = ford()
    more = "\nThe reeds stood high, and nobody went out on the water.\n" * 60
    documents = tuple(replace(one, text=one.text + more) for one in traced.documents)
    path.write_text(show_page(replace(traced, documents=documents), "foedus trace press"), encoding="utf-8")
    return path


@pytest.fixture
def opened(browser: Browser, file: Path) -> Generator[Opened]:
    complaints: list[str] = []
    contexts: list[Any] = []

    def open_page(hash_: str = "", width: int = 1280, height: int = 420, **more: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **more)
        contexts.append(context)
        page: Page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda said: _note(complaints, said.type, said.text))
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on("request", lambda request: _local(complaints, request.url))
        page.goto(file.as_uri() + hash_)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints


def chosen(page: Page) -> list[str]:
    """The ids of the numbers that are on."""
    return page.locator(".badge.on").evaluate_all("all => all.map((one) => one.id)")


@pytest.mark.parametrize(
    "aspect",
    [{}, {"color_scheme": "dark"}, {"width": 320, "color_scheme": "dark"}],
    ids=["wide", "dark", "narrow-dark"],
)
def test_axe_finds_nothing_and_nothing_is_scrolled_for_sideways(
    opened: Opened, aspect: dict[str, Any]
) -> None:
    page = opened("#p1-1-1", **aspect)
    page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true })")
    assert faults(page) == []
    assert overflow(page) == []


def test_n_and_p_go_from_passage_to_passage_where_the_focus_is_in_the_texts(opened: Opened) -> None:
    page = opened()
    page.keyboard.press("n")
    assert chosen(page) == []  # the letters take nothing from whoever is elsewhere
    page.locator("#pair-1 .text").first.focus()
    page.keyboard.press("n")
    assert chosen(page) == ["p1-1-1", "p1-1-2"]
    expect(page.locator("#pair-1 .status")).to_have_text(
        "passage 1 of 3, edited – its words in minutes are in passage 2 too"
    )
    page.keyboard.press("n")
    assert chosen(page) == ["p1-2-1", "p1-2-2"]
    page.keyboard.press("p")
    page.keyboard.press("p")
    assert chosen(page) == ["p1-3-1", "p1-3-2"]
    assert page.evaluate("location.hash") == "#p1-3-1"


def test_both_texts_come_to_the_same_words(opened: Opened) -> None:
    page = opened(reduced_motion="reduce")
    page.locator("#pair-1 [data-move='1']").click()
    tops = page.locator("#pair-1 .badge.on").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().top - one.closest('.text').getBoundingClientRect().top)"
    )
    assert abs(tops[0] - tops[1]) <= 2
    boxes = page.locator("#pair-1 .text").evaluate_all("all => all.map((one) => one.clientHeight)")
    assert all(0 <= top < box for top, box in zip(tops, boxes, strict=True))


def test_a_number_leads_to_its_counterpart_and_a_click_on_words_marks_both(opened: Opened) -> None:
    page = opened()
    page.locator("#p1-1-1").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "p1-1-2"
    page.locator("#pair-1 .pane[data-side='2'] .cut.shared").click()
    assert chosen(page) == ["p1-3-1", "p1-3-2"]
    page.locator("#pair-1 .pane[data-side='1'] .cut.shared").hover()
    assert page.locator("#pair-1 .cut.shared.lit").count() == 2


def test_one_pair_is_shown_at_a_time_and_links_lead_to_the_others(opened: Opened) -> None:
    page = opened()
    assert page.locator("section.pair:visible").count() == 1
    page.locator("a[href='#pair-2']").click()
    expect(page.locator("#pair-2")).to_be_visible()
    expect(page.locator("#pair-1")).to_be_hidden()
    expect(page.locator("a[href='#pair-2']")).to_have_attribute("aria-current", "true")


def test_in_a_small_window_one_text_is_in_front(opened: Opened) -> None:
    page = opened(width=360, height=640)
    assert page.locator("#pair-1 .pane:visible").count() == 1
    page.locator("#p1-1-1").click()
    expect(page.locator("#pair-1 .pane[data-side='2']")).to_be_visible()
    expect(page.locator("#pair-1 .pane[data-side='1']")).to_be_hidden()
    page.locator("#pair-1 [data-show='1']").click()
    expect(page.locator("#pair-1 .pane[data-side='1']")).to_be_visible()


def test_without_scripts_all_of_it_is_there_and_numbers_are_links(opened: Opened) -> None:
    page = opened(java_script_enabled=False)
    assert page.locator("section.pair:visible").count() == 2
    assert page.locator("#pair-1 .pane:visible").count() == 2
    assert page.locator(".scripted:visible").count() == 0
    page.locator("#p1-1-1").click()
    assert page.url.endswith("#p1-1-2")


def test_on_paper_both_texts_are_whole(opened: Opened) -> None:
    page = opened(width=360)
    page.emulate_media(media="print")
    assert page.locator("#pair-1 .pane:visible").count() == 2
    assert page.locator("#pair-1 button:visible").count() == 0
    cut = page.locator("#pair-1 .text").evaluate_all(
        "all => all.map((one) => one.scrollHeight - one.clientHeight)"
    )
    assert max(cut) <= 1


def test_what_a_passage_is_is_told_without_colour(opened: Opened) -> None:
    page = opened()
    lines = page.locator("#pair-1 .key .cut").evaluate_all(
        "all => all.slice(0, 4).map((one) => [getComputedStyle(one).textDecorationStyle, "
        "getComputedStyle(one).textDecorationThickness].join())"
    )
    assert len(set(lines)) == 4
    assert (
        page.locator("#pair-1 .cut.only").first.evaluate("one => getComputedStyle(one).fontWeight") == "700"
    )
