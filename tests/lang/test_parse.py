"""Pages are read to trees; a mistake is told of once, and what is hostile is refused in bounded time."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.diagnostics.problem import Problem
from foedus.diagnostics.render import to_terminal
from foedus.lang.lines import BELOW
from foedus.lang.outline import DEEPEST, LONGEST_LINE
from foedus.lang.parse import parse_page
from foedus.lang.reader import MOST_PROBLEMS
from foedus.lang.said import grammar
from foedus.lang.tangle import KINDS, LONGEST_PAGE
from foedus.lang.tree import (
    AndF,
    AtomF,
    ByF,
    Clause,
    FactItem,
    Formula,
    InstrumentItem,
    Name,
    NoF,
    NormItem,
    NotF,
    OrF,
    Page,
    QuantF,
    ReadingF,
    RuleItem,
    TermItem,
)
from foedus.terms.time import day

ROOT = Path(__file__).parents[2]
GOOD = sorted((ROOT / "tests" / "good").glob("*.md"))
REFERENCE = ROOT / "docs" / "reference" / "language.md"


def page_of(program: str, kind: str = "foedus") -> tuple[Page, tuple[Problem, ...]]:
    return parse_page("lir.md", f"# Lir\n\n```{kind}\n{program}\n```\n")


def codes(program: str, kind: str = "foedus") -> list[str]:
    return [problem.code for problem in page_of(program, kind)[1]]


def formula(text: str) -> Formula:
    page, problems = page_of(f"term t\n  when {text}")
    assert not problems, problems
    item = page.items[0]
    assert isinstance(item, TermItem)
    return item.versions[0][1]


def atom(name: str) -> AtomF:
    return AtomF(Name(name), ())


# ---- what is read ----


@pytest.mark.parametrize("path", [*GOOD, REFERENCE], ids=lambda path: path.stem)
def test_good_pages_have_no_problem(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    problems = parse_page(path.name, text)[1]
    assert not problems, to_terminal(problems, {path.name: text})


def test_good_pages_have_every_kind_of_line() -> None:
    lines = [line.lstrip("> ") for path in GOOD for line in path.read_text(encoding="utf-8").split("\n")]
    words = {kind.words for kinds in BELOW.values() for kind in kinds if kind.words}
    assert not {word for word in words if not any(re.match(rf"{word}\b", line) for line in lines)}


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("a and b or c", OrF((AndF((atom("a"), atom("b"))), atom("c")))),
        ("a and (b or c)", AndF((atom("a"), OrF((atom("b"), atom("c")))))),
        ("not a and b", AndF((NotF(atom("a")), atom("b")))),
        ("no a or not no b", OrF((NoF(atom("a")), NotF(NoF(atom("b")))))),
        ("(a and b) and c", AndF((AndF((atom("a"), atom("b"))), atom("c")))),
        ("no party p: a and b", AndF((QuantF("no", 0, Name("party"), Name("p"), atom("a")), atom("b")))),
        ("at least 2 State s: (a)", QuantF("at least", 2, Name("State"), Name("s"), atom("a"))),
        ("nobody and always_so", AndF((atom("nobody"), atom("always_so")))),
        ("(((a)))", atom("a")),
    ],
)
def test_how_words_bind(text: str, meaning: Formula) -> None:
    assert formula(text) == meaning


def test_an_instrument() -> None:
    page, _ = page_of(
        'instrument lir "Compact"\n  in force 2001-01-01 unconfirmed\n  text 2001 from 2001 read "x"'
    )
    (item,) = page.items
    assert isinstance(item, InstrumentItem)
    assert (item.in_force, item.in_force_unconfirmed, item.signed) == (day("2001-01-01"), True, None)
    assert [(text.id.text, text.read) for text in item.texts] == [("2001", "x")]


def test_clauses_know_their_text_and_their_reservation() -> None:
    page, problems = page_of(
        "duty a\n  owed by each other party d to v\n  when x\n  text 2011:\n    until y\n"
        '    for BOR: "only so"\n'
        "      when z\n  text 2020: immediately"
    )
    (norm,) = page.items
    assert isinstance(norm, NormItem)
    assert not problems
    assert norm.clauses == (
        Clause("when", formula=atom("x")),
        Clause("until", Name("2011"), formula=atom("y")),
        Clause("when", Name("2011"), Name("BOR"), atom("z"), note="only so"),
        Clause("immediately", Name("2020")),
    )


def test_readings_and_answers_nest() -> None:
    page, problems = page_of(
        'rule r of CSL\n  members party\n  passes(m):\n    reading "one":\n      by q:\n'
        '        "yes": a\n        "no":\n'
        '          b\n    reading "two": c'
    )
    (rule,) = page.items
    assert isinstance(rule, RuleItem)
    assert not problems
    by = ByF(Name("q"), ((Name("yes"), atom("a")), (Name("no"), atom("b"))))
    assert rule.versions[0].ways[0].passes == ReadingF(((Name("one"), (), by), (Name("two"), (), atom("c"))))


def test_a_fact_with_its_claims() -> None:
    page, problems = page_of(
        'fact a1 force(x, ARV) on 2020 "title"\n  asserts ARV [d-1 ¶3  (b)] on 2020-07-12'
        ' "few  words" unconfirmed',
        "record",
    )
    (fact,) = page.records
    assert isinstance(fact, FactItem)
    (claim,) = fact.claims
    assert not problems
    assert (claim.by, claim.source, claim.where) == (Name("ARV"), Name("d-1"), "¶3 (b)")
    assert (claim.quote, claim.unconfirmed, fact.title, fact.standing) == ("few words", True, "title", "")


def test_where_items_go() -> None:
    text = (
        '# Lir\n```foedus\nsource s "S"\nstate ARV\n```\n```record\nfact a\nstate BOR\n```\n## Trial · one\n'
        "```record\nfact b established\nstate CAD\n```\n### Why\n```ask\nn\n  expect arises\n```\n"
        "## After\n```record\nfact c\n```"
    )
    page, problems = parse_page("lir.md", text)
    assert not problems
    assert [type(item).__name__ for item in page.items] == ["ActorItem", "ActorItem"]
    assert [type(item).__name__ for item in page.records] == ["SourceItem", "FactItem", "FactItem"]
    (trial,) = page.trials
    assert (trial.heading, len(trial.records), len(trial.asks)) == ("Trial · one", 2, 1)
    assert page.title == "Lir"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_do_not_matter(end: str) -> None:
    text = REFERENCE.read_text(encoding="utf-8")
    assert parse_page("p", text.replace("\n", end))[0] == parse_page("p", text)[0]


def test_places_point_at_the_words() -> None:
    text = "# Lir\n\n> ```foedus\n> duty a\n>   of each party\n>   when b\n>     and c(d, e)\n> ```\n"
    page, problems = parse_page("lir.md", text)
    assert not problems
    (norm,) = page.items
    assert isinstance(norm, NormItem)
    both = norm.clauses[0].formula
    assert isinstance(both, AndF)
    last = both.parts[1]
    assert isinstance(last, AtomF)
    assert (last.place.line, last.place.column, last.place.end_column) == (7, 11, 18)
    assert last.place.heading == "Lir"


# ---- what is wrong ----


def test_each_mistake_is_told_of_once_and_the_rest_is_read() -> None:
    page, problems = page_of(
        "dutty a\n  owed by each party\n  when x\nduty b\n  owed by\n  when x &\n  until y\n"
        "duty c\n  owed by each party\n  when (x\n"
        "  until y\nterm t(v\n  text 2001: x\nterm u(v)\n  when z"
    )
    assert [(problem.code, problem.place.line) for problem in problems] == [
        ("F120", 4), ("F124", 8), ("F127", 9), ("F105", 13), ("F105", 15),
    ]  # fmt: skip
    assert [type(item).__name__ for item in page.items] == ["NormItem", "NormItem", "TermItem"]


@pytest.mark.parametrize(
    ("program", "code", "words"),
    [
        ("duty a\n  owed by or", "F124", "`owed by` is followed by a bearer"),
        ("duty a\n  owed each party", "F124", "`owed` is followed by `by`"),
        ("duty a\n  owed by arv from", "F125", "`from` does not belong"),
        ("duty a\n  of each party\n  if x", "F120", "Did you mean `when`?"),
        ("term a\n  when x | y", "F127", "Write `or`"),
        ("term a\n  when x = y", "F127", "Write `is`"),
        ("term a\n  when x && y", "F127", "Write `and`"),
        ("term a\n  when x but not y", "F127", "Write `and`"),
        ("term a\n  when “x”", "F127", 'Write `"`'),
        ("term a\n  when KAZ", "F124", "is followed by"),
        ("term a\n  when force(_, )", "F124", "`,` is followed by"),
        ("term a\n  when p finds a(b)", "F129", "after `finds`"),
        ("term a\n  when some State: x", "F124", "is followed by"),
        ("term a\n  when every state s x", "F123", "a `:` is missing"),
        ("term a\n  when x or", "F124", "the line ends here"),
        ("term a\n  text 2010", "F123", "after `text 2010`"),
        ("term a\n  reading: x", "F124", "the reading's name"),
        ("term a\n  reading \"x\" held by: y", "F124", "who holds it"),
        ('term a\n  reading "x": y\n  when z', "F135", "complete before this line"),
        ("parties\n  ARV and BOR from 2001", "F128", "not by `and`"),
        ("parties\n  ARV", "F124", "`from`"),
        ("parties\n  ARV since 2001", "F124", "`since` is followed by `from`"),
        ("parties", "F130", "its parties"),
        ("question q\n  \"yes\"", "F130", "two answers"),
        ("rule r of CSL", "F130", "who its members are"),
        ('not encoded "x" may defeat', "F124", "the norm that it concerns"),
        ("this prevails lir", "F124", "`over`"),
        ("values Interest security", "F123", "`:`"),
        ("incident Force(a: State)", "F124", "a name"),
        ("instrument LIR \"x\"", "F126", "`lir`"),
        ("expect arises", "F121", "`expect`"),
        ("when x", "F121", "`when`"),
    ],
)  # fmt: skip
def test_messages(program: str, code: str, words: str) -> None:
    problems = page_of(program)[1]
    assert [problem.code for problem in problems] == [code]
    assert words in to_terminal(problems, {"lir.md": f"# Lir\n\n```foedus\n{program}\n```\n"}, width=200)


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("fact a on yesterday", "F110"),
        ("fact a on 12 July 2020", "F110"),
        ("fact a on 2020-07-12 on 2020-07-13", "F131"),
        ("fact a\n  says ARV [x]", "F120"),
        ("fact a\n  asserts ARV [x] to BOR", "F125"),
        ("source x", "F132"),
        ('source X "t"', "F126"),
        ('source x "t"\n  by ARV\n  by BOR', "F131"),
        ('source x "t"\n  url https://example.org', "F124"),
        ('quantity d "x" of y\n  3', "F132"),
        ('quantity d "x" of y\n  1,000 as of 2020 [x]', "F125"),
        ("gains BOR", "F132"),
        ("tension a", "F124"),
        ("complete for a(b)", "F132"),
        ("duty a", "F122"),
    ],
)
def test_mistakes_in_records(program: str, code: str) -> None:
    assert codes(program, "record") == [code]


def test_what_is_open_takes_only_lines_indented_deeper() -> None:
    assert codes("incident f(a: State\nincident g)") == ["F105", "F109"]
    assert codes('organ A "x\norgan B "y"') == ["F104"]
    assert codes('organ A "x\n  y"') == []


def test_an_open_block_is_not_read() -> None:
    page, problems = parse_page("p", "# A\n```foedus\nstate ARV\n\n# B\n\nProse about them.\n")
    assert [problem.code for problem in problems] == ["F010"]
    assert page.items == ()


def test_many_mistakes() -> None:
    problems = page_of("x\n" * 5_000)[1]
    assert len(problems) == MOST_PROBLEMS + 1
    assert problems[-1].code == "F013"


def test_a_long_line() -> None:
    assert codes(f'deems "{"x" * LONGEST_LINE}"') == ["F107"]


# ---- what is hostile ----

HOSTILE = {
    "brackets": "term t\n  when " + "(" * 9_000 + "a" + ")" * 9_000,
    "open brackets": "term t\n  when " + "(" * 10_000,
    "square brackets": "fact a(" + "[" * 10_000,
    "negations": "term t\n  when " + "not " * 4_000 + "a",
    "quantifiers": "term t\n  when " + "every State s: " * 1_000 + "a",
    "conjunctions": "term t\n  when a" + " and a" * 3_000,
    "outline": "\n".join(" " * n + "when:" for n in range(1_000)),
    "readings": "term t\n" + "".join("  " * n + f'reading "{n}":\n' for n in range(1, 300)),
    "quotations": '"\n' * 20_000,
    "brackets on lines": "(\n " * 20_000,
    "continuations": "state ARV\n" + "and\n" * 20_000,
    "commas": "state ARV" + ", BOR" * 3_000,
    "nothing": "\0" * 10_000,
    "directions": "\u202e\u2066 duty \u2069" * 1_000,
    "comments": "-- x\n" * 50_000,
    "spaces": "duty a" + " " * 100_000 + "\n" + "  \n" * 10_000,
    "lone surrogate": "state \ud800",
}


@pytest.mark.parametrize("what", HOSTILE)
@pytest.mark.parametrize("kind", KINDS)
def test_hostile_programs_end_soon(what: str, kind: str) -> None:
    start = time.process_time()
    page_of(HOSTILE[what], kind)
    assert time.process_time() - start < 5


def test_what_is_too_deep_is_said_once() -> None:
    assert codes(HOSTILE["brackets"]) == ["F106"]
    assert codes(HOSTILE["negations"]) == ["F106"]
    at_most = "(" * (DEEPEST - 1) + "a" + ")" * (DEEPEST - 1)
    assert codes(f"term t\n  when {at_most}") == []


def test_a_page_of_four_megabytes_is_refused() -> None:
    assert [p.code for p in parse_page("p", "```foedus\n" + "x" * 4_000_000)[1]] == ["F006"]
    assert len("x" * LONGEST_PAGE) < 4_000_000


@given(st.text(), st.sampled_from(KINDS))
def test_any_text_is_read_or_refused(text: str, kind: str) -> None:
    problems = page_of(text, kind)[1]
    to_terminal(problems, {"lir.md": text})
    parse_page("p", text)


WORDS = sorted({word for kinds in BELOW.values() for kind in kinds for word in kind.shows.split()})
SIGNS = [
    "\n",
    "\n  ",
    "\n    ",
    "(",
    ")",
    "[",
    "]",
    '"',
    ":",
    ",",
    "|",
    "--",
    "_",
    "and",
    "or",
    "not",
    "no",
    "as",
]


@given(st.lists(st.sampled_from(WORDS + SIGNS * 4), max_size=60), st.sampled_from(KINDS))
def test_any_jumble_of_words_is_read_or_refused(words: list[str], kind: str) -> None:
    program = " ".join(words)
    problems = page_of(program, kind)[1]
    to_terminal(problems, {"lir.md": program})


def test_the_grammar_is_built_once() -> None:
    assert grammar() is grammar()
