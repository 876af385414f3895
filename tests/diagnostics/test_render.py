"""One problem, three forms; what is hostile is seen and does nothing.

The files in `golden/` are the expected output. After a change that is meant, set FOEDUS_GOLDEN=rewrite for
one run and read the difference before committing it.
"""

from __future__ import annotations

import json
import os
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from foedus.diagnostics.problem import Note, Problem
from foedus.diagnostics.render import arrange, tally, to_html, to_json, to_terminal
from foedus.diagnostics.span import NOWHERE, Place
from foedus.diagnostics.visible import visible, width

GOLDEN = Path(__file__).with_name("golden")
HEADING = "Article 4 · Collective defence"

LINE = "  owed to BOR from 2010-02-30 until 2011"


def _at(line: int, column: int, length: int, page: str = "lir.md", heading: str = HEADING) -> Place:
    return Place(page, line, column, line, column + length, heading)


def _wrong(place: Place, label: str = "February 2010 has 28 days", *notes: Note, help: str = "") -> Problem:
    return Problem("F111", place, {"date": "2010-02-30"}, label, notes, help)


LONG = "duty " + "very " * 200 + "2010-02-30" + " long" * 200
CASES: dict[str, tuple[list[Problem], dict[str, str]]] = {
    "plain": ([_wrong(_at(2, 20, 10))], {"lir.md": f"duty assist\n{LINE}\n"}),
    "notes": (
        [_wrong(_at(1205, 20, 10), "", Note(_at(3, 1, 4), "the duty begins here"),
                Note(_at(1, 1, 5, "other.md", ""), "and is named there"), help="Ask about another day.")],
        {"lir.md": "\n\nduty assist\n" + "\n" * 1201 + LINE, "other.md": "\tassist"},
    ),
    "no text": ([_wrong(_at(2, 20, 10)), _wrong(_at(90, 1, 3, "short.md"))], {"short.md": "duty\n"}),
    "no place": ([_wrong(NOWHERE, "given on the command line")], {}),
    "tabs and wide letters": (
        [_wrong(_at(1, 6, 10)), _wrong(_at(2, 5, 10), "after a tab")],
        {"lir.md": "日本e\u0301 2010-02-30\n\tab 2010-02-30\n"},
    ),
    "long line": ([_wrong(_at(1, 1006, 10))], {"lir.md": LONG}),
    "long mark": ([_wrong(_at(1, 6, 1400), "all of this")], {"lir.md": LONG}),
    "long label": ([_wrong(_at(1, 1, 4), "because " * 30)], {"lir.md": "duty"}),
    "several lines": (
        [_wrong(Place("lir.md", 1, 6, 5, 6, HEADING), "from here to there")],
        {"lir.md": "duty assist\n  a\n  b\n  c\n  end of it\n"},
    ),
    "beyond the line": ([_wrong(_at(1, 50, 3), "missing here")], {"lir.md": "duty"}),
    "hostile": (
        [Problem("F011", Place("a\x1b[2Jb.md", 1, 5, 1, 9, "Arti\u202ecle"),
                 {"kind": "x\n\x1b]0;\x07y\u2066"},
                 "label\r\u200f\x9b", help="do\x1b[31m\nthis")],
        {"a\x1b[2Jb.md": "```\u202efoed\x1b[31mus\x00\u2028\udc80 e" + "\u0301" * 9},
    ),
    "several": (
        [_wrong(_at(2, 20, 10)),
         Problem("F005", Place("a.md", 0, 0, 0, 0), {"path": "a.md", "encoding": "KOI8-R"}),
         _wrong(_at(1, 1, 4), "first"), _wrong(_at(2, 20, 10))],
        {"lir.md": f"duty assist\n{LINE}\n"},
    ),
}  # fmt: skip


def _compare(name: str, found: str) -> None:
    path = GOLDEN / name
    if os.environ.get("FOEDUS_GOLDEN") == "rewrite":
        path.write_text(found + "\n", encoding="utf-8")
    assert found + "\n" == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_terminal(name: str) -> None:
    problems, texts = CASES[name]
    _compare(f"{name.replace(' ', '-')}.txt", to_terminal(problems, texts, width=80))


@pytest.mark.parametrize("name", ["notes", "hostile", "no place", "several lines"])
def test_html(name: str) -> None:
    problems, texts = CASES[name]
    _compare(f"{name.replace(' ', '-')}.html", to_html(problems, texts))


def test_json_has_everything_and_survives_a_round() -> None:
    problems, _ = CASES["notes"]
    found = to_json(problems[0])
    assert json.loads(json.dumps(found)) == found
    assert found["place"] == {
        "page": "lir.md", "line": 1205, "column": 20, "end_line": 1205, "end_column": 30, "heading": HEADING,
    }  # fmt: skip
    assert (found["code"], found["severity"], found["help"]) == ("F111", "error", "Ask about another day.")
    assert to_json(CASES["no place"][0][0])["place"] is None


def test_colour_only_if_asked_and_without_changing_the_words() -> None:
    problems, texts = CASES["notes"]
    plain, painted = to_terminal(problems, texts), to_terminal(problems, texts, colour=True)
    assert "\x1b" not in plain
    assert "\x1b[1;31merror F111\x1b[0m" in painted
    stripped = painted
    for code in ("1;31", "1;33", "1", "34", "36", "2", "0"):
        stripped = stripped.replace(f"\x1b[{code}m", "")
    assert stripped == plain


def test_sorted_and_once() -> None:
    problems, _ = CASES["several"]
    assert [(p.place.page, p.place.line) for p in arrange(problems)] == [
        ("a.md", 0),
        ("lir.md", 1),
        ("lir.md", 2),
    ]
    assert tally(problems) == "2 errors, 1 warning"
    assert tally([]) == to_terminal([]) == to_html([]) == ""


anything = st.text(max_size=60)
letters = st.text(alphabet="ab\t日é\u0301\u202e\x1b🙂 ", max_size=200)


@example(
    "aaaaaaaaaaaa\t\u202e\u202e\u202e日日日日日日", 23, 0, "", ""
)  # the mark stands just after a full line
@given(letters, st.integers(-3, 250), st.integers(-3, 250), anything, anything)
def test_nothing_hostile_gets_through(text: str, column: int, end: int, label: str, kind: str) -> None:
    problem = Problem("F011", Place("p.md", 1, column, 1, end), {"kind": kind}, label)
    shown = to_terminal([problem], {"p.md": text}, width=60)
    for line in shown.split("\n")[2:-1]:
        assert width(line) <= 60 or not line.startswith(" " * 6)
    assert visible(shown.replace("\n", "")) == shown.replace("\n", "")
    shown.encode()


@given(st.integers(1, 12), st.text(alphabet="ab\t日\u0301🙂", min_size=12, max_size=30))
def test_the_mark_stands_under_the_letter(column: int, text: str) -> None:
    text = text[: column - 1] + "X" + text[column:]
    _, _, line, marks, *_ = to_terminal([_wrong(_at(1, column, 1), "")], {"p": "", "lir.md": text}).split(
        "\n"
    )
    assert width(line[: line.index("X")]) == width(marks[: marks.index("^")])


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@given(anything, anything)
def test_html_is_balanced_and_escaped(label: str, text: str) -> None:
    label = f"<script>{label}</script>`<b>`"
    tags = _Tags()
    tags.feed(to_html([_wrong(_at(1, 1, 3), label)], {"lir.md": f"<img src=x>{text}"}))
    assert tags.open == []
    assert tags.seen <= {"article", "h4", "span", "code", "figure", "figcaption", "pre", "mark", "p"}


def test_a_line_of_megabytes_is_not_walked() -> None:
    shown = to_terminal([_wrong(_at(1, 2_000_000, 10))], {"lir.md": "日" * 4_000_000})
    assert len(shown) < 1_000
