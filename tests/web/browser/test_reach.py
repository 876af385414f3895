"""Whoever is in the room, with whatever: keyboard, small and wide screens, large letters, dark, paper, no script."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from foedus.meeting.viewer import Role
from foedus.web.pages.registry import PAGES
from tests.web.browser.conftest import Watch
from tests.web.browser.served import Served
from tests.web.browser.session import in_full_swing

pytestmark = pytest.mark.needs_chromium

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}  # fmt: skip
SEATS: list[tuple[Role, str]] = [
    ("head", "CAD"), ("chair", "chair"), ("secretary", "secretary"), ("commander", "commander"), ("director", ""),
    ("adviser", "FEN"), ("observer", ""), ("screen", ""),
]  # fmt: skip
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 320, "height": 640}
ASPECTS: tuple[tuple[dict[str, int], Any], ...] = (
    (WIDE, "light"),
    (NARROW, "dark"),
    (WIDE, "dark"),
    (NARROW, "light"),
)
"""Everybody sees each page in one of them, in turn: with eight roles each page is seen in all."""
LINES = {"letter-spacing": ".12em", "word-spacing": ".16em", "line-height": "1.5"}
"""What a reader may ask of the spacing of a text (WCAG 1.4.12)."""


def faults(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {json.dumps([node['html'][:200] for node in one['nodes'][:3]])}" for one in found]


@pytest.fixture(scope="module")
def swinging(tmp_path_factory: pytest.TempPathFactory) -> Generator[Served]:
    """A room in which a session is in full swing, for looking only; for all tests of this file."""
    made = Served(tmp_path_factory.mktemp("swing"), "six-valleys")
    in_full_swing(made)
    yield made
    made.end()


Opened = Callable[..., Page]


@pytest.fixture
def opened(swinging: Served, browser: Browser, watch: Watch) -> Generator[Opened]:
    """Opens a page of that room for somebody."""
    contexts: list[Any] = []

    def open_page(role: Role, seat: str = "", at: str = "", language: str = "en", **options: Any) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        cookie: Any = swinging.cookie(swinging.joined(role, seat, language=language))
        context.add_cookies([cookie])
        page = context.new_page()
        watch.over(page, swinging.base)
        page.goto(swinging.address(at))
        return page

    yield open_page
    for context in contexts:
        context.close()


def pages_for(page: Page, hall: Served) -> list[str]:
    """The pages that somebody may open, in the menu or not, besides the table."""
    return [name for name in PAGES if name and page.request.get(hall.address(name)).status == 200]


def unfold(page: Page) -> None:
    page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true })")


@pytest.mark.parametrize(("role", "seat"), SEATS, ids=[role for role, _ in SEATS])
def test_axe_finds_nothing_and_nothing_is_to_be_scrolled_for_sideways(
    swinging: Served, opened: Opened, role: Role, seat: str
) -> None:
    page = opened(role, seat)
    found: dict[str, list[str]] = {}
    turn = [one for one, _ in SEATS].index(role)
    for at, name in enumerate(["", *pages_for(page, swinging)], turn):
        page.goto(swinging.address(name))
        unfold(page)
        size, scheme = ASPECTS[at % len(ASPECTS)]
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.emulate_media(color_scheme=scheme)
        wrong = faults(page)
        page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        wrong += [f"{wide} px too wide"] if wide > 0 else []
        if wrong:
            found[f"{name or 'table'}, {size['width']}, {scheme}"] = wrong
    assert not found


def test_every_page_is_looked_at_by_somebody(swinging: Served, opened: Opened) -> None:
    seen = {name for role, seat in SEATS[1::3] for name in pages_for(opened(role, seat), swinging)}
    assert {name for name in PAGES if name} <= seen


@pytest.mark.parametrize(("size", "scheme"), ASPECTS[:2], ids=["wide", "narrow-dark"])
def test_axe_finds_nothing_at_the_door(
    swinging: Served, browser: Browser, watch: Watch, size: Any, scheme: Any
) -> None:
    context = browser.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()
    watch.over(page, swinging.base, "status of 403")
    page.goto(swinging.base)
    assert faults(page) == []
    page.locator("#code").fill("0000-0000-0000")
    page.locator("#name").fill("Nobody")
    page.locator("form[action='/join'] button").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert faults(page) == []
    page.goto(f"{swinging.base}/#ABCD-EFGH-JKMN")
    context.close()


@pytest.mark.parametrize(("role", "seat"), SEATS[:2], ids=["head", "chair"])
def test_what_can_be_pressed_is_large_enough(opened: Opened, role: Role, seat: str) -> None:
    page = opened(role, seat, viewport=NARROW)
    unfold(page)
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, summary, select, input:not([type=hidden]), textarea, nav a")]
            .filter((each) => each.checkVisibility())
            .map((each) => [each.outerHTML.slice(0, 120), each.getBoundingClientRect()])
            .filter(([, box]) => box.width < 24 || box.height < 24).map(([html]) => html)"""
    )
    assert small == []


@pytest.mark.parametrize("how", ["200 %", "spaced"])
def test_larger_letters_and_wider_lines_break_nothing(opened: Opened, how: str) -> None:
    size = {"width": 640, "height": 400} if how == "200 %" else {"width": 1280, "height": 800}
    page = opened("head", "CAD", viewport=size)
    unfold(page)
    if how == "spaced":  # in a style of ours no page could set it: the policy is the reader's own to pass by
        page.evaluate(
            """lines => { const sheet = new CSSStyleSheet();
                sheet.replaceSync(`* { ${Object.entries(lines).map(([k, v]) => `${k}: ${v} !important`).join(";")} }
                    p { margin-bottom: 2em !important }`);
                document.adoptedStyleSheets = [sheet]; }""",
            LINES,
        )
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    cut = page.evaluate(
        """() => [...document.querySelectorAll("main *")].filter((each) => each.checkVisibility() &&
            !each.closest(".unseen, .scroll, svg, select, textarea") &&
            each.scrollWidth > each.clientWidth + 1 && each.clientWidth &&
            getComputedStyle(each).overflowX === "hidden").map((each) => each.outerHTML.slice(0, 120))"""
    )
    assert cut == []


def test_nothing_moves_for_whoever_does_not_want_it(opened: Opened) -> None:
    page = opened("head", "CAD", reduced_motion="reduce")
    moving = "[...document.querySelectorAll('*')].filter((each) => each.getAnimations().length).length"
    assert page.evaluate(moving) == 0
    for name in ("animationName", "transitionProperty"):
        found = page.evaluate(
            f"[...new Set([...document.querySelectorAll('*')].map((e) => getComputedStyle(e).{name}))]"
        )
        assert set(found) <= {"none", "all"}, "nothing is animated at all"


def test_pages_have_titles_landmarks_and_a_language(swinging: Served, opened: Opened) -> None:
    titles: set[str] = set()
    for language in ("en", "fr", "ru"):
        page = opened("head", "CAD", language=language)
        expect(page.locator("html")).to_have_attribute("lang", language)
        titles.add(page.title())
        for landmark in ("banner", "main", "contentinfo", "navigation"):
            expect(page.get_by_role(landmark).first).to_be_visible()  # type: ignore[arg-type]
        assert page.locator("h1").count() == 1
        langs = page.locator("footer button[name=language]").evaluate_all(
            "all => all.map((each) => each.lang)"
        )
        assert langs == ["en", "fr", "ru"]
    assert all(swinging.room.scenario.title in title for title in titles)


def test_the_content_is_one_key_away(opened: Opened) -> None:
    page = opened("head", "CAD")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_a_language_is_chosen_without_a_script(opened: Opened) -> None:
    page = opened("head", "CAD", java_script_enabled=False)
    page.get_by_role("button", name="Français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")


def test_it_can_be_printed(opened: Opened, tmp_path: Path) -> None:
    page = opened("head", "CAD")
    page.emulate_media(media="print")
    assert faults(page) == []
    for hidden in ("#top nav", "footer form", "#state"):
        assert not page.locator(hidden).first.is_visible()
    page.pdf(path=tmp_path / "table.pdf")
    assert (tmp_path / "table.pdf").read_bytes().startswith(b"%PDF")


def test_forced_colours_leave_the_edges(opened: Opened) -> None:
    page = opened("head", "CAD", forced_colors="active")
    assert page.evaluate("getComputedStyle(document.querySelector('section')).borderTopStyle") == "solid"


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720)], ids=["1080", "720"])
@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_a_projector_has_all_on_one_screen(opened: Opened, size: tuple[int, int], language: str) -> None:
    page = opened("screen", language=language, viewport={"width": size[0], "height": size[1]})
    assert page.url.endswith("/screen"), "its own page, without asking"
    foot = page.locator("#wall-foot").bounding_box()
    assert foot is not None and foot["y"] + foot["height"] <= size[1]
    smallest = page.evaluate("""() => Math.min(...[...document.querySelectorAll("#wall *")]
        .filter((each) => each.checkVisibility())
        .filter((each) => [...each.childNodes].some((one) => one.nodeType === 3 && one.data.trim()))
        .map((each) => parseFloat(getComputedStyle(each).fontSize)))""")
    assert smallest >= size[1] / 65, "read from ten metres"
    assert page.locator("main button, main a, main input").count() == 0
