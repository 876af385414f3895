"""How a page is changed where it differs: what the reader is at stays as it was."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from foedus.web.assets import STATIC

pytestmark = pytest.mark.needs_chromium


@pytest.fixture(scope="module")
def opened(browser: Browser) -> Generator[Page]:
    """A page with the script and a place that it may change; for all tests of this file."""
    page = browser.new_page()
    page.set_content("<!doctype html><html lang=en><title>t</title><main id=place tabindex=-1></main>")
    page.add_script_tag(path=STATIC / "morph.js")
    page.set_default_timeout(10_000)
    yield page
    page.close()


@pytest.fixture
def page(opened: Page) -> Page:
    """The same, at its top, in its size."""
    opened.set_viewport_size({"width": 1280, "height": 800})
    opened.evaluate("scrollTo(0, 0)")
    return opened


def put(page: Page, html: str) -> None:
    page.evaluate("html => { document.getElementById('place').innerHTML = html }", html)


def change(page: Page, html: str) -> list[str]:
    """The ids, else the words, of what was new."""
    script = """html => Morph.change(document.getElementById('place'), html, null, 'It has passed.')
        .map((each) => each.id || each.textContent)"""
    return page.evaluate(script, html)


def html(page: Page) -> str:
    return page.locator("#place").inner_html()


def at(page: Page, what: str) -> Any:
    return page.evaluate(f"document.activeElement.{what}")


FORM = '<form id="f"><textarea id="t"></textarea><input id="n" name="n"><button id="b">Send</button></form>'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>one</p>", "<p>two</p>"),
        ("<p id='a'>a</p><p id='b'>b</p>", "<p id='b'>b</p><p id='a'>a</p>"),
        ("<ul><li>1</li></ul>", "<ul><li>0</li><li>1</li><li>2</li></ul>"),
        ("<p class='x' title='y'>a</p>text", "<p class='z'>a</p><b>more</b>"),
        ("<div id='a'><p id='p'>1</p></div>", "<div id='b'><p id='p'>1</p></div><div id='a'></div>"),
        ("", "<table><tbody><tr><td>1</td></tr></tbody></table>"),
        ("<p id='a'>a</p><!-- c --><div id='b'></div>", "<div id='a'>a</div><p id='b'>b</p>"),
        ("<p>&lt;script&gt;</p>", "<p>&lt;b&gt;&amp;</p>"),
    ],
)  # fmt: skip
def test_it_becomes_what_is_wanted(page: Page, before: str, after: str) -> None:
    put(page, after)
    wanted = html(page)
    put(page, before)
    change(page, after)
    assert html(page) == wanted


def test_what_is_new_is_told(page: Page) -> None:
    put(page, "<ul><li id='a'>a</li></ul>")
    assert change(page, "<ul><li id='c'>c</li><li id='a'>changed</li></ul><p id='d'>d</p>") == ["c", "d"]


def test_focus_caret_and_words_stay(page: Page) -> None:
    put(page, f"<p id='x'>x</p>{FORM}")
    page.locator("#t").fill("half a sentence")
    page.evaluate("document.getElementById('t').setSelectionRange(5, 8)")
    change(page, f"<p id='y'>new</p>{FORM}<p id='x'>x</p>")
    assert (at(page, "id"), at(page, "value")) == ("t", "half a sentence")
    assert (at(page, "selectionStart"), at(page, "selectionEnd")) == (5, 8)
    page.keyboard.type("a S")
    assert at(page, "value") == "half a Sentence"


def test_what_is_moved_past_the_focus_does_not_take_it(page: Page) -> None:
    put(page, f"<p id='a'>a</p><p id='b'>b</p><div id='d'>{FORM}</div>")
    page.locator("#n").focus()
    page.evaluate("document.getElementById('n').addEventListener('blur', () => { document.title = 'lost' })")
    change(page, f"<div id='d'>{FORM}</div><p id='b'>b</p><p id='a'>a</p>")
    assert at(page, "id") == "n" and page.title() != "lost"
    assert page.locator("#place > *").evaluate_all("all => all.map((each) => each.id)") == ["d", "b", "a"]


def test_what_has_no_id_is_found_again_behind_what_is_new_or_gone(page: Page) -> None:
    put(page, f"\n<div id='bar'>1</div>\n<h1>t</h1>\n<div class='columns'><p>a</p>{FORM}</div>\n")
    page.locator("#n").focus()
    page.evaluate("window.kept = document.querySelector('.columns')")
    assert change(page, f"<div id='bar'>2</div>\n<h1>t</h1>\n<div class='columns'><p>b</p>{FORM}</div>") == []
    assert page.evaluate("window.kept.isConnected") and at(page, "id") == "n"
    assert page.locator(".columns").count() == 1


def test_focus_of_what_is_gone_is_where_it_was(page: Page) -> None:
    put(page, "<section id='s'><h2>Votes</h2><form id='f'><button id='b'>For</button></form></section>")
    page.locator("#b").focus()
    change(page, "<section id='s'><h2>Votes</h2><p>Closed.</p></section>")
    assert at(page, "id") == "s"


def test_what_is_open_stays_open_and_what_is_closed_closed(page: Page) -> None:
    made = "<details id='d'><summary>D</summary><p>a</p></details><details id='e' open><summary>E</summary></details>"
    put(page, made)
    page.locator("#d summary").click()
    page.locator("#e summary").click()
    change(page, made.replace(">a<", ">b<").replace("E<", "F<"))
    assert page.locator("#d p").is_visible() and page.locator("#d p").text_content() == "b"
    assert page.locator("#e").get_attribute("open") is None


def test_choices_stay(page: Page) -> None:
    made = "<select id='s'><option>a<option>b<option>c</select><input type=checkbox id='c'><input type=radio id='r'>"
    put(page, made)
    page.locator("#s").select_option("b")
    page.locator("#c").check()
    page.locator("#r").check()
    change(
        page,
        made.replace("<option>a", "<option>z<option>a").replace("type=checkbox", "type=checkbox title=x"),
    )
    assert page.locator("#s").input_value() == "b"
    assert page.locator("#c").is_checked() and page.locator("#r").is_checked()


def test_a_choice_that_is_gone_is_none(page: Page) -> None:
    put(page, "<select id='s'><option>a<option>b</select>")
    page.locator("#s").select_option("b")
    change(page, "<select id='s'><option>a<option>c</select>")
    assert page.locator("#s").input_value() == "a"


def test_half_a_text_is_not_thrown_away(page: Page) -> None:
    put(page, f"<section id='s'>{FORM}</section>")
    page.locator("#t").fill("We regret")
    change(page, "<p id='x'>closed</p>")
    assert page.locator("#t").input_value() == "We regret"
    assert page.locator(".passed").text_content() == "It has passed."
    change(page, "<p id='x'>closed for good</p>")
    assert page.locator(".passed").count() == 1
    page.locator("#t").fill("")
    change(page, "<p id='x'>over</p>")
    assert page.locator("#t").count() == 0


def test_what_was_wrong_stays_until_it_is_sent_again(page: Page) -> None:
    form = "<form id='f'><button>Go</button><p class='problem'></p></form>"
    put(page, form)
    page.locator(".problem").evaluate("each => { each.textContent = 'Not in order.' }")
    change(page, form + "<p>more</p>")
    assert page.locator(".problem").text_content() == "Not in order."


def test_what_is_the_readers_own_is_not_touched(page: Page) -> None:
    put(page, "<div id='k' data-keep><p>mine</p></div>")
    change(page, "<div id='k' data-keep><p>theirs</p></div>")
    assert page.locator("#k").text_content() == "mine"


def test_what_one_looks_at_does_not_move(page: Page) -> None:
    tall = "".join(f"<p id='p{n}'>line {n}</p>" for n in range(200))
    put(page, tall)
    page.locator("#p120").scroll_into_view_if_needed()
    first = (
        "[...document.querySelectorAll('#place p')].find((each) => each.getBoundingClientRect().top > 80).id"
    )
    seen = page.evaluate(first)
    before = page.locator(f"#{seen}").bounding_box()
    change(page, "".join(f"<p id='n{n}'>new {n}</p>" for n in range(30)) + tall)
    after = page.locator(f"#{seen}").bounding_box()
    assert before and after and abs(before["y"] - after["y"]) < 2


def test_what_has_the_focus_does_not_move(page: Page) -> None:
    page.set_viewport_size({"width": 800, "height": 300})
    put(page, f"{FORM}<p>{'more ' * 3000}</p>")
    page.locator("#b").focus()
    before = page.locator("#b").bounding_box()
    change(page, f"<p id='new'>{'new ' * 300}</p>{FORM}<p>{'more ' * 3000}</p>")
    after = page.locator("#b").bounding_box()
    assert before and after and abs(before["y"] - after["y"]) < 2
