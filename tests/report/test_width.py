"""Whatever a dossier holds, no line runs over and nothing moves the cursor.

The raid's assessment is scrambled: every text that a reader sees is replaced by one that hypothesis
invents (wide, combining, reversed, empty, without a space), and so are the letters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from foedus.assessment.finding import Assessment
from foedus.diagnostics.visible import visible, width
from foedus.report.compare import compare, show_comparison
from foedus.report.terminal import show_assessment
from foedus.report.why import show_why
from foedus.terms.edtf import EDate
from tests.report.lir import raid

SEEN = {
    "title", "words", "why", "text", "name", "quote", "note", "interval", "withdrawn", "publisher",
    "url", "read", "letter", "unit", "heading", "article", "page", "where", "word", "channel", "gloss",
    "standing", "engine",
}  # fmt: skip
"""The fields whose text is shown as it stands."""

WORDS = st.one_of(
    st.text(max_size=120),
    st.text("日本語 한국", max_size=60),
    st.just("x" * 200),
    st.just("\x1b[31m\u202e\u200f\tboo\r\n"),
    st.just("e" + "\u0301" * 40),
)


def scrambled(value: Any, text: Callable[[], str], name: str = "") -> Any:
    """The value with every text that is seen replaced; ids stay, so that it still hangs together."""
    if isinstance(value, str):
        return text() if name in SEEN else value
    if isinstance(value, tuple):
        return tuple(scrambled(one, text, name) for one in value)
    if isinstance(value, Mapping):
        return {key: scrambled(one, text, name) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, EDate) and not isinstance(value, type):
        made = {f.name: scrambled(getattr(value, f.name), text, f.name) for f in fields(value) if f.init}
        return replace(value, **made)
    return value


def scramble(pool: list[str]) -> Assessment:
    """The raid with texts from the pool in turn. Dates and names of an instrument's texts keep their
    form: they are not free text."""
    turn = iter(range(10**9))

    def text() -> str:
        return pool[next(turn) % len(pool)]

    made = raid()
    return replace(
        made,
        dossier=scrambled(made.dossier, text),
        findings=tuple(
            replace(
                f, norm=replace(scrambled(f.norm, text), text=f.norm.text), reason=scrambled(f.reason, text)
            )
            for f in made.findings
        ),
        questions=scrambled(made.questions, text),
        quantities=scrambled(made.quantities, text),
        tensions=scrambled(made.tensions, text),
        standings=scrambled(made.standings, text),
        version=text(),
        supposed={text(): text()},
        not_in_force=((text(), text()),),
    )


# No shrinking: a failing line is small already, and each try assesses nothing but draws three pages.
@settings(max_examples=30, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.lists(WORDS, min_size=3, max_size=8), st.integers(0, 130))
def test_no_line_runs_over(pool: list[str], columns: int) -> None:
    assessment = scramble(pool)
    for text in (
        show_assessment(assessment, width=columns),
        show_why(assessment, "lir.assist", columns),
        show_comparison(compare(raid(), assessment), columns),
    ):
        for line in text.split("\n"):
            assert width(line) <= max(columns, 40), line
            assert line == visible(line)


def test_the_scrambling_reaches_the_page() -> None:
    made = scrambled(raid().questions, lambda: "QQQ")
    assert "QQQ" in show_assessment(replace(raid(), questions=made))


@pytest.mark.parametrize("columns", [-3, 0, 1, 39])
def test_a_page_narrower_than_the_narrowest_is_as_wide_as_that(columns: int) -> None:
    assert max(width(line) for line in show_assessment(raid(), width=columns).split("\n")) <= 40
