"""Turning a switch: what the page then shows, says and has as its address."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from foedus.assessment.assess import assess
from foedus.assessment.case import Asked
from foedus.cli.options import split
from tests.browser.cases import assessed, loaded, switched
from tests.browser.conftest import Opening

pytestmark = pytest.mark.needs_chromium


def turn(page: Page, question: str, value: str) -> None:
    folded = page.locator("details", has=page.locator(f'[data-question="{question}"]')).first
    if folded.count() and not folded.evaluate("one => one.open"):
        folded.locator("summary").first.click()
    page.locator(f'[data-question="{question}"] input[value="{value}"]').check()


def query(page: Page) -> str:
    return page.evaluate("location.search")


def words(page: Page) -> dict[str, str]:
    """The word of each verdict shown, by finding."""
    return dict(
        page.locator("[data-finding]").evaluate_all(
            "all => all.map((one) => [one.dataset.finding, one.querySelector('.word').textContent])"
        )
    )


def supposing(name: str, **suppose: str) -> dict[str, str]:
    found = loaded(name)
    assert found.dossier
    answer = assess(found.dossier, found.program, Asked(suppose=suppose))
    return {finding.id: finding.granting.word for finding in answer.findings}


ONE_BY_ONE = [
    pytest.param(name, switch.question, answer.value, id=f"{name}-{switch.question}-{answer.value}")
    for name in ("raid",)
    for switch in switched(name).switches
    for answer in switch.answers
]


@pytest.mark.parametrize(("name", "question", "value"), ONE_BY_ONE)
def test_each_answer_can_be_chosen_and_shows_what_suppose_says(
    opened: Opening, name: str, question: str, value: str
) -> None:
    page = opened(name)
    turn(page, question, value)
    assert words(page) == supposing(name, **{question: value})
    page.locator("#as-recorded").click()
    assert words(page) == supposing(name)
    assert query(page) == ""
    expect(page.locator(".moved, .now:not([hidden])")).to_have_count(0)


def test_a_verdict_that_moves_says_what_it_was(opened: Opening) -> None:
    page = opened("raid")
    before = words(page)
    turn(page, "bound", "no")
    moved = page.locator("[data-finding].moved")
    expect(moved).not_to_have_count(0)
    for finding in moved.all():
        was = before[str(finding.get_attribute("data-finding"))]
        expect(finding.locator(".was")).to_contain_text(f"as recorded: {was}")
    expect(page.locator("#moved")).to_contain_text("does not arise")
    expect(page.locator("#answer")).to_contain_text("Below it is supposed: C no")


def test_what_a_verdict_turns_on_shrinks_and_its_conditions_with_it(opened: Opening) -> None:
    page = opened("kazakhstan-2022")
    turn(page, "cst.aggression", "external author")
    shown = page.locator('[data-finding^="cst.assist"]')
    expect(shown).to_contain_text("depends on B and C")
    expect(shown).to_contain_text("arises if B yes with C yes")
    expect(shown).to_contain_text("does not arise if B no; or C no")
    turn(page, "binding", "yes")
    expect(shown).to_contain_text("arises if B yes")
    turn(page, "directed", "yes")
    expect(shown.locator(".word")).to_have_text("arises")
    expect(page.locator("#moved")).to_contain_text("Supposing A “external author”, B yes and C yes")


def test_where_nothing_moves_it_says_so(opened: Opening) -> None:
    page = opened("kazakhstan-2022")
    turn(page, "attack", "yes")
    expect(page.locator("#moved")).to_contain_text("Nothing moves.")
    expect(page.locator("[data-finding].moved")).to_have_count(0)


def test_what_turns_on_something_without_a_letter_says_so(opened: Opening) -> None:
    page = opened("fen", query="?suppose=" + quote("some request:yes;a1.author:ARV"))
    expect(page.locator("#moved")).to_contain_text("and on what has no letter")


def test_bearers_who_come_apart_are_named(opened: Opening) -> None:
    suppose = {"some request": "yes", "a1.author": "BOR"}
    page = opened("fen", query="?suppose=" + quote(";".join(f"{k}:{v}" for k, v in suppose.items())))
    shown = page.locator('[data-finding="lir.assist@2011:BOR,CAD>ARV"]')
    expect(shown.locator(".word")).to_have_text("differs from one to the other")
    parted = supposing("fen", **suppose)
    assert parted["lir.assist@2011:BOR>ARV"] == "does not arise"
    assert parted["lir.assist@2011:CAD>ARV"] == "depends"
    expect(shown).to_contain_text("BOR: does not arise")
    expect(shown).to_contain_text("CAD: depends on ")


def test_answers_that_cannot_all_be_so_are_said_to_be(
    opened: Opening, written: Callable[..., Path], tmp_path: Path
) -> None:
    """No shipped record has such answers; so the table is given a row that rules two of them out."""
    text = written("raid").read_text(encoding="utf-8")
    columns = {q.question: next(iter(q.recorded or q.answers[0].settles)) for q in switched("raid").switches}
    last = len(switched("raid").rows) + 2
    rows = json.dumps([columns["bound"], last + 1, 1, columns["outside"], 0, 1])[1:-1]
    text = re.sub(r'("rows": \[[^]]*)', rf"\1, {rows}", text)
    text = re.sub(r'("admissible": \[)([^]]*)', lambda m: f"{m[1]}{m[2]}{', ' if m[2] else ''}{last}", text)
    page = opened("raid")
    path = tmp_path / "ruled-out.html"
    path.write_text(text, encoding="utf-8")
    page.goto(path.as_uri() + "?suppose=bound:yes")
    expect(page.locator("#moved")).to_contain_text("Supposing C yes:")
    turn(page, "outside", "yes")
    expect(page.locator("#moved")).to_contain_text("B yes and C yes: these cannot all be so")
    assert set(words(page).values()) == {"these cannot all be so"}
    turn(page, "outside", "no")
    expect(page.locator("#moved")).to_contain_text("Supposing B no and C yes:")


# ---- the address ----


def test_the_address_says_what_is_supposed_by_stable_id_in_the_order_of_the_letters(opened: Opening) -> None:
    page = opened("kazakhstan-2022")
    turn(page, "directed", "no")
    assert query(page) == "?suppose=directed:no"
    turn(page, "cst.aggression", "any author")
    assert query(page) == "?suppose=cst.aggression:any%20author;directed:no"
    turn(page, "threatens(protest, KAZ, security)", "yes")
    assert query(page).endswith(";threatens(protest,%20KAZ,%20security):yes")
    again = opened("kazakhstan-2022", query=query(page))
    assert words(again) == words(page)
    assert query(again) == query(page)
    expect(again.locator('[data-question="directed"] input[value="no"]')).to_be_checked()
    expect(again.locator("#moved")).to_have_text(page.locator("#moved").inner_text(), use_inner_text=True)


@pytest.mark.parametrize("name", ["fen", "ford"])
def test_every_question_comes_back_from_its_address(opened: Opening, name: str) -> None:
    page = opened(name)
    for number, switch in enumerate(switched(name).switches):
        value = switch.answers[number % len(switch.answers)].value
        page.locator("details.group").evaluate_all("all => all.forEach((one) => { one.open = true })")
        turn(page, switch.question, value)
        page.goto(page.url)
        checked = page.locator("[data-question] input:checked:not([value=''])")
        assert checked.evaluate_all("all => all.map((one) => [one.name, one.value])") == [
            [switch.question, value]
        ]
        page.locator("#as-recorded").click()


def test_back_and_forward_go_through_what_was_supposed(opened: Opening) -> None:
    page = opened("raid")
    recorded = words(page)
    turn(page, "bound", "no")
    bound = words(page)
    turn(page, "outside", "no")
    turn(page, "outside", "yes")  # one entry for one question turned to and fro
    page.go_back()
    assert (query(page), words(page)) == ("?suppose=bound:no", bound)
    page.go_back()
    assert (query(page), words(page)) == ("", recorded)
    expect(page.locator('[data-question="bound"] input[value=""]')).to_be_checked()
    page.go_forward()
    assert (query(page), words(page)) == ("?suppose=bound:no", bound)


def test_a_link_inside_the_page_keeps_what_is_supposed(opened: Opening) -> None:
    page = opened("raid", query="?suppose=bound:no")
    supposed = words(page)
    page.locator('nav a[href="#grounds"]').click()
    assert page.url.endswith("?suppose=bound:no#grounds")
    assert words(page) == supposed
    turn(page, "outside", "yes")
    assert page.url.endswith("?suppose=outside:yes;bound:no#grounds")


@pytest.mark.parametrize(
    ("asked", "reported"),
    [
        ("?suppose=nowhere:yes", "nowhere:yes"),
        ("?suppose=bound:perhaps", "bound:perhaps"),
        ("?suppose=C:no", "C:no"),
        ("?suppose=bound", "bound:"),
        ("?suppose=%E0%A4%A:no", "%E0%A4%A:no"),
        ("?suppose=%3Cimg%20src=x%20onerror=alert(1)%3E:yes", "<img src=x onerror=alert(1)>:yes"),
        ("?suppose=__proto__:yes", "__proto__:yes"),
        ("?suppose=nowhere%3Ayes", "nowhere:yes"),
    ],
)
def test_what_an_address_supposes_in_vain_is_said(opened: Opening, asked: str, reported: str) -> None:
    page = opened("raid", query=asked)
    expect(page.locator("#moved .unknown")).to_have_text(
        f"The link supposes what this page does not know; it is left out: {reported}"
    )
    expect(page.locator("#moved img")).to_have_count(0)
    expect(page.locator("[data-finding].moved")).to_have_count(0)


def test_an_address_that_a_mail_program_wrote_anew_is_understood(opened: Opening) -> None:
    page = opened("fen", query="?suppose=" + quote("some request:yes;unread: what calls for shelter:no"))
    assert query(page) == "?suppose=" + quote("some request:yes;unread: what calls for shelter:no")
    expect(page.locator(".unknown")).to_have_count(0)
    expect(page.locator('[data-question="some request"] input[value="yes"]')).to_be_checked()
    expect(
        page.locator('[data-question^="unread: what calls for shelter"] input[value="no"]')
    ).to_be_checked()


def test_the_rest_of_such_an_address_is_kept(opened: Opening) -> None:
    page = opened("raid", query="?suppose=nowhere:yes;bound:no")
    expect(page.locator("#moved")).to_contain_text("nowhere:yes")
    assert words(page) == words(opened("raid", query="?suppose=bound:no"))


# ---- repeating it ----


def test_the_command_line_gives_the_same_answer(opened: Opening) -> None:
    page = opened("kazakhstan-2022")
    turn(page, "cst.aggression", "external author")
    turn(page, "threatens(protest, KAZ, security)", "no")
    command = page.locator("#command").inner_text()
    assert command == (
        "foedus assess kazakhstan-2022 --suppose 'cst.aggression=external author' "
        "--suppose 'threatens(protest, KAZ, security)=no'"
    )
    given = dict(split("--suppose", text) for text in re.findall(r"--suppose '([^']*)'", command))
    assert words(page).items() >= supposing("kazakhstan-2022", **given).items()


def test_the_link_and_the_command_are_copied(opened: Opening) -> None:
    page = opened("raid", permissions=["clipboard-read", "clipboard-write"])
    turn(page, "bound", "no")
    for what, copied in (("command", page.locator("#command").inner_text()), ("link", page.url)):
        page.locator(f'[data-copy="{what}"]').click()
        expect(page.locator("#copied")).to_have_text("Copied.")
        assert page.evaluate("navigator.clipboard.readText()") == copied


# ---- a speaker's row ----


@pytest.mark.parametrize("name", ["raid", "kazakhstan-2022"])
def test_a_speakers_row_is_supposed_as_a_whole(opened: Opening, name: str) -> None:
    page = opened(name)
    positions = {position.speaker: position for position in assessed(name).positions}
    rows = page.locator("[data-speaker]")
    assert rows.count()
    for row in rows.all():
        turn(page, assessed(name).questions[0].id, switched(name).switches[0].answers[0].value)
        row.locator("button").click()
        position = positions[str(row.get_attribute("data-speaker")).split(" ")[0]]
        held = {q: v for q, v in position.holds.items() if v not in ("doubts", "doubted", "both", "reported")}
        checked = page.locator("[data-question] input:checked:not([value=''])")
        assert dict(checked.evaluate_all("all => all.map((one) => [one.name, one.value])")) == held
        shown = words(page)
        for finding, view in position.verdicts.items():
            assert shown.get(finding, view.word) in (view.word, "lifted")
        expect(page.locator("#suppose")).to_be_focused()
        expect(page.locator("#suppose")).to_be_in_viewport()


# ---- grounds ----


def test_a_link_into_closed_grounds_opens_them(opened: Opening) -> None:
    page = opened("raid")
    inner = page.locator("details:not([open]) details [id]").first
    target = inner.get_attribute("id")
    page.evaluate("id => { location.hash = id }", target)
    expect(page.locator(f'[id="{target}"]')).to_be_in_viewport()
    again = opened("raid", query=f"#{target}")
    expect(again.locator(f'[id="{target}"]')).to_be_in_viewport()


def test_all_grounds_open_and_close_at_once(opened: Opening) -> None:
    page = opened("raid")
    button = page.locator("#open-all")
    button.click()
    expect(page.locator("#grounds details:not([open])")).to_have_count(0)
    expect(button).to_have_text("Close all grounds")
    button.click()
    expect(page.locator("#grounds details[open]")).to_have_count(0)
    expect(button).to_have_text("Open all grounds")


def test_what_a_browser_restores_is_what_is_supposed(opened: Opening) -> None:
    page = opened("raid")
    turn(page, "bound", "no")
    page.reload()
    expect(page.locator('[data-question="bound"] input[value="no"]')).to_be_checked()
    supposed = words(page)
    page.goto("about:blank")
    page.go_back()
    assert words(page) == supposed
    expect(page.locator('[data-question="bound"] input[value="no"]')).to_be_checked()
