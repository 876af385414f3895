"""What a notebook shows: whole, without scripts, with everything from outside escaped, in light and in dark."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import foedus
from foedus.notebook.markup import Markup, element, joined, shown
from tests.notebook.raid import ANSWERS, PAGES, RAID, kazakhstan, raid

if TYPE_CHECKING:
    from playwright.sync_api import Browser

KNOWN = {
    "b", "caption", "code", "details", "div", "pre", "span", "summary", "table", "tbody", "td", "th", "thead",
    "tr",
}  # fmt: skip
ATTRIBUTES = {"style", "scope", "colspan", "role", "aria-level", "aria-hidden", "open", "lang", "tabindex"}


class Outline(HTMLParser):
    """Refuses what does not close, and every element or attribute that an output has no need of."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in KNOWN, tag
        assert {name for name, _ in attrs} <= ATTRIBUTES, attrs
        assert not re.search(r"url\(|expression|javascript|@import|<|>", dict(attrs).get("style") or "")
        self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read(html: str) -> str:
    """The text of an output that holds to the rules."""
    outline = Outline()
    outline.feed(html)
    outline.close()
    assert not outline.stack
    return " ".join("".join(outline.text).split())


@cache
def outputs(name: str) -> Mapping[str, str]:
    answer = ANSWERS[name]()
    norm = answer.findings[0].norm
    question = answer.questions[0]
    supposed = answer.suppose({question.id: next(iter(answer.sweep(question.id).ways)).answers[question.id]})
    objects = {
        "answer": answer, "supposed": supposed, "moved": supposed.moved, "why": answer.why(norm),
        "findings": answer.findings, "finding": answer.findings[0], "questions": answer.questions,
        "question": question, "positions": answer.positions, "position": answer.positions[0],
        "sweep": answer.sweep(), "dossier": answer.dossier, "problems": foedus.check("cst"),
    }  # fmt: skip
    return {each: made._repr_html_() for each, made in objects.items()}  # pyright: ignore[reportOptionalMemberAccess]


@pytest.mark.parametrize("name", ANSWERS)
def test_every_output_is_well_formed_and_brings_no_script(name: str) -> None:
    for html in outputs(name).values():
        assert read(html)


@pytest.mark.parametrize("code", foedus.languages())
def test_it_is_shown_in_every_language(code: str) -> None:
    answer = kazakhstan()
    moved = answer.suppose(directed="no").moved
    with foedus.speaking(code):
        html = answer._repr_html_()
        others = [answer.why("cst.assist"), moved, answer.sweep(), answer.dossier, answer.findings]
        for each in others:
            assert read(each._repr_html_())  # pyright: ignore[reportOptionalMemberAccess]
        assert f'lang="{code}"' in html
        assert "cst.assist" in read(html)
        assert answer.questions["cst.aggression"].answers["any author"] == ("RUS",)
    assert 'lang="en"' in answer._repr_html_()


def test_an_answer_leads_with_what_and_on_what_it_turns() -> None:
    text = read(outputs("kazakhstan")["answer"])
    order = [
        "Kazakhstan, January 2022", "69 documents", "turns on A, B and C", "Open questions", "directed",
        "Who must be right", "Verdicts", "◧ depends on A, B and C",
    ]  # fmt: skip
    places = [text.index(each) for each in order]
    assert places == sorted(places)
    assert "unconfirmed" in text
    assert "not encoded could turn a verdict" in text


def test_a_supposed_answer_says_so_and_what_moved() -> None:
    text = read(kazakhstan().suppose(directed="no")._repr_html_())
    assert "Supposing directed = no" in text
    assert "5 findings moved: cst.assist." in text
    assert "Nothing moves." in read(kazakhstan().suppose(leave_blr="yes")._repr_html_())


def test_every_finding_question_and_position_is_in_the_answer() -> None:
    answer = kazakhstan()
    text = read(answer._repr_html_())
    for finding in answer.findings:
        assert finding.norm in text
        assert finding.verdict in text
    for question in answer.questions:
        assert " ".join(question.words.split()) in text
    for position in answer.positions:
        assert position.name in text or not set(position.holds) & set(answer.findings["cst.assist"].turns_on)


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> & ' onmouseover=alert(3) \u202eesrever"


def test_whatever_a_dossier_holds_is_shown_and_does_nothing(tmp_path: Path) -> None:
    page = tmp_path / "hostile.md"
    text = RAID.read_text(encoding="utf-8")
    for words in (
        "The raid on Arvia",
        "the raid on the border post",
        "the Wire",
        "Note of the ministry",
        "a grave attack",
    ):
        assert f'"{words}"' in text
        text = text.replace(f'"{words}"', f'"{words} {HOSTILE}"')
    page.write_text(text, encoding="utf-8")
    problems = foedus.check(page, treaties=PAGES)
    if any(problem.code == "F108" for problem in problems):  # hidden characters are refused in pages
        page.write_text(text.replace("\u202e", ""), encoding="utf-8")
    answer = foedus.assess(page, treaties=PAGES)
    shown = [
        answer, answer.findings, answer.questions, answer.positions, answer.dossier, answer.sweep(),
        *(answer.why(f.id) for f in answer.findings), answer.suppose(bound="no").moved,
    ]  # fmt: skip
    said = [read(each._repr_html_()) for each in shown]  # pyright: ignore[reportOptionalMemberAccess]
    assert any("<script>alert(1)</script>" in each for each in said)


def test_text_is_escaped_and_markup_is_not() -> None:
    assert element("b", "<i>", Markup("<i></i>"), title='"') == '<b title="&quot;">&lt;i&gt;<i></i></b>'
    assert joined(["<", shown("&")]) == "&lt;&amp;"
    assert "\u202e" not in shown("\u202e")


def test_deep_grounds_need_no_deep_stack() -> None:
    why = raid().why(raid().findings[0].norm)
    reason = raid().findings[0].value.reason
    for _ in range(3000):
        reason = type(reason)(**{**{n: getattr(reason, n) for n in reason.__slots__}, "children": (reason,)})
    from dataclasses import replace

    finding = replace(raid().findings[0].value, reason=reason)
    deep = replace(raid().assessment, findings=(finding,))
    html = replace(why, assessment=deep)._repr_html_()
    assert read(html)
    assert html.count("<details") < 200


PAGE = """<!doctype html><html lang=en><meta charset=utf-8><title>outputs</title>
<style>body{{margin:0;background:{back};color:{ink};font:13px sans-serif}}
td,th{{text-align:right;max-width:40px;white-space:nowrap}} tr:nth-child(odd){{background:{stripe}}}</style>
<main>{outputs}</main></html>"""
THEMES = {
    "light": {"back": "#ffffff", "ink": "rgba(0,0,0,.87)", "stripe": "#f5f5f5"},
    "dark": {"back": "#111111", "ink": "#ffffff", "stripe": "#212121"},
}


@pytest.mark.needs_chromium
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", [420, 900])
def test_a_browser_shows_it_in_a_notebook_s_page(
    theme: str, width: int, tmp_path: Path, browser: Browser
) -> None:
    """Under a notebook's own rules for tables: nothing asked for, nothing too wide, nothing too faint."""
    from axe_playwright_python.sync_playwright import Axe

    page = tmp_path / "outputs.html"
    said = "".join(f"<section>{html}</section>" for html in outputs("kazakhstan").values())
    page.write_text(PAGE.format(**THEMES[theme], outputs=said), encoding="utf-8")
    asked: list[str] = []
    told: list[str] = []
    tab = browser.new_page(viewport={"width": width, "height": 900})
    try:
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("console", lambda message: told.append(message.text))
        tab.goto(page.as_uri())
        tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        wide = tab.evaluate("document.documentElement.scrollWidth")
        lefts = tab.evaluate("[...document.querySelectorAll('td')].map(c => getComputedStyle(c).textAlign)")
        found = Axe().run(tab).response["violations"]
    finally:
        tab.close()
    assert asked == [page.as_uri()]
    assert not told
    assert wide <= width
    assert set(lefts) == {"left"}
    of_the_page = {"page-has-heading-one", "region", "landmark-one-main"}  # the notebook's, not the output's
    assert not [
        (v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in found if v["id"] not in of_the_page
    ]
