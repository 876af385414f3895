"""What is shown is read again as the same tree; what is set is the same page."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.diagnostics.render import to_terminal
from foedus.lang.layout import WIDTH, format_page
from foedus.lang.parse import parse_page
from foedus.lang.show import show_item
from foedus.lang.show_formula import show_formula
from foedus.lang.tree import AskItem, Formula, Item, Page, TermItem
from tests.lang import trees

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path
    for folder in ("tests", "docs", "src/foedus/treaties", "src/foedus/dossiers")
    for path in (ROOT / folder).rglob("*.md")
)


def read(text: str) -> Page:
    page, problems = parse_page("lir.md", text)
    assert not problems, to_terminal(problems, {"lir.md": text})
    return page


def page_of(item: Item, kind: str) -> str:
    return f"# Trial\n\n```{kind}\n{show_item(item)}\n```\n"


@given(trees.formulas)
def test_a_formula_shown_is_the_same(formula: Formula) -> None:
    (term,) = read(f"```foedus\nterm t\n  when {show_formula(formula)}\n```").items
    assert isinstance(term, TermItem)
    assert term.versions == ((None, formula),)


@given(trees.items)
def test_a_declaration_shown_is_the_same(item: Item) -> None:
    text = page_of(item, "foedus")
    assert read(text).items == (item,)
    assert read(format_page(text)).items == (item,)


@given(trees.records)
def test_a_record_shown_is_the_same(item: Item) -> None:
    text = page_of(item, "record")
    assert read(text).trials[0].records == (item,)
    assert read(format_page(text)).trials[0].records == (item,)


@given(trees.asks)
def test_a_question_shown_is_the_same(item: AskItem) -> None:
    text = page_of(item, "ask")
    assert read(text).trials[0].asks == (item,)


# ---- the formatter ----


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_setting_a_page_changes_nothing_in_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    once = format_page(text)
    assert format_page(once) == once
    assert parse_page("p", once)[0] == parse_page("p", text)[0]


@given(trees.formulas, st.lists(st.sampled_from(["\n    ", " -- why\n        ", "  "]), min_size=1))
def test_setting_does_not_hang_on_how_a_line_was_broken(formula: Formula, gaps: list[str]) -> None:
    shown = show_formula(formula)
    parts = shown.split(" and ")
    broken = "".join(f"{gaps[n % len(gaps)]}and {part}" if n else part for n, part in enumerate(parts))
    once = format_page(f"```foedus\nterm t\n when {broken}\n```")
    assert format_page(once) == once
    (term,) = read(once).items
    assert isinstance(term, TermItem)
    assert term.versions == ((None, formula),)


@given(st.text())
def test_setting_any_text_twice_is_setting_it_once(text: str) -> None:
    for page in (text, f"```foedus\n{text}\n```\n", f"- a\n\n  ```record\n  {text}\n  ```"):
        once = format_page(page)
        assert format_page(once) == once


LONG = "threatens(a, victim, [security | stability | integrity])"


@pytest.mark.parametrize(
    ("written", "set_as"),
    [
        ("duty  a\n    of   each party", "duty a\n  of each party"),
        ("term t( i ,v )\n  when f ( _,v )as i", "term t(i, v)\n  when f(_, v) as i"),
        ("term t\n  when not(a or b)", "term t\n  when not (a or b)"),
        ("term t\n  when f(a: [b|c])", "term t\n  when f(a: [b | c])"),
        ("deems \"a\n    b\"", 'deems "a b"'),
        ("\n\ndeems \"a\"\n\n\n\ndeems \"b\"\n\n", 'deems "a"\n\ndeems "b"'),
        ("deems \"a\"    -- why\n   -- of b\ndeems \"b\"", 'deems "a" -- why\n-- of b\ndeems "b"'),
        ("term t\n  when a -- first\n   and b -- second", "term t\n  when a -- first\n      and b -- second"),
        ("parties\n  ARV from [2001-01-01, 2001-01-02]", "parties\n  ARV from [2001-01-01,2001-01-02]"),
        ("duty  a\n    of   each", "duty a\n  of   each"),
        ("duty  a\n    of \"", "duty  a\n    of \""),
        ("duty  a\n\tof each party", "duty a\n  of each party"),
        (f"term t\n  when {LONG} and {LONG}", f"term t\n  when {LONG}\n      and {LONG}"),
        (
            f"term t\n  when {LONG} and b or {LONG} and c",
            f"term t\n  when {LONG} and b\n      or {LONG} and c",
        ),
    ],
)  # fmt: skip
def test_how_lines_are_set(written: str, set_as: str) -> None:
    once = format_page(f"```foedus\n{written}\n```\n")
    assert once == f"```foedus\n{set_as}\n```\n"


def test_a_block_in_a_quotation_keeps_its_marks() -> None:
    assert (
        format_page("> ```foedus\n> duty  a\n>     of each party\n> ```")
        == "> ```foedus\n> duty a\n>   of each party\n> ```"
    )


def test_prose_is_left_alone() -> None:
    prose = "#  Title  \n\n```text\nduty  a\n```\n\n    code  here\n\n\n\nEnd  "
    assert format_page(prose) == prose
    assert format_page(prose.replace("\n", "\r\n")) == prose


@given(trees.items)
def test_rows_are_as_short_as_can_be(item: Item) -> None:
    for row in format_page(page_of(item, "foedus")).split("\n"):
        inner = row.strip().removeprefix("and ").removeprefix("or ")
        assert len(row) <= WIDTH or " and " not in inner.replace('"', "") or '"' in row
